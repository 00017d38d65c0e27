//! Tables of a page, as rows of cells.

use super::Renderer;
use super::tree::Kind;
use crate::read::layout::{Break, Draft};
use crate::read::rows::{self, Row, WIDEST};

impl Renderer<'_> {
    pub(super) fn table(&mut self, node: usize) {
        self.end_line(Break::Paragraph);
        let number = self.tables;
        self.tables += 1;
        let mut rows = Vec::new();
        self.rows(node, false, &mut rows);
        // Cells that reach down from rows above: how many rows they still fill.
        let mut spanned: Vec<usize> = Vec::new();
        let mut table: Vec<Row> = Vec::new();
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
            table.push(Row { cells, header: in_head || is_header });
        }
        let lines = rows::lay_out(table, number, self.before);
        if !lines.is_empty() {
            self.drafts.extend(lines);
            self.before = Break::Soft;
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
                row0 | 2. | Rents | JS |
                item0 gap <•> "To be paid"
            "#]],
        );
    }
}
