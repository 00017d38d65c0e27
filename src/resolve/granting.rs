//! Who gets which identifier. In: for each cluster the identifier that its name asks for, what may be added to it,
//! and the identifiers that other names of it would ask for. Out: one identifier each, and others that lead to it.
//!
//! Which identifiers there are must not depend on a document more or less. What a cluster asks for therefore rests
//! on the cluster alone, and on names that several of its documents use before names that one does. Where two ask
//! for the same, the one with more documents has it, but beyond [`SETTLED`] documents the one that was seen first,
//! so that what is well attested is not overtaken. An identifier that fewer documents would have given leads to the
//! same entity still, unless it would lead to another as well.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Date, Entity};

use super::corpus::Corpus;
use super::identifier::Taken;

/// So many documents make a name a settled one: more of them do not make it more so.
const SETTLED: u32 = 4;

/// When and where something first appears.
pub(super) type First<'a> = (bool, Option<Date>, &'a str, u32);

/// The place of a mention, or of a document as a whole, in time.
pub(super) fn first(corpus: Corpus<'_>, document: u32, mention: u32) -> First<'_> {
    let date = corpus.date(document);
    (date.is_none(), date, corpus.path(document), mention)
}

/// How often something is used, and since when.
#[derive(Clone, Debug, Default)]
pub(super) struct Use<'a> {
    /// Documents that use it.
    pub documents: u32,
    /// The first of them.
    pub first: First<'a>,
}

impl<'a> Use<'a> {
    /// Not used yet, and seen at this place.
    pub(super) fn seen(first: First<'a>) -> Self {
        Self { documents: 0, first }
    }

    /// One more document.
    pub(super) fn add(&mut self, first: First<'a>) {
        self.first = self.first.min(first);
        self.documents += 1;
    }

    /// What is better attested comes first.
    pub(super) fn rank(&self) -> (Reverse<u32>, First<'a>) {
        (Reverse(self.documents.min(SETTLED)), self.first)
    }
}

/// An identifier that a cluster would like to have.
pub(super) struct Wish<'a> {
    /// The identifier.
    pub plain: String,
    /// Documents of the cluster, and the first of them.
    pub used: Use<'a>,
    /// What is added where another has it, in turn.
    pub qualifiers: Vec<String>,
    /// What other names of the cluster, or fewer of its documents, would ask for.
    pub others: BTreeSet<String>,
    /// Number of the cluster.
    pub cluster: usize,
}

/// Gives out identifiers.
pub(super) fn grant(mut wishes: Vec<Wish>, entities: &mut [Entity]) {
    wishes.sort_by(|a, b| a.plain.cmp(&b.plain).then_with(|| a.used.rank().cmp(&b.used.rank())));
    let mut taken = Taken::default();
    for wish in &wishes {
        let first = wish.used.first;
        let place = first.3.to_string();
        entities[wish.cluster].iri = taken.claim(&wish.plain, &wish.qualifiers, &[first.2, &place]);
    }
    let mut asked: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for wish in &wishes {
        for other in wish.others.iter().filter(|other| !taken.holds(other)) {
            asked.entry(other).and_modify(|cluster| *cluster = None).or_insert(Some(wish.cluster));
        }
    }
    for (other, cluster) in asked {
        if let Some(cluster) = cluster {
            entities[cluster].other_identifiers.push(other.to_owned());
        }
    }
}
