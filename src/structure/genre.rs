//! What kind of text a document is: only minutes state attendance.

use std::cell::LazyCell;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::lexicon::fold;
use crate::model::{Block, Document, Genre, Header, Item, Line, Resolution, Status};

/// Words of texts that announce a meeting.
const ANNOUNCES: &[&str] = &[
    "notice is hereby given",
    "you are hereby summoned",
    "summoned to attend",
    "will be held",
    "notice of meeting",
    "requested to attend",
    "invited to attend",
    "agenda for the meeting",
    "to receive apologies",
    "to receive any",
    "to consider",
    "to confirm the minutes",
    "to approve the minutes",
    "to elect",
    "will meet",
    "to note the",
    "please send",
    "will take place",
    "to receive declarations",
    "to agree the",
    "to be confirmed",
    "doors open",
    "all welcome",
    "are warmly invited",
];

/// Words of texts that tell of one.
const TELLS: &[&str] = &[
    "minutes of the meeting held",
    "minutes of a meeting",
    "was held",
    "meeting closed",
    "apologies were",
    "apologies received",
    "apologies had",
    "was noted",
    "were approved",
    "was agreed",
    "were confirmed",
    "thanked",
    "resolved",
    "proposed by",
    "seconded",
    "considered a report",
    "reported",
    "noted that",
    "meeting ended",
    "was asked",
    "were agreed",
    "were accepted",
    "was given",
    "said that",
    "agreed that",
    "discussed",
    "explained",
    "the meeting began",
    "called to order",
    "took the chair",
    "were received",
    "was received",
    "confirmed that",
    "informed",
    "welcomed",
];

/// How many of the words that announce stand in a folded text, and how many of those that tell.
fn signs(words: &str) -> (usize, usize) {
    static SIGNS: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::new(ANNOUNCES.iter().chain(TELLS)).ok());
    let found = SIGNS.iter().flat_map(|signs| signs.find_overlapping_iter(words));
    let found = found.fold(0_u128, |found, sign| found | 1 << sign.pattern().as_u32());
    let announcing = (1 << ANNOUNCES.len()) - 1;
    ((found & announcing).count_ones() as usize, (found & !announcing).count_ones() as usize)
}

/// Tells minutes from what only looks like them.
pub(super) fn genre(
    document: &Document,
    header: &Header,
    attendance: &[Block],
    items: &[Item],
    decisions: &[Resolution],
) -> Genre {
    let text = &document.text;
    // The head decides what it calls itself; the body, whether it tells of what happened.
    let head: String = fold(text.get(..text.char_indices().nth(1500).map_or(text.len(), |(i, _)| i)).unwrap_or(""));
    // Most minutes show what they are by their lists and decisions: the words are counted where those do not tell.
    let words = LazyCell::new(|| {
        signs(&fold(text.get(..text.char_indices().nth(20_000).map_or(text.len(), |(i, _)| i)).unwrap_or("")))
    });
    let (announces, tells) = (|| words.0, || words.1);
    let titled_minutes =
        head.contains("minutes of") || head.contains("minutes") && !head.contains("confirm the minutes");
    // A list of members stands in an agenda too; one of those who came does not.
    let came = |words: &str| ["present", "attend", "apolog", "absent"].iter().any(|w| words.contains(w));
    let present =
        attendance.iter().any(|b| b.status == Status::Present && b.heading.is_none_or(|h| came(&fold(h.of(text)))));
    let is_agenda =
        |l: &Line| matches!(fold(l.body(text).of(text)).trim_end_matches(':'), "agenda" | "notice of meeting");
    let listed_agenda = document.lines.iter().take(12).any(is_agenda);
    // What is announced is not yet told: an agenda has at most its standing phrases in the past tense.
    if !present
        && decisions.is_empty()
        && (announces() > tells() || listed_agenda && tells() < 4)
        && announces() + usize::from(listed_agenda) >= 1
    {
        return Genre::Agenda;
    }
    // A page of who came: a mark for each person.
    let marked = attendance.iter().flat_map(|b| &b.entries).filter(|e| e.status.is_some()).count() >= 2;
    // A list of several who came, under words that say so, is kept of a meeting that took place.
    let several = attendance
        .iter()
        .filter(|b| b.status == Status::Present && b.heading.is_some())
        .any(|b| b.entries.len() > 1 || b.entries.iter().any(|e| e.span.of(text).contains([',', ';'])));
    let meeting = header.date.is_some() || header.body.is_some() || titled_minutes || head.contains("meeting");
    let kept = !decisions.is_empty() || present && (titled_minutes || marked || several);
    let past =
        decisions.len() + usize::from(present) * 2 + usize::from(titled_minutes) + usize::from(!items.is_empty());
    if meeting && (kept || tells() > 0) && (past >= 2 || past + tells() >= 2) { Genre::Minutes } else { Genre::Other }
}
