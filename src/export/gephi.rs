//! Writes each network as the node and edge tables of Gephi's spreadsheet import.
//!
//! Time stands in a column called `timeset`, the direction in `Type`, and the relation in `Kind`: without it
//! Gephi would merge parallel edges.

use super::projection::PROJECTIONS;
use super::{Error, Job, Staging, cell};
use crate::model::Date;

/// The files: nodes and edges of each network.
pub(super) static FILES: &[&str] = &[
    "gephi/graph-nodes.csv",
    "gephi/graph-edges.csv",
    "gephi/co-attendance-nodes.csv",
    "gephi/co-attendance-edges.csv",
    "gephi/people-organisations-nodes.csv",
    "gephi/people-organisations-edges.csv",
];

/// Writes the files.
pub(super) fn write(job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    for projection in PROJECTIONS {
        into.file(&format!("gephi/{}-nodes.csv", projection.name), |out| {
            let mut csv = csv::Writer::from_writer(out);
            csv.write_record(["Id", "Label", "timeset", "node_type", "aliases", "documents", "mentions", "function"])?;
            for node in projection.nodes(job) {
                let e = node.entity;
                csv.write_record([
                    &e.iri,
                    &*cell::plain(&e.name),
                    &timeset(node.life.as_slice()),
                    e.kind.name(),
                    &cell::joined(e.details().aliases.iter().map(String::as_str)),
                    &e.documents.to_string(),
                    &e.mentions.to_string(),
                    e.details().function.as_deref().unwrap_or_default(),
                ])?;
            }
            csv.flush()
        })?;
        into.file(&format!("gephi/{}-edges.csv", projection.name), |out| {
            let mut csv = csv::Writer::from_writer(out);
            csv.write_record([
                "Source", "Target", "Type", "Kind", "Id", "Label", "Weight", "timeset", "layer", "evidence",
            ])?;
            for edge in projection.edges(job) {
                let spells = edge.life().map_or(&[][..], |_| &edge.spells);
                csv.write_record([
                    job.view.iri(edge.source),
                    job.view.iri(edge.target),
                    if projection.directed { "Directed" } else { "Undirected" },
                    edge.relation,
                    &format!("e{}", edge.number),
                    edge.relation,
                    &edge.weight.to_string(),
                    &timeset(spells),
                    edge.layer.name(),
                    &cell::plain(&edge.evidence),
                ])?;
            }
            csv.flush()
        })?;
    }
    Ok(())
}

/// Intervals as Gephi reads them; nothing where it lives always.
fn timeset(spells: &[(Date, Date)]) -> String {
    if spells.is_empty() {
        return String::new();
    }
    let spells: Vec<_> = spells.iter().map(|(start, end)| format!("[{start}, {end}]")).collect();
    format!("<{}>", spells.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_days_are_several_intervals() {
        let day = |d| Date::day(2014, 3, d).unwrap();
        assert_eq!(timeset(&[]), "");
        let two = [(day(1), day(1)), (day(3), day(5))];
        assert_eq!(timeset(&two), "<[2014-03-01, 2014-03-01]; [2014-03-03, 2014-03-05]>");
    }
}
