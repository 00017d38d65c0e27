//! Whether words beside a name can be what they stand for. In: the words that were taken for an organisation or a
//! post. Out: yes or no. What cannot be is for `unresolved.csv`, never a fact.

use crate::lexicon::Lexicon;
use crate::model::Span;
use crate::text::name::{Context, Name, name_at};
use crate::text::token::tokens;

use super::description::is_known_organisation;

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
    "advised",
    "addressed",
    "mentioned",
    "sent",
    "referred",
    "provides",
    "agreed",
    "proposed",
    "seconded",
    "reported",
    "asked",
    "took",
];

/// Whether words can name an organisation: no sentence, no person.
pub(super) fn can_be_organisation(text: &str, words: Span, lexicon: &Lexicon) -> bool {
    // "Mr. J. Murphy", and, where columns or entries ran together, "Chris Taggart" and "D. Leahy" beside another name.
    let person = || {
        let all = tokens(text, words);
        let given = |word: &str| lexicon.is_given_name(word) || word.trim_end_matches('.').chars().count() == 1;
        let whole = |name: &Name| {
            name.is_full() && name.span.end >= words.end && name.given.iter().all(|word| given(word.of(text)))
        };
        name_at(text, &all, 0, Context::Prose, lexicon).is_some_and(|name| {
            !name.honorifics.is_empty() || whole(&name) && !is_known_organisation(words.of(text), lexicon)
        })
    };
    let parts: Vec<&str> = words.of(text).split_whitespace().collect();
    let ends_as_one = lexicon.organisations.suffix(&parts).is_some();
    // "Road Agent Dale Hale": a post and its holder.
    let holder = || {
        let all = tokens(text, words);
        let post =
            (1..all.len()).find(|n| lexicon.roles.suffix(&parts[..(*n).min(parts.len())]).is_some_and(|(_, r)| r.head));
        post.and_then(|at| name_at(text, &all, at, Context::Prose, lexicon))
            .is_some_and(|name| name.is_full() && name.span.end >= words.end)
    };
    if !ends_as_one && holder() {
        return false;
    }
    // "£40.00", "2) District budget", "to be referred to": figures, items, the rest of a sentence.
    let first = words.of(text).split(' ').next().unwrap_or_default();
    let other = words.of(text).contains('£')
        || first.ends_with(')') && first.starts_with(|c: char| c.is_ascii_digit())
        || ["to", "and", "for", "with"].contains(&first)
        || parts.len() < 3 && lexicon.honorifics.get(first).is_some_and(|h| h.class == "courtesy");
    !other && !tells(words.of(text)) && (ends_as_one || !person())
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
        assert!(organisation("Lord Nuffield Trust") && organisation("Innovate Ellmoor") && organisation("TTC Global"));
        assert!(!organisation("Jane Oakes") && !organisation("D. Leahy") && organisation("John Lewis Partnership"));
        assert!(!organisation("City Recorder Jane Oakes") && organisation("Jane Oakes Trust"));
        assert!(!organisation("£20.00 grant") && !organisation("2) District budget") && !organisation("Mr. L"));
        assert!(!organisation("Mr. J. Murphy") && !organisation("An invitation was made to visit"));
        assert!(can_be_post("Head of Housing") && !can_be_post("6 members"));
        assert!(!can_be_post("may be unable to attend"));
    }
}
