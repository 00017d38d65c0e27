//! The figures of `quorate evaluate` on the fixtures: those of the gold's own scorer to the last digit, where that
//! scorer and Python are there; and the list of precisions that `quorate rules` shows is current.
//! `UPDATE_EXPECT=1 cargo test --test evaluate` writes that list anew.

mod built;

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use built::{BUILT, ran, root};
use quorate::evaluate::{PRECISIONS, measured};
use quorate::extract;
use serde_json::Value;

fn evaluated(more: &[&str]) -> String {
    let mut arguments = vec!["evaluate".into(), "--gold".into(), root().join("fixtures/gold").into()];
    arguments.extend(["--graph".into(), BUILT.folder().into()]);
    arguments.extend(more.iter().map(Into::into));
    ran(&arguments).expect("figures")
}

#[test]
fn the_figures_are_those_of_the_scorer() {
    let scorer = root().join("../shared/score/score.py");
    if !scorer.is_file() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let figures = folder.path().join("figures.json");
    let mut command = Command::new("python3");
    command.arg(&scorer).arg("--gold").arg(root().join("fixtures/gold")).arg("--out").arg(BUILT.folder());
    let Ok(scored) = command.arg("--json").arg(&figures).output() else { return };
    assert!(scored.status.success(), "{}", String::from_utf8_lossy(&scored.stderr));
    let theirs: Value = serde_json::from_str(&fs::read_to_string(&figures).expect("figures")).expect("JSON");
    let theirs = theirs.as_object().expect("fields");
    let printed = String::from_utf8_lossy(&scored.stdout).into_owned();
    let ours: Value = serde_json::from_str(&evaluated(&["--format", "json"])).expect("JSON");
    let ours = ours.as_array().expect("rows");
    assert_eq!(ours.len(), theirs.len());
    for row in ours {
        let field = row["field"].as_str().expect("a field");
        let other = theirs.get(field).unwrap_or_else(|| panic!("the scorer has no field {field}"));
        for (our, their) in [("right", "tp"), ("spurious", "fp"), ("missed", "fn")] {
            assert_eq!(row[our].as_u64(), other[their].as_u64(), "{field}: {our}");
        }
        for rate in ["precision", "recall", "f1"] {
            let difference = row[rate].as_f64().expect("a rate") - other[rate].as_f64().expect("a rate");
            assert!(difference.abs() < 1e-12, "{field}: {rate}");
        }
        // The interval is printed, not written.
        let (low, high) = (row["f1_low"].as_f64().expect("a bound"), row["f1_high"].as_f64().expect("a bound"));
        let line = printed.lines().find(|line| line.starts_with(&format!("{field:24} "))).expect("a line");
        assert!(line.contains(&format!("{low:.3} to {high:.3}")), "{field}: {low:.3} to {high:.3}, but {line}");
    }
}

#[test]
fn the_precision_that_rules_show_is_current() {
    let rows = evaluated(&["--by", "rule", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(rows.as_bytes());
    let mut current = "rule,right,wrong\n".to_owned();
    for row in reader.records() {
        let row = row.expect("a row");
        // Resolution has rules too; what is listed are those of extraction.
        if extract::rules().any(|rule| rule.name == &row[0]) {
            writeln!(current, "{},{},{}", &row[0], &row[2], &row[3]).expect("written");
        }
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(root().join("src/evaluate/precision.csv"), &current).expect("written");
        return;
    }
    assert_eq!(PRECISIONS, current, "out of date: UPDATE_EXPECT=1 cargo test --test evaluate");
    assert!(extract::rules().filter(|rule| measured(rule.name).is_some()).count() > 20);
}
