//! A font of a PDF as far as text needs it: which letters a code shows, how far it moves on, and
//! whether the font is a bold one.
//!
//! In: a font's dictionary. Out: a [`Font`]. Never: draw a glyph.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use lopdf::{Dictionary, Object};

use super::cmap::CMap;
use super::encoding::{Table, letters_of_glyphs, table};
use super::open::File;

/// A font.
pub(super) struct Font {
    /// Whether it is bold.
    pub(super) bold: bool,
    /// What a code moves on by, in thousandths of the size; by code, or by glyph for two-byte fonts.
    widths: BTreeMap<u32, f32>,
    /// What other codes move on by.
    width: f32,
    kind: Kind,
    /// Letters by the font's own map.
    unicode: CMap,
}

enum Kind {
    Simple(Table),
    Composite {
        map: CMap,
        /// Letters by the font program.
        letters: BTreeMap<u16, String>,
    },
}

/// One code of a string.
pub(super) struct Code {
    /// Bytes that it takes up.
    pub(super) length: usize,
    /// How far it moves on, in sizes.
    pub(super) width: f32,
    /// What it shows; none where nothing tells.
    pub(super) letters: Option<String>,
    /// Whether it is the one-byte code 32, which word spacing widens.
    pub(super) is_space: bool,
}

impl Font {
    pub(super) fn read(file: &File, dict: &Dictionary) -> Self {
        let subtype = file.name(dict, b"Subtype").unwrap_or_default();
        let unicode =
            file.stream(dict, b"ToUnicode").map(|stream| CMap::parse(&file.unpack(stream))).unwrap_or_default();
        let descendant = match file.get(dict, b"DescendantFonts") {
            Some(Object::Array(fonts)) => fonts.first().and_then(|font| file.follow(font)?.as_dict().ok()),
            Some(Object::Dictionary(font)) => Some(font),
            _ => None,
        };
        let name = file.name(dict, b"BaseFont").or_else(|| file.name(descendant?, b"BaseFont")).unwrap_or_default();
        let name = String::from_utf8_lossy(name).to_lowercase();
        let descriptor = file.dict(descendant.unwrap_or(dict), b"FontDescriptor");
        let bold = is_bold(&name, file, descriptor);
        if subtype == b"Type0"
            && let Some(descendant) = descendant
        {
            let map = match file.get(dict, b"Encoding") {
                Some(Object::Stream(stream)) => CMap::parse(&file.unpack(stream)),
                _ => CMap::identity(),
            };
            let letters = if unicode.is_empty() { program(file, descriptor) } else { None };
            let letters = letters.map(|program| letters_of_glyphs(&program)).unwrap_or_default();
            return Self {
                bold,
                widths: composite_widths(file, descendant),
                width: file.number(descendant, b"DW").unwrap_or(1000.0),
                kind: Kind::Composite { map, letters },
                unicode,
            };
        }
        let needs_program = !matches!(file.get(dict, b"Encoding"), Some(Object::Name(_)));
        let program = if needs_program && unicode.is_empty() { program(file, descriptor) } else { None };
        let table = table(file, dict, program.as_deref());
        let mut widths = simple_widths(file, dict);
        if widths.is_empty() {
            widths = standard_widths(&name, &table);
        }
        let scale = match file.numbers::<6>(dict, b"FontMatrix") {
            Some(matrix) if subtype == b"Type3" && matrix[0] != 0.0 => matrix[0] * 1000.0,
            _ => 1.0,
        };
        widths.values_mut().for_each(|width| *width *= scale);
        let missing = descriptor.and_then(|descriptor| file.number(descriptor, b"MissingWidth"));
        let width = missing.unwrap_or(if widths.is_empty() { 500.0 } else { 0.0 });
        Self { bold, widths, width, kind: Kind::Simple(table), unicode }
    }

    /// The first code of a string that is not empty.
    pub(super) fn code(&self, bytes: &[u8]) -> Code {
        let (code, length, glyph) = match &self.kind {
            Kind::Simple(_) => (bytes[0].into(), 1, bytes[0].into()),
            Kind::Composite { map, .. } => {
                let (code, length) = map.code(bytes);
                (code, length.max(1), map.glyph(code).unwrap_or(code))
            }
        };
        let is_seen = |letters: &String| letters.chars().any(|letter| !letter.is_control() && letter != '\u{fffd}');
        let letters = self.unicode.letters(code).filter(is_seen).or_else(|| match &self.kind {
            Kind::Simple(table) => table.get(code as usize)?.clone(),
            Kind::Composite { letters, .. } => letters.get(&u16::try_from(glyph).ok()?).cloned(),
        });
        let width = self.widths.get(&glyph).copied().unwrap_or(self.width) / 1000.0;
        Code { length, width, letters, is_space: length == 1 && code == 32 }
    }
}

fn is_bold(name: &str, file: &File, descriptor: Option<&Dictionary>) -> bool {
    const BOLD: &[&str] = &["bold", "black", "heavy", "demi"];
    let says = |key: &[u8]| descriptor.and_then(|descriptor| file.number(descriptor, key));
    let flags = says(b"Flags").unwrap_or(0.0) as i64;
    BOLD.iter().any(|bold| name.contains(bold))
        || says(b"FontWeight").is_some_and(|w| w >= 600.0)
        || flags >> 18 & 1 == 1
}

fn program(file: &File, descriptor: Option<&Dictionary>) -> Option<Vec<u8>> {
    let keys: [&[u8]; 3] = [b"FontFile2", b"FontFile3", b"FontFile"];
    let stream = keys.iter().find_map(|key| file.stream(descriptor?, key))?;
    Some(file.unpack(stream)).filter(|program| !program.is_empty())
}

fn simple_widths(file: &File, dict: &Dictionary) -> BTreeMap<u32, f32> {
    let first = file.number(dict, b"FirstChar").unwrap_or(0.0).clamp(0.0, 255.0) as u32;
    let widths = file.get(dict, b"Widths").and_then(|widths| widths.as_array().ok());
    let width = |object: &Object| file.follow(object).and_then(|width| width.as_float().ok()).unwrap_or(0.0);
    (first..256).zip(widths.into_iter().flatten().map(width)).collect()
}

/// `[1 [500 600] 10 20 500]`: lists from a glyph on, and ranges of one width.
fn composite_widths(file: &File, dict: &Dictionary) -> BTreeMap<u32, f32> {
    let mut widths = BTreeMap::new();
    let Some(Object::Array(list)) = file.get(dict, b"W") else { return widths };
    let mut rest = list.as_slice();
    while let [first, second, after @ ..] = rest {
        let number = |object: &Object| file.follow(object).and_then(|number| number.as_float().ok());
        let Some(from) = number(first).filter(|from| (0.0..=65_535.0).contains(from)) else { break };
        match (file.follow(second), after) {
            (Some(Object::Array(list)), _) => {
                widths.extend((from as u32..=0xffff).zip(list.iter().map(|width| number(width).unwrap_or(0.0))));
                rest = after;
            }
            (Some(last), [width, after @ ..]) => {
                let last = last.as_float().unwrap_or(0.0).min(65_535.0) as u32;
                let width = number(width).unwrap_or(0.0);
                widths.extend((from as u32..=last).map(|glyph| (glyph, width)));
                rest = after;
            }
            _ => break,
        }
    }
    widths
}

/// Widths of the standard fonts, which a file need not give: a row for each letter.
static WIDTHS: LazyLock<BTreeMap<char, Vec<f32>>> = LazyLock::new(|| {
    let row = |line: &str| {
        let (letter, widths) = line.split_once(',')?;
        let letter = char::from_u32(u32::from_str_radix(letter, 16).ok()?)?;
        Some((letter, widths.split(',').filter_map(|width| width.parse().ok()).collect()))
    };
    include_str!("widths.csv").lines().skip(1).filter_map(row).collect()
});

/// Widths by what the font's name says of it; those of Helvetica where it says nothing.
fn standard_widths(name: &str, table: &Table) -> BTreeMap<u32, f32> {
    let (is_bold, is_slanted) = (name.contains("bold"), name.contains("italic") || name.contains("oblique"));
    let column = match (name.contains("times") || name.contains("serif"), is_bold, is_slanted) {
        (false, false, _) => 0,
        (false, true, _) => 1,
        (true, false, false) => 2,
        (true, true, false) => 3,
        (true, false, true) => 4,
        (true, true, true) => 5,
    };
    let is_even = name.contains("courier") || name.contains("mono");
    let width = |letters: &String| {
        let letter = letters.chars().next()?;
        if is_even { Some(600.0) } else { WIDTHS.get(&letter)?.get(column).copied() }
    };
    let widths = (0..).zip(table).map(|(code, letters)| (code, letters.as_ref().and_then(width).unwrap_or(500.0)));
    widths.collect()
}
