//! Lists of everything of a kind, to choose from by body, year and status. In: a build, and what was chosen, which is part
//! of the address: `list/decisions/body/x/year/2014/page/2`. Out: a page. All rows are made once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use maud::html;

use super::Asked;
use super::list_rows as rows;
use super::page::{Block, Cell, Choice, Facet, Page, Row, Table, href};
use super::store::Store;

/// A list: a row of the visible list of lists.
pub(super) struct List {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) columns: &'static [&'static str],
    /// By what one can choose: name in addresses, label.
    pub(super) facets: &'static [(&'static str, &'static str)],
    /// How many rows it has, without making them.
    count: fn(&Store) -> usize,
    rows: fn(&Store) -> Vec<Listed>,
}

const BODY: (&str, &str) = ("body", "Body");
const YEAR: (&str, &str) = ("year", "Year");

/// All lists, in the order in which the first page names them.
pub(super) static LISTS: &[List] = &[
    List {
        name: "bodies",
        title: "Bodies",
        columns: rows::BODIES,
        facets: &[YEAR],
        count: |store| store.bodies().count(),
        rows: rows::bodies,
    },
    List {
        name: "people",
        title: "People",
        columns: rows::PEOPLE,
        facets: &[BODY, YEAR],
        count: |store| store.count("person"),
        rows: rows::people,
    },
    List {
        name: "organisations",
        title: "Organisations",
        columns: rows::ORGANISATIONS,
        facets: &[("function", "Public function"), ("represented", "Represented")],
        count: |store| store.count("organisation"),
        rows: rows::organisations,
    },
    List {
        name: "meetings",
        title: "Meetings",
        columns: rows::MEETINGS,
        facets: &[BODY, YEAR, ("list", "List")],
        count: Store::held,
        rows: rows::meetings,
    },
    List {
        name: "items",
        title: "Items",
        columns: rows::ITEMS,
        facets: &[BODY, YEAR],
        count: |store| store.items().len(),
        rows: rows::items,
    },
    List {
        name: "decisions",
        title: "Decisions",
        columns: rows::DECISIONS,
        facets: &[BODY, YEAR, ("outcome", "Outcome")],
        count: |store| store.decisions().len(),
        rows: rows::decisions,
    },
    List {
        name: "actions",
        title: "Actions",
        columns: rows::ACTIONS,
        facets: &[BODY, YEAR],
        count: |store| store.actions().len(),
        rows: rows::actions,
    },
    List {
        name: "programmes",
        title: "Programmes",
        columns: rows::TOPICS,
        facets: &[BODY, YEAR],
        count: |store| store.count("programme"),
        rows: rows::programmes,
    },
    List {
        name: "legislation",
        title: "Legislation",
        columns: rows::TOPICS,
        facets: &[BODY, YEAR],
        count: |store| store.count("legislation"),
        rows: rows::legislation,
    },
    List {
        name: "documents",
        title: "Documents",
        columns: rows::DOCUMENTS,
        facets: &[("status", "Status"), ("format", "Format")],
        count: |store| store.documents().len(),
        rows: rows::documents,
    },
];

/// How many rows a page shows.
const SHOWN: usize = 200;
/// How many choices a facet offers.
const CHOICES: usize = 80;

/// A row of a list, and by what it can be chosen.
pub(super) struct Listed {
    pub(super) row: Row,
    /// Number of the facet, its value in addresses, and as people read it.
    pub(super) facets: BTreeSet<(usize, String, String)>,
}

/// All rows of each list, made when it is first asked for.
pub(super) struct Lists(Vec<OnceLock<Vec<Listed>>>);

impl std::fmt::Debug for Lists {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|rows| rows.get().map(Vec::len))).finish()
    }
}

impl Lists {
    pub(super) fn new() -> Self {
        Self(LISTS.iter().map(|_| OnceLock::new()).collect())
    }

    fn of(&self, store: &Store, name: &str) -> Option<(&'static List, &[Listed])> {
        let at = LISTS.iter().position(|list| list.name == name)?;
        Some((&LISTS[at], self.0[at].get_or_init(|| (LISTS[at].rows)(store))))
    }
}

impl List {
    pub(super) fn count(&self, store: &Store) -> usize {
        (self.count)(store)
    }
}

/// What was chosen: a value, or none, for each facet, and the number of the page.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Chosen {
    values: Vec<Option<String>>,
    page: usize,
}

impl Chosen {
    /// From the rest of an address.
    fn parse(list: &List, rest: &[&str]) -> Option<Self> {
        let mut chosen = Self { values: vec![None; list.facets.len()], page: 1 };
        for pair in rest.chunks(2) {
            let [name, value] = pair else { return None };
            if *name == "page" {
                chosen.page = value.parse().ok().filter(|page| *page > 1)?;
            } else {
                let at = list.facets.iter().position(|(known, _)| known == name)?;
                chosen.values[at] = Some((*value).to_owned());
            }
        }
        Some(chosen)
    }

    fn address(&self, list: &List) -> String {
        let mut address = format!("list/{}", list.name);
        for ((name, _), value) in list.facets.iter().zip(&self.values) {
            if let Some(value) = value {
                address.extend(["/", name, "/", value]);
            }
        }
        if self.page > 1 {
            address.extend(["/page/", &self.page.to_string()]);
        }
        address
    }

    fn fits(&self, listed: &Listed, but: Option<usize>) -> bool {
        self.values.iter().enumerate().filter(|(i, _)| Some(*i) != but).all(|(i, value)| {
            value
                .as_ref()
                .is_none_or(|value| listed.facets.iter().any(|(facet, known, _)| *facet == i && known == value))
        })
    }
}

pub(super) fn page(store: &Store, address: &str, _: &Asked<'_>) -> Option<Page> {
    let parts: Vec<&str> = address.split('/').collect();
    let [_, name, rest @ ..] = &parts[..] else { return None };
    let (list, all) = store.lists.of(store, name)?;
    let chosen = Chosen::parse(list, rest)?;
    let fitting: Vec<&Listed> = all.iter().filter(|listed| chosen.fits(listed, None)).collect();
    let from = (chosen.page - 1) * SHOWN;
    if from >= fitting.len().max(1) {
        return None;
    }
    let mut page = Page {
        address: chosen.address(list),
        kind: "List".into(),
        title: list.title.into(),
        facets: facets(list, all, &chosen),
        wide: true,
        ..Page::default()
    };
    let words: Vec<String> = page
        .facets
        .iter()
        .flat_map(|facet| &facet.choices)
        .filter(|choice| choice.chosen)
        .map(|choice| choice.text.clone())
        .collect();
    if !words.is_empty() {
        page.title = format!("{}: {}", list.title, words.join(", "));
    }
    let rows: Vec<Row> = fitting.iter().skip(from).take(SHOWN).map(|listed| listed.row.clone()).collect();
    let count = if fitting.len() > SHOWN {
        format!("{} to {} of {}", thousands(from + 1), thousands(from + rows.len()), thousands(fitting.len()))
    } else {
        format!("{} in all", thousands(fitting.len()))
    };
    let mut blocks =
        vec![Block::Table(Table { name: list.name, columns: list.columns, rows, caption: count, ..Table::default() })];
    let pages = fitting.len().div_ceil(SHOWN);
    if pages > 1 {
        blocks.push(Block::Drawing(turning(list, &chosen, pages)));
    }
    page.section("rows", "", "", blocks);
    page.linked_data = serde_json::json!({
        "@context": "https://schema.org", "@type": "CollectionPage", "name": page.title, "url": page.address,
    });
    Some(page)
}

/// The ways to the other pages.
fn turning(list: &List, chosen: &Chosen, pages: usize) -> maud::Markup {
    let at = chosen.address(list);
    let to = |page: usize| href(&at, &Chosen { page, ..chosen.clone() }.address(list));
    let near = |page: &usize| *page == 1 || *page == pages || page.abs_diff(chosen.page) <= 2;
    html! {
        nav.pages aria-label="Pages" {
            ul {
                @for page in (1..=pages).filter(near) {
                    li { a href=(to(page)) aria-current=[(page == chosen.page).then_some("page")] { (page) } }
                }
            }
        }
    }
}

fn facets(list: &List, all: &[Listed], chosen: &Chosen) -> Vec<Facet> {
    let mut facets = Vec::new();
    for (i, (name, label)) in list.facets.iter().enumerate() {
        let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for listed in all.iter().filter(|listed| chosen.fits(listed, Some(i))) {
            for (_, value, text) in listed.facets.iter().filter(|(facet, ..)| *facet == i) {
                *counts.entry((value, text)).or_default() += 1;
            }
        }
        let mut choices: Vec<Choice> = counts
            .into_iter()
            .map(|((value, text), count)| {
                let is = chosen.values[i].as_deref() == Some(value);
                let mut to = Chosen { page: 1, ..chosen.clone() };
                to.values[i] = (!is).then(|| value.to_owned());
                Choice { text: text.to_owned(), count, to: to.address(list), chosen: is }
            })
            .collect();
        if *name == YEAR.0 {
            choices.reverse();
        } else {
            choices.sort_by(|a, b| b.chosen.cmp(&a.chosen).then(b.count.cmp(&a.count)).then(a.text.cmp(&b.text)));
        }
        choices.truncate(CHOICES);
        if choices.len() > 1 || choices.iter().any(|choice| choice.chosen) {
            facets.push(Facet { label, choices });
        }
    }
    facets
}

/// Every page of every list: each choice of values that some row has, and its pages.
pub(super) fn addresses(store: &Store) -> Vec<String> {
    let mut addresses = Vec::new();
    for list in LISTS {
        let Some((_, all)) = store.lists.of(store, list.name) else { continue };
        let mut counts: BTreeMap<Vec<Option<&str>>, usize> = BTreeMap::from([(vec![None; list.facets.len()], 0)]);
        for listed in all {
            let mut choices: Vec<Vec<Option<&str>>> = vec![Vec::new()];
            for i in 0..list.facets.len() {
                let values =
                    listed.facets.iter().filter(|(facet, ..)| *facet == i).map(|(_, value, _)| Some(value.as_str()));
                let values: Vec<Option<&str>> = [None].into_iter().chain(values).collect();
                choices = choices
                    .iter()
                    .flat_map(|start| values.iter().map(|value| [&start[..], &[*value]].concat()))
                    .collect();
            }
            for choice in choices {
                *counts.entry(choice).or_default() += 1;
            }
        }
        for (values, count) in counts {
            for page in 1..=count.div_ceil(SHOWN).max(1) {
                let values = values.iter().map(|value| value.map(str::to_owned)).collect();
                addresses.push(Chosen { values, page }.address(list));
            }
        }
    }
    addresses
}

/// The bodies with most meetings, for the first page.
pub(super) fn bodies(store: &Store, most: usize) -> Table {
    let (list, all) = store.lists.of(store, "bodies").unwrap_or((&LISTS[0], &[]));
    let rows = all.iter().take(most).map(|listed| listed.row.clone()).collect();
    Table { name: list.name, columns: list.columns, rows, ..Table::default() }
}

/// "12,345".
pub(super) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "2012 to 2018", "2012", or nothing.
pub(super) fn years(first: &str, last: &str) -> String {
    match (first.get(..4), last.get(..4)) {
        (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
        (Some(year), _) | (None, Some(year)) => year.to_owned(),
        (None, None) => String::new(),
    }
}

/// From and to, as a cell.
pub(super) fn span(first: &str, last: &str) -> Cell {
    let day = super::html::day;
    match (first, last) {
        ("", "") => Cell::default(),
        (first, last) if first == last || last.is_empty() => Cell::date(first),
        (first, last) => Cell::from(format!("{} to {}", day(first), day(last))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::sample;

    #[test]
    fn every_address_of_a_list_is_a_page_and_names_itself() {
        let folder = sample::folder();
        let store = Store::open(folder.path()).expect("a build");
        let all = addresses(&store);
        assert!(all.len() > LISTS.len());
        for list in LISTS {
            let rows = store.lists.of(&store, list.name).map_or(0, |(_, rows)| rows.len());
            assert_eq!(rows, list.count(&store), "{}", list.name);
        }
        for address in all {
            let page = page(&store, &address, &Asked(&[])).expect(&address);
            assert_eq!(page.address, address);
        }
        for none in
            ["list/nothing", "list/people/body", "list/people/page/1", "list/people/page/9", "list/people/colour/red"]
        {
            assert!(page(&store, none, &Asked(&[])).is_none(), "{none}");
        }
    }

    #[test]
    fn numbers_have_commas() {
        assert_eq!([0, 999, 1000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
    }
}
