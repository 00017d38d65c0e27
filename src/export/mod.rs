//! Writes a [`Graph`] as files, one file here for each format.
//!
//! In goes the graph, complete and sorted; out come the files of a build, in a [`Staging`] folder that
//! replaces the last build as a whole. Nothing here decides anything: what a file says, the graph says.
//! The same graph gives the same bytes; no clock, no iteration over a hash map.

mod cell;
mod datapackage;
mod gephi;
mod gexf;
mod graphml;
mod json;
mod kuzu;
mod neo4j;
mod network;
mod parquet;
mod popolo;
mod projection;
mod rdf;
mod report;
#[cfg(test)]
mod sample;
mod staging;
mod table;
mod view;
mod workbook;

use std::io;
use std::path::PathBuf;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::model::Graph;

pub use rdf::{shapes, vocabulary};
pub use staging::{Staging, abandon};

/// When a format is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// With every build: commands that read a build rest on it.
    Always,
    /// Unless formats are named.
    Default,
    /// Only where it is named.
    OnRequest,
}

/// A way to write the graph.
pub struct Format {
    /// Name on the command line.
    pub name: &'static str,
    /// Files that it writes, relative to the output folder.
    pub files: &'static [&'static str],
    /// When it is written.
    pub when: When,
    /// What it is for, in a sentence.
    pub about: &'static str,
    write: fn(&Job<'_>, &Staging) -> Result<(), Error>,
}

/// All formats, in the order in which they are described.
pub static FORMATS: &[Format] = &[
    Format {
        name: "csv",
        files: table::FILES,
        when: When::Always,
        about: "Tables for spreadsheets, R, pandas, duckdb: one fact a row, with its words.",
        write: table::write,
    },
    Format {
        name: "datapackage",
        files: &[staging::MARKER],
        when: When::Always,
        about: "Frictionless description of the tables: types, keys, meaning of each column.",
        write: datapackage::write,
    },
    Format {
        name: "vocabulary",
        files: &["vocabulary.ttl", "shapes.ttl"],
        when: When::Always,
        about: "The vocabulary of the RDF, and the SHACL shapes that it fulfils.",
        write: rdf::schema,
    },
    Format {
        name: "turtle",
        files: &["graph.ttl"],
        when: When::Default,
        about: "The facts as RDF without evidence, to read and to load quickly.",
        write: rdf::turtle,
    },
    Format {
        name: "trig",
        files: &["graph.trig"],
        when: When::Default,
        about: "Everything as RDF in named graphs: facts, words, layers, vocabulary.",
        write: rdf::trig,
    },
    Format {
        name: "ntriples",
        files: &["graph.nt"],
        when: When::OnRequest,
        about: "The facts as RDF without evidence, a line each.",
        write: rdf::ntriples,
    },
    Format {
        name: "nquads",
        files: &["graph.nq"],
        when: When::OnRequest,
        about: "Everything as RDF, a line for each statement.",
        write: rdf::nquads,
    },
    Format {
        name: "rdfxml",
        files: &["graph.rdf"],
        when: When::OnRequest,
        about: "The facts as RDF/XML without evidence.",
        write: rdf::rdfxml,
    },
    Format {
        name: "jsonld",
        files: &["graph.jsonld"],
        when: When::OnRequest,
        about: "Everything as JSON-LD.",
        write: rdf::jsonld,
    },
    Format {
        name: "graphml",
        files: &["graph.graphml", "co-attendance.graphml", "people-organisations.graphml"],
        when: When::Default,
        about: "The whole graph and two networks, with dates and weights, for networkx, igraph, yEd, Cytoscape.",
        write: graphml::write,
    },
    Format {
        name: "gexf",
        files: &["graph.gexf", "co-attendance.gexf", "people-organisations.gexf"],
        when: When::Default,
        about: "The same with time, for Gephi.",
        write: gexf::write,
    },
    Format {
        name: "gephi",
        files: gephi::FILES,
        when: When::OnRequest,
        about: "The same as node and edge tables for Gephi's spreadsheet import.",
        write: gephi::write,
    },
    Format {
        name: "json",
        files: &["graph.json", "co-attendance.json", "people-organisations.json"],
        when: When::OnRequest,
        about: "The same as nodes and links, for D3, graphology, networkx.",
        write: json::write,
    },
    Format {
        name: "neo4j",
        files: &[
            "neo4j/nodes.csv",
            "neo4j/edges.csv",
            "neo4j/load.cypher",
            "neo4j/co-attendance/nodes.csv",
            "neo4j/co-attendance/edges.csv",
            "neo4j/co-attendance/load.cypher",
            "neo4j/people-organisations/nodes.csv",
            "neo4j/people-organisations/edges.csv",
            "neo4j/people-organisations/load.cypher",
        ],
        when: When::Default,
        about: "The whole graph and the two networks for Neo4j: bulk import, or a script that loads them.",
        write: neo4j::write,
    },
    Format {
        name: "kuzu",
        files: &[
            "kuzu/nodes.csv",
            "kuzu/edges.csv",
            "kuzu/load.cypher",
            "kuzu/co-attendance/nodes.csv",
            "kuzu/co-attendance/edges.csv",
            "kuzu/co-attendance/load.cypher",
            "kuzu/people-organisations/nodes.csv",
            "kuzu/people-organisations/edges.csv",
            "kuzu/people-organisations/load.cypher",
        ],
        when: When::OnRequest,
        about: "The whole graph and the two networks for Kùzu and LadybugDB, with the scripts that load them.",
        write: kuzu::write,
    },
    Format {
        name: "xlsx",
        files: &["tables.xlsx"],
        when: When::OnRequest,
        about: "The tables as one workbook: a sheet each, dates typed, headers frozen and filtered.",
        write: workbook::write,
    },
    Format {
        name: "parquet",
        files: parquet::FILES,
        when: When::OnRequest,
        about: "The tables as typed columns, for duckdb, Spark, Polars, Arrow.",
        write: parquet::write,
    },
    Format {
        name: "popolo",
        files: &["popolo.json"],
        when: When::OnRequest,
        about: "People, organisations, memberships, events and motions as Popolo JSON.",
        write: popolo::write,
    },
    Format {
        name: "report",
        files: &["report.html"],
        when: When::Default,
        about: "One self-contained page: what was read, what was found.",
        write: report::write,
    },
];

/// Why a build could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such format.
    #[error("there is no format `{name}`; choose from {known}")]
    UnknownFormat {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// Not a base that identifiers can be appended to.
    #[error(
        "`{0}` is no base IRI; write an absolute one without query and fragment, such as https://example.org/minutes/"
    )]
    BaseIri(String),
    /// The output folder cannot be used.
    #[error("{path}: {reason}")]
    Output {
        /// The folder.
        path: PathBuf,
        /// Why, and what to do.
        reason: &'static str,
    },
    /// A document whose name no file can bear.
    #[error("the text of `{document}` cannot be kept: {reason}; rename the source")]
    Name {
        /// The document.
        document: String,
        /// Why.
        reason: &'static str,
    },
    /// Writing failed.
    #[error("cannot write {path}: {source}; the last build is untouched")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Base of identifiers where none is given.
pub const BASE_IRI: &str = "https://quorate.example/";

/// What to write: formats and base IRI, checked before anything is read.
#[derive(Clone)]
pub struct Plan {
    formats: Vec<&'static Format>,
    base: rdf::Base,
}

/// Checks what was asked for. No names mean the formats of [`When::Default`]; those of [`When::Always`]
/// are written whatever is named.
///
/// # Errors
/// A name that is no format's, or a base IRI to which no path can be appended.
pub fn plan<S: AsRef<str>>(names: &[S], base_iri: &str) -> Result<Plan, Error> {
    if let Some(name) = names.iter().map(S::as_ref).find(|name| FORMATS.iter().all(|f| f.name != *name)) {
        let known = FORMATS.iter().map(|f| f.name).collect::<Vec<_>>().join(", ");
        return Err(Error::UnknownFormat { name: name.to_owned(), known });
    }
    let asked_for = |f: &Format| names.iter().any(|name| name.as_ref() == f.name);
    let formats = FORMATS
        .iter()
        .filter(|f| match f.when {
            When::Always => true,
            When::Default => names.is_empty() || asked_for(f),
            When::OnRequest => asked_for(f),
        })
        .collect();
    Ok(Plan { formats, base: rdf::Base::new(base_iri).ok_or_else(|| Error::BaseIri(base_iri.to_owned()))? })
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.formats.iter().map(|format| format.name)).finish()
    }
}

impl Plan {
    /// The formats that will be written.
    pub fn formats(&self) -> &[&'static Format] {
        &self.formats
    }
}

/// What every writer is given.
struct Job<'g> {
    graph: &'g Graph,
    view: view::View<'g>,
    base: &'g rdf::Base,
    numbers: OnceLock<rdf::Numbers>,
}

/// Writes all files of a plan into the staging folder; [`Staging::finish`] makes them the build.
///
/// # Errors
/// Whatever keeps a file from being written; the last build is untouched.
pub fn write(graph: &Graph, plan: &Plan, into: &Staging) -> Result<(), Error> {
    let job = Job { graph, view: view::View::new(graph), base: &plan.base, numbers: OnceLock::new() };
    let results: Vec<_> = plan.formats.par_iter().map(|format| (format.write)(&job, into)).collect();
    // The first in order of the list, so that the same trouble gives the same message.
    results.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://quorate.example/";

    #[test]
    fn formats_have_their_own_names_and_files() {
        let mut names: Vec<_> = FORMATS.iter().map(|f| f.name).collect();
        let mut files: Vec<_> = FORMATS.iter().flat_map(|f| f.files).collect();
        let counts = (names.len(), files.len());
        names.sort_unstable();
        names.dedup();
        files.sort_unstable();
        files.dedup();
        assert_eq!((names.len(), files.len()), counts);
    }

    #[test]
    fn every_format_writes_the_files_that_it_lists_and_the_same_bytes_twice() {
        let all: Vec<_> = FORMATS.iter().map(|f| f.name).collect();
        let plan = plan(&all, BASE).unwrap();
        let graph = sample::graph();
        let builds = [(); 2].map(|()| {
            let folder = tempfile::tempdir().unwrap();
            let staging = Staging::beside(&folder.path().join("out")).unwrap();
            write(&graph, &plan, &staging).unwrap();
            staging.finish().unwrap();
            folder
        });
        for file in FORMATS.iter().flat_map(|f| f.files) {
            let [first, second] = builds.each_ref().map(|b| std::fs::read(b.path().join("out").join(file)).unwrap());
            assert!(!first.is_empty(), "{file}");
            assert_eq!(first, second, "{file}");
        }
    }

    #[test]
    fn a_wrong_request_says_what_to_write_instead() {
        let message = |names: &[&str], base| plan(names, base).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(message(&["xml"], BASE).contains("choose from csv, datapackage, vocabulary, turtle"));
        for base in ["", "minutes/", "https://example.org/#", "https://example.org/?q=", "https://exa mple.org/"] {
            assert!(message(&[], base).contains("absolute"), "{base}");
        }
    }

    #[test]
    fn naming_formats_leaves_out_the_other_defaults() {
        let names = |asked: &[&str]| plan(asked, BASE).unwrap().formats().iter().map(|f| f.name).collect::<Vec<_>>();
        assert_eq!(names(&["nquads"]), ["csv", "datapackage", "vocabulary", "nquads"]);
        assert!(names(&[]).contains(&"report") && !names(&[]).contains(&"nquads"));
    }
}
