//! Files that are broken, lie about themselves, or are made to do harm: each gets one message, none
//! stops the others, and a good file among them is read.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::io::{Cursor, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use quorate::model::{Document, ReadStatus};
use quorate::read::{Limits, sources};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

/// What one file may take; debug builds are slow, machines are shared.
const PATIENCE: Duration = Duration::from_secs(60);

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        // The media type of an office file is stored as it is.
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    archive(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

fn odt(body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    archive(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
}

/// An archive whose files are flagged as encrypted.
fn encrypted(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for at in 0..bytes.len().saturating_sub(10) {
        match &bytes[at..at + 4] {
            b"PK\x03\x04" => bytes[at + 6] |= 1,
            b"PK\x01\x02" => bytes[at + 8] |= 1,
            _ => {}
        }
    }
    bytes
}

/// A compound file with a stream.
fn compound(stream: &str, bytes: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream(stream).unwrap().write_all(bytes).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// The file in which the same meeting is saved.
fn saved(format: &str) -> Vec<u8> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/minutes/formats");
    std::fs::read(fixtures.join(format!("meeting.{format}"))).unwrap()
}

/// Bytes of a file with some of them changed, the same ones every time.
fn garbled(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let mut seed = 0x2545_f491_u32;
    for _ in 0..200 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let at = seed as usize % bytes.len();
        bytes[at] = (seed >> 24) as u8;
    }
    bytes
}

/// Every file, and whether it must be skipped with a message; the others may be read in whole or part.
fn files() -> Vec<(String, Vec<u8>, bool)> {
    let mut files: Vec<(String, Vec<u8>, bool)> = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>, is_skipped: bool| files.push((name.to_owned(), bytes, is_skipped));
    add("empty.txt", Vec::new(), true);
    add("blank.txt", b" \n\t\r\n ".to_vec(), true);
    add("zeros.txt", vec![0; 5000], true);
    add("zeros-within.txt", b"Present\0\0\0\0\x01\x02\x03".to_vec(), true);
    add("noise.bin", (0..9000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect(), true);
    add("picture.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), true);
    add("picture.txt", b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), true);
    add("program.docx", b"\x7fELF\x02\x01\x01\0\0\0".to_vec(), true);
    add("rich.doc", b"{\\rtf1\\ansi Present: A. Lee}".to_vec(), true);
    add("packed.txt.gz", b"\x1f\x8b\x08\0\0\0\0\0".to_vec(), true);
    add("archive.rar", b"Rar!\x1a\x07\x01\0".to_vec(), true);
    for format in ["docx", "odt", "doc", "pdf"] {
        let bytes = saved(format);
        add(&format!("cut-at-100.{format}"), bytes[..100].to_vec(), true);
        add(&format!("cut-in-half.{format}"), bytes[..bytes.len() / 2].to_vec(), false);
        add(&format!("garbled.{format}"), garbled(&bytes), false);
        // Formats are told by what is in them.
        add(&format!("mislabelled-{format}.txt"), bytes, false);
    }
    add("page-called-word.docx", b"<html><body><p>Present: A. Lee</p></body></html>".to_vec(), false);
    add("text-called-pdf.pdf", b"Present: A. Lee\n".to_vec(), false);
    add("text-called-zip.zip", b"Present: A. Lee\n".to_vec(), false);
    add("signature-alone.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), true);
    add("workbook.xls", compound("Workbook", b"rows"), true);
    add("encrypted-ooxml.docx", compound("EncryptedPackage", b"secret"), true);
    add("encrypted-zip.docx", encrypted(&docx("<w:p><w:r><w:t>A. Lee</w:t></w:r></w:p>")), true);
    let mut head = vec![0xec, 0xa5, 0xc1, 0x00];
    head.resize(2000, 0);
    head[0x0b] = 0x01;
    add("encrypted.doc", compound("WordDocument", &head), true);
    head[0x0b] = 0;
    add("hollow.doc", compound("WordDocument", &head), true);
    head.fill(0xff);
    head[..4].copy_from_slice(&[0xec, 0xa5, 0xc1, 0x00]);
    head[0x0b] = 0;
    add("all-ones.doc", compound("WordDocument", &head), true);
    let manifest = b"<manifest><encryption-data/></manifest>";
    let parts: [(&str, &[u8]); 2] =
        [("mimetype", b"application/vnd.oasis.opendocument.text"), ("META-INF/manifest.xml", manifest)];
    add("encrypted.odt", archive(&parts), true);
    add("encrypted-within.zip", encrypted(&archive(&[("a.txt", b"Present")])), true);
    add("workbook.xlsx", archive(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")]), true);
    add("no-parts.docx", archive(&[("[Content_Types].xml", b"<Types/>"), ("word/styles.xml", b"<w:styles/>")]), true);
    // Made to take memory or time.
    let zeros = vec![b' '; 150 << 20];
    add("bomb.docx", archive(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", &zeros)]), true);
    add("bomb.zip", archive(&[("a.txt", &zeros)]), true);
    let mut nested = archive(&[("a.txt", b"Present: A. Lee")]);
    for depth in 0..8 {
        nested = archive(&[(&format!("{depth}.zip"), &nested)]);
    }
    add("nested.zip", nested, true);
    add("leads-out.zip", archive(&[("../../etc/passwd", b"Present: A. Lee")]), true);
    let names: Vec<String> = (0..30_000).map(|at| format!("{at}/")).collect();
    let folders: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    add("folders-only.zip", archive(&folders), true);
    add("deep.html", "<div><b>".repeat(500_000).into_bytes(), true);
    add("deep-words.html", format!("{}Present", "<div><table><tr><td>".repeat(100_000)).into_bytes(), false);
    add("open-tags.html", format!("<p>{}x", "<i>".repeat(1_000_000)).into_bytes(), false);
    add("closed-tags.html", format!("<p>x{}", "</i></p>".repeat(300_000)).into_bytes(), false);
    add("attributes.html", format!("<p {}>x</p><p>y</p><p>z</p>", "a=1 b ".repeat(500_000)).into_bytes(), false);
    add("entities.html", format!("<p>{}</p><p>y<p>z", "&amp;&#x41;&nosuch;".repeat(200_000)).into_bytes(), false);
    let laughs =
        "<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;'>";
    add("laughs.xml", format!("<?xml version='1.0'?><!DOCTYPE m [{laughs}]><m><t>&c;</t></m>").into_bytes(), true);
    add(
        "outside.xml",
        b"<?xml version='1.0'?><!DOCTYPE m [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><m>&x;</m>".to_vec(),
        true,
    );
    add("deep.xml", format!("<?xml version='1.0'?>{}", "<a>".repeat(1_000_000)).into_bytes(), true);
    add("deep.docx", docx(&"<w:tbl><w:tr><w:tc>".repeat(200_000)), true);
    add("attributes.docx", docx(&format!("<w:p {}><w:r><w:t>x</w:t></w:r></w:p>", "a='1' ".repeat(500_000))), false);
    add("deep.odt", odt(&"<text:list><text:list-item>".repeat(200_000)), true);
    add("repeated.odt", odt(&"<table:table><table:table-row><table:table-cell table:number-columns-repeated='999999999'><text:p>x</text:p></table:table-cell></table:table-row></table:table>".repeat(500)), false);
    add(
        "circle.docx",
        {
            let styles = b"<w:styles><w:style w:styleId='A'><w:basedOn w:val='B'/></w:style><w:style w:styleId='B'><w:basedOn w:val='A'/></w:style></w:styles>";
            let body = b"<w:document><w:body><w:p><w:pPr><w:pStyle w:val='A'/></w:pPr><w:r><w:t>x</w:t></w:r></w:p></w:body></w:document>";
            archive(&[("word/document.xml", body), ("word/styles.xml", styles)])
        },
        false,
    );
    add("quotes.md", "> ".repeat(200_000).into_bytes(), false);
    add("brackets.md", format!("{}x", "[".repeat(300_000)).into_bytes(), false);
    add("stars.md", "*a **b _c ".repeat(60_000).into_bytes(), false);
    add("deep-list.md", (0..3000).map(|at| " ".repeat(at % 1500) + "- x\n").collect::<String>().into_bytes(), false);
    add("alias.md", format!("---\na: &a [x]\n{}---\nText\n", "b: *a\n".repeat(50_000)).into_bytes(), false);
    add("deep-yaml.md", format!("---\na: {}\n---\nText\n", "[".repeat(100_000)).into_bytes(), false);
    add("marks.rst", format!("Title\n=====\n\n.. _a: b\n\n{}", "*a `b ``c _d ".repeat(60_000)).into_bytes(), false);
    add("notes.rst", (0..900).map(|at| " ".repeat(at * 3) + ".. note::\n").collect::<String>().into_bytes(), false);
    add("grid.rst", format!("Title\n=====\n\n.. _a: b\n\n{}\n|x|\n", "+--".repeat(300_000) + "+").into_bytes(), false);
    add("one-line.txt", "Present: A. Lee, B. Ek; ".repeat(200_000).into_bytes(), false);
    add("line-ends.txt", "\n".repeat(3_000_000).into_bytes(), true);
    add("pages.txt", "x\u{c}".repeat(500_000).into_bytes(), false);
    add("columns.txt", "a   b\t".repeat(300_000).into_bytes(), false);
    add("markers.txt", "A. x\nB. y\n(a) z\ni. u\n".repeat(100_000).into_bytes(), false);
    files
}

#[cfg(unix)]
fn links(folder: &Path) {
    use std::os::unix::fs::symlink;
    symlink(folder, folder.join("back")).unwrap();
    symlink(folder.join("circle-b"), folder.join("circle-a")).unwrap();
    symlink(folder.join("circle-a"), folder.join("circle-b")).unwrap();
    symlink(folder.join("nowhere"), folder.join("broken-link.txt")).unwrap();
}

#[test]
fn each_gets_a_message_and_the_good_one_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let files = files();
    assert!(files.len() >= 40, "{} files", files.len());
    for (name, bytes, _) in &files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    std::fs::write(folder.path().join("good.txt"), "Mill Board\n\nPresent: Ann Lee, Bo Ek\n").unwrap();
    #[cfg(unix)]
    links(folder.path());
    // A file beyond the limit.
    let limits = Limits { bytes: 16 << 20 };
    std::fs::write(folder.path().join("large.txt"), "x ".repeat(9 << 20)).unwrap();
    let mut documents: Vec<Document> = Vec::new();
    for source in sources(&[folder.path().to_owned()]) {
        let start = Instant::now();
        let read = source.read(limits);
        let (time, path) = (start.elapsed(), source.path.clone());
        assert!(time < PATIENCE, "{path} took {time:?}");
        assert!(!read.is_empty(), "{path} is passed over in silence");
        documents.extend(read);
    }
    for document in &documents {
        let Document { path, status, message, text, .. } = document;
        assert!(!message.contains('\n') && message.len() < 400, "{path}: {message}");
        assert!(!text.contains("root:"), "{path} read what it refers to");
        match status {
            ReadStatus::Skipped => {
                // What is wrong, and what to do.
                assert!(message.contains(';') || message.contains("convert"), "{path}: {message}");
                assert!(text.is_empty() && document.lines.is_empty(), "{path}");
            }
            ReadStatus::Partly => assert!(!message.is_empty(), "{path}"),
            ReadStatus::Read => assert!(message.is_empty(), "{path}: {message}"),
        }
    }
    for (name, _, is_skipped) in files.iter().filter(|(_, _, is_skipped)| *is_skipped) {
        let of = |document: &&Document| document.path == *name || document.path.starts_with(&format!("{name}/"));
        let found: Vec<&Document> = documents.iter().filter(of).collect();
        assert_eq!(found.len(), 1, "{name}: one message");
        assert_eq!(
            found[0].status == ReadStatus::Skipped,
            *is_skipped,
            "{name}: {:?} {:?}",
            found[0].status,
            found[0].text.get(..40)
        );
    }
    let good = documents.iter().find(|document| document.path == "good.txt").unwrap();
    assert_eq!((good.status, good.lines.len()), (ReadStatus::Read, 2));
    let large = documents.iter().find(|document| document.path == "large.txt").unwrap();
    assert!(large.status == ReadStatus::Skipped && large.message.contains("limit"));
}
