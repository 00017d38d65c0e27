//! The vocabulary of the program as plain data. Knows no stage, does no I/O, uses no pattern.

mod digest;
mod document;
mod extraction;
mod graph;
mod minutes;
mod network;
mod records;
mod relations;
mod rows;
mod rule;
#[cfg(test)]
pub(crate) mod sample;
mod schema;
pub mod table;
mod time;

pub use digest::sha256;
pub use document::{CodePoints, Document, Line, LineKind, Metadatum, ReadStatus, Span};
pub use extraction::{
    Abbreviation, ActionFacts, Attendance, DecisionFacts, Extraction, ItemFacts, MeetingFacts, Mention, Nature, Quote,
    Rule, SourceFacts, Statement, Term, Text, Unresolved, Value,
};
pub use graph::{
    ActionRecord, AttendanceRecord, Basis, Comparison, DecisionRecord, Details, DocumentId, DocumentRecord, Entity,
    EntityId, Function, Graph, ItemRecord, MeetingRecord, PanelRecord, Relation, ResolvedMention, Tenure,
    UnresolvedRecord,
};
pub use minutes::{Block, Entry, Form, Genre, Header, Item, Minutes, Resolution, Stated};
pub use records::{Record, Records};
pub use relations::{Edge, Relations};
pub use rows::{Memory, Place, Rows, Shelf};
pub use rule::RuleFacts;
pub use schema::{Capacity, EntityKind, Layer, Predicate, Qualifier, Relationship, SCHEMA, Status};
pub use time::{Date, MONTHS, ParseTimeError, Time};
