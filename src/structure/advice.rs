//! What officers recommend before the meeting decides. In: a document and its items. Out: which lines hold such advice.
//! Must never take for it what the meeting itself recommends to another.
//!
//! ```text
//! advice  = label { line }                 up to what the meeting did with it: a mover, a keyword, "Council Decision"
//! label   = [ "officer's" | "staff" … ] "recommendation" [ "s" ] [ ":" [ line ] ]
//! ```
//!
//! A label that names no officers is one only where the same item says below what the meeting did.

use crate::lexicon::fold;
use crate::model::{Document, Item, LineKind};
use crate::text::literal::Literals;

/// Who advises, before "recommendation".
const ADVISERS: &[&str] = &[
    "officer",
    "officer's",
    "officers",
    "officers'",
    "staff",
    "administration",
    "administration's",
    "management",
    "director's",
];
/// Labels of what the meeting did with the advice.
const DONE: &[&str] = &[
    "council resolution",
    "council decision",
    "committee resolution",
    "committee decision",
    "committee recommendation",
    "board resolution",
    "board decision",
    "resolution",
    "decision",
    "resolved",
    "agreed",
    "motion",
];
/// Words with which a line tells what the meeting did.
const DOES: &[&str] = &[
    "moved",
    "motion",
    "resolved",
    "it was moved",
    "it was resolved",
    "seconded",
    "carried",
    "proposed by",
    "upon motion",
];

/// Which lines hold advice and no decision.
pub(super) fn lines(document: &Document, items: &[Item]) -> Vec<bool> {
    let text = document.text.as_str();
    let mut found = vec![false; document.lines.len()];
    let (mut next, mut filled) = (0, 0);
    static LABEL: Literals = Literals::new(&["ecommendation", "ECOMMENDATION"]);
    for at in LABEL.within(text, document.lines.iter().map(|l| l.span)) {
        let words = document.lines[at].body(text).of(text);
        let Some(by_officers) = label(words) else { continue };
        let item = items.partition_point(|i| i.lines.start <= at).checked_sub(1).map(|item| &items[item].lines);
        let end = item.filter(|lines| lines.contains(&at)).map_or(document.lines.len(), |lines| lines.end);
        // What ends the advice above and stands below ends this one too.
        if next <= at {
            next = (at + 1..document.lines.len()).find(|line| ends(document, *line)).unwrap_or(document.lines.len());
        }
        let below = Some(next).filter(|line| *line < end);
        let done = below.filter(|line| tells(document.lines[*line].body(text).of(text)));
        if by_officers || done.is_some() {
            let until = below.unwrap_or(end);
            found[at.max(filled).min(until)..until].fill(true);
            filled = filled.max(until);
        }
    }
    found
}

/// Whether a line opens advice; and whether it says that officers give it.
fn label(words: &str) -> Option<bool> {
    const LONGEST: usize = 40;
    let head = words.split(':').next().unwrap_or(words);
    if head.len() > LONGEST {
        return None;
    }
    let folded = fold(head).replace('’', "'");
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'');
    let before = folded.strip_suffix('s').unwrap_or(folded).strip_suffix("recommendation")?.trim_end();
    if before.is_empty() {
        return Some(false);
    }
    ADVISERS.contains(&before).then_some(true)
}

/// Whether a line ends the advice above it.
fn ends(document: &Document, line: usize) -> bool {
    let line = &document.lines[line];
    matches!(line.kind, LineKind::Heading(_)) || tells(line.body(&document.text).of(&document.text))
}

/// Whether a line says what the meeting did.
fn tells(words: &str) -> bool {
    let folded = fold(words);
    let head = folded.split([':', '/']).next().unwrap_or("");
    let head = head.trim_matches(|c: char| !c.is_alphanumeric());
    // "Council Resolution 12/2019".
    let bare = head.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '#'));
    DONE.contains(&bare)
        || DOES.iter().any(|w| folded.strip_prefix(w).is_some_and(|r| !r.starts_with(char::is_alphanumeric)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Line, Span};

    fn check(lines: &[&str], expected: &[bool]) {
        let mut document = Document::default();
        for words in lines {
            let start = document.text.len();
            document.text.push_str(words);
            document.lines.push(Line { span: Span::new(start, document.text.len()), ..Line::default() });
            document.text.push('\n');
        }
        assert_eq!(super::lines(&document, &[]), expected, "in {lines:?}");
    }

    #[test]
    fn advice_ends_with_what_the_meeting_did() {
        check(
            &["Officer's Recommendation", "That the crane be sold.", "Council Decision", "That the crane be kept."],
            &[true, true, false, false],
        );
        check(&["Recommendation", "That it be sold.", "Moved: Cr Fenn"], &[true, true, false]);
        check(&["Staff Recommendation: That it be sold.", "The Board talked."], &[true, true]);
    }

    #[test]
    fn what_the_meeting_recommends_is_no_advice() {
        check(&["RECOMMENDATION", "That the Council sell the crane.", "The meeting closed."], &[false, false, false]);
        check(&["Recommendations of the Harbour Review", "That it be sold."], &[false, false]);
    }
}
