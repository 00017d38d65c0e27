//! Judgements in terms of the documents at hand. In: judgements, the documents, and identifiers as they are
//! without any judgement. Out: which local entities a person has decided to be the same or different.
//!
//! An identifier names all mentions of the entity that has it. Where both names of a judgement are of one
//! entity, each stands for its own spelling: `person/dave-frank` and `person/david-frank` can be told apart.

use rustc_hash::FxHashMap;

use crate::model::EntityKind;

use super::corpus::{Corpus, Decided, Member};
use super::judgement::{Judgement, Verdict};
use super::person::PersonName;

/// What identifiers name: members of entities by identifier, and by the spelling of their own name.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// By identifier of the entity.
    pub entities: FxHashMap<String, Vec<Member>>,
    /// By the identifier that the name alone would have.
    pub spellings: FxHashMap<String, Vec<Member>>,
}

/// Decisions about entities of one kind.
pub(super) fn decided(judgements: &[Judgement], corpus: Corpus, kind: EntityKind, names: &Names) -> Decided {
    let documents: FxHashMap<&str, u32> = (0..corpus.extractions.len() as u32).map(|d| (corpus.path(d), d)).collect();
    let place = |id: &str| -> Option<Vec<Member>> {
        let (document, mention) = mention(id, corpus, &documents)?;
        let found = &corpus.mentions.of(document)[mention as usize];
        let local = corpus.of_mention.of(document)[mention as usize].ok()?;
        (found.kind == kind).then(|| vec![(document, local)])
    };
    let mut decided = Decided::default();
    for (i, judgement) in judgements.iter().enumerate() {
        let both = |map: &FxHashMap<String, Vec<Member>>| {
            let find = |id: &str| place(id).or_else(|| map.get(id).cloned());
            find(&judgement.target).zip(find(&judgement.source))
        };
        let either =
            |id: &str| place(id).or_else(|| names.entities.get(id).or_else(|| names.spellings.get(id)).cloned());
        let entities = both(&names.entities).filter(|(a, b)| !a.iter().any(|m| b.contains(m)));
        let spellings = || both(&names.spellings).filter(|(a, b)| !a.iter().any(|m| b.contains(m)));
        let mixed = || either(&judgement.target).zip(either(&judgement.source));
        let Some((mut left, mut right)) = entities.or_else(spellings).or_else(mixed) else {
            decided.idle.push(i);
            continue;
        };
        match judgement.verdict {
            Verdict::Positive => decided.same.push((left, right)),
            Verdict::Negative => {
                // One spelling may be part of the entity that the other names.
                let (of_left, of_right) = (left.clone(), right.clone());
                if of_left.len() >= of_right.len() {
                    left.retain(|m| !of_right.contains(m));
                } else {
                    right.retain(|m| !of_left.contains(m));
                }
                decided.different.push((left, right));
            }
            Verdict::Unsure => {}
        }
    }
    decided
}

/// The mention at a place such as `minutes/2014.txt#char=120,133`.
fn mention(id: &str, corpus: Corpus, documents: &FxHashMap<&str, u32>) -> Option<(u32, u32)> {
    let (path, range) = id.rsplit_once("#char=")?;
    let (start, end) = range.split_once(',')?;
    let (start, end): (u32, u32) = (start.trim().parse().ok()?, end.trim().parse().ok()?);
    let document = *documents.get(path)?;
    let mentions = corpus.mentions.of(document);
    let at = mentions.iter().position(|m| (m.quote.start, m.quote.end) == (start, end))?;
    Some((document, at as u32))
}

/// Pairs of mentions of one document that a person has judged different, by document: by their places, or by
/// spellings that the document joins.
pub(super) fn apart(
    judgements: &[Judgement],
    extraction: &crate::model::Extraction,
    lexicon: &crate::lexicon::Lexicon,
) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    let negative: Vec<&Judgement> = judgements.iter().filter(|j| j.verdict == Verdict::Negative).collect();
    if negative.is_empty() {
        return pairs;
    }
    let mut by_id: FxHashMap<String, Vec<u32>> = FxHashMap::default();
    for (i, mention) in extraction.mentions.iter().enumerate().filter(|(_, m)| m.kind == EntityKind::Person) {
        let place = format!("{}#char={},{}", extraction.source.path, mention.quote.start, mention.quote.end);
        let spelling = format!("person/{}", PersonName::new(&mention.quote.text, lexicon).slug());
        for id in [place, spelling] {
            by_id.entry(id).or_default().push(i as u32);
        }
    }
    for judgement in negative {
        if let (Some(left), Some(right)) = (by_id.get(&judgement.target), by_id.get(&judgement.source)) {
            pairs.extend(left.iter().flat_map(|a| right.iter().map(|b| (*a, *b))).filter(|(a, b)| a != b));
        }
    }
    pairs.extend(pairs.clone().into_iter().map(|(a, b)| (b, a)));
    pairs.sort_unstable();
    pairs
}
