//! Which words read as a title. In: a span of a document, or a title. Out: yes or no. Must never take a sentence, the
//! name of a person, or what only tells how a vote went for a title of business.

use super::attendance::starts_with_name;
use crate::lexicon::{Lexicon, fold};
use crate::model::Span;
use crate::text::date::dates;
use crate::text::token::{Shape, tokens};

/// Headings that are no items of business.
pub(super) fn is_no_business(title: &str) -> bool {
    let folded = fold(title);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(
        folded,
        "" | "minutes"
            | "agenda"
            | "agenda items"
            | "action"
            | "actions"
            | "resolved"
            | "agreed"
            | "chairman"
            | "chair"
            | "signed"
            | "present"
            | "in attendance"
            | "attendees"
            | "officers"
            | "summary"
            | "notes"
            | "draft"
            | "draft minutes"
            | "contact"
            | "venue"
            | "resolution"
            | "decision"
            | "council resolution"
            | "council decision"
            | "committee resolution"
            | "committee decision"
            | "board decision"
            | "officer recommendation"
            | "officer's recommendation"
            | "officer’s recommendation"
            | "officers' recommendation"
            | "officers recommendation"
            | "staff recommendation"
            | "recommendation"
            | "recommendations"
            | "the board"
            | "the committee"
            | "the council"
            | "the cabinet"
            | "the panel"
            | "members"
            | "voting requirements"
            | "voting requirement"
            | "reason for decision"
            | "reasons for decision"
            | "reason for the decision"
            | "reasons for the decision"
            | "noted"
            | "recommended"
            | "progress"
            | "part a"
            | "part b"
            | "attendance"
            | "date"
    )
}

/// Whether an unnumbered line tells how the meeting proceeded, and so heads no business: who moved, how the vote went,
/// that the meeting closed.
pub(super) fn is_of_proceedings(title: &str) -> bool {
    const OPENS: &[&str] = &[
        "moved by",
        "moved:",
        "moved cr ",
        "moved cllr ",
        "seconded by",
        "seconded:",
        "proposed by",
        "proposed:",
        "proposer",
        "resolution number",
        "resolution no",
        "resolution #",
        "abstention",
        "abstain",
        "voting for",
        "votes for",
        "in favour",
        "in favor",
        "motion passed",
        "motion failed",
        "motion carried",
        "motion made",
        "motion lost",
        "motion to",
        "the motion",
        "at the motion of",
        "ayes",
        "nays",
        "yeas",
        "noes",
        "for:",
        "against:",
        "this concluded",
        "the meeting",
        "meeting adjourned",
        "meeting concluded",
        "meeting closed",
        "meeting closes",
        "meeting called",
        "end of meeting",
        "public hearing opened",
        "public hearing closed",
        "see ",
        "scribe",
        "page ",
        "roll call vote",
        "signed",
        "dated",
        "carried",
    ];
    const WHOLE: &[&str] = &[
        "vote",
        "votes",
        "additional votes",
        "voting",
        "reply",
        "response",
        "none",
        "nil",
        "n/a",
        "no report",
        "complete",
        "completed",
        "ongoing",
        "closed",
        "closing",
        "for",
        "against",
        "year",
        "amount",
        "total",
        "to",
        "the",
        "key discussion points",
        "mayor",
        "chairperson",
        "road",
        "yes",
        "no",
        "item",
        "description",
        "lead",
        "owner",
    ];
    let folded = fold(title);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    folded.contains("http") || WHOLE.contains(&folded) || OPENS.iter().any(|o| folded.starts_with(o))
}

/// Whether words read as a title: short, mostly capitalised or in capitals, no finite verb, no name of a person.
pub(super) fn reads_as_title(text: &str, body: Span, lexicon: &Lexicon) -> bool {
    /// Most words of a title.
    const LONGEST: usize = 16;
    let words = body.of(text);
    let opens = |at: &usize| words.as_bytes().get(at + 1).is_some_and(u8::is_ascii_alphabetic);
    let mut spaced = memchr::memchr_iter(b' ', words.as_bytes()).filter(opens);
    if words.ends_with([',', ';'])
        || !words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        || spaced.nth(LONGEST).is_some()
    {
        return false;
    }
    let all = tokens(text, body);
    let count = all.iter().filter(|t| t.is_word()).count();
    if count == 0 || count > LONGEST {
        return false;
    }
    // "To receive declarations of interest.": what an agenda asks for, under the heading of an item.
    if words.starts_with("To ") && words.ends_with('.') {
        return false;
    }
    if reads_as_sentence(text, body)
        || ends_as_sentence(words)
        || tells_in_capitals(words)
        || is_author(text, body, lexicon)
        || starts_with_name(text, body, lexicon) && !words.contains(" - ")
    {
        return false;
    }
    // A day, an action, a word of deciding alone: what stands under a heading, and none itself.
    let mut leads = words.split([':', ' ']);
    let lead = fold(leads.next().unwrap_or(""));
    let joined = leads.next().is_some_and(|w| matches!(w, "and" | "from" | "points" | "&" | "log" | "plan"));
    if matches!(lead.as_str(), "action" | "actions" | "decision" | "proposed" | "seconded" | "note" | "signed")
        && !joined
        || lexicon.decisions.get(words.trim_end_matches('.')).is_some()
        || !dates(text, body, Some(2000)).is_empty()
            && !fold(words).contains("minutes")
            && !fold(words).contains("meeting")
    {
        return false;
    }
    let first = all.iter().find(|t| t.is_word());
    if first.is_some_and(|t| matches!(t.of(text), "That" | "Resolved" | "RESOLVED" | "AGREED" | "Agreed" | "The" if t.of(text) == "That")) {
        return false;
    }
    let lower = all
        .iter()
        .filter(|t| {
            t.shape == Shape::Lower
                && !matches!(
                    t.of(text),
                    "of" | "the"
                        | "and"
                        | "for"
                        | "to"
                        | "on"
                        | "in"
                        | "from"
                        | "by"
                        | "a"
                        | "an"
                        | "with"
                        | "at"
                        | "as"
                        | "or"
                )
        })
        .count();
    // "Date of the next meeting", "Minutes of previous meeting.", "Other business": short ones may be in lower case.
    // A name such as "data.gov.uk" is one word.
    let spoken = words.split_whitespace().count();
    lower * 2 <= count || (spoken <= 6 && !words.ends_with('.')) || spoken <= 4
}

/// Whether words hold a finite verb that titles do not have.
pub(super) fn reads_as_sentence(text: &str, body: Span) -> bool {
    const VERBS: &[&str] = &[
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "had",
        "has",
        "have",
        "would",
        "will",
        "should",
        "could",
        "can",
        "may",
        "noted",
        "received",
        "considered",
        "thanked",
        "reported",
        "explained",
        "agreed",
        "resolved",
        "proposed",
        "seconded",
        "presented",
        "stated",
        "said",
        "asked",
        "advised",
        "informed",
        "welcomed",
        "declared",
        "confirmed",
        "apologised",
        "attended",
        "provided",
        "that",
        "did",
        "does",
        "do",
        "gave",
        "took",
        "made",
        "requested",
        "updated",
        "introduced",
    ];
    let words = body.of(text);
    let lower = |w: &str| w.starts_with(|c: char| c.is_ascii_lowercase());
    words.split(|c: char| !c.is_alphanumeric()).any(|w| lower(w) && VERBS.contains(&w))
}

/// Whether words tell a decision, its verb in capitals among words that are not: "The Board NOTED the report".
fn tells_in_capitals(words: &str) -> bool {
    const VERBS: &[&str] =
        &["NOTED", "APPROVED", "AGREED", "RESOLVED", "RECEIVED", "ENDORSED", "RATIFIED", "ADOPTED", "SUPPORTED"];
    words.split(' ').next().is_some_and(|w| w.contains(char::is_lowercase))
        && words.split(|c: char| !c.is_alphanumeric()).any(|w| VERBS.contains(&w))
}

/// Whether words are a sentence by their full stop and a past tense, though no list knows the verb.
fn ends_as_sentence(words: &str) -> bool {
    /// Fewer words than such a sentence has.
    const SHORT: usize = 6;
    let past = |w: &str| w.len() > 4 && w.ends_with("ed") && w.starts_with(char::is_lowercase);
    words.ends_with('.') && words.split_whitespace().count() > SHORT && words.split(' ').any(past)
}

/// Whether a line says whose report an item is: "Report of Ada Fenn, Head of Housing".
fn is_author(text: &str, body: Span, lexicon: &Lexicon) -> bool {
    after_report(text, body).is_some_and(|name| starts_with_name(text, name, lexicon))
}

/// What follows "Report of", "Joint report by" and the like at the start of a line.
pub(super) fn after_report(text: &str, body: Span) -> Option<Span> {
    let words = body.of(text);
    let mut rest = words;
    for lead in ["Joint ", "joint ", "Report ", "report "] {
        rest = rest.strip_prefix(lead).unwrap_or(rest);
    }
    let lead = ["of ", "by ", "from ", "of the ", "by the "].into_iter().find(|lead| rest.starts_with(lead))?;
    let is_report = words.len() - rest.len() >= "report ".len();
    is_report.then(|| body.slice(words.len() - rest.len() + lead.len(), words.len()).trim(text))
}
