//! Writes `report.html`: one self-contained page without script, to read and to print. What was read and what was not,
//! what is missing, the three questions answered, people, organisations, decisions, with links to the words.
//!
//! Every word that comes from a document is escaped. A table stops after so many rows and says where the rest is.

mod bodies;
mod page;
mod people;

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Error, Job, Staging, cell};
use crate::model::{EntityKind, ReadStatus, Status};
use page::{Cell, section, table};

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}\
h1,h2,h3{line-height:1.2}h2{margin-top:2.5rem;border-bottom:2px solid #1f5a8a}h3{margin-top:1.75rem}\
nav ul{columns:16rem;padding-left:1.2rem}a{color:#1f5a8a}\
table{border-collapse:collapse;width:100%;margin:.5rem 0}caption{text-align:left;color:#555;padding:.25rem 0}\
th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #ddd;overflow-wrap:break-word;min-width:6.5rem}\
th{border-bottom:2px solid #999;overflow-wrap:normal}\
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;min-width:0}.wide{overflow-x:auto}figure{margin:.75rem 0}\
@media screen and (max-width:40rem){body{margin:.5rem auto;font-size:15px}table{font-size:.85rem}}\
@media print{body{max-width:none;margin:0;font-size:10px}.wide{overflow:visible}figure svg{max-width:100%;height:auto;max-height:24cm}\
tr,figure{break-inside:avoid}h2,h3,caption{break-after:avoid}thead{display:table-header-group}a{color:inherit;text-decoration:none}nav{display:none}}";

/// The sections: what a link leads to, and its words.
const SECTIONS: &[(&str, &str)] = &[
    ("read", "What was read"),
    ("coverage", "Coverage"),
    ("represented", "Who represented whom over time?"),
    ("files", "Can I open the result in my own tools?"),
    ("attendance", "What are the attendance statistics?"),
    ("meetings", "Meetings"),
    ("people", "People"),
    ("organisations", "Organisations"),
    ("decisions", "Decisions"),
    ("unresolved", "What was not understood"),
];

/// Writes the page.
pub(super) fn write(job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    into.file("report.html", |out| {
        write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>What the minutes say</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>What the minutes say</h1>\n"
        )?;
        out.write_all(b"<nav><ul>\n")?;
        for (id, words) in SECTIONS {
            writeln!(out, "<li><a href=\"#{id}\">{}</a></li>", page::escaped(words))?;
        }
        out.write_all(b"</ul></nav>\n")?;
        read(job, out)?;
        found(job, out)?;
        bodies::covered(job, out)?;
        people::represented(job, out)?;
        opened(out)?;
        bodies::attended(job, out)?;
        meetings(job, out)?;
        people::people(job, out)?;
        people::organisations(job, out)?;
        people::decisions(job, out)?;
        unresolved(job, out)?;
        out.write_all(b"</body>\n</html>\n")
    })
}

fn read(job: &Job<'_>, out: &mut impl Write) -> io::Result<()> {
    section(out, "read", "What was read")?;
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
    table(out, "Not read, or not whole", ["source", "why, and what to do"], rows.into_iter(), "documents.csv")
}

fn found(job: &Job<'_>, out: &mut impl Write) -> io::Result<()> {
    page::heading(out, "What was found")?;
    let count = |kind| job.graph.entities.iter().filter(|e| e.kind == kind).count();
    let mut rows: Vec<[Cell; 2]> = EntityKind::ALL.iter().map(|&k| [k.name().into(), count(k).into()]).collect();
    rows.push(["mentions".into(), job.graph.mentions.len().into()]);
    rows.push(["statements".into(), job.graph.relations.len().into()]);
    table(out, "Entities by kind, mentions, statements", ["kind", "number"], rows.into_iter(), "entities.csv")
}

fn meetings(job: &Job<'_>, out: &mut impl Write) -> io::Result<()> {
    section(out, "meetings", "Meetings")?;
    let row = |m: &crate::model::MeetingRecord| -> [Cell; 7] {
        let [mut present, mut apologies, mut absent] = [0; 3];
        for record in job.graph.attendance.of(m.document) {
            match record.status {
                Status::Present => present += 1,
                Status::Apologies => apologies += 1,
                Status::Absent => absent += 1,
            }
        }
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
    let rows = job.graph.meetings.iter().map(row);
    let head = ["date", "body", "chair", "present", "apologies", "absent", "document"];
    table(out, "Meetings by date; a meeting without a list says nothing of who was absent", head, rows, "meetings.csv")
}

/// The second question: what opens which file.
fn opened(out: &mut impl Write) -> io::Result<()> {
    section(out, "files", "Can I open the result in my own tools?")?;
    let rows: Vec<[Cell; 2]> = OPENED.iter().map(|(tool, file)| [(*tool).into(), (*file).into()]).collect();
    table(
        out,
        "Files beside this page, as far as they were asked for",
        ["tool", "file"],
        rows.into_iter(),
        "datapackage.json",
    )
}

/// Tools, and the files that they open as they are.
const OPENED: &[(&str, &str)] = &[
    ("Excel, LibreOffice, R, pandas, duckdb", "*.csv, described column by column in datapackage.json"),
    ("Gephi, Cytoscape, yEd, networkx, igraph", "graph.gexf, graph.graphml; co-attendance.*, people-organisations.*"),
    ("Neo4j", "neo4j/nodes.csv, neo4j/edges.csv, neo4j/load.cypher"),
    ("oxigraph, Jena, GraphDB, rdflib", "graph.ttl, graph.trig, vocabulary.ttl, shapes.ttl"),
];

fn unresolved(job: &Job<'_>, out: &mut impl Write) -> io::Result<()> {
    section(out, "unresolved", "What was not understood")?;
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for record in &job.graph.unresolved {
        *reasons.entry(&record.reason).or_default() += 1;
    }
    let rows: Vec<[Cell; 2]> = reasons.iter().map(|(reason, n)| [(*reason).into(), (*n).into()]).collect();
    let caption = "Words that look like a name, a role or attendance, by reason";
    table(out, caption, ["reason", "number"], rows.into_iter(), "unresolved.csv")
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
        assert!(page.contains("<caption>Probation</caption>"));
        let row = "<td>2014-03-13</td><td>Bob Ash</td><td>Ridings Probation Trust</td>\
                   <td><a href=\"text/2014/a%20b%231.txt.txt#:~:text=Bob%20Ash\">Ridings Probation Trust</a></td><td>present</td>";
        assert!(page.contains(row), "{page}");
        assert!(page.contains("<td>Bob Ash</td><td>Fenland Safety Board</td><td>member</td><td>1 of 1</td>"), "{page}");
    }

    #[test]
    fn each_link_of_the_contents_leads_to_a_section() {
        let page = sample::build(&["report"]).read("report.html");
        for (id, words) in super::SECTIONS {
            assert!(page.contains(&format!("<h2 id=\"{id}\">{words}</h2>")), "{id}");
        }
        assert!(page.contains("<figure class=\"wide\">\n<svg ") && page.contains("Who represented it: Probation"));
    }
}
