//! Marks behind names, and the notes below the list that say what they mean.
//!
//! ```text
//! entry = name mark …            "Ewan McAllery**"
//! note  = mark words             "** left after item 3", a line of its own
//! mark  = "*" { "*" } | "†" | "‡" | "#"
//! ```
//!
//! In: the lines of a document; people as an entry gives them. Out: the people, with what the notes say of coming late,
//! leaving early, taking part from afar. A note that says something else says nothing here.

use super::description::Said;
use super::entry::Person;
use super::presence::coming_and_going;
use crate::lexicon::{Lexicon, fold};
use crate::model::{Document, Span};

/// A mark with what it means.
#[derive(Clone, Debug)]
pub(super) struct Note {
    mark: String,
    said: Vec<Said>,
}

/// The notes of a document: short lines that start with a mark and say something of presence.
pub(super) fn notes(document: &Document, lexicon: &Lexicon) -> Vec<Note> {
    const LONGEST: usize = 120;
    let text = document.text.as_str();
    let mut found: Vec<Note> = Vec::new();
    for line in &document.lines {
        let words = line.span.of(text);
        let marks = mark_of(words.trim_start());
        if marks.is_empty() || words.len() > LONGEST {
            continue;
        }
        let start = words.find(marks).map_or(0, |at| at + marks.len());
        let meaning = line.span.slice(start, words.len()).trim(text);
        let lead = meaning.of(text).len() - meaning.of(text).trim_start_matches([' ', '=', ':', '-', '–', '\t']).len();
        let meaning = meaning.slice(lead, meaning.len());
        let folded = fold(meaning.of(text));
        let said = coming_and_going(meaning, folded.trim_matches(|c: char| !c.is_alphanumeric()), lexicon);
        if let Some(said) = said
            && !found.iter().any(|n| n.mark == marks)
        {
            found.push(Note { mark: marks.to_owned(), said });
        }
    }
    found
}

/// Adds what the notes say of those whose names carry their marks.
pub(super) fn marked(text: &str, notes: &[Note], people: &mut [Person]) {
    if notes.is_empty() {
        return;
    }
    for person in people {
        let after = Span { start: person.name.span.end, end: text.len() as u32 };
        let mark = mark_of(after.of(text));
        if let Some(note) = notes.iter().find(|n| n.mark == mark) {
            person.said.extend(note.said.iter().cloned());
        }
    }
}

/// The mark with which words start; empty where there is none.
fn mark_of(words: &str) -> &str {
    let stars = words.len() - words.trim_start_matches('*').len();
    if stars > 0 {
        return &words[..stars];
    }
    let first = words.chars().next().filter(|c| matches!(c, '†' | '‡' | '#'));
    &words[..first.map_or(0, char::len_utf8)]
}
