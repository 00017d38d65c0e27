//! From a document to minutes.

use crate::lexicon::Lexicon;
use crate::model::{Document, Minutes};

/// Parses a document as minutes.
pub fn minutes(_document: &Document, _lexicon: &Lexicon) -> Minutes {
    Minutes::default()
}
