//! From text to statements.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    quorate_fuzz::extract("a.txt", bytes);
    quorate_fuzz::extract("a.md", bytes);
});
