//! What the input does not cover: meetings that other minutes name, gaps in a rhythm, documents that say nothing.

use super::{Tables, Violation};
use crate::statistics::coverage;

pub(super) fn series(tables: &Tables<'_>, violations: &mut Vec<Violation>) {
    for body in coverage(tables.meetings) {
        for missing in &body.missing {
            let says = if missing.confirmed { "confirms its minutes" } else { "announces it" };
            violations.push(Violation {
                document: missing.document.clone(),
                words: missing.date.to_string(),
                message: format!(
                    "{}: no minutes of the meeting of {}, though {} {says}",
                    body.body_name, missing.date, missing.named_on
                ),
                ..Violation::default()
            });
        }
        for gap in &body.gaps {
            violations.push(Violation {
                words: format!("{} to {}", gap.from, gap.to),
                message: format!(
                    "{}: no minutes between {} and {}, {} days, where {} are usual",
                    body.body_name,
                    gap.from,
                    gap.to,
                    gap.days,
                    body.usual.unwrap_or_default()
                ),
                ..Violation::default()
            });
        }
    }
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
