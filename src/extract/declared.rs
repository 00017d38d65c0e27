//! Declarations of interest.
//!
//! In: sentences with "declared", and the lines of an item about declarations. Out: `declared_interest`, with the
//! item where one is named. "No declarations" and an invitation to declare state nothing.

use std::sync::LazyLock;

use super::clause::{Clause, Pattern, pattern};
use super::cue::{Cues, Sentence, sentences_with};
use super::{Draft, Extractor, Rule};
use crate::lexicon::fold;
use crate::model::{EntityKind, Genre, Nature, Predicate, Qualifier, Span, Term, Value};
use crate::text::literal::Literals;

const SENTENCE: &str = "declared-sentence";
const LISTED: &str = "declared-line";

pub(super) static EXTRACTOR: Extractor = Extractor {
    name: "declared",
    what: "declarations of interest; after mentions",
    rules: &[
        Rule {
            name: SENTENCE,
            what: "somebody declared or disclosed an interest",
            accepts: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. DECLARATIONS OF INTEREST\n\nMr Rowe declared a personal interest in item 4 as a member of the Rowing Club.\n\n2. MINUTES\n\nThe minutes were approved.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. DECLARATIONS OF INTEREST\n\nMs Fenn said that her firm had bid for the contract.\n\n2. MINUTES\n\nThe minutes were approved.\n",
            ],
            refuses: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. DECLARATIONS OF INTEREST\n\nThe Chairman invited members to declare any interests. No declarations were made. Mr Rowe declared that he had no interest.\n\n2. MINUTES\n\nThe minutes were approved.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. MINUTES\n\nRESOLVED: That the minutes be approved subject to an amendment to show that Mr Rowe declared a personal interest in moorings.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. DECLARATIONS OF INTEREST\n\nMr Rowe asked whether he should declare an interest and was advised that he had none to declare.\n\n2. MINUTES\n\nThe minutes were approved.\n",
            ],
        },
        Rule {
            name: LISTED,
            what: "a line of an item about declarations names who has which interest",
            accepts: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. DECLARATIONS OF INTEREST\n\nMr Tom Rowe – item 4, owner of a mooring\n\n2. MINUTES\n\nThe minutes were approved.\n",
            ],
            refuses: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. DECLARATIONS OF INTEREST\n\nMr Tom Rowe – none\n\n2. MINUTES\n\nThe minutes were approved.\n",
            ],
        },
    ],
    run,
};

pub(super) static CUES: Cues = Cues(&["eclared", "isclosed", "egistered an", "egistered a "]);

/// "X declared an interest in …", "X declared on …", "X declared that he was …".
static DECLARED: Pattern = LazyLock::new(|| {
    pattern(
        r"(?P<who>@L)@D?,?(?: (?:had|has|have|each|both|also|again|then|all|duly|further|are all [^,.;]{3,60}, and|and))*(?: (?:declared|disclosed|registered)(?: and|, registered)?)+(?:,? for (?:transparency|the record|information|completeness),?)? (?P<what>.*)",
    )
});

/// The kinds of interest before the word, and what joins it to its subject.
static INTEREST: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:an?|the|their|his|her|some)? ?(?P<kind>[^.;]{0,90}?)\b(?:conflicts? of )?interests? ?(?P<join>in respect of|in relation to|with regards? to|relating to|regarding|concerning|in|on|as|for|due to|because|re|,)? ?(?P<rest>.*)",
    )
});

static SAID: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?P<who>@L)(?: also| then)? (?:said|stated|advised|noted|confirmed|reported|informed [^.;]{2,30}|explained|reminded [^.;]{2,30}) (?:that|of) (?P<what>(?:an? )?(?:affiliation|connection|involvement|membership|shareholding)\b.*|(?:he|she|they|his|her|their|it)\b.*)",
    )
});

static LINE: Pattern = LazyLock::new(|| pattern(r"^(?:[•*-] ?)?(?P<who>@L)(?: ?[:–—-] ?| \()(?P<what>[^–].{3,})"));

/// "Item 10, Financial Donations – Cllrs. A and B regarding …".
static BY_ITEM: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^(?P<what>(?:agenda )?(?:item|minute)s? \d+[^@.;]{0,80}?) ?[:–—-] ?(?P<who>@L)(?P<more>(?: (?:regarding|as|in|because|due|–|-)[^@]*)?)\.?$",
    )
});

static ITEM: Pattern =
    LazyLock::new(|| pattern(r"(?i)\b(?:agenda |minute |item |no\.? |number ){1,3}(?P<number>\d{1,3})"));

fn run(draft: &mut Draft<'_>) {
    if draft.minutes.genre != Genre::Minutes {
        return;
    }
    let items = draft.minutes.items.len();
    let about: Vec<bool> = (0..items).map(|i| is_about_interests(draft, i)).collect();
    let lists = lists(draft);
    for sentence in sentences_with(draft, &CUES) {
        told(draft, sentence, &about, &lists);
    }
    // Lines of such an item need no word for it, nor do those of a list under such a heading.
    let mut lines: Vec<usize> =
        (0..items).filter(|i| about[*i]).flat_map(|i| draft.minutes.items[i].lines.clone()).collect();
    lines.extend(lists);
    lines.sort_unstable();
    lines.dedup();
    for line in lines {
        listed(draft, line);
    }
}

/// Whether an item is that of the declarations.
fn is_about_interests(draft: &Draft<'_>, item: usize) -> bool {
    speaks_of_interests(draft.minutes.items[item].title.of(draft.text()))
}

/// The lines of the lists under headings of declarations, whatever their numbers make of them.
fn lists(draft: &Draft<'_>) -> Vec<usize> {
    let text = draft.text();
    let mut found = Vec::new();
    let mut under = false;
    for (i, line) in draft.document.lines.iter().enumerate() {
        let words = line.body(text).of(text);
        if line.marker.is_some() {
            found.extend(under.then_some(i));
        } else if memchr::memchr_iter(b' ', words.as_bytes()).nth(7).is_none()
            && !words.ends_with(['.', ',', ';', ':'])
            && !words.is_empty()
        {
            under = speaks_of_interests(words);
        }
    }
    found
}

fn speaks_of_interests(title: &str) -> bool {
    static INTEREST: Literals = Literals::in_any_case(&["interest"]);
    if !INTEREST.stand_in(title) {
        return false;
    }
    let title = fold(title);
    title.contains("interest")
        && (title.contains("declar")
            || title.contains("disclos")
            || title.contains("conflict")
            || title.contains("register"))
        && !title.contains("rate")
}

/// Declarations that a sentence tells.
fn told(draft: &mut Draft<'_>, sentence: Sentence, about: &[bool], lists: &[usize]) {
    if !draft.is_taken(sentence.span, EntityKind::Person) {
        return;
    }
    let item = draft.item_at(sentence.span);
    let line = draft.document.lines.partition_point(|line| line.span.end <= sentence.span.start);
    let in_item = item.is_some_and(|i| about[i]) || lists.contains(&line);
    let clause = Clause::new(draft, sentence.span);
    let words = clause.words.clone();
    let Some(pattern) = DECLARED.as_ref() else { return };
    let mut heads = Vec::new();
    let mut from = 0;
    while let Some(captures) = pattern.captures_at(&words, from) {
        let (Some(who), Some(what)) = (captures.name("who"), captures.name("what")) else { break };
        heads.push((who.range(), what.start()));
        from = what.start();
    }
    for (i, (who, start)) in heads.iter().enumerate() {
        if corrects(&words[..who.start]) {
            continue;
        }
        let end = heads.get(i + 1).map_or(words.len(), |(next, _)| next.start);
        let what = words[*start..end].trim_end_matches([' ', '.', ';', ',', '“', '”']);
        let what = what.strip_suffix(" and").unwrap_or(what).trim_end_matches([',', ' ']);
        let Some((from, to)) = interest(what, in_item || words.contains("interest")) else { continue };
        let place = clause.place(draft.text(), start + from..start + to);
        state(draft, &clause, who.clone(), place, sentence.span, SENTENCE);
        // "X declared an interest in A (…) and Y in B (…)": the verb is said once.
        gapped(draft, &clause, start + from..start + what.len(), sentence.span);
    }
}

/// Whether words correct earlier minutes: "approved subject to a correction to show that", which declares nothing here.
fn corrects(before: &str) -> bool {
    let lower = before.to_lowercase();
    lower.contains("minute")
        && ["amend", "correct", "to show", "to read", "to reflect", "to state", "to include"]
            .iter()
            .any(|w| lower.contains(w))
}

/// What opens a declaration without its "that": "she had worked for …".
const PRONOUNS: &[&str] = &["he ", "she ", "they "];

/// Where the interest stands in the words after "declared"; `None` where they declare none.
fn interest(what: &str, about: bool) -> Option<(usize, usize)> {
    let lower = what.to_lowercase();
    let denied = ["no ", "none", "nothing", "nil", "not ", "any "].iter().any(|w| lower.starts_with(w))
        || [
            "no interest",
            "no conflict",
            "nothing to declare",
            "no personal",
            "no pecuniary",
            "remained unchanged",
            "none to declare",
        ]
        .iter()
        .any(|w| lower.contains(w))
        || is_election(&lower);
    if denied {
        return None;
    }
    for lead in ["that ", "on "] {
        if lower.starts_with(lead) {
            return about.then_some((lead.len(), what.len()));
        }
    }
    if about && PRONOUNS.iter().any(|w| lower.starts_with(w)) {
        return Some((0, what.len()));
    }
    let captures = INTEREST.as_ref()?.captures(what)?;
    let (kind, rest) = (captures.name("kind")?, captures.name("rest")?);
    // The kind of interest is part of it; "an interest in X" is X.
    let start = if kind.as_str().trim().is_empty() { rest.start() } else { kind.start() };
    if rest.as_str().is_empty() && kind.as_str().trim().is_empty() {
        return Some((0, what.len()));
    }
    Some((start, what.len())).filter(|(s, e)| s < e)
}

/// "The Mayor declared X elected" declares no interest.
fn is_election(what: &str) -> bool {
    what.contains("elected")
        || what.starts_with("the meeting")
        || what.contains("meeting closed")
        || what.contains("meeting open")
        || what.contains("carried")
        || what.contains("vacan")
}

static GAPPED: Pattern = LazyLock::new(|| pattern(r"(?:,| and|;) (?P<who>@P) (?:in|regarding|on) (?P<what>[^;]+)"));

fn gapped(draft: &mut Draft<'_>, clause: &Clause, within: std::ops::Range<usize>, span: Span) {
    let Some(captures) = GAPPED.as_ref().and_then(|p| p.captures(&clause.words[within.clone()])) else { return };
    if let (Some(who), Some(what)) = (captures.name("who"), captures.name("what")) {
        let place = clause.place(draft.text(), within.start + what.start()..within.start + what.end());
        state(draft, clause, within.start + who.start()..within.start + who.end(), place, span, SENTENCE);
    }
}

/// Declarations in a line of an item about them.
fn listed(draft: &mut Draft<'_>, line: usize) {
    let text = draft.text();
    let body = draft.document.lines[line].body(text);
    for span in crate::text::sentence::sentences(text, body) {
        let title =
            draft.item_at(span).map(|i| draft.minutes.items[i].title).filter(|t| speaks_of_interests(t.of(text)));
        if title.is_some_and(|title| span.overlaps(title) && span.start <= title.start) {
            continue;
        }
        let clause = Clause::new(draft, span);
        let words = clause.words.as_str();
        if clause.signs.is_empty() || words.contains("eclared") || words.contains("isclosed") {
            continue;
        }
        for (pattern, rule) in [(&SAID, SENTENCE), (&BY_ITEM, LISTED), (&LINE, LISTED)] {
            let Some(captures) = pattern.as_ref().and_then(|p| p.captures(words)) else { continue };
            let (Some(who), Some(what)) = (captures.name("who"), captures.name("what")) else { continue };
            let end = captures.name("more").map_or(what.end(), |m| m.end().max(what.end()));
            let lower = words[what.range()].to_lowercase();
            let none = ["none", "nil", "no ", "n/a", "nothing", "not "].iter().any(|w| lower.starts_with(w))
                || [" no interest", " none ", "nothing to", " not ", "had no ", "has no ", "no conflict"]
                    .iter()
                    .any(|w| lower.contains(w))
                || lower.contains("unchanged");
            let range = if rule == LISTED && pattern_is(pattern, &BY_ITEM) { what.start()..end } else { what.range() };
            if !none {
                let place = clause.place(draft.text(), range);
                let who = who.range();
                state(draft, &clause, who, trimmed(text, place), span, rule);
            }
            break;
        }
    }
}

fn pattern_is(a: &Pattern, b: &Pattern) -> bool {
    std::ptr::eq(a, b)
}

/// Without the full stop or bracket at the end.
fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let end = words.trim_end_matches(['.', ';', ',', ' ']).len();
    let end = if words[..end].ends_with(')') && !words[..end].contains('(') { end - 1 } else { end };
    span.slice(0, end)
}

fn state(
    draft: &mut Draft<'_>,
    clause: &Clause,
    who: std::ops::Range<usize>,
    interest: Span,
    span: Span,
    rule: &'static str,
) {
    let text = draft.text();
    let words = interest.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let words = ended(&words).to_owned();
    let object = item_named(draft, interest)
        .or_else(|| this_item(draft, &words, interest))
        .map_or(Term::Meeting, |i| Term::Item(i as u32));
    for sign in clause.people_in(draft, who) {
        if sign.nature == Nature::Description && words.is_empty() {
            continue;
        }
        let person = Term::Mention(sign.mention(draft, rule));
        draft.state(person, Predicate::DeclaredInterest, object, span, rule).qualifiers =
            vec![(Qualifier::Interest, Value::Text(words.clone()))];
    }
}

/// An interest without what its owner did next ("and left the room").
fn ended(words: &str) -> &str {
    let end = [
        ", and left",
        " and left the",
        ", and took no",
        " and took no part",
        " and did not",
        ", and did not",
        ", but ",
        " and withdrew",
        ", and withdrew",
        " and would ",
        ", and would ",
        " and abstained",
        ". ",
    ]
    .iter()
    .filter_map(|w| words.find(w))
    .min()
    .unwrap_or(words.len());
    words[..end].trim_end_matches([' ', '.', ',', ';'])
}

/// The item whose number the interest gives.
fn item_named(draft: &Draft<'_>, interest: Span) -> Option<usize> {
    let text = draft.text();
    let captures = ITEM.as_ref()?.captures(interest.of(text))?;
    let number = captures.name("number")?.as_str();
    draft
        .minutes
        .items
        .iter()
        .position(|item| item.number.is_some_and(|n| n.of(text).trim_matches(|c: char| !c.is_alphanumeric()) == number))
}

/// The item at hand, where the interest is in "this item", or is declared within an item that is not about interests.
fn this_item(draft: &Draft<'_>, words: &str, place: Span) -> Option<usize> {
    let item = draft.item_at(place)?;
    let this = fold(words).contains("this item") || fold(words).contains("the item") || words.is_empty();
    (!is_about_interests(draft, item) && (this || draft.minutes.items[item].number.is_some())).then_some(item)
}
