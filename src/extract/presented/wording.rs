//! What the words around a verb of presenting say: whether it is of somebody else, of another day, or only reported, and
//! which form was presented. In: words. Out: yes or no, or a form. Never looks at a document.

use crate::text::literal::Literals;

/// Whether a verb of presenting has an object that is no business: somebody introduced, a prize presented.
pub(super) fn verb_is_of_another(verb: &str, rest: &str) -> bool {
    let start: String = rest.chars().take(60).collect::<String>().to_lowercase();
    let first = start.split([' ', ',']).next().unwrap_or("");
    let prize = [
        "award",
        "certificate",
        "trophy",
        "cheque",
        "medal",
        "cup",
        "gift",
        "flowers",
        "plaque",
        "badge",
        "petition",
        "chain",
        "bouquet",
    ]
    .iter()
    .any(|w| start.split(|c: char| !c.is_alphabetic()).take(6).any(|word| word.trim_end_matches('s') == *w));
    match verb {
        "introduced" | "introduces" => {
            matches!(first, "herself" | "himself" | "themselves" | "themself")
                || is_somebody(&start)
                || start.starts_with("the following resolution")
                || start.starts_with("the following ordinance")
        }
        "submitted" | "tabled" | "outlined" | "summarised" | "summarized" => form_of(&start).is_none(),
        // "reviewed the financial report", but not "reviewed the actions of the last report".
        "reviewed" | "read" | "read out" => {
            let first: Vec<&str> = start.split(' ').take(6).collect();
            form_of(&first.join(" ")) != Some("report") || start.contains(" of the last")
        }
        "presented" | "presents" => {
            prize
                || is_somebody(&start)
                || matches!(first, "with" | "for" | "which" | "at" | "by")
                || first == "to" && ![" on ", " about ", " regarding "].iter().any(|w| start.contains(w))
                || first == "on" && start.contains(" behalf")
        }
        // "provided an update to the plan for …" is business; "made no report" is not.
        "gave" | "gives" | "provided" | "provides" | "delivered" | "made" | "offered" | "shared" | "brought"
        | "did" => {
            // "made comments in response to the presentation": the noun must be what was given.
            let noun =
                ["update", "presentation", "report", "overview", "briefing", "summary", "talk", "demo", "feedback"]
                    .iter()
                    .filter_map(|n| start.find(n))
                    .min()
                    .unwrap_or(0);
            let before = &start[..noun];
            matches!(first, "no")
                || [
                    " in ",
                    " on ",
                    " about ",
                    " regarding ",
                    " for ",
                    " from ",
                    " of ",
                    " at ",
                    "comment",
                    "apolog",
                    "would be",
                    " that ",
                ]
                .iter()
                .any(|w| before.contains(w))
        }
        // "ran through the actions of the last meeting".
        verb if verb.contains("through") => {
            let mut first = start.split(' ').take(5);
            form_of(&start).is_none() && first.any(|v| ["action", "minutes", "agenda"].iter().any(|w| v.starts_with(w)))
        }
        _ => false,
    }
}

fn is_somebody(words: &str) -> bool {
    words.trim_start_matches("to ").starts_with(['\u{E000}', '\u{E001}'])
        && !words.trim_start_matches(['\u{E000}', '\u{E001}']).starts_with(['\'', '’'])
}

/// Whether what precedes makes the clause a wish, a duty or a report of something earlier.
pub(super) fn is_reported_speech(before: &str) -> bool {
    let lower = before.to_lowercase();
    [
        " that ",
        "asked",
        "request",
        "if ",
        "when ",
        "after ",
        "once ",
        "last meeting",
        "until ",
        "as ",
        "which ",
        "since ",
    ]
    .iter()
    .any(|w| lower.contains(w) || lower.starts_with(w.trim_start()))
}

/// Whether what somebody is invited to give is for another meeting.
pub(super) fn is_for_later(rest: &str) -> bool {
    let lower = rest.to_lowercase();
    ["next", "future", "later", "in due course", "when", "once", "by the end"].iter().any(|w| lower.contains(w))
}

/// The form that the words after a verb name.
pub(super) fn form_of(words: &str) -> Option<&'static str> {
    words.split(|c: char| !c.is_alphanumeric()).take(14).find_map(|w| match w.to_lowercase().as_str() {
        "report" | "reports" | "accounts" | "statement" | "proposal" | "recommendation" => Some("report"),
        "presentation" | "presentations" | "slides" | "talk" | "demonstration" | "demo" => Some("presentation"),
        "update" | "updates" | "overview" | "briefing" | "summary" | "feedback" => Some("update"),
        "paper" | "papers" | "memo" | "memorandum" | "document" | "note" => Some("paper"),
        _ => None,
    })
}

/// Whether the text of an item says that it was not taken.
pub(super) fn is_put_off(words: &str) -> bool {
    static PUT_OFF: Literals = Literals::in_any_case(&[
        "item was deferred",
        "item was withdrawn",
        "item was postponed",
        "report was withdrawn",
        "report was deferred",
        "item be deferred",
        "item deferred",
    ]);
    let end = words.char_indices().nth(600).map_or(words.len(), |(at, _)| at);
    PUT_OFF.stand_in(&words[..end])
}
