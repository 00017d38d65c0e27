//! Word 97 to 2003.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    quorate_fuzz::read("a.doc", bytes);
});
