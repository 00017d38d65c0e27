//! Actions in columns: tables of actions with their owners, and paragraphs with an owner at their right end.
//!
//! In: lines with cells. Out: actions, and the places that they take up. A table without a column for actions is
//! another table.

use super::super::Draft;
use super::super::clause::{Clause, Surnames, lists};
use super::owner::owners;
use super::{MARGIN, TABLE, add, due_in};
use crate::lexicon::fold;
use crate::model::{Line, LineKind, Span};

/// Tables of actions. Returns the places that they take up.
pub(super) fn tables(draft: &mut Draft<'_>, known: &Surnames) -> Vec<Span> {
    let document = draft.document;
    let text = draft.text();
    let mut used = Vec::new();
    let mut at = 0;
    while at < document.lines.len() {
        let line = &document.lines[at];
        let Some(columns) = columns(text, line) else {
            at += 1;
            continue;
        };
        used.push(line.span);
        at += 1;
        while let Some(row) = document.lines.get(at).filter(|l| same_table(l, line)) {
            used.push(row.span);
            at += 1;
            let cell =
                |i: Option<usize>| i.and_then(|i| row.cells.get(i)).map(|c| c.trim(text)).filter(|c| !c.is_empty());
            let (Some(task), Some(owner)) = (cell(Some(columns.task)), cell(Some(columns.owner))) else { continue };
            let clause = Clause::new(draft, owner);
            let who = owners(draft, known, &clause, 0..clause.words.len());
            let due = cell(columns.due).map(|s| due_in(draft, s).unwrap_or_else(|| s.of(text).to_owned()));
            if task.len() > 3 {
                add(draft, &who, task, row.span, TABLE, due);
            }
        }
    }
    used
}

/// Which columns of a table of actions hold what.
#[derive(Clone, Copy, Debug)]
struct Columns {
    task: usize,
    owner: usize,
    due: Option<usize>,
}

/// The columns of a header row of a table of actions.
fn columns(text: &str, line: &Line) -> Option<Columns> {
    if line.cells.len() < 2 || line.span.len() > 300 {
        return None;
    }
    let heads: Vec<String> = line.cells.iter().map(|c| fold(c.of(text))).collect();
    let find =
        |words: &[&str]| heads.iter().position(|h| words.contains(&h.trim_matches(|c: char| !c.is_alphanumeric())));
    let task = find(&[
        "action",
        "actions",
        "action required",
        "action point",
        "action points",
        "action item",
        "action items",
        "task",
        "description",
        "agreed action",
        "actions agreed",
    ])?;
    let owner = find(&[
        "owner",
        "owners",
        "who",
        "lead",
        "responsible",
        "responsibility",
        "by whom",
        "action by",
        "assigned to",
        "action owner",
        "lead officer",
        "person responsible",
        "for action",
        "responsible person",
        "name",
        "assignee",
        "whom",
        "actioned by",
    ])?;
    let due = find(&[
        "due",
        "date",
        "deadline",
        "when",
        "by when",
        "due date",
        "target date",
        "timescale",
        "date due",
        "completion date",
        "target",
        "due by",
    ]);
    let about = heads.iter().any(|h| h.contains("action") || h.contains("task"));
    (about && task != owner).then_some(Columns { task, owner, due })
}

fn same_table(row: &Line, header: &Line) -> bool {
    match (row.kind, header.kind) {
        (LineKind::Row { table: a, .. }, LineKind::Row { table: b, .. }) => a == b,
        (LineKind::Row { .. }, _) | (_, LineKind::Row { .. }) => false,
        _ => row.cells.len() == header.cells.len() && !row.gap,
    }
}

/// Paragraphs with an owner at their right end.
pub(super) fn margins(draft: &mut Draft<'_>, known: &Surnames, used: &mut Vec<Span>) {
    let document = draft.document;
    let text = draft.text();
    let lists = lists(draft);
    let in_tables = used.clone();
    for line in &document.lines {
        let (Some(task), Some(owner)) = (line.cells.first(), line.cells.last()) else { continue };
        if line.cells.len() < 2 || owner.is_empty() || owner.len() > 60 {
            continue;
        }
        let at = lists.partition_point(|s| s.end <= line.span.start);
        let table = in_tables.partition_point(|u| u.end <= line.span.start);
        if lists.get(at).is_some_and(|s| s.overlaps(line.span))
            || in_tables.get(table).is_some_and(|u| u.overlaps(line.span))
        {
            continue;
        }
        // The paragraph is prose, the owner is nothing but names.
        let task = task.join(line.cells[line.cells.len() - 2]).trim(text);
        let words = task.of(text);
        let prose = words.split_whitespace().count() >= 6
            && words.split(|c: char| !c.is_alphabetic()).filter(|w| w.starts_with(char::is_lowercase)).count() >= 4;
        if !prose {
            continue;
        }
        let clause = Clause::new(draft, *owner);
        let who = owners(draft, known, &clause, 0..clause.words.len());
        let covered: usize = who.iter().map(|s| s.span.len() + 5).sum();
        if who.is_empty() || covered < owner.trim(text).len() {
            continue;
        }
        used.push(line.span);
        let body = Span { start: line.body(text).start.max(task.start), end: task.end };
        add(draft, &who, body, line.span, MARGIN, None);
    }
}
