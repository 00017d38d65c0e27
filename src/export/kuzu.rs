//! Writes what Kùzu and `LadybugDB` load: for each network `load.cypher` with `nodes.csv` and `edges.csv`; the whole
//! graph in `kuzu/`, the others in folders beneath it.
//!
//! A node table for each kind and a relationship table for each relation. The script names the files without a
//! folder: it is run in its own.

use std::io::{self, Write};

use super::neo4j::label;
use super::projection::{PROJECTIONS, Projection};
use super::{Error, Job, Staging, cell};
use crate::model::EntityKind;

/// Columns of the nodes with their types, the key first.
const NODE: &str = "id STRING, name STRING, aliases STRING, first_seen DATE, last_seen DATE, documents INT64, mentions INT64, function STRING";
/// Columns of the edges beside their ends.
const EDGE: &str = "start_date DATE, end_date DATE, statements INT64, layer STRING, evidence STRING";

/// Writes the files.
pub(super) fn write(job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    PROJECTIONS.iter().try_for_each(|network| files(job, into, network))
}

fn files(job: &Job<'_>, into: &Staging, network: &Projection) -> Result<(), Error> {
    let folder = network.folder("kuzu");
    into.file(&format!("{folder}nodes.csv"), |out| {
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(names(NODE).chain(["node_type"]))?;
        for node in network.nodes(job) {
            let e = node.entity;
            let days = [e.first_seen, e.last_seen].map(|d| cell::maybe(d.filter(|d| d.is_day())));
            csv.write_record([
                &e.iri,
                &*cell::plain(&e.name),
                &cell::joined(e.details().aliases.iter().map(String::as_str)),
                &days[0],
                &days[1],
                &e.documents.to_string(),
                &e.mentions.to_string(),
                e.details().function.as_deref().unwrap_or_default(),
                e.kind.name(),
            ])?;
        }
        csv.flush()
    })?;
    into.file(&format!("{folder}edges.csv"), |out| {
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(["source", "target"].into_iter().chain(names(EDGE)).chain([
            "relation",
            "source_type",
            "target_type",
        ]))?;
        for edge in network.edges(job) {
            let (start, end) = edge.life().unzip();
            csv.write_record([
                job.view.iri(edge.source),
                job.view.iri(edge.target),
                &cell::maybe(start),
                &cell::maybe(end),
                &edge.weight.to_string(),
                edge.layer.name(),
                &cell::plain(&edge.evidence),
                edge.relation,
                job.view.entity(edge.source).kind.name(),
                job.view.entity(edge.target).kind.name(),
            ])?;
        }
        csv.flush()
    })?;
    into.file(&format!("{folder}load.cypher"), |out| script(network, out))
}

/// The names of some columns.
fn names(columns: &'static str) -> impl Iterator<Item = &'static str> {
    columns.split(", ").filter_map(|column| column.split(' ').next())
}

fn script(network: &Projection, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "// Loads the graph into Kùzu or LadybugDB. Run it in this folder, a statement at a time.")?;
    for kind in EntityKind::ALL {
        let label = label(*kind);
        writeln!(out, "CREATE NODE TABLE `{label}`({NODE}, PRIMARY KEY (id));")?;
        writeln!(
            out,
            "COPY `{label}` FROM (LOAD WITH HEADERS ({NODE}, node_type STRING) FROM 'nodes.csv' (HEADER=true, PARALLEL=false) WHERE node_type = '{kind}' RETURN {});",
            names(NODE).collect::<Vec<_>>().join(", ")
        )?;
    }
    for tie in (network.ties)() {
        let name = tie.relation;
        let ends = tie.ends.iter().map(|(from, to)| format!("FROM `{}` TO `{}`", label(*from), label(*to)));
        let ends: Vec<_> = ends.collect();
        writeln!(out, "CREATE REL TABLE `{name}`({}, {EDGE});", ends.join(", "))?;
        for (from, to) in tie.ends {
            writeln!(
                out,
                "COPY `{name}` FROM (LOAD WITH HEADERS (source STRING, target STRING, {EDGE}, relation STRING, source_type STRING, target_type STRING) FROM 'edges.csv' (HEADER=true, PARALLEL=false) WHERE relation = '{name}' AND source_type = '{from}' AND target_type = '{to}' RETURN source, target, {}) (from='{}', to='{}');",
                names(EDGE).collect::<Vec<_>>().join(", "),
                label(from),
                label(to),
            )?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use crate::model::{EntityKind, SCHEMA};

    #[test]
    fn every_kind_and_predicate_has_a_table_and_ends_stand_first() {
        let build = sample::build(&["kuzu"]);
        let script = build.read("kuzu/load.cypher");
        assert_eq!(script.matches("CREATE NODE TABLE").count(), EntityKind::ALL.len());
        assert_eq!(script.matches("CREATE REL TABLE").count(), SCHEMA.len());
        assert!(build.read("kuzu/edges.csv").starts_with("source,target,start_date,"));
        assert!(build.read("kuzu/nodes.csv").starts_with("id,name,"));
    }
}
