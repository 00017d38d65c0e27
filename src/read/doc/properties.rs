//! What a DOC file says of the looks of its paragraphs and runs.
//!
//! In: the tables of formatted pages and the style sheet. Out: the look of a paragraph or a run by its
//! place in the file. Never: fail; what cannot be read says nothing.

use std::ops::Range;

use super::Fib;
use super::bytes::Bytes;

/// What is known of a paragraph.
#[expect(clippy::struct_excessive_bools, reason = "each is a property that the format sets on its own")]
#[derive(Clone, Debug, Default)]
pub(super) struct ParagraphLook {
    pub(super) style: u16,
    pub(super) in_table: bool,
    /// Tables within one another.
    pub(super) depth: usize,
    pub(super) ends_row: bool,
    pub(super) ends_inner_row: bool,
    pub(super) ends_inner_cell: bool,
    pub(super) is_header: bool,
    pub(super) heading: Option<u8>,
    /// The list, from 1; 0 for none.
    pub(super) list: u16,
    pub(super) level: usize,
    /// Space above and below, in twentieths of a point.
    pub(super) before: i32,
    pub(super) after: i32,
}

/// What is known of a run.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RunLook {
    pub(super) is_bold: bool,
    /// Whether it is deleted or hidden.
    pub(super) is_gone: bool,
    is_underlined: bool,
}

/// A style: what it rests on, and what it changes.
#[derive(Clone, Copy)]
struct Style<'b> {
    base: u16,
    /// Level of the heading that it is by its nature.
    heading: Option<u8>,
    paragraph: Bytes<'b>,
    run: Bytes<'b>,
}

/// All properties.
pub(super) struct Properties<'b> {
    head: Bytes<'b>,
    paragraphs: Pages,
    runs: Pages,
    styles: Vec<Option<Style<'b>>>,
}

/// Which page of the file speaks of which places.
#[derive(Default)]
struct Pages {
    starts: Vec<usize>,
    pages: Vec<usize>,
}

const STYLES: usize = 1;
const RUN_PAGES: usize = 12;
const PARAGRAPH_PAGES: usize = 13;

/// Bytes of a page.
const PAGE: usize = 512;

/// Styles that rest on one another.
const DEEPEST: usize = 16;

impl Pages {
    fn new(table: Option<Bytes<'_>>) -> Self {
        let Some(table) = table else { return Self::default() };
        let count = table.len().saturating_sub(4) / 8;
        let numbers = |from: usize| (0..count).filter_map(move |at| table.u32((from + at) * 4));
        Self {
            starts: numbers(0).map(|start| start as usize).collect(),
            pages: numbers(count + 1).map(|page| (page & 0x003f_ffff) as usize * PAGE).collect(),
        }
    }

    /// The entry for a place: its range, and where in the page its properties stand, in words.
    fn find<'b>(&self, head: Bytes<'b>, place: usize, entry: usize) -> Option<(Range<usize>, Bytes<'b>, usize)> {
        let at = self.starts.partition_point(|&start| start <= place).checked_sub(1)?;
        let page = head.part(*self.pages.get(at)?, PAGE).filter(|page| page.len() == PAGE)?;
        let count = usize::from(page.u8(PAGE - 1)?);
        let start = |at: usize| page.u32(at * 4).map_or(usize::MAX, |start| start as usize);
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = usize::midpoint(low, high);
            if start(middle + 1) <= place { low = middle + 1 } else { high = middle }
        }
        if low >= count || start(low) > place {
            return None;
        }
        let offset = page.u8((count + 1) * 4 + low * entry)?;
        Some((start(low)..start(low + 1), page, usize::from(offset) * 2))
    }
}

impl<'b> Properties<'b> {
    pub(super) fn new(fib: &Fib<'b>) -> Self {
        Self {
            head: fib.head,
            paragraphs: Pages::new(fib.table(PARAGRAPH_PAGES)),
            runs: Pages::new(fib.table(RUN_PAGES)),
            styles: fib.table(STYLES).map(styles).unwrap_or_default(),
        }
    }

    /// The look of the paragraph whose mark stands at a place.
    pub(super) fn paragraph(&self, place: usize) -> ParagraphLook {
        let own = self.paragraphs.find(self.head, place, 13).and_then(|(_, page, at)| {
            // Nought means that the length is in the next byte, in words.
            let (start, length) = match usize::from(page.u8(at)?) {
                0 => (at + 2, usize::from(page.u8(at + 1)?) * 2),
                words => (at + 1, words * 2 - 1),
            };
            (at > 0).then_some(())?;
            page.part(start, length)
        });
        let style = own.and_then(|own| own.u16(0)).unwrap_or(0);
        let mut look = ParagraphLook { style, depth: 1, ..ParagraphLook::default() };
        for style in self.lineage(style) {
            if style.heading.is_some() {
                look.heading = style.heading;
            }
            apply(style.paragraph, &mut look);
        }
        if let Some(own) = own.and_then(|own| own.part(2, own.len())) {
            apply(own, &mut look);
        }
        look
    }

    /// The look of the run at a place, and the places of which it holds.
    pub(super) fn run(&self, place: usize, paragraph: &ParagraphLook) -> (Range<usize>, RunLook) {
        let mut base = RunLook::default();
        for style in self.lineage(paragraph.style) {
            apply_run(style.run, &mut base, RunLook::default());
        }
        let Some((range, page, at)) = self.runs.find(self.head, place, 1) else {
            return (place..place + 1, RunLook { is_bold: base.is_bold || base.is_underlined, ..base });
        };
        let mut look = base;
        if let Some(own) = page.u8(at).filter(|_| at > 0).and_then(|length| page.part(at + 1, usize::from(length))) {
            apply_run(own, &mut look, base);
        }
        look.is_bold |= look.is_underlined;
        (range, look)
    }

    /// A style and those that it rests on, the lowest first.
    fn lineage(&self, style: u16) -> Vec<Style<'b>> {
        let mut lineage = Vec::new();
        let mut next = style;
        while let Some(Some(style)) = self.styles.get(usize::from(next)).filter(|_| lineage.len() < DEEPEST) {
            lineage.push(*style);
            next = style.base;
        }
        lineage.reverse();
        lineage
    }
}

/// Goes through properties: the code of each, and its value.
fn each<'b>(list: Bytes<'b>, mut take: impl FnMut(u16, Bytes<'b>)) {
    let mut at = 0;
    while let Some(code) = list.u16(at) {
        at += 2;
        let length = match code >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            // A byte, or for a table's definition two, tells the length.
            _ if code == 0xd608 => {
                at += 2;
                usize::from(list.u16(at - 2).unwrap_or(1)).saturating_sub(1)
            }
            _ => {
                at += 1;
                match list.u8(at - 1) {
                    Some(255) if code == 0xc615 => return,
                    Some(length) => usize::from(length),
                    None => return,
                }
            }
        };
        let Some(value) = list.part(at, length) else { return };
        take(code, value);
        at += length;
    }
}

fn apply(list: Bytes<'_>, look: &mut ParagraphLook) {
    each(list, |code, value| {
        let flag = value.u8(0).unwrap_or(0) != 0;
        let number = value.u16(0).unwrap_or(0);
        match code {
            0x2416 => look.in_table = flag,
            0x2417 => look.ends_row = flag,
            0x244b => look.ends_inner_cell = flag,
            0x244c => look.ends_inner_row = flag,
            0x3404 => look.is_header = flag,
            0x6649 => look.depth = value.u32(0).unwrap_or(1).min(64) as usize,
            0x460b => look.list = if number < 0x07ff { number } else { 0 },
            0x260a => look.level = usize::from(value.u8(0).unwrap_or(0)),
            0x2640 => look.heading = value.u8(0).filter(|&level| level < 9).map(|level| (level + 1).min(6)),
            0xa413 => look.before = i32::from(number),
            0xa414 => look.after = i32::from(number),
            // Space that the program measures out, as web pages have it.
            0x245b if flag => look.before = 280,
            0x245c if flag => look.after = 280,
            _ => {}
        }
    });
}

/// `below` is the look of the style, which a value may keep or turn round.
fn apply_run(list: Bytes<'_>, look: &mut RunLook, below: RunLook) {
    each(list, |code, value| {
        let value = value.u8(0).unwrap_or(0);
        match code {
            0x0835 => {
                look.is_bold = match value {
                    128 => below.is_bold,
                    129 => !below.is_bold,
                    value => value != 0,
                }
            }
            0x2a3e => look.is_underlined = value != 0,
            0x0800 | 0x083c => look.is_gone |= value == 1 || value == 129,
            _ => {}
        }
    });
}

/// The style sheet.
fn styles(sheet: Bytes<'_>) -> Vec<Option<Style<'_>>> {
    let mut styles = Vec::new();
    let Some(head) = sheet.u16(0).map(usize::from) else { return styles };
    let (count, base) = (sheet.u16(2).unwrap_or(0), usize::from(sheet.u16(4).unwrap_or(10)));
    let mut at = 2 + head;
    for _ in 0..count.min(0x0fff) {
        let Some(length) = sheet.u16(at).map(usize::from) else { break };
        styles.push(sheet.part(at + 2, length).filter(|_| length > 0).and_then(|entry| style(entry, base)));
        // Entries begin at even places.
        at += 2 + length + (length & 1);
    }
    styles
}

fn style(entry: Bytes<'_>, base: usize) -> Option<Style<'_>> {
    let nature = entry.u16(0)? & 0x0fff;
    let (kind, below) = (entry.u16(2)? & 0x000f, entry.u16(2)? >> 4);
    let mut at = base + 2 + usize::from(entry.u16(base)?) * 2 + 2;
    let empty = entry.part(0, 0)?;
    let mut next = || {
        let length = usize::from(entry.u16(at)?);
        let part = entry.part(at + 2, length);
        at += 2 + length + (length & 1);
        part
    };
    let heading = match nature {
        1..=9 => Some(nature.min(6) as u8),
        62 => Some(1),
        _ => None,
    };
    let (paragraph, run) = match kind {
        1 => (next().and_then(|part| part.part(2, part.len())), next()),
        2 => (None, next()),
        _ => (None, None),
    };
    Some(Style { base: below, heading, paragraph: paragraph.unwrap_or(empty), run: run.unwrap_or(empty) })
}
