//! A document: the frozen plain text of a source, and how it is laid out.
//!
//! Every offset in the program is a byte offset into [`Document::text`], always on a character
//! boundary; [`CodePoints`] turns offsets into Unicode code points where they leave the program.
//! No format is known here: readers of all formats fill the same layout.

use serde::{Deserialize, Serialize};

/// A range of a document's text: byte offsets, `start` inclusive, `end` exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from two byte offsets.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// The words of this span; empty where the span does not lie within `text`.
    #[inline]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// Whether no byte lies within.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Whether `other` lies within this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// A sub-span, given by byte offsets relative to the start of this one.
    #[must_use]
    pub fn slice(self, start: usize, end: usize) -> Self {
        Self { start: self.start + start as u32, end: self.start + end as u32 }
    }

    /// The span without white space at either end.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        let words = self.of(text);
        let start = words.len() - words.trim_start().len();
        let end = words.trim_end().len();
        if start >= end { Self { start: self.start, end: self.start } } else { self.slice(start, end) }
    }
}

/// How a line came to be in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum LineKind {
    /// Running text.
    #[default]
    Text,
    /// A heading, from 1 (outermost) to 6; only where the format says so, never guessed.
    Heading(u8),
    /// An entry of a list that the format marks as such, from 0 (outermost).
    ListItem(u8),
    /// A row of a table that the format marks as such; its cells are [`Line::cells`].
    Row {
        /// Number of the table within the document, from 0.
        table: u32,
        /// Whether the row is a header row.
        header: bool,
    },
}

/// One logical line: a line of a list, a heading, a table row, or a whole paragraph whose soft line
/// breaks the reader has joined. Lines are in reading order, do not overlap, and are never blank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The whole line without its line end, list marker and indentation included.
    pub span: Span,
    /// What the format says that it is.
    pub kind: LineKind,
    /// The marker at its start (`14.`, `(a)`, `•`, `-`, `iv)`), if it has one; part of `span`.
    /// For a list whose numbers are not in the text (HTML `ol`) the reader writes them into the text.
    pub marker: Option<Span>,
    /// Table cells, or columns set apart by tabs or runs of three or more spaces; never holds one
    /// span alone. Empty cells are kept as empty spans, so that columns stay aligned.
    pub cells: Vec<Span>,
    /// Leading white space in columns (a tab is eight).
    pub indent: u16,
    /// Whether a blank line, a paragraph break or a page break stands before it.
    pub gap: bool,
    /// Whether the whole line is bold, underlined or otherwise set apart, as far as the format says so.
    pub emphasis: bool,
    /// Page, from 1; 0 where the format has no pages.
    pub page: u32,
}

impl Line {
    /// The line after its marker, trimmed.
    pub fn body(&self, text: &str) -> Span {
        let start = self.marker.map_or(self.span.start, |m| m.end);
        Span { start, end: self.span.end }.trim(text)
    }
}

/// A named value that stands outside the running text (front matter, document properties).
/// Its words are part of the document's text, so that facts from it have a span like any other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadatum {
    /// The key in lower case: `title`, `date`, `attendees`, `chair`.
    pub key: String,
    /// Where the value stands; one entry for each element of a list.
    pub value: Span,
}

/// What became of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReadStatus {
    /// Read whole.
    #[default]
    Read,
    /// Read in part; the message says what is missing.
    Partly,
    /// Not read; the message says why and what to do.
    Skipped,
}

/// A source as a document: frozen text with its layout.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Path relative to the folder given on the command line, with forward slashes.
    pub path: String,
    /// Name of the format, a row of the readers' list.
    pub format: &'static str,
    /// Size of the source in bytes.
    pub bytes: u64,
    /// SHA-256 of the source, in lower-case hexadecimal.
    pub sha256: String,
    /// The text. UTF-8, `\n` line ends, no control characters but `\n` and `\t`.
    pub text: String,
    /// The lines, in reading order.
    pub lines: Vec<Line>,
    /// Values from outside the running text.
    pub metadata: Vec<Metadatum>,
    /// What became of the source.
    pub status: ReadStatus,
    /// What to tell the user about it; empty where there is nothing to tell.
    pub message: String,
}

/// Turns byte offsets of one text into code points, and back. Built once for a text; a query is a search among the
/// characters that take up more than a byte, which are few.
#[derive(Clone, Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Where each character of several bytes ends: the byte, and the code point.
    wide: Vec<(u32, u32)>,
}

impl<'t> CodePoints<'t> {
    /// Reads the text once.
    pub fn new(text: &'t str) -> Self {
        /// Bytes that are looked at in one step.
        const BLOCK: usize = 64;
        let (mut wide, mut more) = (Vec::new(), 0);
        let blocks = text.as_bytes().chunks(BLOCK).enumerate().filter(|(_, block)| !block.is_ascii());
        for (number, block) in blocks {
            for (at, first) in block.iter().enumerate().filter(|(_, byte)| **byte >= 0xC0) {
                let length = first.leading_ones();
                more += length - 1;
                let end = (number * BLOCK + at) as u32 + length;
                wide.push((end, end - more));
            }
        }
        Self { text, wide }
    }

    /// How many code points start before byte `offset`.
    pub fn at(&self, offset: u32) -> u32 {
        let within = |at: &usize| !self.text.is_char_boundary(*at);
        let mut offset = (offset as usize).min(self.text.len());
        offset += (offset..self.text.len()).take_while(within).count();
        let offset = offset as u32;
        let before = self.wide.partition_point(|(end, _)| *end <= offset);
        let (byte, point) = before.checked_sub(1).map_or((0, 0), |last| self.wide[last]);
        point + offset - byte
    }

    /// The byte before which so many code points start; `None` where the text has fewer.
    pub fn byte(&self, points: u32) -> Option<usize> {
        let before = self.wide.partition_point(|(_, end)| *end <= points);
        let (byte, point) = before.checked_sub(1).map_or((0, 0), |last| self.wide[last]);
        Some(byte as usize + (points - point) as usize).filter(|byte| *byte <= self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_counting_characters() {
        let text = "Cathaoirleach Ó Ceallaigh – “€5”\n".repeat(60);
        let points = CodePoints::new(&text);
        for (count, (offset, _)) in text.char_indices().enumerate() {
            assert_eq!((points.at(offset as u32), points.byte(count as u32)), (count as u32, Some(offset)));
        }
        let all = text.chars().count() as u32;
        assert_eq!((points.byte(all), points.byte(all + 1)), (Some(text.len()), None));
        assert_eq!(points.at(text.len() as u32) as usize, text.chars().count());
    }

    #[test]
    fn a_trimmed_span_of_white_space_is_empty() {
        assert!(Span::new(1, 3).trim("a  b").is_empty());
        assert_eq!(Span::new(0, 5).trim(" ab  ").of(" ab  "), "ab");
    }
}
