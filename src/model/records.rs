//! What documents have many of, mentions, attendance, items, decisions, actions: kept on a [`Shelf`], a list for each
//! document, so that memory holds where each list begins.
//!
//! In: the list of each document, in the order of documents. Out: all records in order, or those of one document. Records
//! are written before entities have their final numbers: these are put in when records are read.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{
    ActionRecord, AttendanceRecord, DecisionRecord, DocumentId, EntityId, EntityKind, ItemRecord, Quote,
    ResolvedMention, Rows, Shelf,
};

/// Something that a document says in one place.
pub trait Record: Serialize + DeserializeOwned {
    /// The document.
    fn document(&self) -> DocumentId;

    /// What orders the records of one document.
    fn place(&self) -> (&Quote, Option<EntityKind>, Option<EntityId>);

    /// All entities that it names.
    fn entities(&mut self) -> impl Iterator<Item = &mut EntityId>;
}

/// Records, by document and place.
#[derive(Clone, Debug)]
pub struct Records<T> {
    rows: Rows<Vec<T>>,
    length: usize,
    order: Arc<[DocumentId]>,
    numbers: Arc<[EntityId]>,
}

impl<T> Default for Records<T> {
    fn default() -> Self {
        Self { rows: Rows::default(), length: 0, order: Arc::default(), numbers: Arc::default() }
    }
}

impl<T: Record> Records<T> {
    /// None yet; they will be on the shelf.
    pub fn on(shelf: Arc<dyn Shelf>) -> Self {
        Self { rows: Rows::on(shelf), ..Self::default() }
    }

    /// Adds the records of the next document.
    pub fn push(&mut self, records: &Vec<T>) {
        self.length += records.len();
        self.rows.push(records);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Entities have other numbers from now on.
    pub(crate) fn renumber(&mut self, numbers: &Arc<[EntityId]>) {
        self.numbers = Arc::clone(numbers);
    }

    /// Documents come in this order from now on; those that are not in it have no record.
    pub(crate) fn reorder(&mut self, order: &Arc<[DocumentId]>) {
        self.order = Arc::clone(order);
    }

    /// All records, by document and place.
    pub fn iter(&self) -> impl Iterator<Item = T> {
        let all = if self.order.is_empty() { 0..self.rows.len() as u32 } else { 0..0 };
        self.order.iter().copied().chain(all.map(DocumentId)).flat_map(|document| self.of(document))
    }

    /// The records of a document, by place.
    pub fn of(&self, document: DocumentId) -> Vec<T> {
        let mut records = self.rows.get(document.0).unwrap_or_default();
        for entity in records.iter_mut().flat_map(T::entities) {
            *entity = self.numbers.get(entity.0 as usize).copied().unwrap_or(*entity);
        }
        records.sort_by(|a, b| a.place().cmp(&b.place()));
        records
    }
}

impl<T: Record> FromIterator<T> for Records<T> {
    fn from_iter<I: IntoIterator<Item = T>>(records: I) -> Self {
        let (mut all, mut order) = (Self::default(), Vec::new());
        let mut lists: BTreeMap<DocumentId, Vec<T>> = BTreeMap::new();
        for record in records {
            let list = lists.entry(record.document()).or_default();
            if list.is_empty() {
                order.push(record.document());
            }
            list.push(record);
        }
        let documents = lists.keys().last().map_or(0, |last| last.0 + 1);
        (0..documents).for_each(|d| all.push(&lists.remove(&DocumentId(d)).unwrap_or_default()));
        all.reorder(&order.into());
        all
    }
}

impl<'r, T: Record> IntoIterator for &'r Records<T> {
    type Item = T;
    type IntoIter = Box<dyn Iterator<Item = T> + 'r>;

    fn into_iter(self) -> Self::IntoIter {
        Box::new(self.iter())
    }
}

impl Record for ResolvedMention {
    fn document(&self) -> DocumentId {
        self.document
    }

    fn place(&self) -> (&Quote, Option<EntityKind>, Option<EntityId>) {
        (&self.quote, Some(self.kind), self.entity)
    }

    fn entities(&mut self) -> impl Iterator<Item = &mut EntityId> {
        self.entity.iter_mut()
    }
}

impl Record for AttendanceRecord {
    fn document(&self) -> DocumentId {
        self.document
    }

    fn place(&self) -> (&Quote, Option<EntityKind>, Option<EntityId>) {
        (&self.quote, None, Some(self.person))
    }

    fn entities(&mut self) -> impl Iterator<Item = &mut EntityId> {
        let organisations = self.organisations.iter_mut().map(|(organisation, _)| organisation);
        [&mut self.meeting, &mut self.person].into_iter().chain(organisations).chain(&mut self.substitute_for)
    }
}

impl Record for ItemRecord {
    fn document(&self) -> DocumentId {
        self.document
    }

    fn place(&self) -> (&Quote, Option<EntityKind>, Option<EntityId>) {
        (&self.quote, None, Some(self.item))
    }

    fn entities(&mut self) -> impl Iterator<Item = &mut EntityId> {
        [&mut self.item, &mut self.meeting].into_iter()
    }
}

impl Record for DecisionRecord {
    fn document(&self) -> DocumentId {
        self.document
    }

    fn place(&self) -> (&Quote, Option<EntityKind>, Option<EntityId>) {
        (&self.quote, None, Some(self.decision))
    }

    fn entities(&mut self) -> impl Iterator<Item = &mut EntityId> {
        let people = self.mover.iter_mut().chain(&mut self.seconder);
        [&mut self.decision, &mut self.meeting].into_iter().chain(&mut self.item).chain(people)
    }
}

impl Record for ActionRecord {
    fn document(&self) -> DocumentId {
        self.document
    }

    fn place(&self) -> (&Quote, Option<EntityKind>, Option<EntityId>) {
        (&self.quote, None, Some(self.action))
    }

    fn entities(&mut self) -> impl Iterator<Item = &mut EntityId> {
        [&mut self.action, &mut self.meeting].into_iter().chain(&mut self.item).chain(&mut self.owners)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(document: u32, start: u32) -> ItemRecord {
        let quote = Quote { start, ..Quote::default() };
        let (number, title) = Default::default();
        ItemRecord { item: EntityId(1), meeting: EntityId(0), number, title, document: DocumentId(document), quote }
    }

    #[test]
    fn records_come_by_document_and_place_with_the_numbers_of_the_end() {
        let mut items: Records<ItemRecord> = [item(2, 5), item(0, 7), item(0, 3)].into_iter().collect();
        let places =
            |items: &Records<ItemRecord>| items.iter().map(|i| (i.document.0, i.quote.start)).collect::<Vec<_>>();
        assert_eq!(places(&items), [(2, 5), (0, 3), (0, 7)]);
        assert_eq!((items.len(), items.of(DocumentId(1)).len(), items.of(DocumentId(9)).len()), (3, 0, 0));
        items.reorder(&Arc::default());
        items.renumber(&[EntityId(8), EntityId(9)].into());
        assert_eq!(places(&items), [(0, 3), (0, 7), (2, 5)]);
        assert!(items.iter().all(|i| (i.meeting, i.item) == (EntityId(8), EntityId(9))));
    }
}
