//! What went wrong while a build was opened or asked: what, where, and what to type next.

/// A problem in a sentence, with the next step in another.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct Error {
    /// What went wrong, and where.
    pub what: String,
    /// What to do or to type next; empty where there is nothing to add.
    pub help: String,
}

impl Error {
    /// A problem with its remedy.
    pub fn new(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { what: what.into(), help: help.into() }
    }
}
