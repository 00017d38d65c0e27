//! The labelled pairs of `fixtures/names.csv` put through resolution as two small sets of minutes would: what
//! pins its precision and its recall. In: the list. Out: a failing test with the pairs that came out wrong.
//!
//! `where` says how the two names meet: `body` (minutes of one body, a year apart), `place` (two bodies of one
//! place), `bodies` (two bodies that share nothing), `decades` (one body, 65 years apart), `list` (one attendance
//! list), `document` (one in the list, the other in the prose).

use serde::Deserialize;

use super::person::PersonName;
use super::sample::{Sample, graph_of};
use crate::lexicon::Lexicon;
use crate::model::{EntityKind, Status};

#[derive(Debug, Deserialize)]
struct Labelled {
    what: String,
    left: String,
    right: String,
    same: u8,
    kind: String,
    r#where: String,
    left_for: String,
    right_for: String,
}

fn labelled() -> Vec<Labelled> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/names.csv");
    let mut reader = csv::Reader::from_path(path).expect("the list");
    reader.deserialize().collect::<Result<_, _>>().expect("rows of the list")
}

/// Whether resolution takes the two names for one.
fn joined(pair: &Labelled) -> bool {
    let (bodies, years) = match pair.r#where.as_str() {
        "bodies" => (["Hexley Safety Board", "Orminster Music Forum"], ["2014", "2015"]),
        "place" => (["Hexley Safety Board", "Hexley Music Forum"], ["2014", "2015"]),
        "decades" => (["Hexley Safety Board"; 2], ["1950", "2015"]),
        _ => (["Hexley Safety Board"; 2], ["2014", "2015"]),
    };
    let mut samples: Vec<Sample> = (0..2)
        .map(|i| {
            let mut sample = Sample::document(&format!("{i}.txt"));
            sample.body(bodies[i]);
            sample.date(&format!("{}-03-01", years[i]));
            sample
        })
        .collect();
    let within = matches!(pair.r#where.as_str(), "list" | "document");
    let second = usize::from(!within);
    let person = pair.what == "person";
    if person {
        samples[0].listed(&pair.left, &pair.left_for, Status::Present);
    } else {
        samples[0].organisation(&pair.left);
    }
    match pair.r#where.as_str() {
        "document" if !PersonName::new(&pair.right, Lexicon::embedded()).given.is_empty() => {
            samples[second].person(&pair.right)
        }
        "document" => samples[second].short(&pair.right),
        _ if person => samples[second].listed(&pair.right, &pair.right_for, Status::Present),
        _ => samples[second].organisation(&pair.right),
    };
    let graph = graph_of(&samples);
    let kind = if person { EntityKind::Person } else { EntityKind::Organisation };
    let of = |words: &str, document: u32, last: bool| {
        let mut found = graph
            .mentions
            .iter()
            .filter(|m| m.document.0 == document && &*m.quote.text == words && m.kind == kind)
            .map(|m| m.entity);
        if last { found.last().flatten() } else { found.next().flatten() }
    };
    let (left, right) = (of(&pair.left, 0, false), of(&pair.right, second as u32, true));
    left.is_some() && left == right
}

/// Pairs of one kind: wrong merges, missed ones, and the number of true pairs.
fn measured(what: &str) -> (Vec<String>, Vec<String>, usize) {
    let (mut wrong, mut missed, mut same) = (Vec::new(), Vec::new(), 0);
    for pair in labelled().iter().filter(|p| p.what == what) {
        let told = format!("{} | {} ({}, {})", pair.left, pair.right, pair.kind, pair.r#where);
        same += usize::from(pair.same == 1);
        match (joined(pair), pair.same == 1) {
            (true, false) => wrong.push(told),
            (false, true) => missed.push(told),
            _ => {}
        }
    }
    (wrong, missed, same)
}

#[allow(clippy::cast_precision_loss, reason = "some hundreds of pairs")]
fn pinned(what: &str, recall: f64) {
    let (wrong, missed, same) = measured(what);
    assert!(wrong.is_empty(), "wrong merges: {wrong:#?}; missed: {missed:#?}");
    let found = (same - missed.len()) as f64 / same as f64;
    assert!(found >= recall, "recall {found:.3} of {same}; missed: {missed:#?}");
}

#[test]
fn the_list_is_half_traps() {
    let list = labelled();
    let traps = list.iter().filter(|p| p.same == 0).count();
    assert!(list.len() >= 300 && traps * 100 >= list.len() * 45, "{traps} of {}", list.len());
}

#[test]
fn people_of_the_list_are_never_joined_wrongly_and_seldom_missed() {
    pinned("person", 0.95);
}

#[test]
fn organisations_of_the_list_are_never_joined_wrongly_and_seldom_missed() {
    pinned("organisation", 0.95);
}
