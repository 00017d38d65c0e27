//! How readings are shown in tests, and what must hold of all of them.

use std::fmt::Write;

use proptest::prelude::*;

use super::*;
use crate::model::LineKind;

/// One line for each line: kind, gap, emphasis, indentation, marker in angle brackets, cells, page.
pub(super) fn show(reading: &Reading) -> String {
    let mut shown = String::new();
    for Metadatum { key, value } in &reading.metadata {
        writeln!(shown, "{key} = {:?}", value.of(&reading.text)).unwrap();
    }
    for line in &reading.lines {
        match line.kind {
            LineKind::Text => shown.push_str("text"),
            LineKind::Heading(level) => write!(shown, "h{level}").unwrap(),
            LineKind::ListItem(depth) => write!(shown, "item{depth}").unwrap(),
            LineKind::Row { table, header } => write!(shown, "row{table}{}", if header { "!" } else { "" }).unwrap(),
        }
        if line.gap {
            shown.push_str(" gap");
        }
        if line.emphasis {
            shown.push_str(" bold");
        }
        if line.indent > 0 {
            write!(shown, " in{}", line.indent).unwrap();
        }
        if let Some(marker) = line.marker {
            write!(shown, " <{}>", marker.of(&reading.text)).unwrap();
        }
        if line.cells.is_empty() {
            write!(shown, " {:?}", line.body(&reading.text).of(&reading.text)).unwrap();
        } else {
            let cells: Vec<_> = line.cells.iter().map(|cell| cell.of(&reading.text)).collect();
            write!(shown, " | {} |", cells.join(" | ")).unwrap();
        }
        if line.page > 0 {
            write!(shown, " p{}", line.page).unwrap();
        }
        shown.push('\n');
    }
    shown
}

/// What every document promises to the stages after it.
pub(super) fn sound(document: &Document) {
    let text = &document.text;
    assert!(!text.contains(|at: char| at.is_control() && at != '\n' && at != '\t'), "control character");
    let within = |span: crate::model::Span| {
        assert!(span.start <= span.end && text.get(span.start as usize..span.end as usize).is_some(), "{span:?}");
    };
    let mut end = 0;
    for line in &document.lines {
        within(line.span);
        let words = line.span.of(text);
        assert!(line.span.start >= end, "lines overlap at {words:?}");
        assert!(!words.trim().is_empty() && !words.contains('\n'), "{words:?}");
        end = line.span.end;
        for &span in line.cells.iter().chain(&line.marker) {
            within(span);
            assert!(line.span.contains(span), "{span:?} is not in {:?}", line.span);
        }
        assert!(line.cells.len() != 1, "one cell alone");
        assert!(line.cells.windows(2).all(|pair| pair[0].end <= pair[1].start), "cells overlap");
        if let (Some(marker), Some(cell)) = (line.marker, line.cells.first())
            && !matches!(line.kind, LineKind::Row { .. })
        {
            assert!(marker.end <= cell.start, "marker within a cell");
        }
    }
    for metadatum in &document.metadata {
        within(metadatum.value);
    }
}

const NAMES: &[&str] = &["a.txt", "a.md", "a.html", "a.rst", "a.docx", "a.pdf", "a.doc", "a.xml", "a"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_a_sound_document(bytes in proptest::collection::vec(any::<u8>(), 0..400), name in 0..NAMES.len()) {
        sound(&document(NAMES[name], &bytes));
    }

    #[test]
    fn any_text_gives_a_sound_document(
        pieces in proptest::collection::vec("[ \t]{0,9}(\\PC{0,6}|[-*•1-9a-bA-B(]{1,3}[.)] ?|Present:|and the|[a-z]{3,9}( [a-z]{3,9}){4,14}|---|#+ |\\| x |</?(p|b|ul|li|td|table)>)[\n\r\u{c} ,.]{0,2}", 0..40),
        name in 0..NAMES.len(),
    ) {
        sound(&document(NAMES[name], pieces.concat().as_bytes()));
    }
}

#[test]
fn every_format_is_documented() {
    for format in FORMATS {
        assert!(!format.name.is_empty() && !format.extensions.is_empty() && format.media_type.contains('/'));
        assert!(format.about.len() > 20 && !format.about.ends_with('.'), "{}", format.name);
    }
}

/// Reads the real minutes beside the repository, if they are there.
#[test]
fn every_document_of_the_corpus_is_sound() {
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !corpus.is_dir() {
        eprintln!("no corpus at {}: nothing tested", corpus.display());
        return;
    }
    for source in sources(&[corpus]) {
        for document in source.read(Limits::default()) {
            sound(&document);
        }
    }
}

/// An archive of some parts.
pub(super) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The words of every line, without marks and without spaces that only lay it out.
fn words_of(document: &Document) -> Vec<String> {
    let line = |line: &Line| {
        let words = line.span.of(&document.text).replace(['\t', '•', '-'], " ");
        super::clean::collapse(&words)
    };
    document.lines.iter().map(line).collect()
}

#[test]
fn one_meeting_has_the_same_words_in_all_formats() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/minutes/formats");
    let documents: Vec<Document> =
        sources(&[folder]).iter().flat_map(|source| source.read(Limits::default())).collect();
    let formats: std::collections::BTreeSet<&str> = documents.iter().map(|document| document.format).collect();
    assert_eq!(
        formats.into_iter().collect::<Vec<_>>(),
        ["doc", "docx", "html", "markdown", "odt", "pdf", "rst", "text"]
    );
    for document in &documents {
        sound(document);
        assert_eq!(document.status, ReadStatus::Read, "{}: {}", document.path, document.message);
        assert_eq!(words_of(document), words_of(&documents[0]), "{} and {}", document.path, documents[0].path);
    }
    // Rows are rows in all of them that know what a table is.
    for document in documents.iter().filter(|document| !matches!(document.format, "text" | "pdf")) {
        let rows = document.lines.iter().filter(|line| matches!(line.kind, LineKind::Row { .. })).count();
        assert_eq!(rows, 5, "{}", document.path);
    }
}
