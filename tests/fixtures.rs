//! What a build of the fixtures finds, against what a careful reader finds in them (`fixtures/gold`).
//! Each field has a floor that only rises. What differs is printed, a line each:
//! `cargo test --test fixtures -- --nocapture`.

mod built;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use built::{BUILT, root};
use quorate::query::Build;
use serde_json::Value;

/// A field: what it compares, and the least F1 in thousandths that a build must reach.
struct Field {
    name: &'static str,
    /// What the gold says.
    wanted: fn(&Value) -> Vec<Fact>,
    /// What the build says of the same document.
    found: fn(&Build, &str) -> Vec<Fact>,
    /// Whether what is found of others than those whom the gold names is left aside.
    named_only: bool,
    floor: u32,
}

/// A fact in parts (who, what), each with the ways in which it is written.
#[derive(Clone, Debug)]
struct Fact {
    parts: Vec<Vec<String>>,
    /// Counts neither for nor against.
    optional: bool,
}

const FIELDS: &[Field] = &[
    Field { name: "attendance", wanted: |g| listed(g, &["status"]), found: statuses, named_only: false, floor: 989 },
    Field { name: "capacity", wanted: |g| listed(g, &["capacity"]), found: capacities, named_only: true, floor: 987 },
    Field { name: "chair", wanted: |g| listed(g, &["chair"]), found: chairs, named_only: false, floor: 1000 },
    Field { name: "organisation", wanted: organisations, found: stood_for, named_only: true, floor: 987 },
    Field { name: "role", wanted: |g| listed(g, &["role"]), found: roles, named_only: true, floor: 960 },
    Field {
        name: "substitute",
        wanted: |g| listed(g, &["substitute_for"]),
        found: substitutes,
        named_only: false,
        floor: 833,
    },
    Field {
        name: "arrived, left",
        wanted: |g| listed(g, &["arrived", "left"]),
        found: times,
        named_only: true,
        floor: 666,
    },
    Field { name: "meeting", wanted: header, found: meeting, named_only: true, floor: 941 },
    Field {
        name: "elected",
        wanted: |g| facts(g, "elected", &["person", "role"]),
        found: |b, d| related(b, d, "elected_to", true),
        named_only: false,
        floor: 1000,
    },
    Field {
        name: "declared",
        wanted: |g| facts(g, "declared", &["person"]),
        found: |b, d| related(b, d, "declared_interest", false),
        named_only: false,
        floor: 1000,
    },
    Field {
        name: "moved",
        wanted: |g| facts(g, "motions", &["mover"]),
        found: |b, d| related(b, d, "moved", false),
        named_only: false,
        floor: 1000,
    },
    Field {
        name: "seconded",
        wanted: |g| facts(g, "motions", &["seconder"]),
        found: |b, d| related(b, d, "seconded", false),
        named_only: false,
        floor: 1000,
    },
    Field {
        name: "presented",
        wanted: presented,
        found: |b, d| related(b, d, "presented", true),
        named_only: false,
        floor: 972,
    },
    Field {
        name: "succeeded",
        wanted: |g| facts(g, "succeeded", &["from", "to"]),
        found: |b, d| related(b, d, "succeeded_by", true),
        named_only: false,
        floor: 800,
    },
    Field {
        name: "number of decisions",
        wanted: |g| number(g, "decisions"),
        found: decisions,
        named_only: false,
        floor: 950,
    },
];

#[test]
fn a_build_finds_what_a_careful_reader_finds() {
    let build = Build::open(&BUILT.folder()).expect("a build");
    let gold = gold();
    assert!(gold.len() > 30, "{} documents are annotated", gold.len());
    let (mut table, mut falls, mut lines) = (String::new(), Vec::new(), Vec::new());
    for field in FIELDS {
        let mut tally = Tally::default();
        for (document, annotated) in &gold {
            tally.add(document, &(field.wanted)(annotated), &(field.found)(&build, document), field.named_only);
        }
        let reached = tally.f1();
        let _ = writeln!(
            table,
            "{:<20} F1 {:>5}, floor {:>5}: {:>3} right, {:>2} missing, {:>2} wrong",
            field.name, reached, field.floor, tally.right, tally.missing, tally.wrong
        );
        if reached < field.floor {
            falls.push(format!("{} is {reached}, below its floor of {}", field.name, field.floor));
        }
        lines.extend(tally.lines.iter().map(|line| format!("{}: {line}", field.name)));
    }
    println!("{table}\n{}", lines.join("\n"));
    assert!(falls.is_empty(), "{}\n\n{table}\n{}", falls.join("\n"), lines.join("\n"));
}

/// Every annotated document, by its path.
fn gold() -> BTreeMap<String, Value> {
    let files = walkdir::WalkDir::new(root().join("fixtures/gold")).into_iter().filter_map(Result::ok);
    let texts = files.filter(|file| file.file_type().is_file()).map(|file| fs::read_to_string(file.path()));
    texts
        .map(|text| serde_json::from_str::<Value>(&text.expect("text")).expect("JSON"))
        .map(|gold| (gold["document"].as_str().expect("a document").to_owned(), gold))
        .collect()
}

/// What was compared, and how it came out.
#[derive(Default)]
struct Tally {
    right: u32,
    missing: u32,
    wrong: u32,
    lines: Vec<String>,
}

impl Tally {
    /// Compares facts one to one; a repetition of what is wanted is no fault.
    fn add(&mut self, document: &str, wanted: &[Fact], found: &[Fact], named_only: bool) {
        let mut left: Vec<&Fact> = found.iter().collect();
        for fact in wanted.iter().filter(|fact| !fact.optional) {
            if let Some(at) = left.iter().position(|other| fact.agrees(other)) {
                left.remove(at);
                self.right += 1;
            } else {
                self.missing += 1;
                self.lines.push(format!("{document}: missing {fact}"));
            }
        }
        for fact in left {
            let known = wanted.iter().any(|other| other.agrees(fact));
            let aside = named_only && !wanted.iter().any(|other| agree(&other.parts[0], &fact.parts[0]));
            if !known && !aside {
                self.wrong += 1;
                self.lines.push(format!("{document}: does not say {fact}"));
            }
        }
    }

    /// F1 in thousandths; full marks where there is nothing to find and nothing was found.
    fn f1(&self) -> u32 {
        let all = 2 * self.right + self.missing + self.wrong;
        (2000 * self.right).checked_div(all).unwrap_or(1000)
    }
}

impl Fact {
    fn new<const N: usize>(parts: [&[&str]; N]) -> Self {
        let own = |ways: &[&str]| ways.iter().filter(|way| !way.is_empty()).map(|way| (*way).to_owned()).collect();
        Self { parts: parts.iter().map(|ways| own(ways)).collect(), optional: false }
    }

    fn agrees(&self, found: &Self) -> bool {
        self.parts.iter().zip(&found.parts).all(|(wanted, found)| agree(wanted, found))
    }
}

impl std::fmt::Display for Fact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts: Vec<String> = self.parts.iter().map(|ways| ways.join(" = ")).collect();
        f.write_str(&parts.join(" · "))
    }
}

/// Whether a way of writing what is wanted is one of those found, or stands whole within it: the gold leaves
/// titles out, and a build may know a fuller name from another document.
fn agree(wanted: &[String], found: &[String]) -> bool {
    wanted.iter().any(|wanted| found.iter().any(|found| within(&folded(wanted), &folded(found))))
}

/// Whether words stand in a row in others; a letter stands for a word that begins with it.
fn within(words: &str, others: &str) -> bool {
    let words: Vec<&str> = words.split(' ').collect();
    let others: Vec<&str> = others.split(' ').collect();
    let same = |(word, other): (&&str, &&str)| word == other || (word.chars().count() == 1 && other.starts_with(*word));
    others.windows(words.len()).any(|row| words.iter().zip(row).all(same))
}

/// Words alone, in lower case.
fn folded(text: &str) -> String {
    let plain = text.to_lowercase().replace('&', " and ").replace(['\'', '’', '.'], "");
    let words =
        plain.split(|c: char| !c.is_alphanumeric() && c != ':').filter(|word| !word.is_empty() && *word != "the");
    words.collect::<Vec<_>>().join(" ")
}

/// Entries of the attendance list that have one of some keys, a fact for each.
fn listed(gold: &Value, keys: &[&str]) -> Vec<Fact> {
    let entries = gold["attendance"].as_array().into_iter().flatten();
    entries.flat_map(|entry| keys.iter().flat_map(move |key| ways(entry, &["person", key]))).collect()
}

/// Facts of a list of the gold: the values of some keys.
fn facts(gold: &Value, list: &str, keys: &[&str]) -> Vec<Fact> {
    gold[list].as_array().into_iter().flatten().flat_map(|entry| ways(entry, keys)).collect()
}

/// The facts that an entry states: several where its last value is a list, none where a value is missing.
fn ways(entry: &Value, keys: &[&str]) -> Vec<Fact> {
    let values = |key: &str| match &entry[key] {
        Value::Array(values) => values.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Value::String(value) => vec![value.clone()],
        Value::Bool(true) => vec![key.to_owned()],
        _ => Vec::new(),
    };
    let optional = entry["optional"].as_bool() == Some(true);
    let (last, first) = keys.split_last().expect("a key");
    let parts: Vec<Vec<String>> = first.iter().map(|key| values(key)).collect();
    let whole = parts.iter().all(|ways| !ways.is_empty());
    let lasts = if whole { values(last) } else { Vec::new() };
    lasts.into_iter().map(|value| Fact { parts: [parts.clone(), vec![vec![value]]].concat(), optional }).collect()
}

/// Organisations of the list; what the rest of the text says of them counts neither for nor against.
fn organisations(gold: &Value) -> Vec<Fact> {
    let told = facts(gold, "represents", &["person", "organisation"]).into_iter();
    let told = told.map(|fact| Fact { optional: true, ..fact });
    listed(gold, &["organisation"]).into_iter().chain(told).collect()
}

fn presented(gold: &Value) -> Vec<Fact> {
    [facts(gold, "presented", &["person", "item"]), facts(gold, "presented", &["organisation", "item"])].concat()
}

fn header(gold: &Value) -> Vec<Fact> {
    let fields = ["body", "date", "start_time", "end_time", "venue", "previous_meeting", "next_meeting"];
    let stated = fields.iter().filter_map(|field| Some((*field, gold[*field].as_str()?)));
    stated.map(|(field, value)| Fact::new([&[field], &[value]])).collect()
}

/// How many a list of the gold holds: any number between those required and all is right.
fn number(gold: &Value, list: &str) -> Vec<Fact> {
    let all = gold[list].as_array().map_or(0, Vec::len);
    let optional = gold[list].as_array().into_iter().flatten().filter(|x| x["optional"] == true).count();
    let right = (all - optional..=all).map(|number| number.to_string()).collect();
    vec![Fact { parts: vec![right], optional: false }]
}

/// Facts of the rows of `attendance.csv` about a document.
macro_rules! attendance {
    ($name:ident: |$row:ident| [$($cell:expr),*]) => {
        fn $name(build: &Build, document: &str) -> Vec<Fact> {
            let rows = build.attendance().expect("a table").iter().filter(|row| row.document == document);
            rows.flat_map(|$row| {
                let person = [$row.person_name.as_str(), &$row.person_as_written];
                let cells: Vec<Vec<&str>> = vec![$($cell),*];
                let cells = cells.into_iter().filter(|ways| ways.iter().any(|way| !way.is_empty()));
                cells.map(move |ways| Fact::new([&person, &ways]))
            })
            .collect()
        }
    };
}

attendance!(statuses: |row| [vec![&row.status]]);
attendance!(capacities: |row| [vec![&row.capacity]]);
attendance!(chairs: |row| [vec![if row.chair == "1" { "chair" } else { "" }]]);
attendance!(roles: |row| [vec![&row.role]]);
attendance!(substitutes: |row| [vec![&row.substitute_for]]);
attendance!(times: |row| [vec![&row.arrived], vec![&row.left]]);

/// A fact for each of the organisations that a row joins.
fn stood_for(build: &Build, document: &str) -> Vec<Fact> {
    let rows = build.attendance().expect("a table").iter().filter(|row| row.document == document);
    rows.flat_map(|row| {
        let written: Vec<&str> = row.organisation_as_written.split("; ").collect();
        let names = row.organisation_name.split("; ").enumerate().filter(|(_, name)| !name.is_empty());
        names.map(move |(i, name)| {
            let ways = [name, written.get(i).copied().unwrap_or_default()];
            Fact::new([&[row.person_name.as_str(), &row.person_as_written], &ways])
        })
    })
    .collect()
}

fn meeting(build: &Build, document: &str) -> Vec<Fact> {
    let rows = build.meetings().expect("a table").iter().filter(|row| row.document == document);
    rows.flat_map(|row| {
        let cells = [
            ("body", &row.body_name),
            ("date", &row.date),
            ("start_time", &row.start_time),
            ("end_time", &row.end_time),
            ("venue", &row.venue),
            ("previous_meeting", &row.previous_meeting),
            ("next_meeting", &row.next_meeting),
        ];
        let stated = cells.into_iter().filter(|(_, cell)| !cell.is_empty());
        stated.map(|(field, cell)| Fact::new([&[field], &[cell]]))
    })
    .collect()
}

/// Subjects, and objects where they count, of the relations of a document.
fn related(build: &Build, document: &str, predicate: &str, object: bool) -> Vec<Fact> {
    let rows = build.relations().expect("a table").iter();
    let rows = rows.filter(|row| row.document == document && row.predicate == predicate && row.layer == "stated");
    rows.map(|row| {
        let subject = [row.subject_name.as_str(), &row.subject_as_written];
        if object { Fact::new([&subject, &[&row.object_name, &row.object_as_written]]) } else { Fact::new([&subject]) }
    })
    .collect()
}

fn decisions(build: &Build, document: &str) -> Vec<Fact> {
    let number = build.decisions().expect("a table").iter().filter(|row| row.document == document).count();
    vec![Fact::new([&[&number.to_string()]])]
}

#[test]
fn facts_are_compared_as_said() {
    let fact = |person, organisation| Fact::new([&[person], &[organisation]]);
    let mut tally = Tally::default();
    let wanted = vec![fact("Ann Lee", "Marl & Tarn Council"), fact("Bo Hay", "Police")];
    let found = vec![
        fact("Cllr Ann Lee", "Marl and Tarn Council"),
        fact("Cllr. Ann Lee", "the Marl and Tarn Council"),
        fact("Bo Haynes", "Police"),
    ];
    tally.add("a.txt", &wanted, &found, false);
    assert_eq!((tally.right, tally.missing, tally.wrong, tally.f1()), (1, 1, 1, 500));
    assert_eq!(tally.lines, ["a.txt: missing Bo Hay · Police", "a.txt: does not say Bo Haynes · Police"]);
}

/// One meeting saved in every format states the same, in the same words.
#[test]
fn all_formats_of_one_meeting_give_the_same_statements() {
    let build = Build::open(&BUILT.folder()).expect("a build");
    let mut stated: BTreeMap<&str, BTreeSet<[&str; 4]>> = BTreeMap::new();
    let relations = build.relations().expect("relations");
    for row in relations.iter().filter(|row| row.document.starts_with("formats/")) {
        let statement = [&*row.subject, &*row.predicate, &*row.object, &*row.quote];
        stated.entry(&row.document).or_default().insert(statement);
    }
    assert_eq!(stated.len(), 9);
    let of_text = stated["formats/meeting.txt"].clone();
    assert!(of_text.len() > 20);
    for (document, statements) in stated {
        let differ: Vec<_> = statements.symmetric_difference(&of_text).collect();
        assert!(differ.is_empty(), "{document}: {differ:?}");
    }
}
