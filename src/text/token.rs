//! Words and punctuation of a text.

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
}

impl Token {
    /// Whether it is a word that starts with a capital letter, initials included.
    pub fn is_capital(self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper | Shape::Initial)
    }

    /// Whether it is a word of any kind.
    pub fn is_word(self) -> bool {
        self.is_capital() || self.shape == Shape::Lower
    }

    /// Its words.
    pub fn of(self, text: &str) -> &str {
        self.span.of(text)
    }

    /// Whether it is this mark.
    pub fn is(self, text: &str, mark: &str) -> bool {
        self.span.of(text) == mark
    }
}

/// The tokens within `span` of `text`, in order. A word takes in apostrophes, hyphens and soft hyphens
/// between letters, and slashes or points between digits.
pub fn tokens(text: &str, span: Span) -> Vec<Token> {
    let base = span.start as usize;
    let words = span.of(text);
    let mut found = Vec::with_capacity(words.len() / 5 + 1);
    let mut chars = words.char_indices().peekable();
    let mut spaced = false;
    while let Some((start, c)) = chars.next() {
        if c == '\n' || c == '\t' {
            found.push(Token { span: Span::new(base + start, base + start + 1), shape: Shape::Break, spaced });
            spaced = true;
            continue;
        }
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        let mut end = start + c.len_utf8();
        let shape = if c.is_alphabetic() || c.is_ascii_digit() {
            let digits = c.is_ascii_digit();
            while let Some(&(at, next)) = chars.peek() {
                let inner = if digits { matches!(next, '/' | '.' | ',' | ':' | '-' | '–') } else { is_joiner(next) };
                let goes_on = next.is_alphanumeric()
                    || is_combining(next)
                    || (inner
                        && words[at + next.len_utf8()..]
                            .chars()
                            .next()
                            .is_some_and(|after| if digits { after.is_ascii_digit() } else { after.is_alphabetic() }));
                if !goes_on {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
            shape_of(&words[start..end])
        } else {
            Shape::Mark
        };
        found.push(Token { span: Span::new(base + start, base + end), shape, spaced });
        spaced = false;
    }
    found
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '-' | '‐' | '‑' | '\u{ad}')
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn shape_of(word: &str) -> Shape {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = word.chars().next() else { return Shape::Mark };
    if first.is_ascii_digit() {
        return Shape::Number;
    }
    if !first.is_uppercase() {
        return Shape::Lower;
    }
    letters.next();
    let mut more = 0;
    for letter in letters {
        more += 1;
        if !letter.is_uppercase() {
            return Shape::Capital;
        }
    }
    if more == 0 { Shape::Initial } else { Shape::Upper }
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
