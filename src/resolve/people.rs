//! People across documents. In: the people of each document, and the organisations. Out: who is one person,
//! and why.
//!
//! Names are blocked by surname (and, for slips of the pen, by body and given name); full names join where the
//! features say so; initials join the one full name that fits in their body and time; a surname alone leaves its
//! document only from one list of surnames of a body to the next. The order of documents plays no part.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::Capacity;

use super::cluster::Forest;
use super::corpus::{Corpus, Decided, Member, Partition, Reason};
use super::feature::{Context, JOINED, NEAR, Pair, Profile, Sole, Verdict, compare, features, names_conflict};
use super::node::{Node, Organisations, given_names, nodes, pairs};
use super::person::{Given, given};

/// Initials join a full name that was seen in the body within so many years.
const YEARS: u16 = 2;
/// Two candidates whose scores are closer than this are as good as each other.
const CLEAR: f64 = 0.1;

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
    work.surnames();
    work.within_nodes();
    let Work { mut forest, node_of, mut reasons, undecided, .. } = work;
    reasons.extend(
        undecided.into_iter().filter(|(a, b, _)| forest.find(*a) != forest.find(*b)).map(|(.., reason)| reason),
    );
    let sizes: Vec<usize> = corpus.locals.iter().map(|l| l.people.len()).collect();
    (Partition::new(&sizes, |member| forest.find(node_of[&member])), reasons)
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
        let mut partners: BTreeMap<u32, Vec<(u32, f64)>> = BTreeMap::new();
        for (a, b, verdict) in links {
            partners.entry(*a).or_default().push((*b, verdict.score));
            partners.entry(*b).or_default().push((*a, verdict.score));
        }
        let mut ambiguous = FxHashSet::default();
        for (node, links) in &partners {
            let face = self.nodes[*node as usize].face;
            // The best link to each name; a name that is the very same is no matter of doubt.
            let mut best: Vec<(u32, u32, f64)> = Vec::new();
            for (other, score) in links {
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
            for (other, _) in links.iter().filter(|(o, _)| doubtful.contains(&self.nodes[*o as usize].face)) {
                ambiguous.insert((*node.min(other), *node.max(other)));
            }
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
            // Who sits in a body is not somebody of that name whom its minutes only speak of.
            let fitting = candidates
                .filter(|c| !node.listed || self.nodes[*c as usize].listed)
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

    /// Joins those whom lists of surnames name ("Councillors Abel, Birch and Collins (B)"), from one list of a body to the
    /// next, unless two of the surname are listed at the time.
    fn surnames(&mut self) {
        let mut groups: BTreeMap<(&str, u32), Vec<u32>> = BTreeMap::new();
        for (i, node) in self.nodes.iter().enumerate().filter(|(_, n)| n.listed && n.profile.first.is_some()) {
            // Mr. P. Abel among the officers is not the Abel of the list of members.
            if let (Some(body), false) = (node.profile.body, node.profile.capacities == [Capacity::Officer]) {
                groups.entry((&node.profile.name.family, body)).or_default().push(i as u32);
            }
        }
        for mut group in groups.into_values().collect::<Vec<_>>() {
            let crowded = self.crowded(&group);
            group.retain(|n| self.nodes[*n as usize].by_surname);
            group.sort_by_key(|n| (self.nodes[*n as usize].profile.first, *n));
            for pair in group.windows(2) {
                let (left, right) = (&self.nodes[pair[0] as usize].profile, &self.nodes[pair[1] as usize].profile);
                let alone = |year: &u16| {
                    let about = |p: &Profile| p.first.is_some_and(|date| date.year.abs_diff(*year) <= YEARS);
                    !about(left) && !about(right)
                };
                let apart = self.forest.find(pair[0]) != self.forest.find(pair[1]);
                if apart && in_time(left, right) && crowded.iter().all(alone) {
                    let verdict = self.compare(pair[0], pair[1], Sole::Body);
                    if !verdict.forbidden && self.join(pair[0], pair[1]) {
                        let reason = self.reason(pair[0], pair[1], verdict, "rule");
                        self.reasons.push(reason);
                    }
                }
            }
        }
    }

    /// The years in which one document lists two of a surname, given the names that its body lists.
    fn crowded(&self, group: &[u32]) -> BTreeSet<u16> {
        let mut seen: FxHashSet<u32> = FxHashSet::default();
        let documents = group.iter().flat_map(|n| &self.nodes[*n as usize].profile.documents);
        let twice = documents.filter(|d| !seen.insert(**d));
        twice.filter_map(|d| Some(self.corpus.date(*d)?.year)).collect()
    }

    /// Why the mentions of one name in one body are one person: its first and its last document.
    fn within_nodes(&mut self) {
        for i in 0..self.nodes.len() as u32 {
            let members = &self.nodes[i as usize].members;
            if let (Some(first), Some(last)) = (members.first(), members.last())
                && first.0 != last.0
            {
                let verdict = features(&self.pair(i, i, Sole::No));
                let (left, right) = (self.place(*first), self.place(*last));
                let (score, features) = (verdict.score, verdict.features);
                self.reasons.push(Reason { left, right, score, features, decided_by: "rule" });
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

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, graph_of, iris};
    use crate::model::EntityKind;

    /// The people of some documents, each `body date: name[ for organisation], …`.
    fn people(documents: &[&str]) -> Vec<String> {
        let samples: Vec<Sample> = documents
            .iter()
            .enumerate()
            .map(|(i, text)| {
                let (head, names) = text.split_once(": ").expect("a head");
                let (body, date) = head.rsplit_once(' ').expect("a date");
                let mut sample = Sample::document(&format!("{i}.txt"));
                sample.body(body);
                sample.date(date);
                for name in names.split(", ") {
                    let (name, organisation) = name.split_once(" for ").unwrap_or((name, ""));
                    sample.present(name, organisation);
                }
                sample
            })
            .collect();
        iris(&graph_of(&samples), EntityKind::Person)
            .iter()
            .map(|i| i.trim_start_matches("person/").to_owned())
            .collect()
    }

    #[test]
    fn lists_of_surnames_name_the_same_people_while_nobody_shares_them() {
        let few = |first: &str, second: &str| people(&[first, second]).len();
        let list = "Birch, Coles, Dunne";
        assert_eq!(
            few(&format!("Blaby Council 2019-01: Abel, {list}"), &format!("Blaby Council 2019-02: Abel, {list}")),
            4
        );
        // Another body, another time, a list that is none of surnames.
        assert_eq!(few(&format!("Blaby Council 2019: Abel, {list}"), &format!("Melton Council 2019: Abel, {list}")), 8);
        assert_eq!(few(&format!("Blaby Council 2009: Abel, {list}"), &format!("Blaby Council 2019: Abel, {list}")), 8);
        assert_eq!(few(&format!("Blaby Council 2019-01: Abel, {list}"), "Blaby Council 2019-02: Ann Abel"), 5);
        // Two share the surname about that time.
        let crowded = format!("Blaby Council 2019-02: A. Abel, B. Abel, {list}, Ernst");
        assert_eq!(few(&format!("Blaby Council 2019-01: Abel, {list}"), &crowded), 7);
    }

    #[test]
    fn a_person_is_one_over_the_years_and_bodies() {
        let found = people(&[
            "Leicestershire Strategy Board 2014: Mr Bob Bearne for Leicestershire and Rutland Probation Service",
            "Leicestershire and Rutland Strategy Board 2021: Bob Bearne for National Probation Service",
        ]);
        assert_eq!(found, ["bob-bearne"]);
        assert_eq!(people(&["Blaby Board 2014: Dave Frank", "Blaby Board 2015: Mr David Frank"]).len(), 1);
        assert_eq!(
            people(&["Blaby Board 2014: Kevin J. Loydall", "Blaby Board 2015: Kevin Loydall"]),
            ["kevin-loydall"]
        );
        assert_eq!(people(&["Blaby Board 2014: Mary O'Brien", "Blaby Board 2015: Mary O’Brien"]).len(), 1);
        assert_eq!(people(&["Blaby Board 2014: Ann Marie Hawkins", "Blaby Board 2015: Anne-Marie Hawkins"]).len(), 1);
    }

    #[test]
    fn common_names_of_unrelated_bodies_are_two_people() {
        assert_eq!(
            people(&["Blaby Board 2014: John Smith", "Winnipeg Board 2015: John Smith"]),
            ["john-smith", "john-smith-winnipeg-board"]
        );
        // One organisation joins them.
        assert_eq!(
            people(&[
                "Blaby Board 2014: John Smith for Melton Police",
                "Winnipeg Board 2015: John Smith for Melton Police"
            ])
            .len(),
            1
        );
    }

    #[test]
    fn conflicts_keep_people_apart() {
        assert_eq!(people(&["Blaby Board 2014: Mr Chris Collins", "Blaby Board 2015: Mrs Chris Collins"]).len(), 2);
        assert_eq!(people(&["Blaby Board 2014: Mr John Smith Jnr", "Blaby Board 2015: Mr John Smith Snr"]).len(), 2);
        assert_eq!(people(&["Blaby Board 2014: Ian MacDonald", "Blaby Board 2015: Ian McDonald"]).len(), 2);
        assert_eq!(people(&["Blaby Board 2014: Kevin J. Loydall", "Blaby Board 2015: Kevin P. Loydall"]).len(), 2);
        assert_eq!(people(&["Blaby Board 1950: John Smith", "Blaby Board 2015: John Smith"]).len(), 2);
    }

    #[test]
    fn a_short_name_bridges_nobody() {
        let found = people(&[
            "Blaby Board 2014: Kevin J. Loydall",
            "Blaby Board 2015: Kevin P. Loydall",
            "Blaby Board 2016: Kevin Loydall",
        ]);
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn initials_join_the_one_full_name_of_body_and_time() {
        assert_eq!(people(&["Blaby Board 2014: John Smith", "Blaby Board 2015: J. Smith"]), ["john-smith"]);
        assert_eq!(people(&["Blaby Board 2014: John Smith, Jane Smith", "Blaby Board 2015: J. Smith"]).len(), 3);
        assert_eq!(people(&["Blaby Board 2014: John Smith, Jane Smith", "Blaby Board 2015: Mrs J. Smith"]).len(), 2);
        assert_eq!(people(&["Blaby Board 2014: John Smith", "Blaby Board 2025: J. Smith"]).len(), 2);
        assert_eq!(people(&["Blaby Board 2014: John Smith", "Melton Forum 2014: J. Smith"]).len(), 2);
        assert_eq!(
            people(&["Blaby Board 2014: D. Taylor", "Blaby Board 2015: Mrs D. Taylor"]),
            ["d-taylor-blaby-board"]
        );
    }

    #[test]
    fn initials_of_a_list_are_nobody_whom_minutes_only_speak_of() {
        let mut listed = Sample::document("0.txt");
        listed.body("Blaby Board");
        listed.date("2014");
        listed.present("M. Ryan", "");
        let mut spoken = Sample::document("1.txt");
        spoken.body("Blaby Board");
        spoken.date("2015");
        spoken.person("Ms. Mary Ryan");
        assert_eq!(iris(&graph_of(&[listed, spoken]), EntityKind::Person).len(), 2);
    }

    #[test]
    fn a_surname_alone_stays_in_its_document() {
        assert_eq!(
            people(&["Blaby Board 2014-01-01: Mr Smith", "Blaby Board 2014-02-01: Mr Smith"]),
            ["smith-blaby-board-2014-01-01", "smith-blaby-board-2014-02-01"]
        );
    }

    #[test]
    fn a_slip_of_the_pen_needs_an_organisation() {
        assert_eq!(
            people(&["Blaby Board 2014: Rob Molan for Oadby Police", "Blaby Board 2015: Rob Mowlan for Oadby Police"])
                .len(),
            1
        );
        assert_eq!(people(&["Blaby Board 2014: Rob Molan", "Blaby Board 2015: Rob Mowlan"]).len(), 2);
    }
}
