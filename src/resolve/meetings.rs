//! Meetings and documents as entities with their records. Two documents of one body and day minute one
//! meeting, unless their starts are clearly apart. A meeting that minutes only refer to is an entity too.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::model::{Date, DocumentId, DocumentRecord, EntityId, EntityKind, MeetingRecord, Time};

use super::builder::Builder;
use super::identifier::{Taken, path_slug};

/// Starts that are so many minutes apart are of two meetings.
const APART: u16 = 60;

/// Makes an entity of every document and every meeting.
pub(super) fn meetings(builder: &mut Builder) {
    documents(builder);
    let mut groups: FxHashMap<(EntityId, Date), Vec<u32>> = FxHashMap::default();
    let mut single = Vec::new();
    for d in builder.documents() {
        let Some(facts) = builder.facts(d) else { continue };
        match (builder.body(d), facts.date) {
            (Some(body), Some(date)) if date.is_day() => groups.entry((body, date)).or_default().push(d),
            (body, date) => single.push((d, body, date)),
        }
    }
    let mut taken = Taken::default();
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_unstable();
    for ((body, date), documents) in groups {
        for (i, (start, documents)) in sittings(builder, &documents).into_iter().enumerate() {
            let time = start.filter(|_| i > 0);
            let suffix = time.map(|t| t.to_string().replace(':', "")).unwrap_or_default();
            let plain = format!("meeting/{}/{date}", path_of(builder, body));
            let plain = if suffix.is_empty() { plain } else { format!("{plain}-{suffix}") };
            let kept = documents.iter().find_map(|d| kept(builder, *d, &mut taken));
            let iri = kept.unwrap_or_else(|| claim(builder, &mut taken, &plain, documents[0]));
            let clock = time.map(|t| format!(", {t}")).unwrap_or_default();
            let name = format!("{}, {date}{clock}", builder.graph.entities[body.0 as usize].name);
            let meeting = builder.entity(iri, EntityKind::Meeting, name);
            builder.days.entry((body, date)).or_insert(meeting);
            for d in documents {
                builder.meetings[d as usize] = Some(meeting);
            }
        }
    }
    for (d, body, date) in single {
        let path = path_slug(builder.path(d)).replace('/', "-");
        let iri = match (body, date) {
            (Some(body), date) => {
                let date = date.map(|date| format!("{date}-")).unwrap_or_default();
                format!("meeting/{}/{date}{path}", path_of(builder, body))
            }
            (None, _) => format!("meeting/{path}"),
        };
        let iri = kept(builder, d, &mut taken).unwrap_or_else(|| claim(builder, &mut taken, &iri, d));
        let what =
            body.map_or_else(|| builder.path(d).to_owned(), |b| builder.graph.entities[b.0 as usize].name.to_string());
        let name = date.map_or(what.clone(), |date| format!("{what}, {date}"));
        let meeting = builder.entity(iri, EntityKind::Meeting, name);
        builder.meetings[d as usize] = Some(meeting);
        if let (Some(body), Some(date)) = (body, date) {
            builder.days.entry((body, date)).or_insert(meeting);
        }
    }
    referred(builder);
    records(builder);
}

/// The identifier that an earlier build gave the meeting of a document.
fn kept(builder: &Builder, d: u32, taken: &mut Taken) -> Option<String> {
    let kept = builder.kept.at(d, EntityKind::Meeting, 0, 0).first()?;
    taken.reserve(kept).then(|| (*kept).to_owned())
}

/// A free identifier for the meeting of a document.
fn claim(builder: &Builder, taken: &mut Taken, plain: &str, d: u32) -> String {
    if builder.kept.holds(plain) {
        taken.reserve(plain);
    }
    taken.claim(plain, &[], &[builder.path(d)])
}

/// The identifier of a body, without its kind.
fn path_of(builder: &Builder, body: EntityId) -> String {
    builder.graph.entities[body.0 as usize].iri.trim_start_matches("organisation/").to_owned()
}

/// Documents of one body and day by meeting: those whose starts are near, in order of time; a document that
/// gives no time goes with the first.
fn sittings(builder: &Builder, documents: &[u32]) -> Vec<(Option<Time>, Vec<u32>)> {
    let start = |d: u32| builder.facts(d).and_then(|f| f.start_time);
    let minutes = |t: Time| u16::from(t.hour) * 60 + u16::from(t.minute);
    let mut timed: Vec<(Time, u32)> = documents.iter().filter_map(|d| Some((start(*d)?, *d))).collect();
    timed.sort_unstable();
    let mut sittings: Vec<(Option<Time>, Vec<u32>)> = Vec::new();
    for (time, d) in timed {
        match sittings.last_mut() {
            Some((Some(first), of)) if minutes(time) - minutes(*first) < APART => of.push(d),
            _ => sittings.push((Some(time), vec![d])),
        }
    }
    let untimed = documents.iter().copied().filter(|d| start(*d).is_none());
    if sittings.is_empty() {
        sittings.push((None, Vec::new()));
    }
    sittings[0].1.extend(untimed);
    sittings[0].1.sort_unstable();
    sittings
}

/// Meetings that minutes refer to by their day, where no document minutes them.
fn referred(builder: &mut Builder) {
    for d in builder.documents() {
        let Some(body) = builder.body(d) else { continue };
        let known = Rc::clone(&builder.known);
        for date in known[d as usize].days.iter().copied() {
            if !builder.days.contains_key(&(body, date)) {
                let iri = format!("meeting/{}/{date}", path_of(builder, body));
                let name = format!("{}, {date}", builder.graph.entities[body.0 as usize].name);
                let meeting = builder.entity(iri, EntityKind::Meeting, name);
                builder.days.insert((body, date), meeting);
            }
        }
    }
}

fn documents(builder: &mut Builder) {
    let mut taken = Taken::default();
    for d in builder.documents() {
        let source = builder.known[d as usize].source.clone();
        let plain = path_slug(&source.path);
        let iri = taken.claim(&format!("document/{plain}"), &[], &[&source.path]);
        let entity = builder.entity(iri, EntityKind::Document, source.path.clone());
        builder.graph.documents.push(DocumentRecord { source, entity, meeting: None, statements: 0 });
    }
}

fn records(builder: &mut Builder) {
    for d in builder.documents() {
        let document = builder.graph.documents[d as usize].entity;
        builder.seen(document, d, 0);
        let known = Rc::clone(&builder.known);
        let (Some(facts), Some(meeting)) = (&known[d as usize].facts, builder.meetings[d as usize]) else { continue };
        builder.graph.documents[d as usize].meeting = Some(meeting);
        builder.seen(meeting, d, 0);
        builder.graph.meetings.push(MeetingRecord {
            meeting,
            document: DocumentId(d),
            body: builder.body(d),
            body_as_written: known[d as usize].body_as_written.clone(),
            date: facts.date,
            start_time: facts.start_time,
            end_time: facts.end_time,
            venue: facts.venue.as_ref().map(|venue| builder.kept_quote(venue)),
            chairs: known[d as usize].chairs.clone(),
            attendance_recorded: facts.attendance_recorded,
            previous: facts.previous.iter().max().copied(),
            next: facts.next,
            quote: builder.kept_quote(&facts.quote),
        });
    }
    // A meeting that is only referred to is seen on its own day.
    let mut days: Vec<((EntityId, Date), EntityId)> = builder.days.iter().map(|(k, v)| (*k, *v)).collect();
    days.sort_unstable();
    for ((_, date), meeting) in days {
        let entity = &mut builder.graph.entities[meeting.0 as usize];
        entity.first_seen = entity.first_seen.or(Some(date));
        entity.last_seen = entity.last_seen.or(Some(date));
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, graph_of, iris};
    use super::*;
    use crate::model::Predicate;

    fn minutes(path: &str, date: &str, start: Option<&str>) -> Sample {
        let mut sample = Sample::document(path);
        sample.body("Blaby Safety Board");
        sample.date(date);
        sample.meeting(|m| m.start_time = start.and_then(|t| t.parse().ok()));
        sample
    }

    #[test]
    fn two_documents_of_one_day_are_one_meeting() {
        let graph = graph_of(&[minutes("b.txt", "2014-03-13", Some("14:00")), minutes("a.txt", "2014-03-13", None)]);
        assert_eq!(iris(&graph, EntityKind::Meeting), ["meeting/blaby-safety-board/2014-03-13"]);
        assert_eq!(graph.meetings.len(), 2);
    }

    #[test]
    fn two_starts_of_one_day_are_two_meetings() {
        let graph =
            graph_of(&[minutes("a.txt", "2014-03-13", Some("14:00")), minutes("b.txt", "2014-03-13", Some("10:00"))]);
        assert_eq!(
            iris(&graph, EntityKind::Meeting),
            ["meeting/blaby-safety-board/2014-03-13", "meeting/blaby-safety-board/2014-03-13-1400"]
        );
    }

    #[test]
    fn a_meeting_that_is_referred_to_is_an_entity() {
        let mut sample = minutes("a.txt", "2014-03-13", None);
        let earlier = "2013-12-02".parse().expect("a date");
        sample.meeting(|m| m.previous.push(earlier));
        let graph = graph_of(&[sample]);
        assert_eq!(
            iris(&graph, EntityKind::Meeting),
            ["meeting/blaby-safety-board/2013-12-02", "meeting/blaby-safety-board/2014-03-13"]
        );
        let follows: Vec<_> = graph.relations.iter().filter(|r| r.predicate == Predicate::Follows).collect();
        assert_eq!(follows.len(), 1);
        assert_eq!(graph.entity(follows[0].object).iri, "meeting/blaby-safety-board/2013-12-02");
    }

    #[test]
    fn without_a_body_the_document_names_the_meeting() {
        let graph = graph_of(&[Sample::document("north/a b.txt")]);
        assert_eq!(iris(&graph, EntityKind::Meeting), ["meeting/north-a-b-txt"]);
    }
}
