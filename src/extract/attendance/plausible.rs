//! Whether words beside a name can be what they stand for. In: the words that were taken for an organisation or a
//! post. Out: yes or no. What cannot be is for `unresolved.csv`, never a fact.

use crate::lexicon::Lexicon;
use crate::model::Span;
use crate::text::name::{Context, name_at};
use crate::text::token::tokens;

/// Verbs in a tense that no name of an organisation and no post holds.
const TOLD: &[&str] = &[
    "was",
    "were",
    "is",
    "are",
    "has",
    "had",
    "have",
    "been",
    "will",
    "would",
    "may",
    "might",
    "could",
    "should",
    "predates",
    "following",
];

/// Whether words can name an organisation: no sentence, no person.
pub(super) fn can_be_organisation(text: &str, words: Span, lexicon: &Lexicon) -> bool {
    let starts_with_person = || {
        let all = tokens(text, words);
        name_at(text, &all, 0, Context::Prose, lexicon).is_some_and(|name| !name.honorifics.is_empty())
    };
    let parts: Vec<&str> = words.of(text).split_whitespace().collect();
    let ends_as_one = lexicon.organisations.suffix(&parts).is_some();
    !tells(words.of(text)) && (ends_as_one || !starts_with_person())
}

/// Whether words can name a post: no sentence, no count of people.
pub(super) fn can_be_post(words: &str) -> bool {
    !tells(words) && !words.starts_with(|c: char| c.is_ascii_digit())
}

fn tells(words: &str) -> bool {
    let mut words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| TOLD.iter().any(|told| word.eq_ignore_ascii_case(told) && !(*told == "may" && word == "May")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisations_and_posts_are_no_sentences() {
        let organisation = |words: &str| can_be_organisation(words, Span::new(0, words.len()), Lexicon::embedded());
        assert!(organisation("Ellmoor Fire and Rescue Service") && organisation("May Fair Trust"));
        assert!(organisation("Lord Nuffield Trust"));
        assert!(!organisation("Mr. J. Murphy") && !organisation("An invitation was made to visit"));
        assert!(can_be_post("Head of Housing") && !can_be_post("6 members"));
        assert!(!can_be_post("may be unable to attend"));
    }
}
