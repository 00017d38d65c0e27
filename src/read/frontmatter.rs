//! The YAML block at the head of a Markdown file.
//!
//! In: the file's text. Out: the block's values, each with its key in lower case, and the text after it.
//! Never: fail; a block that is no YAML is read line by line. Aliases are not followed.

use saphyr_parser::{Event, Parser};

/// A value: its key, with the keys above it before full stops, and its words.
pub(super) type Value = (String, String);

/// Splits a block at the head of a text from what follows it; none where there is no such block.
pub(super) fn split(text: &str) -> Option<(Vec<Value>, &str)> {
    let body = text.trim_start_matches('\u{feff}').trim_start_matches('\n').strip_prefix("---")?;
    let body = body.trim_start_matches([' ', '\t']).strip_prefix('\n')?;
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            let block = &body[..at];
            // A rule at the start of a text is no block: the first line of a block is `key:`.
            let first = block.lines().find(|line| !line.trim().is_empty())?;
            let is_key = first.split_once(':').is_some_and(|(key, _)| !key.is_empty() && !key.trim().contains("  "));
            return is_key.then(|| (values(block), &body[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

/// Levels of lists and maps within one another that are read.
const DEEPEST: usize = 32;

fn values(block: &str) -> Vec<Value> {
    parse(block).unwrap_or_else(|| by_line(block))
}

/// Where the parser is: in a map, before or after a key, or in a list.
enum Level {
    Map(Option<String>),
    List,
}

fn parse(block: &str) -> Option<Vec<Value>> {
    let mut values = Vec::new();
    let mut levels: Vec<Level> = Vec::new();
    for event in Parser::new_from_str(block) {
        match event.ok()?.0 {
            Event::Scalar(words, ..) => {
                if let Some(Level::Map(key @ None)) = levels.last_mut() {
                    *key = Some(words.trim().to_lowercase());
                    continue;
                }
                let keys: Vec<&str> = levels
                    .iter()
                    .filter_map(|level| if let Level::Map(Some(key)) = level { Some(key.as_str()) } else { None })
                    .collect();
                if !words.trim().is_empty() {
                    values.push((keys.join("."), words.trim().to_owned()));
                }
                taken(&mut levels);
            }
            Event::Alias(_) => taken(&mut levels),
            Event::MappingStart(..) => levels.push(Level::Map(None)),
            Event::SequenceStart(..) => levels.push(Level::List),
            Event::MappingEnd | Event::SequenceEnd => {
                levels.pop();
                taken(&mut levels);
            }
            _ => {}
        }
        if levels.len() > DEEPEST {
            return None;
        }
    }
    Some(values)
}

/// A value has been read: the next scalar of a map is a key again.
fn taken(levels: &mut [Level]) {
    if let Some(Level::Map(key)) = levels.last_mut() {
        *key = None;
    }
}

/// `key: value` and `- value`, as far as it goes.
fn by_line(block: &str) -> Vec<Value> {
    let mut values = Vec::new();
    let mut key = String::new();
    for line in block.lines() {
        let bare = line.trim();
        let is_inset = line.starts_with([' ', '\t']);
        let words = if let Some(words) = bare.strip_prefix("- ") {
            words
        } else if let Some((name, words)) = bare.split_once(':').filter(|(name, _)| !is_inset && !name.contains(' ')) {
            key = name.to_lowercase();
            words
        } else {
            bare
        };
        let words = words.trim().trim_matches(['"', '\'']);
        if !words.is_empty() && !matches!(words, "|" | ">" | "|-" | ">-") {
            values.push((key.clone(), words.to_owned()));
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: &Expect) {
        let shown = match split(text) {
            None => "no block\n".to_owned(),
            Some((values, rest)) => {
                let values = values.iter().map(|(key, words)| format!("{key} = {words:?}\n"));
                values.collect::<String>() + &format!("then {rest:?}\n")
            }
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn values_are_scalars_and_entries_of_lists() {
        check(
            "---\nTitle: \"Board: May\"\ndirectors:\n- Ann Lee\n- Bo Ek (left at 5)\nfiles:\n  - name: a.doc\n    size: 3\n\
             notes: >-\n  One\n\n  Two\n---\nText",
            &expect![[r#"
                title = "Board: May"
                directors = "Ann Lee"
                directors = "Bo Ek (left at 5)"
                files.name = "a.doc"
                files.size = "3"
                notes = "One\nTwo"
                then "Text"
            "#]],
        );
    }

    #[test]
    fn a_broken_block_is_read_by_line() {
        check(
            "---\ntitle: Board: May\nchair: \"Ann\nmembers:\n- Bo\n---\n",
            &expect![[r#"
            title = "Board: May"
            chair = "Ann"
            members = "Bo"
            then ""
        "#]],
        );
    }

    #[test]
    fn rules_are_no_block() {
        check(
            "---\nThe board met.\n---\n",
            &expect![[r#"
            no block
        "#]],
        );
        check(
            "Text\n---\n",
            &expect![[r#"
            no block
        "#]],
        );
    }
}
