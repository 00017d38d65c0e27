//! Attendance in front matter. In: the metadata of a document. Out: blocks without a heading, one for each key that
//! says who came (`attendees`, `apologies`, `chair`, `directors`).

use super::attendance::Listed;
use crate::lexicon::Lexicon;
use crate::model::{Block, Document, Entry, Form};

/// Attendance that stands in front matter: `attendees`, `apologies`, `chair`, `directors`.
pub(super) fn metadata(document: &Document, lexicon: &Lexicon, listed: &mut Listed) {
    for datum in &document.metadata {
        let key = datum.key.replace(['-', '_'], " ");
        let says = match lexicon.headings.get(&key) {
            Some(says) => says,
            None => match key.as_str() {
                "directors" | "members" | "trustees" | "governors" | "councillors" => {
                    match lexicon.headings.get("members present") {
                        Some(says) => says,
                        None => continue,
                    }
                }
                _ => continue,
            },
        };
        if matches!(key.as_str(), "minutes" | "date" | "title") {
            continue;
        }
        let new = Entry { span: datum.value, cells: Vec::new(), status: None };
        match listed.blocks.last_mut().filter(|b| {
            b.heading.is_none() && b.status == says.status && b.capacity == says.capacity && b.chair == says.chair
        }) {
            Some(block) => block.entries.push(new),
            None => listed.blocks.push(Block {
                heading: None,
                status: says.status,
                capacity: says.capacity,
                chair: says.chair,
                organisation: None,
                form: Form::List,
                entries: vec![new],
                item: None,
            }),
        }
        if let Some(line) = document.lines.iter().position(|l| l.span.contains(datum.value)) {
            listed.lines[line] = true;
        }
    }
}
