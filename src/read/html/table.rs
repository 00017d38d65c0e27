//! Tables of a page: rows of cells where the cells are short, paragraphs where a table is used to lay
//! out a page.

use std::ops::Range;

use super::Renderer;
use super::tree::Kind;
use crate::model::LineKind;
use crate::read::layout::{Break, Draft};

/// Columns of one table, and rows that one cell may span.
const WIDEST: usize = 200;

impl Renderer<'_> {
    pub(super) fn table(&mut self, node: usize) {
        self.end_line(Break::Paragraph);
        let number = self.tables;
        self.tables += 1;
        let mut rows = Vec::new();
        self.rows(node, false, &mut rows);
        // Cells that reach down from rows above: how many rows they still fill.
        let mut spanned: Vec<usize> = Vec::new();
        for (row, in_head) in rows {
            let mut cells: Vec<Vec<Draft>> = Vec::new();
            let mut is_header = true;
            for cell in self.cells(row) {
                while let Some(left) = spanned.get_mut(cells.len()).filter(|left| **left > 0) {
                    *left -= 1;
                    cells.push(Vec::new());
                }
                let Kind::Element(element) = self.tree.kind(cell) else { continue };
                is_header &= element.name() == "th";
                let span = |name: &str| element.attribute(name).trim().parse().unwrap_or(1).clamp(1, WIDEST);
                let (across, down) = (span("colspan"), span("rowspan"));
                let at = cells.len();
                cells.push(self.cell(cell));
                cells.extend((1..across).map(|_| Vec::new()));
                cells.truncate(WIDEST);
                if down > 1 {
                    spanned.resize(spanned.len().max(cells.len()), 0);
                    spanned[at.min(WIDEST - 1)..cells.len()].fill(down - 1);
                }
            }
            for left in spanned.iter_mut().skip(cells.len()) {
                *left = left.saturating_sub(1);
            }
            self.row(cells, LineKind::Row { table: number, header: in_head || is_header });
        }
        self.end_line(Break::Paragraph);
    }

    /// The rows of a table, and whether they are in its head; words outside rows stand as they are.
    fn rows(&mut self, node: usize, in_head: bool, rows: &mut Vec<(usize, bool)>) {
        let tree = self.tree;
        for child in tree.children(node) {
            match tree.kind(child) {
                Kind::Element(element) => match element.name() {
                    "tr" => rows.push((child, in_head)),
                    "thead" => self.rows(child, true, rows),
                    "tbody" | "tfoot" => self.rows(child, in_head, rows),
                    _ => self.node(child),
                },
                Kind::Text(text) => self.text(text),
                Kind::Other => {}
            }
        }
    }

    fn cells(&self, row: usize) -> Vec<usize> {
        let is_cell = |&cell: &usize| matches!(self.tree.kind(cell), Kind::Element(element) if matches!(element.name(), "td" | "th"));
        self.tree.children(row).filter(is_cell).collect()
    }

    /// The lines of one cell.
    fn cell(&mut self, node: usize) -> Vec<Draft> {
        let mut inner = Renderer { tables: self.tables, ..Renderer::new(self.tree) };
        inner.children(node);
        inner.flush();
        self.tables = inner.tables;
        inner.drafts
    }

    /// Writes a row. Where a cell has several lines they follow the row; where all cells have the same
    /// number of short lines, each gives a row.
    fn row(&mut self, mut cells: Vec<Vec<Draft>>, kind: LineKind) {
        let filled: Vec<usize> = (0..cells.len()).filter(|&at| !cells[at].is_empty()).collect();
        let most = cells.iter().map(Vec::len).max().unwrap_or(0);
        let is_plain = |line: &Draft| matches!(line.kind, LineKind::Text) && line.words.len() <= 120;
        match filled[..] {
            [] => {}
            // One cell with several lines, or alone in its row, lays out the page.
            [only] if most > 1 || cells.len() == 1 => self.drafts.append(&mut cells[only]),
            // A number and the item that has it.
            [number, item] if most > 1 && cells[number].len() == 1 && is_number(&cells[number][0].words) => {
                let number = cells[number][0].words.clone();
                let mut lines = std::mem::take(&mut cells[item]);
                lines[0].words = format!("{number} {}", lines[0].words);
                lines[0].marker = number.len();
                lines[0].before = Break::Paragraph;
                self.drafts.append(&mut lines);
            }
            _ if filled.len() == cells.len()
                && most > 1
                && cells.iter().all(|cell| cell.len() == most && cell.iter().all(is_plain)) =>
            {
                for at in 0..most {
                    let line: Vec<Draft> = cells.iter_mut().map(|cell| std::mem::take(&mut cell[at])).collect();
                    self.push_row(&line, kind);
                }
            }
            _ => {
                let rest: Vec<Draft> = cells.iter_mut().flat_map(|cell| cell.split_off(cell.len().min(1))).collect();
                let first: Vec<Draft> =
                    cells.into_iter().map(|cell| cell.into_iter().next().unwrap_or_default()).collect();
                self.push_row(&first, kind);
                for mut line in rest {
                    line.before = line.before.max(Break::Hard);
                    self.drafts.push(line);
                }
            }
        }
    }

    fn push_row(&mut self, cells: &[Draft], kind: LineKind) {
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
        let before = std::mem::take(&mut self.before).max(Break::Hard);
        self.drafts.push(Draft { words, before, kind, cells: spans, emphasis, ..Draft::default() });
    }
}

/// `3`, `3.`, `3a`, `(a)`: all that stands in the first cell of an item of business.
fn is_number(words: &str) -> bool {
    let bare = words.trim_matches(['(', ')', '.', ':']);
    let is_short = (1..=6).contains(&bare.len());
    is_short && (bare.starts_with(|first: char| first.is_ascii_digit()) || bare.len() == 1) && !bare.contains(' ')
}

#[cfg(test)]
mod tests {
    use crate::read::tests::show;
    use expect_test::{Expect, expect};

    fn check(markup: &str, expected: &Expect) {
        expected.assert_eq(&show(&crate::read::html::read(markup.as_bytes()).unwrap()));
    }

    #[test]
    fn a_table_of_short_cells_is_rows() {
        check(
            "<table><tr><th>Name<th>Role<th>Present<tr><td>A. Lee<td>Chair<td>P<tr><td>B. Ek<td><td>Ap\
             <tr><td colspan=2>C. Day<td>P<tr><td rowspan=2>North<td>D. Om<td>P<tr><td>E. Fu<td>P</table>",
            &expect![[r#"
                row0! | Name | Role | Present |
                row0 | A. Lee | Chair | P |
                row0 | B. Ek |  | Ap |
                row0 | C. Day |  | P |
                row0 | North | D. Om | P |
                row0 |  | E. Fu | P |
            "#]],
        );
    }

    #[test]
    fn cells_of_as_many_lines_are_as_many_rows() {
        check(
            "<table><tr><td>A. Lee<br>B. Ek<td>Town<br>County</table>",
            &expect![[r#"
            row0 | A. Lee | Town |
            row0 | B. Ek | County |
        "#]],
        );
    }

    #[test]
    fn a_table_that_lays_out_the_page_is_paragraphs() {
        check(
            "<table><tr><td>1.<td><p>Apologies</p><p>None were given.</p><tr><td>2.<td><p>Rents</p><ul><li>To be \
             paid</ul><td>JS</table>",
            &expect![[r#"
                text <1.> "Apologies"
                text gap "None were given."
                row0 gap | 2. | Rents | JS |
                item0 gap <•> "To be paid"
            "#]],
        );
    }
}
