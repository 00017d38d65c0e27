//! A person: names used, roles and representation over time, attendance meeting by meeting, what was presented, moved,
//! voted, declared. In: an identifier. Out: a page.

use super::page::{Block, Cell, Page, Row, Table};
use super::store::{Of, Store};
use super::topic::{self, Said};
use super::{Asked, chart, network};
use crate::model::table::{EntityRow, RelationRow};
use crate::query::name::joined;

/// What people do, as sections: predicates, identifier, heading.
const DOINGS: &[(&[&str], &str, &str)] = &[
    (&["presented"], "presented", "Presented"),
    (&["moved", "seconded"], "moved", "Decisions moved and seconded"),
    (&["voted_for", "voted_against", "abstained"], "votes", "Votes recorded by name"),
    (&["declared_interest"], "interests", "Interests declared"),
    (&["elected_to"], "elected", "Elected to"),
    (&["responsible_for"], "actions", "Actions to carry out"),
];

pub(super) fn page(store: &Store, address: &str, _: &Asked<'_>) -> Option<Page> {
    let entity = store.entity(address).filter(|entity| entity.kind == "person")?;
    let mut page = topic::begin(entity, "Person");
    let figures = store.person_figures(&entity.id);
    let attended: Vec<String> = figures
        .iter()
        .map(|figure| {
            let [_, _, body, capacity] = &figure.labels[..] else { return String::new() };
            let capacity = if capacity.is_empty() { String::new() } else { format!(" as {capacity}") };
            format!("{} of {} meetings of {body}{capacity}", figure.present, figure.of)
        })
        .collect();
    page.fact("Attended", attended.join("; "));
    roles(store, entity, &mut page);
    attendance(store, entity, &mut page);
    let relations: Vec<&RelationRow> = store.of(store.relations(), Of::RelationsOfSubject, &entity.id).collect();
    for (predicates, id, heading) in DOINGS {
        let rows: Vec<&RelationRow> =
            relations.iter().filter(|row| predicates.contains(&row.predicate.as_str())).copied().collect();
        page.table(id, heading, "", topic::said(store, id, &rows, Said::Object));
    }
    let named: Vec<&RelationRow> = store
        .of(store.relations(), Of::RelationsOfObject, &entity.id)
        .filter(|row| row.predicate == "concerns")
        .collect();
    page.table(
        "named",
        "Named in",
        "Items, decisions and actions that mention this person.",
        topic::said(store, "named", &named, Said::Subject),
    );
    network::add(store, &mut page);
    topic::mentions(store, entity, &mut page);
    page.subjects.extend(participations(store, entity));
    page.linked_data = linked_data(store, entity);
    Some(page)
}

/// Subjects of the RDF that say how this person stood at each meeting, and what was held when.
fn participations(store: &Store, entity: &EntityRow) -> Vec<String> {
    let own = entity.id.strip_prefix("person/").unwrap_or(&entity.id);
    let rows = store.of(store.attendance(), Of::AttendanceOfPerson, &entity.id);
    let mut subjects: Vec<String> = rows.map(|row| format!("{}/participation/{own}", row.meeting)).collect();
    subjects.push(format!("membership/{own}/"));
    subjects
}

fn linked_data(store: &Store, entity: &EntityRow) -> serde_json::Value {
    let organisations: std::collections::BTreeSet<&str> = store
        .of(store.tenures(), Of::TenuresOfPerson, &entity.id)
        .flat_map(|row| [row.on_behalf_of_name.as_str(), row.organisation_name.as_str()])
        .filter(|name| !name.is_empty())
        .collect();
    let named = |name: &&str| serde_json::json!({ "@type": "Organization", "name": name });
    serde_json::json!({
        "@context": "https://schema.org", "@type": "Person", "identifier": entity.id, "name": entity.name,
        "alternateName": joined(&entity.aliases).collect::<Vec<_>>(),
        "memberOf": organisations.iter().map(named).collect::<Vec<_>>(),
    })
}

fn roles(store: &Store, entity: &EntityRow, page: &mut Page) {
    let tenures: Vec<_> = store.of(store.tenures(), Of::TenuresOfPerson, &entity.id).collect();
    let row = |row: &&crate::model::table::TenureRow| {
        Row::new([
            Cell::link(store.name(&row.role), &row.role),
            Cell::link(&row.on_behalf_of_name, &row.on_behalf_of),
            Cell::link(&row.organisation_name, &row.organisation),
            Cell::date(&row.start_date),
            Cell::date(&row.end_date),
            Cell::date(&row.first_seen),
            Cell::date(&row.last_seen),
            Cell::from(row.times_seen.parse().unwrap_or(0)),
            Cell::badge(&row.basis),
        ])
    };
    let table = Table {
        name: "roles",
        columns: &["role", "on_behalf_of", "at", "start", "end", "first_seen", "last_seen", "times_seen", "basis"],
        rows: tenures.iter().map(row).collect(),
        ..Table::default()
    };
    let mut blocks = Vec::new();
    if !table.rows.is_empty() {
        blocks.extend(chart::tenures(store, &page.address, &tenures).map(Block::Drawing));
        blocks.push(Block::Table(table));
    }
    let note = "Stated: a document says so. Observed: seen in lists, from first to last; ends are not invented.";
    page.section("roles", "Roles and representation", note, blocks);
}

fn attendance(store: &Store, entity: &EntityRow, page: &mut Page) {
    let mut blocks: Vec<Block> =
        chart::strips(store, &page.address, &entity.id).into_iter().map(Block::Drawing).collect();
    let rows = store.of(store.attendance(), Of::AttendanceOfPerson, &entity.id).map(|row| {
        Row::new([
            Cell::dated(&row.date, &row.meeting),
            Cell::link(&row.body_name, store.meeting(&row.meeting).map_or("", |meeting| &meeting.body)),
            Cell::badge(&row.status),
            Cell::from(if row.chair == "1" { "took the chair" } else { "" }),
            Cell::from(&row.capacity),
            Cell::parts(joined(&row.organisation_name).zip(joined(&row.organisation))),
            Cell::from(&row.role),
            Cell::from(&row.substitute_for),
            Cell::from(&row.person_as_written),
        ])
        .with_words(store.words(&row.document, &row.start, &row.end))
    });
    let rows: Vec<Row> = rows.collect();
    if !rows.is_empty() {
        blocks.push(Block::Table(Table {
            name: "attendance",
            columns: &["date", "body", "status", "chair", "capacity", "for", "role", "in_place_of", "as_written"],
            rows,
            ..Table::default()
        }));
    }
    let note = "Expected are the meetings with a recorded list, from first to last listing. A meeting without a list counts for nothing.";
    page.section("attendance", "Attendance", note, blocks);
}
