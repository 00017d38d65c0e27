//! Who presents an item, as the lines right under its heading say it. In: a document and lines of an item. Out: the
//! spans of those lines, each a name with a role or an organisation. Must never take a sentence for such a line.
//!
//! ```text
//! presenter = [ [ "Joint" ] "Report" ( "of" | "by" | "from" ) ] name ( "," | "from" | "–" | "(" | "of" ) words
//! ```

use super::attendance::starts_with_name;
use super::outline::reads_as_sentence;
use crate::lexicon::Lexicon;
use crate::model::{Document, Span};

/// Whether a line says whose report an item is: "Report of Ada Fenn, Head of Housing".
pub(super) fn is_author(text: &str, body: Span, lexicon: &Lexicon) -> bool {
    after_report(text, body).is_some_and(|name| starts_with_name(text, name, lexicon))
}

/// What follows "Report of", "Joint report by" and the like at the start of a line.
fn after_report(text: &str, body: Span) -> Option<Span> {
    let words = body.of(text);
    let mut rest = words;
    for lead in ["Joint ", "joint ", "Report ", "report "] {
        rest = rest.strip_prefix(lead).unwrap_or(rest);
    }
    let lead = ["of ", "by ", "from ", "of the ", "by the "].into_iter().find(|lead| rest.starts_with(lead))?;
    let is_report = words.len() - rest.len() >= "report ".len();
    is_report.then(|| body.slice(words.len() - rest.len() + lead.len(), words.len()).trim(text))
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
            reads_as_sentence(text, body) && !words.contains("will present") && !words.contains("to present");
        let named = after_report(text, body).unwrap_or(body);
        if !short || !from || announced || l.cells.len() > 1 || !starts_with_name(text, named, lexicon) {
            break;
        }
        found.push(named);
    }
    found
}
