//! Sentences in which a rule has something to look at: each extractor has literals without which its rules say nothing.
//!
//! In: the lines of a document, and the literals of [`ALL`], looked for in one pass over the text for all extractors.
//! Out: for each extractor the sentences in which one of its literals stands. Never reads what they say.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::clause::lists;
use super::{Draft, action, chair, correction, declared, elected, motion, presented, vote};
use crate::model::Span;
use crate::text::sentence::sentences;

/// The literals of one extractor, up to 64. They are matched as they are: leave out the first letter of a word that may
/// be capitalised.
#[derive(Debug)]
pub(super) struct Cues(pub(super) &'static [&'static str]);

/// All literals that are looked for.
static ALL: [&Cues; 10] = [
    &action::CUES,
    &chair::CUES,
    &correction::CUES,
    &declared::CUES,
    &elected::CUES,
    &elected::listed::PROPOSED,
    &motion::CUES,
    &motion::reading::SLASH,
    &presented::CUES,
    &vote::CUES,
];

/// Where the literals of each list of [`ALL`] stand in a text.
#[derive(Debug)]
pub(super) struct Hits([Vec<Hit>; ALL.len()]);

/// A literal in the text: where it starts, and its number in its list.
#[derive(Clone, Copy, Debug)]
struct Hit {
    start: u32,
    word: u32,
}

impl Hits {
    /// Looks for all literals.
    pub(super) fn of(text: &str) -> Self {
        /// The automaton, and for each of its patterns the list and the number in it.
        type Automaton = (AhoCorasick, Vec<(usize, u32)>);
        static WORDS: LazyLock<Option<Automaton>> = LazyLock::new(|| {
            let numbers =
                ALL.iter().enumerate().flat_map(|(list, cues)| (0..cues.0.len() as u32).map(move |n| (list, n)));
            let words = ALL.iter().flat_map(|cues| cues.0);
            let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(words).ok()?;
            Some((automaton, numbers.collect()))
        });
        let mut hits = Self(Default::default());
        let Some((automaton, numbers)) = &*WORDS else { return hits };
        // Within a list no literal overlaps another: the one that ends first counts, of those that end together the longest.
        let mut ends = [0; ALL.len()];
        for found in automaton.find_overlapping_iter(text) {
            let (list, word) = numbers[found.pattern().as_usize()];
            if found.start() >= ends[list] {
                ends[list] = found.end();
                hits.0[list].push(Hit { start: found.start() as u32, word });
            }
        }
        hits
    }

    fn of_list(&self, cues: &Cues) -> &[Hit] {
        ALL.iter().position(|list| std::ptr::eq(*list, cues)).map_or(&[], |list| &self.0[list])
    }
}

/// A sentence with its place in the document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sentence {
    /// Where it stands.
    pub(super) span: Span,
    /// Number of its line.
    pub(super) line: usize,
    /// Whether its line, or its cell, starts with it.
    pub(super) opens: bool,
    /// Which literals stand in it: one bit each, in the order of the list.
    pub(super) cues: u64,
}

impl Sentence {
    /// Whether one of the literals of a range of the list stands in it.
    pub(super) fn has(self, range: std::ops::Range<u32>) -> bool {
        range.into_iter().any(|bit| self.cues & (1 << bit) != 0)
    }
}

/// The sentences, outside the attendance lists, in which one of the literals stands; in order.
pub(super) fn sentences_with(draft: &Draft<'_>, cues: &Cues) -> Vec<Sentence> {
    sentences_where(draft, cues, |_, _| true)
}

/// Like [`sentences_with`]; a literal counts only where `counts` says so of the text and its place.
pub(super) fn sentences_where(draft: &Draft<'_>, cues: &Cues, counts: fn(&str, usize) -> bool) -> Vec<Sentence> {
    let text = draft.text();
    let lines = &draft.document.lines;
    let lists = lists(draft);
    let mut found: Vec<Sentence> = Vec::new();
    let mut line = 0;
    // The unit at hand, its sentences, and the next of them.
    let mut unit = Span::default();
    let mut parts: Vec<Span> = Vec::new();
    let mut part = 0;
    for hit in draft.hits().of_list(cues) {
        let at = hit.start;
        if !counts(text, at as usize) {
            continue;
        }
        if at >= unit.end {
            while line < lines.len() && lines[line].span.end <= at {
                line += 1;
            }
            let Some(l) = lines.get(line) else { break };
            if l.span.start > at {
                continue;
            }
            unit = l.cells.iter().copied().find(|c| c.start <= at && at < c.end).unwrap_or_else(|| l.body(text));
            unit.end = unit.end.max(at + 1);
            // A sentence before or behind a list on its line is one all the same.
            let listed = |span: Span| {
                let list = lists.partition_point(|s| s.end <= span.start);
                lists.get(list).is_some_and(|s| s.overlaps(span))
            };
            parts = sentences(text, unit);
            if listed(unit) {
                parts.retain(|p| !listed(*p));
            }
            part = 0;
        }
        while part < parts.len() && parts[part].end <= at {
            part += 1;
        }
        let Some(span) = parts.get(part).copied().filter(|s| s.start <= at) else { continue };
        let bit = 1_u64 << (hit.word % u64::BITS);
        match found.last_mut().filter(|s| s.span == span) {
            Some(sentence) => sentence.cues |= bit,
            None => found.push(Sentence { span, line, opens: part == 0, cues: bit }),
        }
    }
    found
}
