//! Who stood for an organisation over time. In: a name as typed, and the tables of a build. Out: a timeline, in the
//! order of the dates, of who was listed, sent apologies or presented on its behalf, and a summary of each
//! organisation with what became of it. Rests on tables alone; must never infer that somebody stood for an
//! organisation at a meeting from another meeting.

use std::collections::{BTreeMap, BTreeSet};

use super::name::{self, Organisations};
use super::{Build, Error};
use crate::model::Status;
use crate::model::table::{AttendanceRow, EntityRow, MeetingRow, RelationRow};

/// One person at one meeting for one organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Appearance {
    /// Day of the meeting.
    pub date: String,
    /// Body that met.
    pub body: String,
    /// Name of the person; empty where the organisation itself is named.
    pub person: String,
    /// Present, apologies or absent; empty where no list and no sentence says.
    pub status: String,
    /// Name of the organisation.
    pub organisation: String,
    /// Its name as the document writes it.
    pub organisation_as_written: String,
    /// How it is known: listed, apologies, presented and what.
    pub how: Vec<String>,
    /// Name of the person whose place was taken.
    pub substitute_for: String,
    /// Documents that say so.
    pub documents: BTreeSet<String>,
    /// Identifier of the meeting.
    pub meeting: String,
    /// Identifier of the person; empty where the organisation itself is named.
    pub person_id: String,
    /// Identifier of the organisation.
    pub organisation_id: String,
    /// Document, start and end of the words that first say so, as the tables have them.
    pub words: Option<[String; 3]>,
}

/// What the minutes show of one organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Name.
    pub organisation: String,
    /// Identifier.
    pub id: String,
    /// How often somebody stood for it, or sent apologies.
    pub appearances: usize,
    /// First and last day of these; empty where none is dated.
    pub first: String,
    /// See [`Summary::first`].
    pub last: String,
    /// Number of people.
    pub people: usize,
    /// Number of meetings at which somebody was present, or presented.
    pub meetings: usize,
    /// Number of apologies.
    pub apologies: usize,
    /// What replaced it: name, and date or `planned` where stated.
    pub successors: Vec<String>,
}

/// How somebody appears whom no list names and who presented nothing.
const NAMED: &str = "named for it in the text";

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// Key of the public function asked for; empty where an organisation was named.
    pub function: String,
    /// Key of the public function of the organisation that was named, where others share it.
    pub wider: String,
    /// By date, meeting, status, person.
    pub appearances: Vec<Appearance>,
    /// In order of first appearance; those that never appeared last.
    pub organisations: Vec<Summary>,
}

/// Place of an appearance in the order: date, meeting, rank of the status, person, organisation.
type Key = (String, String, String, String);

/// Works out the timeline.
///
/// # Errors
/// Where no organisation, or more than one, is meant; where a table cannot be read.
pub fn timeline(build: &Build, typed: &str) -> Result<Timeline, Error> {
    let entities = build.entities()?;
    let Organisations { function, entities: wanted } = name::organisations(typed, entities)?;
    let appearances = appearances(build, &wanted)?;
    let mut organisations: Vec<Summary> = Vec::new();
    for entity in &wanted {
        organisations.push(summary(entity, &appearances, build.relations()?));
    }
    organisations.sort_by(|a, b| {
        (a.first.is_empty(), &a.first, &a.organisation).cmp(&(b.first.is_empty(), &b.first, &b.organisation))
    });
    let wider = match (function, &wanted[..]) {
        (None, [only]) if !only.function.is_empty() => {
            let shared = entities.iter().filter(|entity| entity.function == only.function).count() > 1;
            if shared { only.function.clone() } else { String::new() }
        }
        _ => String::new(),
    };
    Ok(Timeline {
        function: function.unwrap_or_default().to_owned(),
        wider,
        appearances: appearances.into_iter().map(|(_, appearance)| appearance).collect(),
        organisations,
    })
}

/// All appearances for these organisations, each with the organisation's identifier, in order.
fn appearances(build: &Build, wanted: &[&EntityRow]) -> Result<Vec<(String, Appearance)>, Error> {
    let meetings: BTreeMap<&str, &MeetingRow> =
        build.meetings()?.iter().rev().map(|row| (row.meeting.as_str(), row)).collect();
    let wanted: BTreeMap<&str, &EntityRow> = wanted.iter().map(|entity| (entity.id.as_str(), *entity)).collect();
    let attendance = build.attendance()?;
    let relations = build.relations()?;
    let mut found: BTreeMap<Key, Appearance> = BTreeMap::new();
    let key = |date: &str, meeting: &str, person: &str, organisation: &str| -> Key {
        (date.to_owned(), meeting.to_owned(), person.to_owned(), organisation.to_owned())
    };

    for row in attendance {
        for (organisation, written) in listed_for(row) {
            let Some(entity) = wanted.get(organisation) else { continue };
            let seen = found.entry(key(&row.date, &row.meeting, &row.person, organisation)).or_default();
            fill(seen, &row.date, &row.body_name, &row.person_name, entity, written);
            if seen.status.is_empty() {
                seen.status.clone_from(&row.status);
            }
            if seen.substitute_for.is_empty() {
                seen.substitute_for.clone_from(&row.substitute_for);
            }
            let how = match Status::from_name(&row.status) {
                Some(Status::Apologies) => "apologies",
                Some(Status::Absent) => "listed as absent",
                _ => "listed",
            };
            note(seen, how);
            if row.chair == "1" {
                note(seen, "took the chair");
            }
            cite(seen, &row.document, &row.start, &row.end);
        }
    }

    // Who stands for whom by the words of a document other than a list: a presenter's line, a sentence.
    let statuses: BTreeMap<(&str, &str), &str> =
        attendance.iter().map(|row| ((row.meeting.as_str(), row.person.as_str()), row.status.as_str())).collect();
    for row in relations.iter().filter(|row| row.predicate == "represents" && !row.meeting.is_empty()) {
        let Some(entity) = wanted.get(row.object.as_str()) else { continue };
        let seen = found.entry(key(&row.date, &row.meeting, &row.subject, &row.object)).or_default();
        if seen.how.is_empty() {
            let body = meetings.get(row.meeting.as_str()).map_or("", |meeting| meeting.body_name.as_str());
            fill(seen, &row.date, body, &row.subject_name, entity, &row.object_as_written);
            if let Some(status) = statuses.get(&(row.meeting.as_str(), row.subject.as_str())) {
                (*status).clone_into(&mut seen.status);
            }
        }
        cite(seen, &row.document, &row.start, &row.end);
    }

    // What was presented by those who stood for it at that meeting, and what it presented itself.
    for row in relations.iter().filter(|row| row.predicate == "presented") {
        let presented = format!("presented: {}", row.object_name);
        if let Some(entity) = wanted.get(row.subject.as_str()) {
            let seen = found.entry(key(&row.date, &row.meeting, "", &row.subject)).or_default();
            let body = meetings.get(row.meeting.as_str()).map_or("", |meeting| meeting.body_name.as_str());
            fill(seen, &row.date, body, "", entity, &row.subject_as_written);
            note(seen, &presented);
            cite(seen, &row.document, &row.start, &row.end);
            continue;
        }
        for organisation in wanted.keys() {
            if let Some(seen) = found.get_mut(&key(&row.date, &row.meeting, &row.subject, organisation)) {
                note(seen, &presented);
                cite(seen, &row.document, &row.start, &row.end);
            }
        }
    }

    let mut found: Vec<(Key, Appearance)> = found.into_iter().collect();
    for ((_, meeting, person, organisation), seen) in &mut found {
        seen.meeting.clone_from(meeting);
        seen.person_id.clone_from(person);
        seen.organisation_id.clone_from(organisation);
        if seen.how.is_empty() {
            seen.how.push(NAMED.to_owned());
        }
    }
    found.sort_by(|(a, left), (b, right)| {
        let order = |key: &Key, seen: &Appearance| {
            (key.0.is_empty(), key.0.clone(), key.1.clone(), rank(&seen.status), seen.person.clone())
        };
        order(a, left).cmp(&order(b, right)).then_with(|| a.cmp(b))
    });
    Ok(found.into_iter().map(|((.., organisation), seen)| (organisation, seen)).collect())
}

/// The organisations of a row with their names as written, where as many names as organisations are given.
fn listed_for(row: &AttendanceRow) -> Vec<(&str, &str)> {
    let ids: Vec<&str> = name::joined(&row.organisation).collect();
    let written: Vec<&str> = name::joined(&row.organisation_as_written).collect();
    let whole = row.organisation_as_written.as_str();
    ids.iter().enumerate().map(|(i, id)| (*id, if ids.len() == written.len() { written[i] } else { whole })).collect()
}

fn fill(seen: &mut Appearance, date: &str, body: &str, person: &str, organisation: &EntityRow, written: &str) {
    if seen.organisation.is_empty() {
        date.clone_into(&mut seen.date);
        body.clone_into(&mut seen.body);
        person.clone_into(&mut seen.person);
        seen.organisation.clone_from(&organisation.name);
    }
    if seen.organisation_as_written.is_empty() {
        written.clone_into(&mut seen.organisation_as_written);
    }
}

fn cite(seen: &mut Appearance, document: &str, start: &str, end: &str) {
    if !document.is_empty() {
        seen.documents.insert(document.to_owned());
        seen.words.get_or_insert_with(|| [document, start, end].map(str::to_owned));
    }
}

fn note(seen: &mut Appearance, how: &str) {
    if !seen.how.iter().any(|known| known == how) {
        seen.how.push(how.to_owned());
    }
}

/// Present first, then apologies, then absence; what is not stated comes with those present.
fn rank(status: &str) -> u8 {
    match Status::from_name(status) {
        Some(Status::Present) | None => 0,
        Some(Status::Apologies) => 1,
        Some(Status::Absent) => 2,
    }
}

fn summary(entity: &EntityRow, appearances: &[(String, Appearance)], relations: &[RelationRow]) -> Summary {
    let own = || appearances.iter().filter(|(organisation, _)| *organisation == entity.id).map(|(_, seen)| seen);
    let away = |seen: &&Appearance| matches!(Status::from_name(&seen.status), Some(Status::Apologies | Status::Absent));
    let dates = || own().map(|seen| &seen.date).filter(|date| !date.is_empty());
    let people: BTreeSet<&str> = own().map(|seen| seen.person.as_str()).filter(|person| !person.is_empty()).collect();
    // Whom the text only names for it may not have been there.
    let there = |seen: &&Appearance| !seen.status.is_empty() || seen.how.iter().any(|how| how != NAMED);
    let meetings: BTreeSet<(&str, &str)> =
        own().filter(|seen| !away(seen)).filter(there).map(|seen| (seen.date.as_str(), seen.body.as_str())).collect();
    let mut successors: Vec<String> = relations
        .iter()
        .filter(|row| row.predicate == "succeeded_by" && row.subject == entity.id)
        .map(|row| {
            let planned = if row.qualifiers.contains("planned") { "planned" } else { "" };
            let when: Vec<&str> = [planned, &row.valid_from].into_iter().filter(|part| !part.is_empty()).collect();
            if when.is_empty() { row.object_name.clone() } else { format!("{} ({})", row.object_name, when.join(" ")) }
        })
        .collect();
    successors.sort();
    successors.dedup();
    Summary {
        organisation: entity.name.clone(),
        id: entity.id.clone(),
        appearances: own().count(),
        first: dates().min().cloned().unwrap_or_default(),
        last: dates().max().cloned().unwrap_or_default(),
        people: people.len(),
        meetings: meetings.len(),
        apologies: own().filter(|seen| seen.status == Status::Apologies.name()).count(),
        successors,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::sample;

    fn shown(typed: &str) -> Vec<String> {
        let folder = sample::folder();
        let build = Build::open(folder.path()).expect("a build");
        let timeline = timeline(&build, typed).expect("a timeline");
        timeline
            .appearances
            .iter()
            .map(|a| {
                format!("{} {} [{}] {} | {}", a.date, a.person, a.status, a.organisation_as_written, a.how.join("; "))
            })
            .collect()
    }

    #[test]
    fn a_public_function_is_followed_through_its_bodies() {
        assert_eq!(
            shown("probation"),
            [
                "2014-03-13 Tom Reed [present] Northshire Probation Service | listed; presented: Changes to probation",
                "2014-03-13 Col Gold [apologies] Northshire Probation Trust | apologies",
                "2021-06-18 Tom Reed [] National Probation Service | presented: Probation unification",
            ]
        );
    }

    #[test]
    fn substitutes_and_the_chair_are_marked() {
        let folder = sample::folder();
        let build = Build::open(folder.path()).expect("a build");
        let timeline = timeline(&build, "northshire council").expect("a timeline");
        let lee = timeline.appearances.iter().find(|a| a.person == "Pat Lee").expect("listed");
        assert_eq!(lee.substitute_for, "Ines Marr");
        assert_eq!(timeline.appearances[0].how, ["listed", "took the chair"]);
    }

    #[test]
    fn each_organisation_is_summed_up_with_its_successors() {
        let folder = sample::folder();
        let build = Build::open(folder.path()).expect("a build");
        let timeline = timeline(&build, "Probation").expect("a timeline");
        assert_eq!(timeline.function, "probation");
        let trust = &timeline.organisations[0];
        assert_eq!((trust.people, trust.meetings, trust.apologies), (2, 1, 1));
        assert_eq!(trust.successors, ["National Probation Service (planned 2014-05-31)"]);
        assert_eq!(timeline.organisations[2].first, "", "nobody stood for the last one");
        let named = super::timeline(&build, "NPS").expect("a timeline");
        assert_eq!(named.wider, "probation");
    }
}
