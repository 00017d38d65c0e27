//! What the head and the foot say of the meeting: body, date, times, venue, the meetings before and after.

use super::heading::is_apology;
use crate::lexicon::{Lexicon, fold};
use crate::model::{Block, Date, Document, Header, Item, Span, Stated, Time};
use crate::text::date::{dates, times};
use crate::text::sentence::sentences;
use crate::text::token::{Shape, Token, tokens};

/// How many lines at the top may belong to the head.
const HEAD: usize = 14;
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
        start_time: start_time.or(foot_start),
        end_time: end_time.or(range_end),
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

/// The lines of the head: up to the first attendance block or item, and at most [`HEAD`].
fn head(document: &Document, items: &[Item], blocks: &[Block]) -> Vec<Span> {
    let first_block =
        blocks.iter().filter_map(|b| b.heading.or(b.entries.first().map(|e| e.span))).map(|s| s.start).min();
    let first_item = items.iter().map(|i| i.span.start).find(|s| *s > 0);
    let end = match (first_block, first_item) {
        (Some(b), Some(i)) => b.min(i),
        (Some(x), None) | (None, Some(x)) => x,
        (None, None) => u32::MAX,
    };
    // Front matter is read by its keys.
    let of_metadata = |span: &Span| document.metadata.iter().any(|m| span.contains(m.value));
    let lines = document.lines.iter().map(|l| l.span).filter(|s| !of_metadata(s));
    let mut head: Vec<Span> = lines.take(HEAD).take_while(|s| s.start < end).collect();
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
    head
}

/// The body that met.
fn body(document: &Document, head: &[Span], lexicon: &Lexicon) -> Option<Span> {
    let text = document.text.as_str();
    let mut best: Option<(i32, Span)> = None;
    let titles = document
        .metadata
        .iter()
        .filter(|m| matches!(m.key.as_str(), "body" | "title" | "name" | "committee" | "group"))
        .map(|m| m.value);
    for (row, span) in titles.chain(head.iter().copied()).enumerate() {
        for (span, strength) in bodies(text, span, lexicon) {
            let score = strength * 10 - row as i32;
            if best.is_none_or(|(s, b)| score > s || (score == s && span.len() > b.len())) {
                best = Some((score, span));
            }
        }
    }
    best.map(|(_, span)| span)
}

/// Words that stand around the name of a body and are no part of it.
const NOT_IN_BODY: &[&str] = &[
    "minutes",
    "minute",
    "meeting",
    "meetings",
    "draft",
    "held",
    "proceedings",
    "notes",
    "note",
    "record",
    "action",
    "actions",
    "agenda",
    "unapproved",
    "approved",
    "confirmed",
    "ordinary",
    "extraordinary",
    "monthly",
    "annual",
    "special",
    "regular",
    "adjourned",
    "quarterly",
    "inaugural",
    "first",
    "second",
    "third",
    "the",
    "a",
    "an",
    "at",
    "on",
    "unconfirmed",
    "final",
    "subject",
    "public",
    "bi-monthly",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "summary",
    "telco",
    "statutory",
    "budget",
    "ag",
    "agm",
];

/// Candidates for the name of the body in a line, each with its strength.
fn bodies(text: &str, span: Span, lexicon: &Lexicon) -> Vec<(Span, i32)> {
    let all = tokens(text, span);
    let mut found = Vec::new();
    let mut at = 0;
    while at < all.len() {
        if !is_body_word(text, &all, at) {
            at += 1;
            continue;
        }
        let start = at;
        let mut end = at + 1;
        while let Some(next) = continues(text, &all, end) {
            end = next;
        }
        let run = &all[start..end];
        at = end;
        let words: Vec<&str> = run.iter().map(|t| t.of(text)).collect();
        let span = run[0].span.join(run[run.len() - 1].span);
        let Some((heads, class)) = head_word(&words, lexicon) else { continue };
        // Under the name of a council, the name of its committee is the body.
        let mut strength = 2 + i32::from(heads > 1) + i32::from(words.len() > 1) + i32::from(class != "formal");
        let before: Vec<String> = all[start.saturating_sub(3)..start].iter().map(|t| fold(t.of(text))).collect();
        if before.ends_with(&["of".into(), "the".into()])
            || before.ends_with(&["of".into()])
            || before.ends_with(&["meeting".into()])
        {
            strength += 2;
        }
        if words.len() == 1 {
            strength -= 2;
        }
        // "Parish Council" names a kind of body and none of them.
        if words.len() == heads {
            strength -= 4;
        }
        found.push((span, strength));
    }
    found
}

/// Number of words of the organisation word in a name, and its class: at its end, or before "of" or "on" within it.
fn head_word(words: &[&str], lexicon: &Lexicon) -> Option<(usize, &'static str)> {
    if let Some((n, word)) = lexicon.organisations.suffix(words) {
        return Some((n, word.class));
    }
    let at = words.iter().position(|w| matches!(fold(w).as_str(), "of" | "on" | "for"))?;
    lexicon.organisations.suffix(&words[..at]).map(|(n, word)| (n, word.class))
}

fn is_body_word(text: &str, all: &[Token], at: usize) -> bool {
    let token = all[at];
    token.is_capital() && !NOT_IN_BODY.contains(&fold(token.of(text)).as_str())
}

/// Where the name of a body goes on after token `end`, if it does.
fn continues(text: &str, all: &[Token], end: usize) -> Option<usize> {
    let token = all.get(end)?;
    if token.shape == Shape::Break {
        return None;
    }
    if is_body_word(text, all, end) && !matches!(fold(token.of(text)).as_str(), "of" | "and" | "for") {
        return Some(end + 1);
    }
    let word = token.of(text);
    let folded = fold(word);
    // "Leicester, Leicestershire and Rutland Board": a comma goes on where a capitalised word and "and" follow.
    let small = matches!(folded.as_str(), "of" | "and" | "for" | "&" | "on" | "in" | "'" | "’");
    let comma = word == ","
        && all[end + 1..].iter().take(4).any(|t| fold(t.of(text)) == "and")
        && all.get(end + 1).is_some_and(|t| t.is_capital());
    if !(small || comma) {
        return None;
    }
    let mut next = end + 1;
    if all.get(next).is_some_and(|t| fold(t.of(text)) == "the") {
        next += 1;
    }
    (all.get(next).is_some_and(|t| t.shape != Shape::Break) && is_body_word(text, all, next)).then_some(next + 1)
}

/// The day of the meeting, before anything else of the document is known.
pub(super) fn date_of_head(document: &Document) -> Option<Date> {
    let head: Vec<Span> = document.lines.iter().take(HEAD).map(|l| l.span).collect();
    date(document, &head).map(|d| d.value)
}

/// The day of the meeting.
fn date(document: &Document, head: &[Span]) -> Option<Stated<Date>> {
    let text = document.text.as_str();
    let mut best: Option<(i32, Stated<Date>)> = None;
    for (row, span) in head.iter().enumerate() {
        for found in dates(text, *span, None) {
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
    let stated = best.map(|(_, d)| d);
    stated.or_else(|| metadata_date(document))
}

/// A date in front matter is the meeting's only where the front matter speaks of a meeting; else it is the day
/// on which a page was published.
fn metadata_date(document: &Document) -> Option<Stated<Date>> {
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
    let key = |k: &str| document.metadata.iter().find(|m| m.key == k);
    let text = document.text.as_str();
    let title = key("title").and_then(|t| dates(text, t.value, None).into_iter().find(|d| d.value.is_day()));
    let of_meeting = document.metadata.iter().any(|m| OF_MEETING.contains(&m.key.as_str()))
        || key("layout").is_some_and(|l| matches!(l.value.of(text), "minutes" | "meeting"));
    title.or_else(|| {
        let value = key("date").filter(|_| of_meeting)?.value;
        dates(text, value, None).into_iter().find(|d| d.value.is_day())
    })
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
    for line in document.lines.iter().take(60) {
        for sentence in sentences(text, line.span) {
            let folded = fold(sentence.of(text));
            let opens = [
                "called to order",
                "meeting commenced",
                "meeting opened",
                "meeting started",
                "opened the meeting",
                "meeting began",
                "called the meeting to order",
                "order at",
            ]
            .iter()
            .any(|w| folded.contains(w));
            if opens && let Some(first) = times(text, sentence).first() {
                return (Some(*first), None);
            }
        }
    }
    (None, None)
}

/// When the meeting ended, and its start where the foot gives both ("2.00 - 3.15 pm").
fn end_time(document: &Document) -> (Option<Stated<Time>>, Option<Stated<Time>>) {
    const ENDS: &[&str] = &[
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
    ];
    let text = document.text.as_str();
    let from = document.lines.len().saturating_sub(FOOT * 3);
    for line in document.lines[from..].iter().rev() {
        if !line.span.of(text).bytes().any(|b| b.is_ascii_digit()) {
            continue;
        }
        for sentence in sentences(text, line.span).into_iter().rev() {
            let folded = fold(sentence.of(text));
            if let Some(at) = ENDS.iter().filter_map(|e| folded.find(e)).min() {
                let found = times(text, sentence);
                // The time after the verb, and not that of the next meeting.
                let _ = at;
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
        let folded = words.to_lowercase();
        for label in ["venue:", "location:", "place:", "held at:", "where:"] {
            // Lower-casing may change lengths; a label at the very start is safe.
            if folded.trim_start().starts_with(label) {
                let start = words.len() - words.trim_start().len() + label.len();
                let found = span.slice(start, words.len()).trim(text);
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

fn is_weekday(word: &str) -> bool {
    matches!(word, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")
}

/// The meetings whose minutes were confirmed.
fn previous(document: &Document, items: &[Item], date: Option<Date>) -> Vec<Stated<Date>> {
    const CONFIRMED: &[&str] = &[
        "confirm",
        "approved",
        "agreed",
        "accepted",
        "adopt",
        "correct record",
        "true record",
        "signed",
        "taken as read",
        "accurate",
        "resolved",
        "carried",
        "passed",
        "accuracy",
        "approve",
        "were correct",
    ];
    let text = document.text.as_str();
    let mut found: Vec<Stated<Date>> = Vec::new();
    let mut add = |stated: Stated<Date>| {
        let earlier = date.is_none_or(|d| stated.value < d);
        if stated.value.is_day() && earlier && !found.iter().any(|f| f.value == stated.value) {
            found.push(stated);
        }
    };
    let year = date.map(|d| d.year);
    for item in items {
        let title = fold(item.title.of(text));
        if !(title.contains("minutes") || title.contains("previous meeting") || title.contains("last meeting"))
            || title.contains("next")
        {
            continue;
        }
        let lines = &document.lines[item.lines.clone()];
        let whole: String = lines.iter().take(8).map(|l| fold(l.span.of(text))).collect::<Vec<_>>().join(" ");
        let titled = dates(text, item.title, year);
        if CONFIRMED.iter().any(|w| whole.contains(w)) || !titled.is_empty() {
            titled.into_iter().for_each(&mut add);
        }
        for line in lines.iter().take(8) {
            for sentence in sentences(text, line.span) {
                let folded = fold(sentence.of(text));
                if folded.contains("meeting")
                    && (folded.contains("minutes") || CONFIRMED.iter().any(|w| folded.contains(w)))
                    && !folded.contains("next meeting")
                {
                    dates(text, sentence, year).into_iter().for_each(&mut add);
                }
            }
        }
    }
    if !found.is_empty() {
        return found;
    }
    for line in &document.lines {
        if memchr::memmem::find(line.span.of(text).as_bytes(), b"inutes").is_none()
            && memchr::memmem::find(line.span.of(text).as_bytes(), b"INUTES").is_none()
        {
            continue;
        }
        for sentence in sentences(text, line.span) {
            let folded = fold(sentence.of(text));
            if folded.contains("minutes")
                && CONFIRMED.iter().any(|w| folded.contains(w))
                && !is_apology(sentence.of(text))
            {
                for stated in dates(text, sentence, year) {
                    let earlier = date.is_none_or(|d| stated.value < d);
                    if stated.value.is_day() && earlier && !found.iter().any(|f| f.value == stated.value) {
                        found.push(stated);
                    }
                }
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}

/// The next meeting that is announced: of the dates that follow the words, the earliest after this meeting.
fn next(document: &Document, items: &[Item], date: Option<Date>, year: Option<u16>) -> Option<Stated<Date>> {
    let text = document.text.as_str();
    let mut found: Vec<Stated<Date>> = Vec::new();
    let mut consider = |span: Span| {
        for mut stated in dates(text, span, year) {
            let Some(date) = date else {
                found.push(stated);
                continue;
            };
            // A date that states no year is the first such day after the meeting.
            let states_year = stated.span.of(text).split(|c: char| !c.is_ascii_digit()).any(|n| n.len() == 4)
                || stated.span.of(text).matches(['/', '.']).count() == 2;
            if !states_year
                && stated.value <= date
                && let Some(later) = Date::day(stated.value.year + 1, stated.value.month, stated.value.day)
            {
                stated.value = later;
            }
            if stated.value > date {
                found.push(stated);
            }
        }
    };
    for item in items {
        let title = fold(item.title.of(text));
        let of_next = title.contains("next meeting")
            || title.contains("future meeting")
            || title.contains("date of next")
            || title.contains("date of meeting")
            || title.contains("dates of")
            || title.contains("forthcoming meeting")
            || title.contains("next board meeting");
        if of_next {
            consider(item.title);
            for line in document.lines[item.lines.clone()].iter().take(6) {
                consider(line.span);
            }
        }
    }
    for line in &document.lines {
        let words = line.span.of(text);
        if memchr::memmem::find(words.as_bytes(), b"ext").is_none()
            && memchr::memmem::find(words.as_bytes(), b"EXT").is_none()
        {
            continue;
        }
        for sentence in sentences(text, line.span) {
            let folded = fold(sentence.of(text));
            let at = [
                "next meeting",
                "date of next",
                "next scheduled meeting",
                "next ordinary meeting",
                "next full",
                "next regular meeting",
                "next board meeting",
                "next parish council meeting",
                "next monthly meeting",
                "next council meeting",
                "next committee meeting",
                "next panel meeting",
            ]
            .iter()
            .any(|w| folded.contains(w));
            if at {
                consider(sentence);
            }
        }
    }
    found.retain(|d| d.value.is_day());
    found.into_iter().min_by_key(|d| (d.value, d.span.start))
}
