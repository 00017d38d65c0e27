//! Names of the attendance list in running text.
//!
//! In: the attendance list. Out: mentions of them where given name and surname stand
//! together again, whether or not any list of names knows the words ("Zaheda Bhorat", "Xiuying Wu").

use rustc_hash::FxHashMap;

use super::{NAME, OTHERS, Parts};
use crate::extract::Draft;
use crate::extract::words::{Unit, Words};
use crate::lexicon::fold;
use crate::model::{EntityKind, Nature};
use crate::text::token::Token;

/// Surnames by the given name before them and by their own first word, each as its folded words: many people of a long
/// list share a given name.
type Listed = FxHashMap<String, FxHashMap<String, Vec<Vec<String>>>>;

/// Adds the names that the document lists, wherever they stand.
pub(super) fn listed_names<'d>(draft: &mut Draft<'d>, words: &Words<'_>, parts: &mut Parts<'d>) {
    let listed = listed(draft, parts);
    if listed.is_empty() {
        return;
    }
    for unit in &words.units {
        let mut at = unit.first;
        while at < unit.last {
            let found = words.tokens[at].is_capital().then(|| end_of_name(&listed, words, *unit, at)).flatten();
            let Some(end) = found else {
                at += 1;
                continue;
            };
            let span = words.name_span(at, end);
            // "Zaheda Bhorat Trust" is something else.
            let goes_on = words.at(*unit, end).is_some_and(Token::is_capital) && !words.is_possessive(end - 1);
            let taken = draft.is_taken(span, EntityKind::Person) || OTHERS.iter().any(|k| draft.is_taken(span, *k));
            if !taken && !goes_on {
                draft.mention(span, EntityKind::Person, NAME, Nature::Name);
            }
            at = end;
        }
    }
}

fn listed<'d>(draft: &Draft<'d>, parts: &mut Parts<'d>) -> Listed {
    let text = draft.text();
    let mut listed = Listed::default();
    let people = draft.attendance.iter().filter_map(|row| draft.mentions.get(row.person as usize));
    for mention in people.filter(|mention| mention.nature == Nature::Name) {
        let name = mention.span.of(text);
        let parts = parts.entry(name).or_insert_with(|| crate::text::name::parts(name, draft.lexicon));
        let Some(given) = parts.given.first().map(|g| fold(g)).filter(|g| g.chars().count() > 1) else { continue };
        let family: Vec<String> = fold(&parts.family).split_whitespace().map(str::to_owned).collect();
        let Some(first) = family.first() else { continue };
        let known = listed.entry(given).or_default().entry(first.clone()).or_default();
        if !known.contains(&family) {
            known.push(family);
        }
    }
    listed
}

/// One past the last token of a listed name that starts at a token.
fn end_of_name(listed: &Listed, words: &Words<'_>, unit: Unit, at: usize) -> Option<usize> {
    let families = listed.get(words.key(at))?;
    words.at(unit, at + 1)?;
    // The last word of a surname may be possessive.
    let firsts = [words.key(at + 1), words.stem(at + 1)];
    let families = firsts.into_iter().filter_map(|first| families.get(first)).flatten();
    let follows = |family: &[String]| {
        let end = at + 1 + family.len();
        let (last, first) = family.split_last()?;
        (end <= unit.last
            && words.tokens[end - 1].is_capital()
            && first.iter().enumerate().all(|(i, word)| words.key(at + 1 + i) == word)
            && words.stem(end - 1) == last)
            .then_some(end)
    };
    families.filter_map(|family| follows(family)).max()
}
