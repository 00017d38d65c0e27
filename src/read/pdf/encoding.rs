//! The letters of codes in fonts that bring no map: named encodings, names of glyphs, and what the
//! font program itself knows.
//!
//! In: a font's dictionary. Out: letters for each of 256 codes, or for the numbers of glyphs.
//! Never: guess a letter that neither the file nor a standard gives.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, dictionary};
use ttf_parser::{Face, GlyphId, PlatformId, cff};

use super::open::File;

/// Letters for each code.
pub(super) type Table = Vec<Option<String>>;

/// The letters of a font of one-byte codes.
pub(super) fn table(file: &File, font: &Dictionary, program: Option<&[u8]>) -> Table {
    let encoding = file.get(font, b"Encoding");
    let (name, differences) = match encoding {
        Some(Object::Name(name)) => (Some(name.as_slice()), None),
        Some(Object::Dictionary(dict)) => {
            (file.name(dict, b"BaseEncoding"), file.get(dict, b"Differences").and_then(|list| list.as_array().ok()))
        }
        _ => (None, None),
    };
    let symbol = symbol_font(file, font);
    let mut table = match name {
        Some(name @ (b"WinAnsiEncoding" | b"MacRomanEncoding" | b"MacExpertEncoding" | b"StandardEncoding")) => {
            standard(name)
        }
        _ if symbol => (0..256).map(|code| char::from_u32(0xf000 + code).map(String::from)).collect(),
        _ => {
            // The encoding that the font program has; where it is silent, the standard one.
            let own = program.map(built_in).unwrap_or_default();
            let mut table = standard(b"StandardEncoding");
            for (code, letters) in own {
                table[usize::from(code)] = Some(letters);
            }
            table
        }
    };
    let mut code = 0_usize;
    for entry in differences.into_iter().flatten() {
        match file.follow(entry) {
            Some(Object::Integer(number)) => code = usize::try_from(*number).unwrap_or(256),
            Some(Object::Name(name)) => {
                if let Some(slot) = table.get_mut(code) {
                    *slot = name_to_letters(name).or_else(|| slot.take().filter(|_| symbol));
                }
                code += 1;
            }
            _ => {}
        }
    }
    table
}

/// Fonts whose codes are pictures: their letters are the private ones that such fonts have.
fn symbol_font(file: &File, font: &Dictionary) -> bool {
    let name = String::from_utf8_lossy(file.name(font, b"BaseFont").unwrap_or_default()).to_lowercase();
    ["symbol", "wingdings", "webdings", "dingbats"].iter().any(|symbol| name.contains(symbol))
}

/// One of the encodings of the PDF standard, from the tables that `lopdf` has.
fn standard(name: &[u8]) -> Table {
    let document = Document::new();
    let font = dictionary! { "Type" => "Font", "Encoding" => Object::Name(name.to_vec()) };
    let Ok(encoding) = font.get_font_encoding(&document) else { return vec![None; 256] };
    let letters = |code: u8| Document::decode_text(&encoding, &[code]).ok().filter(|letters| !letters.is_empty());
    let mut table: Table = (0..=255).map(letters).collect();
    if name == b"WinAnsiEncoding" {
        // A soft hyphen of a PDF is seen; codes without a letter are bullets (ISO 32000-1, D.2).
        table[0xad] = Some("-".to_owned());
        table[0xa0] = Some(" ".to_owned());
        for code in [0x7f, 0x81, 0x8d, 0x8f, 0x90, 0x9d] {
            table[code] = Some("•".to_owned());
        }
    }
    table
}

/// The letters that the name of a glyph stands for: `eacute`, `uni00E9`, `u1F600`, `f_i`, `a.alt`.
pub(super) fn name_to_letters(name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    let base = name.split('.').next().filter(|base| !base.is_empty())?;
    let mut letters = String::new();
    for part in base.split('_') {
        let hexadecimal = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
        if let Some(digits) = part.strip_prefix("uni").filter(|digits| digits.len() >= 4 && digits.len() % 4 == 0) {
            letters.extend(digits.as_bytes().chunks(4).filter_map(|four| hexadecimal(std::str::from_utf8(four).ok()?)));
        } else if let Some(letter) =
            part.strip_prefix('u').filter(|digits| (4..=6).contains(&digits.len())).and_then(hexadecimal)
        {
            letters.push(letter);
        } else {
            letters.push_str(&listed(part)?);
        }
    }
    (!letters.is_empty()).then_some(letters)
}

/// A name of Adobe's list, which `lopdf` looks up for `Differences` alone. Code 1 has no letter of
/// its own, so that a name that is not listed gives none.
fn listed(name: &str) -> Option<String> {
    let document = Document::new();
    let differences = vec![Object::Integer(1), Object::Name(name.as_bytes().to_vec())];
    let font = dictionary! {
        "Type" => "Font",
        "Encoding" => dictionary! { "Type" => "Encoding", "Differences" => differences }
    };
    let encoding = font.get_font_encoding(&document).ok()?;
    Document::decode_text(&encoding, &[1]).ok().filter(|letters| !letters.is_empty())
}

/// Codes and letters by the font program: OpenType and TrueType, bare CFF, and Type 1 in clear text.
fn built_in(program: &[u8]) -> Vec<(u8, String)> {
    if let Ok(face) = Face::parse(program, 0) {
        let by_glyph = letters_of_glyphs(program);
        let Some(tables) = face.tables().cmap else { return Vec::new() };
        let tables: Vec<_> = tables.subtables.into_iter().collect();
        let glyph = |code: u8| {
            tables.iter().find_map(|table| {
                let symbol = table.glyph_index(0xf000 + u32::from(code));
                symbol.or_else(|| table.glyph_index(code.into()).filter(|_| table.platform_id == PlatformId::Macintosh))
            })
        };
        return (0..=255).filter_map(|code| Some((code, by_glyph.get(&glyph(code)?.0)?.clone()))).collect();
    }
    if let Some(table) = cff::Table::parse(program) {
        let letters = |code: u8| name_to_letters(table.glyph_name(table.glyph_index(code)?)?.as_bytes());
        return (0..=255).filter_map(|code| Some((code, letters(code)?))).collect();
    }
    type1(program)
}

/// `dup 65 /A put` in the clear part of a Type 1 program.
fn type1(program: &[u8]) -> Vec<(u8, String)> {
    let clear = &program[..memchr::memmem::find(program, b"eexec").unwrap_or(0)];
    let words: Vec<&[u8]> = clear.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).take(20_000).collect();
    let entry = |four: &[&[u8]]| {
        let [b"dup", code, name, b"put"] = four else { return None };
        let code = std::str::from_utf8(code).ok()?.parse().ok()?;
        Some((code, name_to_letters(name.strip_prefix(b"/")?)?))
    };
    words.windows(4).filter_map(entry).collect()
}

/// The letters of glyphs by number, as the font program has them: from its map, then from its names.
pub(super) fn letters_of_glyphs(program: &[u8]) -> BTreeMap<u16, String> {
    let mut letters = BTreeMap::new();
    let Ok(face) = Face::parse(program, 0) else {
        if let Some(table) = cff::Table::parse(program) {
            for glyph in 0..table.number_of_glyphs() {
                let name = table.glyph_name(GlyphId(glyph)).and_then(|name| name_to_letters(name.as_bytes()));
                letters.extend(name.map(|name| (glyph, name)));
            }
        }
        return letters;
    };
    if let Some(map) = face.tables().cmap {
        for table in map.subtables.into_iter().filter(ttf_parser::cmap::Subtable::is_unicode) {
            // Asking for each letter of two planes, as a table may claim to have four thousand million.
            for letter in '\u{20}'..'\u{1ffff}' {
                if let Some(glyph) = table.glyph_index(letter.into()) {
                    letters.entry(glyph.0).or_insert_with(|| letter.to_string());
                }
            }
        }
    }
    if letters.is_empty() {
        for glyph in 0..face.number_of_glyphs() {
            let name = face.glyph_name(GlyphId(glyph)).and_then(|name| name_to_letters(name.as_bytes()));
            letters.extend(name.map(|name| (glyph, name)));
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_glyphs_are_letters() {
        let shown: Vec<_> = ["eacute", "uni00E90041", "u1F600", "f_i", "a.alt", "fi", "g37", ".notdef", "bullet"]
            .iter()
            .map(|name| name_to_letters(name.as_bytes()).unwrap_or_default())
            .collect();
        assert_eq!(shown, ["é", "éA", "😀", "fi", "a", "ﬁ", "", "", "•"]);
    }

    #[test]
    fn the_named_encodings_are_whole() {
        let table = standard(b"WinAnsiEncoding");
        assert_eq!([table[0x41].as_deref(), table[0x92].as_deref()], [Some("A"), Some("’")]);
        assert_eq!(standard(b"MacRomanEncoding")[0x8e].as_deref(), Some("é"));
        assert_eq!(standard(b"StandardEncoding")[0x27].as_deref(), Some("’"));
    }
}
