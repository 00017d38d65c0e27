//! Running headers, footers and page numbers.
//!
//! In: the rows of all pages. Out: the same rows without them, and their words. The header of the
//! first page stays: it may be the title. Never: take away what stands in the middle of a page.

use std::collections::HashMap;

use super::lines::Row;
use crate::read::layout::{faceless, is_page_number};

/// The rows of a page.
#[derive(Debug, Default)]
pub(super) struct PageRows {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) rows: Vec<Row>,
    /// Words of its header and footer.
    pub(super) furniture: Vec<String>,
}

/// Rows at an edge that are looked at, from the edge inwards.
const EDGE: usize = 4;
/// How far the same row may stand from where it stood on the page before.
const DRIFT: f32 = 9.0;

/// Takes the furniture out of the rows.
pub(super) fn remove(pages: &mut [PageRows]) {
    let mut seen: HashMap<(bool, String), (usize, usize, f32)> = HashMap::new();
    let enough = (pages.len() * 2 / 5).max(2);
    for (number, page) in pages.iter().enumerate() {
        for (at, is_top) in edges(page.rows.len()) {
            let row = &page.rows[at];
            let entry = seen.entry((is_top, faceless(&row.text()))).or_insert((0, number, row.y));
            let is_near = (entry.2 - row.y).abs() < DRIFT;
            entry.0 += if is_near && entry.1 + 1 == number { enough } else { 1 };
            (entry.1, entry.2) = (number, row.y);
        }
    }
    for (number, page) in pages.iter_mut().enumerate() {
        let repeated = |row: &Row, is_top: bool| {
            let text = row.text();
            let often = seen.get(&(is_top, faceless(&text))).is_some_and(|(count, ..)| *count >= enough);
            let is_marked = row.pieces.iter().all(|piece| piece.artifact);
            let margin = if is_top { row.y } else { page.height - row.y };
            let is_number = is_page_number(&text) && margin < page.height * 0.14;
            let is_outside = (often || is_marked) && margin < page.height * 0.25 && text.chars().count() <= 200;
            is_number || (is_outside && (number > 0 || !is_top))
        };
        let top = page.rows.iter().take(EDGE).take_while(|row| repeated(row, true)).count();
        let bottom = page.rows[top..].iter().rev().take(EDGE).take_while(|row| repeated(row, false)).count();
        let end = page.rows.len() - bottom;
        // A page that has nothing else is a list that repeats itself, unless the file marks it all.
        if top == end && number == 0 {
            continue;
        }
        let below = page.rows.split_off(end);
        let furniture = page.rows.drain(..top).chain(below);
        page.furniture = furniture.map(|row| row.text()).collect();
    }
}

fn edges(count: usize) -> impl Iterator<Item = (usize, bool)> {
    let edge = EDGE.min(count);
    (0..edge).map(|at| (at, true)).chain((count - edge..count).map(|at| (at, false)))
}
