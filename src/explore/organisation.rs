//! An organisation: who represented it over time, what it came from and became, its attendance; and where it is a body
//! that met, its meetings. In: an identifier. Out: a page.

use super::page::{Cell, Page, Row, Table};
use super::store::{Of, Store};
use super::topic::{self, Said};
use super::{Asked, body, function, network};
use crate::model::table::RelationRow;
use crate::query::name::joined;
use crate::query::who;

pub(super) fn page(store: &Store, address: &str, _: &Asked<'_>) -> Option<Page> {
    let entity = store.entity(address).filter(|entity| entity.kind == "organisation")?;
    let is_body = store.is_body(&entity.id);
    let mut page = topic::begin(entity, if is_body { "Body" } else { "Organisation" });
    if !entity.function.is_empty() {
        let name = function::name(&entity.function);
        page.fact("Public function", Cell::link(&name, &format!("function/{}", entity.function)));
    }
    page.fact("Before it", ends(store, &entity.id, "succeeded_by", Said::Subject));
    page.fact("After it", successors(store, &entity.id));
    page.fact("Part of", ends(store, &entity.id, "part_of", Said::Object));
    page.fact("Its parts", ends(store, &entity.id, "part_of", Said::Subject));
    if is_body {
        body::add(store, entity, &mut page);
    }
    if let Ok(timeline) = who::timeline(&store.build, &entity.id) {
        function::represented(store, &timeline, &mut page);
    }
    attendance(store, &entity.id, &mut page);
    posts(store, &entity.id, is_body, &mut page);
    let own = |predicate: &str, of: Of| -> Vec<&RelationRow> {
        store.of(store.relations(), of, &entity.id).filter(|row| row.predicate == predicate).collect()
    };
    for (predicate, of, end, id, heading) in [
        ("presented", Of::RelationsOfSubject, Said::Object, "presented", "Presented"),
        ("responsible_for", Of::RelationsOfSubject, Said::Object, "actions", "Actions to carry out"),
        ("concerns", Of::RelationsOfObject, Said::Subject, "concerned", "Items, decisions and actions about it"),
    ] {
        page.table(id, heading, "", topic::said(store, id, &own(predicate, of), end));
    }
    changes(store, &entity.id, &mut page);
    network::add(store, &mut page);
    if !is_body {
        topic::mentions(store, entity, &mut page);
    }
    page.linked_data = serde_json::json!({
        "@context": "https://schema.org", "@type": "Organization", "identifier": entity.id, "name": entity.name,
        "alternateName": joined(&entity.aliases).collect::<Vec<_>>(),
    });
    Some(page)
}

/// What stands at the other end of a relation of this organisation.
fn ends(store: &Store, id: &str, predicate: &str, end: Said) -> Cell {
    let of = if end == Said::Object { Of::RelationsOfSubject } else { Of::RelationsOfObject };
    let mut found: Vec<(&str, &str)> = store
        .of(store.relations(), of, id)
        .filter(|row| row.predicate == predicate)
        .map(|row| match end {
            Said::Object => (row.object_name.as_str(), row.object.as_str()),
            Said::Subject => (row.subject_name.as_str(), row.subject.as_str()),
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    Cell::parts(found)
}

/// What replaced an organisation.
pub(super) fn successors(store: &Store, id: &str) -> Cell {
    ends(store, id, "succeeded_by", Said::Object)
}

/// The words that say what came before and after.
fn changes(store: &Store, id: &str, page: &mut Page) {
    let rows: Vec<&RelationRow> = [Of::RelationsOfSubject, Of::RelationsOfObject]
        .into_iter()
        .flat_map(|of| store.of(store.relations(), of, id))
        .filter(|row| ["succeeded_by", "part_of"].contains(&row.predicate.as_str()))
        .collect();
    let row = |row: &&RelationRow| {
        Row::new([
            Cell::dated(&row.date, &row.meeting),
            Cell::link(&row.subject_name, &row.subject),
            Cell::from(row.predicate.replace('_', " ")),
            Cell::link(&row.object_name, &row.object),
            Cell::date(&row.valid_from),
            Cell::from(topic::qualified(&row.qualifiers)),
        ])
        .with_words(store.words(&row.document, &row.start, &row.end))
    };
    let columns = &["date", "organisation", "says", "other", "from", "more"];
    let table = Table { name: "changes", columns, rows: rows.iter().map(row).collect(), ..Table::default() };
    page.table("changes", "Before, after, and part of", "", table);
}

fn attendance(store: &Store, id: &str, page: &mut Page) {
    let rows = store.organisation_figures(id).iter().map(|figure| {
        let number = |count: u32| if count == 0 { Cell::default() } else { Cell::from(count as usize) };
        Row::new([
            Cell::from(figure.labels.get(2).map_or("", String::as_str)),
            Cell::from(format!("{} of {}", figure.present, figure.of)),
            Cell::from(figure.rate().map_or_else(String::new, |rate| format!("{:.0} %", rate * 100.0))),
            number(figure.apologies),
            number(figure.absent),
            number(figure.not_mentioned),
            number(figure.substituted),
            number(figure.not_recorded),
            Cell::date(&figure.first),
            Cell::date(&figure.last),
        ])
    });
    let columns = &[
        "body",
        "attended",
        "rate",
        "apologies",
        "absent",
        "not_mentioned",
        "by_substitute",
        "not_recorded",
        "first",
        "last",
    ];
    let table = Table { name: "attendance", columns, rows: rows.collect(), ..Table::default() };
    let note =
        "Somebody came for it, at how many of the meetings with a recorded list, from its first to last listing.";
    page.table("attendance", "Attendance", note, table);
}

/// Who held which role there, or stood for it, in intervals.
fn posts(store: &Store, id: &str, is_body: bool, page: &mut Page) {
    let rows = store.of(store.tenures(), Of::TenuresOfOrganisation, id).map(|row| {
        let other = if row.organisation == id {
            (&row.on_behalf_of_name, &row.on_behalf_of)
        } else {
            (&row.organisation_name, &row.organisation)
        };
        Row::new([
            Cell::link(&row.person_name, &row.person),
            Cell::link(store.name(&row.role), &row.role),
            Cell::link(other.0, other.1),
            Cell::date(&row.first_seen),
            Cell::date(&row.last_seen),
            Cell::from(row.times_seen.parse().unwrap_or(0)),
            Cell::badge(&row.basis),
        ])
    });
    let columns = if is_body {
        &["person", "role", "on_behalf_of", "first_seen", "last_seen", "times_seen", "basis"]
    } else {
        &["person", "role", "on", "first_seen", "last_seen", "times_seen", "basis"]
    };
    page.table(
        "people",
        "People and roles",
        "",
        Table { name: "people", columns, rows: rows.collect(), ..Table::default() },
    );
}
