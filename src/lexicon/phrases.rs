//! Look-up of phrases of one or more words, folded.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::Known;

/// Folds words for comparison: lower case, no accents, no full stops, plain apostrophes and hyphens,
/// single spaces.
pub fn fold(words: &str) -> String {
    let mut folded = Vec::with_capacity(words.len());
    fold_onto(words, &mut folded);
    String::from_utf8(folded).unwrap_or_default()
}

/// Looks something up by folded words. Most words are short and without accents: they are folded without
/// a string of their own.
pub(super) fn with_folded<R>(words: &str, look_up: impl FnOnce(&str) -> R) -> R {
    const SHORT: usize = 64;
    if words.len() > SHORT || !words.is_ascii() {
        return look_up(&fold(words));
    }
    let mut buffer = [0; SHORT];
    let length = fold_ascii(words.as_bytes(), &mut buffer, 0);
    look_up(std::str::from_utf8(&buffer[..length]).unwrap_or("").trim_end_matches(' '))
}

/// Folds words behind what was folded before them.
fn fold_onto(words: &str, folded: &mut Vec<u8>) {
    let mut rest = words;
    while !rest.is_empty() {
        let plain = if rest.is_ascii() { None } else { rest.bytes().position(|byte| !byte.is_ascii()) };
        let (ascii, others) = rest.split_at(plain.unwrap_or(rest.len()));
        let length = folded.len();
        folded.resize(length + ascii.len(), 0);
        let length = fold_ascii(ascii.as_bytes(), folded, length);
        folded.truncate(length);
        let mut others = others.chars();
        rest = others.as_str();
        while let Some(character) = others.next().filter(|c| !c.is_ascii()) {
            decompose_canonical(character, |part| fold_character(part, folded));
            rest = others.as_str();
        }
    }
    if folded.last() == Some(&b' ') {
        folded.pop();
    }
}

/// Folds one character, taken apart already.
fn fold_character(character: char, folded: &mut Vec<u8>) {
    let mut push = |words: &str| folded.extend_from_slice(words.as_bytes());
    match character {
        '’' | '‘' | '´' => push("'"),
        '‐' | '‑' | '–' | '—' => push("-"),
        c if is_combining_mark(c) => {}
        c if c.is_ascii() || c.is_whitespace() => {
            let byte = if c.is_ascii() { c as u8 } else { b' ' };
            let length = folded.len();
            folded.push(0);
            let length = fold_ascii(&[byte], folded, length);
            folded.truncate(length);
        }
        c => c.to_lowercase().for_each(|c| match c {
            // Letters that Unicode does not take apart, and that are left out with the accents.
            'ł' => push("l"),
            'ø' => push("o"),
            'đ' | 'ð' => push("d"),
            'ı' => push("i"),
            'æ' => push("ae"),
            'œ' => push("oe"),
            'ß' => push("ss"),
            'þ' => push("th"),
            c => push(c.encode_utf8(&mut [0; 4])),
        }),
    }
}

/// What each byte of ASCII becomes; nothing where it is left out.
const FOLDED: [u8; 128] = {
    let mut folded = [0; 128];
    let mut byte = 0_u8;
    while byte < 128 {
        folded[byte as usize] = match byte {
            b'.' => 0,
            b'`' => b'\'',
            b'\t'..=b'\r' => b' ',
            _ => byte.to_ascii_lowercase(),
        };
        byte += 1;
    }
    folded
};

/// Folds bytes of ASCII into `folded` from `length` on, which has room for them; returns the new length.
fn fold_ascii(bytes: &[u8], folded: &mut [u8], mut length: usize) -> usize {
    let mut before = length.checked_sub(1).map_or(b' ', |last| folded[last]);
    for byte in bytes {
        let byte = FOLDED[usize::from(byte & 127)];
        let is_kept = byte != 0 && !(byte == b' ' && before == b' ');
        folded[length] = byte;
        length += usize::from(is_kept);
        before = if is_kept { byte } else { before };
    }
    length
}

/// Words folded once, so that several lists can be asked of them.
#[derive(Clone, Debug)]
pub struct Folded {
    /// The words with spaces between.
    text: String,
    /// Where each starts and ends in them.
    places: Vec<(usize, usize)>,
}

impl Folded {
    /// Folds words.
    pub fn of(words: &[&str]) -> Self {
        let mut folded = Vec::with_capacity(96);
        let mut places = Vec::with_capacity(words.len());
        for word in words {
            if !folded.is_empty() {
                folded.push(b' ');
            }
            let start = folded.len();
            fold_onto(word, &mut folded);
            places.push((start, folded.len()));
        }
        Self { text: String::from_utf8(folded).unwrap_or_default(), places }
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
    fn phrase(&self, first: usize, end: usize) -> &str {
        let (Some(from), Some(last)) = (self.places.get(first), self.places.get(..end).and_then(<[_]>::last)) else {
            return "";
        };
        self.text.get(from.0..last.1).unwrap_or("")
    }

    /// A word.
    pub fn word(&self, at: usize) -> &str {
        self.phrase(at, at + 1)
    }
}

/// Phrases with what each means; keys are folded.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    map: FxHashMap<String, T>,
    longest: usize,
    /// The bit of this list in what is known of a word; 0 where words do not tell.
    bit: u8,
    /// For each first word, how many words the longest phrase that starts with it has.
    firsts: FxHashMap<String, usize>,
    /// For each last word, how many words the longest phrase that ends with it has.
    lasts: FxHashMap<String, usize>,
    /// Finds the longest word of each phrase.
    longest_words: OnceLock<Option<AhoCorasick>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self {
            map: FxHashMap::default(),
            longest: 0,
            bit: 0,
            firsts: FxHashMap::default(),
            lasts: FxHashMap::default(),
            longest_words: OnceLock::new(),
        }
    }
}

impl<T: Copy> Phrases<T> {
    /// Adds a phrase; the first meaning of a phrase stays.
    pub fn add(&mut self, phrase: &str, meaning: T) {
        let key = fold(phrase);
        let count = key.split(' ').count();
        self.longest = self.longest.max(count);
        let longer = |words: &mut FxHashMap<String, usize>, word: Option<&str>| match words.get_mut(word.unwrap_or(""))
        {
            Some(most) => *most = count.max(*most),
            None => _ = words.insert(word.unwrap_or("").to_owned(), count),
        };
        longer(&mut self.firsts, key.split(' ').next());
        longer(&mut self.lasts, key.rsplit(' ').next());
        self.map.entry(key).or_insert(meaning);
        self.longest_words = OnceLock::new();
    }

    /// What a whole phrase means.
    pub fn get(&self, phrase: &str) -> Option<T> {
        with_folded(phrase, |phrase| self.get_folded(phrase))
    }

    /// What a phrase that is folded already means.
    pub fn get_folded(&self, phrase: &str) -> Option<T> {
        self.map.get(phrase).copied()
    }

    /// Whether one of the phrases may stand in a text: where the longest word of none does, none stands there. A first
    /// question to a text as written, before its words are folded and looked up.
    pub fn may_stand_in(&self, text: &str) -> bool {
        let words = || {
            let longest = |phrase: &String| {
                let words = phrase.split(|c: char| !c.is_alphabetic());
                words.max_by_key(|word| word.len()).unwrap_or("").to_owned()
            };
            let words: FxHashSet<String> = self.map.keys().map(longest).collect();
            if words.contains("") {
                return None;
            }
            let builder = &mut AhoCorasick::builder();
            let builder = builder.match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(true);
            builder.prefilter(false).kind(Some(AhoCorasickKind::DFA)).build(words).ok()
        };
        let Some(words) = self.longest_words.get_or_init(words) else { return true };
        // What an accent or a full stop within a word hides is seen once it is folded.
        let is_letter = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic);
        let is_hidden = |at: usize| is_letter(at + 1) && is_letter(at.wrapping_sub(1));
        !text.is_ascii()
            || memchr::memchr_iter(b'.', text.as_bytes()).any(is_hidden)
            || words.find_iter(text).any(|found| !is_letter(found.end()) && !is_letter(found.start().wrapping_sub(1)))
    }

    /// The phrases of one word, folded, in no order.
    pub(super) fn single(&self) -> impl Iterator<Item = &String> {
        self.map.keys().filter(|phrase| !phrase.contains(' '))
    }

    /// Marks the first words of the phrases with the bit of this list.
    pub(super) fn know_firsts(&mut self, bit: u8, known: &mut FxHashMap<String, Known>) {
        self.bit = bit;
        self.firsts.keys().for_each(|first| known.entry(first.clone()).or_default().starts |= bit);
    }

    /// Whether a phrase may start with a word of which this is known; no look-up, so that most words cost nothing more.
    pub fn may_start(&self, known: Known) -> bool {
        self.bit == 0 || known.starts & self.bit != 0
    }

    /// Number of words of the longest phrase.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// How many words the longest phrase has that starts with this word, folded already; 0 where none does.
    pub fn longest_from(&self, first: &str) -> usize {
        self.firsts.get(first).copied().unwrap_or(0)
    }

    /// Like [`Phrases::longest_from`], of a word as written; a word that folds to several may start any phrase.
    pub fn longest_from_written(&self, first: &str) -> usize {
        with_folded(first, |first| if first.contains(' ') { self.longest } else { self.longest_from(first) })
    }

    /// The longest phrase with which `words` begins: how many words it has, and what it means.
    pub fn prefix(&self, words: &[&str]) -> Option<(usize, T)> {
        // Most words start no phrase: one look-up tells.
        self.prefix_of_most(words, self.longest_from_written(words.first()?))
    }

    /// Like [`Phrases::prefix`], of at most `most` words, as [`Phrases::longest_from_written`] tells of the first.
    pub fn prefix_of_most(&self, words: &[&str], most: usize) -> Option<(usize, T)> {
        let most = most.min(words.len());
        if most < 2 {
            return (0..most).find_map(|at| self.get(words[at]).map(|meaning| (1, meaning)));
        }
        self.opening(&Folded::of(&words[..most]), 0, most)
    }

    /// Like [`Phrases::prefix`], of words that are folded already.
    pub fn prefix_folded(&self, words: &Folded) -> Option<(usize, T)> {
        self.opening(words, 0, self.longest_from_any(words, 0))
    }

    /// How many words the longest phrase has that starts with a word; one that folds to several may start any.
    fn longest_from_any(&self, words: &Folded, at: usize) -> usize {
        let first = words.word(at);
        if first.contains(' ') { self.longest } else { self.longest_from(first) }
    }

    /// The longest phrase of at most `most` words that starts at a word.
    fn opening(&self, words: &Folded, at: usize, most: usize) -> Option<(usize, T)> {
        let most = most.min(words.len() - at);
        (1..=most).rev().find_map(|n| self.get_folded(words.phrase(at, at + n)).map(|meaning| (n, meaning)))
    }

    /// The longest phrase with which `words` ends.
    pub fn suffix(&self, words: &[&str]) -> Option<(usize, T)> {
        let most = words.len().min(with_folded(words.last()?, |last| self.longest_to(last)));
        if most < 2 {
            return (0..most).find_map(|_| self.get(words.last()?).map(|meaning| (1, meaning)));
        }
        self.suffix_folded(&Folded::of(&words[words.len() - most..]))
    }

    /// Like [`Phrases::suffix`], of words that are folded already.
    pub fn suffix_folded(&self, words: &Folded) -> Option<(usize, T)> {
        let count = words.len();
        let most = count.min(self.longest_to(words.word(count.checked_sub(1)?)));
        (1..=most).rev().find_map(|n| self.get_folded(words.phrase(count - n, count)).map(|meaning| (n, meaning)))
    }

    /// How many words the longest phrase has that ends with this word, folded already.
    fn longest_to(&self, last: &str) -> usize {
        let plain = !last.is_empty() && !last.contains(' ');
        if plain { self.lasts.get(last).copied().unwrap_or(0) } else { self.longest }
    }

    /// The longest phrase anywhere in `words`, the first of them where several are as long.
    pub fn within(&self, words: &[&str]) -> Option<T> {
        self.within_folded(&Folded::of(words))
    }

    /// Like [`Phrases::within`], of words that are folded already.
    pub fn within_folded(&self, words: &Folded) -> Option<T> {
        let mut found: Option<(usize, T)> = None;
        for start in 0..words.len() {
            let most = self.longest_from_any(words, start);
            if most > found.map_or(0, |(count, _)| count)
                && let Some(longer) = self.opening(words, start, most)
                && found.is_none_or(|(count, _)| longer.0 > count)
            {
                found = Some(longer);
            }
        }
        found.map(|(_, meaning)| meaning)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_removes_dress_and_keeps_words() {
        assert_eq!(fold("  Ch.  Supt. Ó’Ceallaigh–Byrne "), "ch supt o'ceallaigh-byrne");
    }

    #[test]
    fn a_phrase_may_stand_where_its_longest_word_does() {
        let mut phrases = Phrases::default();
        phrases.add("in attendance", 1);
        phrases.add("absent", 2);
        assert!(phrases.may_stand_in("In Attendance: two") && phrases.may_stand_in("x absent-minded"));
        assert!(phrases.may_stand_in("Áttendance"));
        assert!(!phrases.may_stand_in("In the absentees' attendances"));
    }

    #[test]
    fn the_longest_phrase_wins() {
        let mut phrases = Phrases::default();
        phrases.add("council", 1);
        phrases.add("county council", 2);
        assert_eq!(phrases.suffix(&["Blaby", "County", "Council"]), Some((2, 2)));
        assert_eq!(phrases.suffix(&["Blaby", "Council"]), Some((1, 1)));
        assert_eq!(phrases.prefix(&["Blaby", "Council"]), None);
        assert_eq!(phrases.within(&["the", "county", "council", "of", "X"]), Some(2));
    }
}
