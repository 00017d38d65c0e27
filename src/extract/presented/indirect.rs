//! Who presents, where the sentence says so by the way: "In presenting the report, X …", "the Chair invited X to present",
//! "the Board heard from X, who gave a presentation", "the report was presented by X".
//!
//! In: clauses. Out: who, with the rule and the form. What is only asked for, or for another day, presents nothing.

use std::sync::LazyLock;

use super::wording::{form_of, is_for_later, is_reported_speech};
use super::{AWAITED, NOUNS, RECEIVED, SENTENCE};
use crate::extract::Draft;
use crate::extract::clause::{Clause, Pattern, Sign, pattern};
use crate::extract::cue::Sentence;
use crate::text::literal::Literals;

/// "In presenting the report, X drew attention to …", "X, in presenting the report, said …".
static PRESENTING: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:When |In )(?:presenting|introducing|submitting) (?P<rest>[^,@]{3,120}), ?(?:the )?(?P<who>@L) |^[^@]{0,60}(?P<who2>@L)@D?,? (?:when |in )(?:presenting|introducing|submitting) (?P<rest2>[^,@]{3,120})",
    )
});

/// "The Chair invited X to present the report".
static INVITED: Pattern = LazyLock::new(|| {
    pattern(
        r"\b(?:invited|asked|welcomed) (?P<who>@L)@D? (?:to|who would) (?:present|introduce|give|provide|outline|deliver|summarise|update|speak to|talk to|take [\w ]{2,20} through) (?P<rest>[^.;]*)",
    )
});

/// "The Board heard from X, who gave a presentation", "X was thanked for her report".
static HEARD: Pattern = LazyLock::new(|| {
    pattern(
        r"\b(?:heard from|welcomed|received) (?P<who>@L)[^.;:]{0,80}? who (?:gave|delivered|presented|provided|made|shared) (?P<rest>[^.;]*)|\bthanked (?P<who2>@L) for (?:his|her|their|the|an?) (?P<rest2>(?:\w+ ){0,3}(?:presentation|report|update|talk|briefing)\b[^.;]*)",
    )
});

/// "The report, which set out the dues, was presented by X", "a report on the dues presented by X".
static BY: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?P<noun>reports?|presentations?|updates?|papers?|items?|accounts|budget|overview|briefing|statements?|strategy|plan|policy|proposals?|talk)\b[^.;:@]{0,90}?,? (?:and )?(?:which |that )?(?:was |were |had been )?(?:then |also |jointly |verbally )?(?P<verb>presented|introduced|given|delivered) (?:verbally |jointly )?(?:to (?:the )?(?:@O|\w+) )?by (?:the |our )?(?:(?-i:\p{Lu})[^.;:@]{2,80},? )?(?P<who>@L|@O)",
    )
});

/// Words without which the patterns say nothing.
static PRESENTS: Literals = Literals::new(&["presenting", "introducing", "submitting"]);
static INVITES: Literals = Literals::new(&["invited", "asked", "welcomed"]);
static HEARS: Literals = Literals::new(&["heard from", "welcomed", "received", "thanked"]);
static GIVEN: Literals = Literals::in_any_case(&["presented ", "introduced ", "given ", "delivered "]);

/// Who presents in a sentence, with the rule and the form.
pub(super) fn told(draft: &Draft<'_>, clause: &Clause, sentence: Sentence) -> Vec<(&'static str, &'static str, Sign)> {
    let words = clause.words.as_str();
    let mut found = Vec::new();
    if PRESENTS.stand_in(words)
        && let Some(captures) = PRESENTING.as_ref().and_then(|p| p.captures(words))
        && let Some(who) = captures.name("who").or(captures.name("who2"))
        && let Some(rest) = captures.name("rest").or(captures.name("rest2"))
    {
        let form = form_of(rest.as_str()).unwrap_or("report");
        found.extend(clause.people_in(draft, who.range()).into_iter().map(|s| (SENTENCE, form, s)));
    }
    if found.is_empty()
        && sentence.has(NOUNS)
        && INVITES.stand_in(words)
        && let Some(captures) = INVITED.as_ref().and_then(|p| p.captures(words))
        && let (Some(who), Some(rest)) = (captures.name("who"), captures.name("rest"))
        && let Some(form) = form_of(rest.as_str())
        && sentence.opens
        && !is_for_later(rest.as_str())
    {
        found.extend(clause.people_in(draft, who.range()).into_iter().map(|s| (SENTENCE, form, s)));
    }
    if found.is_empty()
        && sentence.has(NOUNS)
        && HEARS.stand_in(words)
        && let Some(captures) = HEARD.as_ref().and_then(|p| p.captures(words))
        && let Some(who) = captures.name("who").or(captures.name("who2"))
        && let Some(form) = captures.name("rest").or(captures.name("rest2")).and_then(|r| form_of(r.as_str()))
    {
        found.extend(clause.people_in(draft, who.range()).into_iter().map(|s| (RECEIVED, form, s)));
    }
    if found.is_empty()
        && GIVEN.stand_in(words)
        && let Some(captures) = BY.as_ref().and_then(|p| p.captures(words))
        && let (Some(noun), Some(who)) = (captures.name("noun"), captures.name("who"))
        && !is_reported_speech(&words[..noun.start()])
        && !AWAITED.as_ref().is_some_and(|p| p.is_match(&words[..noun.start()]))
        && !words[noun.start()..who.start()].contains(" be ")
    {
        let form = form_of(noun.as_str()).unwrap_or("report");
        found.extend(clause.people_in(draft, who.range()).into_iter().map(|s| (RECEIVED, form, s)));
    }
    found
}
