//! How fast plain text is read and understood, in MB/s of text, on one core and on all.
//!
//! Each sample takes in at least 20 MB of invented minutes (see `generator.rs`). To set the figure beside
//! ripgrep's on the same text: `QUORATE_BENCH_TEXT=minutes.txt cargo bench` writes that text to a file as well.

mod generator;

use divan::Bencher;
use divan::counter::BytesCount;
use quorate::lexicon::Lexicon;
use quorate::model::Extraction;
use quorate::{extract, read, structure};
use rayon::prelude::*;

/// Size of the input in bytes.
const SIZE: usize = 20 << 20;

fn main() {
    if let Some(path) = std::env::var_os("QUORATE_BENCH_TEXT") {
        std::fs::write(&path, documents().concat()).expect("a file that can be written");
    }
    divan::main();
}

fn documents() -> Vec<String> {
    let mut size = 0;
    (0..u64::MAX)
        .map(generator::document)
        .take_while(|text| {
            let more = size < SIZE;
            size += text.len();
            more
        })
        .collect()
}

fn understood(text: &str) -> Extraction {
    let document = read::document("minutes.txt", text.as_bytes());
    let minutes = structure::minutes(&document, Lexicon::embedded());
    extract::extraction(&document, &minutes, Lexicon::embedded())
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_only_one_core(bencher: Bencher<'_, '_>) {
    let texts = documents();
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| texts.iter().map(|t| read::document("minutes.txt", t.as_bytes()).lines.len()).sum::<usize>());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_and_extract_one_core(bencher: Bencher<'_, '_>) {
    let texts = documents();
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| texts.iter().map(|t| understood(t).statements.len()).sum::<usize>());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_and_extract_all_cores(bencher: Bencher<'_, '_>) {
    let texts = documents();
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| texts.par_iter().map(|t| understood(t).statements.len()).sum::<usize>());
}
