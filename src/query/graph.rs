//! A graph in memory, for queries that are asked once of all of it: rows of numbers in order. In: quads. Out: what
//! SPARQL evaluation asks for (`QueryableDataset`).
//!
//! Triples stand by predicate, as pairs of subject and object (vertical partitioning: Abadi and others, "Scalable
//! Semantic Web Data Management Using Vertical Partitioning", VLDB 2007), sorted by subject, and by object as well once
//! somebody asks that way. A pair takes eight bytes. A store that can change, such as Oxigraph's in memory, keeps
//! several hundred for each triple: twenty GB for what a hundred thousand documents say of who represented whom.
//! A term is found as it is written: `1.0` is not `1`, though a filter takes them for equal. Must never change once it
//! is made.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::convert::Infallible;
use std::num::NonZeroU32;
use std::sync::OnceLock;

use oxigraph::model::{GraphNameRef, NamedNodeRef, Quad, Term};
use rustc_hash::FxHashMap;
use spareval::{InternalQuad, QueryableDataset};

use super::terms::Terms;

/// A default graph, and named graphs.
#[derive(Default)]
pub(super) struct Graph {
    terms: Terms,
    /// Subject and object of each predicate in the default graph.
    facts: Columns<2>,
    /// Subject, object and graph of each predicate in named graphs.
    named: Columns<3>,
    /// Graph, predicate, subject, object.
    by_name: OnceLock<Vec<[u32; 4]>>,
}

/// Rows for each predicate, predicates in the order of their numbers once all is there.
type Columns<const N: usize> = Vec<(u32, Column<N>)>;

/// Rows that begin with a subject and an object.
#[derive(Default)]
struct Column<const N: usize> {
    rows: Vec<[u32; N]>,
    /// The same, with the object first.
    by_object: OnceLock<Vec<[u32; N]>>,
}

/// Takes in quads.
#[derive(Default)]
pub(super) struct Builder {
    graph: Graph,
    /// Where the column of a predicate stands.
    facts: FxHashMap<u32, usize>,
    named: FxHashMap<u32, usize>,
}

impl Builder {
    /// Takes in a quad.
    pub(super) fn take_in(&mut self, quad: &Quad) {
        let Graph { terms, facts, named, .. } = &mut self.graph;
        let subject = terms.take_in(quad.subject.as_ref().into());
        let predicate = terms.take_in(quad.predicate.as_ref().into());
        let object = terms.take_in(quad.object.as_ref());
        let graph = match quad.graph_name.as_ref() {
            GraphNameRef::DefaultGraph => {
                return column(facts, &mut self.facts, predicate).push([subject, object]);
            }
            GraphNameRef::NamedNode(node) => terms.take_in(node.into()),
            GraphNameRef::BlankNode(node) => terms.take_in(node.into()),
        };
        column(named, &mut self.named, predicate).push([subject, object, graph]);
    }

    /// The graph of all that was taken in.
    pub(super) fn graph(self) -> Graph {
        let mut graph = self.graph;
        sort_all(&mut graph.facts);
        sort_all(&mut graph.named);
        graph
    }
}

/// The rows of a predicate.
fn column<'c, const N: usize>(
    columns: &'c mut Columns<N>,
    places: &mut FxHashMap<u32, usize>,
    predicate: u32,
) -> &'c mut Vec<[u32; N]> {
    let place = *places.entry(predicate).or_insert_with(|| {
        columns.push((predicate, Column::default()));
        columns.len() - 1
    });
    &mut columns[place].1.rows
}

fn sort_all<const N: usize>(columns: &mut Columns<N>) {
    columns.sort_by_key(|(predicate, _)| *predicate);
    for (_, column) in columns {
        column.rows.sort_unstable();
        column.rows.dedup();
        column.rows.shrink_to_fit();
    }
}

impl<const N: usize> Column<N> {
    /// Rows of a subject, of an object, of both, or all, each subject first.
    fn of(&self, subject: Option<u32>, object: Option<u32>) -> impl Iterator<Item = [u32; N]> {
        let by_object = subject.is_none() && object.is_some();
        let rows = if by_object {
            starting(self.by_object(), [object, None])
        } else {
            starting(&self.rows, [subject, object])
        };
        rows.map(move |row| if by_object { turned(row) } else { *row })
    }

    fn by_object(&self) -> &[[u32; N]] {
        self.by_object.get_or_init(|| {
            let mut rows: Vec<[u32; N]> = self.rows.iter().map(turned).collect();
            rows.sort_unstable();
            rows
        })
    }
}

/// A row with its first two numbers changed round.
fn turned<const N: usize>(row: &[u32; N]) -> [u32; N] {
    let mut turned = *row;
    turned.swap(0, 1);
    turned
}

/// Those of sorted rows that start with these numbers, as far as there are any.
fn starting<const N: usize, const K: usize>(
    rows: &[[u32; N]],
    first: [Option<u32>; K],
) -> impl Iterator<Item = &[u32; N]> {
    let place = move |row: &[u32; N]| {
        for (number, asked) in row.iter().zip(&first) {
            match asked.map(|asked| number.cmp(&asked)) {
                None => break,
                Some(Ordering::Equal) => {}
                Some(other) => return other,
            }
        }
        Ordering::Equal
    };
    let from = rows.partition_point(|row| place(row).is_lt());
    rows[from..].iter().take_while(move |row| place(row).is_eq())
}

/// The column of a predicate, or all columns.
fn of_predicate<const N: usize>(columns: &Columns<N>, predicate: Option<u32>) -> &[(u32, Column<N>)] {
    let Some(predicate) = predicate else { return columns };
    match columns.binary_search_by_key(&predicate, |(number, _)| *number) {
        Ok(at) => &columns[at..=at],
        Err(_) => &[],
    }
}

impl Graph {
    /// Whether there is a named graph of this name.
    pub(super) fn has_named(&self, name: NamedNodeRef<'_>) -> bool {
        self.terms.find(name.into()).is_some_and(|name| starting(self.by_name(), [Some(name)]).next().is_some())
    }

    /// Every quad, in no order that says anything.
    #[cfg(test)]
    pub(super) fn quads(&self) -> Vec<String> {
        let shown = |numbers: &[u32]| numbers.iter().map(|n| self.terms.term(*n).to_string()).collect::<Vec<_>>();
        let facts = self.facts.iter().flat_map(|(p, column)| column.of(None, None).map(|[s, o]| shown(&[s, *p, o])));
        let named = self.by_name().iter().map(|[g, p, s, o]| shown(&[*s, *p, *o, *g]));
        facts.chain(named).map(|quad| quad.join(" ")).collect()
    }

    fn by_name(&self) -> &[[u32; 4]] {
        self.by_name.get_or_init(|| {
            let named = self.named.iter();
            let mut rows: Vec<[u32; 4]> =
                named.flat_map(|(p, column)| column.rows.iter().map(move |[s, o, g]| [*g, *p, *s, *o])).collect();
            rows.sort_unstable();
            rows
        })
    }

    /// Quads of a named graph: graph, predicate, subject, object.
    fn of_graph(
        &self,
        graph: u32,
        subject: Option<u32>,
        predicate: Option<u32>,
        object: Option<u32>,
    ) -> impl Iterator<Item = [u32; 4]> {
        let is_asked = move |[_, _, s, o]: &[u32; 4]| subject.is_none_or(|n| n == *s) && object.is_none_or(|n| n == *o);
        starting(self.by_name(), [Some(graph), predicate, subject]).copied().filter(is_asked)
    }
}

/// A graph while one query is evaluated: what the query makes is numbered behind the graph's own terms, and goes with it.
pub(super) struct Asked<'g> {
    graph: &'g Graph,
    made: RefCell<Terms>,
}

impl<'g> Asked<'g> {
    /// For one evaluation.
    pub(super) fn of(graph: &'g Graph) -> Self {
        Self { graph, made: RefCell::default() }
    }
}

/// A term in the evaluation of a query, by its number. A solution has room for each variable, so that small numbers
/// are much of what a large answer takes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Id(NonZeroU32);

impl Id {
    fn of(number: u32) -> Self {
        Self(NonZeroU32::MIN.saturating_add(number))
    }

    fn number(self) -> u32 {
        self.0.get() - 1
    }
}

type Quads<'g> = Box<dyn Iterator<Item = Result<InternalQuad<Id>, Infallible>> + 'g>;

impl<'g> QueryableDataset<'g> for Asked<'g> {
    type InternalTerm = Id;
    type Error = Infallible;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Id>,
        predicate: Option<&Id>,
        object: Option<&Id>,
        graph: Option<Option<&Id>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Id>, Infallible>> + use<'g> {
        let number = |id: Option<&Id>| id.map(|id| id.number());
        let (subject, predicate, object) = (number(subject), number(predicate), number(object));
        let quad = |subject, predicate, object, graph: Option<u32>| {
            let (subject, predicate, object) = (Id::of(subject), Id::of(predicate), Id::of(object));
            Ok(InternalQuad { subject, predicate, object, graph_name: graph.map(Id::of) })
        };
        let Graph { facts, named, .. } = self.graph;
        match graph.map(number) {
            Some(None) => Box::new(
                of_predicate(facts, predicate)
                    .iter()
                    .flat_map(move |(p, column)| column.of(subject, object).map(move |[s, o]| quad(s, *p, o, None))),
            ) as Quads<'g>,
            Some(Some(name)) => {
                let quads = self.graph.of_graph(name, subject, predicate, object);
                Box::new(quads.map(move |[g, p, s, o]| quad(s, p, o, Some(g))))
            }
            None => {
                Box::new(of_predicate(named, predicate).iter().flat_map(move |(p, column)| {
                    column.of(subject, object).map(move |[s, o, g]| quad(s, *p, o, Some(g)))
                }))
            }
        }
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Id, Infallible>> + use<'g> {
        self.graph.by_name().chunk_by(|a, b| a[0] == b[0]).map(|rows| Ok(Id::of(rows[0][0])))
    }

    fn internalize_term(&self, term: Term) -> Result<Id, Infallible> {
        let terms = &self.graph.terms;
        let number =
            terms.find(term.as_ref()).unwrap_or_else(|| terms.len() + self.made.borrow_mut().take_in(term.as_ref()));
        Ok(Id::of(number))
    }

    fn externalize_term(&self, term: Id) -> Result<Term, Infallible> {
        let terms = &self.graph.terms;
        Ok(match term.number().checked_sub(terms.len()) {
            Some(made) => self.made.borrow().term(made),
            None => terms.term(term.number()),
        })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use oxigraph::io::{RdfFormat, RdfParser};
    use oxigraph::sparql::{QueryResults, SparqlEvaluator};
    use oxigraph::store::Store;
    use proptest::prelude::*;

    use crate::query::named::QUERIES;
    use crate::query::{sample, sparql};

    pub(in crate::query) fn graph_of(format: RdfFormat, text: &str) -> Graph {
        let mut builder = Builder::default();
        for quad in RdfParser::from_format(format).for_slice(text) {
            builder.take_in(&quad.expect("RDF"));
        }
        builder.graph()
    }

    fn store_of(format: RdfFormat, text: &str) -> Store {
        let store = Store::new().expect("a store");
        store.load_from_slice(RdfParser::from_format(format), text).expect("RDF");
        store
    }

    /// All that is answered, each solution in words, in the order of the words.
    fn shown(results: QueryResults<'_>) -> Vec<String> {
        let mut shown: Vec<String> = match results {
            QueryResults::Boolean(flag) => vec![flag.to_string()],
            QueryResults::Solutions(all) => all.map(|one| format!("{:?}", one.expect("a solution"))).collect(),
            QueryResults::Graph(all) => all.map(|one| one.expect("a triple").to_string()).collect(),
        };
        shown.sort();
        shown
    }

    /// What both answer to a query.
    fn answers(query: &str, graph: &Graph, store: &Store) -> [Vec<String>; 2] {
        let prepared = || SparqlEvaluator::new().for_query(sparql::parsed(query).expect(query));
        let ours = prepared().on_queryable_dataset(Asked::of(graph)).execute().expect(query);
        let theirs = prepared().on_store(store).execute().expect(query);
        [shown(ours), shown(theirs)]
    }

    const GRAPHS: &str = "<x:s> <x:p> <x:o> . <x:g> { <x:s> <x:p> <x:o> , 1 ; <x:q> \"one\"@en . <x:o> <x:p> <x:s> } \
         <x:h> { <x:s> <x:p> 1 . <x:t> <x:q> 1.5 , true }";

    #[test]
    fn the_named_queries_are_answered_as_by_a_store() {
        let (graph, store) = (graph_of(RdfFormat::Turtle, sample::TURTLE), store_of(RdfFormat::Turtle, sample::TURTLE));
        for query in QUERIES {
            let [ours, theirs] = answers(query.text, &graph, &store);
            assert_eq!(ours, theirs, "{}", query.name);
        }
    }

    #[test]
    fn named_graphs_are_answered_as_by_a_store() {
        let (graph, store) = (graph_of(RdfFormat::TriG, GRAPHS), store_of(RdfFormat::TriG, GRAPHS));
        for query in [
            "SELECT ?g { GRAPH ?g {} }",
            "SELECT * { GRAPH <x:h> {} }",
            "ASK { GRAPH <x:none> {} }",
            "SELECT * FROM <x:g> FROM <x:h> { ?s <x:p> ?o }",
            "SELECT * FROM NAMED <x:g> { GRAPH ?g { ?s <x:p> ?o } }",
            "SELECT * { ?s <x:p> ?o GRAPH ?g { ?o <x:p> ?s } }",
            "SELECT * { BIND(1 + 0 AS ?o) GRAPH ?g { ?s ?p ?o } }",
            "SELECT * { BIND(\"new\" AS ?o) ?s ?p ?o }",
            "SELECT * { GRAPH ?g { ?s <x:p>+ ?o } }",
            "DESCRIBE <x:s>",
        ] {
            let [ours, theirs] = answers(query, &graph, &store);
            assert_eq!(ours, theirs, "{query}");
        }
        assert!(graph.has_named(NamedNodeRef::new_unchecked("x:g")));
        assert!(!graph.has_named(NamedNodeRef::new_unchecked("x:s")));
    }

    proptest! {
        /// Every shape of a pattern, with each place open or filled, finds what a store finds.
        #[test]
        fn a_pattern_finds_what_a_store_finds(
            s in "[?]s|<x:[sot]>", p in "[?]p|<x:[pq]>", o in "[?]o|<x:[sot]>|1|\"one\"@en", g in "|[?]g|<x:[ghi]>",
        ) {
            let triple = format!("{s} {p} {o}");
            let query = if g.is_empty() { triple } else { format!("GRAPH {g} {{ {triple} }}") };
            let [ours, theirs] = answers(
                &format!("SELECT * {{ {query} }}"),
                &graph_of(RdfFormat::TriG, GRAPHS),
                &store_of(RdfFormat::TriG, GRAPHS),
            );
            prop_assert_eq!(ours, theirs);
        }
    }
}
