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
    let mut found = Vec::with_capacity(span.len() / 5 + 1);
    found.extend(each(text, span));
    found
}

/// The same, one by one, for questions that the first few answer.
pub fn each(text: &str, span: Span) -> impl Iterator<Item = Token> {
    let base = span.start as usize;
    let words = span.of(text);
    let mut at = 0;
    // After a break a token has white space before it.
    let mut broke = false;
    std::iter::from_fn(move || {
        let mut spaced = std::mem::take(&mut broke);
        loop {
            let start = at;
            let c = words[at..].chars().next()?;
            at += c.len_utf8();
            let shape = match c {
                '\n' | '\t' => {
                    broke = true;
                    Shape::Break
                }
                _ if c.is_whitespace() => {
                    spaced = true;
                    continue;
                }
                _ if c.is_alphabetic() || c.is_ascii_digit() => {
                    at += rest_of_word(&words[at..], c.is_ascii_digit());
                    shape_of(&words[start..at])
                }
                _ => Shape::Mark,
            };
            return Some(Token { span: Span::new(base + start, base + at), shape, spaced });
        }
    })
}

/// How many bytes of `rest` belong to the word, or the figures, that its first character went before.
fn rest_of_word(rest: &str, digits: bool) -> usize {
    let mut end = 0;
    loop {
        end += rest.as_bytes()[end..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let mut chars = rest[end..].chars();
        let Some(next) = chars.next() else { return end };
        let goes_on = match next {
            '/' | '.' | ',' | ':' | '-' | '–' if digits => chars.next().is_some_and(|after| after.is_ascii_digit()),
            _ if !digits && is_joiner(next) => chars.next().is_some_and(char::is_alphabetic),
            _ => next.is_alphanumeric() || is_combining(next),
        };
        if !goes_on {
            return end;
        }
        end += next.len_utf8();
    }
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
