//! Look-up of phrases of one or more words, folded.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::Known;
use super::fold::{Folded, fold, with_folded};

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
