//! `quorate check`: invariants of a build, for people and for continuous integration.

use std::io::Write;

use clap::{Args, FromArgMatches};

use super::output::{Format, Table, printable, text};
use super::{BuildFolder, Command, Console, Exit, Failure};
use crate::check::{Finding, Gravity, Tables, check};
use crate::query::Build;

/// How many violations of one invariant are shown without `--all`.
const SHOWN: usize = 20;

pub(super) const COMMAND: Command = Command {
    name: "check",
    about: "Check that a build keeps its promises: quotes, identifiers, dates, lists, coverage",
    examples: &["quorate check", "quorate check output --strict --format csv > faults.csv"],
    options: Options::augment_args,
    run: |matches, console| run(&Options::from_arg_matches(matches)?, console),
};

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    folder: BuildFolder,
    /// Exit with 1 for notices too, not for faults alone.
    #[arg(long)]
    strict: bool,
    /// Show every violation.
    #[arg(long)]
    all: bool,
    /// How to print it.
    #[arg(long, default_value = "table", value_parser = Format::parser(&["table", "csv", "json"]))]
    format: Format,
}

fn run(options: &Options, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let build = Build::open(options.folder.path())?;
    let text = |document: &str| build.text(document).ok();
    let findings = check(&Tables {
        documents: build.documents()?,
        meetings: build.meetings()?,
        attendance: build.attendance()?,
        panel: build.panel()?,
        tenures: build.tenures()?,
        entities: build.entities()?,
        relations: build.relations()?,
        mentions: build.mentions()?,
        items: build.items()?,
        decisions: build.decisions()?,
        actions: build.actions()?,
        comparisons: build.comparisons()?,
        unresolved: build.unresolved()?,
        text: &text,
    });
    if options.format == Format::Table {
        let most = if options.all { usize::MAX } else { SHOWN };
        findings.iter().try_for_each(|finding| print(finding, most, &mut console.out))?;
    } else {
        table(&findings).print(options.format, console)?;
    }
    let count = |gravity: Gravity| -> usize {
        findings.iter().filter(|f| f.invariant.gravity == gravity).map(|f| f.violations.len()).sum()
    };
    let (faults, notices) = (count(Gravity::Fault), count(Gravity::Notice));
    let plural = |number: usize, word: &str| format!("{number} {word}{}", if number == 1 { "" } else { "s" });
    console.say(&format!("{}, {}", plural(faults, "fault"), plural(notices, "notice")));
    Ok(if faults > 0 || (options.strict && notices > 0) { Exit::Partly } else { Exit::Done })
}

fn mark(finding: &Finding) -> &'static str {
    match (finding.violations.is_empty(), finding.invariant.gravity) {
        (true, _) => "holds",
        (false, Gravity::Fault) => "fault",
        (false, Gravity::Notice) => "notice",
    }
}

fn print(finding: &Finding, most: usize, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "{:<6}  {}: {}", mark(finding), finding.invariant.name, finding.invariant.says)?;
    for violation in finding.violations.iter().take(most) {
        let place = match (violation.document.as_str(), violation.start.as_str()) {
            ("", _) => String::new(),
            (document, "") => format!("{document}: "),
            (document, start) => format!("{document}:{start}-{}: ", violation.end),
        };
        let words = if violation.words.is_empty() { String::new() } else { format!(" “{}”", violation.words) };
        writeln!(out, "        {}", printable(&format!("{place}{}{words}", violation.message)))?;
    }
    match finding.violations.len().saturating_sub(most) {
        0 => Ok(()),
        more => writeln!(out, "        … and {more} more: --all shows them"),
    }
}

fn table(findings: &[Finding]) -> Table {
    let mut table = Table::new(["invariant", "gravity", "document", "start", "end", "words", "message"]);
    for finding in findings {
        for violation in &finding.violations {
            let v = violation;
            let cells = [finding.invariant.name, mark(finding), &v.document, &v.start, &v.end, &v.words, &v.message];
            table.push(cells.map(text).to_vec());
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use crate::cli::testing::ran;
    use crate::cli::{Console, Exit, run};
    use crate::query::sample;

    #[test]
    fn a_build_that_holds_exits_with_0() {
        let ran = ran(&["check"]);
        assert_eq!((ran.exit, ran.talk.as_str()), (Exit::Done, "0 faults, 0 notices\n"), "{}", ran.out);
        assert!(ran.out.starts_with("holds   cells: every cell is of its column's type"), "{}", ran.out);
    }

    #[test]
    fn a_text_that_was_changed_is_found_and_exits_with_1() {
        let folder = sample::folder();
        let text = folder.path().join("text/2021.txt.txt");
        let changed = std::fs::read_to_string(&text).expect("a text").replace("Tom Reed", "Tim Reed");
        std::fs::write(&text, changed).expect("written");
        let (mut out, mut talk) = (Vec::new(), Vec::new());
        let arguments = [OsString::from("quorate"), "check".into(), folder.path().into()];
        let exit = run(arguments, &mut Console::new(&mut out, &mut talk));
        assert_eq!(exit, Exit::Partly);
        let out = String::from_utf8(out).expect("text");
        assert!(out.contains("fault   quotes"), "{out}");
        assert!(
            out.contains(
                "2021.txt:62-70: mentions.csv quotes other words than the text: it holds “Tim Reed” “Tom Reed”"
            ),
            "{out}"
        );
    }

    #[test]
    fn notices_count_only_where_that_is_asked() {
        let folder = sample::folder();
        let path = folder.path().join("documents.csv");
        let rows = std::fs::read_to_string(&path).expect("rows").replace(",5,", ",0,");
        std::fs::write(&path, rows).expect("written");
        let graph = folder.path().to_str().expect("a path");
        assert_eq!(ran(&["check", "--graph", graph]).exit, Exit::Done);
        assert_eq!(ran(&["check", "--strict", "--graph", graph]).exit, Exit::Partly);
    }
}
