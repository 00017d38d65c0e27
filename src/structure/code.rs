//! Numbers of items that are codes, or that no mark sets apart from the title: "21.44 FINANCE", "FC/21/7 Minutes",
//! "2021/44 Minutes", "77 Announcements".
//!
//! In: a line. Out: its code, by what stands before the last figures, and their value. Decides nothing: which codes run
//! through a document is for [`super::outline`].

use super::outline::Numbering;
use crate::model::{Line, LineKind, Span};

/// Longest code, in bytes.
const LONGEST: usize = 14;
/// Longest word of letters in a code.
const LETTERS: usize = 4;
/// Most figures of a number without anything beside it; four are a year.
const BARE: usize = 3;

/// The code at the start of a line.
pub(super) fn number<'t>(text: &'t str, line: &Line) -> Option<(Numbering<'t>, Span, u32)> {
    let words = line.span.of(text);
    let indent = words.len() - words.trim_start().len();
    let body = &words[indent..];
    let first = body.split([' ', '\t']).next().unwrap_or("");
    let code = first.trim_end_matches(['.', ':', ')']);
    let goes_on = body[first.len()..].trim_start();
    if code.len() > LONGEST || !goes_on.starts_with(char::is_uppercase) {
        return None;
    }
    let stem = code.trim_end_matches(|c: char| c.is_ascii_digit());
    let value = code[stem.len()..].parse().ok()?;
    let bare = stem.is_empty();
    // A marker that is no such code was read as one already.
    if line.marker.is_some() && (bare || !is_dotted(stem)) {
        return None;
    }
    let apart = line.gap || line.emphasis || matches!(line.kind, LineKind::Heading(_));
    let letters = stem.chars().filter(|c| c.is_alphabetic()).count();
    let known = stem.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase() || matches!(c, '/' | '.' | '-'))
        && letters <= LETTERS
        // "5.1" under "5." is a part; the year before a point has two figures.
        && (bare || letters > 0 || stem.contains(['/', '-']) || stem.trim_end_matches('.').len() >= 2);
    let fits = if bare { apart && code.len() <= BARE } else { known };
    let span = line.span.slice(indent, indent + code.len());
    fits.then_some((Numbering::Coded(stem), span, value))
}

/// Whether what stands before the last figures is figures and a point, as in "21.44", and as in the parts of a section.
pub(super) fn is_dotted(stem: &str) -> bool {
    stem.ends_with('.') && stem.chars().all(|c| c.is_ascii_digit() || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, u32)>) {
        let line = Line { span: Span::new(0, text.len()), gap: true, ..Line::default() };
        let found = number(text, &line).map(|(kind, _, value)| match kind {
            Numbering::Coded(stem) => (stem, value),
            _ => ("", value),
        });
        assert_eq!(found, expected, "in {text:?}");
    }

    #[test]
    fn codes() {
        check("21.44 ELECTION OF CHAIR", Some(("21.", 44)));
        check("2021/44 Minutes", Some(("2021/", 44)));
        check("FC/21/7. Minutes", Some(("FC/21/", 7)));
        check("77 Announcements", Some(("", 77)));
    }

    #[test]
    fn other_starts() {
        check("2019 Budget", None);
        check("5.1 Ferry", None);
        check("12 members voted", None);
        check("Garraí — Tŷ", None);
        check("9” Pipe", None);
        check("A longer line", None);
    }
}
