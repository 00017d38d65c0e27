//! The rows of each list. In: a build. Out: rows, in the order of the list, each with the values by which it is chosen.

use std::collections::{BTreeMap, BTreeSet};

use super::list::Listed;
use super::page::{Cell, Row};
use super::store::{Of, Store};
use crate::model::table::EntityRow;
use crate::query::name::joined;

/// Values by which a row can be chosen.
#[derive(Default)]
struct Choices(BTreeSet<(usize, String, String)>);

impl Choices {
    /// A value of a facet: as it stands in an address, and as people read it.
    fn add(mut self, facet: usize, value: &str, text: &str) -> Self {
        if !value.is_empty() {
            self.0.insert((facet, super::html::class(value), text.to_owned()));
        }
        self
    }

    /// Of a body, by its identifier.
    fn body(self, facet: usize, id: &str, name: &str) -> Self {
        self.add(facet, id.strip_prefix("organisation/").unwrap_or(id), name)
    }

    fn year(self, facet: usize, date: &str) -> Self {
        let year = date.get(..4).unwrap_or_default();
        self.add(facet, year, year)
    }

    fn of(self, row: Row) -> Listed {
        Listed { row, facets: self.0 }
    }
}

/// Body and year of a meeting.
fn by_meeting(store: &Store, choices: Choices, meeting: &str) -> Choices {
    let Some(row) = store.meeting(meeting) else { return choices };
    choices.body(0, &row.body, &row.body_name).year(1, &row.date)
}

fn entities<'s>(store: &'s Store, kind: &str) -> Vec<&'s EntityRow> {
    let mut all: Vec<&EntityRow> = store.entities().iter().filter(|entity| entity.kind == kind).collect();
    all.sort_by_cached_key(|entity| (crate::query::name::folded(&entity.name), &entity.id));
    all
}

pub(super) const BODIES: &[&str] = &["body", "meetings", "with_a_list", "decisions", "first", "last"];

pub(super) fn bodies(store: &Store) -> Vec<Listed> {
    let mut all: Vec<(usize, Listed)> = Vec::new();
    for entity in entities(store, "organisation") {
        let sittings = store.sittings(&entity.id);
        if sittings.is_empty() {
            continue;
        }
        let recorded = sittings.iter().filter(|row| row.attendance_recorded == "1").count();
        let decisions = sittings
            .iter()
            .map(|row| store.of(store.decisions(), Of::DecisionsOfMeeting, &row.meeting).count())
            .sum::<usize>();
        let dates = || sittings.iter().map(|row| row.date.as_str()).filter(|date| !date.is_empty());
        let row = Row::new([
            Cell::link(&entity.name, &entity.id),
            sittings.len().into(),
            recorded.into(),
            decisions.into(),
            Cell::date(dates().min().unwrap_or_default()),
            Cell::date(dates().max().unwrap_or_default()),
        ]);
        let choices = dates().fold(Choices::default(), |choices, date| choices.year(0, date));
        all.push((sittings.len(), choices.of(row)));
    }
    all.sort_by_key(|(meetings, _)| std::cmp::Reverse(*meetings));
    all.into_iter().map(|(_, listed)| listed).collect()
}

pub(super) const PEOPLE: &[&str] = &["name", "on", "meetings_attended", "first", "last", "also_written"];

pub(super) fn people(store: &Store) -> Vec<Listed> {
    let mut all = Vec::new();
    for entity in entities(store, "person") {
        let mut choices = Choices::default();
        let mut bodies: BTreeMap<&str, &str> = BTreeMap::new();
        let mut attended = BTreeSet::new();
        for row in store.of(store.attendance(), Of::AttendanceOfPerson, &entity.id) {
            let Some(meeting) = store.meeting(&row.meeting) else { continue };
            choices = choices.body(0, &meeting.body, &meeting.body_name).year(1, &meeting.date);
            bodies.insert(&meeting.body, &meeting.body_name);
            if row.status == "present" {
                attended.insert(&row.meeting);
            }
        }
        all.push(choices.of(Row::new([
            Cell::link(&entity.name, &entity.id),
            Cell::parts(bodies.iter().map(|(id, name)| (*name, *id))),
            if attended.is_empty() { Cell::default() } else { attended.len().into() },
            Cell::date(&entity.first_seen),
            Cell::date(&entity.last_seen),
            Cell::parts(joined(&entity.aliases).take(3).map(|name| (name, ""))),
        ])));
    }
    all
}

pub(super) const ORGANISATIONS: &[&str] = &["name", "public_function", "represented_by", "mentions", "first", "last"];

pub(super) fn organisations(store: &Store) -> Vec<Listed> {
    let all = entities(store, "organisation").into_iter().map(|entity| {
        let people: BTreeSet<&str> = store
            .of(store.relations(), Of::RelationsOfObject, &entity.id)
            .filter(|row| row.predicate == "represents")
            .map(|row| row.subject.as_str())
            .collect();
        let function = super::function::name(&entity.function);
        let row = Row::new([
            Cell::link(&entity.name, &entity.id),
            Cell::link(&function, &format!("function/{}", entity.function)),
            if people.is_empty() { Cell::default() } else { people.len().into() },
            Cell::from(entity.mentions.parse().unwrap_or(0)),
            Cell::date(&entity.first_seen),
            Cell::date(&entity.last_seen),
        ]);
        let represented = if people.is_empty() { "no" } else { "yes" };
        Choices::default().add(0, &entity.function, &function).add(1, represented, represented).of(row)
    });
    all.collect()
}

pub(super) const MEETINGS: &[&str] = &["date", "body", "chair", "present", "items", "decisions", "list"];

pub(super) fn meetings(store: &Store) -> Vec<Listed> {
    let mut rows: Vec<_> = store.meetings().iter().collect();
    rows.sort_by(|a, b| {
        (&b.date, &a.body_name, &a.meeting, &a.document).cmp(&(&a.date, &b.body_name, &b.meeting, &b.document))
    });
    rows.dedup_by(|a, b| a.meeting == b.meeting);
    let all = rows.into_iter().map(|row| {
        let listed = row.attendance_recorded == "1";
        let present: BTreeSet<&str> = store
            .of(store.attendance(), Of::AttendanceOfMeeting, &row.meeting)
            .filter(|row| row.status == "present")
            .map(|row| row.person.as_str())
            .collect();
        let list = if listed { "recorded" } else { "not recorded" };
        let cells = Row::new([
            Cell::dated(&row.date, &row.meeting),
            Cell::link(&row.body_name, &row.body),
            Cell::parts(joined(&row.chair_name).zip(joined(&row.chair))),
            if listed { present.len().into() } else { Cell::default() },
            store.of(store.items(), Of::ItemsOfMeeting, &row.meeting).count().into(),
            store.of(store.decisions(), Of::DecisionsOfMeeting, &row.meeting).count().into(),
            Cell::badge(list),
        ]);
        Choices::default().body(0, &row.body, &row.body_name).year(1, &row.date).add(2, list, list).of(cells)
    });
    all.collect()
}

/// Date and body of a meeting, as cells.
fn when(store: &Store, meeting: &str) -> [Cell; 2] {
    store.meeting(meeting).map_or_else(Default::default, |row| {
        [Cell::dated(&row.date, &row.meeting), Cell::link(&row.body_name, &row.body)]
    })
}

/// The latest first, and within a document in its order.
fn sorted<R>(store: &Store, rows: &[R], key: impl Fn(&R) -> (&str, &str, &str)) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_cached_key(|i| {
        let (meeting, document, start) = key(&rows[*i]);
        let date = store.meeting(meeting).map_or("", |row| row.date.as_str());
        (std::cmp::Reverse(date.to_owned()), document.to_owned(), start.parse::<u32>().unwrap_or(0))
    });
    order
}

pub(super) const ITEMS: &[&str] = &["date", "body", "number", "item"];

pub(super) fn items(store: &Store) -> Vec<Listed> {
    let rows = store.items();
    let order = sorted(store, rows, |row| (&row.meeting, &row.document, &row.start));
    let all = order.into_iter().map(|i| {
        let row = &rows[i];
        let [date, body] = when(store, &row.meeting);
        let cells = Row::new([date, body, Cell::from(&row.number), Cell::link(&row.title, &row.item)]);
        by_meeting(store, Choices::default(), &row.meeting).of(cells.with_words(store.words(
            &row.document,
            &row.start,
            &row.end,
        )))
    });
    all.collect()
}

pub(super) const DECISIONS: &[&str] = &["date", "body", "decision", "outcome", "moved_by"];

pub(super) fn decisions(store: &Store) -> Vec<Listed> {
    let rows = store.decisions();
    let order = sorted(store, rows, |row| (&row.meeting, &row.document, &row.start));
    let all = order.into_iter().map(|i| {
        let row = &rows[i];
        let [date, body] = when(store, &row.meeting);
        let outcome = if row.outcome.is_empty() { "not stated" } else { &row.outcome };
        let mover = joined(&row.mover).map(|mover| {
            let id = if store.entity(mover).is_some() { mover } else { "" };
            (store.name(mover), id)
        });
        let cells =
            Row::new([date, body, Cell::link(&row.text, &row.decision), Cell::badge(&row.outcome), Cell::parts(mover)]);
        let cells = cells.with_words(store.words(&row.document, &row.start, &row.end));
        by_meeting(store, Choices::default(), &row.meeting).add(2, outcome, outcome).of(cells)
    });
    all.collect()
}

pub(super) const ACTIONS: &[&str] = &["date", "body", "action", "owner", "due"];

pub(super) fn actions(store: &Store) -> Vec<Listed> {
    let rows = store.actions();
    let order = sorted(store, rows, |row| (&row.meeting, &row.document, &row.start));
    let all = order.into_iter().map(|i| {
        let row = &rows[i];
        let [date, body] = when(store, &row.meeting);
        let owner = Cell::parts(joined(&row.owner_name).zip(joined(&row.owner)));
        let cells = Row::new([date, body, Cell::link(&row.text, &row.action), owner, Cell::from(&row.due)]);
        by_meeting(store, Choices::default(), &row.meeting).of(cells.with_words(store.words(
            &row.document,
            &row.start,
            &row.end,
        )))
    });
    all.collect()
}

pub(super) const TOPICS: &[&str] = &["name", "mentions", "first", "last", "also_written"];

fn topics(store: &Store, kind: &str) -> Vec<Listed> {
    let all = entities(store, kind).into_iter().map(|entity| {
        let concerned = store.of(store.relations(), Of::RelationsOfObject, &entity.id);
        let choices = concerned.fold(Choices::default(), |choices, row| by_meeting(store, choices, &row.meeting));
        choices.of(Row::new([
            Cell::link(&entity.name, &entity.id),
            Cell::from(entity.mentions.parse().unwrap_or(0)),
            Cell::date(&entity.first_seen),
            Cell::date(&entity.last_seen),
            Cell::parts(joined(&entity.aliases).take(3).map(|name| (name, ""))),
        ]))
    });
    all.collect()
}

pub(super) fn programmes(store: &Store) -> Vec<Listed> {
    topics(store, "programme")
}

pub(super) fn legislation(store: &Store) -> Vec<Listed> {
    topics(store, "legislation")
}

pub(super) const DOCUMENTS: &[&str] = &["document", "meeting", "format", "statements", "status", "message"];

pub(super) fn documents(store: &Store) -> Vec<Listed> {
    let all = store.documents().iter().map(|row| {
        let cells = Row::new([
            Cell::link(&row.document, store.document(&row.document)),
            Cell::link(store.name(&row.meeting), &row.meeting),
            Cell::from(&row.format),
            Cell::from(row.statements.parse().unwrap_or(0)),
            Cell::badge(&row.status),
            Cell::from(&row.message),
        ]);
        Choices::default().add(0, &row.status, &row.status).add(1, &row.format, &row.format).of(cells)
    });
    all.collect()
}
