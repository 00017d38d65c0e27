//! Extractions to one graph: who is who within each document, then across documents, then the records and
//! relations between them.
//!
//! In: what each document says, in any order; the vocabulary; what people have judged. Out: the [`Graph`].
//! Never invents a statement, never fails, and never depends on the order of its input. A wrong merge is
//! worse than a split: what is not sure stays apart, and is shown as a near miss.
//!
//! ```text
//! document, document_people, _shorts, _roles   mentions of one document to local entities
//! organisations, node, people, cluster        local entities to entities: blocks, features, vetoes, clusters
//! judgement, judged                           what people have decided, which wins
//! naming, granting, identifier, earlier       canonical names and stable identifiers
//! meetings, records, relations, comparison    what the graph holds of them
//! order                                       everything sorted, once
//! panel, tenure                               what is worked out from the whole
//! ```

mod builder;
mod cluster;
mod comparison;
mod corpus;
mod document;
mod document_index;
mod document_people;
mod document_roles;
mod document_shorts;
mod earlier;
mod feature;
mod granting;
mod identifier;
mod judged;
mod judgement;
#[cfg(test)]
mod labelled;
mod lists;
mod meetings;
mod naming;
mod node;
mod once;
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
mod veto;

use rayon::prelude::*;

use crate::lexicon::Lexicon;
use crate::model::{EntityKind, Extraction, Graph, Rows, SourceFacts};

use builder::{Builder, Identities};
use corpus::{Corpus, Decided, Member, Outline, Reason};
use earlier::Kept;
use judged::Names;
use lists::Lists;
use once::Once;

pub use earlier::{Earlier, Given};
pub use feature::{FEATURES, Feature};
pub use judgement::{Judgement, ParseJudgementError, Verdict, judgements};
pub use veto::{VETOES, Veto};

/// So many documents are looked at together.
const TOGETHER: usize = 512;

/// What a caller may ask of resolution.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Decisions of people, in the order of their file.
    pub judgements: Vec<Judgement>,
    /// What an earlier build gave out: identifiers stay, where what they name is still there.
    pub earlier: Earlier,
}

/// Makes the graph of some extractions.
pub fn graph(extractions: Vec<Extraction>, lexicon: &Lexicon, options: &Options) -> Graph {
    let mut rows = Rows::default();
    for extraction in extractions {
        rows.push(&extraction);
    }
    graph_of_rows(&rows, lexicon, options)
}

/// Makes the graph of extractions that are kept on a shelf, where most of the graph goes too. Each is read twice: for
/// what is compared across documents, and when records and relations are made of it.
pub fn graph_of_rows(rows: &Rows<Extraction>, lexicon: &Lexicon, options: &Options) -> Graph {
    let judgements = &options.judgements;
    let (words, people, organisations) = (Once::default(), Once::default(), Once::default());
    let understood = |row: &u32| {
        let extraction = rows.get(*row).unwrap_or_default();
        let apart = judged::apart(judgements, &extraction, lexicon);
        let judged = |a, b| apart.binary_search(&(a, b)).is_ok();
        let mut local = document::local(&extraction, lexicon, (!apart.is_empty()).then_some(&judged));
        local.people.iter_mut().for_each(|person| people.share(&mut person.name));
        local.organisations.iter_mut().for_each(|organisation| organisations.share(&mut organisation.name));
        let (outline, mentions) = Outline::new(extraction, &local, &words);
        let of_mention = std::mem::take(&mut local.of_mention);
        (outline, local, mentions, of_mention)
    };
    let places = places(rows);
    let (mut extractions, mut locals) = (Vec::with_capacity(places.len()), Vec::with_capacity(places.len()));
    let (mut mentions, mut of_mention) = (Lists::default(), Lists::default());
    for some in places.chunks(TOGETHER) {
        let some: Vec<_> = some.par_iter().map(understood).collect();
        // What stays is copied by one thread: beside what other threads let go it would be strewn over all their memory.
        for (outline, local, named, of) in &some {
            extractions.push(outline.clone());
            locals.push(local.clone());
            mentions.push(named);
            of_mention.push(of);
        }
    }
    drop((words, people, organisations));
    let kept = Kept::new(&options.earlier, extractions.iter().map(|outline| outline.source.path.as_str()));
    let corpus = Corpus {
        extractions: &extractions,
        locals: &locals,
        mentions: &mentions,
        of_mention: &of_mention,
        lexicon,
        kept: &kept,
    };

    let (mut identities, mut reasons) = identities(corpus, &Decided::default(), &Decided::default());
    let mut idle = Vec::new();
    if !judgements.is_empty() {
        let (organisations, people) = names(corpus, &identities);
        let organisations = judged::decided(judgements, corpus, EntityKind::Organisation, &organisations);
        let people = judged::decided(judgements, corpus, EntityKind::Person, &people);
        let nothing = |i: &&usize| organisations.idle.binary_search(i).is_ok();
        idle = people.idle.iter().filter(nothing).map(|i| judgements[*i].line()).collect();
        (identities, reasons) = self::identities(corpus, &organisations, &people);
    }
    reasons.extend(comparison::within_documents(corpus));
    let builder = Builder::new(corpus, &kept, identities, &rows.shelf());
    let comparisons = comparison::comparisons(&builder, corpus, reasons);
    // What documents were compared by is let go before the graph is made.
    drop((extractions, locals, mentions, of_mention));

    let mut graph = order::ordered(gathered(builder, rows, &places), comparisons, lexicon);
    panel::panel(&mut graph);
    graph.tenures = tenure::tenures(&graph);
    graph.idle_judgements = idle;
    graph
}

/// The documents in the order of their paths, each path once, by the numbers of their rows.
fn places(rows: &Rows<Extraction>) -> Vec<u32> {
    let named = |row| {
        let source: SourceFacts = rows.beginning(row)?;
        Some((source.path, source.sha256, row))
    };
    let mut order: Vec<_> = (0..rows.len() as u32).into_par_iter().filter_map(named).collect();
    order.par_sort();
    order.dedup_by(|later, earlier| later.0 == earlier.0);
    order.into_iter().map(|(.., row)| row).collect()
}

/// The records of documents and the relations between entities, in the order in which they are found.
fn gathered(mut builder: Builder, rows: &Rows<Extraction>, places: &[u32]) -> Graph {
    meetings::meetings(&mut builder);
    for (d, row) in places.iter().enumerate() {
        let extraction = rows.get(*row).unwrap_or_default();
        records::records(&mut builder, d as u32, &extraction);
        relations::relations(&mut builder, d as u32, &extraction);
    }
    builder.done();
    relations::derived(&mut builder);
    builder.graph
}

/// Who is who, given what people have decided, and why.
fn identities(corpus: Corpus, organisations: &Decided, people: &Decided) -> (Identities, Vec<Reason>) {
    let known = organisations::organisations(corpus, organisations);
    let stands_for =
        node::Organisations { partition: &known.partition, names: &known.names, functions: &known.functions };
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
            for iri in std::iter::once(&entity.iri).chain(&entity.details().other_identifiers) {
                names.entities.insert(iri.clone(), members.clone());
            }
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

#[cfg(test)]
mod tests {
    use super::sample::{Sample, iris};
    use super::*;

    fn series() -> Vec<Extraction> {
        let lists: [&[(&str, &str)]; 4] = [
            &[
                ("Mr Bob Bearne", "Blaby Probation Trust"),
                ("Cllr J. Smith", ""),
                ("Jane Moore", "Blaby District Council"),
            ],
            &[("Bob Bearne", "National Probation Service"), ("John Smith", ""), ("Jane A. Moore", "Blaby DC")],
            &[("Robert Bearne", "National Probation Service"), ("Jane Smith", ""), ("Mr Collins", "")],
            &[("Mrs Collins", ""), ("J Smith", ""), ("Jane Moore", "Melton Police")],
        ];
        let minutes = lists.iter().enumerate().map(|(i, list)| {
            let mut sample = Sample::document(&format!("{}.txt", ["c", "a", "d", "b"][i]));
            sample.body("Blaby Safety Board");
            sample.date(&format!("20{}-03-01", 10 + i));
            for (name, organisation) in *list {
                sample.present(name, organisation);
            }
            let item = sample.item(Some("1"), "Apologies");
            sample.decision(0, None, "That it be noted");
            sample.state(crate::model::Term::Mention(1), crate::model::Predicate::Presented, item);
            sample.extraction()
        });
        minutes.collect()
    }

    fn text(graph: &Graph) -> String {
        let relations: Vec<_> = graph.relations.iter().collect();
        let (comparisons, panel): (Vec<_>, Vec<_>) = (graph.comparisons.iter().collect(), graph.panel.iter().collect());
        format!("{:?}{relations:?}{comparisons:?}{panel:?}{:?}", graph.entities, graph.tenures)
    }

    #[test]
    fn the_order_of_input_plays_no_part() {
        let (lexicon, options) = (Lexicon::embedded(), Options::default());
        let forward = graph(series(), lexicon, &options);
        let mut turned = series();
        turned.reverse();
        assert_eq!(text(&forward), text(&graph(turned, lexicon, &options)));
        let mut mixed = series();
        mixed.swap(0, 2);
        mixed.swap(1, 3);
        assert_eq!(text(&forward), text(&graph(mixed, lexicon, &options)));
    }

    #[test]
    fn a_later_document_renames_nobody() {
        let (lexicon, options) = (Lexicon::embedded(), Options::default());
        let mut fewer = series();
        fewer.pop();
        let before = graph(fewer, lexicon, &options);
        let after = graph(series(), lexicon, &options);
        for entity in &before.entities {
            assert!(after.by_iri(&entity.iri).is_some(), "{}", entity.iri);
        }
    }

    #[test]
    fn everything_is_in_its_documented_order_and_refers_to_what_it_says() {
        let graph = graph(series(), Lexicon::embedded(), &Options::default());
        assert!(graph.entities.is_sorted_by(|a, b| a.iri < b.iri));
        let named = |names: &[String]| names.iter().all(|name| !name.contains('/'));
        assert!(graph.entities.iter().all(|e| named(&e.details().aliases)), "an identifier is no name");
        assert!(graph.relations.iter().is_sorted_by_key(|r| (r.subject, r.predicate, r.object, r.date, r.document)));
        assert!(graph.tenures.is_sorted_by_key(|t| (t.person, t.organisation, t.role, t.first_seen)));
        for relation in graph.relations.iter() {
            let row = relation.predicate.row();
            assert!(row.domain.contains(&graph.entity(relation.subject).kind), "{relation:?}");
            assert!(row.range.contains(&graph.entity(relation.object).kind), "{relation:?}");
        }
        for tenure in &graph.tenures {
            assert!(tenure.premises.iter().all(|p| graph.relations.edges()[*p as usize].subject == tenure.person));
        }
    }

    #[test]
    fn judgements_win_and_can_be_taken_back() {
        let judged = |lines: &str| {
            let options = Options { judgements: judgements(lines).expect("judgements"), ..Options::default() };
            let graph = graph(series(), Lexicon::embedded(), &options);
            iris(&graph, EntityKind::Person).into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        let plain = judged("");
        assert!(
            plain.contains(&"person/jane-moore".to_owned()) && plain.contains(&"person/john-smith".to_owned()),
            "{plain:?}"
        );
        // The nickname was joined; a person says that they are two.
        assert_eq!(plain.iter().filter(|i| i.contains("bearne")).count(), 1, "{plain:?}");
        let apart = judged(r#"["person/bob-bearne", "person/robert-bearne", "negative", null, "ann", null]"#);
        assert_eq!(apart.iter().filter(|i| i.contains("bearne")).count(), 2, "{apart:?}");
        // Husband and wife were kept apart; a person says that they are one.
        let one = judged(
            r#"["person/collins-blaby-safety-board-2012-03-01", "person/collins-blaby-safety-board-2013-03-01", "positive"]"#,
        );
        assert_eq!(one.iter().filter(|i| i.contains("collins")).count(), 1, "{one:?}");
        let nothing = r#"["person/nobody","person/jane-moore","positive",null,null,null]"#;
        let options = Options { judgements: judgements(nothing).expect("judgements"), ..Options::default() };
        assert_eq!(graph(series(), Lexicon::embedded(), &options).idle_judgements, [nothing]);
        // A place in a document separates a single mention.
        let extraction = series().swap_remove(3);
        let moore = extraction.mentions.iter().find(|m| &*m.quote.text == "Jane Moore").expect("a mention");
        let place = format!("b.txt#char={},{}", moore.quote.start, moore.quote.end);
        let two = judged(&format!(r#"["person/jane-moore", "{place}", "negative"]"#));
        assert_eq!(two.iter().filter(|i| i.contains("moore")).count(), 2, "{two:?}");
    }
}
