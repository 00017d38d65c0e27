//! Parts of names inside one document: "Mr. Bearne", "Gurjit", "RB". In: the people of the document. Out: the one
//! person who fits; a surname with a title that fits nobody is a person of its own, anything else is left with the
//! reason. Never guesses between two.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::fold;

use super::document_index::Key;
use super::document_people::{Form, Found, LocalPerson, Work, dress_conflict, gender_conflict};
use super::person::{PersonName, initials_fit};

/// Whether words are initials that stand for a name: `RB`, `R.B.`, `PWh`.
pub(super) fn is_letters(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    (2..=5).contains(&letters.len())
        && letters.iter().all(|c| c.is_alphabetic())
        && letters[0].is_uppercase()
        && letters[1].is_uppercase()
        && letters.iter().filter(|c| c.is_lowercase()).count() <= 3
}

impl Work<'_> {
    /// A surname, a surname with a title, or a given name alone.
    pub(super) fn parts_of_names(&mut self, forms: Vec<Form>, listed: &FxHashMap<u32, String>) {
        // Those whom a list names stand before whoever may be meant by a part of their name.
        let (entries, rest): (Vec<_>, Vec<_>) =
            forms.into_iter().partition(|form| form.mentions.iter().any(|m| listed.contains_key(m)));
        for form in entries.into_iter().chain(rest) {
            let word = form.name.family.as_str();
            let rule = form.mentions.iter().find_map(|m| listed.get(m));
            let open = |p: &LocalPerson| {
                let gender = form.name.gender.is_some() && gender_conflict(&p.name, &form.name, self.lexicon);
                let judged = form.mentions.iter().any(|m| self.judged_apart(p, *m));
                // Another entry of the same list is another person.
                let listed = rule.is_some_and(|r| p.rules.contains(r));
                !(gender || judged || listed || dress_conflict(&p.name, &form.name))
            };
            let family = [Key::Family(word)];
            let mut short: Vec<Key> = self.given_names(word).into_iter().map(Key::Given).collect();
            short.push(Key::Given(word));
            let either: Vec<Key> = family.iter().chain(&short).cloned().collect();
            // A list that names one by the surname alone names somebody all the same.
            let by_surname = |p: &LocalPerson| {
                (!p.name.given.is_empty() || (rule.is_none() && p.listed)) && p.name.family == word && open(p)
            };
            // A short form names whom the list gives in full; "Dominic" is not the Nick of the list.
            let by_given = |p: &LocalPerson| {
                let short = |g: &String| word.len() <= g.len() && self.lexicon.are_nicknames(g, word);
                p.name.given.first().is_some_and(|g| g == word || short(g)) && open(p)
            };
            let exact = |p: &LocalPerson| p.name.whole == form.name.whole && p.name.given.is_empty() && open(p);
            let mut fitting = if form.name.is_titled() {
                self.narrowed(&form.name, &family, by_surname).or(|| self.narrowed(&form.name, &short, by_given))
            } else {
                self.narrowed(&form.name, &either, |p| by_surname(p) || by_given(p))
            };
            if matches!(fitting, Found::None) {
                fitting = self.narrowed(&form.name, &family, exact);
            }
            match fitting {
                Found::One(person) => {
                    let why = if self.people[person].name.given.is_empty() {
                        None
                    } else {
                        Some("the only person of the document whom this part of a name fits")
                    };
                    for (n, mention) in form.mentions.iter().enumerate() {
                        self.join(person, *mention, why.filter(|_| n == 0));
                    }
                }
                // A title before a surname, or a place in a list, makes a person for sure.
                _ if form.name.is_titled() || rule.is_some() => {
                    self.found(&form.name, form.mentions[0]);
                    let last = self.people.len() - 1;
                    self.people[last].listed = rule.is_some();
                    self.people[last].rules.extend(rule.cloned());
                    for mention in &form.mentions[1..] {
                        self.join(last, *mention, None);
                    }
                }
                Found::Several => self.leave(&form.mentions, "several people of the document fit"),
                Found::None => self.leave(&form.mentions, "no person of the document fits"),
            }
        }
    }

    /// Initials that stand for a name, the longer first: `GSo` leaves `GS` to the other.
    pub(super) fn letters(&mut self, mut forms: Vec<Form>, listed: &FxHashMap<u32, String>) {
        forms.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then_with(|| a.text.cmp(&b.text)));
        let defined: FxHashMap<&str, PersonName> = {
            let pairs = self.extraction.abbreviations.iter();
            pairs.map(|a| (a.short.as_str(), PersonName::new(&a.long, self.lexicon))).collect()
        };
        let mut claimed: FxHashSet<u32> = FxHashSet::default();
        for form in forms {
            let open = |p: &LocalPerson| !form.mentions.iter().any(|m| self.judged_apart(p, *m));
            let long = defined.get(form.text.as_str());
            let mut fitting = long.map_or(Found::None, |long| {
                self.narrowed(&form.name, &[Key::Whole(&long.whole)], |p| p.name.whole == long.whole && open(p))
            });
            let initial = [Key::Initial(fold(&form.text).chars().next())];
            if matches!(fitting, Found::None) {
                fitting = self.narrowed(&form.name, &initial, |p| initials_fit(&form.text, &p.name) && open(p));
            }
            if matches!(fitting, Found::Several) {
                let free = |p: &LocalPerson| !claimed.contains(&p.fullest);
                fitting =
                    self.narrowed(&form.name, &initial, |p| initials_fit(&form.text, &p.name) && open(p) && free(p));
            }
            match fitting {
                Found::One(person) => {
                    claimed.insert(self.people[person].fullest);
                    for (n, mention) in form.mentions.iter().enumerate() {
                        self.join(
                            person,
                            *mention,
                            (n == 0).then_some("the only person of the document whom the initials fit"),
                        );
                    }
                }
                _ if form.mentions.iter().any(|m| listed.contains_key(m)) => {
                    self.found(&form.name, form.mentions[0]);
                    let last = self.people.len() - 1;
                    self.people[last].listed = true;
                    for mention in &form.mentions[1..] {
                        self.join(last, *mention, None);
                    }
                }
                Found::Several => self.leave(&form.mentions, "the initials fit several people of the document"),
                Found::None => self.leave(&form.mentions, "the initials fit no person of the document"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::document_people::check;
    use super::super::sample::Sample;
    use crate::model::EntityKind;

    #[test]
    fn parts_of_names_name_the_one_person_who_fits() {
        let mut sample = Sample::document("a.txt");
        sample.in_the_chair("Mr Joe Orson JP");
        sample.present("Mr Bob Bearne", "");
        sample.present("Mr David Frank", "");
        sample.present("Gurjit Samra-Rai", "");
        for short in ["Mr. Bearne", "Gurjit", "GSR", "DF"] {
            sample.short(short);
        }
        sample.person("Mr Dave Frank");
        sample.describe(EntityKind::Person, "the Chairman");
        check(
            &sample,
            &[
                &["Mr Joe Orson JP", "the Chairman"],
                &["Mr Bob Bearne", "Mr. Bearne"],
                &["Mr David Frank", "DF", "Mr Dave Frank"],
                &["Gurjit Samra-Rai", "Gurjit", "GSR"],
            ],
            &[],
        );
    }

    #[test]
    fn a_member_whom_the_list_names_by_surname_is_not_the_official_of_that_name() {
        let mut sample = Sample::document("a.txt");
        sample.listed("Daly", "", crate::model::Status::Present);
        sample.present("Mr. P. Daly", "");
        sample.short("Councillor Daly");
        sample.short("Mr. Daly");
        check(&sample, &[&["Daly", "Councillor Daly"], &["Mr. P. Daly", "Mr. Daly"]], &[]);
    }

    #[test]
    fn longer_initials_leave_the_shorter_to_the_other() {
        let mut sample = Sample::document("a.txt");
        for name in ["Gesche Schmid", "Giuseppe Sollazzo", "Jacqui Taylor", "Jeni Tennison"] {
            sample.present(name, "");
        }
        for letters in ["GS", "GSo", "JT", "JTe"] {
            sample.short(letters);
        }
        check(
            &sample,
            &[
                &["Gesche Schmid", "GS"],
                &["Giuseppe Sollazzo", "GSo"],
                &["Jacqui Taylor", "JT"],
                &["Jeni Tennison", "JTe"],
            ],
            &[],
        );
    }
}
