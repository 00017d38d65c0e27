//! Dates in order. ISO dates of any precision are compared as far as both are known.

use super::{Tables, Violation};

/// A meeting that ends before this time may have started the evening before.
const BREAKFAST: &str = "06:00";

/// Whether the first date is after the second, as far as both are known.
fn after(first: &str, second: &str) -> bool {
    let known = first.len().min(second.len());
    known > 0 && first.get(..known) > second.get(..known)
}

pub(super) fn in_order(tables: &Tables<'_>, violations: &mut Vec<Violation>) {
    let mut test = |document: &str, start: &str, end: &str, first: (&str, &str), second: (&str, &str), what: &str| {
        if after(first.1, second.1) {
            violations.push(Violation {
                document: document.to_owned(),
                start: start.to_owned(),
                end: end.to_owned(),
                words: format!("{}, {}", first.1, second.1),
                message: format!("{what}: {} comes after {}", first.0, second.0),
            });
        }
    };
    for row in tables.meetings {
        let date = ("the meeting", row.date.as_str());
        // A meeting may go on past midnight, but not till breakfast.
        if row.end_time.as_str() >= BREAKFAST {
            let times = (("the start", row.start_time.as_str()), ("the end", row.end_time.as_str()));
            test(&row.document, "", "", times.0, times.1, &row.meeting);
        }
        test(
            &row.document,
            "",
            "",
            ("the meeting whose minutes it confirms", &row.previous_meeting),
            date,
            &row.meeting,
        );
        test(&row.document, "", "", date, ("the next meeting", &row.next_meeting), &row.meeting);
    }
    for row in tables.tenures {
        test("", "", "", ("the start", &row.start_date), ("the end", &row.end_date), &row.person);
        test("", "", "", ("first seen", &row.first_seen), ("last seen", &row.last_seen), &row.person);
    }
    for row in tables.entities {
        test("", "", "", ("first seen", &row.first_seen), ("last seen", &row.last_seen), &row.id);
    }
    for row in tables.relations {
        let (first, last) = (("the start", row.valid_from.as_str()), ("the end", row.valid_to.as_str()));
        test(&row.document, &row.start, &row.end, first, last, &row.quote);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::Sample;

    #[test]
    fn a_meeting_that_ends_before_it_starts_is_found() {
        let mut sample = Sample::new();
        sample.meetings[0].end_time = "13:00".into();
        let violations = sample.violations("dates-in-order");
        assert_eq!((violations.len(), violations[0].words.as_str()), (1, "14:00, 13:00"));
    }

    #[test]
    fn dates_are_compared_as_far_as_they_are_known() {
        let mut sample = Sample::new();
        sample.tenures[0].start_date = "2014-03".into();
        sample.tenures[0].end_date = "2014".into();
        assert!(sample.messages("dates-in-order").is_empty());
        sample.tenures[0].end_date = "2013".into();
        assert_eq!(sample.messages("dates-in-order"), ["person/tom-reed: the start comes after the end"]);
    }
}
