//! Votes recorded by name.
//!
//! In: lines "For: …", "Ayes: …", tables with such columns, "Hale – aye", sentences "Cllr Hale abstained". Out: `voted_for`, `voted_against`,
//! `abstained`, for the decision that was put last. A count states nobody's vote.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::clause::{Clause, Pattern, Sign, Surnames, pattern};
use super::cue::{Cues, sentences_with};
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
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nRESOLVED that the crane be sold.\n\nNote: Mr Rowe abstained from voting on the above resolution.\n\n2. CLOSE\n\nThe meeting closed.\n",
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nRESOLVED that the crane be sold.\n\nMs Fenn asked that her vote against the resolution be recorded.\n\n2. CLOSE\n\nThe meeting closed.\n",
        ],
        refuses: &[
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nMs Fenn moved, seconded by Mr Rowe, that the crane be sold. Motion carried.\n\nAyes: 2\nNoes: None\n\n2. CLOSE\n\nThe meeting closed.\n",
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nRESOLVED that the crane be sold. Mr Rowe would have voted against it in 2010. Ms Fenn voted for Labour all her life.\n\n2. CLOSE\n\nThe meeting closed.\n",
        ],
    }],
    run,
};

pub(super) static CUES: Cues = Cues(&[
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
    "oted for",
    "oting for",
    "oted in ",
    "oting in ",
    "issent",
    "pposed",
    "pposing",
    "voting no",
    "voted no",
]);

/// A label before the names, at the start of a line or after others.
static LABEL: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[.;] ?|\) |\bthe following )(?:(?:voting|voted|votes?|members|those) )?(?P<label>for|in favou?r|ayes?|yes|yeas?|against|no|noes|nays?|abstain(?:ed|ing)?|abstentions?|not voting|absent|recused|not present at vote)(?: the (?:motion|amendment|proposal))? ?(?:\(\d+\) ?)?[:–-] ?",
    )
});

static EACH: Pattern =
    LazyLock::new(|| pattern(r"(?i)(?P<who>@N) ?[–—:-] ?(?P<label>ayes?|yes|yea|noe?s?|nay|abstain(?:ed)?)\b"));

/// "Councillor X abstained", "Note: X and Y voted against the above motion".
static TOLD: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:(?i:note|n\.?b\.?)[:.]? |It was noted that )?(?P<who>@L)(?: both| all| each)? (?P<label>abstained|voted (?:against|for|in favou?r))(?: from (?:voting|the vote|this vote))?(?: (?:on|of|for|against)?(?: ?(?:the|this|that))(?: (?:above|said|foregoing))? (?:motion|resolution|proposal|amendment|recommendations?|decision|vote|item|matter|application)[^@;]{0,60})?[.)]?$",
    )
});

/// "X asked that her vote against be recorded", "X requested that it be recorded that he abstained".
static RECORDED: Pattern = LazyLock::new(|| {
    pattern(
        r"(?P<who>@L)(?: both| also)? (?:requested|asked|wished)[^.;@]{0,80}?(?P<label>against|abst\w+|in favou?r|for)\b(?P<rest>[^;@]*)$",
    )
});

/// "carried, with X abstaining", "carried, X dissenting", "1 abstention (X)".
static WITH: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)(?:with|,) (?P<who>@L) (?P<label>abstaining|dissenting|opposed|opposing|voting (?:against|no|nay|for|in favou?r)|abstained)\b|\b(?P<label2>abstentions?|abstained|against|opposed) ?\((?:by )?(?P<who2>@L)\)",
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
    let put = Put::of(draft);
    let mut done: Vec<usize> = Vec::new();
    for sentence in sentences {
        if let LineKind::Row { table, .. } = draft.document.lines[sentence.line].kind {
            if !done.contains(&sentence.line) {
                done.push(sentence.line);
                columns(draft, &known, &put, sentence.line, table);
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
        if found.is_empty() {
            found = told(draft, &clause);
        }
        state(draft, &put, &found, sentence.span);
    }
}

/// Votes that a sentence tells.
fn told(draft: &Draft<'_>, clause: &Clause) -> Vec<(Predicate, Sign)> {
    let words = clause.words.as_str();
    let mut found = Vec::new();
    for (pattern, needs) in [(&TOLD, ""), (&RECORDED, "recorded"), (&WITH, "")] {
        let Some(captures) = pattern.as_ref().filter(|_| words.contains(needs)).and_then(|p| p.captures(words)) else {
            continue;
        };
        let (who, label) =
            (captures.name("who").or(captures.name("who2")), captures.name("label").or(captures.name("label2")));
        let (Some(who), Some(label)) = (who, label) else { continue };
        let Some(vote) = vote(label.as_str().trim_start_matches("voting ").trim_start_matches("voted ")) else {
            continue;
        };
        found.extend(clause.people_in(draft, who.range()).into_iter().map(|s| (vote, s)));
        break;
    }
    found.retain(|(_, s)| s.nature != Nature::Description);
    found
}

/// What a label says of those after it; `None` for those who did not vote.
fn vote(label: &str) -> Option<Predicate> {
    match fold(label).as_str() {
        "for" | "in favour" | "in favor" | "aye" | "ayes" | "yes" | "yea" | "yeas" => Some(Predicate::VotedFor),
        "against" | "no" | "noes" | "nos" | "nay" | "nays" | "dissenting" | "opposed" | "opposing" => {
            Some(Predicate::VotedAgainst)
        }
        words if words.starts_with("abst") => Some(Predicate::Abstained),
        _ => None,
    }
}

/// The people of a list of names, bare surnames that the document knows among them.
fn names(draft: &Draft<'_>, known: &Surnames, clause: &Clause, range: std::ops::Range<usize>) -> Vec<Sign> {
    static SEPARATOR: Pattern = LazyLock::new(|| pattern(r",? and |[,;&]"));
    let Some(separator) = SEPARATOR.as_ref() else { return Vec::new() };
    let words = &clause.words[range.clone()];
    let mut found = Vec::new();
    let ends = separator.find_iter(words).map(|m| (m.start(), m.end())).chain([(words.len(), words.len())]);
    let mut start = 0;
    for (end, next) in ends {
        let piece = &words[start..end];
        let core = piece.trim_matches(|c: char| matches!(c, '.' | ' ' | '[' | ']'));
        let from = range.start + start + piece.find(core).unwrap_or(0);
        if !core.is_empty()
            && core.len() < 60
            && let Some(sign) = clause.person_at(draft, known, from..from + core.len())
        {
            found.push(Sign { kind: EntityKind::Person, ..sign });
        }
        start = next;
    }
    found.retain(|s| s.nature != Nature::Description);
    found
}

/// A table whose header names the votes: each column lists who cast them.
fn columns(draft: &mut Draft<'_>, known: &Surnames, put: &Put, header: usize, table: u32) {
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
    state(draft, put, &found, span);
}

/// Whether the words between the decision put last and a vote go back to the motion before it.
fn is_on_original(draft: &Draft<'_>, decision: Span, vote: Span) -> bool {
    let between = fold(Span { start: decision.end, end: vote.start.max(decision.end) }.of(draft.text()));
    between.len() < 2000 && ["original motion", "substantive motion", "main motion"].iter().any(|w| between.contains(w))
}

/// The decisions by place, with those that somebody moved.
struct Put {
    by_place: Vec<usize>,
    moved: FxHashSet<Term>,
}

impl Put {
    fn of(draft: &Draft<'_>) -> Self {
        let mut by_place: Vec<usize> = (0..draft.decisions.len()).collect();
        by_place.sort_by_key(|d| draft.decisions[*d].span);
        let moves = draft.statements.iter().filter(|s| matches!(s.predicate, Predicate::Moved | Predicate::Seconded));
        Self { by_place, moved: moves.map(|s| s.object).collect() }
    }

    fn is_moved(&self, decision: usize) -> bool {
        self.moved.contains(&Term::Decision(decision as u32))
    }
}

/// States votes for the decision that was put last before them in the same item.
fn state(draft: &mut Draft<'_>, put: &Put, found: &[(Predicate, Sign)], span: Span) {
    /// How many decisions around a vote may be the one that was put.
    const NEAR: usize = 24;
    if found.is_empty() {
        return;
    }
    let root = |item: Option<usize>| item.map(|i| draft.minutes.items[i].parent.unwrap_or(i));
    let item = root(draft.item_at(span));
    let at = put.by_place.partition_point(|d| draft.decisions[*d].span.start <= span.start);
    let same = |d: &usize| root(draft.decisions[*d].item) == item;
    let before = put.by_place[at.saturating_sub(NEAR)..at].iter().copied().rfind(same);
    // The first that was moved, or a vote that stands before the words of the decision that it took.
    let near = &put.by_place[at.saturating_sub(NEAR)..(at + NEAR).min(put.by_place.len())];
    let after = near.iter().copied().filter(same).find(|d| put.is_moved(*d));
    // "On the original motion": not the amendment that was put last.
    let original = before.filter(|d| is_on_original(draft, draft.decisions[*d].span, span)).and(after);
    let Some(decision) = original.or(before).or(after) else { return };
    for (vote, sign) in found {
        let person = Term::Mention(sign.mention(draft, RULE));
        draft.state(person, *vote, Term::Decision(decision as u32), span, RULE);
    }
}
