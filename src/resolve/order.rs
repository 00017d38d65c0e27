//! The final order of the graph. In: vectors in the order in which things were found. Out: the same, each in
//! its documented order, entities renumbered by identifier, premises by the new places of relations.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::lexicon::Lexicon;
use crate::model::{Comparison, DocumentId, Edge, EntityId, Function, Graph, Relation};

/// Puts everything in order, with the comparisons.
pub(super) fn ordered(mut graph: Graph, mut comparisons: Vec<Comparison>, lexicon: &Lexicon) -> Graph {
    renumber(&mut graph, &mut comparisons);
    graph.functions = functions(&graph, lexicon);
    relations(&mut graph);
    graph.meetings.sort_by_key(|m| (m.date, m.meeting, m.document));
    // A document minutes one meeting, and what it records is of that meeting.
    let documents: Arc<[DocumentId]> = graph.meetings.iter().map(|m| m.document).collect();
    graph.attendance.reorder(&documents);
    graph.items.reorder(&documents);
    graph.decisions.reorder(&documents);
    graph.actions.reorder(&documents);
    comparisons.sort_by(|a, b| {
        a.entity
            .cmp(&b.entity)
            .then(b.score.total_cmp(&a.score))
            .then_with(|| (a.other, &a.left, &a.right, a.places).cmp(&(b.other, &b.left, &b.right, b.places)))
    });
    for comparison in &comparisons {
        graph.comparisons.push(comparison);
    }
    graph.unresolved.sort_by_cached_key(|u| {
        (likeness(&u.quote.text, &u.reason, lexicon), u.document, u.quote.clone(), u.reason.clone())
    });
    graph.unresolved.dedup();
    graph
}

/// How much words that were not understood look like what matters most, 0 first: attendance that names somebody,
/// attendance that may, who did something, whom a person's name or a role means, an organisation, anything else.
fn likeness(words: &str, reason: &str, lexicon: &Lexicon) -> u8 {
    let about = |signs: &[&str]| signs.iter().any(|sign| reason.contains(sign));
    let all: Vec<&str> = words.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
    if about(&["attend", "headings", "apolog"]) {
        let titled = lexicon.honorifics.prefix(&all).is_some();
        let given = all.iter().any(|w| w.starts_with(char::is_uppercase) && lexicon.is_given_name(w));
        let plain = words.starts_with(char::is_uppercase) && !words.contains(|c: char| c.is_ascii_digit());
        return match (titled || given, plain) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 5,
        };
    }
    match () {
        () if reason.starts_with("subject of") && !reason.contains("no such part") => 2,
        () if about(&["person", "people", "role", "chair", "initials", " name"]) => 3,
        () if about(&["organisation"]) => 4,
        () => 5,
    }
}

/// Entities by identifier, with everything that refers to them.
fn renumber(graph: &mut Graph, comparisons: &mut [Comparison]) {
    let mut order: Vec<u32> = (0..graph.entities.len() as u32).collect();
    order.sort_by(|a, b| graph.entities[*a as usize].iri.cmp(&graph.entities[*b as usize].iri));
    let mut new = vec![EntityId(0); order.len()];
    for (at, old) in order.iter().enumerate() {
        new[*old as usize] = EntityId(at as u32);
    }
    let mut entities: Vec<Option<_>> = std::mem::take(&mut graph.entities).into_iter().map(Some).collect();
    graph.entities = order.iter().filter_map(|old| entities[*old as usize].take()).collect();
    let to = |id: &mut EntityId| *id = new[id.0 as usize];
    for document in &mut graph.documents {
        to(&mut document.entity);
        document.meeting.iter_mut().for_each(to);
    }
    graph.relations.edges_mut().iter_mut().for_each(|edge| edge.renumber(&new));
    for meeting in &mut graph.meetings {
        to(&mut meeting.meeting);
        meeting.body.iter_mut().chain(&mut meeting.chairs).for_each(to);
    }
    for comparison in comparisons {
        to(&mut comparison.entity);
        to(&mut comparison.other);
    }
    let new = new.into();
    graph.mentions.renumber(&new);
    graph.attendance.renumber(&new);
    graph.items.renumber(&new);
    graph.decisions.renumber(&new);
    graph.actions.renumber(&new);
}

/// Relations in order, with premises that follow their relation to its new place; a statement that says the same
/// by the same words and rule is kept once.
fn relations(graph: &mut Graph) {
    let place = |e: &Edge| (e.subject, e.predicate, e.object, e.date, e.document(), e.start, e.end);
    let mut edges = std::mem::take(graph.relations.edges_mut());
    edges.sort_unstable_by_key(|edge| (place(edge), edge.number));
    let (mut new, mut kept, mut from) = (vec![0u32; edges.len()], 0, 0);
    while let Some(first) = edges.get(from) {
        let alike = edges[from..].iter().take_while(|edge| place(edge) == place(first)).count();
        if alike == 1 {
            (new[first.number as usize], edges[kept]) = (kept as u32, *first);
            kept += 1;
        } else {
            let mut several: Vec<_> =
                edges[from..from + alike].iter().map(|edge| (words(graph.relations.whole(edge)), *edge)).collect();
            several.sort_by(|(a, x), (b, y)| a.cmp(b).then(x.number.cmp(&y.number)));
            for (i, (said, edge)) in several.iter().enumerate() {
                if i == 0 || several[i - 1].0 != *said {
                    edges[kept] = *edge;
                    kept += 1;
                }
                new[edge.number as usize] = kept as u32 - 1;
            }
        }
        from += alike;
    }
    edges.truncate(kept);
    edges.shrink_to_fit();
    let follow = |premises: &mut Vec<u32>| {
        for premise in premises.iter_mut() {
            *premise = new[*premise as usize];
        }
        premises.sort_unstable();
        premises.dedup();
        premises.shrink_to_fit();
    };
    graph.relations.premises_mut().for_each(follow);
    let mut counts = vec![0; graph.documents.len()];
    for document in edges.iter().filter_map(Edge::document) {
        counts[document.0 as usize] += 1;
    }
    for (document, count) in graph.documents.iter_mut().zip(counts) {
        document.statements = count;
    }
    *graph.relations.edges_mut() = edges;
}

/// What orders relations that connect the same in the same place.
fn words(relation: Option<Relation>) -> impl Ord {
    relation.map(|r| (r.quote.text, r.rule, r.qualifiers, r.subject_as_written, r.object_as_written))
}

/// Public functions in use, with their labels.
fn functions(graph: &Graph, lexicon: &Lexicon) -> Vec<Function> {
    let mut functions = BTreeMap::new();
    for entity in &graph.entities {
        if let Some(key) = &entity.details().function {
            functions.entry(key.clone()).or_insert_with(|| label(key, &entity.name, lexicon));
        }
    }
    functions.into_iter().map(|(key, label)| Function { key, label: label.into() }).collect()
}

/// The label of a function: as the list gives it, else its key in words.
fn label(key: &str, organisation: &str, lexicon: &Lexicon) -> String {
    let words: Vec<&str> = organisation.split_whitespace().collect();
    match lexicon.functions.within(&words) {
        Some((known, label)) if known == key => label.to_owned(),
        _ => {
            let words = key.replace('-', " ");
            let mut letters = words.chars();
            letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_attendance_comes_first() {
        let rank = |words: &str, reason: &str| likeness(words, reason, Lexicon::embedded());
        let list = "a line of an attendance list in which no name was recognised";
        assert_eq!([rank("Mrs Pym & co", list), rank("Observers", list), rank("2:30o", list)], [0, 1, 5]);
        assert_eq!(rank("Rowe", "subject of moved: no person of the document fits"), 2);
        assert_eq!(rank("Chair", "nobody of the document is given this role"), 3);
        assert_eq!(rank("the Team", "several organisations of the document fit"), 4);
    }
}
