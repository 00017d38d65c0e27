//! People of one document by parts of their names. In: names as they are found. Out: candidates, in order of the
//! text. Says who may fit, never who does.

use rustc_hash::FxHashMap;

use super::person::PersonName;

/// What people are looked up by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key<'k> {
    /// Letters of the whole name.
    Whole(&'k str),
    /// Letters of the surname.
    Family(&'k str),
    /// The first given name, folded.
    Given(&'k str),
    /// First letter of the first given name.
    Initial(Option<char>),
    /// The first given name and the first letter of the surname: where a slip of the pen is looked for.
    Slip(&'k str, Option<char>),
}

impl<'k> Key<'k> {
    /// Where a slip of the pen in this name is looked for.
    pub(super) fn slip(name: &'k PersonName) -> Self {
        Key::Slip(name.given.first().map_or("", String::as_str), name.family.chars().next())
    }

    fn text(&self) -> String {
        match self {
            Key::Whole(w) => format!("w{w}"),
            Key::Family(w) => format!("f{w}"),
            Key::Given(w) => format!("g{w}"),
            Key::Initial(c) => format!("i{}", c.unwrap_or(' ')),
            Key::Slip(w, c) => format!("s{w} {}", c.unwrap_or(' ')),
        }
    }
}

/// People by what they are looked up by, so that a document of many names is read in linear time.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    people: FxHashMap<String, Vec<usize>>,
    /// First given names, in order of the text.
    pub given: Vec<String>,
}

impl Index {
    /// Enters a person under everything that the name is looked up by.
    pub(super) fn enter(&mut self, person: usize, name: &PersonName) {
        let given = name.given.first().map_or("", String::as_str);
        if !given.is_empty() && !self.people.contains_key(&Key::Given(given).text()) {
            self.given.push(given.to_owned());
        }
        for key in [
            Key::Whole(&name.whole),
            Key::Family(&name.family),
            Key::Given(given),
            Key::Initial(given.chars().next()),
            Key::slip(name),
        ] {
            self.people.entry(key.text()).or_default().push(person);
        }
    }

    /// People whom any of the keys finds, each once, in order of the text.
    pub(super) fn candidates(&self, keys: &[Key]) -> Vec<usize> {
        let mut found: Vec<usize> = keys.iter().filter_map(|k| self.people.get(&k.text())).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn each_key_finds_its_people_once() {
        let mut index = Index::default();
        for (i, name) in ["John Smith", "Jane Smith", "John Moore"].iter().enumerate() {
            index.enter(i, &PersonName::new(name, Lexicon::embedded()));
        }
        assert_eq!(index.candidates(&[Key::Family("smith"), Key::Given("john")]), [0, 1, 2]);
        assert_eq!(index.candidates(&[Key::Whole("janesmith")]), [1]);
        assert!(index.candidates(&[Key::Family("jones")]).is_empty());
    }
}
