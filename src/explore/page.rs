//! What a page holds, in whatever form it is written: sections with tables, whose cells link to other pages and whose
//! rows point at the words that say so, and drawings. In: texts as they are. Out: plain data. Must never hold HTML that
//! was not made by a template that escapes.

use std::fmt::Write as _;

use maud::Markup;
use serde_json::Value;

/// A page.
#[derive(Default)]
pub(super) struct Page {
    /// Its address without ending and without a slash before.
    pub(super) address: String,
    /// Above the title: what it is about.
    pub(super) kind: String,
    pub(super) title: String,
    /// Label and what is said, in the order in which it is shown.
    pub(super) facts: Vec<(&'static str, Cell)>,
    pub(super) sections: Vec<Section>,
    /// Beside the sections: parts to choose from.
    pub(super) facets: Vec<Facet>,
    /// The page in terms of schema.org.
    pub(super) linked_data: Value,
    /// Subjects of the RDF that it shows; one that ends in `/` stands for all that begin so.
    pub(super) subjects: Vec<String>,
    /// Whether it is too wide for a column that is pleasant to read.
    pub(super) wide: bool,
}

/// A part of a page.
#[derive(Default)]
pub(super) struct Section {
    pub(super) id: &'static str,
    pub(super) heading: String,
    pub(super) note: String,
    pub(super) blocks: Vec<Block>,
}

/// What a section holds.
pub(super) enum Block {
    Table(Table),
    /// Something to look at, whose figures stand in a table too or are beside the point.
    Drawing(Markup),
}

/// Rows, which every form of the page has.
#[derive(Default)]
pub(super) struct Table {
    /// Name in data.
    pub(super) name: &'static str,
    pub(super) caption: String,
    pub(super) columns: &'static [&'static str],
    pub(super) rows: Vec<Row>,
    /// Only in data: its rows are drawn otherwise on the page.
    pub(super) hidden: bool,
}

/// A row.
#[derive(Clone, Default)]
pub(super) struct Row {
    /// Where the page can be pointed at.
    pub(super) anchor: Option<String>,
    pub(super) cells: Vec<Cell>,
    pub(super) words: Option<Words>,
}

/// Words of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Words {
    /// Identifier of the document.
    pub(super) document: String,
    pub(super) start: u32,
    pub(super) end: u32,
    /// Whether the page itself shows them.
    pub(super) here: bool,
}

impl Words {
    /// The name of the place within the document.
    pub(super) fn anchor(start: u32, end: u32) -> String {
        format!("c{start}-{end}")
    }

    pub(super) fn target(&self) -> String {
        let document = if self.here { "" } else { &self.document };
        format!("{document}#{}", Self::anchor(self.start, self.end))
    }
}

/// A cell: some texts, each with what it leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) parts: Vec<Part>,
    pub(super) look: Look,
}

/// How a cell is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Look {
    #[default]
    Text,
    Number,
    Date,
    /// A word of a closed list, such as a status.
    Badge,
}

/// A text, and the identifier of what it leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) text: String,
    pub(super) to: Option<String>,
}

impl Cell {
    pub(super) fn link(text: &str, to: &str) -> Self {
        Self::parts([(text, to)])
    }

    /// Several, each with what it leads to; nothing where that is empty.
    pub(super) fn parts<'a>(parts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let part = |(text, to): (&str, &str)| Part {
            text: text.to_owned(),
            to: Some(to.to_owned()).filter(|to| !to.is_empty()),
        };
        Self { parts: parts.into_iter().filter(|(text, _)| !text.is_empty()).map(part).collect(), look: Look::Text }
    }

    pub(super) fn date(date: &str) -> Self {
        Self { look: Look::Date, ..Self::from(date) }
    }

    /// A date that leads to a meeting.
    pub(super) fn dated(date: &str, to: &str) -> Self {
        let shown = if date.is_empty() { "undated" } else { date };
        Self { look: Look::Date, ..Self::link(shown, to) }
    }

    pub(super) fn badge(word: &str) -> Self {
        Self { look: Look::Badge, ..Self::from(word) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// All as one text.
    pub(super) fn text(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("; ")
    }

    /// All that it leads to, as one text.
    pub(super) fn ids(&self) -> String {
        self.parts.iter().filter_map(|part| part.to.as_deref()).collect::<Vec<_>>().join("; ")
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::parts([(text, "")])
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self { look: Look::Number, ..Self::from(number.to_string()) }
    }
}

impl Row {
    pub(super) fn new(cells: impl IntoIterator<Item = Cell>) -> Self {
        Self { cells: cells.into_iter().collect(), ..Self::default() }
    }

    pub(super) fn with_words(mut self, words: Option<Words>) -> Self {
        self.words = words;
        self
    }

    pub(super) fn at(mut self, anchor: Option<String>) -> Self {
        self.anchor = anchor;
        self
    }
}

/// A way to choose among rows.
pub(super) struct Facet {
    pub(super) label: &'static str,
    pub(super) choices: Vec<Choice>,
}

/// One of them.
pub(super) struct Choice {
    pub(super) text: String,
    pub(super) count: usize,
    pub(super) to: String,
    pub(super) chosen: bool,
}

impl Page {
    /// Adds a section of one table, unless that is empty.
    pub(super) fn table(&mut self, id: &'static str, heading: &str, note: &str, table: Table) {
        if !table.rows.is_empty() {
            self.section(id, heading, note, vec![Block::Table(table)]);
        }
    }

    /// Adds a section, unless it is empty.
    pub(super) fn section(&mut self, id: &'static str, heading: &str, note: &str, blocks: Vec<Block>) {
        if !blocks.is_empty() {
            self.sections.push(Section { id, heading: heading.to_owned(), note: note.to_owned(), blocks });
        }
    }

    /// Adds a fact, unless it is empty.
    pub(super) fn fact(&mut self, label: &'static str, said: impl Into<Cell>) {
        let said = said.into();
        if !said.is_empty() {
            self.facts.push((label, said));
        }
    }

    pub(super) fn tables(&self) -> impl Iterator<Item = &Table> {
        self.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Drawing(_) => None,
        })
    }
}

/// The link from a page to a page, a place within a page, or a file: relative, so that a site works wherever it lies.
pub(super) fn href(from: &str, to: &str) -> String {
    linked(from, to, "html")
}

/// The same to the page in another form.
pub(super) fn linked(from: &str, to: &str, ending: &str) -> String {
    let up = "../".repeat(from.matches('/').count());
    let (page, place) = place(to);
    if !place.is_empty() && (page.is_empty() || page == from) {
        return format!("#{}", encoded(place));
    }
    let hash = if place.is_empty() { "" } else { "#" };
    format!("{up}{}.{ending}{hash}{}", encoded(page), encoded(place))
}

/// The page that shows what has this identifier, and the place there: items, decisions and actions stand in the page of
/// their meeting.
pub(super) fn place(id: &str) -> (&str, &str) {
    if let Some(pair) = id.split_once('#') {
        return pair;
    }
    if id.starts_with("meeting/") {
        let mut at = 0;
        for (number, part) in id.split('/').enumerate() {
            if number >= 2 && matches!(part, "item" | "decision" | "action") {
                return (&id[..at - 1], &id[at..]);
            }
            at += part.len() + 1;
        }
    }
    (id, "")
}

/// Percent-encoded for a path, whose slashes stay.
pub(super) fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~#".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // A text does not fail to be written to.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative() {
        assert_eq!(href("index", "person/ann"), "person/ann.html");
        assert_eq!(href("person/ann", "meeting/board/2014"), "../meeting/board/2014.html");
        assert_eq!(href("person/ann", "document/a#c1-2"), "../document/a.html#c1-2");
        assert_eq!(href("document/a", "document/a#c1-2"), "#c1-2");
        assert_eq!(linked("person/ann", "person/ann", "json"), "../person/ann.json");
    }

    #[test]
    fn parts_of_a_meeting_are_places_within_it() {
        assert_eq!(place("meeting/board/2014/item/1/decision/2"), ("meeting/board/2014", "item/1/decision/2"));
        assert_eq!(place("meeting/board/2014/decision/2"), ("meeting/board/2014", "decision/2"));
        assert_eq!(place("meeting/item/2014"), ("meeting/item/2014", ""));
        assert_eq!(place("meeting/board/action/1"), ("meeting/board", "action/1"));
    }

    #[test]
    fn what_no_address_can_hold_is_encoded() {
        assert_eq!(encoded("a b/<é>?"), "a%20b/%3C%C3%A9%3E%3F");
    }
}
