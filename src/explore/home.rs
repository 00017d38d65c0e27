//! The first page: search, what there is, the bodies, the years. In: a build. Out: a page.

use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

use super::Asked;
use super::html::search_form;
use super::list;
use super::page::{Block, Cell, Page, Row, Table, href};
use super::store::Store;

/// How many bodies and public functions are named here.
const NAMED: usize = 20;

pub(super) fn page(store: &Store, address: &str, _: &Asked<'_>) -> Option<Page> {
    if address != "index" {
        return None;
    }
    let mut page = Page {
        address: address.to_owned(),
        kind: "Home".into(),
        title: "What the minutes say".into(),
        ..Page::default()
    };
    let first =
        store.meetings().iter().map(|row| row.date.as_str()).filter(|date| !date.is_empty()).min().unwrap_or("");
    let last = store.meetings().iter().map(|row| row.date.as_str()).max().unwrap_or("");
    let years = list::years(first, last);
    let hero = html! {
        div.hero {
            h1 { "What the minutes say" }
            p.lead {
                "Who chaired, who represented whom, who came and who sent apologies, what was presented and decided"
                @if !years.is_empty() { ", " (years) }
                ". Each fact leads to its words."
            }
            div.large { (search_form("search.html", "q-home", "", false)) }
            (tiles(store))
        }
    };
    page.section("start", "", "", vec![Block::Drawing(hero)]);
    let mut blocks = vec![Block::Drawing(bars(store))];
    blocks.push(Block::Table(list::bodies(store, NAMED)));
    page.section("bodies", "Bodies", "Those with most meetings first.", blocks);
    let functions = super::function::functions(store);
    let rows: Vec<Row> = functions
        .iter()
        .take(NAMED)
        .map(|function| {
            Row::new([
                Cell::link(&function.name, &format!("function/{}", function.key)),
                function.organisations.into(),
                function.represented.into(),
            ])
        })
        .collect();
    page.table(
        "functions",
        "Public functions",
        "Organisations change their names; what they are for stays. Each leads to who represented it over time.",
        Table {
            name: "functions",
            columns: &["public_function", "organisations", "of_them_represented"],
            rows,
            ..Table::default()
        },
    );
    page.linked_data = serde_json::json!({
        "@context": "https://schema.org", "@type": "Dataset", "name": "What the minutes say",
        "description": "People, organisations, meetings, items and decisions read from published minutes",
        "temporalCoverage": format!("{first}/{last}"),
    });
    Some(page)
}

fn tiles(store: &Store) -> Markup {
    html! {
        ul.tiles {
            @for list in list::LISTS {
                @let count = list.count(store);
                @if count > 0 && list.name != "documents" {
                    li { a href=(href("index", &format!("list/{}", list.name))) { strong { (list::thousands(count)) } " " (list.title.to_lowercase()) } }
                }
            }
        }
    }
}

/// Meetings by year, each year a link.
fn bars(store: &Store) -> Markup {
    let mut years: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in store.meetings() {
        if let Some(year) = row.date.get(..4) {
            years.entry(year).or_default().insert(&row.meeting);
        }
    }
    let most = years.values().map(BTreeSet::len).max().unwrap_or(1);
    html! {
        @if years.len() > 1 {
            ol.bars aria-label="Meetings by year" {
                @for (year, meetings) in &years {
                    li {
                        a href=(href("index", &format!("list/meetings/year/{year}"))) {
                            span.count { (meetings.len()) }
                            // Twenty heights are as many as an eye tells apart, and classes need no style within the page.
                            span class={ "bar h" ((meetings.len() * 20).div_ceil(most)) } {}
                            span.year { (year) }
                        }
                    }
                }
            }
        }
    }
}
