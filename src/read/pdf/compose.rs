//! From paragraphs to text and lines.
//!
//! In: the paragraphs of a document, and what stands at the edges of its pages. Out: the [`Reading`].
//! Never: lose a word; page furniture stands in the text after the paragraph that it interrupts, and
//! is no line.

use unicode_normalization::UnicodeNormalization;

use super::paragraph::{Paragraph, Style};
use crate::model::{Line, LineKind, Span};
use crate::read::Reading;
use crate::read::marker::{Mark, after_bullet, columns, mark, settle};

/// Larger than most letters by so much is a heading, if it is no longer than so many letters.
const LARGER: f32 = 1.18;
const HEADING: usize = 160;

/// Writes the paragraphs, with the furniture of each page by its number less one.
pub(super) fn compose(paragraphs: &[Paragraph], furniture: &[Vec<String>], style: &Style) -> Reading {
    let left = paragraphs.iter().filter_map(|paragraph| paragraph.lefts.first().copied()).fold(f32::MAX, f32::min);
    let sizes = sizes(paragraphs, style);
    let words: Vec<String> = paragraphs.iter().map(words).collect();
    let marks: Vec<Mark> = paragraphs
        .iter()
        .zip(&words)
        .map(|(one, words)| if one.table.is_some() { Mark::None } else { mark(words) })
        .collect();
    let markers = settle(&marks);
    let mut reading = Reading::default();
    let mut page = 0;
    for ((paragraph, words), marker) in paragraphs.iter().zip(&words).zip(markers) {
        let is_new_page = paragraph.page != page;
        let gap = (paragraph.gap || is_new_page) && !reading.text.is_empty();
        push_furniture(&mut reading.text, furniture, page..paragraph.page.saturating_sub(1));
        page = paragraph.page;
        if !reading.text.is_empty() {
            reading.text.push_str(if gap { "\n\n" } else { "\n" });
        }
        let shift = paragraph.lefts.first().map_or(0.0, |at| at - left).max(0.0);
        let indent = (shift / (0.5 * style.size.max(4.0))).round().min(200.0) as u16;
        let kind = match paragraph.table {
            Some((table, header)) => LineKind::Row { table, header },
            None => heading(paragraph, words, &sizes).map_or(LineKind::Text, LineKind::Heading),
        };
        if matches!(kind, LineKind::Text) {
            reading.text.extend(std::iter::repeat_n(' ', indent.into()));
        }
        reading.lines.push(line(&mut reading.text, paragraph, words, marker, kind, indent, gap));
    }
    push_furniture(&mut reading.text, furniture, page..furniture.len() as u32);
    reading
}

fn words(paragraph: &Paragraph) -> String {
    let cells = paragraph.cells.iter().chain(&paragraph.asides).map(String::as_str);
    let separator = "\t";
    let words: String = cells.collect::<Vec<_>>().join(separator).nfc().collect();
    if paragraph.table.is_some() { words } else { words.trim().to_owned() }
}

fn line(
    text: &mut String,
    paragraph: &Paragraph,
    words: &str,
    marker: usize,
    kind: LineKind,
    indent: u16,
    gap: bool,
) -> Line {
    let start = text.len();
    text.push_str(words);
    let span = Span::new(start, text.len());
    let marker = (marker > 0).then(|| {
        let end = start + marker;
        Span::new(start + after_bullet(&text[start..end]), end)
    });
    let mut line =
        Line { span, kind, marker, indent, gap, emphasis: paragraph.bold, page: paragraph.page, ..Line::default() };
    if matches!(kind, LineKind::Row { .. }) {
        let mut at = start;
        for cell in words.split('\t') {
            line.cells.push(Span::new(at, at + cell.len()).trim(text));
            at += cell.len() + 1;
        }
        if line.cells.len() < 2 {
            line.cells.clear();
        }
    } else if matches!(kind, LineKind::Text) {
        let body = line.body(text);
        line.cells = columns(body.of(text)).iter().map(|&(start, end)| body.slice(start, end)).collect();
    }
    line
}

fn push_furniture(text: &mut String, furniture: &[Vec<String>], pages: std::ops::Range<u32>) {
    for words in furniture.iter().take(pages.end as usize).skip(pages.start as usize).flatten() {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.extend(words.nfc());
    }
}

/// The sizes of headings, largest first, in half points.
fn sizes(paragraphs: &[Paragraph], style: &Style) -> Vec<u32> {
    let is_larger = |paragraph: &&Paragraph| paragraph.table.is_none() && paragraph.size > LARGER * style.size;
    let mut sizes: Vec<u32> =
        paragraphs.iter().filter(is_larger).map(|paragraph| half_points(paragraph.size)).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes.dedup();
    sizes
}

fn half_points(size: f32) -> u32 {
    (size * 2.0).round().clamp(0.0, 10_000.0) as u32
}

/// The level of a heading: as the file says, else by its size.
fn heading(paragraph: &Paragraph, words: &str, sizes: &[u32]) -> Option<u8> {
    if words.chars().count() > HEADING || paragraph.cells.len() + paragraph.asides.len() > 1 {
        return None;
    }
    if paragraph.heading > 0 {
        return Some(paragraph.heading);
    }
    let rank = sizes.iter().position(|size| *size == half_points(paragraph.size))?;
    (paragraph.rows <= 3).then_some((rank + 1).min(6) as u8)
}
