//! Minutes: a document parsed into header, attendance blocks, items of business, decisions and
//! footer. Parts are spans and line numbers of the document; no entity is named here.

use std::ops::Range;

use super::{Capacity, Date, Span, Status, Time};

/// A value with the words that state it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stated<T> {
    /// What they say.
    pub value: T,
    /// The words.
    pub span: Span,
}

/// What kind of text a document is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Genre {
    /// Minutes or notes of a meeting that took place.
    Minutes,
    /// An agenda, a notice or a summons of a meeting to come: nobody attended it.
    Agenda,
    /// Nothing that speaks of one meeting.
    #[default]
    Other,
}

/// A document parsed as minutes.
#[derive(Clone, Debug, Default)]
pub struct Minutes {
    /// What kind of text it is; attendance is stated for [`Genre::Minutes`] alone.
    pub genre: Genre,
    /// What the head and the foot of the document say of the meeting.
    pub header: Header,
    /// Attendance blocks in order of the text, apologies in sentences included.
    pub attendance: Vec<Block>,
    /// Items of business in order of the text; headings that are not business are not among them.
    pub items: Vec<Item>,
    /// Limbs of decisions in order of the text.
    pub decisions: Vec<Resolution>,
    /// Lines that look like attendance and were not understood, with the reason.
    pub unresolved: Vec<(Span, &'static str)>,
}

/// The meeting as its minutes introduce it.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// Name of the body that met.
    pub body: Option<Span>,
    /// Day of the meeting.
    pub date: Option<Stated<Date>>,
    /// When it started.
    pub start_time: Option<Stated<Time>>,
    /// When it ended.
    pub end_time: Option<Stated<Time>>,
    /// Where it was held.
    pub venue: Option<Span>,
    /// Meetings whose minutes were confirmed, in order of the text.
    pub previous: Vec<Stated<Date>>,
    /// The next meeting that is announced; the earliest where several are.
    pub next: Option<Stated<Date>>,
}

/// How an attendance block is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Entries set apart: one a line, one a table row, or cells.
    List,
    /// Names run on within lines or in a sentence.
    Run,
}

/// Part of a document that lists people with one status, and where stated one capacity and organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its heading or the words that introduce it ("Apologies were received from").
    pub heading: Option<Span>,
    /// What it says of the people in it; an entry may say otherwise.
    pub status: Status,
    /// Capacity that the heading gives.
    pub capacity: Option<Capacity>,
    /// Whether the heading says that those listed take the chair.
    pub chair: bool,
    /// Organisation that the heading gives ("Representing Health (NHS):", "Police:").
    pub organisation: Option<Span>,
    /// How it is written.
    pub form: Form,
    /// What it lists, in order of the text.
    pub entries: Vec<Entry>,
    /// Item in which it stands, if any.
    pub item: Option<usize>,
}

/// One line, row or sentence of an attendance block, without the heading; may hold several people
/// where the block is a [`Form::Run`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The whole of it.
    pub span: Span,
    /// Columns or table cells, in order; empty where there is one only.
    pub cells: Vec<Span>,
    /// Status that the entry itself gives (a mark in a matrix, "absent" in a column).
    pub status: Option<Status>,
}

/// An item of business.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Its number as written, without punctuation.
    pub number: Option<Span>,
    /// Its title.
    pub title: Span,
    /// Title and text, to the next item.
    pub span: Span,
    /// Lines of the document that belong to it, the heading's included.
    pub lines: Range<usize>,
    /// Lines right under the heading that name who presents it.
    pub presenters: Vec<Span>,
    /// The item of which it is a part, if it is one of several below a numbered heading.
    pub parent: Option<usize>,
}

/// One limb of a resolution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// Item under which it was taken.
    pub item: Option<usize>,
    /// The word that introduces it (`RESOLVED`, `AGREED`, `noted`); empty where the text lost it.
    pub keyword: Option<Span>,
    /// Verb from the vocabulary (`resolve`, `agree`, `note`, `recommend`, …).
    pub verb: &'static str,
    /// Outcome from the vocabulary (`agreed`, `noted`, `deferred`, `lost`, …); empty where not stated.
    pub outcome: &'static str,
    /// Number or letter of the limb.
    pub limb: Option<Span>,
    /// Its words, without limb marker and keyword.
    pub span: Span,
}
