//! Quorate turns the published minutes of public bodies into a knowledge graph that people can ask.

pub mod extract;
pub mod lexicon;
pub mod model;
pub mod read;
pub mod resolve;
pub mod structure;
pub mod text;
