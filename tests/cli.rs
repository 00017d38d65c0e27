//! The program as its users meet it: exit codes, what goes to which stream, and what a failed build leaves.

use std::fs;
use std::path::Path;
use std::process::{Command as Process, Stdio};

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use tempfile::TempDir;

/// The program, in a folder of its own.
fn quorate(folder: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quorate"));
    command.current_dir(folder.path());
    command
}

fn fixtures() -> String {
    format!("{}/fixtures/minutes", env!("CARGO_MANIFEST_DIR"))
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn out(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).expect("text")
}

fn talk(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).expect("text")
}

/// All files of a folder with their bytes, in order of their paths.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let named = |path: &Path| path.strip_prefix(folder).expect("within").display().to_string();
    files.map(|file| (named(file.path()), fs::read(file.path()).expect("a file"))).collect()
}

#[test]
fn a_build_is_done_and_its_summary_is_data() {
    let here = folder();
    let done = quorate(&here).args(["build", &fixtures()]).assert().code(0);
    assert!(out(&done).starts_with("read ") && out(&done).contains("written to     output"), "{}", out(&done));
    assert_eq!(talk(&done), "");
    let asked = quorate(&here).args(["who", "Probation", "--format", "csv"]).assert().code(0);
    assert!(out(&asked).starts_with("date,"), "{}", out(&asked));
    let quiet = quorate(&here).args(["build", "--quiet", &fixtures()]).assert().code(0);
    assert_eq!((out(&quiet), talk(&quiet)), (String::new(), String::new()));
}

#[test]
fn what_is_skipped_is_told_and_the_rest_is_built() {
    let here = folder();
    fs::create_dir(here.path().join("minutes")).expect("a folder");
    fs::write(here.path().join("minutes/empty.txt"), "").expect("a file");
    let good = "Wold Parish Council\n\nMinutes of the meeting held on 3 May 2016\n\nPresent: Mrs Ada Vance (Chair)\n";
    fs::write(here.path().join("minutes/good.txt"), good).expect("a file");
    let partly = quorate(&here).args(["build", "minutes"]).assert().code(1);
    assert!(talk(&partly).starts_with("skipped: empty.txt: the file is empty"), "{}", talk(&partly));
    assert_eq!(talk(&partly).lines().count(), 1, "{}", talk(&partly));
    let documents = fs::read_to_string(here.path().join("output/documents.csv")).expect("a table");
    assert!(documents.contains("\nempty.txt,") && documents.contains(",skipped,"), "{documents}");
    let attendance = fs::read_to_string(here.path().join("output/attendance.csv")).expect("a table");
    assert!(attendance.contains("Ada Vance"), "{attendance}");
}

#[test]
fn nothing_done_says_what_and_what_to_type_instead() {
    let here = folder();
    fs::write(here.path().join("a.txt"), "Minutes of the meeting of 3 May 2016").expect("a file");
    fs::write(here.path().join("wrong.rq"), "SELECT ?x WHERE { ?x ").expect("a file");
    fs::write(here.path().join("wrong.jsonl"), "[\"person/a\"]\n").expect("a file");
    fs::create_dir(here.path().join("precious")).expect("a folder");
    fs::write(here.path().join("precious/letter.txt"), "Dear …").expect("a file");
    quorate(&here).args(["build", "a.txt", "-o", "built", "-q"]).assert().code(0);
    fs::create_dir(here.path().join("other")).expect("a folder");
    fs::write(here.path().join("other/a.txt"), "Minutes of the meeting of 4 May 2016").expect("a file");
    let extracted = |path: &str| out(&quorate(&here).args(["extract", path]).assert().code(0));
    fs::write(here.path().join("two.jsonl"), extracted("a.txt") + &extracted("other/a.txt")).expect("a file");
    let cases: &[(&[&str], &str, &str)] = &[
        (&["build", "nowhere"], "nowhere: no such file", "give a file of minutes"),
        (&["build", "a.txt", "--format", "xml"], "xml", "choose from csv"),
        (&["build", "a.txt", "--base-iri", "minutes/"], "minutes/", "absolute"),
        (&["build", "a.txt", "--judgements", "nowhere.jsonl"], "nowhere.jsonl", ""),
        (&["build", "a.txt", "--judgements", "wrong.jsonl"], "wrong.jsonl", "line 1"),
        (&["build", "a.txt", "-o", "precious"], "precious", ""),
        (&["build"], "PATH", "--help"),
        (&["extract", "nowhere"], "nowhere: no such file", "give a file of minutes"),
        (&["merge", "nowhere"], "nowhere: no such file", "quorate extract"),
        (&["merge", "a.txt"], "a.txt, line 1: this is no line", "quorate extract"),
        (&["merge", "two.jsonl"], "another line states something else", "`a.txt`; extract both"),
        (&["bild"], "bild", "build"),
        (&["who", "Probation"], "there is no folder `output`", "quorate build"),
        (&["who", "Probation", "--graph", "precious"], "`precious` is no build", "--graph FOLDER"),
        (&["query", "representaton", "--graph", "built"], "representaton", "did you mean `representation`?"),
        (&["query", "wrong.rq", "--graph", "built"], "wrong.rq", ""),
        (&["query", "chairs", "--set", "sinse=2014", "--graph", "built"], "sinse", "since"),
        (&["query", "chairs", "--set", "since=May", "--graph", "built"], "May", "date"),
        (&["attendance", "--by", "persn", "--graph", "built"], "persn", "person"),
        (&["completions", "basch"], "basch", "bash"),
    ];
    for (arguments, what, remedy) in cases {
        let nothing = quorate(&here).args(*arguments).assert().code(2);
        let talk = talk(&nothing);
        assert_eq!(out(&nothing), "", "{arguments:?}");
        assert!(talk.contains(what) && talk.contains(remedy), "{arguments:?}: {talk}");
    }
    assert_eq!(fs::read_to_string(here.path().join("precious/letter.txt")).expect("a letter"), "Dear …");
}

#[test]
fn help_is_data() {
    let here = folder();
    let help = quorate(&here).arg("--help").assert().code(0);
    assert!(out(&help).contains("Exit codes:\n  0  done") && talk(&help).is_empty(), "{}", out(&help));
    quorate(&here).arg("--version").assert().code(0).stdout(format!("quorate {}\n", env!("CARGO_PKG_VERSION")));
    for command in quorate::cli::COMMANDS {
        let help = quorate(&here).args([command.name, "--help"]).assert().code(0);
        assert!(out(&help).contains("Examples:\n  quorate "), "{}: {}", command.name, out(&help));
    }
    // No command at all is no request for help: nothing is data then.
    let none = quorate(&here).assert().code(2);
    assert!(out(&none).is_empty() && talk(&none).contains("Usage"), "{}", talk(&none));
}

#[test]
fn a_closed_pipe_is_success() {
    let here = folder();
    fs::write(here.path().join("a.txt"), "Minutes of the meeting of 3 May 2016").expect("a file");
    quorate(&here).args(["build", &fixtures(), "-q"]).assert().code(0);
    for arguments in [
        &["attendance", "--format", "csv"][..],
        &["attendance", "--format", "json"],
        &["who", "Probation"],
        &["query", "chairs"],
        &["explain", "Tobias Wrenfield"],
        &["build", "a.txt", "-o", "again"],
        &["extract", "a.txt"],
        &["man"],
        &["--help"],
    ] {
        let mut program = Process::new(env!("CARGO_BIN_EXE_quorate"))
            .current_dir(here.path())
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(program.stdout.take());
        let ended = program.wait_with_output().expect("the program ends");
        let talk = String::from_utf8_lossy(&ended.stderr);
        assert_eq!((ended.status.code(), &*talk), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn threads_and_order_change_no_byte() {
    let here = folder();
    let series = format!("{}/marlshire-safer-partnership", fixtures());
    let mut paths: Vec<String> = fs::read_dir(&series)
        .expect("a folder")
        .map(|file| file.expect("a file").path().display().to_string())
        .collect();
    paths.sort();
    quorate(&here).args(["build", "-q", "--threads", "1", "-o", "one"]).args(&paths).assert().code(0);
    paths.reverse();
    quorate(&here).args(["build", "-q", "--threads", "4", "-o", "four"]).args(&paths).assert().code(0);
    let (one, four) = (files(&here.path().join("one")), files(&here.path().join("four")));
    assert!(one.len() > 20, "{} files", one.len());
    for ((name, one), (other, four)) in one.iter().zip(&four) {
        assert!(name == other && one == four, "{name} and {other} differ");
    }
    assert_eq!(one.len(), four.len());
}

#[test]
fn extracting_and_merging_gives_the_bytes_of_a_build_whatever_the_order_of_lines() {
    let here = folder();
    quorate(&here).args(["build", &fixtures(), "-q", "-o", "built"]).assert().code(0);
    let lines = out(&quorate(&here).args(["extract", &fixtures(), "--threads", "1"]).assert().code(0));
    assert_eq!(lines, out(&quorate(&here).args(["extract", &fixtures(), "--threads", "4"]).assert().code(0)));
    let mut turned: Vec<&str> = lines.lines().rev().collect();
    turned.extend(lines.lines().take(3));
    let (some, others) = turned.split_at(turned.len() / 2);
    fs::write(here.path().join("some.jsonl"), some.join("\n")).expect("a file");
    let merge = ["merge", "some.jsonl", "-", "-q", "-o", "merged"];
    quorate(&here).args(merge).write_stdin(others.join("\n")).assert().code(0);
    assert_eq!(files(&here.path().join("merged")), files(&here.path().join("built")));
}

#[test]
fn what_is_skipped_while_extracting_is_told_and_reaches_the_build() {
    let here = folder();
    fs::create_dir(here.path().join("minutes")).expect("a folder");
    fs::write(here.path().join("minutes/empty.txt"), "").expect("a file");
    let partly = quorate(&here).args(["extract", "minutes"]).assert().code(1);
    assert!(talk(&partly).starts_with("skipped: empty.txt: the file is empty"), "{}", talk(&partly));
    let merged = quorate(&here).args(["merge", "-", "-o", "merged"]).write_stdin(out(&partly)).assert().code(1);
    assert!(talk(&merged).starts_with("skipped: empty.txt"), "{}", talk(&merged));
    quorate(&here).args(["build", "minutes", "-o", "built", "-q"]).assert().code(1);
    assert_eq!(files(&here.path().join("merged")), files(&here.path().join("built")));
}

#[test]
fn a_second_build_reads_again_what_changed_and_gives_the_bytes_of_a_fresh_one() {
    let here = folder();
    let minutes = here.path().join("minutes");
    fs::create_dir(&minutes).expect("a folder");
    let text = |day: u8| {
        format!(
            "Wold Parish Council\n\nMinutes of the meeting held on {day} May 2016\n\nPresent: Mrs Ada Vance (Chair)\n"
        )
    };
    let write = |name: &str, day| fs::write(minutes.join(name), text(day)).expect("a file");
    let entries = |folder: &str| files(&here.path().join(folder).join(".cache")).into_iter().map(|(name, _)| name);
    // Builds anew and beside the last build; gives how many documents were as in it.
    let known = |last: &str| {
        quorate(&here).args(["build", "minutes", "-o", "fresh", "-q", "--no-cache"]).assert().code(0);
        let built = quorate(&here).args(["build", "minutes", "-o", last, "--times"]).assert().code(0);
        let mut built_files = files(&here.path().join(last));
        built_files.retain(|(name, _)| !name.starts_with(".cache"));
        assert_eq!(built_files, files(&here.path().join("fresh")));
        let times = talk(&built);
        let words: Vec<&str> = times.split_whitespace().collect();
        words
            .windows(2)
            .find(|pair| pair[1] == "documents")
            .map_or(0, |pair| pair[0].parse::<usize>().expect("a number"))
    };
    for (name, day) in [("a.txt", 1), ("b.txt", 2), ("c.txt", 3)] {
        write(name, day);
    }
    assert_eq!(known("output"), 0);
    assert_eq!(known("output"), 3);
    write("d.txt", 4);
    write("b.txt", 5);
    fs::remove_file(minutes.join("c.txt")).expect("a file");
    assert_eq!(known("output"), 1);
    // Only entries of the documents of this build are kept, the same as in a build that read all.
    quorate(&here).args(["build", "minutes", "-o", "other", "-q"]).assert().code(0);
    assert_eq!(entries("output").collect::<Vec<_>>(), entries("other").collect::<Vec<_>>());
    assert_eq!(entries("output").count(), 2 + 3);
    // Whatever stands in the cache, nothing wrong comes of it.
    for (at, (name, bytes)) in files(&here.path().join("output/.cache")).into_iter().enumerate() {
        let spoilt = match at % 3 {
            0 => bytes[..bytes.len() / 2].to_vec(),
            1 => bytes.iter().map(|byte| byte ^ 0x20).collect(),
            _ => fs::read(here.path().join("output/.cache").join(entries("output").next_back().expect("one")))
                .expect("a file"),
        };
        fs::write(here.path().join("output/.cache").join(name), spoilt).expect("a file");
    }
    assert!(known("output") <= 1);
    assert_eq!(known("output"), 3);
    // Other words are another reading.
    fs::create_dir(here.path().join("words")).expect("a folder");
    fs::write(here.path().join("words/roles.csv"), "term,class,position\nreeve,officer,head\n").expect("a file");
    let own = ["build", "minutes", "--lexicon", "words", "--times"];
    let built = quorate(&here).args(own).assert().code(0);
    assert!(!talk(&built).contains("as in the last build"), "{}", talk(&built));
}

#[cfg(unix)]
#[test]
fn a_build_that_cannot_be_written_leaves_the_last_one_whole() {
    let here = folder();
    quorate(&here).args(["build", &fixtures(), "-q"]).assert().code(0);
    let last = files(&here.path().join("output"));
    // No file of the build may be larger than 40 kB: texts fit, tables do not.
    let line = format!("ulimit -f 40; trap '' XFSZ; exec '{}' build '{}'", env!("CARGO_BIN_EXE_quorate"), fixtures());
    let broken = Command::new("bash").args(["-c", &line]).current_dir(here.path()).assert().code(2);
    assert!(talk(&broken).contains("the last build is untouched"), "{}", talk(&broken));
    assert_eq!(files(&here.path().join("output")), last);
    let around: Vec<_> = fs::read_dir(here.path()).expect("a folder").filter_map(Result::ok).collect();
    assert_eq!(around.len(), 1, "a broken build leaves something behind: {around:?}");
}

#[cfg(unix)]
#[test]
fn a_build_that_is_killed_leaves_the_last_one_whole() {
    let here = folder();
    quorate(&here).args(["build", &fixtures(), "-q"]).assert().code(0);
    let last = files(&here.path().join("output"));
    // A pipe that never ends keeps the second build reading.
    let mut program = Process::new(env!("CARGO_BIN_EXE_quorate"))
        .current_dir(here.path())
        .args(["build", "-q", &fixtures(), "-"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("the program starts");
    std::thread::sleep(std::time::Duration::from_millis(300));
    program.kill().expect("it was still reading");
    program.wait().expect("it ends");
    assert_eq!(files(&here.path().join("output")), last);
    quorate(&here).args(["build", &fixtures(), "-q"]).assert().code(0);
    assert_eq!(files(&here.path().join("output")), last);
    let around: Vec<_> = fs::read_dir(here.path()).expect("a folder").filter_map(Result::ok).collect();
    assert_eq!(around.len(), 1, "the next build clears away what the killed one left: {around:?}");
}
