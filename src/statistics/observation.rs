//! What the tables say of one person, or of one organisation, at one meeting: the atoms of every figure.
//! In: the panel, the meetings, the lists. Out: one observation a row of the panel, or one an organisation and
//! meeting. Must never make an observation of a meeting without a recorded list.

use std::collections::{BTreeMap, BTreeSet};

use super::By;
use crate::model::table::{AttendanceRow, MeetingRow, PanelRow};
use crate::model::{Date, Status};

/// A meeting as figures see it.
#[derive(Clone, Debug, Default)]
pub(super) struct Meeting<'a> {
    pub(super) body: &'a str,
    pub(super) body_name: &'a str,
    pub(super) date: &'a str,
    pub(super) recorded: bool,
}

/// What is known of one person, or of one organisation, at one meeting with a list.
pub(super) struct Observation<'a> {
    pub(super) key: Vec<String>,
    pub(super) body: &'a str,
    pub(super) meeting: &'a str,
    pub(super) date: &'a str,
    pub(super) status: Option<Status>,
    pub(super) substituted: bool,
    pub(super) as_substitute: bool,
}

/// Every meeting once, with a list where any of its documents has one.
pub(super) fn meetings(rows: &[MeetingRow]) -> BTreeMap<&str, Meeting<'_>> {
    let mut meetings: BTreeMap<&str, Meeting<'_>> = BTreeMap::new();
    for row in rows {
        let meeting = meetings.entry(&row.meeting).or_default();
        if meeting.body.is_empty() {
            (meeting.body, meeting.body_name) = (&row.body, &row.body_name);
        }
        if meeting.date.is_empty() {
            meeting.date = &row.date;
        }
        meeting.recorded |= row.attendance_recorded == "1";
    }
    meetings
}

/// Who came in whose place.
pub(super) struct Substitutes<'a> {
    /// Meeting and identifier of those who came in another's place.
    came: BTreeSet<(&'a str, &'a str)>,
    /// Meeting and name of those whose place was taken.
    replaced: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Substitutes<'a> {
    pub(super) fn new(attendance: &'a [AttendanceRow]) -> Self {
        let rows =
            || attendance.iter().filter(|row| !row.substitute_for.is_empty() && row.status == Status::Present.name());
        Self {
            came: rows().map(|row| (row.meeting.as_str(), row.person.as_str())).collect(),
            replaced: rows().map(|row| (row.meeting.as_str(), row.substitute_for.as_str())).collect(),
        }
    }
}

/// One observation a row of the panel.
pub(super) fn people<'a>(
    panel: &'a [PanelRow],
    by: By,
    meetings: &BTreeMap<&'a str, Meeting<'a>>,
    substitutes: &Substitutes<'_>,
) -> Vec<Observation<'a>> {
    panel
        .iter()
        .map(|row| {
            let meeting = meetings.get(row.meeting.as_str()).cloned().unwrap_or_default();
            let key = match by {
                By::Person => vec![&row.person, &row.person_name, &row.body_name, &row.capacity],
                By::Capacity => vec![&row.capacity, &row.body_name],
                _ => Vec::new(),
            };
            let key = if key.is_empty() {
                meeting_key(by, &row.meeting, &Meeting { body_name: &row.body_name, date: &row.date, ..meeting })
            } else {
                key.into_iter().cloned().collect()
            };
            let at = row.meeting.as_str();
            let status = Status::from_name(&row.status);
            let away = status != Some(Status::Present);
            Observation {
                key,
                body: meeting.body,
                meeting: at,
                date: &row.date,
                status,
                substituted: away && substitutes.replaced.contains(&(at, row.person_name.as_str())),
                as_substitute: substitutes.came.contains(&(at, row.person.as_str())),
            }
        })
        .collect()
}

/// One observation an organisation and meeting with a list of the body, from first to last time that a list names
/// somebody who stands for it.
pub(super) fn organisations<'a>(
    panel: &'a [PanelRow],
    meetings: &BTreeMap<&'a str, Meeting<'a>>,
    substitutes: &Substitutes<'_>,
) -> Vec<Observation<'a>> {
    /// What an organisation shows at one meeting.
    #[derive(Default)]
    struct Standing {
        status: Option<Status>,
        in_person: bool,
        by_substitute: bool,
    }
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    let mut windows: BTreeMap<(&str, &str), BTreeMap<&str, Standing>> = BTreeMap::new();
    for row in panel {
        let body = meetings.get(row.meeting.as_str()).map_or("", |meeting| meeting.body);
        let listed = row.organisation.split("; ").zip(row.organisation_name.split("; "));
        for (organisation, name) in listed.filter(|(organisation, _)| !organisation.is_empty()) {
            names.insert(organisation, name);
            let at = row.meeting.as_str();
            let came = substitutes.came.contains(&(at, row.person.as_str()));
            // A list that names a substitute often does not name the one whose place was taken.
            let replaced =
                row.status != Status::Present.name() && substitutes.replaced.contains(&(at, row.person_name.as_str()));
            let status = if replaced { Some(Status::Present) } else { Status::from_name(&row.status) };
            let Some(status) = status else { continue };
            let window = windows.entry((organisation, body)).or_default();
            let standing = window.entry(&row.meeting).or_default();
            // Present outweighs apologies, and apologies absence: the order of the statuses.
            standing.status = Some(standing.status.map_or(status, |known| known.min(status)));
            standing.in_person |= status == Status::Present && !came && !replaced;
            standing.by_substitute |= replaced || (came && status == Status::Present);
        }
    }
    let mut observations = Vec::new();
    for ((organisation, body), window) in windows {
        let dates = || window.keys().filter_map(|id| meetings.get(id)).map(|meeting| meeting.date);
        let (first, last) = (dates().min().unwrap_or(""), dates().max().unwrap_or(""));
        let held = meetings.iter().filter(|(_, m)| m.recorded && m.body == body && first <= m.date && m.date <= last);
        for (id, meeting) in held {
            let standing = window.get(id);
            observations.push(Observation {
                key: vec![
                    organisation.to_owned(),
                    names.get(organisation).copied().unwrap_or("").to_owned(),
                    meeting.body_name.to_owned(),
                ],
                body,
                meeting: id,
                date: meeting.date,
                status: standing.and_then(|standing| standing.status),
                substituted: standing.is_some_and(|standing| standing.by_substitute && !standing.in_person),
                as_substitute: false,
            });
        }
    }
    observations
}

/// The labels of a figure that is about meetings.
pub(super) fn meeting_key(by: By, id: &str, meeting: &Meeting<'_>) -> Vec<String> {
    let body = meeting.body_name.to_owned();
    let year = meeting.date.get(..4).unwrap_or("").to_owned();
    match by {
        By::Body => vec![meeting.body.to_owned(), body],
        By::Year => vec![year, body],
        By::MunicipalYear => {
            let municipal = meeting.date.parse::<Date>().map_or(year, |date| date.municipal_year().to_string());
            vec![municipal, body]
        }
        By::Meeting => vec![id.to_owned(), meeting.date.to_owned(), body],
        By::Person | By::Organisation | By::Capacity => Vec::new(),
    }
}
