//! Every rule of every extractor, on the texts that it must accept and on those that it must refuse.

use quorate::extract::{EXTRACTORS, extraction};
use quorate::lexicon::Lexicon;
use quorate::{read, structure};

/// How many things a rule made of a text.
fn made(rule: &str, text: &str) -> usize {
    let lexicon = Lexicon::embedded();
    let document = read::document("t.txt", text.as_bytes());
    let minutes = structure::minutes(&document, lexicon);
    let found = extraction(&document, &minutes, lexicon);
    assert_eq!(found.misquoted(&document.text), None, "{text}");
    found.mentions.iter().filter(|m| m.rule == rule).count()
        + found.statements.iter().filter(|s| s.rule == rule).count()
        + found.attendance.iter().filter(|a| a.rule == rule).count()
}

#[test]
fn every_rule_accepts_and_refuses_its_texts() {
    let mut failures = Vec::new();
    for extractor in EXTRACTORS {
        for rule in extractor.rules {
            for text in rule.accepts.iter().filter(|t| made(rule.name, t) == 0) {
                failures.push(format!("{} does not accept {text:?}", rule.name));
            }
            for text in rule.refuses.iter().filter(|t| made(rule.name, t) > 0) {
                failures.push(format!("{} does not refuse {text:?}", rule.name));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn rules_have_names_of_their_own_and_texts_to_refuse() {
    let mut names: Vec<&str> = EXTRACTORS.iter().flat_map(|e| e.rules.iter().map(|r| r.name)).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
    for rule in EXTRACTORS.iter().flat_map(|e| e.rules) {
        assert!(!rule.what.is_empty() && !rule.refuses.is_empty(), "{}", rule.name);
    }
}
