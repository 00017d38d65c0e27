//! The main job, on one screen: paths in, a folder out. [`extract`] and [`merge`] are its two halves, for engines that
//! spread the first over many machines; together they give the bytes of [`build`].
//!
//! Documents are read, structured and extracted in parallel, each by itself; its text and what it says are written at
//! once and let go. Resolution takes of each what is compared across documents, and reads the rest again one document
//! at a time, in the order of their paths, whatever the order in which they were made; what the graph says word by word
//! goes the same way. So memory is bounded by what the graph connects.

mod cache;
mod line;
mod spool;

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::export::{self, Plan, Staging};
use crate::extract::extraction;
use crate::lexicon::Lexicon;
use crate::model::{Extraction, Graph, Place, ReadStatus, Rows, Shelf, SourceFacts, sha256};
use crate::read::{self, Limits, Part};
use crate::resolve;
use crate::structure::minutes;

use cache::Cache;
pub use line::Line;
use spool::Spool;

/// What to build.
#[derive(Debug)]
pub struct Options<'a> {
    /// Files and folders of minutes; for [`merge`], files of lines.
    pub paths: &'a [PathBuf],
    /// The folder that is written, or replaced as a whole.
    pub output: &'a Path,
    /// Formats and base IRI.
    pub plan: Plan,
    /// What a source may cost.
    pub limits: Limits,
    /// What people have judged.
    pub resolution: resolve::Options,
    /// Whether to take from the last build in the folder what it understood of unchanged documents, and to keep the
    /// same for the next.
    pub cache: bool,
}

/// What stops a build; the folder that was there is untouched.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing was found under the paths.
    #[error("nothing to read under {0}")]
    Nothing(String),
    /// The output could not be written.
    #[error(transparent)]
    Export(#[from] export::Error),
    /// Lines could not be read.
    #[error("{path}: {source}")]
    Input {
        /// The file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// Lines could not be written.
    #[error("the lines cannot be written: {0}")]
    Lines(io::Error),
    /// A line is not one that this program wrote.
    #[error("{path}, line {number}: {why}")]
    Line {
        /// The file.
        path: String,
        /// The line, counted from 1.
        number: usize,
        /// What is wrong, and what to do.
        why: String,
    },
    /// A quote does not stand where it says: a fault of the program.
    #[error(
        "{document}: a quote at {start} to {end} does not stand in the text; please report this, with the document"
    )]
    Misquoted {
        /// Document.
        document: String,
        /// First code point.
        start: u32,
        /// One past the last.
        end: u32,
    },
}

/// What a build tells while it works, from any thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A stage begins; so many steps are known to lie before it.
    Stage(Stage, usize),
    /// A source, or a line, has been dealt with.
    Step {
        /// Its size in bytes.
        bytes: u64,
        /// How many of its documents the last build had read.
        known: usize,
    },
}

/// A stage, as the summary names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading, structuring and extracting, document by document.
    Read,
    /// Resolution to one graph.
    Resolve,
    /// Writing of all files, and the exchange with the last build.
    Write,
}

impl Stage {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "reading",
            Self::Resolve => "resolving",
            Self::Write => "writing",
        }
    }
}

/// Who is told of what happens.
pub type Watch<'a> = &'a (dyn Fn(Event) + Sync);

/// Builds a graph from documents and writes it.
///
/// # Errors
/// Where there is nothing to read, or the output cannot be written. A source that cannot be read is no error: it is
/// a row of `documents.csv`.
pub fn build(options: &Options<'_>, lexicon: &Lexicon, watch: Watch<'_>) -> Result<Graph, Error> {
    let sources = sources(options.paths)?;
    let making = Making::new(options)?;
    let cache = options.cache.then(|| Cache::new(&making.staging, lexicon)).transpose()?;
    watch(Event::Stage(Stage::Read, sources.len()));
    let places: Vec<Vec<Place>> = sources
        .par_iter()
        .map(|source| {
            let parts = source.parts(options.limits);
            let (bytes, mut known) = (parts.iter().map(Part::size).sum(), 0);
            let kept = parts.into_iter().map(|part| {
                let before = cache.as_ref().and_then(|cache| cache.find(&part.path, &part.sha256));
                known += usize::from(before.is_some());
                let (understood, packed) = match before {
                    Some((understood, packed)) => (verified(understood)?, Some(packed)),
                    None => (understand(part, lexicon)?, None),
                };
                cache.as_ref().map_or(Ok(()), |cache| cache.keep(&understood, packed))?;
                making.keep(understood)
            });
            let kept = kept.collect::<Result<_, Error>>()?;
            watch(Event::Step { bytes, known });
            Ok::<_, Error>(kept)
        })
        .collect::<Result<_, Error>>()?;
    drop(cache);
    making.finish(places.into_iter().flatten(), options, lexicon, watch)
}

/// Writes what documents say, a [`Line`] for each, in the order of their paths. Holds no more than a handful of
/// documents at a time.
///
/// # Errors
/// Where there is nothing to read, or the lines cannot be written.
pub fn extract(
    paths: &[PathBuf],
    limits: Limits,
    lexicon: &Lexicon,
    out: &mut dyn Write,
    skipped: &mut dyn FnMut(&SourceFacts),
    watch: Watch<'_>,
) -> Result<(), Error> {
    const TOGETHER: usize = 64;
    let sources = sources(paths)?;
    let program = line::program(lexicon);
    watch(Event::Stage(Stage::Read, sources.len()));
    for some in sources.chunks(TOGETHER * rayon::current_num_threads()) {
        let lines: Vec<Vec<(SourceFacts, Vec<u8>)>> = some
            .par_iter()
            .map(|source| {
                let parts = source.parts(limits);
                let bytes = parts.iter().map(Part::size).sum();
                let lines = parts.into_iter().map(|part| {
                    let understood = understand(part, lexicon)?;
                    let line = understood.line(&program).map_err(|e| Error::Lines(e.into()))?;
                    Ok((understood.extraction.source, line))
                });
                let lines = lines.collect();
                watch(Event::Step { bytes, known: 0 });
                lines
            })
            .collect::<Result<_, Error>>()?;
        for (source, line) in lines.iter().flatten() {
            if source.status != ReadStatus::Read {
                skipped(source);
            }
            out.write_all(line).map_err(Error::Lines)?;
        }
    }
    out.flush().map_err(Error::Lines)
}

/// Builds a graph from the lines that [`extract`] wrote, in any order and however often each is there.
///
/// # Errors
/// Where a line is none of this program, two lines state different things of one document, or the output cannot be
/// written.
pub fn merge(options: &Options<'_>, lexicon: &Lexicon, watch: Watch<'_>) -> Result<Graph, Error> {
    let making = Making::new(options)?;
    let program = line::program(lexicon);
    let cache = options.cache.then(|| Cache::new(&making.staging, lexicon)).transpose()?;
    let known: Mutex<HashMap<String, String>> = Mutex::default();
    let mut places = Vec::new();
    watch(Event::Stage(Stage::Read, 0));
    for path in options.paths {
        let name = path.display().to_string();
        let input = |source| Error::Input { path: name.clone(), source };
        let from: Box<dyn BufRead + Send> = if path.as_os_str() == "-" {
            Box::new(BufReader::new(io::stdin()))
        } else {
            Box::new(BufReader::with_capacity(1 << 16, File::open(path).map_err(input)?))
        };
        let read: Vec<Option<Place>> = from
            .lines()
            .enumerate()
            .par_bridge()
            .map(|(at, line)| {
                let line = line.map_err(input)?;
                let fault = |why| Error::Line { path: name.clone(), number: at + 1, why };
                if line.trim().is_empty() {
                    return Ok(None);
                }
                let understood = Line::parse(&line, &program).map_err(fault)?;
                let (document, digest) = (understood.extraction.source.path.clone(), sha256(line.as_bytes()));
                let before = known.lock().unwrap_or_else(PoisonError::into_inner).insert(document.clone(), digest.clone());
                watch(Event::Step { bytes: line.len() as u64, known: 0 });
                match before {
                    None => {
                        let understood = verified(understood)?;
                        cache.as_ref().map_or(Ok(()), |cache| cache.keep(&understood, None))?;
                        making.keep(understood).map(Some)
                    }
                    Some(before) if before == digest => Ok(None),
                    Some(_) => Err(fault(format!(
                        "another line states something else of `{document}`; extract both from the folder that holds them, so that each has its own name"
                    ))),
                }
            })
            .collect::<Result<_, Error>>()?;
        places.extend(read.into_iter().flatten());
    }
    drop(cache);
    if places.is_empty() {
        return Err(Error::Nothing(listed(options.paths)));
    }
    making.finish(places.into_iter(), options, lexicon, watch)
}

/// A build in the making: the folder, and what documents say.
struct Making {
    staging: Staging,
    spool: Arc<Spool>,
    extractions: Rows<Extraction>,
}

impl Making {
    fn new(options: &Options<'_>) -> Result<Self, Error> {
        let staging = Staging::beside(options.output)?;
        let spool = Arc::new(Spool::new(staging.scratch()?));
        let extractions = Rows::on(Arc::clone(&spool) as Arc<dyn Shelf>);
        Ok(Self { staging, spool, extractions })
    }

    /// Writes the text of a document and what it says, and lets both go. Where no file can be called so, the document
    /// is skipped.
    fn keep(&self, understood: Understood) -> Result<Place, Error> {
        let Understood { extraction, text } = understood;
        if extraction.source.status == ReadStatus::Skipped {
            return Ok(self.extractions.written(&extraction));
        }
        match self.staging.text(&extraction.source.path, &text) {
            Ok(()) => Ok(self.extractions.written(&extraction)),
            Err(error @ export::Error::Name { .. }) => {
                let (status, message) = (ReadStatus::Skipped, error.to_string());
                let source = SourceFacts { status, message, text_sha256: String::new(), ..extraction.source };
                Ok(self.extractions.written(&Extraction { source, ..Extraction::default() }))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// From extractions to the folder.
    fn finish(
        mut self,
        places: impl Iterator<Item = Place>,
        options: &Options<'_>,
        lexicon: &Lexicon,
        watch: Watch<'_>,
    ) -> Result<Graph, Error> {
        places.for_each(|place| _ = self.extractions.add(place));
        self.spooled()?;
        watch(Event::Stage(Stage::Resolve, 0));
        let graph = resolve::graph_of_rows(&self.extractions, lexicon, &options.resolution);
        self.spooled()?;
        watch(Event::Stage(Stage::Write, 0));
        export::write(&graph, &options.plan, &self.staging)?;
        self.spooled()?;
        self.staging.finish()?;
        Ok(graph)
    }

    /// Whether all that was to be kept for later was written, and could be read.
    fn spooled(&self) -> Result<(), Error> {
        let trouble = self.spool.trouble();
        Ok(trouble.map_err(|source| export::Error::Io { path: self.staging.scratch_place(), source })?)
    }
}

fn sources(paths: &[PathBuf]) -> Result<Vec<read::Source>, Error> {
    let sources = read::sources(paths);
    if sources.is_empty() { Err(Error::Nothing(listed(paths))) } else { Ok(sources) }
}

fn listed(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// What a document says, with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    /// What it says.
    pub extraction: Extraction,
    /// Its text; empty where it was skipped.
    pub text: String,
}

/// One document, from bytes to statements that are verified against its text.
fn understand(part: Part, lexicon: &Lexicon) -> Result<Understood, Error> {
    let document = part.document();
    let extraction = extraction(&document, &minutes(&document, lexicon), lexicon);
    verified(Understood { extraction, text: document.text })
}

fn verified(understood: Understood) -> Result<Understood, Error> {
    match understood.extraction.misquoted(&understood.text) {
        None => Ok(understood),
        Some(quote) => {
            let document = understood.extraction.source.path.clone();
            Err(Error::Misquoted { document, start: quote.start, end: quote.end })
        }
    }
}
