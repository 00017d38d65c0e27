//! Attendance: who was present, apologised, was absent; in what capacity, for whom, in whose place; who took the chair.
//!
//! In: the attendance blocks that structure delimited. Out: mentions of people, organisations and roles, an
//! attendance entry for each person, and the statements that it makes.

mod description;
mod entry;
mod evidence;
mod note;
mod plausible;
mod post;
mod presence;
mod sentence;
mod walk;

use super::draft::DraftAttendance;
use super::{Draft, Extractor, Rule};
use crate::lexicon::fold;
use crate::model::{Block, EntityKind, Entry, Form, Nature, Predicate, Qualifier, Span, Status, Term, Value};
use crate::text::name::Name;
pub(super) use description::{Said, said};
use description::{is_organisation, of_one};
pub(super) use entry::{Person, Reading, people};
use plausible::{can_be_organisation, can_be_post};
use post::{capacity, class_of, is_chair_title, is_post, names_post, speaks_of_members};
use presence::chairs_body;
use sentence::people_of_sentence;

const LIST: &str = "attendance-list";
const RUN: &str = "attendance-run";
const SENTENCE: &str = "apology-sentence";
/// Why words that stand where a post stands are none.
const NO_POST: &str = "words beside a name that are no post";
/// Why words that stand where an organisation stands are none.
const NO_ORGANISATION: &str = "words beside a name that are no organisation";
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
                "Minutes of Ellmoor Parish Council held on 4 May 2015\n\n1. WELCOME\n\nAda Fenn welcomed everyone and apologies were noted.\n\n2. MINUTES\n\nThe minutes were approved.\n",
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
    let notes = note::notes(draft.document, draft.lexicon);
    for block in &minutes.attendance {
        let heading = Heading::of(draft, block);
        for entry in &block.entries {
            read_entry(draft, block, heading, entry, &notes);
        }
    }
    for block in minutes.attendance.iter().filter(|b| b.chair) {
        for entry in &block.entries {
            given_name_of_chair(draft, block, entry.span);
        }
    }
}

/// A heading of the chair with a given name alone ("chair: Matthew"): the one person of the list who has it.
fn given_name_of_chair(draft: &mut Draft<'_>, block: &Block, span: Span) {
    let text = draft.text();
    let word = span.of(text).trim();
    if word.contains(' ') || !draft.lexicon.is_given_name(word) || block.status != Status::Present {
        return;
    }
    let has_it = |a: &DraftAttendance| {
        a.status == Status::Present
            && draft.span_of(a.person).of(text).split_whitespace().next().is_some_and(|g| fold(g) == fold(word))
    };
    // Front matter and a list may both name everybody.
    let fitting: Vec<usize> = (0..draft.attendance.len()).filter(|i| has_it(&draft.attendance[*i])).collect();
    let name = |i: usize| fold(draft.span_of(draft.attendance[i].person).of(text));
    let Some(first) = fitting.first().copied().filter(|at| fitting.iter().all(|i| name(*i) == name(*at))) else {
        return;
    };
    let person = draft.attendance[first].person;
    for at in fitting {
        draft.attendance[at].chair = true;
    }
    draft.state(Term::Mention(person), Predicate::Chairs, Term::Meeting, span, LIST);
    draft.unresolved.retain(|(s, _)| *s != span);
}

/// What the heading of a block says of all below it.
#[derive(Clone, Copy)]
struct Heading {
    /// It speaks of members, so that surnames alone will do.
    of_members: bool,
    /// It is the post of those below.
    is_post: bool,
    /// "Representing O:" holds for everybody below, whatever else somebody stands for.
    represents: bool,
}

impl Heading {
    fn of(draft: &Draft<'_>, block: &Block) -> Self {
        let words = block.heading.map_or("", |h| h.of(draft.text()));
        Self {
            of_members: speaks_of_members(words),
            is_post: names_post(words, draft.lexicon),
            represents: fold(words).starts_with("representing "),
        }
    }
}

/// Reads one entry and states what it says.
fn read_entry(draft: &mut Draft<'_>, block: &Block, heading: Heading, entry: &Entry, notes: &[note::Note]) {
    let text = draft.text();
    let lexicon = draft.lexicon;
    let told = block.heading.is_none() && block.form == Form::Run;
    // A row of which one cell is left speaks with that cell.
    let alone = if let [cell] = entry.cells.as_slice() { *cell } else { entry.span };
    let rule = if told {
        SENTENCE
    } else if block.form == Form::List {
        LIST
    } else {
        RUN
    };
    let surnames =
        Some(entry.span).filter(|_| !told && heading.of_members).and_then(|span| entry::surnames(text, span, lexicon));
    let mut found = if told {
        people_of_sentence(draft, entry.span)
    } else if let Some(surnames) = surnames {
        surnames
    } else if entry.cells.len() > 1 {
        let found = entry::row(text, &entry.cells, lexicon);
        if found.is_empty() { entry::people(text, entry.span, Reading::List, lexicon) } else { found }
    } else {
        // In an item, what stands behind a colon is a list all the same ("… welcomed those present: A, B and C").
        let colon = block.heading.is_some_and(|h| text[h.end as usize..].trim_start().starts_with(':'));
        let reading = if block.item.is_some() && !colon { Reading::Sentence } else { Reading::List };
        let among = block.form == Form::List && block.entries.len() > 2 && reading == Reading::List;
        let mut found = if among {
            entry::people_of_line(text, alone, lexicon)
        } else {
            entry::people(text, alone, reading, lexicon)
        };
        if found.is_empty() && reading == Reading::Sentence {
            found = entry::people(text, alone, Reading::List, lexicon);
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
    note::marked(text, notes, &mut found);
    for (number, person) in found.iter().enumerate() {
        state_person(draft, block, heading, person, &found[..number], status, rule);
    }
}

/// Numbers of visitors, and words for nobody.
fn is_about_nobody(words: &str) -> bool {
    let folded = fold(words);
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

/// The mention of a person.
fn mention_person(draft: &mut Draft<'_>, name: &Name, rule: &'static str) -> u32 {
    draft.mention(name.span, EntityKind::Person, rule, Nature::Name)
}

/// Whether words are the initials of a name: its first letters in order, with any letters between.
pub(super) fn is_initials(text: &str, words: Span, name: &Name) -> bool {
    let words = words.of(text);
    let first = |span: Span| span.of(text).chars().next();
    let mut letters = words.chars();
    (2..=4).contains(&words.chars().count())
        && words.chars().all(char::is_alphabetic)
        && letters.next() == name.given.first().and_then(|g| first(*g))
        && letters.any(|c| Some(c) == first(name.family))
}

/// Adds the entry of one person, and states what it says.
fn state_person(
    draft: &mut Draft<'_>,
    block: &Block,
    heading: Heading,
    person: &Person,
    before: &[Person],
    status: Status,
    rule: &'static str,
) {
    let span = person.span;
    let number = mention_person(draft, &person.name, rule);
    let mut row = DraftAttendance {
        capacity: block.capacity,
        chair: block.chair,
        ..DraftAttendance::new(number, status, span, rule)
    };
    let mut roles = Vec::new();
    let mut organisations = Vec::new();
    let text = draft.text();
    if heading.represents {
        organisations.extend(block.organisation);
    }
    let mut of_role = None;
    let mut substitutes: Vec<Name> = Vec::new();
    for said in &person.said {
        match said {
            Said::Chair(words) => {
                row.chair = true;
                roles.extend(*words);
            }
            Said::Role(role) if !can_be_post(role.of(draft.text())) => draft.unresolved.push((*role, NO_POST)),
            Said::Organisation(words) if !can_be_organisation(draft.text(), *words, draft.lexicon) => {
                draft.unresolved.push((*words, NO_ORGANISATION));
            }
            Said::Role(role) => roles.push(*role),
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
    // Under the name of an organisation "Ada Fenn, Transparency" gives a unit of it, where nothing shows another one.
    if block.organisation.is_some() {
        organisations.retain(|o| Some(*o) == block.organisation || is_organisation(o.of(text), draft.lexicon));
    }
    if organisations.is_empty() {
        organisations.extend(block.organisation);
    }
    if organisations.is_empty() {
        organisations.extend(of_role);
    }
    // "Clerk: Ms. Hale": the heading is the post.
    if let Some(heading) = block.heading.filter(|h| heading.is_post && h.end <= span.start) {
        // In two languages ("Clerc / Clerk"): the last of the two.
        let words = heading.of(text);
        let start = words.rfind('/').map_or(0, |at| at + 1);
        roles.push(heading.slice(start, words.len()).trim(text));
    }
    // Who takes the place of somebody absent is present, whatever list names both.
    let status = if row.substitute_for.is_some() { Status::Present } else { status };
    row.status = status;
    // Whose place was taken was not there, though a list of those present names both.
    let replaced = !substitutes.is_empty() && status == Status::Present;
    // Somebody who sent apologies did not take the chair: the words give the post.
    row.chair &= status == Status::Present;
    // "Chairman P Norris" among those present: the body's own, who is in the chair where nobody else is said to be.
    let titles: Vec<Span> =
        person.name.honorifics.iter().copied().filter(|h| is_chair_title(h.of(text), draft)).collect();
    if status == Status::Present && titles.iter().any(|h| fold(h.of(text)).starts_with("chair")) {
        row.chair = true;
    }
    roles.extend(titles);
    // "Chair of the Safer Board" in the minutes of that board.
    row.chair |= status == Status::Present
        && draft
            .minutes
            .header
            .body
            .is_some_and(|body| roles.iter().any(|r| chairs_body(r.of(text), body.of(text), draft.lexicon)));
    // "County Councillor Jane Dean": a title of two words or more is a post as well.
    roles.extend(person.name.honorifics.iter().filter(|h| is_post(h.of(draft.text()), draft.lexicon)));
    row.capacity = capacity(draft, block, person, &roles);
    // "Committee Member", "Officer" in a column of roles: a capacity, and no post.
    let class = roles.iter().find_map(|r| class_of(r.of(text)));
    let class = class.filter(|c| block.form == Form::List || *c == crate::model::Capacity::Attendee);
    if let Some(class) = class {
        roles.retain(|r| class_of(r.of(text)).is_none());
        row.capacity = Some(class);
    }
    for organisation in &organisations {
        row.organisations.push(draft.mention(*organisation, EntityKind::Organisation, rule, Nature::Name));
    }
    for role in &roles {
        let role = of_one(text, *role, draft.lexicon);
        row.roles.push(draft.mention(role, EntityKind::Role, rule, Nature::Name));
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
    let own = row.organisations.clone();
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
        // For what the one whose place it is stands for.
        let of_replaced = draft.attendance.iter().find(|a| a.person == replaced).map(|a| a.organisations.clone());
        let organisations = if replaced == number { own.clone() } else { of_replaced.unwrap_or_default() };
        draft.state(Term::Mention(present), Predicate::Attended, Term::Meeting, span, SUBSTITUTE);
        draft.state(Term::Mention(present), Predicate::SubstitutedFor, Term::Mention(replaced), span, SUBSTITUTE);
        for &organisation in &organisations {
            draft.state(Term::Mention(present), Predicate::Represents, Term::Mention(organisation), span, SUBSTITUTE);
        }
        draft.attendance.push(DraftAttendance {
            capacity: block.capacity,
            organisations: organisations.clone(),
            substitute_for: Some(replaced),
            ..DraftAttendance::new(present, Status::Present, span, SUBSTITUTE)
        });
    }
}
