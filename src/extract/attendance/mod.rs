//! Attendance: who was present, apologised, was absent; in what capacity, for whom, in whose place; who took the chair.
//!
//! In: the attendance blocks that structure delimited. Out: mentions of people, organisations and roles, an
//! attendance entry for each person, and the statements that it makes.

mod description;
mod entry;
mod walk;

use super::draft::DraftAttendance;
use super::{Draft, Extractor, Rule};
use crate::lexicon::Lexicon;
use crate::model::{Block, Capacity, EntityKind, Entry, Form, Nature, Predicate, Qualifier, Span, Status, Term, Value};
use crate::text::name::Name;
use description::chairs_body;
pub(super) use description::{Said, said};
pub(super) use entry::{Person, Reading, people};

const LIST: &str = "attendance-list";
const RUN: &str = "attendance-run";
const SENTENCE: &str = "apology-sentence";
const SUBSTITUTE: &str = "substitute";

pub(super) static EXTRACTOR: Extractor = Extractor {
    name: "attendance",
    what: "people, organisations and roles of the attendance blocks",
    rules: &[
        Rule {
            name: LIST,
            what: "a line or row under a heading of attendance names a person, with roles and organisations beside the name",
            accepts: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent\n\nMs Ada Fenn – in the Chair\n\nMr Tom Rowe\tEllmoor Borough Council\nDr Priya Nair\tHead of Health – Marl NHS Trust\n\n1. MINUTES\n\nThe minutes were approved.\n",
            ],
            refuses: &[
                "Pancakes\n\nPresent\n\nServe on a warm plate.\n",
                "AGENDA\n\nEllmoor Board, to be held on 4 May 2015\n\n1. Apologies\n2. Minutes\n3. Present position of the harbour\n",
            ],
        },
        Rule {
            name: RUN,
            what: "names run on after a heading of attendance",
            accepts: &[
                "Minutes of Ellmoor Parish Council held on 4 May 2015\n\nPresent: Cllr A Fenn (Chair), Cllrs T Rowe and P Nair\n\n1. MINUTES\n\nThe minutes were approved.\n",
            ],
            refuses: &[
                "Minutes of Ellmoor Parish Council held on 4 May 2015\n\n1. PRESENT POSITION: the harbour\n\nThe minutes were approved. It was noted.\n",
            ],
        },
        Rule {
            name: SENTENCE,
            what: "a sentence says who gave apologies",
            accepts: &[
                "Minutes of Ellmoor Parish Council held on 4 May 2015\n\n1. WELCOME\n\nApologies for absence were received from Ada Fenn (Ellmoor Council) and Mr T Rowe.\n\n2. MINUTES\n\nThe minutes were approved.\n",
            ],
            refuses: &[
                "Minutes of Ellmoor Parish Council held on 4 May 2015\n\n1. WELCOME\n\nThere were no apologies. Ada Fenn spoke.\n\n2. MINUTES\n\nThe minutes were approved.\n",
                "Minutes of Ellmoor Parish Council held on 4 May 2015\n\n1. WELCOME\n\nAda Fenn apologised for the late papers.\n\n2. MINUTES\n\nThe minutes were approved.\n",
            ],
        },
        Rule {
            name: SUBSTITUTE,
            what: "somebody took the place of another",
            accepts: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent\n\nMs Ada Fenn (substitute for Mr Tom Rowe)\nMr Jim Hale\n\n1. MINUTES\n\nThe minutes were approved.\n",
            ],
            refuses: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent\n\nMs Ada Fenn (Substitute)\nMr Jim Hale\n\n1. MINUTES\n\nThe minutes were approved.\n",
            ],
        },
    ],
    run,
};

fn run(draft: &mut Draft<'_>) {
    let minutes = draft.minutes;
    if minutes.genre != crate::model::Genre::Minutes {
        return;
    }
    for block in &minutes.attendance {
        for entry in &block.entries {
            read_entry(draft, block, entry);
        }
    }
}

/// Reads one entry and states what it says.
fn read_entry(draft: &mut Draft<'_>, block: &Block, entry: &Entry) {
    let text = draft.text();
    let lexicon = draft.lexicon;
    let told = block.heading.is_none() && block.form == Form::Run;
    let rule = if told {
        SENTENCE
    } else if block.form == Form::List {
        LIST
    } else {
        RUN
    };
    let found = if told {
        people_of_sentence(draft, entry.span)
    } else if entry.cells.len() > 1 {
        let found = entry::row(text, &entry.cells, lexicon);
        if found.is_empty() { entry::people(text, entry.span, Reading::List, lexicon) } else { found }
    } else {
        let reading = if block.item.is_some() { Reading::Sentence } else { Reading::List };
        let mut found = entry::people(text, entry.span, reading, lexicon);
        if found.is_empty() && reading == Reading::Sentence {
            found = entry::people(text, entry.span, Reading::List, lexicon);
        }
        found
    };
    if found.is_empty() {
        if !told && !is_about_nobody(entry.span.of(text)) {
            draft.unresolved.push((entry.span, "a line of an attendance list in which no name was recognised"));
        }
        return;
    }
    let status = entry.status.unwrap_or(block.status);
    for (number, person) in found.iter().enumerate() {
        state_person(draft, block, person, &found[..number], status, rule);
    }
}

/// Numbers of visitors, and words for nobody.
fn is_about_nobody(words: &str) -> bool {
    let folded = crate::lexicon::fold(words);
    [
        "member of the public",
        "members of the public",
        "none",
        "nil",
        "press",
        "public",
        "quorum",
        "there were",
        "n/a",
        "apologies",
    ]
    .iter()
    .any(|w| folded.contains(w))
}

/// The people of a sentence of apology: those after "from", "on behalf of", "by" or a colon; else those before the verb.
fn people_of_sentence(draft: &Draft<'_>, sentence: Span) -> Vec<Person> {
    let text = draft.text();
    let words = sentence.of(text);
    let lower = words.to_ascii_lowercase();
    // "…, who were substituted by Y and Z": matched by order with the people before.
    const TAKEN: &[&str] = &["substituted by ", "replaced by ", "represented by "];
    if let Some((at, length)) = TAKEN.iter().filter_map(|t| lower.find(t).map(|i| (i, t.len()))).min() {
        let mut found = people_of_sentence(draft, sentence.slice(0, at));
        let others = crate::text::name::names(
            text,
            sentence.slice(at + length, words.len()),
            crate::text::name::Context::Prose,
            draft.lexicon,
        );
        if let Some(last) = found.last_mut().filter(|_| !others.is_empty()) {
            last.span = sentence;
            last.said.push(Said::SubstitutedBy(others));
        }
        return found;
    }
    let Some(apology) = lower.find("polog") else { return Vec::new() };
    let after = &lower[apology..];
    let lead = ["on behalf of", " from ", " by ", ":", " for ", " of "]
        .iter()
        .filter_map(|l| after.find(l).map(|i| (i, apology + i + l.len())))
        .filter(|(i, _)| !after[..*i].contains(". "))
        .min()
        .map(|(_, end)| end);
    if let Some(start) = lead {
        // "Apologies for absence were received from": the last lead-in before the first name counts.
        let mut start = start;
        loop {
            let rest = &lower[start..];
            let lexical = ["on behalf of ", " from ", " by ", ": "]
                .iter()
                .filter_map(|l| rest.find(l).map(|i| i + l.len()))
                .min();
            let first = crate::text::name::names(
                text,
                sentence.slice(start, words.len()),
                crate::text::name::Context::Prose,
                draft.lexicon,
            )
            .first()
            .map(|n| (n.span.start - sentence.start) as usize - start);
            match (lexical, first) {
                (Some(l), Some(f)) if l <= f => start += l,
                _ => break,
            }
        }
        let found = entry::people(text, sentence.slice(start, words.len()), Reading::Sentence, draft.lexicon);
        if !found.is_empty() {
            return found;
        }
    }
    // "Cllr Fenn and Mr Rowe sent their apologies", "Cllr Fenn apologised".
    let before = sentence.slice(0, apology.saturating_sub(1));
    entry::people(text, before, Reading::Sentence, draft.lexicon)
}

/// The mention of a person.
fn mention_person(draft: &mut Draft<'_>, name: &Name, rule: &'static str) -> u32 {
    draft.mention(name.span, EntityKind::Person, rule, Nature::Name)
}

/// Whether words are the initials of a name: its first letters in order, with any letters between.
fn is_initials(text: &str, words: Span, name: &Name) -> bool {
    let words = words.of(text);
    let first = |span: Span| span.of(text).chars().next();
    let mut letters = words.chars();
    (2..=4).contains(&words.chars().count())
        && words.chars().all(char::is_alphabetic)
        && letters.next() == name.given.first().and_then(|g| first(*g))
        && letters.any(|c| Some(c) == first(name.family))
}

/// Whether a heading is the post of the one person under it.
fn names_post(heading: &str, lexicon: &Lexicon) -> bool {
    let words: Vec<&str> = heading.split_whitespace().collect();
    lexicon.roles.suffix(&words).is_some_and(|(_, r)| r.head && !matches!(r.class, "elected" | "governor"))
        && !["present", "attendance", "apologies", "absent"].iter().any(|w| crate::lexicon::fold(heading).contains(w))
}

/// Whether a title says a post, and not only how to address somebody.
fn is_post(title: &str, lexicon: &Lexicon) -> bool {
    let words: Vec<&str> = title.split_whitespace().collect();
    if words.len() > 1 && matches!(crate::lexicon::fold(title).rsplit(' ').next(), Some("cllr" | "councillor")) {
        return !matches!(crate::lexicon::fold(words[0]).as_str(), "y" | "the" | "mr" | "mrs" | "ms" | "miss" | "dr");
    }
    words.len() > 1
        && lexicon.honorifics.get(title).is_some_and(|h| h.class == "office")
        && lexicon.roles.suffix(&words).is_some_and(|(_, r)| r.head)
}

/// The capacity of somebody whose list does not give one: a clerk serves; where officers or guests are listed apart,
/// or the title is that of an elected member, the others are members.
fn capacity(draft: &Draft<'_>, block: &Block, person: &Person, roles: &[Span]) -> Option<Capacity> {
    let text = draft.text();
    let clerical = roles.iter().any(|r| {
        draft
            .lexicon
            .roles
            .within(&r.of(text).split_whitespace().collect::<Vec<_>>())
            .is_some_and(|r| r.class == "clerical")
    });
    if clerical {
        return Some(Capacity::Officer);
    }
    if block.capacity.is_some() {
        return block.capacity;
    }
    let apart = draft
        .minutes
        .attendance
        .iter()
        .any(|b| b.status == Status::Present && b.capacity.is_some() && b.capacity != Some(Capacity::Member));
    let elected = person.name.honorifics.iter().any(|h| {
        draft.lexicon.honorifics.get(h.of(text)).is_some_and(|h| crate::lexicon::fold(h.name).ends_with("councillor"))
    });
    ((apart && block.status == Status::Present) || elected).then_some(Capacity::Member)
}

/// Adds the entry of one person, and states what it says.
fn state_person(
    draft: &mut Draft<'_>,
    block: &Block,
    person: &Person,
    before: &[Person],
    status: Status,
    rule: &'static str,
) {
    let span = person.span;
    let number = mention_person(draft, &person.name, rule);
    let mut row = DraftAttendance {
        person: number,
        status,
        capacity: block.capacity,
        chair: block.chair,
        organisations: Vec::new(),
        roles: Vec::new(),
        substitute_for: None,
        arrived: None,
        left: None,
        remote: false,
        span,
        rule,
    };
    let mut roles = Vec::new();
    let mut organisations = Vec::new();
    let mut of_role = None;
    let mut substitutes: Vec<Name> = Vec::new();
    for said in &person.said {
        match said {
            Said::Chair(words) => {
                row.chair = true;
                roles.extend(*words);
            }
            Said::Role(role) => {
                row.chair |= draft
                    .minutes
                    .header
                    .body
                    .is_some_and(|body| chairs_body(role.of(draft.text()), body.of(draft.text()), draft.lexicon));
                roles.push(*role);
            }
            // "Jeni Dale (JTe)": initials that a list introduces are no organisation.
            Said::Organisation(words) if is_initials(draft.text(), *words, &person.name) => {}
            Said::Organisation(organisation) => organisations.push(*organisation),
            Said::OrganisationOfRole(organisation) => of_role = Some(*organisation),
            Said::SubstituteFor(other) => row.substitute_for = Some(mention_person(draft, other, SUBSTITUTE)),
            Said::SubstitutedBy(others) => substitutes.clone_from(others),
            Said::Arrived(words) => row.arrived = Some(*words),
            Said::Left(words) => row.left = Some(*words),
            Said::Remote => row.remote = true,
            Said::OrganisationOfAll(_) | Said::Remark => {}
        }
    }
    if organisations.is_empty() {
        organisations.extend(block.organisation);
    }
    if organisations.is_empty() {
        organisations.extend(of_role);
    }
    // "Clerk: Ms. Hale": the heading is the post.
    if let Some(heading) =
        block.heading.filter(|h| h.end <= span.start && names_post(h.of(draft.text()), draft.lexicon))
    {
        roles.push(heading);
    }
    // Who takes the place of somebody absent is present, whatever list names both.
    let status = if row.substitute_for.is_some() { Status::Present } else { status };
    row.status = status;
    // Whose place was taken was not there, though a list of those present names both.
    let replaced = !substitutes.is_empty() && status == Status::Present;
    // Somebody who sent apologies did not take the chair: the words give the post.
    row.chair &= status == Status::Present;
    // "County Councillor Jane Dean": a title of two words or more is a post as well.
    roles.extend(person.name.honorifics.iter().filter(|h| is_post(h.of(draft.text()), draft.lexicon)));
    row.capacity = capacity(draft, block, person, &roles);
    for organisation in &organisations {
        row.organisations.push(draft.mention(*organisation, EntityKind::Organisation, rule, Nature::Name));
    }
    for role in &roles {
        row.roles.push(draft.mention(*role, EntityKind::Role, rule, Nature::Name));
    }
    let subject = Term::Mention(number);
    let predicate = match status {
        Status::Present => Predicate::Attended,
        Status::Apologies => Predicate::Apologised,
        Status::Absent => Predicate::AbsentFrom,
    };
    let mut qualifiers = Vec::new();
    if let Some(capacity) = row.capacity {
        qualifiers.push((Qualifier::Capacity, Value::Text(capacity.name().to_owned())));
    }
    let text = draft.text();
    for (qualifier, words) in [(Qualifier::Arrived, row.arrived), (Qualifier::Left, row.left)] {
        if let Some(words) = words {
            qualifiers.push((qualifier, Value::Text(words.of(text).to_owned())));
        }
    }
    if row.remote {
        qualifiers.push((Qualifier::Remote, Value::Text("1".to_owned())));
    }
    if !replaced {
        draft.state(subject, predicate, Term::Meeting, span, rule).qualifiers = qualifiers;
    }
    if row.chair {
        draft.state(subject, Predicate::Chairs, Term::Meeting, span, rule);
    }
    for &organisation in &row.organisations.clone() {
        let role = row.roles.first().map(|r| (Qualifier::Role, Value::Term(Term::Mention(*r))));
        draft.state(subject, Predicate::Represents, Term::Mention(organisation), span, rule).qualifiers =
            role.into_iter().collect();
    }
    for &role in &row.roles.clone() {
        let organisation = row.organisations.first().map(|o| (Qualifier::Organisation, Value::Term(Term::Mention(*o))));
        draft.state(subject, Predicate::HoldsRole, Term::Mention(role), span, rule).qualifiers =
            organisation.into_iter().collect();
    }
    if let Some(other) = row.substitute_for {
        draft.state(subject, Predicate::SubstitutedFor, Term::Mention(other), span, SUBSTITUTE);
    }
    let organisations = row.organisations.clone();
    if !replaced {
        draft.attendance.push(row);
    }
    // "Y (Z attended as substitute)"; several are matched by order with the people before.
    let count = substitutes.len();
    for (i, substitute) in substitutes.iter().enumerate() {
        let replaced = if i + 1 == count {
            number
        } else {
            let Some(at) = before.len().checked_sub(count - 1 - i) else { continue };
            mention_person(draft, &before[at].name, rule)
        };
        let present = mention_person(draft, substitute, SUBSTITUTE);
        draft.state(Term::Mention(present), Predicate::Attended, Term::Meeting, span, SUBSTITUTE);
        draft.state(Term::Mention(present), Predicate::SubstitutedFor, Term::Mention(replaced), span, SUBSTITUTE);
        for &organisation in &organisations {
            draft.state(Term::Mention(present), Predicate::Represents, Term::Mention(organisation), span, SUBSTITUTE);
        }
        draft.attendance.push(DraftAttendance {
            person: present,
            status: Status::Present,
            capacity: block.capacity,
            chair: false,
            organisations: organisations.clone(),
            roles: Vec::new(),
            substitute_for: Some(replaced),
            arrived: None,
            left: None,
            remote: false,
            span,
            rule: SUBSTITUTE,
        });
    }
}
