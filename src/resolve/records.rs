//! Items, decisions, actions and attendance as records. In: the facts of each document. Out: one row for each
//! of them; for attendance one for each person, meeting and document, however often the list repeats a name.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::fold;
use crate::model::{
    ActionRecord, AttendanceRecord, DecisionRecord, DocumentId, EntityId, EntityKind, Extraction, ItemRecord,
    Predicate, Quote, Status, Term, Text,
};

use super::builder::{Builder, as_written};
use super::identifier::{digest, slug};

/// Names of decisions and actions are their first words.
const NAME: usize = 100;

/// Makes the records of a document.
pub(super) fn records(builder: &mut Builder, d: u32, extraction: &Extraction) {
    for own in [&mut builder.items, &mut builder.decisions, &mut builder.actions] {
        own.clear();
    }
    let (mut of_items, mut of_decisions, mut of_actions, mut listed) = Default::default();
    if let Some(meeting) = builder.meetings[d as usize] {
        of_items = items(builder, d, extraction, meeting);
        of_decisions = decisions(builder, d, extraction, meeting);
        of_actions = actions(builder, d, extraction, meeting);
        listed = attendance(builder, d, extraction, meeting);
    } else {
        outside(builder, d, extraction);
    }
    let graph = &mut builder.graph;
    graph.items.push(&of_items);
    graph.decisions.push(&of_decisions);
    graph.actions.push(&of_actions);
    graph.attendance.push(&listed);
}

/// Attendance that stands in no minutes is kept for a reader, and stated of nobody.
fn outside(builder: &mut Builder, d: u32, extraction: &Extraction) {
    for entry in &extraction.attendance {
        builder.unresolved(d, &entry.quote, "attendance in a document that minutes no meeting");
    }
}

/// The entity with this identifier, or with one qualified by the words, where another part of the minutes has it.
fn part(builder: &mut Builder, iri: String, kind: EntityKind, name: &str, words: &str) -> EntityId {
    let free = !builder.kept.holds(&iri);
    let same = free
        && builder.by_iri(&iri).is_none_or(|known| fold(&builder.graph.entities[known.0 as usize].name) == fold(name));
    let iri = if same { iri } else { format!("{iri}-{}", digest(&[&fold(words)])) };
    builder.entity(iri, kind, name.to_owned())
}

/// What an earlier build gave an identifier at this place, unless it is among those that the document has already.
fn kept(
    builder: &mut Builder,
    d: u32,
    kind: EntityKind,
    quote: &Quote,
    name: &str,
    own: &FxHashSet<EntityId>,
) -> Option<EntityId> {
    let kept = builder.kept;
    let free = |iri: &&&str| builder.by_iri(iri).is_none_or(|known| !own.contains(&known));
    let iri = kept.at(d, kind, quote.start, quote.end).iter().find(free)?;
    Some(builder.entity((*iri).to_owned(), kind, name.to_owned()))
}

fn iri(builder: &Builder, entity: EntityId) -> String {
    builder.graph.entities[entity.0 as usize].iri.clone()
}

fn items(builder: &mut Builder, d: u32, extraction: &Extraction, meeting: EntityId) -> Vec<ItemRecord> {
    let (mut own, mut records) = (Vec::new(), Vec::new());
    let mut known: FxHashSet<EntityId> = FxHashSet::default();
    for (i, item) in extraction.items.iter().enumerate() {
        let number = item.number.clone().unwrap_or_default();
        // What has no number is known by its words, which stay where they are when others come before them.
        let key = match (number.is_empty(), item.title.trim()) {
            (false, _) => slug(&number),
            (true, "") => format!("unnumbered-{}", i + 1),
            (true, title) => slug(title),
        };
        let name = if item.title.is_empty() { format!("Item {number}") } else { item.title.clone() };
        let kept = kept(builder, d, EntityKind::Item, &item.quote, &name, &known);
        let natural = format!("{}/item/{key}", iri(builder, meeting));
        let mut entity = kept.unwrap_or_else(|| part(builder, natural, EntityKind::Item, &name, &name));
        if !known.insert(entity) {
            // The same number and title twice in one document are two items: the place tells them apart.
            let iri = format!("{}-{}", iri(builder, entity), i + 1);
            entity = builder.entity(iri, EntityKind::Item, name);
        }
        own.push(entity);
        builder.seen(entity, d, 1);
        records.push(ItemRecord {
            item: entity,
            meeting,
            number: number.into(),
            title: item.title.as_str().into(),
            document: DocumentId(d),
            quote: item.quote.clone(),
        });
    }
    builder.items = own;
    records
}

/// The first words of a text, cut between words.
fn opening(words: &str) -> String {
    let mut name = String::new();
    for word in words.split_whitespace() {
        if !name.is_empty() && name.chars().count() + word.chars().count() >= NAME {
            return name + " …";
        }
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(word);
    }
    name
}

/// An entity below an item or a meeting: by its letter or number, else by its place there.
fn below(
    builder: &mut Builder,
    parent: EntityId,
    kind: EntityKind,
    number: Option<&str>,
    (d, quote): (u32, &Quote),
    own: &mut FxHashSet<EntityId>,
    counts: &mut FxHashMap<EntityId, u32>,
) -> EntityId {
    let count = counts.entry(parent).or_default();
    *count += 1;
    let key = number.filter(|n| !n.is_empty()).map_or_else(|| count.to_string(), slug);
    let words = &*quote.text;
    let name = opening(words);
    let count = *count;
    if let Some(entity) = kept(builder, d, kind, quote, &name, own) {
        own.insert(entity);
        return entity;
    }
    let plain = format!("{}/{}/{key}", iri(builder, parent), kind.name());
    let entity = part(builder, plain, kind, &name, words);
    if own.insert(entity) {
        return entity;
    }
    let again = format!("{}-{count}", iri(builder, entity));
    let entity = part(builder, again, kind, &name, words);
    own.insert(entity);
    entity
}

/// Who stands in the subjects of a document's statements about decisions and actions.
fn subjects(builder: &Builder, d: u32, extraction: &Extraction) -> FxHashMap<(Predicate, Term), Vec<EntityId>> {
    let of = [Predicate::Moved, Predicate::Seconded, Predicate::ResponsibleFor];
    let mut subjects: FxHashMap<(Predicate, Term), Vec<EntityId>> = FxHashMap::default();
    for statement in extraction.statements.iter().filter(|s| of.contains(&s.predicate)) {
        let found = subjects.entry((statement.predicate, statement.object)).or_default();
        if let Ok(entity) = builder.term(d, statement.subject)
            && !found.contains(&entity)
        {
            found.push(entity);
        }
    }
    subjects
}

fn decisions(builder: &mut Builder, d: u32, extraction: &Extraction, meeting: EntityId) -> Vec<DecisionRecord> {
    let (mut own, mut known, mut counts) = (Vec::new(), FxHashSet::default(), FxHashMap::default());
    let mut records = Vec::new();
    let subjects = subjects(builder, d, extraction);
    for (i, decision) in extraction.decisions.iter().enumerate() {
        let item = decision.item.and_then(|i| builder.items.get(i as usize).copied());
        let number = decision.number.as_deref();
        let parent = item.unwrap_or(meeting);
        let entity =
            below(builder, parent, EntityKind::Decision, number, (d, &decision.quote), &mut known, &mut counts);
        own.push(entity);
        builder.seen(entity, d, 1);
        let term = Term::Decision(i as u32);
        let first = |predicate| subjects.get(&(predicate, term)).and_then(|s| s.first().copied());
        let (mover, seconder) = (first(Predicate::Moved), first(Predicate::Seconded));
        records.push(DecisionRecord {
            decision: entity,
            meeting,
            date: builder.date(d),
            item,
            number: number.unwrap_or_default().into(),
            verb: (*decision.verb).into(),
            mover,
            seconder,
            outcome: (*decision.outcome).into(),
            document: DocumentId(d),
            quote: decision.quote.clone(),
        });
    }
    builder.decisions = own;
    records
}

fn actions(builder: &mut Builder, d: u32, extraction: &Extraction, meeting: EntityId) -> Vec<ActionRecord> {
    let (mut own, mut known, mut counts) = (Vec::new(), FxHashSet::default(), FxHashMap::default());
    let mut records = Vec::new();
    let subjects = subjects(builder, d, extraction);
    for (i, action) in extraction.actions.iter().enumerate() {
        let item = action.item.and_then(|i| builder.items.get(i as usize).copied());
        let parent = item.unwrap_or(meeting);
        let entity = below(builder, parent, EntityKind::Action, None, (d, &action.quote), &mut known, &mut counts);
        own.push(entity);
        builder.seen(entity, d, 1);
        let owners = subjects.get(&(Predicate::ResponsibleFor, Term::Action(i as u32))).cloned().unwrap_or_default();
        records.push(ActionRecord {
            action: entity,
            meeting,
            date: builder.date(d),
            item,
            owners,
            due: action.due.as_deref().unwrap_or_default().into(),
            document: DocumentId(d),
            quote: action.quote.clone(),
        });
    }
    builder.actions = own;
    records
}

/// Rank of a status where a list repeats a name: who was there was there.
pub(super) fn rank(status: Status) -> u8 {
    match status {
        Status::Present => 0,
        Status::Apologies => 1,
        Status::Absent => 2,
    }
}

fn attendance(builder: &mut Builder, d: u32, extraction: &Extraction, meeting: EntityId) -> Vec<AttendanceRecord> {
    let as_written = |mention: u32| as_written(extraction, Term::Mention(mention));
    let mut rows: Vec<AttendanceRecord> = Vec::new();
    let mut row_of: FxHashMap<EntityId, usize> = FxHashMap::default();
    // Meetings are in the order of documents here.
    let chairs = match builder.graph.meetings.binary_search_by_key(&DocumentId(d), |m| m.document) {
        Ok(at) => builder.graph.meetings[at].chairs.clone(),
        Err(_) => Vec::new(),
    };
    for entry in &extraction.attendance {
        let person = match builder.mention(d, entry.person) {
            Ok(person) => person,
            Err(why) => {
                builder.unresolved(d, &entry.quote, format!("attendance: {why}"));
                continue;
            }
        };
        let mut organisations: Vec<(EntityId, Text)> = Vec::new();
        for organisation in &entry.organisations {
            if let Ok(found) = builder.mention(d, *organisation) {
                organisations.push((found, as_written(*organisation)));
            }
        }
        let roles: Vec<Text> = entry.roles.iter().map(|r| as_written(*r)).collect();
        let mut row = AttendanceRecord {
            meeting,
            person,
            person_as_written: as_written(entry.person),
            status: entry.status,
            capacity: entry.capacity,
            chair: entry.chair || (entry.status == Status::Present && chairs.contains(&person)),
            organisations,
            role: roles.join("; ").into(),
            substitute_for: entry.substitute_for.and_then(|m| builder.mention(d, m).ok()),
            arrived: entry.arrived.as_deref().unwrap_or_default().into(),
            left: entry.left.as_deref().unwrap_or_default().into(),
            remote: entry.remote,
            document: DocumentId(d),
            quote: entry.quote.clone(),
            rule: (*entry.rule).into(),
        };
        match row_of.get(&person) {
            None => {
                row_of.insert(person, rows.len());
                rows.push(row);
            }
            Some(at) => {
                let known = &mut rows[*at];
                if rank(row.status) < rank(known.status) {
                    std::mem::swap(known, &mut row);
                }
                repeat(known, row);
            }
        }
    }
    rows
}

/// Adds to a row what a repetition of the name says besides.
fn repeat(row: &mut AttendanceRecord, other: AttendanceRecord) {
    row.capacity = row.capacity.or(other.capacity);
    row.chair |= other.chair && row.status == other.status;
    row.remote |= other.remote;
    row.substitute_for = row.substitute_for.or(other.substitute_for);
    for organisation in other.organisations {
        if !row.organisations.iter().any(|(known, _)| *known == organisation.0) {
            row.organisations.push(organisation);
        }
    }
    if !other.role.is_empty() && !row.role.split("; ").any(|known| known == &*other.role) {
        row.role = if row.role.is_empty() { other.role } else { format!("{}; {}", row.role, other.role).into() };
    }
    for (own, others) in [(&mut row.arrived, other.arrived), (&mut row.left, other.left)] {
        if own.is_empty() {
            *own = others;
        }
    }
}
