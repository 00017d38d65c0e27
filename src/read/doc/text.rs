//! The characters of a DOC file, and where in the file each of them stands.
//!
//! In: the piece table. Out: the characters in the order of the text.
//! Never: give more characters than the file can hold.

use std::ops::Range;

use super::Fib;
use super::bytes::Bytes;

/// The characters of all parts of the file, one after the other.
pub(super) struct Text {
    characters: Vec<char>,
    pieces: Vec<Piece>,
}

struct Piece {
    /// Which characters it holds.
    characters: Range<usize>,
    /// Where the first of them stands in the file.
    place: usize,
    /// Bytes of a character.
    width: usize,
}

/// The place of the piece table in the list of tables.
const CLX: usize = 33;

impl Text {
    pub(super) fn new(fib: &Fib<'_>) -> Option<Self> {
        let table = piece_table(fib.table(CLX)?)?;
        let count = table.len().checked_sub(4)? / 12;
        let mut text = Self { characters: Vec::new(), pieces: Vec::new() };
        // Pieces may lie anywhere; together they cannot hold more than the file does, twice over.
        let most = fib.head.len() * 2;
        for at in 0..count {
            let (start, end) = (table.u32(at * 4)? as usize, table.u32(at * 4 + 4)? as usize);
            let Some(place) = table.u32((count + 1) * 4 + at * 8 + 2) else { break };
            let length = end.checked_sub(start)?;
            let first = text.characters.len();
            let is_narrow = place & 0x4000_0000 != 0;
            let place = (place & 0x3fff_ffff) as usize;
            let (place, width) = if is_narrow { (place / 2, 1) } else { (place, 2) };
            let Some(bytes) = fib.head.part(place, length.saturating_mul(width)) else { continue };
            if is_narrow {
                let (words, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes.0);
                text.characters.extend(words.chars());
            } else {
                let (words, _) = bytes.0.as_chunks::<2>();
                let words: Vec<u16> = words.iter().map(|&pair| u16::from_le_bytes(pair)).collect();
                text.characters.extend(wide(&words));
            }
            let characters = first..text.characters.len();
            text.pieces.push(Piece { characters, place, width });
            if text.characters.len() > most {
                break;
            }
        }
        (!text.characters.is_empty()).then_some(text)
    }

    pub(super) fn len(&self) -> usize {
        self.characters.len()
    }

    /// A character; a paragraph mark beyond the end.
    pub(super) fn character(&self, at: usize) -> char {
        self.characters.get(at).copied().unwrap_or('\r')
    }

    /// Where a character stands in the file.
    pub(super) fn place(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|piece| piece.characters.end <= at);
        self.pieces.get(piece).map_or(0, |piece| piece.place + at.saturating_sub(piece.characters.start) * piece.width)
    }
}

/// One character for each unit, so that places can be counted: the second half of a pair is a character
/// that is not shown.
fn wide(units: &[u16]) -> Vec<char> {
    let mut characters = Vec::with_capacity(units.len());
    for unit in char::decode_utf16(units.iter().copied()) {
        let character = unit.unwrap_or('\u{fffd}');
        characters.push(character);
        if character.len_utf16() == 2 {
            characters.push('\u{1f}');
        }
    }
    characters
}

/// The piece table, after the properties that may stand before it.
fn piece_table(clx: Bytes<'_>) -> Option<Bytes<'_>> {
    let mut at = 0;
    loop {
        match clx.u8(at)? {
            1 => at += 3 + usize::from(clx.u16(at + 1)?),
            2 => return clx.part(at + 5, clx.u32(at + 1)? as usize),
            _ => return None,
        }
    }
}
