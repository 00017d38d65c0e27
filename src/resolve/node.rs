//! Names in their bodies: what is compared across documents, and which pairs are worth comparing. In: the
//! people of each document. Out: nodes with their profiles, in an order of their own. Joins nothing but the same
//! full name in minutes of one body.

use std::collections::BTreeMap;
use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::model::{Capacity, Date, EntityKind};

use super::corpus::{Corpus, Member, Partition};
use super::feature::{Context, Profile};
use super::organisation::OrganisationName;
use super::person::{PersonName, is_initial, near};

/// At most this many colleagues are kept of a profile: those with the smallest numbers, which makes samples
/// of one population comparable.
const COLLEAGUES: usize = 64;
/// So many years between two appearances of a name make it a question whether it is one person.
const DECADES: u16 = 25;

/// So many members by surname alone make a list one of surnames.
const SURNAMES: usize = 4;

/// A name in one body: what is compared.
pub(super) struct Node {
    /// What is known of it.
    pub profile: Profile,
    /// Local people, by document.
    pub members: Vec<Member>,
    /// A number for its name, title and generation.
    pub face: u32,
    /// Whether an attendance list names it.
    pub listed: bool,
    /// Whether a list of surnames names it by its surname alone.
    pub by_surname: bool,
}

/// What is known of organisations when people are compared.
pub(super) struct Organisations<'a> {
    /// Which are one.
    pub partition: &'a Partition,
    /// Name of each.
    pub names: &'a [OrganisationName],
    /// Public function of each.
    pub functions: &'a [Option<&'static str>],
}

/// Within what a name is compared by itself.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Apart {
    Person(Member),
    Meeting(Date),
}

/// Letters of a name, gender of its title, generation.
type Face<'a> = (&'a str, Option<char>, Option<&'static str>);
/// The year in which a name was last seen in a body, and the years after which it was not seen for decades.
type Seen = (u16, Vec<u16>);

/// Names by body, sorted by what they say, so that their numbers do not depend on the order of input.
pub(super) fn nodes(corpus: Corpus, organisations: &Organisations, named: &FxHashSet<Member>) -> Vec<Node> {
    let mut numbers: FxHashMap<(Face, Option<u32>, usize, Option<Apart>), usize> = FxHashMap::default();
    let breaks = breaks(corpus, organisations);
    let mut nodes: Vec<Node> = Vec::new();
    let mut faces: FxHashMap<Face, u32> = FxHashMap::default();
    let mut folders: FxHashMap<&str, u32> = FxHashMap::from_iter([("", 0)]);
    for (d, local) in corpus.locals.iter().enumerate() {
        let d = d as u32;
        let date = corpus.date(d);
        let next = folders.len() as u32;
        let folder = *folders.entry(corpus.path(d).rsplit_once('/').map_or("", |(folder, _)| folder)).or_insert(next);
        let body = local.body.map(|b| organisations.partition.cluster((d, b)));
        let stood = stood_for(corpus, organisations, d);
        let colleagues = colleagues(corpus, d);
        let capacities = capacities(corpus, d);
        let surnames = surnames(corpus, d);
        let mut wholes: FxHashMap<&str, u32> = FxHashMap::default();
        for person in &local.people {
            *wholes.entry(person.name.whole.as_str()).or_default() += 1;
        }
        for (p, person) in local.people.iter().enumerate() {
            let member = (d, p as u32);
            let name = &person.name;
            // Alone are: what a person has judged, namesakes within a document, and whatever stands in minutes of no
            // known body; initials and surnames as well, but for two documents of one meeting that list them.
            let alone = named.contains(&member) || body.is_none() || wholes[name.whole.as_str()] > 1;
            let apart = match date {
                _ if alone => Some(Apart::Person(member)),
                _ if name.is_full() => None,
                Some(date) if person.listed => Some(Apart::Meeting(date)),
                _ => Some(Apart::Person(member)),
            };
            // The same name after decades may be another person's.
            let years = breaks.get(&(name.whole.as_str(), body)).map_or(&[][..], |(_, years)| years);
            let era = date.map_or(0, |d| years.partition_point(|y| *y < d.year));
            let face = (name.whole.as_str(), name.gender, name.generation);
            let key = (face, body, era, apart);
            let at = *numbers.entry(key).or_insert(nodes.len());
            if at == nodes.len() {
                let next = faces.len() as u32;
                let face = *faces.entry(face).or_insert(next);
                let profile = Profile { name: PersonName::clone(name), body, ..Profile::default() };
                nodes.push(Node { profile, members: Vec::new(), face, listed: false, by_surname: false });
            }
            nodes[at].members.push(member);
            nodes[at].listed |= person.listed;
            nodes[at].by_surname |= surnames.contains(&(p as u32));
            let profile = &mut nodes[at].profile;
            widen(profile, date);
            profile.documents.push(d);
            add(&mut profile.folders, [folder]);
            add(&mut profile.capacities, capacities.get(&(p as u32)).into_iter().flatten().copied());
            add(&mut profile.organisations, stood.get(&(p as u32)).into_iter().flatten().copied());
            let own = FxBuildHasher.hash_one(&name.whole);
            add(&mut profile.colleagues, colleagues.iter().filter(|c| **c != own).copied());
            profile.colleagues.truncate(COLLEAGUES);
            if person.name.fullness() > profile.name.fullness() {
                profile.name = PersonName::clone(name);
            }
            for honorific in &name.honorifics {
                if !profile.name.honorifics.contains(honorific) {
                    profile.name.honorifics.push(honorific);
                }
            }
        }
    }
    for node in &mut nodes {
        let profile = &mut node.profile;
        profile.documents.dedup();
        add(&mut profile.functions, profile.organisations.iter().filter_map(|o| organisations.functions[*o as usize]));
    }
    nodes.sort_by(|a, b| {
        let key = |n: &Node| (n.profile.name.whole.clone(), n.profile.name.gender, n.profile.name.generation);
        key(a).cmp(&key(b)).then_with(|| a.members[0].cmp(&b.members[0]))
    });
    nodes
}

/// For each name in each body, the years after which it was not seen for decades.
fn breaks<'a>(corpus: Corpus<'a>, organisations: &Organisations) -> FxHashMap<(&'a str, Option<u32>), Seen> {
    let mut seen: FxHashMap<(&str, Option<u32>), Seen> = FxHashMap::default();
    let documents = 0..corpus.locals.len() as u32;
    let mut dated: Vec<(u16, u32)> = documents.filter_map(|d| Some((corpus.date(d)?.year, d))).collect();
    dated.sort_unstable();
    for (year, d) in dated {
        let local = &corpus.locals[d as usize];
        let body = local.body.map(|b| organisations.partition.cluster((d, b)));
        for person in &local.people {
            let (last, breaks) = seen.entry((&person.name.whole, body)).or_insert_with(|| (year, Vec::new()));
            if year - *last > DECADES {
                breaks.push(*last);
            }
            *last = year;
        }
    }
    seen
}

/// Adds to a sorted list what it does not have: at once, since what a body's meetings have in common is much.
fn add<T: Copy + Ord>(list: &mut Vec<T>, others: impl IntoIterator<Item = T>) {
    list.extend(others);
    list.sort_unstable();
    list.dedup();
}

fn widen(profile: &mut Profile, date: Option<Date>) {
    if let Some(date) = date {
        profile.first = Some(profile.first.map_or(date, |d| d.min(date)));
        profile.last = Some(profile.last.map_or(date, |d| d.max(date)));
    }
}

/// Organisations for which the people of a document stand.
fn stood_for(corpus: Corpus, organisations: &Organisations, d: u32) -> FxHashMap<u32, Vec<u32>> {
    let extraction = &corpus.extractions[d as usize];
    let of = |mention: u32, kind: EntityKind| {
        let is = corpus.mentions.of(d).get(mention as usize).is_some_and(|m| m.kind == kind);
        corpus.of_mention.of(d).get(mention as usize).copied().and_then(Result::ok).filter(|_| is)
    };
    let mut found: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (person, organisation) in extraction.stand_for.iter().copied() {
        if let (Some(p), Some(o)) = (of(person, EntityKind::Person), of(organisation, EntityKind::Organisation)) {
            found.entry(p).or_default().push(organisations.partition.cluster((d, o)));
        }
    }
    found
}

/// In which capacity the lists of a document show each of its people.
fn capacities(corpus: Corpus, d: u32) -> FxHashMap<u32, Vec<Capacity>> {
    let mut found: FxHashMap<u32, Vec<Capacity>> = FxHashMap::default();
    for (mention, capacity) in &corpus.extractions[d as usize].listed {
        let person = corpus.of_mention.of(d).get(*mention as usize);
        if let (Some(Ok(person)), Some(capacity)) = (person, capacity) {
            found.entry(*person).or_default().push(*capacity);
        }
    }
    found
}

/// People whom a document lists by their surname alone, where it lists several so: that is how this body writes its
/// lists, and it adds an initial where two share a surname. A peer ("Baroness Abel") has no other name.
fn surnames(corpus: Corpus, d: u32) -> FxHashSet<u32> {
    let extraction = &corpus.extractions[d as usize];
    let (mut found, mut peers) = (FxHashSet::default(), FxHashSet::default());
    for (mention, _) in extraction.listed.iter().filter(|(_, capacity)| *capacity != Some(Capacity::Officer)) {
        let name = PersonName::new(corpus.words(d, *mention), corpus.lexicon);
        let class = |honorific: &&str| corpus.lexicon.honorifics.get(honorific).map_or("", |h| h.class);
        if let (true, false, Some(Ok(person))) =
            (name.given.is_empty(), name.family.is_empty(), corpus.of_mention.of(d).get(*mention as usize))
        {
            found.insert(*person);
            peers.extend(name.honorifics.iter().any(|h| class(h) == "noble").then_some(*person));
        }
    }
    if found.len() >= SURNAMES { found } else { peers }
}

/// Full names in the attendance list of a document, as numbers: the smallest.
fn colleagues(corpus: Corpus, d: u32) -> Vec<u64> {
    let people = corpus.locals[d as usize].people.iter().filter(|p| p.listed && p.name.is_full());
    let mut numbers: Vec<u64> = people.map(|p| FxBuildHasher.hash_one(&p.name.whole)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.truncate(COLLEAGUES + 1);
    numbers
}

/// How many given names each surname has.
pub(super) fn given_names(nodes: &[Node]) -> FxHashMap<String, u32> {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for node in nodes.iter().filter(|n| n.profile.name.is_full()) {
        let first = node.profile.name.given.iter().find(|g| !is_initial(g));
        pairs.extend(first.map(|g| (node.profile.name.family.as_str(), g.as_str())));
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut counts = FxHashMap::default();
    for (family, _) in pairs {
        *counts.entry(family.to_owned()).or_default() += 1;
    }
    counts
}

/// Pairs of full names worth comparing: of one surname and a given name that may be the same, of one body and
/// given name with surnames that are nearly the same, or of the same letters divided otherwise.
pub(super) fn pairs(nodes: &[Node], context: &Context) -> Vec<(u32, u32)> {
    let full = || nodes.iter().enumerate().filter(|(_, n)| n.profile.name.is_full());
    let mut surnames: BTreeMap<&str, BTreeMap<&str, Vec<u32>>> = BTreeMap::new();
    let mut wholes: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let mut slips: BTreeMap<(u32, &str, Option<char>), Vec<u32>> = BTreeMap::new();
    for (i, node) in full() {
        let name: &PersonName = &node.profile.name;
        surnames.entry(&name.family).or_default().entry(&name.given[0]).or_default().push(i as u32);
        wholes.entry(&name.whole).or_default().push(i as u32);
        if let Some(body) = node.profile.body {
            slips.entry((body, &name.given[0], name.family.chars().next())).or_default().push(i as u32);
        }
    }
    let mut pairs = Vec::new();
    let mut all = |left: &[u32], right: &[u32]| {
        for a in left {
            pairs.extend(right.iter().filter(|b| a != *b).map(|b| (*a.min(b), *a.max(b))));
        }
    };
    for by_given in surnames.values() {
        let mut given: Vec<&&str> = by_given.keys().collect();
        given.sort_unstable();
        for (i, a) in given.iter().enumerate() {
            all(&by_given[**a], &by_given[**a]);
            for b in &given[i + 1..] {
                let alike = a.chars().next() == b.chars().next() || context.lexicon.are_nicknames(a, b);
                if alike {
                    all(&by_given[**a], &by_given[**b]);
                }
            }
        }
    }
    for group in wholes.values() {
        all(group, group);
    }
    for group in slips.values() {
        for (i, a) in group.iter().enumerate() {
            let near =
                |b: &&u32| near(&nodes[*a as usize].profile.name.family, &nodes[**b as usize].profile.name.family);
            let others: Vec<u32> = group[i + 1..].iter().filter(near).copied().collect();
            all(&[*a], &others);
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
