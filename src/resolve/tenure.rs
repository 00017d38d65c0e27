//! Tenures: the intervals over which a person stood for an organisation, or held a role, in a body. In:
//! relations with the meetings at which they were stated. Out: observed intervals and stated terms.
//!
//! An interval ends where a list of the body names the person otherwise, or leaves them out twice in a row:
//! gaps are kept. No start or end is given that the text does not state.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Basis, Date, Edge, EntityId, Graph, Predicate, Qualifier, Tenure, Text};

/// Leaving a person out of so many lists in a row is a gap: one may be an oversight.
const MISSED: u32 = 2;

/// What is held: an organisation that is stood for, or a role and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Held {
    For(EntityId),
    Role(EntityId, Option<EntityId>),
}

/// In a body, what is held.
type Key = (Option<EntityId>, Held);

/// Meetings of one body in order of time, with what their lists say.
#[derive(Default)]
struct Lists {
    meetings: Vec<(Date, EntityId)>,
    recorded: FxHashSet<EntityId>,
    listed: FxHashSet<(EntityId, EntityId)>,
    give_organisations: FxHashSet<EntityId>,
    give_roles: FxHashSet<EntityId>,
}

/// The tenures of a graph that is in order, person by person.
pub(super) fn tenures(graph: &Graph) -> Vec<Tenure> {
    let body_of: FxHashMap<EntityId, Option<EntityId>> = graph.meetings.iter().map(|m| (m.meeting, m.body)).collect();
    let lists = lists(graph);
    let mut tenures = Vec::new();
    let mut first = 0;
    for edges in graph.relations.edges().chunk_by(|a, b| a.subject == b.subject) {
        let mut own = of_person(graph, edges, first, &body_of, &lists);
        own.sort_by(|a, b| {
            let key = |t: &Tenure| (t.organisation, t.role, t.first_seen, t.on_behalf_of, t.basis, t.last_seen);
            key(a).cmp(&key(b)).then_with(|| a.term.cmp(&b.term)).then_with(|| a.premises.cmp(&b.premises))
        });
        tenures.append(&mut own);
        first += edges.len() as u32;
    }
    tenures.shrink_to_fit();
    tenures
}

/// The tenures of one person, given the relations of which that person is the subject, and the position of the first.
fn of_person(
    graph: &Graph,
    edges: &[Edge],
    first: u32,
    body_of: &FxHashMap<EntityId, Option<EntityId>>,
    lists: &FxHashMap<EntityId, Lists>,
) -> Vec<Tenure> {
    let mut observed: BTreeMap<Key, BTreeMap<(Date, EntityId), Vec<u32>>> = BTreeMap::new();
    let mut tenures = Vec::new();
    for (i, edge) in (first..).zip(edges) {
        if !matches!(edge.predicate, Predicate::Represents | Predicate::HoldsRole | Predicate::ElectedTo) {
            continue;
        }
        let Some(relation) = graph.relations.whole(edge) else { continue };
        let body = relation.meeting.and_then(|m| body_of.get(&m).copied()).flatten();
        let at = relation.qualifiers.iter().find(|(q, _)| *q == Qualifier::Organisation);
        let at = at.and_then(|(_, iri)| graph.by_iri(iri));
        let held = match relation.predicate {
            Predicate::Represents => Held::For(relation.object),
            Predicate::HoldsRole | Predicate::ElectedTo => Held::Role(relation.object, at),
            _ => continue,
        };
        let term = relation.qualifiers.iter().find(|(q, _)| *q == Qualifier::Term).map_or("", |(_, t)| t);
        if !term.is_empty() {
            let (role, organisation) = match held {
                Held::Role(role, at) => (Some(role), at.or(body)),
                Held::For(_) => (None, body),
            };
            tenures.push(Tenure {
                person: relation.subject,
                organisation,
                role,
                on_behalf_of: None,
                start: relation.valid_from,
                end: relation.valid_to,
                first_seen: relation.date,
                last_seen: relation.date,
                times_seen: 1,
                term: term.into(),
                basis: Basis::Stated,
                premises: vec![i],
            });
        } else if let (Some(date), Some(meeting)) = (relation.date, relation.meeting) {
            let seen = observed.entry((body, held)).or_default();
            seen.entry((date, meeting)).or_default().push(i);
        }
    }
    let Some(person) = edges.first().map(|edge| edge.subject) else { return tenures };
    for ((body, held), seen) in &observed {
        let none = Lists::default();
        let lists = body.and_then(|b| lists.get(&b)).unwrap_or(&none);
        for interval in intervals(person, *held, seen, lists) {
            let (Some((first, _)), Some((last, _))) = (interval.first(), interval.last()) else { continue };
            let (role, organisation, on_behalf_of) = match held {
                Held::For(organisation) => (None, *body, Some(*organisation)),
                Held::Role(role, at) => (Some(*role), at.or(*body), None),
            };
            let mut premises: Vec<u32> = interval.iter().flat_map(|at| &seen[at]).copied().collect();
            premises.sort_unstable();
            premises.shrink_to_fit();
            tenures.push(Tenure {
                person,
                organisation,
                role,
                on_behalf_of,
                start: None,
                end: None,
                first_seen: Some(*first),
                last_seen: Some(*last),
                times_seen: interval.iter().map(|(_, m)| m).collect::<BTreeSet<_>>().len() as u32,
                term: Text::default(),
                basis: Basis::Observed,
                premises,
            });
        }
    }
    tenures
}

fn lists(graph: &Graph) -> FxHashMap<EntityId, Lists> {
    let mut all: FxHashMap<EntityId, Lists> = FxHashMap::default();
    let mut body_of: FxHashMap<EntityId, EntityId> = FxHashMap::default();
    for record in &graph.meetings {
        if let (Some(body), Some(date)) = (record.body, record.date) {
            let lists = all.entry(body).or_default();
            lists.meetings.push((date, record.meeting));
            body_of.insert(record.meeting, body);
            if record.attendance_recorded {
                lists.recorded.insert(record.meeting);
            }
        }
    }
    for row in &graph.attendance {
        let Some(lists) = body_of.get(&row.meeting).and_then(|b| all.get_mut(b)) else { continue };
        lists.listed.insert((row.meeting, row.person));
        if !row.organisations.is_empty() {
            lists.give_organisations.insert(row.meeting);
        }
        if !row.role.is_empty() {
            lists.give_roles.insert(row.meeting);
        }
    }
    // Order within a map plays no part: each body's meetings are sorted by themselves.
    #[allow(clippy::iter_over_hash_type)]
    for lists in all.values_mut() {
        lists.meetings.sort_unstable();
        lists.meetings.dedup();
    }
    all
}

/// Meetings at which something was seen, divided where a gap lies between.
fn intervals(
    person: EntityId,
    held: Held,
    seen: &BTreeMap<(Date, EntityId), Vec<u32>>,
    lists: &Lists,
) -> Vec<Vec<(Date, EntityId)>> {
    let mut intervals: Vec<Vec<(Date, EntityId)>> = Vec::new();
    let mut last: Option<(Date, EntityId)> = None;
    for at in seen.keys() {
        let gap = last.is_some_and(|last| gap(person, held, last, *at, lists));
        match intervals.last_mut() {
            Some(interval) if !gap => interval.push(*at),
            _ => intervals.push(vec![*at]),
        }
        last = Some(*at);
    }
    intervals
}

/// Whether the lists between two meetings name the person otherwise, or leave them out twice in a row.
fn gap(person: EntityId, held: Held, from: (Date, EntityId), to: (Date, EntityId), lists: &Lists) -> bool {
    let start = lists.meetings.partition_point(|m| *m <= from);
    let end = lists.meetings.partition_point(|m| *m < to);
    let mut missed = 0;
    for (_, meeting) in lists.meetings.get(start..end).unwrap_or(&[]) {
        if lists.listed.contains(&(*meeting, person)) {
            missed = 0;
            let tells = match held {
                Held::For(_) => &lists.give_organisations,
                Held::Role(..) => &lists.give_roles,
            };
            if tells.contains(meeting) {
                return true;
            }
        } else if lists.recorded.contains(meeting) {
            missed += 1;
            if missed == MISSED {
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, graph_of};
    use crate::model::{Basis, Graph, Predicate, Qualifier, Term, Value};

    fn minutes(n: usize, people: &[(&str, &str)]) -> Sample {
        let mut sample = Sample::document(&format!("{n}.txt"));
        sample.body("Blaby Safety Board");
        sample.date(&format!("2014-{:02}-01", n + 1));
        for (name, organisation) in people {
            sample.present(name, organisation);
        }
        sample
    }

    fn show(graph: &Graph, person: &str) -> Vec<String> {
        let of = graph.tenures.iter().filter(|t| &*graph.entity(t.person).name == person);
        let month = |d: Option<crate::model::Date>| d.map(|d| d.month.to_string()).unwrap_or_default();
        of.map(|t| {
            let held = t.on_behalf_of.or(t.role).map(|o| graph.entity(o).name.clone()).unwrap_or_default();
            format!("{held} {}-{} x{}", month(t.first_seen), month(t.last_seen), t.times_seen)
        })
        .collect()
    }

    #[test]
    fn gaps_are_kept() {
        let police = ("Bob Bearne", "Blaby Police");
        let other = ("Bob Bearne", "Melton Police");
        let kim = ("Kim Lee", "Oadby Police");
        let graph = graph_of(&[
            minutes(0, &[police, kim]),
            minutes(1, &[kim]),
            minutes(2, &[police, kim]),
            minutes(3, &[other, kim]),
            minutes(4, &[police, kim]),
            minutes(5, &[kim]),
            minutes(6, &[kim]),
            minutes(7, &[police, kim]),
        ]);
        assert_eq!(
            show(&graph, "Bob Bearne"),
            ["Blaby Police 1-3 x2", "Melton Police 4-4 x1", "Blaby Police 5-5 x1", "Blaby Police 8-8 x1"]
        );
        assert_eq!(show(&graph, "Kim Lee"), ["Oadby Police 1-8 x8"]);
    }

    #[test]
    fn stated_terms_keep_their_words() {
        let mut sample = minutes(5, &[]);
        let person = sample.person("Jane Moore");
        let role = sample.role("Chairman");
        let term = vec![(Qualifier::Term, Value::Text("2021/22".to_owned()))];
        sample.qualify(Term::Mention(person), Predicate::ElectedTo, Term::Mention(role), term);
        let graph = graph_of(&[sample]);
        let tenure = &graph.tenures[0];
        assert_eq!((tenure.basis, &*tenure.term), (Basis::Stated, "2021/22"));
        assert_eq!(tenure.start.map(|d| d.to_string()).as_deref(), Some("2021"));
        assert_eq!(tenure.end.map(|d| d.to_string()).as_deref(), Some("2022"));
    }
}
