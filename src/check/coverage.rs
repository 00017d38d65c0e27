//! What the input does not cover: meetings that other minutes name, gaps in a rhythm, documents that say nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::{Tables, Violation};
use crate::model::Date;
use crate::model::table::MeetingRow;

/// A meeting that was announced counts as held where one was held within so many days.
const MOVED: u32 = 21;
/// So many meetings make a rhythm.
const RHYTHM: usize = 5;
/// A gap is an interval of more than so many times the usual one.
const GAP: u32 = 5;

pub(super) fn series(tables: &Tables<'_>, violations: &mut Vec<Violation>) {
    let mut bodies: BTreeMap<&str, Vec<&MeetingRow>> = BTreeMap::new();
    for row in tables.meetings.iter().filter(|row| !row.body.is_empty()) {
        bodies.entry(&row.body).or_default().push(row);
    }
    for rows in bodies.values() {
        let held: BTreeSet<Date> = rows.iter().filter_map(|row| day(&row.date)).collect();
        let mut missing: BTreeMap<Date, (&MeetingRow, &str)> = BTreeMap::new();
        for row in rows {
            if let Some(date) = day(&row.previous_meeting).filter(|date| !held.contains(date)) {
                missing.insert(date, (row, "confirms its minutes"));
            }
            let over = |date: &Date| held.last().is_some_and(|last| date < last);
            if let Some(date) = day(&row.next_meeting).filter(|date| over(date) && !near(&held, *date)) {
                missing.entry(date).or_insert((row, "announces it"));
            }
        }
        for (date, (row, says)) in &missing {
            violations.push(Violation {
                document: row.document.clone(),
                words: date.to_string(),
                message: format!("{}: no minutes of the meeting of {date}, though {} {says}", row.body_name, row.date),
                ..Violation::default()
            });
        }
        gaps(rows, &held, &missing.into_keys().collect(), violations);
    }
}

/// Intervals far longer than the usual one, unless a missing meeting that is known of lies in them.
fn gaps(rows: &[&MeetingRow], held: &BTreeSet<Date>, missing: &BTreeSet<Date>, violations: &mut Vec<Violation>) {
    let dates: Vec<Date> = held.iter().copied().collect();
    if dates.len() < RHYTHM {
        return;
    }
    let interval = |pair: &[Date]| pair[1].ordinal() - pair[0].ordinal();
    let mut intervals: Vec<u32> = dates.windows(2).map(interval).collect();
    intervals.sort_unstable();
    let usual = intervals[intervals.len() / 2];
    for pair in dates.windows(2).filter(|pair| interval(pair) * 2 > usual * GAP) {
        if missing.range(pair[0]..pair[1]).next().is_none() {
            let body = rows.first().map_or("", |row| row.body_name.as_str());
            violations.push(Violation {
                words: format!("{} to {}", pair[0], pair[1]),
                message: format!(
                    "{body}: no minutes between {} and {}, {} days, where {usual} are usual",
                    pair[0],
                    pair[1],
                    interval(pair)
                ),
                ..Violation::default()
            });
        }
    }
}

fn day(cell: &str) -> Option<Date> {
    cell.parse().ok().filter(|date: &Date| date.is_day())
}

fn near(held: &BTreeSet<Date>, date: Date) -> bool {
    held.iter().any(|other| other.ordinal().abs_diff(date.ordinal()) <= MOVED)
}

pub(super) fn documents(tables: &Tables<'_>, violations: &mut Vec<Violation>) {
    for row in tables.documents {
        let message = match (row.status.as_str(), row.statements.as_str()) {
            ("read", "0" | "") => "it was read and states nothing: is it minutes?".to_owned(),
            ("read", _) => continue,
            (status, _) => {
                format!("it was {}: {}", if status == "skipped" { "skipped" } else { "read in part" }, row.message)
            }
        };
        violations.push(Violation { document: row.document.clone(), message, ..Violation::default() });
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::Sample;

    #[test]
    fn a_meeting_that_is_confirmed_or_announced_and_missing_is_told_once() {
        let mut sample = Sample::new();
        sample.meetings[0].next_meeting = "2014-06-12".into();
        sample.meetings[1].previous_meeting = "2014-06-12".into();
        assert_eq!(
            sample.messages("series"),
            [
                "Northshire Safety Board: no minutes of the meeting of 2014-06-12, though 2021-06-18 confirms its minutes"
            ]
        );
    }

    #[test]
    fn a_meeting_that_was_moved_by_a_week_or_is_still_to_come_is_not_missing() {
        let mut sample = Sample::new();
        sample.meetings[0].next_meeting = "2021-06-11".into();
        sample.meetings[1].next_meeting = "2021-09-17".into();
        assert!(sample.messages("series").is_empty());
    }

    #[test]
    fn a_gap_in_the_rhythm_is_told() {
        let mut sample = Sample::new();
        let pattern = sample.meetings[1].clone();
        for (number, date) in ["2014-06-12", "2014-09-11", "2014-12-11", "2015-03-12", "2016-09-15"].iter().enumerate()
        {
            let mut row = pattern.clone();
            row.date = (*date).into();
            row.document = format!("more-{number}.txt");
            sample.meetings.push(row);
        }
        sample.meetings.remove(1);
        assert_eq!(
            sample.messages("series"),
            ["Northshire Safety Board: no minutes between 2015-03-12 and 2016-09-15, 553 days, where 91 are usual"]
        );
    }

    #[test]
    fn documents_that_say_nothing_are_told_with_the_reason() {
        let mut sample = Sample::new();
        sample.documents[0].statements = "0".into();
        sample.documents[1].status = "skipped".into();
        sample.documents[1].message = "no text: run ocrmypdf".into();
        let messages = sample.messages("documents");
        assert_eq!(
            messages,
            ["it was read and states nothing: is it minutes?", "it was skipped: no text: run ocrmypdf"]
        );
    }
}
