//! Judgements of people, through the command line: they separate and join, are explained, and can be taken back.

use std::ffi::OsString;
use std::path::Path;

use quorate::cli::{Console, Exit, run};

/// What a command did.
struct Ran {
    exit: Exit,
    out: String,
    talk: String,
}

/// Runs a command line, without the program's name.
fn ran(arguments: &[OsString]) -> Ran {
    let (mut out, mut talk) = (Vec::new(), Vec::new());
    let arguments = [OsString::from("quorate")].into_iter().chain(arguments.iter().cloned());
    let exit = run(arguments, &mut Console::new(&mut out, &mut talk));
    let text = |bytes| String::from_utf8(bytes).expect("a command prints text");
    Ran { exit, out: text(out), talk: text(talk) }
}

/// A build of the fixtures' series with some judgements, into a folder.
fn build(judgements: &str, output: &Path) -> Ran {
    let file = output.with_extension("jsonl");
    std::fs::write(&file, judgements).expect("written");
    let minutes = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/minutes/marlshire-safer-partnership");
    ran(&["build".into(), minutes.into(), "-o".into(), output.into(), "--judgements".into(), file.into()])
}

const APART: &str = r#"["person/k-bruntcliffe", "person/kathleen-bruntcliffe", "negative", null, "ann", null]"#;
const ONE: &str = r#"["person/harbottle-marlshire-safer-partnership-2013-11-14", "person/neil-harbottle", "positive"]"#;

#[test]
fn what_people_decide_wins_is_explained_and_can_be_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("output");
    let entities = || std::fs::read_to_string(output.join("entities.csv")).expect("a table");
    let named = |table: &str, words: &str| {
        table.lines().filter(|l| l.starts_with("person/") && l.split(',').next().unwrap_or("").contains(words)).count()
    };
    build("", &output);
    let plain = entities();
    assert_eq!((named(&plain, "bruntcliffe"), named(&plain, "harbottle")), (1, 3), "{plain}");

    build(&format!("{APART}\n{ONE}\n"), &output);
    let judged = entities();
    assert_eq!((named(&judged, "bruntcliffe"), named(&judged, "harbottle")), (2, 2), "{judged}");
    let explained = ran(&["explain".into(), "person/neil-harbottle".into(), "--graph".into(), output.clone().into()]);
    assert!(explained.out.contains("a person decided"), "{}", explained.out);

    build("", &output);
    assert_eq!(entities(), plain);
}

#[test]
fn a_line_that_is_no_judgement_is_refused_and_one_that_names_nothing_is_warned_of() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("output");
    let refused = build(&format!("{ONE}\n[\"a\", \"b\", \"perhaps\"]\n"), &output);
    assert_eq!(refused.exit, Exit::Nothing);
    assert!(refused.talk.contains("line 2, column 12"), "{}", refused.talk);
    let idle = build(r#"["person/nobody-at-all", "person/neil-harbottle", "positive"]"#, &output);
    assert!(idle.talk.contains("names nothing") && idle.talk.contains("nobody-at-all"), "{}", idle.talk);
}
