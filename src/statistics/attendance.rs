//! Attendance rates. In: the panel (one row a person and meeting with a recorded list, from the person's first to
//! last listing), the meetings and the lists. Out: for each person, organisation, body, year, meeting or capacity,
//! how many of how many were attended, with apologies, absence, silence and substitutes counted apart.
//!
//! A meeting without a recorded list is in no denominator: it is counted as not recorded, beside the rate.
//! A substitute counts for the organisation, and for no member.

use std::collections::{BTreeMap, BTreeSet};

use super::observation::{Observation, Substitutes, meeting_key, meetings, organisations, people};
use crate::model::table::{AttendanceRow, MeetingRow, PanelRow};
use crate::model::{Date, Status};

/// What figures are worked out for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A person in a body, officers and visitors apart from members.
    Person,
    /// An organisation in a body: one person who stands for it is enough.
    Organisation,
    /// A body: all its people and meetings.
    Body,
    /// A calendar year of a body.
    Year,
    /// A municipal year of a body, by its first year.
    MunicipalYear,
    /// One meeting.
    Meeting,
    /// Members, officers, attendees of a body.
    Capacity,
}

impl By {
    /// The columns that tell the figures apart: identifiers first.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Person => &["person", "person_name", "body_name", "capacity"],
            Self::Organisation => &["organisation", "organisation_name", "body_name"],
            Self::Body => &["body", "body_name"],
            Self::Year => &["year", "body_name"],
            Self::MunicipalYear => &["municipal_year", "body_name"],
            Self::Meeting => &["meeting", "date", "body_name"],
            Self::Capacity => &["capacity", "body_name"],
        }
    }

    /// Whether meetings without a list are told from the meetings themselves, rather than from the window
    /// between a first and a last listing.
    const fn of_meetings(self) -> bool {
        matches!(self, Self::Body | Self::Year | Self::MunicipalYear | Self::Meeting)
    }
}

/// The rows that figures rest on.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// All meetings.
    pub meetings: &'a [MeetingRow],
    /// All lists.
    pub attendance: &'a [AttendanceRow],
    /// The panel.
    pub panel: &'a [PanelRow],
}

/// Which figures are wanted.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Identifier of the body; all where `None`.
    pub body: Option<String>,
    /// First day, month or year.
    pub since: Option<Date>,
    /// Last day, month or year, itself included.
    pub until: Option<Date>,
    /// Figures over fewer meetings are left out.
    pub minimum: u32,
}

impl Selection {
    /// Whether it holds a meeting of this body on this date, as written in a table.
    pub fn holds(&self, body: &str, date: &str) -> bool {
        self.body.as_deref().is_none_or(|wanted| wanted == body) && self.within(date)
    }

    /// Whether a date, as written in a table, lies within.
    pub fn within(&self, date: &str) -> bool {
        let after = self.since.is_none_or(|since| cut(date, since) >= since.to_string().as_str());
        let before = self.until.is_none_or(|until| cut(date, until) <= until.to_string().as_str());
        after && before
    }
}

/// A date cut to the precision of another, so that 2014-03-13 is within 2014.
fn cut(date: &str, to: Date) -> &str {
    date.get(..to.to_string().len()).unwrap_or(date)
}

/// A figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// Values of [`By::columns`].
    pub labels: Vec<String>,
    /// How many were attended.
    pub present: u32,
    /// Of how many.
    pub of: u32,
    /// Apologies.
    pub apologies: u32,
    /// Listed as absent, without apology.
    pub absent: u32,
    /// Not named by a list between first and last listing.
    pub not_mentioned: u32,
    /// Absences for which somebody else came; for an organisation, meetings at which substitutes alone stood for it.
    pub substituted: u32,
    /// Attendances in another's place.
    pub as_substitute: u32,
    /// Meetings without a recorded list in the same time, which count for nothing.
    pub not_recorded: u32,
    /// Number of meetings with a recorded list.
    pub meetings: u32,
    /// Date of the first of them.
    pub first: String,
    /// Date of the last.
    pub last: String,
}

impl Figure {
    /// Attended divided by expected; `None` where nothing was expected.
    pub fn rate(&self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.present) / f64::from(self.of))
    }
}

/// Figures, and what the reader must know of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Sorted by their labels.
    pub figures: Vec<Figure>,
    /// How many were left out for want of meetings.
    pub left_out: usize,
    /// Names that more than one person bears.
    pub namesakes: Vec<String>,
}

/// A figure in the making: what it has counted, and where.
#[derive(Default)]
struct Tally<'a> {
    figure: Figure,
    meetings: BTreeSet<&'a str>,
    bodies: BTreeSet<&'a str>,
}

/// Works out the figures.
pub fn attendance(facts: &Facts<'_>, by: By, selection: &Selection) -> Report {
    let meetings = meetings(facts.meetings);
    let substitutes = Substitutes::new(facts.attendance);
    let observations = match by {
        By::Organisation => organisations(facts.panel, &meetings, &substitutes),
        _ => people(facts.panel, by, &meetings, &substitutes),
    };
    let mut tallies: BTreeMap<Vec<String>, Tally<'_>> = BTreeMap::new();
    for seen in observations.into_iter().filter(|seen| selection.holds(seen.body, seen.date)) {
        let tally = tallies.entry(seen.key.clone()).or_default();
        count(&mut tally.figure, &seen);
        tally.meetings.insert(seen.meeting);
        tally.bodies.insert(seen.body);
    }
    let mut unrecorded: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, meeting) in meetings.iter().filter(|(_, m)| !m.recorded && selection.holds(m.body, m.date)) {
        if by.of_meetings() {
            tallies.entry(meeting_key(by, id, meeting)).or_default().figure.not_recorded += 1;
        } else {
            unrecorded.entry(meeting.body).or_default().push(meeting.date);
        }
    }
    for dates in unrecorded.values_mut() {
        dates.sort_unstable();
    }
    for Tally { figure, bodies, .. } in tallies.values_mut() {
        for dates in bodies.iter().filter_map(|body| unrecorded.get(body)) {
            let before = dates.partition_point(|date| *date < figure.first.as_str());
            let until = dates.partition_point(|date| *date <= figure.last.as_str());
            figure.not_recorded += until.saturating_sub(before) as u32;
        }
    }
    let mut report = Report::default();
    for (labels, Tally { mut figure, meetings, .. }) in tallies {
        figure.meetings = meetings.len() as u32;
        figure.labels = labels;
        // What was never recorded is shown, so that nobody takes it for absence; it has no denominator to be small.
        if figure.meetings < selection.minimum && figure.of > 0 {
            report.left_out += 1;
        } else {
            report.figures.push(figure);
        }
    }
    if by == By::Person {
        report.namesakes = namesakes(&report.figures);
    }
    report.figures.sort_by_cached_key(|figure| sort_key(by, figure));
    report
}

/// By body, then by what is told apart within it, and at last by identifier.
fn sort_key(by: By, figure: &Figure) -> (String, Vec<String>) {
    let body = by.columns().iter().position(|column| *column == "body_name").unwrap_or(0);
    let mut rest = figure.labels.clone();
    let body = if body < rest.len() { rest.remove(body) } else { String::new() };
    rest.rotate_left(usize::from(matches!(by, By::Person | By::Organisation | By::Meeting)));
    (body, rest)
}

/// Names of more than one identifier among figures of people.
fn namesakes(figures: &[Figure]) -> Vec<String> {
    let mut ids: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for figure in figures {
        if let [id, name, ..] = &figure.labels[..] {
            ids.entry(name).or_default().insert(id);
        }
    }
    ids.into_iter().filter(|(_, ids)| ids.len() > 1).map(|(name, _)| name.to_owned()).collect()
}

fn count(figure: &mut Figure, seen: &Observation<'_>) {
    figure.of += 1;
    let counter = match seen.status {
        Some(Status::Present) => &mut figure.present,
        Some(Status::Apologies) => &mut figure.apologies,
        Some(Status::Absent) => &mut figure.absent,
        None => &mut figure.not_mentioned,
    };
    *counter += 1;
    figure.substituted += u32::from(seen.substituted);
    figure.as_substitute += u32::from(seen.as_substitute);
    if figure.first.is_empty() || seen.date < figure.first.as_str() {
        seen.date.clone_into(&mut figure.first);
    }
    if seen.date > figure.last.as_str() {
        seen.date.clone_into(&mut figure.last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A board whose meetings are given as `date` (with a list) or `date?` (without).
    struct Board {
        meetings: Vec<MeetingRow>,
        attendance: Vec<AttendanceRow>,
        panel: Vec<PanelRow>,
    }

    impl Board {
        fn new(dates: &[&str]) -> Self {
            let row = |date: &&str| MeetingRow {
                meeting: format!("meeting/{}", date.trim_end_matches('?')),
                body: "organisation/board".into(),
                body_name: "Board".into(),
                date: date.trim_end_matches('?').into(),
                attendance_recorded: if date.ends_with('?') { "0" } else { "1" }.into(),
                ..MeetingRow::default()
            };
            Self { meetings: dates.iter().map(row).collect(), attendance: Vec::new(), panel: Vec::new() }
        }

        /// Adds what the panel says of a person of an organisation: `date status`, where `not_mentioned` is a status too.
        fn person(mut self, name: &str, organisation: &str, said: &[(&str, &str)]) -> Self {
            for (date, status) in said {
                self.panel.push(PanelRow {
                    meeting: format!("meeting/{date}"),
                    date: (*date).into(),
                    body_name: "Board".into(),
                    person: format!("person/{}", name.to_lowercase()),
                    person_name: name.into(),
                    capacity: "member".into(),
                    organisation: format!("organisation/{}", organisation.to_lowercase()),
                    organisation_name: organisation.into(),
                    status: (*status).into(),
                    present: if *status == "present" { "1" } else { "0" }.into(),
                    ..PanelRow::default()
                });
            }
            self
        }

        fn substitute(mut self, date: &str, came: &str, replaced: &str) -> Self {
            self.attendance.push(AttendanceRow {
                meeting: format!("meeting/{date}"),
                person: format!("person/{}", came.to_lowercase()),
                person_name: came.into(),
                status: "present".into(),
                substitute_for: replaced.into(),
                ..AttendanceRow::default()
            });
            self
        }

        fn report(&self, by: By, selection: &Selection) -> Report {
            let facts = Facts { meetings: &self.meetings, attendance: &self.attendance, panel: &self.panel };
            attendance(&facts, by, selection)
        }

        /// The only figure whose labels hold a name.
        fn figure(&self, by: By, name: &str) -> Figure {
            let report = self.report(by, &Selection::default());
            let mut found = report.figures.into_iter().filter(|figure| figure.labels.iter().any(|label| label == name));
            let figure = found.next().unwrap_or_else(|| panic!("no figure for {name}"));
            assert!(found.next().is_none(), "two figures for {name}");
            figure
        }
    }

    const YEAR: [&str; 4] = ["2014-01-10", "2014-04-10", "2014-07-10", "2014-10-10"];

    #[test]
    fn a_member_of_two_meetings_of_eighteen_is_two_of_two() {
        let dates: Vec<String> = (1..=18).map(|i| format!("20{i:02}-01-10")).collect();
        let dates: Vec<&str> = dates.iter().map(String::as_str).collect();
        let board = Board::new(&dates).person("Ada", "Trust", &[("2001-01-10", "present"), ("2002-01-10", "present")]);
        let ada = board.figure(By::Person, "Ada");
        assert_eq!((ada.present, ada.of), (2, 2));
    }

    #[test]
    fn somebody_who_is_listed_only_when_present_is_not_at_a_hundred_per_cent() {
        let said = [(YEAR[0], "present"), (YEAR[1], "not_mentioned"), (YEAR[2], "not_mentioned"), (YEAR[3], "present")];
        let ada = Board::new(&YEAR).person("Ada", "Trust", &said).figure(By::Person, "Ada");
        assert_eq!((ada.present, ada.of, ada.not_mentioned), (2, 4, 2));
        assert_eq!(ada.rate(), Some(0.5));
    }

    #[test]
    fn a_meeting_without_a_list_changes_no_rate() {
        let said = [(YEAR[0], "present"), (YEAR[3], "apologies")];
        let with = ["2014-01-10", "2014-04-10?", "2014-07-10?", "2014-10-10", "2015-01-10?"];
        let board = Board::new(&with).person("Ada", "Trust", &said);
        let ada = board.figure(By::Person, "Ada");
        assert_eq!((ada.present, ada.of, ada.absent, ada.not_recorded), (1, 2, 0, 2));
        let trust = board.figure(By::Organisation, "Trust");
        assert_eq!((trust.present, trust.of, trust.not_recorded), (1, 2, 2));
        let body = board.figure(By::Body, "Board");
        assert_eq!((body.present, body.of, body.meetings, body.not_recorded), (1, 2, 2, 3));
        let unrecorded = board.figure(By::Meeting, "2015-01-10");
        assert_eq!((unrecorded.of, unrecorded.not_recorded, unrecorded.rate()), (0, 1, None));
    }

    #[test]
    fn a_substitute_counts_for_the_organisation_and_not_for_the_member() {
        let board = Board::new(&YEAR[..2])
            .person("Ada", "Trust", &[(YEAR[0], "present"), (YEAR[1], "apologies")])
            .person("Tom", "Trust", &[(YEAR[1], "present")])
            .substitute(YEAR[1], "Tom", "Ada");
        let ada = board.figure(By::Person, "Ada");
        assert_eq!((ada.present, ada.of, ada.apologies, ada.substituted), (1, 2, 1, 1));
        let tom = board.figure(By::Person, "Tom");
        assert_eq!((tom.present, tom.of, tom.as_substitute), (1, 1, 1));
        let trust = board.figure(By::Organisation, "Trust");
        assert_eq!((trust.present, trust.of, trust.substituted), (2, 2, 1));
    }

    #[test]
    fn a_substitute_without_an_organisation_counts_for_that_of_the_member() {
        let board = Board::new(&YEAR[..1])
            .person("Ada", "Trust", &[(YEAR[0], "apologies")])
            .person("Tom", "", &[(YEAR[0], "present")])
            .substitute(YEAR[0], "Tom", "Ada");
        let trust = board.figure(By::Organisation, "Trust");
        assert_eq!((trust.present, trust.of, trust.substituted), (1, 1, 1));
    }

    #[test]
    fn two_people_of_one_organisation_at_one_meeting_count_once() {
        let board = Board::new(&YEAR[..1]).person("Ada", "Trust", &[(YEAR[0], "present")]).person(
            "Tom",
            "Trust",
            &[(YEAR[0], "apologies")],
        );
        let trust = board.figure(By::Organisation, "Trust");
        assert_eq!((trust.present, trust.of, trust.apologies), (1, 1, 0));
    }

    #[test]
    fn joining_in_mid_year_starts_the_count_there() {
        let board = Board::new(&YEAR).person("Ada", "Council", &YEAR.map(|date| (date, "present"))).person(
            "Tom",
            "Trust",
            &[(YEAR[2], "present"), (YEAR[3], "present")],
        );
        let tom = board.figure(By::Person, "Tom");
        assert_eq!((tom.present, tom.of, tom.first.as_str()), (2, 2, YEAR[2]));
        let trust = board.figure(By::Organisation, "Trust");
        assert_eq!((trust.present, trust.of), (2, 2));
        assert_eq!((board.figure(By::Year, "2014").present, board.figure(By::Year, "2014").of), (6, 6));
        assert_eq!(board.figure(By::MunicipalYear, "2013").of, 2);
    }

    #[test]
    fn an_organisation_that_sends_nobody_in_between_missed_these_meetings() {
        let board = Board::new(&YEAR)
            .person("Ada", "Council", &YEAR.map(|date| (date, "present")))
            .person("Tom", "Trust", &[(YEAR[0], "present")])
            .person("Eve", "Trust", &[(YEAR[3], "present")]);
        let trust = board.figure(By::Organisation, "Trust");
        assert_eq!((trust.present, trust.of, trust.not_mentioned), (2, 4, 2));
    }

    #[test]
    fn a_selection_bounds_dates_of_any_precision_and_leaves_out_the_few() {
        let board = Board::new(&YEAR).person("Ada", "Trust", &YEAR.map(|date| (date, "present")));
        let date = |text: &str| text.parse::<Date>().ok();
        let selection =
            |since: &str, until: &str| Selection { since: date(since), until: date(until), ..Selection::default() };
        let of =
            |selection: &Selection| board.report(By::Person, selection).figures.first().map_or(0, |figure| figure.of);
        assert_eq!(of(&selection("2014-04", "2014-07")), 2);
        assert_eq!(of(&selection("2014", "2014")), 4);
        assert_eq!(of(&selection("2015", "")), 0);
        let report = board.report(By::Person, &Selection { minimum: 5, ..Selection::default() });
        assert_eq!((report.figures.len(), report.left_out), (0, 1));
        let report =
            board.report(By::Person, &Selection { body: Some("organisation/other".into()), ..Selection::default() });
        assert!(report.figures.is_empty());
    }

    #[test]
    fn namesakes_are_told() {
        let mut board = Board::new(&YEAR[..1]).person("Pat", "Trust", &[(YEAR[0], "present")]);
        board = board.person("Pat", "Council", &[(YEAR[0], "present")]);
        board.panel[1].person = "person/pat-council".into();
        let report = board.report(By::Person, &Selection::default());
        assert_eq!((report.figures.len(), report.namesakes), (2, vec!["Pat".to_owned()]));
    }
}
