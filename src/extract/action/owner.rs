//! Who owns an action: people, offices that the attendance list fills, organisations.
//!
//! In: the words in which owners are named. Out: signs for them. Words that name nobody give none.

use super::super::Draft;
use super::super::clause::{Clause, Sign, Surnames, is_office_held};
use crate::model::{EntityKind, Nature};

/// Owners in a range of a clause: people, offices that the list fills, organisations.
pub(super) fn owners(draft: &Draft<'_>, known: &Surnames, clause: &Clause, range: std::ops::Range<usize>) -> Vec<Sign> {
    let text = draft.text();
    let mut found: Vec<Sign> = clause
        .signs_in(range.clone())
        .filter(|s| {
            s.nature != Nature::Description
                || s.kind == EntityKind::Organisation
                || is_office_held(draft, s.span.of(text))
        })
        .collect();
    let place = clause.place(text, range);
    for (start, end) in pieces(place.of(text)) {
        let mut piece = place.slice(start, end).trim(text);
        for lead in ["for ", "by ", "the ", "The "] {
            if piece.of(text).starts_with(lead) {
                piece = piece.slice(lead.len(), piece.len());
            }
        }
        let words = piece.of(text);
        if words.is_empty() || found.iter().any(|s| s.span.overlaps(piece)) {
            continue;
        }
        let office = words;
        let parts: Vec<&str> = office.split_whitespace().collect();
        let sign = |kind, nature| Some(Sign { at: 0, span: piece, kind, nature });
        let made = if parts.len() == 1 && known.holds(office) {
            sign(EntityKind::Person, Nature::Short)
        } else if draft.lexicon.roles.get(office).is_some_and(|r| r.head) {
            sign(EntityKind::Person, Nature::Description).filter(|_| is_office_held(draft, office))
        } else if draft.lexicon.known_short(office).is_some() {
            sign(EntityKind::Organisation, Nature::Short)
        } else if parts.len() == 1
            && office.starts_with(char::is_uppercase)
            && draft.lexicon.organisations.get(office).is_some()
        {
            // "Panel", "Secretariat": the body's own.
            sign(EntityKind::Organisation, Nature::Description)
        } else if parts.len() > 1
            && parts.len() < 8
            && parts
                .iter()
                .all(|p| p.starts_with(char::is_uppercase) || matches!(*p, "of" | "and" | "for" | "the" | "&"))
            && draft.lexicon.organisations.suffix(&parts).is_some()
        {
            sign(EntityKind::Organisation, Nature::Name)
        } else {
            None
        };
        found.extend(made);
    }
    found.sort_by_key(|s| s.span);
    found
}

/// Pieces of a list of owners.
fn pieces(words: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut i = 0;
    while i < words.len() {
        let rest = &words[i..];
        let length = [" and ", " & ", "/", ",", ";", "&"].iter().find(|s| rest.starts_with(**s)).map_or(0, |s| s.len());
        if length > 0 {
            found.push((start, i));
            i += length;
            start = i;
        } else {
            i += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found.push((start, words.len()));
    found
}
