//! What a build ends with: what was read, what was found, and what was not. Out: data for stdout, talk for stderr.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::{Console, Exit};
use crate::model::{Date, EntityKind, Graph, MeetingRecord, ReadStatus, SourceFacts};

/// How many documents that were skipped are named one by one.
const NAMED: usize = 20;

/// Prints the summary of a build, tells of what was skipped, and says how the build ended.
///
/// # Errors
/// Where the output cannot be written.
pub fn print(graph: &Graph, folder: &str, quiet: bool, console: &mut Console<'_>) -> io::Result<Exit> {
    let with = |status: ReadStatus| graph.documents.iter().map(|d| &d.source).filter(move |s| s.status == status);
    let troubled = with(ReadStatus::Skipped).chain(with(ReadStatus::Partly));
    let untroubled = troubled.clone().next().is_none();
    self::troubled(troubled, "documents.csv", console);
    let exit = match (graph.documents.is_empty(), untroubled) {
        (true, _) => Exit::Nothing,
        (false, false) => Exit::Partly,
        (false, true) => Exit::Done,
    };
    if quiet {
        return Ok(exit);
    }
    let of = |kind: EntityKind| graph.entities.iter().filter(|entity| entity.kind == kind).count();
    let minutes = graph.documents.iter().filter(|document| document.meeting.is_some()).count();
    let bytes: u64 = graph.documents.iter().map(|document| document.source.bytes).sum();
    // Meetings that are only mentioned, as those before and after, have no record.
    let meetings = |which: fn(&MeetingRecord) -> bool| -> usize {
        let records = graph.meetings.iter().filter(|record| which(record));
        records.map(|record| record.meeting).collect::<BTreeSet<_>>().len()
    };
    let lists = meetings(|record| record.attendance_recorded);
    let dates = graph.meetings.iter().filter_map(|meeting| meeting.date);
    let lines = [
        ("read", format!("{}, {}, {minutes} of them minutes", count(graph.documents.len(), "document"), size(bytes))),
        ("skipped", count(with(ReadStatus::Skipped).count(), "document")),
        (
            "meetings",
            format!("{}{}, {lists} with a list", meetings(|_| true), period(dates.clone().min(), dates.max())),
        ),
        ("people", of(EntityKind::Person).to_string()),
        ("organisations", of(EntityKind::Organisation).to_string()),
        ("items", of(EntityKind::Item).to_string()),
        ("decisions", of(EntityKind::Decision).to_string()),
        ("actions", of(EntityKind::Action).to_string()),
        ("statements", graph.relations.len().to_string()),
        ("unresolved", format!("{}: see unresolved.csv", count(graph.unresolved.len(), "line"))),
        ("written to", folder.to_owned()),
    ];
    for (label, value) in lines {
        writeln!(console.out, "{label:<13}  {value}")?;
    }
    Ok(exit)
}

/// Names what was skipped, or read in part, one by one as far as a reader follows; the rest stands in `all`.
pub fn troubled<'s>(sources: impl Iterator<Item = &'s SourceFacts> + Clone, all: &str, console: &mut Console<'_>) {
    for source in sources.clone().take(NAMED) {
        let how = if source.status == ReadStatus::Skipped { "skipped" } else { "read in part" };
        console.say(&format!("{how}: {}: {}", source.path, source.message));
    }
    let more = sources.count().saturating_sub(NAMED);
    if more > 0 {
        console.say(&format!("… and {more} more: see {all}"));
    }
}

fn period(first: Option<Date>, last: Option<Date>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
        (Some(only), _) => format!(", {only}"),
        _ => String::new(),
    }
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// A size in the largest unit that leaves a whole number before the point.
fn size(bytes: u64) -> String {
    let units = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];
    match units.into_iter().find(|(_, unit)| bytes >= *unit) {
        Some((name, unit)) => format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit),
        None => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DocumentRecord, EntityId};

    fn document(path: &str, status: ReadStatus) -> DocumentRecord {
        let message = if status == ReadStatus::Read { String::new() } else { "no text: run ocrmypdf".into() };
        let source = SourceFacts { path: path.into(), bytes: 12_345, status, message, ..SourceFacts::default() };
        DocumentRecord { source, entity: EntityId(0), meeting: None, statements: 0 }
    }

    fn printed(graph: &Graph, quiet: bool) -> (Exit, String, String) {
        let (mut out, mut talk) = (Vec::new(), Vec::new());
        let exit = print(graph, "output", quiet, &mut Console::new(&mut out, &mut talk)).expect("printed");
        (exit, String::from_utf8(out).expect("text"), String::from_utf8(talk).expect("text"))
    }

    #[test]
    fn what_was_skipped_is_told_and_changes_the_exit() {
        let mut graph = Graph::default();
        graph.documents.push(document("a.txt", ReadStatus::Read));
        let (exit, out, talk) = printed(&graph, false);
        assert_eq!((exit, talk.as_str()), (Exit::Done, ""));
        assert!(out.contains("read           1 document, 12.3 kB, 0 of them minutes"), "{out}");
        graph.documents.push(document("scan.pdf", ReadStatus::Skipped));
        let (exit, out, talk) = printed(&graph, true);
        assert_eq!((exit, out.as_str()), (Exit::Partly, ""));
        assert_eq!(talk, "skipped: scan.pdf: no text: run ocrmypdf\n");
        assert_eq!(printed(&Graph::default(), true).0, Exit::Nothing);
    }
}
