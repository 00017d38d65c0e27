//! What is common to pages about an entity, and the page of those that have nothing more: programmes, legislation,
//! roles. In: an identifier. Out: a page.

use std::collections::{BTreeMap, BTreeSet};

use super::page::{Cell, Page, Row, Table};
use super::store::{Of, Store};
use super::{Asked, list};
use crate::model::table::{EntityRow, MentionRow, RelationRow};
use crate::query::name::joined;

/// How many documents that name something are listed.
const NAMED: usize = 200;

pub(super) fn page(store: &Store, address: &str, _: &Asked<'_>) -> Option<Page> {
    let (kind, of) = match address.split('/').next()? {
        "programme" => ("Programme", "CreativeWork"),
        "legislation" => ("Legislation", "Legislation"),
        _ => ("Role", "Role"),
    };
    let entity = store.entity(address).filter(|entity| entity.kind.eq_ignore_ascii_case(kind))?;
    let mut page = begin(entity, kind);
    holders(store, entity, &mut page);
    let concerned: Vec<&RelationRow> = store
        .of(store.relations(), Of::RelationsOfObject, &entity.id)
        .filter(|row| row.predicate == "concerns")
        .collect();
    for (part, id, heading) in
        [("/decision/", "decisions", "Decisions"), ("/action/", "actions", "Actions"), ("/item/", "items", "Items")]
    {
        let is = |row: &&RelationRow| {
            let place = super::page::place(&row.subject).1;
            place.starts_with(&part[1..]) || (part != "/item/" && place.contains(part))
        };
        let of_part: Vec<&RelationRow> = concerned
            .iter()
            .filter(|row| {
                is(row)
                    && (part != "/item/" || !(row.subject.contains("/decision/") || row.subject.contains("/action/")))
            })
            .copied()
            .collect();
        page.table(id, heading, "", said(store, id, &of_part, Said::Subject));
    }
    mentions(store, entity, &mut page);
    page.linked_data = serde_json::json!({
        "@context": "https://schema.org", "@type": of, "identifier": entity.id, "name": entity.name,
        "alternateName": joined(&entity.aliases).collect::<Vec<_>>(),
    });
    Some(page)
}

/// The page of an entity, with what is known of each.
pub(super) fn begin(entity: &EntityRow, kind: &str) -> Page {
    let mut page = Page {
        address: entity.id.clone(),
        kind: kind.to_owned(),
        title: entity.name.clone(),
        subjects: vec![entity.id.clone()],
        wide: true,
        ..Page::default()
    };
    page.fact("Also written", Cell::parts(joined(&entity.aliases).map(|name| (name, ""))));
    page.fact("Seen", list::span(&entity.first_seen, &entity.last_seen));
    page
}

/// Who held a role.
fn holders(store: &Store, entity: &EntityRow, page: &mut Page) {
    let rows = store.of(store.tenures(), Of::TenuresOfRole, &entity.id).map(|row| {
        Row::new([
            Cell::link(&row.person_name, &row.person),
            Cell::link(&row.organisation_name, &row.organisation),
            Cell::date(&row.first_seen),
            Cell::date(&row.last_seen),
            Cell::from(row.times_seen.parse().unwrap_or(0)),
            Cell::badge(&row.basis),
        ])
    });
    let columns = &["person", "at", "first_seen", "last_seen", "times_seen", "basis"];
    page.table(
        "holders",
        "Who held it",
        "",
        Table { name: "holders", columns, rows: rows.collect(), ..Table::default() },
    );
}

/// Which end of a statement a table shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Subject,
    Object,
}

/// Statements, by date, each with its words.
pub(super) fn said(store: &Store, name: &'static str, rows: &[&RelationRow], end: Said) -> Table {
    let mut rows: Vec<&RelationRow> = rows.to_vec();
    rows.sort_by_key(|row| {
        (&row.date, &row.meeting, &row.document, row.start.parse::<u32>().unwrap_or(0), &row.predicate, &row.subject)
    });
    let body = |row: &RelationRow| {
        store.meeting(&row.meeting).map_or_else(Cell::default, |meeting| Cell::link(&meeting.body_name, &meeting.body))
    };
    let row = |row: &&RelationRow| {
        let (text, id) = match end {
            Said::Subject => (&row.subject_name, &row.subject),
            Said::Object => (&row.object_name, &row.object),
        };
        Row::new([
            Cell::dated(&row.date, &row.meeting),
            body(row),
            Cell::from(verb(row)),
            Cell::link(if text.is_empty() { id } else { text }, id),
            Cell::from(qualified(&row.qualifiers)),
        ])
        .with_words(store.words(&row.document, &row.start, &row.end))
    };
    let columns = &["date", "body", "says", "what", "more"];
    let rows: Vec<Row> = rows.iter().map(row).collect();
    Table { name, columns, rows, ..Table::default() }
}

/// A predicate as people say it; nothing where the heading says it already.
fn verb(row: &RelationRow) -> String {
    match row.predicate.as_str() {
        "presented" | "concerns" | "declared_interest" | "responsible_for" | "elected_to" => String::new(),
        other => other.replace('_', " "),
    }
}

/// Qualifiers, as JSON in the table, in words.
pub(super) fn qualified(json: &str) -> String {
    let Ok(serde_json::Value::Object(pairs)) = serde_json::from_str(json) else { return String::new() };
    let shown = |(key, value): (&String, &serde_json::Value)| {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if key == "form" { value } else { format!("{key}: {value}") }
    };
    pairs.iter().map(shown).collect::<Vec<_>>().join(", ")
}

/// Where it is named, document by document: how often, under which names, and the first words.
pub(super) fn mentions(store: &Store, entity: &EntityRow, page: &mut Page) {
    let mut documents: BTreeMap<&str, Vec<&MentionRow>> = BTreeMap::new();
    for row in store.of(store.mentions(), Of::MentionsOfEntity, &entity.id) {
        documents.entry(&row.document).or_default().push(row);
    }
    let row = |(path, rows): (&&str, &Vec<&MentionRow>)| {
        let names: BTreeSet<&str> = rows.iter().map(|row| row.text.as_str()).collect();
        let first = rows.iter().min_by_key(|row| row.start.parse::<u32>().unwrap_or(0));
        Row::new([
            Cell::link(path, store.document(path)),
            rows.len().into(),
            Cell::parts(names.into_iter().map(|name| (name, ""))),
        ])
        .with_words(first.and_then(|row| store.words(&row.document, &row.start, &row.end)))
    };
    let rows: Vec<Row> = documents.iter().take(NAMED).map(row).collect();
    let note = match documents.len() {
        more if more > NAMED => format!("The first {NAMED} of {} documents.", list::thousands(more)),
        _ => String::new(),
    };
    let columns = &["source", "times", "as_written"];
    let table = Table { name: "mentions", columns, rows, ..Table::default() };
    page.table("mentions", "Where it is named in the minutes", &note, table);
}
