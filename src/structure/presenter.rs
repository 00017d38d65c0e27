//! Who presents an item, as the lines right under its heading say it. In: a document and lines of an item. Out: the
//! spans of those lines, each a name with a role or an organisation. Must never take a sentence for such a line.
//!
//! ```text
//! presenter = [ [ "Joint" ] "Report" ( "of" | "by" | "from" ) ] name ( "," | "from" | "–" | "(" | "of" ) words
//! ```

use super::attendance::starts_with_name;
use super::title::{after_report, reads_as_sentence};
use crate::lexicon::Lexicon;
use crate::model::{Document, Span};

/// A title without the presenter in brackets at its end ("Data update (Ada Fenn, Chair of the Panel)"), and that
/// presenter: a name in full with a post behind a comma.
pub(super) fn in_title(text: &str, title: Span, lexicon: &Lexicon) -> (Span, Option<Span>) {
    let words = title.of(text).trim_end_matches(['*', ' ']);
    let bracket = words.strip_suffix(')').and_then(|inner| inner.rfind('('));
    let Some(open) = bracket.filter(|open| *open > 0) else { return (title, None) };
    let inner = title.slice(open + 1, words.len() - 1).trim(text);
    let post = inner.of(text).split_once(',').map_or("", |(_, post)| post);
    let post: Vec<&str> = post.split_whitespace().collect();
    let has_post = lexicon.roles.within(&post).is_some_and(|role| role.head);
    if !has_post || !starts_with_name(text, inner, lexicon) {
        return (title, None);
    }
    let bare = words[..open].trim_end_matches([' ', '-', '–', ':']);
    (title.slice(0, bare.len()), Some(inner))
}

/// Lines right under a heading that name who presents the item: a name followed by a role or an organisation,
/// and no sentence.
pub(super) fn presenters(document: &Document, lines: std::ops::Range<usize>, lexicon: &Lexicon) -> Vec<Span> {
    let text = document.text.as_str();
    let mut found = Vec::new();
    for line in lines.take(3) {
        let l = &document.lines[line];
        let body = l.body(text);
        let words = body.of(text);
        let short = words.split_whitespace().count() <= 30;
        let from = words.contains(',')
            || words.contains(" from ")
            || words.contains(" – ")
            || words.contains(" - ")
            || words.contains('(')
            || words.contains(" of ");
        let announced =
            || reads_as_sentence(text, body) && !words.contains("will present") && !words.contains("to present");
        let named = after_report(text, body).unwrap_or(body);
        if !short || !from || l.cells.len() > 1 || announced() || !starts_with_name(text, named, lexicon) {
            break;
        }
        found.push(named);
    }
    found
}
