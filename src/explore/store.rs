//! A build in memory: its tables, and for each entity the rows that speak of it. In: a folder. Out: rows by identifier.
//! Everything is read once, in parallel; what only some pages need is worked out when the first of them is asked for.
//! Must never change once it is open.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::list::Lists;
use super::page::Words;
use super::rdf::Blocks;
use super::search::Index;
use crate::model::table::{
    ActionRow, AttendanceRow, DecisionRow, DocumentRow, EntityRow, ItemRow, MeetingRow, MentionRow, PanelRow,
    RelationRow, TenureRow, UnresolvedRow,
};
use crate::query::name::joined;
use crate::query::{Build, Error};
use crate::statistics::{By, Facts, Figure, Selection, attendance};

/// For each entity, by its number, rows of one table.
type Rows = Vec<Vec<u32>>;

/// The rows that speak of an entity: as a row of which table, and in which part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    AttendanceOfPerson,
    AttendanceOfMeeting,
    AttendanceOfDocument,
    PanelOfPerson,
    TenuresOfPerson,
    TenuresOfOrganisation,
    TenuresOfRole,
    RelationsOfSubject,
    RelationsOfObject,
    RelationsOfMeeting,
    RelationsOfDocument,
    MentionsOfEntity,
    MentionsOfDocument,
    MeetingsOfMeeting,
    MeetingsOfBody,
    ItemsOfMeeting,
    ItemsOfDocument,
    DecisionsOfMeeting,
    DecisionsOfDocument,
    ActionsOfMeeting,
    ActionsOfDocument,
    UnresolvedOfDocument,
}

const KEYS: usize = Of::UnresolvedOfDocument as usize + 1;

/// A build.
#[derive(Debug)]
pub(super) struct Store {
    pub(super) build: Build,
    numbers: FxHashMap<String, u32>,
    /// Identifiers of earlier builds, and paths of documents.
    others: FxHashMap<String, u32>,
    rows: Vec<Rows>,
    /// Figures of attendance, worked out when the first page needs them.
    people: OnceLock<FxHashMap<String, Vec<Figure>>>,
    organisations: OnceLock<FxHashMap<String, Vec<Figure>>>,
    search: OnceLock<Index>,
    pub(super) lists: Lists,
    pub(super) blocks: OnceLock<Option<Blocks>>,
}

macro_rules! tables {
    ($($name:ident: $row:ident),+ $(,)?) => {
        impl Store {
            $(pub(super) fn $name(&self) -> &[$row] {
                // Read when the build was opened.
                self.build.$name().unwrap_or_default()
            })+
        }

        fn read(build: &Build) -> Result<(), Error> {
            let tables: &[fn(&Build) -> Result<(), Error>] = &[$(|build| build.$name().map(|_| ())),+];
            tables.par_iter().with_max_len(1).try_for_each(|read| read(build))
        }
    };
}

tables! {
    relations: RelationRow,
    mentions: MentionRow,
    attendance: AttendanceRow,
    entities: EntityRow,
    decisions: DecisionRow,
    panel: PanelRow,
    items: ItemRow,
    tenures: TenureRow,
    documents: DocumentRow,
    meetings: MeetingRow,
    actions: ActionRow,
    unresolved: UnresolvedRow,
}

impl Store {
    pub(super) fn open(folder: &Path) -> Result<Self, Error> {
        let build = Build::open(folder)?;
        read(&build)?;
        let entities = build.entities()?;
        let mut numbers = FxHashMap::default();
        let mut others = FxHashMap::default();
        for (number, entity) in (0u32..).zip(entities) {
            numbers.insert(entity.id.clone(), number);
            for other in joined(&entity.other_identifiers) {
                others.insert(other.to_owned(), number);
            }
            if entity.kind == "document" {
                others.insert(format!("document/{}", entity.name), number);
            }
        }
        let mut store = Self {
            build,
            numbers,
            others,
            rows: Vec::new(),
            people: OnceLock::new(),
            organisations: OnceLock::new(),
            search: OnceLock::new(),
            lists: Lists::new(),
            blocks: OnceLock::new(),
        };
        store.rows = (0..KEYS).into_par_iter().with_max_len(1).map(|key| store.grouped(key)).collect();
        Ok(store)
    }

    /// For each entity, the rows of one key.
    fn grouped(&self, key: usize) -> Rows {
        let path = |path: &str| self.others.get(&format!("document/{path}")).copied();
        let id = |id: &str| self.numbers.get(id).copied();
        macro_rules! by {
            ($table:ident, $of:ident, $column:ident) => {
                self.group(self.$table(), |row, found| found.extend($of(&row.$column)))
            };
        }
        match key {
            k if k == Of::AttendanceOfPerson as usize => by!(attendance, id, person),
            k if k == Of::AttendanceOfMeeting as usize => by!(attendance, id, meeting),
            k if k == Of::AttendanceOfDocument as usize => by!(attendance, path, document),
            k if k == Of::PanelOfPerson as usize => by!(panel, id, person),
            k if k == Of::TenuresOfPerson as usize => by!(tenures, id, person),
            k if k == Of::TenuresOfOrganisation as usize => self.group(self.tenures(), |row, found| {
                found.extend(id(&row.organisation));
                found.extend(id(&row.on_behalf_of).filter(|_| row.on_behalf_of != row.organisation));
            }),
            k if k == Of::TenuresOfRole as usize => by!(tenures, id, role),
            k if k == Of::RelationsOfSubject as usize => by!(relations, id, subject),
            k if k == Of::RelationsOfObject as usize => by!(relations, id, object),
            k if k == Of::RelationsOfMeeting as usize => by!(relations, id, meeting),
            k if k == Of::RelationsOfDocument as usize => by!(relations, path, document),
            k if k == Of::MentionsOfEntity as usize => by!(mentions, id, entity),
            k if k == Of::MentionsOfDocument as usize => by!(mentions, path, document),
            k if k == Of::MeetingsOfMeeting as usize => by!(meetings, id, meeting),
            k if k == Of::MeetingsOfBody as usize => by!(meetings, id, body),
            k if k == Of::ItemsOfMeeting as usize => by!(items, id, meeting),
            k if k == Of::ItemsOfDocument as usize => by!(items, path, document),
            k if k == Of::DecisionsOfMeeting as usize => by!(decisions, id, meeting),
            k if k == Of::DecisionsOfDocument as usize => by!(decisions, path, document),
            k if k == Of::ActionsOfMeeting as usize => by!(actions, id, meeting),
            k if k == Of::ActionsOfDocument as usize => by!(actions, path, document),
            _ => by!(unresolved, path, document),
        }
    }

    fn group<R>(&self, rows: &[R], keys: impl Fn(&R, &mut Vec<u32>)) -> Rows {
        let mut grouped: Rows = vec![Vec::new(); self.entities().len()];
        let mut found = Vec::new();
        for (number, row) in (0u32..).zip(rows) {
            keys(row, &mut found);
            for key in found.drain(..) {
                grouped[key as usize].push(number);
            }
        }
        grouped
    }

    /// The entity of this identifier.
    pub(super) fn entity(&self, id: &str) -> Option<&EntityRow> {
        self.numbers.get(id).map(|number| &self.entities()[*number as usize])
    }

    /// The name of what has this identifier; the identifier where nothing has it.
    pub(super) fn name<'s>(&'s self, id: &'s str) -> &'s str {
        self.entity(id).map_or(id, |entity| entity.name.as_str())
    }

    /// Where an address of an earlier build, of a part of a meeting, or of a document by its path, leads today.
    pub(super) fn elsewhere(&self, address: &str) -> Option<String> {
        if let Some(number) = self.others.get(address) {
            return Some(self.entities()[*number as usize].id.clone());
        }
        let (page, place) = super::page::place(address);
        (!place.is_empty() && self.entity(address).is_some()).then(|| format!("{page}#{place}"))
    }

    /// Identifiers of all entities of a kind.
    pub(super) fn ids(&self, kind: &str) -> Vec<String> {
        self.entities().iter().filter(|entity| entity.kind == kind).map(|entity| entity.id.clone()).collect()
    }

    /// How many entities there are of a kind.
    pub(super) fn count(&self, kind: &str) -> usize {
        self.entities().iter().filter(|entity| entity.kind == kind).count()
    }

    /// The organisations that are bodies whose meetings are minuted.
    pub(super) fn bodies(&self) -> impl Iterator<Item = &EntityRow> {
        self.entities().iter().filter(|entity| entity.kind == "organisation" && self.is_body(&entity.id))
    }

    /// How many meetings there are minutes of.
    pub(super) fn held(&self) -> usize {
        self.rows[Of::MeetingsOfMeeting as usize].iter().filter(|rows| !rows.is_empty()).count()
    }

    /// Rows of a table that speak of an entity.
    pub(super) fn of<'s, R>(&'s self, table: &'s [R], of: Of, id: &str) -> impl Iterator<Item = &'s R> + Clone {
        let rows = self.numbers.get(id).and_then(|number| self.rows[of as usize].get(*number as usize));
        rows.map_or(&[][..], Vec::as_slice).iter().map(|row| &table[*row as usize])
    }

    /// Identifier of the document of this path; empty where there is none.
    pub(super) fn document(&self, path: &str) -> &str {
        let number = self.others.get(&format!("document/{path}"));
        number.map_or("", |number| self.entities()[*number as usize].id.as_str())
    }

    /// A place in a document, as tables write it.
    pub(super) fn words(&self, path: &str, start: &str, end: &str) -> Option<Words> {
        let document = self.document(path);
        match (start.parse(), end.parse()) {
            (Ok(start), Ok(end)) if !document.is_empty() => {
                Some(Words { document: document.to_owned(), start, end, here: false })
            }
            _ => None,
        }
    }

    /// Whether an organisation is a body whose meetings are minuted.
    pub(super) fn is_body(&self, id: &str) -> bool {
        self.of(self.meetings(), Of::MeetingsOfBody, id).next().is_some()
    }

    /// Rows of the meetings of a body, each meeting once, by date.
    pub(super) fn sittings(&self, body: &str) -> Vec<&MeetingRow> {
        let mut once: BTreeMap<(&str, &str), &MeetingRow> = BTreeMap::new();
        for row in self.of(self.meetings(), Of::MeetingsOfBody, body) {
            once.entry((&row.date, &row.meeting)).or_insert(row);
        }
        once.into_values().collect()
    }

    /// The row of a meeting: the first of its documents.
    pub(super) fn meeting(&self, id: &str) -> Option<&MeetingRow> {
        self.of(self.meetings(), Of::MeetingsOfMeeting, id).next()
    }

    pub(super) fn facts(&self) -> Facts<'_> {
        Facts { meetings: self.meetings(), attendance: self.attendance(), panel: self.panel() }
    }

    fn figures(&self, by: By) -> FxHashMap<String, Vec<Figure>> {
        let mut all: FxHashMap<String, Vec<Figure>> = FxHashMap::default();
        for figure in attendance(&self.facts(), by, &Selection::default()).figures {
            let id = figure.labels.first().cloned().unwrap_or_default();
            all.entry(id).or_default().push(figure);
        }
        all
    }

    /// Attendance of a person, body by body.
    pub(super) fn person_figures(&self, id: &str) -> &[Figure] {
        self.people.get_or_init(|| self.figures(By::Person)).get(id).map_or(&[], Vec::as_slice)
    }

    /// Attendance of an organisation, body by body.
    pub(super) fn organisation_figures(&self, id: &str) -> &[Figure] {
        self.organisations.get_or_init(|| self.figures(By::Organisation)).get(id).map_or(&[], Vec::as_slice)
    }

    pub(super) fn search(&self) -> &Index {
        self.search.get_or_init(|| Index::new(self))
    }
}
