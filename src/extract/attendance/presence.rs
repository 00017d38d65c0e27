//! What stands beside a name and speaks of this meeting: who takes the chair, whose place is taken, who came late or
//! left early.
//!
//! In: one part of a description. Out: what it says, or nothing where it says something else. A time alone is neither
//! an organisation nor a role.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::description::Said;
use crate::lexicon::{Lexicon, fold};
use crate::model::Span;
use crate::text::literal::Literals;
use crate::text::name::{Context, Name, each_name, names};

/// The chair of this meeting, by a word for it alone.
pub(super) fn chair(text: &str, span: Span, folded: &str, lexicon: &Lexicon) -> Option<Vec<Said>> {
    let in_the_chair = ["in the chair", "took the chair", "presiding", "who took the chair", "chairing"]
        .iter()
        .any(|w| folded.ends_with(w) || folded.starts_with(w));
    if in_the_chair {
        // "Vice-Chairman, in the Chair": the post too.
        return Some(vec![Said::Chair(None)]);
    }
    // In two languages ("Cadeirydd / Chair"): the last of the two is the post.
    let start = span.of(text).rfind('/').map_or(0, |at| at + 1);
    let span = span.slice(start, span.len()).trim(text);
    let folded = folded.rsplit('/').next().unwrap_or(folded).trim();
    let is_chair = |words: &str| {
        lexicon.roles.get(words).is_some_and(|r| r.class == "chair" && r.head)
            || matches!(words, "ch" | "an cathaoirleach")
    };
    if is_chair(folded) {
        return Some(vec![Said::Chair(Some(span))]);
    }
    // "Chair of the Panel", "Panel Chair", "Chair for the meeting": the body's own.
    let own = [
        "chair of the board",
        "chair of the panel",
        "chair of the committee",
        "chair of the council",
        "chair of the group",
        "chair of the meeting",
        "chair of governors",
        "chair of the governors",
        "chair for the meeting",
        "meeting chair",
        "committee chair",
        "panel chair",
        "board chair",
        "council chair",
        "chairman of the council",
        "chairman of the board",
        "chairman of the committee",
        "chairman of the panel",
        "acting chair",
        "acting chairman",
        "chair for this meeting",
    ];
    own.contains(&folded).then(|| vec![Said::Chair(Some(span))])
}

/// "(substitute for Y)", "(for Y)", "(Z attended as substitute)", "(substituted by Z)".
pub(super) fn place_of_another(text: &str, span: Span, folded: &str, lexicon: &Lexicon) -> Option<Said> {
    const TAKES: &[&str] = &[
        "substitute for",
        "substituting for",
        "sub for",
        "deputising for",
        "standing in for",
        "in place of",
        "deputy for",
        "on behalf of",
        "representing",
        "rep",
        "rep for",
        "for",
        "attending for",
        "alternate for",
        "covering for",
        "reserve for",
        "instead of",
        "replacing",
        "sub",
    ];
    static TAKEN: Literals = Literals::new(&[
        "attended as substitute",
        "attending as substitute",
        "substituted by",
        "replaced by",
        "attended in",
        "represented by",
        "attended on",
        "attending on",
        "attended instead",
        "in attendance as substitute",
        "as substitute",
        "to substitute",
        "attended for",
        "attending in",
        "attended as his substitute",
        "attended as her substitute",
        "attended as their substitute",
        "substituting",
        "deputising",
        "as alternate",
    ]);
    static TAKES_FIRST: LazyLock<FxHashSet<&str>> = LazyLock::new(|| TAKES.iter().map(|t| first_word(t)).collect());
    if TAKES_FIRST.contains(first_word(folded))
        && TAKES.iter().any(|t| folded.strip_prefix(t).is_some_and(|rest| rest.starts_with(' ')))
    {
        let name = each_name(text, span, Context::Prose, lexicon).next();
        let name = name.or_else(|| {
            // In a list a bare surname after the words will do where a title stands before it.
            each_name(text, span, Context::List, lexicon).find(|n| !n.honorifics.is_empty())
        })?;
        return Some(Said::SubstituteFor(name));
    }
    if TAKEN.stand_in(folded) {
        let found = names(text, span, Context::List, lexicon);
        let found: Vec<Name> = found.into_iter().filter(|n| n.is_full() || !n.honorifics.is_empty()).collect();
        return (!found.is_empty()).then_some(Said::SubstitutedBy(found));
    }
    None
}

const REMOTE: &[&str] = &[
    "remote",
    "remotely",
    "teams",
    "zoom",
    "phone",
    "telephone",
    "online",
    "virtual",
    "virtually",
    "teleconference",
    "video",
    "videoconference",
    "skype",
    "webex",
    "dialled",
    "dial-in",
    "conference call",
];
const FROM_AFAR: &[&str] = &[
    "remote",
    "remotely",
    "online",
    "virtual",
    "virtually",
    "teleconference",
    "joined",
    "joining",
    "attended",
    "attending",
    "participated",
    "participating",
    "present",
    "via",
    "by",
    "on",
    "over",
    "dialled",
    "dial-in",
    "zoom",
    "teams",
    "connected",
];
const CAME: &[&str] = &[
    "arrived",
    "arriving",
    "joined at",
    "joined from",
    "joined the meeting",
    "joined during",
    "joined for",
    "entered",
    "late",
    "came",
    "from item",
    "from items",
    "from agenda item",
    "from minute",
];
const LEFT: &[&str] =
    &["left", "leaving", "until", "to item", "departed", "up to item", "till", "up to and including", "to minute"];
// Who is there from the first item on leaves before the end; who is there for another comes for it.
const FIRST: &[&str] = &["items 1", "item 1", "agenda items 1", "agenda item 1", "for items 1", "for item 1"];
const ITEM: &[&str] = &["for item", "for items", "items", "item", "for agenda item", "agenda item", "agenda items"];
const PART: &[&str] = &["part of", "part meeting", "part only", "for part"];

/// Whether words may say how somebody was there: their first word starts a phrase of the lists above.
fn may_say_presence(folded: &str) -> bool {
    static FIRSTS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        let phrases = [FROM_AFAR, CAME, LEFT, FIRST, ITEM, PART].into_iter().flatten();
        phrases.map(|phrase| first_word(phrase)).chain(["from", "after", "to", "minute"]).collect()
    });
    FIRSTS.contains(first_word(folded))
}

fn first_word(words: &str) -> &str {
    words.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or("")
}

/// "left at 3pm", "from item 5", "joined remotely".
pub(super) fn coming_and_going(span: Span, folded: &str, lexicon: &Lexicon) -> Option<Vec<Said>> {
    if !may_say_presence(folded) {
        return None;
    }
    let starts = |phrases: &[&str]| {
        phrases.iter().any(|p| {
            folded.strip_prefix(p).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
        })
    };
    let words: Vec<&str> = folded.split(' ').collect();
    // "Citizens Online Trust", "Remote Services Manager": something else that has the word.
    let other = || lexicon.organisations.suffix(&words).is_some() || lexicon.roles.suffix(&words).is_some();
    let mut found = Vec::new();
    if starts(FROM_AFAR) && !other() && REMOTE.iter().any(|w| words.iter().any(|word| word == w) || folded.ends_with(w))
    {
        found.push(Said::Remote);
    }
    // "from 5.20 pm", "from 10:15": a time, after which nothing else is said.
    let time = |lead: &str| folded.strip_prefix(lead).is_some_and(is_time);
    if starts(CAME) || time("from ") || time("after ") {
        found.push(Said::Arrived(span));
    } else if starts(LEFT) || time("to ") || starts(FIRST) {
        found.push(Said::Left(span));
    } else if starts(ITEM) {
        found.push(Said::Arrived(span));
    } else if starts(PART)
        || folded.strip_prefix("minute ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        found.push(Said::Remark);
    }
    (!found.is_empty()).then_some(found)
}

/// Whether words are a time of the day: "5.20 pm", "10:15", "noon".
fn is_time(words: &str) -> bool {
    words == "noon"
        || words.starts_with(|c: char| c.is_ascii_digit())
            && words
                .split(|c: char| !c.is_alphabetic())
                .all(|w| matches!(w, "" | "am" | "pm" | "hrs" | "a" | "p" | "m"))
}

/// Whether a post is the chair of the body that met: "EHB Chair", "Chair of Ellmoor Harbour Board".
pub(super) fn chairs_body(post: &str, body: &str, lexicon: &Lexicon) -> bool {
    let (post, body) = (fold(post), fold(body));
    let chair = |words: &str| lexicon.roles.get(words).is_some_and(|r| r.class == "chair" && r.head);
    let of = match (post.split_once(" of "), post.rsplit_once(' ')) {
        (Some((word, of)), _) if chair(word) => of.strip_prefix("the ").unwrap_or(of),
        (_, Some((of, word))) if chair(word) => of,
        _ => return false,
    };
    let initials = || body.split_whitespace().filter_map(|w| w.chars().next()).collect::<String>();
    // "Chair of the Harbour Board" where the head says "Ellmoor Harbour Board".
    of == body || (of.len() > 2 && of == initials()) || of.contains(' ') && body.ends_with(&format!(" {of}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chair_of_the_body_that_met_is_told_from_other_chairs() {
        let chairs = |post: &str, body: &str| chairs_body(post, body, Lexicon::embedded());
        assert!(chairs("EHB Chair", "Ellmoor Harbour Board") && chairs("EHB Chair", "EHB"));
        assert!(chairs("Chair of Ellmoor Harbour Board", "Ellmoor Harbour Board"));
        assert!(!chairs("Vice Chair", "Ellmoor Harbour Board") && !chairs("Audit Chair", "Ellmoor Harbour Board"));
        assert!(!chairs("EHB Vice Chair", "EHB") && !chairs("Clerk of EHB", "EHB"));
    }
}
