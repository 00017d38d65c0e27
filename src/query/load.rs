//! Loads the RDF of a build into memory. In: a build, and what a query needs of it. Out: a graph that holds that.
//! The file is read part by part, so that memory holds what is needed and not the file; each part is cut between its
//! blocks into pieces that are parsed at once, without the lines that are not needed, while what was parsed before is
//! taken into the graph. Must never load half a file: where a piece does not parse by itself, the whole file is parsed
//! in one.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Quad, Term};
use rayon::prelude::*;

use super::graph::{Builder, Graph};
use super::needs::Needs;
use super::{Build, Error, lines};

/// A piece smaller than this is not worth a thread.
const PIECE: usize = 1 << 18;

/// How much of a file is read at a time.
const PART: usize = 32 << 20;

/// What is to be loaded.
pub(super) struct Wanted<'n> {
    /// Whether the words behind the facts are needed, which only `graph.trig` has.
    pub(super) evidence: bool,
    /// Whether the names of the graphs are: then each triple is in its graph, and in the default graph too, which
    /// holds it once however many documents say it.
    pub(super) graphs: bool,
    /// The triples.
    pub(super) needs: &'n Needs,
}

/// Loads a build.
///
/// # Errors
/// Where the file is missing or is no RDF.
pub(super) fn graph(build: &Build, wanted: &Wanted<'_>) -> Result<Graph, Error> {
    let evidence = wanted.evidence || wanted.graphs;
    let (file, format) = if evidence { ("graph.trig", RdfFormat::TriG) } else { ("graph.ttl", RdfFormat::Turtle) };
    let path = build.folder().join(file);
    load(&path, format, wanted).map_err(|e| {
        Error::new(
            format!("{}: {e}", path.display()),
            "build the folder again, with the default formats: quorate build FOLDER-OF-MINUTES",
        )
    })
}

fn load(path: &Path, format: RdfFormat, wanted: &Wanted<'_>) -> Result<Graph, Fault> {
    let open = || File::open(path).map(BufReader::new);
    in_parts(open()?, PART, format, wanted).or_else(|_| in_one(open()?, format, wanted))
}

/// What goes wrong.
type Fault = Box<dyn std::error::Error + Send + Sync>;

/// Loads a file part by part.
fn in_parts(file: impl BufRead + Send, size: usize, format: RdfFormat, wanted: &Wanted<'_>) -> Result<Graph, Fault> {
    let mut parts = Parts::new(file, size)?;
    let mut builder = Builder::default();
    let mut parsed: Vec<Vec<Quad>> = Vec::new();
    loop {
        let take = || std::mem::take(&mut parsed).iter().flatten().for_each(|quad| builder.take_in(quad));
        let parse = || parts.next()?.map(|part| quads(&parts.head, &part, format, wanted)).transpose();
        let ((), next) = rayon::join(take, parse);
        match next? {
            Some(next) => parsed = next,
            None => break,
        }
    }
    Ok(builder.graph())
}

/// Loads a file that is not written in blocks.
fn in_one(file: impl BufRead, format: RdfFormat, wanted: &Wanted<'_>) -> Result<Graph, Fault> {
    let mut builder = Builder::default();
    let mut held = Vec::new();
    for quad in RdfParser::from_format(format).for_reader(file) {
        hold(quad?, wanted, &mut held);
        held.drain(..).for_each(|quad| builder.take_in(&quad));
    }
    Ok(builder.graph())
}

/// The quads of a part, piece by piece.
fn quads(head: &[u8], part: &[u8], format: RdfFormat, wanted: &Wanted<'_>) -> Result<Vec<Vec<Quad>>, Fault> {
    let parse = |piece: &&[u8]| {
        let needed = if wanted.needs.are_everything() { None } else { lines::needed(head, piece, wanted.needs) };
        let (text, mut quads) = (needed.unwrap_or_else(|| [head, piece].concat()), Vec::new());
        for quad in RdfParser::from_format(format).for_slice(&text) {
            hold(quad?, wanted, &mut quads);
        }
        Ok(quads)
    };
    pieces(part, (part.len() / PIECE).min(4 * rayon::current_num_threads())).par_iter().map(parse).collect()
}

/// Keeps a quad where it is needed.
fn hold(mut quad: Quad, wanted: &Wanted<'_>, quads: &mut Vec<Quad>) {
    let object = if let Term::NamedNode(node) = &quad.object { node.as_str() } else { "" };
    if wanted.needs.hold(quad.predicate.as_str(), object) {
        if wanted.graphs {
            quads.push(quad.clone());
        }
        quad.graph_name = GraphName::DefaultGraph;
        quads.push(quad);
    }
}

/// Whether a block begins at the second of two bytes: a line that starts neither with white space nor with a closing
/// brace.
fn begins(pair: &[u8]) -> bool {
    pair[0] == b'\n' && !matches!(pair[1], b'\t' | b' ' | b'}' | b'\n')
}

/// Turtle or TriG in parts that begin with a block.
struct Parts<R> {
    source: R,
    size: usize,
    /// Base and prefixes, which stand before the first part.
    head: Vec<u8>,
    rest: Vec<u8>,
}

impl<R: BufRead> Parts<R> {
    fn new(mut source: R, size: usize) -> io::Result<Self> {
        let mut head = Vec::new();
        while source.fill_buf()?.starts_with(b"@") {
            source.read_until(b'\n', &mut head)?;
        }
        Ok(Self { source, size, head, rest: Vec::new() })
    }

    /// The next part; nothing at the end.
    fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            let size = self.size.max(self.rest.len()) as u64;
            let ended = (&mut self.source).take(size).read_to_end(&mut self.rest)? == 0;
            if ended {
                return Ok(Some(std::mem::take(&mut self.rest)).filter(|part| !part.is_empty()));
            }
            if let Some(cut) = self.rest.windows(2).rposition(begins) {
                let rest = self.rest.split_off(cut + 1);
                return Ok(Some(std::mem::replace(&mut self.rest, rest)));
            }
        }
    }
}

/// Cuts a part into about so many pieces, each of which begins with a block.
fn pieces(part: &[u8], many: usize) -> Vec<&[u8]> {
    let mut rest = part;
    let size = rest.len() / many.max(1) + 1;
    let mut pieces = Vec::new();
    while rest.len() > size {
        let Some(cut) = rest[size..].windows(2).position(begins).map(|found| size + found + 1) else { break };
        let (piece, more) = rest.split_at(cut);
        pieces.push(piece);
        rest = more;
    }
    pieces.push(rest);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::sample;

    /// All parts of a text, and its head.
    fn parts(text: &[u8], size: usize) -> (Vec<u8>, Vec<Vec<u8>>) {
        let mut parts = Parts::new(text, size).expect("no file");
        let all = std::iter::from_fn(|| parts.next().expect("no file")).collect();
        (parts.head, all)
    }

    #[test]
    fn parts_and_pieces_are_the_whole_and_begin_with_blocks() {
        let text = "@prefix a: <b:> .\n<x:1> a:b 1 ;\n\ta:c 2 .\n<x:2> a:b \"}\\n<\" .\n<x:3> a:b 3 .\n";
        for size in 1..99 {
            let (head, parts) = parts(text.as_bytes(), size);
            assert_eq!(head, b"@prefix a: <b:> .\n");
            assert_eq!([head, parts.concat()].concat(), text.as_bytes());
            assert!(parts.iter().all(|part| part.starts_with(b"<x:")), "{parts:?}");
            for many in 0..9 {
                let cut = pieces(&parts[0], many);
                assert_eq!(cut.concat(), parts[0]);
                assert!(cut.iter().all(|piece| piece.starts_with(b"<x:")), "{cut:?}");
            }
        }
        assert_eq!(parts(b"", 4), (vec![], vec![]));
        assert_eq!(parts(b"@prefix", 4).0, b"@prefix");
        assert_eq!(pieces(b"", 4), [b""]);
    }

    /// What a graph holds, in the order of its words.
    fn held(graph: &Graph) -> Vec<String> {
        let mut quads = graph.quads();
        quads.sort();
        quads
    }

    #[test]
    fn parts_hold_what_the_whole_holds() {
        let needs = Needs::everything();
        let wanted = Wanted { evidence: false, graphs: false, needs: &needs };
        let text = sample::TURTLE.as_bytes();
        let whole = held(&in_one(text, RdfFormat::Turtle, &wanted).expect("RDF"));
        for size in [1, 99, 1000, PART] {
            assert_eq!(held(&in_parts(text, size, RdfFormat::Turtle, &wanted).expect("RDF")), whole);
        }
        let (head, parts) = parts(text, PART);
        let cut = pieces(&parts[0], 7);
        assert!(cut.len() > 3, "{}", cut.len());
        let apart = cut.iter().flat_map(|piece| quads(&head, piece, RdfFormat::Turtle, &wanted).expect("RDF").concat());
        assert_eq!(
            apart.collect::<Vec<_>>(),
            quads(&head, &parts[0], RdfFormat::Turtle, &wanted).expect("RDF").concat()
        );
    }

    #[test]
    fn what_parses_only_as_a_whole_is_parsed_as_a_whole() {
        // A text over several lines: some piece is none by itself, whatever its size.
        let mut text = String::from("<x:1> <p:a> \"\"\"");
        text.push_str(&"<line>\n".repeat(3 * PIECE / 7));
        text.push_str("\"\"\" .\n");
        let file = tempfile::NamedTempFile::new().expect("a file");
        let needs = Needs::everything();
        let wanted = Wanted { evidence: false, graphs: false, needs: &needs };
        assert!(in_parts(text.as_bytes(), PART, RdfFormat::Turtle, &wanted).is_err());
        let load = |text: &str| {
            std::fs::write(&file, text).expect("written");
            super::load(file.path(), RdfFormat::Turtle, &wanted)
        };
        assert_eq!(load(&text).expect("RDF").quads().len(), 1);
        assert!(load("<x:1> <p:a>").is_err());
    }
}
