//! The name of the body that met: of the names of organisations in the head, the one that stands where bodies stand.

use crate::lexicon::{Lexicon, fold};
use crate::model::{Document, Span};
use crate::text::token::{Shape, Token, tokens};

/// The body that met.
pub(super) fn body(document: &Document, head: &[Span], lexicon: &Lexicon) -> Option<Span> {
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
    best.map(|(_, span)| span).or_else(|| {
        let first = document.lines.iter().take(FIRST_LINES).map(|line| line.span);
        let found: Vec<Span> = first.filter_map(|line| abbreviated(text, line, lexicon)).collect();
        let one = found.iter().all(|span| span.of(text) == found[0].of(text));
        found.first().copied().filter(|_| one)
    })
}

/// Letters of a body are looked for in so many lines, the heading of the attendance list included.
const FIRST_LINES: usize = 14;

/// A body under the letters by which everybody, or the document itself, knows it: "Minutes of the 27th ODUG meeting",
/// "ODUG Attendees".
fn abbreviated(text: &str, line: Span, lexicon: &Lexicon) -> Option<Span> {
    let all = tokens(text, line);
    // Where the line is in capitals, any word looks like letters.
    if !line.of(text).chars().any(char::is_lowercase) {
        return None;
    }
    let found = all.windows(2).find(|pair| {
        let letters = pair[0].of(text);
        let meets = matches!(fold(pair[1].of(text)).as_str(), "meeting" | "meetings" | "minutes" | "attendees");
        let short = (3..=8).contains(&letters.len()) && letters.bytes().all(|c| c.is_ascii_uppercase());
        meets && short && (lexicon.known_short(letters).is_some() || text.contains(&format!("({letters})")))
    })?;
    Some(found[0].span)
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
        if !is_body_word(text, &all, at) && !is_public_body(text, &all, at, lexicon) {
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

/// Whether "Public" begins the name of a body ("Public Accounts Committee") and is no word for who may come
/// ("Public Meeting", "Public Board Meeting").
fn is_public_body(text: &str, all: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    is_public(text, all, at)
        && all.get(at + 1).is_some_and(|next| lexicon.organisations.get_folded(&fold(next.of(text))).is_none())
}

/// Whether a word is "Public", and a word of a name follows.
fn is_public(text: &str, all: &[Token], at: usize) -> bool {
    let named = |next: usize| all.get(next).is_some_and(|t| t.shape != Shape::Break) && is_body_word(text, all, next);
    all[at].is_capital() && fold(all[at].of(text)) == "public" && named(at + 1)
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
    if is_public(text, all, end) {
        return Some(end + 1);
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
