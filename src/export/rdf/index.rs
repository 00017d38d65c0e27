//! Look-ups for RDF: which records and relations belong to an entity, which to a document, and which node
//! bears the words of a relation. Numbers only; nothing of the graph is copied.

use std::fmt::Write;

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::term::{Base, Iri};
use crate::export::Job;
use crate::model::{
    AttendanceRecord, Basis, DocumentId, Entity, EntityId, EntityKind, Graph, Predicate, Qualifier, Relation,
    Relations, Tenure,
};

/// Positions in a vector, gathered by a number.
pub(super) struct Groups {
    starts: Vec<u32>,
    positions: Vec<u32>,
}

impl Groups {
    /// Gathers positions by their key, in the order in which they come; `None` belongs nowhere.
    fn new(groups: usize, keys: impl Iterator<Item = Option<u32>> + Clone) -> Self {
        let mut starts = vec![0; groups + 1];
        for key in keys.clone().flatten() {
            starts[key as usize + 1] += 1;
        }
        for i in 0..groups {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut positions = vec![0; starts[groups] as usize];
        for (position, key) in keys.enumerate() {
            if let Some(key) = key {
                positions[next[key as usize] as usize] = position as u32;
                next[key as usize] += 1;
            }
        }
        Self { starts, positions }
    }

    fn range(&self, key: u32) -> std::ops::Range<usize> {
        self.starts[key as usize] as usize..self.starts[key as usize + 1] as usize
    }

    /// The relations of a group, with their words.
    pub(super) fn relations(&self, key: u32, relations: &Relations) -> Vec<Relation> {
        self.positions[self.range(key)].iter().filter_map(|&i| relations.get(i as usize)).collect()
    }

    /// The records of a group.
    pub(super) fn of<'g, T>(&self, key: u32, records: &'g [T]) -> impl Iterator<Item = &'g T> {
        self.positions[self.range(key)].iter().map(|&i| &records[i as usize])
    }
}

/// The look-ups.
pub(super) struct Index<'g> {
    pub(super) job: &'g Job<'g>,
    pub(super) graph: &'g Graph,
    pub(super) base: &'g Base,
    pub(super) documents_of: Groups,
    pub(super) meetings_of: Groups,
    pub(super) attendance_of: Groups,
    pub(super) items_of: Groups,
    pub(super) decisions_of: Groups,
    pub(super) actions_of: Groups,
    pub(super) tenures_of: Groups,
    pub(super) relations_of: Groups,
    pub(super) meetings_in: Groups,
    pub(super) attendance_in: Groups,
    pub(super) items_in: Groups,
    pub(super) decisions_in: Groups,
    pub(super) actions_in: Groups,
    pub(super) relations_in: Groups,
    /// Positions in the attendance, by meeting, document and person.
    attended: Groups,
    /// Place of an item among the items of its meeting, from 1; 0 for anything else.
    pub(super) place: Vec<u32>,
    /// Whether a document's own graph describes the entity.
    pub(super) described: Vec<bool>,
}

/// The node that bears the words of a relation.
pub(super) enum Witness {
    /// A node that describes more than this relation.
    Node(Iri),
    /// The relation itself, as a statement.
    Statement(Iri),
}

impl Witness {
    pub(super) fn iri(&self) -> &Iri {
        let (Self::Node(iri) | Self::Statement(iri)) = self;
        iri
    }
}

impl<'g> Index<'g> {
    pub(super) fn new(job: &'g Job<'g>) -> Self {
        let graph = job.graph;
        let (entities, documents) = (graph.entities.len(), graph.documents.len());
        let person = |a: &AttendanceRecord| (a.document, a.person);
        let mut attended = Groups::new(entities, graph.attendance.iter().map(|a| Some(a.meeting.0)));
        for meeting in 0..entities as u32 {
            let range = attended.range(meeting);
            attended.positions[range].sort_by_key(|&i| person(&graph.attendance[i as usize]));
        }
        let mut described = vec![false; entities];
        let mut place = vec![0; entities];
        let (mut meeting, mut last) = (None, 0);
        for item in &graph.items {
            if meeting != Some(item.meeting) {
                (meeting, last) = (Some(item.meeting), 0);
            }
            if place[item.item.0 as usize] == 0 {
                last += 1;
                place[item.item.0 as usize] = last;
            }
        }
        let by_record = (graph.documents.iter().map(|d| d.entity))
            .chain(graph.meetings.iter().map(|m| m.meeting))
            .chain(graph.items.iter().map(|i| i.item))
            .chain(graph.decisions.iter().map(|d| d.decision))
            .chain(graph.actions.iter().map(|a| a.action));
        for EntityId(entity) in by_record {
            described[entity as usize] = true;
        }
        Self {
            job,
            graph,
            base: job.base,
            documents_of: Groups::new(entities, graph.documents.iter().map(|d| Some(d.entity.0))),
            meetings_of: Groups::new(entities, graph.meetings.iter().map(|m| Some(m.meeting.0))),
            attendance_of: Groups::new(entities, graph.attendance.iter().map(|a| Some(a.meeting.0))),
            items_of: Groups::new(entities, graph.items.iter().map(|i| Some(i.item.0))),
            decisions_of: Groups::new(entities, graph.decisions.iter().map(|d| Some(d.decision.0))),
            actions_of: Groups::new(entities, graph.actions.iter().map(|a| Some(a.action.0))),
            tenures_of: Groups::new(entities, graph.tenures.iter().map(|t| Some(t.person.0))),
            relations_of: Groups::new(entities, graph.relations.edges().iter().map(|r| Some(r.subject.0))),
            meetings_in: Groups::new(documents, graph.meetings.iter().map(|m| Some(m.document.0))),
            attendance_in: Groups::new(documents, graph.attendance.iter().map(|a| Some(a.document.0))),
            items_in: Groups::new(documents, graph.items.iter().map(|i| Some(i.document.0))),
            decisions_in: Groups::new(documents, graph.decisions.iter().map(|d| Some(d.document.0))),
            actions_in: Groups::new(documents, graph.actions.iter().map(|a| Some(a.document.0))),
            relations_in: Groups::new(documents, graph.relations.edges().iter().map(|r| r.document().map(|d| d.0))),
            attended,
            place,
            described,
        }
    }

    pub(super) fn entity(&self, id: EntityId) -> &'g Entity {
        self.graph.entity(id)
    }

    /// The IRI of an entity.
    pub(super) fn iri(&self, id: EntityId) -> Iri {
        self.base.iri(&self.entity(id).iri)
    }

    /// The entity that a qualifier names, if it names one.
    pub(super) fn qualifier(&self, relation: &Relation, qualifier: Qualifier) -> Option<EntityId> {
        self.graph.by_iri(value(relation, qualifier)?)
    }

    /// The meeting, person and document of an attendance record, as one node.
    pub(super) fn participation(&self, meeting: EntityId, person: EntityId) -> Iri {
        Base::part(&self.iri(meeting), &format!("participation/{}", slug(self.entity(person))))
    }

    fn attendance(&self, meeting: EntityId, person: EntityId, document: DocumentId) -> Option<&'g AttendanceRecord> {
        let positions = &self.attended.positions[self.attended.range(meeting.0)];
        let record = |i: &u32| &self.graph.attendance[*i as usize];
        let found = positions.binary_search_by_key(&(document, person), |i| (record(i).document, record(i).person));
        found.ok().map(|at| record(&positions[at]))
    }

    /// The node that bears the words of a relation.
    pub(super) fn witness(&self, relation: &Relation) -> Witness {
        let node = self.node(relation);
        node.map_or_else(|| Witness::Statement(self.statement(relation)), Witness::Node)
    }

    fn node(&self, relation: &Relation) -> Option<Iri> {
        let document = relation.document?;
        let (subject, object) = (relation.subject, relation.object);
        let described = |id: EntityId| self.described[id.0 as usize].then(|| self.iri(id));
        match relation.predicate {
            Predicate::Attended | Predicate::Apologised | Predicate::AbsentFrom | Predicate::Chairs => {
                self.attendance(object, subject, document).map(|_| self.participation(object, subject))
            }
            Predicate::Represents => {
                let meeting = relation.meeting?;
                let record = self.attendance(meeting, subject, document)?;
                let listed = record.organisations.iter().any(|(o, _)| *o == object);
                listed.then(|| self.participation(meeting, subject))
            }
            Predicate::SubstitutedFor => {
                let meeting = relation.meeting?;
                let record = self.attendance(meeting, subject, document)?;
                (record.substitute_for == Some(object)).then(|| self.participation(meeting, subject))
            }
            Predicate::Presented => Some(self.under(object, "presentation", subject)),
            Predicate::DeclaredInterest => Some(self.under(object, "interest", subject)),
            Predicate::ElectedTo => {
                let election = self.under(relation.meeting?, "election", subject);
                Some(Base::part(&election, slug(self.entity(object))))
            }
            Predicate::SucceededBy => {
                let path = format!("change/{}/{}", slug(self.entity(subject)), slug(self.entity(object)));
                Some(self.base.iri(&path))
            }
            Predicate::Moved | Predicate::Seconded | Predicate::Decided | Predicate::ResponsibleFor => {
                described(object)
            }
            Predicate::DecisionOf | Predicate::ItemOf | Predicate::MeetingOf => described(subject),
            _ => None,
        }
    }

    /// A node under another: `…/presentation/bob-bearne`. Organisations are kept apart from people.
    fn under(&self, of: EntityId, what: &str, who: EntityId) -> Iri {
        let who = self.entity(who);
        let apart = if who.kind == EntityKind::Person { "" } else { "organisation/" };
        Base::part(&self.iri(of), &format!("{what}/{apart}{}", slug(who)))
    }

    /// A statement is named by all that it says, so that no other document can rename it.
    fn statement(&self, relation: &Relation) -> Iri {
        let mut hash = Sha256::new();
        let mut put = |part: &str| {
            hash.update(part.as_bytes());
            hash.update([0]);
        };
        put(&self.entity(relation.subject).iri);
        put(relation.predicate.name());
        put(&self.entity(relation.object).iri);
        put(relation.document.map_or("", |d| self.job.view.path(d)));
        put(&format!("{} {}", relation.quote.start, relation.quote.end));
        put(&relation.rule);
        for (qualifier, value) in &relation.qualifiers {
            put(qualifier.name());
            put(value);
        }
        let mut path = String::from("statement/");
        for byte in hash.finalize().iter().take(8) {
            // Writing to a string cannot fail.
            let _ = write!(path, "{byte:02x}");
        }
        self.base.iri(&path)
    }
}

/// The value of a qualifier.
pub(super) fn value(relation: &Relation, qualifier: Qualifier) -> Option<&str> {
    relation.qualifiers.iter().find(|(q, _)| *q == qualifier).map(|(_, v)| v.as_str())
}

/// The identifier of an entity without its kind.
pub(super) fn slug(entity: &Entity) -> &str {
    entity.iri.split_once('/').map_or(&entity.iri, |(_, rest)| rest)
}

/// Names the tenures of one person by who, where, what and for whom, and by their term where one is stated: a meeting that is
/// read later moves what was seen first, and must not rename it. Only where that does not tell them apart,
/// what was seen first does.
pub(super) fn memberships(graph: &Graph, base: &Base, tenures: &[&Tenure]) -> Vec<Iri> {
    let path = |tenure: &Tenure| {
        let mut path = format!("membership/{}", slug(graph.entity(tenure.person)));
        for (what, id) in [("at", tenure.organisation), ("as", tenure.role), ("for", tenure.on_behalf_of)] {
            if let Some(id) = id {
                path.extend(["/", what, "/", slug(graph.entity(id))]);
            }
        }
        if tenure.basis == Basis::Stated {
            let start = tenure.start.or(tenure.end).map(|d| d.to_string());
            let term = if tenure.term.is_empty() { start } else { Some(tenure.term.replace(['/', ' '], "-")) };
            path.extend(term.iter().flat_map(|t| ["/", t]));
        }
        path
    };
    let mut paths: Vec<String> = tenures.iter().map(|tenure| path(tenure)).collect();
    let mut times: FxHashMap<&str, u32> = FxHashMap::default();
    for path in &paths {
        *times.entry(path).or_default() += 1;
    }
    let shared: Vec<bool> = paths.iter().map(|path| times.get(path.as_str()).is_some_and(|&n| n > 1)).collect();
    for ((path, tenure), shared) in paths.iter_mut().zip(tenures).zip(shared) {
        if let (true, Some(date)) = (shared, tenure.first_seen.or(tenure.start)) {
            path.extend(["/from/", &date.to_string()]);
        }
    }
    paths.iter().map(|path| base.iri(path)).collect()
}
