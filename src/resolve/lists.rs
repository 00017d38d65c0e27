//! A list for each document, all in one piece of memory: it is given back whole when it is no longer needed, where lists
//! of their own would leave holes between what stays.

/// The lists, by document.
#[derive(Clone, Debug)]
pub(super) struct Lists<T> {
    all: Vec<T>,
    ends: Vec<usize>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { all: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Lists<T> {
    /// The list of a document; empty where there is no such document.
    pub(super) fn of(&self, document: u32) -> &[T] {
        let document = document as usize;
        let start = document.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(document).and_then(|end| self.all.get(start..*end)).unwrap_or(&[])
    }

    /// Adds the list of the next document.
    pub(super) fn push(&mut self, list: &[T])
    where
        T: Clone,
    {
        self.all.extend_from_slice(list);
        self.ends.push(self.all.len());
    }

    /// How many documents there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }
}

impl<T> FromIterator<Vec<T>> for Lists<T> {
    fn from_iter<I: IntoIterator<Item = Vec<T>>>(lists: I) -> Self {
        let mut all = Self::default();
        for list in lists {
            all.all.extend(list);
            all.ends.push(all.all.len());
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_document_has_its_own() {
        let lists: Lists<u8> = [vec![1, 2], vec![], vec![3]].into_iter().collect();
        assert_eq!([lists.of(0), lists.of(1), lists.of(2), lists.of(3)], [&[1, 2][..], &[], &[3], &[]]);
        assert_eq!(lists.len(), 3);
    }
}
