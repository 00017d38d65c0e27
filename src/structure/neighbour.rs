//! The meetings before and after: whose minutes were confirmed, and which is announced.

use super::heading::is_apology;
use crate::lexicon::fold;
use crate::model::{Date, Document, Item, Span, Stated};
use crate::text::date::dates;
use crate::text::sentence::sentences;

/// The meetings whose minutes were confirmed.
pub(super) fn previous(document: &Document, items: &[Item], date: Option<Date>) -> Vec<Stated<Date>> {
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
pub(super) fn next(document: &Document, items: &[Item], date: Option<Date>, year: Option<u16>) -> Option<Stated<Date>> {
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
