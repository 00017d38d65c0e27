//! From letters with places to rows of pieces: what stands on one base line, split where it is set
//! apart.
//!
//! In: a [`Sheet`]. Out: its rows, from the top down, each with its pieces from left to right.
//! Never: rely on the order in which the file draws, but to tell columns later.

use super::interpret::{Glyph, Rule, Sheet};
use super::table::Rules;
use crate::read::clean::clean;
use crate::read::marker::{Mark, mark};

/// Words that follow one another without a gap that sets them apart.
#[allow(clippy::struct_excessive_bools, reason = "marks of print, each of which may stand alone")]
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    /// Where its words begin after a list marker.
    pub(super) inner: f32,
    /// How wide its first word is.
    pub(super) first: f32,
    /// Whether all of it is bold or underlined, and whether its first letter is.
    pub(super) bold: bool,
    pub(super) starts_bold: bool,
    pub(super) heading: u8,
    pub(super) artifact: bool,
    /// Whether a line that is drawn stands before it.
    pub(super) ruled: bool,
    /// When the file draws it.
    pub(super) order: usize,
}

/// What stands on one base line; never without a piece.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) pieces: Vec<Piece>,
}

impl Row {
    pub(super) fn new(pieces: Vec<Piece>) -> Self {
        let size = pieces.iter().map(|piece| piece.size).fold(0.0, f32::max);
        Self { y: pieces.first().map_or(0.0, |piece| piece.y), size, pieces }
    }

    pub(super) fn left(&self) -> f32 {
        self.pieces.first().map_or(0.0, |piece| piece.left)
    }

    pub(super) fn right(&self) -> f32 {
        self.pieces.last().map_or(0.0, |piece| piece.right)
    }

    /// Its words, pieces set apart by tabs.
    pub(super) fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join("\t")
    }
}

/// How far the starts of cells of one column lie apart, in points.
const STOP: f32 = 0.75;
/// A gap of so many sizes sets apart; one of typed spaces, which may be no more than a pause, of so
/// many; one of so many is between words.
const APART: f32 = 0.9;
const TYPED: f32 = 1.4;
const SPACE: f32 = 0.16;

/// The rows of a page. Those of the direction that most letters have come first.
pub(super) fn rows(sheet: &Sheet, rules: &Rules) -> Vec<Row> {
    let none = Rules::default();
    let mut counts = [0_usize; 4];
    for glyph in &sheet.glyphs {
        counts[usize::from(glyph.turns)] += 1;
    }
    let mut directions: Vec<u8> = (0..4).collect();
    directions.sort_by_key(|&turns| std::cmp::Reverse(counts[usize::from(turns)]));
    let mut rows = Vec::new();
    for turns in directions {
        let glyphs: Vec<(usize, &Glyph)> =
            sheet.glyphs.iter().enumerate().filter(|(_, glyph)| glyph.turns == turns).collect();
        let rules = if turns == 0 { rules } else { &none };
        let lower = rows.last().map_or(0.0, |row: &Row| row.y + 4.0 * row.size);
        rows.extend(directed(glyphs, rules).into_iter().map(|mut row| {
            // What is written across the page comes after it.
            if lower > 0.0 {
                row.y += lower;
                row.pieces.iter_mut().for_each(|piece| piece.y += lower);
            }
            row
        }));
    }
    rows
}

fn directed(mut glyphs: Vec<(usize, &Glyph)>, rules: &Rules) -> Vec<Row> {
    glyphs.sort_by(|(_, a), (_, b)| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut lines: Vec<Vec<(usize, &Glyph)>> = Vec::new();
    for glyph in glyphs {
        match lines.last_mut() {
            Some(line) if glyph.1.y - line[0].1.y <= 0.3 * glyph.1.size.min(line[0].1.size) => line.push(glyph),
            _ => lines.push(vec![glyph]),
        }
    }
    for line in &mut lines {
        line.sort_by(|(_, a), (_, b)| a.x.total_cmp(&b.x));
    }
    raise(&mut lines);
    lines.retain(|line| !line.is_empty());
    let apart: Vec<Vec<Piece>> = lines.iter().map(|line| pieces(line, rules, &[])).collect();
    let rows = lines.iter().enumerate().map(|(at, line)| {
        // A cell that fills its column leaves no gap before the next: it starts where those above and below do.
        let (above, below) = (at.checked_sub(1).map_or(&[][..], |at| &apart[at][..]), apart.get(at + 1));
        let stops = shared_starts(above, below.map_or(&[][..], |below| &below[..]));
        Row::new(if stops.is_empty() { apart[at].clone() } else { pieces(line, rules, &stops) })
    });
    let mut rows: Vec<Row> = rows.filter(|row| !row.pieces.is_empty()).collect();
    rows.sort_by(|a, b| a.y.total_cmp(&b.y));
    rows
}

/// Where pieces of two rows start that are not the first of either.
fn shared_starts(above: &[Piece], below: &[Piece]) -> Vec<f32> {
    let starts = above.iter().skip(1).map(|piece| piece.left);
    starts.filter(|start| below.iter().skip(1).any(|piece| (piece.left - start).abs() < STOP)).collect()
}

/// Puts letters that are raised or lowered (`13th`) into the line that they stand in.
fn raise(lines: &mut [Vec<(usize, &Glyph)>]) {
    for at in 0..lines.len() {
        let Some(&(_, first)) = lines[at].first() else { continue };
        let size = lines[at].iter().map(|(_, glyph)| glyph.size).fold(0.0, f32::max);
        for near in [at + 1, at + 2, at.wrapping_sub(1), at.wrapping_sub(2)] {
            let Some(&(_, base)) = lines.get(near).and_then(|line| line.first()) else { continue };
            let big = lines[near].iter().map(|(_, glyph)| glyph.size).fold(0.0, f32::max);
            let above = base.y - first.y;
            if size > big * 0.85 || above > big * 0.75 || above < big * -0.4 {
                continue;
            }
            let (mut kept, mut moved, mut start) = (Vec::new(), Vec::new(), 0);
            let small = std::mem::take(&mut lines[at]);
            for end in 1..=small.len() {
                if end < small.len() && small[end].1.x - small[end - 1].1.end < 0.5 * size {
                    continue;
                }
                let run = &small[start..end];
                start = end;
                let (left, right) = (run[0].1.x, run[run.len() - 1].1.end);
                let after = lines[near].partition_point(|(_, glyph)| glyph.x < left);
                let touches = |glyph: Option<&(usize, &Glyph)>| {
                    glyph.is_some_and(|(_, glyph)| {
                        (glyph.end - left).abs() < 0.35 * big || (glyph.x - right).abs() < 0.35 * big
                    })
                };
                let is_near = touches(lines[near].get(after)) || after > 0 && touches(lines[near].get(after - 1));
                if is_near { moved.extend_from_slice(run) } else { kept.extend_from_slice(run) }
            }
            lines[at] = kept;
            if !moved.is_empty() {
                lines[near].extend(moved);
                lines[near].sort_by(|(_, a), (_, b)| a.x.total_cmp(&b.x));
            }
            if lines[at].is_empty() {
                break;
            }
        }
    }
}

/// The pieces of a line of letters that are sorted.
fn pieces(line: &[(usize, &Glyph)], rules: &Rules, stops: &[f32]) -> Vec<Piece> {
    let upright = &rules.upright;
    // The base line is that of the largest letters.
    let size = line.iter().map(|(_, glyph)| glyph.size).fold(0.0, f32::max);
    let y = line.iter().find(|(_, glyph)| glyph.size >= size * 0.95).map_or(0.0, |(_, glyph)| glyph.y);
    let seen: Vec<&(usize, &Glyph)> = line.iter().filter(|(_, glyph)| !is_space(glyph)).collect();
    let is_bullet = |at: usize| {
        let starts = at == 0 && seen.get(1).is_some_and(|next| next.1.x - seen[0].1.end > 0.3 * size);
        starts && !seen[1].1.letters.starts_with(NAMELESS)
    };
    let is_stretched = is_stretched(&seen, size);
    let spaces: Vec<&Glyph> = line.iter().map(|(_, glyph)| *glyph).filter(|glyph| is_space(glyph)).collect();
    let typed = |before: Option<&Glyph>, glyph: &Glyph| {
        let from = spaces.partition_point(|space| before.is_none_or(|before| space.x < before.end - 0.1 * size));
        spaces[from..].iter().take_while(|space| space.x < glyph.x).map(|space| space.end - space.x).sum::<f32>()
    };
    let mut pieces: Vec<Piece> = Vec::new();
    let mut before: Option<&Glyph> = None;
    for (at, &&(order, glyph)) in seen.iter().enumerate() {
        let is_nameless = glyph.letters.starts_with(NAMELESS);
        if is_nameless && !is_bullet(at) {
            continue;
        }
        let letters = if is_nameless { "•" } else { glyph.letters.as_str() };
        if let Some(before) = before {
            // A letter drawn twice, a little apart, is a bold one.
            let is_double = glyph.letters == before.letters && glyph.x - before.x < 0.2 * (glyph.end - glyph.x);
            if is_double {
                continue;
            }
        }
        let gap = before.map_or(f32::MAX, |before| glyph.x - before.end);
        let is_ruled = gap > 0.15 * size
            && before.is_some_and(|before| {
                let from = upright.partition_point(|rule| rule.at < before.end - 0.5);
                let between = upright[from..].iter().take_while(|rule| rule.at <= glyph.x + 0.5);
                between.into_iter().any(|rule| rule.from < y - 0.2 * size && rule.to > y - 0.2 * size)
            });
        let is_stop = gap > 0.15 * size && stops.iter().any(|stop| (stop - glyph.x).abs() < STOP);
        let typed = if gap > 0.05 * size { typed(before, glyph) } else { 0.0 };
        let apart = if typed > 0.6 * gap { TYPED } else { APART };
        match pieces.last_mut() {
            Some(piece) if (is_stretched || gap < apart * size.max(glyph.size)) && !is_ruled && !is_stop => {
                if gap > SPACE * glyph.size.min(size) || (typed > 0.0 && gap > 0.05 * size) {
                    if piece.first == 0.0 {
                        piece.first = piece.right - piece.left;
                        piece.inner = glyph.x;
                    }
                    piece.text.push(' ');
                }
                push_letters(&mut piece.text, letters);
                piece.right = piece.right.max(glyph.end);
                piece.size = piece.size.max(glyph.size);
                piece.bold &= glyph.bold;
                piece.heading = piece.heading.min(glyph.heading);
                piece.artifact &= glyph.artifact;
                piece.order = piece.order.min(order);
            }
            _ => {
                let mut piece = Piece {
                    left: glyph.x,
                    right: glyph.end,
                    y,
                    size: glyph.size,
                    inner: glyph.x,
                    bold: glyph.bold,
                    starts_bold: glyph.bold,
                    heading: glyph.heading,
                    artifact: glyph.artifact,
                    order,
                    ruled: is_ruled,
                    ..Piece::default()
                };
                push_letters(&mut piece.text, letters);
                pieces.push(piece);
            }
        }
        before = Some(glyph);
    }
    for piece in &mut pieces {
        piece.text = clean(&piece.text).trim().replace(['\n', '\t'], " ");
        if piece.first == 0.0 {
            piece.first = piece.right - piece.left;
        }
        // The second word is where the words of an item begin, if the first is its marker.
        let first = piece.text.find(' ');
        if !matches!(mark(&piece.text), Mark::Sure(length) | Mark::Roman { length, .. } if first == Some(length)) {
            piece.inner = piece.left;
        }
        piece.bold |= is_underlined(piece, &rules.level);
    }
    pieces.retain(|piece| !piece.text.is_empty());
    join_marker(&mut pieces);
    pieces
}

/// In a line that is stretched to both margins, the gaps between words are wide, but all alike.
fn is_stretched(seen: &[&(usize, &Glyph)], size: f32) -> bool {
    let gaps = seen.windows(2).map(|pair| (pair[1].1.x - pair[0].1.end) / size).filter(|gap| *gap > SPACE);
    let mut gaps: Vec<f32> = gaps.collect();
    gaps.sort_by(f32::total_cmp);
    let (Some(widest), median) = (gaps.last(), gaps.get(gaps.len() / 2)) else { return false };
    gaps.len() >= 4 && median.is_some_and(|median| *median < 1.4 * APART && *widest < 1.5 * median)
}

fn is_space(glyph: &Glyph) -> bool {
    glyph.letters.chars().all(char::is_whitespace)
}

/// A letter that nothing in the file names. Alone at the start of a row it is a bullet; elsewhere it is
/// most often a space, and left out.
pub(super) const NAMELESS: char = '\u{fffd}';

/// Ligatures are the letters that they join; letters of symbol fonts that no font shows are bullets.
fn push_letters(text: &mut String, letters: &str) {
    for letter in letters.chars() {
        match letter {
            'ﬀ' => text.push_str("ff"),
            'ﬁ' => text.push_str("fi"),
            'ﬂ' => text.push_str("fl"),
            'ﬃ' => text.push_str("ffi"),
            'ﬄ' => text.push_str("ffl"),
            'ﬅ' | 'ﬆ' => text.push_str("st"),
            '\u{2010}' | '\u{2011}' | '\u{ad}' => text.push('-'),
            '\u{e000}'..='\u{f8ff}' => text.push('•'),
            _ => text.push(letter),
        }
    }
}

fn is_underlined(piece: &Piece, level: &[Rule]) -> bool {
    let from = level.partition_point(|rule| rule.at < piece.y);
    let width = piece.right - piece.left;
    level[from..].iter().take_while(|rule| rule.at < piece.y + 0.35 * piece.size).any(|rule| {
        rule.from <= piece.left + 2.0 && rule.to >= piece.right - 2.0 && rule.to - rule.from < width * 1.1 + 6.0
    })
}

/// A list marker and the words after it are one piece.
fn join_marker(pieces: &mut Vec<Piece>) {
    let [marker, words, ..] = pieces.as_slice() else { return };
    let is_number = marker.text.len() <= 3 && marker.text.bytes().all(|byte| byte.is_ascii_digit());
    let is_marker = match mark(&marker.text) {
        Mark::Sure(length) | Mark::Roman { length, .. } => length == marker.text.len(),
        Mark::Letter { .. } => marker.text.len() == 2,
        Mark::Circle => true,
        Mark::None => marker.text == "o",
    };
    if !(is_marker || is_number) || words.ruled || words.left - marker.right > 6.0 * words.size {
        return;
    }
    let gap = if is_number || marker.text == "o" { "\t" } else { " " };
    let marker = pieces.remove(0);
    let words = &mut pieces[0];
    words.text = format!("{}{gap}{}", marker.text, words.text);
    words.inner = words.left;
    words.left = marker.left;
    words.first += marker.right - marker.left;
    words.starts_bold |= marker.starts_bold;
    words.order = words.order.min(marker.order);
}
