//! Names of organisations in running text and headings.
//!
//! In: the words of the document and the mentions that the attendance list gave. Out: mentions of organisations:
//! names built around an organisation word, well-known names and their abbreviations, and short forms ("the Board",
//! "the Working Group") of names that the document has. A body that is not named ("District Councils", "the Council"
//! where no council is named) is never a mention.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::extract::proper::{Style, complement, is_day, is_generic, is_stop, start};
use crate::extract::words::{Unit, Words, singular};
use crate::extract::{Draft, Extractor, Rule};
use crate::lexicon::fold;
use crate::model::{EntityKind, Nature, Span};
use crate::text::token::{Shape, Token};

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

/// Heads that stand before what tells them apart: Welsh and Irish.
const FRONT: &[&str] = &[
    "comhairle",
    "coimisiun",
    "coiste",
    "cyngor",
    "bwrdd",
    "pwyllgor",
    "prifysgol",
    "ymddiriedolaeth",
    "heddlu",
    "llywodraeth",
    "ysgol",
    "oifig",
    "roinn",
    "udaras",
    "bord",
    "ollscoil",
    "scoil",
    "colaiste",
    "gaelscoil",
];

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

/// A word or phrase that makes its surroundings an organisation.
#[derive(Clone, Copy)]
struct Head {
    first: usize,
    last: usize,
    /// Kind as the vocabulary gives it; empty for a well-known name.
    kind: &'static str,
    class: &'static str,
    /// Whether it is a name by itself.
    known: bool,
}

/// The head that starts at a token.
fn head_at(draft: &Draft<'_>, words: &Words<'_>, unit: Unit, at: usize) -> Option<Head> {
    let lexicon = draft.lexicon;
    let limit = cased(words, unit, at);
    let known = words.phrase(&lexicon.known_organisations, at, limit).map(|(last, _)| last);
    let term = words.phrase(&lexicon.organisations, at, limit);
    // "Probation Services" is not the Probation Service.
    let known = known.filter(|last| {
        words.is_possessive(last - 1)
            || last - at == 1
            || singular(words.key(last - 1)) == words.key(last - 1)
            || named_in_plural(draft, words, at, *last)
    });
    if let Some(last) = known.filter(|last| term.is_none_or(|(end, _)| *last >= end)) {
        // A name that is a word as well ("Shelter", "Mind") stands alone and within a sentence.
        let capital = |i: usize| words.at(unit, i).is_some_and(Token::is_capital);
        let plain = last == at + 1 && words.tokens[at].shape == Shape::Capital;
        let word = plain && !words.word(at).chars().skip(1).any(char::is_uppercase);
        if word && (words.is_common(words.key(at)) || words.opens(unit, at) && !words.is(at + 1, ",") || capital(last))
            || plain && at > unit.first && capital(at - 1) && !is_stop(words.key(at - 1))
        {
            return None;
        }
        return Some(Head { first: at, last, kind: "", class: "formal", known: true });
    }
    let Some((mut last, term)) = term else {
        let word = words.word(at);
        let short = words.tokens[at].shape == Shape::Upper || word.chars().skip(1).any(char::is_uppercase);
        return (short
            && lexicon.known_short(word).is_some()
            && lexicon.postnominals.get_folded(words.key(at)).is_none())
        .then_some(Head { first: at, last: at + 1, kind: "", class: "formal", known: true });
    };
    // "department for" without what it is for.
    if last > at + 1 && words.tokens[last - 1].shape == Shape::Lower && complement(draft, words, unit, last) == last {
        last -= 1;
    }
    // "Chief Executive", "Cabinet Member", "Office Manager": a post.
    let role = at
        .checked_sub(1)
        .filter(|before| *before >= unit.first && words.tokens[*before].is_capital())
        .and_then(|before| words.phrase(&lexicon.roles, before, unit.last));
    if role.is_some_and(|(end, role)| role.head && end >= last) && last == at + 1 {
        return None;
    }
    // A word of programmes as well as of bodies: "Living City Initiative".
    if last == at + 1 && lexicon.programmes.get_folded(words.key(at)).is_some_and(|p| p.strong) {
        return None;
    }
    Some(Head { first: at, last, kind: term.kind, class: term.class, known: false })
}

/// Whether a well-known name itself ends in a plural ("British Waterways").
fn named_in_plural(draft: &Draft<'_>, words: &Words<'_>, first: usize, last: usize) -> bool {
    let name: Vec<&str> = (first..last).map(|i| words.key(i)).collect();
    draft.lexicon.known_organisations.get_folded(&name.join(" ")).is_some()
}

/// One past the last token of a run of capitalised words and small words between them.
fn cased(words: &Words<'_>, unit: Unit, at: usize) -> usize {
    let mut end = at;
    let mut i = at;
    while let Some(token) = words.at(unit, i) {
        if token.is_capital() {
            end = i + 1;
        } else if !matches!(words.word(i), "and" | "of" | "&" | "the" | "for" | "on" | "." | "against" | "to" | ",") {
            break;
        }
        i += 1;
    }
    // The small word of "department for" belongs to the head.
    if words.at(unit, end).is_some_and(|_| matches!(words.word(end), "of" | "for" | "on")) { end + 1 } else { end }
}

/// One past the last token of a name with its further heads and its complement, and the place of its last head.
fn extend(draft: &Draft<'_>, words: &Words<'_>, unit: Unit, first: usize, head: &Head) -> (usize, usize) {
    let (mut last, mut last_head) = (head.last, head.first);
    loop {
        if words.tokens[last - 1].shape == Shape::Lower {
            let end = complement(draft, words, unit, last);
            return if end > last { (end, last_head) } else { (last, last_head) };
        }
        if let Some((start, end)) = next_head(draft, words, unit, last) {
            (last_head, last) = (start, end);
            continue;
        }
        break;
    }
    if FRONT.contains(&words.key(last_head)) {
        return (complement(draft, words, unit, last), last_head);
    }
    let Some(small) = words.at(unit, last).map(|_| words.word(last)).filter(|w| matches!(*w, "of" | "for" | "on"))
    else {
        return (last, last_head);
    };
    let end = complement(draft, words, unit, last + 1);
    if end == last + 1 || end > unit.last {
        return (last, last_head);
    }
    let generic = (first..last.saturating_sub(1)).all(|i| is_generic(words.key(i)));
    let term = format!("{} {small}", singular(words.stem(last - 1)));
    let listed = draft.lexicon.organisations.get_folded(&term).is_some();
    let takes = match small {
        "of" => {
            listed
                || generic && last - first > 1
                || matches!(
                    words.stem(last - 1),
                    "borough"
                        | "university"
                        | "bank"
                        | "society"
                        | "corporation"
                        | "district"
                        | "diocese"
                        | "archdiocese"
                        | "parish"
                        | "museum"
                        | "hospitals"
                        | "faculty"
                        | "union"
                        | "assembly"
                        | "parliament"
                        | "government"
                )
        }
        "for" => {
            listed
                || matches!(
                    words.stem(last - 1),
                    "society" | "trust" | "foundation" | "association" | "agency" | "institute" | "campaign"
                )
        }
        _ => listed && last - first > 1 && !is_told(words, unit, first),
    };
    // "Planning Committee of Blaby District Council": two names, each in full.
    let has_head = (last + 1..end).any(|i| words.tokens[i].is_capital() && head_at(draft, words, unit, i).is_some());
    let full = !generic && last - first > 1;
    if !takes || (has_head && full && small != "for") { (last, last_head) } else { (end, last_head) }
}

/// Whether the name is what somebody is told about something: "updated the Planning Committee on Traffic".
fn is_told(words: &Words<'_>, unit: Unit, first: usize) -> bool {
    (first.saturating_sub(3).max(unit.first)..first).any(|i| {
        matches!(
            words.word(i),
            "updated" | "briefed" | "advised" | "informed" | "addressed" | "update" | "brief" | "to"
        )
    })
}

/// The next head in the same run of capitalised words: "Leicestershire Police | Prevent Team".
fn next_head(draft: &Draft<'_>, words: &Words<'_>, unit: Unit, from: usize) -> Option<(usize, usize)> {
    let lexicon = draft.lexicon;
    let mut i = from;
    while i < from + 7 {
        let token = words.at(unit, i)?;
        if token.is_capital() {
            let key = words.key(i);
            let apart = is_day(key)
                || (is_stop(key) && key != "first")
                || lexicon.honorifics.get_folded(key).is_some()
                || draft.is_taken(token.span, EntityKind::Person)
                || draft.is_taken(token.span, EntityKind::Organisation)
                || (token.shape == Shape::Upper && key.len() > 6);
            if apart {
                return None;
            }
            if let Some(head) = head_at(draft, words, unit, i) {
                return (!head.known || i == from).then_some((head.first, head.last));
            }
            if lexicon.roles.get_folded(key).is_some_and(|r| r.head) || lexicon.venues.get_folded(key).is_some() {
                return None;
            }
        } else {
            let joins = matches!(words.word(i), "and" | "&")
                && i > from
                && words.at(unit, i + 1).is_some_and(Token::is_capital);
            let possessive = matches!(words.word(i), "'" | "’") && !token.spaced;
            if !joins && !possessive {
                return None;
            }
        }
        i += 1;
    }
    None
}

/// Whether the name is that of a building or a street: "Mill Hill Police Station", "School Lane".
fn is_place(draft: &Draft<'_>, words: &Words<'_>, unit: Unit, head: &Head, last: usize) -> bool {
    if last == head.last
        && matches!(words.stem(head.first), "section" | "unit" | "chapter" | "division" | "branch" | "group" | "court")
        && words.at(unit, last).is_some_and(|t| t.shape == Shape::Number)
    {
        return true;
    }
    !head.known
        && last == head.last
        && head.last - head.first == 1
        && words.at(unit, last).is_some_and(Token::is_capital)
        && words.phrase(&draft.lexicon.venues, last, unit.last).is_some()
}

/// Whether the name goes on to something that is no organisation: a post ("Strategy Group Chair"), a project named
/// after a place ("Glen Parva Prison Project"), an act cited by letters that an organisation has as well.
fn is_other(draft: &Draft<'_>, words: &Words<'_>, unit: Unit, head: &Head, first: usize, last: usize) -> bool {
    let Some(next) = words.at(unit, last) else { return false };
    if head.known {
        return head.last - head.first == 1 && next.shape == Shape::Number && words.word(last).len() == 4;
    }
    let within = words.span(head.first, last + 1);
    // "Open Government Licence": the capitalised words go on, and their head is another.
    let goes_on = next.shape == Shape::Capital
        && last == head.last
        && head.last - head.first == 1
        && last - first < 3
        && !is_stop(words.key(last))
        && !is_day(words.key(last))
        && draft.lexicon.roles.longest_from(words.key(last)) == 0
        && draft.lexicon.honorifics.longest_from(words.key(last)) == 0
        && !draft.is_taken(next.span, EntityKind::Person)
        && words.stem(head.first) != "council";
    if goes_on {
        return true;
    }
    let post = next.is_capital()
        && draft.is_taken(within, EntityKind::Role)
        && words.phrase(&draft.lexicon.roles, last, unit.last).is_some_and(|(_, role)| role.head);
    let project = next.shape == Shape::Capital
        && head.last - head.first == 1
        && last == head.last
        && words
            .phrase(&draft.lexicon.programmes, last, unit.last)
            .is_some_and(|(_, word)| word.strong && word.kind != "other");
    post || project
}

/// Takes words off the start that name no organisation: sentence openers, posts, honorifics.
fn trim(draft: &Draft<'_>, words: &Words<'_>, unit: Unit, first: usize, head: usize) -> usize {
    let mut first = first;
    while first < head {
        let key = words.key(first);
        let small = !words.tokens[first].is_capital();
        let opener = words.opens(unit, first) && is_stop(key);
        // "Chairman Safer Communities Board", "Inspector Knopp Prevent Team" stay with the attendance extractors;
        // here a post in front of a name is cut off.
        let post = draft.lexicon.roles.get_folded(key).is_some_and(|r| r.head && r.class != "governor")
            && first + 1 < head
            && !matches!(key, "officer" | "officers" | "chief" | "police" | "member" | "members");
        // "the Council's Noise Team": whose it is, is not told.
        let owner = words.is_possessive(first) && is_generic(words.stem(first));
        if !(small || opener || post || owner) {
            break;
        }
        first += 1;
    }
    first
}

/// Whether the words before the last one tell which organisation it is.
fn is_name(words: &Words<'_>, first: usize, last: usize, last_head: usize, head: &Head) -> bool {
    let telling = (first..last - 1)
        .filter(|i| words.tokens[*i].is_capital())
        .filter(|i| {
            let stem = words.stem(*i);
            !is_generic(stem) && !is_generic(words.key(*i))
        })
        .count();
    let complemented = (head.last..last).any(|i| words.tokens[i].shape == Shape::Lower && words.word(i) != "and")
        || words.tokens[head.last - 1].shape == Shape::Lower;
    if complemented {
        // "Board of Directors", "Council of the District".
        return (head.last..last).any(|i| {
            words.tokens[i].is_capital()
                && !is_generic(words.stem(i))
                && !matches!(words.stem(i), "directors" | "governors" | "supervisors" | "visitors" | "elders" | "state")
        });
    }
    let before = (first..last - 1).filter(|i| words.tokens[*i].is_capital()).count();
    // A branch of work ("Public Health", "Trading Standards") is a unit only of an organisation that is named.
    if head.kind == "service unit" && last_head == head.first {
        let end = words.stem(last - 1);
        return first < head.first && telling > 0 && matches!(end, "service" | "services" | "team");
    }
    // Words for places, rooms and kinds of business: one word before them is as often a description.
    let weak = last == head.last
        && head.last - head.first == 1
        && matches!(
            words.stem(head.first),
            "party"
                | "society"
                | "centre"
                | "center"
                | "company"
                | "office"
                | "service"
                | "services"
                | "kindergarten"
                | "section"
                | "sections"
                | "unit"
                | "units"
                | "cluster"
                | "hub"
                | "chapter"
                | "branch"
                | "nursery"
                | "prison"
                | "bank"
                | "division"
                | "executive"
                | "agency"
                | "club"
                | "school"
                | "library"
                | "church"
                | "chapel"
                | "theatre"
                | "court"
                | "railway"
                | "campus"
                | "surgery"
                | "pharmacy"
                | "police"
                | "network"
        );
    if weak && words.stem(head.first) != "police" {
        let kind = words.stem(head.first);
        if before < 2 || matches!(kind, "services" | "sections" | "units") {
            return false;
        }
    }
    // A Welsh or Irish head without what follows it: "Mae'r Cyngor".
    if first == last_head && FRONT.contains(&words.key(last_head)) && last == head.last {
        return false;
    }
    let plural = singular(words.stem(last - 1)) != words.stem(last - 1)
        && !matches!(
            words.stem(last - 1),
            "services"
                | "commissioners"
                | "conservators"
                | "partners"
                | "solicitors"
                | "architects"
                | "consultants"
                | "enterprises"
                | "hospitals"
                | "scouts"
                | "associates"
                | "airlines"
                | "ferries"
                | "railways"
                | "ventures"
                | "studios"
                | "holdings"
                | "investments"
                | "laboratories"
                | "logistics"
                | "waterworks"
                | "almshouses"
                | "conservatives"
        );
    if plural {
        return telling > 0 && before > 1 && !(first..last).any(|i| words.is(i, "and") && i + 2 >= head.first);
    }
    // A formal kind of body and nothing else: "Primary School", "Fire Authority".
    if first == head.first && head.class == "formal" && last == head.last && before < 2 {
        return telling > 0
            && matches!(words.stem(last - 1), "service" | "government" | "army" | "legion" | "party" | "institute");
    }
    telling > 0
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
        let fitting = by_end.get(end).map_or(0, |names| names.iter().filter(|n| ends(n)).count());
        if fitting == 1 {
            draft.mention(span, EntityKind::Organisation, SHORT, Nature::Short);
        }
    }
}
