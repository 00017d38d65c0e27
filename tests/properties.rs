//! What holds whatever the minutes say: texts are put together at random from the words of minutes and from anything.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use oxigraph::io::{RdfFormat, RdfParser};
use parquet::file::reader::{FileReader, SerializedFileReader};
use proptest::prelude::*;
use quorate::cli::{Console, Exit, run};
use quorate::export::FORMATS;
use quorate::lexicon::Lexicon;
use quorate::{extract, read, structure};

const PEOPLE: &[&str] =
    &["Ada Vance", "Cllr A. Vance", "Mrs Vance", "Tom Reed", "Dr Tomás Ó Ré", "T Reed", "Żaneta Lis"];
const BODIES: &[&str] =
    &["Wold Parish Council", "Marl Probation Trust", "NHS Marl", "Fenn & Co <Wold>", "“Fire” Service"];

/// A line of minutes, or of anything.
fn line() -> impl Strategy<Value = String> {
    let of = |words: &'static [&'static str]| proptest::sample::select(words);
    let named = (of(PEOPLE), of(PEOPLE), of(BODIES), 0..12_usize).prop_map(|(one, other, body, which)| match which {
        0 => format!("{one} (Chair)"),
        1 => format!("{one}\t{body}"),
        2 => format!("{one} – {body}; {other}, {body}"),
        3 => format!("Apologies were received from {one} ({body}) and {other}."),
        4 => format!("It was moved by {one} and seconded by {other} that the report of {body} be noted. CARRIED"),
        5 => format!("{one} declared an interest as a member of {body}."),
        6 => format!("{one} presented the report, and substituted for {other}."),
        7 => format!("{body} was replaced by {other}; {one} was elected Chair for 2016/17."),
        8 => format!("ACTION: {one} to write to {body} by 3 June 2016"),
        9 => format!("| {one} | {body} | present |"),
        10 => format!("Present: {one}, {other} and the Clerk"),
        _ => format!("For: {one}. Against: {other}. Abstained: none."),
    });
    let fixed = of(&[
        "",
        "Present",
        "Apologies for absence",
        "In attendance",
        "Absent",
        "1. MINUTES",
        "2. REPORTS",
        "RESOLVED:",
        "(a) That it be noted;",
        "(b) that it be refused.",
        "The minutes of 2 April 2016 were confirmed.",
        "The Chairman welcomed everybody.",
        "=1+1",
        "@a,\"b\"",
        "\u{202e}\u{feff}",
        "2.00 - 3.15 pm",
    ]);
    prop_oneof![6 => named, 5 => fixed.prop_map(str::to_owned), 2 => "\\PC{0,40}", 1 => ".{0,12}"]
}

/// The text of a document.
fn text() -> impl Strategy<Value = String> {
    let head = (proptest::sample::select(BODIES), 1..29_u8, 2010..2014_u16)
        .prop_map(|(body, day, year)| format!("{body}\n\nMinutes of the meeting held on {day} May {year}"));
    (proptest::option::weighted(0.8, head), proptest::collection::vec(line(), 0..24))
        .prop_map(|(head, lines)| head.into_iter().chain(lines).collect::<Vec<_>>().join("\n"))
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(text(), 1..6)
}

/// A folder with these documents.
fn written(texts: &[String]) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a folder");
    fs::create_dir(home.path().join("minutes")).expect("a folder");
    for (at, text) in texts.iter().enumerate() {
        let ending = ["txt", "md", "html"][at % 3];
        fs::write(home.path().join(format!("minutes/{at}.{ending}")), text).expect("a file");
    }
    home
}

/// Runs a command line on some threads; what it printed.
fn ran(threads: usize, home: &Path, line: &[&str]) -> (Exit, String) {
    let (mut out, mut talk) = (Vec::new(), Vec::new());
    // Words with a slash are places in the folder.
    let place = |word: &&str| match word.strip_prefix("./") {
        Some(within) => home.join(within).into_os_string(),
        None => OsString::from(word),
    };
    let line: Vec<OsString> = [OsString::from("quorate")].into_iter().chain(line.iter().map(place)).collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let exit = pool.install(|| run(line, &mut Console::new(&mut out, &mut talk)));
    assert!(exit <= Exit::Partly, "{}", String::from_utf8_lossy(&talk));
    (exit, String::from_utf8(out).expect("text"))
}

/// All files of a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    let named = |path: &Path| path.strip_prefix(folder).expect("within").display().to_string();
    files.map(|file| (named(file.path()), fs::read(file.path()).expect("a file"))).collect()
}

/// What keeps the reader of such a file from reading it.
fn fault(folder: &Path, name: &str, bytes: &[u8]) -> Option<String> {
    let rdf = |format: RdfFormat| {
        RdfParser::from_format(format).for_slice(bytes).find_map(|quad| quad.err().map(|e| e.to_string()))
    };
    match name.rsplit('.').next().unwrap_or_default() {
        "csv" => csv::Reader::from_reader(bytes).records().find_map(|row| row.err().map(|e| e.to_string())),
        "json" | "jsonld" => serde_json::from_slice::<serde_json::Value>(bytes).err().map(|e| e.to_string()),
        "graphml" | "gexf" => {
            let mut reader = quick_xml::Reader::from_reader(bytes);
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => return None,
                    Ok(_) => {}
                    Err(error) => return Some(error.to_string()),
                }
            }
        }
        "parquet" => {
            let file = SerializedFileReader::new(fs::File::open(folder.join(name)).expect("a file"));
            file.and_then(|file| file.get_row_iter(None)?.try_for_each(|row| row.map(drop)))
                .err()
                .map(|e| e.to_string())
        }
        "xlsx" => zip::ZipArchive::new(std::io::Cursor::new(bytes)).err().map(|e| e.to_string()),
        ending => match RdfFormat::from_extension(ending) {
            Some(format) if ending != "txt" && ending != "xml" => rdf(format),
            _ => std::str::from_utf8(bytes).err().map(|e| e.to_string()),
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_quote_stands_in_its_text(text in text()) {
        let document = read::document("a.txt", text.as_bytes());
        let minutes = structure::minutes(&document, Lexicon::embedded());
        let extraction = extract::extraction(&document, &minutes, Lexicon::embedded());
        prop_assert_eq!(extraction.misquoted(&document.text), None);
        let length = document.text.chars().count() as u32;
        prop_assert!(extraction.quotes().all(|quote| quote.start <= quote.end && quote.end <= length));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_minutes_give_a_build_whose_checks_hold_and_whose_files_parse(texts in texts()) {
        let home = written(&texts);
        let formats: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
        ran(2, home.path(), &["build", "./minutes", "-o", "./output", "-q", "--format", &formats.join(",")]);
        let (exit, told) = ran(1, home.path(), &["check", "./output", "--all"]);
        prop_assert_eq!(exit, Exit::Done, "{}", told);
        let folder = home.path().join("output");
        for (name, bytes) in files(&folder).iter().filter(|(name, _)| !name.starts_with(".cache")) {
            prop_assert_eq!(fault(&folder, name, bytes), None, "{}", name);
        }
    }

    #[test]
    fn order_threads_and_repetition_change_no_byte(texts in texts(), turn in 0..40_usize, twice in 0..6_usize) {
        let home = written(&texts);
        ran(1, home.path(), &["build", "./minutes", "-o", "./built", "-q"]);
        let (_, lines) = ran(3, home.path(), &["extract", "./minutes"]);
        let mut lines: Vec<&str> = lines.lines().collect();
        let (turn, twice) = (turn % lines.len(), twice % lines.len());
        lines.rotate_left(turn);
        lines.push(lines[twice]);
        fs::write(home.path().join("lines.jsonl"), lines.join("\n")).expect("a file");
        ran(3, home.path(), &["merge", "./lines.jsonl", "-o", "./merged", "-q"]);
        let (built, merged) = (files(&home.path().join("built")), files(&home.path().join("merged")));
        for (name, bytes) in &built {
            prop_assert!(merged.get(name) == Some(bytes), "{} differs", name);
        }
        prop_assert_eq!(built.len(), merged.len());
    }
}
