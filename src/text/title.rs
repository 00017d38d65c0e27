//! What stands before and behind a name and is no part of it: honorifics, post-nominals.
//!
//! In: tokens and the vocabulary. Out: spans, and the token after them. A title with no name after it is a word like any
//! other.

use crate::lexicon::{Lexicon, fold, fold_onto};
use crate::model::Span;
use crate::text::token::{Shape, Token};

/// Plain forms such as `cllr` in lower case start a name only if a capitalised word follows.
pub(super) fn is_lower_honorific(text: &str, all: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let word = all[at].of(text);
    all[at].shape == Shape::Lower
        && matches!(word, "cllr" | "cllrs" | "mr" | "mrs" | "ms" | "dr")
        && lexicon.honorifics.get(word).is_some()
        && all[at + 1..].iter().find(|t| !t.is(text, ".")).is_some_and(|t| t.is_capital())
}

/// The honorifics from token `at` on, and the token after them.
pub(super) fn honorifics(text: &str, all: &[Token], at: usize, lexicon: &Lexicon) -> (Vec<Span>, usize) {
    let mut found = Vec::new();
    let mut next = at;
    while let Some(last) = honorific(text, all, next, lexicon) {
        let mut after = last + 1;
        let mut end = all[last].span.end;
        while all.get(after).is_some_and(|t| t.is(text, ".") && !t.spaced) {
            end = all[after].span.end;
            after += 1;
        }
        // The same in two languages: "Y Cynghorwyr / Councillors Prydderch".
        if all.get(after).is_some_and(|t| t.is(text, "/")) {
            let (second, until) = honorifics(text, all, after + 1, lexicon);
            if !second.is_empty() {
                found.push(Span { start: all[next].span.start, end });
                found.extend(second);
                return (found, until);
            }
        }
        // An honorific with nothing after it that can be a name is a word like any other ("Chair", "Mayor").
        let follows = all.get(after).is_some_and(|t| {
            t.is_capital()
                || (t.shape == Shape::Lower
                    && (lexicon.is_particle(t.of(text)) || lexicon.honorifics.get(t.of(text)).is_some()))
        });
        if !follows || !all.get(after).is_some_and(|t| t.spaced || end != all[last].span.end) {
            break;
        }
        found.push(Span { start: all[next].span.start, end });
        next = after;
    }
    (found, next)
}

/// The last token of the longest honorific that starts at a token.
fn honorific(text: &str, all: &[Token], at: usize, lexicon: &Lexicon) -> Option<usize> {
    let first = all.get(at)?;
    if !first.is_word() || !lexicon.honorifics.may_start(first.known(text, lexicon)) {
        return None;
    }
    let mut words = String::with_capacity(48);
    let mut found = None;
    let mut count = 0;
    let mut i = at;
    while let Some(token) = all.get(i).filter(|t| t.is_word() || t.is(text, "/") && i > at) {
        // "via MS Teams" is no lady.
        if token.is(text, "Teams") && words == "ms" && matches!(first.of(text), "MS" | "Ms") {
            return None;
        }
        if i > at {
            words.push(' ');
        }
        fold_onto(token.of(text), &mut words);
        let Some(part) = lexicon.honorifics.beginning(&words) else { break };
        if part.meaning.is_some() {
            found = Some(i);
        }
        count += 1;
        if part.most == count {
            break;
        }
        i += 1;
        // Full stops between the words are left out.
        while all.get(i).is_some_and(|t| t.is(text, ".") && !t.spaced) {
            i += 1;
        }
    }
    found
}

/// Post-nominals from token `at` on, separated by spaces or commas, and the token after them.
pub(super) fn postnominals(text: &str, all: &[Token], at: usize, lexicon: &Lexicon) -> (Vec<Span>, usize) {
    let mut found = Vec::new();
    let mut next = at;
    loop {
        let mut i = next;
        if all.get(i).is_some_and(|t| t.is(text, ",")) {
            i += 1;
        }
        let Some(token) = all.get(i).filter(|t| t.is_capital() && t.spaced) else { break };
        let word = token.of(text);
        // In capitals, or in the common misprint "Cc": never a word that is a name of its own.
        let known = token.known(text, lexicon);
        let known = known.postnominal
            && !known.given_name
            && (token.shape == Shape::Upper
                || (word.len() <= 3 && i == next)
                || matches!(fold(word).as_str(), "jnr" | "snr" | "jr" | "sr" | "esq"));
        if !known {
            break;
        }
        found.push(token.span);
        next = i + 1;
        if all.get(next).is_some_and(|t| t.is(text, ".") && !t.spaced) && token.shape != Shape::Upper {
            next += 1;
        }
    }
    (found, next)
}
