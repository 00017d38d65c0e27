//! `quorate evaluate`: how right a build is, against annotated documents.

use std::path::{Path, PathBuf};

use clap::{Args, FromArgMatches, ValueEnum};

use super::output::{Format, Table, text};
use super::{Command, Console, Exit, Failure, GraphFolder};
use crate::evaluate::{Evaluation, Gold, Tables, evaluation, field_names, gold, precisions};
use crate::query::name;
use crate::query::sparql::Cell;

pub(super) const COMMAND: Command = Command {
    name: "evaluate",
    about: "Measure a build against annotated documents: precision, recall, F1, and every error",
    examples: &[
        "quorate evaluate --gold fixtures/gold",
        "quorate evaluate --gold fixtures/gold --by rule --format csv",
        "quorate evaluate --gold fixtures/gold --by identity",
        "quorate evaluate --gold fixtures/gold --errors --field \"attendance apologies\"",
        "quorate evaluate --gold fixtures/gold --require attendance=0.95 --require chair=0.9",
    ],
    options: Options::augment_args,
    run: |matches, console| run(&Options::from_arg_matches(matches)?, console),
};

#[derive(Args, Debug)]
struct Options {
    /// Folder of annotations, one JSON file for each annotated document (`fixtures/README.md` describes them).
    #[arg(long, value_name = "DIR")]
    gold: PathBuf,
    /// Only this field; may be given several times.
    #[arg(long, value_name = "FIELD")]
    field: Vec<String>,
    /// Only documents whose path starts so; may be given several times.
    #[arg(long, value_name = "PREFIX")]
    only: Vec<String>,
    /// What the figures are for.
    #[arg(long, value_enum, default_value = "field")]
    by: Grouping,
    /// List every error instead of figures.
    #[arg(long, conflicts_with = "by")]
    errors: bool,
    /// Exit with 1 where F1 of a field is lower; may be given several times.
    #[arg(long, value_name = "FIELD=F1", value_parser = floor)]
    require: Vec<(String, f64)>,
    #[command(flatten)]
    graph: GraphFolder,
    /// How to print it.
    #[arg(long, default_value = "table", value_parser = Format::parser(&["table", "csv", "json", "markdown"]))]
    format: Format,
}

/// What a row of figures is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Grouping {
    /// A field of the annotations.
    Field,
    /// A rule of extraction.
    Rule,
    /// How well the names of people were told apart and brought together.
    Identity,
}

fn floor(typed: &str) -> Result<(String, f64), String> {
    let (field, least) = typed.rsplit_once('=').ok_or("write FIELD=F1, as in attendance=0.95")?;
    let least = least.trim().parse().map_err(|_| format!("`{least}` is no number: write it as in attendance=0.95"))?;
    Ok((known(field)?, least))
}

/// A field by its name.
fn known(typed: &str) -> Result<String, String> {
    if let Some(field) = field_names().find(|field| *field == typed.trim()) {
        return Ok(field.to_owned());
    }
    let close = name::close(typed, field_names());
    let all = || format!("fields are: {}", field_names().collect::<Vec<_>>().join(", "));
    let help = if close.is_empty() { all() } else { name::did_you_mean(&close) };
    Err(format!("there is no field `{typed}`; {help}"))
}

fn run(options: &Options, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let fields = options.field.iter().map(|f| known(f)).collect::<Result<Vec<_>, _>>();
    let fields = fields.map_err(|what| Failure::new(what, ""))?;
    let mut gold = annotations(&options.gold)?;
    gold.retain(|g| options.only.is_empty() || options.only.iter().any(|prefix| g.document.starts_with(prefix)));
    if gold.is_empty() {
        return Err(Failure::new(
            format!("{}: no annotated document is there", options.gold.display()),
            "name a folder of JSON files that each say `\"document\": PATH`; `--only` may have left all of them out",
        ));
    }
    let build = options.graph.open()?;
    let mut evaluation = evaluation(
        &gold,
        &Tables {
            documents: build.documents()?,
            meetings: build.meetings()?,
            attendance: build.attendance()?,
            relations: build.relations()?,
            mentions: build.mentions()?,
            decisions: build.decisions()?,
            entities: build.entities()?,
        },
    );
    let short = shortfalls(&evaluation, &options.require);
    let wanted = |field: &str| fields.is_empty() || fields.iter().any(|wanted| wanted == field);
    evaluation.fields.retain(|(field, _)| wanted(field));
    evaluation.rules.retain(|(_, field), _| wanted(field));
    evaluation.errors.retain(|error| wanted(error.field));
    let table = match (options.errors, options.by) {
        (true, _) => errors(&evaluation),
        (false, Grouping::Field) => by_field(&evaluation),
        (false, Grouping::Rule) => by_rule(&evaluation),
        (false, Grouping::Identity) => by_identity(&evaluation),
    };
    table.print(options.format, console)?;
    if !evaluation.unknown.is_empty() {
        console.note(&format!(
            "{} of {} annotated documents are not in the build, and count as missed: {}",
            evaluation.unknown.len(),
            gold.len(),
            evaluation.unknown.join(", ")
        ));
    }
    for shortfall in &short {
        console.say(&format!("falls short: {shortfall}"));
    }
    Ok(if short.is_empty() { Exit::Done } else { Exit::Partly })
}

/// All annotations beneath a folder, in the order of their paths.
fn annotations(folder: &Path) -> Result<Vec<Gold>, Failure> {
    let unreadable = |path: &Path, why: &str| {
        Failure::new(format!("{}: {why}", path.display()), "give a folder of annotations, as `--gold fixtures/gold`")
    };
    if !folder.is_dir() {
        return Err(unreadable(folder, "no such folder"));
    }
    let mut paths = Vec::new();
    for entry in walkdir::WalkDir::new(folder) {
        let path = entry.map_err(|e| unreadable(folder, &e.to_string()))?.into_path();
        if path.extension().is_some_and(|ending| ending == "json") && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    let read = |path: &PathBuf| -> Result<Option<Gold>, Failure> {
        let text = std::fs::read_to_string(path).map_err(|e| unreadable(path, &e.to_string()))?;
        // The message of the parser names line and column.
        gold(text.trim_start_matches('\u{feff}')).map_err(|e| unreadable(path, &e.to_string()))
    };
    paths.iter().filter_map(|path| read(path).transpose()).collect()
}

/// The fields that do not reach what is required of them.
fn shortfalls(evaluation: &Evaluation, required: &[(String, f64)]) -> Vec<String> {
    let f1 = |field: &str| evaluation.fields.iter().find(|(f, _)| *f == field).map_or(0.0, |(_, t)| t.total().f1());
    let short = required.iter().filter(|(field, least)| f1(field) < *least);
    short.map(|(field, least)| format!("{field} {:.4} < {least}", f1(field))).collect()
}

fn count(number: usize) -> Cell {
    Cell::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

fn by_field(evaluation: &Evaluation) -> Table {
    let mut table =
        Table::new(["field", "precision", "recall", "f1", "f1_low", "f1_high", "right", "spurious", "missed"]);
    for (field, tally) in &evaluation.fields {
        let (total, (low, high)) = (tally.total(), tally.interval());
        let mut row = vec![text(field)];
        row.extend([total.precision(), total.recall(), total.f1(), low, high].map(Cell::Number));
        row.extend([total.right, total.spurious, total.missed].map(count));
        table.push(row);
    }
    table
}

fn by_rule(evaluation: &Evaluation) -> Table {
    let mut table = Table::new(["rule", "precision", "right", "wrong", "fields"]);
    for row in precisions(evaluation) {
        let fields = evaluation.rules.iter().filter(|((rule, _), _)| *rule == row.rule);
        let fields = fields.map(|((_, field), (right, wrong))| format!("{field} {right} of {}", right + wrong));
        let fields = fields.collect::<Vec<_>>().join("; ");
        let share = row.share().map_or(Cell::Empty, Cell::Number);
        table.push(vec![text(&row.rule), share, count(row.right), count(row.wrong), text(&fields)]);
    }
    table
}

fn by_identity(evaluation: &Evaluation) -> Table {
    let mut table = Table::new(["measure", "precision", "recall", "f1", "counts"]);
    let people = &evaluation.people;
    let names = format!("{} names, {} more not found", people.names, people.missing);
    let pairs = format!("{} of {} joined pairs right, of {} that are one", people.right, people.joined, people.same);
    for (measure, figures, counts) in [("b-cubed", people.b_cubed(), names), ("pairwise", people.pairwise(), pairs)] {
        let mut row = vec![text(measure)];
        row.extend([figures.precision, figures.recall, figures.f1].map(Cell::Number));
        row.push(text(&counts));
        table.push(row);
    }
    table
}

fn errors(evaluation: &Evaluation) -> Table {
    let mut table = Table::new(["field", "error", "document", "what", "start", "end", "rule"]);
    for error in &evaluation.errors {
        let kind = if error.missed { "missed" } else { "spurious" };
        let cells = [error.field, kind, &error.document, &error.what, &error.start, &error.end, &error.rules];
        table.push(cells.map(text).to_vec());
    }
    table
}

#[cfg(test)]
mod tests {
    use super::Exit;
    use crate::cli::testing::ran;

    fn folder(gold: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.json"), gold).expect("written");
        folder
    }

    #[test]
    fn figures_errors_and_rules_are_printed() {
        let folder = folder(r#"{"document": "2014.txt", "attendance": [{"person": "No Body", "status": "present"}]}"#);
        let gold = folder.path().to_str().expect("a path");
        let figures = ran(&["evaluate", "--gold", gold, "--format", "csv"]);
        assert_eq!(figures.exit, Exit::Done, "{}", figures.talk);
        assert!(
            figures
                .out
                .starts_with("field,precision,recall,f1,f1_low,f1_high,right,spurious,missed\nattendance,0,0,0,")
        );
        let errors = ran(&["evaluate", "--gold", gold, "--errors", "--field", "attendance", "--format", "csv"]);
        assert!(errors.out.contains("attendance,missed,2014.txt,No Body: present,,,\n"), "{}", errors.out);
        let rules = ran(&["evaluate", "--gold", gold, "--by", "rule"]);
        assert!(rules.out.contains("precision"), "{}", rules.out);
        let identity = ran(&["evaluate", "--gold", gold, "--by", "identity", "--format", "csv"]);
        assert!(identity.out.contains("b-cubed,1,1,1,\"0 names, 1 more not found\"\n"), "{}", identity.out);
        let required = ran(&["evaluate", "--gold", gold, "--require", "attendance=0.5"]);
        assert_eq!(required.exit, Exit::Partly);
        assert!(required.talk.contains("falls short: attendance 0.0000 < 0.5"), "{}", required.talk);
    }

    #[test]
    fn slips_are_told_with_file_line_and_remedy() {
        let folder = folder("{\"document\": \"2014.txt\",\n \"people\": 3}");
        let gold = folder.path().to_str().expect("a path");
        let broken = ran(&["evaluate", "--gold", gold]);
        assert_eq!(broken.exit, Exit::Nothing);
        assert!(broken.talk.contains("a.json") && broken.talk.contains("line 2"), "{}", broken.talk);
        let field = ran(&["evaluate", "--gold", gold, "--field", "atendance"]);
        assert!(field.talk.contains("attendance"), "{}", field.talk);
        assert_eq!(ran(&["evaluate", "--gold", "/nowhere/at/all"]).exit, Exit::Nothing);
    }
}
