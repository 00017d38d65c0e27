//! The property graph that all graph files hold: a node for each entity, and an edge for all relations
//! that say the same, with the days on which it was said.
//!
//! Type columns are called `node_type` and `relation`, because the plainer words already mean something
//! to Gephi or igraph.

use super::Job;
use crate::model::{Date, Entity, EntityId, Layer, Predicate, Relation};

/// A node.
pub(super) struct Node<'g> {
    pub(super) entity: &'g Entity,
    /// Days between which it lives; `None` where an edge at it has no day.
    pub(super) life: Option<(Date, Date)>,
}

/// An edge.
pub(super) struct Edge<'g> {
    /// Identifier within the file: position among the edges.
    pub(super) number: usize,
    pub(super) source: &'g str,
    pub(super) target: &'g str,
    pub(super) predicate: Predicate,
    /// When it was said: intervals of full dates, ascending, apart from each other.
    pub(super) spells: Vec<(Date, Date)>,
    /// Whether one of its statements has no day.
    undated: bool,
    /// How many statements say so.
    pub(super) statements: usize,
    /// `stated` where a document says so, else `derived`.
    pub(super) layer: Layer,
    /// Where the first of the statements stands: `document#char=start,end`.
    pub(super) evidence: String,
}

impl Edge<'_> {
    /// First and last day; `None` where unknown.
    pub(super) fn life(&self) -> Option<(Date, Date)> {
        if self.undated {
            return None;
        }
        Some((self.spells.first()?.0, self.spells.last()?.1))
    }
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
fn spells(dates: impl Iterator<Item = Date>) -> Vec<(Date, Date)> {
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

/// The edges, in the order of the graph's relations, made one at a time.
pub(super) fn edges<'g>(job: &'g Job<'g>) -> impl Iterator<Item = Edge<'g>> {
    let same = |a: &Relation, b: &Relation| (a.subject, a.predicate, a.object) == (b.subject, b.predicate, b.object);
    job.graph.relations.chunk_by(same).enumerate().filter_map(|(number, statements)| {
        let first = statements.first()?;
        let evidence = statements.iter().find_map(|s| {
            let path = job.view.path(s.document?);
            Some(format!("{path}#char={},{}", s.quote.start, s.quote.end))
        });
        Some(Edge {
            number,
            source: job.view.iri(first.subject),
            target: job.view.iri(first.object),
            predicate: first.predicate,
            spells: spells(statements.iter().filter_map(|s| s.date)),
            undated: statements.iter().any(|s| s.date.is_none()),
            statements: statements.len(),
            layer: statements.iter().map(|s| s.layer).min().unwrap_or(Layer::Stated),
            evidence: evidence.unwrap_or_default(),
        })
    })
}

/// The nodes, in the order of the graph's entities. Edges lie within the life of their nodes.
pub(super) fn nodes<'g>(job: &'g Job<'g>) -> impl Iterator<Item = Node<'g>> {
    let mut lives: Vec<Option<(Date, Date)>> =
        job.graph.entities.iter().map(|e| Some((interval(e.first_seen?).0, interval(e.last_seen?).1))).collect();
    let mut unbound = vec![false; lives.len()];
    for relation in &job.graph.relations {
        for EntityId(end) in [relation.subject, relation.object] {
            match (relation.date, &mut lives[end as usize]) {
                (None, _) => unbound[end as usize] = true,
                (Some(date), Some((first, last))) => {
                    (*first, *last) = (interval(date).0.min(*first), interval(date).1.max(*last));
                }
                (Some(date), life) => *life = Some(interval(date)),
            }
        }
    }
    job.graph
        .entities
        .iter()
        .zip(lives)
        .zip(unbound)
        .map(|((entity, life), unbound)| Node { entity, life: life.filter(|_| !unbound) })
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
