//! Writes each network as `GraphML`, for networkx, igraph, yEd, Cytoscape, Gephi.
//!
//! The format has no type for dates or lists: dates are ISO text, aliases one text. No data key is called
//! `id`, and edges carry theirs once more as `edge_id`, because igraph overwrites them.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::cell::{self, xml};
use super::projection::Projection;
use super::{Error, Job, Staging, projection};

/// Data keys: domain, name, type.
const KEYS: &[(&str, &str, &str)] = &[
    ("node", "label", "string"),
    ("node", "node_type", "string"),
    ("node", "aliases", "string"),
    ("node", "first_seen", "string"),
    ("node", "last_seen", "string"),
    ("node", "documents", "int"),
    ("node", "mentions", "int"),
    ("node", "function", "string"),
    ("edge", "edge_id", "string"),
    ("edge", "relation", "string"),
    ("edge", "layer", "string"),
    ("edge", "start", "string"),
    ("edge", "end", "string"),
    ("edge", "evidence", "string"),
];

/// Writes the files.
pub(super) fn write(job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    projection::files(into, "graphml", |projection, out| {
        let mut writer = Writer::new_with_indent(&mut *out, b' ', 1);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        writer
            .create_element("graphml")
            .with_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"))
            .write_inner_content(|w| {
                for (domain, name, kind) in KEYS.iter().chain(&counts(projection)) {
                    w.create_element("key")
                        .with_attributes([
                            ("id", format!("{domain}_{name}").as_str()),
                            ("for", domain),
                            ("attr.name", name),
                            ("attr.type", kind),
                        ])
                        .write_empty()?;
                }
                let direction = if projection.directed { "directed" } else { "undirected" };
                w.create_element("graph")
                    .with_attributes([("id", "quorate"), ("edgedefault", direction)])
                    .write_inner_content(|w| content(job, projection, w))?;
                Ok(())
            })?;
        writer.into_inner().write_all(b"\n")
    })
}

/// What the weight of an edge counts, and the weight once more under the name that programs look for.
fn counts(projection: &Projection) -> [(&'static str, &'static str, &'static str); 2] {
    [("edge", projection.counts, "int"), ("edge", "weight", "double")]
}

fn content<W: Write>(job: &Job<'_>, projection: &Projection, writer: &mut Writer<W>) -> io::Result<()> {
    let counted = format!("edge_{}", projection.counts);
    for node in projection.nodes(job) {
        let e = node.entity;
        writer.create_element("node").with_attribute(("id", &*xml(&e.iri))).write_inner_content(|w| {
            data(w, "node_label", &e.name)?;
            data(w, "node_node_type", e.kind.name())?;
            data(w, "node_aliases", &e.details().aliases.join("; "))?;
            data(w, "node_first_seen", &cell::maybe(e.first_seen))?;
            data(w, "node_last_seen", &cell::maybe(e.last_seen))?;
            data(w, "node_documents", &e.documents.to_string())?;
            data(w, "node_mentions", &e.mentions.to_string())?;
            data(w, "node_function", e.details().function.as_deref().unwrap_or_default())
        })?;
    }
    for edge in projection.edges(job) {
        let id = format!("e{}", edge.number);
        let (source, target) = (xml(job.view.iri(edge.source)), xml(job.view.iri(edge.target)));
        let (start, end) = edge.life().unzip();
        writer
            .create_element("edge")
            .with_attributes([("id", id.as_str()), ("source", &*source), ("target", &*target)])
            .write_inner_content(|w| {
                data(w, "edge_edge_id", &id)?;
                data(w, "edge_relation", edge.relation)?;
                data(w, "edge_layer", edge.layer.name())?;
                data(w, "edge_start", &cell::maybe(start))?;
                data(w, "edge_end", &cell::maybe(end))?;
                data(w, "edge_evidence", &edge.evidence)?;
                data(w, &counted, &edge.weight.to_string())?;
                data(w, "edge_weight", &edge.weight.to_string())
            })?;
    }
    Ok(())
}

/// A value; none where it is unknown.
fn data<W: Write>(writer: &mut Writer<W>, key: &str, value: &str) -> io::Result<()> {
    if !value.is_empty() {
        writer.create_element("data").with_attribute(("key", key)).write_text_content(BytesText::new(&xml(value)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::sample;

    #[test]
    fn the_file_is_well_formed_and_hostile_names_survive() {
        let build = sample::build(&["graphml"]);
        let read = sample::xml(&build.read("graph.graphml"));
        let graph = sample::graph();
        assert_eq!(read.count("node"), graph.entities.len());
        assert!(read.count("edge") > 10);
        assert!(read.texts.iter().any(|t| t.trim() == sample::HOSTILE_IN_XML));
    }
}
