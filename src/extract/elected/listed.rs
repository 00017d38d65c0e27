//! Elections that lines tell: "Chair: Ada Fenn", "Treasurer – Tom Rowe (proposed A, seconded B)", and the one person
//! who was proposed and seconded for a post.
//!
//! In: items about elections, and the lines behind "The following were elected:". Out: who was elected, to which words.
//! A post with two candidates, a vacancy, an election that was put off elect nobody here.

use std::sync::LazyLock;

use super::role_of_item;
use crate::extract::Draft;
use crate::extract::clause::{Clause, Pattern, Sign, is_denied, pattern};
use crate::extract::cue::{Cues, sentences_with};
use crate::lexicon::fold;
use crate::model::{EntityKind, Nature, Span};

/// Somebody with the post that words give.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) who: Sign,
    pub(super) role: Span,
    /// The words that say so.
    pub(super) span: Span,
}

/// Those who run an election and are not elected by it.
const RUNS: &[&str] =
    &["returning officer", "teller", "scrutineer", "presiding officer", "minute secretary", "minutes secretary"];

/// What the rest of a line may open with, behind the name.
const GOES_ON: &[&str] = &[",", "(", "elected", "re-elected", "–", "-", "unopposed", ";", "."];

/// How the proposal of whoever is named before goes on; "Chair: X proposed that Y continue" names who proposes.
const OF_NAMED: &[&str] =
    &["proposed by", "proposed:", "proposed and", "prop:", "prop.", "prop ", "nominated by", "nominated and"];

/// The lines "Role: Name" and "Name – Role" of elections.
pub(super) fn lines(draft: &Draft<'_>) -> Vec<Found> {
    let text = draft.text();
    let mut found = Vec::new();
    let mut open = false;
    let elections: Vec<bool> = (0..draft.minutes.items.len()).map(|item| is_election(draft, item)).collect();
    for (number, line) in draft.document.lines.iter().enumerate() {
        let body = line.body(text);
        let words = body.of(text);
        if opens_list(words) {
            open = true;
            continue;
        }
        let item = draft.item_at(body);
        let title = item.map(|i| draft.minutes.items[i].title);
        let in_item = item.is_some_and(|i| elections[i] && draft.minutes.items[i].lines.start != number);
        if !open && (!in_item || title.is_some_and(|t| t.overlaps(body))) {
            continue;
        }
        match line_of(draft, body) {
            Some(f) => found.push(f),
            None => open = open && words.split(' ').count() <= 6,
        }
    }
    found
}

/// "The following were elected:", "Office bearers were re-elected as follows:".
fn opens_list(words: &str) -> bool {
    // Most lines have no colon, and need not be folded.
    if !words.contains(':') {
        return false;
    }
    let folded = fold(words);
    let told = ["were", "was", "are"].iter().any(|w| folded.split(' ').any(|v| v == *w));
    folded.ends_with(':')
        && folded.len() < 200
        && told
        && ["elected", "appointed"].iter().any(|w| folded.contains(w))
        && !is_denied(words)
}

/// Whether an item elects, and was not put off.
fn is_election(draft: &Draft<'_>, item: usize) -> bool {
    let text = draft.text();
    let item = &draft.minutes.items[item];
    let title = fold(item.title.of(text));
    let of_posts = || {
        [
            "officer",
            "office bearer",
            "office-bearer",
            "chair",
            "convener",
            "convenor",
            "president",
            "secretary",
            "treasurer",
        ]
        .iter()
        .any(|w| title.contains(w))
    };
    let elects = title.starts_with("election") || title.contains("election of") || title.starts_with("elect ");
    let off = ["deferred", "postponed", "carried forward", "no nominations"];
    if !(elects || title.contains("appointment of") && of_posts()) {
        return false;
    }
    let all = fold(item.span.of(text));
    !off.iter().any(|w| all.contains(w))
}

/// One line with a post and its holder.
fn line_of(draft: &Draft<'_>, body: Span) -> Option<Found> {
    const LONGEST: usize = 160;
    const MARKS: &[char] = &[' ', '\t', ':', '-', '–', '—', '='];
    let text = draft.text();
    if body.len() > LONGEST {
        return None;
    }
    let first = draft.mentions_in(body, EntityKind::Person).into_iter().map(|n| draft.mentions[n as usize]);
    let person = first.filter(|m| m.nature != Nature::Description).min_by_key(|m| m.span.start)?;
    let before = Span { start: body.start, end: person.span.start };
    let after = Span { start: person.span.end, end: body.end };
    let rest = after.of(text).trim_start_matches([' ', '\t']);
    let who = Sign { at: 0, span: person.span, kind: EntityKind::Person, nature: person.nature };
    if is_denied(rest) || ["declined", "withdrew", "lost", "vacan"].iter().any(|w| rest.contains(w)) {
        return None;
    }
    let role = before.of(text).trim_end_matches(MARKS);
    if !role.is_empty() {
        let set_apart = role.len() < before.of(text).trim_end().len();
        let folded = fold(rest);
        let proposed = OF_NAMED.iter().any(|w| folded.starts_with(w));
        let told = proposed || folded.starts_with("elected");
        let goes_on = proposed || rest.is_empty() || GOES_ON.iter().any(|w| folded.starts_with(w));
        let role = before.slice(0, role.len());
        return (is_post(draft, role) && goes_on && (set_apart || told)).then_some(Found { who, role, span: body });
    }
    // "Ada Fenn – Chair".
    let post = rest.strip_prefix(['–', '-', ':', '—'])?.trim_start();
    let start = after.of(text).len() - rest.len() + (rest.len() - post.len());
    let end = post.find(['(', ',', ';', '.']).unwrap_or(post.len());
    let role = after.slice(start, start + post[..end].trim_end().len());
    is_post(draft, role).then_some(Found { who, role, span: body })
}

/// Whether words are a post and nothing else.
pub(super) fn is_post(draft: &Draft<'_>, role: Span) -> bool {
    let words = role.of(draft.text());
    let parts: Vec<&str> = words.split_whitespace().collect();
    let whole = |parts: &[&str]| draft.lexicon.roles.suffix(parts).is_some_and(|(n, r)| r.head && n == parts.len());
    // "Vice Chair person".
    let joined = parts.split_last().and_then(|(last, rest)| Some((last, rest.split_last()?))).is_some_and(
        |(last, (before, first))| {
            let word = format!("{before}{last}");
            let mut parts = first.to_vec();
            parts.push(&word);
            whole(&parts)
        },
    );
    !RUNS.contains(&fold(words).as_str()) && (whole(&parts) || joined)
}

pub(in crate::extract) static PROPOSED: Cues = Cues(&["roposed", "roposes", "ominated", "ominates"]);

/// "X was proposed as Chair by Y and seconded by Z", "the appointment of X as Chair was proposed by …".
static CANDIDATE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:(?:ppointment|lection) of )?(?P<who>@P)@D?(?: as (?P<first>[^.;,@]{1,40}?))? (?:was|be|is) (?:duly )?(?:proposed|nominated)(?: (?:as|for|to be|for the (?:position|office|post|role) of) (?:the )?(?P<role>[^.;,@]{1,40}?))?(?:,? (?:by|and)|\.)",
    )
});

/// "Y proposed X as Chair, Z seconded".
static PROPOSES: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:proposed|proposes|nominated|nominates) (?:that )?(?P<who>@P)(?: (?:as|for|to be|be|for the (?:position|office|post|role) of) (?:the )?(?P<role>[^.;,@]{1,40}?))?(?: and|,|\.|;| seconded| &|$)",
    )
});

/// The one person who was proposed and seconded for a post, in an item about its election that tells of no other.
pub(super) fn unopposed(draft: &Draft<'_>) -> Vec<Found> {
    let text = draft.text();
    let mut found: Vec<(usize, Found)> = Vec::new();
    for sentence in sentences_with(draft, &PROPOSED) {
        let Some(item) = draft.item_at(sentence.span).filter(|i| is_election(draft, *i)) else { continue };
        let words = sentence.span.of(text);
        if !draft.is_taken(sentence.span, EntityKind::Person) {
            continue;
        }
        let clause = Clause::new(draft, sentence.span);
        for pattern in [&CANDIDATE, &PROPOSES] {
            let Some(captures) = pattern.as_ref().and_then(|p| p.captures(&clause.words)) else { continue };
            let Some(who) = captures.name("who") else { continue };
            let Some(who) = clause.signs_in(who.range()).next().filter(|s| s.nature != Nature::Description) else {
                continue;
            };
            let named = captures.name("role").or(captures.name("first")).map(|r| clause.place(text, r.range()));
            // A post of the item's title where the sentence names none; the words of another office are a sign.
            let role = named.filter(|r| is_post(draft, *r)).or_else(|| role_of_item(draft, sentence.span));
            // Words behind the proposal may second it.
            let next: String = text[sentence.span.end as usize..].chars().take(120).collect();
            let seconded = words.contains("econd") || next.split('\n').next().unwrap_or("").contains("econded");
            if let Some(role) = role.filter(|_| seconded) {
                found.push((item, Found { who, role, span: sentence.span }));
            }
            break;
        }
    }
    let post = |f: &Found| fold(f.role.of(text));
    let off = |item: usize| {
        let all = fold(draft.minutes.items[item].span.of(text));
        [
            "declined",
            "withdrew",
            "lost",
            "ballot",
            "votes",
            "vote ",
            "drew",
            "not seconded",
            "no seconder",
            "himself",
            "herself",
        ]
        .iter()
        .any(|w| all.contains(w))
    };
    let single: Vec<Found> = found
        .iter()
        .filter(|(item, f)| {
            !off(*item) && found.iter().filter(|(i, other)| i == item && post(other) == post(f)).count() == 1
        })
        .map(|(_, f)| *f)
        .collect();
    single
}
