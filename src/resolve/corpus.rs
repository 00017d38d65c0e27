//! What identity across documents works on: all documents with what they resolved by themselves, and the
//! partition of their local entities that comes out.

use std::collections::BTreeSet;

use crate::lexicon::Lexicon;
use crate::model::{
    Capacity, Date, EntityKind, Extraction, MeetingFacts, Mention, Nature, Predicate, Quote, SourceFacts, Term,
};

use super::document::Local;
use super::document_roles::chairs;
use super::earlier::Kept;
use super::lists::Lists;
use super::once::Once;

/// All documents, by path.
#[derive(Clone, Copy)]
pub(super) struct Corpus<'a> {
    /// What each says, in outline.
    pub extractions: &'a [Outline],
    /// What its mentions name, by itself.
    pub locals: &'a [Local],
    /// The mentions of each.
    pub mentions: &'a Lists<Named>,
    /// For each mention its position in the list of its kind, or why it has none.
    pub of_mention: &'a Lists<Result<u32, &'static str>>,
    /// The vocabulary.
    pub lexicon: &'a Lexicon,
    /// Identifiers of an earlier build.
    pub kept: &'a Kept<'a>,
}

impl<'a> Corpus<'a> {
    /// Day of the meeting that a document minutes.
    pub(super) fn date(&self, document: u32) -> Option<Date> {
        self.extractions[document as usize].meeting.as_ref().and_then(|m| m.date)
    }

    /// Path of a document.
    pub(super) fn path(&self, document: u32) -> &'a str {
        &self.extractions[document as usize].source.path
    }

    /// Words of a mention.
    pub(super) fn words(&self, document: u32, mention: u32) -> &'a str {
        &self.mentions.of(document)[mention as usize].quote.text
    }
}

/// What identity across documents needs to know of one. The rest is read again when records are made of it.
#[derive(Clone, Debug)]
pub(super) struct Outline {
    /// The source.
    pub source: SourceFacts,
    /// What it says of its meeting.
    pub meeting: Option<MeetingFacts>,
    /// Whom the attendance list names, by mention, and in which capacity.
    pub listed: Box<[(u32, Option<Capacity>)]>,
    /// People with the organisations that they are listed with or stand for, by mention.
    pub stand_for: Box<[(u32, u32)]>,
    /// Who took the chair, among the document's people, in order of the text.
    pub chairs: Box<[u32]>,
    /// Days of other meetings that it speaks of.
    pub days: Box<[Date]>,
}

/// A mention without the rule that found it.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// The words, which all documents share.
    pub quote: Quote,
    /// What kind of thing they name.
    pub kind: EntityKind,
    /// How sure the words alone make it that this is a name.
    pub nature: Nature,
}

impl Outline {
    /// What there is to know of a document with its local entities, and its mentions by place.
    pub(super) fn new(extraction: Extraction, local: &Local, words: &Once<str>) -> (Self, Vec<Named>) {
        let listed = extraction.attendance.iter().map(|row| (row.person, row.capacity)).collect();
        let with = extraction.attendance.iter().flat_map(|row| row.organisations.iter().map(|o| (row.person, *o)));
        let stated = extraction.statements.iter().filter(|s| s.predicate == Predicate::Represents);
        let stated = stated.filter_map(|s| match (s.subject, s.object) {
            (Term::Mention(person), Term::Mention(organisation)) => Some((person, organisation)),
            _ => None,
        });
        let stand_for = with.chain(stated).collect();
        let terms = extraction.statements.iter().flat_map(|s| [s.subject, s.object]);
        let on = terms.filter_map(|term| match term {
            Term::MeetingOn(date) => Some(date),
            _ => None,
        });
        let days: BTreeSet<Date> =
            on.chain(extraction.meeting.iter().flat_map(|m| m.previous.iter().copied())).collect();
        let chairs = chairs(&extraction, local).into();
        let named = |mut mention: Mention| {
            words.share(&mut mention.quote.text);
            Named { quote: mention.quote, kind: mention.kind, nature: mention.nature }
        };
        let mentions = extraction.mentions.into_iter().map(named).collect();
        let (source, meeting, days) = (extraction.source, extraction.meeting, days.into_iter().collect());
        (Self { source, meeting, listed, stand_for, chairs, days }, mentions)
    }
}

/// A local entity: document, and position among the local entities of its kind.
pub(super) type Member = (u32, u32);

/// Which local entities of one kind are one entity.
#[derive(Clone, Debug, Default)]
pub(super) struct Partition {
    /// For each document and local entity, its cluster.
    pub of: Vec<Vec<u32>>,
    /// Members of each cluster, by document and place.
    pub clusters: Vec<Vec<Member>>,
}

impl Partition {
    /// Numbers clusters by their first member. `root` gives the same number for members of one cluster.
    pub(super) fn new(sizes: &[usize], mut root: impl FnMut(Member) -> u32) -> Self {
        let mut numbers = rustc_hash::FxHashMap::default();
        let mut partition = Self { of: Vec::with_capacity(sizes.len()), clusters: Vec::new() };
        for (document, size) in sizes.iter().enumerate() {
            let mut of = Vec::with_capacity(*size);
            for local in 0..*size {
                let member = (document as u32, local as u32);
                let next = partition.clusters.len() as u32;
                let number = *numbers.entry(root(member)).or_insert(next);
                if number == next {
                    partition.clusters.push(Vec::new());
                }
                partition.clusters[number as usize].push(member);
                of.push(number);
            }
            partition.of.push(of);
        }
        partition
    }

    /// Cluster of a local entity.
    pub(super) fn cluster(&self, (document, local): Member) -> u32 {
        self.of[document as usize][local as usize]
    }
}

/// Why two mentions were, or were nearly, taken for the same: what a comparison is made of.
#[derive(Clone, Debug)]
pub(super) struct Reason {
    /// Document and mention of one name.
    pub left: (u32, u32),
    /// Of the other.
    pub right: (u32, u32),
    /// Score from 0 to 1; 0 where forbidden.
    pub score: f64,
    /// Features that spoke.
    pub features: Vec<(std::borrow::Cow<'static, str>, f64, String)>,
    /// `rule`, `judgement` or `undecided`.
    pub decided_by: &'static str,
}

/// What people decided, as pairs of local entities of one kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Decided {
    /// The same, in the order of the file.
    pub same: Vec<(Vec<Member>, Vec<Member>)>,
    /// Different.
    pub different: Vec<(Vec<Member>, Vec<Member>)>,
    /// Judgements that name nothing of this kind, by their place in the file.
    pub idle: Vec<usize>,
}

impl Decided {
    /// Local entities that a judgement names: these stand for themselves before anything is joined.
    pub(super) fn named(&self) -> rustc_hash::FxHashSet<Member> {
        let pairs = self.same.iter().chain(&self.different);
        pairs.flat_map(|(a, b)| a.iter().chain(b)).copied().collect()
    }
}
