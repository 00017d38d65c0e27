//! Which rows go on from one another: paragraphs, entries of lists, cells over several rows.
//!
//! In: runs of rows and tables. Out: [`Paragraph`]s. A row goes on where the first word of the next
//! would not have fitted at its end, which a page shows exactly and plain text does not.
//! Never: look at what words mean, beyond their case and the stops between them.

use std::collections::HashSet;

use super::flow::{Laid, Run};
use super::lines::{Piece, Row};
use super::table::Table;
use crate::read::marker::{Mark, mark};

/// A line of the document to be.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    /// Its cells; one where it has no columns.
    pub(super) cells: Vec<String>,
    /// Notes at the margin beside it.
    pub(super) asides: Vec<String>,
    /// Where the cells begin, and the last of them ends in its last row.
    pub(super) lefts: Vec<f32>,
    pub(super) inner: f32,
    pub(super) right: f32,
    /// Right edge of the text that it is in.
    pub(super) edge: f32,
    /// How wide its first word is.
    pub(super) first: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) heading: u8,
    /// Rows that it is made of.
    pub(super) rows: usize,
    /// Whether its second cell may be a note at the margin.
    is_noted: bool,
    /// Whether there is more space before it than between its rows.
    pub(super) gap: bool,
    /// Number of the table that it is a row of, and whether it is a header.
    pub(super) table: Option<(u32, bool)>,
    pub(super) page: u32,
}

/// What all pages have in common.
pub(super) struct Style {
    /// Size of most letters.
    pub(super) size: f32,
    /// From base line to base line, in sizes.
    pub(super) pitch: f32,
    /// Words of the document in lower case, without those at the ends of rows.
    pub(super) words: HashSet<String>,
}

/// The paragraphs of a run.
pub(super) fn paragraphs(run: &Run, style: &Style) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for (at, laid) in run.rows.iter().enumerate() {
        let next = run.rows.get(at + 1);
        if let Some(last) = paragraphs.last_mut()
            && last.takes(laid, next, run, style)
        {
            continue;
        }
        let above = paragraphs.last().map(|last| last.bottom);
        let begun = paragraphs.pop_if(|last| last.begins_in(&laid.row, style));
        let edge = run.edge(laid);
        let mut paragraph = Paragraph::new(&laid.row, edge);
        paragraph.asides.clone_from(&laid.asides);
        paragraph.is_noted = laid.is_noted;
        paragraph.gap = above.is_none_or(|above| laid.row.y - above > 1.28 * style.pitch * laid.row.size);
        if let Some(begun) = begun {
            paragraph.begin(&begun, style);
        }
        paragraphs.push(paragraph);
    }
    paragraphs
}

impl Paragraph {
    fn new(row: &Row, edge: f32) -> Self {
        let first = &row.pieces[0];
        Self {
            cells: row.pieces.iter().map(|piece| piece.text.clone()).collect(),
            lefts: row.pieces.iter().map(|piece| piece.left).collect(),
            inner: first.inner,
            right: row.right(),
            edge,
            first: first.first,
            top: row.y,
            bottom: row.y,
            size: row.size,
            bold: row.pieces.iter().all(|piece| piece.bold),
            heading: row.pieces.iter().map(|piece| piece.heading).min().unwrap_or(0),
            rows: 1,
            ..Self::default()
        }
    }

    /// The cell of a row of which this paragraph of one cell holds the first line, set higher than the
    /// other cells.
    fn cell_of(&self, lefts: impl Iterator<Item = f32>) -> Option<usize> {
        lefts.into_iter().position(|left| (left - self.lefts[0]).abs() < 0.4 * self.size).filter(|at| *at > 0)
    }

    fn begins_in(&self, row: &Row, style: &Style) -> bool {
        let is_near = row.y - self.bottom <= 1.28 * style.pitch * row.size && row.y > self.bottom;
        if !is_near || self.cells.len() > 1 || self.rows > 2 || self.table.is_some() || row.pieces.len() < 2 {
            return false;
        }
        let Some(at) = self.cell_of(row.pieces.iter().map(|piece| piece.left)) else { return false };
        let (words, piece) = (&self.cells[0], &row.pieces[at]);
        wants_more(words) || words.ends_with(',') || goes_on(words, &piece.text)
    }

    /// Takes in the first line of one of its cells.
    fn begin(&mut self, begun: &Self, style: &Style) {
        if let Some(at) = begun.cell_of(self.lefts.iter().copied()) {
            let rest = std::mem::replace(&mut self.cells[at], begun.cells[0].clone());
            append(&mut self.cells[at], &rest, style);
            self.top = begun.top;
            self.gap = begun.gap;
        }
    }

    /// Takes a row in if it goes on from this paragraph.
    fn takes(&mut self, laid: &Laid, next: Option<&Laid>, run: &Run, style: &Style) -> bool {
        let row = &laid.row;
        let (piece, note) = match row.pieces.as_slice() {
            [piece] => (piece, None),
            [piece, note] if laid.is_noted && self.cells.len() == 1 => (piece, Some(note)),
            _ => return false,
        };
        let is_near = row.y - self.bottom <= 1.28 * style.pitch * row.size && row.y > self.bottom;
        if !is_near || (row.size - self.size).abs() > 0.12 * self.size || piece.heading != self.heading {
            return false;
        }
        let cell = if self.cells.len() > 1 {
            // A row under one of the cells goes on in it.
            let Some(at) = self.lefts.iter().position(|left| (left - piece.left).abs() < 0.4 * row.size) else {
                return false;
            };
            let edge = self.lefts.get(at + 1).map_or(run.right, |next| next - 0.5 * row.size);
            let is_last = at + 1 == self.cells.len();
            let wants = wants_more(&self.cells[at]) || goes_on(&self.cells[at], &piece.text);
            let is_full = is_last && self.right + 0.25 * row.size + piece.first > edge;
            if at == 0 || starts_item(&piece.text) || !(wants || (is_full && piece.text.len() > 3)) {
                return false;
            }
            at
        } else {
            if !self.goes_on_in(piece, next, style) {
                return false;
            }
            0
        };
        append(&mut self.cells[cell], &piece.text, style);
        if cell + 1 == self.cells.len() {
            self.right = piece.right;
        }
        self.bottom = row.y;
        self.bold &= piece.bold;
        self.rows += 1;
        self.asides.extend(note.map(|note| note.text.clone()));
        self.asides.extend_from_slice(&laid.asides);
        true
    }

    /// Whether a piece of the next row goes on from this paragraph of one cell.
    fn goes_on_in(&self, piece: &Piece, next: Option<&Laid>, style: &Style) -> bool {
        let words = &self.cells[0];
        let is_lower = goes_on(words, &piece.text);
        let em = piece.size;
        if starts_item(&piece.text) {
            // "… as set out in paragraph", and then "12. The"; "works", and then "– no paper".
            let is_dash = piece.text.starts_with(['-', '–', '—']) && !mark_is_dash(words);
            let is_under = (piece.left - self.inner).abs() < 0.5 * em;
            return self.is_full(piece) && is_under && !closes(words) && (is_dash || wants_more(words));
        }
        // A heading stands apart from what is under it, whatever the space.
        if piece.bold != self.bold && !(is_lower && self.is_full(piece)) && !(self.rows > 1 && !self.bold && is_lower) {
            return false;
        }
        if piece.starts_bold && !self.bold && is_label(&piece.text) {
            return false;
        }
        let left = self.lefts[0];
        let shift = piece.left - left;
        let is_under = shift.abs() < 0.6 * em || (piece.left - self.inner).abs() < 0.6 * em;
        // A hanging line, or the end of a first line that stands in.
        let is_hanging = self.rows == 1
            && (0.0..8.0 * em).contains(&shift)
            && next.is_none_or(|next| (next.row.left() - piece.left).abs() < 0.6 * em);
        let is_out = self.rows == 1 && shift < 0.0 && shift > -5.0 * em;
        let is_centred = left * 4.0 < self.edge
            && shift.abs() > 0.6 * em
            && (piece.left + piece.right - left - self.right).abs() < 2.0 * em;
        if self.is_full(piece) {
            return is_under || is_out || is_lower || (is_hanging && !closes(words)) || (is_centred && !closes(words));
        }
        let is_long = (self.right - left) * 2.0 > self.edge - left;
        is_lower && is_long && (is_under || is_out || is_hanging) && words.len() > 20 && style.pitch > 0.0
    }

    /// Whether the first word of the next row would not have fitted at the end of this one. The margin
    /// is known a little less well than the words; where the sentence goes on, that is allowed for.
    fn is_full(&self, next: &Piece) -> bool {
        let slack = if closes(&self.cells[0]) { 0.1 } else { 0.6 };
        self.right + 0.22 * next.size + next.first > self.edge - slack * next.size
    }

    /// Takes in the first paragraph of the next page if it goes on from this one.
    pub(super) fn takes_page(&mut self, next: &Self, style: &Style) -> bool {
        let is_plain = |one: &Self| one.table.is_none() && one.heading == 0 && (one.cells.len() == 1 || one.is_noted);
        let alike = (self.size - next.size).abs() < 0.12 * self.size && self.bold == next.bold;
        if !is_plain(self) || !is_plain(next) || !alike || starts_item(&next.cells[0]) {
            return false;
        }
        let words = &self.cells[0];
        let is_full = self.right + 0.22 * next.size + next.first > self.edge - 0.1 * next.size;
        let is_long = (self.right - self.lefts[0]) * 2.0 > self.edge - self.lefts[0];
        let is_lower = goes_on(words, &next.cells[0]);
        let is_under =
            (next.lefts[0] - self.inner).abs() < self.size || (next.lefts[0] - self.lefts[0]).abs() < self.size;
        if !(is_lower && (is_full || is_long) || is_full && is_under && !closes(words) && !is_label(&next.cells[0])) {
            return false;
        }
        if self.cells.len() > 1 {
            return false;
        }
        append(&mut self.cells[0], &next.cells[0], style);
        self.asides.extend(next.cells[1..].iter().chain(&next.asides).cloned());
        (self.right, self.bottom, self.rows) = (next.right, next.bottom, self.rows + next.rows);
        true
    }
}

/// The paragraphs of a table.
pub(super) fn rows_of(table: Table, number: u32, style: &Style) -> Vec<Paragraph> {
    let mut paragraphs = Vec::new();
    for (at, cells) in table.rows.into_iter().enumerate() {
        let top = cells.iter().flatten().map(|row| row.y).fold(f32::MAX, f32::min);
        let mut cells: Vec<Vec<Paragraph>> = cells
            .into_iter()
            .zip(&table.edges)
            .map(|(rows, edge)| {
                // Lines reach as far as the cell has room; its own widest row shows its margin.
                let widest = rows.iter().map(Row::right).fold(0.0, f32::max);
                let left = rows.iter().map(Row::left).fold(f32::MAX, f32::min);
                let right = if edge - widest < 12.0 && rows.len() > 1 { widest } else { edge - 5.0 };
                let rows = rows.into_iter().map(|row| Laid { row, asides: Vec::new(), is_noted: false }).collect();
                self::paragraphs(&Run::new(rows, left, right), style)
            })
            .collect();
        let filled: Vec<usize> = (0..cells.len()).filter(|&cell| !cells[cell].is_empty()).collect();
        let most = cells.iter().map(Vec::len).max().unwrap_or(0);
        let main = (0..cells.len()).max_by_key(|&cell| (cells[cell].len(), length(&cells[cell]))).unwrap_or(0);
        let start = paragraphs.len();
        let is_short = |paragraph: &Paragraph| paragraph.cells.iter().map(String::len).sum::<usize>() <= 120;
        let is_level = |a: &[Paragraph], b: &[Paragraph]| {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a.top - b.top).abs() < 0.5 * a.size && is_short(b))
        };
        let is_list = |cell: &[Paragraph]| cell.len() > 1;
        match filled[..] {
            [only] if most > 1 || cells.len() == 1 => paragraphs.append(&mut cells[only]),
            _ if most > 1 && filled.iter().all(|&cell| is_level(&cells[filled[0]], &cells[cell])) => {
                for line in 0..most {
                    let row = cells.iter().map(|cell| cell.get(line).cloned().unwrap_or_default()).collect();
                    paragraphs.push(row_of(row, number, at == 0));
                }
            }
            // Several lists side by side are read one after the other.
            _ if filled.iter().filter(|&&cell| is_list(&cells[cell]) && cells[cell].iter().all(is_short)).count()
                > 1
                && filled.iter().all(|&cell| cells[cell].iter().all(is_short)) =>
            {
                for cell in &mut cells {
                    paragraphs.append(cell);
                }
            }
            _ if most > 1 || length(&cells[main]) > 240 => laid_out(&mut cells, main, &mut paragraphs),
            _ => {
                let row = cells.into_iter().map(|mut cell| cell.pop().unwrap_or_default()).collect();
                paragraphs.push(row_of(row, number, at == 0));
            }
        }
        if let Some(first) = paragraphs.get_mut(start) {
            first.gap |= first.table.is_none();
            first.top = first.top.min(top);
        }
    }
    paragraphs
}

fn length(cell: &[Paragraph]) -> usize {
    cell.iter().flat_map(|paragraph| &paragraph.cells).map(String::len).sum()
}

fn row_of(cells: Vec<Paragraph>, number: u32, is_first: bool) -> Paragraph {
    let filled: Vec<&Paragraph> = cells.iter().filter(|cell| !cell.cells.is_empty()).collect();
    let bold = filled.iter().all(|cell| cell.bold);
    let first = filled.first().map_or_else(Paragraph::default, |first| (*first).clone());
    let bottom = filled.iter().map(|cell| cell.bottom).fold(0.0, f32::max);
    let header = is_first && bold && filled.len() > 1;
    let asides = filled.iter().flat_map(|cell| cell.asides.clone()).collect();
    let cells = cells.into_iter().map(|cell| cell.cells.join(" ")).collect();
    Paragraph { cells, bold, bottom, asides, table: Some((number, header)), heading: 0, gap: is_first, ..first }
}

/// A row of a table that lays out the page: what stands before the longest cell begins its first
/// paragraph, and short notes after it stand beside the paragraphs that they are level with.
fn laid_out(cells: &mut [Vec<Paragraph>], main: usize, paragraphs: &mut Vec<Paragraph>) {
    let (before, rest) = cells.split_at_mut(main);
    let Some((text, after)) = rest.split_first_mut() else { return };
    let label: Vec<String> = before.iter().flatten().map(|paragraph| paragraph.cells.join(" ")).collect();
    if let (Some(first), false) = (text.first_mut(), label.is_empty()) {
        let label = label.join(" ");
        let is_marker = starts_item(&label) && label.len() <= 8;
        let is_number = label.bytes().all(|byte| byte.is_ascii_digit());
        if is_marker || is_number {
            first.cells[0] = format!("{label}{}{}", if is_number { "\t" } else { " " }, first.cells[0]);
        } else {
            first.cells.insert(0, label);
            first.lefts.insert(0, 0.0);
        }
    }
    let mut notes = Vec::new();
    for note in after.iter_mut().flatten() {
        let words = note.cells.join(" ");
        let beside = text.iter_mut().rev().find(|paragraph| paragraph.top <= note.top + 0.5 * note.size);
        match beside {
            Some(paragraph) if words.chars().count() <= 40 => paragraph.asides.push(words),
            _ => notes.push(std::mem::take(note)),
        }
    }
    paragraphs.append(text);
    paragraphs.append(&mut notes);
}

/// Joins the words of two rows.
fn append(words: &mut String, more: &str, style: &Style) {
    let is_hyphenated = words.strip_suffix('-').is_some_and(|stem| stem.ends_with(char::is_alphabetic))
        && more.starts_with(char::is_alphanumeric);
    if !is_hyphenated {
        if !words.ends_with('/') {
            words.push(' ');
        }
    } else if more.starts_with(char::is_lowercase) && !keeps_hyphen(words, more, style) {
        words.pop();
    }
    words.push_str(more);
}

/// Whether a hyphen at the end of a row belongs to the word: the document has the word with it
/// elsewhere, or has both its parts and never the whole.
fn keeps_hyphen(words: &str, more: &str, style: &Style) -> bool {
    let letters = |at: char| !at.is_alphanumeric();
    let stem = words.trim_end_matches('-').rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase();
    let end = more.split(char::is_whitespace).next().unwrap_or("").trim_end_matches(letters).to_lowercase();
    let has = |word: &str| style.words.contains(word);
    let last = stem.rsplit('-').next().unwrap_or("").trim_start_matches(letters);
    if has(&format!("{last}-{end}")) || stem.contains('-') {
        return true;
    }
    !has(&format!("{last}{end}")) && has(last) && has(end.split('-').next().unwrap_or(""))
}

/// Words of the rows, for [`keeps_hyphen`].
pub(super) fn words<'r>(rows: impl Iterator<Item = &'r Row>) -> HashSet<String> {
    let mut words = HashSet::new();
    let mut is_half = false;
    for piece in rows.flat_map(|row| &row.pieces) {
        let was_half = std::mem::replace(&mut is_half, piece.text.ends_with('-'));
        let text = piece
            .text
            .strip_suffix('-')
            .map_or(piece.text.as_str(), |text| text.rsplit_once(' ').map_or("", |it| it.0));
        for word in text.split_whitespace().skip(was_half.into()) {
            let word = word.trim_matches(|at: char| !at.is_alphanumeric());
            if !word.is_empty() && word.len() < 40 {
                words.insert(word.to_lowercase());
            }
        }
    }
    words
}

fn starts_item(words: &str) -> bool {
    match mark(words) {
        Mark::None | Mark::Circle => false,
        Mark::Letter { name, .. } => !name,
        Mark::Sure(_) | Mark::Roman { .. } => true,
    }
}

fn mark_is_dash(words: &str) -> bool {
    words.starts_with(['-', '–', '—'])
}

/// A label with a colon, of a few words.
fn is_label(words: &str) -> bool {
    words.split_once(':').is_some_and(|(label, _)| {
        label.len() <= 40 && label.split(' ').count() <= 4 && label.starts_with(char::is_uppercase)
    })
}

/// Whether a sentence may end here.
fn closes(words: &str) -> bool {
    let bare = words.trim_end_matches(['”', '"', '’', '\'', ')', ']', '*']);
    let last = bare.rsplit(' ').next().unwrap_or("");
    let is_initial = last.len() == 2 && last.starts_with(char::is_uppercase);
    bare.ends_with(['.', '!', '?', ':', ';']) && !is_initial
}

/// Whether a row in lower case goes on in mid-sentence.
fn goes_on(words: &str, more: &str) -> bool {
    let is_lower = more.starts_with(|first: char| first.is_lowercase() || matches!(first, ',' | ';' | ')'));
    is_lower && !closes(words) && !matches!(mark(more), Mark::Sure(_))
}

/// Whether words end in such a way that more must follow.
fn wants_more(words: &str) -> bool {
    const OPENERS: &[&str] =
        &["and", "of", "the", "for", "to", "in", "on", "with", "by", "a", "an", "&", "or", "at", "from"];
    let last = words.rsplit(' ').next().unwrap_or("");
    let is_bracket = words.rfind('(').is_some_and(|open| !words[open..].contains(')'));
    words.ends_with(['-', '–', '/', '&', '(']) || is_bracket || OPENERS.contains(&last)
}
