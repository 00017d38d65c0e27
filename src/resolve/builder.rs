//! The graph in the making. Entities get numbers in the order in which they are found; [`super::order`] puts
//! everything into its final order. Holds what the record makers share: which entity a term names, who was
//! seen when, and what could not be resolved. Of the documents it holds no more than that: what they say is read one
//! at a time.

use std::borrow::Cow;
use std::hash::BuildHasher;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::model::{
    Date, DocumentId, Entity, EntityId, EntityKind, Extraction, Graph, MeetingFacts, Quote, Records, Relations, Rows,
    Shelf, SourceFacts, Term, Text, UnresolvedRecord,
};

use super::corpus::Corpus;
use super::earlier::Kept;
use super::lists::Lists;
use super::naming::Named;
use super::once::Once;

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

/// What is known of a document while the graph is made.
pub(super) struct Known {
    /// The source.
    pub source: SourceFacts,
    /// What it says of its meeting.
    pub facts: Option<MeetingFacts>,
    /// The body that met.
    pub body: Option<EntityId>,
    /// Its name as written.
    pub body_as_written: Text,
    /// Who took the chair, in order of the text.
    pub chairs: Vec<EntityId>,
    /// Days of other meetings that it speaks of.
    pub days: Box<[Date]>,
}

/// The graph in the making.
pub(super) struct Builder<'a> {
    /// Identifiers of an earlier build.
    pub kept: &'a Kept<'a>,
    /// The documents, by number.
    pub known: Rc<[Known]>,
    /// The graph so far.
    pub graph: Graph,
    /// Meeting of each document.
    pub meetings: Vec<Option<EntityId>>,
    /// Meeting of a body on a day: the body's entity and the day.
    pub days: FxHashMap<(EntityId, Date), EntityId>,
    /// Items of the document at hand.
    pub items: Vec<EntityId>,
    /// Its decisions.
    pub decisions: Vec<EntityId>,
    /// Its actions.
    pub actions: Vec<EntityId>,
    /// For each document and mention, the entity, or why there is none.
    named: Lists<Result<EntityId, &'static str>>,
    words: Once<str>,
    by_iri: ByIri,
    last_document: Vec<Option<u32>>,
}

/// Entities by identifier, without a second copy of it: by a number made of it, and the next ones where that is taken.
#[derive(Default)]
struct ByIri(FxHashMap<u64, EntityId>);

impl ByIri {
    /// The entity, or the free place that is its own.
    fn find(&self, iri: &str, entities: &[Entity]) -> Result<EntityId, u64> {
        let mut at = FxBuildHasher.hash_one(iri);
        while let Some(found) = self.0.get(&at) {
            if entities[found.0 as usize].iri == iri {
                return Ok(*found);
            }
            at = at.wrapping_add(1);
        }
        Err(at)
    }
}

impl<'a> Builder<'a> {
    /// Starts with the entities that mentions name.
    pub(super) fn new(corpus: Corpus, kept: &'a Kept<'a>, mut identities: Identities, shelf: &Arc<dyn Shelf>) -> Self {
        let mut graph = Graph {
            relations: Relations::on(Arc::clone(shelf)),
            mentions: Records::on(Arc::clone(shelf)),
            attendance: Records::on(Arc::clone(shelf)),
            items: Records::on(Arc::clone(shelf)),
            decisions: Records::on(Arc::clone(shelf)),
            actions: Records::on(Arc::clone(shelf)),
            panel: Rows::on(Arc::clone(shelf)),
            comparisons: Rows::on(Arc::clone(shelf)),
            ..Graph::default()
        };
        let mut offsets = [0; 3];
        for (i, named) in
            [&mut identities.people, &mut identities.organisations, &mut identities.things].into_iter().enumerate()
        {
            offsets[i] = graph.entities.len() as u32;
            graph.entities.append(&mut named.entities);
        }
        let mut by_iri = ByIri::default();
        for (i, entity) in graph.entities.iter().enumerate() {
            if let Err(free) = by_iri.find(&entity.iri, &graph.entities) {
                by_iri.0.insert(free, EntityId(i as u32));
            }
        }
        let of = |document: u32, kind: EntityKind, local: u32| {
            let (named, offset) = match kind {
                EntityKind::Person => (&identities.people, offsets[0]),
                EntityKind::Organisation => (&identities.organisations, offsets[1]),
                _ => (&identities.things, offsets[2]),
            };
            EntityId(offset + named.partition.cluster((document, local)))
        };
        let named = (0..corpus.mentions.len() as u32).map(|d| {
            let mentions = corpus.mentions.of(d).iter().zip(corpus.of_mention.of(d));
            mentions.map(|(m, local)| local.map(|local| of(d, m.kind, local))).collect()
        });
        let named = named.collect();
        let documents = corpus.extractions.iter().zip(corpus.locals).enumerate();
        let known: Vec<Known> = documents
            .map(|(d, (extraction, local))| {
                let d = d as u32;
                let mut in_chair: Vec<EntityId> = Vec::new();
                for chair in &extraction.chairs {
                    let person = of(d, EntityKind::Person, *chair);
                    if !in_chair.contains(&person) {
                        in_chair.push(person);
                    }
                }
                let body = extraction.meeting.as_ref().and_then(|m| corpus.mentions.of(d).get(m.body? as usize));
                Known {
                    source: extraction.source.clone(),
                    facts: extraction.meeting.clone(),
                    body: local.body.map(|body| of(d, EntityKind::Organisation, body)),
                    body_as_written: body.map(|b| Text::clone(&b.quote.text)).unwrap_or_default(),
                    chairs: in_chair,
                    days: extraction.days.clone(),
                }
            })
            .collect();
        Self {
            kept,
            meetings: vec![None; known.len()],
            known: known.into(),
            days: FxHashMap::default(),
            items: Vec::new(),
            decisions: Vec::new(),
            actions: Vec::new(),
            named,
            words: Once::default(),
            last_document: vec![None; graph.entities.len()],
            by_iri,
            graph,
        }
    }

    /// All documents have been read: what was known of them is let go.
    pub(super) fn done(&mut self) {
        (self.known, self.named, self.last_document) = (Rc::new([]), Lists::default(), Vec::new());
        self.words = Once::default();
    }

    /// Numbers of all documents.
    pub(super) fn documents(&self) -> std::ops::Range<u32> {
        0..self.known.len() as u32
    }

    /// Path of a document.
    pub(super) fn path(&self, document: u32) -> &str {
        &self.known[document as usize].source.path
    }

    /// Day of the meeting that a document minutes.
    pub(super) fn date(&self, document: u32) -> Option<Date> {
        self.facts(document).and_then(|facts| facts.date)
    }

    /// An entity by its identifier.
    pub(super) fn by_iri(&self, iri: &str) -> Option<EntityId> {
        self.by_iri.find(iri, &self.graph.entities).ok()
    }

    /// The entity with this identifier, made if there is none.
    pub(super) fn entity(&mut self, mut iri: String, kind: EntityKind, name: impl Into<Text>) -> EntityId {
        let free = match self.by_iri.find(&iri, &self.graph.entities) {
            Ok(known) => return known,
            Err(free) => free,
        };
        let id = EntityId(self.graph.entities.len() as u32);
        self.by_iri.0.insert(free, id);
        self.last_document.push(None);
        iri.shrink_to_fit();
        let name = self.kept_words(name);
        self.graph.entities.push(Entity {
            iri,
            kind,
            name,
            first_seen: None,
            last_seen: None,
            documents: 0,
            mentions: 0,
            known: None,
        });
        id
    }

    /// The entity that a mention names, or why there is none.
    pub(super) fn mention(&self, document: u32, mention: u32) -> Result<EntityId, &'static str> {
        self.named.of(document).get(mention as usize).copied().unwrap_or(Err("no such mention"))
    }

    /// The entity that a term names, or why there is none. Parts of the minutes are those of the document at hand.
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
            Term::Item(i) => at(&self.items, i),
            Term::Decision(i) => at(&self.decisions, i),
            Term::Action(i) => at(&self.actions, i),
        }
    }

    /// The body whose meeting a document minutes.
    pub(super) fn body(&self, document: u32) -> Option<EntityId> {
        self.known[document as usize].body
    }

    /// What a document says of its meeting.
    pub(super) fn facts(&self, document: u32) -> Option<&MeetingFacts> {
        self.known[document as usize].facts.as_ref()
    }

    /// Notes that a document speaks of an entity. Documents are noted one after the other.
    pub(super) fn seen(&mut self, entity: EntityId, document: u32, mentions: u32) {
        let date = self.date(document);
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

    /// Words that stay in memory: once, however many documents have them.
    pub(super) fn kept_words(&self, words: impl Into<Text>) -> Text {
        let mut words = words.into();
        self.words.share(&mut words);
        words
    }

    /// A quote whose words stay in memory.
    pub(super) fn kept_quote(&self, quote: &Quote) -> Quote {
        Quote { text: self.kept_words(Text::clone(&quote.text)), ..*quote }
    }

    /// Keeps words that could not be resolved.
    pub(super) fn unresolved(&mut self, document: u32, quote: &Quote, reason: impl Into<Cow<'static, str>>) {
        let (document, quote, reason) = (DocumentId(document), self.kept_quote(quote), reason.into());
        self.graph.unresolved.push(UnresolvedRecord { document, quote, reason });
    }
}

/// The words of a term, where it is named: a mention's own, or an item's title.
pub(super) fn as_written(extraction: &Extraction, term: Term) -> Text {
    match term {
        Term::Mention(m) => extraction.mentions.get(m as usize).map(|m| m.quote.text.clone()).unwrap_or_default(),
        Term::Item(i) => extraction.items.get(i as usize).map(|i| i.title.as_str().into()).unwrap_or_default(),
        _ => Text::default(),
    }
}
