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
    };
    if words.is_ascii() {
        fold_ascii(words, &mut folded);
        return folded;
    }
    words.nfd().filter(|c| !is_combining_mark(*c)).for_each(&mut push);
    while folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// As [`fold`], for the words without accents that most are.
fn fold_ascii(words: &str, folded: &mut String) {
    for byte in words.bytes() {
        match byte {
            b'.' => {}
            b'`' => folded.push('\''),
            b'\t'..=b'\r' | b' ' => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            byte => folded.push(byte.to_ascii_lowercase() as char),
        }
    }
    while folded.ends_with(' ') {
        folded.pop();
    }
}

/// Phrases with what each means; keys are folded.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    map: FxHashMap<String, T>,
    longest: usize,
    /// For each first word, how many words the longest phrase that starts with it has.
    firsts: FxHashMap<String, usize>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { map: FxHashMap::default(), longest: 0, firsts: FxHashMap::default() }
    }
}

impl<T: Copy> Phrases<T> {
    /// Adds a phrase; the first meaning of a phrase stays.
    pub fn add(&mut self, phrase: &str, meaning: T) {
        let key = fold(phrase);
        let count = key.split(' ').count();
        self.longest = self.longest.max(count);
        let first = key.split(' ').next().unwrap_or("");
        match self.firsts.get_mut(first) {
            Some(most) => *most = count.max(*most),
            None => {
                self.firsts.insert(first.to_owned(), count);
            }
        }
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

    /// How many words the longest phrase has that starts with this word, folded already; 0 where none does.
    pub fn longest_from(&self, first: &str) -> usize {
        self.firsts.get(first).copied().unwrap_or(0)
    }

    /// The longest phrase with which `words` begins: how many words it has, and what it means.
    pub fn prefix(&self, words: &[&str]) -> Option<(usize, T)> {
        // Most words start no phrase: one look-up tells. A first word that folds to several is left to the rest.
        let first = fold(words.first()?);
        let most = if first.contains(' ') { self.longest } else { self.longest_from(&first) }.min(words.len());
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
