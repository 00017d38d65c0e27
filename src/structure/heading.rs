//! Headings and lead-ins of attendance blocks: what a line says of the people that follow it.
//!
//! ```text
//! line    = [ marker ] lead ( ":" | "-" | end ) [ rest ]
//! lead    = { word } heading-word { word }        "Board members present", "Apologies had been received from"
//! ```
//!
//! Without a colon the lead has to be known whole, or end with a heading word, or stand in capitals
//! before words that do not ("PRESENT Mr. A, Mrs. B"); with one it may say more.

use crate::lexicon::{AttendanceHeading, Lexicon, fold};
use crate::model::{Line, Span, Status};
use crate::text::literal::Literals;
use crate::text::name::{Context, name_at};
use crate::text::token::tokens;

/// A heading with what follows it on its line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lead {
    /// The heading, without colon.
    pub(super) span: Span,
    /// What follows on the line, trimmed; may be empty.
    pub(super) rest: Span,
    /// What it says.
    pub(super) says: AttendanceHeading,
}

/// Most words of a lead that a colon ends.
const LONGEST_LEAD: usize = 12;

/// Recognises the heading of an attendance block at the start of a line.
pub(super) fn lead(text: &str, line: &Line, lexicon: &Lexicon) -> Option<Lead> {
    within(text, line.body(text), lexicon)
}

/// Recognises the heading of an attendance block at the start of `body`.
pub(super) fn within(text: &str, body: Span, lexicon: &Lexicon) -> Option<Lead> {
    let words = body.of(text);
    // Up to a colon, or a dash that stands alone.
    if let Some((end, after)) = delimiter(words) {
        let head = body.slice(0, end).trim(text);
        if let Some(says) = said_by(head.of(text), true, lexicon) {
            return Some(Lead { span: head, rest: body.slice(after, words.len()).trim(text), says });
        }
    }
    // In columns: the heading in the first one ("Present:<tab>Name").
    if let Some((head, rest)) = words.split_once('\t')
        && let Some(says) = said_by(head, false, lexicon)
    {
        let start = words.len() - rest.len();
        return Some(Lead {
            span: body.slice(0, head.len()).trim(text),
            rest: body.slice(start, words.len()).trim(text),
            says,
        });
    }
    // The whole line.
    if words.split_ascii_whitespace().nth(7).is_none()
        && let Some(says) = said_by(words.trim_end_matches(['.', ';']), false, lexicon)
    {
        let empty = Span { start: body.end, end: body.end };
        return Some(Lead { span: body, rest: empty, says });
    }
    // Capitals before words that are not: "PRESENT Mr. A, Mrs. B".
    let capitals = leading_capitals(words);
    if capitals > 0 && capitals < words.len() {
        let head = words[..capitals].trim_end();
        if let Some(says) = lexicon.headings.get(head.trim_end_matches([',', ';'])) {
            return Some(Lead {
                span: body.slice(0, head.len()),
                rest: body.slice(capitals, words.len()).trim(text),
                says,
            });
        }
    }
    // A title right behind: "Those attending Mr M Hale (Chairman) Mr B Dean".
    let first = memchr::memchr(b' ', words.as_bytes()).map_or("", |at| &words[..at]);
    if lexicon.headings.longest_from_written(first) == 0 {
        return None;
    }
    let starts = memchr::memchr_iter(b' ', words.as_bytes()).take(4);
    let head = starts.filter_map(|at| {
        let head = words[..at].trim_end_matches([',', ';']);
        // Sentences of apology are read as such.
        let says = lexicon.headings.get(head).filter(|says| says.status == Status::Present)?;
        let strong = head.split(' ').any(|w| STRONG.contains(&fold(w).as_str()));
        (strong && names_titled(&words[at + 1..], lexicon)).then_some((head.len(), says))
    });
    let head = head.into_iter().next();
    head.map(|(end, says)| Lead { span: body.slice(0, end), rest: body.slice(end, words.len()).trim(text), says })
}

/// Whether words start with a title and a name.
fn names_titled(words: &str, lexicon: &Lexicon) -> bool {
    let start = words.char_indices().nth(60).map_or(words, |(at, _)| &words[..at]);
    let all = tokens(start, Span::new(0, start.len()));
    name_at(start, &all, 0, Context::Prose, lexicon).is_some_and(|name| !name.honorifics.is_empty())
}

/// Where a colon, or a dash between spaces, ends the lead, and where the rest begins.
fn delimiter(words: &str) -> Option<(usize, usize)> {
    let (end, after) = first_mark(words)?;
    // A colon may be followed by a dash (":-").
    let after = after + words[after..].len() - words[after..].trim_start_matches([' ', '-', '–', ':']).len();
    Some((end, after))
}

/// The first colon, if no figure follows it, or the first dash between spaces, behind no more words than a lead has.
fn first_mark(words: &str) -> Option<(usize, usize)> {
    /// The byte with which long dashes begin, and other marks.
    const LONG_DASH: u8 = 0xE2;
    let mut colons = true;
    let found = memchr::memchr3_iter(b':', b'-', LONG_DASH, words.as_bytes()).find_map(|at| {
        let (before, mut rest) = (&words[..at], words[at..].chars());
        let mark = rest.next()?;
        let after = words.len() - rest.as_str().len();
        if mark == ':' {
            let ends = std::mem::take(&mut colons) && !rest.as_str().starts_with(|c: char| c.is_ascii_digit());
            return ends.then_some((at, after));
        }
        let spaced = before.ends_with(' ');
        let parts = matches!(mark, '-' | '–' | '—') && rest.as_str().starts_with(' ') && (spaced || mark != '—');
        parts.then(|| (at - usize::from(spaced), after + 1))
    });
    found.filter(|(at, _)| words[..*at].split_whitespace().count() <= LONGEST_LEAD)
}

/// What a lead says; `delimited` where a colon sets it apart, so that it may hold other words.
fn said_by(lead: &str, delimited: bool, lexicon: &Lexicon) -> Option<AttendanceHeading> {
    if !lexicon.headings.may_stand_in(lead) {
        return None;
    }
    let folded = fold(lead);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
    if folded.is_empty() {
        return None;
    }
    if let Some(says) = lexicon.headings.get_folded(folded) {
        return Some(says);
    }
    // A remark in brackets does not count: "Present (via Zoom)".
    if folded.contains(['(', '[', ')', ']']) {
        let plain = without_brackets(folded);
        if plain != folded {
            return said_by(&plain, delimited, lexicon);
        }
    }
    // Most lines hold no word with which a heading starts.
    if folded.split(' ').all(|word| lexicon.headings.longest_from(word) == 0) {
        return None;
    }
    let words: Vec<&str> = folded.split(' ').collect();
    if let Some(says) = joined(&words, lexicon) {
        return Some(says);
    }
    // "One member of the public": nobody's post, and no heading of those below.
    const COUNTS: &[&str] = &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several"];
    if COUNTS.contains(&words[0]) || words[0].starts_with(|c: char| c.is_ascii_digit()) && !delimited {
        return None;
    }
    if words[0] != "apologies" && words.iter().any(|w| NOT_A_LEAD.contains(w)) {
        return None;
    }
    if let Some((n, says)) = lexicon.headings.suffix(&words) {
        // "Panel attendees", "District Attendees", "Trustees Present": short, and no sentence.
        // Longer where classes of people stand before the word: "Senate Officers, Observers and Staff Present:".
        let classes = || {
            let class = |w: &&str| CLASSES.contains(&w.trim_matches(','));
            delimited
                && !lead.contains('.')
                && words.len() <= LONGEST_LEAD
                && words.iter().copied().filter(class).count() > 1
        };
        let strong = n > 1 || STRONG.contains(&words[words.len() - 1]);
        if strong && (words.len() - n <= 4 || classes()) && !names_somebody(lead, n, lexicon) {
            return Some(says);
        }
    }
    // "Guests of the Senate:".
    if delimited
        && words.len() <= 6
        && words.get(1) == Some(&"of")
        && matches!(words[0], "guests" | "visitors" | "observers")
    {
        return lexicon.headings.get(words[0]);
    }
    if delimited || says_apologies(&words) {
        // "Apologies for absence had been received from", "Members present via teleconference".
        if let Some((_, says)) = lexicon.headings.prefix(&words) {
            let strong = STRONG.contains(&words[0]) || words.iter().any(|w| STRONG.contains(w));
            if strong {
                return Some(says);
            }
        }
    }
    None
}

/// Whether all of a lead but its last `n` words is the name of somebody: "Mrs Ada Fenn – in the Chair" is an entry, and no heading of those
/// below.
fn names_somebody(lead: &str, n: usize, lexicon: &Lexicon) -> bool {
    let all = tokens(lead, Span::new(0, lead.len()));
    let words = all.iter().filter(|t| t.is_word()).count();
    name_at(lead, &all, 0, Context::Prose, lexicon).is_some_and(|name| {
        let several =
            name.honorifics.iter().any(|h| lexicon.honorifics.get(h.of(lead)).is_some_and(|h| h.class == "plural"));
        let named = all[name.tokens.0..name.tokens.1].iter().filter(|t| t.is_word()).count();
        !several && named + n >= words
    })
}

/// Headings joined by "and": "Present and in attendance", "Apologies and substitutions". Where their
/// statuses differ the heading is an item's ("Attendance and apologies") and says nothing by itself.
fn joined(words: &[&str], lexicon: &Lexicon) -> Option<AttendanceHeading> {
    let at = words.iter().position(|w| matches!(*w, "and" | "&" | "/"))?;
    let first = lexicon.headings.get(&words[..at].join(" "))?;
    let second = lexicon.headings.get(&words[at + 1..].join(" "))?;
    (first.status == second.status)
        .then_some(AttendanceHeading { capacity: first.capacity.filter(|c| second.capacity == Some(*c)), ..first })
}

fn says_apologies(words: &[&str]) -> bool {
    words.first() == Some(&"apologies") && words.last().is_some_and(|w| matches!(*w, "from" | "by" | "received"))
}

/// Words that make a heading of a lead whatever stands beside them.
const STRONG: &[&str] =
    &["present", "attendees", "attendance", "apologies", "absent", "regrets", "attending", "participants"];

/// Classes of people that a heading joins.
const CLASSES: &[&str] =
    &["officers", "staff", "members", "observers", "guests", "visitors", "officials", "representatives", "delegates"];

/// Words that make a lead a sentence or another matter.
const NOT_A_LEAD: &[&str] = &[
    "minutes",
    "report",
    "presented",
    "were",
    "was",
    "will",
    "is",
    "are",
    "had",
    "policy",
    "figures",
    "statistics",
    "record",
    "school",
    "statement",
    "situation",
    "position",
    "not",
    "no",
    "if",
    "to",
    "please",
    "send",
    "that",
    "allowance",
];

fn without_brackets(words: &str) -> String {
    let mut depth = 0_u32;
    let kept: String = words
        .chars()
        .filter(|c| match c {
            '(' | '[' => {
                depth += 1;
                false
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect();
    fold(&kept)
}

/// Length of the words in capitals at the start, up to the first word that is not.
fn leading_capitals(words: &str) -> usize {
    let mut end = 0;
    for word in words.split_inclusive(' ') {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if letters < 2 || word.chars().any(char::is_lowercase) {
            break;
        }
        end += word.len();
    }
    end
}

/// Whether a sentence says that somebody gave apologies: it speaks of apologies, of absence, and not of
/// their being none.
pub(super) fn is_apology(sentence: &str) -> bool {
    static APOLOGY: Literals = Literals::in_any_case(&["apolog"]);
    if !APOLOGY.stand_in(sentence) {
        return false;
    }
    let folded = fold(sentence);
    const NONE: &[&str] = &[
        "no apologies",
        "apologies: none",
        "apologies - none",
        "there were none",
        "apologies for the delay",
        "apologised for the",
        "apologised that",
        "apologies for any",
        "apologies for the late",
        "apologise for",
        "an apology for the",
        "apologies none",
        "without apolog",
        "nil apolog",
        "apologies nil",
        "apologies: nil",
    ];
    !NONE.iter().any(|n| folded.contains(n))
}

/// The status of a mark or word in a cell of an attendance table, if it is one.
pub(super) fn status_of_mark(cell: &str) -> Option<Status> {
    let folded = fold(cell);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    // "Present (arrived 5.45pm)", "Present via Zoom": the word, and a remark.
    let word = folded.split([' ', '(']).next().unwrap_or_default();
    let after = folded[word.len()..].trim_start();
    let remark = word.len() > 4 && (after.starts_with('(') || after.starts_with("via ") || after.starts_with("from "));
    let folded = if remark { word } else { folded };
    Some(match folded {
        "p"
        | "present"
        | "attended"
        | "yes"
        | "present as expected"
        | "present, as expected"
        | "in attendance"
        | "present, as substitute"
        | "present - virtual"
        | "present, virtually"
        | "remote"
        | "pr" => Status::Present,
        "ap"
        | "apologies"
        | "apology"
        | "apol"
        | "apologies received"
        | "apologies, sent representative"
        | "apologies, sent substitute"
        | "apologies sent"
        | "regrets" => Status::Apologies,
        "absent" | "dna" | "not present" | "did not attend" | "abs" | "ab" | "no apologies" => Status::Absent,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, &str, Status)>) {
        let line = Line { span: Span::new(0, text.len()), ..Line::default() };
        let found = lead(text, &line, Lexicon::embedded());
        let shown = found.map(|l| (l.span.of(text), l.rest.of(text), l.says.status));
        assert_eq!(shown, expected, "in {text:?}");
    }

    #[test]
    fn headings_alone_and_with_names() {
        check("Present", Some(("Present", "", Status::Present)));
        check("PRESENT: Cllr Ada Fenn", Some(("PRESENT", "Cllr Ada Fenn", Status::Present)));
        check("PRESENT Vice Chairman (Mr. Dale)", Some(("PRESENT", "Vice Chairman (Mr. Dale)", Status::Present)));
        check("Panel attendees:", Some(("Panel attendees", "", Status::Present)));
        let officers = "Senate Officers, Observers and Staff Present";
        check(&format!("{officers}:"), Some((officers, "", Status::Present)));
        check("Guests of the Senate:", Some(("Guests of the Senate", "", Status::Present)));
        check("Apologies for absence: J Hart", Some(("Apologies for absence", "J Hart", Status::Apologies)));
        check(
            "Apologies for their absence had been received from: J Hart",
            Some(("Apologies for their absence had been received from", "J Hart", Status::Apologies)),
        );
    }

    #[test]
    fn other_lines_are_no_headings() {
        check("Present position of the project", None);
        check("Attendance figures: schools", None);
        check("The Chair presented the report.", None);
        check("Minutes: present state", None);
        check("Mrs Ada Fenn – in the Chair", None);
        check("Ada Fenn - present", None);
    }

    #[test]
    fn sentences_of_apology() {
        assert!(is_apology("Apologies were received from Ada Fenn."));
        assert!(is_apology("Cllr Fenn had sent his apologies."));
        assert!(!is_apology("There were no apologies."));
        assert!(!is_apology("The Chair apologised for the late start."));
    }
}
