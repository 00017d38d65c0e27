//! Look-ups for RDF: which documents describe an entity, which relations belong to a document, and which node
//! bears the words of a relation. Numbers only; nothing of the graph is copied.

use std::fmt::Write;

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::term::{Base, Iri};
use crate::export::Job;
use crate::model::{
    ActionRecord, Basis, DecisionRecord, DocumentId, Entity, EntityId, EntityKind, Graph, ItemRecord, Predicate,
    Qualifier, Relation, Tenure,
};

/// Positions of relations, gathered by document.
struct Groups {
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

    fn of(&self, key: u32) -> &[u32] {
        &self.positions[self.starts[key as usize] as usize..self.starts[key as usize + 1] as usize]
    }
}

/// The look-ups.
pub(super) struct Index<'g> {
    pub(super) job: &'g Job<'g>,
    pub(super) graph: &'g Graph,
    pub(super) base: &'g Base,
    numbers: &'g Numbers,
}

/// The look-ups as numbers, which all RDF formats share.
pub(in crate::export) struct Numbers {
    /// Documents, meetings, items, decisions and actions with the documents that describe them, sorted.
    describing: Vec<(EntityId, DocumentId)>,
    relations_in: Groups,
    /// What the attendance of a document says of a person, sorted: the meeting, for whom, in whose place.
    listed: Vec<(DocumentId, EntityId, EntityId)>,
    /// Place of an item among the items of its meeting, from 1; 0 for anything else.
    place: Vec<u32>,
}

/// The records of the document that was asked for last: entities that one document describes follow each other.
#[derive(Default)]
pub(super) struct Told {
    document: Option<DocumentId>,
    pub(super) items: Vec<ItemRecord>,
    pub(super) decisions: Vec<DecisionRecord>,
    pub(super) actions: Vec<ActionRecord>,
}

impl Told {
    /// The records of a document.
    pub(super) fn by(&mut self, graph: &Graph, document: DocumentId) -> &Self {
        if self.document != Some(document) {
            let (items, decisions) = (graph.items.of(document), graph.decisions.of(document));
            *self = Self { document: Some(document), items, decisions, actions: graph.actions.of(document) };
        }
        self
    }
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

impl Numbers {
    fn new(graph: &Graph) -> Self {
        let mut place = vec![0; graph.entities.len()];
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
        let documents = (0..).map(DocumentId).zip(&graph.documents).map(|(d, record)| (record.entity, d));
        let mut describing: Vec<_> = documents
            .chain(graph.meetings.iter().map(|m| (m.meeting, m.document)))
            .chain(graph.items.iter().map(|i| (i.item, i.document)))
            .chain(graph.decisions.iter().map(|d| (d.decision, d.document)))
            .chain(graph.actions.iter().map(|a| (a.action, a.document)))
            .collect();
        describing.sort_unstable();
        describing.dedup();
        let mut listed = Vec::new();
        for row in &graph.attendance {
            let others = row.organisations.iter().map(|(o, _)| *o).chain(row.substitute_for);
            listed.extend(std::iter::once(row.meeting).chain(others).map(|other| (row.document, row.person, other)));
        }
        listed.sort_unstable();
        let documents_of = graph.relations.edges().iter().map(|edge| edge.document().map(|d| d.0));
        let relations_in = Groups::new(graph.documents.len(), documents_of);
        Self { describing, relations_in, listed, place }
    }
}

impl<'g> Index<'g> {
    pub(super) fn new(job: &'g Job<'g>) -> Self {
        let numbers = job.numbers.get_or_init(|| Numbers::new(job.graph));
        Self { job, graph: job.graph, base: job.base, numbers }
    }

    /// Place of an item among the items of its meeting, from 1.
    pub(super) fn place(&self, item: EntityId) -> u32 {
        self.numbers.place[item.0 as usize]
    }

    /// The documents that describe an entity, in order.
    pub(super) fn describing(&self, entity: EntityId) -> impl Iterator<Item = DocumentId> {
        let all = &self.numbers.describing;
        let start = all.partition_point(|(described, _)| *described < entity);
        all[start..].iter().take_while(move |(described, _)| *described == entity).map(|(_, d)| *d)
    }

    /// Whether a document's own graph describes the entity.
    pub(super) fn is_described(&self, entity: EntityId) -> bool {
        self.describing(entity).next().is_some()
    }

    /// What one document states, with its words.
    pub(super) fn stated(&self, document: DocumentId) -> Vec<Relation> {
        let positions = self.numbers.relations_in.of(document.0).iter();
        positions.filter_map(|position| self.graph.relations.get(*position as usize)).collect()
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

    /// The node that bears the words of a relation.
    pub(super) fn witness(&self, relation: &Relation) -> Witness {
        let node = self.node(relation);
        node.map_or_else(|| Witness::Statement(self.statement(relation)), Witness::Node)
    }

    fn node(&self, relation: &Relation) -> Option<Iri> {
        let document = relation.document?;
        let (subject, object) = (relation.subject, relation.object);
        let described = |id: EntityId| self.is_described(id).then(|| self.iri(id));
        let listed = |other: EntityId| self.numbers.listed.binary_search(&(document, subject, other)).is_ok();
        match relation.predicate {
            Predicate::Attended | Predicate::Apologised | Predicate::AbsentFrom | Predicate::Chairs => {
                listed(object).then(|| self.participation(object, subject))
            }
            Predicate::Represents | Predicate::SubstitutedFor => {
                let meeting = relation.meeting.filter(|meeting| listed(*meeting) && listed(object))?;
                Some(self.participation(meeting, subject))
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
pub(super) fn memberships(graph: &Graph, base: &Base, tenures: &[Tenure]) -> Vec<Iri> {
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
    let mut paths: Vec<String> = tenures.iter().map(path).collect();
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
