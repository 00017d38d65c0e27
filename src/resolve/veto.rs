//! What forbids that two names are one person, whatever else speaks for it: a visible list. In: two profiles. Out: the
//! reason in plain words, or nothing. Joins nothing.

use crate::model::Capacity;

use super::document_people::{dress_conflict, gender_conflict, station_conflict};
use super::feature::{Pair, verdict, years_between};
use super::person::Given;

/// What forbids that two names are one person, whatever else speaks for it.
pub struct Veto {
    /// Name.
    pub name: &'static str,
    /// What it forbids, in a sentence.
    pub meaning: &'static str,
    pub(super) forbids: fn(&Pair) -> Option<String>,
}

/// The vetoes.
pub static VETOES: &[Veto] = &[
    Veto {
        name: "capacity",
        meaning: "one is listed among the members alone, the other among the officers, and their given names differ",
        forbids: capacity_conflict,
    },
    Veto { name: "attendance", meaning: "one document tells them apart", forbids: one_document },
    Veto {
        name: "given name",
        meaning: "their given names, initials or middle names conflict",
        forbids: given_conflict,
    },
    Veto {
        name: "title",
        meaning: "their titles tell different genders or stations, or they are of two generations",
        forbids: title_conflict,
    },
    Veto { name: "spelling", meaning: "both spellings of the surname are in repeated use", forbids: settled_spelling },
    Veto { name: "lifetime", meaning: "more than fifty years lie between", forbids: lifetime },
];

fn one_document(pair: &Pair) -> Option<String> {
    let (few, many) = (&pair.left.documents, &pair.right.documents);
    let (few, many) = if few.len() <= many.len() { (few, many) } else { (many, few) };
    few.iter().any(|d| many.binary_search(d).is_ok()).then(|| "one document names both as two people".to_owned())
}

fn given_conflict(pair: &Pair) -> Option<String> {
    let (a, b) = (&pair.left.name, &pair.right.name);
    (verdict(pair) == Given::Conflict).then(|| format!("{} is not {}", a.written_given, b.written_given))
}

fn capacity_conflict(pair: &Pair) -> Option<String> {
    let (left, right) = (pair.left.capacities.as_slice(), pair.right.capacities.as_slice());
    let apart =
        matches!((left, right), ([Capacity::Member], [Capacity::Officer]) | ([Capacity::Officer], [Capacity::Member]));
    (apart && verdict(pair) != Given::Same)
        .then(|| "one is listed among the members, the other among the officers".to_owned())
}

fn title_conflict(pair: &Pair) -> Option<String> {
    let (a, b) = (&pair.left.name, &pair.right.name);
    if matches!((a.generation, b.generation), (Some(x), Some(y)) if x != y) {
        return Some(format!("{} and {} are of two generations", a.bare(), b.bare()));
    }
    if station_conflict(a, b, pair.context.lexicon) {
        return Some("one is a councillor, the other of a government".to_owned());
    }
    let initial = verdict(pair) == Given::Initial && gender_conflict(a, b, pair.context.lexicon);
    (dress_conflict(a, b) || initial).then(|| "one is a woman, the other a man".to_owned())
}

fn settled_spelling(pair: &Pair) -> Option<String> {
    let (a, b) = (pair.left, pair.right);
    (a.name.family != b.name.family && a.name.whole != b.name.whole && a.documents.len() > 1 && b.documents.len() > 1)
        .then(|| format!("{} and {} are both written repeatedly", a.name.written_family, b.name.written_family))
}

fn lifetime(pair: &Pair) -> Option<String> {
    years_between(pair.left, pair.right).filter(|y| *y > 50).map(|y| format!("{y} years lie between"))
}
