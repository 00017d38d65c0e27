//! Office files that are archives: their parts.
//!
//! In: the bytes of the archive. Out: its parts as text, or why they cannot be had.
//! Never: expand more than [`MOST`] bytes of one archive.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::ReadError;
use super::text::decode;

/// Bytes that the parts of one archive may have when they are expanded.
const MOST: u64 = 96 << 20;

/// What every archive begins with.
const SIGNATURE: &[u8] = b"PK\x03\x04";

/// An office file.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    left: u64,
}

/// How far into an archive without an end its parts are looked for.
const SAMPLE: usize = 64 << 10;

/// Whether bytes are an archive that holds a part whose path begins so.
pub(super) fn holds(bytes: &[u8], part: &str) -> bool {
    if !is_archive(bytes) {
        return false;
    }
    match ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive.file_names().flatten().any(|name| name.starts_with(part)),
        // The end is missing or broken: its name says what it was to be.
        Err(_) => memchr::memmem::find(&bytes[..bytes.len().min(SAMPLE)], part.as_bytes()).is_some(),
    }
}

/// Whether bytes are an archive.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE) || bytes.starts_with(b"PK\x05\x06")
}

impl<'b> Package<'b> {
    /// Opens an archive.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| {
            ReadError::Broken("the file is cut short or damaged; fetch it again, or open and save it anew".to_owned())
        })?;
        Ok(Self { archive, left: MOST })
    }

    /// The text of a part; none where there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(_) | ZipError::InvalidPassword) => return Err(encrypted()),
            Err(_) => return Err(damaged(name)),
        };
        let mut bytes = Vec::new();
        let result = file.take(self.left + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > self.left {
            return Err(ReadError::Broken(format!(
                "its part `{name}` grows to more than {MOST} bytes; a file that does so is made to do harm, or is to be split"
            )));
        }
        self.left -= bytes.len() as u64;
        // A part that is cut short is read as far as it goes; XML shows what is missing.
        if result.is_err() && bytes.is_empty() {
            return Err(damaged(name));
        }
        Ok(Some(decode(&bytes).into_owned()))
    }
}

/// The message about a file that needs a password.
pub(super) fn encrypted() -> ReadError {
    ReadError::Broken("the file is encrypted; open it with its password and save it without one".to_owned())
}

fn damaged(name: &str) -> ReadError {
    ReadError::Broken(format!("its part `{name}` is damaged; fetch the file again, or open and save it anew"))
}
