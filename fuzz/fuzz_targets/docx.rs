//! DOCX: the archive, its text, its list definitions.
#![no_main]

const NUMBERED: &str = "<w:document><w:body><w:p><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p></w:body></w:document>";

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    quorate_fuzz::read("a.docx", bytes);
    quorate_fuzz::read_within("a.docx", "word/document.xml", bytes, &[]);
    quorate_fuzz::read_within("a.docx", "word/numbering.xml", bytes, &[("word/document.xml", NUMBERED)]);
});
