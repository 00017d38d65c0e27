//! Headings within a line of names. In: what follows a heading on its line. Out: names and headings in turn.

use super::heading::Lead;
use crate::lexicon::Lexicon;
use crate::model::Span;

/// A part of a run.
pub(super) enum Piece {
    /// Names.
    Names(Span),
    /// A heading within the run.
    Lead(Lead),
}

/// Splits a run where another heading starts in the middle of it: "… one member of the public Absent: Cllr Hay".
pub(super) fn split_at_leads(text: &str, rest: Span, lexicon: &Lexicon) -> Vec<Piece> {
    let words = rest.of(text);
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut from = 0;
    while let Some((colon, after)) = mark(words, from) {
        from = after;
        // The heading is the longest one that ends at the mark; before a dash it opens a sentence ("Apologies – …").
        let dash = after - colon > 1;
        let begins: Vec<usize> = words[start..colon]
            .char_indices()
            .filter(|(i, c)| {
                let before = words[..start + i].trim_end();
                // In lower case after a mark alone: "…; absent: Cllr Hay".
                (c.is_uppercase() || c.is_alphabetic() && before.ends_with([';', '.']))
                    && (*i == 0 || words.as_bytes()[start + i - 1].is_ascii_whitespace())
            })
            .map(|(i, _)| i + start)
            .collect();
        let found = begins.iter().rev().take(5).rev().find_map(|b| {
            let opens = words[..*b].trim_end().is_empty() || words[..*b].trim_end().ends_with(['.', ';']);
            let says = lexicon.headings.get(&words[*b..colon]).filter(|_| !dash || opens)?;
            // "Clerk – Mrs Hale": the post of one, and no heading of those below.
            let post = dash && lexicon.roles.get(&words[*b..colon]).is_some_and(|r| r.head);
            (!post).then_some((*b, says))
        });
        let Some((begin, says)) = found else { continue };
        if begin > start || !pieces.is_empty() {
            push_names(text, rest.slice(start, begin), &mut pieces);
        }
        pieces.push(Piece::Lead(Lead {
            span: rest.slice(begin, colon),
            rest: Span { start: rest.start + after as u32, end: rest.start + after as u32 },
            says,
        }));
        start = after;
    }
    push_names(text, rest.slice(start, words.len()), &mut pieces);
    pieces
}

/// Where the next colon, or dash between spaces, stands, and what follows it.
fn mark(words: &str, from: usize) -> Option<(usize, usize)> {
    [":", " – ", " - ", " — "]
        .iter()
        .filter_map(|m| words[from..].find(m).map(|i| (i + from, i + from + m.len())))
        .min()
}

fn push_names(text: &str, span: Span, pieces: &mut Vec<Piece>) {
    let span = span.trim(text);
    if !span.is_empty() {
        pieces.push(Piece::Names(span));
    }
}
