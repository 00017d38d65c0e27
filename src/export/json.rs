//! Writes each network as node-link JSON, for D3, networkx, graphology: `nodes` with an `id`, `links` between
//! them. A node and a link are written on a line each; what is unknown is left out.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::json;

use super::{Error, Job, Staging, cell, projection};
use crate::model::Date;

#[derive(Serialize)]
struct Node<'a> {
    id: &'a str,
    label: &'a str,
    #[serde(rename = "node_type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    aliases: &'a [String],
    #[serde(skip_serializing_if = "String::is_empty")]
    first_seen: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    last_seen: String,
    documents: u32,
    mentions: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    function: Option<&'a str>,
}

#[derive(Serialize)]
struct Link<'a> {
    source: &'a str,
    target: &'a str,
    /// Tells parallel edges apart.
    key: String,
    relation: &'static str,
    weight: usize,
    #[serde(skip_serializing_if = "String::is_empty")]
    start: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    end: String,
    layer: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    evidence: &'a str,
}

/// Writes the files.
pub(super) fn write(job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    projection::files(into, "json", |projection, out| {
        let about = json!({"name": projection.name, "weight": projection.counts});
        write!(out, "{{\"directed\":{},\"multigraph\":true,\"graph\":{about},\"nodes\":[", projection.directed)?;
        let nodes = projection.nodes(job).map(|node| {
            let e = node.entity;
            serde_json::to_vec(&Node {
                id: &e.iri,
                label: &e.name,
                kind: e.kind.name(),
                aliases: &e.details().aliases,
                first_seen: cell::maybe(e.first_seen),
                last_seen: cell::maybe(e.last_seen),
                documents: e.documents,
                mentions: e.mentions,
                function: e.details().function.as_deref(),
            })
        });
        lines(nodes, out)?;
        out.write_all(b"],\"links\":[")?;
        let links = projection.edges(job).map(|edge| {
            let (start, end): (Option<Date>, Option<Date>) = edge.life().unzip();
            serde_json::to_vec(&Link {
                source: job.view.iri(edge.source),
                target: job.view.iri(edge.target),
                key: format!("e{}", edge.number),
                relation: edge.relation,
                weight: edge.weight,
                start: cell::maybe(start),
                end: cell::maybe(end),
                layer: edge.layer.name(),
                evidence: &edge.evidence,
            })
        });
        lines(links, out)?;
        out.write_all(b"]}\n")
    })
}

/// Writes values with commas between them, a line each.
fn lines(values: impl Iterator<Item = serde_json::Result<Vec<u8>>>, out: &mut dyn Write) -> io::Result<()> {
    for (number, value) in values.enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        out.write_all(&value?)?;
    }
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use std::collections::BTreeSet;

    #[test]
    fn no_link_names_a_missing_node() {
        let build = sample::build(&["json"]);
        for network in ["graph", "co-attendance", "people-organisations"] {
            let read: serde_json::Value = serde_json::from_str(&build.read(&format!("{network}.json"))).unwrap();
            let nodes: BTreeSet<_> = read["nodes"].as_array().unwrap().iter().map(|n| n["id"].as_str()).collect();
            let links = read["links"].as_array().unwrap();
            assert!(!links.is_empty());
            for link in links {
                assert!(nodes.contains(&link["source"].as_str()) && nodes.contains(&link["target"].as_str()));
            }
        }
    }
}
