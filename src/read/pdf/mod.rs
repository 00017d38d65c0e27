//! PDF: letters with places, from which lines, columns, tables and paragraphs are found again.
//!
//! In: bytes. Out: a [`Reading`] with pages. Never: draw, run scripts, fetch what the file refers to,
//! ask for a password, panic, or work on a file without end: every limit is a count.

mod cmap;
mod compose;
mod encoding;
mod flow;
mod font;
mod furniture;
mod interpret;
mod lines;
mod open;
mod paragraph;
mod table;

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Format, Likeness, ReadError, Reading};
use flow::runs;
use furniture::PageRows;
use interpret::Interpreter;
use lines::Row;
use open::File;
use paragraph::{Paragraph, Style};
use table::Rules;

/// The row of PDF.
pub(super) const FORMAT: Format = Format {
    name: "pdf",
    extensions: &["pdf"],
    media_type: "application/pdf",
    recognises,
    read,
    about: "PDF with a text layer: columns, tables, paragraphs over pages, without running headers and page numbers",
};

/// Where the signature may stand; some programs write something before it.
const HEAD: usize = 1024;

fn recognises(bytes: &[u8]) -> Likeness {
    let head = &bytes[..bytes.len().min(HEAD)];
    match memchr::memmem::find(head, b"%PDF-") {
        Some(0) => Likeness::Sure,
        Some(_) => Likeness::Strong,
        None => Likeness::No,
    }
}

fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    // The crates that read the file's objects and fonts are made to bear bad ones. Should one fail to
    // all the same, it is one file that is not read.
    let reading = catch_unwind(AssertUnwindSafe(|| read_file(bytes)));
    reading.unwrap_or_else(|_| Err(open::broken("it cannot be made out")))
}

fn read_file(bytes: &[u8]) -> Result<Reading, ReadError> {
    let start = memchr::memmem::find(&bytes[..bytes.len().min(HEAD)], b"%PDF-").unwrap_or(0);
    let file = File::open(&bytes[start..])?;
    let (pages, has_more) = file.pages();
    if pages.is_empty() {
        return Err(open::broken("it has no pages"));
    }
    let mut interpreter = Interpreter::new(&file);
    let mut all: Vec<PageRows> = Vec::with_capacity(pages.len());
    let mut rules: Vec<Rules> = Vec::with_capacity(pages.len());
    let (mut images, mut nameless, mut letters, mut scans) = (0, 0, 0, Vec::new());
    for (number, page) in pages.iter().enumerate() {
        let sheet = interpreter.sheet(page);
        (images, nameless, letters) = (images + sheet.images, nameless + sheet.nameless, letters + sheet.glyphs.len());
        let drawn = Rules::new(&sheet.rules);
        let rows = lines::rows(&sheet, &drawn);
        if rows.is_empty() && sheet.images > 0 {
            scans.push((number + 1).to_string());
        }
        all.push(PageRows { width: sheet.width, height: sheet.height, rows, furniture: Vec::new() });
        rules.push(drawn);
    }
    if nameless > letters {
        return Err(ReadError::Broken(
            "the fonts of the PDF do not say which letters they show; run `ocrmypdf --force-ocr IN.pdf OUT.pdf` and \
             read OUT.pdf"
                .to_owned(),
        ));
    }
    if all.iter().all(|page| page.rows.is_empty()) {
        let what = if images > 0 { "is a scan without text" } else { "has no text" };
        return Err(ReadError::Broken(format!(
            "the PDF {what} ({} pages); run `ocrmypdf IN.pdf OUT.pdf`, which adds the text that it recognises, and read \
             OUT.pdf",
            pages.len()
        )));
    }
    let mut reading = laid_out(all, &rules);
    reading.missing = missing(&scans, has_more || interpreter.is_spent());
    Ok(reading)
}

/// What a file that is read in part lacks.
fn missing(scans: &[String], is_cut: bool) -> Option<String> {
    if is_cut {
        return Some("the PDF is longer than what is read of one file; split it (`qpdf --split-pages=500`)".to_owned());
    }
    (!scans.is_empty()).then(|| {
        let pages = scans.iter().take(12).map(String::as_str).collect::<Vec<_>>().join(", ");
        format!(
            "{} of its pages are scans without text ({pages}{}); run `ocrmypdf --skip-text IN.pdf OUT.pdf` and read OUT.pdf",
            scans.len(),
            if scans.len() > 12 { " …" } else { "" }
        )
    })
}

/// The document that the rows of its pages make.
fn laid_out(mut pages: Vec<PageRows>, rules: &[Rules]) -> Reading {
    furniture::remove(&mut pages);
    let style = style(&pages);
    let whole = margins(pages.iter());
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut furniture = Vec::with_capacity(pages.len());
    let mut tables = 0;
    for ((page, rules), number) in pages.into_iter().zip(rules).zip(1..) {
        // Pages may have margins of their own; one with few rows does not tell.
        let margins = if page.rows.len() < 16 { whole } else { margins(std::iter::once(&page)) };
        let mut found = page_of(page.rows, rules, margins, &mut tables, &style);
        furniture.push(page.furniture);
        if let (Some(last), Some(first)) = (paragraphs.last_mut(), found.first())
            && last.takes_page(first, &style)
        {
            found.remove(0);
        }
        for paragraph in &mut found {
            paragraph.page = number;
        }
        paragraphs.append(&mut found);
    }
    compose::compose(&paragraphs, &furniture, &style)
}

/// The paragraphs of a page: its tables, and the runs between them.
fn page_of(
    mut rows: Vec<Row>,
    rules: &Rules,
    (left, right): (f32, f32),
    tables: &mut u32,
    style: &Style,
) -> Vec<Paragraph> {
    let found = table::tables(&mut rows, rules);
    let mut paragraphs = Vec::new();
    let mut rest = rows.into_iter().peekable();
    let flush = |rows: Vec<Row>, paragraphs: &mut Vec<Paragraph>| {
        let mut is_first = true;
        for run in runs(rows, left, right) {
            let mut found = paragraph::paragraphs(&run, style);
            // From the foot of a column to the head of the next, as from page to page.
            if let (false, Some(last), Some(first)) = (is_first, paragraphs.last_mut(), found.first())
                && last.takes_page(first, style)
            {
                found.remove(0);
            }
            paragraphs.append(&mut found);
            is_first = false;
        }
    };
    for table in found {
        let mut above = Vec::new();
        while let Some(row) = rest.next_if(|row| row.y < table.top) {
            above.push(row);
        }
        flush(above, &mut paragraphs);
        paragraphs.extend(paragraph::rows_of(table, *tables, style));
        *tables += 1;
    }
    flush(rest.collect(), &mut paragraphs);
    paragraphs
}

/// What most of the rows have in common.
fn style(pages: &[PageRows]) -> Style {
    let rows = || pages.iter().flat_map(|page| &page.rows);
    let mut sizes: Vec<(f32, usize)> =
        rows().flat_map(|row| &row.pieces).map(|piece| (piece.size, piece.text.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, length)| length).sum::<usize>() / 2;
    let mut count = 0;
    let size = sizes.iter().find(|(_, length)| {
        count += length;
        count > half
    });
    let size = size.map_or(10.0, |(size, _)| *size);
    // From a row to the next in mid-sentence is the least that there is between rows.
    let mut pitches: Vec<f32> = Vec::new();
    let mut others: Vec<f32> = Vec::new();
    for page in pages {
        for pair in page.rows.windows(2) {
            let pitch = (pair[1].y - pair[0].y) / pair[1].size.max(1.0);
            if (pair[0].size - pair[1].size).abs() > 0.5 || !(0.85..3.5).contains(&pitch) {
                continue;
            }
            let goes_on = pair[1].pieces[0].text.starts_with(char::is_lowercase) && pair[0].pieces[0].text.len() > 30;
            if goes_on { pitches.push(pitch) } else { others.push(pitch) }
        }
    }
    let pitches = if pitches.len() >= 3 { &mut pitches } else { &mut others };
    pitches.sort_by(f32::total_cmp);
    let pitch = pitches.get(pitches.len() / 2).copied().unwrap_or(1.2);
    Style { size, pitch, words: paragraph::words(rows()) }
}

/// How far text reaches to either side. A few rows that reach further tell nothing.
fn margins<'p>(pages: impl Iterator<Item = &'p PageRows> + Clone) -> (f32, f32) {
    let rows = || pages.clone().flat_map(|page| &page.rows);
    let mut lefts: Vec<f32> = rows().map(Row::left).collect();
    let mut rights: Vec<f32> =
        rows().flat_map(|row| &row.pieces).filter(|piece| piece.text.len() > 30).map(|piece| piece.right).collect();
    lefts.sort_by(f32::total_cmp);
    rights.sort_by(f32::total_cmp);
    let left = lefts.get(lefts.len() / 50).copied().unwrap_or(0.0);
    let right = rights.get((rights.len() * 97 / 100).min(rights.len().saturating_sub(1))).copied().unwrap_or(0.0);
    // Few long rows do not show the margin; then it is as wide as the left one.
    let width = pages.clone().map(|page| page.width).fold(0.0, f32::max);
    if rights.len() < 8 { (left, right.max(width - left)) } else { (left, right) }
}
