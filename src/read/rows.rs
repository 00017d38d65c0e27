//! Tables: as rows where their cells are short, as paragraphs where a table is used to lay out a
//! page. Shared by all formats that have tables.
//!
//! In: the lines of each cell of each row. Out: the lines of the table, in reading order.
//! Never: lose a line of a cell, or put it under another column.

use std::ops::Range;

use super::layout::{Break, Draft};
use crate::model::LineKind;

/// Columns of one table, and rows that one cell may span.
pub(super) const WIDEST: usize = 200;

/// Lines of a cell that says one thing: a name, a post, an organisation.
const FEW: usize = 4;

/// A row: the lines of each of its cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// The cells; those that others span are empty.
    pub(super) cells: Vec<Vec<Draft>>,
    /// Whether it is a header row.
    pub(super) header: bool,
}

/// What the cells of a table with several lines are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cells {
    /// Each cell says one thing, over several lines.
    Things,
    /// Each line of a cell goes with the line beside it.
    Lists,
}

/// Writes a table. `number` is its own, `before` what stands before it.
pub(super) fn lay_out(rows: Vec<Row>, number: u32, before: Break) -> Vec<Draft> {
    let is_plain = |row: &Row| row.cells.iter().flatten().all(is_plain);
    let several = || rows.iter().filter(|row| is_plain(row) && lines(row) > 1 && filled(row).len() > 1);
    let are_things = several().count() >= 2
        && several().all(|row| lines(row) <= FEW)
        && (several().count() >= 3
            || several().any(|row| filled(row).iter().any(|&at| row.cells[at].len() < lines(row))));
    let cells = if are_things { Cells::Things } else { Cells::Lists };
    // Where one item of business has text below its title, the others are titles too.
    let is_agenda = rows.iter().any(|row| item(row).is_some() && lines(row) > 1);
    let mut table: Vec<Draft> = Vec::new();
    for mut row in rows {
        let kind = LineKind::Row { table: number, header: row.header };
        if lines(&row) == 0 {
            continue;
        }
        let (first, several) = (table.len(), lines(&row) > 1);
        let is_plain = is_plain(&row);
        let item = item(&row).filter(|_| is_agenda);
        if several && is_plain && cells == Cells::Things && row.cells.len() > 1 && item.is_none() {
            let joined: Vec<Draft> = row.cells.iter().map(|cell| joined(cell)).collect();
            table.push(as_line(&joined, kind));
        } else if let ([only], true) = (&filled(&row)[..], several || row.cells.len() == 1) {
            // One cell with several lines, or alone in its row, lays out the page.
            table.append(&mut row.cells[*only]);
        } else if let Some((number, item)) = item {
            table.push(numbered(&row.cells[number][0], &row.cells[item][0]));
            table.extend(row.cells[item].drain(1..));
        } else if several && is_plain {
            for at in 0..lines(&row) {
                let line: Vec<Draft> =
                    row.cells.iter_mut().map(|cell| cell.get_mut(at).map(std::mem::take).unwrap_or_default()).collect();
                table.push(as_line(&line, kind));
            }
        } else {
            let rest: Vec<Draft> = row.cells.iter_mut().flat_map(|cell| cell.split_off(cell.len().min(1))).collect();
            let line: Vec<Draft> =
                row.cells.into_iter().map(|cell| cell.into_iter().next().unwrap_or_default()).collect();
            table.push(as_line(&line, kind));
            table.extend(rest);
        }
        for line in &mut table[first..] {
            line.before = line.before.max(Break::Hard);
        }
    }
    if let Some(first) = table.first_mut() {
        first.before = first.before.max(before);
    }
    table
}

/// The cells that are not empty.
fn filled(row: &Row) -> Vec<usize> {
    (0..row.cells.len()).filter(|&at| !row.cells[at].is_empty()).collect()
}

/// Lines of the longest cell.
fn lines(row: &Row) -> usize {
    row.cells.iter().map(Vec::len).max().unwrap_or(0)
}

fn is_plain(line: &Draft) -> bool {
    matches!(line.kind, LineKind::Text) && line.marker == 0 && line.words.len() <= 120
}

/// The two cells of an item of business: its number, and the item.
fn item(row: &Row) -> Option<(usize, usize)> {
    let [number, item] = filled(row)[..] else { return None };
    (row.cells[number].len() == 1 && is_number(&row.cells[number][0].words)).then_some((number, item))
}

/// The title of an item with the number from the cell beside it.
fn numbered(number: &Draft, item: &Draft) -> Draft {
    let own = item.words.get(..item.marker).unwrap_or("").trim();
    let number = number.words.trim();
    // The item's own marker counts only where the cell beside it has none.
    let words = if own.is_empty() { item.words.trim() } else { item.words[item.marker..].trim() };
    Draft {
        words: format!("{number} {words}"),
        marker: number.len(),
        before: Break::Paragraph,
        cells: Vec::new(),
        ..item.clone()
    }
}

/// The lines of a cell as one: a comma stands where a line ended, unless punctuation does.
fn joined(cell: &[Draft]) -> Draft {
    let mut words = String::new();
    for line in cell {
        let line = line.words.trim();
        if !words.is_empty() {
            let is_open = words.ends_with([',', ';', ':', '.', '-', '–', '—', '/', '&', '(']);
            words.push_str(if is_open || line.starts_with(['(', '–', '-', ',']) { " " } else { ", " });
        }
        words.push_str(line);
    }
    Draft { words, emphasis: cell.iter().all(|line| line.emphasis) && !cell.is_empty(), ..Draft::default() }
}

fn as_line(cells: &[Draft], kind: LineKind) -> Draft {
    let mut words = String::new();
    let mut spans: Vec<Range<usize>> = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            words.push('\t');
        }
        let start = words.len();
        words.push_str(&cell.words.trim().replace('\t', " "));
        spans.push(start..words.len());
    }
    let emphasis = cells.iter().filter(|cell| !cell.words.is_empty()).all(|cell| cell.emphasis);
    Draft { words, before: Break::Hard, kind, cells: spans, emphasis, ..Draft::default() }
}

/// `3`, `3.`, `3a`, `(a)`: all that stands in the first cell of an item of business.
fn is_number(words: &str) -> bool {
    let bare = words.trim().trim_matches(['(', ')', '.', ':']);
    let is_short = (1..=6).contains(&bare.len());
    is_short && (bare.starts_with(|first: char| first.is_ascii_digit()) || bare.len() == 1) && !bare.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    /// Cells are set apart by `|`, lines of a cell by `/`.
    fn check(table: &[&str], expected: &Expect) {
        let line = |words: &str| Draft { words: words.trim().to_owned(), ..Draft::default() };
        let cell = |cell: &str| cell.split('/').filter(|words| !words.trim().is_empty()).map(line).collect();
        let row = |row: &&str| Row { cells: row.split('|').map(cell).collect(), header: false };
        let lines = lay_out(table.iter().map(row).collect(), 0, Break::Hard);
        let shown = lines.iter().map(|line| {
            let cells: Vec<&str> = line.cells.iter().map(|cell| &line.words[cell.clone()]).collect();
            if cells.is_empty() { format!("{}\n", line.words) } else { format!("| {} |\n", cells.join(" | ")) }
        });
        expected.assert_eq(&shown.collect::<String>());
    }

    #[test]
    fn lines_stay_in_their_column() {
        check(
            &["Yes | No", "A. Lee / B. Ek / C. Day / D. Om / E. Fu | F. Ry / G. Oh"],
            &expect![[r#"
                | Yes | No |
                | A. Lee | F. Ry |
                | B. Ek | G. Oh |
                | C. Day |  |
                | D. Om |  |
                | E. Fu |  |
            "#]],
        );
    }

    #[test]
    fn cells_that_say_one_thing_are_one_line() {
        check(
            &["Members | Officers", "A. Lee / Chair | B. Ek (BE) / Town Council", "C. Day / Mill Trust / | D. Om"],
            &expect![[r#"
                | Members | Officers |
                | A. Lee, Chair | B. Ek (BE), Town Council |
                | C. Day, Mill Trust | D. Om |
            "#]],
        );
    }

    #[test]
    fn an_agenda_is_numbered_titles() {
        check(
            &["No. | Item", "1. | Apologies", "2. | Rents / The rents were noted."],
            &expect![[r#"
                | No. | Item |
                1. Apologies
                2. Rents
                The rents were noted.
            "#]],
        );
    }
}
