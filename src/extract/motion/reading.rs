//! Who moves and seconds in a sentence, and the words of what they move.
//!
//! In: clauses. Out: motions, in the order in which they were read. Knows no decision and states nothing.

use std::sync::LazyLock;

use super::super::Draft;
use super::super::clause::{Clause, Pattern, Sign, Surnames, pattern};
use super::super::cue::{Cues, Sentence, sentences_with};
use crate::model::{Nature, Span};

/// The mover before the verb or after it.
static MOVER: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:(?:moved|proposed)(?: and moved)? (?:by:? |: ?)|(?:moved|proposed) ?[:.–—-] ?(?:by )?|motion(?: was| is)?(?: made| moved| proposed| put)? ?(?:by |: ?)|motion to [^.;@]+? (?:made |was made |moved )?by |proposal of |proposition of |proposer ?[:–-]? ?|on the motion of |prop(?:osed)?\. ?(?:by )?|^(?:moved|proposed) |[.;(] ?(?:moved|proposed) )",
        r"(?P<who>@N)"
    ))
});

static MOVES: Pattern = LazyLock::new(|| {
    pattern(
        r"(?P<who>@N)@D?(?: then| also| therefore| again| formally| further)? (?P<verb>moved|moves|motioned|motions|proposed|ma(?:de|kes) (?:(?:a|the) )?(?:motion|proposal)|introduced the following (?:resolution|ordinance) and moved|MOVED)(?P<rest>.*)",
    )
});

static SECONDER: Pattern = LazyLock::new(|| {
    pattern(r"(?i)\bsecond(?:ed|er|s)?(?: the motion| this| it)?(?: ?[:.–—-] ?(?:by )?| by:? | )(?P<who>@N)")
});

static SECONDS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?P<who>@N)@D?(?: then| also| duly| has)? (?:second(?:ed|s)(?P<rest>.*)|second(?: the motion| it)?(?:[,.;]|$)|seconding)",
    )
});

/// "Proposed. X, seconded Y": the full stop made a sentence of the rest.
static HEADLESS: Pattern = LazyLock::new(|| pattern(r"^(?P<who>@N)[,;]? (?:and )?(?i:seconded)(?: by|:)? @N"));

/// "(A/B)" after a decision, or "A/B" on a line of its own before one.
static PAIR: Pattern = LazyLock::new(|| pattern(r"(?:\(|^)(?P<mover>@N) ?/ ?(?P<seconder>@N)(?:\)|$)"));

/// The words of a motion after its mover and seconder.
static MOTION: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)(?:,| and| it was| was| be| were|unanimously|carried|agreed|resolved|the|a|an|amendment|motion|proposal|recommendation|by (?:all|members)[^,.;@]{0,40}|[\s:;])*(?P<motion>(?:that|to) .*)$",
    )
});

/// A motion that was put.
#[derive(Clone, Debug)]
pub(super) struct Motion {
    /// The words that name mover and seconder.
    pub(super) span: Span,
    /// Line of its last words.
    pub(super) line: usize,
    pub(super) mover: Option<Sign>,
    pub(super) seconder: Option<Sign>,
    /// Its own words, where it has some.
    pub(super) words: Option<Span>,
    pub(super) amendment: bool,
}

/// Reads a sentence, and joins a seconder to the motion before it.
pub(super) fn read(
    draft: &Draft<'_>,
    known: &Surnames,
    clause: &Clause,
    sentence: Sentence,
    motions: &mut Vec<Motion>,
) {
    let text = draft.text();
    let words = clause.words.as_str();
    let person = |pattern: &Pattern| -> Vec<(Sign, usize, usize)> {
        let Some(pattern) = pattern.as_ref() else { return Vec::new() };
        let mut found = Vec::new();
        for captures in pattern.captures_iter(words) {
            let (Some(who), Some(whole)) = (captures.name("who"), captures.get(0)) else { continue };
            if let Some(sign) = clause.person_at(draft, known, who.range()) {
                found.push((sign, who.start(), whole.end().min(who.end() + 90)));
            }
        }
        found
    };
    // "seconded to the Ministry", "a second meeting": the word must stand by a person.
    let mut seconders: Vec<(Sign, usize, usize)> =
        person(&SECONDER).into_iter().map(|(s, at, _)| (s, at, at + 3)).collect();
    if let Some(pattern) = SECONDS.as_ref() {
        for captures in pattern.captures_iter(words) {
            let rest = captures.name("rest").map_or("", |r| r.as_str());
            // "moved by X seconded by Y": X moves, and Y stands behind the verb.
            let abroad = [" to the ", " to a ", " to an ", " from ", " by "].iter().any(|w| rest.starts_with(w));
            let Some(who) = captures.name("who").filter(|_| !abroad) else { continue };
            let verb_end = captures.name("rest").map_or(who.end(), |r| r.start());
            if let Some(sign) = clause.person_at(draft, known, who.range())
                && !seconders.iter().any(|(s, ..)| s.span == sign.span)
            {
                seconders.push((sign, who.start(), verb_end));
            }
        }
    }
    let mut movers: Vec<(Sign, usize, usize)> = person(&MOVER).into_iter().map(|(s, at, _)| (s, at, at + 3)).collect();
    let before = &text[..clause.span.start as usize];
    if movers.is_empty()
        && before.trim_end().ends_with("roposed.")
        && let Some(who) = HEADLESS.as_ref().and_then(|p| p.captures(words)).and_then(|c| c.name("who"))
        && let Some(sign) = clause.person_at(draft, known, who.range())
    {
        movers.push((sign, who.start(), who.end()));
    }
    if let Some(pattern) = MOVES.as_ref() {
        let mut from = 0;
        while let Some(captures) = pattern.captures_at(words, from) {
            let (Some(who), Some(verb), Some(rest)) =
                (captures.name("who"), captures.name("verb"), captures.name("rest"))
            else {
                break;
            };
            from = rest.start();
            let after = rest.as_str();
            if after.starts_with(" by ") {
                continue;
            }
            let formal = verb.as_str() != "proposed"
                && (!matches!(verb.as_str(), "moved" | "MOVED" | "moves") || moves_business(after))
                || verb.as_str() == "proposed"
                    && (!seconders.is_empty() || after.starts_with(", and ") || after.contains(" motion"));
            let had_been = words[..who.start()].ends_with("by ");
            if let Some(sign) = clause.person_at(draft, known, who.range()).filter(|_| formal && !had_been)
                && !movers.iter().any(|(s, ..)| s.span == sign.span)
                && !seconders.iter().any(|(s, ..)| s.span == sign.span)
            {
                movers.push((sign, who.start(), rest.start()));
            }
        }
    }
    movers.sort_by_key(|(_, at, _)| *at);
    seconders.sort_by_key(|(_, at, _)| *at);
    // Each seconder belongs to the nearest mover before it in the sentence, else to the first after it.
    let mut free: Vec<Option<(Sign, usize, usize)>> = seconders.into_iter().map(Some).collect();
    let count = movers.len();
    for (i, (mover, at, end)) in movers.iter().enumerate() {
        let next = movers.get(i + 1).map_or(usize::MAX, |(_, a, _)| *a);
        let pick = free
            .iter()
            .position(|s| s.is_some_and(|(_, s, _)| s > *at && s < next))
            .or_else(|| (count == 1).then(|| free.iter().position(Option::is_some)).flatten());
        let seconder = pick.and_then(|p| free[p].take());
        let until = if next == usize::MAX { words.len() } else { next };
        // "X moved to do Y; seconded by Z" has the motion between the two, "moved by X, seconded by Z, to do Y" after both.
        let between =
            seconder.filter(|(_, at, _)| *at > *end + 24).and_then(|(_, at, _)| motion_words(clause, text, *end..at));
        let own = between.or_else(|| motion_words(clause, text, seconder.map_or(*end, |(_, _, e)| e.max(*end))..until));
        motions.push(Motion {
            span: sentence.span,
            line: sentence.line,
            mover: Some(*mover),
            seconder: seconder.map(|(s, ..)| s),
            words: own,
            amendment: words[..until].to_lowercase().contains("amendment"),
        });
    }
    for (seconder, _, end) in free.into_iter().flatten() {
        // The seconder of the motion just before, which has none yet.
        let before = motions
            .last_mut()
            .filter(|m| m.seconder.is_none() && m.mover.is_some() && sentence.line.saturating_sub(m.line) <= 3);
        if let Some(motion) = before {
            if motion.mover.is_some_and(|m| m.span == seconder.span) {
                continue;
            }
            motion.seconder = Some(seconder);
            motion.line = sentence.line;
            motion.span = motion.span.join(sentence.span);
            continue;
        }
        motions.push(Motion {
            span: sentence.span,
            line: sentence.line,
            mover: None,
            seconder: Some(seconder),
            words: motion_words(clause, text, end..words.len()),
            amendment: words.to_lowercase().contains("amendment"),
        });
    }
}

/// Whether what follows "moved" is business and not furniture.
fn moves_business(rest: &str) -> bool {
    const OPENS: &[&str] = &[
        "that",
        "to ",
        "a motion",
        "the following",
        "for ",
        "approval",
        "adoption",
        "acceptance",
        "and ",
        "the vote",
        "the suspension",
        "item",
        "resolution",
        "staff",
        "(",
        "seconded",
        "a vote",
        "its adoption",
    ];
    /// What is moved, perhaps behind words that say which: "the late amendment", "the officer's recommendation".
    const THINGS: &[&str] = &[
        "amendment",
        "amendments",
        "motion",
        "adoption",
        "approval",
        "acceptance",
        "recommendation",
        "recommendations",
        "report",
        "proposal",
        "proposals",
        "resolution",
        "minutes",
    ];
    const FURNITURE: &[&str] =
        &["to the ", "to a ", "to an ", "to another", "for the ", "to his", "to her", "to their"];
    let rest = rest.trim_start_matches([',', ' ', ':']);
    let lower = rest.to_lowercase();
    let article = ["the ", "an ", "a ", "this ", "his ", "her ", "their "].iter().any(|a| lower.starts_with(a));
    let thing = |w: &str| THINGS.contains(&w.trim_matches(|c: char| !c.is_alphanumeric()));
    (OPENS.iter().any(|w| lower.starts_with(w)) || article && lower.split(' ').take(4).any(thing))
        && !FURNITURE.iter().any(|w| rest.starts_with(w) && !rest.contains("second"))
}

/// The words of a motion within a range of its sentence.
fn motion_words(clause: &Clause, text: &str, range: std::ops::Range<usize>) -> Option<Span> {
    let start = range.start.min(clause.words.len());
    let start = (start..=clause.words.len()).find(|i| clause.words.is_char_boundary(*i))?;
    if start >= range.end {
        return None;
    }
    let rest = &clause.words[start..range.end];
    let captures = MOTION.as_ref()?.captures(rest)?;
    let found = captures.name("motion")?;
    // Far from the seconder it is the clause of another verb.
    if found.start() > 120 {
        return None;
    }
    let words = found.as_str();
    // "closing the meeting to the public": no motion starts so.
    if ["to the ", "to a ", "to an ", "to his ", "to her ", "to their "].iter().any(|w| words.starts_with(w)) {
        return None;
    }
    let lead = ["that ", "That ", "to ", "THAT "].iter().find(|l| words.starts_with(**l)).map_or(0, |l| l.len());
    let span = clause.place(text, start + found.start() + lead..start + found.end());
    let trimmed = span.of(text).trim_end_matches(['.', ' ', '”', '"', ';', ',']).len();
    // "…, which Superintendent Hale seconded": the seconder after the words of the motion.
    let end = [
        ", which ",
        ", seconded",
        "; seconded",
        "; and seconded",
        ", and seconded",
        " seconded by",
        ". Motion",
        ", which",
        " which ",
    ]
    .iter()
    .filter_map(|w| span.of(text).find(w))
    .min()
    .unwrap_or(trimmed);
    let span = span.slice(0, end.min(trimmed));
    (span.len() > 8).then_some(span)
}

pub(in crate::extract) static SLASH: Cues = Cues(&["/"]);

/// Pairs in brackets: only where both are known to the document.
pub(super) fn pairs(draft: &Draft<'_>, known: &Surnames, motions: &mut Vec<Motion>) {
    let Some(pattern) = PAIR.as_ref() else { return };
    for sentence in sentences_with(draft, &SLASH) {
        let words = sentence.span.of(draft.text());
        if !(words.contains('(') || words.contains("M/S") || words.len() < 60)
            || motions.iter().any(|m| m.span.overlaps(sentence.span))
        {
            continue;
        }
        let clause = Clause::new(draft, sentence.span);
        for captures in pattern.captures_iter(&clause.words) {
            let (Some(mover), Some(seconder)) = (captures.name("mover"), captures.name("seconder")) else { continue };
            let both = clause
                .person_at(draft, known, mover.range())
                .zip(clause.person_at(draft, known, seconder.range()))
                .filter(|(a, b)| a.nature != Nature::Description && b.nature != Nature::Description);
            let agreed = draft
                .decisions
                .iter()
                .any(|d| d.span.join(sentence.span).len() <= d.span.len() + sentence.span.len() + 8);
            // "M/S/C Fenn/Rowe to approve the agenda" has its own words.
            let own = captures.get(0).filter(|_| words.contains("M/S")).and_then(|m| {
                motion_words(&clause, draft.text(), seconder.end()..clause.words.len()).filter(|_| m.end() > 0)
            });
            if let Some((mover, seconder)) = both.filter(|_| agreed || own.is_some()) {
                motions.push(Motion {
                    span: sentence.span,
                    line: sentence.line,
                    mover: Some(mover),
                    seconder: Some(seconder),
                    words: own,
                    amendment: false,
                });
            }
        }
    }
}
