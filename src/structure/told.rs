//! Attendance that items and sentences tell: the people under an item called "Apologies", and sentences of apology.

use super::attendance::{is_listing, starts_with_name};
use super::heading::{Lead, is_apology, within};
use crate::lexicon::{Lexicon, fold};
use crate::model::{Block, Document, Entry, Form, Item, Line, Status};
use crate::text::name::{Context, names};
use crate::text::sentence::sentences;

/// Adds what items and sentences tell: the people under an item called "Apologies" or "Present", and sentences of
/// apology anywhere before the business proper or inside an item.
pub(super) fn told(document: &Document, items: &[Item], taken: &[bool], lexicon: &Lexicon, blocks: &mut Vec<Block>) {
    let text = document.text.as_str();
    for (number, item) in items.iter().enumerate() {
        let title = Lead {
            span: item.title,
            rest: item.title,
            says: match within(text, item.title, lexicon) {
                Some(found) => found.says,
                None if is_about_apologies(item.title.of(text)) => continue,
                None => continue,
            },
        };
        let under: Vec<usize> = item.lines.clone().skip(1).filter(|l| !taken[*l]).collect();
        let rest = within(text, item.title, lexicon).map(|l| l.rest).filter(|r| !r.is_empty());
        let mut block = Block {
            heading: Some(item.title),
            status: title.says.status,
            capacity: title.says.capacity,
            chair: title.says.chair,
            organisation: None,
            form: Form::Run,
            entries: Vec::new(),
            item: Some(number),
        };
        for span in rest.into_iter().chain(under.iter().map(|l| document.lines[*l].body(text))) {
            let line = Line { span, ..Line::default() };
            if is_listing(text, &line, lexicon)
                && !is_nobody(span.of(text))
                && within(text, span, lexicon).is_none_or(|l| l.says.status == block.status)
            {
                block.entries.push(Entry { span, cells: Vec::new(), status: None });
            }
        }
        if let Some(cells) = under.first().map(|l| &document.lines[*l].cells).filter(|c| c.len() > 1) {
            let _ = cells;
            block.form = Form::List;
        }
        let names_somebody = block.entries.iter().any(|e| starts_with_name(text, e.span, lexicon));
        if names_somebody {
            blocks.push(block);
        }
    }
    // Sentences, wherever no block has them.
    for (number, line) in document.lines.iter().enumerate() {
        if taken[number] {
            continue;
        }
        let words = line.span.of(text);
        if !contains_apology(words) {
            continue;
        }
        for sentence in sentences(text, line.body(text)) {
            let is_title = names(text, sentence, Context::Prose, lexicon).is_empty()
                && items.iter().any(|i| {
                    i.title.contains(sentence) || sentence.contains(i.title) && sentence.len() < i.title.len() + 4
                });
            if is_title
                || is_correction(sentence.of(text))
                || !is_apology(sentence.of(text))
                || blocks.iter().any(|b| b.entries.iter().any(|e| e.span.overlaps(sentence)))
            {
                continue;
            }
            blocks.push(Block {
                heading: None,
                status: Status::Apologies,
                capacity: None,
                chair: false,
                organisation: None,
                form: Form::Run,
                entries: vec![Entry { span: sentence, cells: Vec::new(), status: None }],
                item: items.iter().rposition(|i| i.span.contains(sentence)),
            });
        }
    }
    blocks.sort_by_key(|b| (b.entries.first().map(|e| e.span.start), b.heading.map(|h| h.start)));
}

fn is_about_apologies(title: &str) -> bool {
    fold(title).contains("apologies")
}

/// Whether a sentence speaks of what the minutes of an earlier meeting should have said.
fn is_correction(words: &str) -> bool {
    let folded = fold(words);
    [
        "should have been",
        "had not been recorded",
        "not been recorded",
        "been omitted",
        "were omitted",
        "for that meeting",
        "was omitted",
        "be amended",
        "were amended",
        "subject to",
    ]
    .iter()
    .any(|w| folded.contains(w))
}

/// A cheap test before sentences are split.
fn contains_apology(words: &str) -> bool {
    memchr::memmem::find(words.as_bytes(), b"polog").is_some()
        || memchr::memmem::find(words.as_bytes(), b"POLOG").is_some()
}

/// Whether an entry says that there is nobody.
fn is_nobody(words: &str) -> bool {
    let folded = fold(words);
    matches!(
        folded.trim_matches(|c: char| !c.is_alphanumeric()),
        "none" | "nil" | "no apologies" | "none received" | "n/a" | "there were none"
    )
}
