//! The tables of a build, a row type each: what the CSV files hold, in the order of their columns.
//!
//! Exporters write these rows, commands read them back. Cells are text as it stands in the file:
//! empty for unknown, ISO dates, `1` and `0` for yes and no, identifiers relative to the base IRI.

use serde::{Deserialize, Serialize};

use super::{Basis, Capacity, EntityKind, Layer, Predicate, Status};

/// Type of a column, as Frictionless names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellType {
    /// Any text.
    Text,
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Number,
    /// `1` or `0`.
    Flag,
    /// An ISO date of any precision.
    Date,
    /// `HH:MM`.
    Time,
    /// An identifier relative to the base IRI, of an entity in `entities.csv`.
    Entity,
    /// JSON.
    Json,
    /// A word of a closed list.
    Code(Code),
}

/// A closed list of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// How somebody stands in a list.
    Status,
    /// The same, or not at all.
    PanelStatus,
    /// In what capacity somebody attends.
    Capacity,
    /// What an entity is.
    Kind,
    /// What a relation says.
    Predicate,
    /// Where a relation comes from.
    Layer,
    /// What a tenure rests on.
    Basis,
}

impl Code {
    /// The words.
    pub fn names(self) -> Vec<&'static str> {
        match self {
            Self::Status => Status::ALL.iter().map(|s| s.name()).collect(),
            Self::PanelStatus => Status::ALL.iter().map(|s| s.name()).chain(["not_mentioned"]).collect(),
            Self::Capacity => Capacity::ALL.iter().map(|c| c.name()).collect(),
            Self::Kind => EntityKind::ALL.iter().map(|k| k.name()).collect(),
            Self::Predicate => Predicate::ALL.iter().map(|p| p.name()).collect(),
            Self::Layer => Layer::ALL.iter().map(|l| l.name()).collect(),
            Self::Basis => [Basis::Stated, Basis::Observed].map(Basis::name).to_vec(),
        }
    }
}

/// A column: its name, type, and meaning in a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Name in the header row.
    pub name: &'static str,
    /// Type of its cells.
    pub cell: CellType,
    /// What a cell means, with its unit.
    pub meaning: &'static str,
}

/// A table: its file is `<name>.csv`.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Name of the file without ending.
    pub name: &'static str,
    /// What one row is.
    pub row: &'static str,
    /// Columns in order.
    pub columns: &'static [Column],
    /// Columns that together tell rows apart; empty where nothing does.
    pub key: &'static [&'static str],
}

macro_rules! tables {
    ($($(#[$doc:meta])* $row:ident $name:literal $about:literal key [$($key:literal)*] {
        $($column:ident: $cell:ident $(of $code:ident)? $meaning:literal),+ $(,)?
    })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
            pub struct $row { $(#[doc = $meaning] pub $column: String),+ }

            impl $row {
                /// The table of these rows.
                pub const TABLE: Table = Table {
                    name: $name,
                    row: $about,
                    columns: &[$(Column { name: stringify!($column), cell: CellType::$cell $((Code::$code))?, meaning: $meaning }),+],
                    key: &[$($key),*],
                };

                /// The cells, in the order of the columns.
                pub fn cells(&self) -> Vec<&str> {
                    vec![$(self.$column.as_str()),+]
                }
            }
        )+

        /// All tables, in the order in which they are described.
        pub static TABLES: &[Table] = &[$($row::TABLE),+];
    };
}

tables! {
    /// A row of `documents.csv`.
    DocumentRow "documents" "one source" key ["document"] {
        document: Text "path relative to the folder given, with forward slashes",
        format: Text "format as which it was read; empty where none was recognised",
        bytes: Integer "size of the source in bytes",
        sha256: Text "SHA-256 of the source, hexadecimal",
        status: Text "read, partly or skipped",
        meeting: Entity "meeting that it minutes",
        statements: Integer "number of statements that it makes",
        message: Text "what was wrong, and what to do",
    }
    /// A row of `meetings.csv`.
    MeetingRow "meetings" "one meeting as one document states it" key ["meeting" "document"] {
        meeting: Entity "identifier of the meeting",
        document: Text "document that minutes it",
        body: Entity "body that met",
        body_name: Text "name of the body",
        date: Date "day of the meeting",
        start_time: Time "when it started, local time",
        end_time: Time "when it ended, local time",
        venue: Text "where it was held, as written",
        chair: Text "identifiers of who took the chair, joined with `; `",
        chair_name: Text "their names, joined with `; `",
        attendance_recorded: Flag "1 where the document holds an attendance list",
        previous_meeting: Date "date of the meeting whose minutes were confirmed",
        next_meeting: Date "date announced for the next meeting",
    }
    /// A row of `attendance.csv`.
    AttendanceRow "attendance" "one person at one meeting, as one document states it" key ["meeting" "person" "document"] {
        meeting: Entity "meeting",
        date: Date "its day",
        body_name: Text "name of the body that met",
        person: Entity "person",
        person_name: Text "canonical name of the person",
        person_as_written: Text "name as the document writes it",
        status: Code of Status "present, apologies or absent",
        capacity: Code of Capacity "member, officer or attendee; empty where the list does not distinguish",
        chair: Flag "1 where the person took the chair",
        organisation: Text "identifiers of the organisations that the person stood for, joined with `; `",
        organisation_name: Text "their names, joined with `; `",
        organisation_as_written: Text "their names as the document writes them, joined with `; `",
        role: Text "post or role as written",
        substitute_for: Text "name of the person whose place was taken",
        arrived: Text "when the person came, as written",
        left: Text "when the person left, as written",
        document: Text "document",
        start: Integer "first code point of the list entry or sentence",
        end: Integer "one past its last code point",
        rule: Text "rule that understood it",
        remote: Flag "1 where the person took part from afar",
    }
    /// A row of `attendance_panel.csv`.
    PanelRow "attendance_panel" "one person and one meeting with a recorded list, from the person's first to last listing in that body" key ["meeting" "person"] {
        meeting: Entity "meeting",
        date: Date "its day",
        year: Integer "its calendar year",
        municipal_year: Integer "first year of its municipal year, which starts in May",
        body_name: Text "name of the body that met",
        person: Entity "person",
        person_name: Text "canonical name of the person",
        capacity: Code of Capacity "member, officer or attendee; empty where no list distinguishes",
        organisation: Text "identifiers of the organisations that the person stood for, joined with `; `",
        organisation_name: Text "their names, joined with `; `",
        status: Code of PanelStatus "`present`, `apologies`, `absent` or `not_mentioned`",
        present: Flag "1 where present: its mean is the attendance rate",
    }
    /// A row of `tenures.csv`.
    TenureRow "tenures" "an interval over which a person held a role or stood for an organisation" key [] {
        person: Entity "person",
        person_name: Text "name of the person",
        organisation: Entity "body that met, or organisation in which the role is held",
        organisation_name: Text "its name",
        role: Entity "role; empty for mere representation",
        on_behalf_of: Entity "organisation that the person stood for",
        on_behalf_of_name: Text "its name",
        start_date: Date "start, where stated",
        end_date: Date "end, where stated",
        first_seen: Date "first meeting at which it was seen",
        last_seen: Date "last meeting at which it was seen",
        times_seen: Integer "number of meetings at which it was seen",
        term: Text "term of office as written",
        basis: Code of Basis "stated or observed",
    }
    /// A row of `entities.csv`.
    EntityRow "entities" "one entity" key ["id"] {
        id: Entity "identifier",
        kind: Code of Kind "person, organisation, role, programme, meeting, item, decision, action, legislation or document",
        name: Text "canonical name",
        aliases: Text "other names, joined with `; `",
        first_seen: Date "date of the first meeting that mentions it",
        last_seen: Date "date of the last meeting that mentions it",
        documents: Integer "number of documents that mention it",
        mentions: Integer "number of mentions",
        class: Text "for an organisation: formal, unit or collaboration",
        function: Text "for an organisation: key of its public function",
        other_identifiers: Text "other identifiers that lead to it, joined with `; `: those that a build of fewer documents may have given it",
    }
    /// A row of `relations.csv`.
    RelationRow "relations" "one statement" key [] {
        subject: Entity "subject",
        subject_name: Text "its name",
        subject_as_written: Text "its words in the document",
        predicate: Code of Predicate "predicate of the schema",
        object: Entity "object",
        object_name: Text "its name",
        object_as_written: Text "its words in the document",
        layer: Code of Layer "stated (in a document) or derived (worked out)",
        meeting: Entity "meeting at which, or in whose minutes, it was stated",
        date: Date "date of that meeting",
        valid_from: Date "from when it holds, where stated",
        valid_to: Date "until when it holds, where stated",
        qualifiers: Json "qualifiers as a JSON object",
        document: Text "document that states it",
        start: Integer "first code point of the words that state it",
        end: Integer "one past their last code point",
        quote: Text "the words",
        rule: Text "rule that made it",
    }
    /// A row of `mentions.csv`.
    MentionRow "mentions" "one mention" key ["document" "start" "end" "kind"] {
        document: Text "document",
        start: Integer "first code point",
        end: Integer "one past the last code point",
        text: Text "the words",
        kind: Code of Kind "kind of the entity",
        entity: Entity "entity; empty where it could not be resolved",
        rule: Text "rule that found it",
    }
    /// A row of `items.csv`.
    ItemRow "items" "one item of business, as one document states it" key ["item" "document"] {
        item: Entity "identifier of the item",
        meeting: Entity "meeting",
        number: Text "number as written",
        title: Text "title",
        document: Text "document",
        start: Integer "first code point of the heading",
        end: Integer "one past its last code point",
    }
    /// A row of `decisions.csv`.
    DecisionRow "decisions" "one limb of a resolution, as one document states it" key ["decision" "document"] {
        decision: Entity "identifier of the decision",
        meeting: Entity "meeting",
        date: Date "its day",
        item: Entity "item under which it was taken",
        number: Text "letter or number of the limb",
        verb: Text "resolve, agree, note, recommend, approve …",
        text: Text "its words",
        mover: Text "name of who moved it",
        seconder: Text "name of who seconded it",
        outcome: Text "agreed, noted, approved, deferred, lost …; empty where not stated",
        document: Text "document",
        start: Integer "first code point of its words",
        end: Integer "one past the last code point",
    }
    /// A row of `actions.csv`.
    ActionRow "actions" "one action point, as one document states it" key ["action" "document"] {
        action: Entity "identifier of the action",
        meeting: Entity "meeting",
        date: Date "its day",
        item: Entity "item under which it was recorded",
        owner: Text "identifiers of who owns it, joined with `; `",
        owner_name: Text "their names, joined with `; `",
        text: Text "its words",
        due: Text "when it is due, as a date or as written",
        document: Text "document",
        start: Integer "first code point of its words",
        end: Integer "one past the last code point",
    }
    /// A row of `comparisons.csv`.
    ComparisonRow "comparisons" "two names that were joined, or nearly" key [] {
        entity: Entity "entity that holds the first name",
        other: Entity "entity that holds the second: the same one where they were joined",
        left: Text "the first name as written",
        left_document: Text "document in which it stands",
        left_start: Integer "its first code point",
        left_end: Integer "one past its last code point",
        right: Text "the second name as written",
        right_document: Text "document in which it stands",
        right_start: Integer "its first code point",
        right_end: Integer "one past its last code point",
        score: Number "from 0 to 1; 0 where forbidden",
        features: Json "features that spoke: name, score, reason",
        decided_by: Text "rule, judgement or undecided",
    }
    /// A row of `unresolved.csv`.
    UnresolvedRow "unresolved" "words that look like a name, a role or attendance and were not understood" key [] {
        document: Text "document",
        start: Integer "first code point",
        end: Integer "one past the last code point",
        text: Text "the words",
        reason: Text "why they are here",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_columns() {
        for table in TABLES {
            for key in table.key {
                assert!(table.columns.iter().any(|c| c.name == *key), "{}: {key}", table.name);
            }
        }
    }
}
