//! Words and punctuation of a text.

use crate::lexicon::{Known, Lexicon};
use crate::model::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A word that starts with a capital letter: `Moore`, `McCulloch`, `Samra-Rai`, `O'Brien`.
    Capital,
    /// A word of capital letters only, two or more: `PCC`, `RESOLVED`.
    Upper,
    /// A single capital letter: an initial.
    Initial,
    /// A word in lower case.
    Lower,
    /// Digits, or a word that starts with one: `14`, `13th`, `2013/14`.
    Number,
    /// Anything else, one character a token.
    Mark,
    /// A line break or a tab: what ends a phrase though no mark stands there.
    Break,
}

/// A word or a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub shape: Shape,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// What the vocabulary says of it, where that was looked up already: see [`Token::known`].
    pub known: Option<Known>,
}

impl Token {
    /// Whether it is a word that starts with a capital letter, initials included.
    #[inline]
    pub fn is_capital(self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper | Shape::Initial)
    }

    /// Whether it is a word of any kind.
    #[inline]
    pub fn is_word(self) -> bool {
        self.is_capital() || self.shape == Shape::Lower
    }

    /// Its words.
    #[inline]
    pub fn of(self, text: &str) -> &str {
        self.span.of(text)
    }

    /// Whether it is this mark.
    #[inline]
    pub fn is(self, text: &str, mark: &str) -> bool {
        self.span.len() == mark.len() && self.span.of(text) == mark
    }

    /// What the vocabulary says of it.
    pub fn known(self, text: &str, lexicon: &Lexicon) -> Known {
        self.known.unwrap_or_else(|| lexicon.known(self.of(text)))
    }
}

/// The tokens within `span` of `text`, in order. A word takes in apostrophes, hyphens and soft hyphens
/// between letters, and slashes or points between digits.
pub fn tokens(text: &str, span: Span) -> Vec<Token> {
    let mut found = Vec::with_capacity(span.len() / 5 + 1);
    found.extend(each(text, span));
    found
}

/// The tokens within `span`, each capitalised word with what the vocabulary says of it: for words of which much is asked.
pub fn known_tokens(text: &str, span: Span, lexicon: &Lexicon) -> Vec<Token> {
    let mut found = tokens(text, span);
    for token in found.iter_mut().filter(|token| token.is_capital()) {
        token.known = Some(lexicon.known(token.of(text)));
    }
    found
}

/// The tokens within `span`, one by one, for questions that the first few answer.
pub fn each(text: &str, span: Span) -> impl Iterator<Item = Token> {
    Tokens { words: span.of(text), base: span.start as usize, at: 0, broke: false }
}

struct Tokens<'t> {
    words: &'t str,
    /// Where the words start in the text.
    base: usize,
    at: usize,
    /// After a break a token has white space before it.
    broke: bool,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    #[inline]
    fn next(&mut self) -> Option<Token> {
        let mut spaced = std::mem::take(&mut self.broke);
        loop {
            let start = self.at;
            let mut class = Class::of(*self.words.as_bytes().get(start)?);
            let mut length = 1;
            if class == Class::Foreign {
                let c = self.words[start..].chars().next()?;
                length = c.len_utf8();
                class = Class::of_foreign(c);
            }
            self.at += length;
            let shape = match class {
                Class::Space => {
                    spaced = true;
                    continue;
                }
                Class::Break => {
                    self.broke = true;
                    Shape::Break
                }
                Class::Mark | Class::Foreign => Shape::Mark,
                Class::Digit => {
                    self.at = end_of_word(self.words, self.at, true);
                    Shape::Number
                }
                Class::Lower => {
                    self.at = end_of_word(self.words, self.at, false);
                    Shape::Lower
                }
                Class::Upper => {
                    let rest = self.at;
                    self.at = end_of_word(self.words, rest, false);
                    shape_of_rest(&self.words[rest..self.at])
                }
            };
            let span = Span::new(self.base + start, self.base + self.at);
            return Some(Token { span, shape, spaced, known: None });
        }
    }
}

/// What a character may start.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Upper,
    Lower,
    Digit,
    Space,
    Break,
    Mark,
    /// A byte of a character beyond ASCII.
    Foreign,
}

impl Class {
    fn of(byte: u8) -> Self {
        static CLASSES: [Class; 256] = {
            let mut classes = [Class::Mark; 256];
            let mut byte = 0;
            while byte < 256 {
                classes[byte] = match byte as u8 {
                    b'A'..=b'Z' => Class::Upper,
                    b'a'..=b'z' => Class::Lower,
                    b'0'..=b'9' => Class::Digit,
                    b'\n' | b'\t' => Class::Break,
                    b' ' | b'\x0b'..=b'\r' => Class::Space,
                    128.. => Class::Foreign,
                    _ => Class::Mark,
                };
                byte += 1;
            }
            classes
        };
        CLASSES[usize::from(byte)]
    }

    fn of_foreign(c: char) -> Self {
        match c {
            c if c.is_whitespace() => Self::Space,
            c if c.is_uppercase() && c.is_alphabetic() => Self::Upper,
            c if c.is_alphabetic() => Self::Lower,
            _ => Self::Mark,
        }
    }
}

/// Where the word, or the figures, that started before `at` ends.
fn end_of_word(words: &str, mut at: usize, digits: bool) -> usize {
    let bytes = words.as_bytes();
    loop {
        while bytes.get(at).is_some_and(|byte| matches!(Class::of(*byte), Class::Upper | Class::Lower | Class::Digit)) {
            at += 1;
        }
        let joins = match bytes.get(at) {
            Some(b'/' | b'.' | b',' | b':') => digits,
            Some(b'\'') => !digits,
            Some(b'-' | 128..) => true,
            _ => false,
        };
        if !joins {
            return at;
        }
        let mut chars = words[at..].chars();
        let Some(next) = chars.next() else { return at };
        let goes_on = match next {
            '/' | '.' | ',' | ':' | '-' | '–' if digits => chars.next().is_some_and(|after| after.is_ascii_digit()),
            _ if !digits && is_joiner(next) => chars.next().is_some_and(char::is_alphabetic),
            _ => next.is_alphanumeric() || is_combining(next),
        };
        if !goes_on {
            return at;
        }
        at += next.len_utf8();
    }
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '-' | '‐' | '‑' | '\u{ad}')
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// The shape of a word that starts with a capital letter, by the letters that follow.
fn shape_of_rest(rest: &str) -> Shape {
    let mut shape = Shape::Initial;
    for letter in rest.chars().filter(|c| c.is_alphabetic()) {
        if !letter.is_uppercase() {
            return Shape::Capital;
        }
        shape = Shape::Upper;
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let shown: Vec<String> =
            tokens(text, Span::new(0, text.len())).iter().map(|t| format!("{}:{:?}", t.of(text), t.shape)).collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn words_keep_their_apostrophes_and_hyphens() {
        check(
            "Cllr. O’Brien, N. Samra-Rai (PCC) 2013/14",
            "Cllr:Capital .:Mark O’Brien:Capital ,:Mark N:Initial .:Mark Samra-Rai:Capital (:Mark PCC:Upper ):Mark 2013/14:Number",
        );
        check("the DHRs’ cost", "the:Lower DHRs:Capital ’:Mark cost:Lower");
    }

    #[test]
    fn breaks_are_tokens() {
        check("a\tB\nc", "a:Lower \t:Break B:Initial \n:Break c:Lower");
    }
}
