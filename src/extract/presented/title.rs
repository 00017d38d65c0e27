//! Who presents an item by its title: "Harbour dues (Tom Rowe, Harbour Master)", "Harbour dues – Tom Rowe".
//!
//! In: titles of items with people in them. Out: who stands at the end, set apart from the subject. A title about
//! somebody ("Resignation (Cllr Rowe)", "Election of Chair – Tom Rowe") says nothing of the kind.

use super::is_title;
use crate::extract::Draft;
use crate::extract::clause::{Clause, Sign, names_somebody};
use crate::lexicon::fold;
use crate::model::{Item, Nature, Span};

/// Longest title that is read, in bytes.
const LONGEST: usize = 240;

/// Most people who present one item by its title; more are a list of another kind.
const MOST: usize = 3;

/// How the title of a councillor starts.
const COUNCILLOR: [&str; 2] = ["cllr", "councillor"];

/// What a title is about when the person in it is its subject.
const ABOUT_PEOPLE: &[&str] = &[
    "absence",
    "agenda",
    "apolog",
    "application",
    "appoint",
    "attend",
    "co-opt",
    "communication",
    "condolence",
    "congratulat",
    "correspondence from",
    "death",
    "declaration",
    "elect",
    "email",
    "e-mail",
    "interest",
    "leave",
    "letter",
    "motion",
    "nominat",
    "oath",
    "present",
    "proposed",
    "request",
    "resign",
    "retire",
    "seconded",
    "sympathy",
    "thank",
    "vacan",
    "vote",
    "welcome",
];

/// The people at the end of an item's title, and the words in which they stand.
pub(super) fn presenters(draft: &Draft<'_>, item: &Item) -> Vec<(Sign, Span)> {
    let text = draft.text();
    let Some(line) = draft.document.lines.get(item.lines.start) else { return Vec::new() };
    let span = Span { start: item.title.start, end: line.span.end.max(item.title.end) };
    if span.len() > LONGEST || !names_somebody(draft, span) {
        return Vec::new();
    }
    if heads_people(draft, item) {
        return Vec::new();
    }
    let clause = Clause::new(draft, span);
    let words = clause.words.trim_end_matches([' ', '.', ':', '-', '–']);
    let Some((subject, start)) = parted(words) else { return Vec::new() };
    let folded = fold(subject);
    let opens = |word: &str| folded.starts_with(word) || folded.contains(&format!(" {word}"));
    let about = ABOUT_PEOPLE.iter().any(|word| opens(word));
    if about && !opens("presentation") || !subject.contains(char::is_alphabetic) {
        return Vec::new();
    }
    // "Tree Warden – Cllr Rowe" is a post and its holder.
    let parts: Vec<&str> = subject.split_whitespace().collect();
    if draft.lexicon.roles.suffix(&parts).is_some_and(|(count, role)| role.head && count == parts.len()) {
        return Vec::new();
    }
    // Who stands there has the words to himself, but for post and organisation.
    let leads = clause.signs.iter().any(|sign| sign.at == start);
    if !leads || !is_title(&words[start..]) {
        return Vec::new();
    }
    let mut people = clause.people_in(draft, start..words.len());
    people.retain(|sign| sign.nature != Nature::Description);
    // "Potholes (Cllr Rowe)": the member at whose wish it is on the agenda.
    let asked = |sign: &Sign| {
        sign.nature == Nature::Short && COUNCILLOR.iter().any(|word| fold(sign.span.of(text)).starts_with(word))
    };
    if people.len() > MOST || words.ends_with(')') && people.iter().any(asked) {
        return Vec::new();
    }
    people.into_iter().map(|sign| (sign, span.trim(text))).collect()
}

/// Whether an item without any text stands below one that elects or appoints: "Playing field – Cllr Rowe" is his charge.
fn heads_people(draft: &Draft<'_>, item: &Item) -> bool {
    /// How far above its list such a heading stands.
    const FAR: usize = 10;
    let text = draft.text();
    let at = draft.minutes.items.partition_point(|i| i.lines.start < item.lines.start);
    let bare = |i: &Item| i.span.end.saturating_sub(i.title.end) < 8;
    let above = draft.minutes.items[at.saturating_sub(FAR)..at].iter().rev().find(|i| !bare(i));
    bare(item)
        && above.is_some_and(|i| {
            let title = fold(i.title.of(text));
            ["elect", "appoint", "representative", "nominat"].iter().any(|w| title.contains(w))
        })
}

/// The subject of a title, and where what is set apart behind it starts.
fn parted(words: &str) -> Option<(&str, usize)> {
    if words.ends_with(')') {
        let open = words.rfind('(')?;
        return Some((&words[..open], open + 1));
    }
    let dash = |mark: &str| words.rfind(mark).map(|at| (at, at + mark.len()));
    let (at, end) = [" – ", " - ", " — "].into_iter().filter_map(dash).max()?;
    Some((&words[..at], end))
}
