//! People at meetings: each once in a list, those who chair and those who substitute present.

use std::collections::{BTreeMap, BTreeSet};

use super::{Tables, Violation};
use crate::model::Status;
use crate::model::table::AttendanceRow;

fn violation(row: &AttendanceRow, message: String) -> Violation {
    Violation {
        document: row.document.clone(),
        start: row.start.clone(),
        end: row.end.clone(),
        words: row.person_as_written.clone(),
        message,
    }
}

pub(super) fn once(tables: &Tables<'_>, violations: &mut Vec<Violation>) {
    let mut listed: BTreeMap<(&str, &str), &AttendanceRow> = BTreeMap::new();
    for row in tables.attendance {
        if let Some(first) = listed.insert((&row.document, &row.person), row) {
            let message =
                format!("“{}” and “{}” are taken for {}", first.person_as_written, row.person_as_written, row.person);
            violations.push(violation(row, message));
        }
    }
}

pub(super) fn chair_present(tables: &Tables<'_>, violations: &mut Vec<Violation>) {
    let present: BTreeSet<(&str, &str)> = tables
        .attendance
        .iter()
        .filter(|row| row.status == Status::Present.name())
        .map(|row| (row.meeting.as_str(), row.person.as_str()))
        .collect();
    for row in tables.attendance.iter().filter(|row| row.chair == "1" && row.status != Status::Present.name()) {
        violations.push(violation(row, format!("{} took the chair, and is listed with {}", row.person, row.status)));
    }
    for row in tables.meetings.iter().filter(|row| row.attendance_recorded == "1") {
        for chair in row.chair.split("; ").filter(|chair| !chair.is_empty()) {
            if !present.contains(&(row.meeting.as_str(), chair)) {
                violations.push(Violation {
                    document: row.document.clone(),
                    words: row.chair_name.clone(),
                    message: format!("{chair} took the chair of {}, and is not among those present", row.meeting),
                    ..Violation::default()
                });
            }
        }
    }
}

pub(super) fn substitute_present(tables: &Tables<'_>, violations: &mut Vec<Violation>) {
    let statuses: BTreeMap<(&str, &str), &str> = tables
        .attendance
        .iter()
        .map(|row| ((row.document.as_str(), row.person_name.as_str()), row.status.as_str()))
        .collect();
    for row in tables.attendance.iter().filter(|row| !row.substitute_for.is_empty()) {
        if row.status != Status::Present.name() {
            let message =
                format!("{} took the place of {}, and is listed with {}", row.person, row.substitute_for, row.status);
            violations.push(violation(row, message));
        }
        if statuses.get(&(row.document.as_str(), row.substitute_for.as_str())) == Some(&Status::Present.name()) {
            violations
                .push(violation(row, format!("{} was present, and {} took the place", row.substitute_for, row.person)));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::Sample;

    #[test]
    fn two_names_of_one_list_that_were_joined_are_found() {
        let mut sample = Sample::new();
        let mut again = sample.attendance[1].clone();
        again.person_as_written = "Reed".into();
        again.meeting = sample.meetings[1].meeting.clone();
        sample.attendance.push(again);
        assert_eq!(sample.messages("one-person-once"), ["“Mr Tom Reed” and “Reed” are taken for person/tom-reed"]);
    }

    #[test]
    fn a_chair_who_is_not_present_is_found() {
        let mut sample = Sample::new();
        sample.meetings[0].chair = "person/col-gold".into();
        assert_eq!(sample.messages("chair-present").len(), 1);
        sample.attendance[0].status = "apologies".into();
        assert_eq!(sample.messages("chair-present").len(), 2);
    }

    #[test]
    fn a_substitute_must_be_present_and_the_member_must_not() {
        let mut sample = Sample::new();
        sample.attendance[2].status = "absent".into();
        assert_eq!(sample.messages("substitute-present").len(), 1);
        let mut sample = Sample::new();
        sample.attendance[4].status = "present".into();
        assert_eq!(
            sample.messages("substitute-present"),
            ["Ines Marr was present, and person/pat-lee-northshire took the place"]
        );
    }
}
