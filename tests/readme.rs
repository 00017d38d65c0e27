//! The README says what is: its blocks between `<!-- generated: NAME -->` and `<!-- end -->` are made from the
//! program's own lists and from what its commands print on the fixtures; its commands parse, its links lead
//! somewhere. `UPDATE_EXPECT=1 cargo test --test readme` writes the blocks anew.

mod built;

use std::collections::{BTreeSet, HashSet};
use std::fmt::Write as _;
use std::{fs, io};

use built::{BUILT, ran, root};
use oxigraph::io::{RdfFormat, RdfParser};
use quorate::cli::{COMMANDS, parser};
use quorate::model::table::TABLES;
use quorate::query::named::{QUERIES, head};
use quorate::{export, extract, lexicon, read};

/// A block: its name, and what makes it.
type Block = (&'static str, fn() -> String);

/// Every block.
const BLOCKS: &[Block] = &[
    ("build", build),
    ("who", || session("quorate who Probation")),
    ("python", python),
    ("attendance", attendance),
    ("parts", parts),
    ("commands", commands),
    ("readers", readers),
    ("formats", formats),
    ("tables", tables),
    ("queries", queries),
    ("extractors", extractors),
    ("lists", lists),
];

/// The command of the README whose table stands there as Markdown.
const ATTENDANCE: &str =
    "quorate attendance --body \"Marlshire Safer Partnership\" --by organisation --minimum 5 --format markdown";

/// Parts of `src/` in the order in which they are built on one another.
const PARTS: &[&str] = &[
    "model",
    "text",
    "lexicon",
    "read",
    "structure",
    "extract",
    "resolve",
    "export",
    "query",
    "statistics",
    "charts",
    "explore",
    "serve",
    "check",
    "evaluate",
    "build",
    "cli",
];

const START: &str = "<!-- generated: ";
const END: &str = "<!-- end -->\n";

fn build() -> String {
    let folder = tempfile::tempdir().expect("a temporary folder").path().join("output");
    let arguments = ["build".into(), root().join("fixtures/minutes").into(), "-o".into(), folder.clone().into()];
    let summary = ran(&arguments).unwrap_or_else(|talk| panic!("{talk}"));
    fenced("text", &summary.replace(&folder.display().to_string(), "output"))
}

fn session(line: &str) -> String {
    fenced("console", &format!("$ {line}\n{}", printed(line)))
}

fn attendance() -> String {
    assert!(readme().contains(ATTENDANCE), "the README shows another command than {ATTENDANCE}");
    printed(ATTENDANCE)
}

/// What a command prints on the build of the fixtures.
fn printed(line: &str) -> String {
    let mut arguments: Vec<_> = words(line).into_iter().skip(1).map(Into::into).collect();
    arguments.extend(["--graph".into(), BUILT.folder().into()]);
    ran(&arguments).unwrap_or_else(|talk| panic!("{line}: {talk}"))
}

/// What `tests/tools` runs as Python: the figures must be those that the tools find.
fn python() -> String {
    let file = |name: &str| fs::File::open(BUILT.folder().join(name)).expect("a file of the build");
    let graph = io::read_to_string(file("graph.graphml")).expect("text");
    let (nodes, edges) = (graph.matches("<node ").count(), graph.matches("<edge ").count());
    let turtle = RdfParser::from_format(RdfFormat::Turtle).for_reader(file("graph.ttl"));
    let triples: HashSet<_> = turtle.map(|triple| triple.expect("Turtle that parses")).collect();
    let rows = csv::Reader::from_reader(file("attendance_panel.csv")).into_records().count();
    let lines = format!(
        ">>> print(networkx.read_graphml(\"output/graph.graphml\"))\n\
         MultiDiGraph with {nodes} nodes and {edges} edges\n\
         >>> len(rdflib.Graph().parse(\"output/graph.ttl\"))\n{}\n\
         >>> len(pandas.read_csv(\"output/attendance_panel.csv\"))\n{rows}\n",
        triples.len()
    );
    fenced("pycon", &lines)
}

fn parts() -> String {
    let folders = fs::read_dir(root().join("src")).expect("a folder").map(|entry| entry.expect("an entry"));
    let folders = folders.filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name().into_string());
    let folders: BTreeSet<String> = folders.collect::<Result<_, _>>().expect("names in UTF-8");
    assert_eq!(folders, PARTS.iter().map(|part| (*part).to_owned()).collect(), "folders of src/, and PARTS");
    table(&["part", "is for"], PARTS.iter().map(|part| vec![format!("`{part}`"), cell(&sentence(part))]))
}

/// The first sentence of a part's head.
fn sentence(part: &str) -> String {
    let source = fs::read_to_string(root().join("src").join(part).join("mod.rs")).expect("a part of the program");
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    let paragraph: String = lines.take_while(|line| !line.is_empty()).collect();
    let end = paragraph.find(". ").map_or(paragraph.len(), |end| end + 1);
    // Links are for the documentation of the code.
    paragraph[..end].trim().replace(['[', ']'], "")
}

fn commands() -> String {
    let row = |command: &quorate::cli::Command| {
        vec![format!("`{}`", command.name), cell(command.about), format!("`{}`", cell(command.examples[0]))]
    };
    table(&["command", "does", "for example"], COMMANDS.iter().map(row))
}

fn readers() -> String {
    let row = |format: &read::Format| {
        let endings: Vec<String> = format.extensions.iter().map(|ending| format!("`.{ending}`")).collect();
        vec![format.name.to_owned(), endings.join(" "), cell(format.about)]
    };
    table(&["format", "endings", "is read"], read::FORMATS.iter().map(row))
}

fn formats() -> String {
    let row = |format: &export::Format| {
        let files = match format.files {
            [first, .., last] if format.files.len() > 3 => format!("`{first}` … `{last}`: one for each table"),
            files => files.iter().map(|file| format!("`{file}`")).collect::<Vec<_>>().join(" "),
        };
        let when = match format.when {
            export::When::Always => "always",
            export::When::Default => "unless others are named",
            export::When::OnRequest => "where named",
        };
        vec![format!("`{}`", format.name), files, when.to_owned(), cell(format.about)]
    };
    table(&["`--format`", "files", "written", "for"], export::FORMATS.iter().map(row))
}

fn tables() -> String {
    let row = |t: &quorate::model::table::Table| {
        let columns: Vec<&str> = t.columns.iter().map(|column| column.name).collect();
        vec![format!("`{}.csv`", t.name), cell(t.row), format!("`{}`", columns.join("` `"))]
    };
    table(&["file", "one row is", "columns"], TABLES.iter().map(row))
}

fn queries() -> String {
    let row = |query: &quorate::query::named::Named| {
        let head = head(query.text).expect("a query has a head");
        vec![format!("`{}`", query.name), cell(&head.question), format!("`{}`", cell(&head.example))]
    };
    table(&["query", "asks", "for example"], QUERIES.iter().map(row))
}

fn extractors() -> String {
    let row = |extractor: &&extract::Extractor| {
        let rules: Vec<String> = extractor.rules.iter().map(|rule| format!("`{}`", rule.name)).collect();
        vec![format!("`{}`", extractor.name), cell(extractor.what), rules.join(" ")]
    };
    table(&["extractor", "does", "rules"], extract::EXTRACTORS.iter().map(row))
}

fn lists() -> String {
    let row = |list: &lexicon::List| {
        vec![format!("`{}.csv`", list.name), cell(list.row), format!("`{}`", list.columns.join("` `"))]
    };
    table(&["list", "a row is", "columns"], lexicon::LISTS.iter().map(row))
}

/// A table of Markdown.
fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut table = format!("| {} |\n|{}\n", header.join(" | "), " --- |".repeat(header.len()));
    for row in rows {
        let _ = writeln!(table, "| {} |", row.join(" | "));
    }
    table
}

/// Text that stays in its cell, and that no reader of Markdown takes for markup.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}

fn fenced(language: &str, text: &str) -> String {
    format!("```{language}\n{}\n```\n", text.trim_end())
}

/// The words of a command line, quotes and comments taken away.
fn words(line: &str) -> Vec<String> {
    let line = line.split(" #").next().unwrap_or_default();
    // Quotes keep spaces, also in the midst of a word: `--set act="domestic abuse"`.
    let mut quoted = false;
    let parts = line.split(|c: char| {
        quoted ^= c == '"';
        c.is_whitespace() && !quoted
    });
    parts.filter(|part| !part.is_empty()).map(|part| part.replace('"', "")).collect()
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).expect("there is a README")
}

/// The README with each block as it must be, and the names of its blocks in order.
fn renewed(readme: &str) -> (String, Vec<&str>) {
    let (mut new, mut names, mut rest) = (String::new(), Vec::new(), readme);
    while let Some((before, after)) = rest.split_once(START) {
        let (name, after) = after.split_once(" -->\n").expect("a block begins with `<!-- generated: NAME -->`");
        let (_, after) = after.split_once(END).unwrap_or_else(|| panic!("block `{name}` does not end with {END}"));
        let (_, make) = BLOCKS.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("no block `{name}`"));
        new.extend([before, START, name, " -->\n", &make(), END]);
        names.push(name);
        rest = after;
    }
    new.push_str(rest);
    (new, names)
}

#[test]
fn generated_blocks_are_what_the_program_says() {
    let readme = readme();
    let (new, names) = renewed(&readme);
    let all: Vec<&str> = BLOCKS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>(), all.iter().collect(), "blocks of the README, and of BLOCKS");
    assert_eq!(names.len(), all.len(), "a block stands twice in the README");
    if std::env::var_os("UPDATE_EXPECT").is_some() && new != readme {
        fs::write(root().join("README.md"), new).expect("the README can be written");
        return;
    }
    let line = readme.lines().zip(new.lines()).position(|(old, new)| old != new);
    if let Some(at) = line {
        let (old, new) = (readme.lines().nth(at).unwrap_or(""), new.lines().nth(at).unwrap_or(""));
        panic!(
            "README.md, line {}, is not what the program says now:\n  it says   {old}\n  must say  {new}\n\
             write it anew: UPDATE_EXPECT=1 cargo test --test readme",
            at + 1
        );
    }
    assert_eq!(readme.len(), new.len(), "README.md is out of date: UPDATE_EXPECT=1 cargo test --test readme");
}

#[test]
fn commands_of_the_readme_parse() {
    let readme = readme();
    let lines = readme.lines().map(|line| line.trim_start_matches("$ "));
    let within = readme.split('`').skip(1).step_by(2);
    let program = |text: &str| {
        let rest = text.strip_prefix("cargo run --release -- ").or_else(|| text.strip_prefix("quorate "))?;
        // What a shell takes away.
        Some(format!("quorate {}", rest.split(" > ").next()?))
    };
    let commands: BTreeSet<String> = lines.chain(within).filter_map(program).collect();
    assert!(commands.len() > 10, "the README shows {} commands", commands.len());
    for command in commands {
        let parsed = parser().try_get_matches_from(words(&command));
        let Err(refused) = parsed else { continue };
        let is_help = refused.kind() == clap::error::ErrorKind::DisplayHelp;
        assert!(is_help, "{command}: {refused}");
    }
}

#[test]
fn links_lead_somewhere_and_no_path_of_a_machine_is_named() {
    let readme = readme();
    for target in readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        let local = !target.contains("://") && !target.starts_with('#');
        assert!(!local || root().join(target).exists(), "README.md links to {target}, which is not there");
    }
    for path in ["/home/", "/tmp/", "/root/", "/Users/", "C:\\"] {
        assert!(!readme.contains(path), "README.md names {path}");
    }
}
