//! Action points with their owners and due dates.
//!
//! In: lines that start with "Action:", remarks "(Action: X)", owners at the right end of a paragraph, tables and
//! lists of actions, and sentences "X to do Y". Out: actions, and `responsible_for`. A request to nobody has no owner.

mod column;
mod owner;

use std::sync::LazyLock;

use super::clause::{Clause, Pattern, Sign, Surnames, names_somebody, pattern};
use super::cue::{Cues, Sentence, sentences_where};
use super::draft::DraftAction;
use super::{Draft, Extractor, Rule};
use crate::lexicon::fold;
use crate::model::{Genre, LineKind, Predicate, Qualifier, Span, Term, Value};
use crate::text::date::dates;
use column::{margins, tables};
use owner::owners;

const LABELLED: &str = "action-label";
const TABLE: &str = "action-table";
const MARGIN: &str = "action-margin";
const TASK: &str = "action-task";

pub(super) static EXTRACTOR: Extractor = Extractor {
    name: "action",
    what: "action points with owners and due dates; after mentions",
    rules: &[
        Rule {
            name: LABELLED,
            what: "\"Action:\" before what is to be done, with its owner; or after it, before the owner alone",
            accepts: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nACTION: Tom Rowe to write to the harbour office by 1 June 2015.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nThe harbour office would be asked for its books. (Action: Ada Fenn)\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
            refuses: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nAction: none. Ada Fenn praised the Climate Action Plan: it was short.\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
        },
        Rule {
            name: TABLE,
            what: "a table with columns for actions and their owners",
            accepts: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. ACTION LOG\n\nAction\tOwner\tDue\nAsk the harbour office for its books\tTom Rowe\t1 June 2015\nFind a room\tAda Fenn\t2 June 2015\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
            refuses: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. BOATS\n\nBoat\tOwner\tDues\nThe Gannet\tTom Rowe\t£40\nThe Tern\tAda Fenn\t£30\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
        },
        Rule {
            name: MARGIN,
            what: "an owner stands at the right end of a paragraph, in a column of its own",
            accepts: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nThe harbour office would be asked for its books before the next meeting.          Tom Rowe\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
            refuses: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nHarbour Master          Tom Rowe\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
        },
        Rule {
            name: TASK,
            what: "a sentence that only says who is to do what",
            accepts: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nThe books were late. Mr Rowe to write to the harbour office.\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
            refuses: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nMr Rowe was asked to write. Ms Fenn to Mr Rowe: it is late.\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
        },
    ],
    run,
};

pub(super) static CUES: Cues = Cues(&["Action", "ACTION", "(action", " to "]);

/// A " to " counts where a capitalised word or a bracket stands before it, as in "X to do Y": most do not.
fn counts(text: &str, at: usize) -> bool {
    if !text[at..].starts_with(" to ") {
        return true;
    }
    let before = &text[..at];
    let word = before
        .rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')))
        .map_or(before, |i| &before[i..]);
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    word.is_empty() || word.starts_with(char::is_uppercase)
}

/// "Action:", "ACTION POINT 3 –", at the start of a line or in brackets.
static LABEL: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:[(\[])?(?i:actions?)(?i: points?| items?)?(?: ?(?:no\.? ?)?\d{1,3}(?:\.\d{1,3})?)? ?(?:[:–—]|- ?| by[:]?) ?(?P<rest>.*)",
    )
});

static INLINE: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?P<before>.{8,}?)[ .]*[(\[](?i:actions?)(?i: points?)?(?: ?[:–—-]| by| for)? ?(?P<owner>[^()\[\]]{2,80})[)\]]\.?$",
    )
});

static OWNER_TO: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?P<who>(?:The |the )?[@P@C@O\p{Lu}][^.;:]{0,90}?),? (?:(?:is|are|was|were|has|have|agreed|will|would|should|shall|asked|requested|both|also|each) )*(?:to|will|would|should|shall) (?P<task>[a-z][^@]?.*)$",
    )
});

static TASK_OF: Pattern = LazyLock::new(|| {
    pattern(r"^(?P<who>(?:The |the )?(?:@L|@O)(?: and (?:the )?(?:@A|@O))?) to (?P<task>(?:also )?[a-z]{2,}\b.*)$")
});

static DUE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:by|before|due(?: by| on)?|deadline:?|no later than) (?P<due>(?:the )?(?:end of [\w ]{3,24}|next (?:meeting|board|week|month)|(?:january|february|march|april|may|june|july|august|september|october|november|december)(?: \d{4})?|easter|christmas|michaelmas|(?:mon|tues|wednes|thurs|fri)day[\w ]{0,20}|(?:spring|summer|autumn|winter)(?: \d{4})?))\b",
    )
});

fn run(draft: &mut Draft<'_>) {
    if draft.minutes.genre != Genre::Minutes {
        return;
    }
    let known = Surnames::of(draft);
    let mut used: Vec<Span> = tables(draft, &known);
    margins(draft, &known, &mut used);
    used.sort_unstable();
    // End of the lines that a list of actions has taken up.
    let mut after = 0;
    for sentence in sentences_where(draft, &CUES, counts) {
        let at = used.partition_point(|u| u.end <= sentence.span.start);
        if sentence.span.start < after || used.get(at).is_some_and(|u| u.overlaps(sentence.span)) {
            continue;
        }
        told(draft, &known, sentence, &mut after);
    }
}

/// An action told in a sentence or a line.
fn told(draft: &mut Draft<'_>, known: &Surnames, sentence: Sentence, after: &mut u32) {
    let text = draft.text();
    let words = sentence.span.of(text);
    let labelled = words.contains("ction") || words.contains("CTION");
    let task = is_task_like(words) && names_somebody(draft, sentence.span);
    if !labelled && !task {
        return;
    }
    let clause = Clause::new(draft, sentence.span);
    let bracketed = words.starts_with(['(', '[']);
    // "… would ask for the books. ACTION: TR" closes a paragraph.
    let heads = sentence.opens || bracketed || words.starts_with("ACTION") || words.starts_with("Action:");
    if labelled && let Some(captures) = LABEL.as_ref().filter(|_| heads).and_then(|p| p.captures(&clause.words)) {
        let Some(rest) = captures.name("rest") else { return };
        let mut whole = clause.place(text, rest.range());
        if bracketed {
            whole = whole.slice(0, whole.of(text).trim_end_matches(['.', ')', ']', ' ']).len());
        }
        if rest.as_str().trim().is_empty() {
            *after = following(draft, known, sentence.line);
            return;
        }
        labelled_action(draft, known, sentence, whole);
        return;
    }
    if labelled && let Some(captures) = INLINE.as_ref().and_then(|p| p.captures(&clause.words)) {
        if let (Some(before), Some(owner)) = (captures.name("before"), captures.name("owner")) {
            let owners = owners(draft, known, &clause, owner.range());
            if !owners.is_empty() {
                let span = clause.place(text, before.range());
                add(draft, &owners, span, sentence.span, LABELLED, None);
            }
        }
        return;
    }
    if let Some(captures) = TASK_OF.as_ref().and_then(|p| p.captures(&clause.words))
        && let (Some(who), Some(task)) = (captures.name("who"), captures.name("task"))
        && !is_heading(draft, sentence.span)
        && !goes_on(draft, sentence)
        && !holds_finite_verb(task.as_str())
    {
        let owners = owners(draft, known, &clause, who.range());
        if !owners.is_empty() {
            let span = trimmed(text, clause.place(text, task.range()));
            add(draft, &owners, span, sentence.span, TASK, None);
        }
    }
}

/// Whether a sentence may be "X to do Y": capitalised words alone stand before " to ".
fn is_task_like(words: &str) -> bool {
    const FAR: usize = 90;
    const JOINS: &[&str] = &["and", "the", "of", "for", "a", "an", "&", "cllr", "cllrs"];
    let start = words.char_indices().nth(FAR).map_or(words.len(), |(i, _)| i);
    let Some(owner) = words[..start].find(" to ").map(|i| &words[..i]) else { return false };
    words.starts_with(char::is_uppercase)
        && owner.split_whitespace().all(|w| !w.starts_with(char::is_lowercase) || JOINS.contains(&w))
}

/// "X to do Y was agreed" and "Mr Rowe to Ms Fenn" are other things.
fn holds_finite_verb(task: &str) -> bool {
    let first = task.split(' ').next().unwrap_or("");
    matches!(first, "the" | "a" | "an" | "his" | "her" | "their" | "be" | "its" | "our" | "this" | "that")
        || task.split(' ').take(8).any(|w| matches!(w, "was" | "were" | "is" | "are" | "had" | "has"))
}

/// Whether a line goes on with the sentence of the line before.
fn goes_on(draft: &Draft<'_>, sentence: Sentence) -> bool {
    let lines = &draft.document.lines;
    let line = &lines[sentence.line];
    if !sentence.opens || line.marker.is_some() {
        return false;
    }
    let Some(before) = sentence.line.checked_sub(1).and_then(|i| lines.get(i)) else { return false };
    let words = before.span.of(draft.text()).trim_end();
    words.len() > 60 && !words.ends_with(['.', ':', ';', '!', '?', '”', '"', ')'])
}

fn is_heading(draft: &Draft<'_>, span: Span) -> bool {
    draft.item_at(span).is_some_and(|i| draft.minutes.items[i].title.overlaps(span))
}

/// What follows "Action:" on its line.
fn labelled_action(draft: &mut Draft<'_>, known: &Surnames, sentence: Sentence, rest: Span) {
    let text = draft.text();
    let folded = fold(rest.of(text));
    if ["none", "nil", "no action", "n/a", "no further", "not applicable"].iter().any(|w| folded.starts_with(w))
        || is_summary(&folded)
    {
        return;
    }
    let clause = Clause::new(draft, rest);
    // "X – do Y – 31 January".
    let fields = fields(text, rest);
    if fields.len() >= 2 {
        let inner = Clause::new(draft, fields[0]);
        let who = owners(draft, known, &inner, 0..inner.words.len());
        if !who.is_empty() {
            let due =
                fields.get(2).map(|s| due_in(draft, *s).unwrap_or_else(|| s.of(text).trim_end_matches('.').to_owned()));
            add(draft, &who, trimmed(text, fields[1]), sentence.span.join(rest), LABELLED, due);
            return;
        }
    }
    if let Some(captures) = OWNER_TO.as_ref().and_then(|p| p.captures(&clause.words))
        && let (Some(who), Some(task)) = (captures.name("who"), captures.name("task"))
    {
        let owners = owners(draft, known, &clause, who.range());
        if !owners.is_empty() {
            let span = trimmed(text, clause.place(text, task.range()));
            add(draft, &owners, span, sentence.span.join(rest), LABELLED, None);
            return;
        }
    }
    // The owner alone: the action is what stands before.
    let alone = owners(draft, known, &clause, 0..clause.words.len());
    let covered: usize = alone.iter().map(|s| s.span.len() + 6).sum();
    if !alone.is_empty() && covered >= rest.len() {
        if let Some(before) = paragraph_before(draft, sentence) {
            add(draft, &alone, before, sentence.span.join(before), LABELLED, None);
        }
        return;
    }
    // "Action: do Y (X)", else nobody's.
    let brackets = rest.of(text).rfind('(').filter(|_| rest.of(text).trim_end_matches('.').ends_with(')'));
    let who = brackets.map_or_else(Vec::new, |at| {
        let inner = Clause::new(draft, rest.slice(at + 1, rest.of(text).rfind(')').unwrap_or(rest.len())));
        owners(draft, known, &inner, 0..inner.words.len())
    });
    let span = match brackets.filter(|_| !who.is_empty()) {
        Some(at) => rest.slice(0, at).trim(text),
        None => rest,
    };
    if rest.len() > 12 {
        add(draft, &who, trimmed(text, span), sentence.span.join(rest), LABELLED, None);
    }
}

/// What records a motion or its result under the word "Action", as boards of the United States do.
fn is_summary(folded: &str) -> bool {
    [
        "moved",
        "motion",
        "approved",
        "adopted",
        "received",
        "presentation received",
        "carried",
        "accepted",
        "resolved",
        "agreed",
        "noted",
        "a. ",
        "b. ",
        "c. ",
        "elect ",
        "public hearing",
        "approval",
        "adjourn",
    ]
    .iter()
    .any(|w| folded.starts_with(w))
}

/// The lines of a list under "Actions:" that say who is to do what. Returns where they end.
fn following(draft: &mut Draft<'_>, known: &Surnames, heading: usize) -> u32 {
    let document = draft.document;
    let text = draft.text();
    let mut end = document.lines[heading].span.end;
    for line in heading + 1..document.lines.len().min(heading + 30) {
        let l = &document.lines[line];
        let starts_item = draft.minutes.items.binary_search_by_key(&line, |i| i.lines.start).is_ok();
        if starts_item || matches!(l.kind, LineKind::Heading(_)) || (l.marker.is_none() && line > heading + 1) {
            break;
        }
        let body = l.body(text);
        let clause = Clause::new(draft, body);
        let found = OWNER_TO.as_ref().and_then(|p| p.captures(&clause.words)).and_then(|c| {
            let who = owners(draft, known, &clause, c.name("who")?.range());
            (!who.is_empty()).then_some((who, clause.place(text, c.name("task")?.range())))
        });
        match found {
            Some((who, task)) => add(draft, &who, trimmed(text, task), body, LABELLED, None),
            None => labelled_action(draft, known, Sentence { span: body, line, opens: true, cues: 0 }, body),
        }
        end = l.span.end;
    }
    end
}

/// Parts between dashes set apart by spaces.
fn fields(text: &str, span: Span) -> Vec<Span> {
    let words = span.of(text);
    let mut found = Vec::new();
    let mut start = 0;
    for dash in [" – ", " - ", " — "] {
        if !words.contains(dash) {
            continue;
        }
        for part in words.split(dash) {
            found.push(span.slice(start, start + part.len()).trim(text));
            start += part.len() + dash.len();
        }
        break;
    }
    found
}

/// The paragraph or sentence to which a lone "Action: X" belongs.
fn paragraph_before(draft: &Draft<'_>, sentence: Sentence) -> Option<Span> {
    let text = draft.text();
    if !sentence.opens {
        let line = draft.document.lines[sentence.line].body(text);
        let before = Span { start: line.start, end: sentence.span.start };
        return crate::text::sentence::sentences(text, before).last().copied();
    }
    let line = sentence.line.checked_sub(1)?;
    let l = &draft.document.lines[line];
    let body = l.body(text);
    let heading = matches!(l.kind, LineKind::Heading(_)) || is_heading(draft, body);
    if heading || body.len() < 12 {
        return None;
    }
    crate::text::sentence::sentences(text, body).last().copied()
}

/// When an action is due, by its words: a date, or words that name a time.
fn due_in(draft: &Draft<'_>, span: Span) -> Option<String> {
    let text = draft.text();
    let year = draft.minutes.header.date.map(|d| d.value.year);
    dates(text, span, year).first().map(|d| d.value.to_string())
}

fn due_of_task(draft: &Draft<'_>, task: Span) -> Option<String> {
    let text = draft.text();
    let words = task.of(text);
    let after = [" by ", " before ", " due ", "(by ", "deadline"].iter().filter_map(|w| words.rfind(w)).max()?;
    let end = words.char_indices().skip_while(|(i, _)| *i < after).nth(48).map_or(words.len(), |(i, _)| i);
    let place = task.slice(after, end);
    due_in(draft, place).or_else(|| {
        DUE.as_ref()?.captures(&words[after..]).and_then(|c| Some(c.name("due")?.as_str().trim().to_owned()))
    })
}

fn trimmed(text: &str, span: Span) -> Span {
    span.slice(0, span.of(text).trim_end_matches(['.', ';', ' ', ']']).len())
}

/// Adds an action, and its owners.
fn add(draft: &mut Draft<'_>, owners: &[Sign], task: Span, evidence: Span, rule: &'static str, due: Option<String>) {
    // "NC to obtain a quotation. ACTION: NC" is one action, told already.
    let told = draft.actions.iter().rev().take(3).any(|a| rule == LABELLED && task.contains(a.span) && task != a.span);
    if task.is_empty() || told {
        return;
    }
    let due =
        due.filter(|d| !d.is_empty()).or_else(|| due_of_task(draft, task)).or_else(|| due_of_task(draft, evidence));
    let item = draft.item_at(task);
    let number = draft.actions.len() as u32;
    draft.actions.push(DraftAction { item, due: due.clone(), span: task });
    for owner in owners {
        let who = Term::Mention(owner.mention(draft, rule));
        draft.state(who, Predicate::ResponsibleFor, Term::Action(number), evidence, rule).qualifiers =
            due.iter().map(|d| (Qualifier::Due, Value::Text(d.clone()))).collect();
    }
}
