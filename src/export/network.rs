//! Two networks that people ask for: who attended together, and people with the organisations that they stand
//! for and meet in. Their edges weigh the number of meetings, and know the days.

use super::Job;
use super::projection::{Edge, Edges, alike, edge, spells};
use crate::model::{self, Date, EntityId, EntityKind, Layer};

/// What an edge between two people says.
pub(super) const TOGETHER: &str = "co_attended";
/// What an edge says between a person and the body whose meetings that person came to.
pub(super) const CAME: &str = "attended";

/// Whether the network of people and organisations has nodes of a kind.
pub(super) fn holds(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Person | EntityKind::Organisation)
}

/// The edge of some meetings.
fn meetings(
    job: &Job<'_>,
    source: EntityId,
    target: EntityId,
    relation: &'static str,
    of: &[(EntityId, EntityId)],
) -> Edge {
    let date = |meeting: EntityId| job.view.meeting(meeting, None).and_then(|record| record.date);
    let dates: Vec<Option<Date>> = of.iter().map(|(_, meeting)| date(*meeting)).collect();
    let first = of.iter().zip(&dates).min_by_key(|(_, date)| (date.is_none(), **date));
    Edge {
        number: 0,
        source,
        target,
        relation,
        spells: spells(dates.iter().flatten().copied()),
        undated: dates.contains(&None),
        weight: of.len(),
        layer: Layer::Derived,
        evidence: first.map_or_else(String::new, |((_, meeting), _)| job.view.iri(*meeting).to_owned()),
    }
}

/// Two people who were present at the same meetings: an edge without direction for each two.
pub(super) fn co_attendance<'g>(job: &'g Job<'g>) -> Edges<'g> {
    let present = job.view.present();
    let mut there: Vec<_> = present.iter().map(|(person, meeting)| (*meeting, *person)).collect();
    there.sort_unstable();
    Box::new(present.chunk_by(|a, b| a.0 == b.0).flat_map(move |own| {
        let person = own[0].0;
        let others = own.iter().flat_map(|(_, meeting)| {
            let start = there.partition_point(|at| *at <= (*meeting, person));
            there[start..].iter().take_while(move |at| at.0 == *meeting).map(|at| (at.1, at.0))
        });
        let mut others: Vec<_> = others.collect();
        others.sort_unstable();
        let same = |a: &(EntityId, EntityId), b: &(EntityId, EntityId)| a.0 == b.0;
        let edges = others.chunk_by(same).map(|together| meetings(job, person, together[0].0, TOGETHER, together));
        edges.collect::<Vec<_>>()
    }))
}

/// Relations between people and organisations, and who was present at the meetings of which body.
pub(super) fn people_and_organisations<'g>(job: &'g Job<'g>) -> Edges<'g> {
    let kept = |id: EntityId| holds(job.view.entity(id).kind);
    let related = alike(job.graph)
        .filter(move |relations| relations.first().is_some_and(|r| kept(r.subject) && kept(r.object)))
        .filter_map(|relations| edge(job, relations, meetings_of(relations)));
    let body = |meeting: EntityId| job.view.meeting(meeting, None).and_then(|record| record.body);
    let came = job.view.present().chunk_by(|a, b| a.0 == b.0).flat_map(move |own| {
        let mut met: Vec<_> = own.iter().filter_map(|(_, meeting)| Some((body(*meeting)?, *meeting))).collect();
        met.sort_unstable();
        let of = met.chunk_by(|a, b| a.0 == b.0);
        of.map(|together| meetings(job, own[0].0, together[0].0, CAME, together)).collect::<Vec<_>>()
    });
    Box::new(related.chain(came))
}

/// At how many meetings some relations were said; at least once.
fn meetings_of(relations: &[model::Edge]) -> usize {
    let mut meetings: Vec<_> = relations.iter().filter_map(model::Edge::meeting).collect();
    meetings.sort_unstable();
    meetings.dedup();
    meetings.len().max(1)
}

#[cfg(test)]
mod tests {
    use super::super::sample;

    /// The edges of a network of the sample, from its Gephi table.
    fn edges(network: &str) -> String {
        let build = sample::build(&["gephi"]);
        let text = build.read(&format!("gephi/{network}-edges.csv"));
        let mut csv = csv::Reader::from_reader(text.as_bytes());
        let lines = csv.records().map(Result::unwrap).map(|r| [&r[0], &r[3], &r[1], &r[2], &r[6], &r[7]].join(" "));
        lines.map(|line| line + "\n").collect()
    }

    #[test]
    fn people_who_were_present_together_are_joined_by_how_often() {
        expect_test::expect![[r#"
            person/ann-hare co_attended person/bob-ash Undirected 1 <[2014-03-13, 2014-03-13]>
        "#]]
        .assert_eq(&edges("co-attendance"));
    }

    #[test]
    fn people_are_joined_to_whom_they_stand_for_and_where_they_meet() {
        expect_test::expect![[r#"
            organisation/fen-district-council part_of organisation/fenland-safety-board Directed 1 
            organisation/ridings-probation-trust succeeded_by organisation/national-probation-service Directed 1 <[2014-03-13, 2014-03-13]>
            person/ann-hare represents organisation/fen-district-council Directed 1 <[2014-03-13, 2014-03-13]>
            person/bob-ash represents organisation/ridings-probation-trust Directed 1 <[2014-03-13, 2014-03-13]>
            person/ann-hare attended organisation/fenland-safety-board Directed 1 <[2014-03-13, 2014-03-13]>
            person/bob-ash attended organisation/fenland-safety-board Directed 1 <[2014-03-13, 2014-03-13]>
        "#]].assert_eq(&edges("people-organisations"));
    }
}
