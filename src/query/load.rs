//! Loads the RDF of a build into memory. In: a build, and what a query needs of it. Out: a store that holds that.
//! The file is cut between its blocks, and the pieces are parsed at once. Must never load half a file: where a piece
//! does not parse by itself, the whole file is parsed in one.

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Quad, Term};
use oxigraph::store::Store;
use rayon::prelude::*;

use super::needs::Needs;
use super::{Build, Error};

/// A piece smaller than this is not worth a thread.
const PIECE: usize = 1 << 18;

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
pub(super) fn store(build: &Build, wanted: &Wanted<'_>) -> Result<Store, Error> {
    let evidence = wanted.evidence || wanted.graphs;
    let (file, format) = if evidence { ("graph.trig", RdfFormat::TriG) } else { ("graph.ttl", RdfFormat::Turtle) };
    let path = build.folder().join(file);
    let wrong = |e: &dyn std::fmt::Display| {
        Error::new(
            format!("{}: {e}", path.display()),
            "build the folder again, with the default formats: quorate build FOLDER-OF-MINUTES",
        )
    };
    let bytes = std::fs::read(&path).map_err(|e| wrong(&e))?;
    let quads = quads(&bytes, format, wanted).map_err(|e| wrong(&e))?;
    let store = Store::new().map_err(|e| wrong(&e))?;
    let mut loader = store.bulk_loader();
    loader.load_quads(quads).map_err(|e| wrong(&e))?;
    loader.commit().map_err(|e| wrong(&e))?;
    Ok(store)
}

fn quads(bytes: &[u8], format: RdfFormat, wanted: &Wanted<'_>) -> Result<Vec<Quad>, String> {
    let parse = |text: &[u8]| -> Result<Vec<Quad>, String> {
        let mut quads = Vec::new();
        for quad in RdfParser::from_format(format).for_slice(text) {
            let mut quad = quad.map_err(|e| e.to_string())?;
            let object = if let Term::NamedNode(node) = &quad.object { node.as_str() } else { "" };
            if wanted.needs.hold(quad.predicate.as_str(), object) {
                if wanted.graphs {
                    quads.push(quad.clone());
                }
                quad.graph_name = GraphName::DefaultGraph;
                quads.push(quad);
            }
        }
        Ok(quads)
    };
    let (head, pieces) = pieces(bytes, (bytes.len() / PIECE).min(4 * rayon::current_num_threads()));
    let parsed: Result<Vec<Vec<Quad>>, String> =
        pieces.par_iter().map(|piece| parse(&[head, piece].concat())).collect();
    match parsed {
        Ok(parsed) => Ok(parsed.into_iter().flatten().collect()),
        Err(_) => parse(bytes),
    }
}

/// Cuts Turtle or TriG into its head (base and prefixes) and about so many pieces, each of which begins with a block:
/// a line that starts neither with white space nor with a closing brace.
fn pieces(bytes: &[u8], many: usize) -> (&[u8], Vec<&[u8]>) {
    let mut at = 0;
    while bytes[at..].starts_with(b"@") {
        at += bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len() - at, |end| end + 1);
    }
    let (head, mut rest) = bytes.split_at(at);
    let size = rest.len() / many.max(1) + 1;
    let mut pieces = Vec::new();
    while rest.len() > size {
        let begins = |pair: &[u8]| pair[0] == b'\n' && !matches!(pair[1], b'\t' | b' ' | b'}' | b'\n');
        let Some(cut) = rest[size..].windows(2).position(begins).map(|found| size + found + 1) else { break };
        let (piece, more) = rest.split_at(cut);
        pieces.push(piece);
        rest = more;
    }
    pieces.push(rest);
    (head, pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::sample;

    #[test]
    fn pieces_are_the_whole_and_begin_with_blocks() {
        let text = "@prefix a: <b:> .\n<x:1> a:b 1 ;\n\ta:c 2 .\n<x:2> a:b \"}\\n<\" .\n<x:3> a:b 3 .\n";
        for many in 0..9 {
            let (head, cut) = pieces(text.as_bytes(), many);
            assert_eq!([head, &cut.concat()].concat(), text.as_bytes());
            assert!(cut.iter().all(|piece| piece.starts_with(b"<x:")), "{cut:?}");
        }
        assert_eq!(pieces(b"", 4), (&b""[..], vec![&b""[..]]));
        assert_eq!(pieces(b"@prefix", 4).0, b"@prefix");
    }

    #[test]
    fn pieces_hold_what_the_whole_holds() {
        let whole: Vec<Quad> =
            RdfParser::from_format(RdfFormat::Turtle).for_slice(sample::TURTLE).collect::<Result<_, _>>().expect("RDF");
        let (head, cut) = pieces(sample::TURTLE.as_bytes(), 7);
        assert!(cut.len() > 3, "{}", cut.len());
        let apart: Vec<Quad> = cut
            .iter()
            .flat_map(|piece| {
                let text = [head, piece].concat();
                RdfParser::from_format(RdfFormat::Turtle).for_slice(&text).collect::<Result<Vec<_>, _>>().expect("RDF")
            })
            .collect();
        assert_eq!(apart, whole);
    }

    #[test]
    fn what_parses_only_as_a_whole_is_parsed_as_a_whole() {
        // A text over several lines: some piece is none by itself, whatever its size.
        let mut text = String::from("<x:1> <p:a> \"\"\"");
        text.push_str(&"<line>\n".repeat(3 * PIECE / 7));
        text.push_str("\"\"\" .\n");
        let needs = Needs::everything();
        let wanted = Wanted { evidence: false, graphs: false, needs: &needs };
        assert_eq!(quads(text.as_bytes(), RdfFormat::Turtle, &wanted).expect("RDF").len(), 1);
        assert!(quads(b"<x:1> <p:a>", RdfFormat::Turtle, &wanted).is_err());
    }
}
