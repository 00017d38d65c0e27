//! The relations of a graph, of which there are millions: what connects is in memory, what they say word by word is on
//! a [`Shelf`].
//!
//! In: relations in the order in which they are found. Out: [`Edge`]s, to walk and to sort; a whole relation, one at a
//! time, by its position.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Date, DocumentId, EntityId, Layer, Predicate, Qualifier, Relation, Rows, Shelf};

/// A relation without its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Subject.
    pub subject: EntityId,
    /// Object.
    pub object: EntityId,
    /// First code point of the words that state it.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The number that it was given when it was found.
    pub number: u32,
    document: Maybe,
    meeting: Maybe,
    /// Date of that meeting.
    pub date: Option<Date>,
    /// Predicate.
    pub predicate: Predicate,
    /// Stated or derived.
    pub layer: Layer,
}

/// A number, or none: half of what an `Option` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Maybe(u32);

impl Maybe {
    fn new(number: Option<u32>) -> Self {
        Self(number.unwrap_or(u32::MAX))
    }

    fn get(self) -> Option<u32> {
        Some(self.0).filter(|number| *number != u32::MAX)
    }
}

impl Edge {
    /// Document that states it; `None` for a derived one.
    pub fn document(&self) -> Option<DocumentId> {
        self.document.get().map(DocumentId)
    }

    /// Meeting at which, or in whose minutes, it was stated.
    pub fn meeting(&self) -> Option<EntityId> {
        self.meeting.get().map(EntityId)
    }

    /// Entities have other numbers from now on.
    pub(crate) fn renumber(&mut self, numbers: &[EntityId]) {
        for entity in [&mut self.subject, &mut self.object] {
            *entity = numbers[entity.0 as usize];
        }
        self.meeting = Maybe::new(self.meeting.get().map(|meeting| numbers[meeting as usize].0));
    }
}

/// Relations, by position.
#[derive(Clone, Debug, Default)]
pub struct Relations {
    edges: Vec<Edge>,
    rows: Rows<Relation>,
    premises: FxHashMap<u32, Vec<u32>>,
    codes: BTreeSet<(Qualifier, String)>,
}

impl Relations {
    /// None yet; their words will be on the shelf.
    pub fn on(shelf: Arc<dyn Shelf>) -> Self {
        Self { rows: Rows::on(shelf), ..Self::default() }
    }

    /// Adds a relation.
    pub fn push(&mut self, mut relation: Relation) {
        let premises = std::mem::take(&mut relation.premises);
        let number = self.rows.push(&relation);
        for (qualifier, value) in &relation.qualifiers {
            if matches!(qualifier, Qualifier::Form | Qualifier::Outcome)
                && !self.codes.iter().any(|(known, code)| known == qualifier && code == value)
            {
                self.codes.insert((*qualifier, value.clone()));
            }
        }
        if !premises.is_empty() {
            self.premises.insert(number, premises);
        }
        self.edges.push(Edge {
            subject: relation.subject,
            object: relation.object,
            start: relation.quote.start,
            end: relation.quote.end,
            number,
            document: Maybe::new(relation.document.map(|document| document.0)),
            meeting: Maybe::new(relation.meeting.map(|meeting| meeting.0)),
            date: relation.date,
            predicate: relation.predicate,
            layer: relation.layer,
        });
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.edges.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.edges.is_empty()
    }

    /// What connects, by position.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// The same of one subject.
    pub fn of(&self, subject: EntityId) -> &[Edge] {
        let start = self.edges.partition_point(|edge| edge.subject < subject);
        let own = self.edges[start..].partition_point(|edge| edge.subject == subject);
        &self.edges[start..start + own]
    }

    /// The same, to put it in order.
    pub(crate) fn edges_mut(&mut self) -> &mut Vec<Edge> {
        &mut self.edges
    }

    /// What derived relations rest on, to follow it to its new place.
    pub(crate) fn premises_mut(&mut self) -> impl Iterator<Item = &mut Vec<u32>> {
        self.premises.values_mut()
    }

    /// The values of a qualifier whose values are words of an open list: form or outcome.
    pub fn codes(&self, qualifier: Qualifier) -> impl Iterator<Item = &str> {
        self.codes.iter().filter(move |(of, _)| *of == qualifier).map(|(_, code)| code.as_str())
    }

    /// The relation at a position, with its words.
    pub fn get(&self, position: usize) -> Option<Relation> {
        self.whole(self.edges.get(position)?)
    }

    /// The relation of an edge, with its words.
    pub fn whole(&self, edge: &Edge) -> Option<Relation> {
        let relation = self.rows.get(edge.number)?;
        Some(Relation {
            subject: edge.subject,
            object: edge.object,
            meeting: edge.meeting(),
            premises: self.premises.get(&edge.number).cloned().unwrap_or_default(),
            ..relation
        })
    }

    /// All relations with their words, by position.
    pub fn iter(&self) -> impl Iterator<Item = Relation> {
        self.edges.iter().filter_map(|edge| self.whole(edge))
    }
}

impl FromIterator<Relation> for Relations {
    fn from_iter<I: IntoIterator<Item = Relation>>(relations: I) -> Self {
        let mut all = Self::default();
        relations.into_iter().for_each(|relation| all.push(relation));
        all
    }
}
