//! Tables by the lines that are drawn around their cells.
//!
//! In: the rows and rules of a page. Out: its [`Table`]s, cells with the rows of words in them; the
//! rows outside. Never: take a frame around text, or a line under it, for a table.

use std::collections::BTreeMap;

use super::interpret::Rule;
use super::lines::{Piece, Row};

/// A table: rows of cells, each with what stands in it, in lines.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) top: f32,
    /// For each row its cells; a cell that reaches over several columns or rows stands in the first,
    /// and the others are empty.
    pub(super) rows: Vec<Vec<Vec<Row>>>,
    /// The right edge of each column.
    pub(super) edges: Vec<f32>,
}

/// Distances below which two lines are one, or meet.
const NEAR: f32 = 3.0;
/// Lines of each kind on a page, columns and rows that are looked at.
const RULES: usize = 400;
const COLUMNS: usize = 40;

/// The lines of a page, those of one place that touch made one.
#[derive(Debug, Default)]
pub(super) struct Rules {
    pub(super) level: Vec<Rule>,
    pub(super) upright: Vec<Rule>,
}

impl Rules {
    pub(super) fn new(rules: &[Rule]) -> Self {
        Self {
            level: merged(rules.iter().filter(|rule| rule.is_level)),
            upright: merged(rules.iter().filter(|rule| !rule.is_level)),
        }
    }
}

/// Takes the words that stand in tables out of the rows.
pub(super) fn tables(rows: &mut Vec<Row>, rules: &Rules) -> Vec<Table> {
    let mut tables = Vec::new();
    for (level, upright) in groups(&rules.level, &rules.upright) {
        let ys = places(&level);
        let xs = places(&upright);
        let cells = xs.len().saturating_sub(1) * ys.len().saturating_sub(1);
        if cells < 2 || xs.len() < 2 || xs.len() > COLUMNS {
            continue;
        }
        let grid = Grid { level, upright, xs, ys };
        tables.extend(grid.fill(rows));
    }
    tables.sort_by(|a, b| a.top.total_cmp(&b.top));
    tables
}

/// Lines with the same place that touch are one.
fn merged<'r>(rules: impl Iterator<Item = &'r Rule>) -> Vec<Rule> {
    let mut rules: Vec<Rule> = rules.copied().collect();
    rules.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut merged: Vec<Rule> = Vec::new();
    let mut start = 0;
    for end in 1..=rules.len() {
        if end < rules.len() && rules[end].at - rules[start].at < NEAR {
            continue;
        }
        let mut same = rules[start..end].to_vec();
        start = end;
        same.sort_by(|a, b| a.from.total_cmp(&b.from));
        let first = merged.len();
        for rule in same {
            match merged.last_mut().filter(|_| first < rules.len()) {
                Some(last) if (last.at - rule.at).abs() < NEAR => {
                    if rule.from <= last.to + NEAR {
                        last.to = last.to.max(rule.to);
                    } else {
                        merged.push(rule);
                    }
                }
                _ => merged.push(rule),
            }
        }
        if merged.len() > RULES {
            merged.truncate(RULES);
            break;
        }
    }
    merged
}

/// Lines that meet one another, directly or by others.
fn groups(level: &[Rule], upright: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let mut parent: Vec<usize> = (0..level.len() + upright.len()).collect();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    for (i, a) in level.iter().enumerate() {
        for (j, b) in upright.iter().enumerate() {
            let meets = |line: &Rule, at: f32| (line.from - NEAR..=line.to + NEAR).contains(&at);
            if meets(a, b.at) && meets(b, a.at) {
                let (i, j) = (root(&mut parent, i), root(&mut parent, level.len() + j));
                parent[i] = j;
            }
        }
    }
    let mut groups: BTreeMap<usize, (Vec<Rule>, Vec<Rule>)> = BTreeMap::new();
    for (at, rule) in level.iter().enumerate() {
        groups.entry(root(&mut parent, at)).or_default().0.push(*rule);
    }
    for (at, rule) in upright.iter().enumerate() {
        groups.entry(root(&mut parent, level.len() + at)).or_default().1.push(*rule);
    }
    groups.into_values().collect()
}

fn places(rules: &[Rule]) -> Vec<f32> {
    let mut places: Vec<f32> = rules.iter().map(|rule| rule.at).collect();
    places.sort_by(f32::total_cmp);
    places.dedup_by(|b, a| *b - *a < NEAR);
    places
}

struct Grid {
    level: Vec<Rule>,
    upright: Vec<Rule>,
    xs: Vec<f32>,
    ys: Vec<f32>,
}

impl Grid {
    fn fill(&self, rows: &mut Vec<Row>) -> Option<Table> {
        let (columns, bands) = (self.xs.len() - 1, self.ys.len() - 1);
        let (left, right) = (self.xs[0], self.xs[columns]);
        let (top, bottom) = (self.ys[0], self.ys[bands]);
        let mut cells: BTreeMap<(usize, usize), Vec<Piece>> = BTreeMap::new();
        let mut outside = Vec::new();
        for row in std::mem::take(rows) {
            let mut rest = Vec::new();
            for piece in row.pieces {
                let (x, y) = (piece.left.midpoint(piece.right), piece.y - 0.3 * piece.size);
                if (left..right).contains(&x) && (top..bottom).contains(&y) {
                    let column = self.xs.partition_point(|&at| at <= x) - 1;
                    let band = self.ys.partition_point(|&at| at <= y) - 1;
                    cells.entry(self.first_of(band, column)).or_default().push(piece);
                } else {
                    rest.push(piece);
                }
            }
            if !rest.is_empty() {
                outside.push(Row::new(rest));
            }
        }
        *rows = outside;
        let mut table = Table { top, rows: Vec::new(), edges: self.xs[1..].to_vec() };
        for band in 0..bands {
            let cell = |column| cells.remove(&(band, column)).map(lines).unwrap_or_default();
            let row: Vec<Vec<Row>> = (0..columns).map(cell).collect();
            if row.iter().any(|cell| !cell.is_empty()) {
                table.rows.push(row);
            }
        }
        // Columns that nothing stands in come from double lines.
        let is_used = |&column: &usize| table.rows.iter().any(|row| !row[column].is_empty());
        let used: Vec<usize> = (0..columns).filter(is_used).collect();
        for row in &mut table.rows {
            *row = used.iter().map(|&column| std::mem::take(&mut row[column])).collect();
        }
        table.edges = used.iter().map(|&column| table.edges[column]).collect();
        (!table.rows.is_empty()).then_some(table)
    }

    /// The first band and column of the cell that holds these, where lines between are missing.
    fn first_of(&self, mut band: usize, mut column: usize) -> (usize, usize) {
        let given = column;
        let covers = |rules: &[Rule], at: f32, middle: f32| {
            let is_there = |rule: &&Rule| (rule.at - at).abs() < NEAR && (rule.from..=rule.to).contains(&middle);
            rules.iter().any(|rule| is_there(&rule))
        };
        while column > 0 && !covers(&self.upright, self.xs[column], self.ys[band].midpoint(self.ys[band + 1])) {
            column -= 1;
        }
        // Rows that begin a little apart make narrow columns, in which no words stand.
        while column < given && self.xs[column + 1] - self.xs[column] < 4.0 * NEAR {
            column += 1;
        }
        while band > 0 && !covers(&self.level, self.ys[band], self.xs[column].midpoint(self.xs[column + 1])) {
            band -= 1;
        }
        (band, column)
    }
}

/// The rows of a cell.
fn lines(pieces: Vec<Piece>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if (row.y - piece.y).abs() < 0.3 * row.size => row.pieces.push(piece),
            _ => rows.push(Row::new(vec![piece])),
        }
    }
    rows
}
