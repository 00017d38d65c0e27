//! What the page says body by body: how much of its series there is, and its attendance in charts and figures. Rows of
//! one body are made at a time, so that the page needs no second copy of the graph.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::super::{Job, table as rows_of};
use super::page::{Cell, MOST_ROWS, beginning, heading, paragraph, picture, section, table};
use crate::charts::{CHARTS, Request};
use crate::model::table::{AttendanceRow, MeetingRow, PanelRow};
use crate::model::{EntityId, MeetingRecord};
use crate::statistics::{By, Facts, Figure, Selection, attendance, coverage};

/// So many bodies have charts of their own.
const CHARTED: usize = 6;

/// What there is of a body.
#[derive(Default)]
struct Places<'g> {
    meetings: Vec<&'g MeetingRecord>,
    /// Its row in the panel.
    panel: Option<u32>,
}

/// The rows of one body.
struct Rows {
    meetings: Vec<MeetingRow>,
    attendance: Vec<AttendanceRow>,
    panel: Vec<PanelRow>,
}

impl Rows {
    fn of(job: &Job<'_>, places: &Places<'_>) -> Self {
        let meetings = || places.meetings.iter().copied();
        let listed = meetings().flat_map(|record| job.graph.attendance.of(record.document));
        let panel = places.panel.and_then(|row| job.graph.panel.get(row)).unwrap_or_default();
        Self {
            meetings: meetings().map(|record| rows_of::meeting(job, record)).collect(),
            attendance: listed.map(|record| rows_of::attendance(job, &record)).collect(),
            panel: panel.iter().map(|record| rows_of::panel(job, record)).collect(),
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts { meetings: &self.meetings, attendance: &self.attendance, panel: &self.panel }
    }
}

/// The bodies with their records, those with most lists first.
fn bodies<'g>(job: &Job<'g>) -> Vec<(Option<EntityId>, Places<'g>)> {
    let mut bodies: BTreeMap<Option<EntityId>, Places<'_>> = BTreeMap::new();
    for record in &job.graph.meetings {
        bodies.entry(record.body).or_default().meetings.push(record);
    }
    for row in 0..job.graph.panel.len() as u32 {
        if let Some(record) = job.graph.panel.get(row).and_then(|records| records.into_iter().next()) {
            bodies.entry(Some(record.body)).or_default().panel = Some(row);
        }
    }
    let mut bodies: Vec<_> = bodies.into_iter().collect();
    let listed = |places: &Places<'_>| {
        let meetings = places.meetings.iter().filter(|record| record.attendance_recorded);
        meetings.map(|record| record.meeting).collect::<BTreeSet<_>>().len()
    };
    let name = |body: Option<EntityId>| body.map_or("", |body| job.view.name(body));
    bodies.sort_by_cached_key(|(body, places)| (std::cmp::Reverse(listed(places)), name(*body), *body));
    bodies
}

/// Coverage: what is there of each body's series, and what is missing.
pub(super) fn covered(job: &Job<'_>, out: &mut impl Write) -> io::Result<()> {
    section(out, "coverage", "Coverage")?;
    let (mut all, mut unknown) = (Vec::new(), 0);
    for (body, places) in bodies(job) {
        let meetings: Vec<MeetingRow> = places.meetings.iter().map(|record| rows_of::meeting(job, record)).collect();
        match body {
            Some(_) => all.append(&mut coverage(&meetings)),
            None => unknown = meetings.len(),
        }
    }
    all.sort_by(|a, b| b.found.cmp(&a.found).then(a.body_name.cmp(&b.body_name)).then(a.body.cmp(&b.body)));
    paragraph(
        out,
        "Expected are the meetings that there are minutes of, those that other minutes confirm or announce, and those that \
         the body's own rhythm lets expect where it breaks off for long. Without five meetings no rhythm is assumed.",
    )?;
    if unknown > 0 {
        let documents = if unknown == 1 { "1 document" } else { &format!("{unknown} documents") };
        paragraph(out, &format!("Of {documents} the body that met is not known; these are not counted here."))?;
    }
    let date = |date: Option<crate::model::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let rows: Vec<[Cell; 8]> = all
        .iter()
        .map(|body| {
            [
                body.body_name.as_str().into(),
                body.expected().into(),
                body.found.into(),
                body.with_list.into(),
                body.missing.len().into(),
                body.gaps.iter().map(|gap| gap.expected as usize).sum::<usize>().into(),
                date(body.first).into(),
                date(body.last).into(),
            ]
        })
        .collect();
    let head = ["body", "expected", "found", "with a list", "named, missing", "missing in gaps", "first", "last"];
    table(out, "Meetings by body", head, rows.into_iter(), "meetings.csv")?;
    let mut rows: Vec<[Cell; 3]> = Vec::new();
    for body in &all {
        let name = || Cell::from(body.body_name.as_str());
        for missing in &body.missing {
            let how = if missing.confirmed { "its minutes were confirmed on" } else { "it was announced on" };
            rows.push([name(), missing.date.to_string().into(), format!("{how} {}", missing.named_on).into()]);
        }
        for gap in &body.gaps {
            let why = format!("{} days, where {} are usual", gap.days, body.usual.unwrap_or_default());
            rows.push([name(), format!("{} to {}", gap.from, gap.to).into(), why.into()]);
        }
    }
    table(out, "Missing", ["body", "meeting or interval", "how it is known"], rows.into_iter(), "meetings.csv")
}

/// Attendance: charts of the bodies with most lists, figures of all.
pub(super) fn attended(job: &Job<'_>, out: &mut impl Write) -> io::Result<()> {
    section(out, "attendance", "What are the attendance statistics?")?;
    paragraph(
        out,
        "Expected are the meetings with a recorded list, from a person's or an organisation's first to last listing in that \
         body. A meeting without a list changes no rate; a substitute counts for the organisation and not for the member; \
         officers and visitors are apart from members.",
    )?;
    let (mut people, mut organisations) = (Beginning::default(), Beginning::default());
    for (at, (body, places)) in bodies(job).iter().enumerate() {
        let Some(body) = body else { continue };
        if places.panel.is_none() {
            continue;
        }
        let rows = Rows::of(job, places);
        let selection = Selection { minimum: 1, ..Selection::default() };
        // One meeting is no series.
        let several = rows.panel.iter().any(|row| row.meeting != rows.panel[0].meeting);
        if at < CHARTED && several {
            let name = job.view.name(*body);
            heading(out, name)?;
            let request = Request { facts: rows.facts(), selection: &selection, standings: &[], title: name };
            for chart in
                CHARTS.iter().filter(|chart| ["years", "attendance", "chairs", "network"].contains(&chart.name))
            {
                let drawn = chart.draw(&request);
                if !drawn.empty {
                    picture(out, &drawn)?;
                }
            }
        }
        organisations.add(attendance(&rows.facts(), By::Organisation, &selection).figures);
        people.add(attendance(&rows.facts(), By::Person, &selection).figures);
    }
    let head = ["organisation", "body", "", "attended", "rate", "apologies", "absent", "not mentioned", "not recorded"];
    let Beginning { rows, all } = organisations;
    beginning(out, "By organisation: somebody came for it", head, rows.into_iter(), all, "attendance_panel.csv")?;
    let head =
        ["person", "body", "capacity", "attended", "rate", "apologies", "absent", "not mentioned", "not recorded"];
    beginning(out, "By person", head, people.rows.into_iter(), people.all, "attendance_panel.csv")
}

/// The rows that a page can bear, and how many there are.
#[derive(Default)]
struct Beginning {
    rows: Vec<[Cell; 9]>,
    all: usize,
}

impl Beginning {
    /// Adds figures as rows: name, body, capacity, n of N, rate, and what is counted apart.
    fn add(&mut self, figures: Vec<Figure>) {
        self.all += figures.len();
        let room = MOST_ROWS.saturating_sub(self.rows.len());
        self.rows.extend(figures.iter().take(room).map(row));
    }
}

fn row(figure: &Figure) -> [Cell; 9] {
    let label = |at: usize| Cell::from(figure.labels.get(at).map_or("", String::as_str));
    [
        label(1),
        label(2),
        label(3),
        format!("{} of {}", figure.present, figure.of).into(),
        figure.rate().map_or_else(String::new, |rate| format!("{:.0} %", rate * 100.0)).into(),
        (figure.apologies as usize).into(),
        (figure.absent as usize).into(),
        (figure.not_mentioned as usize).into(),
        (figure.not_recorded as usize).into(),
    ]
}
