//! Names of organisations in running text and headings.
//!
//! In: the words of the document and the mentions that the attendance list gave. Out: mentions of organisations:
//! names built around an organisation word, well-known names and their abbreviations, and short forms ("the Board",
//! "the Working Group") of names that the document has. A body that is not named ("District Councils", "the Council"
//! where no council is named) is never a mention.

mod head;

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::extract::proper::{Style, start};
use crate::extract::words::{Unit, Words};
use crate::extract::{Draft, Extractor, Rule};
use crate::lexicon::fold;
use crate::model::{EntityKind, Nature, Span};
use crate::text::token::Shape;
use head::{extend, head_at, is_name, is_other, is_place, trim};

const NAME: &str = "organisation-name";
const KNOWN: &str = "known-organisation";
const SHORT: &str = "organisation-short";
const BODY: &str = "body-description";

/// Mentions of organisations outside attendance lists.
pub(super) static EXTRACTOR: Extractor = Extractor {
    name: "organisation",
    what: "Needs people and organisations of the attendance list; adds mentions of organisations in the text.",
    rules: &[
        Rule {
            name: NAME,
            what: "Capitalised words around an organisation word name an organisation.",
            accepts: &[
                minuted!("The grant was paid by Rutland Water District Council last year."),
                minuted!("A paper by the Marsh, Fenland and Wold Task and Finish Group was noted."),
                minuted!("Local Community Safety Partnerships would own the plan."),
                minuted!("The Department for Rural Affairs and Fisheries replied."),
                minuted!("Boats were bought from Harbour & Sons Ltd in May."),
            ],
            refuses: &[
                "The District Councils were asked to reply.",
                "Members thanked the Council and the Working Group.",
                "He lives near Mill Hill Police Station.",
                "the local authorities and the group agreed",
            ],
        },
        Rule {
            name: KNOWN,
            what: "A well-known organisation is named by its name or its usual abbreviation.",
            accepts: &[minuted!("A reply from the Home Office was awaited.")],
            refuses: &["She has an office at home."],
        },
        Rule {
            name: SHORT,
            what: "\"The\" with an organisation word alone stands for the one organisation of the document that ends so.",
            accepts: &[minuted!("The Wold Flood Risk Trust met in May. A grant for the Trust was agreed.")],
            refuses: &["Members have trust in the process."],
        },
        Rule {
            name: BODY,
            what: "\"The\" with the last word of the body's name stands for the body.",
            accepts: &[
                "Minutes of a meeting of Wold Flood Risk Board held on 3 May 2016\n\nPresent\n\nJane Moore\n\n1. Report\n\nThe Board noted the report.",
            ],
            refuses: &["The report was noted on board."],
        },
    ],
    run,
};

/// Organisation words that stand for a name given before: "the Trust". Others ("the Bank", "the Court") as often
/// mean a place or another body.
const ECHOES: &[&str] = &[
    "board",
    "committee",
    "council",
    "trust",
    "group",
    "panel",
    "partnership",
    "team",
    "authority",
    "agency",
    "service",
    "commission",
    "association",
    "society",
    "company",
    "department",
    "forum",
    "network",
    "foundation",
    "district",
    "university",
    "college",
    "charity",
    "club",
    "school",
    "corporation",
    "federation",
    "union",
    "institute",
    "taskforce",
    "sub-committee",
    "subcommittee",
    "police",
    "commissioner",
    "constabulary",
    "ministry",
    "consortium",
    "alliance",
];

/// A name that was found, before it is compared with the others of the document.
struct Candidate {
    unit: Unit,
    first: usize,
    last: usize,
    /// Whether its first word opens a sentence, so that its capital tells nothing.
    opens: bool,
    rule: &'static str,
}

/// An organisation word with nothing that tells which.
struct Generic {
    first: usize,
    last: usize,
}

fn run(draft: &mut Draft<'_>) {
    let words = Rc::clone(&draft.words);
    let mut names = Vec::new();
    let mut generics = Vec::new();
    for unit in &words.units {
        scan(draft, &words, *unit, &mut names, &mut generics);
    }
    settle(&words, &mut names);
    let full: FxHashSet<String> = names.iter().map(|n| key_of(&words, n.first, n.last)).collect();
    let ends: FxHashSet<&str> =
        full.iter().flat_map(|name| name.match_indices(' ').map(|(at, _)| &name[at + 1..])).collect();
    for name in &names {
        let span = words.name_span(name.first, name.last);
        if draft.is_taken(span, EntityKind::Organisation) {
            continue;
        }
        // "the Prevent Team" where the document has a "Police Prevent Team".
        let definite = name.first > name.unit.first && words.word(name.first - 1).eq_ignore_ascii_case("the");
        let short = definite
            && name.rule == NAME
            && name.last - name.first < 3
            && ends.contains(key_of(&words, name.first, name.last).as_str());
        let (rule, nature) = if short { (SHORT, Nature::Short) } else { (name.rule, Nature::Name) };
        draft.mention(span, EntityKind::Organisation, rule, nature);
    }
    shorten(draft, &words, &generics);
}

/// Finds the names of a unit, from left to right.
fn scan(draft: &Draft<'_>, words: &Words<'_>, unit: Unit, names: &mut Vec<Candidate>, generics: &mut Vec<Generic>) {
    let mut floor = unit.first;
    let mut at = unit.first;
    while at < unit.last {
        let token = words.tokens[at];
        if !token.is_capital()
            || draft.is_taken(token.span, EntityKind::Organisation)
            || draft.is_taken(token.span, EntityKind::Person)
        {
            at += 1;
            continue;
        }
        let Some(head) = head_at(draft, words, unit, at) else {
            at += 1;
            continue;
        };
        // A well-known name is whole, unless it ends in a word that others are named with ("Rutland Women's Institute").
        let whole = head.known && words.phrase(&draft.lexicon.organisations, head.last - 1, head.last).is_none();
        let first = if whole { head.first } else { start(draft, words, unit, floor, head.first, Style::Organisation) };
        let (last, last_head) = extend(draft, words, unit, first, &head);
        at = last.max(at + 1);
        if is_place(draft, words, unit, &head, last) || is_other(draft, words, unit, &head, first, last) {
            continue;
        }
        let first = trim(draft, words, unit, first, head.first);
        let named = head.known || is_name(words, first, last, last_head, &head);
        if named && !is_capitals(words, first, last) {
            floor = last;
            names.push(Candidate {
                unit,
                first,
                last,
                opens: words.opens(unit, first),
                rule: if head.known && first == head.first && last == head.last { KNOWN } else { NAME },
            });
        } else if first > unit.first && words.word(first - 1).eq_ignore_ascii_case("the") {
            generics.push(Generic { first, last });
        }
    }
}

/// Whether the name stands in capitals throughout, where case does not tell a name from other words.
fn is_capitals(words: &Words<'_>, first: usize, last: usize) -> bool {
    let mut long = 0;
    for i in first..last {
        match words.tokens[i].shape {
            Shape::Capital => return false,
            Shape::Upper if words.word(i).chars().count() > 4 => long += 1,
            _ => {}
        }
    }
    long > 0
}

/// A name as it is compared within the document.
fn key_of(words: &Words<'_>, first: usize, last: usize) -> String {
    let mut key = String::new();
    for i in first..last {
        if i > first {
            key.push(' ');
        }
        key.push_str(if i + 1 == last { words.stem(i) } else { words.key(i) });
    }
    if key.ends_with('s') { key[..key.len() - 1].to_owned() } else { key }
}

/// Uses the sure names of a document to find where unsure ones start: the first word of a sentence is no part of a
/// name that stands elsewhere without it, a word in lower case is part of one that stands elsewhere with it.
fn settle(words: &Words<'_>, names: &mut [Candidate]) {
    let sure: FxHashSet<String> = names.iter().filter(|n| !n.opens).map(|n| key_of(words, n.first, n.last)).collect();
    for name in names {
        if name.opens && name.last - name.first > 2 {
            let rest = key_of(words, name.first + 1, name.last);
            if sure.contains(&rest) && !sure.contains(&key_of(words, name.first, name.last)) {
                name.first += 1;
            }
        } else if name.first > name.unit.first && words.tokens[name.first - 1].shape == Shape::Lower {
            let before = words.word(name.first - 1);
            if before.len() > 3 && sure.contains(&format!("{before} {}", key_of(words, name.first, name.last))) {
                name.first -= 1;
            }
        }
    }
}

/// Short forms: "the Board" for the body, "the Trust" for the one trust of the document.
fn shorten(draft: &mut Draft<'_>, words: &Words<'_>, generics: &[Generic]) {
    if generics.is_empty() {
        return;
    }
    let text = draft.text();
    let body = draft.body.map(|n| draft.span_of(n)).or(draft.minutes.header.body).map(|s| fold(s.of(text)));
    // Names of the document by their last word.
    let mut by_end: FxHashMap<String, FxHashSet<String>> = FxHashMap::default();
    for mention in &draft.mentions {
        if mention.kind == EntityKind::Organisation && mention.nature == Nature::Name {
            let name = fold(mention.span.of(text));
            if let Some(end) = name.rsplit(' ').next() {
                by_end.entry(end.to_owned()).or_default().insert(name.clone());
            }
        }
    }
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    for generic in generics {
        let span: Span = words.name_span(generic.first, generic.last);
        if draft.is_taken(span, EntityKind::Organisation) || is_capitals(words, generic.first, generic.last) {
            continue;
        }
        let key = fold(span.of(text));
        let ends = |name: &str| name == key || name.strip_suffix(key.as_str()).is_some_and(|rest| rest.ends_with(' '));
        if body.as_deref().is_some_and(ends) {
            draft.mention(span, EntityKind::Organisation, BODY, Nature::Description);
            continue;
        }
        let end = key.rsplit(' ').next().unwrap_or("");
        if !ECHOES.contains(&end) {
            continue;
        }
        let fitting = *counts
            .entry(key.clone())
            .or_insert_with(|| by_end.get(end).map_or(0, |names| names.iter().filter(|n| ends(n)).count()));
        if fitting == 1 {
            draft.mention(span, EntityKind::Organisation, SHORT, Nature::Short);
        }
    }
}
