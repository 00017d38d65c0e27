//! DOC: Word 97 to 2003.
//!
//! In: the compound file. Out: paragraphs, tables, lists with the numbers that Word counts, headings
//! by style, footnotes and text boxes at the end. Follows the public specification [MS-DOC].
//! Never: trust an offset or a count of the file.

mod bytes;
mod lists;
mod properties;
mod text;

use std::fmt::Write;
use std::io::{Cursor, Read};

use rustc_hash::FxHashSet;

use super::flow::{Flow, GAP, Paragraph};
use super::numbering::Counters;
use super::rows::{Row, WIDEST};
use super::{Format, Likeness, ReadError, Reading, package};
use bytes::Bytes;
use lists::Lists;
use properties::{ParagraphLook, Properties};
use text::Text;

/// The row of DOC.
pub(super) const FORMAT: Format = Format {
    name: "doc",
    extensions: &["doc", "dot"],
    media_type: "application/msword",
    recognises,
    read,
    about: "Word 97 to 2003: paragraphs, tables, counted lists, headings, footnotes; without deleted text and comments",
};

/// What every compound file begins with.
const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Bytes that one stream may have.
const MOST: u64 = 256 << 20;

fn recognises(bytes: &[u8]) -> Likeness {
    if !bytes.starts_with(SIGNATURE) {
        return Likeness::No;
    }
    // Workbooks and messages are compound files too. Names of streams are in UTF-16.
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &name).is_some()
    };
    if holds("WordDocument") || holds("EncryptedPackage") {
        return Likeness::Sure;
    }
    // The names of streams stand at the end of some files, which a cut takes away.
    let is_other = ["Workbook", "Book", "PowerPoint Document", "__nameid"].into_iter().any(holds);
    if is_other { Likeness::No } else { Likeness::Weak }
}

fn broken(what: &str) -> ReadError {
    ReadError::Broken(format!("the file is damaged ({what}); fetch it again, or open and save it anew"))
}

fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| broken("its folder cannot be read"))?;
    if file.exists("/EncryptedPackage") {
        return Err(package::encrypted());
    }
    let mut stream = |name: &str| {
        let mut data = Vec::new();
        // A stream that is cut short is read as far as it goes.
        let stream = file.open_stream(name).ok()?;
        _ = stream.take(MOST.min(bytes.len() as u64)).read_to_end(&mut data);
        Some(data)
    };
    let main = stream("/WordDocument").ok_or_else(|| broken("it holds no text"))?;
    let head = Bytes(&main);
    let flags = head.u16(0x0a).unwrap_or(0);
    match (head.u16(0), head.u16(2)) {
        (Some(0xa5ec), Some(0xc0..)) => {}
        (Some(0xa5dc | 0xa5ec), _) => {
            return Err(ReadError::Broken(
                "the file is of Word 95 or older; open it in a word processor and save it as DOCX".to_owned(),
            ));
        }
        _ => return Err(broken("its head is no Word document's")),
    }
    if flags & 0x0100 != 0 {
        return Err(package::encrypted());
    }
    let tables = if flags & 0x0200 != 0 { ["/1Table", "/0Table"] } else { ["/0Table", "/1Table"] };
    let table = tables.into_iter().find_map(&mut stream).ok_or_else(|| broken("its tables are missing"))?;
    let fib = Fib { head, table: Bytes(&table) };
    let text = Text::new(&fib).ok_or_else(|| broken("its text cannot be found"))?;
    let properties = Properties::new(&fib);
    let lists = Lists::new(&fib);
    let mut walker = Walker {
        text: &text,
        properties: &properties,
        lists: &lists,
        counters: Counters::default(),
        begun: FxHashSet::default(),
        flow: Flow::default(),
        tables: Vec::new(),
        fields: Vec::new(),
        notes: 0,
        told: 0,
    };
    // The text, then its parts: headers and comments are left out.
    let lengths = [0x4c, 0x50, 0x54, 0x58, 0x5c, 0x60, 0x64].map(|at| fib.head.u32(at).unwrap_or(0) as usize);
    let mut start = 0;
    for (part, length) in lengths.into_iter().enumerate() {
        let end = start + length.min(text.len().saturating_sub(start));
        if matches!(part, 0 | 1 | 5 | 6) {
            walker.part(start, end);
        }
        start = end;
    }
    Ok(walker.flow.finish().finish())
}

/// The file information block, and the stream of tables to which it points.
struct Fib<'b> {
    head: Bytes<'b>,
    table: Bytes<'b>,
}

impl<'b> Fib<'b> {
    /// A table by its place in the list of tables of the block.
    fn table(&self, index: usize) -> Option<Bytes<'b>> {
        let at = 0x9a + index * 8;
        let (start, length) = (self.head.u32(at)? as usize, self.head.u32(at + 4)? as usize);
        self.table.part(start, length).filter(|_| length > 0)
    }
}

/// A table that is open.
#[derive(Default)]
struct Open {
    rows: Vec<Row>,
    row: Row,
}

/// Goes through the text.
struct Walker<'t, 'b> {
    text: &'t Text,
    properties: &'t Properties<'b>,
    lists: &'t Lists,
    counters: Counters,
    /// Lists that have had an entry.
    begun: FxHashSet<u16>,
    flow: Flow,
    /// Tables within one another, the outermost first; a cell of each is open.
    tables: Vec<Open>,
    /// Fields within one another, and whether each has come to its result.
    fields: Vec<bool>,
    /// Notes that the text refers to, and that have been told.
    notes: usize,
    told: usize,
}

/// Tables within one another.
const DEEPEST: usize = 16;

impl Walker<'_, '_> {
    fn part(&mut self, start: usize, end: usize) {
        self.flow.apart();
        self.fields.clear();
        let is_main = start == 0;
        let mut first = start;
        for at in start..end {
            let mark = self.text.character(at);
            if matches!(mark, '\r' | '\u{7}' | '\u{c}') {
                self.paragraph(first, at, is_main);
                first = at + 1;
            }
        }
        if first < end {
            self.paragraph(first, end, is_main);
        }
        self.leave(0);
    }

    /// A paragraph and its mark at `end`, which bears the properties of all of it.
    fn paragraph(&mut self, start: usize, end: usize, is_main: bool) {
        let mark = self.text.character(end);
        let look = self.properties.paragraph(self.text.place(end.min(self.text.len().saturating_sub(1))));
        let depth = if look.in_table { look.depth.clamp(1, DEEPEST) } else { 0 };
        self.leave(depth);
        while self.tables.len() < depth {
            self.tables.push(Open::default());
            self.flow.open_cell();
        }
        self.runs(start, end, &look, is_main);
        let is_row_end = look.ends_row || look.ends_inner_row;
        let is_cell_end = (mark == '\u{7}' && !is_row_end) || look.ends_inner_cell;
        if is_row_end {
            // The mark of the row stands in a cell of its own, which is none.
            self.flow.close_cell();
            if let Some(open) = self.tables.last_mut() {
                open.row.header = look.is_header;
                let row = std::mem::take(&mut open.row);
                open.rows.push(row);
            }
            self.flow.open_cell();
            return;
        }
        self.end(&look, mark);
        if is_cell_end && let Some(open) = self.tables.last_mut() {
            let cell = self.flow.close_cell();
            if open.row.cells.len() < WIDEST {
                open.row.cells.push(cell);
            } else if let Some(last) = open.row.cells.last_mut() {
                last.extend(cell);
            }
            self.flow.open_cell();
        }
    }

    /// Closes the tables that are deeper.
    fn leave(&mut self, depth: usize) {
        while self.tables.len() > depth {
            let Some(mut open) = self.tables.pop() else { return };
            let rest = self.flow.close_cell();
            if !rest.is_empty() {
                open.row.cells.push(rest);
            }
            if !open.row.cells.is_empty() {
                open.rows.push(open.row);
            }
            self.flow.table(open.rows);
        }
    }

    /// Ends a paragraph.
    fn end(&mut self, look: &ParagraphLook, mark: char) {
        let mut paragraph = Paragraph {
            heading: look.heading,
            gap_before: look.before >= GAP,
            gap_after: look.after >= GAP || mark == '\u{c}',
            ..Paragraph::default()
        };
        if look.list > 0
            && !self.flow.is_empty()
            && let Some(list) = self.lists.list(look.list)
        {
            if self.begun.insert(look.list) {
                for &(level, start) in &list.restarts {
                    self.counters.restart(list.key, level, start);
                }
            }
            paragraph.marker = self.counters.next(list.key, &list.levels, look.level);
            if !paragraph.marker.is_empty() && paragraph.heading.is_none() {
                paragraph.list = Some(look.level.min(8) as u8);
            }
        }
        self.flow.end(&paragraph);
    }

    /// The characters of a paragraph. Those between the start of a field and its result are its
    /// instruction.
    fn runs(&mut self, start: usize, end: usize, look: &ParagraphLook, is_main: bool) {
        let mut words = String::new();
        let mut is_bold = false;
        let mut known = 0..0;
        let mut is_gone = false;
        for at in start..end {
            let place = self.text.place(at);
            if !known.contains(&place) {
                let (range, run) = self.properties.run(place, look);
                known = range;
                is_gone = run.is_gone;
                if run.is_bold != is_bold {
                    self.flow.text(&words, is_bold);
                    words.clear();
                    is_bold = run.is_bold;
                }
            }
            let character = self.text.character(at);
            match character {
                '\u{13}' => self.fields.push(false),
                '\u{14}' => {
                    if let Some(has_come) = self.fields.last_mut() {
                        *has_come = true;
                    }
                }
                '\u{15}' => _ = self.fields.pop(),
                _ if is_gone || self.fields.contains(&false) => {}
                '\u{2}' => {
                    let number = if is_main { &mut self.notes } else { &mut self.told };
                    *number += 1;
                    _ = write!(words, "[{number}]");
                }
                '\u{b}' | '\u{e}' => {
                    self.flow.text(&words, is_bold);
                    words.clear();
                    self.flow.line_break();
                }
                '\u{1e}' => words.push('-'),
                '\t' => words.push('\t'),
                // Pictures, drawings, comments, and hyphens that no line ends with.
                '\0'..='\u{1f}' => {}
                _ => words.push(character),
            }
        }
        self.flow.text(&words, is_bold);
    }
}
