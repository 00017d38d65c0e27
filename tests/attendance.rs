//! The figures of `quorate attendance` on a build of the fixtures are those that anybody reckons from
//! `attendance_panel.csv`.

mod built;

use std::collections::BTreeMap;
use std::ffi::OsString;

use built::{BUILT, ran};

fn records(arguments: &[&str]) -> Vec<BTreeMap<String, String>> {
    let mut arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
    arguments.extend(["--format".into(), "csv".into(), "--graph".into(), BUILT.folder().into()]);
    let text = ran(&arguments).unwrap_or_else(|talk| panic!("{talk}"));
    rows(text.as_bytes())
}

fn rows(csv: &[u8]) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(csv).deserialize().collect::<Result<_, _>>().expect("a table")
}

/// How many of how many, by some columns, as the mean of `present` gives it.
fn from_panel(keys: &[&str]) -> BTreeMap<Vec<String>, (u32, u32)> {
    let panel = rows(&std::fs::read(BUILT.folder().join("attendance_panel.csv")).expect("the panel"));
    let mut counts: BTreeMap<Vec<String>, (u32, u32)> = BTreeMap::new();
    for row in panel {
        let count = counts.entry(keys.iter().map(|key| row[*key].clone()).collect()).or_default();
        count.0 += u32::from(row["present"] == "1");
        count.1 += 1;
    }
    counts
}

#[test]
fn the_figures_are_those_of_the_panel() {
    for (by, keys) in [
        ("person", &["person", "body_name", "capacity"][..]),
        ("body", &["body_name"]),
        ("year", &["year", "body_name"]),
        ("municipal-year", &["municipal_year", "body_name"]),
        ("capacity", &["capacity", "body_name"]),
        ("meeting", &["meeting", "body_name"]),
    ] {
        let mut figures: BTreeMap<Vec<String>, (u32, u32)> = BTreeMap::new();
        for row in records(&["attendance", "--by", by]) {
            let number = |name: &str| row[name].parse::<u32>().expect("a number");
            if number("of") > 0 {
                let count = figures.entry(keys.iter().map(|key| row[*key].clone()).collect()).or_default();
                *count = (count.0 + number("present"), count.1 + number("of"));
                assert_eq!(
                    number("of"),
                    ["present", "apologies", "absent", "not_mentioned"].map(number).iter().sum::<u32>()
                );
            }
        }
        assert_eq!(figures, from_panel(keys), "by {by}");
    }
}

/// An organisation is there where anybody who stands for it is; substitutes are the one thing that the panel alone
/// does not say, and only they may add to it.
#[test]
fn organisations_are_those_of_the_panel_and_substitutes_add_to_them() {
    let panel = rows(&std::fs::read(BUILT.folder().join("attendance_panel.csv")).expect("the panel"));
    let mut there: BTreeMap<(String, String), std::collections::BTreeSet<String>> = BTreeMap::new();
    for row in panel.iter().filter(|row| row["present"] == "1") {
        for organisation in row["organisation"].split("; ").filter(|id| !id.is_empty()) {
            let key = (organisation.to_owned(), row["body_name"].clone());
            there.entry(key).or_default().insert(row["meeting"].clone());
        }
    }
    let figures = records(&["attendance", "--by", "organisation"]);
    assert!(figures.len() > 20, "{}", figures.len());
    for row in figures {
        let key = (row["organisation"].clone(), row["body_name"].clone());
        let number = |name: &str| row[name].parse::<usize>().expect("a number");
        let seen = there.get(&key).map_or(0, std::collections::BTreeSet::len);
        assert!(seen <= number("present") && number("present") <= seen + number("substituted"), "{row:?}");
        assert!(number("present") <= number("of"), "{row:?}");
    }
}
