//! Words, sentences, dates, times and names of people in a text: what structure and extraction both
//! stand on. In: text and vocabulary. Out: byte spans into that text, in order. Never knows minutes.

pub mod date;
pub mod language;
pub mod literal;
pub mod name;
pub mod sentence;
mod title;
pub mod token;
