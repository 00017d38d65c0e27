//! What a line of a list of people looks like: whether it lists anybody, goes on from the line above, has a label, or is
//! the title of a column. In: lines and the vocabulary. Out: yes or no, or a span. Never reads who is in it.

use super::attendance::{starts_with_name, starts_with_title};
use super::heading::is_apology;
use crate::lexicon::{Lexicon, fold};
use crate::model::{Line, Span};
use crate::text::token::{Shape, tokens};

/// Whether a line lists people: it starts with a name or a role, and does not read as a sentence.
pub(super) fn is_listing(text: &str, line: &Line, lexicon: &Lexicon) -> bool {
    let body = line.body(text);
    if line.cells.len() > 1 {
        return true;
    }
    let all = tokens(text, body);
    let words = all.iter().filter(|t| t.is_word()).count();
    if words == 0 || words > 400 {
        return false;
    }
    // Lower-case words that sentences have and entries have not.
    let plain = all
        .iter()
        .filter(|t| t.shape == Shape::Lower && !IN_ENTRIES.contains(&t.of(text)))
        .filter(|t| lexicon.roles.get(t.of(text)).is_none())
        .count();
    let verbs = all.iter().filter(|t| t.shape == Shape::Lower && VERBS.contains(&t.of(text))).count();
    if verbs > 0 && words > 4 && !is_apology(body.of(text)) {
        return false;
    }
    if plain * 10 > words * 4 {
        return false;
    }
    let first = all.iter().find(|t| t.is_word() || t.shape == Shape::Number);
    first.is_some_and(|t| {
        t.is_capital()
            || t.shape == Shape::Number
            || lexicon.honorifics.get(t.of(text)).is_some()
            // "for Marl Water: Ada Fenn": those of an organisation.
            || matches!(t.of(text), "for" | "from") && body.of(text).contains(':')
    })
}

/// Small words that stand in entries.
const IN_ENTRIES: &[&str] = &[
    "of",
    "the",
    "and",
    "for",
    "to",
    "in",
    "from",
    "on",
    "behalf",
    "de",
    "la",
    "van",
    "von",
    "der",
    "representing",
    "rep",
    "substitute",
    "substituting",
    "minutes",
    "part",
    "item",
    "items",
    "until",
    "arrived",
    "left",
    "via",
    "remotely",
    "online",
    "by",
    "phone",
    "members",
    "member",
    "public",
    "at",
    "chair",
    "not",
    "with",
    "plus",
    "also",
    "others",
    "press",
    "none",
];

/// Verbs of sentences that follow a list and are no part of it.
const VERBS: &[&str] = &[
    "welcomed",
    "opened",
    "was",
    "were",
    "is",
    "are",
    "had",
    "has",
    "have",
    "would",
    "will",
    "thanked",
    "noted",
    "reported",
    "called",
    "declared",
    "stated",
    "explained",
    "agreed",
    "resolved",
    "be",
    "been",
    "informed",
    "said",
    "asked",
    "made",
    "considered",
    "discussed",
    "received",
    "proposed",
    "seconded",
    "began",
    "led",
    "introduced",
    "provided",
    "gave",
    "presented",
    "updated",
    "took",
    "requested",
    "advised",
    "confirmed",
    "apologised",
    "spoke",
    "outlined",
    "highlighted",
    "announced",
    "commented",
    "raised",
];

/// The organisation that the first cell of a row names for the people in the second: "Marl Council:<tab>Cllrs Fenn and Rowe".
pub(super) fn labelled(text: &str, line: &Line, lexicon: &Lexicon) -> Option<Span> {
    let [first, second, ..] = line.cells[..] else { return None };
    let words = first.of(text).trim();
    if !words.ends_with(':') {
        return None;
    }
    let name = first.slice(0, words.len()).trim(text);
    let name = name.slice(0, name.of(text).trim_end_matches(':').trim_end().len());
    let parts: Vec<&str> = name.of(text).split_whitespace().collect();
    let organisation = lexicon.organisations.suffix(&parts).is_some()
        || lexicon.known_organisations.get(name.of(text)).is_some()
        || lexicon.organisations.within(&parts).is_some();
    (organisation && starts_with_name(text, second, lexicon) && !starts_with_name(text, first, lexicon)).then_some(name)
}

/// Whether a run goes on from one line into the next within a phrase: "…, Mr Jim Hale General" / "Council Assessor, …".
pub(super) fn goes_on(text: &str, lines: &[Line], next: usize, lexicon: &Lexicon) -> bool {
    const FULL: usize = 50;
    let (above, line) = (lines[next - 1].span.of(text).trim_end(), &lines[next]);
    let run = above.len() >= FULL && above.matches(',').count() > 1 && line.span.of(text).contains([',', '(', '.']);
    let open = !above.ends_with([',', ';', '.', ':']) && !line.gap && line.cells.len() < 2 && line.marker.is_none();
    if !(run && open) {
        return false;
    }
    // What goes on is the end of a post ("Council Assessor, …"): a line that starts with anything else may be of one more.
    let body = line.body(text);
    let segment = body.of(text).split([',', '(']).next().unwrap_or_default();
    let words: Vec<&str> = segment.split_whitespace().collect();
    let ends_post = words.len() <= 4 && lexicon.roles.suffix(&words).is_some_and(|(_, role)| role.head);
    ends_post && !starts_with_title(text, body, lexicon) && !starts_with_name(text, body, lexicon)
}

/// Whether the rest of a heading's line is the title of the next column: "Staff in attendance<tab>Role".
pub(super) fn is_column_title(words: &str) -> bool {
    const TITLES: &[&str] = &[
        "role",
        "title",
        "job title",
        "position",
        "post",
        "organisation",
        "organization",
        "name",
        "representing",
        "designation",
        "capacity",
        "initials",
    ];
    TITLES.contains(&fold(words).as_str())
}
