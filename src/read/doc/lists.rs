//! The lists of a DOC file.
//!
//! In: the tables of list definitions and of their uses. Out: the levels of each list.
//! Never: fail; a list that cannot be read has no markers.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::Fib;
use super::bytes::Bytes;
use crate::read::numbering::{Level, Numeral};

/// A list as a paragraph names it.
#[derive(Clone, Debug)]
pub(super) struct List {
    /// The key under which it counts.
    pub(super) key: u32,
    pub(super) levels: Rc<Vec<Level>>,
    /// Levels that begin anew with a number when the list begins.
    pub(super) restarts: Vec<(usize, u32)>,
}

/// All lists.
#[derive(Debug, Default)]
pub(super) struct Lists(Vec<List>);

const DEFINITIONS: usize = 73;
const USES: usize = 74;

/// Bytes of the fixed part of a level.
const LEVEL: usize = 28;

impl Lists {
    pub(super) fn new(fib: &Fib<'_>) -> Self {
        Self(parse(fib).unwrap_or_default())
    }

    /// A list by its number, from 1.
    pub(super) fn list(&self, number: u16) -> Option<&List> {
        self.0.get(usize::from(number).checked_sub(1)?)
    }
}

fn parse(fib: &Fib<'_>) -> Option<Vec<List>> {
    let table = fib.table(DEFINITIONS)?;
    // The levels follow the table, beyond the length that is given for it.
    let start = fib.head.u32(0x9a + DEFINITIONS * 8)? as usize;
    let all = fib.table.part(start, usize::MAX)?;
    let count = usize::from(table.u16(0)?);
    let mut at = 2 + count * LEVEL;
    let mut definitions: FxHashMap<u32, Rc<Vec<Level>>> = FxHashMap::default();
    for definition in 0..count {
        let entry = all.part(2 + definition * LEVEL, LEVEL)?;
        let is_simple = entry.u8(26)? & 1 != 0;
        let mut levels = Vec::new();
        for _ in 0..if is_simple { 1 } else { 9 } {
            let Some((level, length)) = all.part(at, usize::MAX).and_then(level) else { break };
            levels.push(level);
            at += length;
        }
        definitions.insert(entry.u32(0)?, Rc::new(levels));
    }
    let uses = fib.table(USES)?;
    let count = uses.u32(0)?.min(0x07fe) as usize;
    let mut at = 4 + count * 16;
    let mut lists = Vec::new();
    for number in 0..count {
        let entry = uses.part(4 + number * 16, 16)?;
        let key = entry.u32(0)?;
        let mut list = List { key, levels: definitions.get(&key).cloned().unwrap_or_default(), restarts: Vec::new() };
        let changes = usize::from(entry.u8(12).unwrap_or(0)).min(9);
        at += 4;
        for _ in 0..changes {
            let (Some(start), Some(flags)) = (uses.u32(at), uses.u32(at + 4)) else { break };
            at += 8;
            let place = (flags & 0x0f) as usize;
            if flags & 0x20 != 0 {
                let Some((level, length)) = uses.part(at, usize::MAX).and_then(level) else { break };
                at += length;
                let levels = Rc::make_mut(&mut list.levels);
                if levels.len() <= place && place < 9 {
                    levels.resize(place + 1, Level::default());
                }
                if let Some(of) = levels.get_mut(place) {
                    *of = level;
                }
            } else if flags & 0x10 != 0 {
                list.restarts.push((place, start));
            }
        }
        lists.push(list);
    }
    Some(lists)
}

/// A level and its length in bytes.
fn level(bytes: Bytes<'_>) -> Option<(Level, usize)> {
    let numeral = match bytes.u8(4)? {
        1 => Numeral::UpperRoman,
        2 => Numeral::LowerRoman,
        3 => Numeral::Upper,
        4 => Numeral::Lower,
        5 => Numeral::Ordinal,
        22 => Numeral::Padded,
        23 => Numeral::Bullet,
        255 => Numeral::Nothing,
        _ => Numeral::Decimal,
    };
    let is_legal = bytes.u8(5)? & 4 != 0;
    let looks = usize::from(bytes.u8(24)?) + usize::from(bytes.u8(25)?);
    let at = LEVEL + looks;
    let count = usize::from(bytes.u16(at)?);
    let units = (0..count).filter_map(|unit| bytes.u16(at + 2 + unit * 2));
    let mut template = String::new();
    for character in char::decode_utf16(units).flatten() {
        match character as u32 {
            // The number of a level stands as the level itself, from nought.
            place @ 0..=8 => {
                template.push('%');
                template.push(char::from(b'1' + place as u8));
            }
            _ => template.push(character),
        }
    }
    Some((Level { numeral, start: bytes.u32(0)?, template, is_legal }, at + 2 + count * 2))
}
