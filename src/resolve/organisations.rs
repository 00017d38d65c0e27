//! Organisations across documents. In: the organisations of each document. Out: which are one, and why.
//!
//! They join over case, punctuation, `&` and spelled-out words (one key), over abbreviations that minutes of
//! the same body define or that everybody knows, and over a slip of the pen in one long word. They never join
//! over a differing place, number or kind, and a reorganised body stays another organisation.

use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::lexicon::Lexicon;

use super::cluster::Forest;
use super::corpus::{Corpus, Decided, Member, Partition, Reason};
use super::document::Local;
use super::organisation::OrganisationName;

/// Only words of so many letters may hold a slip of the pen: shorter ones are names of other places.
const LONG: usize = 8;

/// Organisations with what people are compared by.
pub(super) struct Known {
    /// Which are one.
    pub partition: Partition,
    /// Name of each, in the spelling of most documents.
    pub names: Vec<OrganisationName>,
    /// Public function of each.
    pub functions: Vec<Option<&'static str>>,
    /// Why names were joined.
    pub reasons: Vec<Reason>,
}

/// Names that share a key: what is joined.
struct Node {
    name: Arc<OrganisationName>,
    members: Vec<Member>,
}

/// Finds out which organisations are one.
pub(super) fn organisations(corpus: Corpus, decided: &Decided) -> Known {
    let named = decided.named();
    let definitions = Definitions::new(corpus);
    let mut by_key: FxHashMap<(String, Option<Member>), u32> = FxHashMap::default();
    let mut nodes: Vec<Node> = Vec::new();
    let mut node_of: FxHashMap<Member, u32> = FxHashMap::default();
    for (d, local) in corpus.locals.iter().enumerate() {
        let d = d as u32;
        for (o, organisation) in local.organisations.iter().enumerate() {
            let member = (d, o as u32);
            let key = match &organisation.abbreviation {
                Some(letters) => definitions.key(corpus, member, letters),
                None if organisation.name.is_bare() => scoped(corpus, d, o as u32, &organisation.name),
                None => organisation.name.key.clone(),
            };
            let alone = named.contains(&member).then_some(member);
            let at = *by_key.entry((key, alone)).or_insert(nodes.len() as u32);
            if at as usize == nodes.len() {
                nodes.push(Node { name: organisation.name.clone(), members: Vec::new() });
            }
            nodes[at as usize].members.push(member);
            // An abbreviation is a node's name only where nothing spells it out.
            if nodes[at as usize].name.words.len() < organisation.name.words.len() {
                nodes[at as usize].name = organisation.name.clone();
            }
            node_of.insert(member, at);
        }
    }
    // Organisations may be named by two spellings in one document: no document tells them apart for sure.
    let mut forest = Forest::new(nodes.iter().enumerate().map(|(i, _)| (Vec::new(), i as u32)));
    let mut reasons = Vec::new();
    let place =
        |member: Member| (member.0, corpus.locals[member.0 as usize].organisations[member.1 as usize].mentions[0]);
    let mut because = |a: u32, b: u32, score: f64, feature: &'static str, why: String, decided_by: &'static str| {
        let (left, right) = (place(nodes[a as usize].members[0]), place(nodes[b as usize].members[0]));
        reasons.push(Reason { left, right, score, features: vec![(feature.into(), score, why)], decided_by });
    };
    for (left, right) in &decided.different {
        for a in left {
            for b in right {
                forest.separate(node_of[a], node_of[b]);
            }
        }
    }
    for (left, right) in &decided.same {
        let all: Vec<u32> = left.iter().chain(right).map(|m| node_of[m]).collect();
        for pair in all.windows(2) {
            if forest.find(pair[0]) != forest.find(pair[1]) && forest.force(pair[0], pair[1]) {
                because(
                    pair[0],
                    pair[1],
                    1.0,
                    "judgement",
                    "a person decided that they are one".to_owned(),
                    "judgement",
                );
            }
        }
    }
    // What a judgement has set apart joins the others of its key again, where the judgement allows.
    let mut same_key: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let mut keys: Vec<(&(String, Option<Member>), &u32)> = by_key.iter().collect();
    keys.sort_unstable();
    for ((key, _), node) in keys {
        same_key.entry(key).or_default().push(*node);
    }
    for group in same_key.values().filter(|g| g.len() > 1) {
        for (i, a) in group.iter().enumerate() {
            group[i + 1..].iter().for_each(|b| {
                forest.join(*a, *b, &|_, _| false);
            });
        }
    }
    for (a, b, why) in slips(&nodes, corpus) {
        if forest.find(a) != forest.find(b) && forest.join(a, b, &|_, _| false) {
            because(a, b, 0.9, "misspelling", why, "rule");
        }
    }
    let sizes: Vec<usize> = corpus.locals.iter().map(|l| l.organisations.len()).collect();
    let partition = Partition::new(&sizes, |member| forest.find(node_of[&member]));
    let names: Vec<OrganisationName> = partition.clusters.iter().map(|members| name(corpus, members)).collect();
    let functions = names.iter().map(|n| function(n, corpus.lexicon).map(|f| f.0)).collect();
    Known { partition, names, functions, reasons }
}

/// Key and label of the public function that a name gives.
pub(super) fn function(name: &OrganisationName, lexicon: &Lexicon) -> Option<(&'static str, &'static str)> {
    let words: Vec<&str> = name.words.iter().map(String::as_str).collect();
    lexicon.functions.within(&words).or_else(|| {
        let known = lexicon.known_organisations.get(&words.join(" "))?;
        (!known.function.is_empty()).then_some((known.function, known.function))
    })
}

/// The spelling that most members use; the longer, then the first in the alphabet, where several do.
fn name(corpus: Corpus, members: &[Member]) -> OrganisationName {
    let mut counts: BTreeMap<&[String], (u32, &OrganisationName)> = BTreeMap::new();
    for (d, o) in members {
        let organisation = &corpus.locals[*d as usize].organisations[*o as usize];
        let spelled = u32::from(organisation.abbreviation.is_none()) * 1_000_000;
        let entry = counts.entry(&organisation.name.words).or_insert((spelled, &organisation.name));
        entry.0 += 1;
    }
    let best = counts.iter().max_by(|a, b| (a.1.0, a.0.len()).cmp(&(b.1.0, b.0.len())).then_with(|| b.0.cmp(a.0)));
    best.map(|(_, (_, name))| (*name).clone()).unwrap_or_default()
}

/// The key of a name that is vocabulary alone: within its body, or for a body within its folder, since every
/// parish has a Parish Council.
fn scoped(corpus: Corpus, d: u32, o: u32, name: &OrganisationName) -> String {
    let local = &corpus.locals[d as usize];
    let folder = || corpus.path(d).rsplit_once('/').map_or("", |(folder, _)| folder);
    match local.body {
        Some(body) if body != o => {
            let body = &local.organisations[body as usize].name;
            let place = if body.is_bare() { folder() } else { "" };
            format!("{}\u{1f}{}\u{1f}{place}", name.key, body.key)
        }
        _ => format!("{}\u{1f}{}", name.key, folder()),
    }
}

/// So many people in full name make a body known by its letters alone the one that another document spells out.
const SHARED: usize = 2;

/// Abbreviations as the documents define them.
struct Definitions<'a> {
    /// Key of the body that met, for each document.
    bodies: Vec<&'a str>,
    by_body: FxHashMap<(&'a str, &'a str), BTreeSet<&'a str>>,
    anywhere: FxHashMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Definitions<'a> {
    fn new(corpus: Corpus<'a>) -> Self {
        let bodies = corpus.locals.iter().map(body_key).collect();
        let mut definitions = Self { bodies, by_body: FxHashMap::default(), anywhere: FxHashMap::default() };
        let defined = |local: &'a Local| {
            let mut defined: Vec<_> = local.defined.iter().collect();
            defined.sort_by_key(|(short, _)| *short);
            // Only what names an organisation of the document: programmes have abbreviations too.
            defined.retain(|(_, long)| local.organisations.iter().any(|o| o.name.key == long.key));
            defined
        };
        for local in corpus.locals {
            for (short, long) in defined(local) {
                definitions.anywhere.entry(short).or_default().insert(&long.key);
            }
        }
        definitions.spell_out_bodies(corpus);
        for (local, body) in corpus.locals.iter().zip(&definitions.bodies) {
            for (short, long) in defined(local) {
                definitions.by_body.entry((body, short)).or_default().insert(&long.key);
            }
        }
        definitions
    }

    /// A body that some of its minutes name by letters alone is the one that other minutes spell out, where the letters
    /// stand for one organisation only, it met as well, and the same people are named in both.
    fn spell_out_bodies(&mut self, corpus: Corpus<'a>) {
        let mut people: FxHashMap<&str, FxHashSet<&str>> = FxHashMap::default();
        for (local, body) in corpus.locals.iter().zip(&self.bodies) {
            people.entry(body).or_default().extend(full_names(local));
        }
        for (local, body) in corpus.locals.iter().zip(&mut self.bodies) {
            let letters = local.body.and_then(|b| local.organisations[b as usize].abbreviation.as_deref());
            let long = letters.and_then(|letters| only(self.anywhere.get(letters)));
            let Some((long, known)) = long.and_then(|long| people.get_key_value(long)) else { continue };
            let shared: FxHashSet<&str> = full_names(local).filter(|name| known.contains(name)).collect();
            if shared.len() >= SHARED {
                *body = long;
            }
        }
    }

    /// The key of an abbreviation that its own document does not define.
    fn key(&self, corpus: Corpus, (d, o): Member, letters: &str) -> String {
        let body = self.bodies[d as usize];
        if corpus.locals[d as usize].body == Some(o) && only(self.anywhere.get(letters)) == Some(body) {
            return body.to_owned();
        }
        if let Some(long) = only(self.by_body.get(&(body, letters)).filter(|_| !body.is_empty())) {
            return long.to_owned();
        }
        if let Some(known) = corpus.lexicon.known_short(letters) {
            return OrganisationName::new(known.name, corpus.lexicon).key;
        }
        if corpus.lexicon.known_organisations.get(letters).is_some() {
            return OrganisationName::new(letters, corpus.lexicon).key;
        }
        // Letters that stand for something in one place may stand for something else in another.
        if self.anywhere.contains_key(letters) { format!("{letters}\u{1f}{body}") } else { letters.to_owned() }
    }
}

fn only<'a>(keys: Option<&BTreeSet<&'a str>>) -> Option<&'a str> {
    keys.filter(|k| k.len() == 1).and_then(|k| k.first().copied())
}

/// Letters of the people whom a document names in full.
fn full_names(local: &Local) -> impl Iterator<Item = &str> {
    local.people.iter().filter(|p| p.name.is_full()).map(|p| p.name.whole.as_str())
}

fn body_key(local: &Local) -> &str {
    local.body.map_or("", |b| &local.organisations[b as usize].name.key)
}

/// Pairs of names that differ by one letter more or less, or two letters turned, in one long word, of which one
/// stands in a single document and both in minutes of one body.
fn slips(nodes: &[Node], corpus: Corpus) -> Vec<(u32, u32, String)> {
    let mut buckets: FxHashMap<String, Vec<u32>> = FxHashMap::default();
    for (i, node) in nodes.iter().enumerate() {
        let words: Vec<&str> = node.name.key.split(' ').collect();
        for (w, word) in words
            .iter()
            .enumerate()
            .filter(|(_, word)| word.chars().count() >= LONG && word.chars().all(char::is_alphabetic))
        {
            let letters: Vec<char> = word.chars().collect();
            let rest = |word: &str| {
                let mut rest: Vec<&str> =
                    words.iter().enumerate().filter(|(at, _)| *at != w).map(|(_, x)| *x).collect();
                rest.sort_unstable();
                format!("{}\u{1f}{word}", rest.join(" "))
            };
            let mut variants = BTreeSet::from([rest(word)]);
            for leave in 0..letters.len() {
                let shorter: String =
                    letters.iter().enumerate().filter(|(at, _)| *at != leave).map(|(_, c)| c).collect();
                variants.insert(rest(&shorter));
            }
            for variant in variants {
                buckets.entry(variant).or_default().push(i as u32);
            }
        }
    }
    let bodies = |node: &Node| -> FxHashSet<String> {
        node.members
            .iter()
            .map(|(d, _)| body_key(&corpus.locals[*d as usize]).to_owned())
            .filter(|b| !b.is_empty())
            .collect()
    };
    let mut pairs: BTreeSet<(u32, u32)> = BTreeSet::new();
    let mut groups: Vec<Vec<u32>> = buckets.into_values().filter(|b| b.len() > 1).collect();
    groups.sort_unstable();
    for group in groups {
        for (at, a) in group.iter().enumerate() {
            pairs.extend(group[at + 1..].iter().filter(|b| *b != a).map(|b| (*a.min(b), *a.max(b))));
        }
    }
    pairs
        .into_iter()
        .filter_map(|(a, b)| {
            let (left, right) = (&nodes[a as usize], &nodes[b as usize]);
            let (x, y) = differing(&left.name.key, &right.name.key)?;
            let slip = x.len() != y.len() || sorted(x) == sorted(y);
            let known = |w: &str| corpus.lexicon.organisations.get_folded(w).is_some();
            let once = left.members.len() == 1 || right.members.len() == 1;
            let together = !bodies(left).is_disjoint(&bodies(right));
            (slip && once && together && strsim::osa_distance(x, y) == 1 && !known(x) && !known(y))
                .then(|| (a, b, format!("{x} and {y} differ in one letter")))
        })
        .collect()
}

/// The one word in which two keys differ.
fn differing<'k>(a: &'k str, b: &'k str) -> Option<(&'k str, &'k str)> {
    let (left, right): (BTreeSet<&str>, BTreeSet<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let mut only_left = left.difference(&right);
    let mut only_right = right.difference(&left);
    match (only_left.next(), only_left.next(), only_right.next(), only_right.next()) {
        (Some(x), None, Some(y), None) => Some((x, y)),
        _ => None,
    }
}

fn sorted(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, graph_of, iris};
    use crate::model::EntityKind;

    fn found(documents: &[&[&str]]) -> Vec<String> {
        let samples: Vec<Sample> = documents
            .iter()
            .enumerate()
            .map(|(i, names)| {
                let mut sample = Sample::document(&format!("{i}.txt"));
                sample.body("Blaby Strategy Board");
                for name in *names {
                    sample.organisation(name);
                }
                sample
            })
            .collect();
        let graph = graph_of(&samples);
        let found = iris(&graph, EntityKind::Organisation)
            .into_iter()
            .map(|i| i.trim_start_matches("organisation/").to_owned());
        found.filter(|i| i != "blaby-strategy-board").collect()
    }

    #[test]
    fn spellings_are_one_and_kinds_are_not() {
        assert_eq!(
            found(&[
                &["Leicestershire & Rutland Probation Trust"],
                &["The Leicestershire and Rutland Probation Trust", "Leicestershire and Rutland Probation Service"]
            ]),
            ["leicestershire-and-rutland-probation-service", "leicestershire-and-rutland-probation-trust"]
        );
        assert_eq!(found(&[&["Melton Borough Council"], &["Melton County Council"]]).len(), 2);
    }

    #[test]
    fn a_slip_of_the_pen_is_no_other_organisation() {
        assert_eq!(
            found(&[&["Leicestershire Police"], &["Leicestershire Police"], &["Leicstershire Police"]]),
            ["leicestershire-police"]
        );
        assert_eq!(found(&[&["Barton Police"], &["Burton Police"]]).len(), 2);
        assert_eq!(found(&[&["Northampton Police"], &["Southampton Police"]]).len(), 2);
    }

    #[test]
    fn a_body_named_by_its_letters_is_the_one_that_they_were_defined_for_where_its_people_are_the_same() {
        let bodies = |second: [&str; 2]| {
            let mut first = Sample::document("1.txt");
            first.body("Blaby Data User Group");
            first.abbreviation("BDUG", "Blaby Data User Group");
            let mut later = Sample::document("2.txt");
            later.body("BDUG");
            for (sample, names) in [(&mut first, ["Ann Birch", "Bob Coles"]), (&mut later, second)] {
                for name in names {
                    sample.present(name, "");
                }
            }
            iris(&graph_of(&[first, later]), EntityKind::Organisation).len()
        };
        assert_eq!(bodies(["Ann Birch", "Bob Coles"]), 1);
        assert_eq!(bodies(["Cat Dunne", "Bob Coles"]), 2);
    }

    #[test]
    fn what_is_vocabulary_alone_stays_in_its_body() {
        let graph = |a: &str, b: &str| {
            let samples: Vec<Sample> = [a, b]
                .iter()
                .map(|body| {
                    let mut sample = Sample::document(&format!("{body}.txt"));
                    sample.body(body);
                    sample.organisation("Board");
                    sample
                })
                .collect();
            iris(&graph_of(&samples), EntityKind::Organisation).len()
        };
        assert_eq!(graph("Ayton Forum", "Melton Forum"), 4);
        // "Board" names the body that met, where that is a board.
        assert_eq!(graph("Ayton Board", "Melton Board"), 2);
    }
}
