//! A user's own lists make the difference: minutes full of local words, built without them and with them.

mod built;

use std::fs;

use built::{ran, root};
use quorate::query::Build;

/// Attendance as `name: status, role, organisation`, and the names of the organisations.
fn understood(more: &[&str]) -> (Vec<String>, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("output");
    let mut arguments = vec!["build".into(), root().join("fixtures/lexicon/minutes").into(), "-o".into()];
    arguments.push(output.clone().into());
    arguments.extend(more.iter().map(Into::into));
    ran(&arguments).expect("built");
    let build = Build::open(&output).expect("a build");
    let rows = build.attendance().expect("attendance").iter();
    let rows = rows.map(|r| format!("{}: {}, {}, {}", r.person_name, r.status, r.role, r.organisation_name)).collect();
    let names = build.entities().expect("entities").iter();
    (rows, names.filter(|e| e.kind == "organisation").map(|e| e.name.clone()).collect())
}

#[test]
fn local_headings_roles_and_organisations_are_understood_with_a_lexicon() {
    let lists = root().join("fixtures/lexicon/lists");
    let (without, _) = understood(&[]);
    let (with, organisations) = understood(&["--lexicon", lists.to_str().expect("a path")]);
    assert_eq!(
        with,
        [
            "Wilfred Garland: present, Hayward, Saltersford Commoners",
            "Edith Lomas: present, , SCT",
            "Noel Sharrock: apologies, , Saltersford Commoners",
        ]
    );
    assert!(organisations.iter().any(|name| name == "SCT"), "{organisations:?}");
    assert!(with.iter().all(|row| !without.contains(row)), "{without:?}");
}

#[test]
fn a_bad_list_stops_the_build_with_file_line_and_remedy() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = |file: &str, text: &str| {
        fs::write(folder.path().join(file), text).expect("written");
        let minutes = root().join("fixtures/lexicon/minutes");
        let output = folder.path().join("output");
        let lists = folder.path().into();
        let told =
            ran(&["build".into(), minutes.into(), "-o".into(), output.clone().into(), "--lexicon".into(), lists]);
        fs::remove_file(folder.path().join(file)).expect("removed");
        assert!(!output.exists());
        told.expect_err("a fault")
    };
    let bad = told("roles.csv", "term,class,position\nhayward,boss,head\n");
    assert!(bad.contains("roles.csv, line 2: column `class` cannot be `boss`\n  write one of: chair,"), "{bad}");
    assert!(told("people.csv", "name\n").contains("people.csv, line 1: there is no list of this name"));
    assert!(told("lists.txt", "").contains("holds no list"));
}
