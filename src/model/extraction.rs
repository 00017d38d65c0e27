//! What one document says: mentions and statements, each with its words. The unit that travels
//! between extraction and resolution; holds no reference to the document, so that texts need not be kept.
//!
//! Offsets here are Unicode code points into the document's text, `start` inclusive, `end` exclusive.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Capacity, CodePoints, Date, EntityKind, Predicate, Qualifier, ReadStatus, Status, Time};

/// Words that are kept once, however many facts stand on them.
pub type Text = std::sync::Arc<str>;

/// Words of a document: where they stand and what they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Quote {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words, exactly.
    pub text: Text,
}

/// Name of the rule that made something.
pub type Rule = Cow<'static, str>;

/// A span that names something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The words.
    pub quote: Quote,
    /// What kind of thing they name.
    pub kind: EntityKind,
    /// The rule that found it.
    pub rule: Rule,
    /// How sure the words alone make it that this is a name and not a phrase.
    pub nature: Nature,
}

/// What a mention is made of, which decides how it may be resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// A name in full ("Jane Moore", "Blaby District Council").
    Name,
    /// Part of a name, which resolves inside its document alone ("Mr. Bearne", "Gurjit", "RB", "the Trust").
    Short,
    /// A description, which resolves by the facts of its document ("the Chairman", "the Board").
    Description,
}

/// One end of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// The meeting that the document minutes.
    Meeting,
    /// The meeting of the same body on another day.
    MeetingOn(Date),
    /// A mention, by its number.
    Mention(u32),
    /// An item, by its number.
    Item(u32),
    /// A decision, by its number.
    Decision(u32),
    /// An action, by its number.
    Action(u32),
}

/// Value of a qualifier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A word of a closed list, or words as written.
    Text(String),
    /// Something that is resolved.
    Term(Term),
    /// A date.
    Date(Date),
}

/// Subject, predicate, object, qualifiers, words, rule: one thing that the document says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Subject.
    pub subject: Term,
    /// Predicate.
    pub predicate: Predicate,
    /// Object.
    pub object: Term,
    /// Qualifiers, in the order of [`Qualifier`].
    pub qualifiers: Vec<(Qualifier, Value)>,
    /// The list entry, clause or sentence that says so; holds the words of both ends where they are mentions
    /// of the same place.
    pub quote: Quote,
    /// The rule that made it.
    pub rule: Rule,
}

impl Statement {
    /// The value of a qualifier.
    pub fn qualifier(&self, qualifier: Qualifier) -> Option<&Value> {
        self.qualifiers.iter().find(|(q, _)| *q == qualifier).map(|(_, v)| v)
    }
}

/// The meeting as its document states it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingFacts {
    /// Mention of the body that met.
    pub body: Option<u32>,
    /// Day.
    pub date: Option<Date>,
    /// Start.
    pub start_time: Option<Time>,
    /// End.
    pub end_time: Option<Time>,
    /// Venue as written.
    pub venue: Option<Quote>,
    /// Earlier meetings whose minutes were confirmed.
    pub previous: Vec<Date>,
    /// Next meeting announced.
    pub next: Option<Date>,
    /// Whether the document holds an attendance list: rates rest on such meetings alone.
    pub attendance_recorded: bool,
    /// The words that introduce the meeting (its date, else its body).
    pub quote: Quote,
}

/// An entry of an attendance list, or a sentence about attendance, as far as it was understood.
/// The same facts stand among the statements; this is the row that statistics are made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// Mention of the person.
    pub person: u32,
    /// Present, apologies or absent.
    pub status: Status,
    /// Capacity where the list distinguishes.
    pub capacity: Option<Capacity>,
    /// Whether the person took the chair.
    pub chair: bool,
    /// Mentions of the organisations that the person is listed with.
    pub organisations: Vec<u32>,
    /// Mentions of the roles that the person is listed with.
    pub roles: Vec<u32>,
    /// Mention of the person whose place was taken.
    pub substitute_for: Option<u32>,
    /// When the person came, as written.
    pub arrived: Option<String>,
    /// When the person left, as written.
    pub left: Option<String>,
    /// Whether the person took part from afar.
    pub remote: bool,
    /// The entry or sentence.
    pub quote: Quote,
    /// The rule that made it.
    pub rule: Rule,
}

/// An item of business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemFacts {
    /// Number as written.
    pub number: Option<String>,
    /// Title, white space folded.
    pub title: String,
    /// The heading.
    pub quote: Quote,
    /// The item of which it is a part.
    pub parent: Option<u32>,
}

/// A limb of a decision, or a motion that was put.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionFacts {
    /// Item under which it was taken.
    pub item: Option<u32>,
    /// Letter or number of the limb.
    pub number: Option<String>,
    /// Verb from the vocabulary.
    pub verb: Cow<'static, str>,
    /// Outcome from the vocabulary.
    pub outcome: Cow<'static, str>,
    /// Its words.
    pub quote: Quote,
}

/// An action point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionFacts {
    /// Item under which it was recorded.
    pub item: Option<u32>,
    /// Due date, as written or as a date.
    pub due: Option<String>,
    /// Its words.
    pub quote: Quote,
}

/// A short form that the document defines, as "National Probation Service (NPS)" does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Abbreviation {
    /// The short form.
    pub short: String,
    /// What it stands for, as written.
    pub long: String,
    /// The words that define it.
    pub quote: Quote,
}

/// Words that look like a name, a role or attendance and were not understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unresolved {
    /// The words.
    pub quote: Quote,
    /// Why they are here.
    pub reason: Cow<'static, str>,
}

/// A source as the graph remembers it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFacts {
    /// Path relative to the folder given.
    pub path: String,
    /// Name of the format.
    pub format: Cow<'static, str>,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of the source.
    pub sha256: String,
    /// SHA-256 of the text; empty where nothing was read.
    pub text_sha256: String,
    /// What became of it.
    pub status: ReadStatus,
    /// What to tell the user.
    pub message: String,
}

/// What one document says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extraction {
    /// The source.
    pub source: SourceFacts,
    /// The meeting; `None` where the document is no minutes.
    pub meeting: Option<MeetingFacts>,
    /// Mentions, by place.
    pub mentions: Vec<Mention>,
    /// Attendance, by place.
    pub attendance: Vec<Attendance>,
    /// Items, by place.
    pub items: Vec<ItemFacts>,
    /// Decisions, by place.
    pub decisions: Vec<DecisionFacts>,
    /// Actions, by place.
    pub actions: Vec<ActionFacts>,
    /// Statements, by place.
    pub statements: Vec<Statement>,
    /// Abbreviations that the document defines.
    pub abbreviations: Vec<Abbreviation>,
    /// What was not understood.
    pub unresolved: Vec<Unresolved>,
}

impl Extraction {
    /// Every quote, for verification.
    pub fn quotes(&self) -> impl Iterator<Item = &Quote> {
        let meeting = self.meeting.iter().flat_map(|m| m.venue.iter().chain([&m.quote]));
        meeting
            .chain(self.mentions.iter().map(|m| &m.quote))
            .chain(self.attendance.iter().map(|a| &a.quote))
            .chain(self.items.iter().map(|i| &i.quote))
            .chain(self.decisions.iter().map(|d| &d.quote))
            .chain(self.actions.iter().map(|a| &a.quote))
            .chain(self.statements.iter().map(|s| &s.quote))
            .chain(self.abbreviations.iter().map(|a| &a.quote))
            .chain(self.unresolved.iter().map(|u| &u.quote))
    }

    /// The first quote that does not stand in `text` where it says; `None` where all do.
    pub fn misquoted(&self, text: &str) -> Option<&Quote> {
        let points = CodePoints::new(text);
        self.quotes().find(|quote| {
            let place = points.byte(quote.start).zip(points.byte(quote.end));
            place.and_then(|(start, end)| text.get(start..end)) != Some(&*quote.text)
        })
    }
}
