//! Cells of tables: what a spreadsheet must not run, and what no line may hold.
//!
//! Identifiers of documents pass through [`plain`] both in the tables and as file names under `text/`,
//! so that `text/<document>.txt` holds for every row, whatever a source is called.

use std::borrow::Cow;

/// Text that may be changed where a spreadsheet would take it for a formula: control characters become
/// spaces, and a leading `=`, `+`, `-` or `@` is defused with an apostrophe.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let formula = text.starts_with(['=', '+', '-', '@']) || text.starts_with(char::is_control);
    if !formula && !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let words = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    Cow::Owned(formula.then_some('\'').into_iter().chain(words).collect())
}

/// Text that XML can hold: other control characters have no form in it at all. No text of a document has any.
pub(super) fn xml(text: &str) -> Cow<'_, str> {
    let lost = |c: char| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    if text.contains(lost) { Cow::Owned(text.replace(lost, "")) } else { Cow::Borrowed(text) }
}

/// Text that must equal the words of the document. Extraction quotes no words that start as a formula does.
pub(super) fn exact(text: &str) -> String {
    debug_assert!(!text.starts_with(['=', '+', '@']), "quoted words start like a formula: {text:?}");
    text.to_owned()
}

/// Something that can be written, or nothing where it is unknown.
pub(super) fn maybe<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |v| v.to_string())
}

/// `1` or `0`.
pub(super) fn flag(value: bool) -> String {
    String::from(if value { "1" } else { "0" })
}

/// Joins with `; `, without a second copy of the same.
pub(super) fn joined<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for part in parts {
        if !part.is_empty() && !seen.contains(&part) {
            seen.push(part);
        }
    }
    plain(&seen.join("; ")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_control_characters_never_written() {
        assert_eq!(plain("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(plain("\t=1+1"), "' =1+1");
        assert_eq!(plain("a\nb\u{7}"), "a b ");
        assert_eq!(plain("Jane Moore – A+B"), "Jane Moore – A+B");
    }
}
