//! Decisions that a sentence tells in capitals: "AGREED that …", "The Board NOTED the report".
//!
//! In: a sentence, the body. Out: the decision, if capitals tell one. Must never take a heading in capitals for one.

use super::resolution::clean;
use super::spoken::{Body, ends_with_word, is_elsewhen, made, positions, without_adverbs};
use crate::lexicon::Lexicon;
use crate::model::{Resolution, Span};
use crate::text::literal::Literals;

/// Verbs of deciding where they stand in capitals.
pub(super) const CAPITALS: &[&str] = &[
    "NOTED",
    "APPROVED",
    "RECEIVED",
    "ENDORSED",
    "RATIFIED",
    "ADOPTED",
    "ACCEPTED",
    "AGREED",
    "RESOLVED",
    "SUPPORTED",
    "CONFIRMED",
];

/// One of these is in each sentence that tells a decision in capitals.
pub(super) static SHOUTED: Literals = Literals::new(CAPITALS);

/// "AGREED that …" in capitals within a sentence is formal in any document.
pub(super) fn shouted(text: &str, sentence: Span, lexicon: &Lexicon) -> Option<Resolution> {
    const LEADS: &[&str] = &[
        "AGREED that ",
        "RESOLVED that ",
        "AGREED to ",
        "RESOLVED to ",
        "RESOLVED: ",
        "RESOLVED That ",
        "AGREED That ",
    ];
    let words = sentence.of(text);
    let (at, length) = LEADS.iter().filter_map(|k| words.find(k).map(|i| (i, k.len()))).min()?;
    let word = lexicon.decisions.get(words[at..].split([' ', ':']).next().unwrap_or(""))?;
    let keyword = sentence.slice(at, at + words[at..].find([' ', ':']).unwrap_or(0));
    let span = clean(text, sentence.slice(at + length, words.len()));
    Some(made(Some(keyword), word.verb, word.outcome, span))
}

/// "The Board NOTED the report", "The Committee RECEIVED and APPROVED the accounts": the verb in capitals, with who
/// decides before it.
pub(super) fn capitals(text: &str, sentence: Span, body: &Body, lexicon: &Lexicon) -> Option<Resolution> {
    let words = sentence.of(text);
    let (at, verb) = CAPITALS.iter().filter_map(|v| positions(words, v).next().map(|at| (at, *v))).min()?;
    let lower = words[..at].to_ascii_lowercase();
    let before = without_adverbs(&lower);
    // "It was NOTED that the next meeting would be in June": a remark.
    let who = body.ends(&words[..before.len()], before) || verb != "NOTED" && ends_with_word(before, "it was");
    let shouts = words[..at].chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    if !who || shouts || is_elsewhen(before) || before.split_whitespace().count() > 6 {
        return None;
    }
    // Of several verbs the last says what was decided: "RECEIVED and NOTED".
    let last = CAPITALS.iter().filter_map(|v| positions(words, v).last().map(|at| (at, *v))).max();
    let word = lexicon.decisions.get(last.map_or(verb, |(_, v)| v))?;
    let keyword = sentence.slice(at, at + verb.len());
    Some(made(Some(keyword), word.verb, word.outcome, clean(text, sentence)))
}
