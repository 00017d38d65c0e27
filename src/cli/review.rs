//! `quorate review`: the closest pairs that resolution left undecided, with the words around both names. In: a build,
//! and a person's `y`, `n` or `u` for each pair. Out: lines of a judgements file, for the next build. Decides nothing.

use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, FromArgMatches};

use super::output::printable;
use super::{Command, Console, Exit, Failure, GraphFolder};
use crate::model::table::ComparisonRow;
use crate::query::Build;
use crate::resolve::{Judgement, Verdict, judgements};

/// How many characters of the text stand around a name.
const AROUND: usize = 120;

pub(super) const COMMAND: Command = Command {
    name: "review",
    about: "Show the closest undecided pairs of names, and write down what you decide",
    examples: &["quorate review --judgements judgements.jsonl --user ann", "quorate review --list --most 50"],
    options: Options::augment_args,
    run: |matches, console| run(&Options::from_arg_matches(matches)?, console),
};

#[derive(Args, Debug)]
struct Options {
    /// File to which decisions are added, and whose pairs are not asked again.
    #[arg(long, value_name = "FILE", default_value = "judgements.jsonl")]
    judgements: PathBuf,
    /// Name of who decides.
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// How many pairs at most.
    #[arg(long, value_name = "N", default_value_t = 20)]
    most: usize,
    /// Show the pairs and ask nothing.
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    graph: GraphFolder,
}

fn run(options: &Options, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let build = options.graph.open()?;
    let decided = decided(&options.judgements)?;
    let known = |row: &&ComparisonRow| {
        let pair = (row.entity.clone(), row.other.clone());
        !decided.contains(&pair) && !decided.contains(&(pair.1, pair.0))
    };
    let rows = build.comparisons()?;
    let mut open: Vec<&ComparisonRow> =
        rows.iter().filter(|r| r.decided_by == "undecided" && r.entity != r.other).filter(known).collect();
    let score = |row: &ComparisonRow| row.score.parse::<f64>().unwrap_or_default();
    open.sort_by(|a, b| score(b).total_cmp(&score(a)).then_with(|| a.cmp(b)));
    let all = open.len();
    open.truncate(options.most);
    let mut written = 0;
    for (i, row) in open.iter().enumerate() {
        show(&build, row, i + 1, open.len(), &mut console.out)?;
        if options.list {
            continue;
        }
        let Some(verdict) = ask(console)? else { break };
        let judgement = Judgement {
            target: row.entity.clone(),
            source: row.other.clone(),
            verdict,
            score: row.score.parse().ok(),
            user: options.user.clone(),
            created_at: None,
        };
        append(&options.judgements, &judgement)?;
        written += 1;
    }
    console.out.flush()?;
    if written > 0 {
        console.note(&format!(
            "{written} judgements added to {}: `quorate build --judgements {0}` honours them",
            options.judgements.display()
        ));
    } else if all == 0 {
        console.note("no pair is left undecided");
    } else if all > open.len() {
        console.note(&format!("{} of {all} pairs: `--most` shows more", open.len()));
    }
    Ok(Exit::Done)
}

/// Pairs that the file holds already; a file that is not there holds none.
fn decided(path: &Path) -> Result<BTreeSet<(String, String)>, Failure> {
    let failure = |e: &dyn std::fmt::Display| Failure::new(format!("{}: {e}", path.display()), "");
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(judgements(&text).map_err(|e| failure(&e))?.into_iter().map(|j| (j.target, j.source)).collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(error) => Err(failure(&error)),
    }
}

/// One line more, on a line of its own even where the file's last one was left open.
fn append(path: &Path, judgement: &Judgement) -> Result<(), Failure> {
    let write = || {
        let open = std::fs::read(path).is_ok_and(|bytes| bytes.last().is_some_and(|b| *b != b'\n'));
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        let line = format!("{}{}\n", if open { "\n" } else { "" }, judgement.line());
        file.write_all(line.as_bytes())
    };
    write().map_err(|e| Failure::new(format!("{}: {e}", path.display()), "give another file with `--judgements`"))
}

fn show(build: &Build, row: &ComparisonRow, at: usize, of: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{at} of {of}, score {}", row.score)?;
    let sides = [
        (&row.entity, &row.left, &row.left_document, &row.left_start, &row.left_end),
        (&row.other, &row.right, &row.right_document, &row.right_start, &row.right_end),
    ];
    for (entity, written, document, start, end) in sides {
        writeln!(out, "  {}  {}  {}", printable(written), printable(entity), printable(document))?;
        let around = build.text(document).ok().and_then(|text| around(&text, start.parse().ok()?, end.parse().ok()?));
        if let Some(around) = around {
            writeln!(out, "      … {} …", printable(&around))?;
        }
    }
    let features: Vec<serde_json::Value> = serde_json::from_str(&row.features).unwrap_or_default();
    for feature in &features {
        let text = |key: &str| feature.get(key).and_then(serde_json::Value::as_str).unwrap_or_default();
        let score = feature.get("score").map(ToString::to_string).unwrap_or_default();
        writeln!(out, "    {:<16} {score:>6}  {}", printable(text("name")), printable(text("reason")))?;
    }
    out.flush()
}

/// The words around a name, on one line.
fn around(text: &str, start: usize, end: usize) -> Option<String> {
    let from = start.saturating_sub(AROUND / 2);
    let words: String = text.chars().skip(from).take(end.checked_sub(from)? + AROUND / 2).collect();
    Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What a person decides; `None` where they stop.
fn ask(console: &mut Console<'_>) -> io::Result<Option<Verdict>> {
    loop {
        console.say("the same? y, n, u (unsure), q (stop)");
        let mut line = String::new();
        if console.input.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        match line.trim().to_lowercase().as_str() {
            "y" | "yes" => return Ok(Some(Verdict::Positive)),
            "n" | "no" => return Ok(Some(Verdict::Negative)),
            "u" | "unsure" => return Ok(Some(Verdict::Unsure)),
            "q" | "quit" => return Ok(None),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use crate::cli::{Console, Exit, run};
    use crate::query::sample;

    /// Reviews the sample, with an undecided pair in it, and answers.
    fn review(answers: &str, before: &str) -> (String, String) {
        let folder = sample::folder();
        let file = folder.path().join("judgements.jsonl");
        // The near miss of the sample is left undecided.
        let table = folder.path().join("comparisons.csv");
        let rows = std::fs::read_to_string(&table).expect("a table");
        let rows = rows.trim_end().strip_suffix("rule").expect("a row").to_owned() + "undecided\n";
        std::fs::write(&table, rows).expect("written");
        if !before.is_empty() {
            std::fs::write(&file, before).expect("written");
        }
        let arguments = [
            "quorate".into(),
            "review".into(),
            "--user".into(),
            "ann".into(),
            "--judgements".into(),
            file.clone().into_os_string(),
            "--graph".into(),
            OsString::from(folder.path()),
        ];
        let (mut out, mut talk, mut input) = (Vec::new(), Vec::new(), answers.as_bytes());
        let exit = run(arguments, &mut Console::new(&mut out, &mut talk).reading(&mut input));
        assert_eq!(exit, Exit::Done, "{}", String::from_utf8_lossy(&talk));
        (String::from_utf8(out).expect("text"), std::fs::read_to_string(&file).unwrap_or_default())
    }

    #[test]
    fn answers_become_lines_and_are_not_asked_again() {
        let (shown, lines) = review("what?\nn\n", "");
        assert!(shown.contains("score"), "{shown}");
        assert_eq!(lines.lines().count(), 1, "{lines}");
        assert!(lines.contains(r#""negative""#) && lines.contains(r#""ann""#), "{lines}");
        let (shown, again) = review("y\n", lines.trim_end());
        assert!(shown.is_empty(), "{shown}");
        assert_eq!(again, lines.trim_end());
    }

    #[test]
    fn who_stops_writes_nothing() {
        for answers in ["", "q\n", "?\n"] {
            assert_eq!(review(answers, "").1, "");
        }
        assert!(review("u", "").1.contains(r#""unsure""#));
    }
}
