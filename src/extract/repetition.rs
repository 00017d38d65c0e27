//! Names that stand elsewhere in the document in another dress: in the capitals of a heading, with a word in lower
//! case by mistake, or without the programme word.
//!
//! In: the mentions of organisations, programmes and legislation. Out: more mentions of the same names. In capitals
//! case tells nothing, so nothing is found there that the document does not name elsewhere.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use crate::extract::{Draft, Extractor, Rule};
use crate::lexicon::{Phrases, fold};
use crate::model::{EntityKind, Nature};
use crate::text::token::Shape;

const RULE: &str = "name-again";

const KINDS: [EntityKind; 3] = [EntityKind::Organisation, EntityKind::Programme, EntityKind::Legislation];

/// Names in another dress.
pub(super) static EXTRACTOR: Extractor = Extractor {
    name: "repetition",
    what: "Needs mentions of organisations, programmes and legislation; adds mentions of the same names in capitals.",
    rules: &[Rule {
        name: RULE,
        what: "A name of the document is found again where it stands in capitals or misprinted.",
        accepts: &[
            "The Ferry Safety Act 2001 came into force.\n\nFERRY SAFETY ACT 2001 - UPDATE\n\nNoted.",
            "The Wold Flood Risk Board met. It was agreed that the Wold Flood Risk board be thanked.",
        ],
        refuses: &["FERRY SAFETY BOARD - UPDATE\n\nNoted."],
    }],
    run,
};

fn run(draft: &mut Draft<'_>) {
    let words = Rc::clone(&draft.words);
    let text = draft.text();
    let mut names: Phrases<EntityKind> = Phrases::default();
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for mention in &draft.mentions {
        if !KINDS.contains(&mention.kind) || mention.nature != Nature::Name {
            continue;
        }
        if !seen.insert(mention.span.of(text)) {
            continue;
        }
        let name = fold(&mention.span.of(text).replace('&', "and"));
        let parts: Vec<&str> = name.split(' ').collect();
        let telling = || {
            parts.iter().filter(|w| !words.is_plain("generic", w)).count()
                > usize::from(mention.kind == EntityKind::Organisation)
        };
        // A name that an attendance list gave without an organisation word may be a place or a post as well.
        let headed = || {
            mention.kind != EntityKind::Organisation
                || draft.lexicon.organisations.suffix(&parts).is_some()
                || draft.lexicon.organisations.within(&parts).is_some()
                || draft.lexicon.known_organisations.get_folded(&name).is_some()
        };
        if parts.len() > 1 && telling() && headed() {
            names.add(&name, mention.kind);
        }
        // "the Transforming Rehabilitation programme": the words before a head in lower case are the name.
        if mention.kind == EntityKind::Programme
            && let Some((bare, head)) = mention.span.of(text).rsplit_once(' ')
            && head.starts_with(char::is_lowercase)
        {
            let bare = fold(bare.trim_end_matches(['’', '\'', '”', '"']));
            let ground = bare
                .rsplit(' ')
                .next()
                .is_some_and(|last| words.is_plain("ground", last) || words.is_plain("ground or surname", last));
            if !ground && bare.split(' ').filter(|w| !words.is_plain("generic", w)).count() > 1 {
                names.add(&bare, mention.kind);
            }
        }
    }
    for unit in &words.units {
        let mut at = unit.first;
        while at < unit.last {
            let token = words.tokens[at];
            let next = at + 1;
            if !token.is_capital() || names.longest_from(words.key(at)) == 0 {
                at = next;
                continue;
            }
            let Some((end, kind)) = words.phrase(&names, at, unit.last) else {
                at = next;
                continue;
            };
            let span = words.name_span(at, end);
            let named = (at..end).filter(|i| words.tokens[*i].is_capital()).count() > 1;
            // A longer name of which these are the first words is another name.
            let goes_on = words.at(*unit, end).is_some_and(|t| t.is_capital() && t.shape != Shape::Upper)
                && words.tokens[end - 1].shape != Shape::Upper;
            let taken = KINDS.iter().any(|k| draft.is_taken(span, *k)) || draft.is_taken(span, EntityKind::Person);
            if named && !taken && !goes_on {
                draft.mention(span, kind, RULE, Nature::Name);
            }
            at = end.max(next);
        }
    }
}
