//! Two columns that were run together: the headings of both, then one list. In: the two headings and the list. Out:
//! the people of the first column, those of the second, and those of whom it is not said.
//!
//! ```text
//! columns = heading heading { entry } { sub-heading { entry } } { entry }
//! ```
//!
//! Columns are read one after the other, so one place parts the list. It stands after everybody who was surely there
//! (who took the chair, came as a deputy, kept the minutes, or does something in the text below), and before everybody
//! whose deputy for the same organisation stands above. A group under an organisation of its own, whose people name none,
//! ends where people name theirs again. Where the signs contradict each other nothing is said.

use super::heading::Lead;
use crate::lexicon::{Lexicon, fold};
use crate::model::{Block, Document, Entry, Form, Span, Status};
use crate::text::name::{Context, Name, name_at};
use crate::text::token::tokens;

/// One entry of the list.
struct Listed<'t> {
    entry: Entry,
    /// Heading within the list under which it stands, and the organisation that this names.
    group: Option<Span>,
    organisation: Option<Span>,
    name: Option<Name>,
    /// What stands beside the name, folded, part by part.
    parts: Vec<(&'t str, String)>,
}

/// Parts a list under two headings; what cannot be told is given as spans.
pub(super) fn apart(
    document: &Document,
    (first, second): (Lead, Lead),
    list: Vec<Block>,
    after: usize,
    lexicon: &Lexicon,
) -> (Vec<Block>, Vec<Span>) {
    let text = document.text.as_str();
    let entries: Vec<Listed<'_>> = list
        .into_iter()
        .flat_map(|block| {
            let group = block.heading.filter(|_| block.organisation.is_some());
            let organisation = block.organisation;
            block.entries.into_iter().map(move |entry| (entry, group, organisation))
        })
        .map(|(entry, group, organisation)| {
            let (name, parts) = described(text, entry.span, lexicon);
            Listed { entry, group, organisation, name, parts }
        })
        .collect();
    let below = document.lines.get(after).map_or("", |l| text.get(l.span.start as usize..).unwrap_or(""));
    let sure = entries.iter().rposition(|e| is_there(e, text, below, lexicon)).map_or(0, |i| i + 1);
    let away = (0..entries.len()).find(|i| is_replaced(&entries, *i));
    let group_ends = group_end(&entries, lexicon);
    let (present, others) = match (group_ends, away) {
        _ if first.says.status != Status::Present || sure == 0 => (0, entries.len()),
        (Some(end), away) if sure <= end && away.is_none_or(|a| end <= a) => (end, end),
        (None, Some(away)) if sure <= away => (sure, away),
        (None, None) => (sure, entries.len()),
        _ => (0, entries.len()),
    };
    let mut blocks: Vec<Block> = Vec::new();
    let mut unclear = Vec::new();
    for (i, listed) in entries.into_iter().enumerate() {
        if i >= present && i < others {
            unclear.push(listed.entry.span);
            continue;
        }
        let lead = if i < present { first } else { second };
        let organisation = listed.organisation.filter(|_| i < present);
        let heading = listed.group.filter(|_| i < present).unwrap_or(lead.span);
        match blocks.last_mut().filter(|b| b.heading == Some(heading)) {
            Some(block) => block.entries.push(listed.entry),
            None => blocks.push(Block {
                heading: Some(heading),
                status: lead.says.status,
                capacity: lead.says.capacity,
                chair: false,
                organisation,
                form: Form::List,
                entries: vec![listed.entry],
                item: None,
            }),
        }
    }
    (blocks, unclear)
}

/// The name of an entry, and the parts of what stands beside it.
fn described<'t>(text: &'t str, entry: Span, lexicon: &Lexicon) -> (Option<Name>, Vec<(&'t str, String)>) {
    let all = tokens(text, entry);
    let Some(name) = name_at(text, &all, 0, Context::List, lexicon) else { return (None, Vec::new()) };
    let rest = Span { start: name.span.end.min(entry.end), end: entry.end };
    let parts = rest
        .of(text)
        .split([',', '(', ')', '\t', ';'])
        .map(|p| p.trim().trim_end_matches('.'))
        .filter(|p| !p.is_empty())
        .map(|p| (p, fold(p)))
        .collect();
    (Some(name), parts)
}

/// Whether an entry says that somebody stands in for another.
fn is_deputy(listed: &Listed<'_>) -> bool {
    listed.parts.iter().any(|(_, folded)| matches!(folded.as_str(), "deputy" | "substitute" | "alternate" | "sub"))
}

/// Whether somebody was surely there: by what stands beside the name, or by what the text below tells.
fn is_there(listed: &Listed<'_>, text: &str, below: &str, lexicon: &Lexicon) -> bool {
    const DID: &[&str] = &[
        "welcomed",
        "thanked",
        "gave",
        "outlined",
        "presented",
        "introduced",
        "explained",
        "updated",
        "reported",
        "asked",
        "noted",
        "stated",
        "said",
        "advised",
        "informed",
        "suggested",
        "opened",
        "chaired",
        "summarised",
        "raised",
        "provided",
        "commented",
        "confirmed",
        "described",
        "highlighted",
        "led",
    ];
    let office = listed.parts.iter().any(|(_, folded)| {
        lexicon
            .roles
            .get_folded(folded)
            .is_some_and(|r| matches!(r.class, "chair" | "vice-chair" | "clerical") && r.head)
            || folded.starts_with("acting chair")
    });
    if office || is_deputy(listed) {
        return true;
    }
    let Some(name) = listed.name.as_ref().filter(|n| n.is_full()) else { return false };
    let bare = name.bare().of(text);
    memchr::memmem::find_iter(below.as_bytes(), bare.as_bytes()).any(|at| {
        let rest = below.get(at + bare.len()..).unwrap_or("");
        let verb = rest.strip_prefix(' ').and_then(|r| r.split(|c: char| !c.is_alphabetic()).next());
        verb.is_some_and(|v| DID.contains(&v))
    })
}

/// Whether a deputy for the same organisation stands above.
fn is_replaced(entries: &[Listed<'_>], at: usize) -> bool {
    let own = &entries[at];
    !is_deputy(own)
        && own.parts.last().is_some_and(|(_, organisation)| {
            entries[..at].iter().any(|e| is_deputy(e) && e.parts.iter().any(|(_, part)| part == organisation))
        })
}

/// Where a group under an organisation ends though no heading says so: at the first of its people who names one.
fn group_end(entries: &[Listed<'_>], lexicon: &Lexicon) -> Option<usize> {
    let start = entries.iter().position(|e| e.group.is_some())?;
    let group = entries[start].group;
    let names_one = |listed: &Listed<'_>| {
        listed.parts.iter().any(|(part, _)| {
            let words: Vec<&str> = part.split_whitespace().collect();
            lexicon.known_organisations.get(part).is_some()
                || lexicon.known_short(part).is_some()
                || lexicon.organisations.suffix(&words).is_some_and(|(n, _)| n < words.len())
        })
    };
    let end = (start..entries.len()).find(|i| entries[*i].group != group || names_one(&entries[*i]))?;
    (end > start && entries[end].group == group).then_some(end)
}
