//! Asks SPARQL of a build. In: a query with values for its parameters, and a build. Out: an answer as plain rows.
//! Of `graph.ttl` it loads what the query can touch; `graph.trig`, which holds the evidence and is several times as
//! large, is read only for a query that asks for it. Never changes a graph: updates do not parse.

use std::collections::BTreeMap;

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, Term, Triple};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use spargebra::algebra::GraphPattern;
use spargebra::term::GroundTerm;
use spargebra::{Query, SparqlParser};

use super::graph::{Asked, Graph};
use super::load::{self, Wanted};
use super::named::{self, Head};
use super::needs::Needs;
use super::{Build, Error, name};

/// Prefixes that a query need not declare, and with which a CONSTRUCT is written.
pub static PREFIXES: &[(&str, &str)] = &[
    ("quorate", "https://quorate.example/ns#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("org", "http://www.w3.org/ns/org#"),
    ("opengov", "http://www.w3.org/ns/opengov#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("schema", "http://schema.org/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("oa", "http://www.w3.org/ns/oa#"),
];

/// Words in a query that only `graph.trig` can answer: spans, provenance, single statements.
const EVIDENCE: &[&str] = &[
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/ns/prov#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#subject",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#object",
];

/// A cell of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing is bound.
    Empty,
    /// Text, a date, an IRI.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

/// What a query answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Rows of a SELECT, in the query's order.
    Rows {
        /// Names of the columns.
        columns: Vec<String>,
        /// The rows.
        rows: Vec<Vec<Cell>>,
    },
    /// The answer of an ASK.
    Flag(bool),
    /// The graph of a CONSTRUCT or DESCRIBE, as Turtle.
    Graph(String),
}

/// A query that is parsed, with its parameters at their defaults.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// What its comments say.
    pub head: Head,
    query: Query,
    evidence: bool,
    graphs: bool,
}

impl Prepared {
    /// Parses a query.
    ///
    /// # Errors
    /// Where it is no SPARQL query, or declares a parameter that it does not use.
    pub fn new(text: &str) -> Result<Self, Error> {
        let head = named::head(text)?;
        let query = parsed(text)?;
        let (evidence, graphs) = (asks_for_evidence(&query), asks_for_graphs(&query));
        let mut prepared = Self { head, query, evidence, graphs };
        for parameter in prepared.head.parameters.clone() {
            let default = parameter.value(&parameter.default)?;
            let bound = prepared.bind(&parameter.name, &default);
            if bound.as_slice() != [Some(GroundTerm::Literal(default.clone()))] {
                return Err(Error::new(
                    format!("the parameter `{}` is declared, but not bound to its default", parameter.name),
                    format!("write once in the query: VALUES ?{} {{ {default} }}", parameter.name),
                ));
            }
        }
        Ok(prepared)
    }

    /// Sets a parameter.
    ///
    /// # Errors
    /// Where there is no such parameter, or the value is not of its type.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let parameters = &self.head.parameters;
        let Some(parameter) = parameters.iter().find(|parameter| parameter.name == name) else {
            let close = name::close(name, parameters.iter().map(|parameter| parameter.name.as_str()));
            let known: Vec<&str> = parameters.iter().map(|parameter| parameter.name.as_str()).collect();
            let help = match (&close[..], &known[..]) {
                ([], []) => "it has none: leave --set out".to_owned(),
                ([], known) => format!("it has: {}", known.join(", ")),
                (close, _) => name::did_you_mean(close),
            };
            return Err(Error::new(format!("the query has no parameter `{name}`"), help));
        };
        let value = parameter.value(value)?;
        self.bind(name, &value);
        Ok(())
    }

    /// Puts a term in the place of what `VALUES ?name { … }` holds; returns what it held.
    fn bind(&mut self, name: &str, value: &Literal) -> Vec<Option<GroundTerm>> {
        let (Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. }) = &mut self.query;
        let mut held = Vec::new();
        bind(pattern, name, value, &mut held);
        held
    }

    /// Asks the query of a build.
    ///
    /// # Errors
    /// Where the graph cannot be read, or the query fails.
    pub fn ask(&self, build: &Build, evidence: bool) -> Result<Answer, Error> {
        let needs = if evidence { Needs::everything() } else { Needs::of(&self.query) };
        let wanted = Wanted { evidence: evidence || self.evidence, graphs: evidence || self.graphs, needs: &needs };
        self.ask_graph(&load::graph(build, &wanted)?)
    }

    fn ask_graph(&self, graph: &Graph) -> Result<Answer, Error> {
        let prepared = SparqlEvaluator::new().for_query(self.query.clone());
        let failed = |e: &dyn std::fmt::Display| Error::new(format!("the query failed: {e}"), "");
        Ok(match prepared.on_queryable_dataset(Asked::of(graph)).execute().map_err(|e| failed(&e))? {
            QueryResults::Boolean(flag) => Answer::Flag(flag),
            QueryResults::Graph(triples) => {
                let triples: Vec<Triple> = triples.collect::<Result<_, _>>().map_err(|e| failed(&e))?;
                Answer::Graph(turtle(triples).map_err(|e| failed(&e))?)
            }
            QueryResults::Solutions(solutions) => {
                let columns: Vec<String> = solutions.variables().iter().map(|v| v.as_str().to_owned()).collect();
                let mut rows = Vec::new();
                for solution in solutions {
                    let solution = solution.map_err(|e| failed(&e))?;
                    rows.push(solution.values().iter().map(|term| term.as_ref().map_or(Cell::Empty, cell)).collect());
                }
                // Without an order of its own an answer would come in the order of a hash map.
                if !self.is_ordered() {
                    rows.sort_by_cached_key(|row: &Vec<Cell>| format!("{row:?}"));
                }
                Answer::Rows { columns, rows }
            }
        })
    }

    fn is_ordered(&self) -> bool {
        let Query::Select { pattern, .. } = &self.query else { return false };
        let mut pattern = pattern;
        loop {
            match pattern {
                GraphPattern::OrderBy { .. } => return true,
                GraphPattern::Project { inner, .. }
                | GraphPattern::Distinct { inner }
                | GraphPattern::Reduced { inner }
                | GraphPattern::Slice { inner, .. } => pattern = inner,
                _ => return false,
            }
        }
    }
}

/// Parses a query, with [`PREFIXES`] declared.
///
/// # Errors
/// Where it is no SPARQL query.
pub(super) fn parsed(text: &str) -> Result<Query, Error> {
    let mut parser = SparqlParser::new();
    for (prefix, iri) in PREFIXES {
        parser = parser.with_prefix(*prefix, *iri).map_err(|e| Error::new(e.to_string(), ""))?;
    }
    parser.parse_query(text).map_err(|e| {
        Error::new(
            format!("this is no SPARQL query: {e}"),
            "only SELECT, ASK, CONSTRUCT and DESCRIBE can be asked; `quorate query --list` shows queries to start from",
        )
    })
}

/// Whether only `graph.trig` can answer: it asks for spans, provenance or single statements.
pub(super) fn asks_for_evidence(query: &Query) -> bool {
    let words = query.to_string();
    EVIDENCE.iter().any(|word| words.contains(word))
}

/// Whether it names graphs, or asks for their names.
pub(super) fn asks_for_graphs(query: &Query) -> bool {
    query.dataset().is_some() || query.to_string().contains("GRAPH ")
}

/// Replaces the values of one variable wherever a pattern binds it alone.
fn bind(pattern: &mut GraphPattern, name: &str, value: &Literal, held: &mut Vec<Option<GroundTerm>>) {
    match pattern {
        GraphPattern::Values { variables, bindings } => {
            if let [variable] = &variables[..]
                && variable.as_str() == name
            {
                held.extend(bindings.drain(..).flatten());
                bindings.push(vec![Some(GroundTerm::Literal(value.clone()))]);
            }
        }
        GraphPattern::Join { left, right }
        | GraphPattern::LeftJoin { left, right, .. }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => {
            bind(left, name, value, held);
            bind(right, name, value, held);
        }
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Graph { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Group { inner, .. }
        | GraphPattern::Service { inner, .. } => bind(inner, name, value, held),
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => {}
    }
}

/// A term as a cell: numbers and flags typed, everything else as text.
fn cell(term: &Term) -> Cell {
    let literal = match term {
        Term::NamedNode(node) => return Cell::Text(node.as_str().to_owned()),
        Term::BlankNode(node) => return Cell::Text(node.to_string()),
        Term::Literal(literal) => literal,
    };
    let text = literal.value();
    let number = |text: &str| text.parse().ok().filter(|number: &f64| number.is_finite()).map(Cell::Number);
    match literal.datatype() {
        t if t == xsd::INTEGER => text.parse().ok().map(Cell::Integer),
        t if t == xsd::DECIMAL || t == xsd::DOUBLE || t == xsd::FLOAT => number(text),
        t if t == xsd::BOOLEAN => Some(Cell::Flag(matches!(text, "true" | "1"))),
        _ => None,
    }
    .unwrap_or_else(|| Cell::Text(text.to_owned()))
}

/// Writes RDF with [`PREFIXES`], where the format has any.
pub(super) fn serializer(format: RdfFormat) -> RdfSerializer {
    PREFIXES.iter().fold(RdfSerializer::from_format(format), |serializer, (prefix, iri)| {
        // A prefix that is no IRI would be left out; a test of this file writes with all of them.
        serializer.clone().with_prefix(*prefix, *iri).unwrap_or(serializer)
    })
}

/// Triples as Turtle, sorted, each once.
fn turtle(triples: Vec<Triple>) -> Result<String, Box<dyn std::error::Error>> {
    let sorted: BTreeMap<String, Triple> = triples.into_iter().map(|triple| (triple.to_string(), triple)).collect();
    let mut writer = serializer(RdfFormat::Turtle).for_writer(Vec::new());
    for triple in sorted.values() {
        writer.serialize_triple(triple)?;
    }
    Ok(String::from_utf8(writer.finish()?)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::graph::tests::graph_of;
    use crate::query::parameter::Kind;
    use crate::query::sample;
    use proptest::prelude::*;

    fn asked(query: &str, set: &[(&str, &str)]) -> Vec<String> {
        let folder = sample::folder();
        let mut prepared = Prepared::new(named::find(query).expect("a query").text).expect("parses");
        for (name, value) in set {
            prepared.set(name, value).expect("a value");
        }
        let answer = prepared.ask(&Build::open(folder.path()).expect("a build"), false).expect("an answer");
        let Answer::Rows { rows, .. } = answer else { panic!("no rows") };
        let shown = |cell: &Cell| match cell {
            Cell::Empty => "-".to_owned(),
            Cell::Text(text) => text.clone(),
            Cell::Integer(number) => number.to_string(),
            Cell::Number(number) => number.to_string(),
            Cell::Flag(flag) => flag.to_string(),
        };
        rows.iter().map(|row| row.iter().map(shown).collect::<Vec<_>>().join(" | ")).collect()
    }

    #[test]
    fn representation_follows_a_public_function_a_name_or_an_alias() {
        let board = "Northshire Safety Board";
        let trust = "Northshire Probation Trust";
        let all = [
            format!("2014-03-13 | Tom Reed | present | {trust} | Northshire Probation Service | - | - | {board}"),
            format!("2014-03-13 | Col Gold | apologies | {trust} | Northshire Probation Trust | - | - | {board}"),
            format!("2014-03-13 | Tom Reed | - | {trust} | - | Changes to probation | - | {board}"),
            format!("2021-06-18 | Tom Reed | - | National Probation Service | - | Probation unification | - | {board}"),
        ];
        assert_eq!(asked("representation", &[("organisation", "probation")]), all);
        assert_eq!(asked("representation", &[("organisation", "NPS")]), all[3..]);
        assert_eq!(asked("representation", &[("organisation", "Probation"), ("until", "2014")]), all[..3]);
        assert_eq!(asked("representation", &[]).len(), 7);
    }

    #[test]
    fn the_other_queries_answer() {
        assert_eq!(asked("chairs", &[]), ["2014-03-13 | Northshire Safety Board | Ada Vance"]);
        assert!(asked("chairs", &[("body", "another board")]).is_empty());
        assert_eq!(asked("presented", &[("words", "UNIFICATION")]).len(), 1);
        assert_eq!(
            asked("apologies", &[("organisation", "northshire council")]),
            ["2014-03-13 | Ines Marr | Northshire Council | Pat Lee | Northshire Safety Board"]
        );
        assert_eq!(asked("roles", &[("role", "chair")]).len(), 1);
        let rates = asked("attendance-rate", &[]);
        assert_eq!(rates.len(), 5, "{rates:?}");
        assert_eq!(rates[0], "Ada Vance | Northshire Safety Board | 1 | 1 | 100 | 0 | 2014-03-13 | 2014-03-13");
        assert!(asked("attendance-rate", &[("minimum", "2")]).is_empty());
    }

    #[test]
    fn evidence_is_loaded_only_where_a_query_asks_for_it() {
        for (query, evidence) in [
            ("SELECT * { ?s ?p ?o }", false),
            ("SELECT * { ?s prov:wasDerivedFrom ?o }", true),
            ("SELECT * { GRAPH ?g { ?s ?p ?o } }", true),
            ("SELECT * FROM NAMED <x:y> { ?s ?p ?o }", true),
        ] {
            let prepared = Prepared::new(query).expect(query);
            assert_eq!(prepared.evidence || prepared.graphs, evidence, "{query}");
        }
    }

    #[test]
    fn an_update_is_refused() {
        assert!(Prepared::new("DELETE WHERE { ?s ?p ?o }").expect_err("an update").what.contains("no SPARQL query"));
    }

    #[test]
    fn a_parameter_must_be_bound_to_its_default() {
        let unbound = "# q?\n# param x : text = \"\" — y\nASK { ?x ?p ?o }";
        assert!(Prepared::new(unbound).expect_err("unbound").help.contains("VALUES ?x { \"\" }"));
    }

    #[test]
    fn a_query_that_is_filled_in_is_the_one_that_is_set() {
        let made_up = regex::Regex::new("[0-9a-f]{24,32}").expect("a pattern");
        for query in named::QUERIES {
            let mut set = Prepared::new(query.text).expect("parses");
            let mut values = Vec::new();
            for parameter in set.head.parameters.clone() {
                let typed = match parameter.kind {
                    Kind::Text => "a \"b\" } \\ { DELETE",
                    Kind::Integer => "7",
                    Kind::Date => "2014-03",
                    Kind::Flag => "1",
                };
                set.set(&parameter.name, typed).expect("a value");
                values.push((parameter.name.clone(), parameter.value(typed).expect("a value")));
            }
            let values: Vec<(&str, Literal)> =
                values.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
            let filled = parsed(&named::filled(query.text, &values)).expect(query.name);
            // Each time that it parses, the parser makes up other names for what has none.
            let plain = |query: &Query| made_up.replace_all(&query.to_string(), "x").into_owned();
            assert_eq!(plain(&filled), plain(&set.query), "{}", query.name);
        }
    }

    #[test]
    fn a_construct_is_written_as_turtle() {
        let folder = sample::folder();
        let build = Build::open(folder.path()).expect("a build");
        let query = "CONSTRUCT { ?o rdfs:label ?l } WHERE { ?o org:purpose ?f ; rdfs:label ?l }";
        let answer = Prepared::new(query).expect("parses").ask(&build, false).expect("an answer");
        let Answer::Graph(turtle) = answer else { panic!("no graph") };
        assert!(turtle.contains("rdfs:label \"National Probation Service\""), "{turtle}");
    }

    proptest! {
        /// Whatever a value holds, it is data or it is refused: with its place filled by the default again, the query
        /// is the one that stands in the file; and what is matched against it never adds a row.
        #[test]
        fn a_value_is_never_a_part_of_the_query(value in r#"(\PC|["\\{}().;#<>?$\n\t\r]){0,24}"#) {
            for hostile in [format!("\") }} DELETE {{ {value}"), format!("\n{value}"), value.clone(), format!("2014{value}")] {
                for query in named::QUERIES {
                    let mut prepared = Prepared::new(query.text).expect("parses");
                    let written = prepared.query.clone();
                    for parameter in prepared.head.parameters.clone() {
                        let taken = prepared.set(&parameter.name, &hostile);
                        prop_assert!(taken.is_ok() || (parameter.kind != Kind::Text && prepared.query == written));
                        prepared.bind(&parameter.name, &parameter.value(&parameter.default).expect("a default"));
                        prop_assert_eq!(&prepared.query, &written);
                    }
                }
            }
            let graph = graph_of(RdfFormat::Turtle, sample::TURTLE);
            for (query, parameter) in [("representation", "organisation"), ("chairs", "body"), ("items", "words")] {
                let mut prepared = Prepared::new(named::find(query).expect("a query").text).expect("parses");
                prepared.set(parameter, &format!("\") }} DELETE {{ {value}")).expect("text takes anything");
                let Answer::Rows { rows, .. } = prepared.ask_graph(&graph).expect("an answer") else { panic!("no rows") };
                prop_assert!(rows.is_empty());
            }
        }
    }
}
