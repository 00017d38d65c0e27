//! Writes `popolo.json`: people, organisations, posts, memberships, events, motions, as the Popolo project
//! specifies them. Identifiers are relative to the base, as in the tables.
//!
//! The format has no place for apologies, absence and substitution: an event's `attendees` were present.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::{Error, Job, Staging};
use crate::model::{DecisionRecord, Entity, EntityId, EntityKind, MeetingRecord, Predicate, Status, Tenure};

/// Writes the file.
pub(super) fn write(job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    let graph = job.graph;
    let of_kind = |kind| graph.entities.iter().filter(move |e| e.kind == kind);
    let mut parents = BTreeMap::new();
    for relation in graph.relations.edges().iter().filter(|r| r.predicate == Predicate::PartOf) {
        parents.entry(job.view.iri(relation.subject)).or_insert_with(|| job.view.iri(relation.object));
    }
    let posts: BTreeSet<_> = graph.tenures.iter().filter_map(|t| t.role.zip(t.organisation)).collect();

    into.file("popolo.json", |out| {
        list(out, "{", "persons", of_kind(EntityKind::Person).map(person))?;
        let organisations = of_kind(EntityKind::Organisation);
        list(out, ",", "organizations", organisations.map(|e| organisation(e, parents.get(&*e.iri).copied())))?;
        list(out, ",", "posts", posts.iter().map(|&(role, organisation)| post(job, role, organisation)))?;
        list(out, ",", "memberships", graph.tenures.iter().map(|t| membership(job, t)))?;
        let events = graph.meetings.chunk_by(|a, b| a.meeting == b.meeting);
        list(out, ",", "events", events.map(|records| event(job, records)))?;
        list(out, ",", "motions", graph.decisions.iter().map(|d| motion(job, &d)))?;
        out.write_all(b"}\n")
    })
}

/// A list of objects, a line each; what is unknown is left out of them.
fn list(out: &mut impl Write, before: &str, name: &str, objects: impl Iterator<Item = Value>) -> io::Result<()> {
    write!(out, "{before}\"{name}\":[")?;
    for (number, object) in objects.enumerate() {
        let known: Map<String, Value> = match object {
            Value::Object(object) => object.into_iter().filter(|(_, value)| !is_empty(value)).collect(),
            _ => Map::new(),
        };
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &known)?;
    }
    out.write_all(b"]")
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty)
}

fn other_names(entity: &Entity) -> Vec<Value> {
    entity.details().aliases.iter().map(|name| json!({"name": name})).collect()
}

fn text<T: ToString>(value: Option<T>) -> Value {
    value.map_or(Value::Null, |v| Value::String(v.to_string()))
}

fn person(e: &Entity) -> Value {
    json!({
        "id": e.iri,
        "name": e.name,
        "given_name": e.details().given,
        "family_name": e.details().family,
        "honorific_prefix": e.details().honorifics.join(" "),
        "honorific_suffix": e.details().postnominals.join(" "),
        "other_names": other_names(e),
    })
}

fn organisation(e: &Entity, parent: Option<&str>) -> Value {
    json!({
        "id": e.iri,
        "name": e.name,
        "classification": e.details().class,
        "parent_id": parent,
        "other_names": other_names(e),
    })
}

fn post_id(job: &Job<'_>, role: EntityId, organisation: EntityId) -> String {
    format!("{}/{}", job.view.iri(organisation), job.view.iri(role))
}

fn post(job: &Job<'_>, role: EntityId, organisation: EntityId) -> Value {
    json!({
        "id": post_id(job, role, organisation),
        "label": job.view.name(role),
        "organization_id": job.view.iri(organisation),
    })
}

fn membership(job: &Job<'_>, tenure: &Tenure) -> Value {
    json!({
        "person_id": job.view.iri(tenure.person),
        "organization_id": tenure.organisation.map(|o| job.view.iri(o)),
        "post_id": tenure.role.zip(tenure.organisation).map(|(role, o)| post_id(job, role, o)),
        "role": tenure.role.map(|role| job.view.name(role)),
        "on_behalf_of_id": tenure.on_behalf_of.map(|o| job.view.iri(o)),
        "start_date": text(tenure.start),
        "end_date": text(tenure.end),
    })
}

/// A meeting as the first of its documents states it, with all who were there.
fn event(job: &Job<'_>, records: &[MeetingRecord]) -> Value {
    let record = &records[0];
    let listed = records.iter().flat_map(|record| job.graph.attendance.of(record.document));
    let attendees: BTreeSet<_> = listed.filter(|a| a.status == Status::Present).map(|a| a.person).collect();
    let moment = |time: Option<crate::model::Time>| match (record.date, time) {
        (Some(date), Some(time)) if date.is_day() => Value::String(format!("{date}T{time}")),
        (date, _) => text(date),
    };
    json!({
        "id": job.view.iri(record.meeting),
        "name": job.view.name(record.meeting),
        "classification": "meeting",
        "organization_id": record.body.map(|body| job.view.iri(body)),
        "start_date": moment(record.start_time),
        "end_date": record.end_time.map_or(Value::Null, |end| moment(Some(end))),
        "location": record.venue.as_ref().map(|venue| &*venue.text),
        "attendees": attendees.iter().map(|a| json!({"id": job.view.iri(*a), "name": job.view.name(*a)})).collect::<Vec<_>>(),
    })
}

fn motion(job: &Job<'_>, record: &DecisionRecord) -> Value {
    let meeting = job.view.meeting(record.meeting, Some(record.document));
    json!({
        "id": job.view.iri(record.decision),
        "text": &*record.quote.text,
        "date": text(record.date),
        "organization_id": meeting.and_then(|m| m.body).map(|body| job.view.iri(body)),
        "creator_id": record.mover.map(|mover| job.view.iri(mover)),
        "result": record.outcome,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::sample;
    use serde_json::Value;

    #[test]
    fn memberships_and_motions_name_people_and_organisations_that_are_there() {
        let read: Value = serde_json::from_str(&sample::build(&["popolo"]).read("popolo.json")).unwrap();
        let list = |name: &str| read[name].as_array().unwrap().clone();
        let ids: BTreeSet<String> = ["persons", "organizations", "posts", "events"]
            .iter()
            .flat_map(|name| list(name))
            .map(|object| object["id"].as_str().unwrap().to_owned())
            .collect();
        let mut named = 0;
        for object in ["posts", "memberships", "events", "motions"].iter().flat_map(|name| list(name)) {
            for (key, value) in object.as_object().unwrap() {
                assert!(!value.is_null());
                if key.ends_with("_id") {
                    named += 1;
                    assert!(ids.contains(value.as_str().unwrap()), "{key}: {value}");
                }
            }
        }
        assert!(named > 5);
        expect_test::expect![[r#"{"attendees":[{"id":"person/ann-hare","name":"Ann Hare"},{"id":"person/bob-ash","name":"Bob Ash"}],"classification":"meeting","id":"meeting/fenland/2014-03-13","location":"Town Hall","name":"Fenland Safety Board, 2014-03-13","organization_id":"organisation/fenland-safety-board","start_date":"2014-03-13T14:00"}"#]].assert_eq(&list("events")[0].to_string());
    }
}
