//! From physical lines to a document's text and logical lines; shared by all formats.
//!
//! In: a [`Layout`] that a reader fills with physical lines, in reading order. Out: the [`Reading`]:
//! text in which soft line breaks are spaces, and its lines with markers and cells.
//! Never: lose or reorder words, but for page furniture (running headers, footers, page numbers), which
//! moves behind the paragraph that it interrupts and is no line; guess what a line means.

use std::collections::HashMap;
use std::ops::Range;

use super::Reading;
use super::marker::{after_bullet, columns, mark, settle};
use super::reflow::{Join, joins};
use crate::model::{Line, LineKind, Metadatum, Span};

/// What stands between a physical line and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Break {
    /// A line end that may be there only because the page was not wider.
    #[default]
    Soft,
    /// A line end that the format asks for.
    Hard,
    /// A blank line, or the start of a paragraph.
    Paragraph,
    /// The start of a page.
    Page,
}

/// A line as it stands in the source.
#[derive(Clone, Debug, Default)]
pub(super) struct Physical {
    /// Its words within the raw text, without white space at either end.
    pub(super) words: Range<usize>,
    /// Leading white space in columns.
    pub(super) indent: u16,
    /// What stands before it.
    pub(super) before: Break,
    /// What the format says that it is.
    pub(super) kind: LineKind,
    /// Length of the marker that the reader wrote; 0 where the line is to be looked at for one.
    pub(super) marker: usize,
    /// Whether all of it is set apart.
    pub(super) emphasis: bool,
    /// Cells of a table row, within the raw text.
    pub(super) cells: Vec<Range<usize>>,
    /// Its page, from 1; 0 where there are none.
    pub(super) page: u32,
}

/// A line that a reader of a marked-up format adds.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// Its words, cleaned.
    pub(super) words: String,
    /// What stands before it.
    pub(super) before: Break,
    /// What it is.
    pub(super) kind: LineKind,
    /// Its indentation in columns.
    pub(super) indent: u16,
    /// Length of the marker at its start, if the format says that there is one.
    pub(super) marker: usize,
    /// Whether all of it is set apart.
    pub(super) emphasis: bool,
    /// Cells of a table row, within the words.
    pub(super) cells: Vec<Range<usize>>,
}

/// The physical lines of a source, and its raw text.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// The text before soft line breaks are joined.
    pub(super) raw: String,
    /// Its lines.
    pub(super) lines: Vec<Physical>,
    /// Keys of metadata, each with its place in the raw text.
    pub(super) metadata: Vec<(String, Range<usize>)>,
    /// Page of the lines to come.
    pub(super) page: u32,
    /// Whether the format itself says where paragraphs end, so that no lines are to be joined.
    pub(super) is_rigid: bool,
}

impl Layout {
    /// Adds a line at the end.
    pub(super) fn push(&mut self, draft: &Draft) {
        let lead = draft.words.len() - draft.words.trim_start().len();
        let words = draft.words.trim();
        if words.is_empty() {
            return;
        }
        if draft.before == Break::Page {
            self.page += 1;
        }
        if !self.raw.is_empty() {
            self.raw.push_str(if draft.before >= Break::Paragraph { "\n\n" } else { "\n" });
        }
        self.raw.extend(std::iter::repeat_n(' ', usize::from(draft.indent)));
        let start = self.raw.len();
        self.raw.push_str(words);
        let within = |at: usize| start + at.saturating_sub(lead).min(words.len());
        self.lines.push(Physical {
            words: start..self.raw.len(),
            indent: draft.indent,
            before: draft.before,
            kind: draft.kind,
            marker: draft.marker.min(words.len()),
            emphasis: draft.emphasis,
            cells: draft.cells.iter().map(|cell| within(cell.start)..within(cell.end)).collect(),
            page: self.page,
        });
    }

    /// The words of a line.
    pub(super) fn words(&self, line: usize) -> &str {
        self.lines.get(line).map_or("", |line| &self.raw[line.words.clone()])
    }

    /// Joins soft line breaks and writes the text.
    pub(super) fn finish(mut self) -> Reading {
        self.settle_markers();
        let furniture = furniture(&self);
        let joined = if self.is_rigid { vec![Join::No; self.lines.len()] } else { joins(&self, &furniture) };
        self.compose(&furniture, &joined)
    }

    fn settle_markers(&mut self) {
        let marks: Vec<_> = (0..self.lines.len())
            .map(|at| match self.lines[at].kind {
                LineKind::Row { .. } => super::marker::Mark::None,
                _ if self.lines[at].marker > 0 => super::marker::Mark::Sure(self.lines[at].marker),
                _ => mark(self.words(at)),
            })
            .collect();
        for (line, length) in self.lines.iter_mut().zip(settle(&marks)) {
            line.marker = length;
        }
    }

    fn compose(self, furniture: &[bool], joined: &[Join]) -> Reading {
        let mut text = String::with_capacity(self.raw.len());
        let mut lines: Vec<Line> = Vec::new();
        let mut held: Vec<Range<usize>> = Vec::new();
        let mut moved = Moved::default();
        let mut end = 0;
        let mut page_before = 0;
        let mut starts_page = false;
        for (at, physical) in self.lines.iter().enumerate() {
            let lead = end..physical.words.start;
            end = physical.words.end;
            if furniture[at] {
                held.push(lead.start..physical.words.end);
                starts_page |= physical.before >= Break::Paragraph;
                continue;
            }
            let gap = match joined[at] {
                Join::No => None,
                Join::Space => Some(" "),
                Join::Hyphen => Some(""),
            };
            if let (Some(gap), Some(line)) = (gap, lines.last_mut()) {
                text.push_str(gap);
                moved.copy(&mut text, &self.raw, physical.words.clone());
                line.span.end = text.len() as u32;
                line.emphasis &= physical.emphasis;
                continue;
            }
            for words in held.drain(..) {
                moved.copy(&mut text, &self.raw, words);
            }
            moved.copy(&mut text, &self.raw, lead);
            let start = text.len();
            moved.copy(&mut text, &self.raw, physical.words.clone());
            let gap = physical.before >= Break::Paragraph || starts_page || physical.page != page_before;
            (starts_page, page_before) = (false, physical.page);
            // A line that a list item could not take in is none of its own.
            let is_loose = physical.marker == 0 && physical.before == Break::Soft;
            let kind =
                if matches!(physical.kind, LineKind::ListItem(_)) && is_loose { LineKind::Text } else { physical.kind };
            lines.push(Line {
                span: Span::new(start, text.len()),
                kind,
                marker: (physical.marker > 0).then(|| {
                    let end = start + physical.marker;
                    Span::new(start + after_bullet(&text[start..end]), end)
                }),
                cells: physical.cells.iter().map(|cell| moved.span(cell)).collect(),
                indent: physical.indent,
                gap: gap && at > 0,
                emphasis: physical.emphasis,
                page: physical.page,
            });
        }
        for words in held {
            moved.copy(&mut text, &self.raw, words);
        }
        moved.copy(&mut text, &self.raw, end..self.raw.len());
        for line in &mut lines {
            if line.cells.len() < 2 {
                line.cells.clear();
            }
            if !matches!(line.kind, LineKind::Row { .. } | LineKind::Heading(_)) {
                let body = line.body(&text);
                line.cells = columns(body.of(&text)).iter().map(|&(start, end)| body.slice(start, end)).collect();
            }
        }
        let metadata = self.metadata.into_iter().map(|(key, value)| Metadatum { key, value: moved.span(&value) });
        let metadata = metadata.filter(|metadatum| !metadatum.value.is_empty()).collect();
        Reading { text, lines, metadata, missing: None }
    }
}

/// Where the pieces of the raw text went.
#[derive(Default)]
struct Moved {
    /// Raw range and its start in the text.
    pieces: Vec<(Range<usize>, usize)>,
}

impl Moved {
    /// Copies a piece of the raw text; page breaks become line ends.
    fn copy(&mut self, text: &mut String, raw: &str, piece: Range<usize>) {
        if piece.is_empty() {
            return;
        }
        let from = text.len();
        for (at, part) in raw[piece.clone()].split(super::clean::PAGE).enumerate() {
            if at > 0 {
                text.push('\n');
            }
            text.push_str(part);
        }
        self.pieces.push((piece, from));
    }

    /// The span of a raw range; empty where it was not copied.
    fn span(&self, raw: &Range<usize>) -> Span {
        let at = self.pieces.binary_search_by(|(piece, _)| {
            if piece.end < raw.start || (piece.end == raw.start && !raw.is_empty()) {
                std::cmp::Ordering::Less
            } else if piece.start > raw.start {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        });
        let Ok(at) = at else { return Span::default() };
        let (piece, from) = &self.pieces[at];
        let start = from + (raw.start - piece.start);
        // A value over several lines ends in another piece.
        let last = self.pieces[at..].iter().take_while(|(piece, _)| piece.start < raw.end).last();
        let end = last.map_or(start, |(piece, from)| from + (raw.end.min(piece.end) - piece.start));
        Span::new(start, end.max(start))
    }
}

/// Lines at the edge of a page that count as its furniture, looked at from the edge inwards.
const EDGE: usize = 4;

/// Which lines are running headers, footers or page numbers. The first page keeps its header: it may
/// be the title.
fn furniture(layout: &Layout) -> Vec<bool> {
    let lines = &layout.lines;
    let mut is_furniture = vec![false; lines.len()];
    let mut pages: Vec<Range<usize>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        match pages.last_mut() {
            Some(page) if lines[page.start].page == line.page => page.end = at + 1,
            _ => pages.push(at..at + 1),
        }
    }
    if pages.len() < 2 {
        return is_furniture;
    }
    // How often a line stands at this edge, and on which page it did so last; twice on pages that
    // follow one another is a header, else it takes two fifths of the pages.
    let mut seen: HashMap<(bool, String), (usize, usize)> = HashMap::new();
    let enough = (pages.len() * 2 / 5).max(2);
    for (number, page) in pages.iter().enumerate() {
        for (at, top) in edges(page) {
            let (count, last) = seen.entry((top, faceless(layout.words(at)))).or_insert((0, number));
            *count += if *last + 1 == number { enough } else { 1 };
            *last = number;
        }
    }
    let repeated = |at: usize, top: bool| {
        let words = layout.words(at);
        let often = seen.get(&(top, faceless(words))).is_some_and(|&(count, _)| count >= enough);
        is_page_number(words) || (often && words.chars().count() <= 160)
    };
    for (number, page) in pages.iter().enumerate() {
        if number > 0 {
            let top = page.clone().take(EDGE).take_while(|&at| repeated(at, true)).count();
            is_furniture[page.start..page.start + top.max(numbered_header(layout, page))].fill(true);
        }
        for at in page.clone().rev().take(EDGE).take_while(|&at| repeated(at, false)) {
            is_furniture[at] = true;
        }
    }
    // A document that is furniture all over is a list that repeats itself.
    if is_furniture.iter().filter(|&&it| it).count() * 2 > lines.len() {
        is_furniture.fill(false);
    }
    is_furniture
}

/// The lines at the edges of a page, and whether they are at its top.
fn edges(page: &Range<usize>) -> impl Iterator<Item = (usize, bool)> {
    let count = EDGE.min(page.len());
    let top = (page.start..page.start + count).map(|at| (at, true));
    top.chain((page.end - count..page.end).map(|at| (at, false)))
}

/// How many lines at the top of a page are a header by the `Page 2` that ends it.
fn numbered_header(layout: &Layout, page: &Range<usize>) -> usize {
    let (first, lines) = (page.start, &layout.lines);
    let number = format!("page {}", lines[first].page);
    let ends = |at: &usize| {
        let words = layout.words(*at).to_lowercase();
        words.ends_with(&number) && words.len() <= 160
    };
    let Some(last) = (first..page.end.min(first + 3)).find(ends) else { return 0 };
    let is_block = (first + 1..=last).all(|at| lines[at].before < Break::Paragraph);
    let is_apart = lines.get(last + 1).is_none_or(|line| line.before >= Break::Paragraph);
    if is_block && is_apart { last + 1 - first } else { 0 }
}

/// The words with numbers and spaces made equal.
pub(super) fn faceless(words: &str) -> String {
    let mut shape = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        let mut in_number = false;
        for character in word.chars() {
            if !character.is_ascii_digit() {
                shape.push(character);
            } else if !in_number {
                shape.push('#');
            }
            in_number = character.is_ascii_digit();
        }
        shape.push(' ');
    }
    shape
}

/// `Page 2 of 9`, `- 2 -`, `2`, `2 | Page`.
pub(super) fn is_page_number(words: &str) -> bool {
    let words = words.to_lowercase();
    let parts: Vec<&str> = words.split(|at: char| !at.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let is_number = |part: &&str| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts[..] {
        [one] => is_number(&one) && one.len() <= 3,
        ["page" | "p", one] | [one, "page"] | ["page", one, "of" | "de", _] => is_number(&one),
        [one, "of", all] => is_number(&one) && is_number(&all),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::read::tests::show;
    use expect_test::{Expect, expect};

    /// Lays out pages, given with `=` lines between them.
    fn check(pages: &str, expected: &Expect) {
        let reading = crate::read::text::read(pages.replace("=\n", "\u{c}").as_bytes()).unwrap();
        expected.assert_eq(&show(&reading));
    }

    #[test]
    fn a_sentence_goes_on_over_a_page() {
        check(
            "Town Council minutes of the ordinary meeting that was held on 4 May 2020\n\nThe clerk reported that the \
             roof of the hall had been mended and that\nthe bill of the builder would come in the next month, as \
             soon as the\n\nPage 1 of 3\n=\nTown Council, May 2020\nstain on the ceiling had been seen to by the same \
             firm, which was slow.\n\nPage 2 of 3\n=\nTown Council, May 2020\n\nThe meeting closed.\nPage 3 of 3\n",
            &expect![[r#"
                text "Town Council minutes of the ordinary meeting that was held on 4 May 2020" p1
                text gap "The clerk reported that the roof of the hall had been mended and that the bill of the builder would come in the next month, as soon as the stain on the ceiling had been seen to by the same firm, which was slow." p1
                text gap "The meeting closed." p3
            "#]],
        );
    }
}
