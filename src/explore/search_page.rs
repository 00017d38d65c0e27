//! The page of search: what was found, by kind. Works without a script; a script asks the same as JSON while somebody
//! types. In: `q`, and `kind` where one is wanted. Out: a page.

use maud::html;

use super::Asked;
use super::html::search_form;
use super::page::{Block, Cell, Page, Row, Table};
use super::store::Store;

/// How many are shown.
const SHOWN: usize = 60;

pub(super) fn page(store: &Store, address: &str, asked: &Asked<'_>) -> Option<Page> {
    if address != "search" {
        return None;
    }
    let typed: String = asked.get("q").unwrap_or_default().chars().take(200).collect();
    let mut page = Page {
        address: address.to_owned(),
        kind: "Search".into(),
        title: if typed.is_empty() { "Search".to_owned() } else { format!("Search: {typed}") },
        ..Page::default()
    };
    let form = html! { div.large { (search_form("search.html", "q-page", &typed, false)) } div #results aria-live="polite" {} };
    page.section("again", "", "", vec![Block::Drawing(form)]);
    if typed.trim().is_empty() {
        return Some(page);
    }
    let wanted = asked.get("kind").filter(|kind| !kind.is_empty());
    let all = store.search().find(&typed, wanted);
    let row = |hit: &super::search::Hit<'_>| {
        let entry = hit.entry;
        Row::new([Cell::link(&entry.name, &entry.id), Cell::from(entry.kind), Cell::from(&entry.detail)])
    };
    let limit = asked.get("limit").and_then(|limit| limit.parse().ok()).unwrap_or(SHOWN).min(SHOWN);
    let rows: Vec<Row> = all.iter().take(limit).map(row).collect();
    let note = match all.len() {
        0 => "Nothing is called so, nor nearly so. Try one word of the name.".to_owned(),
        1 => "One result.".to_owned(),
        more if more > limit => format!("{more} results; the first {limit} are shown."),
        more => format!("{more} results."),
    };
    let table = Table { name: "results", columns: &["name", "kind", "detail"], rows, ..Table::default() };
    page.section("found", "Results", &note, vec![Block::Table(table)]);
    Some(page)
}
