//! Comparisons for a reader: which names were joined and why, and what nearly was. In: the reasons that
//! resolution noted. Out: one comparison for each pair of names of an entity, and a bounded number of near
//! misses, highest first.

use rustc_hash::FxHashMap;

use crate::lexicon::Lexicon;
use crate::model::{Comparison, DocumentId, EntityId, EntityKind, Nature};

use super::builder::Builder;
use super::corpus::{Corpus, Reason};
use super::feature::{Context, Pair, Profile, Sole, features};
use super::person::PersonName;

/// So many near misses of one entity are kept, and so many in all.
const EACH: usize = 5;
const ALL: usize = 10_000;

/// Why the forms of a name within each document were taken for one person.
pub(super) fn within_documents(corpus: Corpus) -> Vec<Reason> {
    let nobody = FxHashMap::default();
    let context = Context { lexicon: corpus.lexicon, organisations: &[], given_names: &nobody };
    let mut seen: rustc_hash::FxHashSet<(String, String)> = rustc_hash::FxHashSet::default();
    let mut reasons = Vec::new();
    for (d, local) in corpus.locals.iter().enumerate() {
        let d = d as u32;
        for person in &local.people {
            for (mention, why) in &person.joined {
                let (left, right) = (corpus.words(d, person.fullest), corpus.words(d, *mention));
                // The same words in document after document need one reason.
                if seen.insert((left.to_owned(), right.to_owned())) {
                    reasons.push(Reason {
                        left: (d, person.fullest),
                        right: (d, *mention),
                        decided_by: "rule",
                        ..reason(left, right, why, context)
                    });
                }
            }
        }
        for (m, mention) in corpus.mentions.of(d).iter().enumerate() {
            let described = mention.kind == EntityKind::Person && mention.nature == Nature::Description;
            if let (true, Ok(person)) = (described, corpus.of_mention.of(d)[m]) {
                let person = &local.people[person as usize];
                let (left, right) = (corpus.words(d, person.fullest), corpus.words(d, m as u32));
                if seen.insert((left.to_owned(), right.to_owned())) {
                    let why = "the document gives this chair or role to nobody else";
                    let features = vec![("only candidate".into(), 0.6, why.to_owned())];
                    reasons.push(Reason {
                        left: (d, person.fullest),
                        right: (d, m as u32),
                        score: 0.6,
                        features,
                        decided_by: "rule",
                    });
                }
            }
        }
    }
    reasons
}

fn reason(left: &str, right: &str, why: &'static str, context: Context) -> Reason {
    let lexicon: &Lexicon = context.lexicon;
    let profile = |text: &str| Profile { name: PersonName::new(text, lexicon), ..Profile::default() };
    let (left, right) = (profile(left), profile(right));
    let verdict = features(&Pair { left: &left, right: &right, context, sole: Sole::Document(why) });
    Reason { left: (0, 0), right: (0, 0), score: verdict.score, features: verdict.features, decided_by: "rule" }
}

/// Turns reasons into comparisons.
pub(super) fn comparisons(builder: &Builder, corpus: Corpus, reasons: Vec<Reason>) -> Vec<Comparison> {
    let mut best: FxHashMap<(EntityId, EntityId, String, String), Comparison> = FxHashMap::default();
    for reason in reasons {
        let ends = (builder.mention(reason.left.0, reason.left.1), builder.mention(reason.right.0, reason.right.1));
        let (Ok(entity), Ok(other)) = ends else { continue };
        let place = |(d, m): (u32, u32)| {
            let quote = &corpus.mentions.of(d)[m as usize].quote;
            (DocumentId(d), quote.start, quote.end)
        };
        let comparison = Comparison {
            entity,
            other,
            left: corpus.words(reason.left.0, reason.left.1).to_owned(),
            right: corpus.words(reason.right.0, reason.right.1).to_owned(),
            places: [place(reason.left), place(reason.right)],
            score: reason.score,
            features: reason.features,
            decided_by: reason.decided_by.into(),
        };
        let key = (entity, other, comparison.left.clone(), comparison.right.clone());
        match best.get_mut(&key) {
            Some(known)
                if (known.score, std::cmp::Reverse(known.places))
                    < (comparison.score, std::cmp::Reverse(comparison.places)) =>
            {
                *known = comparison;
            }
            Some(_) => {}
            None => {
                best.insert(key, comparison);
            }
        }
    }
    let all = best.into_values();
    let (joined, mut near): (Vec<_>, Vec<_>) = all.partition(|c| c.entity == c.other);
    near.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.places.cmp(&b.places)));
    let mut counts: FxHashMap<EntityId, usize> = FxHashMap::default();
    let mut pairs: rustc_hash::FxHashSet<(EntityId, EntityId)> = rustc_hash::FxHashSet::default();
    near.retain(|c| pairs.insert((c.entity.min(c.other), c.entity.max(c.other))));
    near.retain(|c| {
        let few = [c.entity, c.other].iter().any(|e| counts.get(e).copied().unwrap_or(0) < EACH);
        for entity in [c.entity, c.other] {
            *counts.entry(entity).or_default() += 1;
        }
        few
    });
    near.truncate(ALL);
    joined.into_iter().chain(near).collect()
}
