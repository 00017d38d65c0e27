//! Writes each network as GEXF 1.3 with time, for Gephi.
//!
//! An edge lives on the days on which it was said, several as spells, and within the life of its nodes;
//! what has no day lives always. Each relation is a `kind`, or parallel edges would be merged.
//! No `viz:`, which the official schema refuses.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use super::cell::xml;
use super::projection::Projection;
use super::{Error, Job, Staging, projection};

/// Attributes: class, identifier and title in one, type.
const ATTRIBUTES: &[(&str, &[(&str, &str)])] = &[
    (
        "node",
        &[
            ("node_type", "string"),
            ("aliases", "string"),
            ("documents", "integer"),
            ("mentions", "integer"),
            ("function", "string"),
        ],
    ),
    ("edge", &[("relation", "string"), ("layer", "string"), ("evidence", "string")]),
];

/// Writes the files.
pub(super) fn write(job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    projection::files(into, "gexf", |projection, out| {
        let mut writer = Writer::new_with_indent(&mut *out, b' ', 1);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let root = [("xmlns", "http://gexf.net/1.3"), ("version", "1.3")];
        let graph = [
            ("defaultedgetype", edge_type(projection)),
            ("mode", "dynamic"),
            ("timeformat", "date"),
            ("timerepresentation", "interval"),
        ];
        writer.create_element("gexf").with_attributes(root).write_inner_content(|w| {
            w.create_element("graph").with_attributes(graph).write_inner_content(|w| content(job, projection, w))?;
            Ok(())
        })?;
        writer.into_inner().write_all(b"\n")
    })
}

fn edge_type(projection: &Projection) -> &'static str {
    if projection.directed { "directed" } else { "undirected" }
}

fn content<W: Write>(job: &Job<'_>, projection: &Projection, writer: &mut Writer<W>) -> io::Result<()> {
    for (class, attributes) in ATTRIBUTES {
        writer.create_element("attributes").with_attributes([("class", *class)]).write_inner_content(|w| {
            let weight = (*class == "edge").then_some((projection.counts, "integer"));
            for (title, kind) in attributes.iter().chain(&weight) {
                w.create_element("attribute")
                    .with_attributes([("id", *title), ("title", *title), ("type", *kind)])
                    .write_empty()?;
            }
            Ok(())
        })?;
    }
    writer.create_element("nodes").write_inner_content(|w| {
        for node in projection.nodes(job) {
            let e = node.entity;
            let (id, label) = (xml(&e.iri), xml(&e.name));
            let mut element = w.create_element("node").with_attributes([("id", &*id), ("label", &*label)]);
            if let Some((start, end)) = node.life {
                element =
                    element.with_attributes([("start", start.to_string().as_str()), ("end", end.to_string().as_str())]);
            }
            element.write_inner_content(|w| {
                values(
                    w,
                    &[
                        ("node_type", e.kind.name()),
                        ("aliases", &e.details().aliases.join("; ")),
                        ("documents", &e.documents.to_string()),
                        ("mentions", &e.mentions.to_string()),
                        ("function", e.details().function.as_deref().unwrap_or_default()),
                    ],
                )
            })?;
        }
        Ok(())
    })?;
    writer.create_element("edges").write_inner_content(|w| {
        for edge in projection.edges(job) {
            let (id, source, target) =
                (format!("e{}", edge.number), xml(job.view.iri(edge.source)), xml(job.view.iri(edge.target)));
            let (relation, weight) = (edge.relation, edge.weight.to_string());
            let mut element = w.create_element("edge").with_attributes([
                ("id", id.as_str()),
                ("source", &*source),
                ("target", &*target),
                ("type", edge_type(projection)),
                ("label", relation),
                ("weight", weight.as_str()),
                ("kind", relation),
            ]);
            if let (Some((start, end)), 1) = (edge.life(), edge.spells.len()) {
                element =
                    element.with_attributes([("start", start.to_string().as_str()), ("end", end.to_string().as_str())]);
            }
            element.write_inner_content(|w| {
                values(
                    w,
                    &[
                        ("relation", relation),
                        ("layer", edge.layer.name()),
                        (projection.counts, &weight),
                        ("evidence", &edge.evidence),
                    ],
                )?;
                if edge.life().is_some() && edge.spells.len() > 1 {
                    w.create_element("spells").write_inner_content(|w| {
                        for (start, end) in &edge.spells {
                            let (start, end) = (start.to_string(), end.to_string());
                            w.create_element("spell")
                                .with_attributes([("start", start.as_str()), ("end", &end)])
                                .write_empty()?;
                        }
                        Ok(())
                    })?;
                }
                Ok(())
            })?;
        }
        Ok(())
    })?;
    Ok(())
}

/// The values of a node or an edge; none where unknown.
fn values<W: Write>(writer: &mut Writer<W>, values: &[(&str, &str)]) -> io::Result<()> {
    writer.create_element("attvalues").write_inner_content(|w| {
        for (key, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
            w.create_element("attvalue").with_attributes([("for", *key), ("value", &xml(value))]).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::sample;

    #[test]
    fn the_file_is_well_formed_and_edges_lie_within_the_life_of_their_nodes() {
        let build = sample::build(&["gexf"]);
        let read = sample::xml(&build.read("graph.gexf"));
        assert_eq!(read.count("node"), sample::graph().entities.len());
        let life = |id: &str| {
            let node = read.elements.iter().find(|(n, a)| n == "node" && a["id"] == id).unwrap();
            (node.1.get("start").cloned(), node.1.get("end").cloned())
        };
        let mut dated = 0;
        for (_, edge) in read.elements.iter().filter(|(name, _)| name == "edge") {
            for end in ["source", "target"] {
                let (start, stop) = life(&edge[end]);
                if let Some(day) = edge.get("start") {
                    dated += 1;
                    assert!(start.is_none_or(|s| s <= *day) && stop.is_none_or(|s| s >= *day));
                }
            }
        }
        assert!(dated > 10);
        assert!(read.elements.iter().any(|(name, a)| name == "node" && a["label"] == sample::HOSTILE_IN_XML));
    }
}
