//! Look-up of phrases of one or more words, folded.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds words for comparison: lower case, no accents, no full stops, plain apostrophes and hyphens,
/// single spaces.
pub fn fold(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    let mut push = |c: char| match c {
        '.' => {}
        '’' | '‘' | '`' | '´' => folded.push('\''),
        '‐' | '‑' | '–' | '—' => folded.push('-'),
        c if c.is_whitespace() => {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        }
        c => folded.extend(c.to_lowercase()),
    };
    if words.is_ascii() {
        words.chars().for_each(&mut push);
    } else {
        words.nfd().filter(|c| !is_combining_mark(*c)).for_each(&mut push);
    }
    while folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// Phrases with what each means; keys are folded.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    map: FxHashMap<String, T>,
    longest: usize,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { map: FxHashMap::default(), longest: 0 }
    }
}

impl<T: Copy> Phrases<T> {
    /// Adds a phrase; the first meaning of a phrase stays.
    pub fn add(&mut self, phrase: &str, meaning: T) {
        let key = fold(phrase);
        self.longest = self.longest.max(key.split(' ').count());
        self.map.entry(key).or_insert(meaning);
    }

    /// What a whole phrase means.
    pub fn get(&self, phrase: &str) -> Option<T> {
        self.map.get(fold(phrase).as_str()).copied()
    }

    /// What a phrase that is folded already means.
    pub fn get_folded(&self, phrase: &str) -> Option<T> {
        self.map.get(phrase).copied()
    }

    /// Number of words of the longest phrase.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// The longest phrase with which `words` begins: how many words it has, and what it means.
    pub fn prefix(&self, words: &[&str]) -> Option<(usize, T)> {
        let most = words.len().min(self.longest);
        (1..=most).rev().find_map(|n| self.get(&words[..n].join(" ")).map(|meaning| (n, meaning)))
    }

    /// The longest phrase with which `words` ends.
    pub fn suffix(&self, words: &[&str]) -> Option<(usize, T)> {
        let most = words.len().min(self.longest);
        (1..=most).rev().find_map(|n| self.get(&words[words.len() - n..].join(" ")).map(|meaning| (n, meaning)))
    }

    /// The longest phrase anywhere in `words`, the first of them where several are as long.
    pub fn within(&self, words: &[&str]) -> Option<T> {
        let most = words.len().min(self.longest);
        (1..=most).rev().find_map(|n| words.windows(n).find_map(|w| self.get(&w.join(" "))))
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
