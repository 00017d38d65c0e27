//! Markdown, front matter and the HTML within it.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    quorate_fuzz::read("a.md", bytes);
});
