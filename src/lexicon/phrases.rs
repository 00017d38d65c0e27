//! Look-up of phrases of one or more words, folded.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::Known;

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

/// What is known of words that begin a phrase of a list, or end one.
#[derive(Clone, Copy, Debug)]
pub struct Part<T> {
    /// What they mean, where they are a phrase themselves.
    pub meaning: Option<T>,
    /// How many words the longest phrase has that begins with them, or ends.
    pub most: usize,
}

/// Phrases with what each means; keys are folded.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    /// All beginnings of phrases, whole phrases among them: a walk from word to word stops where no phrase goes on.
    beginnings: FxHashMap<String, Part<T>>,
    /// All endings, likewise; made when the first is asked for.
    endings: OnceLock<FxHashMap<String, Part<T>>>,
    longest: usize,
    /// The bit of this list in what is known of a word; 0 where words do not tell.
    bit: u8,
    /// Finds the longest word of each phrase.
    longest_words: OnceLock<Option<AhoCorasick>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self {
            beginnings: FxHashMap::default(),
            endings: OnceLock::new(),
            longest: 0,
            bit: 0,
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
        for (space, _) in key.match_indices(' ') {
            note(&mut self.beginnings, &key[..space], None, count);
        }
        note(&mut self.beginnings, &key, Some(meaning), count);
        self.endings = OnceLock::new();
        self.longest_words = OnceLock::new();
    }

    fn endings(&self) -> &FxHashMap<String, Part<T>> {
        self.endings.get_or_init(|| {
            let mut endings = FxHashMap::default();
            let phrases = self.beginnings.iter().filter(|(_, part)| part.meaning.is_some());
            for (phrase, part) in phrases {
                let count = phrase.split(' ').count();
                for (space, _) in phrase.match_indices(' ') {
                    note(&mut endings, &phrase[space + 1..], None, count);
                }
                note(&mut endings, phrase, part.meaning, count);
            }
            endings
        })
    }

    /// What a whole phrase means.
    pub fn get(&self, phrase: &str) -> Option<T> {
        with_folded(phrase, |phrase| self.get_folded(phrase))
    }

    /// What a phrase that is folded already means.
    pub fn get_folded(&self, phrase: &str) -> Option<T> {
        self.beginnings.get(phrase)?.meaning
    }

    /// What is known of words, folded already, with which a phrase begins.
    pub fn beginning(&self, words: &str) -> Option<Part<T>> {
        self.beginnings.get(words).copied()
    }

    /// Like [`Phrases::beginning`], of a word behind others, which are left as they are.
    pub fn beginning_after(&self, before: &mut String, word: &str) -> Option<Part<T>> {
        if before.is_empty() {
            return self.beginning(word);
        }
        let length = before.len();
        before.push_str(word);
        let part = self.beginning(before);
        before.truncate(length);
        part
    }

    /// All phrases, folded, in no order.
    fn all(&self) -> impl Iterator<Item = &String> {
        self.beginnings.iter().filter(|(_, part)| part.meaning.is_some()).map(|(phrase, _)| phrase)
    }

    /// Whether one of the phrases may stand in a text: where the longest word of none does, none stands there. A first
    /// question to a text as written, before its words are folded and looked up.
    pub fn may_stand_in(&self, text: &str) -> bool {
        let words = || {
            let longest = |phrase: &String| {
                let words = phrase.split(|c: char| !c.is_alphabetic());
                words.max_by_key(|word| word.len()).unwrap_or("").to_owned()
            };
            let words: FxHashSet<String> = self.all().map(longest).collect();
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
        self.all().filter(|phrase| !phrase.contains(' '))
    }

    /// Marks the first words of the phrases with the bit of this list.
    pub(super) fn know_firsts(&mut self, bit: u8, known: &mut FxHashMap<String, Known>) {
        self.bit = bit;
        let firsts = self.beginnings.keys().filter(|words| !words.contains(' '));
        firsts.for_each(|first| known.entry(first.clone()).or_default().starts |= bit);
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
        self.beginnings.get(first).map_or(0, |part| part.most)
    }

    /// Like [`Phrases::longest_from`], of a word as written; a word that folds to several may start any phrase.
    pub fn longest_from_written(&self, first: &str) -> usize {
        with_folded(first, |first| if first.contains(' ') { self.longest } else { self.longest_from(first) })
    }

    /// The longest phrase with which `words` begins: how many words it has, and what it means.
    pub fn prefix(&self, words: &[&str]) -> Option<(usize, T)> {
        // Most words start no phrase: one look-up tells.
        let most = self.longest_from_written(words.first()?).min(words.len());
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
        longest(most, |count| self.beginnings.get(words.phrase(at, at + count)))
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
        self.suffix_before(words, words.len())
    }

    /// The longest phrase that ends before the word `end`.
    pub fn suffix_before(&self, words: &Folded, end: usize) -> Option<(usize, T)> {
        let most = end.min(self.longest_to(words.word(end.checked_sub(1)?)));
        longest(most, |count| self.endings().get(words.phrase(end - count, end)))
    }

    /// How many words the longest phrase has that ends with this word, folded already.
    fn longest_to(&self, last: &str) -> usize {
        let plain = !last.is_empty() && !last.contains(' ');
        if plain { self.endings().get(last).map_or(0, |part| part.most) } else { self.longest }
    }

    /// The longest phrase anywhere in `words`, the first of them where several are as long.
    pub fn within(&self, words: &[&str]) -> Option<T> {
        let starts = words.iter().any(|word| self.longest_from_written(word) > 0);
        starts.then(|| self.within_folded(&Folded::of(words))).flatten()
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

/// Notes that a phrase of `count` words begins with words, or ends with them; the first meaning of a phrase stays.
fn note<T: Copy>(parts: &mut FxHashMap<String, Part<T>>, words: &str, meaning: Option<T>, count: usize) {
    match parts.get_mut(words) {
        Some(part) => {
            part.most = count.max(part.most);
            part.meaning = part.meaning.or(meaning);
        }
        None => _ = parts.insert(words.to_owned(), Part { meaning, most: count }),
    }
}

/// The longest phrase of up to `most` words: how many it has, and what it means. `part` gives what is known of so many
/// words; nothing where no phrase has them.
fn longest<'p, T: Copy + 'p>(most: usize, part: impl Fn(usize) -> Option<&'p Part<T>>) -> Option<(usize, T)> {
    let parts = (1..=most).map_while(|count| part(count).map(|part| (count, part.meaning)));
    parts.filter_map(|(count, meaning)| Some((count, meaning?))).last()
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
