//! DOCX: Word since 2007, and all programs that write its format.
//!
//! In: the archive. Out: paragraphs, tables, lists with the numbers that Word counts, headings by
//! outline level, footnotes at the end. Never: show what a reader does not see: deleted or hidden
//! text, comments, the instructions of fields.

mod styles;

use rustc_hash::{FxHashMap, FxHashSet};

use super::flow::{Flow, Paragraph};
use super::numbering::Counters;
use super::package::{self, Package};
use super::rows::{Row, WIDEST};
use super::xml::Tree;
use super::{Format, Likeness, ReadError, Reading};
use styles::{Numbering, Styles, is_on};

/// The row of DOCX.
pub(super) const FORMAT: Format = Format {
    name: "docx",
    extensions: &["docx", "docm", "dotx"],
    media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    recognises,
    read,
    about: "Word since 2007: paragraphs, tables, counted lists, headings, footnotes; without deleted text and comments",
};

/// The part that most programs write the text to.
const DOCUMENT: &str = "word/document.xml";

fn recognises(bytes: &[u8]) -> Likeness {
    let is_word = package::holds(bytes, DOCUMENT)
        || (package::holds(bytes, "[Content_Types].xml") && package::holds(bytes, "word/"));
    if is_word { Likeness::Sure } else { Likeness::No }
}

fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let mut package = Package::open(bytes)?;
    let relations = package.part("_rels/.rels")?.unwrap_or_default();
    let main = main_part(&Tree::parse(&relations)).unwrap_or_else(|| DOCUMENT.to_owned());
    let Some(document) = package.part(&main)? else {
        return Err(ReadError::Broken(
            "the file holds no text; open it in a word processor and save it anew".to_owned(),
        ));
    };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut part = |name: &str| {
        let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        package.part(&path).map(Option::unwrap_or_default)
    };
    let (styles, numbering) = (part("styles.xml")?, part("numbering.xml")?);
    let (footnotes, endnotes) = (part("footnotes.xml")?, part("endnotes.xml")?);
    let styles = Styles::parse(&Tree::parse(&styles));
    let numbering = Numbering::parse(&Tree::parse(&numbering), &styles);
    let tree = Tree::parse(&document);
    let mut state = State::default();
    Walker { tree: &tree, styles: &styles, numbering: &numbering, state: &mut state, boxes: Vec::new() }.blocks(0);
    let notes = std::mem::take(&mut state.notes);
    for (kind, part) in [("footnote", &footnotes), ("endnote", &endnotes)] {
        let tree = Tree::parse(part);
        let of_kind = |&note: &usize| tree.name(note) == kind;
        let roots = tree.children(0).flat_map(|root| tree.children(root));
        let all: FxHashMap<String, usize> =
            roots.filter(of_kind).filter_map(|note| Some((tree.attribute(note, "id")?, note))).collect();
        for (number, (_, id)) in notes.iter().enumerate().filter(|(_, (of, _))| *of == kind) {
            let Some(&note) = all.get(id) else { continue };
            state.flow.apart();
            state.flow.text(&format!("[{}] ", number + 1), false);
            Walker { tree: &tree, styles: &styles, numbering: &numbering, state: &mut state, boxes: Vec::new() }
                .blocks(note);
        }
    }
    let mut reading = state.flow.finish().finish();
    if tree.is_cut {
        reading.missing = Some("the file is damaged or too large; what follows the last line is missing".to_owned());
    }
    Ok(reading)
}

/// The path of the part that holds the text.
fn main_part(relations: &Tree<'_>) -> Option<String> {
    let root = relations.child(0, "Relationships")?;
    let is_main = |&one: &usize| relations.attribute(one, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"));
    let main = relations.children(root).find(is_main)?;
    relations.attribute(main, "Target").map(|path| path.trim_start_matches('/').to_owned())
}

/// What has been gathered of the whole file.
#[derive(Default)]
struct State {
    flow: Flow,
    counters: Counters,
    /// Lists that have had an entry.
    begun: FxHashSet<u32>,
    /// Kind and identifier of the notes that the text refers to.
    notes: Vec<(&'static str, String)>,
}

/// Goes through one part.
struct Walker<'t> {
    tree: &'t Tree<'t>,
    styles: &'t Styles,
    numbering: &'t Numbering,
    state: &'t mut State,
    /// Text boxes that are anchored in the paragraph.
    boxes: Vec<usize>,
}

impl Walker<'_> {
    /// Paragraphs and tables, and whatever holds them.
    fn blocks(&mut self, node: usize) {
        let tree = self.tree;
        for child in tree.children(node) {
            match tree.name(child) {
                "p" => self.paragraph(child),
                "tbl" => self.table(child),
                "del" | "moveFrom" | "sectPr" | "sdtPr" | "sdtEndPr" | "Fallback" | "" => {}
                _ => self.blocks(child),
            }
        }
    }

    fn paragraph(&mut self, node: usize) {
        let tree = self.tree;
        let properties = tree.child(node, "pPr");
        let value = |name: &str| properties.and_then(|properties| tree.value(properties, name, "val"));
        let style = value("pStyle").unwrap_or_else(|| self.styles.normal.clone());
        let look = self.styles.look(&style);
        let own = properties.map(|properties| styles::own_look(tree, properties)).unwrap_or_default();
        let look = own.over(&look);
        let starts_blank = self.state.flow.is_empty();
        self.runs(node, look.is_bold.unwrap_or(false));
        let is_blank = starts_blank && self.state.flow.is_empty();
        let mut paragraph = Paragraph {
            heading: look.heading.filter(|&level| level > 0),
            gap_before: look.before.unwrap_or(0) >= super::flow::GAP,
            gap_after: look.after.unwrap_or(0) >= super::flow::GAP,
            ..Paragraph::default()
        };
        // Word numbers an empty paragraph too, but shows nothing that a reader would miss.
        if let Some(number) = look.number.filter(|_| !is_blank)
            && let Some(list) = self.numbering.list(number)
        {
            let level = look.level.unwrap_or(0);
            if self.state.begun.insert(number) {
                for &(at, start) in &list.restarts {
                    self.state.counters.restart(list.key, at, start);
                }
            }
            paragraph.marker = self.state.counters.next(list.key, &list.levels, level);
            if !paragraph.marker.is_empty() && paragraph.heading.is_none() {
                paragraph.list = Some(level.min(8) as u8);
            }
        }
        // Where the end of a paragraph is deleted, the next goes on with it.
        if properties.is_none_or(|properties| tree.at(properties, &["rPr", "del"]).is_none()) {
            self.state.flow.end(&paragraph);
        }
        for anchored in std::mem::take(&mut self.boxes) {
            self.blocks(anchored);
        }
    }

    /// The runs of a paragraph.
    fn runs(&mut self, node: usize, is_bold: bool) {
        let tree = self.tree;
        for child in tree.children(node) {
            match tree.name(child) {
                "r" => self.run(child, is_bold),
                "del" | "moveFrom" | "pPr" | "sdtPr" | "sdtEndPr" | "" => {}
                "oMath" | "oMathPara" => self.state.flow.text(&tree.words(child), is_bold),
                _ => self.runs(child, is_bold),
            }
        }
    }

    fn run(&mut self, node: usize, is_bold: bool) {
        let tree = self.tree;
        let mut is_bold = is_bold;
        if let Some(properties) = tree.child(node, "rPr") {
            if is_on(tree, properties, "vanish") == Some(true) || is_on(tree, properties, "webHidden") == Some(true) {
                return;
            }
            if let Some(style) = tree.value(properties, "rStyle", "val") {
                // A style that is bold makes bold text plain and plain text bold.
                is_bold ^= self.styles.look(&style).is_bold.unwrap_or(false);
            }
            if let Some(own) = styles::set_apart(tree, properties) {
                is_bold = own;
            }
        }
        for child in tree.children(node) {
            match tree.name(child) {
                "t" => {
                    for text in tree.children(child) {
                        self.state.flow.text(tree.text(text).unwrap_or(""), is_bold);
                    }
                }
                "tab" | "ptab" => self.state.flow.text("\t", false),
                "br" | "cr" => self.state.flow.line_break(),
                "noBreakHyphen" => self.state.flow.text("-", is_bold),
                "sym" => {
                    let code = tree.attribute(child, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                    if let Some(sign) = code.and_then(char::from_u32) {
                        self.state.flow.text(sign.encode_utf8(&mut [0; 4]), is_bold);
                    }
                }
                kind @ ("footnoteReference" | "endnoteReference") => {
                    let kind = if kind == "footnoteReference" { "footnote" } else { "endnote" };
                    self.state.notes.push((kind, tree.attribute(child, "id").unwrap_or_default()));
                    self.state.flow.text(&format!("[{}]", self.state.notes.len()), false);
                }
                "AlternateContent" | "drawing" | "pict" | "object" => self.boxes(child),
                _ => {}
            }
        }
    }

    /// Finds the text boxes of a drawing. Of the two forms that Word writes only one counts.
    fn boxes(&mut self, node: usize) {
        let tree = self.tree;
        let before = self.boxes.len();
        for child in tree.children(node) {
            match tree.name(child) {
                "txbxContent" => self.boxes.push(child),
                "Fallback" if self.boxes.len() > before => {}
                "" => {}
                _ => self.boxes(child),
            }
        }
    }

    fn table(&mut self, node: usize) {
        let mut rows = Vec::new();
        self.rows(node, &mut rows);
        self.state.flow.table(rows);
    }

    fn rows(&mut self, node: usize, rows: &mut Vec<Row>) {
        let tree = self.tree;
        for child in tree.children(node) {
            match tree.name(child) {
                "tr" => {
                    let properties = tree.child(child, "trPr");
                    if properties.is_some_and(|properties| tree.child(properties, "del").is_some()) {
                        continue;
                    }
                    let header = properties.and_then(|properties| is_on(tree, properties, "tblHeader"));
                    let mut row = Row { cells: Vec::new(), header: header == Some(true) };
                    self.cells(child, &mut row);
                    rows.push(row);
                }
                "" | "tblPr" | "tblGrid" | "del" => {}
                _ => self.rows(child, rows),
            }
        }
    }

    fn cells(&mut self, node: usize, row: &mut Row) {
        let tree = self.tree;
        for child in tree.children(node) {
            match tree.name(child) {
                "tc" => {
                    let across = tree
                        .child(child, "tcPr")
                        .and_then(|properties| tree.value(properties, "gridSpan", "val"))
                        .and_then(|span| span.parse().ok())
                        .unwrap_or(1_usize);
                    self.state.flow.open_cell();
                    self.blocks(child);
                    row.cells.push(self.state.flow.close_cell());
                    row.cells.extend((1..across.min(WIDEST)).map(|_| Vec::new()));
                    row.cells.truncate(WIDEST);
                }
                "" | "trPr" | "tblPrEx" | "del" => {}
                _ => self.cells(child, row),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tests::{archive, show};
    use expect_test::{Expect, expect};

    const STYLES: &str = r#"<w:styles><w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/></w:style>
        <w:style w:type="paragraph" w:styleId="S"><w:basedOn w:val="H"/><w:rPr><w:b/></w:rPr></w:style></w:styles>"#;
    const NUMBERING: &str = r#"<w:numbering><w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>
        <w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
        </w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="4"/>
        <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num></w:numbering>"#;

    fn check(body: &str, expected: &Expect) {
        let document = format!("<w:document><w:body>{body}</w:body></w:document>");
        let notes = r#"<w:footnotes><w:footnote w:id="2"><w:p><w:r><w:t>Left at noon</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
        let bytes = archive(&[
            ("word/document.xml", document.as_bytes()),
            ("word/styles.xml", STYLES.as_bytes()),
            ("word/numbering.xml", NUMBERING.as_bytes()),
            ("word/footnotes.xml", notes.as_bytes()),
        ]);
        assert_eq!(recognises(&bytes), Likeness::Sure);
        expected.assert_eq(&show(&read(&bytes).unwrap()));
    }

    #[test]
    fn runs_make_lines_with_tabs_and_breaks() {
        check(
            r#"<w:p><w:pPr><w:pStyle w:val="S"/><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>Present</w:t></w:r></w:p>
            <w:p><w:r><w:t>Ms A. Lee</w:t><w:tab/><w:t>Town &amp; Co</w:t><w:br/><w:t>Mr B. Ek</w:t><w:footnoteReference w:id="2"/></w:r>
            <w:del><w:r><w:delText>C. Day</w:delText></w:r></w:del><w:ins><w:r><w:tab/><w:t>Mill</w:t></w:r></w:ins></w:p>
            <w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:t>4 May</w:t></w:r></w:p>"#,
            &expect![[r#"
                h2 bold "Present"
                text gap | Ms A. Lee | Town & Co |
                text | Mr B. Ek[1] | Mill |
                text "4 May"
                text gap "[1] Left at noon"
            "#]],
        );
    }

    #[test]
    fn lists_are_counted_as_word_counts() {
        let entry = |list: u32, level: u32, words: &str| {
            format!(
                r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"#
            )
        };
        check(
            &[
                (1, 0, "Rents"),
                (1, 1, "Due"),
                (1, 1, "Paid"),
                (1, 0, "Roof"),
                (2, 0, "Tea"),
                (1, 0, "5.2 Own"),
                (0, 0, "No"),
            ]
            .map(|(list, level, words)| entry(list, level, words))
            .concat(),
            &expect![[r#"
                item0 <1.> "Rents"
                item1 in2 <(a)> "Due"
                item1 in2 <(b)> "Paid"
                item0 <2.> "Roof"
                item0 <7.> "Tea"
                item0 <5.2> "Own"
                text "No"
            "#]],
        );
    }

    #[test]
    fn tables_and_text_boxes_hold_paragraphs() {
        check(
            r#"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p><w:r><w:t>Name</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Role</w:t></w:r></w:p></w:tc></w:tr>
            <w:tr><w:sdt><w:sdtContent><w:tc><w:p><w:r><w:t>A. Lee</w:t></w:r></w:p></w:tc></w:sdtContent></w:sdt><w:tc><w:p/></w:tc></w:tr></w:tbl>
            <w:p><w:r><w:t>Text</w:t><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>
            <mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"#,
            &expect![[r#"
                row0! | Name | Role |
                row0 | A. Lee |  |
                text gap "Text"
                text "Box"
            "#]],
        );
    }
}
