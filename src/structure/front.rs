//! What front matter says of the meeting: its day and times, and the body that met. In: the named values of a document.
//! Out: values with the words that state them. Must never take the day on which a page was published for the day of a
//! meeting: a bare `date` counts only beside keys that speak of a meeting.

use crate::lexicon::fold;
use crate::model::{Date, Document, Metadatum, Span, Stated, Time};
use crate::text::date::{dates, times};

/// Keys whose value is the day, or the day and hour, of the meeting.
const DAYS: &[&str] = &[
    "meeting_date",
    "meeting-date",
    "meetingdate",
    "date_of_meeting",
    "event_date",
    "event-date",
    "eventdate",
    "start",
    "start_date",
    "start-date",
    "startdate",
    "starts",
    "when",
    "held",
];
/// Keys whose value is when the meeting started.
const STARTS: &[&str] =
    &["start", "start_time", "start-time", "starttime", "starts", "time", "open-meeting", "opened", "when"];
/// Keys whose value is when it ended.
const ENDS: &[&str] = &["end", "end_time", "end-time", "endtime", "ends", "close-meeting", "closed", "finish"];
/// Keys whose value names the body.
const BODIES: &[&str] =
    &["body", "committee", "board", "council", "organisation", "organization", "public_body", "public-body"];
/// Keys that only a page about a meeting has.
const OF_MEETING: &[&str] = &[
    "location",
    "venue",
    "attendees",
    "directors",
    "chair",
    "present",
    "apologies",
    "body",
    "quorum",
    "attendance",
    "start",
    "secretary",
];

fn of<'d>(document: &'d Document, keys: &[&str]) -> Option<&'d Metadatum> {
    keys.iter().find_map(|key| document.metadata.iter().find(|m| m.key == *key))
}

fn day_in(text: &str, span: Span) -> Option<Stated<Date>> {
    dates(text, span, None).into_iter().find(|d| d.value.is_day())
}

/// The day of the meeting.
pub(super) fn date(document: &Document) -> Option<Stated<Date>> {
    let text = document.text.as_str();
    let title = of(document, &["title"]);
    title
        .and_then(|t| day_in(text, t.value))
        .or_else(|| day_in(text, of(document, DAYS)?.value))
        .or_else(|| day_in(text, of(document, &["date"]).filter(|_| is_of_meeting(document))?.value))
}

/// Whether the front matter speaks of a meeting, so that its date is the meeting's.
fn is_of_meeting(document: &Document) -> bool {
    document.metadata.iter().any(|m| OF_MEETING.contains(&m.key.as_str()))
        || of(document, &["layout"]).is_some_and(|l| matches!(l.value.of(&document.text), "minutes" | "meeting"))
}

/// The year to go by where the head gives a day without one: the last such day before the page was published.
pub(super) fn published(document: &Document) -> Option<Date> {
    day_in(&document.text, of(document, &["date", "published", "pubdate", "publish_date"])?.value).map(|d| d.value)
}

/// When the meeting started, as front matter says it.
pub(super) fn start_time(document: &Document) -> Option<Stated<Time>> {
    let dated = is_of_meeting(document).then_some("date");
    STARTS.iter().copied().chain(dated).find_map(|key| time_in(&document.text, of(document, &[key])?.value))
}

/// When it ended.
pub(super) fn end_time(document: &Document) -> Option<Stated<Time>> {
    ENDS.iter().find_map(|key| time_in(&document.text, of(document, &[key])?.value))
}

/// A time of day, also behind the `T` of a timestamp. Midnight is a timestamp without a time.
fn time_in(text: &str, span: Span) -> Option<Stated<Time>> {
    let words = span.of(text);
    let after = words.find('T').filter(|at| words[..*at].ends_with(|c: char| c.is_ascii_digit())).map(|at| at + 1);
    let clock = match after {
        // Hours and minutes; seconds and zone say nothing more.
        Some(at) => span.slice(at, (at + 5).min(words.len())),
        None => span,
    };
    times(text, clock).into_iter().next().filter(|t| t.value.hour > 0)
}

/// The body, where front matter names it by a key of its own.
pub(super) fn body(document: &Document) -> Option<Span> {
    let value = of(document, BODIES)?.value;
    let words = value.of(&document.text);
    let capital = words.starts_with(char::is_uppercase);
    let sentence = words.ends_with(['.', '?', '!']) || words.contains('\n');
    (capital && !sentence && fold(words).split(' ').count() <= 12).then_some(value)
}
