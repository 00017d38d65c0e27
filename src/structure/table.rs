//! Attendance in tables: a column of names, and one of words or letters for present, apologies, absent.

use super::attendance::{Listed, entry, starts_with_name};
use super::header::date_of_head;
use super::heading::{status_of_mark, within};
use crate::lexicon::{Lexicon, fold};
use crate::model::{Block, Document, Entry, Form, Line, LineKind, Span, Status};
use crate::text::date::dates;

/// Whether a table of attendance, with a column of names and one of marks, starts at line `at`.
pub(super) fn is_marked(document: &Document, at: usize, lexicon: &Lexicon) -> bool {
    rows(document, at).is_some_and(|rows| sides(document, &rows, lexicon).is_some())
}

/// The columns of names and of marks.
fn sides(document: &Document, rows: &[usize], lexicon: &Lexicon) -> Option<(usize, usize)> {
    let text = document.text.as_str();
    let header = &document.lines[*rows.first()?];
    let columns = header.cells.len();
    let of = |line: &Line, column: usize| line.cells.get(column).map_or("", |c| c.of(text).trim());
    let name = (0..columns).find(|c| {
        let title = fold(of(header, *c));
        [
            "attendee",
            "name",
            "member",
            "councillor",
            "names",
            "members",
            "expected attendee",
            "governor",
            "trustee",
            "director",
            "board member",
        ]
        .contains(&title.as_str())
    });
    let mark = (0..columns).find(|c| {
        let title = fold(of(header, *c));
        ["attendance", "status", "present", "attended", "present?"].contains(&title.as_str())
            // "Present / Apologies".
            || title.split('/').count() > 1 && title.split('/').all(|word| status_of_mark(word.trim()).is_some())
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
    Some((name?, mark?))
}

/// A table of attendance starting at line `at`: a header row or rows with a column of marks. Returns the line after it.
pub(super) fn table(document: &Document, at: usize, lexicon: &Lexicon, listed: &mut Listed) -> Option<usize> {
    let text = document.text.as_str();
    let rows = rows(document, at)?;
    let end = rows.last()? + 1;
    let header = &document.lines[at];
    let columns = header.cells.len();
    let of = |line: &Line, column: usize| line.cells.get(column).map_or("", |c| c.of(text).trim());
    let (name, mark) = sides(document, &rows, lexicon)?;
    // Columns of other meetings hold marks too: they say nothing of this one.
    let is_of_marks = |c: usize| {
        let mut cells = rows[1..].iter().map(|r| of(&document.lines[*r], c)).filter(|w| !w.is_empty()).peekable();
        cells.peek().is_some() && cells.all(is_mark)
    };
    let others: Vec<bool> = (0..columns).map(|c| c != mark && is_of_marks(c)).collect();
    let key = key(text);
    let absent_marks = rows.iter().any(|r| fold(of(&document.lines[*r], mark)) == "ap");
    let mut blocks: Vec<Block> = Vec::new();
    for row in &rows[1..] {
        let line = &document.lines[*row];
        let word = of(line, mark);
        let status = match fold(word).as_str() {
            folded if key.iter().any(|(m, _)| m == folded) => key.iter().find(|(m, _)| m == folded).map(|(_, s)| *s),
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
            line.cells
                .iter()
                .enumerate()
                .filter(|(c, s)| {
                    *c != name && *c != mark && !s.is_empty() && !others.get(*c).copied().unwrap_or_default()
                })
                .map(|(_, s)| *s),
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

/// The rows of a table that starts at line `at`: those of the format, or lines with as many columns as the first.
fn rows(document: &Document, at: usize) -> Option<Vec<usize>> {
    let lines = &document.lines;
    let LineKind::Row { table, .. } = lines[at].kind else {
        let columns = lines[at].cells.len();
        if columns < 2 || at > 0 && lines[at - 1].cells.len() == columns {
            return None;
        }
        let same = |i: &usize| lines[*i].cells.len() == columns && !matches!(lines[*i].kind, LineKind::Row { .. });
        let rows: Vec<usize> = (at..lines.len()).take_while(same).collect();
        return (rows.len() > 2).then_some(rows);
    };
    if at > 0 && matches!(lines[at - 1].kind, LineKind::Row { table: before, .. } if before == table) {
        return None;
    }
    let same = |i: &usize| matches!(lines[*i].kind, LineKind::Row { table: t, .. } if t == table);
    Some((at..lines.len()).take_while(same).collect())
}

/// Whether a cell holds a mark of attendance, or of having none to give.
fn is_mark(cell: &str) -> bool {
    const OTHER: &[&str] = &["a", "s", "r", "n/a", "-", "x", "✓", "✔", "y", "n", "nm", "v"];
    cell.chars().count() <= 4 && (status_of_mark(cell).is_some() || OTHER.contains(&fold(cell).as_str()))
}

/// What the marks of a table mean where the document says so: "P: present", "A = absent", "S – sanctioned".
fn key(text: &str) -> Vec<(String, Status)> {
    const MEANS: &[(&str, Status)] = &[
        ("present", Status::Present),
        ("attended", Status::Present),
        ("in attendance", Status::Present),
        ("joined remotely", Status::Present),
        ("apolog", Status::Apologies),
        ("regrets", Status::Apologies),
        ("sanctioned", Status::Apologies),
        ("excused", Status::Apologies),
        ("absent", Status::Absent),
        ("did not attend", Status::Absent),
        ("not present", Status::Absent),
        ("unexcused", Status::Absent),
        ("unsanctioned", Status::Absent),
    ];
    let mut found: Vec<(String, Status)> = Vec::new();
    for (i, c) in text.char_indices() {
        if !matches!(c, '=' | ':' | '-' | '–' | '—') {
            continue;
        }
        let mark = text[..i].trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        if !(1..=3).contains(&mark.chars().count()) || !mark.starts_with(char::is_uppercase) {
            continue;
        }
        let rest = text[i + c.len_utf8()..].trim_start_matches(' ');
        let end = rest.char_indices().nth(20).map_or(rest.len(), |(at, _)| at);
        let rest = fold(&rest[..end]);
        let mark = fold(mark);
        if let Some((_, status)) = MEANS.iter().find(|(word, _)| rest.starts_with(word))
            && !found.iter().any(|(m, _)| *m == mark)
        {
            found.push((mark, *status));
        }
    }
    found
}

/// Columns that start at line `at`, each a list under a heading of its own ("Attendees<tab>Officials"); further headings
/// may stand in a column. Returns the line after them.
pub(super) fn columns(document: &Document, at: usize, lexicon: &Lexicon, listed: &mut Listed) -> Option<usize> {
    let text = document.text.as_str();
    let first = &document.lines[at];
    let heading = |cell: Span| {
        within(text, cell, lexicon).filter(|l| l.rest.is_empty() && !starts_with_name(text, cell, lexicon))
    };
    let filled: Vec<usize> = (0..first.cells.len()).filter(|c| !first.cells[*c].is_empty()).collect();
    let titled = filled.iter().filter(|c| heading(first.cells[**c]).is_some()).count();
    if titled == 0 || filled.len() < 2 {
        return None;
    }
    let same = |line: &Line| match (first.kind, line.kind) {
        (LineKind::Row { table: a, .. }, LineKind::Row { table: b, .. }) => a == b,
        (LineKind::Row { .. }, _) | (_, LineKind::Row { .. }) => false,
        _ => line.cells.len() > 1 || !line.gap && starts_with_name(text, line.span, lexicon),
    };
    let end = (at + 1..document.lines.len()).find(|l| !same(&document.lines[*l])).unwrap_or(document.lines.len());
    // "Members present<tab>Ellmoor Public Service": what no list of headings knows heads a column of names all the same.
    let heads_names = |column: &usize| {
        let cells = document.lines[at + 1..end].iter().filter_map(|line| line.cells.get(*column));
        let cells: Vec<Span> = cells.filter(|cell| !cell.is_empty()).copied().collect();
        let named = cells.iter().filter(|cell| starts_with_name(text, **cell, lexicon)).count();
        named > 1 && named * 4 >= cells.len() * 3 && !starts_with_name(text, first.cells[*column], lexicon)
    };
    if titled < filled.len() && !filled.iter().all(heads_names) {
        return None;
    }
    let status = filled.iter().find_map(|c| heading(first.cells[*c])).map(|found| found.says.status);
    for column in 0..first.cells.len() {
        let mut block: Option<Block> = None;
        for (row, line) in document.lines[at..end].iter().enumerate() {
            let cell = if line.cells.is_empty() && column == 0 {
                line.span
            } else {
                line.cells.get(column).copied().unwrap_or_default()
            };
            if cell.is_empty() {
                continue;
            }
            let found = heading(cell);
            if let Some(status) = found.map(|found| found.says.status).or(status.filter(|_| row == 0)) {
                if let Some(done) = block.take() {
                    listed.push(done);
                }
                block = Some(Block {
                    heading: Some(cell),
                    status,
                    capacity: found.and_then(|found| found.says.capacity),
                    chair: found.is_some_and(|found| found.says.chair),
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
