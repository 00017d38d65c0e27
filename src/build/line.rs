//! What one document says as a line of JSON, with all that the rest of the build needs of it.
//!
//! In: an extraction with its text. Out: one line, the same for the same document; and back. A line of another program
//! is refused: what two programs understood cannot be put together as if one had.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Understood;
use crate::lexicon::Lexicon;
use crate::model::{Extraction, sha256};

/// The version of this form.
const FORM: u32 = 1;

/// One document. Fields are written in this order; offsets are code points into `text`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line<'a> {
    /// The version of this form.
    pub quorate: u32,
    /// The program with its words: its version, and a fingerprint of its source and of a user's own lists.
    pub program: Cow<'a, str>,
    /// What the document says.
    pub extraction: Cow<'a, Extraction>,
    /// The text that its quotes stand in.
    pub text: Cow<'a, str>,
}

/// What says which program made a line.
#[derive(Deserialize)]
struct Head {
    quorate: u32,
    program: String,
}

/// The program with its words, as it stands in lines.
pub(super) fn program(lexicon: &Lexicon) -> String {
    let own = if lexicon.own.is_empty() { String::new() } else { format!(" {}", lexicon.own) };
    format!("{} {}{own}", env!("CARGO_PKG_VERSION"), env!("QUORATE_SOURCE"))
}

impl Understood {
    /// The line, with its end.
    pub(super) fn line(&self, program: &str) -> serde_json::Result<Vec<u8>> {
        let line = Line {
            quorate: FORM,
            program: program.into(),
            extraction: Cow::Borrowed(&self.extraction),
            text: self.text.as_str().into(),
        };
        // What is said of a text is several times as long.
        let mut written = Vec::with_capacity(self.text.len() * 8 + 1024);
        serde_json::to_writer(&mut written, &line)?;
        written.push(b'\n');
        Ok(written)
    }
}

impl Line<'_> {
    /// Reads a line of the given program; what is wrong with it otherwise, and what to do.
    pub(super) fn parse(line: &str, program: &str) -> Result<Understood, String> {
        let other = |made: &str, form: u32| {
            format!(
                "this was extracted by quorate {made} (form {form}), not by this program with these words ({program}, form {FORM}); extract and merge with one program and one `--lexicon`"
            )
        };
        match serde_json::from_str::<Line<'_>>(line) {
            Ok(read) if read.quorate == FORM && read.program == program => {
                let (extraction, text) = (read.extraction.into_owned(), read.text.into_owned());
                if sha256(text.as_bytes()) == extraction.source.text_sha256 || text.is_empty() {
                    Ok(Understood { extraction, text })
                } else {
                    Err("the text is not the one that was extracted from; extract the document again".to_owned())
                }
            }
            Ok(read) => Err(other(&read.program, read.quorate)),
            Err(error) => Err(match serde_json::from_str::<Head>(line) {
                Ok(head) if head.quorate != FORM || head.program != program => other(&head.program, head.quorate),
                _ => format!("this is no line that `quorate extract` wrote ({error}); give its output, unchanged"),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::understand;
    use super::*;
    use crate::read::{Limits, sources};

    fn understood() -> Vec<Understood> {
        let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/minutes");
        let parts = sources(&[fixtures]).into_iter().flat_map(|source| source.parts(Limits::default()));
        parts.map(|part| understand(part, Lexicon::embedded()).expect("quotes stand")).collect()
    }

    fn written(one: &Understood, program: &str) -> String {
        String::from_utf8(one.line(program).expect("a line")).expect("UTF-8")
    }

    #[test]
    fn a_line_holds_all_that_a_document_says() {
        let program = program(Lexicon::embedded());
        for one in understood() {
            let line = written(&one, &program);
            assert_eq!(line.matches('\n').count(), 1);
            assert_eq!(Line::parse(&line, &program).expect("a line"), one);
        }
    }

    #[test]
    fn a_line_of_another_program_or_none_is_refused_with_what_to_do() {
        let program = program(Lexicon::embedded());
        let line = written(&understood()[0], &program);
        let told = |line: &str| Line::parse(line, &program).expect_err("refused");
        for other in [line.replacen(&program, "0.0.1 beef", 1), "{\"quorate\":9,\"program\":\"9.0.0\"}".to_owned()] {
            assert!(told(&other).contains("extract and merge with one program"), "{}", told(&other));
        }
        assert!(told("{}").contains("no line that `quorate extract` wrote"));
        assert!(told(&line[..line.len() / 2]).contains("no line"));
        let changed = line.replacen("\"text\":\"", "\"text\":\" ", usize::MAX);
        assert!(Line::parse(&changed, &program).is_err());
        let own = Lexicon::with(&[("roles.csv", "term,class,position\nreeve,officer,head\n")]).expect("lists");
        assert_ne!(super::program(&own), program);
    }
}
