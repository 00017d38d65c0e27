//! The grammar of names of organisations: what makes a run of capitalised words one, how far it goes, and when it is
//! no name after all.
//!
//! In: the words of a unit and a place in it. Out: heads, the end of a name, and whether it names anything. Never adds
//! to the draft.

use crate::extract::Draft;
use crate::extract::proper::complement;
use crate::extract::words::{Unit, Words, singular};
use crate::model::EntityKind;
use crate::text::token::{Shape, Token};

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

/// A word or phrase that makes its surroundings an organisation.
#[derive(Clone, Copy)]
pub(super) struct Head {
    pub(super) first: usize,
    pub(super) last: usize,
    /// Kind as the vocabulary gives it; empty for a well-known name.
    pub(super) kind: &'static str,
    pub(super) class: &'static str,
    /// Whether it is a name by itself.
    pub(super) known: bool,
}

/// The head that starts at a token.
pub(super) fn head_at(draft: &Draft<'_>, words: &Words<'_>, unit: Unit, at: usize) -> Option<Head> {
    let lexicon = draft.lexicon;
    let starts = words.may_start(&lexicon.known_organisations, at) || words.may_start(&lexicon.organisations, at);
    let limit = if starts { cased(words, unit, at) } else { at };
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
            || plain && at > unit.first && capital(at - 1) && !words.is_plain("opener", words.key(at - 1))
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

/// No head has more tokens than this.
const LONGEST_HEAD: usize = 16;

/// One past the last token of a run of capitalised words and small words between them.
fn cased(words: &Words<'_>, unit: Unit, at: usize) -> usize {
    let mut end = at;
    let mut i = at;
    while let Some(token) = words.at(unit, i).filter(|_| i < at + LONGEST_HEAD) {
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
pub(super) fn extend(draft: &Draft<'_>, words: &Words<'_>, unit: Unit, first: usize, head: &Head) -> (usize, usize) {
    let (mut last, mut last_head) = (head.last, head.first);
    // No name has more heads than a few; a heading of organisation words alone may have thousands.
    for _ in 0..6 {
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
    let generic = (first..last.saturating_sub(1)).all(|i| words.is_plain("generic", words.key(i)));
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
            let apart = words.is_plain("day", key)
                || (words.is_plain("opener", key) && key != "first")
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
pub(super) fn is_place(draft: &Draft<'_>, words: &Words<'_>, unit: Unit, head: &Head, last: usize) -> bool {
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
pub(super) fn is_other(
    draft: &Draft<'_>,
    words: &Words<'_>,
    unit: Unit,
    head: &Head,
    first: usize,
    last: usize,
) -> bool {
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
        && !words.is_plain("opener", words.key(last))
        && !words.is_plain("day", words.key(last))
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
pub(super) fn trim(draft: &Draft<'_>, words: &Words<'_>, unit: Unit, first: usize, head: usize) -> usize {
    let mut first = first;
    while first < head {
        let key = words.key(first);
        let small = !words.tokens[first].is_capital();
        let opener = words.opens(unit, first) && words.is_plain("opener", key);
        // "Chairman Safer Communities Board", "Inspector Knopp Prevent Team" stay with the attendance extractors;
        // here a post in front of a name is cut off.
        let post = draft.lexicon.roles.get_folded(key).is_some_and(|r| r.head && r.class != "governor")
            && first + 1 < head
            && !matches!(key, "officer" | "officers" | "chief" | "police" | "member" | "members");
        // "the Council's Noise Team": whose it is, is not told.
        let owner = words.is_possessive(first) && words.is_plain("generic", words.stem(first));
        if !(small || opener || post || owner) {
            break;
        }
        first += 1;
    }
    first
}

/// Whether the words before the last one tell which organisation it is.
pub(super) fn is_name(words: &Words<'_>, first: usize, last: usize, last_head: usize, head: &Head) -> bool {
    let telling = (first..last - 1)
        .filter(|i| words.tokens[*i].is_capital())
        .filter(|i| {
            let stem = words.stem(*i);
            !words.is_plain("generic", stem) && !words.is_plain("generic", words.key(*i))
        })
        .count();
    let complemented = (head.last..last).any(|i| words.tokens[i].shape == Shape::Lower && words.word(i) != "and")
        || words.tokens[head.last - 1].shape == Shape::Lower;
    if complemented {
        // "Board of Directors", "Council of the District".
        return (head.last..last).any(|i| {
            words.tokens[i].is_capital()
                && !words.is_plain("generic", words.stem(i))
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
