//! Attendance in tables: a column of names, and one of words or letters for present, apologies, absent.

use super::attendance::{Listed, entry, starts_with_name};
use super::header::date_of_head;
use super::heading::{status_of_mark, within};
use crate::lexicon::{Lexicon, fold};
use crate::model::{Block, Document, Entry, Form, Line, LineKind, Span, Status};
use crate::text::date::dates;

/// A table of attendance starting at line `at`: a header row or rows with a column of marks. Returns the line after it.
pub(super) fn table(document: &Document, at: usize, lexicon: &Lexicon, listed: &mut Listed) -> Option<usize> {
    let text = document.text.as_str();
    let LineKind::Row { table, .. } = document.lines[at].kind else { return None };
    if at > 0 && matches!(document.lines[at - 1].kind, LineKind::Row { table: before, .. } if before == table) {
        return None;
    }
    let rows: Vec<usize> = (at..document.lines.len())
        .take_while(|i| matches!(document.lines[*i].kind, LineKind::Row { table: t, .. } if t == table))
        .collect();
    let end = rows.last()? + 1;
    let header = &document.lines[at];
    let columns = header.cells.len();
    let of = |line: &Line, column: usize| line.cells.get(column).map_or("", |c| c.of(text).trim());
    let name = (0..columns).find(|c| {
        let title = fold(of(header, *c));
        ["attendee", "name", "member", "councillor", "names", "members", "expected attendee"].contains(&title.as_str())
    });
    let mark = (0..columns).find(|c| {
        let title = fold(of(header, *c));
        ["attendance", "status", "present", "attended", "present?"].contains(&title.as_str())
    });
    // A column a meeting: the one whose title is the day of this meeting.
    let mark = mark.or_else(|| {
        let date = date_of_head(document)?;
        (0..columns).find(|c| dates(text, header.cells[*c], Some(date.year)).iter().any(|d| d.value == date))
    });
    let name = name.or_else(|| {
        mark.is_some().then(|| {
            (0..columns).find(|c| {
                rows[1..].iter().any(|r| {
                    let cell = document.lines[*r].cells.get(*c).copied().unwrap_or_default();
                    starts_with_name(text, cell, lexicon)
                })
            })
        })?
    });
    let (Some(name), Some(mark)) = (name, mark) else { return None };
    let absent_marks = rows.iter().any(|r| fold(of(&document.lines[*r], mark)) == "ap");
    let mut blocks: Vec<Block> = Vec::new();
    for row in &rows[1..] {
        let line = &document.lines[*row];
        let word = of(line, mark);
        let status = match fold(word).as_str() {
            "✓" | "x" | "yes" | "y" => Some(Status::Present),
            "a" if absent_marks => Some(Status::Absent),
            _ => status_of_mark(word),
        };
        let Some(status) = status else {
            if starts_with_name(text, line.cells.get(name).copied().unwrap_or_default(), lexicon) && !word.is_empty() {
                listed.unresolved.push((line.span, "a row of an attendance table with a mark that has no key"));
            }
            continue;
        };
        let mut cells: Vec<Span> = vec![line.cells.get(name).copied().unwrap_or_default()];
        cells.extend(
            line.cells.iter().enumerate().filter(|(c, s)| *c != name && *c != mark && !s.is_empty()).map(|(_, s)| *s),
        );
        let row = Entry { span: line.span, cells, status: Some(status) };
        match blocks.iter_mut().find(|b| b.status == status) {
            Some(block) => block.entries.push(row),
            None => blocks.push(Block {
                heading: Some(header.span),
                status,
                capacity: None,
                chair: false,
                organisation: None,
                form: Form::List,
                entries: vec![row],
                item: None,
            }),
        }
    }
    if blocks.is_empty() {
        return None;
    }
    listed.blocks.extend(blocks);
    for row in rows {
        listed.lines[row] = true;
    }
    Some(end)
}

/// Columns that start at line `at`, each a list under a heading of its own ("Attendees<tab>Officials"); further headings
/// may stand in a column. Returns the line after them.
pub(super) fn columns(document: &Document, at: usize, lexicon: &Lexicon, listed: &mut Listed) -> Option<usize> {
    let text = document.text.as_str();
    let first = &document.lines[at];
    let heading = |cell: Span| within(text, cell, lexicon).filter(|l| l.rest.is_empty());
    let titled = first.cells.iter().filter(|c| heading(**c).is_some()).count();
    if titled < 2 || titled < first.cells.iter().filter(|c| !c.is_empty()).count() {
        return None;
    }
    let same = |line: &Line| match (first.kind, line.kind) {
        (LineKind::Row { table: a, .. }, LineKind::Row { table: b, .. }) => a == b,
        (LineKind::Row { .. }, _) | (_, LineKind::Row { .. }) => false,
        _ => line.cells.len() > 1 || !line.gap && starts_with_name(text, line.span, lexicon),
    };
    let end = (at + 1..document.lines.len()).find(|l| !same(&document.lines[*l])).unwrap_or(document.lines.len());
    for column in 0..first.cells.len() {
        let mut block: Option<Block> = None;
        for line in &document.lines[at..end] {
            let cell = if line.cells.is_empty() && column == 0 {
                line.span
            } else {
                line.cells.get(column).copied().unwrap_or_default()
            };
            if cell.is_empty() {
                continue;
            }
            if let Some(found) = heading(cell) {
                if let Some(done) = block.take() {
                    listed.push(done);
                }
                block = Some(Block {
                    heading: Some(cell),
                    status: found.says.status,
                    capacity: found.says.capacity,
                    chair: found.says.chair,
                    organisation: None,
                    form: Form::List,
                    entries: Vec::new(),
                    item: None,
                });
            } else if let Some(block) = &mut block {
                block.entries.push(entry(text, cell, &[]));
            }
        }
        if let Some(done) = block {
            listed.push(done);
        }
    }
    for line in at..end {
        listed.lines[line] = true;
    }
    Some(end)
}
