//! Writes the projection as the CSV files of Neo4j's bulk import: `neo4j/nodes.csv`, `neo4j/edges.csv`.
//!
//! `neo4j-admin database import full --nodes=nodes.csv --relationships=edges.csv --array-delimiter=';'`

use super::{Error, Job, Staging, cell, projection};
use crate::model::EntityKind;

/// Writes both files.
pub(super) fn write(job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    into.file("neo4j/nodes.csv", |out| {
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(["id:ID", "name", "aliases:string[]", "first_seen:date", "last_seen:date", ":LABEL"])?;
        for node in projection::nodes(job) {
            let entity = node.entity;
            // A semicolon would end an element of the array.
            let aliases: Vec<_> = entity.aliases.iter().map(|a| a.replace(';', ",")).collect();
            let days = [entity.first_seen, entity.last_seen].map(|d| cell::maybe(d.filter(|d| d.is_day())));
            csv.write_record([
                &entity.iri,
                &*cell::plain(&entity.name),
                &*cell::plain(&aliases.join(";")),
                &days[0],
                &days[1],
                &label(entity.kind),
            ])?;
        }
        csv.flush()
    })?;
    into.file("neo4j/edges.csv", |out| {
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record([
            ":START_ID",
            ":END_ID",
            ":TYPE",
            "start:date",
            "end:date",
            "statements:int",
            "layer",
            "evidence",
        ])?;
        for edge in projection::edges(job) {
            let (start, end) = edge.life().unzip();
            csv.write_record([
                edge.source,
                edge.target,
                &edge.predicate.name().to_uppercase(),
                &cell::maybe(start),
                &cell::maybe(end),
                &edge.statements.to_string(),
                edge.layer.name(),
                &cell::plain(&edge.evidence),
            ])?;
        }
        csv.flush()
    })
}

/// The name of a kind with a capital, as labels are written.
fn label(kind: EntityKind) -> String {
    let name = kind.name();
    name[..1].to_uppercase() + &name[1..]
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use std::collections::BTreeSet;

    #[test]
    fn no_relationship_dangles_and_identifiers_are_unique() {
        let build = sample::build(&["neo4j"]);
        let read = |file: &str| -> Vec<csv::StringRecord> {
            csv::Reader::from_reader(build.read(file).as_bytes()).records().map(Result::unwrap).collect()
        };
        let nodes = read("neo4j/nodes.csv");
        let ids: BTreeSet<_> = nodes.iter().map(|n| n[0].to_owned()).collect();
        assert_eq!(ids.len(), nodes.len());
        assert_eq!(ids.len(), sample::graph().entities.len());
        let edges = read("neo4j/edges.csv");
        assert!(!edges.is_empty());
        assert!(edges.iter().all(|e| ids.contains(&e[0]) && ids.contains(&e[1])));
        assert!(edges.iter().any(|e| &e[2] == "SUCCEEDED_BY"));
    }
}
