//! A public function, such as probation: who represented it over time, whatever its organisations were called.
//! In: a key. Out: a page.

use std::collections::BTreeMap;

use super::page::{Block, Cell, Page, Row, Table};
use super::store::{Of, Store};
use super::{Asked, chart};
use crate::query::who::{self, Timeline};

/// A public function of the build.
pub(super) struct Function {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) organisations: usize,
    pub(super) represented: usize,
}

/// All public functions that an organisation of the build has, those with most first.
pub(super) fn functions(store: &Store) -> Vec<Function> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for entity in store.entities().iter().filter(|entity| !entity.function.is_empty()) {
        let count = counts.entry(&entity.function).or_default();
        count.0 += 1;
        count.1 += usize::from(store.of(store.tenures(), Of::TenuresOfOrganisation, &entity.id).next().is_some());
    }
    let mut all: Vec<Function> = counts
        .into_iter()
        .map(|(key, (organisations, represented))| Function {
            key: key.to_owned(),
            name: name(key),
            organisations,
            represented,
        })
        .collect();
    all.sort_by(|a, b| {
        (b.represented, b.organisations).cmp(&(a.represented, a.organisations)).then_with(|| a.key.cmp(&b.key))
    });
    all
}

/// Its key as words.
pub(super) fn name(key: &str) -> String {
    let mut words = key.replace('-', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

pub(super) fn addresses(store: &Store) -> Vec<String> {
    functions(store).into_iter().map(|function| format!("function/{}", function.key)).collect()
}

pub(super) fn page(store: &Store, address: &str, _: &Asked<'_>) -> Option<Page> {
    let key = address.strip_prefix("function/")?;
    if !store.entities().iter().any(|entity| entity.function == key) {
        return None;
    }
    let timeline = who::timeline(&store.build, key).ok()?;
    let mut page = Page {
        address: address.to_owned(),
        kind: "Public function".into(),
        title: name(key),
        subjects: vec![address.to_owned()],
        wide: true,
        ..Page::default()
    };
    represented(store, &timeline, &mut page);
    organisations(store, &timeline, &mut page);
    page.linked_data = serde_json::json!({
        "@context": "https://schema.org", "@type": "DefinedTerm", "identifier": address, "name": page.title,
    });
    Some(page)
}

/// Who stood for the organisations of a timeline: drawn, and as rows with their words.
pub(super) fn represented(store: &Store, timeline: &Timeline, page: &mut Page) {
    if timeline.appearances.is_empty() {
        return;
    }
    let mut blocks: Vec<Block> = chart::representation(timeline, &page.title).into_iter().map(Block::Drawing).collect();
    let rows = timeline.appearances.iter().map(|seen| {
        Row::new([
            Cell::dated(&seen.date, &seen.meeting),
            Cell::link(&seen.person, &seen.person_id),
            Cell::badge(&seen.status),
            Cell::link(
                if seen.organisation_as_written.is_empty() {
                    &seen.organisation
                } else {
                    &seen.organisation_as_written
                },
                &seen.organisation_id,
            ),
            Cell::parts(seen.how.iter().map(|how| (how.as_str(), ""))),
            Cell::from(&seen.substitute_for),
            Cell::from(&seen.body),
        ])
        .with_words(seen.words.as_ref().and_then(|[path, start, end]| store.words(path, start, end)))
    });
    blocks.push(Block::Table(Table {
        name: "representation",
        columns: &["date", "person", "status", "organisation_as_written", "how", "substitute_for", "body"],
        rows: rows.collect(),
        ..Table::default()
    }));
    let note = "Listed, sent apologies, or presented on its behalf; a substitute is marked.";
    page.section("representation", "Who represented it over time", note, blocks);
}

fn organisations(store: &Store, timeline: &Timeline, page: &mut Page) {
    let row = |summary: &who::Summary| {
        Row::new([
            Cell::link(&summary.organisation, &summary.id),
            summary.people.into(),
            summary.meetings.into(),
            summary.apologies.into(),
            Cell::date(&summary.first),
            Cell::date(&summary.last),
            super::organisation::successors(store, &summary.id),
        ])
    };
    let rows: Vec<Row> = timeline.organisations.iter().map(row).collect();
    let columns = &["organisation", "people", "meetings", "apologies", "first", "last", "then"];
    page.table(
        "organisations",
        "Its organisations",
        "",
        Table { name: "organisations", columns, rows, ..Table::default() },
    );
}
