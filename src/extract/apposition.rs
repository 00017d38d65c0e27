//! What the running text says of a person beside the name: a post, an organisation.
//!
//! In: mentions of people outside the attendance lists, and the lines that name presenters. Out: `represents` and
//! `holds_role`. Nobody stands for an organisation that they left, are employed by, or had a letter from.

use std::sync::LazyLock;

use super::attendance::{Person, Reading, Said, people, said};
use super::clause::{Pattern, lists, pattern};
use super::{Draft, Extractor, Rule};
use crate::lexicon::fold;
use crate::model::{EntityKind, Genre, Nature, Predicate, Qualifier, Span, Term, Value};

const PROSE: &str = "apposition";
const LINE: &str = "presenter-post";

pub(super) static EXTRACTOR: Extractor = Extractor {
    name: "apposition",
    what: "posts and organisations beside names in the running text; after mentions",
    rules: &[
        Rule {
            name: PROSE,
            what: "a name is followed by a post or an organisation: \"N, R, O\", \"N (O)\", \"N of O\", \"N from O\"",
            accepts: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nThe Board received a presentation from Jane Oakes of Ellmoor Borough Council.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nThe mole was shown to members by Jane Oakes, Conservation Officer, Ellmoor Borough Council.\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
            refuses: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nJane Oakes, formerly of Ellmoor Borough Council, spoke. A letter from John Hale of Marl District Council was read.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nTom Rowe said that he was employed by Ellmoor Borough Council but did not speak for it.\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
        },
        Rule {
            name: LINE,
            what: "a line under the heading of an item gives the post and organisation of who presents it",
            accepts: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR DUES\n\nJane Oakes, Harbour Master, Ellmoor Borough Council\n\nThe dues were noted.\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
            refuses: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR DUES\n\nThe dues were noted.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. PAYMENTS\n\nMrs Jane Oakes, Salary for March, Cheque No 214 £50.00\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
        },
    ],
    run,
};

/// Words before a name, in its sentence, that keep its organisation out of the meeting.
static AWAY: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:letters?|e-?mails?|emailed|correspondence|wrote|written|message|quoted|former|formerly|late|ex|invite[sd]?|invitation|retired|retirement|resigned|resignation|condolences?|sympathy|death|congratulat\w+|applicant|application|invoice|cheque|payment|nominat\w+)\b",
    )
});

fn run(draft: &mut Draft<'_>) {
    if draft.minutes.genre != Genre::Minutes {
        return;
    }
    presenters(draft);
    prose(draft);
}

/// Presenter lines under headings.
fn presenters(draft: &mut Draft<'_>) {
    let text = draft.text();
    let minutes = draft.minutes;
    for line in minutes.items.iter().flat_map(|i| &i.presenters) {
        let words = line.of(text);
        let end = [" will present", " to present", " will be presenting", " presented", " introduced"]
            .iter()
            .filter_map(|w| words.find(w))
            .min()
            .unwrap_or(words.len());
        let span = line.slice(0, end).trim(text);
        let mut found = people(text, span, Reading::List, draft.lexicon);
        // "A and B from O": both.
        for i in (1..found.len()).rev() {
            let between = Span { start: found[i - 1].name.span.end, end: found[i].name.span.start };
            if found[i - 1].said.is_empty() && matches!(between.of(text), " and " | " & ") {
                let said = found[i].said.clone();
                found[i - 1].said = said;
            }
        }
        for person in found {
            state(draft, &person, person.name.span, *line, LINE);
        }
    }
}

/// Names in the running text with something beside them.
fn prose(draft: &mut Draft<'_>) {
    let text = draft.text();
    let lists = lists(draft);
    let minutes = draft.minutes;
    let lines: Vec<Span> = minutes.items.iter().flat_map(|i| i.presenters.iter().copied()).collect();
    let within = |spans: &[Span], span: Span| {
        let at = spans.partition_point(|s| s.end <= span.start);
        spans.get(at).is_some_and(|s| s.overlaps(span))
    };
    let mut named: Vec<Span> = draft
        .mentions
        .iter()
        .filter(|m| m.kind == EntityKind::Person && m.nature != Nature::Description)
        .map(|m| m.span)
        .filter(|s| !within(&lists, *s) && !within(&lines, *s))
        .collect();
    named.sort_unstable();
    named.dedup();
    for (i, name) in named.iter().enumerate() {
        let next = named.get(i + 1).map_or(text.len() as u32, |n| n.start);
        let Some((evidence, found)) = beside(draft, *name, next).filter(|_| !is_away(text, *name)) else { continue };
        let person = *name;
        let mut roles: Vec<Span> = Vec::new();
        let mut organisations: Vec<Span> = Vec::new();
        for said in found {
            match said {
                Said::Role(span) if is_office(span.of(text)) => organisations.push(span),
                Said::Role(span) => roles.push(span),
                // "(to be referred to the Finance Committee)" is a remark.
                Said::Organisation(span) if !span.of(text).starts_with("to ") => organisations.push(span),
                _ => {}
            }
        }
        // "Nick Dann and Raj Singh of the Ministry": both.
        let before = i
            .checked_sub(1)
            .map(|b| named[b])
            .filter(|b| matches!(Span { start: b.end, end: name.start }.of(text), " and " | " & "))
            .filter(|_| Span { start: name.end, end: name.end + 1 }.of(text) == " ");
        for who in [Some(person), before].into_iter().flatten() {
            state_posts(draft, who, &roles, &organisations, evidence.join(who), PROSE);
        }
    }
}

/// What stands beside a name, with the words that say so, up to the next name.
fn beside(draft: &Draft<'_>, name: Span, next: u32) -> Option<(Span, Vec<Said>)> {
    const FAR: usize = 160;
    let text = draft.text();
    let rest = text.get(name.end as usize..(next.max(name.end) as usize))?;
    let line = rest.find('\n').unwrap_or(rest.len());
    // Words right before the next name are its title: "President Wood, Directors Clark and Stark".
    let before_name = line == rest.len() && rest.ends_with(' ');
    let limit = if line <= FAR { line } else { rest[..line].char_indices().nth(FAR).map_or(line, |(i, _)| i) };
    let rest = &rest[..limit];
    let start = name.end;
    let place = |from: usize, to: usize| Span::new(start as usize + from, start as usize + to).trim(text);
    // Nothing that starts so says anything.
    if !rest.starts_with([' ', ',']) || rest.starts_with(" and ") || rest.starts_with(" said ") {
        return None;
    }
    let sentence = rest.find(". ").map_or(rest, |i| &rest[..i]);
    if sentence.contains(" be invited") || sentence.contains(" be asked") {
        return None;
    }
    let sure = |said: Vec<Said>| -> Vec<Said> { said.into_iter().filter(|s| is_sure(draft, s)).collect() };
    if let Some(inner) = rest.strip_prefix(" (") {
        let end = inner.find(')')?;
        let mut found = Vec::new();
        let mut from = 2;
        let initials = |part: &str| {
            let mut words =
                name.of(text).split([' ', '-']).filter_map(|w| w.chars().next()).collect::<Vec<_>>().into_iter();
            part.trim().chars().all(|c| c.is_uppercase() && words.any(|w| w == c))
        };
        for part in inner[..end].split([',', ';']) {
            // "Ada Fenn (AF)".
            if initials(part) {
                from += part.len() + 1;
                continue;
            }
            found.extend(sure(said(text, place(from, from + part.len()), true, draft.lexicon)));
            from += part.len() + 1;
        }
        return (!found.is_empty()).then(|| (name.join(place(0, end + 3)), found));
    }
    for lead in [
        " of the ",
        " of ",
        " from the ",
        " from ",
        " at the ",
        " at ",
        " representing the ",
        " representing ",
        ", representing the ",
        ", representing ",
        ", from the ",
        ", from ",
        ", of the ",
        ", of ",
    ] {
        if let Some(after) = rest.strip_prefix(lead) {
            let end = phrase(after);
            let span = place(lead.len(), lead.len() + end);
            let found: Vec<Said> = sure(said(text, span, false, draft.lexicon))
                .into_iter()
                .filter(|s| matches!(s, Said::Organisation(_)))
                .collect();
            return (!found.is_empty() && after.starts_with(char::is_uppercase)).then(|| (name.join(span), found));
        }
    }
    let lead = [", ", " – ", " - "].iter().find(|l| rest.starts_with(**l))?;
    let mut found = Vec::new();
    let mut from = lead.len();
    let mut evidence = name;
    for _ in 0..2 {
        let after = &rest[from..];
        let after_the = after.strip_prefix("the ").unwrap_or(after);
        let skip = after.len() - after_the.len();
        if !after_the.starts_with(char::is_uppercase) {
            break;
        }
        let end = phrase(after_the);
        let closed = after_the[end..].chars().next();
        // An apposition is closed by a mark or the end, unless it is long: "N, Mayor Hale spoke" is none.
        if before_name && limit == line && from + skip + end >= rest.trim_end().len() {
            break;
        }
        let open = !matches!(closed, None | Some(',' | '.' | ';' | ')' | ':')) && end < after_the.len();
        let long = after_the[..end].split_whitespace().count() >= 3;
        let span = place(from + skip, from + skip + end);
        let said = sure(said(text, span, false, draft.lexicon));
        if said.is_empty() || open && !long {
            break;
        }
        found.extend(said);
        evidence = evidence.join(span);
        from += skip + end;
        match rest[from..].strip_prefix(", ") {
            Some(_) => from += 2,
            None => break,
        }
    }
    (!found.is_empty()).then_some((evidence, found))
}

/// How far a phrase of capitalised words, and the small words that join them, reaches.
fn phrase(words: &str) -> usize {
    let mut end = 0;
    let mut at = 0;
    for piece in words.split_inclusive(' ') {
        let word = piece.trim_end();
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        let capital = core.starts_with(char::is_uppercase);
        let joins = matches!(core, "of" | "the" | "and" | "for" | "to" | "at" | "in" | "with" | "on")
            || word == "&"
            || core.is_empty();
        // "Marlshire Police and the Mayor": a second thing; "Clerk’s salary": not the Clerk.
        let second = core == "and" && words[at + piece.len()..].starts_with("the ");
        if !capital && !joins || second || core.ends_with("’s") || core.ends_with("'s") {
            break;
        }
        if capital {
            end = at + piece.find(core).unwrap_or(0) + core.len();
        }
        at += piece.len();
        if word.ends_with([',', ';', ':', ')']) || word.ends_with('.') && core.chars().count() > 3 {
            break;
        }
    }
    end
}

/// Whether words before a name in its sentence keep it out of the meeting.
fn is_away(text: &str, name: Span) -> bool {
    // No further back than that: a paragraph may be as long as a document.
    const FAR: u32 = 200;
    let end = name.start as usize;
    let far = name.start.saturating_sub(FAR) as usize;
    let near = &text[(far..=end).find(|at| text.is_char_boundary(*at)).unwrap_or(end)..end];
    let line = near.rfind(['\n', ';']).map_or(near, |at| &near[at + 1..]);
    let sentence = line.rfind(". ").map_or(line, |at| &line[at + 2..]);
    AWAY.as_ref().is_some_and(|p| p.is_match(sentence))
}

/// Whether a post or an organisation is one by its words, not by its place alone.
pub(super) fn is_sure(draft: &Draft<'_>, said: &Said) -> bool {
    let text = draft.text();
    match said {
        Said::Role(span) => {
            let words = span.of(text);
            words.starts_with(char::is_uppercase) || draft.lexicon.roles.get(words).is_some()
        }
        Said::Organisation(span) => {
            let words = span.of(text);
            let parts: Vec<&str> = words.split_whitespace().collect();
            draft.mentions_in(*span, EntityKind::Organisation).iter().any(|m| draft.span_of(*m).len() + 4 >= span.len())
                || draft.lexicon.known_organisations.get(words).is_some()
                || draft.lexicon.known_short(words).is_some()
                || draft.lexicon.organisations.suffix(&parts).is_some() && parts.len() > 1
                || parts.len() > 2
                    && ["Council", "Authority", "Trust", "Police", "University", "Borough"]
                        .iter()
                        .any(|w| parts.contains(w))
        }
        _ => false,
    }
}

/// States the posts of a person of a presenter line.
fn state(draft: &mut Draft<'_>, person: &Person, name: Span, evidence: Span, rule: &'static str) {
    let text = draft.text();
    let mut roles: Vec<Span> = Vec::new();
    let mut organisations: Vec<Span> = Vec::new();
    for said in &person.said {
        match said {
            Said::Role(span) if is_office(span.of(text)) => organisations.push(*span),
            Said::Role(span) if span.of(text).starts_with(char::is_uppercase) => roles.push(*span),
            // A line of payments or of speakers stands there as well: "Ada Fenn, Clerk's salary, cheque 214".
            Said::Organisation(span) if is_sure(draft, said) => organisations.push(*span),
            _ => {}
        }
    }
    // "Head of Community Safety, Marl Council": what a role is about is no organisation beside a real one.
    if organisations.len() > 1 {
        organisations.retain(|o| !roles.iter().any(|r| r.contains(*o)));
    }
    state_posts(draft, name, &roles, &organisations, evidence, rule);
}

/// "Office of the Commissioner" is an organisation though it ends in a post.
fn is_office(words: &str) -> bool {
    let folded = fold(words);
    folded.starts_with("office of ") || folded.starts_with("offices of ")
}

fn state_posts(
    draft: &mut Draft<'_>,
    name: Span,
    roles: &[Span],
    organisations: &[Span],
    evidence: Span,
    rule: &'static str,
) {
    if roles.is_empty() && organisations.is_empty() {
        return;
    }
    let text = draft.text();
    let person = Term::Mention(draft.mention(name, EntityKind::Person, rule, Nature::Name));
    let own = |words: &str| matches!(fold(words).as_str(), "the board" | "the council" | "the committee");
    let roles: Vec<u32> = roles.iter().map(|r| draft.mention(*r, EntityKind::Role, rule, Nature::Name)).collect();
    let organisations: Vec<u32> = organisations
        .iter()
        .filter(|o| !own(o.of(text)))
        .map(|o| draft.mention(*o, EntityKind::Organisation, rule, Nature::Name))
        .collect();
    for &organisation in &organisations {
        draft.state(person, Predicate::Represents, Term::Mention(organisation), evidence, rule).qualifiers =
            roles.first().map(|r| (Qualifier::Role, Value::Term(Term::Mention(*r)))).into_iter().collect();
    }
    for &role in &roles {
        draft.state(person, Predicate::HoldsRole, Term::Mention(role), evidence, rule).qualifiers = organisations
            .first()
            .map(|o| (Qualifier::Organisation, Value::Term(Term::Mention(*o))))
            .into_iter()
            .collect();
    }
}
