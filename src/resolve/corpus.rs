//! What identity across documents works on: all documents with what they resolved by themselves, and the
//! partition of their local entities that comes out.

use crate::lexicon::Lexicon;
use crate::model::{Date, Extraction};

use super::document::Local;
use super::earlier::Kept;

/// All documents, by path.
#[derive(Clone, Copy)]
pub(super) struct Corpus<'a> {
    /// What each says.
    pub extractions: &'a [Extraction],
    /// What its mentions name, by itself.
    pub locals: &'a [Local],
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
        &self.extractions[document as usize].mentions[mention as usize].quote.text
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
