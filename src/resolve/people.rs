//! People across documents. In: the people of each document, and the organisations. Out: who is one person,
//! and why.
//!
//! Names are blocked by surname (and, for slips of the pen, by body and given name); full names join where the
//! features say so; initials join the one full name that fits in their body and time; a surname alone never
//! leaves its document. The order of documents plays no part.

use std::cmp::Reverse;
use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::model::{Date, EntityKind, Predicate, Term};

use super::cluster::Forest;
use super::corpus::{Corpus, Decided, Member, Partition, Reason};
use super::feature::{Context, JOINED, NEAR, Pair, Profile, Sole, Verdict, compare, features, names_conflict};
use super::organisation::OrganisationName;
use super::person::{Given, PersonName, given, is_initial};

/// At most this many colleagues are kept of a profile: those with the smallest numbers, which makes samples
/// of one population comparable.
const COLLEAGUES: usize = 64;
/// Initials join a full name that was seen in the body within so many years.
const YEARS: u16 = 2;
/// Two candidates whose scores are closer than this are as good as each other.
const CLEAR: f64 = 0.1;

/// A name in one body: what is compared.
struct Node {
    profile: Profile,
    members: Vec<Member>,
    face: u32,
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

/// Finds out who is one person.
pub(super) fn people(corpus: Corpus, organisations: &Organisations, decided: &Decided) -> (Partition, Vec<Reason>) {
    let nodes = nodes(corpus, organisations, &decided.named());
    let given_names = given_names(&nodes);
    let context = Context { lexicon: corpus.lexicon, organisations: organisations.names, given_names: &given_names };
    let mut work = Work {
        corpus,
        context,
        forest: Forest::new(nodes.iter().map(|n| (n.profile.documents.clone(), n.face))),
        node_of: nodes.iter().enumerate().flat_map(|(i, n)| n.members.iter().map(move |m| (*m, i as u32))).collect(),
        nodes,
        reasons: Vec::new(),
        undecided: Vec::new(),
    };
    work.judgements(decided);
    work.full_names();
    work.initials();
    work.within_nodes();
    let Work { mut forest, node_of, mut reasons, undecided, .. } = work;
    reasons.extend(
        undecided.into_iter().filter(|(a, b, _)| forest.find(*a) != forest.find(*b)).map(|(.., reason)| reason),
    );
    let sizes: Vec<usize> = corpus.locals.iter().map(|l| l.people.len()).collect();
    (Partition::new(&sizes, |member| forest.find(node_of[&member])), reasons)
}

/// Names by body, sorted by what they say, so that their numbers do not depend on the order of input.
fn nodes(corpus: Corpus, organisations: &Organisations, named: &FxHashSet<Member>) -> Vec<Node> {
    let mut numbers: FxHashMap<(String, Option<char>, Option<&str>, Option<u32>, Option<Member>), usize> =
        FxHashMap::default();
    let mut nodes: Vec<Node> = Vec::new();
    let mut faces: FxHashMap<(String, Option<char>, Option<&str>), u32> = FxHashMap::default();
    for (d, local) in corpus.locals.iter().enumerate() {
        let d = d as u32;
        let date = corpus.date(d);
        let body = local.body.map(|b| organisations.partition.cluster((d, b)));
        let stood = stood_for(corpus, organisations, d);
        let colleagues = colleagues(corpus, d);
        let mut wholes: FxHashMap<&str, u32> = FxHashMap::default();
        for person in &local.people {
            *wholes.entry(person.name.whole.as_str()).or_default() += 1;
        }
        for (p, person) in local.people.iter().enumerate() {
            let member = (d, p as u32);
            let name = &person.name;
            // Alone are: what a person has judged, namesakes within a document, initials (each in its own time),
            // surnames, and whatever stands in minutes of no known body.
            let alone = named.contains(&member) || body.is_none() || !name.is_full() || wholes[name.whole.as_str()] > 1;
            let key = (name.whole.clone(), name.gender, name.generation, body, alone.then_some(member));
            let at = *numbers.entry(key).or_insert(nodes.len());
            if at == nodes.len() {
                let next = faces.len() as u32;
                let face = *faces.entry((name.whole.clone(), name.gender, name.generation)).or_insert(next);
                let profile = Profile { name: name.clone(), body, ..Profile::default() };
                nodes.push(Node { profile, members: Vec::new(), face });
            }
            nodes[at].members.push(member);
            let profile = &mut nodes[at].profile;
            widen(profile, date);
            profile.documents.push(d);
            profile.organisations.extend(stood.get(&(p as u32)).into_iter().flatten());
            let own = FxBuildHasher.hash_one(&name.whole);
            profile.colleagues.extend(colleagues.iter().filter(|c| **c != own));
            if person.name.fullness() > profile.name.fullness() {
                profile.name = name.clone();
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
        for list in [&mut profile.organisations, &mut profile.documents] {
            list.sort_unstable();
            list.dedup();
        }
        profile.colleagues.sort_unstable();
        profile.colleagues.dedup();
        profile.colleagues.truncate(COLLEAGUES);
        profile.functions = profile.organisations.iter().filter_map(|o| organisations.functions[*o as usize]).collect();
        profile.functions.sort_unstable();
        profile.functions.dedup();
    }
    nodes.sort_by(|a, b| {
        let key = |n: &Node| (n.profile.name.whole.clone(), n.profile.name.gender, n.profile.name.generation);
        key(a).cmp(&key(b)).then_with(|| a.members[0].cmp(&b.members[0]))
    });
    nodes
}

fn widen(profile: &mut Profile, date: Option<Date>) {
    if let Some(date) = date {
        profile.first = Some(profile.first.map_or(date, |d| d.min(date)));
        profile.last = Some(profile.last.map_or(date, |d| d.max(date)));
    }
}

/// Organisations for which the people of a document stand.
fn stood_for(corpus: Corpus, organisations: &Organisations, d: u32) -> FxHashMap<u32, Vec<u32>> {
    let (extraction, local) = (&corpus.extractions[d as usize], &corpus.locals[d as usize]);
    let of = |mention: u32, kind: EntityKind| {
        let is = extraction.mentions.get(mention as usize).is_some_and(|m| m.kind == kind);
        local.of_mention.get(mention as usize).copied().and_then(Result::ok).filter(|_| is)
    };
    let listed = extraction.attendance.iter().flat_map(|a| a.organisations.iter().map(|o| (a.person, *o)));
    let stated = extraction.statements.iter().filter(|s| s.predicate == Predicate::Represents);
    let stated = stated.filter_map(|s| match (s.subject, s.object) {
        (Term::Mention(person), Term::Mention(organisation)) => Some((person, organisation)),
        _ => None,
    });
    let mut found: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (person, organisation) in listed.chain(stated) {
        if let (Some(p), Some(o)) = (of(person, EntityKind::Person), of(organisation, EntityKind::Organisation)) {
            found.entry(p).or_default().push(organisations.partition.cluster((d, o)));
        }
    }
    found
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
fn given_names(nodes: &[Node]) -> FxHashMap<String, u32> {
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

struct Work<'a> {
    corpus: Corpus<'a>,
    context: Context<'a>,
    nodes: Vec<Node>,
    forest: Forest,
    node_of: FxHashMap<Member, u32>,
    reasons: Vec<Reason>,
    undecided: Vec<(u32, u32, Reason)>,
}

impl Work<'_> {
    fn judgements(&mut self, decided: &Decided) {
        for (left, right) in &decided.different {
            for a in left {
                for b in right {
                    self.forest.separate(self.node_of[a], self.node_of[b]);
                }
            }
        }
        for (left, right) in &decided.same {
            let all: Vec<u32> = left.iter().chain(right).map(|m| self.node_of[m]).collect();
            for pair in all.windows(2) {
                let before = (self.forest.find(pair[0]), self.forest.find(pair[1]));
                if before.0 != before.1 && self.forest.force(pair[0], pair[1]) {
                    let why = vec![("judgement".into(), 1.0, "a person decided that they are one".to_owned())];
                    let verdict = Verdict { score: 1.0, features: why, forbidden: false };
                    let reason = self.reason(pair[0], pair[1], verdict, "judgement");
                    self.reasons.push(reason);
                }
            }
        }
    }

    /// Joins full names, the best pairs first.
    fn full_names(&mut self) {
        let mut links: Vec<(u32, u32, Verdict)> = Vec::new();
        for (a, b) in pairs(&self.nodes, &self.context) {
            let verdict = self.compare(a, b, Sole::No);
            if verdict.score >= JOINED {
                links.push((a, b, verdict));
            } else if verdict.score >= NEAR || (verdict.forbidden && self.alike(a, b)) {
                let reason = self.reason(a, b, verdict.clone(), if verdict.forbidden { "rule" } else { "undecided" });
                self.undecided.push((a, b, reason));
            }
        }
        let ambiguous = self.ambiguous(&links);
        links.sort_by(|x, y| y.2.score.total_cmp(&x.2.score).then_with(|| (x.0, x.1).cmp(&(y.0, y.1))));
        for (a, b, verdict) in links {
            let doubtful = ambiguous.contains(&(a, b));
            let apart = self.forest.find(a) != self.forest.find(b);
            if apart && !doubtful && self.join(a, b) {
                let reason = self.reason(a, b, verdict, "rule");
                self.reasons.push(reason);
            } else if apart {
                let reason = self.reason(a, b, verdict, "undecided");
                self.undecided.push((a, b, reason));
            }
        }
    }

    /// Links of a name that fits two others which exclude each other, neither clearly better.
    fn ambiguous(&self, links: &[(u32, u32, Verdict)]) -> FxHashSet<(u32, u32)> {
        let mut partners: FxHashMap<u32, Vec<(u32, f64, (u32, u32))>> = FxHashMap::default();
        for (a, b, verdict) in links {
            partners.entry(*a).or_default().push((*b, verdict.score, (*a, *b)));
            partners.entry(*b).or_default().push((*a, verdict.score, (*a, *b)));
        }
        let mut ambiguous = FxHashSet::default();
        let mut nodes: Vec<&u32> = partners.keys().collect();
        nodes.sort_unstable();
        for node in nodes {
            let face = self.nodes[*node as usize].face;
            // The best link to each name; a name that is the very same is no matter of doubt.
            let mut best: Vec<(u32, u32, f64)> = Vec::new();
            for (other, score, _) in &partners[node] {
                let f = self.nodes[*other as usize].face;
                match best.iter_mut().find(|(seen, ..)| *seen == f) {
                    Some(known) => known.2 = known.2.max(*score),
                    None if f != face => best.push((f, *other, *score)),
                    None => {}
                }
            }
            let doubtful: FxHashSet<u32> = best
                .iter()
                .filter(|(_, x, score)| {
                    best.iter().any(|(_, y, other)| *other > score - CLEAR && self.conflict(*x, *y))
                })
                .map(|(f, ..)| *f)
                .collect();
            let links =
                partners[node].iter().filter(|(other, ..)| doubtful.contains(&self.nodes[*other as usize].face));
            ambiguous.extend(links.map(|(.., link)| *link));
        }
        ambiguous
    }

    /// Joins initials to the one full name that fits in their body and time, and initials that no full name
    /// explains to each other.
    fn initials(&mut self) {
        let mut full: FxHashMap<(&str, Option<u32>), Vec<u32>> = FxHashMap::default();
        for (i, node) in self.nodes.iter().enumerate().filter(|(_, n)| n.profile.name.is_full()) {
            full.entry((&node.profile.name.family, node.profile.body)).or_default().push(i as u32);
        }
        let mut found: Vec<(u32, Vec<u32>)> = Vec::new();
        for (i, node) in
            self.nodes.iter().enumerate().filter(|(_, n)| n.profile.name.is_initialled() && n.profile.body.is_some())
        {
            let candidates = full.get(&(node.profile.name.family.as_str(), node.profile.body));
            let candidates = candidates.into_iter().flatten().copied();
            let fitting = candidates
                .filter(|c| in_time(&node.profile, &self.nodes[*c as usize].profile) && !self.conflict(i as u32, *c));
            found.push((i as u32, fitting.collect()));
        }
        let mut left = Vec::new();
        for (node, candidates) in found {
            let candidates: Vec<u32> =
                candidates.into_iter().filter(|c| !self.compare(node, *c, Sole::Body).forbidden).collect();
            let mut roots: Vec<u32> = candidates.iter().map(|c| self.forest.find(*c)).collect();
            roots.sort_unstable();
            roots.dedup();
            let shared = |c: &&u32| {
                let other = &self.nodes[**c as usize].profile.organisations;
                self.nodes[node as usize].profile.organisations.iter().any(|o| other.binary_search(o).is_ok())
            };
            let chosen = match (roots.len(), candidates.as_slice()) {
                (1, [one, ..]) => Some(*one),
                // Several fit: the one of the same organisation, if it is one.
                (2.., all) => {
                    let mut narrowed: Vec<u32> = all.iter().filter(shared).copied().collect();
                    narrowed.sort_unstable_by_key(|c| self.forest.find(*c));
                    narrowed.dedup_by_key(|c| self.forest.find(*c));
                    (narrowed.len() == 1).then(|| narrowed[0])
                }
                _ => None,
            };
            if let Some(full) = chosen {
                let verdict = self.compare(node, full, Sole::Body);
                if self.join(node, full) {
                    let reason = self.reason(node, full, verdict, "rule");
                    self.reasons.push(reason);
                    continue;
                }
            }
            if candidates.is_empty() {
                left.push(node);
            }
            for other in candidates {
                let verdict = self.compare(node, other, Sole::No);
                let reason = self.reason(node, other, verdict, "undecided");
                self.undecided.push((node, other, reason));
            }
        }
        self.bare_initials(&left);
    }

    /// Initials that never expand: one person where surname, initials and body are the same.
    fn bare_initials(&mut self, nodes: &[u32]) {
        let mut groups: FxHashMap<(&str, Option<u32>), Vec<u32>> = FxHashMap::default();
        for node in nodes {
            let profile = &self.nodes[*node as usize].profile;
            groups.entry((&profile.name.family, profile.body)).or_default().push(*node);
        }
        let mut groups: Vec<Vec<u32>> = groups.into_values().collect();
        groups.sort_unstable();
        for mut group in groups {
            // More initials first; within one spelling by time, so that neighbours are compared.
            group.sort_by_key(|n| {
                let profile = &self.nodes[*n as usize].profile;
                (Reverse(profile.name.given.len()), profile.name.whole.clone(), profile.first, *n)
            });
            let mut firsts: Vec<u32> = Vec::new();
            for node in group {
                let fitting: Vec<u32> = firsts.iter().copied().filter(|f| !self.conflict(*f, node)).collect();
                // One letter that two pairs of initials explain stays by itself.
                let mut roots: Vec<u32> = fitting.iter().map(|f| self.forest.find(*f)).collect();
                roots.sort_unstable();
                roots.dedup();
                let chosen = if roots.len() == 1 { fitting.first().copied() } else { None };
                let joined = chosen.is_some_and(|other| {
                    let verdict = self.compare(other, node, Sole::Body);
                    !verdict.forbidden && self.join(other, node) && {
                        let reason = self.reason(other, node, verdict, "rule");
                        self.reasons.push(reason);
                        true
                    }
                });
                if !joined {
                    firsts.push(node);
                }
            }
        }
    }

    /// Why the mentions of one name in one body are one person: its first and its last document.
    fn within_nodes(&mut self) {
        for i in 0..self.nodes.len() as u32 {
            let members = &self.nodes[i as usize].members;
            if let (Some(first), Some(last)) = (members.first(), members.last()) {
                if first.0 != last.0 {
                    let verdict = features(&self.pair(i, i, Sole::No));
                    let (left, right) = (self.place(*first), self.place(*last));
                    let (score, features) = (verdict.score, verdict.features);
                    self.reasons.push(Reason { left, right, score, features, decided_by: "rule" });
                }
            }
        }
    }

    fn pair(&self, a: u32, b: u32, sole: Sole) -> Pair<'_> {
        let (left, right) = (&self.nodes[a as usize].profile, &self.nodes[b as usize].profile);
        Pair { left, right, context: self.context, sole }
    }

    fn compare(&self, a: u32, b: u32, sole: Sole) -> Verdict {
        compare(&self.pair(a, b, sole))
    }

    fn conflict(&self, a: u32, b: u32) -> bool {
        names_conflict(&self.nodes[a as usize].profile.name, &self.nodes[b as usize].profile.name, self.context.lexicon)
    }

    /// Whether two names look so much alike that a reader asks why they were kept apart.
    fn alike(&self, a: u32, b: u32) -> bool {
        let (a, b) = (&self.nodes[a as usize].profile, &self.nodes[b as usize].profile);
        a.name.family == b.name.family
            && a.body == b.body
            && given(&a.name, &b.name, self.context.lexicon) >= Given::Nickname
    }

    fn join(&mut self, a: u32, b: u32) -> bool {
        let (nodes, lexicon) = (&self.nodes, self.context.lexicon);
        let conflict =
            |x: u32, y: u32| names_conflict(&nodes[x as usize].profile.name, &nodes[y as usize].profile.name, lexicon);
        self.forest.join(a, b, &conflict)
    }

    fn place(&self, (document, local): Member) -> (u32, u32) {
        (document, self.corpus.locals[document as usize].people[local as usize].fullest)
    }

    fn reason(&self, a: u32, b: u32, verdict: Verdict, decided_by: &'static str) -> Reason {
        let place = |node: u32| self.place(self.nodes[node as usize].members[0]);
        Reason { left: place(a), right: place(b), score: verdict.score, features: verdict.features, decided_by }
    }
}

/// Whether a full name was seen in the body about the time of initials.
fn in_time(initials: &Profile, full: &Profile) -> bool {
    match (initials.first, full.first, full.last) {
        (Some(date), Some(first), Some(last)) => date.year + YEARS >= first.year && date.year <= last.year + YEARS,
        _ => true,
    }
}

/// Pairs of full names worth comparing: of one surname and a given name that may be the same, of one body and
/// given name with surnames that are nearly the same, or of the same letters divided otherwise.
fn pairs(nodes: &[Node], context: &Context) -> Vec<(u32, u32)> {
    let full = || nodes.iter().enumerate().filter(|(_, n)| n.profile.name.is_full());
    let mut surnames: FxHashMap<&str, FxHashMap<&str, Vec<u32>>> = FxHashMap::default();
    let mut wholes: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
    let mut slips: FxHashMap<(u32, &str, Option<char>), Vec<u32>> = FxHashMap::default();
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
            let near = |b: &&u32| {
                super::person::near(&nodes[*a as usize].profile.name.family, &nodes[**b as usize].profile.name.family)
            };
            let others: Vec<u32> = group[i + 1..].iter().filter(near).copied().collect();
            all(&[*a], &others);
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
