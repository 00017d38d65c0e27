//! The order in which the rows of a page are read: columns one after the other, and short notes at
//! the right margin with what they stand beside.
//!
//! In: the rows of a page that are in no table. Out: runs of rows, each with the right edge of its
//! text. Columns are told from the cells of a table by the order in which the file draws: a writer
//! draws columns one after the other, and tables row by row. Never: change words.

use super::lines::{Piece, Row};

/// A row, and what stands beside it at the right margin.
#[derive(Clone, Debug)]
pub(super) struct Laid {
    pub(super) row: Row,
    pub(super) asides: Vec<String>,
    /// Whether its last piece may be such a note: its words are too short to tell.
    pub(super) is_noted: bool,
}

/// Rows that are read one after the other.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) rows: Vec<Laid>,
    /// Right edges of the rows that begin at the same place, sorted by that place.
    edges: Vec<(f32, f32)>,
    /// How far lines that are full reach.
    pub(super) right: f32,
}

impl Run {
    pub(super) fn new(rows: Vec<Laid>, left: f32, right: f32) -> Self {
        let lone = rows.iter().filter_map(|laid| laid.row.pieces.first().filter(|_| laid.row.pieces.len() == 1));
        let mut pieces: Vec<&Piece> = lone.collect();
        pieces.sort_by(|a, b| a.inner.total_cmp(&b.inner));
        let mut edges = Vec::new();
        for same in pieces.chunk_by(|a, b| b.inner - a.inner < 3.0) {
            let mut rights: Vec<f32> = same.iter().map(|piece| piece.right).collect();
            rights.sort_by(f32::total_cmp);
            let (from, edge, median) = (same[0].inner, rights[rights.len() - 1], rights[rights.len() / 2]);
            let long = same.iter().filter(|piece| piece.text.len() > 30).count();
            let reaches = edge - left > 0.85 * (right - left);
            // Rows of prose nearly all reach the margin; those of a list do not.
            let is_even = median - from > 0.8 * (edge - from) && long * 4 > same.len() * 3;
            if (same.len() >= 4 && reaches) || (same.len() >= 5 && is_even) {
                edges.push((from, edge));
            }
        }
        Self { rows, edges, right }
    }

    /// How far full rows reach that begin where this one does.
    pub(super) fn edge(&self, laid: &Laid) -> f32 {
        let inner = laid.row.pieces[0].inner;
        let near = self.edges.iter().find(|(from, _)| (from - inner).abs() < 3.0);
        near.map_or(self.right, |(_, edge)| edge.min(self.right))
    }
}

/// Letters of a note at the margin.
const NOTE: usize = 32;

/// The runs of a page, whose full lines reach from `left` to `right`.
pub(super) fn runs(rows: Vec<Row>, left: f32, right: f32) -> Vec<Run> {
    let (rows, lone) = notes(rows, left, right);
    let mut runs = Vec::new();
    columns(rows, left, right, 0, &mut runs);
    attach(&mut runs, lone);
    for run in &mut runs {
        run.rows = stacked(std::mem::take(&mut run.rows));
    }
    runs
}

/// Sets notes at the right margin apart: beside words, or on a row of their own.
fn notes(rows: Vec<Row>, left: f32, right: f32) -> (Vec<Laid>, Vec<Piece>) {
    let width = right - left;
    let mut laid: Vec<Laid> = Vec::with_capacity(rows.len());
    let mut lone = Vec::new();
    for (at, mut row) in rows.iter().cloned().enumerate() {
        let is_note = |piece: &Piece| piece.text.chars().count() <= NOTE && piece.left > left + 0.6 * width;
        let mut asides = Vec::new();
        if let [words, note] = row.pieces.as_slice()
            && is_note(note)
            && words.right - words.left > 0.3 * width
        {
            asides.extend(row.pieces.pop().map(|note| note.text));
        } else if let [note] = row.pieces.as_slice()
            && is_note(note)
            && note.left > left + 0.75 * width
        {
            // Alone on its row, and beside words whose rows do not stand level with it.
            let is_beside = |other: Option<&Row>| {
                other.is_some_and(|other| {
                    (other.y - row.y).abs() < 0.9 * row.size
                        && other.pieces[0].right - other.pieces[0].left > 0.3 * width
                })
            };
            let before = at.checked_sub(1).and_then(|at| rows.get(at));
            // Or under the last row of a paragraph, at the very edge.
            let is_under = note.right > right - 2.0 * note.size
                && before.is_some_and(|before| {
                    let reach = before.pieces[0].right - before.pieces[0].left;
                    row.y - before.y < 1.4 * row.size && reach > 0.5 * width && before.left() < left + 0.3 * width
                });
            let is_near = is_under || is_beside(rows.get(at + 1)) || is_beside(before);
            if is_near && lone.len() < LONGEST {
                lone.push(note.clone());
                continue;
            }
        }
        let is_noted = matches!(row.pieces.as_slice(), [_, note] if is_note(note));
        laid.push(Laid { row, asides, is_noted });
    }
    (laid, lone)
}

fn attach(runs: &mut [Run], lone: Vec<Piece>) {
    for note in lone {
        let rows = runs.iter_mut().flat_map(|run| run.rows.iter_mut());
        let nearest = rows.min_by(|a, b| (a.row.y - note.y).abs().total_cmp(&(b.row.y - note.y).abs()));
        if let Some(row) = nearest {
            row.asides.push(note.text);
        }
    }
}

/// Columns within columns that are looked for, and rows of one column that are looked at.
const DEEPEST: usize = 4;
const LONGEST: usize = 200;

/// Splits rows into columns where there are some; adds a run for each stretch.
fn columns(rows: Vec<Laid>, left: f32, right: f32, depth: usize, runs: &mut Vec<Run>) {
    let mut start = 0;
    let mut at = 0;
    while at < rows.len() && depth < DEEPEST {
        let Some((begin, end, gutter)) = band(&rows, start, at) else {
            at += 1;
            continue;
        };
        push(runs, rows[start..begin].to_vec(), left, right);
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for laid in &rows[begin..end] {
            let (a, b): (Vec<Piece>, Vec<Piece>) =
                laid.row.pieces.iter().cloned().partition(|piece| piece.left < gutter);
            let mut asides = Some(laid.asides.clone());
            if !b.is_empty() {
                second.push(Laid { row: Row::new(b), asides: asides.take().unwrap_or_default(), is_noted: false });
            }
            if !a.is_empty() {
                first.push(Laid { row: Row::new(a), asides: asides.unwrap_or_default(), is_noted: false });
            }
        }
        for (column, limit) in [(first, gutter), (second, right)] {
            let from = column.iter().map(|laid| laid.row.left()).fold(f32::MAX, f32::min);
            let to = column.iter().map(|laid| laid.row.right()).fold(0.0, f32::max);
            // Long rows show the margin, short ones only that it is further on.
            let long = column.iter().filter(|laid| laid.row.pieces[0].text.len() > 30).count();
            let to = if long * 2 > column.len() { to } else { to.max(limit) };
            columns(column, from, to, depth + 1, runs);
        }
        (start, at) = (end, end);
    }
    push(runs, rows[start..].to_vec(), left, right);
}

fn push(runs: &mut Vec<Run>, rows: Vec<Laid>, left: f32, right: f32) {
    if !rows.is_empty() {
        runs.push(Run::new(rows, left, right));
    }
}

/// Rows around `at` that stand in two columns: where they begin and end, and the place between the
/// columns.
fn band(rows: &[Laid], start: usize, at: usize) -> Option<(usize, usize, f32)> {
    let pieces = &rows[at].row.pieces;
    let mut gaps: Vec<(f32, f32)> = pieces.windows(2).take(24).map(|pair| (pair[0].right, pair[1].left)).collect();
    // Rows of columns need not be level with one another.
    if let (true, Some(next)) = (pieces.len() == 1, rows.get(at + 1))
        && next.row.y - rows[at].row.y < 0.8 * next.row.size
    {
        let (a, b) = (&pieces[0], &next.row.pieces[0]);
        gaps.push(if a.left < b.left { (a.right, b.left) } else { (next.row.right(), a.left) });
    }
    let bands = gaps.into_iter().filter(|gap| gap.0 < gap.1).filter_map(|gap| Band::find(rows, start, at, gap));
    bands.max_by_key(|band| band.end - band.start).map(|band| (band.start, band.end, band.from.midpoint(band.to)))
}

/// Rows that leave a place between columns free.
struct Band {
    start: usize,
    end: usize,
    from: f32,
    to: f32,
    /// When the last piece of the left column and the first of the right are drawn.
    last: usize,
    first: usize,
    lefts: Vec<f32>,
    rights: Vec<f32>,
    /// Pieces as long as prose has.
    long: usize,
}

impl Band {
    fn find(rows: &[Laid], start: usize, at: usize, (from, to): (f32, f32)) -> Option<Self> {
        let mut band = Self {
            start: at,
            end: at,
            from,
            to,
            last: 0,
            first: usize::MAX,
            lefts: Vec::new(),
            rights: Vec::new(),
            long: 0,
        };
        while band.end < rows.len().min(at + LONGEST) && band.takes(&rows[band.end].row) {
            band.end += 1;
        }
        let is_some = band.end > at;
        while is_some && band.start > start && band.takes(&rows[band.start - 1].row) {
            band.start -= 1;
        }
        band.lefts.sort_by(f32::total_cmp);
        band.rights.sort_by(f32::total_cmp);
        band.is_columns().then_some(band)
    }

    /// Takes in a row if it leaves the place free, and keeps the order of columns.
    fn takes(&mut self, row: &Row) -> bool {
        let middle = self.from.midpoint(self.to);
        let (mut from, mut to, mut last, mut first) = (self.from, self.to, self.last, self.first);
        let (mut is_left, mut is_right) = (false, false);
        for piece in &row.pieces {
            if piece.left.midpoint(piece.right) < middle {
                (from, last, is_left) = (from.max(piece.right), last.max(piece.order), true);
            } else {
                (to, first, is_right) = (to.min(piece.left), first.min(piece.order), true);
            }
        }
        let size = row.pieces.iter().map(|piece| piece.size).fold(f32::MAX, f32::min);
        if to - from < 0.8 * size || last > first {
            return false;
        }
        (self.from, self.to, self.last, self.first) = (from, to, last, first);
        self.lefts.extend(is_left.then_some(row.y));
        self.rights.extend(is_right.then_some(row.y));
        self.long += row.pieces.iter().filter(|piece| piece.text.len() > 30).count();
        true
    }

    fn is_columns(&self) -> bool {
        // As many rows in both, level with one another, are rows of a table.
        let is_level = self.lefts == self.rights;
        let is_prose = self.long * 2 > self.lefts.len() + self.rights.len() && self.lefts.len() >= 4;
        // Labels beside a list, or notes beside text, stand further apart than what they are beside.
        let pitch = |ys: &[f32]| {
            let mut pitches: Vec<f32> = ys.windows(2).map(|pair| pair[1] - pair[0]).collect();
            pitches.sort_by(f32::total_cmp);
            pitches.get(pitches.len() / 2).copied().unwrap_or(0.0)
        };
        let (left, right) = (pitch(&self.lefts), pitch(&self.rights));
        let is_dense = self.lefts.len() >= 3 && self.rights.len() >= 3 && left < 1.6 * right && right < 1.6 * left;
        is_dense && (!is_level || is_prose)
    }
}

/// Rows that are nearer than lines of text can be are one row of a table, the words of some cells set
/// midway between the lines of others.
fn stacked(rows: Vec<Laid>) -> Vec<Laid> {
    let mut result: Vec<Laid> = Vec::with_capacity(rows.len());
    let mut start = 0;
    for end in 1..=rows.len() {
        let is_near = |a: &Row, b: &Row| b.y - a.y < 0.8 * a.size.min(b.size);
        if end < rows.len() && is_near(&rows[end - 1].row, &rows[end].row) {
            continue;
        }
        let chain = &rows[start..end];
        start = end;
        if chain.len() < 2 || chain.len() > 7 {
            result.extend_from_slice(chain);
            continue;
        }
        let mut cells: Vec<Piece> = Vec::new();
        for piece in chain.iter().flat_map(|laid| &laid.row.pieces) {
            let over = cells.iter_mut().find(|cell| piece.left < cell.right && cell.left < piece.right);
            if let Some(cell) = over {
                cell.text = format!("{} {}", cell.text, piece.text);
                cell.left = cell.left.min(piece.left);
                cell.right = cell.right.max(piece.right);
                cell.bold &= piece.bold;
            } else {
                cells.push(piece.clone());
            }
        }
        cells.sort_by(|a, b| a.left.total_cmp(&b.left));
        let y = chain[chain.len() - 1].row.y;
        for cell in &mut cells {
            cell.y = y;
        }
        let asides = chain.iter().flat_map(|laid| laid.asides.clone()).collect();
        result.push(Laid { row: Row::new(cells), asides, is_noted: false });
    }
    result
}
