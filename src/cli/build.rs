//! `quorate build`: a folder of minutes in, a graph out.

use std::path::{Path, PathBuf};

use clap::{Args, FromArgMatches};

use super::{Command, Console, Exit, Failure, progress, summary};
use crate::build::{Options, build};
use crate::export;
use crate::lexicon::Lexicon;
use crate::model::EntityKind;
use crate::query::{Build, name};
use crate::read::{Limits, sources};
use crate::resolve::{self, Earlier, Given, judgements};

pub(super) const COMMAND: Command = Command {
    name: "build",
    about: "Read minutes, extract what they say, merge it into one graph, and write it",
    examples: &[
        "quorate build minutes/ -o output",
        "quorate build a.txt b.md --format csv,turtle,gexf -o output",
        "quorate build minutes/ --lexicon my-words/",
        "quorate build minutes/ -o output --identifiers output",
    ],
    options: Arguments::augment_args,
    run: |matches, console| run(&Arguments::from_arg_matches(matches)?, console),
};

#[derive(Args, Debug)]
struct Arguments {
    /// Files and folders of minutes; `-` is standard input.
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Folder to write; an earlier build there is replaced as a whole.
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// Formats beside the tables, separated by commas.
    #[arg(long, value_delimiter = ',', value_name = "FORMAT")]
    format: Vec<String>,
    /// Base of all identifiers.
    #[arg(long, value_name = "IRI", default_value = export::BASE_IRI)]
    base_iri: String,
    /// Folder of your own lists of words (local organisations, roles, headings …), in the form of the embedded ones:
    /// same file names, same columns. Their rows add to the embedded ones, and override them.
    #[arg(long, value_name = "DIR")]
    lexicon: Option<PathBuf>,
    /// Decisions of people on who is who: JSON lines as nomenklatura writes them.
    #[arg(long, value_name = "FILE")]
    judgements: Option<PathBuf>,
    /// Folder of an earlier build whose identifiers stay, whatever is added; it may be the folder that is written.
    #[arg(long, value_name = "DIR")]
    identifiers: Option<PathBuf>,
    /// Number of threads; all cores by default.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Largest source to read, in megabytes.
    #[arg(long, value_name = "MB", default_value_t = Limits::default().bytes >> 20)]
    max_size: u64,
    /// Print nothing but what went wrong.
    #[arg(short, long)]
    quiet: bool,
}

fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Failure> {
    if let Some(threads) = arguments.threads {
        // A second call in one process keeps the first pool; the program makes one.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    let missing: Vec<_> = arguments.paths.iter().filter(|p| p.as_os_str() != "-" && !p.exists()).collect();
    if let Some(path) = missing.first() {
        return Err(Failure::new(
            format!("{}: no such file or folder", path.display()),
            "give a file of minutes, a folder of them, or `-`",
        ));
    }
    let plan = export::plan(&arguments.format, &arguments.base_iri)
        .map_err(|e| Failure::new(e.to_string(), "see `quorate build --help`"))?;
    let resolution = resolve::Options {
        judgements: read_judgements(arguments.judgements.as_deref())?,
        earlier: arguments.identifiers.as_deref().map(read_identifiers).transpose()?.unwrap_or_default(),
    };
    let options = Options {
        paths: &arguments.paths,
        output: &arguments.output,
        plan,
        limits: Limits { bytes: arguments.max_size.saturating_mul(1 << 20) },
        resolution,
    };
    let own = arguments.lexicon.as_deref().map(read_lexicon).transpose()?;
    let bar = progress(console, sources(&arguments.paths).len() as u64, arguments.quiet);
    bar.set_message("reading");
    let graph = build(&options, own.as_ref().unwrap_or_else(|| Lexicon::embedded()), || bar.inc(1))
        .map_err(|e| Failure::new(e.to_string(), ""))?;
    bar.finish_and_clear();
    for line in &graph.idle_judgements {
        console.say(&format!("warning: the judgement {line} names nothing in these documents"));
    }
    Ok(summary::print(&graph, &arguments.output.display().to_string(), arguments.quiet, console)?)
}

fn read_lexicon(folder: &Path) -> Result<Lexicon, Failure> {
    let help = "give a folder of lists: `quorate build … --lexicon DIR`, with DIR/roles.csv and the like";
    let unreadable = |path: &Path, why: &str| Failure::new(format!("{}: {why}", path.display()), help);
    let entries = std::fs::read_dir(folder).map_err(|e| unreadable(folder, &e.to_string()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|e| unreadable(folder, &e.to_string()))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if path.extension().is_some_and(|ending| ending == "csv") && !name.starts_with('.') {
            let text = std::fs::read_to_string(&path).map_err(|e| unreadable(&path, &e.to_string()))?;
            files.push((name, text));
        }
    }
    if files.is_empty() {
        return Err(unreadable(folder, "holds no list: no file there ends in `.csv`"));
    }
    files.sort();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Lexicon::with(&files)
        .map_err(|e| Failure::new(format!("{}, line {}: {}", folder.join(&e.file).display(), e.line, e.what), e.help))
}

/// Which identifiers a build gave, and where.
fn read_identifiers(folder: &Path) -> Result<Earlier, Failure> {
    let build = Build::open(folder)?;
    let mut given = Vec::new();
    let mut add = |document: &str, kind: EntityKind, start: &str, end: &str, identifier: &str| {
        if let (Ok(start), Ok(end), false) = (start.parse(), end.parse(), identifier.is_empty()) {
            given.push(Given { document: document.to_owned(), kind, start, end, identifier: identifier.to_owned() });
        }
    };
    for row in build.mentions()? {
        if let Some(kind) = EntityKind::from_name(&row.kind) {
            add(&row.document, kind, &row.start, &row.end, &row.entity);
        }
    }
    for row in build.documents()? {
        add(&row.document, EntityKind::Meeting, "0", "0", &row.meeting);
    }
    for row in build.items()? {
        add(&row.document, EntityKind::Item, &row.start, &row.end, &row.item);
    }
    for row in build.decisions()? {
        add(&row.document, EntityKind::Decision, &row.start, &row.end, &row.decision);
    }
    for row in build.actions()? {
        add(&row.document, EntityKind::Action, &row.start, &row.end, &row.action);
    }
    let others = build
        .entities()?
        .iter()
        .flat_map(|entity| name::joined(&entity.other_identifiers).map(|other| (other.to_owned(), entity.id.clone())));
    Ok(Earlier { given, others: others.collect() })
}

fn read_judgements(path: Option<&Path>) -> Result<Vec<resolve::Judgement>, Failure> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let text = std::fs::read_to_string(path).map_err(|e| Failure::new(format!("{}: {e}", path.display()), ""))?;
    judgements(&text).map_err(|e| Failure::new(format!("{}: {e}", path.display()), ""))
}
