//! What kind of text a document is: only minutes state attendance.

use crate::lexicon::fold;
use crate::model::{Block, Document, Genre, Header, Item, Resolution, Status};

/// Words of texts that announce a meeting.
const ANNOUNCES: &[&str] = &[
    "notice is hereby given",
    "you are hereby summoned",
    "are summoned to attend",
    "will be held",
    "notice of meeting",
    "all members are requested to attend",
    "are invited to attend",
    "agenda for the meeting",
];

/// Words of texts that tell of one.
const TELLS: &[&str] = &[
    "minutes of",
    "minutes",
    "was held",
    "held on",
    "meeting note",
    "notes of",
    "meeting closed",
    "apologies were",
    "apologies received",
    "was noted",
    "were approved",
    "was agreed",
    "were confirmed",
    "thanked",
    "resolved",
    "proposed by",
    "seconded",
    "considered a report",
    "reported that",
    "noted that",
];

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
    let whole = fold(text.get(..text.char_indices().nth(20_000).map_or(text.len(), |(i, _)| i)).unwrap_or(""));
    let announces = ANNOUNCES.iter().filter(|w| head.contains(**w)).count();
    let tells = TELLS.iter().filter(|w| whole.contains(**w)).count();
    let titled_minutes = head.contains("minutes of")
        || head.starts_with("minutes")
        || head.contains("\nminutes")
        || head.contains(" minutes");
    let present = attendance.iter().any(|b| b.status == Status::Present);
    let agenda = head.contains("agenda") || announces > 0;
    let past = decisions.len() + usize::from(present) * 2 + tells;
    if agenda && !titled_minutes && decisions.is_empty() && tells < 3 {
        return if header.date.is_some() || !items.is_empty() { Genre::Agenda } else { Genre::Other };
    }
    if announces > 0 && !present && decisions.is_empty() && tells < 4 {
        return Genre::Agenda;
    }
    let meeting = header.date.is_some() || header.body.is_some() || titled_minutes;
    if meeting && past >= 2 { Genre::Minutes } else { Genre::Other }
}
