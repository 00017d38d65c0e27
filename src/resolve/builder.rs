//! The graph in the making. Entities get numbers in the order in which they are found; [`super::order`] puts
//! everything into its final order. Holds what the record makers share: which entity a term names, who was
//! seen when, and what could not be resolved.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::model::{
    Date, Details, DocumentId, Entity, EntityId, EntityKind, Graph, MeetingFacts, Quote, Term, Text, UnresolvedRecord,
};

use super::corpus::Corpus;
use super::naming::Named;

/// Entities that are named by mentions, by kind.
#[derive(Debug, Default)]
pub(super) struct Identities {
    /// People.
    pub people: Named,
    /// Organisations.
    pub organisations: Named,
    /// Roles, programmes, legislation.
    pub things: Named,
}

/// The graph in the making.
pub(super) struct Builder<'a> {
    /// What it is made of.
    pub corpus: Corpus<'a>,
    /// Who is who.
    pub identities: Identities,
    /// The graph so far.
    pub graph: Graph,
    /// Meeting of each document.
    pub meetings: Vec<Option<EntityId>>,
    /// Meeting of a body on a day: the body's entity and the day.
    pub days: FxHashMap<(EntityId, Date), EntityId>,
    /// Items of each document.
    pub items: Vec<Vec<EntityId>>,
    /// Decisions of each document.
    pub decisions: Vec<Vec<EntityId>>,
    /// Actions of each document.
    pub actions: Vec<Vec<EntityId>>,
    by_iri: FxHashMap<String, EntityId>,
    last_document: Vec<Option<u32>>,
    offsets: [u32; 3],
}

impl<'a> Builder<'a> {
    /// Starts with the entities that mentions name.
    pub(super) fn new(corpus: Corpus<'a>, mut identities: Identities) -> Self {
        let mut graph = Graph::default();
        let mut offsets = [0; 3];
        for (i, named) in
            [&mut identities.people, &mut identities.organisations, &mut identities.things].into_iter().enumerate()
        {
            offsets[i] = graph.entities.len() as u32;
            graph.entities.append(&mut named.entities);
        }
        let by_iri = graph.entities.iter().enumerate().map(|(i, e)| (e.iri.clone(), EntityId(i as u32))).collect();
        let last_document = vec![None; graph.entities.len()];
        let none = || vec![Vec::new(); corpus.extractions.len()];
        Self {
            meetings: vec![None; corpus.extractions.len()],
            days: FxHashMap::default(),
            items: none(),
            decisions: none(),
            actions: none(),
            corpus,
            identities,
            graph,
            by_iri,
            last_document,
            offsets,
        }
    }

    /// Numbers of all documents.
    pub(super) fn documents(&self) -> std::ops::Range<u32> {
        0..self.corpus.extractions.len() as u32
    }

    /// An entity by its identifier.
    pub(super) fn by_iri(&self, iri: &str) -> Option<EntityId> {
        self.by_iri.get(iri).copied()
    }

    /// The entity with this identifier, made if there is none.
    pub(super) fn entity(&mut self, iri: String, kind: EntityKind, name: String) -> EntityId {
        if let Some(known) = self.by_iri.get(&iri) {
            return *known;
        }
        let id = EntityId(self.graph.entities.len() as u32);
        self.by_iri.insert(iri.clone(), id);
        self.last_document.push(None);
        self.graph.entities.push(Entity {
            iri,
            kind,
            name,
            aliases: Vec::new(),
            other_identifiers: Vec::new(),
            first_seen: None,
            last_seen: None,
            documents: 0,
            mentions: 0,
            details: Details::default(),
        });
        id
    }

    /// The entity that a mention names, or why there is none.
    pub(super) fn mention(&self, document: u32, mention: u32) -> Result<EntityId, &'static str> {
        let d = document as usize;
        let Some(found) = self.corpus.extractions[d].mentions.get(mention as usize) else {
            return Err("no such mention");
        };
        let local = self.corpus.locals[d].of_mention[mention as usize]?;
        let (named, offset) = match found.kind {
            EntityKind::Person => (&self.identities.people, self.offsets[0]),
            EntityKind::Organisation => (&self.identities.organisations, self.offsets[1]),
            _ => (&self.identities.things, self.offsets[2]),
        };
        Ok(EntityId(offset + named.partition.cluster((document, local))))
    }

    /// The entity of a local organisation.
    pub(super) fn organisation(&self, document: u32, local: u32) -> EntityId {
        EntityId(self.offsets[1] + self.identities.organisations.partition.cluster((document, local)))
    }

    /// The entity of a local person.
    pub(super) fn person(&self, document: u32, local: u32) -> EntityId {
        EntityId(self.offsets[0] + self.identities.people.partition.cluster((document, local)))
    }

    /// The entity that a term names, or why there is none.
    pub(super) fn term(&self, document: u32, term: Term) -> Result<EntityId, &'static str> {
        let d = document as usize;
        let at = |list: &[EntityId], i: u32| list.get(i as usize).copied().ok_or("no such part of the minutes");
        match term {
            Term::Meeting => self.meetings[d].ok_or("the document minutes no meeting"),
            Term::MeetingOn(date) => {
                let body = self.body(document).ok_or("the body that met is not known")?;
                self.days.get(&(body, date)).copied().ok_or("the meeting is not known")
            }
            Term::Mention(m) => self.mention(document, m),
            Term::Item(i) => at(&self.items[d], i),
            Term::Decision(i) => at(&self.decisions[d], i),
            Term::Action(i) => at(&self.actions[d], i),
        }
    }

    /// The words of a term, where it is named: a mention's own, or an item's title.
    pub(super) fn as_written(&self, document: u32, term: Term) -> Text {
        let extraction = &self.corpus.extractions[document as usize];
        match term {
            Term::Mention(m) => extraction.mentions.get(m as usize).map(|m| m.quote.text.clone()).unwrap_or_default(),
            Term::Item(i) => extraction.items.get(i as usize).map(|i| i.title.as_str().into()).unwrap_or_default(),
            _ => Text::default(),
        }
    }

    /// The body whose meeting a document minutes.
    pub(super) fn body(&self, document: u32) -> Option<EntityId> {
        let local = self.corpus.locals[document as usize].body?;
        Some(self.organisation(document, local))
    }

    /// What a document says of its meeting.
    pub(super) fn facts(&self, document: u32) -> Option<&'a MeetingFacts> {
        self.corpus.extractions[document as usize].meeting.as_ref()
    }

    /// Notes that a document speaks of an entity. Documents are noted one after the other.
    pub(super) fn seen(&mut self, entity: EntityId, document: u32, mentions: u32) {
        let date = self.corpus.date(document);
        let last = &mut self.last_document[entity.0 as usize];
        let entity = &mut self.graph.entities[entity.0 as usize];
        entity.mentions += mentions;
        if *last != Some(document) {
            *last = Some(document);
            entity.documents += 1;
        }
        if let Some(date) = date {
            entity.first_seen = Some(entity.first_seen.map_or(date, |d| d.min(date)));
            entity.last_seen = Some(entity.last_seen.map_or(date, |d| d.max(date)));
        }
    }

    /// Keeps words that could not be resolved.
    pub(super) fn unresolved(&mut self, document: u32, quote: &Quote, reason: impl Into<Cow<'static, str>>) {
        let (document, quote, reason) = (DocumentId(document), quote.clone(), reason.into());
        self.graph.unresolved.push(UnresolvedRecord { document, quote, reason });
    }
}
