//! The lines of Turtle or TriG that a query can touch. In: a piece of a file that has a predicate a line, as
//! `quorate build` writes them, and what a query needs. Out: the same piece without the lines of other predicates, so
//! that they are never parsed; nothing where the piece is laid out in another way. Must never leave out what is needed.

use memchr::memmem;
use oxigraph::io::{RdfFormat, RdfParser};
use rustc_hash::FxHashMap;

use super::needs::Needs;

/// The needed lines of a piece, behind the head of its file.
pub(super) fn needed(head: &[u8], piece: &[u8], needs: &Needs) -> Option<Vec<u8>> {
    // A literal of several lines may hold lines that look like others.
    if memmem::find(piece, b"\"\"\"").is_some() || memmem::find(piece, b"'''").is_some() {
        return None;
    }
    let mut kept = Vec::with_capacity(head.len() + piece.len() / 2);
    kept.extend_from_slice(head);
    let mut predicates = Predicates { head, needs, known: FxHashMap::default() };
    let mut in_graph = false;
    // The subject, and whether a line of it is kept; no subject where the last statement has ended.
    let mut subject: Option<&[u8]> = None;
    let mut is_open = false;
    for line in piece.split(|byte| *byte == b'\n') {
        match line {
            b"" => continue,
            b"}" if in_graph && subject.is_none() => {
                kept.extend_from_slice(b"}\n");
                in_graph = false;
                continue;
            }
            [.., b'{'] if !in_graph && subject.is_none() && !line.starts_with(b"\t") => {
                kept.extend_from_slice(line);
                kept.push(b'\n');
                in_graph = true;
                continue;
            }
            _ => {}
        }
        let indent = usize::from(in_graph);
        let depth = line.iter().take_while(|byte| **byte == b'\t').count();
        let mut rest = &line[depth..];
        if depth == indent && subject.is_none() {
            let words;
            (words, rest) = word(rest)?;
            (subject, is_open) = (Some(words), false);
        } else if depth != indent + 1 {
            return None;
        }
        let words = subject?;
        let ends = match rest {
            [.., b' ', b';'] => false,
            [.., b' ', b'.'] => true,
            _ => return None,
        };
        let statement = &rest[..rest.len() - 2];
        let (predicate, objects) = word(statement)?;
        // What might hold another statement is left to the parser.
        let is_one = memchr::memchr(b';', objects).is_none() && memmem::find(objects, b". ").is_none();
        if !is_one || predicates.hold(predicate)? {
            kept.extend_from_slice(if is_open { &b" ;\n"[..] } else { words });
            kept.push(b'\t');
            kept.extend_from_slice(statement);
            is_open = true;
        }
        if ends {
            if is_open {
                kept.extend_from_slice(b" .\n");
            }
            subject = None;
        }
    }
    // The end of the piece is the end of what was open.
    (subject.is_none() && !in_graph).then_some(kept)
}

/// What stands before the first space, and behind it.
fn word(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let space = memchr::memchr(b' ', line)?;
    Some((&line[..space], &line[space + 1..]))
}

/// Which predicates are needed, as they are written.
struct Predicates<'p> {
    head: &'p [u8],
    needs: &'p Needs,
    known: FxHashMap<&'p [u8], bool>,
}

impl<'p> Predicates<'p> {
    /// Whether a predicate is needed; nothing where it cannot be read.
    fn hold(&mut self, predicate: &'p [u8]) -> Option<bool> {
        if let Some(&known) = self.known.get(predicate) {
            return Some(known);
        }
        let statement = [self.head, b"<x:x> ", predicate, b" <x:x> ."].concat();
        let mut quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(&statement);
        let needed = self.needs.may_hold(quads.next()?.ok()?.predicate.as_str());
        self.known.insert(predicate, needed);
        Some(needed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use spargebra::SparqlParser;

    const HEAD: &str = "@base <https://x.example/> .\n@prefix p: <p#> .\n";

    fn of(piece: &str) -> Option<String> {
        let query = SparqlParser::new().parse_query("SELECT * { ?a <https://x.example/p#yes> ?b ; a ?c }");
        let kept = needed(HEAD.as_bytes(), piece.as_bytes(), &Needs::of(&query.expect("a query")))?;
        Some(String::from_utf8(kept).expect("text").strip_prefix(HEAD).expect("a head").to_owned())
    }

    #[test]
    fn only_needed_lines_are_kept() {
        let piece = "<a> a p:A , p:B ;\n\tp:no \"x y\" ;\n\tp:yes <b> ;\n\t<p#yes> 1 .\n<b> p:no 1 .\n<c> p:no 1 ;\n\tp:yes 2 .\n";
        let kept = "<a>\ta p:A , p:B ;\n\tp:yes <b> ;\n\t<p#yes> 1 .\n<c>\tp:yes 2 .\n";
        assert_eq!(of(piece).as_deref(), Some(kept));
        let graph = "<g> {\n\t<a> p:no 1 ;\n\t\tp:yes 2 .\n\t<b> p:no 3 .\n}\n<h> {\n}\n";
        assert_eq!(of(graph).as_deref(), Some("<g> {\n<a>\tp:yes 2 .\n}\n<h> {\n}\n"));
    }

    #[test]
    fn what_may_hold_more_is_kept() {
        for line in ["<a> p:no 1;p:yes 2 .\n", "<a> p:no 1 . <b> p:yes 2 .\n", "<a> p:no \"x; y\" .\n"] {
            assert_eq!(of(line), Some(line.replacen(' ', "\t", 1)));
        }
    }

    #[test]
    fn another_layout_is_not_touched() {
        for piece in [
            "<a> p:no \"\"\"\n\tp:no 1 ;\n\"\"\" ;\n\tp:yes 1 .\n",
            "<a> p:no '''\n\tp:no 1 ;\n''' ;\n\tp:yes 1 .\n",
            "<a>\n\tp:no 1 ;\n\tp:yes 1 .\n",
            "<a> p:no <b> ,\n\t\t<c> ;\n\tp:yes 1 .\n",
            "<a> p:no [ p:no 1 ;\n\t\tp:yes 1 ] ;\n\tp:yes 1 .\n",
            "<a> p:no [ p:no 1 ;\n\tp:yes 1 ;\n\t] ;\n\tp:yes 1 .\n",
            "<a> p:no 1 ;\n    p:yes 1 .\n",
            "<a> p:no 1 ; # one\n\tp:yes 1 .\n",
            "<a> p:no 1.\n<b> p:yes 1 .\n",
            "<a> q:no 1 .\n",
            "<a> p:no 1 ;\n",
            "<g> {\n\t<a> p:no 1 .\n",
            "<a> p:no 1 .\n}\n",
            "GRAPH <g> { <a> p:no 1 . <b> p:yes 1 }\n",
        ] {
            assert_eq!(of(piece), None, "{piece}");
        }
    }
}
