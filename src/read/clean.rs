//! The characters of a text, made plain without changing what a reader sees.
//!
//! In: decoded text. Out: text with `\n` line ends, [`PAGE`] for page breaks, plain spaces, no control
//! characters but those and `\t`. Never: change a letter.

use std::borrow::Cow;

/// A page break within the stage; no text that leaves it holds one.
pub(super) const PAGE: char = '\u{c}';

/// Makes the characters of a text plain.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let mut rest = text;
    let mut clean = String::new();
    // Runs of plain characters are copied as they are.
    while let Some(at) = first_other(rest.as_bytes()) {
        clean.reserve(rest.len());
        clean.push_str(&rest[..at]);
        let mut characters = rest[at..].chars();
        match characters.next().unwrap_or(' ') {
            '\r' => {
                clean.push('\n');
                if characters.as_str().starts_with('\n') {
                    characters.next();
                }
            }
            '\u{b}' | '\u{85}' | '\u{2028}' => clean.push('\n'),
            '\u{2029}' => clean.push_str("\n\n"),
            // Byte order marks, zero-width spaces and soft hyphens are seen by nobody and split words.
            '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{ad}' => {}
            character if character.is_control() || character.is_whitespace() => clean.push(' '),
            // The bullets of symbol fonts, which no other font shows.
            '\u{f0a7}' | '\u{f0b7}' | '\u{f0d8}' | '\u{f0fc}' | '\u{f076}' | '\u{f06e}' => clean.push('•'),
            character => clean.push(character),
        }
        rest = characters.as_str();
    }
    if rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    clean.push_str(rest);
    Cow::Owned(clean)
}

/// Where the first byte stands that is not plain.
fn first_other(bytes: &[u8]) -> Option<usize> {
    const STEP: usize = 64;
    let is_plain = |byte: u8| matches!(byte, b'\n' | b'\t' | 0x0c | b' '..=b'~');
    // Without branches, so that many bytes are looked at in one step.
    let others = |few: &[u8]| few.iter().map(|byte| u8::from(!is_plain(*byte))).sum::<u8>();
    let from = STEP * bytes.chunks(STEP).take_while(|few| others(few) == 0).count();
    bytes.get(from..)?.iter().position(|byte| !is_plain(*byte)).map(|at| from + at)
}

/// One line of words: every run of white space is one space, none at the ends.
pub(super) fn collapse(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_spaces_and_controls_are_plain() {
        assert_eq!(clean("a\r\nb\rc\u{2029}d\u{a0}e\u{7}f"), "a\nb\nc\n\nd e f");
    }

    #[test]
    fn what_nobody_sees_goes_and_symbols_become_bullets() {
        assert_eq!(clean("M\u{feff}inutes\t\u{f0b7} co\u{ad}operate"), "Minutes\t• cooperate");
    }
}
