//! Decisions that sentences tell. In: a sentence, whether the document sets its decisions apart, the initials of the
//! body. Out: the decision, if the sentence tells one. Must never take for one what an officer or another body agreed,
//! what an earlier meeting did, or a condition.
//!
//! ```text
//! told    = who { adverb } verb ( "that" | "to" | "for" | "," | thing )       "It was agreed that …", "Members agreed to …"
//! who     = "it was" | "the" body-word | "members" | initials of the body | "proposed … and"
//! passive = thing "was" { adverb } verb [ "as …" | "for payment" | "by the" body-word ]      "The accounts were approved"
//! ```

use super::heading::is_apology;
use super::resolution::clean;
use super::shouted::{CAPITALS, SHOUTED, capitals, shouted};
use crate::lexicon::{Lexicon, fold};
use crate::model::{Resolution, Span};
use crate::text::literal::Literals;

/// Those who decide together.
const TOGETHER: &[&str] = &[
    "council",
    "board",
    "committee",
    "panel",
    "group",
    "members",
    "meeting",
    "councillors",
    "trustees",
    "governors",
    "directors",
    "forum",
    "partnership",
    "cc",
    "supervisors",
    "commissioners",
    "cllrs",
    "those present",
    "everyone",
];
/// Adverbs that may stand before the verb.
const ADVERBS: &[&str] = &[
    "unanimously",
    "then",
    "also",
    "further",
    "therefore",
    "generally",
    "formally",
    "subsequently",
    "accordingly",
    "all",
    "duly",
    "thus",
    "provisionally",
    "universally",
    "eventually",
    "again",
    "collectively",
];
/// Verbs of deciding that a clause follows, with what is stated of the decision.
const CLAUSES: &[(&str, &str, &str)] = &[
    ("agreed", "agree", "agreed"),
    ("resolved", "resolve", "agreed"),
    ("decided", "resolve", "agreed"),
    ("recommended", "recommend", "recommended"),
    ("approved", "approve", "approved"),
    ("adopted", "adopt", "approved"),
    ("ratified", "approve", "approved"),
];
/// Verbs of deciding in the passive.
const PASSIVE: &[(&str, &str, &str)] = &[
    ("approved", "approve", "approved"),
    ("adopted", "adopt", "approved"),
    ("ratified", "approve", "approved"),
    ("confirmed as", "approve", "approved"),
    ("also confirmed", "approve", "approved"),
    ("agreed", "approve", "agreed"),
    ("accepted as", "approve", "approved"),
    ("accepted for", "approve", "approved"),
    ("accepted unanimously", "approve", "approved"),
];
/// All of these verbs, in any case: where none stands, nothing is decided.
pub(super) static VERBS: Literals = Literals::in_any_case(&ALL);
const ALL: [&str; CLAUSES.len() + PASSIVE.len() + CAPITALS.len()] = {
    let mut words = [""; CLAUSES.len() + PASSIVE.len() + CAPITALS.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = if at < CLAUSES.len() {
            CLAUSES[at].0
        } else if at < CLAUSES.len() + PASSIVE.len() {
            PASSIVE[at - CLAUSES.len()].0
        } else {
            CAPITALS[at - CLAUSES.len() - PASSIVE.len()]
        };
        at += 1;
    }
    words
};
/// What bodies approve: a passive verb decides only these.
const THINGS: &[&str] = &[
    "minutes",
    "minute of",
    "unanimously",
    "payment",
    "accounts",
    "report",
    "motion",
    "recommendation",
    "statement",
    "budget",
    "precept",
    "policy",
    "policies",
    "quote",
    "quotation",
    "invoice",
    "terms of reference",
    "risk assessment",
    "standing orders",
    "regulations",
    "schedule",
    "agenda",
    "option",
    "proposal",
    "donation",
    "bylaw",
    "by-law",
    "resolution",
    "annual return",
    "cheques",
    "expenditure",
    "accounting",
];
/// Words of sentences that tell of another time, or of a condition.
const ELSEWHEN: &[&str] = &[
    "had been",
    "has been",
    "have been",
    "previously agreed",
    "previously approved",
    " if ",
    "as agreed",
    "once ",
    "would be",
    "would have",
    "not be",
    " not ",
    "had agreed",
    "had resolved",
    "could be",
    "when agreed",
    "until ",
    "was agreed at the last",
    "at the last meeting",
    "should be",
    "cannot",
    "yet to be",
    "may be",
    "can be",
    "unless",
    "whether",
    "at that meeting",
    "during which",
    "at which",
    "at their meeting",
];

/// The body that met, as sentences may call it.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Its name, folded.
    name: String,
    /// Its initials.
    short: String,
}

impl Body {
    /// From its name.
    pub(super) fn new(name: &str) -> Self {
        Self { name: fold(name), short: initials(name) }
    }

    /// Whether words end with it: its initials, or a word for such a body that is not the end of another's name
    /// ("Norfolk County Council agreed").
    pub(super) fn ends(&self, words: &str, lower: &str) -> bool {
        if self.short.len() >= 2 && ends_with_word(words, &self.short) {
            return true;
        }
        let Some(word) = TOGETHER.iter().find(|w| ends_with_word(lower, w)) else { return false };
        let before = words[..words.len() - word.len()].trim_end_matches([' ', '\t']);
        let last = before.rsplit(' ').next().unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric());
        let name = last.starts_with(char::is_uppercase) && !matches!(last, "The" | "This" | "All" | "Both" | "Elected");
        let of_body = self.name.contains(&fold(last)) || matches!(*word, "members" | "councillors" | "trustees");
        !name || of_body
    }
}

/// The initials of a name, of which the first letters of its longer words are made: `EHUG` of "Ellmoor Harbour User Group".
fn initials(name: &str) -> String {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().next().is_some_and(char::is_uppercase))
        .filter_map(|w| w.chars().next())
        .collect()
}

/// A decision told in a sentence. `formal` where the document sets its decisions apart: then only capitals count.
pub(super) fn decision(text: &str, sentence: Span, formal: bool, body: &Body, lexicon: &Lexicon) -> Option<Resolution> {
    let words = sentence.of(text);
    if words.len() > 1500 || !VERBS.stand_in(words) || is_apology(words) {
        return None;
    }
    let loud = SHOUTED.stand_in(words);
    let found =
        loud.then(|| shouted(text, sentence, lexicon).or_else(|| capitals(text, sentence, body, lexicon))).flatten();
    if found.is_some() || formal {
        return found;
    }
    // Lower-casing ASCII keeps every offset.
    let lower = words.to_ascii_lowercase();
    clause(text, sentence, &lower, body).or_else(|| passive(text, sentence, &lower, body))
}

pub(super) fn made(keyword: Option<Span>, verb: &'static str, outcome: &'static str, span: Span) -> Resolution {
    Resolution { item: None, keyword, verb, outcome, limb: None, span }
}

/// Where a whole word stands.
pub(super) fn positions<'w>(lower: &'w str, word: &'w str) -> impl Iterator<Item = usize> + 'w {
    lower.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(lower[..*at].chars().next_back()) && !letter(lower[at + word.len()..].chars().next())
    })
}

/// The words before a verb without the adverbs that stand right before it.
pub(super) fn without_adverbs(mut before: &str) -> &str {
    before = before.trim_end_matches([' ', ',']);
    while let Some(rest) = ADVERBS.iter().find_map(|a| before.strip_suffix(a)) {
        // "all" may be the subject itself: "all agreed to".
        let Some(rest) = rest.strip_suffix(' ') else { break };
        before = rest.trim_end_matches([' ', ',']);
    }
    before
}

/// The words before a verb of deciding without what the meeting did first: "the Board considered and".
fn without_handling(before: &str) -> &str {
    const HANDLES: &[&str] =
        &["considered", "discussed", "reviewed", "received", "noted", "examined", "debated", "scrutinised"];
    let Some(rest) = before.strip_suffix(" and") else { return before };
    HANDLES.iter().find_map(|h| rest.strip_suffix(h)).map_or(before, |r| without_adverbs(r))
}

/// Whether the words before a verb speak of another time, or make a condition of it.
pub(super) fn is_elsewhen(before: &str) -> bool {
    let padded = format!(" {before}");
    ELSEWHEN.iter().any(|w| padded.contains(w))
}

pub(super) fn ends_with_word(words: &str, last: &str) -> bool {
    words.strip_suffix(last).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
}

/// "It was agreed that …", "Members agreed to …", "EHUG agreed a common form".
fn clause(text: &str, sentence: Span, lower: &str, body: &Body) -> Option<Resolution> {
    let words = sentence.of(text);
    let mut found = CLAUSES
        .iter()
        .flat_map(|(word, verb, outcome)| positions(lower, word).map(move |at| (at, *word, *verb, *outcome)))
        .collect::<Vec<_>>();
    found.sort_unstable();
    for (at, word, verb, outcome) in found {
        let before = without_handling(without_adverbs(&lower[..at]));
        let impersonal = ends_with_word(before, "it was") || ends_with_word(before, "it is");
        let together = before.is_empty()
            || body.ends(&words[..before.len()], before)
            || ends_with_word(before, "all")
            || ends_with_word(before, "and") && (before.contains("propos") || before.contains("second"))
            || ends_with_word(before, "was")
            || ends_with_word(before, "were");
        if !(impersonal || together) || is_elsewhen(before) {
            continue;
        }
        let after = lower[at + word.len()..].trim_start_matches([',', ':', ' ', '-', '–']);
        // "It was agreed by the Members to host …".
        let after = after.strip_prefix("by ").map_or(after, |who| {
            let words = who.split(' ').take(4).collect::<Vec<_>>();
            let named = words.iter().position(|w| TOGETHER.contains(w) || *w == "all");
            named.map_or(after, |n| &who[words[..=n].iter().map(|w| w.len() + 1).sum::<usize>().min(who.len())..])
        });
        let start = lower.len() - after.len();
        let lead = ["that ", "that, ", "to ", "for "].iter().find(|l| after.starts_with(**l));
        let of_body = !before.is_empty() && body.ends(&words[..before.len()], before);
        // "The Panel approved the minutes": where the sentence opens with who; "In 2016 the Board adopted …" looks back.
        let opens = of_body && before.split_whitespace().count() <= 5 && !before.contains(|c: char| c.is_ascii_digit());
        let active = word != "agreed";
        let thing = opens_thing(after, if active { 1 } else { 3 })
            && match word {
                "agreed" => impersonal || of_body,
                // "The Board approved the preceding minutes on …" under the signature tells of the next meeting.
                "approved" | "adopted" | "ratified" => opens && !after.contains("ing minutes"),
                _ => false,
            };
        // "It was approved for": what was approved stands before.
        let fits = match lead {
            Some(&("that " | "that, ")) => true,
            Some(&"to ") => matches!(word, "agreed" | "resolved" | "decided"),
            Some(_) => word == "agreed" && (impersonal || before.is_empty()),
            None => thing,
        };
        if !fits {
            continue;
        }
        // "EHUG agreed a common form": without its verb the thing alone says nothing.
        let from = if lead.is_none() && !impersonal { 0 } else { start + lead.map_or(0, |l| l.len()) };
        let span = clean(text, sentence.slice(from, words.len()));
        if span.of(text).split_whitespace().count() >= 2 {
            return Some(made(Some(sentence.slice(at, at + word.len())), verb, outcome, span));
        }
    }
    None
}

/// Whether what follows a verb, with `least` words after the first, is what was agreed, and no remark on how: "a standard format", "further work will be done".
fn opens_thing(after: &str, least: usize) -> bool {
    const NO_THINGS: &[&str] = &[
        "with",
        "by",
        "at",
        "in",
        "on",
        "as",
        "and",
        "but",
        "however",
        "upon",
        "during",
        "following",
        "between",
        "unanimously",
        "subject",
        "of",
        "or",
        "there",
        "this",
        "it",
        "he",
        "she",
        "they",
        "how",
        "nem",
        "last",
        "previously agreed",
        "previously approved",
        "so",
    ];
    let mut all = after.split_whitespace();
    let first = all.next().unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric());
    !first.is_empty() && !NO_THINGS.contains(&first) && all.count() >= least
}

/// "The accounts were approved", "Option 2 was agreed".
fn passive(text: &str, sentence: Span, lower: &str, body: &Body) -> Option<Resolution> {
    let mut found = PASSIVE
        .iter()
        .flat_map(|(word, verb, outcome)| positions(lower, word).map(move |at| (at, *word, *verb, *outcome)))
        .collect::<Vec<_>>();
    found.sort_unstable();
    for (at, word, verb, outcome) in found {
        let before = without_adverbs(&lower[..at]);
        let finite = ends_with_word(before, "was") || ends_with_word(before, "were") || joined_verb(before);
        if !finite || is_elsewhen(before) {
            continue;
        }
        let after = lower[at + word.len()..].trim_start();
        let subject = before.trim_end_matches("was").trim_end_matches("were").trim();
        // "The application was approved by the Borough": another body's decision.
        let by_others = after.strip_prefix("by ").is_some_and(|who| {
            let who = who.strip_prefix("the ").unwrap_or(who);
            let mut words = who.split(|c: char| !c.is_alphanumeric());
            let mut first = words.next().unwrap_or("");
            // "by the EHUG members".
            if !body.short.is_empty() && body.short.eq_ignore_ascii_case(first) {
                first = words.next().filter(|next| TOGETHER.contains(next)).unwrap_or("members");
            }
            !(TOGETHER.contains(&first)
                || matches!(first, "all" | "unanimous" | "consensus" | "email" | "everyone" | "a"))
        });
        let ends = after.trim_matches(|c: char| !c.is_alphanumeric()).is_empty() || after.starts_with("by ");
        let of_body = THINGS.iter().any(|t| lower.contains(t))
            || word == "agreed"
                && ends
                && !matches!(subject, "it" | "this" | "that")
                && subject.len() > 3
                && !subject.contains("information")
            || word == "agreed" && subject == "this" && after.starts_with("by ");
        if !by_others && of_body {
            return Some(made(None, verb, outcome, clean(text, sentence)));
        }
    }
    None
}

/// "The accounts were presented and", before "approved".
fn joined_verb(before: &str) -> bool {
    let Some(rest) = before.strip_suffix("and") else { return false };
    let last = rest.trim_end().rsplit(' ').next().unwrap_or("");
    (last.ends_with("ed") || last == "read" || last == "put")
        && (rest.contains(" was ") || rest.contains(" were ") || rest.contains(" as "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, expected: Option<&str>) {
        let span = Span::new(0, sentence.len());
        let found = decision(sentence, span, false, &Body::new("Ellmoor Harbour Board"), Lexicon::embedded());
        assert_eq!(found.map(|r| r.span.of(sentence).to_owned()).as_deref(), expected, "in {sentence:?}");
    }

    #[test]
    fn told_with_a_clause() {
        check("It was agreed to offer no objection.", Some("offer no objection."));
        check("It was unanimously agreed that the crane be sold.", Some("the crane be sold."));
        check("It was agreed further thought will be given to it.", Some("further thought will be given to it."));
        check("EHB agreed a standard form for its papers.", Some("EHB agreed a standard form for its papers."));
        check("The Board then agreed to sell the crane.", Some("sell the crane."));
        check("The Board approved the tide tables.", Some("The Board approved the tide tables."));
        check("In 1998 the Board adopted a plan for the quay.", None);
        let handled = "The Board considered and adopted the model rules.";
        check(handled, Some(handled));
        check("It was proposed by Ms Fenn, seconded by Mr Rowe and agreed that it be sold.", Some("it be sold."));
    }

    #[test]
    fn told_in_capitals() {
        let told = "The Board RECEIVED and NOTED the tide tables.";
        check(told, Some(told));
        check("The Board asked for the NOTED paper.", None);
        check("MINUTES APPROVED BY THE BOARD", None);
    }

    #[test]
    fn told_in_the_passive() {
        for told in [
            "The risk assessment, as circulated, was unanimously approved.",
            "The accounts were presented and accepted for payment.",
            "Option 2 was agreed.",
            "This was agreed by the Council.",
            "The minutes were formally approved by the EHB members.",
        ] {
            check(told, Some(told));
        }
    }

    #[test]
    fn what_was_not_decided_here() {
        check("Mr Rowe agreed to mend the crane.", None);
        check("The application was approved by the Borough Planning Officer in his report.", None);
        check("If it was agreed that the crane be sold, it would go.", None);
        check("The budget had been approved.", None);
        check("Members agreed with this.", None);
        check("It was agreed.", None);
        check("Norfolk County Council agreed a policy for the lighting of streets.", None);
    }
}
