//! Short forms that the document defines: `National Probation Service (NPS)`, `NPS (National Probation Service)`.
//!
//! In: the words of the document; for the uses, mentions of what the long forms name. Out: definitions, and mentions
//! of the short forms with the kind of the long ones. A short form that the initials do not bear out is none.

use std::rc::Rc;

use crate::extract::words::{Unit, Words};
use crate::extract::{Draft, Extractor, Rule};
use crate::model::{EntityKind, Nature, Span};
use crate::text::token::Shape;

const RULE: &str = "abbreviation";

/// Definitions.
pub(super) static DEFINITIONS: Extractor = Extractor {
    name: "abbreviation",
    what: "Needs nothing; adds the short forms that the document defines.",
    rules: &[],
    run: define,
};

/// Uses of defined short forms.
pub(super) static USES: Extractor = Extractor {
    name: "abbreviation",
    what: "Needs definitions, organisations, programmes, legislation; adds mentions of the short forms.",
    rules: &[Rule {
        name: RULE,
        what: "A short form that the document defines names what its long form names.",
        accepts: &[
            "A letter from the Harbour Rescue Service (HRS) was read. The HRS had replied.",
            "Two Ferry Safety Reviews (FSRs) were noted by the HSB (Harbour Safety Board).",
        ],
        refuses: &[
            "A letter from the Harbour Rescue Service (see ABC) was read.",
            "The Harbour Rescue Service (XYZ) replied. XYZ was noted.",
        ],
    }],
    run: apply,
};

/// Small words that initials may leave out.
fn is_small(word: &str) -> bool {
    matches!(
        word,
        "of" | "and"
            | "the"
            | "for"
            | "in"
            | "to"
            | "on"
            | "a"
            | "an"
            | "with"
            | "against"
            | "at"
            | "by"
            | "&"
            | "de"
            | "y"
    )
}

fn define(draft: &mut Draft<'_>) {
    let words = Rc::clone(&draft.words);
    for unit in &words.units {
        for open in unit.first..unit.last {
            if words.is(open, "(")
                && let Some(found) = in_brackets(&words, *unit, open).or_else(|| before_brackets(&words, *unit, open))
            {
                draft.abbreviations.push(found);
            }
        }
    }
}

/// `Long Name (ABC)`.
fn in_brackets(words: &Words<'_>, unit: Unit, open: usize) -> Option<(Span, Span)> {
    let mut first = open + 1;
    while first < unit.last && matches!(words.word(first), "“" | "\"" | "‘" | "'" | "the") {
        first += 1;
    }
    let mut last = first;
    while last < unit.last
        && last - first < 14
        && (words.tokens[last].is_word() || words.is(last, ".") || words.is(last, "&"))
    {
        last += 1;
    }
    if !words.at(unit, last).is_some_and(|_| matches!(words.word(last), ")" | "”" | "\"" | "’" | "'")) || last == first
    {
        return None;
    }
    let short = words.span(first, last);
    let letters = letters(words, first, last)?;
    // A heading may put one more word between: "Select Committee Report (SC)".
    (0..2).find_map(|skip| {
        let end = open.checked_sub(skip).filter(|e| *e > unit.first)?;
        let start = long_form(words, unit.first, end, &letters)?;
        Some((short, words.name_span(start, end)))
    })
}

/// `ABC (Long Name)`.
fn before_brackets(words: &Words<'_>, unit: Unit, open: usize) -> Option<(Span, Span)> {
    let short = open.checked_sub(1).filter(|i| *i >= unit.first)?;
    let letters = letters(words, short, open)?;
    let close = (open + 1..unit.last.min(open + 16)).find(|i| words.is(*i, ")"))?;
    let start = long_form(words, open + 1, close, &letters)?;
    let whole = start == open + 1 || (start == open + 2 && words.is(open + 1, "the"));
    whole.then(|| (words.name_span(short, open), words.name_span(start, close)))
}

/// The letters of a short form, in lower case, without plural ending; `None` where it is no short form.
fn letters(words: &Words<'_>, first: usize, last: usize) -> Option<Vec<char>> {
    let mut letters: Vec<char> = Vec::new();
    let mut capitals = 0;
    for i in first..last {
        let dotted = last - first > 1;
        let token = words.tokens[i];
        if dotted && !(token.shape == Shape::Initial || words.is(i, ".") || words.is(i, "&")) {
            return None;
        }
        let word = words.word(i);
        let word = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word);
        for c in word.chars().filter(|c| c.is_alphabetic()) {
            capitals += usize::from(c.is_uppercase());
            letters.extend(c.to_lowercase());
        }
        let plural = word.ends_with('s') && word.chars().rev().nth(1).is_some_and(char::is_uppercase);
        if plural {
            letters.pop();
        }
    }
    ((2..=10).contains(&letters.len()) && capitals >= 2 && capitals * 2 >= letters.len()).then_some(letters)
}

/// The first token of the words that end before `end` and whose initials are `letters`.
fn long_form(words: &Words<'_>, from: usize, end: usize, letters: &[char]) -> Option<usize> {
    let mut at = end;
    let mut left = letters.len();
    // Words are taken from the right; each takes its initial, and what is left of an inner capital or hyphen part.
    let mut limit = letters.len() * 2 + 4;
    while left > 0 {
        let i = at.checked_sub(1).filter(|i| *i >= from)?;
        limit = limit.checked_sub(1)?;
        let token = words.tokens[i];
        if token.shape == Shape::Mark {
            // An apostrophe, a comma of a list, an ampersand; no sentence end, no bracket.
            if !matches!(words.word(i), "'" | "’" | "," | "&" | "-" | "/") {
                return None;
            }
            at = i;
            continue;
        }
        if !token.is_word() {
            return None;
        }
        let taken = takes(words.word(i), &letters[..left]);
        match taken {
            0 if is_small(words.word(i)) => {}
            0 => return None,
            // "Protection of Rivers" for PR: the small word is left out though its letter might fit further left.
            1 if is_small(words.word(i)) && !fits_without(words, from, i, &letters[..left]) => left -= 1,
            _ if is_small(words.word(i)) => {}
            n => left -= n,
        }
        at = i;
    }
    let first = words.tokens[at];
    // The long form of a name starts with a capital, or is a phrase in lower case throughout.
    let named = first.is_capital() || (at..end).all(|i| !words.tokens[i].is_capital());
    (end - at > 1 && named).then_some(at)
}

/// Whether the words left of a small word take all the letters by themselves.
fn fits_without(words: &Words<'_>, from: usize, before: usize, letters: &[char]) -> bool {
    before
        .checked_sub(1)
        .filter(|i| *i >= from)
        .is_some_and(|i| !is_small(words.word(i)) && takes(words.word(i), letters) > 0)
}

/// How many of the last letters a word takes: its initial, and before it the initials of its parts.
fn takes(word: &str, letters: &[char]) -> usize {
    let mut initials: Vec<char> = Vec::new();
    let mut start = true;
    let mut lower_before = false;
    for c in word.chars() {
        if start && c.is_alphanumeric() {
            initials.extend(c.to_lowercase());
        } else if c.is_uppercase() && lower_before {
            // "MasterMap", "HealthWatch".
            initials.extend(c.to_lowercase());
        }
        start = !c.is_alphanumeric() && !matches!(c, '\'' | '’');
        lower_before = c.is_lowercase();
    }
    let all = initials.len();
    if all > 1 && letters.len() >= all && letters[letters.len() - all..] == initials[..] {
        return all;
    }
    // A word in capitals within the long form keeps its letters: "NHS Trust (NHST)".
    let upper: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    if word.len() > 1 && word.chars().all(char::is_uppercase) && letters.ends_with(&upper) {
        return upper.len();
    }
    usize::from(initials.first().is_some_and(|c| letters.last() == Some(c)))
}

fn apply(draft: &mut Draft<'_>) {
    let words = Rc::clone(&draft.words);
    let text = draft.text();
    let mut forms: Vec<(&str, EntityKind)> = Vec::new();
    for (short, long) in draft.abbreviations.clone() {
        if let Some(kind) = kind_of(draft, &words, long) {
            let form = short.of(text);
            let form = form.strip_suffix('s').filter(|f| f.chars().all(char::is_uppercase)).unwrap_or(form);
            if !forms.iter().any(|(known, _)| *known == form) {
                forms.push((form, kind));
            }
            if !draft.is_taken(short, kind) {
                draft.mention(short, kind, RULE, Nature::Short);
            }
        }
    }
    if forms.is_empty() {
        return;
    }
    forms.sort_unstable();
    for i in 0..words.tokens.len() {
        if !words.tokens[i].is_capital() && words.tokens[i].shape != Shape::Lower {
            continue;
        }
        let word = words.word(i);
        let bare = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word);
        let find = |form: &str| forms.binary_search_by(|(known, _)| (*known).cmp(form)).ok();
        let Some(at) = find(bare).or_else(|| bare.strip_suffix('s').and_then(find)) else { continue };
        let span = words.name_span(i, i + 1);
        let kind = forms[at].1;
        let taken = [EntityKind::Organisation, EntityKind::Programme, EntityKind::Legislation, EntityKind::Role]
            .iter()
            .any(|k| draft.is_taken(span, *k));
        if !taken {
            draft.mention(span, kind, RULE, Nature::Short);
        }
    }
}

/// What a long form names.
fn kind_of(draft: &Draft<'_>, words: &Words<'_>, long: Span) -> Option<EntityKind> {
    let kinds = [EntityKind::Organisation, EntityKind::Programme, EntityKind::Legislation];
    let within = |kind: EntityKind| draft.mentions_in(long, kind).into_iter().any(|n| draft.span_of(n) == long);
    if let Some(kind) = kinds.into_iter().find(|kind| within(*kind)) {
        return Some(kind);
    }
    let first = words.tokens.partition_point(|t| t.span.start < long.start);
    let last = words.tokens.partition_point(|t| t.span.start < long.end);
    let lexicon = draft.lexicon;
    let ends = |i: &usize| words.phrase(&lexicon.roles, *i, last).is_some_and(|(end, role)| end == last && role.head);
    if (first..last).any(|i| ends(&i)) {
        return Some(EntityKind::Role);
    }
    if !words.tokens.get(first)?.is_capital() {
        return None;
    }
    let organisation = |i: usize| words.phrase(&lexicon.organisations, i, last).is_some_and(|(end, _)| end == last);
    let programme = |i: usize| {
        words
            .phrase(&lexicon.programmes, i, last)
            .is_some_and(|(end, word)| end == last && (word.strong || word.kind != "other"))
    };
    let legislation = |i: usize| words.phrase(&lexicon.legislation, i, last).is_some_and(|(end, _)| end == last);
    let telling = (first..last.saturating_sub(1))
        .any(|i| words.tokens[i].is_capital() && !words.is_plain("generic", words.key(i)));
    if !telling {
        // "Local Authority (LA)", "Annual General Meeting (AGM)": kinds, not names.
        None
    } else if (first..last).any(organisation) {
        Some(EntityKind::Organisation)
    } else if (first..last).any(programme) {
        Some(EntityKind::Programme)
    } else if (first..last).any(legislation) {
        Some(EntityKind::Legislation)
    } else {
        kinds.into_iter().find(|kind| draft.is_taken(long, *kind))
    }
}
