//! What the page says of people, organisations and decisions, each with its words; and the first of the three
//! questions, who represented whom.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use rustc_hash::FxHashMap;

use super::super::{Job, cell};
use super::page::{Cell, beginning, heading, paragraph, picture, section, table};
use crate::charts::{CHARTS, Request, Standing};
use crate::model::{Edge, EntityId, EntityKind, Predicate, Status, Text};
use crate::statistics::{Facts, Selection};

/// So many public functions have a chart of their own.
const CHARTED: usize = 8;

/// Who represented whom, by public function.
pub(super) fn represented(job: &Job<'_>, out: &mut impl Write) -> io::Result<()> {
    section(out, "represented", "Who represented whom over time?")?;
    let functions = by_function(job);
    if functions.is_empty() {
        return paragraph(out, "No organisation with a known public function was represented.");
    }
    let listed = listed(job);
    // Those of one function are at hand at a time: all of them are more than all else that the page needs.
    let mut order: Vec<(usize, &str)> = functions
        .iter()
        .map(|(key, edges)| (if functions.len() > CHARTED { stood(job, &listed, edges).0.len() } else { 0 }, *key))
        .collect();
    order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let charted: BTreeSet<&str> = order.iter().take(CHARTED).map(|(_, key)| *key).collect();
    for (key, edges) in &functions {
        let (standings, edges) = stood(job, &listed, edges);
        let label = job.graph.functions.iter().find(|f| f.key == **key).map_or(*key, |f| &*f.label);
        heading(out, label)?;
        if charted.contains(key) {
            let facts = Facts { meetings: &[], attendance: &[], panel: &[] };
            let selection = Selection::default();
            let request = Request { facts, selection: &selection, standings: &standings, title: label };
            if let Some(chart) = CHARTS.iter().find(|chart| chart.name == "representation") {
                picture(out, &chart.draw(&request))?;
            }
        }
        let replaced: BTreeSet<(&str, &str)> =
            standings.iter().map(|seen| (&*seen.date, &*seen.substitute_for)).collect();
        let rows = standings.iter().zip(edges).map(|(seen, edge)| -> [Cell; 6] {
            let how = match &*seen.status {
                "" if replaced.contains(&(&*seen.date, &*seen.person)) => "away, a substitute came",
                "" => "spoke for it",
                status => status,
            };
            [
                (*seen.date).into(),
                (*seen.person).into(),
                (*seen.organisation).into(),
                evidence(job, Some(edge), Some(&seen.as_written)),
                how.into(),
                (*seen.substitute_for).into(),
            ]
        });
        let head = ["date", "person", "organisation", "as written", "how", "in place of"];
        table(out, label, head, rows, "attendance.csv")?;
    }
    Ok(())
}

/// Who stood for the bodies of each public function, each once a day, person and organisation.
fn by_function<'g>(job: &Job<'g>) -> BTreeMap<&'g str, Vec<&'g Edge>> {
    let mut functions: BTreeMap<&str, Vec<&Edge>> = BTreeMap::new();
    let represents = |e: &&Edge| e.predicate == Predicate::Represents && e.document().is_some();
    let mut last = None;
    for edge in job.graph.relations.edges().iter().filter(represents) {
        let Some(function) = &job.view.entity(edge.object).details().function else { continue };
        // What says the same of one day is together.
        if last.replace((edge.subject, edge.object, edge.date)) != last {
            functions.entry(function).or_default().push(edge);
        }
    }
    functions
}

/// How people are listed at meetings, and whose place they took.
type Listed = FxHashMap<(EntityId, EntityId), (Status, Option<EntityId>)>;

fn listed(job: &Job<'_>) -> Listed {
    let mut listed = Listed::default();
    for record in &job.graph.attendance {
        let entry = listed.entry((record.meeting, record.person)).or_insert((record.status, record.substitute_for));
        entry.1 = entry.1.or(record.substitute_for);
    }
    listed
}

/// Who stood for organisations, in order and each once, with the statement that says so first.
fn stood<'g>(job: &Job<'_>, listed: &Listed, edges: &[&'g Edge]) -> (Vec<Standing>, Vec<&'g Edge>) {
    let standing = |edge: &&'g Edge| {
        let relation = job.graph.relations.whole(edge)?;
        let how = relation.meeting.and_then(|meeting| listed.get(&(meeting, relation.subject)));
        let name = |id: EntityId| Text::clone(&job.view.entity(id).name);
        let (organisation, written) = (name(relation.object), relation.object_as_written);
        let same = written.is_empty() || written == organisation;
        let standing = Standing {
            date: cell::maybe(relation.date).into(),
            as_written: if same { Text::clone(&organisation) } else { written },
            organisation,
            person: name(relation.subject),
            status: how.map_or("", |(status, _)| status.name()).into(),
            substitute_for: how.and_then(|(_, of)| *of).map(name).unwrap_or_default(),
        };
        Some((standing, *edge))
    };
    let mut stood: Vec<_> = edges.iter().filter_map(standing).collect();
    stood.sort_by(|a, b| a.0.cmp(&b.0));
    stood.dedup_by(|later, first| later.0 == first.0);
    stood.into_iter().unzip()
}

/// The words of an edge, or others that are meant by them, as a cell that leads there.
fn evidence(job: &Job<'_>, edge: Option<&Edge>, others: Option<&str>) -> Cell {
    let relation = edge.and_then(|edge| job.graph.relations.whole(edge));
    match relation.as_ref().and_then(|relation| Some((relation.document?, &relation.quote))) {
        Some((document, quote)) => Cell::evidence(job, others.unwrap_or(&quote.text), document, quote),
        None => "".into(),
    }
}

/// People: how long and how often they were seen, and where first.
pub(super) fn people(job: &Job<'_>, out: &mut impl Write) -> io::Result<()> {
    section(out, "people", "People")?;
    let mut counts: FxHashMap<EntityId, [usize; 2]> = FxHashMap::default();
    for record in job.graph.panel.iter().flatten() {
        let count = counts.entry(record.person).or_default();
        count[0] += usize::from(record.status == Some(Status::Present));
        count[1] += 1;
    }
    let rows = most_seen(job, EntityKind::Person).into_iter().map(|(id, entity)| -> [Cell; 6] {
        let [present, of] = counts.get(&id).copied().unwrap_or_default();
        let own = job.graph.relations.of(id);
        let stood = own.iter().filter(|edge| edge.predicate == Predicate::Represents);
        let organisations: BTreeSet<&str> = stood.map(|edge| job.view.name(edge.object)).collect();
        let organisations: Vec<&str> = organisations.into_iter().collect();
        [
            (*entity.name).into(),
            organisations.join("; ").into(),
            cell::maybe(entity.first_seen).into(),
            cell::maybe(entity.last_seen).into(),
            if of == 0 { String::new() } else { format!("{present} of {of}") }.into(),
            evidence(job, own.iter().find(|edge| edge.document().is_some()), None),
        ]
    });
    let head = ["person", "stood for", "first seen", "last seen", "attended", "words"];
    table(out, "Those whom most documents mention first", head, rows, "entities.csv")
}

/// Organisations: how long they were seen, for what they stand, and what became of them.
pub(super) fn organisations(job: &Job<'_>, out: &mut impl Write) -> io::Result<()> {
    section(out, "organisations", "Organisations")?;
    let mut became: FxHashMap<EntityId, BTreeSet<&str>> = FxHashMap::default();
    let mut words: FxHashMap<EntityId, &Edge> = FxHashMap::default();
    for edge in job.graph.relations.edges() {
        if edge.predicate == Predicate::SucceededBy {
            became.entry(edge.subject).or_default().insert(job.view.name(edge.object));
        }
        if edge.predicate == Predicate::Represents && edge.document().is_some() {
            words.entry(edge.object).or_insert(edge);
        }
    }
    let rows = most_seen(job, EntityKind::Organisation).into_iter().map(|(id, entity)| -> [Cell; 6] {
        let became: Vec<&str> = became.get(&id).into_iter().flatten().copied().collect();
        [
            (*entity.name).into(),
            entity.details().function.as_deref().unwrap_or("").into(),
            cell::maybe(entity.first_seen).into(),
            cell::maybe(entity.last_seen).into(),
            became.join("; ").into(),
            evidence(job, words.get(&id).copied(), None),
        ]
    });
    let head = ["organisation", "public function", "first seen", "last seen", "became", "words"];
    table(out, "Those that most documents mention first", head, rows, "entities.csv")
}

/// The entities of a kind, those that most documents mention first.
fn most_seen<'g>(job: &Job<'g>, kind: EntityKind) -> Vec<(EntityId, &'g crate::model::Entity)> {
    let all = job.graph.entities.iter().enumerate().filter(|(_, entity)| entity.kind == kind);
    let mut all: Vec<_> = all.map(|(i, entity)| (EntityId(i as u32), entity)).collect();
    all.sort_by(|(_, a), (_, b)| b.documents.cmp(&a.documents).then(a.name.cmp(&b.name)).then(a.iri.cmp(&b.iri)));
    all
}

/// Decisions, with their words.
pub(super) fn decisions(job: &Job<'_>, out: &mut impl Write) -> io::Result<()> {
    section(out, "decisions", "Decisions")?;
    let decisions = &job.graph.decisions;
    let mut order: Vec<_> = job.graph.meetings.iter().collect();
    // The latest first: they are what a page that stops somewhere should have.
    order.sort_by_key(|record| std::cmp::Reverse(record.date));
    let rows = order.into_iter().flat_map(|record| decisions.of(record.document)).map(|record| -> [Cell; 6] {
        let meeting = job.view.meeting(record.meeting, Some(record.document));
        let name = |id: Option<EntityId>| id.map_or("", |id| job.view.name(id));
        [
            cell::maybe(record.date).into(),
            meeting.map_or("", |meeting| job.view.body_name(meeting)).into(),
            name(record.item).into(),
            Cell::evidence(job, &record.quote.text, record.document, &record.quote),
            name(record.mover).into(),
            record.outcome.as_ref().into(),
        ]
    });
    let head = ["date", "body", "item", "decision", "moved by", "outcome"];
    beginning(out, "The latest first", head, rows, decisions.len(), "decisions.csv")
}
