//! Rows that are more than memory should hold: each is written to a [`Shelf`] once, and read back when it is asked for.
//!
//! In: values that can be written as bytes. Out: the same values, by their numbers. Memory holds where each begins.
//! Whoever gives the shelf learns from it what could not be written or read; here a row that cannot be read is none.

use std::fmt::Debug;
use std::marker::PhantomData;
use std::sync::{Arc, PoisonError, RwLock};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A place for bytes, from any thread.
pub trait Shelf: Debug + Send + Sync {
    /// Adds bytes; says where they begin.
    fn put(&self, bytes: &[u8]) -> u64;

    /// So many bytes from a place; none where they cannot be read.
    fn take(&self, at: u64, length: usize) -> Option<Vec<u8>>;
}

/// A shelf in memory.
#[derive(Debug, Default)]
pub struct Memory(RwLock<Vec<u8>>);

impl Shelf for Memory {
    fn put(&self, bytes: &[u8]) -> u64 {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let at = all.len();
        all.extend_from_slice(bytes);
        at as u64
    }

    fn take(&self, at: u64, length: usize) -> Option<Vec<u8>> {
        let at = usize::try_from(at).ok()?;
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.get(at..at.checked_add(length)?).map(<[u8]>::to_vec)
    }
}

/// Where a row is, and how long: three words and no gap, since there are millions.
#[derive(Clone, Copy, Debug)]
pub struct Place([u32; 3]);

impl Place {
    fn new(at: u64, length: usize) -> Self {
        Self([at as u32, (at >> 32) as u32, u32::try_from(length).unwrap_or(0)])
    }

    fn get(self) -> (u64, usize) {
        (u64::from(self.0[0]) | u64::from(self.0[1]) << 32, self.0[2] as usize)
    }
}

/// Rows on a shelf, by number.
#[derive(Clone, Debug)]
pub struct Rows<T> {
    shelf: Arc<dyn Shelf>,
    places: Vec<Place>,
    of: PhantomData<fn() -> T>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self::on(Arc::new(Memory::default()))
    }
}

impl<T> Rows<T> {
    /// No rows yet.
    pub fn on(shelf: Arc<dyn Shelf>) -> Self {
        Self { shelf, places: Vec::new(), of: PhantomData }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Where they are kept.
    pub fn shelf(&self) -> Arc<dyn Shelf> {
        Arc::clone(&self.shelf)
    }
}

impl<T: Serialize + DeserializeOwned> Rows<T> {
    /// Adds a row; its number.
    pub fn push(&mut self, row: &T) -> u32 {
        let place = self.written(row);
        self.add(place)
    }

    /// Writes a row from any thread; it becomes one of these when its place is added.
    pub fn written(&self, row: &T) -> Place {
        // Writing to memory does not fail; a row without bytes is read as none.
        let bytes = postcard::to_allocvec(row).unwrap_or_default();
        Place::new(self.shelf.put(&bytes), bytes.len())
    }

    /// Adds a row that is written; its number.
    pub fn add(&mut self, place: Place) -> u32 {
        self.places.push(place);
        self.places.len() as u32 - 1
    }

    /// What a row begins with: its first field.
    pub fn beginning<U: DeserializeOwned>(&self, number: u32) -> Option<U> {
        let (at, length) = self.places.get(number as usize)?.get();
        postcard::take_from_bytes(&self.shelf.take(at, length)?).ok().map(|(first, _)| first)
    }

    /// All rows, by number.
    pub fn iter(&self) -> impl Iterator<Item = T> {
        (0..self.len() as u32).filter_map(|number| self.get(number))
    }

    /// A row by its number.
    pub fn get(&self, number: u32) -> Option<T> {
        let (at, length) = self.places.get(number as usize)?.get();
        postcard::from_bytes(&self.shelf.take(at, length)?).ok()
    }
}

impl<T: Serialize + DeserializeOwned> FromIterator<T> for Rows<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        let mut all = Self::default();
        rows.into_iter().for_each(|row| _ = all.push(&row));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_back_by_number_in_whatever_order_they_were_written() {
        let mut rows: Rows<(u32, String)> = Rows::default();
        let places: Vec<Place> = (0..3).map(|i| rows.written(&(i, "é".repeat(i as usize)))).collect();
        places.into_iter().rev().for_each(|place| _ = rows.add(place));
        assert_eq!(rows.push(&(7, String::new())), 3);
        assert_eq!(rows.get(0), Some((2, "éé".to_owned())));
        assert_eq!(rows.get(3), Some((7, String::new())));
        assert_eq!((rows.get(4), rows.len()), (None, 4));
    }
}
