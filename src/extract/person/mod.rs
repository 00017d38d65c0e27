//! People in running text.
//!
//! In: the words of the document, the people of the attendance list, and the other mentions. Out: mentions of people:
//! full names, titled surnames, and surnames, given names and initials of people whom the document names in full.
//! A building, a street, a programme or an organisation that is built like a name is none.

mod listed;
mod short;

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::extract::words::{Unit, Words};
use crate::extract::{Draft, Extractor, Rule};
use crate::lexicon::{fold, with_folded};
use crate::model::{EntityKind, Nature};
use crate::text::name::{Context, Name, NameParts, name_at};
use crate::text::token::Shape;

const NAME: &str = "person-name";
const TITLED: &str = "person-titled";
const SHORT: &str = "person-short";
const INITIALS: &str = "person-initials";
const CHAIR: &str = "chair-description";

/// Mentions of people in running text.
pub(super) static EXTRACTOR: Extractor = Extractor {
    name: "person",
    what: "Needs all other mentions; adds people in running text.",
    rules: &[
        Rule {
            name: NAME,
            what: "A known given name or initials with a surname, a title with a name, or a name that the document lists, name a person.",
            accepts: &[
                "A report by Jane Moore was noted.",
                "Cllr. David Frank had written to the clerk.",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Thandrila Oxvane, Mr Tom Rowe\n\n1. FERRIES\n\nA report by Thandrila Oxvane was noted.",
            ],
            refuses: &[
                "The site at Glen Parva and Victoria Road was visited.",
                "A visit to County Hall and All Saints Church was made.",
                "The Sarah Jane Trust gave a grant.",
            ],
        },
        Rule {
            name: TITLED,
            what: "A title with a surname names a person.",
            accepts: &["Mr. Bearne updated the Board.", "Councillors Butler, Hogan and Sheahan voted in favour."],
            refuses: &["The Councillors Training was postponed. The General Meeting was held."],
        },
        Rule {
            name: SHORT,
            what: "A given name or surname alone stands for a person whom the document names in full.",
            accepts: &["Jane Moore reported on ferries. The board thanked Jane for her work."],
            refuses: &["The board thanked Jane for her work.", "Mark Moore spoke of a mark. Mark the date."],
        },
        Rule {
            name: INITIALS,
            what: "Initials that stand in brackets after a name stand for that person.",
            accepts: &["Jane Moore (JM) spoke. JM agreed to write."],
            refuses: &["JM agreed to write. Jane Moore (CEO) spoke."],
        },
        Rule {
            name: CHAIR,
            what: "\"The Chairman\" at the start of a sentence is whoever took the chair.",
            accepts: &["The Chairman welcomed everyone."],
            refuses: &["It was suggested that a chairman be found. The chair was broken."],
        },
    ],
    run,
};

fn run(draft: &mut Draft<'_>) {
    let words = Rc::clone(&draft.words);
    for unit in &words.units {
        full_names(draft, &words, *unit);
    }
    let mut parts = Parts::default();
    listed::listed_names(draft, &words, &mut parts);
    short::short_names(draft, &words, &mut parts);
    short::initials(draft, &words);
    short::chairs(draft, &words);
}

/// Names as written, taken apart once each.
type Parts<'d> = FxHashMap<&'d str, NameParts>;

const OTHERS: [EntityKind; 3] = [EntityKind::Organisation, EntityKind::Programme, EntityKind::Legislation];

/// Names with a title or a given name.
fn full_names(draft: &mut Draft<'_>, words: &Words<'_>, unit: Unit) {
    let text = draft.text();
    let tokens = &words.tokens[unit.first..unit.last];
    let mut at = unit.first;
    while at < unit.last {
        if !may_start(draft, words, unit, at) {
            at += 1;
            continue;
        }
        // "… of the Members. Cllr Gilligan said": a long word with a full stop ends a sentence and is no title.
        if words.is(at + 1, ".") && words.key(at).len() > 5 {
            at += 1;
            continue;
        }
        let name = name_at(text, tokens, at - unit.first, Context::Prose, draft.lexicon);
        let Some(name) = name.map(|n| without_post(draft, n)).filter(|n| is_person(draft, words, unit, n)) else {
            at += 1;
            continue;
        };
        at = (unit.first + name.tokens.1).max(at + 1);
        let taken =
            draft.is_taken(name.span, EntityKind::Person) || OTHERS.iter().any(|k| draft.is_taken(name.span, *k));
        if taken {
            continue;
        }
        add(draft, &name);
        let plural = name
            .honorifics
            .iter()
            .any(|h| draft.lexicon.honorifics.get(h.of(text)).is_some_and(|h| h.class == "plural"));
        if plural {
            at = listed(draft, words, unit, at);
        }
    }
}

fn add(draft: &mut Draft<'_>, name: &Name) {
    // "Mr Bannister's employment".
    let words = name.span.of(draft.text());
    let bare = words.strip_suffix("'s").or(words.strip_suffix("’s")).unwrap_or(words);
    let span = name.span.slice(0, bare.len());
    if name.is_full() {
        draft.mention(span, EntityKind::Person, NAME, Nature::Name);
    } else {
        draft.mention(span, EntityKind::Person, TITLED, Nature::Short);
    }
}

/// A name without a post that runs on after it: "Mr A Stannard Handyman".
fn without_post(draft: &Draft<'_>, mut name: Name) -> Name {
    let text = draft.text();
    let post = name.given.len() > 1
        && name.postnominals.is_empty()
        && draft.lexicon.roles.get(name.family.of(text)).is_some_and(|r| r.head);
    if post && let Some(family) = name.given.pop() {
        name.family = family;
        name.span.end = family.end;
        name.tokens.1 -= 1;
    }
    name
}

/// The rest of a list after a title for several: "Councillors Butler, M. Hogan and Sheahan". Returns where it ends.
fn listed(draft: &mut Draft<'_>, words: &Words<'_>, unit: Unit, from: usize) -> usize {
    let text = draft.text();
    let tokens = &words.tokens[unit.first..unit.last];
    let mut at = from;
    loop {
        let mut next = at;
        while words.at(unit, next).is_some() && matches!(words.word(next), "," | "and" | "&") {
            next += 1;
        }
        let Some(token) = words.at(unit, next).filter(|t| next > at && t.is_capital()) else { return at };
        let key = words.key(next);
        if words.is_plain("opener", key)
            || words.is_plain("generic", key)
            || draft.lexicon.is_no_name(key)
            || draft.is_taken(token.span, EntityKind::Person)
        {
            return at;
        }
        let name = name_at(text, tokens, next - unit.first, Context::List, draft.lexicon);
        if let Some(name) = name.map(|n| without_post(draft, n)).filter(|n| n.tokens.1 - n.tokens.0 > 1) {
            at = unit.first + name.tokens.1;
            if draft.is_taken(name.span, EntityKind::Person) || OTHERS.iter().any(|k| draft.is_taken(name.span, *k)) {
                return at;
            }
            add(draft, &name);
        } else if token.shape == Shape::Capital && !OTHERS.iter().any(|k| draft.is_taken(token.span, *k)) {
            draft.mention(words.name_span(next, next + 1), EntityKind::Person, TITLED, Nature::Short);
            at = next + 1;
        } else {
            return at;
        }
    }
}

/// Whether a name may start at a token; cheap, so that most words cost nothing more.
fn may_start(draft: &Draft<'_>, words: &Words<'_>, unit: Unit, at: usize) -> bool {
    let token = words.tokens[at];
    let lexicon = draft.lexicon;
    let Some(next) = words.at(unit, at + 1) else { return false };
    match token.shape {
        Shape::Lower => matches!(words.word(at), "cllr" | "cllrs" | "mr" | "mrs" | "ms" | "dr"),
        Shape::Initial => next.is_capital() || words.is(at + 1, "."),
        Shape::Capital | Shape::Upper => {
            // A given name goes on with another part; a title may have a full stop.
            let key = words.key(at);
            let part = next.is_capital() || next.shape == Shape::Lower && lexicon.is_particle(words.word(at + 1));
            let given =
                || key.split('-').next().is_some_and(|part| lexicon.is_given_name(part)) && !words.is_plain("day", key);
            (part || words.is(at + 1, ".") || words.is(at + 1, "/")) && lexicon.honorifics.longest_from(key) > 0
                || part && given()
        }
        _ => false,
    }
}

/// Titles that are words of other phrases as well: "General Meeting", "Major Works", "Private Sector".
fn is_loose(key: &str) -> bool {
    matches!(
        key,
        "general"
            | "gov"
            | "pc"
            | "gm"
            | "dc"
            | "ps"
            | "members"
            | "directors"
            | "trustees"
            | "supervisors"
            | "superintendents"
            | "representatives"
            | "representative"
            | "chancellor"
            | "major"
            | "private"
            | "master"
            | "prior"
            | "dean"
            | "chief"
            | "president"
            | "director"
            | "chair"
            | "chairman"
            | "mayor"
            | "captain"
            | "minister"
            | "judge"
            | "deputy"
            | "officer"
            | "clerk"
            | "warden"
            | "commissioner"
            | "constable"
            | "marshal"
            | "sister"
            | "brother"
            | "father"
            | "mother"
            | "canon"
            | "lady"
            | "lord"
            | "secretary"
            | "treasurer"
            | "trustee"
            | "member"
            | "leader"
            | "supervisor"
            | "manager"
            | "inspector"
            | "superintendent"
            | "speaker"
            | "justice"
            | "doctor"
            | "professor"
            | "pastor"
            | "elder"
            | "bishop"
            | "prince"
            | "princess"
            | "king"
            | "queen"
            | "duke"
            | "earl"
            | "baron"
            | "councillors"
            | "councillor"
            | "attorney"
            | "senator"
            | "governor"
            | "colonel"
            | "sergeant"
            | "vice"
            | "principal"
    )
}

/// Whether what is built like a name is one.
fn is_person(draft: &Draft<'_>, words: &Words<'_>, unit: Unit, name: &Name) -> bool {
    let text = draft.text();
    let lexicon = draft.lexicon;
    let (first, end) = (unit.first + name.tokens.0, unit.first + name.tokens.1);
    let titled = !name.honorifics.is_empty();
    let family = fold(name.family.of(text));
    let family = family.strip_suffix("'s").unwrap_or(&family);
    let last = family.rsplit(' ').next().unwrap_or("");
    let next = words.at(unit, end).filter(|t| t.is_capital()).map(|_| words.key(end));
    if family.is_empty() || words.is_plain("day", last) || (words.is_plain("opener", last) && !titled) {
        return false;
    }
    // In capitals throughout, a heading: case tells nothing.
    let shouting = (first..end)
        .all(|i| words.tokens[i].shape != Shape::Capital && words.tokens[i].shape != Shape::Lower)
        && (first..end).any(|i| words.word(i).len() > 3);
    if shouting {
        return false;
    }
    // Streets and landscape, and where a surname is meant as often, only after a word of place.
    let place = || {
        words.is_plain("ground", last)
            || words.is_plain("ground or surname", last)
                && first > unit.first
                && matches!(words.word(first - 1), "in" | "at" | "on" | "off" | "near" | "along" | "to" | "from" | "of")
    };
    if !titled && place() {
        return false;
    }
    let venue = next.is_some() && words.phrase(&lexicon.venues, end, unit.last).is_some();
    let thing = || {
        words.is_plain("generic", last)
            || lexicon.organisations.get_folded(last).is_some()
            || lexicon.programmes.get_folded(last).is_some()
            || lexicon.venues.get_folded(last).is_some()
            || lexicon.roles.get_folded(last).is_some_and(|r| r.head)
    };
    if titled {
        // "… of the Board. President Hanneman": the stop ends a sentence.
        let ended = name.honorifics.iter().any(|h| {
            let words = h.of(text);
            let stop = if words.len() > 6 { words.find(". ") } else { None };
            stop.is_some_and(|at| at > 4 || words.starts_with(char::is_uppercase) && words.len() > 12)
        });
        if venue || ended {
            return false;
        }
        // "Gov.UK", "General IT": letters are no surname after a title that is a word like any other.
        let loose =
            name.honorifics.iter().all(|h| with_folded(h.of(text), |h| is_loose(h.rsplit(' ').next().unwrap_or(""))));
        if !loose
            || name.given.iter().any(|g| {
                lexicon.is_given_name(g.of(text)) || g.of(text).chars().filter(|c| c.is_alphabetic()).count() == 1
            })
        {
            return !(loose && name.given.is_empty() && thing());
        }
        let letters = name.family.of(text).chars().all(|c| !c.is_lowercase());
        return !thing()
            && !letters
            && !words.is_plain("opener", last)
            && !words.is_common(last)
            && !lexicon.is_no_name(last)
            && (next.is_none() || !name.given.is_empty());
    }
    // "Bill" of "Ferry Safety Bill", "Grant" of "Grant Funding".
    let given = name.given.first().map(|g| fold(g.of(text))).unwrap_or_default();
    let letters = name.family.of(text);
    let region = letters.len() < 4 && letters.len() > 1 && letters.chars().all(char::is_uppercase);
    let vague = region
        || matches!(
            given.as_str(),
            "san"
                | "del"
                | "los"
                | "las"
                | "la"
                | "el"
                | "santa"
                | "saint"
                | "st"
                | "fort"
                | "mount"
                | "lake"
                | "north"
                | "south"
                | "east"
                | "west"
                | "upper"
                | "lower"
                | "great"
                | "little"
                | "ty"
        )
        || lexicon.venues.get_folded(&given).is_some()
        || words.is_plain("generic", &given);
    // Four words or more of which none is an initial: a heading or a business rather than a name.
    let long = name.given.len() > 2
        && name.given.iter().all(|g| g.of(text).chars().filter(|c| c.is_alphabetic()).count() > 1)
        && !name.given[1..].iter().all(|g| lexicon.is_given_name(g.of(text)));
    if venue || thing() || vague || long || (words.is_common(&given) && words.is_common(last)) {
        return false;
    }
    let before = first.checked_sub(1).filter(|i| *i >= unit.first);
    if let Some(i) = before {
        let word = words.word(i);
        let key = words.key(i);
        if matches!(word, "the" | "The" | "a" | "an") {
            return false;
        }
        let part = words.tokens[i].is_capital()
            && !draft.is_taken(words.tokens[i].span, EntityKind::Person)
            && lexicon.roles.get_folded(key).is_none()
            && lexicon.honorifics.get_folded(key).is_none()
            && !words.is_plain("opener", key);
        if part {
            return false;
        }
    }
    let initial = name.given.iter().all(|g| g.of(text).chars().filter(|c| c.is_alphabetic()).count() == 1);
    if initial {
        // "Option B Review", "Appendix A Report" have their letter after a word; "C Moore" has a surname of its own.
        let lettered = before.is_some_and(|i| {
            matches!(
                words.key(i),
                "option"
                    | "plan"
                    | "class"
                    | "appendix"
                    | "section"
                    | "room"
                    | "block"
                    | "unit"
                    | "road"
                    | "category"
                    | "grade"
                    | "part"
                    | "schedule"
                    | "phase"
                    | "zone"
                    | "group"
                    | "form"
                    | "item"
                    | "table"
                    | "exhibit"
                    | "annex"
                    | "figure"
            )
        });
        let inner = first >= unit.first + 2 && words.is(first - 1, ".") && !words.tokens[first].spaced;
        if inner || lettered || last.len() < 3 || words.is_common(last) || lexicon.is_no_name(last) {
            return false;
        }
    }
    // A longer run of capitalised words is the name of something else, unless a post or another person follows.
    match next {
        None => true,
        Some(key) => {
            words.is(end, ",")
                || lexicon.roles.longest_from(key) > 0
                || lexicon.honorifics.longest_from(key) > 0
                || draft.is_taken(words.tokens[end].span, EntityKind::Person)
                || draft.is_taken(words.tokens[end].span, EntityKind::Organisation)
        }
    }
}
