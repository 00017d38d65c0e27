//! Quorate turns the published minutes of public bodies into a knowledge graph that people can ask.
#![doc = include_str!("../README.md")]

pub mod build;
pub mod charts;
pub mod check;
pub mod cli;
pub mod evaluate;
pub mod explore;
pub mod export;
pub mod extract;
pub mod lexicon;
pub mod model;
pub mod query;
pub mod read;
pub mod resolve;
pub mod serve;
pub mod statistics;
pub mod structure;
pub mod text;
