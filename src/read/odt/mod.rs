//! ODT: `OpenDocument` text, as `LibreOffice` and Word write it.
//!
//! In: the archive. Out: paragraphs, tables, lists with their numbers, headings by outline level,
//! footnotes at the end. Never: show what a reader does not see: deleted or hidden text, comments.

mod styles;

use rustc_hash::FxHashMap;

use super::flow::{Flow, GAP, Paragraph};
use super::numbering::Counters;
use super::package::{self, Package};
use super::rows::{Row, WIDEST};
use super::xml::Tree;
use super::{Format, Likeness, ReadError, Reading};
use styles::{Look, Styles};

/// The row of ODT.
pub(super) const FORMAT: Format = Format {
    name: "odt",
    extensions: &["odt", "ott"],
    media_type: "application/vnd.oasis.opendocument.text",
    recognises,
    read,
    about: "OpenDocument text: paragraphs, tables, counted lists, headings, footnotes; without deleted text and comments",
};

fn recognises(bytes: &[u8]) -> Likeness {
    if !package::is_archive(bytes) {
        return Likeness::No;
    }
    // The media type stands at the start of the archive, so that it can be found there.
    let head = &bytes[..bytes.len().min(200)];
    let says = |what: &str| memchr::memmem::find(head, what.as_bytes()).is_some();
    if says("application/vnd.oasis.opendocument.text") {
        return Likeness::Sure;
    }
    // It does not where another program has packed the archive anew.
    let has_parts = || package::holds(bytes, "META-INF/manifest.xml") && package::holds(bytes, "content.xml");
    if !says("mimetypeapplication/") && has_parts() { Likeness::Strong } else { Likeness::No }
}

fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let mut package = Package::open(bytes)?;
    if package.part("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(package::encrypted());
    }
    let Some(content) = package.part("content.xml")? else {
        return Err(ReadError::Broken(
            "the file holds no text; open it in a word processor and save it anew".to_owned(),
        ));
    };
    let common = package.part("styles.xml")?.unwrap_or_default();
    let (common, tree) = (Tree::parse(&common), Tree::parse(&content));
    let mut styles = Styles::default();
    styles.add(&common, "document-styles", "styles");
    styles.add(&tree, "document-content", "automatic-styles");
    let mut walker = Walker {
        tree: &tree,
        styles: &styles,
        counters: Counters::default(),
        lists: Lists::default(),
        flow: Flow::default(),
        after_space: true,
        boxes: Vec::new(),
        notes: Vec::new(),
    };
    if let Some(text) = tree.at(0, &["document-content", "body", "text"]) {
        walker.blocks(text, None);
    }
    // A note within a note is told after it.
    let mut told = 0;
    while let Some(&note) = walker.notes.get(told) {
        told += 1;
        walker.flow.apart();
        walker.flow.text(&format!("[{told}] "), false);
        walker.blocks(note, None);
    }
    let mut reading = walker.flow.finish().finish();
    if tree.is_cut {
        reading.missing = Some("the file is damaged or too large; what follows the last line is missing".to_owned());
    }
    Ok(reading)
}

/// Where an entry stands in a list.
#[derive(Clone, Debug)]
struct Place {
    style: String,
    /// The key under which it counts.
    key: u32,
    level: usize,
    /// The number that it asks for.
    start: Option<u32>,
    /// Whether it has a number of its own.
    is_counted: bool,
}

/// The lists so far.
#[derive(Default)]
struct Lists {
    next: u32,
    of_style: FxHashMap<String, u32>,
    of_name: FxHashMap<String, u32>,
}

/// Counts headings; no list has this key.
const OUTLINE: u32 = u32::MAX;

struct Walker<'t> {
    tree: &'t Tree<'t>,
    styles: &'t Styles,
    counters: Counters,
    lists: Lists,
    flow: Flow,
    /// Whether white space would follow white space, which counts for nothing.
    after_space: bool,
    /// Text boxes that are anchored in the paragraph.
    boxes: Vec<usize>,
    notes: Vec<usize>,
}

impl Walker<'_> {
    /// Paragraphs, lists and tables, and whatever holds them. The first paragraph of an entry of a list
    /// takes its place.
    fn blocks(&mut self, node: usize, mut place: Option<Place>) {
        let tree = self.tree;
        for child in tree.children(node) {
            match tree.name(child) {
                "p" | "h" => self.paragraph(child, place.as_mut()),
                "list" => self.list(child, place.as_ref()),
                "table" => self.table(child),
                "tracked-changes" | "annotation" | "forms" | "sequence-decls" | "" => {}
                "frame" | "custom-shape" | "g" => {
                    self.find_boxes(child);
                    self.write_boxes();
                }
                _ => self.blocks(child, None),
            }
        }
    }

    fn paragraph(&mut self, node: usize, place: Option<&mut Place>) {
        let tree = self.tree;
        let style = tree.attribute(node, "style-name").unwrap_or_default();
        let look = self.styles.paragraph(&style);
        self.after_space = true;
        let starts_blank = self.flow.is_empty();
        self.runs(node, &look);
        let is_blank = starts_blank && self.flow.is_empty();
        let level = tree.attribute(node, "outline-level").and_then(|level| level.parse::<u8>().ok());
        let is_heading = tree.name(node) == "h";
        let heading = if is_heading { Some(level.or(look.outline).unwrap_or(1)) } else { look.outline };
        let mut paragraph = Paragraph {
            heading: heading.filter(|&level| level > 0).map(|level| level.min(6)),
            gap_before: look.before.unwrap_or(0) >= GAP,
            gap_after: look.after.unwrap_or(0) >= GAP,
            ..Paragraph::default()
        };
        let is_free = tree.attribute(node, "is-list-header").as_deref() == Some("true");
        if let Some(place) = place {
            if place.is_counted && !is_blank {
                let style = if place.style.is_empty() { look.list.unwrap_or_default() } else { place.style.clone() };
                if let Some(start) = place.start.take() {
                    self.counters.restart(place.key, place.level, start);
                }
                paragraph.marker = self.counters.next(place.key, self.styles.levels(&style), place.level);
                place.is_counted = false;
            }
            if paragraph.heading.is_none() {
                paragraph.list = Some(place.level.min(8) as u8);
            }
        } else if let Some(level) = level.filter(|&level| level > 0 && is_heading && !is_free && !is_blank) {
            paragraph.marker = self.counters.next(OUTLINE, self.styles.outline(), usize::from(level) - 1);
        }
        if paragraph.marker.is_empty() {
            paragraph.list = None;
        }
        self.flow.end(&paragraph);
        self.write_boxes();
    }

    fn write_boxes(&mut self) {
        for anchored in std::mem::take(&mut self.boxes) {
            self.blocks(anchored, None);
        }
    }

    fn find_boxes(&mut self, node: usize) {
        let tree = self.tree;
        for child in tree.children(node) {
            match tree.name(child) {
                "text-box" => self.boxes.push(child),
                // A shape bears its text itself.
                "p" => {
                    if self.boxes.last() != Some(&node) {
                        self.boxes.push(node);
                    }
                }
                "" | "annotation" | "object" => {}
                _ => self.find_boxes(child),
            }
        }
    }

    fn runs(&mut self, node: usize, look: &Look) {
        let tree = self.tree;
        let is_bold = look.is_bold.unwrap_or(false);
        if look.is_hidden == Some(true) {
            return;
        }
        for child in tree.children(node) {
            if let Some(text) = tree.text(child) {
                self.text(text, is_bold);
                continue;
            }
            match tree.name(child) {
                "s" => {
                    let count = tree.attribute(child, "c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                    self.flow.text(&" ".repeat(count.min(WIDEST)), false);
                    self.after_space = false;
                }
                "tab" => {
                    self.flow.text("\t", false);
                    self.after_space = true;
                }
                "line-break" => {
                    self.flow.line_break();
                    self.after_space = true;
                }
                "span" => {
                    let style = tree.attribute(child, "style-name").unwrap_or_default();
                    self.runs(child, &self.styles.text(&style).over(look));
                }
                "note" => {
                    if let Some(body) = tree.child(child, "note-body") {
                        self.notes.push(body);
                        self.flow.text(&format!("[{}]", self.notes.len()), false);
                        self.after_space = false;
                    }
                }
                "frame" | "custom-shape" | "g" | "rect" | "line" => {
                    // What holds the frame is no shape that bears a text.
                    self.find_boxes(child);
                }
                "annotation" | "ruby-text" | "tracked-changes" | "script" => {}
                _ => self.runs(child, look),
            }
        }
    }

    /// White space of any length is one space, and none at the start.
    fn text(&mut self, text: &str, is_bold: bool) {
        let mut words = String::with_capacity(text.len());
        for character in text.chars() {
            if matches!(character, ' ' | '\t' | '\n' | '\r') {
                if !self.after_space {
                    words.push(' ');
                }
                self.after_space = true;
            } else {
                words.push(character);
                self.after_space = false;
            }
        }
        self.flow.text(&words, is_bold);
    }

    fn list(&mut self, node: usize, outer: Option<&Place>) {
        let tree = self.tree;
        let own = tree.attribute(node, "style-name");
        let style = own.or_else(|| outer.map(|outer| outer.style.clone())).unwrap_or_default();
        let key = match outer {
            Some(outer) if outer.style == style => outer.key,
            _ => self.key(node, &style),
        };
        let level = outer.map_or(0, |outer| outer.level + 1);
        for item in tree.children(node) {
            let is_counted = match tree.name(item) {
                "list-item" => true,
                "list-header" => false,
                _ => continue,
            };
            let start = tree.attribute(item, "start-value").and_then(|start| start.parse().ok());
            self.blocks(item, Some(Place { style: style.clone(), key, level, start, is_counted }));
        }
    }

    /// The key under which a list counts: its own, or that of the list that it goes on from.
    fn key(&mut self, node: usize, style: &str) -> u32 {
        let tree = self.tree;
        let goes_on = tree.attribute(node, "continue-numbering").as_deref() == Some("true");
        let before = match tree.attribute(node, "continue-list") {
            Some(name) => self.lists.of_name.get(&name).copied(),
            None => self.lists.of_style.get(style).copied().filter(|_| goes_on),
        };
        let key = before.unwrap_or_else(|| {
            self.lists.next += 1;
            self.lists.next
        });
        self.lists.of_style.insert(style.to_owned(), key);
        if let Some(name) = tree.attribute(node, "id") {
            self.lists.of_name.insert(name, key);
        }
        key
    }

    fn table(&mut self, node: usize) {
        let mut rows = Vec::new();
        self.rows(node, false, &mut rows);
        self.flow.table(rows);
    }

    fn rows(&mut self, node: usize, header: bool, rows: &mut Vec<Row>) {
        let tree = self.tree;
        for child in tree.children(node) {
            match tree.name(child) {
                "table-row" => {
                    let mut row = Row { cells: Vec::new(), header };
                    for cell in tree.children(child) {
                        let repeated = tree.attribute(cell, "number-columns-repeated");
                        let repeated = repeated.and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                        let lines = match tree.name(cell) {
                            "table-cell" => {
                                self.flow.open_cell();
                                self.blocks(cell, None);
                                self.flow.close_cell()
                            }
                            "covered-table-cell" => Vec::new(),
                            _ => continue,
                        };
                        row.cells.push(lines);
                        row.cells.extend((1..repeated.min(WIDEST)).map(|_| Vec::new()));
                        row.cells.truncate(WIDEST);
                    }
                    rows.push(row);
                }
                "table-header-rows" => self.rows(child, true, rows),
                "table-rows" | "table-row-group" => self.rows(child, header, rows),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tests::{archive, show};
    use expect_test::{Expect, expect};

    const STYLES: &str = r#"<office:automatic-styles><style:style style:name="B" style:family="text"><style:text-properties
        fo:font-weight="bold"/></style:style><style:style style:name="G" style:family="paragraph"><style:paragraph-properties
        fo:margin-bottom="0.2cm"/></style:style><text:list-style style:name="L"><text:list-level-style-number text:level="1"
        style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="1"
        text:display-levels="2"/></text:list-style></office:automatic-styles>"#;

    fn check(body: &str, expected: &Expect) {
        let content = format!(
            "<office:document-content>{STYLES}<office:body><office:text>{body}</office:text></office:body></office:document-content>"
        );
        let bytes = archive(&[("mimetype", FORMAT.media_type.as_bytes()), ("content.xml", content.as_bytes())]);
        assert_eq!(recognises(&bytes), Likeness::Sure);
        expected.assert_eq(&show(&read(&bytes).unwrap()));
    }

    #[test]
    fn spaces_tabs_notes_and_spans_are_read() {
        check(
            r#"<text:tracked-changes><text:deletion><text:p>Gone</text:p></text:deletion></text:tracked-changes>
            <text:h text:outline-level="2">Present</text:h>
            <text:p text:style-name="G"><text:span text:style-name="B">Ms A.
               Lee<text:s text:c="1"/>BA</text:span></text:p><text:p>Mr B. Ek<text:note><text:note-citation>1</text:note-citation><text:note-body>
            <text:p>Left at noon</text:p></text:note-body></text:note><text:tab/>Mill<office:annotation><text:p>Sure?</text:p></office:annotation>
            <draw:frame><draw:text-box><text:p>Box</text:p></draw:text-box></draw:frame><text:line-break/>Dr C. Day</text:p>"#,
            &expect![[r#"
                h2 "Present"
                text gap bold "Ms A. Lee BA"
                text gap | Mr B. Ek[1] | Mill |
                text "Dr C. Day"
                text "Box"
                text gap "[1] Left at noon"
            "#]],
        );
    }

    #[test]
    fn lists_and_tables_are_read() {
        check(
            r#"<text:list text:style-name="L"><text:list-item><text:p>Rents</text:p><text:p>All were paid.</text:p><text:list><text:list-item>
            <text:p>Roof</text:p></text:list-item></text:list></text:list-item></text:list><text:p>Then</text:p><text:list text:style-name="L"
            text:continue-numbering="true"><text:list-item><text:p>Door</text:p></text:list-item></text:list>
            <text:list text:style-name="L"><text:list-item text:start-value="9"><text:p>Tea</text:p></text:list-item></text:list>
            <table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Name</text:p></table:table-cell><table:table-cell>
            <text:p>Role</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell
            table:number-columns-spanned="2"><text:p>Officers</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table>"#,
            &expect![[r#"
                item0 <1.> "Rents"
                text "All were paid."
                item1 in2 <1.1> "Roof"
                text "Then"
                item0 <2.> "Door"
                item0 <9.> "Tea"
                row0! gap | Name | Role |
                row0 | Officers |  |
            "#]],
        );
    }
}
