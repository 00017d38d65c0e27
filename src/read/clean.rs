//! The characters of a text, made plain without changing what a reader sees.
//!
//! In: decoded text. Out: text with `\n` line ends, [`PAGE`] for page breaks, plain spaces, no control
//! characters but those and `\t`. Never: change a letter.

use std::borrow::Cow;

/// A page break within the stage; no text that leaves it holds one.
pub(super) const PAGE: char = '\u{c}';

/// Makes the characters of a text plain.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| matches!(byte, b'\n' | b'\t' | 0x0c | b' '..=b'~');
    let Some(first) = text.bytes().position(|byte| !is_plain(byte)) else {
        return Cow::Borrowed(text);
    };
    // The byte found starts a character, as all before it are ASCII.
    let mut clean = String::with_capacity(text.len());
    clean.push_str(&text[..first]);
    let mut characters = text[first..].chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\n' | '\t' | PAGE | ' '..='~' => clean.push(character),
            '\r' => {
                characters.next_if_eq(&'\n');
                clean.push('\n');
            }
            '\u{b}' | '\u{85}' | '\u{2028}' => clean.push('\n'),
            '\u{2029}' => clean.push_str("\n\n"),
            // Byte order marks, zero-width spaces and soft hyphens are seen by nobody and split words.
            '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{ad}' => {}
            _ if character.is_control() || character.is_whitespace() => clean.push(' '),
            // The bullets of symbol fonts, which no other font shows.
            '\u{f0a7}' | '\u{f0b7}' | '\u{f0d8}' | '\u{f0fc}' | '\u{f076}' | '\u{f06e}' => clean.push('•'),
            _ => clean.push(character),
        }
    }
    Cow::Owned(clean)
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
