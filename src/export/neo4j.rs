//! Writes each network for Neo4j: `nodes.csv` and `edges.csv` for the bulk import, and `load.cypher`, which loads the
//! same files into a running database; the whole graph in `neo4j/`, the others in folders beneath it.
//!
//! `neo4j-admin database import full --nodes=nodes.csv --relationships=edges.csv --array-delimiter=';'`

use std::io::{self, Write};

use super::projection::{PROJECTIONS, Projection};
use super::{Error, Job, Staging, cell};
use crate::model::EntityKind;

/// Columns of the nodes. Each bears two labels: `Entity`, whose identifiers are unique, and its kind.
const NODE: [&str; 6] = ["id:ID", "name", "aliases:string[]", "first_seen:date", "last_seen:date", ":LABEL"];
/// Columns of the relationships.
const EDGE: [&str; 8] =
    [":START_ID", ":END_ID", ":TYPE", "start:date", "end:date", "statements:int", "layer", "evidence"];

/// Writes the files.
pub(super) fn write(job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    PROJECTIONS.iter().try_for_each(|network| files(job, into, network))
}

fn files(job: &Job<'_>, into: &Staging, network: &Projection) -> Result<(), Error> {
    let folder = network.folder("neo4j");
    into.file(&format!("{folder}nodes.csv"), |out| {
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(NODE)?;
        for node in network.nodes(job) {
            let entity = node.entity;
            // A semicolon would end an element of the array.
            let aliases: Vec<_> = entity.details().aliases.iter().map(|a| a.replace(';', ",")).collect();
            let days = [entity.first_seen, entity.last_seen].map(|d| cell::maybe(d.filter(|d| d.is_day())));
            csv.write_record([
                &entity.iri,
                &*cell::plain(&entity.name),
                &*cell::plain(&aliases.join(";")),
                &days[0],
                &days[1],
                &format!("Entity;{}", label(entity.kind)),
            ])?;
        }
        csv.flush()
    })?;
    into.file(&format!("{folder}edges.csv"), |out| {
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(EDGE)?;
        for edge in network.edges(job) {
            let (start, end) = edge.life().unzip();
            csv.write_record([
                job.view.iri(edge.source),
                job.view.iri(edge.target),
                &edge.relation.to_uppercase(),
                &cell::maybe(start),
                &cell::maybe(end),
                &edge.weight.to_string(),
                edge.layer.name(),
                &cell::plain(&edge.evidence),
            ])?;
        }
        csv.flush()
    })?;
    into.file(&format!("{folder}load.cypher"), |out| script(network, out))
}

/// The name of a kind with a capital, as labels are written.
pub(super) fn label(kind: EntityKind) -> String {
    let name = kind.name();
    name[..1].to_uppercase() + &name[1..]
}

/// A column of a row as a value of its type; an empty cell is null, and sets nothing.
fn value(column: &str) -> String {
    let cell = format!("row.`{column}`");
    match column.split_once(':').map(|(_, kind)| kind) {
        Some("date") => format!("date({cell})"),
        Some("int") => format!("toInteger({cell})"),
        Some("string[]") => format!("split({cell}, ';')"),
        _ => cell,
    }
}

/// Assignments of the columns that are properties.
fn properties(columns: &[&str]) -> String {
    let named = columns.iter().map(|column| (column, column.split(':').next().unwrap_or_default()));
    let own = named.filter(|(_, name)| !name.is_empty() && *name != "id");
    own.map(|(column, name)| format!("{name}: {}", value(column))).collect::<Vec<_>>().join(", ")
}

fn script(network: &Projection, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "// Loads the graph into a running Neo4j: copy nodes.csv and edges.csv into its import folder, then run this\n// with cypher-shell. Running it twice changes nothing.\nCREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;"
    )?;
    for kind in EntityKind::ALL {
        let label = label(*kind);
        writeln!(
            out,
            "LOAD CSV WITH HEADERS FROM 'file:///nodes.csv' AS row WITH row WHERE row.`:LABEL` = 'Entity;{label}' MERGE (n:Entity {{id: row.`id:ID`}}) SET n:`{label}`, n += {{{}}};",
            properties(&NODE)
        )?;
    }
    for tie in (network.ties)() {
        let kind = tie.relation.to_uppercase();
        writeln!(
            out,
            "LOAD CSV WITH HEADERS FROM 'file:///edges.csv' AS row WITH row WHERE row.`:TYPE` = '{kind}' MATCH (a:Entity {{id: row.`:START_ID`}}), (b:Entity {{id: row.`:END_ID`}}) MERGE (a)-[r:`{kind}`]->(b) SET r += {{{}}};",
            properties(&EDGE)
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::model::SCHEMA;
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

    #[test]
    fn the_script_reads_the_columns_that_are_written() {
        expect_test::expect![[r#"start: date(row.`start:date`), end: date(row.`end:date`), statements: toInteger(row.`statements:int`), layer: row.`layer`, evidence: row.`evidence`"#]]
        .assert_eq(&properties(&EDGE));
        let script = sample::build(&["neo4j"]).read("neo4j/load.cypher");
        let loads = script.lines().filter(|line| line.starts_with("LOAD CSV")).count();
        assert_eq!(loads, EntityKind::ALL.len() + SCHEMA.len());
    }
}
