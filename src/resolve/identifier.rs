//! Identifiers: words as slugs, and how entities with the same slug are told apart. In: words. Out: ASCII
//! in lower case. An identifier never rests on a counter over documents, so that one more document
//! renames nothing.

use std::fmt::Write as _;

use rustc_hash::FxHashSet;
use sha2::{Digest, Sha256};

use crate::lexicon::fold;

/// Longer slugs are cut at a word: an identifier is to be read.
const LONGEST: usize = 80;

/// Words as an identifier: accents folded, letters and digits in lower case, `-` between words.
pub(super) fn slug(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in fold(words).chars() {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            '\'' => {}
            '&' => out.push_str("-and-"),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            'ı' => out.push('i'),
            // Other scripts are kept as their code points, so that different names stay different.
            c if c.is_alphanumeric() => {
                let _ = write!(out, "u{:x}", c as u32);
            }
            _ => out.push('-'),
        }
    }
    let mut words: Vec<&str> = out.split('-').filter(|w| !w.is_empty()).collect();
    let mut length: usize = words.iter().map(|w| w.len() + 1).sum();
    while length > LONGEST && words.len() > 1 {
        length -= words.pop().map_or(0, |w| w.len() + 1);
    }
    let mut joined = words.join("-");
    if joined.is_empty() {
        joined = format!("x-{}", digest(&[words_or_nothing(&out)]));
    }
    joined.truncate(LONGEST * 2);
    joined
}

fn words_or_nothing(out: &str) -> &str {
    if out.is_empty() { "nothing" } else { out }
}

/// A path as an identifier: slugs of its parts, the file's ending included.
pub(super) fn path_slug(path: &str) -> String {
    path.split('/')
        .filter(|part| !part.is_empty())
        .map(|part| slug(&part.replace('.', " ")))
        .collect::<Vec<_>>()
        .join("/")
}

/// The letters and digits of words, folded: what stays of a name whatever its punctuation.
pub(super) fn letters(words: &str) -> String {
    fold(words).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Eight hexadecimal digits that stand for words.
pub(super) fn digest(words: &[&str]) -> String {
    let mut hash = Sha256::new();
    for word in words {
        hash.update(word.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(4).fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Gives out identifiers, each once.
#[derive(Debug, Default)]
pub(super) struct Taken(FxHashSet<String>);

impl Taken {
    /// Whether somebody has an identifier.
    pub(super) fn holds(&self, iri: &str) -> bool {
        self.0.contains(iri)
    }

    /// Takes an identifier that is not asked for; `false` where somebody has it.
    pub(super) fn reserve(&mut self, iri: &str) -> bool {
        self.0.insert(iri.to_owned())
    }

    /// The first free one of `plain`, `plain` with each qualifier added in turn, and last with a digest of
    /// `proof`, which tells the entity from every other.
    pub(super) fn claim(&mut self, plain: &str, qualifiers: &[String], proof: &[&str]) -> String {
        let mut iri = plain.to_owned();
        let mut qualifiers = qualifiers.iter().filter(|q| !q.is_empty());
        loop {
            if self.0.insert(iri.clone()) {
                return iri;
            }
            match qualifiers.next() {
                Some(qualifier) => {
                    iri.push('-');
                    iri.push_str(qualifier);
                }
                None => break,
            }
        }
        let mut proof = proof.to_vec();
        loop {
            let candidate = format!("{plain}-{}", digest(&proof));
            if self.0.insert(candidate.clone()) {
                return candidate;
            }
            proof.push("again");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_ascii() {
        assert_eq!(slug("Leicestershire & Rutland Probation Service"), "leicestershire-and-rutland-probation-service");
        assert_eq!(slug("Seán Ó’Ceallaigh"), "sean-oceallaigh");
        assert_eq!(slug("Łódź"), "lodz");
        assert!(slug("王伟").is_ascii() && slug("王伟") != slug("李伟"));
        assert!(!slug("…").is_empty());
    }

    #[test]
    fn the_second_of_a_name_is_qualified() {
        let mut taken = Taken::default();
        let qualifiers = ["blaby-parish-council".to_owned()];
        assert_eq!(taken.claim("person/john-smith", &qualifiers, &["a"]), "person/john-smith");
        assert_eq!(taken.claim("person/john-smith", &qualifiers, &["b"]), "person/john-smith-blaby-parish-council");
        assert!(taken.claim("person/john-smith", &qualifiers, &["c"]).starts_with("person/john-smith-"));
    }
}
