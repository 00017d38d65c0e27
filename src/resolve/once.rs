//! Equal things kept once, over all documents: a body's people and organisations are the same from one meeting to the
//! next. In: a shared value, from any thread. Out: the one that was seen first.

use std::hash::{BuildHasher, Hash};
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::{FxBuildHasher, FxHashSet};

/// So many threads can look at a time without waiting for each other.
const PARTS: usize = 32;

/// What was seen.
pub(super) struct Once<T: ?Sized>([Mutex<FxHashSet<Arc<T>>>; PARTS]);

impl<T: ?Sized> Default for Once<T> {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Mutex::default()))
    }
}

impl<T: ?Sized + Eq + Hash> Once<T> {
    /// Puts what was seen before in the place of an equal value.
    pub(super) fn share(&self, value: &mut Arc<T>) {
        let part = FxBuildHasher.hash_one(&**value) as usize % PARTS;
        let mut known = self.0[part].lock().unwrap_or_else(PoisonError::into_inner);
        match known.get(&**value) {
            Some(first) => *value = Arc::clone(first),
            None => _ = known.insert(Arc::clone(value)),
        }
    }
}
