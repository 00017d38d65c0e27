//! How much of a series of meetings there are minutes of. In: the meetings. Out: for each body the meetings found, those
//! that other minutes name and that are missing, and intervals far longer than the usual one. Must never take a moved
//! meeting, or one that is still to come, for a missing one.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Date;
use crate::model::table::MeetingRow;

/// A meeting that was announced counts as held where one was held within so many days.
const MOVED: u32 = 21;
/// So many meetings make a rhythm.
const RHYTHM: usize = 5;
/// A gap is an interval of more than so many halves of the usual one.
const GAP: u32 = 5;

/// How much of a body's series there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Identifier of the body.
    pub body: String,
    /// Its name.
    pub body_name: String,
    /// Days on which it met, as far as there are minutes.
    pub found: usize,
    /// Of these, meetings with a recorded list.
    pub with_list: usize,
    /// First and last day.
    pub first: Option<Date>,
    /// See [`Coverage::first`].
    pub last: Option<Date>,
    /// Days between two meetings, as is usual; `None` where too few are known.
    pub usual: Option<u32>,
    /// Meetings that other minutes name, by date.
    pub missing: Vec<Missing>,
    /// Intervals in which the rhythm lets expect more, and nothing names a meeting.
    pub gaps: Vec<Gap>,
}

/// A meeting of which there are no minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Its day.
    pub date: Date,
    /// Whether its minutes were confirmed, or else it was announced.
    pub confirmed: bool,
    /// Day of the meeting whose minutes say so.
    pub named_on: String,
    /// Their document.
    pub document: String,
}

/// An interval without minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Last meeting before it.
    pub from: Date,
    /// First meeting after it.
    pub to: Date,
    /// Its days.
    pub days: u32,
    /// How many meetings the rhythm lets expect in it.
    pub expected: u32,
}

impl Coverage {
    /// Meetings that the minutes and their rhythm let expect: found, named, and in gaps.
    pub fn expected(&self) -> usize {
        self.found + self.missing.len() + self.gaps.iter().map(|gap| gap.expected as usize).sum::<usize>()
    }
}

/// Works out the coverage of each body, by its identifier.
pub fn coverage(meetings: &[MeetingRow]) -> Vec<Coverage> {
    let mut bodies: BTreeMap<&str, Vec<&MeetingRow>> = BTreeMap::new();
    for row in meetings.iter().filter(|row| !row.body.is_empty()) {
        bodies.entry(&row.body).or_default().push(row);
    }
    bodies.into_iter().map(|(body, rows)| of_body(body, &rows)).collect()
}

fn of_body(body: &str, rows: &[&MeetingRow]) -> Coverage {
    let held: BTreeSet<Date> = rows.iter().filter_map(|row| day(&row.date)).collect();
    let listed: BTreeSet<Date> =
        rows.iter().filter(|row| row.attendance_recorded == "1").filter_map(|row| day(&row.date)).collect();
    let mut missing: BTreeMap<Date, Missing> = BTreeMap::new();
    for row in rows {
        let named = |date: Date, confirmed: bool| Missing {
            date,
            confirmed,
            named_on: row.date.clone(),
            document: row.document.clone(),
        };
        if let Some(date) = day(&row.previous_meeting).filter(|date| !held.contains(date)) {
            missing.insert(date, named(date, true));
        }
        let over = |date: &Date| held.last().is_some_and(|last| date < last);
        if let Some(date) = day(&row.next_meeting).filter(|date| over(date) && !near(&held, *date)) {
            missing.entry(date).or_insert_with(|| named(date, false));
        }
    }
    let usual = usual(&held);
    let gaps = usual.map(|usual| gaps(usual, &held, &missing)).unwrap_or_default();
    Coverage {
        body: body.to_owned(),
        body_name: rows.first().map(|row| row.body_name.clone()).unwrap_or_default(),
        found: held.len(),
        with_list: listed.len(),
        first: held.first().copied(),
        last: held.last().copied(),
        usual,
        missing: missing.into_values().collect(),
        gaps,
    }
}

/// The days that usually lie between two meetings.
fn usual(held: &BTreeSet<Date>) -> Option<u32> {
    let dates: Vec<Date> = held.iter().copied().collect();
    let mut intervals: Vec<u32> = dates.windows(2).map(|pair| pair[1].ordinal() - pair[0].ordinal()).collect();
    intervals.sort_unstable();
    (dates.len() >= RHYTHM).then(|| intervals[intervals.len() / 2].max(1))
}

/// Intervals far longer than the usual one, unless a missing meeting that is known of lies in them.
fn gaps(usual: u32, held: &BTreeSet<Date>, missing: &BTreeMap<Date, Missing>) -> Vec<Gap> {
    let dates: Vec<Date> = held.iter().copied().collect();
    let gap = |pair: &[Date]| {
        let days = pair[1].ordinal() - pair[0].ordinal();
        let far = days * 2 > usual * GAP && missing.range(pair[0]..pair[1]).next().is_none();
        far.then(|| Gap { from: pair[0], to: pair[1], days, expected: (days / usual).saturating_sub(1) })
    };
    dates.windows(2).filter_map(gap).collect()
}

fn day(cell: &str) -> Option<Date> {
    cell.parse().ok().filter(|date: &Date| date.is_day())
}

fn near(held: &BTreeSet<Date>, date: Date) -> bool {
    let around = |by: i64| i64::from(date.ordinal()) + by;
    held.iter()
        .any(|other| (around(-i64::from(MOVED))..=around(i64::from(MOVED))).contains(&i64::from(other.ordinal())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board(dates: &[&str]) -> Vec<MeetingRow> {
        let row = |date: &&str| MeetingRow {
            body: "organisation/board".into(),
            body_name: "Board".into(),
            date: (*date).into(),
            attendance_recorded: "1".into(),
            ..MeetingRow::default()
        };
        dates.iter().map(row).collect()
    }

    #[test]
    fn what_is_expected_is_what_is_found_named_and_missing_in_the_rhythm() {
        let mut rows = board(&["2014-01-10", "2014-04-10", "2014-07-10", "2014-10-10", "2015-07-10"]);
        rows[0].previous_meeting = "2013-10-10".into();
        rows[4].next_meeting = "2015-10-10".into();
        rows[1].attendance_recorded = "0".into();
        let all = coverage(&rows);
        let board = &all[0];
        assert_eq!((board.found, board.with_list, board.usual), (5, 4, Some(92)));
        assert_eq!(board.missing.len(), 1);
        assert_eq!(board.gaps.iter().map(|gap| gap.expected).collect::<Vec<_>>(), [1]);
        assert_eq!(board.expected(), 7);
    }

    #[test]
    fn a_moved_meeting_is_not_missing_and_few_meetings_make_no_rhythm() {
        let mut rows = board(&["2014-01-10", "2014-04-17", "2019-01-01"]);
        rows[0].next_meeting = "2014-04-10".into();
        let all = coverage(&rows);
        assert_eq!((all[0].missing.len(), all[0].gaps.len(), all[0].usual), (0, 0, None));
    }
}
