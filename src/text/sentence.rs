//! Sentences of a text.

use crate::model::Span;

/// Words after which a full stop does not end a sentence.
const ABBREVIATED: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "cllr", "cllrs", "rev", "revd", "hon", "st", "no", "nos", "para", "paras", "cr",
    "ch", "supt", "insp", "det", "sgt", "sup", "co", "ltd", "inc", "dept", "approx", "etc", "eg", "e.g", "i.e", "ie",
    "vs", "messrs", "capt", "col", "lt", "gen", "ald", "jnr", "snr", "jr", "sr", "ref", "min", "tel", "fr", "cyng",
];

/// The sentences within `span`, trimmed, in order. A full stop, question or exclamation mark ends one where
/// white space and no lower-case letter follow, except after a title, an initial or a number's marker;
/// a line break with a blank line ends one too.
pub fn sentences(text: &str, span: Span) -> Vec<Span> {
    let words = span.of(text);
    let bytes = words.as_bytes();
    let mut found = Vec::new();
    let mut start = 0;
    let mut from = 0;
    while let Some(at) = memchr::memchr3(b'.', b'?', b'!', &bytes[from..]).map(|i| i + from) {
        from = at + 1;
        // Closing quotes and brackets belong to the sentence that they close.
        let mut end = at + 1;
        while let Some(c) = words[end..].chars().next().filter(|c| matches!(c, '"' | '\'' | '”' | '’' | ')' | ']'))
        {
            end += c.len_utf8();
        }
        let rest = &words[end..];
        if !rest.starts_with([' ', '\n', '\t']) {
            continue;
        }
        if rest.trim_start().starts_with(|c: char| c.is_lowercase()) {
            continue;
        }
        if bytes[at] == b'.' && is_abbreviated(&words[start..at]) {
            continue;
        }
        push(text, span.slice(start, end), &mut found);
        start = end;
        from = end;
    }
    push(text, span.slice(start, words.len()), &mut found);
    found
}

fn push(text: &str, span: Span, found: &mut Vec<Span>) {
    let span = span.trim(text);
    if !span.is_empty() {
        found.push(span);
    }
}

/// Whether the full stop after these words belongs to their last one.
fn is_abbreviated(before: &str) -> bool {
    let start = before.rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '/' | ',')).map_or(0, |i| i + 1);
    let word = &before.get(start..).unwrap_or("");
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        // An initial: `D.`; but `item A.` at the end of a sentence is rare enough to lose.
        (Some(c), None) => c.is_uppercase(),
        (Some(c), Some('.')) if c.is_alphabetic() && word.len() <= 7 => true,
        _ => ABBREVIATED.iter().any(|a| word.eq_ignore_ascii_case(a)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(text, Span::new(0, text.len())).iter().map(|s| s.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn times_end_a_sentence() {
        check("It closed at 7.40pm. The next is in May.", &["It closed at 7.40pm.", "The next is in May."]);
    }

    #[test]
    fn titles_and_initials_do_not_end_a_sentence() {
        check(
            "Mr. D. Hale spoke. Cllr. Ames (Ch. Supt. of X.) left at 3.15 p.m. and returned. “Why?” Nobody knew",
            &[
                "Mr. D. Hale spoke.",
                "Cllr. Ames (Ch. Supt. of X.) left at 3.15 p.m. and returned.",
                "“Why?”",
                "Nobody knew",
            ],
        );
    }
}
