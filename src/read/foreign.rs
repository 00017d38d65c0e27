//! Formats that are known by their first bytes and not read: what to say about them.
//!
//! In: bytes. Out: what they are, and what to do. Never: guess.

use super::package::is_archive;

/// First bytes, what begins with them, and what to convert it to.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"{\\rtf", "rich text (RTF)", AS_DOCX),
    (b"\xffWPC", "WordPerfect", AS_DOCX),
    (b"\xdb\xa5-\0", "Word for Windows 2", AS_DOCX),
    (b"\x31\xbe\0\0", "Write", AS_DOCX),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office file, but no Word document", AS_TEXT),
    (b"\x89PNG", "a picture (PNG)", OCR),
    (b"\xff\xd8\xff", "a picture (JPEG)", OCR),
    (b"GIF8", "a picture (GIF)", OCR),
    (b"II*\0", "a picture (TIFF)", OCR),
    (b"MM\0*", "a picture (TIFF)", OCR),
    (b"\x1f\x8b", "packed with gzip", UNPACK),
    (b"BZh", "packed with bzip2", UNPACK),
    (b"\xfd7zXZ\0", "packed with xz", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (b"%!PS", "PostScript", "convert it to PDF"),
    (b"ID3", "a recording of sound", "give a written record"),
    (b"OggS", "a recording of sound", "give a written record"),
    (b"\x7fELF", "a program", "give the file that holds the minutes"),
    (b"MZ\x90\0", "a program", "give the file that holds the minutes"),
];

const AS_DOCX: &str = "open it in a word processor and save it as DOCX";
const AS_TEXT: &str = "save what it says of the meeting as DOCX or text";
const OCR: &str = "make a PDF of it and run `ocrmypdf` on that";
const UNPACK: &str = "unpack it and give what it holds";

/// What bytes are and what to do with them, if they are of a format that is known and not read.
pub(super) fn message(bytes: &[u8]) -> Option<String> {
    if is_archive(bytes) {
        return Some(format!("the file is an archive or an office file that is no text; {AS_TEXT}"));
    }
    let known = SIGNATURES.iter().find(|(signature, ..)| bytes.starts_with(signature));
    known.map(|(_, what, remedy)| format!("the file is {what}; {remedy}"))
}

/// Whether bytes that look like text begin a format that is not.
pub(super) fn is_not_text(bytes: &[u8]) -> bool {
    bytes.starts_with(b"{\\rtf") || bytes.starts_with(b"%!PS") || bytes.starts_with(b"%PDF-")
}
