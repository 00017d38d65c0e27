//! A user's own lists: the same file names and columns as the embedded ones.
//!
//! In: a file's name and text. Out: its rows, or what is wrong with it, where, and what to write. What a column may
//! hold is read off the embedded list: its values, where the program gives them a meaning; nothing, where some
//! embedded row has nothing there. Never reads a file.

use std::collections::BTreeSet;

use super::{LISTS, List, fold};

/// What is wrong with a list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {what}; {help}")]
pub struct LexiconError {
    /// File name.
    pub file: String,
    /// Line, counted from 1.
    pub line: u64,
    /// What is wrong.
    pub what: String,
    /// What to write instead.
    pub help: String,
}

/// The list that a file of this name extends.
pub(super) fn list(file: &str) -> Result<&'static List, LexiconError> {
    let name = file.strip_suffix(".csv").unwrap_or(file);
    LISTS.iter().find(|list| list.name == name).ok_or_else(|| {
        let names: Vec<String> = LISTS.iter().map(|list| format!("{}.csv", list.name)).collect();
        let help = format!("lists are called {}", names.join(", "));
        LexiconError { file: file.to_owned(), line: 1, what: "there is no list of this name".to_owned(), help }
    })
}

/// The rows of a list, checked.
pub(super) fn rows(list: &List, file: &str, text: &str) -> Result<Vec<csv::StringRecord>, LexiconError> {
    let fault = |line: u64, what: String, help: String| LexiconError { file: file.to_owned(), line, what, help };
    let header = || format!("the first line of {file} must be: {}", list.columns.join(","));
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let unreadable = |error: &csv::Error| {
        let line = error.position().map_or(1, |at| line_of(text, at));
        fault(line, format!("this is no CSV: {error}"), header())
    };
    let headers = reader.headers().map_err(|e| unreadable(&e))?;
    if !headers.iter().eq(list.columns.iter().copied()) {
        let found = headers.iter().collect::<Vec<_>>().join(",");
        return Err(fault(1, format!("the columns are `{found}`"), header()));
    }
    let columns: Vec<Allowed> = (0..list.columns.len()).map(|column| Allowed::of(list, column)).collect();
    let mut rows = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|e| unreadable(&e))?;
        let line = || row.position().map_or(1, |at| line_of(text, at));
        if row.len() != list.columns.len() {
            let what = format!("there are {} cells, not {}", row.len(), list.columns.len());
            return Err(fault(line(), what, format!("write: {}", list.columns.join(","))));
        }
        for ((cell, name), allowed) in row.iter().zip(list.columns).zip(&columns) {
            if let Some((what, help)) = allowed.fault(cell, name) {
                return Err(fault(line(), what, help));
            }
        }
        rows.push(row);
    }
    Ok(rows)
}

/// The line of an entry: a position may stand at empty lines before it.
fn line_of(text: &str, at: &csv::Position) -> u64 {
    let start = usize::try_from(at.byte()).unwrap_or(usize::MAX).min(text.len());
    let empty = text.as_bytes()[start..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
    text.as_bytes()[..start + empty].iter().filter(|byte| **byte == b'\n').count() as u64 + 1
}

/// What a column may hold.
struct Allowed {
    /// The values, where they are closed.
    values: Option<BTreeSet<String>>,
    /// Whether it may be empty.
    empty: bool,
}

impl Allowed {
    fn of(list: &List, column: usize) -> Self {
        let mut rows = csv::Reader::from_reader(list.text.as_bytes());
        let values: BTreeSet<String> =
            rows.records().flatten().filter_map(|row| row.get(column).map(str::to_owned)).collect();
        let empty = values.contains("");
        let closed = list.columns.get(column).is_some_and(|name| list.closed.contains(name));
        Self { values: closed.then_some(values), empty }
    }

    /// What is wrong with a cell, and what to write.
    fn fault(&self, cell: &str, column: &str) -> Option<(String, String)> {
        if fold(cell).is_empty() {
            let what = format!("column `{column}` is empty");
            return (!self.empty).then(|| (what, self.help("write what the embedded list has there")));
        }
        let known = self.values.as_ref().is_none_or(|values| values.contains(cell));
        (!known).then(|| (format!("column `{column}` cannot be `{cell}`"), self.help("")))
    }

    fn help(&self, otherwise: &str) -> String {
        let Some(values) = &self.values else { return otherwise.to_owned() };
        let words: Vec<&str> = values.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
        format!("write one of: {}{}", words.join(", "), if self.empty { ", or nothing" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn told(file: &str, text: &str) -> String {
        Lexicon::with(&[(file, text)]).expect_err("a fault").to_string()
    }

    #[test]
    fn every_embedded_list_is_of_the_form_that_is_asked_of_a_user() {
        for list in LISTS {
            let found = rows(list, list.name, list.text).map(|rows| rows.len());
            assert!(found.as_ref().is_ok_and(|n| *n > 0), "{}: {found:?}", list.name);
            assert!(list.closed.iter().all(|column| list.columns.contains(column)), "{}", list.name);
        }
    }

    #[test]
    fn a_users_words_add_and_override() {
        let own = [
            ("roles.csv", "\u{feff}term,class,position\nstreetwarden,officer,head\n"),
            ("headings.csv", "heading,block,status,capacity\nabsent with leave of the reeve,attendance,apologies,\n"),
            ("not_names.csv", "word,reason\nspeke,topic\nabbey,organisation\n"),
            ("given_names.csv", "name,gender\ndavid,u\n"),
        ];
        let lexicon = Lexicon::with(&own).expect("a lexicon");
        assert!(lexicon.roles.get("Streetwarden").is_some_and(|role| role.head && role.class == "officer"));
        assert!(lexicon.headings.get("Absent with leave of the Reeve").is_some());
        assert!(lexicon.is_no_name("Speke") && !Lexicon::embedded().is_no_name("Speke"));
        assert!(lexicon.is_no_name("Abbey") && !Lexicon::embedded().is_no_name("Abbey"));
        assert_eq!((lexicon.gender_of("David"), Lexicon::embedded().gender_of("David")), (None, Some('m')));
        assert!(lexicon.honorifics.get("Cllr").is_some());
    }

    #[test]
    fn a_fault_is_told_with_file_line_and_remedy() {
        assert!(
            told("rolls.csv", "").starts_with("rolls.csv, line 1: there is no list of this name; lists are called")
        );
        assert_eq!(
            told("roles.csv", "term,class\nreeve,officer\n"),
            "roles.csv, line 1: the columns are `term,class`; the first line of roles.csv must be: term,class,position"
        );
        assert_eq!(
            told("roles.csv", "term,class,position\nreeve,officer,head\nhayward,boss,head\n"),
            "roles.csv, line 3: column `class` cannot be `boss`; write one of: chair, clerical, elected, governor, \
             officer, other, professional, uniformed, vice-chair"
        );
        assert!(
            told("roles.csv", "term,class,position\n\n\nreeve,officer\n").contains("line 4: there are 2 cells, not 3")
        );
        assert!(
            told("headings.csv", "heading,block,status,capacity\n,attendance,present,\n")
                .contains("`heading` is empty")
        );
    }
}
