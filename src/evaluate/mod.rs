//! How right a build is: its tables against annotated documents, field by field and rule by rule.
//!
//! In: annotations, and the rows of a build. Out: an [`Evaluation`]: counts, rates and intervals for each field, how
//! many statements of each rule were right, and a list of errors with their places. The figures are those of the
//! gold's own scorer, to the last digit; a test compares both. Must never look at a text, nor at how a graph was made.
//!
//! A row is right if any annotation says the same. Each annotation is found once: a second row that says it again is
//! no error and no gain. Optional annotations count neither for nor against.

mod cluster;
mod field;
mod gold;
mod name;
mod precision;
mod tally;

use std::collections::{BTreeMap, HashMap};

pub use cluster::{Clusters, Figures, Placed, clusters};
pub use field::{FIELDS, Field};
pub use gold::{Gold, Named, Words, gold};
pub use precision::{PRECISIONS, Precision, measured, precisions};
pub use tally::{Counts, Tally};

use crate::model::table::{AttendanceRow, DecisionRow, DocumentRow, EntityRow, MeetingRow, MentionRow, RelationRow};
use field::{Found, Rows, Wanted, When};

/// The rows of a build.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tables<'t> {
    /// `documents.csv`.
    pub documents: &'t [DocumentRow],
    /// `meetings.csv`.
    pub meetings: &'t [MeetingRow],
    /// `attendance.csv`.
    pub attendance: &'t [AttendanceRow],
    /// `relations.csv`.
    pub relations: &'t [RelationRow],
    /// `mentions.csv`.
    pub mentions: &'t [MentionRow],
    /// `decisions.csv`.
    pub decisions: &'t [DecisionRow],
    /// `entities.csv`.
    pub entities: &'t [EntityRow],
}

/// How right a build is.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    /// For each field that was measured, in a fixed order, what was right, spurious and missed.
    pub fields: Vec<(&'static str, Tally)>,
    /// For each rule and field, how many of its statements or mentions were right, and how many were not.
    pub rules: BTreeMap<(String, &'static str), (usize, usize)>,
    /// Every error, by field and document.
    pub errors: Vec<Mistake>,
    /// Annotated documents that the build does not hold: all that they say is missed.
    pub unknown: Vec<String>,
    /// How well the names of people were told apart and brought together, within each document.
    pub people: Clusters,
}

/// Something that is spurious or missed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistake {
    /// Field.
    pub field: &'static str,
    /// Document.
    pub document: String,
    /// `true`: annotated and not stated; `false`: stated and not annotated.
    pub missed: bool,
    /// What.
    pub what: String,
    /// First code point of the words that state it; empty where it is missed.
    pub start: String,
    /// One past the last.
    pub end: String,
    /// Rules that stated it.
    pub rules: String,
}

/// A fact about a meeting as a whole: name, what the gold has, what the build has, when they are the same.
type MeetingField = (&'static str, fn(&Gold) -> Vec<String>, fn(&MeetingRow) -> &str, fn(&str, &str) -> bool);

fn day(found: &str) -> &str {
    found.char_indices().nth(10).map_or(found, |(end, _)| &found[..end])
}

fn several(one: &Words, more: &Words) -> Vec<String> {
    one.0.iter().chain(&more.0).cloned().collect()
}

static MEETING: &[MeetingField] = &[
    ("meeting date", |g| g.date.0.clone(), |m| day(&m.date), |a, b| a == b),
    ("meeting start_time", |g| g.start_time.0.clone(), |m| day(&m.start_time), |a, b| a == b),
    ("meeting end_time", |g| g.end_time.0.clone(), |m| day(&m.end_time), |a, b| a == b),
    ("meeting next_meeting", |g| several(&g.next_meeting, &g.next_meetings), |m| day(&m.next_meeting), |a, b| a == b),
    (
        "meeting previous_meeting",
        |g| several(&g.previous_meeting, &g.previous_meetings),
        |m| day(&m.previous_meeting),
        |a, b| a == b,
    ),
    (
        "meeting body",
        |g| g.body.iter().filter(|body| !body.is_empty()).cloned().collect(),
        |m| &m.body_name,
        |a, b| name::same_organisation(a, b) || name::same_phrase(a, b),
    ),
];

/// Names of all fields, in the order of their figures.
pub fn field_names() -> impl Iterator<Item = &'static str> {
    let meeting = MEETING.iter().map(|(name, ..)| *name);
    meeting.chain(FIELDS.iter().map(|field| field.name)).chain([CAPACITY])
}

/// How right the capacity of those is whose attendance is right.
const CAPACITY: &str = "capacity";

/// Compares annotations, in their order, with a build.
pub fn evaluation(gold: &[Gold], tables: &Tables<'_>) -> Evaluation {
    let mut marks = Marks::default();
    let rows = by_document(tables);
    let none = Rows::default();
    for gold in gold {
        let rows = rows.get(gold.document.as_str());
        if rows.is_none() && !tables.documents.iter().any(|d| d.document == gold.document) {
            marks.unknown.push(gold.document.clone());
        }
        let rows = rows.unwrap_or(&none);
        for field in MEETING {
            marks.meeting(gold, rows, field);
        }
        for field in FIELDS {
            if let Some(wanted) = (field.wanted)(gold) {
                marks.compare(&gold.document, field, &wanted, &(field.found)(rows));
            }
        }
        marks.capacity(gold, rows);
        marks.people.add(&cluster::people(gold, rows));
    }
    marks.evaluation()
}

fn by_document<'t>(tables: &Tables<'t>) -> HashMap<&'t str, Rows<'t>> {
    let names: HashMap<&str, &str> = tables.entities.iter().map(|e| (e.id.as_str(), e.name.as_str())).collect();
    let mut all: HashMap<&str, Rows<'t>> = HashMap::new();
    for row in tables.meetings {
        all.entry(&row.document).or_default().meeting.get_or_insert(row);
    }
    for row in tables.attendance {
        all.entry(&row.document).or_default().attendance.push(row);
    }
    for row in tables.relations {
        all.entry(&row.document).or_default().relations.push(row);
    }
    for row in tables.decisions {
        all.entry(&row.document).or_default().decisions.push(row);
    }
    for row in tables.mentions {
        let name = names.get(row.entity.as_str()).copied().unwrap_or_default();
        all.entry(&row.document).or_default().mentions.push((row, name));
    }
    all
}

/// Figures in the making.
#[derive(Default)]
struct Marks {
    tallies: HashMap<&'static str, Tally>,
    rules: BTreeMap<(String, &'static str), (usize, usize)>,
    errors: Vec<Mistake>,
    unknown: Vec<String>,
    people: Clusters,
}

impl Marks {
    fn meeting(&mut self, gold: &Gold, rows: &Rows<'_>, (name, wanted, found, same): &MeetingField) {
        let wanted = wanted(gold);
        let found = rows.meeting.map_or("", found);
        let right = wanted.iter().any(|wanted| same(wanted, found));
        let short = name.strip_prefix("meeting ").unwrap_or(name);
        if wanted.is_empty() || (!right && short != "body" && gold.optional_fields.iter().any(|o| o == short)) {
            return;
        }
        let spurious = !right && !found.is_empty();
        let counts = Counts { right: usize::from(right), spurious: usize::from(spurious), missed: usize::from(!right) };
        self.tallies.entry(name).or_default().add(&gold.document, counts);
        if !right {
            self.missed(name, &gold.document, wanted[0].clone());
        }
        if spurious {
            self.errors.push(Mistake {
                field: name,
                document: gold.document.clone(),
                what: found.to_owned(),
                ..Mistake::default()
            });
        }
    }

    fn compare(&mut self, document: &str, field: &Field, wanted: &[Wanted], found: &[Found<'_>]) {
        if field.when == When::Something && wanted.is_empty() && found.is_empty() {
            return;
        }
        let pairs = pairs(field, wanted, found);
        let right: Vec<bool> = found.iter().map(|f| wanted.iter().any(|w| field.same(w, f))).collect();
        let missed: Vec<&Wanted> = (0..wanted.len())
            .filter(|i| !wanted[*i].optional && !pairs.iter().any(|(w, _)| w == i))
            .map(|i| &wanted[i])
            .collect();
        let counts = Counts {
            right: pairs.len(),
            spurious: right.iter().filter(|right| !**right).count(),
            missed: missed.len(),
        };
        self.tallies.entry(field.name).or_default().add(document, counts);
        for wanted in missed {
            self.missed(field.name, document, field::shown(wanted));
        }
        for (found, right) in found.iter().zip(right) {
            if field.of_rules {
                for rule in &found.rules {
                    let (good, bad) = self.rules.entry(((*rule).to_owned(), field.name)).or_default();
                    *(if right { good } else { bad }) += 1;
                }
            }
            if !right {
                let mut rules = found.rules.clone();
                rules.sort_unstable();
                rules.dedup();
                self.errors.push(Mistake {
                    field: field.name,
                    document: document.to_owned(),
                    missed: false,
                    what: found.shown.clone(),
                    start: found.place.0.to_owned(),
                    end: found.place.1.to_owned(),
                    rules: rules.join("; "),
                });
            }
        }
    }

    fn capacity(&mut self, gold: &Gold, rows: &Rows<'_>) {
        let Some(field) = FIELDS.first() else { return };
        let wanted = (field.wanted)(gold).unwrap_or_default();
        let listed = pairs(field, &wanted, &(field.found)(rows));
        let compared: Vec<(&str, &str, &str)> = listed
            .into_iter()
            .filter_map(|(wanted, found)| {
                let entry = &gold.attendance[wanted];
                let capacity = entry.capacity.as_deref().filter(|capacity| !capacity.is_empty())?;
                let person = entry.person.0.first().map_or("", String::as_str);
                Some((person, capacity, rows.attendance[found].capacity.as_str()))
            })
            .collect();
        if compared.is_empty() {
            return;
        }
        let (right, wrong): (Vec<_>, Vec<_>) = compared.into_iter().partition(|(_, wanted, found)| wanted == found);
        let counts = Counts { right: right.len(), spurious: wrong.len(), missed: wrong.len() };
        self.tallies.entry(CAPACITY).or_default().add(&gold.document, counts);
        for (person, wanted, found) in wrong {
            let found = if found.is_empty() { "nothing" } else { found };
            self.missed(CAPACITY, &gold.document, format!("{person}: {wanted}, not {found}"));
        }
    }

    fn missed(&mut self, field: &'static str, document: &str, what: String) {
        let document = document.to_owned();
        self.errors.push(Mistake { field, document, missed: true, what, ..Mistake::default() });
    }

    fn evaluation(mut self) -> Evaluation {
        let fields: Vec<_> = field_names().filter_map(|name| Some((name, self.tallies.remove(name)?))).collect();
        let place = |field: &str| field_names().position(|name| name == field);
        self.errors.sort_by(|a, b| (place(a.field), &a.document).cmp(&(place(b.field), &b.document)));
        Evaluation { fields, rules: self.rules, errors: self.errors, unknown: self.unknown, people: self.people }
    }
}

/// Greedy one-to-one matching of what must be stated: numbers of annotation and row.
fn pairs(field: &Field, wanted: &[Wanted], found: &[Found<'_>]) -> Vec<(usize, usize)> {
    let mut free = vec![true; found.len()];
    let mut pairs = Vec::new();
    for (w, wanted) in wanted.iter().enumerate().filter(|(_, wanted)| !wanted.optional) {
        if let Some(f) = (0..found.len()).find(|f| free[*f] && field.same(wanted, &found[*f])) {
            free[f] = false;
            pairs.push((w, f));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(person: &str, status: &str, capacity: &str) -> AttendanceRow {
        AttendanceRow {
            person_name: person.into(),
            person_as_written: person.into(),
            status: status.into(),
            capacity: capacity.into(),
            document: "a.txt".into(),
            rule: "list-entry".into(),
            ..AttendanceRow::default()
        }
    }

    fn measured(gold_text: &str, attendance: &[AttendanceRow]) -> Evaluation {
        let gold = gold(gold_text).expect("JSON").expect("a document");
        evaluation(&[gold], &Tables { attendance, ..Tables::default() })
    }

    fn counts(evaluation: &Evaluation, field: &str) -> Option<(usize, usize, usize)> {
        let total = evaluation.fields.iter().find(|(name, _)| *name == field)?.1.total();
        Some((total.right, total.spurious, total.missed))
    }

    #[test]
    fn attendance_counts_once_and_optional_entries_not_at_all() {
        let gold = r#"{"document": "a.txt", "attendance": [
            {"person": "Ada Fenn", "status": "present", "capacity": "member"},
            {"person": "Tom Rowe", "status": "apologies"},
            {"person": "Jo Pym", "status": "present", "optional": true}]}"#;
        let rows = [
            row("Cllr Ada Fenn", "present", "officer"),
            row("A. Fenn", "present", ""),
            row("Jo Pym", "present", ""),
            row("Bo Kerr", "absent", ""),
        ];
        let evaluation = measured(gold, &rows);
        assert_eq!(counts(&evaluation, "attendance"), Some((1, 1, 1)));
        assert_eq!(counts(&evaluation, "attendance apologies"), Some((0, 0, 1)));
        assert_eq!(counts(&evaluation, "capacity"), Some((0, 1, 1)));
        assert_eq!(counts(&evaluation, "moved"), None);
        assert_eq!(evaluation.rules[&("list-entry".to_owned(), "attendance")], (3, 1));
        let errors: Vec<_> = evaluation.errors.iter().filter(|e| e.field == "attendance").collect();
        assert_eq!((errors[0].missed, errors[0].what.as_str()), (true, "Tom Rowe: apologies"));
        assert_eq!((errors[1].what.as_str(), errors[1].rules.as_str()), ("Bo Kerr: absent", "list-entry"));
    }

    #[test]
    fn a_document_that_the_build_does_not_hold_misses_everything() {
        let evaluation = measured(r#"{"document": "b.txt", "date": "2020-01-01", "people": ["Ada Fenn"]}"#, &[]);
        assert_eq!(evaluation.unknown, ["b.txt"]);
        assert_eq!(counts(&evaluation, "meeting date"), Some((0, 0, 1)));
        assert_eq!(counts(&evaluation, "entity person"), Some((0, 0, 1)));
    }
}
