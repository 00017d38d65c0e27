//! The main job, on one screen: paths in, a folder out.
//!
//! Documents are read, structured and extracted in parallel, each by itself; its text is written at once and let go,
//! so that memory is bounded by what was understood and not by what was read. Resolution sees the extractions in the
//! order of their paths, whatever the order in which they were made.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::export::{self, Plan, Staging};
use crate::extract::extraction;
use crate::lexicon::Lexicon;
use crate::model::{Document, Extraction, Graph, ReadStatus};
use crate::read::{self, Limits};
use crate::resolve;
use crate::structure::minutes;

/// What to build.
#[derive(Debug)]
pub struct Options<'a> {
    /// Files and folders of minutes.
    pub paths: &'a [PathBuf],
    /// The folder that is written, or replaced as a whole.
    pub output: &'a Path,
    /// Formats and base IRI.
    pub plan: Plan,
    /// What a source may cost.
    pub limits: Limits,
    /// What people have judged.
    pub resolution: resolve::Options,
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

/// Builds a graph and writes it; `advance` is called after each source.
///
/// # Errors
/// Where there is nothing to read, or the output cannot be written. A source that cannot be read is no error: it is
/// a row of `documents.csv`.
pub fn build(options: &Options<'_>, lexicon: &Lexicon, advance: impl Fn() + Sync) -> Result<Graph, Error> {
    let sources = read::sources(options.paths);
    if sources.is_empty() {
        let paths: Vec<String> = options.paths.iter().map(|p| p.display().to_string()).collect();
        return Err(Error::Nothing(paths.join(", ")));
    }
    let staging = Staging::beside(options.output)?;
    let extractions: Vec<Vec<Extraction>> = sources
        .par_iter()
        .map(|source| {
            let documents = source.read(options.limits);
            let understood = documents.into_iter().map(|d| understand(d, lexicon, &staging)).collect();
            advance();
            understood
        })
        .collect::<Result<_, Error>>()?;
    let graph = resolve::graph(extractions.into_iter().flatten().collect(), lexicon, &options.resolution);
    export::write(&graph, &options.plan, &staging)?;
    staging.finish()?;
    Ok(graph)
}

/// One document: its text is written, its statements are verified against that text.
fn understand(mut document: Document, lexicon: &Lexicon, staging: &Staging) -> Result<Extraction, Error> {
    if document.status != ReadStatus::Skipped
        && let Err(error) = staging.text(&document.path, &document.text)
    {
        if !matches!(error, export::Error::Name { .. }) {
            return Err(error.into());
        }
        document = Document {
            status: ReadStatus::Skipped,
            message: error.to_string(),
            text: String::new(),
            lines: Vec::new(),
            metadata: Vec::new(),
            ..document
        };
    }
    let extraction = extraction(&document, &minutes(&document, lexicon), lexicon);
    match extraction.misquoted(&document.text) {
        None => Ok(extraction),
        Some(quote) => Err(Error::Misquoted { document: document.path.clone(), start: quote.start, end: quote.end }),
    }
}
