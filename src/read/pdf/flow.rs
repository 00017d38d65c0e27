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
    left: f32,
    /// How far lines that are full reach.
    pub(super) right: f32,
}

impl Run {
    pub(super) fn new(rows: Vec<Laid>, left: f32, right: f32) -> Self {
        let mut ends: Vec<(f32, f32)> = rows
            .iter()
            .filter(|laid| laid.row.pieces.len() == 1)
            .map(|laid| (laid.row.pieces[0].inner, laid.row.right()))
            .collect();
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut edges: Vec<(f32, f32, usize)> = Vec::new();
        for (from, to) in ends {
            match edges.last_mut() {
                Some((at, edge, count)) if from - *at < 3.0 => {
                    *edge = edge.max(to);
                    *count += 1;
                }
                _ => edges.push((from, to, 1)),
            }
        }
        let edges = edges.into_iter().filter(|edge| edge.2 >= 4).map(|edge| (edge.0, edge.1)).collect();
        Self { rows, edges, left, right }
    }

    /// How far full lines reach that begin where this one does. Rows that are all short, as those of a
    /// list, do not tell.
    pub(super) fn edge(&self, laid: &Laid) -> f32 {
        let inner = laid.row.pieces[0].inner;
        let same = self.edges.iter().find(|(from, _)| (from - inner).abs() < 3.0);
        let is_prose = |edge: &f32| *edge < self.right && edge - self.left > 0.85 * (self.right - self.left);
        same.map(|(_, edge)| *edge).filter(is_prose).unwrap_or(self.right)
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
            let is_near = is_beside(rows.get(at + 1)) || is_beside(at.checked_sub(1).and_then(|at| rows.get(at)));
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
        let Some((end, gutter)) = band(&rows, at) else {
            at += 1;
            continue;
        };
        push(runs, rows[start..at].to_vec(), left, right);
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for laid in &rows[at..end] {
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
        for column in [first, second] {
            let from = column.iter().map(|laid| laid.row.left()).fold(f32::MAX, f32::min);
            let to = column.iter().map(|laid| laid.row.right()).fold(0.0, f32::max);
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

/// Rows from `at` on that stand in two columns: where they end, and the place between the columns.
fn band(rows: &[Laid], at: usize) -> Option<(usize, f32)> {
    let gaps = rows[at].row.pieces.windows(2).take(24).map(|pair| (pair[0].right, pair[1].left));
    let found = gaps.filter_map(|gap| gutter(rows, at, gap));
    found.max_by_key(|(end, _)| *end)
}

fn gutter(rows: &[Laid], at: usize, (mut from, mut to): (f32, f32)) -> Option<(usize, f32)> {
    let (mut last_left, mut first_right) = (0, usize::MAX);
    // Places of the rows of each column, and whether rows of one stand between those of the other.
    let (mut lefts, mut rights): (Vec<f32>, Vec<f32>) = (Vec::new(), Vec::new());
    let mut end = at;
    for laid in rows[at..].iter().take(LONGEST) {
        let middle = from.midpoint(to);
        let (mut left, mut right) = (from, to);
        let (mut late, mut early) = (last_left, first_right);
        for piece in &laid.row.pieces {
            if piece.left.midpoint(piece.right) < middle {
                left = left.max(piece.right);
                late = late.max(piece.order);
            } else {
                right = right.min(piece.left);
                early = early.min(piece.order);
            }
        }
        if right - left < 0.8 * laid.row.size || late > early {
            break;
        }
        (from, to, last_left, first_right) = (left, right, late, early);
        let has = |is_left: bool| laid.row.pieces.iter().any(|piece| (piece.left < from.midpoint(to)) == is_left);
        if has(true) {
            lefts.push(laid.row.y);
        }
        if has(false) {
            rights.push(laid.row.y);
        }
        end += 1;
    }
    // As many rows in both, level with one another, are rows of a table.
    let is_level = lefts == rights;
    let is_wide = rows[at..end].iter().flat_map(|laid| &laid.row.pieces).filter(|piece| piece.text.len() > 30).count();
    let is_prose = is_wide * 2 > lefts.len() + rights.len() && lefts.len() >= 4;
    let is_columns = lefts.len() >= 2 && rights.len() >= 2 && lefts.len() + rights.len() >= 5;
    (is_columns && (!is_level || is_prose)).then_some((end, from.midpoint(to)))
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
        cells.iter_mut().for_each(|cell| cell.y = y);
        let asides = chain.iter().flat_map(|laid| laid.asides.clone()).collect();
        result.push(Laid { row: Row::new(cells), asides, is_noted: false });
    }
    result
}
