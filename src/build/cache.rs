//! What documents said in the last build, so that the next one reads again only what is new or changed.
//!
//! An entry is the document's [`Line`](super::Line), packed; its name is a sum of all that the line depends on: the
//! program with its words, the document's path, and its bytes. So an entry is never out of date, a build holds those of
//! its own documents alone, and the same documents give the same entries whether they were read again or not. An entry
//! that cannot be unpacked, is cut short, or is another document's counts as none.

use std::cell::RefCell;
use std::fs;
use std::io::{self, Read, Write};
use std::path::PathBuf;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use super::{Error, Line, Understood, line};
use crate::export::Staging;
use crate::lexicon::Lexicon;
use crate::model::sha256;

/// What keeps the folder out of repositories and backups.
const MARKS: [(&str, &str); 2] = [
    (".gitignore", "*\n"),
    (
        "CACHEDIR.TAG",
        "Signature: 8a477f597d28d172789f06886806bc55\n# What the next `quorate build` need not read again.\n",
    ),
];

/// A line of JSON grows no further than this when it is unpacked, so that no entry takes all memory.
const LARGEST: u64 = 2 << 30;

/// The cache of the last build, and of the one in the making.
pub(super) struct Cache<'a> {
    last: PathBuf,
    staging: &'a Staging,
    program: String,
}

impl<'a> Cache<'a> {
    /// Reads what the last build left, and keeps for the next one.
    pub(super) fn new(staging: &'a Staging, lexicon: &Lexicon) -> Result<Self, Error> {
        for (name, text) in MARKS {
            staging.cached(name, text.as_bytes())?;
        }
        Ok(Self { last: staging.last_cache(), staging, program: line::program(lexicon) })
    }

    /// What the last build understood of these bytes under this path, and the entry as it stands.
    pub(super) fn find(&self, path: &str, bytes: &str) -> Option<(Understood, Vec<u8>)> {
        // One buffer for a thread: what stays of a document would be strewn between those that are let go.
        thread_local!(static UNPACKED: RefCell<String> = const { RefCell::new(String::new()) });
        if bytes.is_empty() {
            return None;
        }
        let packed = fs::read(self.last.join(self.name(path, bytes))).ok()?;
        let understood = UNPACKED.with_borrow_mut(|text| {
            text.clear();
            GzDecoder::new(packed.as_slice()).take(LARGEST).read_to_string(text).ok()?;
            Line::parse(text, &self.program).ok()
        })?;
        let source = &understood.extraction.source;
        (source.path == path && source.sha256 == bytes).then_some((understood, packed))
    }

    /// Keeps what was understood; the entry of the last build as it stands, where there is one.
    pub(super) fn keep(&self, understood: &Understood, packed: Option<Vec<u8>>) -> Result<(), Error> {
        let source = &understood.extraction.source;
        if source.sha256.is_empty() {
            return Ok(());
        }
        let pack = || -> io::Result<Vec<u8>> {
            let mut out = GzEncoder::new(Vec::new(), Compression::fast());
            out.write_all(&understood.line(&self.program)?)?;
            out.finish()
        };
        let packed = packed.map_or_else(pack, Ok).map_err(Error::Lines)?;
        Ok(self.staging.cached(&self.name(&source.path, &source.sha256), &packed)?)
    }

    /// The name of an entry: a folder of some hundred, and a file.
    fn name(&self, path: &str, bytes: &str) -> String {
        let sum = sha256([self.program.as_str(), path, bytes].join("\0").as_bytes());
        format!("{}/{}", &sum[..2], &sum[2..32])
    }
}
