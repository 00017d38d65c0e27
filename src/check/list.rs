//! Two names of one attendance list are two people: the table of attendance has one row for each person, so that a
//! wrong merge hides there; the statements behind it show every entry. Must never take a change of title for a name.

use std::collections::BTreeMap;

use super::{Tables, Violation};
use crate::lexicon::{Lexicon, fold};
use crate::model::Predicate;
use crate::model::table::RelationRow;
use crate::text::name::parts;

/// Predicates that an entry of a list states.
const LISTED: [Predicate; 3] = [Predicate::Attended, Predicate::Apologised, Predicate::AbsentFrom];

/// Letters of given names and surname, and the gender of the title.
fn name(written: &str, lexicon: &Lexicon) -> (String, Option<char>) {
    let parts = parts(written, lexicon);
    let words = parts.given.iter().chain([&parts.family]);
    (words.flat_map(|w| fold(w).chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>()).collect(), parts.gender)
}

pub(super) fn two_names(tables: &Tables<'_>, violations: &mut Vec<Violation>) {
    let lexicon = Lexicon::embedded();
    let mut entries: BTreeMap<(&str, &str, &str), Vec<&RelationRow>> = BTreeMap::new();
    for row in tables.relations.iter().filter(|row| LISTED.iter().any(|p| p.name() == row.predicate)) {
        // Entries of one list are of one rule; the prose may name those whom it lists again, in a shorter form.
        entries.entry((&row.document, &row.subject, &row.rule)).or_default().push(row);
    }
    for ((document, person, _), rows) in entries.iter().filter(|(_, rows)| rows.len() > 1) {
        let (first, gender) = name(&rows[0].subject_as_written, lexicon);
        for row in &rows[1..] {
            let (other, other_gender) = name(&row.subject_as_written, lexicon);
            let genders = matches!((gender, other_gender), (Some(a), Some(b)) if a != b);
            if other != first || genders {
                violations.push(Violation {
                    document: (*document).to_owned(),
                    start: row.start.clone(),
                    end: row.end.clone(),
                    words: row.subject_as_written.clone(),
                    message: format!(
                        "“{}” and “{}” of one list are taken for {person}",
                        rows[0].subject_as_written, row.subject_as_written
                    ),
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::Sample;

    #[test]
    fn two_names_of_one_list_are_found_behind_the_one_row() {
        let mut sample = Sample::new();
        let entry = sample.relations.iter().find(|r| r.predicate == "attended").expect("an entry").clone();
        let mut again = entry.clone();
        again.subject_as_written = "Somebody Else".into();
        sample.relations.push(again.clone());
        assert_eq!(sample.messages("two-names").len(), 1);
        sample.relations.pop();
        again.subject_as_written = format!("Cllr {}", entry.subject_as_written);
        sample.relations.push(again);
        assert!(sample.messages("two-names").is_empty());
    }
}
