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
mod correction;
mod cue;
mod decided;
mod declared;
mod draft;
mod elected;
mod header;
mod legislation;
mod motion;
mod office;
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

/// A rule. Its texts are whole small documents; `tests/rules.rs` runs them all.
pub use crate::model::RuleFacts as Rule;

use crate::lexicon::Lexicon;
use crate::model::{Document, Extraction, Minutes};

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
    &apposition::EXTRACTOR,
    &succession::EXTRACTOR,
    &part_of::EXTRACTOR,
    &presented::EXTRACTOR,
    &chair::EXTRACTOR,
    &elected::EXTRACTOR,
    &declared::EXTRACTOR,
    &motion::EXTRACTOR,
    &vote::EXTRACTOR,
    &correction::EXTRACTOR,
    &action::EXTRACTOR,
    &decided::EXTRACTOR,
    &concerns::EXTRACTOR,
];

/// All rules, in the order of their extractors.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    EXTRACTORS.iter().flat_map(|extractor| extractor.rules)
}

/// What a document says.
pub fn extraction(document: &Document, minutes: &Minutes, lexicon: &Lexicon) -> Extraction {
    let mut draft = Draft::new(document, minutes, lexicon);
    for extractor in EXTRACTORS {
        (extractor.run)(&mut draft);
    }
    draft.finish()
}
