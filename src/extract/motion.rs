//! Who moved and seconded which decision.
//!
//! In: sentences and lines with a mover or a seconder, and the decisions that structure delimited. Out: `moved` and
//! `seconded`; a motion that no decision took up becomes a decision of its own, with what became of it.

use std::sync::LazyLock;

use super::clause::{Clause, Cues, Pattern, Sentence, Sign, Surnames, cues, pattern, sentences_with};
use super::draft::DraftDecision;
use super::{Draft, Extractor, Rule};
use crate::lexicon::fold;
use crate::model::{EntityKind, Genre, Nature, Predicate, Span, Term};

const RULE: &str = "motion";

pub(super) static EXTRACTOR: Extractor = Extractor {
    name: "motion",
    what: "movers and seconders, and motions that are no decision yet; after mentions",
    rules: &[Rule {
        name: RULE,
        what: "somebody proposed or moved, or seconded, a motion",
        accepts: &[
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. MINUTES\n\nIt was proposed by Ms Fenn, seconded by Mr Rowe and agreed that the minutes be signed.\n\n2. CLOSE\n\nThe meeting closed.\n",
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. MINUTES\n\nProposed by Ms Fenn;\n\nSeconded by Mr Rowe;\n\nAnd Resolved:\n\nThat the minutes be signed.\n\n2. CLOSE\n\nThe meeting closed.\n",
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. MINUTES\n\nMs Fenn moved to approve the minutes. Mr Rowe seconded the motion. Motion carried.\n\n2. CLOSE\n\nThe meeting closed.\n",
        ],
        refuses: &[
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nMs Fenn moved the chairs. Mr Rowe had been seconded to the Home Office. The proposed crane was thought too tall.\n\n2. CLOSE\n\nThe meeting closed.\n",
        ],
    }],
    run,
};

static CUES: Cues = LazyLock::new(|| {
    cues(&[
        "econd",
        "ECOND",
        "roposed",
        "ROPOSED",
        "roposer",
        "oved",
        "MOVED",
        "otion ",
        "otion:",
        "MOTION",
        "roposal of",
        "roposition of",
    ])
});

/// The mover before the verb or after it.
static MOVER: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:(?:moved|proposed)(?: and moved)? (?:by |: ?)|(?:moved|proposed) ?[:.–—-] ?(?:by )?|motion(?: was| is)?(?: made| moved| proposed| put)? ?(?:by |: ?)|motion to [^.;@]{1,160}? (?:made |was made |moved )?by |proposal of |proposition of |proposer ?[:–-]? ?|on the motion of |prop(?:osed)?\. ?(?:by )?|^proposed |[.;(] ?proposed )",
        r"(?P<who>@N)"
    ))
});

static MOVES: Pattern = LazyLock::new(|| {
    pattern(
        r"(?P<who>@N)@D?(?: then| also| therefore| again| formally| further)? (?P<verb>moved|proposed|made (?:a|the) (?:motion|proposal)|MOVED)(?P<rest>.*)",
    )
});

static SECONDER: Pattern = LazyLock::new(|| {
    pattern(r"(?i)\bsecond(?:ed|er)?(?: the motion| this| it)?(?: ?[:.–—-] ?(?:by )?| by | )(?P<who>@N)")
});

static SECONDS: Pattern =
    LazyLock::new(|| pattern(r"(?P<who>@N)@D?(?: then| also| duly| has)? (?:seconded(?P<rest>.*)|seconding)"));

/// "Proposed. X, seconded Y": the full stop made a sentence of the rest.
static HEADLESS: Pattern = LazyLock::new(|| pattern(r"^(?P<who>@N)[,;]? (?:and )?(?i:seconded)(?: by|:)? @N"));

/// "(A/B)" after a decision.
static PAIR: Pattern = LazyLock::new(|| pattern(r"\((?P<mover>@N) ?/ ?(?P<seconder>@N)\)"));

/// The words of a motion after its mover and seconder.
static MOTION: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)(?:,| and| it was| was| be| were|unanimously|carried|agreed|resolved|the|a|an|amendment|motion|proposal|recommendation|by (?:all|members)[^,.;@]{0,40}|[\s:;])*(?P<motion>(?:that|to) .*)$",
    )
});

fn run(draft: &mut Draft<'_>) {
    if draft.minutes.genre != Genre::Minutes {
        return;
    }
    let sentences = sentences_with(draft, &CUES);
    if sentences.is_empty() {
        return;
    }
    let known = Surnames::of(draft);
    let mut motions: Vec<Motion> = Vec::new();
    for sentence in sentences {
        let clause = Clause::new(draft, sentence.span);
        read(draft, &known, &clause, sentence, &mut motions);
    }
    pairs(draft, &known, &mut motions);
    motions.sort_by_key(|m| m.span);
    attach(draft, motions);
}

/// A motion that was put.
#[derive(Clone, Debug)]
struct Motion {
    /// The words that name mover and seconder.
    span: Span,
    /// Line of its last words.
    line: usize,
    mover: Option<Sign>,
    seconder: Option<Sign>,
    /// Its own words, where it has some.
    words: Option<Span>,
    amendment: bool,
}

/// Reads a sentence, and joins a seconder to the motion before it.
fn read(draft: &Draft<'_>, known: &Surnames, clause: &Clause, sentence: Sentence, motions: &mut Vec<Motion>) {
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
            let abroad = [" to the ", " to a ", " to an ", " from "].iter().any(|w| rest.starts_with(w));
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
                && (verb.as_str() != "moved" && verb.as_str() != "MOVED" || moves_business(after))
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
    let rest = rest.trim_start_matches([',', ' ', ':']);
    [
        "that",
        "to ",
        "an amendment",
        "the amendment",
        "a motion",
        "the motion",
        "the following",
        "for ",
        "approval",
        "adoption",
        "acceptance",
        "the adoption",
        "the approval",
        "the recommendation",
        "the report",
        "and ",
        "the proposal",
        "the vote",
        "the suspension",
        "item",
        "resolution",
        "the resolution",
        "staff",
        "(",
        "seconded",
        "a vote",
    ]
    .iter()
    .any(|w| rest.to_lowercase().starts_with(w))
        && !["to the ", "to a ", "to an ", "to another", "for the ", "to his", "to her", "to their"]
            .iter()
            .any(|w| rest.starts_with(w) && !rest.contains("second"))
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

/// Pairs in brackets: only where both are known to the document.
fn pairs(draft: &Draft<'_>, known: &Surnames, motions: &mut Vec<Motion>) {
    static SLASH: Cues = LazyLock::new(|| cues(&["/"]));
    let Some(pattern) = PAIR.as_ref() else { return };
    for sentence in sentences_with(draft, &SLASH) {
        let words = sentence.span.of(draft.text());
        if !words.contains('(') || motions.iter().any(|m| m.span.overlaps(sentence.span)) {
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
            if let Some((mover, seconder)) = both.filter(|_| agreed) {
                motions.push(Motion {
                    span: sentence.span,
                    line: sentence.line,
                    mover: Some(mover),
                    seconder: Some(seconder),
                    words: None,
                    amendment: false,
                });
            }
        }
    }
}

/// Gives each motion its decision.
fn attach(draft: &mut Draft<'_>, motions: Vec<Motion>) {
    let mut taken = vec![false; draft.decisions.len()];
    let root = |draft: &Draft<'_>, item: Option<usize>| item.map(|i| draft.minutes.items[i].parent.unwrap_or(i));
    let first: rustc_hash::FxHashMap<Option<usize>, u32> =
        motions.iter().rev().map(|m| (root(draft, draft.item_at(m.span)), m.span.start)).collect();
    let mut by_place: Vec<usize> = (0..draft.decisions.len()).collect();
    by_place.sort_by_key(|d| draft.decisions[*d].span);
    for (number, motion) in motions.iter().enumerate() {
        let start = Span { end: motion.span.start + 1, ..motion.span };
        let item = draft.item_at(start);
        let business = root(draft, item);
        let next = motions
            .get(number + 1)
            .filter(|n| root(draft, draft.item_at(n.span)) == business)
            .map_or(u32::MAX, |n| n.span.start);
        let outcome = outcome(draft, motion, next);
        let fell = matches!(outcome, Some("lost" | "withdrawn"));
        let candidates = || {
            by_place.iter().copied().filter(|d| {
                let decision = &draft.decisions[*d];
                (root(draft, decision.item) == business || decision.span.overlaps(motion.span))
                    && !is_naming(decision.verb)
            })
        };
        let overlapping = candidates().find(|d| {
            let span = draft.decisions[*d].span;
            motion.words.map_or(span.overlaps(motion.span), |w| w.overlaps(span)) && !taken[*d]
        });
        let chosen = overlapping.or_else(|| {
            if fell || motion.amendment {
                return None;
            }
            let before = candidates().rfind(|d| draft.decisions[*d].span.end <= motion.span.start && !taken[*d]);
            let after = candidates().find(|d| {
                draft.decisions[*d].span.start >= motion.span.end && draft.decisions[*d].span.start < next && !taken[*d]
            });
            if let Some(words) = motion.words {
                return [after, before].into_iter().flatten().find(|d| alike(draft, words, draft.decisions[*d].span));
            }
            // The motion leads where the item's first motion stands before its first decision.
            let first_decision = candidates().next().map_or(u32::MAX, |d| draft.decisions[d].span.start);
            let leads = first.get(&business).is_some_and(|m| *m < first_decision);
            if leads { after.or(before) } else { before.or(after) }
        });
        let decision = chosen.unwrap_or_else(|| {
            let span = motion
                .words
                .or_else(|| told_after(draft, motion, next))
                .or_else(|| told_before(draft, motion))
                .unwrap_or(motion.span);
            let made = DraftDecision { item, limb: None, verb: "move", outcome: outcome.unwrap_or(""), span };
            // What structure took for a decision though it only names who moved it.
            let naming = by_place.iter().copied().find(|d| {
                draft.decisions[*d].span.overlaps(motion.span) && is_naming(draft.decisions[*d].verb) && !taken[*d]
            });
            if let Some(naming) = naming {
                draft.decisions[naming] = made;
                return naming;
            }
            draft.decisions.push(made);
            taken.push(false);
            draft.decisions.len() - 1
        });
        taken[decision] = true;
        let span = motion.span;
        let decision = Term::Decision(decision as u32);
        for (who, predicate) in [(motion.mover, Predicate::Moved), (motion.seconder, Predicate::Seconded)] {
            if let Some(who) = who.filter(|w| w.kind == EntityKind::Person) {
                let person = Term::Mention(who.mention(draft, RULE));
                draft.state(person, predicate, decision, span, RULE);
            }
        }
    }
}

/// Whether a verb only brings a motion.
fn is_naming(verb: &str) -> bool {
    matches!(verb, "move" | "propose" | "nominate" | "second")
}

/// The paragraph after a motion's names that starts with "That", perhaps after "And Resolved:".
fn told_after(draft: &Draft<'_>, motion: &Motion, next: u32) -> Option<Span> {
    const FAR: usize = 3;
    let text = draft.text();
    for line in draft.document.lines.iter().skip(motion.line + 1).take(FAR) {
        let body = line.body(text);
        if body.start >= next {
            return None;
        }
        let words = body.of(text).trim_start_matches(['“', '"', '‘', '\'', ' ']);
        if words.starts_with("That") || words.starts_with("THAT") {
            let start = body.len() - words.len();
            let end = start + words.trim_end_matches(['”', '"', '.', ' ', ';']).len();
            return Some(body.slice(start, end));
        }
        if body.len() > 40 {
            return None;
        }
    }
    None
}

/// The sentence before "Proposed: X, seconded: Y", on the same line or the one before, which tells what they proposed.
fn told_before(draft: &Draft<'_>, motion: &Motion) -> Option<Span> {
    let text = draft.text();
    let line = draft.document.lines.iter().find(|l| l.span.end > motion.span.start)?;
    let start = draft.item_at(motion.span).map_or(0, |i| draft.minutes.items[i].title.end).max(line.body(text).start);
    let head = motion.span.of(text).trim_start();
    let opens = ["roposed", "rop.", "oved", "roposer", "his was", "hese were"]
        .iter()
        .any(|w| head.get(1..).is_some_and(|h| h.starts_with(w)));
    let headless = text[..motion.span.start as usize].trim_end().ends_with("roposed.");
    if !(opens || headless) {
        return None;
    }
    let mut before =
        crate::text::sentence::sentences(text, Span { start: start.min(motion.span.start), end: motion.span.start });
    before.retain(|s| s.len() > 14);
    if before.is_empty() {
        let first = draft.document.lines.iter().position(|l| l.span.end > motion.span.start)?;
        let above = draft.document.lines.get(first.checked_sub(1)?)?.body(text);
        let heading = draft.item_at(motion.span).is_some_and(|i| draft.minutes.items[i].title.overlaps(above));
        let names = ["roposed", "econded", "MOVED"].iter().any(|w| above.of(text).contains(w));
        if heading || names || above.of(text).split_whitespace().count() < 5 {
            return None;
        }
        before = crate::text::sentence::sentences(text, above);
    }
    let told = before.iter().rev().find(|s| s.len() > 14)?;
    // "it was proposed that the quote be accepted": what stands after "that".
    let that = told.of(text).find("proposed that ").map_or(0, |i| i + "proposed that ".len());
    let span = told.slice(that, told.len());
    Some(span.slice(0, span.of(text).trim_end_matches(['.', ' ', ';']).len()))
}

/// What became of a motion, by the words of its sentence and those after it, up to the next motion.
fn outcome(draft: &Draft<'_>, motion: &Motion, next: u32) -> Option<&'static str> {
    const FAR: u32 = 900;
    let text = draft.text();
    let mut end = (motion.span.end + FAR).min(next.max(motion.span.end)).min(text.len() as u32);
    if let Some(item) = draft.item_at(motion.span) {
        end = end.min(draft.minutes.items[item].span.end);
    }
    while !text.is_char_boundary(end as usize) {
        end -= 1;
    }
    let words = Span { start: motion.span.start, end }.of(text).to_lowercase();
    const OUTCOMES: &[(&str, &str)] = &[
        ("was lost", "lost"),
        ("motion lost", "lost"),
        ("were lost", "lost"),
        ("defeated", "lost"),
        ("motion failed", "lost"),
        ("motion fails", "lost"),
        ("not carried", "lost"),
        ("proposal fell", "lost"),
        ("motion fell", "lost"),
        ("amendment fell", "lost"),
        ("amendment lost", "lost"),
        ("died for lack", "lost"),
        ("dies for lack", "lost"),
        ("no seconder", "lost"),
        ("not seconded", "lost"),
        ("there was no second", "lost"),
        ("lack of a second", "lost"),
        ("was withdrawn", "withdrawn"),
        ("withdrew", "withdrawn"),
        ("carried", "carried"),
        ("motion passed", "carried"),
        ("motion passes", "carried"),
        ("all in favour", "carried"),
        ("all were in favour", "carried"),
        ("all in favor", "carried"),
        ("all agreed", "agreed"),
        ("unanimously", "carried"),
        ("agreed", "agreed"),
        ("resolved", "agreed"),
        ("approved", "approved"),
        ("adopted", "approved"),
    ];
    OUTCOMES.iter().filter_map(|(w, outcome)| words.find(w).map(|at| (at, *outcome))).min().map(|(_, outcome)| outcome)
}

/// Whether two wordings of a motion are the same: most of the longer words of the shorter stand in the other.
fn alike(draft: &Draft<'_>, a: Span, b: Span) -> bool {
    let text = draft.text();
    let words = |span: Span| -> Vec<String> {
        let folded = fold(span.of(text));
        let mut words: Vec<String> =
            folded.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 3).take(40).map(str::to_owned).collect();
        words.sort_unstable();
        words.dedup();
        words
    };
    let (a, b) = (words(a), words(b));
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let shared = small.iter().filter(|w| large.binary_search(w).is_ok()).count();
    !small.is_empty() && shared * 5 >= small.len() * 3
}
