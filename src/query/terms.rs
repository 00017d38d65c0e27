//! The terms of a graph, each once and by number: a dictionary, as triple stores have one. In: RDF terms. Out: numbers
//! from 0 in the order in which terms came, and the terms again. The words of all terms stand one behind the other in
//! one string, so that a term costs its words and some twenty bytes.

use std::convert::Infallible;
use std::hash::{BuildHasher, BuildHasherDefault};

use hashbrown::HashTable;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{BlankNode, Literal, NamedNode, Term, TermRef};
use rustc_hash::FxHasher;

/// A dictionary of terms.
#[derive(Default)]
pub(super) struct Terms {
    /// The words of all terms.
    words: String,
    entries: Vec<Entry>,
    /// The number of each term, and its hash, so that few words are compared and none is read again to make room.
    numbers: HashTable<(u32, u32)>,
}

/// A term: words that begin where those of the one before it end.
#[derive(Clone, Copy)]
struct Entry {
    end: usize,
    kind: Kind,
}

/// What words are.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Iri,
    Blank,
    /// A literal of the datatype `xsd:string`.
    Plain,
    /// A literal in a language, whose tag is the plain literal of this number.
    Language(u32),
    /// A literal of the datatype of this number.
    Datatype(u32),
}

impl Terms {
    /// How many terms there are.
    pub(super) fn len(&self) -> u32 {
        self.entries.len() as u32
    }

    /// The number of a term, which is taken in where it is new. There is room for four thousand million.
    pub(super) fn take_in(&mut self, term: TermRef<'_>) -> u32 {
        let Ok((words, kind)) = parts(term, |words, kind| Ok::<_, Infallible>(self.take_in_words(words, kind)));
        self.take_in_words(words, kind)
    }

    fn take_in_words(&mut self, words: &str, kind: Kind) -> u32 {
        let Self { words: all, entries, numbers } = self;
        let hash = hash(words, kind);
        let is_it = |&(other, its): &(u32, u32)| its == hash && entry(all, entries, other) == (words, kind);
        if let Some((number, _)) = numbers.find(spread(hash), is_it) {
            return *number;
        }
        let number = entries.len() as u32;
        all.push_str(words);
        entries.push(Entry { end: all.len(), kind });
        numbers.insert_unique(spread(hash), (number, hash), |(_, its)| spread(*its));
        number
    }

    /// The number of a term that is there.
    pub(super) fn find(&self, term: TermRef<'_>) -> Option<u32> {
        let (words, kind) = parts(term, |words, kind| self.find_words(words, kind).ok_or(())).ok()?;
        self.find_words(words, kind)
    }

    fn find_words(&self, words: &str, kind: Kind) -> Option<u32> {
        let hash = hash(words, kind);
        let is_it = |&(other, its): &(u32, u32)| its == hash && self.entry(other) == (words, kind);
        self.numbers.find(spread(hash), is_it).map(|(number, _)| *number)
    }

    /// The term of a number that this dictionary gave.
    pub(super) fn term(&self, number: u32) -> Term {
        let (words, kind) = self.entry(number);
        match kind {
            Kind::Iri => NamedNode::new_unchecked(words).into(),
            Kind::Blank => BlankNode::new_unchecked(words).into(),
            Kind::Plain => Literal::new_simple_literal(words).into(),
            Kind::Language(tag) => Literal::new_language_tagged_literal_unchecked(words, self.entry(tag).0).into(),
            Kind::Datatype(datatype) => {
                Literal::new_typed_literal(words, NamedNode::new_unchecked(self.entry(datatype).0)).into()
            }
        }
    }

    fn entry(&self, number: u32) -> (&str, Kind) {
        entry(&self.words, &self.entries, number)
    }
}

/// The words of a term and what they are, by the numbers of its language or datatype.
fn parts<E>(term: TermRef<'_>, mut number: impl FnMut(&str, Kind) -> Result<u32, E>) -> Result<(&str, Kind), E> {
    Ok(match term {
        TermRef::NamedNode(node) => (node.as_str(), Kind::Iri),
        TermRef::BlankNode(node) => (node.as_str(), Kind::Blank),
        TermRef::Literal(literal) => {
            let kind = match (literal.language(), literal.datatype()) {
                (Some(tag), _) => Kind::Language(number(tag, Kind::Plain)?),
                (None, xsd::STRING) => Kind::Plain,
                (None, datatype) => Kind::Datatype(number(datatype.as_str(), Kind::Iri)?),
            };
            (literal.value(), kind)
        }
    })
}

fn entry<'t>(words: &'t str, entries: &[Entry], number: u32) -> (&'t str, Kind) {
    let at = number as usize;
    let start = at.checked_sub(1).map_or(0, |before| entries[before].end);
    let Entry { end, kind } = entries[at];
    (&words[start..end], kind)
}

fn hash(words: &str, kind: Kind) -> u32 {
    (BuildHasherDefault::<FxHasher>::default().hash_one((words, kind)) >> 32) as u32
}

/// A hash as the table wants it: it reads the highest bits and the lowest.
fn spread(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_comes_back_as_it_was_and_has_one_number() {
        let datatype = NamedNode::new_unchecked("x:y");
        let all: [Term; 9] = [
            datatype.clone().into(),
            BlankNode::new_unchecked("x").into(),
            Literal::new_simple_literal("").into(),
            Literal::new_simple_literal("x:y").into(),
            Literal::new_language_tagged_literal_unchecked("x:y", "en").into(),
            Literal::new_language_tagged_literal_unchecked("x:y", "cy").into(),
            Literal::new_typed_literal("x:y", datatype).into(),
            Literal::from(7).into(),
            Literal::new_simple_literal("en").into(),
        ];
        let mut terms = Terms::default();
        let numbers: Vec<u32> = all.iter().map(|term| terms.take_in(term.as_ref())).collect();
        for (term, number) in all.iter().zip(&numbers) {
            assert_eq!(terms.take_in(term.as_ref()), *number);
            assert_eq!(terms.find(term.as_ref()), Some(*number));
            assert_eq!(terms.term(*number), *term);
            assert_eq!(numbers.iter().filter(|other| *other == number).count(), 1);
        }
        for other in ["x", "x:", "x:y:", "cy:"] {
            assert_eq!(terms.find(Literal::new_simple_literal(other).as_ref().into()), None, "{other}");
            assert_eq!(terms.find(NamedNode::new_unchecked(other).as_ref().into()), None, "{other}");
        }
        assert_eq!(terms.find(Literal::from(1.5).as_ref().into()), None);
    }
}
