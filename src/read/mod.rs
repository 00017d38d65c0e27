//! The stage `read`: the bytes of a source to a [`Document`], frozen text with its layout.
//!
//! In: paths (`source`), bytes and a name ([`document`]). Out: one document for each source,
//! whatever it holds; what went wrong stands in its status and message.
//! Never: interpret minutes, fail, panic, or follow anything that a source refers to.

mod archive;
mod clean;
mod doc;
mod docx;
mod flow;
mod foreign;
mod frontmatter;
mod html;
mod layout;
mod markdown;
mod marker;
mod numbering;
mod odt;
mod package;
mod pdf;
mod records;
mod reflow;
mod rows;
mod rst;
mod source;
mod text;
mod xml;

use crate::model::{Document, Line, Metadatum, ReadStatus, sha256};

pub use source::{Limits, Part, Source, sources};

/// A format that can be read: a row of [`FORMATS`].
pub struct Format {
    /// Its name, as `documents.csv` shows it.
    pub name: &'static str,
    /// Endings of file names, in lower case and without the full stop.
    pub extensions: &'static [&'static str],
    /// Its media type.
    pub media_type: &'static str,
    /// How much bytes look like it; the content decides before the name does.
    pub recognises: fn(&[u8]) -> Likeness,
    /// Reads it.
    pub read: fn(&[u8]) -> Result<Reading, ReadError>,
    /// What is read of it, in one sentence.
    pub about: &'static str,
}

/// How much bytes look like a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// They are not it.
    No,
    /// They may be it; the name decides.
    Weak,
    /// They show signs of it that other formats lack.
    Strong,
    /// They are it: a signature, a declaration.
    Sure,
}

/// What a reader makes of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The text.
    pub text: String,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Values from outside the running text.
    pub metadata: Vec<Metadatum>,
    /// What is missing, where the source could be read in part only.
    pub missing: Option<String>,
}

/// Why a source could not be read: what is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// No byte, or nothing but white space.
    #[error("the file is empty; give the file that holds the minutes")]
    Empty,
    /// Bytes, but no word that a reader sees.
    #[error("the file holds no words; give the file that holds the minutes")]
    Wordless,
    /// No format of the list.
    #[error("the file is in no format that can be read; convert it to one of: {}", format_names())]
    Unknown,
    /// More bytes than the limit, or than offsets can count.
    #[error("the file has {size} bytes, more than the limit of {limit}; raise the limit or split the file")]
    TooLarge {
        /// Size of the source.
        size: u64,
        /// The limit.
        limit: u64,
    },
    /// Known format, broken content.
    #[error("{0}")]
    Broken(String),
}

/// Every format that can be read. Of two that are equally likely the first wins.
pub static FORMATS: &[Format] = &[
    docx::FORMAT,
    doc::FORMAT,
    odt::FORMAT,
    html::FORMAT,
    pdf::FORMAT,
    records::FORMAT,
    text::FORMAT,
    markdown::FORMAT,
    rst::FORMAT,
];

/// Reads a source. Never fails: a source that cannot be read gives a document without text whose
/// message says what is wrong and what to do next.
///
/// ```
/// let document = quorate::read::document("2014-03-13.txt", "Present\n\nMs A. Lee".as_bytes());
/// assert_eq!(document.format, "text");
/// assert_eq!(document.lines[1].span.of(&document.text), "Ms A. Lee");
/// ```
pub fn document(path: &str, bytes: &[u8]) -> Document {
    document_of(path.to_owned(), sha256(bytes), bytes)
}

/// The same, where the sum of the bytes is known.
fn document_of(path: String, sha256: String, bytes: &[u8]) -> Document {
    let mut document = Document { bytes: bytes.len() as u64, path, sha256, ..Document::default() };
    let reading = match format_of(&document.path, bytes) {
        _ if bytes.iter().all(u8::is_ascii_whitespace) => Err(ReadError::Empty),
        None => Err(foreign::message(bytes).map_or(ReadError::Unknown, ReadError::Broken)),
        Some(format) => {
            document.format = format.name;
            (format.read)(bytes).and_then(bounded)
        }
    };
    match reading {
        Ok(reading) => {
            document.text = reading.text;
            document.lines = reading.lines;
            document.metadata = reading.metadata;
            if let Some(missing) = reading.missing {
                document.status = ReadStatus::Partly;
                document.message = missing;
            }
        }
        Err(error) => {
            document.status = ReadStatus::Skipped;
            document.message = error.to_string();
        }
    }
    document
}

/// The most likely format: by content, then by name, then by the order of the list.
pub fn format_of(path: &str, bytes: &[u8]) -> Option<&'static Format> {
    let ending = path.rsplit('/').next().and_then(|name| name.rsplit_once('.'));
    let extension = ending.map_or(String::new(), |(_, extension)| extension.to_ascii_lowercase());
    let mut best: Option<((Likeness, bool), &Format)> = None;
    for format in FORMATS {
        let score = ((format.recognises)(bytes), format.extensions.contains(&extension.as_str()));
        if score.0 != Likeness::No && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, format));
        }
    }
    best.map(|(_, format)| format)
}

/// Offsets are 32 bits wide; a text that they cannot count is refused, and so is one without a word.
fn bounded(reading: Reading) -> Result<Reading, ReadError> {
    let size = reading.text.len() as u64;
    if size > u64::from(u32::MAX) {
        return Err(ReadError::TooLarge { size, limit: u64::from(u32::MAX) });
    }
    if reading.lines.is_empty() { Err(ReadError::Wordless) } else { Ok(reading) }
}

fn format_names() -> String {
    FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
