//! Identifiers of an earlier build, which stay. In: where that build gave which, and the documents at hand. Out: the
//! identifier of each place that is still there. Decides nothing: who has which is granted in [`super::granting`].

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::EntityKind;

/// Where an identifier was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Document, by its path.
    pub document: String,
    /// Kind of what has it.
    pub kind: EntityKind,
    /// First code point of the words; 0 for the meeting that a document minutes.
    pub start: u32,
    /// One past the last; 0 for a meeting.
    pub end: u32,
    /// The identifier.
    pub identifier: String,
}

/// What an earlier build gave out.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    /// Identifiers by their places.
    pub given: Vec<Given>,
    /// Other identifiers, each with the one that it leads to.
    pub others: Vec<(String, String)>,
}

/// The same for the documents at hand.
#[derive(Debug, Default)]
pub(super) struct Kept<'a> {
    places: FxHashMap<(u32, EntityKind, u32, u32), Vec<&'a str>>,
    taken: FxHashSet<&'a str>,
    /// Other identifiers, each with the one that it leads to.
    pub others: &'a [(String, String)],
}

impl<'a> Kept<'a> {
    /// Finds the places in documents, whose paths come in order.
    pub(super) fn new<'p>(earlier: &'a Earlier, paths: impl Iterator<Item = &'p str>) -> Self {
        let numbers: FxHashMap<&str, u32> = paths.zip(0..).collect();
        let mut kept = Self { others: &earlier.others, ..Self::default() };
        for given in &earlier.given {
            if let Some(document) = numbers.get(given.document.as_str()) {
                let place = (*document, given.kind, given.start, given.end);
                kept.places.entry(place).or_default().push(&given.identifier);
                kept.taken.insert(&given.identifier);
            }
        }
        kept
    }

    /// Whether there is nothing to keep.
    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The identifiers of what stands at a place, in the order in which they were given: one sentence may hold
    /// several decisions.
    pub(super) fn at(&self, document: u32, kind: EntityKind, start: u32, end: u32) -> &[&'a str] {
        self.places.get(&(document, kind, start, end)).map_or(&[], Vec::as_slice)
    }

    /// Whether an identifier is kept for some place.
    pub(super) fn holds(&self, identifier: &str) -> bool {
        self.taken.contains(identifier)
    }
}
