//! Identifiers stay what they are when documents are added: each document of the fixtures is left out in turn and
//! added again, and so are sets of ten of the corpus, where it is there.
//! `cargo test --release --test identifiers -- --nocapture` says what would be renamed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use quorate::extract::extraction;
use quorate::lexicon::Lexicon;
use quorate::model::{EntityKind, Extraction, Graph, Quote};
use quorate::read::{Limits, sources};
use quorate::resolve::{Earlier, Given, Options, graph};
use quorate::structure::minutes;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What the documents beneath a folder say.
fn extractions(folder: PathBuf) -> Vec<Extraction> {
    let lexicon = Lexicon::embedded();
    let documents = sources(&[folder]).into_iter().flat_map(|source| source.read(Limits::default()));
    documents.map(|document| extraction(&document, &minutes(&document, lexicon), lexicon)).collect()
}

/// The graph of all documents but some, which keeps the identifiers of an earlier one.
fn built(extractions: &[Extraction], without: &BTreeSet<usize>, earlier: Option<&Graph>) -> Graph {
    let kept = extractions.iter().enumerate().filter(|(i, _)| !without.contains(i)).map(|(_, e)| e.clone());
    let options = Options { earlier: earlier.map(given).unwrap_or_default(), ..Options::default() };
    graph(kept.collect(), Lexicon::embedded(), &options)
}

/// What a graph gave out.
fn given(graph: &Graph) -> Earlier {
    let places = identifiers(graph).into_iter().flat_map(|((document, start, end, kind), all)| {
        all.into_iter().map(move |identifier| Given { document: document.clone(), kind, start, end, identifier })
    });
    let others =
        graph.entities.iter().flat_map(|e| e.details().other_identifiers.iter().map(|o| (o.clone(), e.iri.clone())));
    Earlier { given: places.collect(), others: others.collect() }
}

/// A place in a document, and the kind of what stands there.
type Place = (String, u32, u32, EntityKind);

/// The identifiers at each place.
fn identifiers(graph: &Graph) -> BTreeMap<Place, Vec<String>> {
    let path = |document: quorate::model::DocumentId| graph.documents[document.0 as usize].source.path.clone();
    let mut all: BTreeMap<Place, Vec<String>> = BTreeMap::new();
    let mut add = |document, quote: Option<&Quote>, kind, entity| {
        let place = (path(document), quote.map_or(0, |q| q.start), quote.map_or(0, |q| q.end), kind);
        all.entry(place).or_default().push(graph.entity(entity).iri.clone());
    };
    for mention in &graph.mentions {
        if let Some(entity) = mention.entity {
            add(mention.document, Some(&mention.quote), mention.kind, entity);
        }
    }
    graph.meetings.iter().for_each(|m| add(m.document, None, EntityKind::Meeting, m.meeting));
    graph.items.iter().for_each(|i| add(i.document, Some(&i.quote), EntityKind::Item, i.item));
    graph.decisions.iter().for_each(|d| add(d.document, Some(&d.quote), EntityKind::Decision, d.decision));
    graph.actions.iter().for_each(|a| add(a.document, Some(&a.quote), EntityKind::Action, a.action));
    all
}

/// Where identifiers of the second graph lead: its own, and those of builds of fewer documents.
struct Leads<'g> {
    own: BTreeSet<&'g str>,
    others: BTreeMap<&'g str, &'g str>,
}

impl<'g> Leads<'g> {
    fn new(graph: &'g Graph) -> Self {
        let others = graph
            .entities
            .iter()
            .flat_map(|e| e.details().other_identifiers.iter().map(|o| (o.as_str(), e.iri.as_str())));
        Self { own: graph.entities.iter().map(|e| e.iri.as_str()).collect(), others: others.collect() }
    }

    fn to(&self, old: &str) -> Option<String> {
        if self.own.contains(old) {
            return Some(old.to_owned());
        }
        if let Some(new) = self.others.get(old) {
            return Some((*new).to_owned());
        }
        // What belongs to a meeting has the identifier of the body in its own.
        let (body, rest) = old.strip_prefix("meeting/")?.split_once('/')?;
        let body = self.others.get(format!("organisation/{body}").as_str())?.strip_prefix("organisation/")?;
        let new = format!("meeting/{body}/{rest}");
        self.own.contains(new.as_str()).then_some(new)
    }
}

/// What the second graph names otherwise than the first: identifiers that are lost, or lead to nothing of what they
/// named; and those that lead there and are not the entity's own any more, because two came together.
fn renamed(first: &Graph, second: &Graph) -> (BTreeSet<String>, BTreeSet<String>) {
    let (before, after) = (identifiers(first), identifiers(second));
    let leads = Leads::new(second);
    let mut named: BTreeMap<&str, Vec<&Place>> = BTreeMap::new();
    for (place, olds) in &before {
        for old in olds {
            named.entry(old).or_default().push(place);
        }
    }
    let (mut lost, mut moved) = (BTreeSet::new(), BTreeSet::new());
    for entity in &first.entities {
        let old = entity.iri.as_str();
        let Some(there) = leads.to(old) else {
            lost.insert(format!("{old} is gone"));
            continue;
        };
        // Where new evidence shows that two were one wrongly, the identifier stays with some of them.
        let holds = |place: &&&Place| after.get(**place).is_some_and(|news| news.contains(&there));
        match named.get(old) {
            Some(places) if !places.iter().any(|p| holds(&p)) => {
                lost.insert(format!("{old} leads to {there}, and what it named is now {:?}", after.get(places[0])));
            }
            _ if there != old => _ = moved.insert(format!("{old} is now {there}")),
            _ => {}
        }
    }
    (lost, moved)
}

#[test]
fn no_document_of_the_fixtures_renames_anything() {
    let all = extractions(root().join("fixtures/minutes"));
    let whole = built(&all, &BTreeSet::new(), None);
    let (mut unlike, mut lost) = (Vec::new(), Vec::new());
    for left_out in 0..all.len() {
        let without = BTreeSet::from([left_out]);
        let fewer = built(&all, &without, None);
        let more = built(&all, &BTreeSet::new(), Some(&fewer));
        let with = |change: String| format!("with {}: {change}", all[left_out].source.path);
        // Where the earlier build is given, nothing changes; else the old identifier leads to what it meant.
        unlike.extend(renamed(&fewer, &more).0.into_iter().map(with));
        lost.extend(renamed(&fewer, &whole).0.into_iter().map(with));
        // Taken away again, the documents give what they gave.
        assert_eq!(fewer.entities, built(&all, &without, None).entities);
    }
    assert!(unlike.is_empty(), "{}", unlike.join("\n"));
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// Numbers that look like chance and are the same in every run.
fn chance(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

#[test]
fn ten_documents_of_the_corpus_rename_nothing() {
    let corpus = std::env::var_os("QUORATE_CORPUS").map_or_else(|| root().join("../shared/corpus"), PathBuf::from);
    if cfg!(debug_assertions) || !corpus.is_dir() {
        eprintln!("not done: {} is not there, or the build is not optimised", corpus.display());
        return;
    }
    let all = extractions(corpus);
    let whole = built(&all, &BTreeSet::new(), None);
    let trials: u32 = std::env::var("QUORATE_TRIALS").ok().and_then(|n| n.parse().ok()).unwrap_or(10);
    let mut state = 1;
    let ways = [
        "lose an identifier",
        "give another, to which the old one leads",
        "lose an identifier of the build that is given",
        "join two of the build that is given",
    ];
    let mut changes: [BTreeMap<String, u32>; 4] = Default::default();
    let mut touched = [0; 4];
    for _ in 0..trials {
        let mut without = BTreeSet::new();
        while without.len() < 10 {
            without.insert(chance(&mut state) % all.len());
        }
        let fewer = built(&all, &without, None);
        let (lost, moved) = renamed(&fewer, &whole);
        let (lost_kept, moved_kept) = renamed(&fewer, &built(&all, &BTreeSet::new(), Some(&fewer)));
        for (n, found) in [lost, moved, lost_kept, moved_kept].into_iter().enumerate() {
            touched[n] += u32::from(!found.is_empty());
            for change in found {
                *changes[n].entry(change).or_default() += 1;
            }
        }
    }
    for (n, way) in ways.iter().enumerate() {
        let times: u32 = changes[n].values().sum();
        eprintln!("{} of {trials} sets of ten {way}: {times} times, {} entities", touched[n], whole.entities.len());
        for (change, times) in &changes[n] {
            eprintln!("{times:4} {n} {change}");
        }
    }
    assert!(changes[2].is_empty(), "an identifier of the build that was given is lost");
}
