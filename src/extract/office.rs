//! Offices of several words that the attendance list gives somebody: "the Director of Public Health".
//!
//! In: words of a text, and the roles of the list. Out: where such an office stands. Never says who holds it.

use super::Draft;
use crate::lexicon::fold;
use crate::model::Span;
use crate::text::token::Token;

/// An office of several words that the list gives somebody: "the Director of Public Health".
pub(super) fn listed_office_at(draft: &Draft<'_>, all: &[Token], at: usize) -> Option<Span> {
    /// Longest office, in words.
    const LONGEST: usize = 8;
    let text = draft.text();
    let article = all[at].is(text, "The") || all[at].is(text, "the");
    if !article || !all.get(at + 1)?.is_capital() {
        return None;
    }
    let joins = |t: &Token| matches!(t.of(text), "of" | "and" | "for" | "&" | "the");
    let count = all[at + 1..].iter().take(LONGEST).take_while(|t| t.is_capital() || joins(t)).count();
    let words: Vec<String> = all[at + 1..=at + count].iter().map(|t| fold(t.of(text))).collect();
    // The next word may go on with it: "the Director of Public Health Services".
    (words.iter().rposition(|w| !matches!(w.as_str(), "of" | "and" | "for" | "the")).filter(|last| *last >= 1))
        .and_then(|last| {
            let office = words[..=last].join(" ");
            let held = draft.listed_offices().iter().filter(|listed| **listed == office).count() == 1;
            held.then(|| all[at].span.join(all[at + 1 + last].span))
        })
}

/// The roles of several words that the list gives, folded.
pub(super) fn listed_offices(draft: &Draft<'_>) -> Vec<String> {
    /// More people than any list holds.
    const MOST: usize = 400;
    let roles = draft.attendance.iter().take(MOST).flat_map(|a| &a.roles);
    roles.map(|role| fold(draft.span_of(*role).of(draft.text()))).filter(|role| role.contains(' ')).collect()
}

/// Whether words may name an office of several words that the list gives somebody.
pub(super) fn holds_listed_office(draft: &Draft<'_>, span: Span) -> bool {
    /// More people than any list holds: it bounds the search.
    const MOST: usize = 400;
    let text = draft.text();
    let words = span.of(text);
    let mut roles = draft.attendance.iter().take(MOST).flat_map(|a| &a.roles).map(|r| draft.span_of(*r).of(text));
    words.contains("he ") && roles.any(|role| role.contains(' ') && words.contains(role))
}
