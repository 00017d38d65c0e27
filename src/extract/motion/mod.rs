//! Who moved and seconded which decision.
//!
//! In: sentences and lines with a mover or a seconder, and the decisions that structure delimited. Out: `moved` and
//! `seconded`; a motion that no decision took up becomes a decision of its own, with what became of it.

pub(super) mod reading;

use super::clause::{Clause, Surnames, names_somebody};
use super::cue::{Cues, sentences_with};
use super::draft::DraftDecision;
use super::{Draft, Extractor, Rule};
use crate::lexicon::fold;
use crate::model::{EntityKind, Genre, Predicate, Span, Term};
use reading::{Motion, pairs, read};

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
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. MINUTES\n\nAda makes a motion to approve the minutes, Tom seconds the motion.\n\n2. CLOSE\n\nThe meeting closed.\n",
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. MINUTES\n\nMs Fenn moved to approve the minutes. Mr Rowe seconded the motion. Motion carried.\n\n2. CLOSE\n\nThe meeting closed.\n",
        ],
        refuses: &[
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nMs Fenn moved the chairs. Mr Rowe had been seconded to the Home Office. The proposed crane was thought too tall.\n\n2. CLOSE\n\nThe meeting closed.\n",
        ],
    }],
    run,
};

pub(super) static CUES: Cues = Cues(&[
    "econded",
    "ECONDED",
    "econder",
    "econd by",
    " seconds ",
    " moves ",
    " motioned ",
    " motions to ",
    "econding",
    "roposed",
    "ROPOSED",
    "roposer",
    " moved",
    "Moved",
    "MOVED",
    "otion made",
    "otion to ",
    "otion by",
    "otion:",
    "otion was",
    "otion on",
    "roposal of",
    "roposition of",
    " prop. ",
    "a motion",
    "the motion of",
]);

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
        if !names_somebody(draft, sentence.span) && !sentence.span.of(draft.text()).contains("by ") {
            continue;
        }
        let clause = Clause::new(draft, sentence.span);
        read(draft, &known, &clause, sentence, &mut motions);
    }
    pairs(draft, &known, &mut motions);
    motions.sort_by_key(|m| m.span);
    attach(draft, &motions);
}

/// How many decisions before and after a motion may be its own.
const NEAR: usize = 24;

/// Gives each motion its decision.
fn attach(draft: &mut Draft<'_>, motions: &[Motion]) {
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
        // The decisions nearby; a motion reaches no further, and so the walk stays linear.
        let at = by_place.partition_point(|d| draft.decisions[*d].span.start < motion.span.start);
        let near = &by_place[at.saturating_sub(NEAR)..(at + NEAR).min(by_place.len())];
        let candidates = || {
            near.iter().copied().filter(|d| {
                let decision = &draft.decisions[*d];
                (root(draft, decision.item) == business || decision.span.overlaps(motion.span))
                    && !is_naming(decision.verb)
            })
        };
        let overlapping = candidates().find(|d| {
            let span = draft.decisions[*d].span;
            motion.words.map_or(span.overlaps(motion.span), |w| w.overlaps(span)) && !taken[*d]
        });
        // "It was proposed that the quote be accepted. Proposed: Cllr Fenn": words of its own, and no decision above.
        let own = || {
            told_before(draft, motion)
                .filter(|t| t.start > 0 && draft.text()[..t.start as usize].ends_with("proposed that "))
        };
        let chosen = overlapping.or_else(|| {
            if motion.words.is_none()
                && let Some(told) = own()
            {
                return candidates().find(|d| draft.decisions[*d].span.overlaps(told) && !taken[*d]);
            }
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
            // Where motions lead, what stands above a later one is the one's before it.
            let later = first.get(&business).is_some_and(|m| *m < motion.span.start);
            match leads {
                true if later => after,
                true => after.or(before),
                false => before.or(after),
            }
        });
        // "MOVED by X, seconded by Y:" over "(a) …; (b) …": the limbs, of which structure knows no outcome.
        let limbs: Vec<usize> = near
            .iter()
            .copied()
            .filter(|d| {
                let decision = &draft.decisions[*d];
                chosen.is_none()
                    && motion.words.is_none()
                    && is_naming(decision.verb)
                    && decision.limb.is_some()
                    && decision.span.start >= motion.span.end
                    && decision.span.start < next
                    && !taken[*d]
                    && root(draft, decision.item) == business
            })
            .collect();
        for limb in &limbs {
            draft.decisions[*limb].outcome = outcome.unwrap_or("");
            taken[*limb] = true;
        }
        let chosen = chosen.or(limbs.first().copied());
        let decision = chosen.unwrap_or_else(|| {
            let span = motion
                .words
                .or_else(|| told_after(draft, motion, next))
                .or_else(|| told_before(draft, motion))
                .unwrap_or(motion.span);
            let made = DraftDecision { item, limb: None, verb: "move", outcome: outcome.unwrap_or(""), span };
            // What structure took for a decision though it only names who moved it.
            let naming = near.iter().copied().find(|d| {
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

/// The paragraph after a motion's names that starts with "That", perhaps after "And Resolved:"; after such a word
/// also one that starts with "To".
fn told_after(draft: &Draft<'_>, motion: &Motion, next: u32) -> Option<Span> {
    const FAR: usize = 3;
    let text = draft.text();
    let mut agreed = false;
    for line in draft.document.lines.iter().skip(motion.line + 1).take(FAR) {
        let body = line.body(text);
        let heading = draft.item_at(body).is_some_and(|i| draft.minutes.items[i].title.overlaps(body));
        if body.start >= next || heading {
            return None;
        }
        let words = body.of(text).trim_start_matches(['“', '"', '‘', '\'', ' ']);
        if ["That", "THAT", "Motion to ", "To approve ", "MOTION TO "].iter().any(|w| words.starts_with(w))
            || agreed && words.starts_with("To ")
        {
            let start = body.len() - words.len();
            let end = start + words.trim_end_matches(['”', '"', '.', ' ', ';']).len();
            return Some(body.slice(start, end));
        }
        if body.len() > 40 {
            return None;
        }
        let folded = fold(words);
        agreed = ["agreed", "resolved", "carried"].iter().any(|w| folded.contains(w));
    }
    None
}

/// The sentence before "Proposed: X, seconded: Y", on the same line or the one before, which tells what they proposed.
fn told_before(draft: &Draft<'_>, motion: &Motion) -> Option<Span> {
    let text = draft.text();
    let first = draft.document.lines.partition_point(|l| l.span.end <= motion.span.start);
    let line = draft.document.lines.get(first)?;
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
        let above = draft.document.lines.get(first.checked_sub(1)?)?.body(text);
        let heading = draft.item_at(motion.span).is_some_and(|i| draft.minutes.items[i].title.overlaps(above));
        let names = ["roposed", "econded", "MOVED", "otion Passed", "otion passed", "otion carried"]
            .iter()
            .any(|w| above.of(text).contains(w));
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
    // What another proposes ends it, even where it is no motion that was read.
    let own = motion.span.len().min(words.len());
    const ANOTHER: &[&str] = &[
        " proposed himself",
        " proposed herself",
        " proposed cllr",
        " proposed councillor",
        " proposed mr",
        " proposed ms",
    ];
    let after = words.get(own..).and_then(|rest| ANOTHER.iter().filter_map(|w| rest.find(w)).min());
    let words = words.get(..after.map_or(words.len(), |at| own + at)).unwrap_or(&words);
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
        ("want of a second", "lost"),
        ("lapsed", "lost"),
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
    let first = |words: &str| {
        OUTCOMES
            .iter()
            .filter_map(|(w, outcome)| words.find(w).map(|at| (at, *outcome)))
            .min()
            .map(|(_, outcome)| outcome)
    };
    // What the motion asks for ("that the report be adopted") is not what became of it.
    let own = motion
        .words
        .filter(|w| w.start >= motion.span.start)
        .map_or(0..0, |w| (w.start - motion.span.start) as usize..(w.end - motion.span.start) as usize);
    let before = words.get(..own.start).and_then(first);
    before.or_else(|| words.get(own.end..).and_then(first)).or_else(|| first(words))
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
