//! Organisations that replaced, were renamed to, dissolved into or merged with others.
//!
//! In: mentions of organisations. Out: `succeeded_by` statements with date, and certainty where the text only foresees
//! it. A person who replaces another, a wording that replaces another, and a change that is only proposed or denied
//! state nothing.

use std::rc::Rc;

use crate::extract::words::Words;
use crate::extract::{Draft, Extractor, Rule};
use crate::model::{EntityKind, Nature, Predicate, Qualifier, Span, Term, Value};
use crate::text::date::dates;
use crate::text::sentence::sentences;
use crate::text::token::Shape;

const DISSOLVED: &str = "succession-dissolved";
const RENAMED: &str = "succession-renamed";
const FORMERLY: &str = "succession-formerly";
const REPLACED: &str = "succession-replaced";
const MERGED: &str = "succession-merged";

/// `succeeded_by` statements.
pub(super) static EXTRACTOR: Extractor = Extractor {
    name: "succession",
    what: "Needs organisations; adds which became which.",
    rules: &[
        Rule {
            name: DISSOLVED,
            what: "One organisation is dissolved and another takes over.",
            accepts: &[
                "The Wold Ferry Trust would be dissolved and the new National Ferry Service would take over on 31 May 2014.",
            ],
            refuses: &["The Wold Ferry Trust would not be dissolved and the National Ferry Service agreed."],
        },
        Rule {
            name: RENAMED,
            what: "An organisation was renamed, became or is now known as another.",
            accepts: &[
                "The Wold Ferry Trust was renamed the Wold Harbour Trust in 2012.",
                "Wold Ferry Trust will be known as Wold Harbour Trust from 1 April 2015.",
            ],
            refuses: &["It was suggested that the Wold Ferry Trust be renamed the Wold Harbour Trust."],
        },
        Rule {
            name: FORMERLY,
            what: "\"A, formerly B\" says that A succeeded B.",
            accepts: &["The Wold Harbour Trust (formerly known as the Wold Ferry Trust) replied."],
            refuses: &["Jane Moore, formerly of the Wold Ferry Trust, joined the Wold Harbour Trust."],
        },
        Rule {
            name: REPLACED,
            what: "One organisation replaced another.",
            accepts: &[
                "The Wold Harbour Trust replaced the Wold Ferry Trust.",
                "The Wold Ferry Trust had been superseded by the Wold Harbour Trust.",
            ],
            refuses: &[
                "Jane Moore replaced David Frank as chairman of the Wold Ferry Trust.",
                "Reference to the Wold Ferry Trust should be replaced with the Wold Harbour Trust.",
            ],
        },
        Rule {
            name: MERGED,
            what: "Organisations merge to form another.",
            accepts: &[
                "The Wold Ferry Trust and the Marsh Ferry Trust would be merged to form the Coast Harbour Trust.",
            ],
            refuses: &["The reports of the Wold Ferry Trust and the Marsh Ferry Trust were merged."],
        },
    ],
    run,
};

fn is_trigger(word: &str) -> bool {
    matches!(
        word,
        "dissolved"
            | "abolished"
            | "disbanded"
            | "renamed"
            | "formerly"
            | "previously"
            | "replaces"
            | "replaced"
            | "replace"
            | "replacing"
            | "supersedes"
            | "superseded"
            | "supersede"
            | "succeeded"
            | "succeeds"
            | "merged"
            | "merge"
            | "merges"
            | "merging"
            | "amalgamated"
            | "amalgamate"
            | "known"
            | "become"
            | "became"
            | "becomes"
            | "rebranded"
            | "reconstituted"
    )
}

fn run(draft: &mut Draft<'_>) {
    let words = Rc::clone(&draft.words);
    let text = draft.text();
    let mut done: Option<Span> = None;
    for unit in &words.units {
        let trigger =
            (unit.first..unit.last).any(|i| words.tokens[i].shape == Shape::Lower && is_trigger(words.word(i)));
        if !trigger {
            continue;
        }
        for sentence in sentences(text, words.span(unit.first, unit.last)) {
            if done == Some(sentence) {
                continue;
            }
            done = Some(sentence);
            read(draft, &words, sentence);
        }
    }
}

/// An organisation of a sentence, with the words up to the next one.
struct Place<'t> {
    number: u32,
    /// The words from its end to the next organisation, or to the end of the sentence.
    after: &'t str,
}

fn read(draft: &mut Draft<'_>, words: &Words<'_>, sentence: Span) {
    let text = draft.text();
    let numbers: Vec<u32> = draft
        .mentions_in(sentence, EntityKind::Organisation)
        .into_iter()
        .filter(|n| draft.mentions[*n as usize].nature != Nature::Description)
        .collect();
    if numbers.len() < 2 || is_unsure(words, sentence) {
        return;
    }
    let places: Vec<Place<'_>> = numbers
        .iter()
        .enumerate()
        .map(|(i, number)| {
            let from = draft.span_of(*number).end;
            let to = numbers.get(i + 1).map_or(sentence.end, |next| draft.span_of(*next).start);
            Place { number: *number, after: text.get(from as usize..to as usize).unwrap_or("").trim() }
        })
        .collect();
    for i in 0..places.len() - 1 {
        let (a, b) = (&places[i], &places[i + 1]);
        let between = Between::new(a.after);
        if between.is_formerly() {
            state(draft, sentence, b.number, a.number, FORMERLY, false);
        } else if between.is_renamed() {
            state(draft, sentence, a.number, b.number, RENAMED, between.is_planned());
        } else if between.is_passive_replaced() {
            state(draft, sentence, a.number, b.number, REPLACED, between.is_planned());
        } else if between.is_active_replaced() {
            state(draft, sentence, b.number, a.number, REPLACED, between.is_planned());
        } else if between.is_dissolved() && (takes_over(b.after) || between.is_into()) {
            state(
                draft,
                sentence,
                a.number,
                b.number,
                DISSOLVED,
                between.is_planned() || Between::new(b.after).is_planned(),
            );
        } else if between.is_merged_into() {
            state(draft, sentence, a.number, b.number, MERGED, between.is_planned());
            // "A and B would be merged into C"; "A, B and C merged to form D".
            let mut j = i;
            while j > 0 && matches!(places[j - 1].after, "and" | "and the" | "," | ", the" | ", and the" | ", and") {
                j -= 1;
                state(draft, sentence, places[j].number, b.number, MERGED, between.is_planned());
            }
        } else if i + 2 < places.len() && between.is_merged_with() && Between::new(b.after).forms() {
            let c = places[i + 2].number;
            state(draft, sentence, a.number, c, MERGED, between.is_planned());
            state(draft, sentence, b.number, c, MERGED, between.is_planned());
        }
    }
}

fn state(draft: &mut Draft<'_>, sentence: Span, from: u32, to: u32, rule: &'static str, planned: bool) {
    let text = draft.text();
    let (a, b) = (draft.span_of(from), draft.span_of(to));
    if a.of(text).eq_ignore_ascii_case(b.of(text)) {
        return;
    }
    // The date stands with the change: after its first organisation, in the same sentence.
    let start = a.start.min(b.start);
    let year = draft.minutes.header.date.map(|d| d.value.year);
    let date = dates(text, Span { start, end: sentence.end }, year).into_iter().next().map(|d| d.value);
    let statement = draft.state(Term::Mention(from), Predicate::SucceededBy, Term::Mention(to), sentence, rule);
    if let Some(date) = date {
        statement.qualifiers.push((Qualifier::Date, Value::Date(date)));
    }
    if planned {
        statement.qualifiers.push((Qualifier::Certainty, Value::Text("planned".to_owned())));
    }
}

/// Whether the sentence only proposes, asks or denies.
fn is_unsure(words: &Words<'_>, sentence: Span) -> bool {
    let first = words.tokens.partition_point(|t| t.span.start < sentence.start);
    let last = words.tokens.partition_point(|t| t.span.start < sentence.end);
    (first..last).any(|i| {
        matches!(
            words.word(i),
            "not"
                | "never"
                | "suggested"
                | "proposed"
                | "proposal"
                | "whether"
                | "could"
                | "might"
                | "may"
                | "if"
                | "unless"
                | "rather"
                | "reference"
                | "Reference"
                | "wording"
                | "If"
                | "Whether"
                | "possible"
                | "possibility"
                | "asked"
                | "opposed"
                | "cannot"
        )
    })
}

/// Whether an organisation takes over, by the words after its name.
fn takes_over(after: &str) -> bool {
    let after = Between::new(after);
    let has = |word: &str| after.words.contains(&word);
    (has("take") || has("takes") || has("took") || has("taken") || has("taking")) && (has("over") || has("place"))
        || has("established") && after.words.len() < 8
        || has("created") && after.words.len() < 8
        || has("formed") && after.words.len() < 8
        || has("replace")
        || has("replaces")
}

/// The words between two names.
struct Between<'t> {
    words: Vec<&'t str>,
    marks: &'t str,
}

impl<'t> Between<'t> {
    fn new(words: &'t str) -> Self {
        Self { words: words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect(), marks: words }
    }

    /// Whether, auxiliaries and small words apart, these are exactly the words in between.
    fn core(&self) -> Vec<&'t str> {
        self.words
            .iter()
            .copied()
            .filter(|w| {
                !matches!(
                    *w,
                    "was"
                        | "were"
                        | "has"
                        | "have"
                        | "had"
                        | "been"
                        | "is"
                        | "are"
                        | "be"
                        | "being"
                        | "will"
                        | "would"
                        | "to"
                        | "the"
                        | "new"
                        | "a"
                        | "an"
                        | "which"
                        | "that"
                        | "now"
                        | "since"
                        | "later"
                        | "subsequently"
                        | "recently"
                        | "formally"
                        | "officially"
                        | "it"
                        | "and"
                        | "then"
                        | "both"
                        | "shall"
                        | "existing"
                        | "old"
                        | "former"
                        | "who"
                        | "local"
                )
            })
            .collect()
    }

    fn is_planned(&self) -> bool {
        self.words.iter().any(|w| matches!(*w, "will" | "would" | "shall"))
            || self.words.windows(2).any(|w| w == ["to", "be"])
    }

    fn is_formerly(&self) -> bool {
        let direct = self.marks.starts_with([',', '(', '–', '-']) || self.words.first() == Some(&"which");
        direct
            && matches!(
                self.core()[..],
                ["formerly" | "previously"]
                    | ["formerly" | "previously", "known", "as"]
                    | ["formerly" | "previously", "called" | "named"]
            )
    }

    fn is_renamed(&self) -> bool {
        let core = self.core();
        let auxiliary = self.words.len() > 1;
        matches!(
            core[..],
            ["renamed" | "rebranded" | "reconstituted"] | ["renamed" | "rebranded" | "reconstituted", "as"]
        ) && auxiliary
            || matches!(core[..], ["known" | "called", "as"] | ["known", "as", "from"])
                && self.words.iter().any(|w| matches!(*w, "now" | "will" | "would" | "be"))
            || matches!(core[..], ["became" | "becomes" | "become"]) && !self.marks.contains([',', ';'])
            || self.words == ["now"] && self.marks.starts_with([',', '('])
    }

    fn is_passive_replaced(&self) -> bool {
        matches!(self.core()[..], ["replaced" | "superseded" | "succeeded", "by"]) && self.words.len() > 2
    }

    fn is_active_replaced(&self) -> bool {
        matches!(
            self.core()[..],
            ["replaced"
                | "replaces"
                | "replace"
                | "replacing"
                | "superseded"
                | "supersedes"
                | "supersede"
                | "succeeded"
                | "succeeds"]
        ) && !self.words.iter().any(|w| matches!(*w, "been" | "be" | "being" | "was" | "were" | "is" | "are"))
    }

    fn is_dissolved(&self) -> bool {
        let first: Vec<&str> = self.core().into_iter().take(2).collect();
        first.first().is_some_and(|w| matches!(*w, "dissolved" | "abolished" | "disbanded"))
            && self.words.len() < 14
            && !self.marks.contains(';')
    }

    fn is_into(&self) -> bool {
        matches!(self.core()[..], ["dissolved" | "merged", "into"])
    }

    fn is_merged_into(&self) -> bool {
        matches!(
            self.core()[..],
            [
                "merged" | "merge" | "merges" | "amalgamated" | "amalgamate",
                "into" | "form" | "forming" | "create" | "creating"
            ]
        )
    }

    fn is_merged_with(&self) -> bool {
        matches!(self.core()[..], ["merged" | "merge" | "merges" | "amalgamated" | "merging", "with"])
    }

    fn forms(&self) -> bool {
        matches!(self.core()[..], ["form" | "forming" | "create" | "creating" | "become"])
    }
}
