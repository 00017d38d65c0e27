//! Answers that several writers need and that the graph's vectors give only after a search: built once,
//! read by all. Holds numbers, not copies.

use rustc_hash::FxHashMap;

use crate::model::{DocumentId, Entity, EntityId, Graph, MeetingRecord, Status};

/// Look-ups beside the graph.
pub(super) struct View<'g> {
    graph: &'g Graph,
    /// Record of the meeting that a document minutes, by document.
    by_document: Vec<Option<u32>>,
    /// First record of each meeting.
    by_meeting: FxHashMap<EntityId, u32>,
    /// Who was present at which meeting, sorted, each once.
    present: Vec<(EntityId, EntityId)>,
}

impl<'g> View<'g> {
    pub(super) fn new(graph: &'g Graph) -> Self {
        let mut by_document = vec![None; graph.documents.len()];
        let mut by_meeting = FxHashMap::default();
        for (i, record) in graph.meetings.iter().enumerate() {
            by_document[record.document.0 as usize].get_or_insert(i as u32);
            by_meeting.entry(record.meeting).or_insert(i as u32);
        }
        let listed = graph.attendance.iter().filter(|record| record.status == Status::Present);
        let mut present: Vec<_> = listed.map(|record| (record.person, record.meeting)).collect();
        present.sort_unstable();
        present.dedup();
        present.shrink_to_fit();
        Self { graph, by_document, by_meeting, present }
    }

    pub(super) fn entity(&self, id: EntityId) -> &'g Entity {
        self.graph.entity(id)
    }

    pub(super) fn iri(&self, id: EntityId) -> &'g str {
        &self.entity(id).iri
    }

    pub(super) fn name(&self, id: EntityId) -> &'g str {
        &self.entity(id).name
    }

    /// Path of a document, as the tables name it.
    pub(super) fn path(&self, id: DocumentId) -> &'g str {
        &self.graph.document(id).source.path
    }

    /// What a document says of the meeting that it minutes.
    pub(super) fn of_document(&self, document: DocumentId) -> Option<&'g MeetingRecord> {
        self.by_document[document.0 as usize].map(|i| &self.graph.meetings[i as usize])
    }

    /// Who was present at which meeting, sorted, each once.
    pub(super) fn present(&self) -> &[(EntityId, EntityId)] {
        &self.present
    }

    /// What a document says of a meeting, else what the first document that minutes it says.
    pub(super) fn meeting(&self, meeting: EntityId, document: Option<DocumentId>) -> Option<&'g MeetingRecord> {
        let own = document.and_then(|d| self.of_document(d)).filter(|record| record.meeting == meeting);
        own.or_else(|| self.by_meeting.get(&meeting).map(|&i| &self.graph.meetings[i as usize]))
    }

    /// Name of the body that met; empty where unknown.
    pub(super) fn body_name(&self, record: &MeetingRecord) -> &'g str {
        record.body.map_or("", |body| self.name(body))
    }
}
