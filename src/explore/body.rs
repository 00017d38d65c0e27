//! What a page says of a body that met: its meetings, who took the chair, how much of its series there is, and its
//! attendance as pictures. In: the page of the organisation so far. Out: more sections of it.

use super::page::{Block, Cell, Page, Row, Table};
use super::store::{Of, Store};
use super::{chart, list};
use crate::model::table::{EntityRow, MeetingRow};
use crate::query::name::joined;
use crate::statistics::coverage;

pub(super) fn add(store: &Store, entity: &EntityRow, page: &mut Page) {
    let sittings = store.sittings(&entity.id);
    let recorded = sittings.iter().filter(|row| row.attendance_recorded == "1").count();
    page.fact("Meetings", format!("{}, {recorded} of them with a recorded list", list::thousands(sittings.len())));
    meetings(store, &sittings, page);
    let charts = chart::of_body(store, &entity.id, &entity.name, &["attendance", "years"]);
    page.section("pictures", "Attendance in pictures", "", charts.into_iter().map(Block::Drawing).collect());
    let charts = chart::of_body(store, &entity.id, &entity.name, &["chairs"]);
    page.section("chairs", "Who took the chair", "", charts.into_iter().map(Block::Drawing).collect());
    covered(store, entity, page);
}

fn meetings(store: &Store, sittings: &[&MeetingRow], page: &mut Page) {
    let row = |row: &&MeetingRow| {
        let attendance = store.of(store.attendance(), Of::AttendanceOfMeeting, &row.meeting);
        let count = |status: &str| {
            let count = attendance.clone().filter(|row| row.status == status).map(|row| &row.person);
            let count = count.collect::<std::collections::BTreeSet<_>>().len();
            if row.attendance_recorded == "1" || count > 0 { Cell::from(count) } else { Cell::default() }
        };
        let (items, decisions) = (
            store.of(store.items(), Of::ItemsOfMeeting, &row.meeting).count(),
            store.of(store.decisions(), Of::DecisionsOfMeeting, &row.meeting).count(),
        );
        Row::new([
            Cell::dated(&row.date, &row.meeting),
            Cell::parts(joined(&row.chair_name).zip(joined(&row.chair))),
            count("present"),
            count("apologies"),
            count("absent"),
            items.into(),
            decisions.into(),
            Cell::badge(if row.attendance_recorded == "1" { "" } else { "no list" }),
        ])
    };
    let columns = &["date", "chair", "present", "apologies", "absent", "items", "decisions", "list"];
    let rows = sittings.iter().rev().map(row).collect();
    page.table(
        "meetings",
        "Meetings",
        "The latest first.",
        Table { name: "meetings", columns, rows, ..Table::default() },
    );
}

/// How much of its series of meetings there is.
fn covered(store: &Store, entity: &EntityRow, page: &mut Page) {
    let rows: Vec<MeetingRow> = store.of(store.meetings(), Of::MeetingsOfBody, &entity.id).cloned().collect();
    let Some(coverage) = coverage(&rows).into_iter().next() else { return };
    let mut rows: Vec<Row> = coverage
        .missing
        .iter()
        .map(|missing| {
            let how = if missing.confirmed { "its minutes were confirmed on" } else { "it was announced on" };
            Row::new([Cell::date(&missing.date.to_string()), Cell::from(format!("{how} {}", missing.named_on))])
        })
        .collect();
    rows.extend(coverage.gaps.iter().map(|gap| {
        let why = format!("{} days, where {} are usual", gap.days, coverage.usual.unwrap_or_default());
        Row::new([Cell::from(format!("{} to {}", gap.from, gap.to)), Cell::from(why)])
    }));
    let note = format!(
        "{} meetings are expected: those with minutes here, those that other minutes confirm or announce, and those that its \
         own rhythm lets expect. Of {} there are minutes, {} with a recorded list.",
        coverage.expected(),
        coverage.found,
        coverage.with_list
    );
    let table =
        Table { name: "missing", columns: &["meeting_or_interval", "how_it_is_known"], rows, ..Table::default() };
    page.section("coverage", "Coverage", &note, vec![Block::Table(table)]);
}
