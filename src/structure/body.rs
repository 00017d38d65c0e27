//! The name of the body that met: of the names of organisations in the head, the one that stands where bodies stand.

use super::front;
use super::title::reads_as_sentence;
use crate::lexicon::{Lexicon, fold};
use crate::model::{Document, Span};
use crate::text::date::dates;
use crate::text::token::{Shape, Token, tokens};

/// The body that met.
pub(super) fn body(document: &Document, head: &[Span], lexicon: &Lexicon) -> Option<Span> {
    let text = document.text.as_str();
    if let Some(named) = front::body(document) {
        return Some(named);
    }
    let mut best: Option<(i32, Span)> = None;
    let titles =
        document.metadata.iter().filter(|m| matches!(m.key.as_str(), "title" | "name" | "group")).map(|m| m.value);
    let next = |line: Span| head.iter().copied().find(|other| head.contains(&line) && other.start >= line.end);
    for (row, line) in titles.chain(head.iter().copied()).enumerate() {
        let broken = next(line).map(|next| broken(text, line, next, lexicon)).unwrap_or_default();
        for (span, strength) in bodies(text, line, lexicon).into_iter().chain(broken) {
            let score = strength * 10 - row as i32;
            if best.is_none_or(|(s, b)| score > s || (score == s && span.len() > b.len())) {
                best = Some((score, span));
            }
        }
    }
    best.map(|(_, span)| span).or_else(|| whose_attendees(document))
}

/// Names that go on in the next paragraph: "MEETING OF ELLMOOR", "CITY AND COUNTY COUNCIL HELD IN …". What stands in
/// the first is no name by itself.
fn broken(text: &str, line: Span, next: Span, lexicon: &Lexicon) -> Vec<(Span, i32)> {
    let mut found = bodies(text, line.join(next), lexicon);
    found.retain(|(span, _)| {
        let first = Span::new(span.start as usize, (line.end as usize).max(span.start as usize));
        let words: Vec<&str> = tokens(text, first).iter().map(|t| t.of(text)).collect();
        let before = fold(text.get(line.start as usize..span.start as usize).unwrap_or_default());
        let of = before.trim_end().ends_with(" of") || before.trim_end().ends_with(" of the");
        span.start < line.end && span.end > next.start && of && head_word(&words, lexicon).is_none()
    });
    found
}

/// The letters of a body over its list: "EHB Attendees", where no other letters stand so at the top.
fn whose_attendees(document: &Document) -> Option<Span> {
    const TOP: usize = 14;
    let text = document.text.as_str();
    let mut found: Vec<Span> = Vec::new();
    for line in document.lines.iter().take(TOP) {
        let all = tokens(text, line.span);
        let pairs = all.windows(2).filter(|pair| fold(pair[1].of(text)) == "attendees");
        found.extend(pairs.filter(|pair| is_abbreviation(pair[0].of(text))).map(|pair| pair[0].span));
    }
    found.first().copied().filter(|first| found.iter().all(|span| span.of(text) == first.of(text)))
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
    "actions",
    "agenda",
    "unapproved",
    "approved",
    "confirmed",
    "ordinary",
    "extraordinary",
    "monthly",
    "annual",
    "regular",
    "adjourned",
    "quarterly",
    "inaugural",
    "the",
    "a",
    "an",
    "at",
    "on",
    "unconfirmed",
    "final",
    "subject",
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
    "telco",
    "statutory",
    "ag",
    "agm",
    "spring",
    "summer",
    "autumn",
    "winter",
    "and",
    "of",
    "for",
    "in",
    "see",
    "next",
];

/// Words that belong to the kind of meeting, and to the name within it or before these: "Special Meeting", "Special
/// Interest Group"; "Public Session", "Ellmoor Public Art Panel", "Public Health Board".
const EITHER: &[(&str, &[&str])] = &[
    ("special", &["interest", "educational", "education", "needs", "projects"]),
    (
        "public",
        &[
            "health",
            "service",
            "services",
            "protection",
            "safety",
            "accounts",
            "rights",
            "data",
            "works",
            "transport",
            "utilities",
            "art",
            "realm",
            "spaces",
            "engagement",
        ],
    ),
    ("action", &["group", "plan", "team", "committee"]),
    ("budget", &["committee", "group", "working", "and", "panel", "scrutiny", "sub-committee"]),
    ("first", &["nations", "aid", "responders"]),
    ("second", &[]),
    ("third", &["sector"]),
    ("summary", &[]),
];

/// What a kind of meeting is called.
const MEETINGS: &[&str] =
    &["meeting", "meetings", "session", "minutes", "minute", "notes", "note", "hearing", "forum", "log", "points"];

/// Candidates for the name of the body in a line, each with its strength.
fn bodies(text: &str, span: Span, lexicon: &Lexicon) -> Vec<(Span, i32)> {
    // A line that says where is no line that says who.
    let line = span.of(text);
    let folded = fold(line);
    const OTHERWISE: &[&str] =
        &["venue", "location", "place:", "address", "held at", "held in", "contact", "telephone", "email", "enquiries"];
    if OTHERWISE.iter().any(|w| folded.starts_with(w)) {
        return Vec::new();
    }
    let sentence = reads_as_sentence(text, span);
    let line_end = span.end;
    let mut all = tokens(text, span);
    // A wrapped title is one line.
    all.retain(|t| !(t.shape == Shape::Break && t.is(text, "\n")));
    let mut found = Vec::new();
    let mut at = 0;
    while at < all.len() {
        if !is_body_word(text, &all, at) || !starts(text, &all, at) {
            at += 1;
            continue;
        }
        let start = at;
        let mut end = at + 1;
        while let Some(next) = continues(text, &all, end) {
            end = next;
        }
        at = end;
        // "Ledger 3 Working Group drafting telco": what follows the word for a body is no part of its name.
        let whole = head_word(&words_of(text, &all[start..end]), lexicon).is_some();
        let named = (end.saturating_sub(2).max(start + 1)..end)
            .rev()
            .filter(|_| !whole && !sentence)
            .find(|e| lexicon.organisations.suffix(&words_of(text, &all[start..*e])).is_some());
        let end = named.unwrap_or(end);
        let run = &all[start..end];
        let words = words_of(text, run);
        let span = run[0].span.join(run[run.len() - 1].span);
        let Some((heads, class)) = head_word(&words, lexicon) else {
            found.extend(abbreviated(text, &all, start, end));
            continue;
        };
        // Under the name of a council, the name of its committee is the body.
        let mut strength = 2 + i32::from(heads > 1) + i32::from(words.len() > 1) + i32::from(class != "formal");
        let before: Vec<String> = all[start.saturating_sub(3)..start].iter().map(|t| fold(t.of(text))).collect();
        // "… held in the Radley Conference Centre": where it met.
        let bare = before.strip_suffix(&["the".into()]).unwrap_or(&before);
        if bare.ends_with(&["at".into()]) || bare.ends_with(&["in".into()]) || bare.ends_with(&["via".into()]) {
            continue;
        }
        if before.ends_with(&["of".into(), "the".into()])
            || before.ends_with(&["of".into()])
            || before.ends_with(&["meeting".into()])
        {
            strength += 2;
        }
        // "Held at the Hall, Radley University": so is what follows.
        let held = all[..start]
            .windows(2)
            .any(|w| fold(w[0].of(text)) == "held" && matches!(fold(w[1].of(text)).as_str(), "at" | "in" | "via"));
        if held {
            strength -= 4;
        }
        if words.len() == 1 {
            strength -= 2;
        }
        // "Education Centre, Marl Hospital": a place.
        if lexicon.venues.suffix(&words).is_some() {
            strength -= 3;
        }
        // "EMRA Committee" beside "Ellmoor Residents' Association": the long name says more.
        if words.len() == heads + 1 && is_abbreviation(words[0]) && line.chars().any(char::is_lowercase) {
            strength -= 3;
        }
        // "Parish Council" names a kind of body and none of them, but where it has the line to itself with the day:
        // "Cabinet - Monday, 14th March, 2022".
        let is_dated =
            all[..start].iter().all(|t| matches!(fold(t.of(text)).as_str(), "•" | "-" | "meeting" | "of" | "the"))
                && dates(text, Span { start: span.end, end: line_end }, None).first().is_some_and(|day| {
                    let between = text.get(span.end as usize..day.span.start as usize).unwrap_or_default();
                    between.split(|c: char| !c.is_alphabetic()).all(|w| w.is_empty() || fold(w).ends_with("day"))
                });
        if is_dated {
            strength += 4;
        } else if words.len() == heads {
            strength -= 4;
        }
        found.push((span, strength));
    }
    found
}

fn words_of<'t>(text: &'t str, run: &[Token]) -> Vec<&'t str> {
    run.iter().map(|t| t.of(text)).collect()
}

/// A body that the head names by its initials alone: "Minutes of the 27th EHB meeting".
fn abbreviated(text: &str, all: &[Token], start: usize, end: usize) -> Option<(Span, i32)> {
    const NO_BODIES: &[&str] =
        &["AGM", "EGM", "SGM", "DRAFT", "MS", "GMT", "BST", "UTC", "FINAL", "NHS", "IRC", "PDF", "AOB"];
    let token = all.get(start).filter(|_| end == start + 1)?;
    let meets = all.get(end).is_some_and(|t| matches!(t.of(text), "meeting" | "Meeting" | "minutes" | "Minutes"));
    (meets && is_abbreviation(token.of(text)) && !NO_BODIES.contains(&token.of(text))).then_some((token.span, -3))
}

fn is_abbreviation(word: &str) -> bool {
    (3..=6).contains(&word.len()) && word.chars().all(char::is_uppercase)
}

/// Number of words of the organisation word in a name, and its class: at its end, or before "of" or "on" within it.
fn head_word(words: &[&str], lexicon: &Lexicon) -> Option<(usize, &'static str)> {
    if let Some((n, word)) = lexicon.organisations.suffix(words) {
        return Some((n, word.class));
    }
    let at = words.iter().position(|w| matches!(fold(w).as_str(), "of" | "on" | "for"))?;
    let before = lexicon.organisations.suffix(&words[..at]).or_else(|| lexicon.organisations.suffix(&words[..=at]));
    before.map(|(n, word)| (n, word.class))
}

fn is_body_word(text: &str, all: &[Token], at: usize) -> bool {
    let token = all[at];
    let folded = fold(token.of(text));
    let kind = EITHER.iter().any(|(w, _)| *w == folded)
        && all.get(at + 1).is_none_or(|t| MEETINGS.contains(&fold(t.of(text)).as_str()));
    token.is_capital() && !kind && !NOT_IN_BODY.contains(&folded.as_str())
}

/// Whether the name of a body may start here: not with a word of the kind of meeting.
fn starts(text: &str, all: &[Token], at: usize) -> bool {
    let folded = fold(all[at].of(text));
    let next = all.get(at + 1).map(|t| fold(t.of(text))).unwrap_or_default();
    EITHER.iter().find(|(w, _)| *w == folded).is_none_or(|(_, before)| before.contains(&next.as_str()))
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
    // "Ledger 3 Working Group": a number within a name.
    if token.shape == Shape::Number
        && word.len() <= 2
        && all.get(end + 1).is_some_and(|_| is_body_word(text, all, end + 1))
    {
        return Some(end + 2);
    }
    // "Leicester, Leicestershire and Rutland Board": a comma goes on where a capitalised word and "and" follow.
    let small = matches!(folded.as_str(), "of" | "and" | "for" | "&" | "on" | "in" | "'" | "’");
    let comma = word == ","
        && all[end + 1..].iter().take(4).any(|t| matches!(fold(t.of(text)).as_str(), "and" | "&"))
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
