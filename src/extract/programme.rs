//! Named programmes, projects, strategies, plans, funds, schemes, campaigns.
//!
//! In: the words of the document, organisations and legislation that were found. Out: mentions of programmes. A plan
//! that is not named ("the Action Plan") and an organisation named after a programme are none.

use std::rc::Rc;

use crate::extract::proper::{Style, start};
use crate::extract::words::{Unit, Words};
use crate::extract::{Draft, Extractor, Rule};
use crate::model::{EntityKind, Nature};
use crate::text::token::{Shape, Token};

const NAME: &str = "programme-name";
const FRONT: &str = "programme-front";
const QUOTED: &str = "programme-quoted";

/// Mentions of programmes.
pub(super) static EXTRACTOR: Extractor = Extractor {
    name: "programme",
    what: "Needs organisations and legislation; adds mentions of programmes.",
    rules: &[
        Rule {
            name: NAME,
            what: "Capitalised words before a programme word name a programme.",
            accepts: &[
                "The Brighter Harbours programme would start in May.",
                "A draft of the Ferry Safety Strategy was considered.",
            ],
            refuses: &[
                "The Action Plan and the Work Programme were noted.",
                "a programme of works",
                "The Chairman spoke of a plan.",
            ],
        },
        Rule {
            name: FRONT,
            what: "\"Operation\" or \"Project\" before a capitalised word names a programme.",
            accepts: &["Results of Operation Kingfisher were shared."],
            refuses: &["Operation of the ferry was discussed. The Project Board met."],
        },
        Rule {
            name: QUOTED,
            what: "Words in quotes before a programme word name a programme.",
            accepts: &["Posters for the ‘Safe Ashore’ campaign were shown."],
            refuses: &["He asked “what campaign?”"],
        },
    ],
    run,
};

fn run(draft: &mut Draft<'_>) {
    let words = Rc::clone(&draft.words);
    for unit in &words.units {
        let mut floor = unit.first;
        let mut at = unit.first;
        while at < unit.last {
            let token = words.tokens[at];
            let Some((end, nature_rule, first)) =
                token.is_word().then(|| found(draft, &words, *unit, floor, at)).flatten()
            else {
                at += 1;
                continue;
            };
            let span = words.name_span(first, end);
            let taken = [EntityKind::Organisation, EntityKind::Legislation, EntityKind::Programme, EntityKind::Person]
                .iter()
                .any(|kind| draft.is_taken(span, *kind));
            if !taken {
                draft.mention(span, EntityKind::Programme, nature_rule, Nature::Name);
                floor = end;
            }
            at = end.max(at + 1);
        }
    }
}

/// The programme whose head starts at a token: one past its last token, the rule, its first token.
fn found(
    draft: &Draft<'_>,
    words: &Words<'_>,
    unit: Unit,
    floor: usize,
    at: usize,
) -> Option<(usize, &'static str, usize)> {
    let token = words.tokens[at];
    if token.shape == Shape::Capital && matches!(words.key(at), "operation" | "project") {
        let name = words.at(unit, at + 1).filter(|t| t.is_capital() && t.shape != Shape::Initial);
        let next = words.key((at + 1).min(unit.last - 1));
        let plain = name.is_none()
            || next.contains(|c: char| c.is_ascii_digit())
            || words.is_plain("generic", next)
            || words.is_plain("opener", next)
            || draft.lexicon.roles.get_folded(next).is_some()
            || draft.lexicon.organisations.get_folded(next).is_some()
            || draft.lexicon.programmes.get_folded(next).is_some();
        let before = at > floor && words.tokens[at - 1].is_capital() && !words.opens(unit, at);
        if !plain && !before {
            let mut end = at + 2;
            while end < at + 4 && words.at(unit, end).is_some_and(|t| t.is_capital() && t.shape == token.shape) {
                end += 1;
            }
            return Some((end, FRONT, at));
        }
    }
    // A head needs a name before it: most words in lower case follow another.
    let named = at > floor && (words.tokens[at - 1].is_capital() || words.tokens[at - 1].shape != Shape::Lower);
    if !named {
        return None;
    }
    let (end, word) = words.phrase(&draft.lexicon.programmes, at, unit.last)?;
    if let Some(first) = quoted(words, unit, at) {
        let _ = end;
        return Some((at - 1, QUOTED, first));
    }
    // "Strategy Group", "Project Board": the head is of a body.
    let body = words.at(unit, end).is_some_and(Token::is_capital)
        && words.phrase(&draft.lexicon.organisations, end, unit.last).is_some();
    if body {
        return None;
    }
    let upper = token.shape == Shape::Upper;
    let lower = token.shape == Shape::Lower;
    if upper || (end - at > 1 && !lower && words.tokens[end - 1].shape == Shape::Lower) {
        return None;
    }
    let mut first = start(draft, words, unit, floor, at, Style::Programme);
    while first < at
        && (!words.tokens[first].is_capital()
            || (words.opens(unit, first) && words.is_plain("opener", words.key(first)))
            || (words.is_possessive(first) && words.is_plain("generic", words.stem(first))))
    {
        first += 1;
    }
    let count = (first..at).filter(|i| words.tokens[*i].is_capital()).count();
    let telling =
        (first..at).filter(|i| words.tokens[*i].is_capital() && !words.is_plain("generic", words.key(*i))).count();
    // In lower case the head is a word of the sentence: the name before it must be one by itself.
    let opening = words.opens(unit, first);
    let need = match (word.strong, lower) {
        (true, false) => 1,
        (true, true) | (false, false) => 2,
        (false, true) => 3,
    };
    // Agreements, audits, bulletins are many; few are programmes.
    let need = if word.kind == "other" && end - at == 1 { need + 1 } else { need };
    if telling == 0 || (word.kind == "other" && !word.strong) || count < need || (opening && lower && count < need + 1)
    {
        return None;
    }
    let shouting = (first..at).all(|i| words.tokens[i].shape != Shape::Capital);
    if shouting && count > 1 {
        return None;
    }
    Some((end, NAME, first))
}

/// The first token inside quotes that close right before `at`.
fn quoted(words: &Words<'_>, unit: Unit, at: usize) -> Option<usize> {
    let close = at.checked_sub(1).filter(|i| *i > unit.first)?;
    if !matches!(words.word(close), "’" | "'" | "”" | "\"") {
        return None;
    }
    let open = (close.saturating_sub(9).max(unit.first)..close)
        .rev()
        .find(|i| matches!(words.word(*i), "‘" | "“" | "'" | "\""))?;
    (open + 1 < close && words.tokens[open + 1].is_capital() && (words.tokens[open].spaced || open == unit.first))
        .then_some(open + 1)
}
