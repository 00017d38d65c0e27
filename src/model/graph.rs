//! The graph: entities and relations across all documents, with the records that tables are made of.
//!
//! Everything is in vectors that are sorted once, by resolution, so that every way out of the program
//! gives the same bytes; numbers ([`EntityId`], positions in the vectors) have no meaning outside one graph.
//! What there is most of is on a shelf: see [`Relations`], [`Records`] and [`Rows`].

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    Capacity, Date, EntityKind, Layer, Predicate, Qualifier, Quote, Records, Relations, Rows, Rule, SourceFacts,
    Status, Text, Time,
};

/// An entity, by its position in [`Graph::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntityId(pub u32);

/// A document, by its position in [`Graph::documents`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocumentId(pub u32);

/// What mentions are resolved to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Identifier relative to the base IRI: `person/bob-bearne`.
    pub iri: String,
    /// Kind.
    pub kind: EntityKind,
    /// Canonical name, without honorifics and post-nominals for a person.
    pub name: Text,
    /// Date of the first meeting that mentions it.
    pub first_seen: Option<Date>,
    /// Date of the last.
    pub last_seen: Option<Date>,
    /// Number of documents that mention it.
    pub documents: u32,
    /// Number of mentions.
    pub mentions: u32,
    /// What else is known of it; see [`Entity::details`].
    pub known: Option<Box<Details>>,
}

impl Entity {
    /// What is known of it beside its name.
    pub fn details(&self) -> &Details {
        static NOTHING: Details = Details {
            aliases: Vec::new(),
            other_identifiers: Vec::new(),
            given: String::new(),
            family: String::new(),
            honorifics: Vec::new(),
            postnominals: Vec::new(),
            class: Cow::Borrowed(""),
            function: None,
        };
        self.known.as_deref().unwrap_or(&NOTHING)
    }
}

/// What is known of an entity beside its name, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// Other names used of it, sorted.
    pub aliases: Vec<String>,
    /// Other identifiers that lead to it, sorted: those that fewer documents would have given it.
    pub other_identifiers: Vec<String>,
    /// Given names of a person.
    pub given: String,
    /// Surname of a person.
    pub family: String,
    /// Honorifics used of a person, sorted.
    pub honorifics: Vec<String>,
    /// Post-nominals used of a person, sorted.
    pub postnominals: Vec<String>,
    /// `formal`, `unit` or `collaboration` for an organisation.
    pub class: Cow<'static, str>,
    /// Key of the public function of an organisation (`probation`), see [`Function`].
    pub function: Option<Cow<'static, str>>,
}

/// A public function that organisations share: what makes Probation one question over all its bodies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Function {
    /// Key: `fire-and-rescue`.
    pub key: Cow<'static, str>,
    /// Label: `Fire and rescue`.
    pub label: Cow<'static, str>,
}

/// A mention with its entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolvedMention {
    /// Document.
    pub document: DocumentId,
    /// The words.
    pub quote: Quote,
    /// Entity; `None` where it could not be resolved.
    pub entity: Option<EntityId>,
    /// Kind.
    pub kind: EntityKind,
    /// Rule that found it.
    pub rule: Rule,
}

/// A statement with its ends resolved: an edge of the graph. Statements that say the same are
/// neighbours in [`Graph::relations`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// Subject.
    pub subject: EntityId,
    /// Predicate.
    pub predicate: Predicate,
    /// Object.
    pub object: EntityId,
    /// The subject's words; empty where it is not named (a meeting).
    pub subject_as_written: Text,
    /// The object's words; empty where it is not named.
    pub object_as_written: Text,
    /// Stated or derived.
    pub layer: Layer,
    /// Meeting at which, or in whose minutes, it was stated.
    pub meeting: Option<EntityId>,
    /// Date of that meeting.
    pub date: Option<Date>,
    /// From when it holds, where stated.
    pub valid_from: Option<Date>,
    /// Until when it holds, where stated.
    pub valid_to: Option<Date>,
    /// Qualifiers in the order of [`Qualifier`]; a value that is an entity is its IRI.
    pub qualifiers: Vec<(Qualifier, String)>,
    /// Document that states it; `None` for a derived one.
    pub document: Option<DocumentId>,
    /// The words that state it; empty for a derived one.
    pub quote: Quote,
    /// Rule.
    pub rule: Rule,
    /// For a derived relation, the positions in [`Graph::relations`] of what it rests on.
    pub premises: Vec<u32>,
}

/// A document as the graph remembers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRecord {
    /// The source.
    pub source: SourceFacts,
    /// Its entity.
    pub entity: EntityId,
    /// The meeting that it minutes.
    pub meeting: Option<EntityId>,
    /// Number of statements.
    pub statements: u32,
}

/// A meeting as one document states it; two documents of one meeting make two records of one entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingRecord {
    /// Its entity.
    pub meeting: EntityId,
    /// Document.
    pub document: DocumentId,
    /// Body that met.
    pub body: Option<EntityId>,
    /// The body's name as written.
    pub body_as_written: Text,
    /// Day.
    pub date: Option<Date>,
    /// Start.
    pub start_time: Option<Time>,
    /// End.
    pub end_time: Option<Time>,
    /// Venue.
    pub venue: Option<Quote>,
    /// Who took the chair, in order of the text.
    pub chairs: Vec<EntityId>,
    /// Whether the document holds an attendance list.
    pub attendance_recorded: bool,
    /// Date of the meeting whose minutes were confirmed.
    pub previous: Option<Date>,
    /// Date announced for the next.
    pub next: Option<Date>,
    /// The words that introduce the meeting.
    pub quote: Quote,
}

/// One person at one meeting, as one document states it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttendanceRecord {
    /// Meeting.
    pub meeting: EntityId,
    /// Person.
    pub person: EntityId,
    /// The name as written.
    pub person_as_written: Text,
    /// Present, apologies, absent.
    pub status: Status,
    /// Capacity, where the list distinguishes.
    pub capacity: Option<Capacity>,
    /// Whether the person took the chair.
    pub chair: bool,
    /// Organisations with their names as written.
    pub organisations: Vec<(EntityId, Text)>,
    /// Roles as written, joined with `; `.
    pub role: Text,
    /// Person whose place was taken.
    pub substitute_for: Option<EntityId>,
    /// When the person came, as written.
    pub arrived: Text,
    /// When the person left, as written.
    pub left: Text,
    /// Whether the person took part from afar.
    pub remote: bool,
    /// Document.
    pub document: DocumentId,
    /// The entry or sentence.
    pub quote: Quote,
    /// Rule.
    pub rule: Text,
}

/// One person and one meeting with a recorded list, between the person's first and last listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelRecord {
    /// Meeting.
    pub meeting: EntityId,
    /// Its date.
    pub date: Date,
    /// Body.
    pub body: EntityId,
    /// Person.
    pub person: EntityId,
    /// Capacity at this meeting, else the latest before it, else the first after it.
    pub capacity: Option<Capacity>,
    /// Organisations at this meeting, else as for the capacity.
    pub organisations: Vec<EntityId>,
    /// `None` where the list does not name the person.
    pub status: Option<Status>,
}

/// What a tenure rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The text gives a term.
    Stated,
    /// Meetings at which it was seen.
    Observed,
}

impl Basis {
    /// Name in tables and vocabulary.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Observed => "observed",
        }
    }
}

/// An interval over which a person held a role or stood for an organisation in a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// Person.
    pub person: EntityId,
    /// Organisation in which: the body that met, or where the role is held.
    pub organisation: Option<EntityId>,
    /// Role, if any.
    pub role: Option<EntityId>,
    /// Organisation for which the person stood.
    pub on_behalf_of: Option<EntityId>,
    /// Start, only where stated.
    pub start: Option<Date>,
    /// End, only where stated.
    pub end: Option<Date>,
    /// First meeting at which it was seen.
    pub first_seen: Option<Date>,
    /// Last.
    pub last_seen: Option<Date>,
    /// At how many meetings.
    pub times_seen: u32,
    /// Term as written.
    pub term: Text,
    /// What it rests on.
    pub basis: Basis,
    /// Positions in [`Graph::relations`] of what it rests on.
    pub premises: Vec<u32>,
}

/// An item of business with its record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemRecord {
    /// Its entity.
    pub item: EntityId,
    /// Meeting.
    pub meeting: EntityId,
    /// Number as written.
    pub number: Text,
    /// Title.
    pub title: Text,
    /// Document.
    pub document: DocumentId,
    /// The heading.
    pub quote: Quote,
}

/// A decision with its record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRecord {
    /// Its entity.
    pub decision: EntityId,
    /// Meeting.
    pub meeting: EntityId,
    /// Date.
    pub date: Option<Date>,
    /// Item.
    pub item: Option<EntityId>,
    /// Letter or number of the limb.
    pub number: Text,
    /// Verb.
    pub verb: Text,
    /// Who moved it.
    pub mover: Option<EntityId>,
    /// Who seconded it.
    pub seconder: Option<EntityId>,
    /// Outcome.
    pub outcome: Text,
    /// Document.
    pub document: DocumentId,
    /// Its words.
    pub quote: Quote,
}

/// An action with its record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionRecord {
    /// Its entity.
    pub action: EntityId,
    /// Meeting.
    pub meeting: EntityId,
    /// Date of the meeting.
    pub date: Option<Date>,
    /// Item.
    pub item: Option<EntityId>,
    /// Who owns it.
    pub owners: Vec<EntityId>,
    /// Due date, as written or as a date.
    pub due: Text,
    /// Document.
    pub document: DocumentId,
    /// Its words.
    pub quote: Quote,
}

/// Why two names were, or were nearly, taken for the same.
#[derive(Clone, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct Comparison {
    /// The entity that holds `left`.
    pub entity: EntityId,
    /// The entity that holds `right`: the same one where they were joined.
    pub other: EntityId,
    /// One name, as written.
    pub left: String,
    /// The other.
    pub right: String,
    /// Where each stands: document and code points.
    pub places: [(DocumentId, u32, u32); 2],
    /// Sum of the features' scores, from 0 to 1; 0 where forbidden.
    pub score: f64,
    /// Each feature that spoke, its score, and why in plain words.
    pub features: Vec<(Cow<'static, str>, f64, String)>,
    /// `rule`, `judgement` or `undecided`.
    pub decided_by: Cow<'static, str>,
}

/// Words that were not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnresolvedRecord {
    /// Document.
    pub document: DocumentId,
    /// The words.
    pub quote: Quote,
    /// Why.
    pub reason: Cow<'static, str>,
}

/// All that was read, as one graph. Every vector is sorted; see each for its order.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// By IRI.
    pub entities: Vec<Entity>,
    /// Public functions in use, by key.
    pub functions: Vec<Function>,
    /// By path.
    pub documents: Vec<DocumentRecord>,
    /// By document and place.
    pub mentions: Records<ResolvedMention>,
    /// By subject, predicate, object, date, document, place.
    pub relations: Relations,
    /// By date, meeting, document.
    pub meetings: Vec<MeetingRecord>,
    /// By meeting date, meeting, document, place.
    pub attendance: Records<AttendanceRecord>,
    /// For each body by person and date, by body.
    pub panel: Rows<Vec<PanelRecord>>,
    /// By person, organisation, role, first seen.
    pub tenures: Vec<Tenure>,
    /// By meeting date, meeting, document, place.
    pub items: Records<ItemRecord>,
    /// Likewise.
    pub decisions: Records<DecisionRecord>,
    /// Likewise.
    pub actions: Records<ActionRecord>,
    /// By entity, then score, highest first.
    pub comparisons: Rows<Comparison>,
    /// By document and place.
    pub unresolved: Vec<UnresolvedRecord>,
    /// Judgements of people that name nothing in the documents, as lines of their file, in its order.
    pub idle_judgements: Vec<String>,
}

impl Graph {
    /// The entity behind a number of this graph.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }

    /// The document behind a number of this graph.
    pub fn document(&self, id: DocumentId) -> &DocumentRecord {
        &self.documents[id.0 as usize]
    }

    /// Finds an entity by its IRI, relative to the base.
    pub fn by_iri(&self, iri: &str) -> Option<EntityId> {
        let found = self.entities.binary_search_by(|entity| entity.iri.as_str().cmp(iri));
        found.ok().map(|at| EntityId(at as u32))
    }
}
