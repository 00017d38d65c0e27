//! Where headings of attendance stand: what looks like one within a recorded vote, or deep in the business, is none.
//! In: a heading and the lines around it. Out: whether it may open a list. Knows no names of headings but what the
//! vocabulary gives.

use super::heading::Lead;
use crate::lexicon::{Lexicon, fold};
use crate::model::{Document, Line, Status};

/// How many lines around a heading belong to a vote in which it stands.
const NEAR: usize = 4;

/// Lines at the top in which any class of people is a heading.
const HEAD: usize = 60;

/// Words that open the lines of a recorded vote.
const VOTES: &[&str] = &[
    "aye",
    "ayes",
    "yea",
    "yeas",
    "yes",
    "nay",
    "nays",
    "no",
    "noes",
    "nos",
    "abstain",
    "abstained",
    "abstaining",
    "abstention",
    "abstentions",
    "conflict",
    "conflicts",
    "recuse",
    "recused",
    "in favour",
    "in favor",
    "for",
    "against",
    "opposed",
    "vote",
    "votes",
    "roll call vote",
    "motion",
    "motion carried",
    "motion passed",
    "result",
];

/// Whether a heading stands among the lines of a recorded vote ("Ayes: …", "Noes: None", "Absent: Mr Hale"): whom it names
/// did not vote, which is no attendance.
pub(super) fn is_of_vote(document: &Document, at: usize, lead: &Lead) -> bool {
    if lead.says.status == Status::Apologies {
        return false;
    }
    let text = document.text.as_str();
    let near = at.saturating_sub(NEAR)..(at + NEAR + 1).min(document.lines.len());
    near.filter(|l| *l != at).any(|l| opens_vote(text, &document.lines[l]))
        || document.lines[at].cells.iter().any(|c| is_vote_word(c.of(text)))
}

fn opens_vote(text: &str, line: &Line) -> bool {
    let words = line.body(text).of(text);
    let end = words.find([':', '\t', '(']);
    // "For" and "No" open many lines: only a mark makes them a heading.
    end.is_some_and(|end| is_vote_word(&words[..end])) || words.len() < 16 && is_vote_word(words) && words.len() > 3
}

fn is_vote_word(words: &str) -> bool {
    let folded = fold(words);
    VOTES.contains(&folded.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether a heading says by itself that it speaks of attendance ("Present", "Apologies"); a class of people alone
/// ("Members", "Secretary") does not.
pub(super) fn is_plain_of(lead: &Lead, text: &str) -> bool {
    const SAYS: &[&str] = &[
        "present",
        "attend",
        "apolog",
        "absen",
        "regret",
        "sederunt",
        "particip",
        "presennol",
        "ymddiheur",
        "lathair",
        "leithsc",
        "roll call",
        "quorum",
    ];
    let folded = fold(lead.span.of(text));
    SAYS.iter().any(|w| folded.contains(w))
}

/// Whether a heading alone on its line is the name of a body as well ("Board of Directors"), and so a title as often.
pub(super) fn is_name_of_body(lead: &Lead, text: &str, lexicon: &Lexicon) -> bool {
    let words = lead.span.of(text);
    lead.rest.is_empty() && words.contains(' ') && lexicon.organisations.get(words).is_some()
}

/// Whether a heading that names a class of people alone stands where lists do: at the top, or near another list.
pub(super) fn is_near_list(at: usize, taken: &[bool]) -> bool {
    const REACH: usize = 12;
    at < HEAD || taken[at.saturating_sub(REACH)..at].contains(&true)
}

/// Whether a heading is the post of one person ("Clerk", "Chairman"), so that it says nothing of those below the first.
pub(super) fn is_post_of_one(lead: &Lead, text: &str, lexicon: &Lexicon) -> bool {
    let words: Vec<&str> = lead.span.of(text).split(['/', ' ']).filter(|w| !w.is_empty()).collect();
    !is_plain_of(lead, text)
        && lexicon
            .roles
            .suffix(&words)
            .is_some_and(|(_, r)| r.head && (lead.says.chair || matches!(r.class, "chair" | "vice-chair" | "clerical")))
        && !words.last().is_some_and(|w| w.ends_with('s'))
}
