//! What the page says of people, organisations and decisions, each with its words; and the first of the three
//! questions, who represented whom.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use rustc_hash::FxHashMap;

use super::super::{Job, cell};
use super::page::{Cell, heading, paragraph, picture, section, table};
use crate::charts::{CHARTS, Request, Standing};
use crate::model::{DocumentId, EntityId, EntityKind, Predicate, Quote, Status};
use crate::statistics::{Facts, Selection};

/// So many public functions have a chart of their own.
const CHARTED: usize = 8;

/// Somebody who stood for an organisation, with the words that say so.
type Stood<'g> = BTreeMap<Standing, (DocumentId, &'g Quote)>;

/// Who represented whom, by public function.
pub(super) fn represented(job: &Job<'_>, out: &mut impl Write) -> io::Result<()> {
    section(out, "represented", "Who represented whom over time?")?;
    let functions = by_function(job);
    if functions.is_empty() {
        return paragraph(out, "No organisation with a known public function was represented.");
    }
    let mut order: Vec<_> = functions.iter().collect();
    order.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(b.0)));
    let charted: BTreeSet<&str> = order.iter().take(CHARTED).map(|(key, _)| **key).collect();
    for (key, stood) in &functions {
        let label = job.graph.functions.iter().find(|f| f.key == **key).map_or(*key, |f| &*f.label);
        heading(out, label)?;
        if charted.contains(key) {
            let standings: Vec<Standing> = stood.keys().cloned().collect();
            let facts = Facts { meetings: &[], attendance: &[], panel: &[] };
            let selection = Selection::default();
            let request = Request { facts, selection: &selection, standings: &standings, title: label };
            if let Some(chart) = CHARTS.iter().find(|chart| chart.name == "representation") {
                picture(out, &chart.draw(&request))?;
            }
        }
        let replaced: BTreeSet<(&String, &String)> =
            stood.keys().map(|seen| (&seen.date, &seen.substitute_for)).collect();
        let rows: Vec<[Cell; 6]> = stood
            .iter()
            .map(|(seen, (document, quote))| {
                let how = match seen.status.as_str() {
                    "" if replaced.contains(&(&seen.date, &seen.person)) => "away, a substitute came",
                    "" => "spoke for it",
                    status => status,
                };
                [
                    seen.date.as_str().into(),
                    seen.person.as_str().into(),
                    seen.organisation.as_str().into(),
                    Cell::evidence(job, &seen.as_written, *document, quote),
                    how.into(),
                    seen.substitute_for.as_str().into(),
                ]
            })
            .collect();
        let head = ["date", "person", "organisation", "as written", "how", "in place of"];
        table(out, label, head, &rows, "attendance.csv")?;
    }
    Ok(())
}

/// Who stood for the bodies of each public function, each once a day, person and organisation.
fn by_function<'g>(job: &Job<'g>) -> BTreeMap<&'g str, Stood<'g>> {
    let mut listed: FxHashMap<(EntityId, EntityId), (Status, Option<EntityId>)> = FxHashMap::default();
    for record in &job.graph.attendance {
        let entry = listed.entry((record.meeting, record.person)).or_insert((record.status, record.substitute_for));
        entry.1 = entry.1.or(record.substitute_for);
    }
    let mut functions: BTreeMap<&str, Stood<'_>> = BTreeMap::new();
    let mut seen: BTreeSet<(&str, String, EntityId, EntityId)> = BTreeSet::new();
    for relation in job.graph.relations.iter().filter(|r| r.predicate == Predicate::Represents) {
        let Some(function) = &job.view.entity(relation.object).details.function else { continue };
        let Some(document) = relation.document else { continue };
        let date = cell::maybe(relation.date);
        if !seen.insert((function, date.clone(), relation.subject, relation.object)) {
            continue;
        }
        let how = relation.meeting.and_then(|meeting| listed.get(&(meeting, relation.subject)));
        let written = &*relation.object_as_written;
        let organisation = job.view.name(relation.object);
        let standing = Standing {
            date,
            organisation: organisation.to_owned(),
            as_written: if written.is_empty() { organisation } else { written }.to_owned(),
            person: job.view.name(relation.subject).to_owned(),
            status: how.map_or_else(String::new, |(status, _)| status.name().to_owned()),
            substitute_for: how.and_then(|(_, of)| *of).map_or_else(String::new, |of| job.view.name(of).to_owned()),
        };
        functions.entry(function).or_default().entry(standing).or_insert((document, &relation.quote));
    }
    functions
}

/// People: how long and how often they were seen, and where first.
pub(super) fn people(job: &Job<'_>, out: &mut impl Write) -> io::Result<()> {
    section(out, "people", "People")?;
    let mut counts: FxHashMap<EntityId, [usize; 2]> = FxHashMap::default();
    for record in &job.graph.panel {
        let count = counts.entry(record.person).or_default();
        count[0] += usize::from(record.status == Some(Status::Present));
        count[1] += 1;
    }
    let mut stood: FxHashMap<EntityId, BTreeSet<&str>> = FxHashMap::default();
    let mut words: FxHashMap<EntityId, (DocumentId, &Quote)> = FxHashMap::default();
    for relation in &job.graph.relations {
        if relation.predicate == Predicate::Represents {
            stood.entry(relation.subject).or_default().insert(job.view.name(relation.object));
        }
        if let Some(document) = relation.document {
            words.entry(relation.subject).or_insert((document, &relation.quote));
        }
    }
    let rows: Vec<[Cell; 6]> = most_seen(job, EntityKind::Person)
        .into_iter()
        .map(|(id, entity)| {
            let [present, of] = counts.get(&id).copied().unwrap_or_default();
            let organisations: Vec<&str> = stood.get(&id).into_iter().flatten().copied().collect();
            [
                entity.name.as_str().into(),
                organisations.join("; ").into(),
                cell::maybe(entity.first_seen).into(),
                cell::maybe(entity.last_seen).into(),
                if of == 0 { String::new() } else { format!("{present} of {of}") }.into(),
                match words.get(&id) {
                    Some((document, quote)) => Cell::evidence(job, &quote.text, *document, quote),
                    None => "".into(),
                },
            ]
        })
        .collect();
    let head = ["person", "stood for", "first seen", "last seen", "attended", "words"];
    table(out, "Those whom most documents mention first", head, &rows, "entities.csv")
}

/// Organisations: how long they were seen, for what they stand, and what became of them.
pub(super) fn organisations(job: &Job<'_>, out: &mut impl Write) -> io::Result<()> {
    section(out, "organisations", "Organisations")?;
    let mut became: FxHashMap<EntityId, BTreeSet<&str>> = FxHashMap::default();
    let mut words: FxHashMap<EntityId, (DocumentId, &Quote)> = FxHashMap::default();
    for relation in &job.graph.relations {
        if relation.predicate == Predicate::SucceededBy {
            became.entry(relation.subject).or_default().insert(job.view.name(relation.object));
        }
        if let (Predicate::Represents, Some(document)) = (relation.predicate, relation.document) {
            words.entry(relation.object).or_insert((document, &relation.quote));
        }
    }
    let rows: Vec<[Cell; 6]> = most_seen(job, EntityKind::Organisation)
        .into_iter()
        .map(|(id, entity)| {
            let function = entity.details.function.as_deref().unwrap_or("");
            let became: Vec<&str> = became.get(&id).into_iter().flatten().copied().collect();
            [
                entity.name.as_str().into(),
                function.into(),
                cell::maybe(entity.first_seen).into(),
                cell::maybe(entity.last_seen).into(),
                became.join("; ").into(),
                match words.get(&id) {
                    Some((document, quote)) => Cell::evidence(job, &quote.text, *document, quote),
                    None => "".into(),
                },
            ]
        })
        .collect();
    let head = ["organisation", "public function", "first seen", "last seen", "became", "words"];
    table(out, "Those that most documents mention first", head, &rows, "entities.csv")
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
    let mut order: Vec<_> = job.graph.decisions.iter().collect();
    // The latest first: they are what a page that stops somewhere should have.
    order.sort_by_key(|record| std::cmp::Reverse(record.date));
    let rows: Vec<[Cell; 6]> = order
        .into_iter()
        .map(|record| {
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
        })
        .collect();
    let head = ["date", "body", "item", "decision", "moved by", "outcome"];
    table(out, "The latest first", head, &rows, "decisions.csv")
}
