//! The attendance panel: one row for each person and meeting with a recorded list, from the person's first to
//! last listing in that body. In: meetings and attendance. Out: what rates are counted on.
//!
//! A meeting without a recorded list has no row: it says nothing of anybody. Where several documents minute
//! one meeting, present wins over apologies, and these over absent.

use std::collections::BTreeMap;

use crate::model::{Capacity, Date, EntityId, Graph, PanelRecord, Status};

use super::records::rank;

/// What all documents of a meeting say of one person.
#[derive(Clone, Debug)]
struct Listing {
    status: Status,
    capacity: Option<Capacity>,
    organisations: Vec<EntityId>,
}

/// Meetings of one body with a recorded list, by date.
fn recorded(graph: &Graph) -> BTreeMap<EntityId, Vec<(Date, EntityId)>> {
    let mut bodies: BTreeMap<EntityId, Vec<(Date, EntityId)>> = BTreeMap::new();
    for record in graph.meetings.iter().filter(|m| m.attendance_recorded) {
        if let (Some(body), Some(date)) = (record.body, record.date) {
            bodies.entry(body).or_default().push((date, record.meeting));
        }
    }
    for meetings in bodies.values_mut() {
        meetings.sort_unstable();
        meetings.dedup();
    }
    bodies
}

/// Makes the panel of a graph that is in order.
pub(super) fn panel(graph: &mut Graph) {
    for (body, meetings) in recorded(graph) {
        let mut people: BTreeMap<EntityId, Vec<(usize, Listing)>> = BTreeMap::new();
        for (at, (date, meeting)) in meetings.iter().enumerate() {
            for (person, listing) in listings(graph, *date, *meeting) {
                people.entry(person).or_default().push((at, listing));
            }
        }
        let mut panel = Vec::new();
        for (person, listed) in people {
            rows(&mut panel, body, person, &meetings, &listed);
        }
        graph.panel.push(&panel);
    }
}

/// Whom the documents of a meeting list.
fn listings(graph: &Graph, date: Date, meeting: EntityId) -> BTreeMap<EntityId, Listing> {
    let start = graph.meetings.partition_point(|m| (m.date, m.meeting) < (Some(date), meeting));
    let documents = graph.meetings[start..].iter().take_while(|m| m.meeting == meeting).map(|m| m.document);
    let mut listings: BTreeMap<EntityId, Listing> = BTreeMap::new();
    for row in documents.flat_map(|document| graph.attendance.of(document)) {
        let organisations = row.organisations.iter().map(|(o, _)| *o).collect();
        let listing = Listing { status: row.status, capacity: row.capacity, organisations };
        listings.entry(row.person).and_modify(|known| merge(known, &listing)).or_insert(listing);
    }
    listings
}

fn merge(known: &mut Listing, other: &Listing) {
    if rank(other.status) < rank(known.status) {
        known.status = other.status;
        known.capacity = other.capacity.or(known.capacity);
    }
    known.capacity = known.capacity.or(other.capacity);
    for organisation in &other.organisations {
        if !known.organisations.contains(organisation) {
            known.organisations.push(*organisation);
        }
    }
}

/// Rows of one person in one body. What a list leaves open is as it was last, else as it is next.
fn rows(
    panel: &mut Vec<PanelRecord>,
    body: EntityId,
    person: EntityId,
    meetings: &[(Date, EntityId)],
    listed: &[(usize, Listing)],
) {
    let (Some((first, _)), Some((last, _))) = (listed.first(), listed.last()) else { return };
    let mut capacity = listed.iter().find_map(|(_, l)| l.capacity);
    let with = listed.iter().find(|(_, l)| !l.organisations.is_empty());
    let mut organisations = with.map(|(_, l)| sorted(&l.organisations)).unwrap_or_default();
    let mut next = listed.iter().peekable();
    for (at, (date, meeting)) in meetings.iter().enumerate().take(last + 1).skip(*first) {
        let listing = next.next_if(|(listed, _)| *listed == at).map(|(_, l)| l);
        if let Some(listing) = listing {
            capacity = listing.capacity.or(capacity);
            if !listing.organisations.is_empty() {
                organisations = sorted(&listing.organisations);
            }
        }
        panel.push(PanelRecord {
            meeting: *meeting,
            date: *date,
            body,
            person,
            capacity,
            organisations: organisations.clone(),
            status: listing.map(|l| l.status),
        });
    }
}

fn sorted(organisations: &[EntityId]) -> Vec<EntityId> {
    let mut sorted = organisations.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, graph_of};
    use super::*;

    fn minutes(path: &str, date: &str, people: &[(&str, Status)]) -> Sample {
        let mut sample = Sample::document(path);
        sample.body("Blaby Safety Board");
        sample.date(date);
        for (name, status) in people {
            sample.listed(name, "", *status);
        }
        sample
    }

    #[test]
    fn one_row_for_each_meeting_between_first_and_last_listing() {
        let unrecorded = {
            let mut sample = minutes("c.txt", "2014-03-01", &[]);
            sample.meeting(|m| m.attendance_recorded = false);
            sample
        };
        let graph = graph_of(&[
            minutes("a.txt", "2014-01-01", &[("Jane Moore", Status::Present), ("Bob Bearne", Status::Apologies)]),
            minutes("b.txt", "2014-02-01", &[("Bob Bearne", Status::Present)]),
            unrecorded,
            minutes("d.txt", "2014-04-01", &[("Jane Moore", Status::Absent)]),
            minutes("e.txt", "2014-05-01", &[("Kim Lee", Status::Present)]),
        ]);
        let show: Vec<String> = graph
            .panel
            .iter()
            .flatten()
            .map(|p| {
                format!("{} {} {}", graph.entity(p.person).name, p.date, p.status.map_or("not_mentioned", Status::name))
            })
            .collect();
        assert_eq!(
            show,
            [
                "Bob Bearne 2014-01-01 apologies",
                "Bob Bearne 2014-02-01 present",
                "Jane Moore 2014-01-01 present",
                "Jane Moore 2014-02-01 not_mentioned",
                "Jane Moore 2014-04-01 absent",
                "Kim Lee 2014-05-01 present",
            ]
        );
    }

    #[test]
    fn of_two_documents_of_one_meeting_present_wins() {
        let graph = graph_of(&[
            minutes("a.txt", "2014-01-01", &[("Jane Moore", Status::Apologies)]),
            minutes("b.txt", "2014-01-01", &[("Jane Moore", Status::Present)]),
        ]);
        let status: Vec<_> = graph.panel.iter().flatten().map(|p| p.status).collect();
        assert_eq!(status, [Some(Status::Present)]);
    }
}
