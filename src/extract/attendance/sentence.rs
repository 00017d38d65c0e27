//! Sentences of apology: which of the people in them apologised, and who came in their place.
//!
//! In: a sentence that speaks of apologies. Out: its people, as an entry of a list would give them. Never states anything.

use super::description::Said;
use super::entry::{self, Person, Reading};
use crate::extract::Draft;
use crate::model::Span;
use crate::text::name::{Context, each_name, names};

/// The people of a sentence of apology: those after "from", "on behalf of", "by" or a colon; else those before the verb.
pub(super) fn people_of_sentence(draft: &Draft<'_>, sentence: Span) -> Vec<Person> {
    let text = draft.text();
    let words = sentence.of(text);
    let lower = words.to_ascii_lowercase();
    // "…, who were substituted by Y and Z": matched by order with the people before.
    const TAKEN: &[&str] = &["substituted by ", "replaced by ", "represented by "];
    if let Some((at, length)) = TAKEN.iter().filter_map(|t| lower.find(t).map(|i| (i, t.len()))).min() {
        let mut found = people_of_sentence(draft, sentence.slice(0, at));
        let others = names(text, sentence.slice(at + length, words.len()), Context::Prose, draft.lexicon);
        if let Some(last) = found.last_mut().filter(|_| !others.is_empty()) {
            last.span = sentence;
            last.said.push(Said::SubstitutedBy(others));
        }
        return found;
    }
    let Some(apology) = lower.find("polog") else { return Vec::new() };
    let after = &lower[apology..];
    let lead = ["on behalf of", " from ", " by ", ":", " for ", " of "]
        .iter()
        .filter_map(|l| after.find(l).map(|i| (i, apology + i + l.len())))
        .filter(|(i, _)| !after[..*i].contains(". "))
        .min()
        .map(|(_, end)| end);
    if let Some(start) = lead {
        // "Apologies for absence were received from": the last lead-in before the first name counts.
        let mut start = start;
        loop {
            let rest = &lower[start..];
            let lexical = ["on behalf of ", " from ", " by ", ": "]
                .iter()
                .filter_map(|l| rest.find(l).map(|i| i + l.len()))
                .min();
            let first = each_name(text, sentence.slice(start, words.len()), Context::Prose, draft.lexicon)
                .next()
                .map(|n| (n.span.start - sentence.start) as usize - start);
            match (lexical, first) {
                (Some(l), Some(f)) if l <= f => start += l,
                _ => break,
            }
        }
        let found = entry::people(text, sentence.slice(start, words.len()), Reading::Sentence, draft.lexicon);
        if !found.is_empty() {
            return found;
        }
    }
    // "Cllr Fenn and Mr Rowe sent their apologies", "Cllr Fenn apologised".
    let before = sentence.slice(0, apology.saturating_sub(1));
    if !is_theirs(before.of(text), after) {
        return Vec::new();
    }
    entry::people(text, before, Reading::Sentence, draft.lexicon)
}

/// Whether the apologies are of those named before: "Ada Fenn welcomed everybody and apologies were noted" speaks of others.
fn is_theirs(before: &str, after: &str) -> bool {
    const GIVE: &[&str] = &[
        "sent",
        "sends",
        "send",
        "gave",
        "given",
        "gives",
        "give",
        "tendered",
        "offered",
        "submitted",
        "extended",
        "conveyed",
        "forwarded",
        "made",
        "expressed",
        "recorded",
        "their",
        "his",
        "her",
        "with",
        "having",
    ];
    // "polog" and how it goes on.
    let verb = after.starts_with("pologis") || after.starts_with("pologiz");
    let before = before.trim_end();
    let last = before.rsplit(' ').next().unwrap_or_default().to_lowercase();
    verb || GIVE.contains(&last.as_str())
        || ["’s", "'s", "s’", "s'", "–", "-", ":", "(", ","].iter().any(|end| last.ends_with(end))
}
