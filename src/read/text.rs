//! Plain text: decoding, and physical lines as they stand.
//!
//! In: bytes in any encoding. Out: a [`Reading`]. The text stays as it is but for line ends, spaces that
//! are not plain, control characters, and the line breaks that the layout joins.
//! Never: drop a word, or take bytes that are no text for text.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::clean::{PAGE, clean};
use super::layout::{Break, Layout, Physical};
use super::{Format, Likeness, ReadError, Reading};

/// The row of plain text.
pub(super) const FORMAT: Format = Format {
    name: "text",
    extensions: &["txt", "text", "asc", "log"],
    media_type: "text/plain",
    recognises,
    read,
    about: "Plain text in UTF-8, UTF-16, Windows-1252 and other encodings, wrapped or not, with columns by tabs or spaces",
};

/// How much of a source is looked at to find out what it is.
const SAMPLE: usize = 64 << 10;

pub(super) fn recognises(bytes: &[u8]) -> Likeness {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if super::foreign::is_not_text(sample) {
        return Likeness::No;
    }
    if Encoding::for_bom(sample).is_some() || wide(sample).is_some() {
        return Likeness::Weak;
    }
    // Without branches, so that many bytes are looked at in one step.
    let is_control = |byte: u8| (byte < 0x20) & !((byte.wrapping_sub(0x09) < 5) | (byte.wrapping_sub(0x1a) < 2));
    let controls: usize =
        sample.chunks(255).map(|few| usize::from(few.iter().map(|b| u8::from(is_control(*b))).sum::<u8>())).sum();
    if memchr::memchr(0, sample).is_some() || controls * 50 > sample.len() { Likeness::No } else { Likeness::Weak }
}

pub(super) fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    if recognises(bytes) == Likeness::No {
        return Err(ReadError::Unknown);
    }
    Ok(layout(&clean(&decode(bytes))).finish())
}

/// Text of bytes: by byte order mark, by the zeros of UTF-16, as UTF-8 if it is that, else by guess.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Some(encoding) = wide(&bytes[..bytes.len().min(SAMPLE)]) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    // One bad byte in a long text makes it no less UTF-8: count what would be lost.
    let (text, _) = UTF_8.decode_without_bom_handling(bytes);
    let lost = text.chars().filter(|&character| character == '\u{fffd}').count();
    let kept = text.chars().filter(|&character| !character.is_ascii() && character != '\u{fffd}').count();
    if lost * 10 < kept {
        return text;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny).decode_without_bom_handling(bytes).0
}

/// UTF-16 without a mark: most characters of the minutes that we know have a zero as their high byte.
fn wide(sample: &[u8]) -> Option<&'static Encoding> {
    memchr::memchr(0, sample)?;
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    if half < 2 {
        return None;
    }
    if odd * 10 > half * 7 && even * 20 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 7 && odd * 20 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The physical lines of a cleaned text.
pub(super) fn layout(text: &str) -> Layout {
    let mut layout = Layout { raw: text.to_owned(), page: u32::from(text.contains(PAGE)), ..Layout::default() };
    let mut before = Break::Soft;
    let mut at = 0;
    let ends = memchr::memchr2_iter(b'\n', PAGE as u8, text.as_bytes()).map(|end| end + 1);
    for end in ends.chain([text.len()]) {
        let (start, piece) = (at, &text[at..end]);
        at = end;
        let words = piece.trim();
        if words.is_empty() {
            before = before.max(Break::Paragraph);
        } else {
            let lead = piece.len() - piece.trim_start().len();
            layout.lines.push(Physical {
                words: start + lead..start + lead + words.len(),
                indent: columns_of(&piece[..lead]),
                before,
                page: layout.page,
                ..Physical::default()
            });
            before = Break::Soft;
        }
        if piece.ends_with(PAGE) {
            before = Break::Page;
            layout.page += 1;
        }
    }
    layout
}

/// The width of leading white space; a tab goes to the next multiple of eight.
fn columns_of(space: &str) -> u16 {
    let width = space.chars().fold(0_usize, |width, space| if space == '\t' { (width / 8 + 1) * 8 } else { width + 1 });
    width.min(usize::from(u16::MAX)) as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tests::show;
    use expect_test::{Expect, expect};

    fn check(bytes: &[u8], expected: &Expect) {
        expected.assert_eq(&show(&read(bytes).unwrap()));
    }

    #[test]
    fn encodings_are_found() {
        let expected = || {
            expect![[r#"
            text "Council Ó Briain – “agreed” £5"
        "#]]
        };
        let text = "Council Ó Briain – “agreed” £5";
        check(text.as_bytes(), &expected());
        check(format!("\u{feff}{text}").as_bytes(), &expected());
        check(&encoding_rs::WINDOWS_1252.encode(text).0, &expected());
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&little, &expected());
        let big: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        check(&big, &expected());
    }

    #[test]
    fn lines_have_markers_cells_gaps_and_indents() {
        check(
            b"Present\r\n\r\nMs A. Lee\tTown Council\r\n  14. WELCOME\n\n(a)\tAll were welcomed\x0cPage two",
            &expect![[r#"
                text "Present" p1
                text gap | Ms A. Lee | Town Council | p1
                text in2 <14.> "WELCOME" p1
                text gap <(a)> "All were welcomed" p1
                text gap "Page two" p2
            "#]],
        );
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert_eq!(read(b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x03\x00").unwrap_err(), ReadError::Unknown);
    }
}
