//! Asks SPARQL of a build for a server, again and again. In: queries as strangers write them. Out: the bytes of an
//! answer in a standard format, or why there is none. What a query needs is loaded once and kept: the facts
//! (`graph.ttl`) first, the evidence (`graph.trig`) when a query first asks for it. An answer is whole or refused,
//! never cut in silence. Must never change a graph or ask another server; it does not guard memory or stop what
//! heeds no token: a query runs in a process of its own ([`crate::serve`]).

use std::cell::OnceCell;
use std::io::{self, Write};
use std::path::Path;

use oxigraph::io::RdfFormat;
use oxigraph::model::NamedNode;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, QueryResults, SparqlEvaluator};
use serde::{Deserialize, Serialize};
use spargebra::Query;

use super::graph::{self, Graph};
use super::load::{self, Wanted};
use super::needs::Needs;
use super::{Build, Error, sparql};

/// A question, with the formats that will do for either kind of answer, each as the ending of a file's name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The query.
    pub query: String,
    /// Graphs that make the default graph, in the place of what the query says.
    pub default_graphs: Vec<String>,
    /// Graphs that can be named, in the place of what the query says.
    pub named_graphs: Vec<String>,
    /// Format of rows: `json`, `xml`, `csv`, `tsv`.
    pub rows: Option<String>,
    /// Format of a graph: `ttl`, `nt`, `nq`, `trig`, `rdf`, `jsonld`.
    pub graph: Option<String>,
    /// Rows after which the answer may end, and says so.
    pub most: Option<usize>,
}

/// What an answer may be at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Most {
    /// Rows, or triples.
    pub rows: usize,
    /// Bytes.
    pub bytes: usize,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many rows or triples it has.
    pub rows: usize,
    /// Whether there are more than were asked for.
    pub more: bool,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// It is no query that can be read.
    #[error("{0}")]
    Unreadable(String),
    /// It asks for what is not given to anybody.
    #[error("{0}")]
    Forbidden(String),
    /// The answer has another shape than the formats that will do.
    #[error("{0}")]
    OtherFormat(String),
    /// The answer is larger than an answer may be.
    #[error("{0}")]
    TooLarge(String),
    /// It was stopped.
    #[error("the query was stopped")]
    Stopped,
    /// It failed, or the build cannot be read.
    #[error("{0}")]
    Failed(String),
}

/// A query that may be asked.
#[derive(Debug)]
pub struct Asked {
    query: Query,
    default_graphs: Vec<NamedNode>,
    named_graphs: Vec<NamedNode>,
    everything: bool,
    format: Format,
    most: Option<usize>,
}

#[derive(Clone, Copy, Debug)]
enum Format {
    Rows(QueryResultsFormat),
    Graph(RdfFormat),
}

/// A build that is asked.
pub struct Endpoint {
    build: Build,
    facts: OnceCell<Graph>,
    everything: OnceCell<Graph>,
}

impl Endpoint {
    /// Opens a build; loads nothing yet.
    ///
    /// # Errors
    /// Where the folder is no build.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        Ok(Self { build: Build::open(folder)?, facts: OnceCell::new(), everything: OnceCell::new() })
    }

    /// Reads a question.
    ///
    /// # Errors
    /// Where it cannot be read, or may not be asked.
    pub fn read(question: &Question) -> Result<Asked, Refusal> {
        let query = sparql::parsed(&question.query).map_err(|e| Refusal::Unreadable(e.what))?;
        if Needs::of(&query).service() {
            return Err(Refusal::Forbidden("no other server is asked: leave SERVICE out".into()));
        }
        let is_graph = matches!(query, Query::Construct { .. } | Query::Describe { .. });
        let format = if is_graph {
            question.graph.as_deref().and_then(RdfFormat::from_extension).map(Format::Graph)
        } else {
            question.rows.as_deref().and_then(QueryResultsFormat::from_extension).map(Format::Rows)
        };
        let format = format.ok_or_else(|| {
            Refusal::OtherFormat(
                if is_graph {
                    "the answer is a graph: ask for text/turtle, application/n-triples, application/rdf+xml, \
                     application/ld+json, application/n-quads or application/trig"
                } else {
                    "the answer is rows, or yes or no: ask for application/sparql-results+json, \
                     application/sparql-results+xml, text/csv or text/tab-separated-values"
                }
                .into(),
            )
        })?;
        let graphs = |names: &[String]| -> Result<Vec<NamedNode>, Refusal> {
            let named = |name: &String| {
                NamedNode::new(name.as_str()).map_err(|e| Refusal::Unreadable(format!("`{name}` is no IRI: {e}")))
            };
            names.iter().map(named).collect()
        };
        let default_graphs = graphs(&question.default_graphs)?;
        let named_graphs = graphs(&question.named_graphs)?;
        let everything = sparql::asks_for_evidence(&query)
            || sparql::asks_for_graphs(&query)
            || !default_graphs.is_empty()
            || !named_graphs.is_empty();
        Ok(Asked { query, default_graphs, named_graphs, everything, format, most: question.most })
    }

    /// Whether all is in memory that the query needs.
    pub fn is_ready(&self, asked: &Asked) -> bool {
        if asked.everything { &self.everything } else { &self.facts }.get().is_some()
    }

    /// Loads the facts.
    ///
    /// # Errors
    /// Where the build cannot be read.
    pub fn load_facts(&self) -> Result<(), Refusal> {
        self.graph(false).map(|_| ())
    }

    /// Loads what the query needs.
    ///
    /// # Errors
    /// Where the build cannot be read.
    pub fn load(&self, asked: &Asked) -> Result<(), Refusal> {
        self.graph(asked.everything).map(|_| ())
    }

    fn graph(&self, everything: bool) -> Result<&Graph, Refusal> {
        let cell = if everything { &self.everything } else { &self.facts };
        if let Some(graph) = cell.get() {
            return Ok(graph);
        }
        let wanted = Wanted { evidence: everything, graphs: everything, needs: &Needs::everything() };
        let graph = load::graph(&self.build, &wanted).map_err(|e| Refusal::Failed(e.what))?;
        Ok(cell.get_or_init(|| graph))
    }

    /// Answers; the token stops it.
    ///
    /// # Errors
    /// Where there is no whole answer within bounds.
    pub fn answer(&self, asked: &Asked, stop: &CancellationToken, most: Most) -> Result<Answered, Refusal> {
        let graph = self.graph(asked.everything)?;
        Self::check_graphs(asked, graph)?;
        let mut prepared = SparqlEvaluator::new().with_cancellation_token(stop.clone()).for_query(asked.query.clone());
        if !asked.default_graphs.is_empty() || !asked.named_graphs.is_empty() {
            let dataset = prepared.dataset_mut();
            dataset.set_default_graph(asked.default_graphs.iter().cloned().map(Into::into).collect());
            dataset.set_available_named_graphs(asked.named_graphs.iter().cloned().map(Into::into).collect());
        }
        let failed = |e: QueryEvaluationError| match e {
            QueryEvaluationError::Cancelled => Refusal::Stopped,
            e => Refusal::Failed(format!("the query failed: {e}")),
        };
        let bounded = Bounded { bytes: Vec::new(), most: most.bytes };
        let full = |e: io::Error| match e.kind() {
            io::ErrorKind::FileTooLarge => Refusal::TooLarge(format!(
                "the answer is larger than {} MB: ask for less, for instance with LIMIT",
                most.bytes / 1_000_000
            )),
            _ => Refusal::Failed(e.to_string()),
        };
        let many = || {
            Refusal::TooLarge(format!(
                "the answer has more than {} rows: ask for less, for instance with LIMIT",
                most.rows
            ))
        };
        let mut rows = 0;
        let mut more = false;
        // Whether one more is taken in; the answer is refused where it is one too many.
        let mut counted = || -> Result<bool, Refusal> {
            if asked.most.is_some_and(|most| rows >= most) {
                more = true;
                return Ok(false);
            }
            rows += 1;
            if rows > most.rows { Err(many()) } else { Ok(true) }
        };
        let results = prepared.on_queryable_dataset(graph::Asked::of(graph)).execute().map_err(failed)?;
        let (media_type, bounded) = match (results, asked.format) {
            (QueryResults::Boolean(flag), Format::Rows(format)) => {
                let written = QueryResultsSerializer::from_format(format).serialize_boolean_to_writer(bounded, flag);
                (format.media_type(), written.map_err(full)?)
            }
            (QueryResults::Solutions(solutions), Format::Rows(format)) => {
                let mut writer = QueryResultsSerializer::from_format(format)
                    .serialize_solutions_to_writer(bounded, solutions.variables().to_vec())
                    .map_err(full)?;
                for solution in solutions {
                    let solution = solution.map_err(failed)?;
                    if !counted()? {
                        break;
                    }
                    writer.serialize(solution.iter()).map_err(full)?;
                }
                (format.media_type(), writer.finish().map_err(full)?)
            }
            (QueryResults::Graph(triples), Format::Graph(format)) => {
                let mut writer = sparql::serializer(format).for_writer(bounded);
                for triple in triples {
                    let triple = triple.map_err(failed)?;
                    if !counted()? {
                        break;
                    }
                    writer.serialize_triple(&triple).map_err(full)?;
                }
                (format.media_type(), writer.finish().map_err(full)?)
            }
            _ => return Err(Refusal::Failed("the answer is of another kind than its query".into())),
        };
        Ok(Answered { media_type, bytes: bounded.bytes, rows, more })
    }

    /// A graph that the build does not have is neither fetched nor taken for an empty one.
    fn check_graphs(asked: &Asked, build: &Graph) -> Result<(), Refusal> {
        let of_query =
            asked.query.dataset().filter(|_| asked.default_graphs.is_empty() && asked.named_graphs.is_empty());
        let of_query = of_query.into_iter().flat_map(|set| set.default.iter().chain(set.named.iter().flatten()));
        for graph in asked.default_graphs.iter().chain(&asked.named_graphs).chain(of_query) {
            if !build.has_named(graph.as_ref()) {
                return Err(Refusal::Unreadable(format!(
                    "there is no graph {graph} in this build, and none is fetched; \
                     SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} }} lists those that there are"
                )));
            }
        }
        Ok(())
    }
}

/// Bytes up to a number.
struct Bounded {
    bytes: Vec<u8>,
    most: usize,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::sample;

    const MOST: Most = Most { rows: 1000, bytes: 100_000 };

    fn asked(question: &Question, most: Most) -> Result<String, Refusal> {
        let folder = sample::folder();
        let endpoint = Endpoint::open(folder.path()).expect("a build");
        let asked = Endpoint::read(question)?;
        assert!(!endpoint.is_ready(&asked));
        endpoint.load(&asked)?;
        assert!(endpoint.is_ready(&asked));
        let answered = endpoint.answer(&asked, &CancellationToken::new(), most)?;
        assert_eq!(answered.more, question.most.is_some_and(|most| most == answered.rows));
        Ok(String::from_utf8(answered.bytes).expect("text"))
    }

    fn question(query: &str) -> Question {
        Question { query: query.into(), rows: Some("csv".into()), graph: Some("nt".into()), ..Question::default() }
    }

    #[test]
    fn each_kind_of_query_is_answered_in_its_format() {
        let ask = |query: &str| asked(&question(query), MOST).expect(query);
        assert_eq!(ask("SELECT (COUNT(*) AS ?n) { ?m a quorate:Meeting }"), "n\r\n2\r\n");
        assert_eq!(ask("ASK { ?m a quorate:Meeting }"), "true");
        assert!(ask("CONSTRUCT WHERE { ?m a quorate:Meeting }").contains("<https://quorate.example/ns#Meeting> .\n"));
        let only_graphs = Question { rows: None, ..question("ASK {}") };
        assert!(matches!(asked(&only_graphs, MOST), Err(Refusal::OtherFormat(_))));
        let only_rows = Question { graph: None, ..question("DESCRIBE <x:y>") };
        assert!(matches!(asked(&only_rows, MOST), Err(Refusal::OtherFormat(_))));
    }

    #[test]
    fn an_answer_is_whole_or_refused() {
        let all = "SELECT * { ?s ?p ?o }";
        assert!(asked(&question(all), MOST).is_ok());
        assert!(matches!(asked(&question(all), Most { rows: 3, ..MOST }), Err(Refusal::TooLarge(_))));
        assert!(matches!(asked(&question(all), Most { bytes: 300, ..MOST }), Err(Refusal::TooLarge(_))));
        let first = Question { most: Some(3), ..question(all) };
        assert_eq!(asked(&first, MOST).expect("rows").lines().count(), 4);
    }

    #[test]
    fn nothing_is_changed_fetched_or_asked_elsewhere() {
        for query in ["DELETE WHERE { ?s ?p ?o }", "LOAD <http://x.example/>", "CLEAR ALL", "", "SELECT"] {
            assert!(matches!(asked(&question(query), MOST), Err(Refusal::Unreadable(_))), "{query}");
        }
        for query in ["SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }", "ASK { SERVICE SILENT ?x {} }"] {
            assert!(matches!(asked(&question(query), MOST), Err(Refusal::Forbidden(_))), "{query}");
        }
        let unknown = Question { default_graphs: vec!["no iri".into()], ..question("ASK {}") };
        assert!(matches!(Endpoint::read(&unknown), Err(Refusal::Unreadable(_))));
    }

    #[test]
    fn a_token_stops_it() {
        let folder = sample::folder();
        let endpoint = Endpoint::open(folder.path()).expect("a build");
        let asked =
            Endpoint::read(&question("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")).expect("a query");
        let stop = CancellationToken::new();
        stop.cancel();
        assert_eq!(endpoint.answer(&asked, &stop, Most { rows: usize::MAX, ..MOST }), Err(Refusal::Stopped));
    }
}
