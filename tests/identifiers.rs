//! Identifiers stay what they are when documents are added: each document of the fixtures is left out in turn and
//! added again, and so are sets of ten of the corpus, where it is there.
//! `cargo test --release --test identifiers -- --nocapture` says what would be renamed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use quorate::extract::extraction;
use quorate::lexicon::Lexicon;
use quorate::model::{Extraction, Graph};
use quorate::read::{Limits, sources};
use quorate::resolve::{Options, graph};
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

fn built(extractions: &[Extraction], without: &BTreeSet<usize>) -> Graph {
    let kept = extractions.iter().enumerate().filter(|(i, _)| !without.contains(i)).map(|(_, e)| e.clone());
    graph(kept.collect(), Lexicon::embedded(), &Options::default())
}

/// A place in a document, and which list of the graph speaks of it.
type Place = (String, u32, u32, &'static str);

/// The identifier at each place.
fn identifiers(graph: &Graph) -> BTreeMap<Place, String> {
    let path = |document: quorate::model::DocumentId| graph.documents[document.0 as usize].source.path.clone();
    let iri = |entity| graph.entity(entity).iri.clone();
    let mut all = BTreeMap::new();
    for mention in &graph.mentions {
        if let Some(entity) = mention.entity {
            let place = (path(mention.document), mention.quote.start, mention.quote.end, mention.kind.name());
            all.insert(place, iri(entity));
        }
    }
    for meeting in &graph.meetings {
        all.insert((path(meeting.document), 0, 0, "meeting"), iri(meeting.meeting));
    }
    for item in &graph.items {
        all.insert((path(item.document), item.quote.start, item.quote.end, "item"), iri(item.item));
    }
    for decision in &graph.decisions {
        let place = (path(decision.document), decision.quote.start, decision.quote.end, "decision");
        all.insert(place, iri(decision.decision));
    }
    for action in &graph.actions {
        all.insert((path(action.document), action.quote.start, action.quote.end, "action"), iri(action.action));
    }
    all
}

/// Where identifiers of the second graph lead: its own, and those of builds of fewer documents.
struct Leads<'g> {
    own: BTreeSet<&'g str>,
    others: BTreeMap<&'g str, &'g str>,
}

impl<'g> Leads<'g> {
    fn new(graph: &'g Graph) -> Self {
        let others = graph.entities.iter().flat_map(|e| e.other_identifiers.iter().map(|o| (o.as_str(), e.iri.as_str())));
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

/// What the second graph names otherwise than the first: what is lost, or means another thing; and what is renamed
/// where the old identifier still leads to it.
fn renamed(first: &Graph, second: &Graph) -> (BTreeSet<String>, BTreeSet<String>) {
    let (before, after) = (identifiers(first), identifiers(second));
    let leads = Leads::new(second);
    let (mut lost, mut moved) = (BTreeSet::new(), BTreeSet::new());
    for (place, old) in &before {
        match (after.get(place), leads.to(old)) {
            (Some(new), _) if new == old => {}
            (Some(new), Some(there)) if *new == there => _ = moved.insert(format!("{old} is now {new}")),
            (Some(new), Some(_)) => _ = lost.insert(format!("{old} is now {new}, and means another")),
            (Some(new), None) => _ = lost.insert(format!("{old} is now {new}")),
            (None, _) => _ = lost.insert(format!("{old} is not said any more at {place:?}")),
        }
    }
    for entity in first.entities.iter().filter(|e| leads.to(&e.iri).is_none()) {
        lost.insert(format!("{} is gone", entity.iri));
    }
    (lost, moved)
}

#[test]
fn no_document_of_the_fixtures_renames_anything() {
    let all = extractions(root().join("fixtures/minutes"));
    let whole = built(&all, &BTreeSet::new());
    let mut found = Vec::new();
    for left_out in 0..all.len() {
        let fewer = built(&all, &BTreeSet::from([left_out]));
        for change in renamed(&fewer, &whole).0 {
            found.push(format!("with {}: {change}", all[left_out].source.path));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
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
    let whole = built(&all, &BTreeSet::new());
    let trials = std::env::var("QUORATE_TRIALS").ok().and_then(|n| n.parse().ok()).unwrap_or(20);
    let mut state = 1;
    let mut changes: [BTreeMap<String, u32>; 2] = Default::default();
    let mut touched = [0; 2];
    for _ in 0..trials {
        let mut without = BTreeSet::new();
        while without.len() < 10 {
            without.insert(chance(&mut state) % all.len());
        }
        let (lost, moved) = renamed(&built(&all, &without), &whole);
        for (n, found) in [lost, moved].into_iter().enumerate() {
            touched[n] += u32::from(!found.is_empty());
            for change in found {
                *changes[n].entry(change).or_default() += 1;
            }
        }
    }
    for (n, what) in ["lose an identifier", "give another, to which the old one leads"].iter().enumerate() {
        let times: u32 = changes[n].values().sum();
        eprintln!("{} of {trials} sets of ten {what}: {times} times, {} entities", touched[n], whole.entities.len());
        for (change, times) in &changes[n] {
            eprintln!("{times:4} {n} {change}");
        }
    }
}
