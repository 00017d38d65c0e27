//! Parts of names, initials and descriptions of people whom the document names in full.
//!
//! In: mentions of people by full name. Out: mentions that resolve within the document alone. A word that stands in
//! lower case elsewhere, or in the name of an organisation, is not taken for a name.

use rustc_hash::FxHashSet;

use super::{CHAIR, INITIALS, OTHERS, Parts, SHORT};
use crate::extract::Draft;
use crate::extract::words::Words;
use crate::lexicon::{fold, with_folded};
use crate::model::{EntityKind, Nature};
use crate::text::token::{Shape, Token};

/// Given names and surnames alone, of people whom the document names in full.
pub(super) fn short_names<'d>(draft: &mut Draft<'d>, words: &Words<'_>, parts: &mut Parts<'d>) {
    let text = draft.text();
    let mut known: FxHashSet<String> = FxHashSet::default();
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for mention in &draft.mentions {
        if mention.kind != EntityKind::Person || mention.nature != Nature::Name {
            continue;
        }
        let name = mention.span.of(text);
        if !seen.insert(name) {
            continue;
        }
        let parts = parts.entry(name).or_insert_with(|| crate::text::name::parts(name, draft.lexicon));
        let family = fold(&parts.family);
        for word in parts.given.iter().take(1).map(|g| fold(g)).chain([family]) {
            if word.chars().count() > 2 && !word.contains(' ') && !words.is_common(&word) {
                known.insert(word);
            }
        }
    }
    if known.is_empty() {
        return;
    }
    // A word of the name of an organisation or programme is as likely to mean that.
    for mention in &draft.mentions {
        if OTHERS.contains(&mention.kind) && mention.nature == Nature::Name && seen.insert(mention.span.of(text)) {
            for word in mention.span.of(text).split_whitespace() {
                with_folded(word, |word| known.remove(word));
            }
        }
    }
    for unit in &words.units {
        for i in unit.first..unit.last {
            let capital = |at: usize| words.at(*unit, at).is_some_and(Token::is_capital);
            if words.tokens[i].shape != Shape::Capital || capital(i + 1) || !known.contains(words.stem(i)) {
                continue;
            }
            let span = words.name_span(i, i + 1);
            let before = i.checked_sub(1).filter(|b| *b >= unit.first);
            let part = before.is_some_and(|b| {
                (capital(b) && !words.is_plain("opener", words.key(b)))
                    || matches!(words.word(b), "the" | "in" | "at" | "near" | "a" | "&" | "-" | "@" | "/")
                    || (words.is(b, ".") && !words.tokens[i].spaced)
            });
            let alone = unit.last - unit.first == 1;
            let taken = || draft.is_taken(span, EntityKind::Person) || OTHERS.iter().any(|k| draft.is_taken(span, *k));
            if !part && !alone && !taken() {
                draft.mention(span, EntityKind::Person, SHORT, Nature::Short);
            }
        }
    }
}

/// Initials that the document sets beside a name, wherever they stand.
pub(super) fn initials(draft: &mut Draft<'_>, words: &Words<'_>) {
    let text = draft.text();
    // Without letters that may be somebody's, nothing is beside a name.
    let is_short = |token: &Token| {
        matches!(token.shape, Shape::Upper | Shape::Capital) && (2..=8).contains(&token.span.len()) && {
            token.of(text).chars().filter(|c| c.is_uppercase()).count() > 1
        }
    };
    if !words.tokens.iter().any(is_short) {
        return;
    }
    let mut known: FxHashSet<&str> = FxHashSet::default();
    let unit_of = |token: usize| {
        let after = words.units.partition_point(|u| u.first <= token);
        after.checked_sub(1)
    };
    for mention in &draft.mentions {
        if mention.kind != EntityKind::Person || mention.nature != Nature::Name {
            continue;
        }
        let after = words.tokens.partition_point(|t| t.span.start < mention.span.end);
        let Some(unit) = after.checked_sub(1).and_then(unit_of) else { continue };
        let name = mention.span.of(text);
        let bracketed = (after..words.units[unit].last.min(after + 12))
            .find(|i| words.is(*i, "(") && words.is(*i + 2, ")") && fits(words.word(*i + 1), name));
        let found = bracketed.map(|i| i + 1).or_else(|| {
            // A column of its own, before or after that of the name.
            let short = after - words.units[unit].first < 10;
            let ends = after == words.units[unit].last;
            let cell = |u: usize| words.units.get(u).filter(|c| c.last - c.first == 1).map(|c| c.first);
            let beside = if ends { cell(unit + 1) } else { None }.or_else(|| unit.checked_sub(1).and_then(cell));
            beside.filter(|i| {
                short && fits(words.word(*i), name) && same_line(text, words, *i, mention.span.start as usize)
            })
        });
        if let Some(i) = found {
            known.insert(words.word(i));
        }
    }
    if known.is_empty() {
        return;
    }
    for i in 0..words.tokens.len() {
        let token = words.tokens[i];
        if matches!(token.shape, Shape::Upper | Shape::Capital) && words.word(i).len() <= 8 {
            let word = words.word(i);
            let word = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word);
            let span = words.name_span(i, i + 1);
            if known.contains(word)
                && !draft.is_taken(span, EntityKind::Person)
                && !OTHERS.iter().any(|k| draft.is_taken(span, *k))
            {
                draft.mention(span, EntityKind::Person, INITIALS, Nature::Short);
            }
        }
    }
}

/// Whether a token stands on the line of the text where a byte stands.
fn same_line(text: &str, words: &Words<'_>, token: usize, byte: usize) -> bool {
    let at = words.tokens[token].span.start as usize;
    let (from, to) = (at.min(byte), at.max(byte));
    !text.get(from..to).unwrap_or("\n").contains('\n')
}

/// Whether letters are the initials of a name: `HS` and `GSc`, `JTe` where two would be alike.
fn fits(letters: &str, name: &str) -> bool {
    let count = letters.chars().count();
    let capitals = letters.chars().filter(|c| c.is_uppercase()).count();
    if !(2..=4).contains(&count) || capitals < 2 || !letters.chars().all(char::is_alphabetic) {
        return false;
    }
    let name = fold(name);
    let lower: Vec<char> = letters.chars().flat_map(char::to_lowercase).collect();
    let names: Vec<&str> = name.split([' ', '-']).filter(|w| !w.is_empty()).collect();
    // The last word that starts with the second initial is the surname; words before the first may be titles.
    names.iter().enumerate().any(|(i, word)| {
        word.starts_with(lower[0])
            && names[i + 1..].iter().any(|family| {
                let inner: Vec<char> = family.chars().collect();
                inner.first() == lower.get(1)
                    && lower.get(2).is_none_or(|c| {
                        inner.get(1) == Some(c) || letters.chars().nth(2).is_some_and(char::is_uppercase)
                    })
                    || lower.get(2).is_some_and(|c| inner.first() == Some(c))
            })
    })
}

/// "The Chairman" as the subject of a sentence.
pub(super) fn chairs(draft: &mut Draft<'_>, words: &Words<'_>) {
    for unit in &words.units {
        for i in unit.first..unit.last {
            if !words.tokens[i].is_capital()
                || i == unit.first
                || words.word(i - 1) != "The"
                || !words.opens(*unit, i - 1)
            {
                continue;
            }
            let Some((end, _)) = words.phrase(&draft.lexicon.roles, i, unit.last).filter(|(_, r)| r.class == "chair")
            else {
                continue;
            };
            let verb = words.at(*unit, end).is_some_and(|t| t.shape == Shape::Lower)
                && !matches!(words.word(end), "of" | "and" | "for" | "to" | "in" | "or" | "on" | "at");
            let span = words.name_span(i, end);
            if verb && !words.is_possessive(end - 1) && !draft.is_taken(span, EntityKind::Person) {
                draft.mention(span, EntityKind::Person, CHAIR, Nature::Description);
            }
        }
    }
}
