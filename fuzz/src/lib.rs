//! What the fuzz targets share: reading bytes as a format, and what must hold of every document.

use std::io::{Cursor, Write};

use quorate::lexicon::Lexicon;
use quorate::model::Document;
use quorate::{extract, read, structure};

/// Reads bytes under a name and checks what every document promises.
pub fn read(name: &str, bytes: &[u8]) -> Document {
    let document = read::document(name, bytes);
    let text = &document.text;
    let mut end = 0;
    for line in &document.lines {
        assert!(line.span.start >= end && !line.span.of(text).trim().is_empty());
        assert!(line.cells.iter().chain(&line.marker).all(|&span| line.span.contains(span)));
        end = line.span.end;
    }
    assert!(text.chars().all(|at| !at.is_control() || matches!(at, '\n' | '\t')));
    document
}

/// Reads bytes as one part of an archive, beside parts that stay as they are.
pub fn read_within(name: &str, part: &str, bytes: &[u8], others: &[(&str, &str)]) {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let all = others.iter().map(|&(name, words)| (name, words.as_bytes())).chain([(part, bytes)]);
    for (name, bytes) in all {
        if writer.start_file(name, options).and_then(|()| Ok(writer.write_all(bytes)?)).is_err() {
            return;
        }
    }
    if let Ok(archive) = writer.finish() {
        read(name, &archive.into_inner());
    }
}

/// The whole pipeline for one document: every quote must be its document's words.
pub fn extract(name: &str, bytes: &[u8]) {
    let lexicon = Lexicon::embedded();
    let document = read(name, bytes);
    let minutes = structure::minutes(&document, lexicon);
    let extraction = extract::extraction(&document, &minutes, lexicon);
    assert!(extraction.misquoted(&document.text).is_none());
}
