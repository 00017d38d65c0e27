//! Folding of words for comparison. In: words as they are written. Out: lower case, no accents, no full stops, plain
//! apostrophes and hyphens, single spaces. Must never change words that are folded already.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Folds words for comparison: lower case, no accents, no full stops, plain apostrophes and hyphens,
/// single spaces.
pub fn fold(words: &str) -> String {
    if Dress::of(words) != Dress::Other {
        return words.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(words.len());
    fold_onto(words, &mut folded);
    folded
}

/// Looks something up by folded words. Most words are folded as they stand, or but for a capital: they are looked up
/// without a string of their own.
pub fn with_folded<R>(words: &str, look_up: impl FnOnce(&str) -> R) -> R {
    const SHORT: usize = 64;
    match Dress::of(words) {
        Dress::None => look_up(words),
        Dress::Capitals if words.len() <= SHORT => {
            let mut buffer = [0; SHORT];
            let lower = &mut buffer[..words.len()];
            lower.copy_from_slice(words.as_bytes());
            lower.make_ascii_lowercase();
            look_up(std::str::from_utf8(lower).unwrap_or(""))
        }
        _ => look_up(&fold(words)),
    }
}

/// What folding takes off words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dress {
    /// Nothing: they are folded as they stand.
    None,
    /// Capitals alone.
    Capitals,
    /// Accents, full stops, white space.
    Other,
}

impl Dress {
    fn of(words: &str) -> Self {
        let mut found = 0;
        for byte in words.as_bytes() {
            found |= DRESS[usize::from(*byte)];
        }
        match found {
            0 => Self::None,
            _ if found & OTHER != 0 || found & SPACE != 0 && holds_loose_space(words) => Self::Other,
            _ if found & CAPITAL != 0 => Self::Capitals,
            _ => Self::None,
        }
    }
}

const CAPITAL: u8 = 1;
const SPACE: u8 = 2;
const OTHER: u8 = 4;

/// What each byte wears.
static DRESS: [u8; 256] = {
    let mut dress = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        dress[byte] = match byte as u8 {
            b'A'..=b'Z' => CAPITAL,
            b' ' => SPACE,
            0 | b'\t'..=b'\r' | b'.' | b'`' | 128.. => OTHER,
            _ => 0,
        };
        byte += 1;
    }
    dress
};

/// Whether a space opens or closes words, or follows another.
fn holds_loose_space(words: &str) -> bool {
    let bytes = words.as_bytes();
    words.starts_with(' ') || words.ends_with(' ') || bytes.windows(2).any(|pair| pair == b"  ")
}

/// Folds words, or a part of them, behind what was folded before them.
pub fn fold_onto(words: &str, folded: &mut String) {
    if !words.is_empty() && Dress::of(words) != Dress::Other {
        push_lower(words, folded);
        return;
    }
    let mut rest = words;
    while !rest.is_empty() {
        // As far as they are plain, in one go, and one character that is not.
        let (plain, others) = rest.split_at(plain_end(rest));
        push_lower(plain, folded);
        let mut others = others.chars();
        match others.next() {
            Some(plain) if plain.is_ascii() => fold_character(plain, folded),
            Some(character) => decompose_canonical(character, |part| fold_character(part, folded)),
            None => {}
        }
        rest = others.as_str();
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
}

/// As far as words are folded but for capitals: no accent, no full stop, no space at either end or behind another.
fn plain_end(words: &str) -> usize {
    let bytes = words.as_bytes();
    let mut end = 0;
    while let Some(byte) = bytes.get(end) {
        let dress = DRESS[usize::from(*byte)];
        // A space counts where a word goes on behind it.
        let is_loose =
            || end == 0 || bytes.get(end + 1).is_none_or(|next| DRESS[usize::from(*next)] & (OTHER | SPACE) != 0);
        if dress & OTHER != 0 || dress & SPACE != 0 && is_loose() {
            break;
        }
        end += 1;
    }
    end
}

fn push_lower(words: &str, folded: &mut String) {
    let start = folded.len();
    folded.push_str(words);
    folded[start..].make_ascii_lowercase();
}

/// Folds one character, taken apart already.
fn fold_character(character: char, folded: &mut String) {
    match character {
        '.' | '\0' => {}
        '’' | '‘' | '´' | '`' => folded.push('\''),
        '‐' | '‑' | '–' | '—' => folded.push('-'),
        c if c.is_ascii_graphic() => folded.push(c.to_ascii_lowercase()),
        c if c.is_whitespace() => {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        }
        c if is_combining_mark(c) => {}
        c => c.to_lowercase().for_each(|c| match c {
            // Letters that Unicode does not take apart, and that are left out with the accents.
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ß' => folded.push_str("ss"),
            'þ' => folded.push_str("th"),
            c => folded.push(c),
        }),
    }
}

/// Words folded once, so that several lists can be asked of them.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// The words with spaces between.
    text: String,
    /// Where each starts and ends in them.
    places: Vec<(u32, u32)>,
}

impl Folded {
    /// Folds words.
    pub fn of(words: &[&str]) -> Self {
        Self::with(words, |word| word)
    }

    /// Folds words, and takes each, once folded, in the form that `form` gives it: the first part of it.
    pub fn with(words: &[&str], form: fn(&str) -> &str) -> Self {
        let mut folded = Self { text: String::with_capacity(96), places: Vec::with_capacity(words.len()) };
        for word in words {
            if !folded.text.is_empty() {
                folded.text.push(' ');
            }
            let start = folded.text.len();
            fold_onto(word, &mut folded.text);
            let end = folded.text.get(start..).map_or(folded.text.len(), |word| start + form(word).len());
            folded.text.truncate(end);
            folded.places.push((start as u32, end as u32));
        }
        folded
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The words from one to the one before `end`, as one phrase; nothing is left of a word of marks alone.
    pub(super) fn phrase(&self, first: usize, end: usize) -> &str {
        let (Some(from), Some(last)) = (self.places.get(first), self.places.get(..end).and_then(<[_]>::last)) else {
            return "";
        };
        self.text.get(from.0 as usize..last.1 as usize).unwrap_or("")
    }

    /// A word.
    pub fn word(&self, at: usize) -> &str {
        self.phrase(at, at + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_removes_dress_and_keeps_words() {
        assert_eq!(fold("  Ch.  Supt. Ó’Ceallaigh–Byrne "), "ch supt o'ceallaigh-byrne");
        for (written, folded) in [(" Mr. A.B . Dee\n", "mr ab dee"), ("A  Clerk", "a clerk"), (". ", ""), ("", "")] {
            assert_eq!(fold(written), folded, "{written:?}");
        }
        assert_eq!(Folded::of(&["St.", ".", "Ives"]).phrase(0, 3), "st ives");
    }
}
