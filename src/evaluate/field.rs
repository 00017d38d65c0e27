//! What is measured: a row for each field, with what the gold wants of a document and what the tables of a build
//! hold of it, brought to one shape.
//!
//! In: an annotation, and the rows of its document. Out: lists of [`Wanted`] and [`Found`]. Never counts.

use std::collections::{BTreeSet, HashMap};

use super::gold::{Entry, Gold, Named};
use super::name::{same_decision, same_item, same_organisation, same_person, same_phrase};
use crate::model::table::{AttendanceRow, DecisionRow, MeetingRow, MentionRow, RelationRow};

/// What the gold wants.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Who: any of these names.
    pub who: Vec<String>,
    /// What or whom: any of these.
    pub what: Vec<String>,
    /// Whether it may be left out, or stated.
    pub optional: bool,
}

/// What a build holds.
#[derive(Clone, Debug, Default)]
pub struct Found<'r> {
    /// Who: the canonical name, and the name as written.
    pub who: Vec<&'r str>,
    /// What or whom.
    pub what: Vec<&'r str>,
    /// First and last code point, as in the table; empty where there is no one place.
    pub place: (&'r str, &'r str),
    /// The rules that made it, one for each statement or mention.
    pub rules: Vec<&'r str>,
    /// How a list of errors shows it.
    pub shown: String,
}

/// The rows of one document.
#[derive(Debug, Default)]
pub struct Rows<'r> {
    /// The meeting.
    pub meeting: Option<&'r MeetingRow>,
    /// Attendance.
    pub attendance: Vec<&'r AttendanceRow>,
    /// Statements.
    pub relations: Vec<&'r RelationRow>,
    /// Mentions, each with its entity's name.
    pub mentions: Vec<(&'r MentionRow, &'r str)>,
    /// Decisions.
    pub decisions: Vec<&'r DecisionRow>,
}

/// When a document counts for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Always.
    Always,
    /// Where gold or build have something to say.
    Something,
}

/// A comparison of words.
type Same = fn(&str, &str) -> bool;

/// A field that is measured.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Name, as in the gold's own scorer.
    pub name: &'static str,
    /// When a document counts.
    pub when: When,
    /// Whether its rows count for the precision of their rules: once for each row.
    pub of_rules: bool,
    /// What the gold wants; `None` where it does not annotate the field.
    pub wanted: fn(&Gold) -> Option<Vec<Wanted>>,
    /// What the build holds.
    pub found: for<'r> fn(&Rows<'r>) -> Vec<Found<'r>>,
    /// Comparison of who; `None` where it does not matter.
    who: Option<Same>,
    /// Comparison of what; `None` where it does not matter.
    what: Option<Same>,
}

impl Field {
    /// Whether a build's row says what the gold wants.
    pub fn same(&self, wanted: &Wanted, found: &Found<'_>) -> bool {
        let any = |same: Option<Same>, wanted: &[String], found: &[&str]| {
            same.is_none_or(|same| wanted.iter().any(|w| found.iter().any(|f| !f.is_empty() && same(w, f))))
        };
        any(self.who, &wanted.who, &found.who) && any(self.what, &wanted.what, &found.what)
    }
}

fn equal(a: &str, b: &str) -> bool {
    a == b
}

const PERSON: Option<Same> = Some(same_person);

/// All fields but those of the meeting itself.
pub static FIELDS: &[Field] = &[
    Field {
        name: "attendance",
        when: When::Always,
        of_rules: true,
        wanted: |g| Some(statuses(g, None)),
        found: |r| attendance(r, None),
        who: PERSON,
        what: Some(equal),
    },
    Field {
        name: "attendance present",
        when: When::Something,
        of_rules: false,
        wanted: |g| Some(statuses(g, Some("present"))),
        found: |r| attendance(r, Some("present")),
        who: PERSON,
        what: Some(equal),
    },
    Field {
        name: "attendance apologies",
        when: When::Something,
        of_rules: false,
        wanted: |g| Some(statuses(g, Some("apologies"))),
        found: |r| attendance(r, Some("apologies")),
        who: PERSON,
        what: Some(equal),
    },
    Field {
        name: "attendance absent",
        when: When::Something,
        of_rules: false,
        wanted: |g| Some(statuses(g, Some("absent"))),
        found: |r| attendance(r, Some("absent")),
        who: PERSON,
        what: Some(equal),
    },
    Field {
        name: "substitutes",
        when: When::Something,
        of_rules: true,
        wanted: |g| {
            let substitutes = g.attendance.iter().filter_map(|e| Some((e, e.substitute_for.clone()?)));
            let substitutes = substitutes.filter(|(_, other)| !other.is_empty());
            Some(substitutes.map(|(e, of)| Wanted { what: vec![of], ..wanted(e, &[]) }).collect())
        },
        found: |r| {
            let rows = r.attendance.iter().filter(|row| !row.substitute_for.is_empty());
            rows.map(|row| {
                let shown = format!("{} for {}", row.person_as_written, row.substitute_for);
                let rules = rules_of(r, |s| s.predicate == "substituted_for" && s.subject == row.person);
                Found { what: vec![&row.substitute_for], shown, rules, ..listed(row) }
            })
            .collect()
        },
        who: PERSON,
        what: PERSON,
    },
    Field {
        name: "chair",
        when: When::Something,
        of_rules: true,
        wanted: |g| Some(g.attendance.iter().filter(|e| e.chair).map(|e| wanted(e, &[])).collect()),
        found: |r| {
            let rows = r.attendance.iter().filter(|row| row.chair == "1");
            rows.map(|row| {
                let rules = rules_of(r, |s| s.predicate == "chairs" && s.subject == row.person);
                Found { what: Vec::new(), shown: row.person_as_written.clone(), rules, ..listed(row) }
            })
            .collect()
        },
        who: PERSON,
        what: None,
    },
    Field {
        name: "represents",
        when: When::Always,
        of_rules: true,
        wanted: |g| Some(distinct(g, |e| &e.organisation.0, same_organisation)),
        found: |r| relations(r, "represents"),
        who: PERSON,
        what: Some(same_organisation),
    },
    Field {
        name: "holds role",
        when: When::Always,
        of_rules: true,
        wanted: |g| Some(distinct(g, |e| &e.role.0, same_phrase)),
        found: |r| relations(r, "holds_role"),
        who: PERSON,
        what: Some(same_phrase),
    },
    Field {
        name: "presented",
        when: When::Always,
        of_rules: true,
        wanted: |g| {
            // A name stands for a person or for an organisation: which comparison holds is told by a mark.
            Some(g.presented.iter().map(|e| Wanted { who: presenters(e), ..wanted(e, &e.item.0) }).collect())
        },
        found: |r| relations(r, "presented"),
        who: Some(same_presenter),
        what: Some(same_item),
    },
    Field {
        name: "elected",
        when: When::Always,
        of_rules: true,
        wanted: |g| Some(g.elected.iter().map(|e| wanted(e, &e.role.0)).collect()),
        found: |r| relations(r, "elected_to"),
        who: PERSON,
        what: Some(same_phrase),
    },
    Field {
        name: "declared",
        when: When::Always,
        of_rules: true,
        wanted: |g| Some(g.declared.iter().map(|e| wanted(e, &[])).collect()),
        found: |r| relations(r, "declared_interest"),
        who: PERSON,
        what: None,
    },
    Field {
        name: "moved",
        when: When::Something,
        of_rules: true,
        wanted: |g| {
            let motions = g.motions.iter().filter(|m| !m.mover.0.is_empty());
            Some(
                motions.map(|m| Wanted { who: m.mover.0.clone(), optional: m.optional, ..Wanted::default() }).collect(),
            )
        },
        found: |r| relations(r, "moved"),
        who: PERSON,
        what: None,
    },
    Field {
        name: "seconded",
        when: When::Something,
        of_rules: true,
        wanted: |g| {
            let motions = g.motions.iter().filter(|m| !m.seconder.0.is_empty());
            Some(
                motions
                    .map(|m| Wanted { who: m.seconder.0.clone(), optional: m.optional, ..Wanted::default() })
                    .collect(),
            )
        },
        found: |r| relations(r, "seconded"),
        who: PERSON,
        what: None,
    },
    Field {
        name: "succeeded by",
        when: When::Something,
        of_rules: true,
        wanted: |g| {
            let wanted = g.succeeded.iter();
            Some(wanted.map(|s| Wanted { who: s.from.0.clone(), what: s.to.0.clone(), optional: s.optional }).collect())
        },
        found: |r| relations(r, "succeeded_by"),
        who: Some(same_organisation),
        what: Some(same_organisation),
    },
    Field {
        name: "decisions",
        when: When::Always,
        of_rules: true,
        wanted: |g| g.decisions.as_deref().map(named),
        found: |r| {
            let found = r.decisions.iter().map(|row| Found {
                who: Vec::new(),
                what: vec![&row.text],
                place: (&row.start, &row.end),
                rules: rules_of(r, |s| s.predicate == "decided" && s.object == row.decision),
                shown: row.text.chars().take(90).collect(),
            });
            found.collect()
        },
        who: None,
        what: Some(same_decision),
    },
    Field {
        name: "entity person",
        when: When::Always,
        of_rules: true,
        wanted: |g| g.people.as_deref().map(named),
        found: |r| entities(r, "person"),
        who: None,
        what: PERSON,
    },
    Field {
        name: "entity organisation",
        when: When::Always,
        of_rules: true,
        wanted: |g| g.organisations.as_deref().map(named),
        found: |r| entities(r, "organisation"),
        who: None,
        what: Some(same_organisation),
    },
    Field {
        name: "entity programme",
        when: When::Always,
        of_rules: true,
        wanted: |g| g.programmes.as_deref().map(named),
        found: |r| entities(r, "programme"),
        who: None,
        what: Some(same_phrase),
    },
    Field {
        name: "entity legislation",
        when: When::Always,
        of_rules: true,
        wanted: |g| g.legislation.as_deref().map(named),
        found: |r| entities(r, "legislation"),
        who: None,
        what: Some(same_phrase),
    },
];

fn wanted(entry: &Entry, what: &[String]) -> Wanted {
    Wanted { who: entry.person.0.clone(), what: what.to_vec(), optional: entry.optional }
}

fn named(all: &[Named]) -> Vec<Wanted> {
    all.iter().map(|n| Wanted { who: Vec::new(), what: vec![n.words.clone()], optional: n.optional }).collect()
}

fn statuses(gold: &Gold, status: Option<&str>) -> Vec<Wanted> {
    let entries = gold.attendance.iter().filter(|e| status.is_none_or(|s| e.status == s));
    entries.map(|e| wanted(e, std::slice::from_ref(&e.status))).collect()
}

/// What the list and the text say of people, each once.
fn distinct(gold: &Gold, what: fn(&Entry) -> &Vec<String>, same: Same) -> Vec<Wanted> {
    let mut kept: Vec<Wanted> = Vec::new();
    for entry in gold.attendance.iter().chain(&gold.represents) {
        for one in what(entry) {
            let new = wanted(entry, std::slice::from_ref(one));
            let known = |k: &Wanted| same_any(same_person, &new.who, &k.who) && same_any(same, &new.what, &k.what);
            if !kept.iter().any(known) {
                kept.push(new);
            }
        }
    }
    kept
}

fn same_any(same: Same, a: &[String], b: &[String]) -> bool {
    a.iter().any(|a| b.iter().any(|b| same(a, b)))
}

/// Goes before the name of an organisation that presents; stands in no name.
const ORGANISATION: char = '\u{1}';

fn presenters(entry: &Entry) -> Vec<String> {
    if entry.person.0.is_empty() {
        entry.organisation.0.iter().map(|name| format!("{ORGANISATION}{name}")).collect()
    } else {
        entry.person.0.clone()
    }
}

fn same_presenter(wanted: &str, found: &str) -> bool {
    match wanted.strip_prefix(ORGANISATION) {
        Some(organisation) => same_organisation(organisation, found),
        None => same_person(wanted, found),
    }
}

/// How a list of errors shows what the gold wants.
pub(super) fn shown(wanted: &Wanted) -> String {
    let words = |words: &[String]| words.join(" / ").replace(ORGANISATION, "");
    match (wanted.who.is_empty(), wanted.what.is_empty()) {
        (true, _) => words(&wanted.what),
        (_, true) => words(&wanted.who),
        _ => format!("{}: {}", words(&wanted.who), words(&wanted.what)),
    }
}

fn listed<'r>(row: &'r AttendanceRow) -> Found<'r> {
    Found {
        who: vec![&row.person_name, &row.person_as_written],
        what: vec![&row.status],
        place: (&row.start, &row.end),
        rules: vec![&row.rule],
        shown: format!("{}: {}", row.person_as_written, row.status),
    }
}

fn attendance<'r>(rows: &Rows<'r>, status: Option<&str>) -> Vec<Found<'r>> {
    rows.attendance.iter().filter(|row| status.is_none_or(|s| row.status == s)).map(|row| listed(row)).collect()
}

fn relations<'r>(rows: &Rows<'r>, predicate: &str) -> Vec<Found<'r>> {
    let found = rows.relations.iter().filter(|row| row.predicate == predicate).map(|row| {
        let first = |a: &'r str, b: &'r str| if a.is_empty() { b } else { a };
        let subject = first(&row.subject_as_written, &row.subject_name);
        let object = first(&row.object_as_written, &row.object_name);
        Found {
            who: vec![&row.subject_name, &row.subject_as_written],
            what: vec![&row.object_name, &row.object_as_written],
            place: (&row.start, &row.end),
            rules: vec![&row.rule],
            shown: format!("{subject}: {object}"),
        }
    });
    found.collect()
}

fn rules_of<'r>(rows: &Rows<'r>, holds: impl Fn(&RelationRow) -> bool) -> Vec<&'r str> {
    let rules: BTreeSet<&str> = rows.relations.iter().filter(|s| holds(s)).map(|s| s.rule.as_str()).collect();
    rules.into_iter().collect()
}

/// The entities of a kind that the document mentions, in the order of their first mentions.
fn entities<'r>(rows: &Rows<'r>, kind: &str) -> Vec<Found<'r>> {
    let mut found: Vec<Found<'r>> = Vec::new();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for (mention, name) in rows.mentions.iter().filter(|(mention, _)| mention.kind == kind) {
        let number = *numbers.entry(&mention.entity).or_insert(found.len());
        if number == found.len() {
            let place = (mention.start.as_str(), mention.end.as_str());
            let shown = if name.is_empty() { mention.text.clone() } else { (*name).to_owned() };
            found.push(Found { who: Vec::new(), what: vec![name], place, rules: Vec::new(), shown });
        }
        found[number].what.push(&mention.text);
        found[number].rules.push(&mention.rule);
    }
    for one in &mut found {
        one.what.sort_unstable();
        one.what.dedup();
    }
    found
}
