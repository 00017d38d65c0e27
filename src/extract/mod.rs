//! From minutes to statements: what one document says, each thing with its words and its rule.
//!
//! In: a document, its parsed minutes, the vocabulary. Out: an [`Extraction`]. Extractors run in the order of
//! [`EXTRACTORS`]: first what the structure gives (header, attendance), then mentions in the running text, then
//! what sentences say of them. A rule never merges two names and never looks at another document.

/// A text of a rule as the only item of the minutes of an invented council.
macro_rules! minuted {
    ($text:literal) => {
        concat!("Wold Parish Council\n\nMinutes of the meeting held on 3 May 2016\n\n1. Reports\n\n", $text)
    };
}

mod abbreviation;
mod action;
mod apposition;
mod attendance;
mod chair;
mod clause;
mod concerns;
mod decided;
mod declared;
mod draft;
mod elected;
mod header;
mod legislation;
mod motion;
mod organisation;
mod part_of;
mod person;
mod presented;
mod programme;
mod proper;
mod repetition;
mod succession;
mod vote;
mod words;

pub use draft::Draft;

use crate::lexicon::Lexicon;
use crate::model::{Document, Extraction, Minutes};

/// A rule: what it states, with texts that it must accept and texts that look alike and must yield nothing by it.
/// A text is a whole small document; `tests/rules.rs` runs them all.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Name, as in the `rule` column of the tables.
    pub name: &'static str,
    /// What it states, in a sentence.
    pub what: &'static str,
    /// Texts from which it must state something.
    pub accepts: &'static [&'static str],
    /// Texts from which it must state nothing.
    pub refuses: &'static [&'static str],
}

/// An extractor: a file of this folder, with the rules that it applies.
#[derive(Clone, Copy)]
pub struct Extractor {
    /// Name of the file.
    pub name: &'static str,
    /// What it needs of the draft, and what it adds.
    pub what: &'static str,
    /// Its rules.
    pub rules: &'static [Rule],
    /// Adds to the draft.
    pub run: fn(&mut Draft<'_>),
}

/// All extractors, in the order in which they run.
pub static EXTRACTORS: &[&Extractor] = &[
    &header::EXTRACTOR,
    &attendance::EXTRACTOR,
    &abbreviation::DEFINITIONS,
    &organisation::EXTRACTOR,
    &legislation::EXTRACTOR,
    &programme::EXTRACTOR,
    &repetition::EXTRACTOR,
    &abbreviation::USES,
    &person::EXTRACTOR,
    &succession::EXTRACTOR,
    &part_of::EXTRACTOR,
    &apposition::EXTRACTOR,
    &presented::EXTRACTOR,
    &chair::EXTRACTOR,
    &elected::EXTRACTOR,
    &declared::EXTRACTOR,
    &motion::EXTRACTOR,
    &vote::EXTRACTOR,
    &action::EXTRACTOR,
    &concerns::EXTRACTOR,
    &decided::EXTRACTOR,
];

/// What a document says.
pub fn extraction(document: &Document, minutes: &Minutes, lexicon: &Lexicon) -> Extraction {
    let mut draft = Draft::new(document, minutes, lexicon);
    for extractor in EXTRACTORS {
        (extractor.run)(&mut draft);
    }
    draft.finish()
}
