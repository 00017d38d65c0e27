//! The words of a document's lines, read once for all extractors.
//!
//! In: a document. Out: tokens, each with its folded form where it is capitalised, in units (a line without its
//! marker, or a cell of a table row) across which no name reaches. Decides nothing.

use std::borrow::Cow;

use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::lexicon::{Lexicon, Phrases, fold_onto};
use crate::model::{Document, Span};
use crate::text::token::{Shape, Token, each};

/// A line without its marker, or one cell of it: no name reaches beyond.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// First token.
    pub(super) first: usize,
    /// One past the last token.
    pub(super) last: usize,
}

/// The tokens of all lines.
#[derive(Debug)]
pub(super) struct Words<'d> {
    text: &'d str,
    lexicon: &'d Lexicon,
    /// Tokens in order of the text.
    pub(super) tokens: Vec<Token>,
    /// Units in order of the text.
    pub(super) units: Vec<Unit>,
    /// For each token, where its folded form stands in `folded`; empty but for capitalised words.
    keys: Vec<(u32, u32)>,
    folded: String,
    /// Words that stand in lower case somewhere: a capitalised one of them may be no name.
    lower: FxHashSet<&'d str>,
}

impl<'d> Words<'d> {
    /// Reads all lines of a document.
    pub(super) fn new(document: &'d Document, lexicon: &'d Lexicon) -> Self {
        let mut words = Self {
            text: &document.text,
            lexicon,
            tokens: Vec::with_capacity(document.text.len() / 5),
            units: Vec::with_capacity(document.lines.len()),
            keys: Vec::with_capacity(document.text.len() / 5),
            folded: String::new(),
            lower: FxHashSet::with_capacity_and_hasher(document.text.len() / 32, FxBuildHasher),
        };
        for line in &document.lines {
            if line.cells.is_empty() {
                words.add(line.body(words.text));
            } else {
                for cell in &line.cells {
                    words.add(*cell);
                }
            }
        }
        words
    }

    fn add(&mut self, span: Span) {
        let first = self.tokens.len();
        for mut token in each(self.text, span) {
            let word = token.of(self.text);
            let start = self.folded.len() as u32;
            if token.is_capital() {
                fold_onto(word, &mut self.folded);
                let key = &self.folded[start as usize..];
                let mut known = self.lexicon.known_folded(key);
                // A phrase may start with the plural of its first word, or with its possessive.
                if key.ends_with('s') {
                    let stem = singular(key.strip_suffix("'s").unwrap_or(key));
                    known = known.or_starts_of(self.lexicon.known_folded(&stem));
                }
                token.known = Some(known);
            } else if token.shape == Shape::Lower {
                self.lower.insert(word);
            }
            self.keys.push((start, self.folded.len() as u32));
            self.tokens.push(token);
        }
        if self.tokens.len() > first {
            self.units.push(Unit { first, last: self.tokens.len() });
        }
    }

    /// Whether a folded word is a plain word of a class: it opens sentences, describes without naming, names a day or
    /// a street.
    #[inline]
    pub(super) fn is_plain(&self, class: &str, key: &str) -> bool {
        self.lexicon.is_plain(class, key)
    }

    /// Whether a folded word stands in lower case somewhere in the document.
    pub(super) fn is_common(&self, key: &str) -> bool {
        self.lower.contains(key)
    }

    /// The token, if there is one within the unit.
    #[inline]
    pub(super) fn at(&self, unit: Unit, at: usize) -> Option<Token> {
        (unit.first..unit.last).contains(&at).then(|| self.tokens[at])
    }

    /// The words of a token.
    #[inline]
    pub(super) fn word(&self, at: usize) -> &'d str {
        self.tokens[at].of(self.text)
    }

    /// The word folded: capitals and accents gone, `&` spelled out.
    #[inline]
    pub(super) fn key(&self, at: usize) -> &str {
        let (start, end) = self.keys[at];
        if start < end {
            return &self.folded[start as usize..end as usize];
        }
        match self.word(at) {
            "&" => "and",
            word => word,
        }
    }

    /// The word folded, without a possessive ending.
    #[inline]
    pub(super) fn stem(&self, at: usize) -> &str {
        let key = self.key(at);
        key.strip_suffix("'s").unwrap_or(key)
    }

    /// Whether the word ends in a possessive `'s`.
    pub(super) fn is_possessive(&self, at: usize) -> bool {
        let word = self.word(at);
        word.ends_with("'s") || word.ends_with("’s")
    }

    /// The span from one token to the one before `end`.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        match (self.tokens.get(start), end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) => first.span.join(last.span),
            _ => Span::default(),
        }
    }

    /// The span of a name: as [`Words::span`], without a possessive ending of the last word.
    pub(super) fn name_span(&self, start: usize, end: usize) -> Span {
        let mut span = self.span(start, end);
        if end > start && self.is_possessive(end - 1) {
            let words = span.of(self.text);
            let apostrophe = words.char_indices().rev().nth(1).map_or(words.len(), |(at, _)| at);
            span = span.slice(0, apostrophe);
        }
        span
    }

    /// Whether the token is this mark.
    #[inline]
    pub(super) fn is(&self, at: usize, mark: &str) -> bool {
        self.tokens.get(at).is_some_and(|t| t.is(self.text, mark))
    }

    /// Whether a token opens a sentence, a heading or a cell, so that its capital tells nothing.
    pub(super) fn opens(&self, unit: Unit, at: usize) -> bool {
        let mut before = at;
        while before > unit.first && is_opening(self.word(before - 1)) {
            before -= 1;
        }
        if before == unit.first {
            return true;
        }
        match self.word(before - 1) {
            "?" | "!" | ":" | ";" | "•" | "\t" | "\n" | "]" | "|" => true,
            "–" | "—" | "-" => self.tokens[before].spaced,
            "." => {
                // After an initial or a short title the full stop ends no sentence.
                self.tokens[before].spaced
                    && !before.checked_sub(2).is_some_and(|i| {
                        i >= unit.first
                            && (self.tokens[i].shape == Shape::Initial
                                || matches!(
                                    self.key(i),
                                    "mr" | "mrs"
                                        | "ms"
                                        | "dr"
                                        | "cllr"
                                        | "st"
                                        | "prof"
                                        | "rev"
                                        | "revd"
                                        | "supt"
                                        | "hon"
                                        | "no"
                                ))
                    })
            }
            // A marker that the reader did not take off: "14/18 Police Report".
            _ => {
                before - unit.first < 8
                    && (unit.first..before).all(|i| matches!(self.tokens[i].shape, Shape::Number | Shape::Mark))
            }
        }
    }

    /// Whether a phrase may start at a token; no look-up, so that most words cost nothing more.
    pub(super) fn may_start<T: Copy>(&self, phrases: &Phrases<T>, at: usize) -> bool {
        self.tokens[at].known.is_none_or(|known| phrases.may_start(known))
    }

    /// The longest phrase that starts at a token and ends before `last`: one past its last token, and its meaning.
    /// The last word may be plural or possessive.
    pub(super) fn phrase<T: Copy>(&self, phrases: &Phrases<T>, at: usize, last: usize) -> Option<(usize, T)> {
        if !self.may_start(phrases, at) {
            return None;
        }
        let mut found = None;
        // The words before the one at hand, and a space.
        let mut before = String::new();
        let mut i = at;
        while i < last {
            let token = self.tokens[i];
            if !(token.is_word() || self.is(i, "&") || token.shape == Shape::Number) {
                // The stop of an initial or an abbreviation belongs to it.
                if self.is(i, ".") && !token.spaced && i > at {
                    i += 1;
                    continue;
                }
                break;
            }
            let key = self.key(i);
            let part = phrases.beginning_after(&mut before, key);
            let mut meaning = part.and_then(|part| part.meaning);
            if meaning.is_none() && key.ends_with('s') {
                let stem = self.stem(i);
                let one = singular(stem);
                let mut of = |word: &str| phrases.beginning_after(&mut before, word).and_then(|part| part.meaning);
                meaning = of(stem).or_else(|| of(&one));
            }
            found = meaning.map(|meaning| (i + 1, meaning)).or(found);
            // Where no phrase begins so, none goes on.
            if part.is_none() || i + 1 == last {
                break;
            }
            before.push_str(key);
            before.push(' ');
            i += 1;
        }
        found
    }
}

fn is_opening(word: &str) -> bool {
    matches!(word, "(" | "[" | "“" | "‘" | "\"" | "'" | "*" | "_" | "#" | ">" | "`" | "\\")
}

/// A plural brought back to its singular, as far as spelling tells.
pub(super) fn singular(word: &str) -> Cow<'_, str> {
    match word {
        _ if word.len() < 4 || !word.ends_with('s') || word.ends_with("ss") => Cow::Borrowed(word),
        _ if word.ends_with("ies") => Cow::Owned(format!("{}y", &word[..word.len() - 3])),
        _ if word.ends_with("ches") || word.ends_with("sses") => Cow::Borrowed(&word[..word.len() - 2]),
        _ => Cow::Borrowed(&word[..word.len() - 1]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals() {
        for (plural, one) in [("companies", "company"), ("boards", "board"), ("churches", "church"), ("press", "press")]
        {
            assert_eq!(singular(plural), one);
        }
    }
}
