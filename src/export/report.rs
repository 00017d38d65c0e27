//! Writes `report.html`: one self-contained page without script. What was read and what was not, what was
//! found, the meetings, who represented each public function, who attended how often.
//!
//! Every word that comes from a document is escaped. A table stops at [`MOST_ROWS`] and says where the rest is.

use std::collections::BTreeMap;
use std::io::{self, Write};

use rustc_hash::FxHashMap;

use super::{Error, Job, Staging, cell};
use crate::model::{EntityId, EntityKind, Predicate, ReadStatus, Status};

/// Rows that a page can bear; the tables have all.
const MOST_ROWS: usize = 2000;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}\
h1,h2{line-height:1.2}h2{margin-top:2.5rem;border-bottom:2px solid #1f5a8a}\
table{border-collapse:collapse;width:100%;margin:.5rem 0}caption{text-align:left;color:#555;padding:.25rem 0}\
th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #ddd}th{border-bottom:2px solid #999}\
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}.wide{overflow-x:auto}\
@media print{body{max-width:none;font-size:11px}tr{break-inside:avoid}}";

/// Writes the page.
pub(super) fn write(job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    into.file("report.html", |out| {
        write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>What the minutes say</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>What the minutes say</h1>\n"
        )?;
        read(job, out)?;
        found(job, out)?;
        meetings(job, out)?;
        represented(job, out)?;
        attendance(job, out)?;
        unresolved(job, out)?;
        out.write_all(b"</body>\n</html>\n")
    })
}

/// A cell: text, or a number that is set to the right.
enum Cell {
    Text(String),
    Number(usize),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Number(number)
    }
}

/// Text that markup cannot break.
fn escaped(text: &str) -> String {
    quick_xml::escape::escape(&*cell::xml(text)).into_owned()
}

fn heading(out: &mut impl Write, words: &str) -> io::Result<()> {
    writeln!(out, "<h2>{}</h2>", escaped(words))
}

/// A table with one row at least; `rest` names the file that has all rows.
fn table<const N: usize>(
    out: &mut impl Write,
    caption: &str,
    head: [&str; N],
    rows: &[[Cell; N]],
    rest: &str,
) -> io::Result<()> {
    if rows.is_empty() {
        return writeln!(out, "<p>{}: none.</p>", escaped(caption));
    }
    writeln!(out, "<div class=\"wide\"><table>\n<caption>{}</caption>\n<thead><tr>", escaped(caption))?;
    for (name, cell) in head.iter().zip(&rows[0]) {
        let class = if matches!(cell, Cell::Number(_)) { " class=\"n\"" } else { "" };
        writeln!(out, "<th scope=\"col\"{class}>{}</th>", escaped(name))?;
    }
    out.write_all(b"</tr></thead>\n<tbody>\n")?;
    for row in rows.iter().take(MOST_ROWS) {
        out.write_all(b"<tr>")?;
        for cell in row {
            match cell {
                Cell::Text(text) => write!(out, "<td>{}</td>", escaped(text))?,
                Cell::Number(number) => write!(out, "<td class=\"n\">{number}</td>")?,
            }
        }
        out.write_all(b"</tr>\n")?;
    }
    out.write_all(b"</tbody>\n</table></div>\n")?;
    match rows.len().saturating_sub(MOST_ROWS) {
        0 => Ok(()),
        more => writeln!(out, "<p>And {more} more rows: <code>{rest}</code> has them all.</p>"),
    }
}

fn read(job: &Job<'_>, out: &mut impl Write) -> io::Result<()> {
    heading(out, "What was read")?;
    let documents = &job.graph.documents;
    let count = |status| documents.iter().filter(|d| d.source.status == status).count();
    let minutes = documents.iter().filter(|d| d.meeting.is_some()).count();
    writeln!(
        out,
        "<p>{} sources: {} read, {} in part, {} not. {minutes} of them minute a meeting.</p>",
        documents.len(),
        count(ReadStatus::Read),
        count(ReadStatus::Partly),
        count(ReadStatus::Skipped)
    )?;
    let rows: Vec<_> = documents
        .iter()
        .filter(|d| d.source.status != ReadStatus::Read || !d.source.message.is_empty())
        .map(|d| [d.source.path.as_str().into(), d.source.message.as_str().into()])
        .collect();
    table(out, "Not read, or not whole", ["source", "why, and what to do"], &rows, "documents.csv")
}

fn found(job: &Job<'_>, out: &mut impl Write) -> io::Result<()> {
    heading(out, "What was found")?;
    let count = |kind| job.graph.entities.iter().filter(|e| e.kind == kind).count();
    let mut rows: Vec<[Cell; 2]> = EntityKind::ALL.iter().map(|&k| [k.name().into(), count(k).into()]).collect();
    rows.push(["mentions".into(), job.graph.mentions.len().into()]);
    rows.push(["statements".into(), job.graph.relations.len().into()]);
    table(out, "Entities by kind, mentions, statements", ["kind", "number"], &rows, "entities.csv")
}

fn meetings(job: &Job<'_>, out: &mut impl Write) -> io::Result<()> {
    heading(out, "Meetings")?;
    let mut counts: FxHashMap<_, [usize; 3]> = FxHashMap::default();
    for record in &job.graph.attendance {
        counts.entry((record.meeting, record.document)).or_default()[record.status as usize] += 1;
    }
    let row = |m: &crate::model::MeetingRecord| -> [Cell; 7] {
        let [present, apologies, absent] = counts.get(&(m.meeting, m.document)).copied().unwrap_or_default();
        let chairs: Vec<_> = m.chairs.iter().map(|&c| job.view.name(c)).collect();
        let listed = |n: usize| if m.attendance_recorded { n.to_string() } else { String::from("not recorded") };
        [
            cell::maybe(m.date).into(),
            job.view.body_name(m).into(),
            chairs.join("; ").into(),
            listed(present).into(),
            listed(apologies).into(),
            listed(absent).into(),
            job.view.path(m.document).into(),
        ]
    };
    let rows: Vec<_> = job.graph.meetings.iter().map(row).collect();
    let head = ["date", "body", "chair", "present", "apologies", "absent", "document"];
    table(out, "Meetings by date; a meeting without a list says nothing of who was absent", head, &rows, "meetings.csv")
}

/// Date, person, organisation, how.
type Representation<'g> = (String, &'g str, &'g str, &'static str);

fn represented(job: &Job<'_>, out: &mut impl Write) -> io::Result<()> {
    heading(out, "Who represented whom")?;
    let mut status: FxHashMap<(EntityId, EntityId), Status> = FxHashMap::default();
    for record in &job.graph.attendance {
        status.entry((record.meeting, record.person)).or_insert(record.status);
    }
    // By function, each once.
    let mut functions: BTreeMap<&str, BTreeMap<Representation<'_>, &str>> = BTreeMap::new();
    for relation in job.graph.relations.iter().filter(|r| r.predicate == Predicate::Represents) {
        let Some(function) = &job.view.entity(relation.object).details.function else { continue };
        let how = relation.meeting.and_then(|m| status.get(&(m, relation.subject)));
        let key = (
            cell::maybe(relation.date),
            job.view.name(relation.subject),
            job.view.name(relation.object),
            how.map_or("spoke for it", |s| s.name()),
        );
        functions.entry(function).or_default().entry(key).or_insert(&*relation.object_as_written);
    }
    if functions.is_empty() {
        writeln!(out, "<p>No organisation with a known public function was represented.</p>")?;
    }
    for (key, rows) in &functions {
        let label = job.graph.functions.iter().find(|f| f.key == *key).map_or(*key, |f| &*f.label);
        let rows: Vec<[Cell; 5]> = rows
            .iter()
            .map(|((date, person, organisation, how), written)| {
                [date.as_str().into(), (*person).into(), (*organisation).into(), (*written).into(), (*how).into()]
            })
            .collect();
        let head = ["date", "person", "organisation", "as written", "how"];
        table(out, label, head, &rows, "attendance.csv")?;
    }
    Ok(())
}

fn attendance(job: &Job<'_>, out: &mut impl Write) -> io::Result<()> {
    heading(out, "Attendance")?;
    // By body and person: meetings with a list, present, apologies, absent.
    let mut counts: BTreeMap<(&str, &str, EntityId), [usize; 4]> = BTreeMap::new();
    for record in &job.graph.panel {
        let key = (job.view.name(record.body), job.view.name(record.person), record.person);
        let count = counts.entry(key).or_default();
        count[0] += 1;
        if let Some(status) = record.status {
            count[1 + status as usize] += 1;
        }
    }
    let rows: Vec<[Cell; 6]> = counts
        .iter()
        .map(|((body, person, _), [expected, present, apologies, absent])| {
            [
                (*body).into(),
                (*person).into(),
                format!("{present} of {expected}").into(),
                (*apologies).into(),
                (*absent).into(),
                (expected - present - apologies - absent).into(),
            ]
        })
        .collect();
    let head = ["body", "person", "present", "apologies", "absent", "not mentioned"];
    let caption = "Meetings with a recorded list, from a person's first to last listing in that body";
    table(out, caption, head, &rows, "attendance_panel.csv")
}

fn unresolved(job: &Job<'_>, out: &mut impl Write) -> io::Result<()> {
    heading(out, "What was not understood")?;
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for record in &job.graph.unresolved {
        *reasons.entry(&record.reason).or_default() += 1;
    }
    let rows: Vec<[Cell; 2]> = reasons.iter().map(|(reason, n)| [(*reason).into(), (*n).into()]).collect();
    let caption = "Words that look like a name, a role or attendance, by reason";
    table(out, caption, ["reason", "number"], &rows, "unresolved.csv")
}

#[cfg(test)]
mod tests {
    use super::super::sample;

    #[test]
    fn the_page_escapes_what_it_quotes_and_runs_nothing() {
        let build = sample::build(&["report"]);
        let page = build.read("report.html");
        assert!(page.contains("no text: &lt;run&gt; ocrmypdf"));
        assert!(!page.contains("<script") && !page.contains("<run>") && !page.contains("http"));
        let read = sample::xml(page.split_once("<body>").unwrap().1.split_once("</body>").unwrap().0);
        assert!(read.count("table") > 4);
    }

    #[test]
    fn the_page_says_who_represented_probation_and_how_often_they_came() {
        let page = sample::build(&["report"]).read("report.html");
        let row = "<td>2014-03-13</td><td>Bob Ash</td><td>Ridings Probation Trust</td><td></td><td>present</td>";
        assert!(page.contains("<caption>Probation</caption>") && page.contains(row));
        assert!(page.contains("<td>Bob Ash</td><td>1 of 1</td>"));
    }
}
