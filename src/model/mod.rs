//! The vocabulary of the program as plain data. Knows no stage, does no I/O, uses no pattern.

mod document;

pub use document::{CodePoints, Document, Line, LineKind, Metadatum, ReadStatus, Span};
