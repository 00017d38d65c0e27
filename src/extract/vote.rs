//! Votes recorded by name.
//!
//! In: lines "For: …", "Ayes: …", tables with such columns, "Hale – aye". Out: `voted_for`, `voted_against`,
//! `abstained`, for the decision that was put last. A count states nobody's vote.

use std::sync::LazyLock;

use super::clause::{Clause, Cues, Pattern, Sign, Surnames, cues, pattern, sentences_with};
use super::{Draft, Extractor, Rule};
use crate::lexicon::fold;
use crate::model::{EntityKind, Genre, LineKind, Nature, Predicate, Span, Term};

const RULE: &str = "recorded-vote";

pub(super) static EXTRACTOR: Extractor = Extractor {
    name: "vote",
    what: "votes recorded by name; after motions",
    rules: &[Rule {
        name: RULE,
        what: "a recorded vote names who voted for, against, or abstained",
        accepts: &[
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nMs Fenn moved, seconded by Mr Rowe, that the crane be sold. Motion carried.\n\nAyes: Fenn\nNoes: Rowe\n\n2. CLOSE\n\nThe meeting closed.\n",
        ],
        refuses: &[
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nMs Fenn moved, seconded by Mr Rowe, that the crane be sold. Motion carried.\n\nAyes: 2\nNoes: None\n\n2. CLOSE\n\nThe meeting closed.\n",
        ],
    }],
    run,
};

static CUES: Cues = LazyLock::new(|| {
    cues(&[
        "For:",
        "For :",
        "For (",
        "FOR:",
        "Favour",
        "favour:",
        "Favor",
        "FAVOUR",
        "Aye",
        "AYE",
        "aye",
        "Yes:",
        "YES:",
        "YES (",
        "Yeas",
        "YEAS",
        "gainst",
        "GAINST",
        "No:",
        "NO:",
        "Noes",
        "NOES",
        "Nays",
        "NAYS",
        "Nay:",
        "nay",
        "bstain",
        "BSTAIN",
        "bstention",
        "BSTENTION",
    ])
});

/// A label before the names, at the start of a line or after others.
static LABEL: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[.;] ?|\) )(?:(?:voting|voted|votes?|members|those) )?(?P<label>for|in favou?r|ayes?|yes|yeas?|against|no|noes|nays?|abstain(?:ed|ing)?|abstentions?|not voting|absent|recused|not present at vote)(?: the (?:motion|amendment|proposal))? ?(?:\(\d+\) ?)?[:–-] ?",
    )
});

static EACH: Pattern =
    LazyLock::new(|| pattern(r"(?i)(?P<who>@N) ?[–—:-] ?(?P<label>ayes?|yes|yea|noe?s?|nay|abstain(?:ed)?)\b"));

fn run(draft: &mut Draft<'_>) {
    if draft.minutes.genre != Genre::Minutes {
        return;
    }
    let sentences = sentences_with(draft, &CUES);
    if sentences.is_empty() {
        return;
    }
    let known = Surnames::of(draft);
    let mut done: Vec<usize> = Vec::new();
    for sentence in sentences {
        if let LineKind::Row { table, .. } = draft.document.lines[sentence.line].kind {
            if !done.contains(&sentence.line) {
                done.push(sentence.line);
                columns(draft, &known, sentence.line, table);
            }
            continue;
        }
        let clause = Clause::new(draft, sentence.span);
        let mut found: Vec<(Predicate, Sign)> = Vec::new();
        if let Some(pattern) = EACH.as_ref() {
            for captures in pattern.captures_iter(&clause.words) {
                let (Some(who), Some(label)) = (captures.name("who"), captures.name("label")) else { continue };
                if let Some((vote, sign)) = vote(label.as_str()).zip(clause.person_at(draft, &known, who.range())) {
                    found.push((vote, sign));
                }
            }
        }
        if found.is_empty()
            && let Some(pattern) = LABEL.as_ref()
        {
            let labels: Vec<(usize, usize, String)> = pattern
                .captures_iter(&clause.words)
                .filter_map(|c| Some((c.get(0)?.start(), c.get(0)?.end(), c.name("label")?.as_str().to_owned())))
                .collect();
            for (i, (_, start, label)) in labels.iter().enumerate() {
                let end = labels.get(i + 1).map_or(clause.words.len(), |(s, ..)| *s);
                let Some(vote) = vote(label) else { continue };
                found.extend(names(draft, &known, &clause, *start..end).into_iter().map(|s| (vote, s)));
            }
        }
        state(draft, &found, sentence.span);
    }
}

/// What a label says of those after it; `None` for those who did not vote.
fn vote(label: &str) -> Option<Predicate> {
    match fold(label).as_str() {
        "for" | "in favour" | "in favor" | "aye" | "ayes" | "yes" | "yea" | "yeas" => Some(Predicate::VotedFor),
        "against" | "no" | "noes" | "nos" | "nay" | "nays" => Some(Predicate::VotedAgainst),
        words if words.starts_with("abst") => Some(Predicate::Abstained),
        _ => None,
    }
}

/// The people of a list of names, bare surnames that the document knows among them.
fn names(draft: &Draft<'_>, known: &Surnames, clause: &Clause, range: std::ops::Range<usize>) -> Vec<Sign> {
    let words = &clause.words[range.clone()];
    let mut found = Vec::new();
    let mut start = range.start;
    for piece in words.split_inclusive([',', ';', '&']).flat_map(|p| p.split_inclusive(" and ")) {
        let lead = piece.len() - piece.trim_start_matches(["and ", " and ", " "].concat().as_str()).len();
        let core = piece.trim_matches(|c: char| matches!(c, ',' | ';' | '&' | '.' | ' '));
        let core = core.strip_suffix(" and").unwrap_or(core).trim_start_matches("and ");
        let from = start + lead.min(piece.len());
        let offset = words[from - range.start..].find(core).unwrap_or(0);
        let place = from + offset..from + offset + core.len();
        if !core.is_empty()
            && core.len() < 60
            && let Some(sign) = clause.person_at(draft, known, place)
        {
            found.push(Sign { kind: EntityKind::Person, ..sign });
        }
        start += piece.len();
    }
    found.retain(|s| s.nature != Nature::Description);
    found
}

/// A table whose header names the votes: each column lists who cast them.
fn columns(draft: &mut Draft<'_>, known: &Surnames, header: usize, table: u32) {
    let text = draft.text();
    let lines = &draft.document.lines;
    let votes: Vec<Option<Predicate>> =
        lines[header].cells.iter().map(|c| vote(c.of(text).trim_matches(|c: char| !c.is_alphabetic()))).collect();
    if votes.iter().all(Option::is_none) {
        return;
    }
    let rows =
        lines[header + 1..].iter().take_while(|l| matches!(l.kind, LineKind::Row { table: t, .. } if t == table));
    let mut found = Vec::new();
    let mut span = lines[header].span;
    for row in rows {
        for (cell, vote) in row.cells.iter().zip(&votes) {
            let Some(vote) = vote.filter(|_| !cell.is_empty()) else { continue };
            let clause = Clause::new(draft, *cell);
            if let Some(sign) = clause.person_at(draft, known, 0..clause.words.len()) {
                found.push((vote, sign));
                span = span.join(row.span);
            }
        }
    }
    state(draft, &found, span);
}

/// Whether the words between the decision put last and a vote go back to the motion before it.
fn is_on_original(draft: &Draft<'_>, decision: Span, vote: Span) -> bool {
    let between = fold(Span { start: decision.end, end: vote.start.max(decision.end) }.of(draft.text()));
    between.len() < 2000 && ["original motion", "substantive motion", "main motion"].iter().any(|w| between.contains(w))
}

/// States votes for the decision that was put last before them in the same item.
fn state(draft: &mut Draft<'_>, found: &[(Predicate, Sign)], span: Span) {
    if found.is_empty() {
        return;
    }
    let item = draft.item_at(span);
    let moved = |d: usize| {
        draft.statements.iter().any(|s| {
            matches!(s.predicate, Predicate::Moved | Predicate::Seconded)
                && s.object == Term::Decision(d as u32)
                && s.span.start <= span.start
        })
    };
    let before = (0..draft.decisions.len())
        .filter(|d| draft.decisions[*d].item == item && draft.decisions[*d].span.start <= span.start)
        .max_by_key(|d| (draft.decisions[*d].span.start, moved(*d)));
    // A recorded vote may stand before the words of the decision that it took.
    let after = (0..draft.decisions.len())
        .filter(|d| draft.decisions[*d].item == item && moved(*d))
        .min_by_key(|d| draft.decisions[*d].span.start);
    // "On the original motion": not the amendment that was put last.
    let original = before.filter(|d| is_on_original(draft, draft.decisions[*d].span, span)).and(after);
    let Some(decision) = original.or(before).or(after) else { return };
    for (vote, sign) in found {
        let person = Term::Mention(sign.mention(draft, RULE));
        draft.state(person, *vote, Term::Decision(decision as u32), span, RULE);
    }
}
