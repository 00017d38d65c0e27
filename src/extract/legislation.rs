//! Acts, bills, regulations and orders.
//!
//! In: the words of the document. Out: mentions of legislation; "the Act", "the Bill" as short forms of one that the
//! document names. A bill to pay, a point of order and standing orders are none.

use std::rc::Rc;

use crate::extract::proper::{Style, start};
use crate::extract::words::{Unit, Words};
use crate::extract::{Draft, Extractor, Rule};
use crate::model::{EntityKind, Nature};
use crate::text::token::Shape;

const NAME: &str = "legislation-name";
const BYLAW: &str = "legislation-bylaw";
const CITED: &str = "legislation-cited";
const SHORT: &str = "legislation-short";

/// Mentions of legislation.
pub(super) static EXTRACTOR: Extractor = Extractor {
    name: "legislation",
    what: "Needs organisations and people of the attendance list; adds mentions of legislation.",
    rules: &[
        Rule {
            name: NAME,
            what: "Capitalised words before \"Act\", \"Bill\", or before \"Regulations\" or \"Order\" with a year, name legislation.",
            accepts: &[
                "It is required by the Harbours and Ferries Act 1998.",
                "The Ferry Safety Bill was awaiting assent.",
                "under section 5 of the Protection of Rivers (Local Provisions) Act 1964",
                "The Ferry Fares Regulations 2011 apply.",
            ],
            refuses: &[
                "Cllr Bill Moore asked who would act.",
                "The Water Bill was paid.",
                "A point of Order was raised. Standing Orders were suspended.",
            ],
        },
        Rule {
            name: BYLAW,
            what: "Capitalised words before \"By-law\", or its number behind it, name a by-law.",
            accepts: &[
                "The Market Stalls Bye-Laws were read again.",
                "It amended the Harbour Dues By-law No. H.-12 and By-law 7/2011.",
            ],
            refuses: &["A bye-law against noise was suggested.", "The draft Bye-Laws go out to consultation."],
        },
        Rule {
            name: CITED,
            what: "An abbreviation in A with a year cites an act.",
            accepts: &["Payments were approved under LGA 1972 s. 137."],
            refuses: &["The AGM 2012 was held in the hall."],
        },
        Rule {
            name: SHORT,
            what: "\"The Act\", \"the Bill\" stand for legislation that the document names before.",
            accepts: &["The Ferry Safety Act came into force. The Act places a duty on councils."],
            refuses: &["The Act will be performed in the village hall."],
        },
    ],
    run,
};

fn run(draft: &mut Draft<'_>) {
    let words = Rc::clone(&draft.words);
    let mut seen: Vec<&'static str> = Vec::new();
    for unit in &words.units {
        let mut floor = unit.first;
        for at in unit.first..unit.last {
            let token = words.tokens[at];
            if !token.is_capital() || at < floor {
                continue;
            }
            if let Some(end) = cited(&words, *unit, at) {
                draft.mention(words.span(at, end), EntityKind::Legislation, CITED, Nature::Name);
                floor = end;
                continue;
            }
            let Some((head_end, kind)) = words.phrase(&draft.lexicon.legislation, at, unit.last) else { continue };
            if !words.tokens[head_end - 1].is_capital() || is_capitals(&words, at) {
                continue;
            }
            let year = year_after(&words, *unit, head_end);
            let number = (kind == "bylaw").then(|| number_after(&words, *unit, head_end)).flatten();
            let first = start(draft, &words, *unit, floor, at, Style::Legislation);
            let first = (first..at)
                .find(|i| !(words.opens(*unit, *i) && words.is_plain("opener", words.key(*i))))
                .unwrap_or(at);
            let first = (first..at).find(|i| words.tokens[*i].is_capital()).unwrap_or(at);
            if let Some(end) = number.filter(|_| first == at) {
                draft.mention(words.span(at, end), EntityKind::Legislation, BYLAW, Nature::Name);
                floor = end;
                continue;
            }
            if first == at {
                let definite = at > unit.first && words.word(at - 1).eq_ignore_ascii_case("the");
                if definite && head_end == at + 1 && year.is_none() && seen.contains(&kind) {
                    draft.mention(words.name_span(at, head_end), EntityKind::Legislation, SHORT, Nature::Short);
                }
                continue;
            }
            // "Assembly Bill 1121".
            let numbered = kind == "bill"
                && matches!(words.key(at - 1), "assembly" | "senate" | "house")
                && words.at(*unit, head_end).is_some_and(|t| t.shape == Shape::Number);
            let end = number.or(year).unwrap_or(if numbered { head_end + 1 } else { head_end });
            let dated = year.is_some() || number.is_some() || numbered;
            if is_name(draft, &words, *unit, first, at, kind, dated) {
                let span = if number.is_some() { words.span(first, end) } else { words.name_span(first, end) };
                let rule = if kind == "bylaw" { BYLAW } else { NAME };
                draft.mention(span, EntityKind::Legislation, rule, Nature::Name);
                seen.push(kind);
                floor = end;
            }
        }
    }
}

/// Whether words before a head name legislation.
fn is_name(
    draft: &Draft<'_>,
    words: &Words<'_>,
    unit: Unit,
    first: usize,
    head: usize,
    kind: &str,
    dated: bool,
) -> bool {
    let telling =
        (first..head).filter(|i| words.tokens[*i].is_capital() && !words.is_plain("generic", words.key(*i))).count();
    let count = (first..head).filter(|i| words.tokens[*i].is_capital()).count();
    if dated {
        return count > 0;
    }
    let lexicon = draft.lexicon;
    let definite = first > unit.first && words.word(first - 1).eq_ignore_ascii_case("the");
    match kind {
        "act" => telling > 0 || count > 1,
        "bylaw" => telling > 0,
        "bill" => {
            // "David Bill", "Cllr Bill Moore": a person; "Water Bill": a sum to pay.
            let person = lexicon.is_given_name(words.key(first)) && count == 1
                || words.at(unit, head + 1).is_some_and(|t| t.is_capital() && t.spaced)
                || lexicon.honorifics.get_folded(words.key(first)).is_some();
            let sum = matches!(
                words.key(head - 1),
                "water"
                    | "gas"
                    | "electricity"
                    | "electric"
                    | "utility"
                    | "energy"
                    | "telephone"
                    | "phone"
                    | "fuel"
                    | "oil"
            );
            !person && !sum && telling > 0 && (count > 1 || definite)
        }
        _ => false,
    }
}

/// The number of a by-law right after it: "No. 22/2014", "PH-4", "A.-6873-292", "(PS-114)", "28"; one past its last token.
fn number_after(words: &Words<'_>, unit: Unit, at: usize) -> Option<usize> {
    const LONGEST: usize = 12;
    let bracket = usize::from(words.is(at, "("));
    let mut from = at + bracket;
    if matches!(words.at(unit, from).map(|_| words.key(from)), Some("no" | "number" | "nr")) {
        from += 1;
        from += usize::from(words.is(from, "."));
    }
    // One token and what stands right behind it.
    let joined = |i: &usize| {
        words.at(unit, *i).is_some_and(|t| {
            (*i == from || !t.spaced) && (t.shape == Shape::Number || matches!(t.shape, Shape::Upper | Shape::Initial))
                || !t.spaced && matches!(words.word(*i), "." | "-" | "/" | "–")
        })
    };
    let mut end = (from..unit.last.min(from + LONGEST)).find(|i| !joined(i)).unwrap_or(unit.last.min(from + LONGEST));
    while end > from && words.tokens[end - 1].shape == Shape::Mark {
        end -= 1;
    }
    let figures = (from..end).any(|i| words.tokens[i].shape == Shape::Number);
    (figures && (bracket == 0 || words.is(end, ")"))).then_some(end + bracket)
}

/// A four-figure year right after a name, with a comma or bracket between at most: one past its last token.
fn year_after(words: &Words<'_>, unit: Unit, at: usize) -> Option<usize> {
    let skip = usize::from(words.is(at, ",") || words.is(at, "("));
    let token = words.at(unit, at + skip)?;
    let figures = words.word(at + skip);
    let year = token.shape == Shape::Number
        && figures
            .get(..4)
            .is_some_and(|y| y.bytes().all(|b| b.is_ascii_digit()) && (y.starts_with('1') || y.starts_with("20")))
        && (figures.len() == 4 || figures.as_bytes()[4].is_ascii_punctuation());
    if !year || figures.len() != 4 {
        // "2000-2014" of the Irish style is no part of the name.
        return None;
    }
    (skip == 0 || !words.is(at, "(") || words.is(at + 2, ")"))
        .then_some(if words.is(at, "(") { at + 3 } else { at + skip + 1 })
        .filter(|end| *end <= unit.last)
}

/// `LGA 1972`: an abbreviation that ends in A, and a year before this century's acts had names of their own.
fn cited(words: &Words<'_>, unit: Unit, at: usize) -> Option<usize> {
    let word = words.word(at);
    (words.tokens[at].shape == Shape::Upper
        && (3..=6).contains(&word.len())
        && word.ends_with('A')
        && !words.is(at + 1, ",")
        && !words.is(at + 1, "(")
        && at > unit.first
        && matches!(
            words.word(at - 1),
            "under" | "of" | "the" | "per" | "with" | "by" | "section" | "see" | "to" | ":" | "-" | "–" | "("
        ))
    .then(|| year_after(words, unit, at + 1))
    .flatten()
    .filter(|end| words.word(end - 1) < "2019")
}

/// Whether the head stands in capitals: in such a heading case tells nothing.
fn is_capitals(words: &Words<'_>, at: usize) -> bool {
    words.tokens[at].shape == Shape::Upper
}
