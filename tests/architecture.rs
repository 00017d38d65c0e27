//! The architecture, as far as a machine can read it: which part may use which, where a library may appear, how long
//! a file may be, and that lists and folders agree. Parts that are not there yet are no fault.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use quorate::query::named::{self, QUERIES};
use quorate::query::sparql::Prepared;

/// What each part of `src/` may use beside itself. What depends on nothing comes first.
const LAYERS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("lexicon", &["model"]),
    ("text", &["model", "lexicon"]),
    ("read", FOUNDATIONS),
    ("structure", FOUNDATIONS),
    ("extract", FOUNDATIONS),
    ("resolve", FOUNDATIONS),
    // The report shows figures and charts; reckoning and drawing them again would be two truths.
    ("export", &["model", "lexicon", "text", "statistics", "charts"]),
    ("query", FOUNDATIONS),
    ("statistics", FOUNDATIONS),
    ("charts", &["model", "statistics"]),
    // Coverage is worked out in one place.
    ("check", &["model", "lexicon", "text", "statistics"]),
    ("evaluate", FOUNDATIONS),
    // Pages show figures and charts, and ask what queries ask.
    ("explore", &["model", "lexicon", "text", "query", "statistics", "charts"]),
    ("serve", &["query", "explore"]),
];

/// What every stage may use: the model, and the two foundations.
const FOUNDATIONS: &[&str] = &["model", "lexicon", "text"];

/// Words that may appear only in some places: each with the beginnings of the paths where it may, and the reason.
const CONFINED: &[(&[&str], &[&str], &str)] = &[
    (&["oxigraph"], &["src/export/rdf", "src/query/", "src/serve/"], "RDF is known to the RDF exporter and to queries"),
    (&["spargebra", "spareval"], &["src/query/"], "SPARQL is parsed and evaluated where it is asked"),
    (&["petgraph"], &["src/model/network.rs"], "petgraph stays behind the graph type"),
    (&["postcard"], &["src/model/rows.rs"], "how rows are kept outside memory is known in one place"),
    (
        &["clap", "clap_complete", "clap_mangen", "indicatif", "comfy_table", "terminal_size", "ctrlc"],
        &["src/cli/"],
        "only the command line knows arguments and terminals",
    ),
    (
        &["println!", "eprintln!", "print!", "eprint!", "io::stdout", "io::stderr"],
        &["src/cli/"],
        "only the command line prints",
    ),
    (&["maud"], &["src/explore/", "src/serve/"], "pages are made by one template engine, which escapes"),
    (&["resvg", "dejavu"], &["src/charts/png.rs"], "pictures are rendered in one place"),
    (&["hyper", "hyper_util", "http_body_util", "tokio"], &["src/serve/"], "only the server knows HTTP"),
    (&["SystemTime", "Instant"], &["src/cli/", "src/serve/"], "nothing in the output comes from the clock"),
];

/// Words that must not appear in a part, and the reason.
const BANNED: &[(&str, &[&str], &str)] = &[
    ("model", &["regex", "aho_corasick", "std::fs", "std::io", "std::env", "std::net"], "the model is plain data"),
    ("text", &["std::fs", "std::io", "std::env", "std::net"], "the core does no I/O"),
    ("structure", &["std::fs", "std::io", "std::env", "std::net"], "the core does no I/O"),
    ("extract", &["std::fs", "std::io", "std::env", "std::net"], "the core does no I/O"),
    ("statistics", &["std::fs", "std::io", "std::env", "std::net"], "figures come from rows"),
    ("charts", &["std::fs", "std::io", "std::env", "std::net"], "pictures come from rows"),
    ("check", &["std::fs", "std::io", "std::env", "std::net"], "invariants are about rows and texts"),
];

/// How many lines a file may have.
const LINES: usize = 500;

/// A file of the program: its path, and its code without comments, texts in quotes, and tests.
struct Source {
    path: String,
    whole: String,
    code: String,
}

impl Source {
    /// The part of the program: the folder or file beneath `src/`.
    fn part(&self) -> &str {
        let below = self.path.strip_prefix("src/").unwrap_or(&self.path);
        below.split(['/', '.']).next().unwrap_or("")
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files of the program, without those that only tests use.
fn sources() -> Vec<Source> {
    let mut sources = Vec::new();
    let mut for_tests = BTreeSet::new();
    for entry in walkdir::WalkDir::new(root().join("src")).sort_by_file_name() {
        let entry = entry.expect("src can be walked");
        if entry.path().extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        let whole = fs::read_to_string(entry.path()).expect("a source is text");
        let path = slashes(entry.path().strip_prefix(root()).expect("within the repository"));
        for_tests.extend(test_modules(&path, &whole));
        sources.push(Source { code: code(&whole), path, whole });
    }
    sources.retain(|source| !for_tests.iter().any(|module| source.path.starts_with(module.as_str())));
    assert!(sources.len() > 10, "only {} files were found", sources.len());
    sources
}

fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Beginnings of the paths of modules that a file declares for tests alone.
fn test_modules(path: &str, whole: &str) -> Vec<String> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let own = path.rsplit('/').next().and_then(|file| file.strip_suffix(".rs")).unwrap_or("");
    let folder = if ["mod", "lib", "main"].contains(&own) { folder.to_owned() } else { format!("{folder}/{own}") };
    let lines: Vec<&str> = whole.lines().map(str::trim).collect();
    lines
        .windows(2)
        .filter(|pair| pair[0] == "#[cfg(test)]")
        .filter_map(|pair| pair[1].strip_suffix(';')?.rsplit_once("mod ").map(|(_, name)| name))
        .flat_map(|name| [format!("{folder}/{name}.rs"), format!("{folder}/{name}/")])
        .collect()
}

/// The code of a file, without comments, without texts in quotes, and without the tests at its foot.
fn code(whole: &str) -> String {
    let mut code = String::new();
    let mut lines = whole.lines().peekable();
    while let Some(line) = lines.next() {
        let is_test = line.trim() == "#[cfg(test)]";
        if is_test && lines.peek().is_some_and(|next| next.contains("mod ") && next.trim_end().ends_with('{')) {
            break;
        }
        if !line.trim_start().starts_with("//") {
            let parts = line.split('"').step_by(2);
            code.push_str(&parts.collect::<Vec<_>>().join("\"\""));
            code.push('\n');
        }
    }
    code
}

/// The parts of the program that some code names: `crate::part`, also in braces.
fn used(code: &str) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => {
                let mut depth = 0;
                let mut start = 0;
                for (i, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => {
                            used.insert(first_word(&group[start..i]));
                            break;
                        }
                        '}' => depth -= 1,
                        ',' if depth == 0 => {
                            used.insert(first_word(&group[start..i]));
                            start = i + 1;
                        }
                        _ => {}
                    }
                }
            }
            None => {
                used.insert(first_word(rest));
            }
        }
    }
    used.remove("");
    used
}

fn first_word(text: &str) -> &str {
    let text = text.trim_start();
    &text[..text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())]
}

/// Whether a word stands in some code as a whole word.
fn mentions(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let before = code[..at].chars().next_back().is_some_and(is_name);
        let after = code[at + word.len()..].chars().next().is_some_and(is_name);
        !before && !after
    })
}

fn assert_none(faults: &[String], what: &str) {
    assert!(faults.is_empty(), "{what}:\n  {}", faults.join("\n  "));
}

#[test]
fn every_part_uses_only_what_lies_below_it() {
    let parts: BTreeSet<&str> = LAYERS.iter().map(|(part, _)| *part).chain(["cli"]).collect();
    let mut faults = Vec::new();
    for source in sources() {
        let part = source.part();
        if ["lib", "main", "cli", "build"].contains(&part) {
            continue;
        }
        let Some((_, allowed)) = LAYERS.iter().find(|(known, _)| *known == part) else {
            faults.push(format!("{}: `{part}` is no part of the program: add it to LAYERS", source.path));
            continue;
        };
        for used in used(&source.code) {
            if parts.contains(used) && used != part && !allowed.contains(&used) {
                let may = if allowed.is_empty() { "nothing".to_owned() } else { allowed.join(", ") };
                faults.push(format!("{} uses `{used}`; `{part}` may use {may}", source.path));
            }
        }
    }
    assert_none(&faults, "stages know the model and the foundations, never another stage");
}

#[test]
fn libraries_stay_where_they_belong() {
    let mut faults = Vec::new();
    for source in sources() {
        for (words, places, why) in CONFINED {
            if places.iter().any(|place| source.path.starts_with(place)) {
                continue;
            }
            for word in words.iter().filter(|word| mentions(&source.code, word)) {
                faults.push(format!("{} uses `{word}`: {why}; it belongs in {}", source.path, places.join(", ")));
            }
        }
        for (part, words, why) in BANNED.iter().filter(|(part, ..)| *part == source.part()) {
            for word in words.iter().filter(|word| mentions(&source.code, word)) {
                faults.push(format!("{} uses `{word}`: {why}, and `{part}` must not", source.path));
            }
        }
    }
    assert_none(&faults, "a library outside its place");
}

#[test]
fn every_file_has_a_head_and_is_short() {
    let mut faults = Vec::new();
    for source in sources() {
        if !source.whole.starts_with("//!") {
            faults.push(format!("{} does not begin with `//!`: what is it for?", source.path));
        }
        let lines = source.whole.lines().count();
        if lines > LINES {
            faults.push(format!("{} has {lines} lines, more than {LINES}: make two files of it", source.path));
        }
    }
    assert_none(&faults, "files that are hard to read");
}

#[test]
fn every_query_is_listed_asks_a_question_and_parses() {
    let folder = root().join("queries");
    let files: BTreeSet<String> = fs::read_dir(&folder)
        .expect("there is a folder of queries")
        .map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned())
        .collect();
    let listed: BTreeSet<String> = QUERIES.iter().map(|query| format!("{}.rq", query.name)).collect();
    assert_eq!(files, listed, "the files of queries/ and the list QUERIES differ");
    for query in QUERIES {
        let head = named::head(query.text).unwrap_or_else(|e| panic!("{}: {e}", query.name));
        assert!(head.question.ends_with('?'), "{}: the first line must ask: {}", query.name, head.question);
        assert!(head.example.contains(query.name), "{}: the example must show the query", query.name);
        Prepared::new(query.text).unwrap_or_else(|e| panic!("{}: {e}: {}", query.name, e.help));
    }
}

#[test]
fn the_test_reads_code_as_it_claims() {
    let read = code(
        "use crate::model::Date; // crate::cli\n/// crate::read\nlet x = \"crate::export\";\n#[cfg(test)]\nmod tests {\n use crate::resolve;\n}",
    );
    assert_eq!(used(&read), BTreeSet::from(["model", "cli"]));
    assert_eq!(used("use crate::{model::{Date, Span}, text};"), BTreeSet::from(["model", "text"]));
    assert!(mentions("use regex::Regex;", "regex") && !mentions("let regexes = 1;", "regex"));
    let modules = test_modules("src/query/mod.rs", "#[cfg(test)]\npub(crate) mod sample;");
    assert_eq!(modules, ["src/query/sample.rs", "src/query/sample/"]);
}
