//! Extractions to one graph: who is who within each document, then across documents, then the records and
//! relations between them.
//!
//! In: what each document says, in any order; the vocabulary; what people have judged. Out: the [`Graph`].
//! Never invents a statement, never fails, and never depends on the order of its input. A wrong merge is
//! worse than a split: what is not sure stays apart, and is shown as a near miss.
//!
//! ```text
//! document, document_people   mentions of one document to local entities
//! organisations, people       local entities to entities: blocking, features, vetoes, clusters
//! judgement, judged           what people have decided, which wins
//! naming, identifier          canonical names and stable identifiers
//! meetings, records, relations, panel, tenure, comparison   what the graph holds of them
//! order                       everything sorted, once
//! ```

mod builder;
mod cluster;
mod comparison;
mod corpus;
mod document;
mod document_people;
mod feature;
mod identifier;
mod judged;
mod judgement;
mod meetings;
mod naming;
mod order;
mod organisation;
mod organisations;
mod panel;
mod people;
mod person;
mod records;
mod relations;
#[cfg(test)]
mod sample;
mod tenure;

use rayon::prelude::*;

use crate::lexicon::Lexicon;
use crate::model::{EntityKind, Extraction, Graph};

use builder::{Builder, Identities};
use corpus::{Corpus, Decided, Member, Reason};
use judged::Names;

pub use feature::{FEATURES, Feature, VETOES, Veto};
pub use judgement::{Judgement, ParseJudgementError, Verdict, judgements};

/// What a caller may ask of resolution.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Decisions of people, in the order of their file.
    pub judgements: Vec<Judgement>,
}

/// Makes the graph of some extractions.
pub fn graph(mut extractions: Vec<Extraction>, lexicon: &Lexicon, options: &Options) -> Graph {
    extractions.par_sort_by(|a, b| (&a.source.path, &a.source.sha256).cmp(&(&b.source.path, &b.source.sha256)));
    extractions.dedup_by(|later, earlier| later.source.path == earlier.source.path);
    let judgements = &options.judgements;
    let locals: Vec<_> = extractions
        .par_iter()
        .map(|extraction| {
            let apart = judged::apart(judgements, extraction, lexicon);
            document::local(extraction, lexicon, &|a, b| apart.binary_search(&(a, b)).is_ok())
        })
        .collect();
    let corpus = Corpus { extractions: &extractions, locals: &locals, lexicon };

    let (mut identities, mut reasons) = identities(corpus, &Decided::default(), &Decided::default());
    if !judgements.is_empty() {
        let (organisations, people) = names(corpus, &identities);
        let organisations = judged::decided(judgements, corpus, EntityKind::Organisation, &organisations);
        let people = judged::decided(judgements, corpus, EntityKind::Person, &people);
        (identities, reasons) = self::identities(corpus, &organisations, &people);
    }
    reasons.extend(comparison::within_documents(corpus));

    let mut builder = Builder::new(corpus, identities);
    meetings::meetings(&mut builder);
    records::records(&mut builder);
    relations::relations(&mut builder);
    relations::derived(&mut builder);
    builder.graph.panel = panel::panel(&builder.graph);
    builder.graph.tenures = tenure::tenures(&builder.graph, |iri| builder.by_iri(iri));
    comparison::comparisons(&mut builder, reasons);
    order::ordered(builder.graph, lexicon)
}

/// Who is who, given what people have decided, and why.
fn identities(corpus: Corpus, organisations: &Decided, people: &Decided) -> (Identities, Vec<Reason>) {
    let known = organisations::organisations(corpus, organisations);
    let stands_for =
        people::Organisations { partition: &known.partition, names: &known.names, functions: &known.functions };
    let (partition, mut reasons) = people::people(corpus, &stands_for, people);
    reasons.extend(known.reasons);
    let organisations = naming::organisations(corpus, known.partition, &known.names);
    let people = naming::people(corpus, partition, &organisations);
    (Identities { people, organisations, things: naming::things(corpus) }, reasons)
}

/// What identifiers name, for judgements: organisations, and people.
fn names(corpus: Corpus, identities: &Identities) -> (Names, Names) {
    let collect = |named: &naming::Named, spelling: &dyn Fn(Member) -> String| {
        let mut names = Names::default();
        for (members, entity) in named.partition.clusters.iter().zip(&named.entities) {
            names.entities.insert(entity.iri.clone(), members.clone());
            for member in members {
                names.spellings.entry(spelling(*member)).or_default().push(*member);
            }
        }
        names
    };
    let organisations = collect(&identities.organisations, &|(d, o)| {
        format!("organisation/{}", corpus.locals[d as usize].organisations[o as usize].name.slug())
    });
    let people = collect(&identities.people, &|(d, p)| {
        format!("person/{}", corpus.locals[d as usize].people[p as usize].name.slug())
    });
    (organisations, people)
}
