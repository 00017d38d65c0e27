//! Who was there, where the verb stands behind the names or far behind the heading.
//!
//! ```text
//! sentence  = clause { ( "," | "and" ) clause } [ tail ]
//! clause    = people ( "was" | "were" ) { adverb } state        "The Clerk, Mrs Hale, was also present"
//!           | people "answered" state                           "Commissioner Dean answered present"
//!           | heading { word } ( "was" | "were" ) people        "Also in attendance for item 3 was Mrs Hale"
//! state     = "present" | "in attendance" | "absent" | "not present" …
//! tail      = "(excused)" | "at the meeting" | "via Zoom" | "for item 3" | "to take the minutes" …
//! ```
//!
//! In: a sentence. Out: its people with the words that say of them whether they were there. A sentence that goes on to
//! tell something else ("was present when the wall fell") says nothing, nor does one that names nobody.

use super::heading::within;
use crate::lexicon::{AttendanceHeading, Lexicon};
use crate::model::{Block, Entry, Form, Span, Status};
use crate::text::name::{Context, names};
use crate::text::sentence::sentences;

/// Verbs that part people from what is said of them.
const VERBS: &[&str] = &[" was ", " were ", " answered "];

/// Words that may stand between the verb and the state.
const ADVERBS: &[&str] = &["also ", "both ", "all ", "recorded as ", "noted as ", "again "];

/// States, the longer before the shorter.
const STATES: &[(&str, Status)] = &[
    ("not present", Status::Absent),
    ("not in attendance", Status::Absent),
    ("absent", Status::Absent),
    ("present", Status::Present),
    ("in attendance", Status::Present),
];

/// What may follow a state, in words that start so; anything else tells another story.
const TAILS: &[&str] = &[
    "at the meeting",
    "for the meeting",
    "from the meeting",
    "at this meeting",
    "for the whole meeting",
    "as well",
    "via ",
    "by ",
    "remotely",
    "online",
    "for item",
    "for agenda item",
    "for part",
    "for the ",
    "from item",
    "to take the minutes",
    "to record",
    "throughout",
    "with ",
    "without ",
    "and there were",
    "along with",
    "together with",
];

/// Most words of a heading and what stands between it and its verb.
const FARTHEST: usize = 14;

/// Words of a subject that make the sentence another one.
const OTHER: &[&str] = &[
    "who", "which", "that", "if", "when", "whether", "had", "has", "said", "asked", "reported", "because", "noted",
    "not", "items", "report", "matters",
];

/// People, with the words that say whether they were there.
#[derive(Clone, Copy, Debug)]
struct Told {
    /// The words for those of whom it is said.
    people: Span,
    /// The words that say it.
    state: Span,
    /// What they say.
    says: AttendanceHeading,
}

impl Told {
    fn block(self) -> Block {
        Block {
            heading: Some(self.state),
            status: self.says.status,
            capacity: self.says.capacity,
            chair: false,
            organisation: None,
            form: Form::Run,
            entries: vec![Entry { span: self.people, cells: Vec::new(), status: None }],
            item: None,
        }
    }
}

/// What a sentence says of who was there.
fn told_of(text: &str, sentence: Span, lexicon: &Lexicon) -> Vec<Told> {
    inverted(text, sentence, lexicon).map_or_else(|| clauses(text, sentence, lexicon), |told| vec![told])
}

/// "A and B were present", "A answered present, B answered present".
fn clauses(text: &str, sentence: Span, lexicon: &Lexicon) -> Vec<Told> {
    let words = sentence.of(text);
    let lower = words.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut start = 0;
    let mut from = 0;
    while let Some((at, verb)) = VERBS.iter().filter_map(|v| lower[from..].find(v).map(|i| (i + from, *v))).min() {
        from = at + verb.len() - 1;
        let mut state = at + verb.len();
        while let Some(adverb) = ADVERBS.iter().find(|a| lower[state..].starts_with(**a)) {
            state += adverb.len();
        }
        let known = STATES.iter().find(|(s, _)| lower[state..].starts_with(s));
        let known = known.or_else(|| {
            (verb == " answered " && lower[state..].starts_with("here")).then_some(&("here", Status::Present))
        });
        let Some((name, status)) = known else { continue };
        let end = state + name.len();
        let people = sentence.slice(start, at).trim(text);
        let joined = people.of(text).len() - people.of(text).trim_start_matches([',', ' ']).len();
        let people = people.slice(joined, people.len());
        // "3. Apologies – Mr Hale was absent": the title of the item speaks of them already.
        let title = [": ", " – ", " - "].iter().filter_map(|m| people.of(text).rfind(m).map(|i| i + m.len())).max();
        if title.is_some_and(|end| people.of(text)[..end].to_ascii_lowercase().contains("polog")) {
            return Vec::new();
        }
        let people = people.slice(title.unwrap_or(0), people.len());
        let lead = if people.of(text).starts_with("and ") { 4 } else { 0 };
        let people = people.slice(lead, people.len());
        if !is_subject(text, people, lexicon) || !ends(&lower[end..]) {
            return Vec::new();
        }
        let words = if *status == Status::Absent { "absent" } else { *name };
        let mut says = lexicon.headings.get(words).unwrap_or(AttendanceHeading { status: *status, ..says_present() });
        // "absent (excused)", "absent with apologies".
        if *status == Status::Absent
            && (lower[end..].contains("excused") || lower[end..].contains("apolog"))
            && !lower[end..].contains("unexcused")
            && !lower[end..].contains("without")
        {
            says.status = Status::Apologies;
        }
        found.push(Told { people, state: sentence.slice(at + 1, end), says });
        start = end;
        from = end;
    }
    found
}

/// "Also in attendance for part of the meeting was Mrs Hale".
fn inverted(text: &str, sentence: Span, lexicon: &Lexicon) -> Option<Told> {
    let words = sentence.of(text);
    let lower = words.to_ascii_lowercase();
    let (at, verb) = [" was ", " were "].iter().filter_map(|v| lower.find(v).map(|i| (i, *v))).min()?;
    let head: Vec<&str> = lower[..at].split_whitespace().collect();
    if head.len() > FARTHEST {
        return None;
    }
    let (count, says) = lexicon.headings.prefix(&head)?;
    let heading = head[..count].join(" ");
    let strong = ["present", "attendance", "attending", "absent"].iter().any(|w| heading.contains(w));
    let between = head[count..]
        .first()
        .is_none_or(|w| matches!(*w, "for" | "at" | "from" | "via" | "by" | "in" | "on" | "until"));
    let people = sentence.slice(at + verb.len(), words.len()).trim(text);
    (strong
        && between
        && head[count..].iter().all(|w| !w.ends_with(':'))
        && !names(text, people, Context::Prose, lexicon).is_empty())
    .then(|| Told { people, state: sentence.slice(0, at).trim(text), says })
}

fn says_present() -> AttendanceHeading {
    AttendanceHeading { status: Status::Present, capacity: None, chair: false }
}

/// Whether words can be those of whom it is said: they name somebody, and tell nothing.
fn is_subject(text: &str, people: Span, lexicon: &Lexicon) -> bool {
    let words = people.of(text);
    let other = words.split(|c: char| !c.is_alphanumeric()).any(|w| OTHER.contains(&w.to_ascii_lowercase().as_str()));
    !other && words.starts_with(char::is_alphanumeric) && !names(text, people, Context::Prose, lexicon).is_empty()
}

/// Whether nothing follows that tells another story.
fn ends(after: &str) -> bool {
    let after = after.trim_start();
    let bare = after.trim_start_matches([',', ' ']);
    after.trim_matches(['.', ';', ',', ' ', ')', ']']).is_empty()
        || after.starts_with(['(', '.', ';'])
        || TAILS.iter().any(|t| bare.starts_with(t))
        // Another clause of the same kind.
        || VERBS.iter().any(|v| bare.contains(v)) && (after.starts_with(',') || after.starts_with("and "))
}

/// Parts what a run says of others in sentences of its own: "Present: A, B and C. Mr D was absent."
pub(super) fn sentences_apart(text: &str, block: Block, lexicon: &Lexicon) -> Vec<Block> {
    if block.form != Form::Run || block.heading.is_none() {
        return vec![block];
    }
    let mut parted = vec![Block { entries: Vec::new(), ..block.clone() }];
    let mut any = false;
    for entry in &block.entries {
        let mut plain: Option<Span> = None;
        for sentence in sentences(text, entry.span) {
            let told = told_of(text, sentence, lexicon);
            if told.is_empty() {
                plain = Some(plain.map_or(sentence, |p| p.join(sentence)));
                continue;
            }
            any = true;
            if let Some(span) = plain.take() {
                push(&mut parted, &block, span);
            }
            for told in told {
                parted.push(Block { item: block.item, ..told.block() });
            }
        }
        if let Some(span) = plain {
            push(&mut parted, &block, span);
        }
    }
    if !any {
        return vec![block];
    }
    parted.retain(|b| !b.entries.is_empty());
    parted
}

/// Adds names to the last block that stands under the heading of `block`.
fn push(parted: &mut Vec<Block>, block: &Block, span: Span) {
    let entry = Entry { span, cells: Vec::new(), status: None };
    match parted.last_mut().filter(|last| last.heading == block.heading) {
        Some(last) => last.entries.push(entry),
        None => parted.push(Block { entries: vec![entry], ..block.clone() }),
    }
}

/// The blocks of a sentence that stands in no list.
pub(super) fn blocks_of(text: &str, sentence: Span, lexicon: &Lexicon) -> Vec<Block> {
    // Behind a heading and a colon stands a run.
    let run = within(text, sentence, lexicon).is_some_and(|l| !l.rest.is_empty());
    let told = if run { Vec::new() } else { told_of(text, sentence, lexicon) };
    told.into_iter().map(Told::block).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, Status)]) {
        let found = told_of(text, Span::new(0, text.len()), Lexicon::embedded());
        let shown: Vec<(&str, Status)> = found.iter().map(|t| (t.people.of(text), t.says.status)).collect();
        assert_eq!(shown, expected, "in {text:?}");
    }

    #[test]
    fn verbs_behind_the_names() {
        check("District Cllrs Burr and Cole were present", &[("District Cllrs Burr and Cole", Status::Present)]);
        check("The Clerk, Mrs Hale, was also in attendance.", &[("The Clerk, Mrs Hale,", Status::Present)]);
        check("Councilor Finch was absent (excused).", &[("Councilor Finch", Status::Apologies)]);
        check("Mr Dean was absent.", &[("Mr Dean", Status::Absent)]);
        check(
            "Mr Dean answered present, Mrs Hale answered present and Mr Rowe answered here.",
            &[("Mr Dean", Status::Present), ("Mrs Hale", Status::Present), ("Mr Rowe", Status::Present)],
        );
        check("Also in attendance for part of the meeting was Mrs Jen Hale", &[("Mrs Jen Hale", Status::Present)]);
    }

    #[test]
    fn other_sentences_say_nothing() {
        check("Mr Dean was present when the wall fell.", &[]);
        check("No members of the public were present.", &[]);
        check("Mrs Hale asked why Mr Dean was absent.", &[]);
        check("A quorum was present.", &[]);
    }
}
