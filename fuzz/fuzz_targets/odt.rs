//! ODT: the archive, and its text.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    quorate_fuzz::read("a.odt", bytes);
    quorate_fuzz::read_within(
        "a.odt",
        "content.xml",
        bytes,
        &[("mimetype", "application/vnd.oasis.opendocument.text")],
    );
});
