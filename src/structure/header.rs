//! What the head and the foot say of the meeting: body, date, times, venue, the meetings before and after.

use super::body::body;
use super::front;
use super::head::{self, LONGEST as HEAD};
use super::neighbour::{next, previous};
use crate::lexicon::{Lexicon, fold};
use crate::model::{Block, Date, Document, Header, Item, Line, Span, Stated, Time};
use crate::text::date::{dates, times};
use crate::text::literal::Literals;
use crate::text::sentence::sentences;
use crate::text::token::{Shape, tokens};

/// How many lines at the bottom may belong to the foot.
const FOOT: usize = 16;

/// Reads the header.
pub(super) fn header(document: &Document, items: &[Item], blocks: &[Block], lexicon: &Lexicon) -> Header {
    let text = document.text.as_str();
    let head = head(document, items, blocks);
    let date = date(document, &head);
    let year = date.map(|d| d.value.year);
    let (start_time, range_end) = start_time(document, &head);
    let (end_time, foot_start) = end_time(document);
    Header {
        body: body(document, &head, lexicon),
        date,
        start_time: front::start_time(document).or(start_time).or(foot_start),
        end_time: end_time.or(range_end).or_else(|| front::end_time(document)),
        venue: venue(document, &head, lexicon),
        previous: previous(document, items, date.map(|d| d.value)),
        next: next(document, items, date.map(|d| d.value), year),
    }
    .checked(text)
}

impl Header {
    /// Drops an end that lies before the start.
    fn checked(mut self, _text: &str) -> Self {
        if let (Some(start), Some(end)) = (self.start_time, self.end_time)
            && end.value <= start.value
        {
            self.end_time = None;
        }
        self
    }
}

/// The lines of the head, wrapped titles as one: up to the first attendance block or item, and at most [`HEAD`].
fn head(document: &Document, items: &[Item], blocks: &[Block]) -> Vec<Span> {
    let first_block =
        blocks.iter().filter_map(|b| b.heading.or(b.entries.first().map(|e| e.span))).map(|s| s.start).min();
    let first_item = items.iter().map(|i| i.span.start).find(|s| *s > 0 && !tells_of_meeting(document, *s));
    let end = match (first_block, first_item) {
        (Some(b), Some(i)) => b.min(i),
        (Some(x), None) | (None, Some(x)) => x,
        (None, None) => u32::MAX,
    };
    // Front matter is read by its keys.
    let lines = document.lines[head::start(document)..].iter().map(|l| l.span);
    let mut head: Vec<Span> = lines.take(4 * HEAD).take_while(|s| s.start < end).collect();
    // A head that is a heading itself is an item by its format; the line is part of the head all the same.
    if head.is_empty() {
        head.extend(document.lines.first().map(|l| l.span));
    }
    // A block on the line of the title cuts the line short.
    if let Some(last) = head.last_mut()
        && last.end > end
        && end > last.start
    {
        last.end = end;
    }
    let mut head = head::joined(&document.text, &head);
    head.truncate(HEAD);
    head
}

/// Whether the line at a place says which meeting it is, or where, however much it is set as a heading.
fn tells_of_meeting(document: &Document, start: u32) -> bool {
    let line = document.text.get(start as usize..).and_then(|rest| rest.lines().next()).map(fold).unwrap_or_default();
    line.contains("(item ")
        || line.split(':').next().is_some_and(|label| matches!(label.trim(), "venue" | "date" | "time" | "location"))
        || line.starts_with(|c: char| c.is_ascii_digit()) && line.ends_with(" meeting")
        || line.starts_with("minutes of")
            && ["proceedings", "meeting of", "held"].iter().any(|w| line.contains(w))
            && !["previous", "last"].iter().any(|w| line.contains(w))
}

/// The day of the meeting, before anything else of the document is known.
pub(super) fn date_of_head(document: &Document) -> Option<Date> {
    let head: Vec<Span> = document.lines.iter().take(HEAD).map(|l| l.span).collect();
    date(document, &head).map(|d| d.value)
}

/// The day of the meeting: in the head with its year, else in front matter, else in the head with the year of its title
/// or of the page.
fn date(document: &Document, head: &[Span]) -> Option<Stated<Date>> {
    let text = document.text.as_str();
    if let Some(stated) = date_in(text, head, None).or_else(|| front::date(document)) {
        return Some(stated);
    }
    let titled = head.iter().find_map(|span| year_in(span.of(text)));
    if let Some(year) = titled {
        return date_in(text, head, Some(year));
    }
    let published = front::published(document)?;
    let year =
        if date_in(text, head, Some(published.year))?.value <= published { published.year } else { published.year - 1 };
    date_in(text, head, Some(year))
}

/// A year of four figures that stands alone.
fn year_in(words: &str) -> Option<u16> {
    words
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| w.len() == 4)
        .find_map(|w| w.parse().ok().filter(|y| (1900..2100).contains(y)))
}

/// The day in the head that stands where the day of a meeting does.
fn date_in(text: &str, head: &[Span], year: Option<u16>) -> Option<Stated<Date>> {
    let mut best: Option<(i32, Stated<Date>)> = None;
    for (row, span) in head.iter().enumerate() {
        for found in dates(text, *span, year) {
            if !found.value.is_day() {
                continue;
            }
            let before = fold(text.get(span.start as usize..found.span.start as usize).unwrap_or(""));
            let mut score = 20 - row as i32;
            if ["held", "meeting", "on", "day", "day,"].iter().any(|w| before.trim_end().ends_with(w))
                || before.contains("held")
            {
                score += 6;
            }
            if [
                "approved",
                "printed",
                "published",
                "draft of",
                "next meeting",
                "minutes of the meeting held",
                "last meeting",
                "page",
            ]
            .iter()
            .any(|w| before.contains(w))
            {
                score -= 12;
            }
            // A stamp in figures with a time is when the page was printed.
            if found.span.of(text).contains('/') && found.span.of(text).len() <= 8 {
                score -= 8;
            }
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, found));
            }
        }
    }
    best.map(|(_, d)| d)
}

/// When the meeting started, and its end where the head gives both ("10.00 - 11.30 am").
fn start_time(document: &Document, head: &[Span]) -> (Option<Stated<Time>>, Option<Stated<Time>>) {
    let text = document.text.as_str();
    for span in head {
        let found = times(text, *span);
        if let Some(first) = found.first() {
            return (Some(*first), found.get(1).filter(|t| t.value > first.value).copied());
        }
    }
    // "The meeting was called to order at 6.31 p.m.", "The meeting commenced at 7pm", in the first lines.
    static OPENS: Literals = Literals::new(&[
        "called to order",
        "meeting commenced",
        "meeting opened",
        "meeting started",
        "opened the meeting",
        "meeting began",
        "called the meeting to order",
        "order at",
    ]);
    static OPENING: Literals = Literals::in_any_case(&["order", "commenced", "opened", "started", "began"]);
    let opening = |line: &&Line| OPENING.stand_in(line.span.of(text)) && OPENS.stand_in(&fold(line.span.of(text)));
    for line in document.lines.iter().take(60).filter(opening) {
        for sentence in sentences(text, line.span) {
            if OPENS.stand_in(&fold(sentence.of(text)))
                && let Some(first) = times(text, sentence).first()
            {
                return (Some(*first), None);
            }
        }
    }
    (None, None)
}

/// When the meeting ended, and its start where the foot gives both ("2.00 - 3.15 pm").
fn end_time(document: &Document) -> (Option<Stated<Time>>, Option<Stated<Time>>) {
    static ENDS: Literals = Literals::new(&[
        "meeting closed",
        "meeting ended",
        "meeting concluded",
        "meeting finished",
        "meeting terminated",
        "closed the meeting",
        "closed at",
        "meeting adjourned",
        "adjourned at",
        "concluded at",
        "ended at",
        "finished at",
        "adjourned the meeting",
        "to adjourn at",
        "adjourn the meeting at",
        "meeting was closed",
        "meeting was adjourned",
        "meeting be adjourned",
        "adjournment",
        "close of meeting",
        "closure",
        "business concluded",
        "meeting then closed",
        "meeting was declared closed",
        "meeting was concluded",
        "finish time",
        "end time",
        "meeting close",
    ]);
    // One of these is in each of them.
    static ENDING: Literals = Literals::in_any_case(&["clos", "end", "conclud", "finish", "terminat", "adjourn"]);
    let text = document.text.as_str();
    let from = document.lines.len().saturating_sub(FOOT * 3);
    for line in document.lines[from..].iter().rev() {
        let words = line.span.of(text);
        if !words.bytes().any(|b| b.is_ascii_digit()) || !ENDING.stand_in(words) {
            continue;
        }
        for sentence in sentences(text, line.span).into_iter().rev() {
            let folded = fold(sentence.of(text));
            if ENDS.stand_in(&folded) {
                let found = times(text, sentence);
                // Not the time of the next meeting.
                if let Some(last) = found.first().filter(|_| !folded.contains("next meeting") || found.len() == 1) {
                    return (Some(*last), None);
                }
            }
        }
    }
    let from = document.lines.len().saturating_sub(FOOT);
    for line in document.lines[from..].iter().rev() {
        let found = times(text, line.span);
        if let [start, end] = found[..]
            && start.value < end.value
            && line.span.len() < 60
            && !fold(line.span.of(text)).contains("next")
        {
            return (Some(end), Some(start));
        }
    }
    (None, None)
}

/// Where the meeting was held, as the head says it.
fn venue(document: &Document, head: &[Span], lexicon: &Lexicon) -> Option<Span> {
    let text = document.text.as_str();
    for key in ["venue", "location"] {
        if let Some(found) = document.metadata.iter().find(|m| m.key == key) {
            return Some(found.value);
        }
    }
    for span in head {
        let words = span.of(text);
        let folded = words.to_ascii_lowercase();
        for label in ["venue:", "location:", "place:", "held at:", "where:"] {
            // "Date: … Time: … Venue: …", one behind the other.
            let at = folded.find(label).filter(|at| words[..*at].is_empty() || words[..*at].ends_with([' ', '\t']));
            if let Some(at) = at {
                let start = at + label.len();
                let found = without_links(text, span.slice(start, words.len()).trim(text));
                if !found.is_empty() {
                    return Some(found);
                }
            }
        }
    }
    for span in head {
        let all = tokens(text, *span);
        for at in 0..all.len() {
            let word = fold(all[at].of(text));
            if !matches!(word.as_str(), "at" | "in" | "via") {
                continue;
            }
            let mut start = at + 1;
            while all.get(start).is_some_and(|t| matches!(fold(t.of(text)).as_str(), "the" | "a")) {
                start += 1;
            }
            if !all.get(start).is_some_and(|t| t.is_capital()) {
                continue;
            }
            let mut end = start;
            while let Some(token) = all.get(end) {
                let folded = fold(token.of(text));
                let stop = matches!(
                    folded.as_str(),
                    "on" | "at" | "commencing" | "starting" | "held" | ";" | "(" | ":" | "present"
                ) || is_weekday(&folded)
                    || (token.shape == Shape::Mark
                        && folded.is_empty()
                        && end > start
                        && all.get(end + 1).is_none_or(|t| t.shape == Shape::Break))
                    || token.shape == Shape::Break
                    || (token.is(text, ".")
                        && all.get(end + 1).is_none_or(|t| t.is_capital() && t.spaced)
                        && all[end - 1].span.len() > 3);
                if stop {
                    break;
                }
                end += 1;
            }
            if end == start {
                continue;
            }
            let found = all[start].span.join(all[end - 1].span);
            let words: Vec<&str> = found.of(text).split_whitespace().map(|w| w.trim_matches([',', '.'])).collect();
            let known = (0..words.len()).any(|i| lexicon.venues.prefix(&words[i..]).is_some());
            if known && words.len() <= 24 {
                let trimmed = found.of(text).trim_end_matches([',', ' ', '-', '–', '.']).len();
                return Some(found.slice(0, trimmed));
            }
        }
    }
    None
}

/// Without what a web page puts behind the place: "Town Hall, Ellmoor. View directions".
fn without_links(text: &str, venue: Span) -> Span {
    let words = venue.of(text);
    let link = ["View directions", "View map", "Directions", "Map"].iter().find(|link| words.ends_with(**link));
    let end = words.len() - link.map_or(0, |link| link.len());
    venue.slice(
        0,
        words[..end].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '-' | '|' | '(')).len(),
    )
}

fn is_weekday(word: &str) -> bool {
    matches!(word, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")
}
