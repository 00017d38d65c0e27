//! A page as HTML, in one frame for all. In: a page, and whether it is published as files. Out: HTML that needs neither
//! script nor style of its own within it, so that a strict policy can forbid both. Every text passes the template,
//! which escapes it. Must never decide what a page holds.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;

use super::page::{Block, Cell, Facet, Look, Page, Row, Section, Table, Words, href, linked};
use crate::model::Date;

/// What the head of each page offers: text, address.
const MENU: &[(&str, &str)] = &[
    ("Bodies", "list/bodies"),
    ("People", "list/people"),
    ("Organisations", "list/organisations"),
    ("Meetings", "list/meetings"),
    ("Decisions", "list/decisions"),
    ("Programmes", "list/programmes"),
];

/// Other forms of a page.
const DATA: &[(&str, &str)] = &[("json", "JSON"), ("csv", "CSV"), ("ttl", "Turtle")];

/// A page as HTML.
pub(super) fn page(page: &Page, published: bool) -> String {
    let at = page.address.as_str();
    let main = html! {
        @if at != "index" {
            p.kind { (page.kind) }
            h1 { (page.title) }
        }
        @if !page.facts.is_empty() {
            dl.facts {
                @for (label, said) in &page.facts {
                    div { dt { (label) } dd { (cell(at, said, ", ")) } }
                }
            }
        }
        @if page.sections.iter().filter(|section| !section.heading.is_empty()).count() > 2 {
            nav.contents aria-label="On this page" {
                ul {
                    @for section in page.sections.iter().filter(|section| !section.heading.is_empty()) {
                        li { a href={ "#" (section.id) } { (section.heading) } }
                    }
                }
            }
        }
        @if !page.facets.is_empty() {
            (facets(at, &page.facets))
        }
        @for section in &page.sections { (self::section(at, section)) }
    };
    let data = html! {
        p.data {
            "This page as data: "
            @for (i, (ending, name)) in DATA.iter().enumerate() {
                @if i > 0 { " · " }
                a href=(linked(at, at, ending)) rel="alternate" { (name) }
            }
        }
    };
    let frame = Frame {
        at,
        title: &page.title,
        scripts: &[],
        published,
        linked_data: &page.linked_data,
        wide: page.wide,
        data: true,
    };
    frame.around(&main, &data).into_string()
}

/// Another's page in the same frame; `main` is HTML.
pub(super) fn framed(at: &str, title: &str, main: &str, scripts: &[&str], published: bool) -> String {
    let main = html! { (PreEscaped(main)) };
    let frame = Frame { at, title, scripts, published, linked_data: &Value::Null, wide: true, data: false };
    frame.around(&main, &html! {}).into_string()
}

/// A page that says what went wrong. It may answer any address, so that its links are absolute.
pub(super) fn failure(title: &str, help: &str, published: bool) -> String {
    let main = html! { h1 { (title) } p { (help) } };
    let frame = Frame { at: "/", title, scripts: &[], published, linked_data: &Value::Null, wide: false, data: false };
    frame.around(&main, &html! {}).into_string()
}

/// What stands around a page.
struct Frame<'a> {
    at: &'a str,
    title: &'a str,
    scripts: &'a [&'a str],
    published: bool,
    linked_data: &'a Value,
    wide: bool,
    /// Whether it has other forms.
    data: bool,
}

impl Frame<'_> {
    fn link(&self, to: &str) -> String {
        if self.at == "/" { format!("/{to}.html") } else { href(self.at, to) }
    }

    fn file(&self, name: &str) -> String {
        let up = if self.at == "/" { "/".to_owned() } else { "../".repeat(self.at.matches('/').count()) };
        format!("{up}{name}")
    }

    fn around(&self, main: &Markup, below: &Markup) -> Markup {
        let root = self.file("");
        let title = if self.at == "index" { "Quorate".to_owned() } else { format!("{} · Quorate", self.title) };
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    title { (title) }
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    link rel="icon" href="data:,";
                    link rel="stylesheet" href=(self.file("assets/explore.css"));
                    @if self.data {
                        @for (ending, name) in DATA {
                            link rel="alternate" title=(name) type=(media_type(ending)) href=(linked(self.at, self.at, ending));
                        }
                    }
                    @if !self.linked_data.is_null() {
                        script type="application/ld+json" { (PreEscaped(data_block(self.linked_data))) }
                    }
                    script src=(self.file("assets/explore.js")) defer {}
                    @for script in self.scripts { script src=(self.file(script)) defer {} }
                }
                body data-root=(root) data-search=[self.published.then_some("file")] {
                    a.skip href="#main" { "Skip to the content" }
                    header.site {
                        div.bar {
                            a.brand href=(self.link("index")) { "Quorate" }
                            (search_form(&self.link("search"), "q-head", "", self.at == "index"))
                            nav aria-label="Site" {
                                ul {
                                    @for (text, to) in MENU {
                                        li { a href=(self.link(to)) aria-current=[(self.at == *to).then_some("page")] { (text) } }
                                    }
                                    @if !self.published {
                                        li { a href={ (root) "sparql" } aria-current=[(self.at == "sparql").then_some("page")] { "SPARQL" } }
                                    }
                                }
                            }
                        }
                    }
                    main #main tabindex="-1" class=[self.wide.then_some("wide")] { (main) }
                    footer.site {
                        div {
                            (below)
                            p {
                                "Everything here was read from published minutes by "
                                strong { "Quorate" }
                                ", and each fact leads to the words that say so. "
                                a href=(self.link("list/documents")) { "All documents" }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn media_type(ending: &str) -> &'static str {
    super::FORMS.iter().find(|form| form.ending == ending).map_or("", |form| form.media_type)
}

/// JSON within a script element, which no `<` may end.
fn data_block(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// The field to search in; a script adds suggestions to it.
pub(super) fn search_form(action: &str, id: &str, typed: &str, hidden: bool) -> Markup {
    let list = format!("{id}-found");
    html! {
        form.search role="search" action=(action) method="get" hidden[hidden] {
            label.quiet for=(id) { "Search people, organisations, meetings, decisions" }
            input type="search" #(id) name="q" value=(typed) autocomplete="off" spellcheck="false" maxlength="200"
                placeholder="Search names and decisions" data-list=(list);
            button type="submit" { "Search" }
            div.found {}
        }
    }
}

fn section(at: &str, section: &Section) -> Markup {
    let labelled = format!("{}-heading", section.id);
    let titled = !section.heading.is_empty();
    html! {
        section #(section.id) aria-labelledby=[titled.then_some(&labelled)] {
            @if titled { h2 #(labelled) { (section.heading) } }
            @if !section.note.is_empty() { p.note { (section.note) } }
            @for block in &section.blocks {
                @match block {
                    Block::Drawing(drawing) => { (drawing) }
                    Block::Table(table) if table.hidden || table.rows.is_empty() => {}
                    Block::Table(table) => { (self::table(at, table)) }
                }
            }
        }
    }
}

/// A table of rows, each with the way to its words.
fn table(at: &str, table: &Table) -> Markup {
    let worded = table.rows.iter().any(|row| row.words.is_some());
    let cells = |i: usize| table.rows.iter().filter_map(move |row| row.cells.get(i)).filter(|cell| !cell.is_empty());
    // A column in which nothing stands is noise; its data keep it.
    let columns: Vec<Column> = (0..table.columns.len())
        .filter(|i| cells(*i).next().is_some())
        .map(|i| Column {
            at: i,
            name: table.columns[i].replace('_', " "),
            class: cells(i).all(|cell| cell.look == Look::Number).then_some("n"),
        })
        .collect();
    html! {
        div.scroll tabindex="0" role="region" aria-label=(if table.caption.is_empty() { table.name } else { &table.caption }) {
            table {
                @if !table.caption.is_empty() { caption { (table.caption) } }
                thead {
                    tr {
                        @for column in &columns { th scope="col" class=[column.class] { (column.name) } }
                        @if worded { th scope="col" { "words" } }
                    }
                }
                tbody {
                    @for row in &table.rows { (self::row(at, row, &columns, worded)) }
                }
            }
        }
    }
}

/// A column that is shown.
struct Column {
    at: usize,
    name: String,
    class: Option<&'static str>,
}

fn row(at: &str, row: &Row, columns: &[Column], worded: bool) -> Markup {
    html! {
        tr id=[row.anchor.as_deref()] {
            @for column in columns {
                td class=[column.class] data-label=(column.name) {
                    @if let Some(cell) = row.cells.get(column.at) { (self::cell(at, cell, "; ")) }
                }
            }
            @if worded { td.w { @if let Some(words) = &row.words { (self::words(at, words)) } } }
        }
    }
}

/// The way to the words of a document.
fn words(at: &str, words: &Words) -> Markup {
    html! { a.words href=(href(at, &words.target())) title="The words that say so" { "words" } }
}

/// The parts of a cell, each with its link.
pub(super) fn cell(at: &str, cell: &Cell, between: &str) -> Markup {
    html! {
        @for (i, part) in cell.parts.iter().enumerate() {
            @if i > 0 { (between) }
            @let text = html! {
                @match cell.look {
                    Look::Date if part.text.starts_with(|c: char| c.is_ascii_digit()) => time datetime=(part.text) { (day(&part.text)) },
                    Look::Badge => span class={ "badge " (class(&part.text)) } { (part.text) },
                    _ => (part.text),
                }
            };
            @match &part.to {
                Some(to) => a href=(href(at, to)) { (text) },
                None => (text),
            }
        }
    }
}

/// A word of a closed list as the name of a class.
pub(super) fn class(word: &str) -> String {
    word.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
}

/// "2014-03-13" as "13 March 2014", "2014-03" as "March 2014"; what is no date as it is.
pub(super) fn day(date: &str) -> String {
    date.parse().map_or_else(|_| date.to_owned(), Date::words)
}

fn facets(at: &str, facets: &[Facet]) -> Markup {
    // The list without any choice: its address begins so.
    let whole = at.match_indices('/').nth(1).map_or(at, |(end, _)| &at[..end]);
    html! {
        nav.facets aria-label="Narrow the list" {
            @for facet in facets {
                details {
                    summary {
                        (facet.label)
                        @if let Some(chosen) = facet.choices.iter().find(|choice| choice.chosen) { ": " strong { (chosen.text) } }
                    }
                    ul {
                        @for choice in &facet.choices {
                            li {
                                a href=(href(at, &choice.to)) aria-current=[choice.chosen.then_some("true")] {
                                    (choice.text) @if choice.chosen { span.quiet { " (chosen; follow to take it away)" } }
                                }
                                " " span.count { (choice.count) }
                            }
                        }
                    }
                }
            }
            @if facets.iter().any(|facet| facet.choices.iter().any(|choice| choice.chosen)) {
                a.all href=(href(at, whole)) { "Show all" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_for_people() {
        let written = ["2014-03-03", "2014-03", "2014", "", "2014-13-01", "x"].map(day);
        assert_eq!(written, ["3 March 2014", "March 2014", "2014", "", "2014-13-01", "x"]);
    }

    #[test]
    fn every_text_is_escaped() {
        let evil = "\"><script>alert(1)</script>&'";
        let mut shown = Page {
            address: "person/a".into(),
            kind: evil.into(),
            title: evil.into(),
            linked_data: serde_json::json!({ "name": "</script><script>" }),
            facets: vec![Facet {
                label: "body",
                choices: vec![super::super::page::Choice {
                    text: evil.into(),
                    count: 1,
                    to: evil.into(),
                    chosen: true,
                }],
            }],
            ..Page::default()
        };
        shown.fact("names", Cell::parts([(evil, evil)]));
        let words = Some(Words { document: evil.into(), start: 0, end: 1, here: false });
        let rows = vec![Row::new([Cell::badge(evil), Cell::date(evil)]).with_words(words).at(Some(evil.into()))];
        let table = Table { name: "t", caption: evil.into(), columns: &["a", "b"], rows, hidden: false };
        shown.table("t", evil, evil, table);
        let html = page(&shown, false);
        assert!(!html.contains("<script>") && !html.contains("alert(1)</"), "{html}");
        assert_eq!(html.matches("<script").count(), 2, "{html}");
        assert!(!failure(evil, evil, false).contains("<script>alert"));
    }
}
