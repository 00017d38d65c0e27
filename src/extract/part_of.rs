//! Organisations that are stated to be part of another.
//!
//! In: mentions of organisations. Out: `part_of` statements, where the text joins the two by "of the", by a possessive,
//! or by putting the one's full name before the name of a unit. Likeness of names alone states nothing.

use rustc_hash::FxHashMap;

use crate::extract::{Draft, Extractor, Rule};
use crate::lexicon::fold;
use crate::model::{EntityKind, Nature, Predicate, Span, Term};

const OF: &str = "part-of-phrase";
const PREFIX: &str = "part-of-name";

/// `part_of` statements.
pub(super) static EXTRACTOR: Extractor = Extractor {
    name: "part_of",
    what: "Needs organisations; adds which is part of which.",
    rules: &[
        Rule {
            name: OF,
            what: "\"The X Committee of the Y\" is a part of Y.",
            accepts: &[minuted!("The Coastal Planning Committee of the Wold District Council met in May.")],
            refuses: &[
                "The Coastal Planning Committee met the Wold District Council in May.",
                "The Coastal Housing Association of the Wold District Council area met.",
            ],
        },
        Rule {
            name: PREFIX,
            what: "A unit whose name starts with the full name of an organisation of the document is part of it.",
            accepts: &[minuted!("The Wold Police Harbour Team spoke. Funding from Wold Police was agreed.")],
            refuses: &["The Wold Harbour Team spoke. Wold was discussed."],
        },
    ],
    run,
};

/// What a name of an organisation tells of its place among others.
#[derive(Clone, Copy)]
struct Place {
    /// Whether it is of a kind of body that belongs to another.
    unit: bool,
    /// Whether it is that of an organisation that can have parts: a formal or joint body or a well-known one, not a
    /// department or a branch of work.
    whole: bool,
}

fn place_of(draft: &Draft<'_>, written: &str, name: &str) -> Place {
    let words: Vec<&str> = name.split(' ').collect();
    let ending = draft.lexicon.organisations.suffix(&words).map(|(_, word)| word);
    let unit = ending.is_some_and(|word| {
        word.class == "unit"
            || matches!(word.kind, "committee" | "sub-committee" | "team" | "department" | "directorate")
    });
    let whole = draft.lexicon.known_organisations.get_folded(name).is_some()
        || draft.lexicon.known_short(written).is_some()
        || words.len() > 1 && ending.is_some_and(|word| word.class != "unit");
    Place { unit, whole }
}

fn run(draft: &mut Draft<'_>) {
    let text = draft.text();
    let mut names: Vec<(Span, u32)> = draft
        .mentions
        .iter()
        .enumerate()
        .filter(|(_, m)| m.kind == EntityKind::Organisation && m.nature == Nature::Name)
        .map(|(n, m)| (m.span, n as u32))
        .collect();
    names.sort_unstable();
    // Each name once, however often it stands there.
    let mut known: FxHashMap<&str, (String, Place)> = FxHashMap::default();
    for (span, _) in &names {
        let written = span.of(text);
        known.entry(written).or_insert_with(|| {
            let name = fold(written);
            let place = place_of(draft, written, &name);
            (name, place)
        });
    }
    let mut first: FxHashMap<&str, u32> = FxHashMap::default();
    for (span, number) in &names {
        let (name, place) = &known[span.of(text)];
        if place.whole {
            first.entry(name).or_insert(*number);
        }
    }
    let is_unit = |span: Span| known[span.of(text)].1.unit;
    for pair in names.windows(2) {
        let ((part, unit), (whole, parent)) = (pair[0], pair[1]);
        let between = text.get(part.end as usize..whole.start as usize).unwrap_or("");
        let after = text.get(whole.end as usize..).unwrap_or("");
        let modifies =
            after.strip_prefix(' ').is_some_and(|rest| rest.starts_with("area") || rest.starts_with("district"));
        if matches!(between, " of the " | " of ") && !modifies && is_unit(part) && !is_unit(whole) {
            draft.state(Term::Mention(unit), Predicate::PartOf, Term::Mention(parent), part.join(whole), OF);
        }
    }
    for (span, number) in &names {
        let (name, place) = &known[span.of(text)];
        if !place.unit {
            continue;
        }
        let parent = name
            .char_indices()
            .rev()
            .filter(|(_, c)| *c == ' ')
            .find_map(|(at, _)| first.get(name[..at].trim_end_matches("'s")))
            .filter(|p| *p != number);
        if let Some(parent) = parent {
            draft.state(Term::Mention(*number), Predicate::PartOf, Term::Mention(*parent), *span, PREFIX);
        }
    }
}
