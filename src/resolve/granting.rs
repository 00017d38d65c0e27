//! Who gets which identifier. In: for each cluster the identifier that its name asks for, what may be added to it,
//! and the identifiers that other names of it would ask for. Out: one identifier each, and others that lead to it.
//!
//! Which identifiers there are must not depend on a document more or less. What a cluster asks for therefore rests
//! on the cluster alone, and on names that several of its documents use before names that one does. Where two ask
//! for the same, the one with more documents has it, but beyond [`SETTLED`] documents the one that was seen first,
//! so that what is well attested is not overtaken. An identifier that fewer documents would have given leads to the
//! same entity still, unless it would lead to another as well.
//!
//! No such rule can hold for all documents that may ever be added: two that name Bob and Robert Bearne, each by itself,
//! have two identifiers, together one. Where identifiers must never change, those of an earlier build are given, and
//! stay; of two that came together the better attested one stays, and the other leads there.

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
    /// Identifiers that an earlier build gave it, with the documents of which it did.
    pub kept: BTreeMap<&'a str, Use<'a>>,
    /// Number of the cluster.
    pub cluster: usize,
}

/// The identifiers that an earlier build gave the mentions of a cluster: numbers of mentions by document.
pub(super) fn kept<'a, 'm>(
    corpus: Corpus<'a>,
    members: impl Iterator<Item = (u32, &'m [u32])>,
) -> BTreeMap<&'a str, Use<'a>> {
    let mut all: BTreeMap<&str, Use> = BTreeMap::new();
    for (d, mentions) in members.filter(|_| !corpus.kept.is_empty()) {
        let found = mentions.iter().flat_map(|m| {
            let mention = &corpus.mentions.of(d)[*m as usize];
            corpus.kept.at(d, mention.kind, mention.quote.start, mention.quote.end).iter().copied()
        });
        let place = first(corpus, d, 0);
        for identifier in found.collect::<BTreeSet<_>>() {
            all.entry(identifier).or_insert_with(|| Use::seen(place)).add(place);
        }
    }
    all
}

/// Gives out identifiers.
pub(super) fn grant(corpus: Corpus, mut wishes: Vec<Wish>, entities: &mut [Entity]) {
    wishes.sort_by(|a, b| a.plain.cmp(&b.plain).then_with(|| a.used.rank().cmp(&b.used.rank())));
    let mut taken = Taken::default();
    keep(corpus, &wishes, &mut taken, entities);
    for wish in &wishes {
        if !entities[wish.cluster].iri.is_empty() {
            continue;
        }
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
            others(&mut entities[cluster]).push(other.to_owned());
        }
    }
    for wish in wishes {
        let entity = &mut entities[wish.cluster];
        let Some(known) = &mut entity.known else { continue };
        known.other_identifiers.retain(|other| *other != entity.iri);
        known.other_identifiers.sort_unstable();
        known.other_identifiers.dedup();
    }
}

/// The other identifiers that lead to an entity.
fn others(entity: &mut Entity) -> &mut Vec<String> {
    &mut entity.known.get_or_insert_default().other_identifiers
}

/// Gives what an earlier build gave: each to the cluster that holds most of what had it.
fn keep(corpus: Corpus, wishes: &[Wish], taken: &mut Taken, entities: &mut [Entity]) {
    type Claim<'a> = (Reverse<u32>, First<'a>, usize);
    let mut owners: BTreeMap<&str, Claim> = BTreeMap::new();
    for wish in wishes {
        for (identifier, used) in &wish.kept {
            let claim = (Reverse(used.documents), used.first, wish.cluster);
            owners.entry(identifier).and_modify(|best| *best = claim.min(*best)).or_insert(claim);
        }
    }
    type Won<'a> = (Reverse<u32>, First<'a>, &'a str);
    let mut own: BTreeMap<usize, Vec<Won>> = BTreeMap::new();
    for (identifier, (documents, first, cluster)) in owners {
        taken.reserve(identifier);
        own.entry(cluster).or_default().push((documents, first, identifier));
    }
    let mut leads: BTreeMap<&str, usize> = BTreeMap::new();
    for (cluster, mut identifiers) in own {
        identifiers.sort_unstable();
        for (i, (.., identifier)) in identifiers.iter().enumerate() {
            leads.insert(identifier, cluster);
            match i {
                0 => (*identifier).clone_into(&mut entities[cluster].iri),
                _ => others(&mut entities[cluster]).push((*identifier).to_owned()),
            }
        }
    }
    for (other, identifier) in corpus.kept.others {
        if let Some(cluster) = leads.get(identifier.as_str())
            && !leads.contains_key(other.as_str())
            && taken.reserve(other)
        {
            others(&mut entities[*cluster]).push(other.clone());
        }
    }
}
