//! What the commands that make a build have in common: where documents come from, where the build goes, and with which
//! words and how many threads. In: options. Out: what the pipeline is given.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Console, Exit, Failure, Progress, bound, interrupt, summary};
use crate::build::{Error, Options};
use crate::export;
use crate::lexicon::Lexicon;
use crate::model::{EntityKind, Graph};
use crate::query::{Build, name};
use crate::read::Limits;
use crate::resolve::{self, Earlier, Given, judgements};

/// Where documents come from.
#[derive(Args, Debug)]
pub(super) struct Sources {
    /// Files and folders of minutes; `-` is standard input.
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Largest source to read, in megabytes.
    #[arg(long, value_name = "MB", default_value_t = Limits::default().bytes >> 20)]
    max_size: u64,
}

impl Sources {
    /// What a source may cost, once all paths are known to be there.
    pub(super) fn checked(&self) -> Result<Limits, Failure> {
        there(&self.paths, "give a file of minutes, a folder of them, or `-`")?;
        Ok(Limits { bytes: self.max_size.saturating_mul(1 << 20) })
    }
}

/// Refuses a path that leads nowhere.
pub(super) fn there(paths: &[PathBuf], help: &str) -> Result<(), Failure> {
    match paths.iter().find(|path| path.as_os_str() != "-" && !path.exists()) {
        Some(path) => Err(Failure::new(format!("{}: no such file or folder", path.display()), help)),
        None => Ok(()),
    }
}

/// Where the build goes.
#[derive(Args, Debug)]
pub(super) struct Output {
    /// Folder to write; an earlier build there is replaced as a whole.
    #[arg(short = 'o', long = "output", value_name = "DIR", default_value = "output")]
    folder: PathBuf,
    /// Formats beside the tables, separated by commas.
    #[arg(long, value_delimiter = ',', value_name = "FORMAT")]
    format: Vec<String>,
    /// Base of all identifiers.
    #[arg(long, value_name = "IRI", default_value = export::BASE_IRI)]
    base_iri: String,
    /// Decisions of people on who is who: JSON lines as nomenklatura writes them.
    #[arg(long, value_name = "FILE")]
    judgements: Option<PathBuf>,
    /// Folder of an earlier build whose identifiers stay, whatever is added; it may be the folder that is written.
    #[arg(long, value_name = "DIR")]
    identifiers: Option<PathBuf>,
    /// Read every document again, and keep nothing for the next build: without this, DIR/.cache holds what documents
    /// said, and a document is read again only where it is new or changed.
    #[arg(long)]
    no_cache: bool,
    /// End the build, with the last one as it was, rather than take more memory than so many megabytes.
    #[arg(long, value_name = "MB")]
    max_memory: Option<u64>,
}

impl Output {
    /// What to build of these paths. From now on an interruption, or too little memory, ends the program.
    pub(super) fn options<'a>(&'a self, paths: &'a [PathBuf]) -> Result<Options<'a>, Failure> {
        interrupt::handled();
        self.max_memory.map_or(Ok(()), bound::memory)?;
        let plan = export::plan(&self.format, &self.base_iri)
            .map_err(|e| Failure::new(e.to_string(), "see `quorate build --help`"))?;
        let resolution = resolve::Options {
            judgements: read_judgements(self.judgements.as_deref())?,
            earlier: self.identifiers.as_deref().map(read_identifiers).transpose()?.unwrap_or_default(),
        };
        Ok(Options { paths, output: &self.folder, plan, limits: Limits::default(), resolution, cache: !self.no_cache })
    }

    /// Tells how a build went.
    pub(super) fn built(
        &self,
        graph: &Graph,
        progress: &Progress,
        work: &Work,
        console: &mut Console<'_>,
    ) -> Result<Exit, Failure> {
        let times = progress.finished();
        for line in &graph.idle_judgements {
            console.say(&format!("warning: the judgement {line} names nothing in these documents"));
        }
        let exit = summary::print(graph, &self.folder.display().to_string(), work.quiet, console)?;
        work.took(&times, console);
        Ok(exit)
    }
}

/// How the work is done.
#[derive(Args, Debug)]
pub(super) struct Work {
    /// Folder of your own lists of words (local organisations, roles, headings …), in the form of the embedded ones:
    /// same file names, same columns. Their rows add to the embedded ones, and override them.
    #[arg(long, value_name = "DIR")]
    lexicon: Option<PathBuf>,
    /// Number of threads; all cores by default.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Say how long each stage took; on a terminal it is said anyway.
    #[arg(long)]
    times: bool,
    /// Print nothing but what went wrong.
    #[arg(short, long)]
    pub quiet: bool,
}

impl Work {
    /// Makes the threads, and reads the words.
    pub(super) fn lexicon(&self) -> Result<Cow<'static, Lexicon>, Failure> {
        if let Some(threads) = self.threads {
            // A second call in one process keeps the first pool; the program makes one.
            let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
        }
        match &self.lexicon {
            Some(folder) => read_lexicon(folder).map(Cow::Owned),
            None => Ok(Cow::Borrowed(Lexicon::embedded())),
        }
    }

    /// Says how long it took, where that is wanted.
    pub(super) fn took(&self, times: &str, console: &mut Console<'_>) {
        if self.times || (console.talks_to_terminal && !self.quiet) {
            console.say(times);
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Lines(error) => Self::Output(error),
            other => Self::new(other.to_string(), ""),
        }
    }
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
