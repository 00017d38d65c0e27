//! A meeting: who came, what was dealt with and decided, and the minutes themselves with every fact marked in the text.
//! In: an identifier. Out: a page.

use std::collections::BTreeMap;

use maud::html;

use super::page::{Block, Cell, Page, Row, Table, href, place};
use super::store::{Of, Store};
use super::topic;
use super::{Asked, document};
use crate::model::table::{AttendanceRow, MeetingRow, RelationRow};
use crate::query::name::joined;

pub(super) fn page(store: &Store, address: &str, _: &Asked<'_>) -> Option<Page> {
    let entity = store.entity(address).filter(|entity| entity.kind == "meeting")?;
    let mut page = topic::begin(entity, "Meeting");
    page.facts.clear();
    page.subjects.push(format!("{}/", entity.id));
    let rows: Vec<&MeetingRow> = store.of(store.meetings(), Of::MeetingsOfMeeting, &entity.id).collect();
    let Some(row) = rows.first() else {
        page.fact("Minutes", "none in this build: the meeting is named by the minutes of another");
        topic::mentions(store, entity, &mut page);
        return Some(page);
    };
    if !row.body_name.is_empty() {
        page.title = format!(
            "{}, {}",
            row.body_name,
            if row.date.is_empty() { "undated".to_owned() } else { super::html::day(&row.date) }
        );
    }
    facts(store, &rows, &mut page);
    attendance(store, &entity.id, &mut page);
    business(store, &entity.id, &mut page);
    actions(store, &entity.id, &mut page);
    votes(store, &entity.id, &mut page);
    minutes(store, &rows, &mut page);
    page.linked_data = serde_json::json!({
        "@context": "https://schema.org", "@type": "Event", "identifier": entity.id, "name": page.title,
        "startDate": row.date, "location": { "@type": "Place", "name": row.venue },
        "organizer": { "@type": "Organization", "name": row.body_name },
        "attendee": store.of(store.attendance(), Of::AttendanceOfMeeting, &entity.id).filter(|row| row.status == "present")
            .map(|row| serde_json::json!({ "@type": "Person", "name": row.person_name })).collect::<Vec<_>>(),
    });
    Some(page)
}

fn facts(store: &Store, rows: &[&MeetingRow], page: &mut Page) {
    let row = rows[0];
    page.fact("Body", Cell::link(&row.body_name, &row.body));
    page.fact("Date", Cell::date(&row.date));
    let time = [row.start_time.as_str(), row.end_time.as_str()]
        .into_iter()
        .filter(|time| !time.is_empty())
        .collect::<Vec<_>>();
    page.fact("Time", time.join(" to "));
    page.fact("Venue", &row.venue);
    page.fact("Chair", Cell::parts(joined(&row.chair_name).zip(joined(&row.chair))));
    let sittings = store.sittings(&row.body);
    let at = sittings.iter().position(|sitting| sitting.meeting == row.meeting);
    let beside = |at: Option<usize>| {
        at.and_then(|at| sittings.get(at)).map(|sitting| Cell::dated(&sitting.date, &sitting.meeting))
    };
    page.fact("Before it", beside(at.and_then(|at| at.checked_sub(1))).unwrap_or_default());
    page.fact("After it", beside(at.map(|at| at + 1)).unwrap_or_default());
    page.fact("Minutes", Cell::parts(rows.iter().map(|row| (row.document.as_str(), store.document(&row.document)))));
}

/// Those present first, then apologies, then absent.
fn attendance(store: &Store, id: &str, page: &mut Page) {
    let rank = |row: &&AttendanceRow| match row.status.as_str() {
        "present" => 0,
        "apologies" => 1,
        _ => 2,
    };
    let mut rows: Vec<&AttendanceRow> = store.of(store.attendance(), Of::AttendanceOfMeeting, id).collect();
    rows.sort_by_key(|row| (rank(row), row.chair != "1", row.document.as_str(), row.start.parse::<u32>().unwrap_or(0)));
    let count = |status: &str| {
        rows.iter()
            .filter(|row| row.status == status)
            .map(|row| &row.person)
            .collect::<std::collections::BTreeSet<_>>()
            .len()
    };
    let counts = [("present", count("present")), ("apologies", count("apologies")), ("absent", count("absent"))];
    let note: Vec<String> =
        counts.iter().filter(|(_, count)| *count > 0).map(|(status, count)| format!("{count} {status}")).collect();
    let row = |row: &&AttendanceRow| {
        let times = [("came", &row.arrived), ("left", &row.left)];
        let times = times.iter().filter(|(_, time)| !time.is_empty()).map(|(what, time)| format!("{what} {time}"));
        let remote = (row.remote == "1").then(|| "from afar".to_owned());
        let chair = (row.chair == "1").then(|| "in the chair".to_owned());
        Row::new([
            Cell::link(&row.person_name, &row.person),
            Cell::badge(&row.status),
            Cell::from(&row.capacity),
            Cell::from(&row.role),
            Cell::parts(joined(&row.organisation_name).zip(joined(&row.organisation))),
            Cell::from(&row.substitute_for),
            Cell::from(chair.into_iter().chain(times).chain(remote).collect::<Vec<_>>().join(", ")),
        ])
        .with_words(store.words(&row.document, &row.start, &row.end))
    };
    let columns = &["person", "status", "capacity", "role", "for", "in_place_of", "note"];
    let table = Table { name: "attendance", columns, rows: rows.iter().map(row).collect(), ..Table::default() };
    let note = if table.rows.is_empty() {
        "No list is recorded in these minutes; that says nothing of who came.".to_owned()
    } else {
        format!("{}.", note.join(", "))
    };
    page.section("attendance", "Attendance", &note, vec![Block::Table(table)]);
}

/// The place of a part of the meeting within its page.
fn anchor(id: &str) -> Option<String> {
    Some(place(id).1.to_owned()).filter(|place| !place.is_empty())
}

fn business(store: &Store, id: &str, page: &mut Page) {
    let relations: Vec<&RelationRow> = store.of(store.relations(), Of::RelationsOfMeeting, id).collect();
    let mut presented: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    let mut concerned: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    let mut movers: BTreeMap<(&str, &str), Vec<(&str, &str)>> = BTreeMap::new();
    for row in &relations {
        let subject = (row.subject_name.as_str(), row.subject.as_str());
        match row.predicate.as_str() {
            "presented" => presented.entry(&row.object).or_default().push(subject),
            "concerns" => concerned.entry(&row.subject).or_default().push((&row.object_name, &row.object)),
            "moved" | "seconded" => movers.entry((&row.predicate, &row.object)).or_default().push(subject),
            _ => {}
        }
    }
    let parts = |found: Option<&Vec<(&str, &str)>>| {
        let mut found = found.cloned().unwrap_or_default();
        found.sort_unstable();
        found.dedup();
        Cell::parts(found)
    };
    let mut seen = std::collections::BTreeSet::new();
    let rows = store.of(store.items(), Of::ItemsOfMeeting, id).map(|row| {
        Row::new([
            Cell::from(&row.number),
            Cell::from(&row.title),
            parts(presented.get(row.item.as_str())),
            parts(concerned.get(row.item.as_str())),
        ])
        .with_words(store.words(&row.document, &row.start, &row.end))
        .at(anchor(&row.item).filter(|anchor| seen.insert(anchor.clone())))
    });
    let mut rows: Vec<Row> = rows.collect();
    rows.sort_by_key(|row| row.words.as_ref().map_or(0, |words| words.start));
    let columns = &["number", "item", "presented_by", "concerns"];
    page.table("items", "Business", "", Table { name: "items", columns, rows, ..Table::default() });
    let mut seen = std::collections::BTreeSet::new();
    let rows = store.of(store.decisions(), Of::DecisionsOfMeeting, id).map(|row| {
        let item = store.entity(&row.item).map_or("", |item| item.name.as_str());
        Row::new([
            Cell::link(item, &row.item),
            Cell::from(&row.text),
            Cell::badge(&row.outcome),
            parts(movers.get(&("moved", row.decision.as_str()))),
            parts(movers.get(&("seconded", row.decision.as_str()))),
            parts(concerned.get(row.decision.as_str())),
        ])
        .with_words(store.words(&row.document, &row.start, &row.end))
        .at(anchor(&row.decision).filter(|anchor| seen.insert(anchor.clone())))
    });
    let mut rows: Vec<Row> = rows.collect();
    rows.sort_by_key(|row| row.words.as_ref().map_or(0, |words| words.start));
    let columns = &["item", "decision", "outcome", "moved_by", "seconded_by", "concerns"];
    page.table("decisions", "Decisions", "", Table { name: "decisions", columns, rows, ..Table::default() });
}

fn actions(store: &Store, id: &str, page: &mut Page) {
    let mut seen = std::collections::BTreeSet::new();
    let rows = store.of(store.actions(), Of::ActionsOfMeeting, id).map(|row| {
        Row::new([
            Cell::from(&row.text),
            Cell::parts(joined(&row.owner_name).zip(joined(&row.owner))),
            Cell::from(&row.due),
        ])
        .with_words(store.words(&row.document, &row.start, &row.end))
        .at(anchor(&row.action).filter(|anchor| seen.insert(anchor.clone())))
    });
    let columns = &["action", "owner", "due"];
    page.table("actions", "Actions", "", Table { name: "actions", columns, rows: rows.collect(), ..Table::default() });
}

/// Votes recorded by name, decision by decision.
fn votes(store: &Store, id: &str, page: &mut Page) {
    let mut votes: BTreeMap<(&str, &str), Vec<&RelationRow>> = BTreeMap::new();
    for row in store.of(store.relations(), Of::RelationsOfMeeting, id) {
        if ["voted_for", "voted_against", "abstained"].contains(&row.predicate.as_str()) {
            votes.entry((&row.object, &row.predicate)).or_default().push(row);
        }
    }
    let rows = votes.values().map(|rows| {
        let first = rows[0];
        let mut names: Vec<(&str, &str)> =
            rows.iter().map(|row| (row.subject_name.as_str(), row.subject.as_str())).collect();
        names.sort_unstable();
        names.dedup();
        Row::new([
            Cell::link(&first.object_name, &first.object),
            Cell::badge(&first.predicate.replace('_', " ")),
            names.len().into(),
            Cell::parts(names),
        ])
        .with_words(store.words(&first.document, &first.start, &first.end))
    });
    let columns = &["decision", "vote", "votes", "who"];
    page.table(
        "votes",
        "Votes by name",
        "",
        Table { name: "votes", columns, rows: rows.collect(), ..Table::default() },
    );
}

fn minutes(store: &Store, rows: &[&MeetingRow], page: &mut Page) {
    for (i, row) in rows.iter().enumerate() {
        let id = store.document(&row.document);
        // One text with each place once; others of the same meeting are a click away.
        let text = if i == 0 { document::marked(store, id, &page.address, None) } else { None };
        let Some(text) = text else { continue };
        let page_of_it = href(&page.address, id);
        let block = html! {
            p.note { "From " a href=(page_of_it) { (row.document) } ". Shaded: what a fact rests on. Underlined: a name, which leads to its page." }
            (text)
        };
        for section in &mut page.sections {
            for block in &mut section.blocks {
                if let Block::Table(table) = block {
                    local(table, id);
                }
            }
        }
        page.section("minutes", "The minutes", "", vec![Block::Drawing(block)]);
    }
}

/// Words of a document whose text stands on this page need no other page.
fn local(table: &mut Table, document: &str) {
    for words in table.rows.iter_mut().filter_map(|row| row.words.as_mut()) {
        words.here = words.document == document;
    }
}
