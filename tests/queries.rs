//! The named queries on a build of the fixtures: each example runs, finds something, and finds what it found before.
//! `UPDATE_EXPECT=1 cargo test --test queries` renews `tests/queries.txt`.

mod built;

use std::ffi::OsString;
use std::fmt::Write as _;

use built::{BUILT, ran};
use expect_test::expect_file;
use quorate::query::named::{QUERIES, head};

/// The words of a command line, as a shell takes them apart.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().expect("a word").push(c),
        }
    }
    words
}

/// The answer of a command line, as CSV.
fn answer(line: &str) -> String {
    let mut arguments: Vec<OsString> = words(line).into_iter().skip(1).map(OsString::from).collect();
    if !line.contains("--format") {
        arguments.extend(["--format", "csv"].map(OsString::from));
    }
    arguments.extend(["--graph".into(), BUILT.folder().into()]);
    ran(&arguments).unwrap_or_else(|talk| panic!("{line}: {talk}"))
}

#[test]
fn every_example_finds_what_it_found_before() {
    let mut all = String::new();
    for query in QUERIES {
        let head = head(query.text).expect("a head");
        let answer = answer(&head.example);
        let rows = answer.lines().count().saturating_sub(1);
        assert!(rows > 0, "{}: its example finds nothing in the fixtures", query.name);
        let _ = write!(all, "# {}\n$ {}\n{answer}\n", head.question, head.example);
    }
    expect_file!["./queries.txt"].assert_eq(&all);
}

#[test]
fn there_are_queries_for_what_people_ask() {
    assert!(QUERIES.len() >= 25, "{} queries", QUERIES.len());
}

#[test]
fn without_parameters_each_query_answers_too() {
    for query in QUERIES {
        let answer = answer(&format!("quorate query {}", query.name));
        assert!(answer.lines().count() > 1, "{}: nothing", query.name);
    }
}

/// The rate that a query reckons is the mean of the panel, person by person.
#[test]
fn the_rates_of_the_queries_are_those_of_the_panel() {
    let build = quorate::query::Build::open(&BUILT.folder()).expect("a build");
    let mut counts: std::collections::BTreeMap<(String, String), Vec<(u32, u32)>> = std::collections::BTreeMap::new();
    let mut people: std::collections::BTreeMap<(&str, &str, &str), (u32, u32)> = std::collections::BTreeMap::new();
    for row in build.panel().expect("a table") {
        let count = people.entry((&row.person, &row.person_name, &row.body_name)).or_default();
        count.0 += u32::from(row.present == "1");
        count.1 += 1;
    }
    for ((_, name, body), count) in people.into_iter().filter(|((_, _, body), _)| !body.is_empty()) {
        counts.entry((name.to_owned(), body.to_owned())).or_default().push(count);
    }
    let mut found: std::collections::BTreeMap<(String, String), Vec<(u32, u32)>> = std::collections::BTreeMap::new();
    let answer = answer("quorate query attendance-rate");
    let mut reader = csv::Reader::from_reader(answer.as_bytes());
    for row in reader.records() {
        let row = row.expect("a row");
        let number = |at: usize| row[at].parse().expect("a number");
        found.entry((row[0].to_owned(), row[1].to_owned())).or_default().push((number(2), number(3)));
    }
    counts.values_mut().chain(found.values_mut()).for_each(|of| of.sort_unstable());
    assert_eq!(found, counts);
}
