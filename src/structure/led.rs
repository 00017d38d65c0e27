//! Decisions that limbs tell below who takes them: "The Board:" over "(i) noted the progress", "It was agreed:" over
//! "(a) to sell the crane".
//!
//! In: lines. Out: for a line that leads such limbs, how: with the verb in it, or with one in each limb. Must never take
//! for a lead the words of one person, nor a list that tells of the discussion.

use super::resolution::clean;
use crate::lexicon::{DecisionWord, Lexicon, fold};
use crate::model::{Document, Span};
use crate::text::sentence::sentences;

/// Those who decide, as the last word of a lead.
const BODIES: &[&str] = &[
    "board",
    "council",
    "committee",
    "sub-committee",
    "panel",
    "group",
    "partnership",
    "cabinet",
    "executive",
    "governors",
    "members",
    "trustees",
    "forum",
    "commission",
    "authority",
    "meeting",
    "directors",
    "senate",
    "court",
    "assembly",
    "sub-group",
    "body",
];
/// Verbs with which a lead ends, with what follows them.
const ENDS: &[&str] =
    &["agreed", "resolved", "decided", "agreed to", "resolved to", "agreed that", "resolved that", "decided to"];

/// How a line leads limbs.
#[derive(Clone, Copy, Debug)]
pub(super) enum Lead {
    /// "It was agreed:": what each limb says was agreed.
    Verb(DecisionWord),
    /// "The Board:": each limb says what was done with it.
    Body,
}

/// Whether a line leads limbs that are decisions.
fn lead(words: &str, lexicon: &Lexicon) -> Option<Lead> {
    const LONGEST: usize = 90;
    let words = words.trim_end();
    let head = words.strip_suffix([':', '-', '–']).map(|w| w.trim_end_matches([':', '-', '–', ' ']))?;
    let folded = fold(head);
    if folded.len() > LONGEST || folded.contains(" not ") {
        return None;
    }
    // "Following discussion, the Board".
    let subject = |w: &str| {
        let w = w.rsplit(", ").next().unwrap_or(w).trim_start_matches("the ");
        let last = w.rsplit(' ').next().unwrap_or(w);
        BODIES.contains(&last) && w.split(' ').count() <= 6 || w.ends_with("it was") && w.split(' ').count() <= 6
    };
    let starts_body =
        head.starts_with(char::is_uppercase) && folded.split(", ").last().is_some_and(|w| w.starts_with("the "));
    if starts_body && subject(&folded) && !folded.ends_with("it was") {
        return Some(Lead::Body);
    }
    let end = ENDS.iter().filter(|e| folded.ends_with(*e)).max_by_key(|e| e.len())?;
    let before = folded[..folded.len() - end.len()].trim_end();
    let before = ["then", "also", "unanimously", "therefore", "further"]
        .iter()
        .fold(before, |b, a| b.strip_suffix(a).map_or(b, str::trim_end));
    let verb = end.split(' ').next().unwrap_or(end);
    subject(before).then(|| lexicon.decisions.get(verb)).flatten().map(Lead::Verb)
}

/// What a limb under "The Board:" decides: its verb, where it starts with one of deciding.
pub(super) fn limb(text: &str, body: Span, lexicon: &Lexicon) -> Option<(DecisionWord, Span)> {
    let words = body.of(text);
    let first = words.split(' ').next().unwrap_or("");
    let verb = fold(first);
    let known = lexicon.decisions.get(verb.trim_matches(|c: char| !c.is_alphanumeric())).filter(|w| !w.verb.is_empty());
    let others = ["delegated", "requested", "instructed", "authorised", "authorized", "remitted", "welcomed", "asked"];
    let word = known.or_else(|| others.contains(&verb.as_str()).then(|| lexicon.decisions.get("agreed")).flatten())?;
    verb.ends_with("ed").then(|| (word, clean(text, body)))
}

/// The sentence at the end of a line that leads the limbs below it.
pub(super) fn at(document: &Document, line: usize, lexicon: &Lexicon) -> Option<(Span, Lead)> {
    let text = document.text.as_str();
    let body = document.lines.get(line)?.body(text);
    if !body.of(text).ends_with([':', '-', '–']) || !is_limb(document, line + 1) {
        return None;
    }
    let last = sentences(text, body).last().copied()?;
    lead(last.of(text), lexicon).map(|lead| (last, lead))
}

/// Whether a limb stands on a line: a marker, or a bullet.
pub(super) fn is_limb(document: &Document, line: usize) -> bool {
    document.lines.get(line).is_some_and(|l| l.marker.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &str) {
        let found = match lead(words, Lexicon::embedded()) {
            Some(Lead::Verb(word)) => word.verb,
            Some(Lead::Body) => "body",
            None => "",
        };
        assert_eq!(found, expected, "in {words:?}");
    }

    #[test]
    fn leads() {
        check("The Board:", "body");
        check("Following discussion, the Joint Committee:-", "body");
        check("After discussion it was agreed:", "agree");
        check("The Board agreed to:", "agree");
        check("It was unanimously resolved that:", "resolve");
    }

    #[test]
    fn no_leads() {
        check("Mr Rowe agreed to:", "");
        check("The following points were raised:", "");
        check("Members of the Board:", "");
        check("Report to the Board:", "");
    }
}
