//! Writes the graph as RDF: facts alone, or everything in named graphs.
//!
//! Standard terms first, our own vocabulary for what they lack, no blank nodes, statements sorted within
//! each entity, document or layer, each once. Triples are made and written a batch at a time; the graph
//! is never held a second time.

mod facts;
mod index;
mod shapes;
mod term;
mod vocabulary;

use std::fs::File;
use std::io::{self, BufWriter, Write};

use oxigraph::io::{JsonLdProfile, RdfFormat, RdfSerializer, WriterQuadSerializer};
use oxigraph::model::{GraphNameRef, NamedNodeRef};
use rayon::prelude::*;

use super::{Error, Job, Staging};
use crate::model::{DocumentId, EntityId, EntityKind, Graph, Layer};
use facts::{Facts, on_behalf};
use index::{Index, Told, memberships};
use term::{Iri, LABEL, PREFIXES, Triple, term, text};

pub(super) use index::Numbers;
pub use shapes::shapes;
pub(super) use term::Base;

/// How many entities or documents are made into triples at a time, on all threads.
const BATCH: usize = 64;

/// Writes `graph.ttl`.
pub(super) fn turtle(job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    into.file("graph.ttl", |out| facts_alone(job, RdfFormat::Turtle, out))
}

/// Writes `graph.nt`.
pub(super) fn ntriples(job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    into.file("graph.nt", |out| facts_alone(job, RdfFormat::NTriples, out))
}

/// Writes `graph.rdf`.
pub(super) fn rdfxml(job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    into.file("graph.rdf", |out| facts_alone(job, RdfFormat::RdfXml, out))
}

/// Writes `graph.trig`.
pub(super) fn trig(job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    into.file("graph.trig", |out| everything(job, RdfFormat::TriG, out))
}

/// Writes `graph.nq`.
pub(super) fn nquads(job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    into.file("graph.nq", |out| everything(job, RdfFormat::NQuads, out))
}

/// Writes `graph.jsonld`.
pub(super) fn jsonld(job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    let format = RdfFormat::JsonLd { profile: JsonLdProfile::Streaming.into() };
    into.file("graph.jsonld", |out| everything(job, format, out))
}

/// Writes `vocabulary.ttl` and `shapes.ttl`, which are the same with every build.
pub(super) fn schema(_job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    into.file("vocabulary.ttl", |out| out.write_all(vocabulary().as_bytes()))?;
    into.file("shapes.ttl", |out| out.write_all(shapes().as_bytes()))
}

/// The vocabulary as Turtle.
pub fn vocabulary() -> String {
    let written = serializer(RdfFormat::Turtle, None).and_then(|serializer| {
        let mut writer = serializer.for_writer(Vec::new());
        put(&mut writer, GraphNameRef::DefaultGraph, &vocabulary::triples(&Graph::default()))?;
        writer.finish()
    });
    // Writing to memory does not fail, and the text is UTF-8.
    written.ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn serializer(format: RdfFormat, base: Option<&Base>) -> io::Result<RdfSerializer> {
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, namespace) in PREFIXES {
        serializer = serializer.with_prefix(*prefix, *namespace).map_err(io::Error::other)?;
    }
    match base {
        // Relative IRIs of RDF/XML and JSON-LD are read in more than one way.
        Some(base) if matches!(format, RdfFormat::Turtle | RdfFormat::TriG) => {
            serializer.with_base_iri(base.as_str()).map_err(io::Error::other)
        }
        _ => Ok(serializer),
    }
}

fn put<W: io::Write>(
    writer: &mut WriterQuadSerializer<W>,
    graph: GraphNameRef<'_>,
    triples: &[Triple],
) -> io::Result<()> {
    triples.iter().try_for_each(|triple| writer.serialize_quad(triple.quad(graph)))
}

/// Makes triples for a range of numbers, a batch at a time on all threads, and writes them in order.
fn batches(
    numbers: usize,
    triples_of: impl Fn(&mut Told, u32) -> Vec<Triple> + Sync,
    mut write: impl FnMut(u32, &[Triple]) -> io::Result<()>,
) -> io::Result<()> {
    for start in (0..numbers).step_by(BATCH) {
        let range = start as u32..numbers.min(start + BATCH) as u32;
        let batch: Vec<_> = range.clone().into_par_iter().map_init(Told::default, &triples_of).collect();
        for (number, triples) in range.zip(batch) {
            write(number, &triples)?;
        }
    }
    Ok(())
}

/// Facts without evidence, gathered by entity: what several documents say is there once.
fn facts_alone(job: &Job<'_>, format: RdfFormat, out: &mut BufWriter<File>) -> io::Result<()> {
    let index = Index::new(job);
    let mut writer = serializer(format, Some(job.base))?.for_writer(out);
    let default = GraphNameRef::DefaultGraph;
    put(&mut writer, default, &vocabulary::triples(job.graph))?;
    let mut facts = Facts::new(&index, false);
    facts.schemes();
    posts(&mut facts);
    put(&mut writer, default, &facts.out.sorted())?;
    batches(
        job.graph.entities.len(),
        |told, i| of_entity(&index, told, i),
        |_, triples| put(&mut writer, default, triples),
    )?;
    writer.finish().map(|_| ())
}

/// All facts of one entity.
fn of_entity(index: &Index<'_>, told: &mut Told, number: u32) -> Vec<Triple> {
    let (graph, mut facts, id) = (index.graph, Facts::new(index, false), EntityId(number));
    let entity = graph.entity(id);
    if !index.is_described(id) {
        facts.entity(entity);
    }
    for document in index.describing(id) {
        match entity.kind {
            EntityKind::Document => facts.document(document, graph.document(document)),
            EntityKind::Meeting => {
                index.job.view.of_document(document).into_iter().for_each(|r| facts.meeting(r));
                graph.attendance.of(document).iter().for_each(|r| facts.participation(r));
            }
            EntityKind::Item => {
                told.by(graph, document).items.iter().filter(|r| r.item == id).for_each(|r| facts.item(r));
            }
            EntityKind::Decision => {
                told.by(graph, document).decisions.iter().filter(|r| r.decision == id).for_each(|r| facts.decision(r));
            }
            _ => told.by(graph, document).actions.iter().filter(|r| r.action == id).for_each(|r| facts.action(r)),
        }
    }
    facts.attendance_recorded(id);
    let relations: Vec<_> = graph.relations.of(id).iter().filter_map(|edge| graph.relations.whole(edge)).collect();
    let on_behalf = on_behalf(&relations);
    for relation in &relations {
        facts.relation(relation, &on_behalf);
    }
    for (tenure, membership) in tenures(index, id) {
        facts.membership(&membership, tenure);
    }
    facts.out.sorted()
}

fn tenures<'i>(index: &'i Index<'_>, person: EntityId) -> impl Iterator<Item = (&'i crate::model::Tenure, Iri)> {
    let all = &index.graph.tenures;
    let start = all.partition_point(|tenure| tenure.person < person);
    let own = all[start..].partition_point(|tenure| tenure.person == person);
    let tenures = &all[start..start + own];
    tenures.iter().zip(memberships(index.graph, index.base, tenures))
}

fn posts(facts: &mut Facts<'_>) {
    let index = facts.index;
    let posts: std::collections::BTreeSet<_> =
        index.graph.tenures.iter().filter_map(|t| t.role.zip(t.organisation)).collect();
    for (role, organisation) in posts {
        facts.post(role, organisation);
    }
}

/// Everything: a graph for the registry of entities, one for each document, one for what is derived, one for
/// the vocabulary.
fn everything(job: &Job<'_>, format: RdfFormat, out: &mut BufWriter<File>) -> io::Result<()> {
    let index = Index::new(job);
    let mut writer = serializer(format, Some(job.base))?.for_writer(out);
    let name = |path: &str| job.base.iri(&format!("graph/{path}"));
    let entities = job.graph.entities.len();

    let registry = name("registry");
    let mut facts = Facts::new(&index, true);
    about(&mut facts, &registry, "Registry of people, organisations, roles, programmes, legislation, public functions");
    facts.schemes();
    put(&mut writer, graph(&registry), &facts.out.sorted())?;
    let make = |_: &mut Told, i: u32| {
        let mut facts = Facts::new(&index, true);
        if !index.is_described(EntityId(i)) {
            facts.entity(job.graph.entity(EntityId(i)));
        }
        facts.out.sorted()
    };
    batches(entities, make, |_, triples| put(&mut writer, graph(&registry), triples))?;

    let named = |i: u32| name(index.entity(job.graph.documents[i as usize].entity).iri.as_str());
    let make = |_: &mut Told, i: u32| of_document(&index, DocumentId(i), &named(i));
    batches(job.graph.documents.len(), make, |i, triples| put(&mut writer, graph(&named(i)), triples))?;

    let derived = name("derived");
    let mut facts = Facts::new(&index, true);
    about(&mut facts, &derived, "What is worked out, with what it rests on");
    posts(&mut facts);
    put(&mut writer, graph(&derived), &facts.out.sorted())?;
    let make = |_: &mut Told, i: u32| derived_of(&index, EntityId(i));
    batches(entities, make, |_, triples| put(&mut writer, graph(&derived), triples))?;

    let vocabulary = name("vocabulary");
    put(&mut writer, graph(&vocabulary), &vocabulary::triples(job.graph))?;
    writer.finish().map(|_| ())
}

fn graph(name: &Iri) -> GraphNameRef<'_> {
    NamedNodeRef::new_unchecked(name.as_str()).into()
}

/// What a graph is, said in the graph itself.
fn about(facts: &mut Facts<'_>, graph: &Iri, label: &str) {
    facts.out.kind(graph, &[term!(prov:Entity)]);
    facts.out.add(graph, LABEL, text(label));
}

/// What one document states, with its words.
fn of_document(index: &Index<'_>, id: DocumentId, name: &Iri) -> Vec<Triple> {
    let (graph, mut facts) = (index.graph, Facts::new(index, true));
    let record = graph.document(id);
    about(&mut facts, name, &format!("What {} states", record.source.path));
    facts.out.add(name, term!(prov:wasDerivedFrom), index.iri(record.entity));
    facts.document(id, record);
    index.job.view.of_document(id).into_iter().for_each(|r| facts.meeting(r));
    graph.attendance.of(id).iter().for_each(|r| facts.participation(r));
    graph.items.of(id).iter().for_each(|r| facts.item(r));
    graph.decisions.of(id).iter().for_each(|r| facts.decision(r));
    graph.actions.of(id).iter().for_each(|r| facts.action(r));
    let relations = index.stated(id);
    let on_behalf = on_behalf(&relations);
    for relation in &relations {
        facts.relation(relation, &on_behalf);
    }
    facts.out.sorted()
}

/// What is worked out about one entity.
fn derived_of(index: &Index<'_>, id: EntityId) -> Vec<Triple> {
    let mut facts = Facts::new(index, true);
    facts.attendance_recorded(id);
    for (tenure, membership) in tenures(index, id) {
        facts.membership(&membership, tenure);
    }
    let relations = &index.graph.relations;
    let derived = relations.of(id).iter().filter(|edge| edge.layer == Layer::Derived);
    derived.filter_map(|edge| relations.whole(edge)).for_each(|r| facts.derived(&r));
    facts.out.sorted()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;
    use oxigraph::io::RdfParser;
    use oxigraph::model::Quad;
    use std::collections::BTreeSet;

    fn quads(text: &str, format: RdfFormat) -> Vec<Quad> {
        RdfParser::from_format(format).for_reader(text.as_bytes()).map(Result::unwrap).collect()
    }

    fn lines(quads: &[Quad]) -> BTreeSet<String> {
        quads.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_format_reads_back_to_the_same_statements_each_once() {
        let build = sample::build(&["turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld"]);
        let read = |file: &str, format| quads(&build.read(file), format);
        let triples = read("graph.nt", RdfFormat::NTriples);
        let all = read("graph.nq", RdfFormat::NQuads);
        assert_eq!(lines(&triples).len(), triples.len(), "a triple stands twice");
        assert_eq!(lines(&all).len(), all.len(), "a quad stands twice");
        assert_eq!(lines(&read("graph.ttl", RdfFormat::Turtle)), lines(&triples));
        assert_eq!(lines(&read("graph.rdf", RdfFormat::RdfXml)), lines(&triples));
        assert_eq!(lines(&read("graph.trig", RdfFormat::TriG)), lines(&all));
        let profile = JsonLdProfile::Streaming.into();
        assert_eq!(lines(&read("graph.jsonld", RdfFormat::JsonLd { profile })), lines(&all));
        assert!(!build.read("graph.nq").contains("_:"), "a blank node");
        assert!(build.read("graph.ttl").starts_with("@base <https://quorate.example/> ."));
    }

    #[test]
    fn the_facts_are_those_of_the_graphs_without_words() {
        let build = sample::build(&["ntriples", "nquads"]);
        let triples: BTreeSet<_> = build.read("graph.nt").lines().map(str::to_owned).collect();
        let all: BTreeSet<String> = quads(&build.read("graph.nq"), RdfFormat::NQuads)
            .into_iter()
            .map(|q| format!("{} {} {} .", q.subject, q.predicate, q.object))
            .collect();
        let missing: Vec<_> = triples.difference(&all).collect();
        assert!(missing.is_empty(), "{missing:#?}");
    }

    #[test]
    fn every_stated_relation_and_every_node_of_ours_leads_to_its_words() {
        let build = sample::build(&["nquads"]);
        let text = build.read("graph.nq");
        let index_graph = sample::graph();
        for relation in index_graph.relations.iter().filter(|r| r.document.is_some()) {
            let span = format!("#char={},{}>", relation.quote.start, relation.quote.end);
            let derived = text.lines().any(|l| l.contains("wasDerivedFrom") && l.contains(&span));
            assert!(derived, "{:?} has no words", relation.predicate);
        }
        expect_test::expect![[r"
            <https://quorate.example/organisation/ridings-probation-trust> <http://www.w3.org/ns/org#changedBy> <https://quorate.example/change/ridings-probation-trust/national-probation-service> .
            <https://quorate.example/organisation/ridings-probation-trust> <https://quorate.example/ns#succeededBy> <https://quorate.example/organisation/national-probation-service> .
        "]]
        .assert_eq(&stated_of(&text, "organisation/ridings-probation-trust"));
    }

    /// What documents state with an entity as subject.
    fn stated_of(text: &str, path: &str) -> String {
        let subject = format!("<https://quorate.example/{path}> ");
        let stated = text.lines().filter(|l| l.starts_with(&subject) && l.contains("/graph/document/"));
        let mut lines: Vec<_> = stated.filter_map(|l| l.rsplit_once(" <")).map(|(l, _)| format!("{l} .\n")).collect();
        lines.dedup();
        lines.concat()
    }

    #[test]
    fn two_documents_of_one_meeting_state_the_same_participation() {
        let build = sample::build(&["nquads"]);
        let text = build.read("graph.nq");
        let node = "<https://quorate.example/meeting/fenland/2014-03-13/participation/bob-ash> ";
        let status = text.lines().filter(|l| l.starts_with(node) && l.contains("ns#status>"));
        assert_eq!(status.count(), 2);
        let recorded = text.lines().filter(|l| l.contains("03-13> <https://quorate.example/ns#attendanceRecorded>"));
        assert_eq!(recorded.count(), 1);
    }

    #[test]
    fn the_vocabulary_is_turtle() {
        let read = quads(&vocabulary(), RdfFormat::Turtle);
        assert_eq!(read.len(), super::vocabulary::triples(&Graph::default()).len());
    }
}
