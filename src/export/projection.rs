//! What the graph files hold: the whole graph, and two networks made from it, each as nodes and edges.
//!
//! An edge stands for all that says the same, with the days on which it was so. Edges are made one at a
//! time, twice over: once for the life of their nodes, once to be written.
//! Type columns are called `node_type` and `relation`, because the plainer words already mean something
//! to Gephi or igraph.

use std::io;

use super::{Error, Job, Staging, network};
use crate::model::{Date, Edge as Tied, Entity, EntityId, EntityKind, Graph, Layer, SCHEMA};

/// A network that graph files hold.
pub(super) struct Projection {
    /// Name of its files without their ending.
    pub(super) name: &'static str,
    /// Whether its edges have a direction.
    pub(super) directed: bool,
    /// What the weight of an edge counts.
    pub(super) counts: &'static str,
    /// Whether an entity is one of its nodes, given whether an edge ends there.
    holds: fn(&Entity, bool) -> bool,
    edges: for<'g> fn(&'g Job<'g>) -> Edges<'g>,
    /// Every relation that its edges may say.
    pub(super) ties: fn() -> Vec<Tie>,
}

/// A relation of a network, and the kinds of entities that it connects.
pub(super) struct Tie {
    pub(super) relation: &'static str,
    pub(super) ends: Vec<(EntityKind, EntityKind)>,
}

/// The edges of a network, one at a time.
pub(super) type Edges<'g> = Box<dyn Iterator<Item = Edge> + 'g>;

/// All networks. [`files`] and the lists of formats name their files in this order.
pub(super) static PROJECTIONS: &[Projection] = &[
    Projection {
        name: "graph",
        directed: true,
        counts: "statements",
        holds: |_, _| true,
        edges: statements,
        ties: || schema(|_| true),
    },
    Projection {
        name: "co-attendance",
        directed: false,
        counts: "meetings",
        holds: |_, ends| ends,
        edges: network::co_attendance,
        ties: || vec![Tie { relation: network::TOGETHER, ends: vec![(EntityKind::Person, EntityKind::Person)] }],
    },
    Projection {
        name: "people-organisations",
        directed: true,
        counts: "meetings",
        holds: |_, ends| ends,
        edges: network::people_and_organisations,
        ties: || {
            let mut ties = schema(network::holds);
            ties.push(Tie { relation: network::CAME, ends: vec![(EntityKind::Person, EntityKind::Organisation)] });
            ties
        },
    },
];

/// The relations of the schema whose ends are both kept.
fn schema(kept: fn(EntityKind) -> bool) -> Vec<Tie> {
    let ties = SCHEMA.iter().map(|row| Tie {
        relation: row.predicate.name(),
        ends: row
            .domain
            .iter()
            .flat_map(|from| row.range.iter().map(move |to| (*from, *to)))
            .filter(|(from, to)| kept(*from) && kept(*to))
            .collect(),
    });
    ties.filter(|tie| !tie.ends.is_empty()).collect()
}

/// A node.
pub(super) struct Node<'g> {
    pub(super) entity: &'g Entity,
    /// Days between which it lives; `None` where an edge at it has no day.
    pub(super) life: Option<(Date, Date)>,
}

/// An edge.
pub(super) struct Edge {
    /// Identifier within the file: position among the edges.
    pub(super) number: usize,
    pub(super) source: EntityId,
    pub(super) target: EntityId,
    pub(super) relation: &'static str,
    /// When it was so: intervals of full dates, ascending, apart from each other.
    pub(super) spells: Vec<(Date, Date)>,
    /// Whether something that it stands for has no day.
    pub(super) undated: bool,
    /// How many statements or meetings it stands for.
    pub(super) weight: usize,
    /// `stated` where a document says so, else `derived`.
    pub(super) layer: Layer,
    /// Where the first of the statements stands, `document#char=start,end`, or the first meeting.
    pub(super) evidence: String,
}

impl Edge {
    /// First and last day; `None` where unknown.
    pub(super) fn life(&self) -> Option<(Date, Date)> {
        if self.undated {
            return None;
        }
        Some((self.spells.first()?.0, self.spells.last()?.1))
    }
}

impl Projection {
    /// Its folder within that of a format: the whole graph stands at the top.
    pub(super) fn folder(&self, format: &str) -> String {
        if self.name == PROJECTIONS[0].name { format!("{format}/") } else { format!("{format}/{}/", self.name) }
    }

    /// The edges, in order, numbered.
    pub(super) fn edges<'g>(&self, job: &'g Job<'g>) -> impl Iterator<Item = Edge> + 'g {
        (self.edges)(job).enumerate().map(|(number, edge)| Edge { number, ..edge })
    }

    /// The nodes, in the order of the graph's entities. Edges lie within the life of their nodes.
    pub(super) fn nodes<'g>(&self, job: &'g Job<'g>) -> impl Iterator<Item = Node<'g>> + use<'g> {
        let entities = &job.graph.entities;
        let own = |e: &Entity| Some((interval(e.first_seen?).0, interval(e.last_seen?).1));
        let mut lives: Vec<Option<(Date, Date)>> = entities.iter().map(own).collect();
        let (mut ends, mut unbound) = (vec![false; lives.len()], vec![false; lives.len()]);
        for edge in self.edges(job) {
            for EntityId(end) in [edge.source, edge.target] {
                ends[end as usize] = true;
                match (edge.life(), &mut lives[end as usize]) {
                    (None, _) => unbound[end as usize] = true,
                    (Some((start, stop)), Some((first, last))) => {
                        (*first, *last) = (start.min(*first), stop.max(*last));
                    }
                    (Some(days), life) => *life = Some(days),
                }
            }
        }
        let holds = self.holds;
        entities
            .iter()
            .zip(lives)
            .zip(ends.into_iter().zip(unbound))
            .filter(move |((entity, _), (ends, _))| holds(entity, *ends))
            .map(|((entity, life), (_, unbound))| Node { entity, life: life.filter(|_| !unbound) })
    }
}

/// Writes a file for each network.
pub(super) fn files(
    into: &Staging,
    ending: &str,
    mut write: impl FnMut(&'static Projection, &mut dyn io::Write) -> io::Result<()>,
) -> Result<(), Error> {
    PROJECTIONS.iter().try_for_each(|p| into.file(&format!("{}.{ending}", p.name), |out| write(p, out)))
}

/// The first and the last day that a date of any precision covers.
fn interval(date: Date) -> (Date, Date) {
    let first = Date::day(date.year, date.month.max(1), date.day.max(1)).unwrap_or(date);
    if date.is_day() {
        return (date, date);
    }
    let month = if date.month == 0 { 12 } else { date.month };
    let last = (28..=31).rev().find_map(|day| Date::day(date.year, month, day));
    (first, last.unwrap_or(date))
}

/// The intervals of some dates, those joined that share a day.
pub(super) fn spells(dates: impl Iterator<Item = Date>) -> Vec<(Date, Date)> {
    let mut intervals: Vec<_> = dates.map(interval).collect();
    intervals.sort_unstable();
    intervals.dedup_by(|next, last| {
        let shares = next.0 <= last.1;
        if shares {
            last.1 = last.1.max(next.1);
        }
        shares
    });
    intervals
}

/// Relations that say the same, in the order of the graph's relations.
pub(super) fn alike(graph: &Graph) -> impl Iterator<Item = &[Tied]> {
    let same = |a: &Tied, b: &Tied| (a.subject, a.predicate, a.object) == (b.subject, b.predicate, b.object);
    graph.relations.edges().chunk_by(same)
}

/// The edge of some relations that say the same.
pub(super) fn edge(job: &Job<'_>, statements: &[Tied], weight: usize) -> Option<Edge> {
    let first = statements.first()?;
    let evidence = statements.iter().find_map(|s| {
        let path = job.view.path(s.document()?);
        Some(format!("{path}#char={},{}", s.start, s.end))
    });
    Some(Edge {
        number: 0,
        source: first.subject,
        target: first.object,
        relation: first.predicate.name(),
        spells: spells(statements.iter().filter_map(|s| s.date)),
        undated: statements.iter().any(|s| s.date.is_none()),
        weight,
        layer: statements.iter().map(|s| s.layer).min().unwrap_or(Layer::Stated),
        evidence: evidence.unwrap_or_default(),
    })
}

/// The whole graph: an edge for all relations that say the same.
fn statements<'g>(job: &'g Job<'g>) -> Edges<'g> {
    Box::new(alike(job.graph).filter_map(|statements| edge(job, statements, statements.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_imprecise_date_covers_its_days() {
        let of = |texts: &[&str]| {
            let spells = spells(texts.iter().map(|t| t.parse().unwrap()));
            spells.iter().map(|(first, last)| format!("{first} to {last}")).collect::<Vec<_>>()
        };
        assert_eq!(of(&["2014-03-13"]), ["2014-03-13 to 2014-03-13"]);
        assert_eq!(of(&["2017", "2016-02"]), ["2016-02-01 to 2016-02-29", "2017-01-01 to 2017-12-31"]);
        assert_eq!(of(&["2014", "2014-03-13"]), ["2014-01-01 to 2014-12-31"]);
    }
}
