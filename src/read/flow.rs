//! The running text of a word processor's document; shared by DOCX, ODT and DOC.
//!
//! In: words, tabs, breaks, the ends of paragraphs, the cells of tables, in the order of the text.
//! Out: a [`Layout`]. A paragraph is a line, as a word processor breaks lines itself.
//! Never: join paragraphs, or know where they come from.

use super::clean::clean;
use super::layout::{Break, Draft, Layout};
use super::marker::is_marked;
use super::rows::{self, Row};
use crate::model::LineKind;

/// A paragraph of a heading's style that is longer has that style for its looks.
const LONGEST_HEADING: usize = 200;

/// Space between paragraphs that a reader sees as a gap, in twentieths of a point.
pub(super) const GAP: i32 = 100;

/// What is known of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Level of the heading that it is.
    pub(super) heading: Option<u8>,
    /// Level of the list that it is an entry of, from 0.
    pub(super) list: Option<u8>,
    /// The marker that the program draws; empty where there is none.
    pub(super) marker: String,
    /// Whether a reader sees a gap above it.
    pub(super) gap_before: bool,
    /// Whether a reader sees a gap below it.
    pub(super) gap_after: bool,
}

/// The text as it is gathered.
#[derive(Debug, Default)]
pub(super) struct Flow {
    drafts: Vec<Draft>,
    /// Lines outside the cells that are open.
    outer: Vec<(Vec<Draft>, Break)>,
    /// Lines of the paragraph that is open, each with its bold characters.
    lines: Vec<(String, usize)>,
    words: String,
    bold: usize,
    before: Break,
    tables: u32,
}

impl Flow {
    /// Adds words to the paragraph.
    pub(super) fn text(&mut self, words: &str, is_bold: bool) {
        self.words.push_str(words);
        if is_bold {
            self.bold += words.chars().filter(|character| !character.is_whitespace()).count();
        }
    }

    /// Whether the paragraph has no words yet.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.words.trim().is_empty()
    }

    /// Breaks a line within the paragraph.
    pub(super) fn line_break(&mut self) {
        self.lines.push((std::mem::take(&mut self.words), std::mem::take(&mut self.bold)));
    }

    /// Ends the paragraph.
    pub(super) fn end(&mut self, paragraph: &Paragraph) {
        self.line_break();
        let gathered = std::mem::take(&mut self.lines);
        let is_blank = gathered.iter().all(|(words, _)| words.trim().is_empty());
        if is_blank {
            self.before = Break::Paragraph;
            return;
        }
        if paragraph.gap_before || paragraph.heading.is_some() {
            self.before = Break::Paragraph;
        }
        let length: usize = gathered.iter().map(|(words, _)| words.chars().count()).sum();
        let heading = paragraph.heading.filter(|_| length <= LONGEST_HEADING);
        let depth = paragraph.list.unwrap_or(0);
        let mut is_first = true;
        for (words, bold) in gathered {
            let cleaned = clean(&words);
            for line in cleaned.lines() {
                if line.trim().is_empty() {
                    if !is_first {
                        self.before = Break::Paragraph;
                    }
                    continue;
                }
                let visible = line.chars().filter(|character| !character.is_whitespace()).count();
                let mut draft = Draft {
                    words: line.trim().to_owned(),
                    before: std::mem::take(&mut self.before).max(Break::Hard),
                    emphasis: bold > 0 && bold >= visible,
                    ..Draft::default()
                };
                if let Some(level) = heading {
                    draft.kind = LineKind::Heading(level);
                } else if paragraph.list.is_some() {
                    draft.indent = u16::from(depth) * 2 + if is_first { 0 } else { 2 };
                    if is_first {
                        draft.kind = LineKind::ListItem(depth);
                    }
                }
                // A marker that the author typed stands for the one that the program would draw.
                if is_first && !paragraph.marker.is_empty() && !is_marked(&draft.words) {
                    draft.words = format!("{} {}", paragraph.marker, draft.words);
                    draft.marker = paragraph.marker.len();
                }
                is_first = false;
                self.drafts.push(draft);
            }
        }
        self.before = if paragraph.gap_after || heading.is_some() { Break::Paragraph } else { Break::Hard };
    }

    /// Opens a cell; what comes is kept apart until it is closed.
    pub(super) fn open_cell(&mut self) {
        self.outer.push((std::mem::take(&mut self.drafts), std::mem::take(&mut self.before)));
    }

    /// Closes a cell and gives its lines.
    pub(super) fn close_cell(&mut self) -> Vec<Draft> {
        if !self.is_empty() {
            self.end(&Paragraph::default());
        }
        let (drafts, before) = self.outer.pop().unwrap_or_default();
        self.before = before;
        std::mem::replace(&mut self.drafts, drafts)
    }

    /// Adds a table.
    pub(super) fn table(&mut self, rows: Vec<Row>) {
        let lines = rows::lay_out(rows, self.tables, Break::Paragraph);
        self.tables += 1;
        self.drafts.extend(lines);
        self.before = Break::Paragraph;
    }

    /// What comes stands apart from what was there.
    pub(super) fn apart(&mut self) {
        self.before = Break::Paragraph;
    }

    /// All lines as a layout.
    pub(super) fn finish(mut self) -> Layout {
        if !self.is_empty() {
            self.end(&Paragraph::default());
        }
        while !self.outer.is_empty() {
            let lines = self.close_cell();
            self.drafts.extend(lines);
        }
        let mut layout = Layout { is_rigid: true, ..Layout::default() };
        for draft in &self.drafts {
            layout.push(draft);
        }
        layout
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tests::show;
    use expect_test::expect;

    #[test]
    fn paragraphs_lists_and_tables_are_lines() {
        let mut flow = Flow::default();
        flow.text("Mill Board", true);
        flow.end(&Paragraph { heading: Some(1), ..Paragraph::default() });
        flow.text("Present:", true);
        flow.line_break();
        flow.text("A. Lee\tClerk", false);
        flow.end(&Paragraph::default());
        flow.end(&Paragraph::default());
        flow.text("Rents", false);
        flow.end(&Paragraph { list: Some(0), marker: "1.".to_owned(), ..Paragraph::default() });
        let rows = [["Name", "Role"], ["B. Ek", "Chair"]].map(|row| Row {
            cells: row
                .map(|words| {
                    flow.open_cell();
                    flow.text(words, false);
                    flow.close_cell()
                })
                .into(),
            header: row[0] == "Name",
        });
        flow.table(rows.into());
        flow.text("Closed.", false);
        expect![[r#"
            h1 bold "Mill Board"
            text gap bold "Present:"
            text | A. Lee | Clerk |
            item0 gap <1.> "Rents"
            row0! gap | Name | Role |
            row0 | B. Ek | Chair |
            text gap "Closed."
        "#]]
        .assert_eq(&show(&flow.finish().finish()));
    }
}
