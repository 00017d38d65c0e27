//! People inside one document. A full name stands for itself; part of one ("Mr. Bearne", "Gurjit", "RB",
//! "the Chairman") resolves to the one person of the document that fits, attendance list first.
//!
//! Two names of one attendance list are two people, unless an entry repeats the same name. Never guesses
//! between two people that fit.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::lexicon::Lexicon;
use crate::model::{EntityKind, Extraction, Nature};

use super::document::{Local, of_kind};
use super::document_index::{Index, Key};
use super::document_roles::descriptions;
use super::document_shorts::is_letters;
use super::person::{Given, PersonName, given, near};

/// A person within one document.
#[derive(Clone, Debug, Default)]
pub(super) struct LocalPerson {
    /// The name in the fullest form of the document, with the dress of all its forms.
    pub name: Arc<PersonName>,
    /// Mentions, by place.
    pub mentions: Vec<u32>,
    /// The mention whose words are the fullest form.
    pub fullest: u32,
    /// Whether an attendance list names the person.
    pub listed: bool,
    /// Rules of the attendance entries that name the person.
    pub rules: Vec<String>,
    /// Forms of the name that were joined to the fullest: a mention, and why.
    pub joined: Vec<(u32, &'static str)>,
}

/// One way of writing a name, with the mentions that do.
pub(super) struct Form {
    /// The name.
    pub name: PersonName,
    /// Mentions, by place.
    pub mentions: Vec<u32>,
    nature: Nature,
    /// Its words.
    pub text: String,
}

/// In documents with more different given names than this, short forms of them are not looked for.
const MOST_GIVEN_NAMES: usize = 2000;

/// Everything that the steps of this file share.
pub(super) struct Work<'a> {
    /// The document.
    pub extraction: &'a Extraction,
    /// The vocabulary.
    pub lexicon: &'a Lexicon,
    apart: Option<&'a dyn Fn(u32, u32) -> bool>,
    /// The people so far.
    pub people: Vec<LocalPerson>,
    index: Index,
    of_mention: Vec<Result<u32, &'static str>>,
}

/// Resolves the mentions of people and adds them to `local`.
pub(super) fn resolve(
    extraction: &Extraction,
    lexicon: &Lexicon,
    apart: Option<&dyn Fn(u32, u32) -> bool>,
    local: &mut Local,
) {
    let of_mention = std::mem::take(&mut local.of_mention);
    let mut work = Work { extraction, lexicon, apart, people: Vec::new(), index: Index::default(), of_mention };
    let listed = work.attendance_lists();
    let forms = work.forms(&listed);
    let (full, short): (Vec<_>, Vec<_>) = forms.into_iter().partition(|f| f.nature == Nature::Name);
    work.full_names(&full);
    let (letters, parts): (Vec<_>, Vec<_>) = short.into_iter().partition(|f| is_letters(&f.text));
    work.parts_of_names(parts, &listed);
    work.letters(letters, &listed);
    local.people = std::mem::take(&mut work.people);
    local.of_mention = std::mem::take(&mut work.of_mention);
    descriptions(extraction, lexicon, local);
    for person in &mut local.people {
        person.rules = Vec::new();
        person.mentions.sort_unstable();
    }
}

/// Whether a title, a gender or a generation forbids that two names of one surname are one person.
pub(super) fn dress_conflict(a: &PersonName, b: &PersonName) -> bool {
    let genders = matches!((a.gender, b.gender), (Some(x), Some(y)) if x != y);
    let generations = matches!((a.generation, b.generation), (Some(x), Some(y)) if x != y);
    genders || generations
}

/// Whether an initial and a full name differ in the gender that title and given name tell.
pub(super) fn gender_conflict(a: &PersonName, b: &PersonName, lexicon: &Lexicon) -> bool {
    matches!((a.likely_gender(lexicon), b.likely_gender(lexicon)), (Some(x), Some(y)) if x != y)
}

/// Whether two forms of a name are dressed as a member of a council and as one of a government: "Cllr Eddie Ryan" is not
/// "Minister Eamon Ryan", though one name may be short for the other.
pub(super) fn station_conflict(a: &PersonName, b: &PersonName, lexicon: &Lexicon) -> bool {
    let local = |name: &PersonName| name.honorifics.iter().any(|h| h.ends_with("Councillor"));
    let national = |name: &PersonName| name.honorifics.iter().any(|h| h.contains("Minister") || *h == "Senator");
    given(a, b, lexicon) != Given::Same && (local(a) && national(b) || national(a) && local(b))
}

impl Work<'_> {
    fn name(&self, mention: u32) -> PersonName {
        PersonName::new(&self.extraction.mentions[mention as usize].quote.text, self.lexicon)
    }

    /// People of the attendance lists. Returns the rule of the entry for each mention of a person in one.
    fn attendance_lists(&mut self) -> FxHashMap<u32, String> {
        let mut listed = FxHashMap::default();
        for entry in &self.extraction.attendance {
            let Some(mention) = self.extraction.mentions.get(entry.person as usize) else { continue };
            if mention.kind != EntityKind::Person || mention.nature == Nature::Description {
                continue;
            }
            listed.insert(entry.person, entry.rule.to_string());
            if mention.nature == Nature::Name {
                let name = self.name(entry.person);
                let same = self.index.candidates(&[Key::Whole(&name.whole)]).into_iter().find(|p| {
                    let p = &self.people[*p];
                    p.name.whole == name.whole && !dress_conflict(&p.name, &name) && !self.judged_apart(p, entry.person)
                });
                match same {
                    Some(person) => self.join(person, entry.person, None),
                    None => self.found(&name, entry.person),
                }
                if let Ok(person) = self.of_mention[entry.person as usize] {
                    let person = &mut self.people[person as usize];
                    person.listed = true;
                    person.rules.push(entry.rule.to_string());
                }
            }
        }
        listed
    }

    /// The other mentions by the way in which they write the name; the fullest first, then by place.
    fn forms(&self, listed: &FxHashMap<u32, String>) -> Vec<Form> {
        let mut forms: Vec<Form> = Vec::new();
        let mut by_text: FxHashMap<(&str, bool), usize> = FxHashMap::default();
        for (i, text, nature) in of_kind(self.extraction, EntityKind::Person) {
            if nature == Nature::Description || self.of_mention[i as usize].is_ok() {
                continue;
            }
            // An entry of a list is a person by itself; the same words elsewhere may be short for another.
            let entry = listed.contains_key(&i);
            let at = *by_text.entry((text, entry)).or_insert(forms.len());
            if at == forms.len() {
                let name = PersonName::new(text, self.lexicon);
                let nature =
                    if nature == Nature::Name && !name.given.is_empty() { Nature::Name } else { Nature::Short };
                forms.push(Form { name, mentions: Vec::new(), nature, text: text.to_owned() });
            }
            forms[at].mentions.push(i);
        }
        forms.sort_by(|a, b| b.name.fullness().cmp(&a.name.fullness()).then(a.mentions[0].cmp(&b.mentions[0])));
        forms
    }

    /// Names with given names or initials.
    fn full_names(&mut self, forms: &[Form]) {
        let mut by_family: FxHashMap<&str, Vec<&PersonName>> = FxHashMap::default();
        for form in forms {
            by_family.entry(&form.name.family).or_default().push(&form.name);
        }
        for form in forms {
            let open = |p: &LocalPerson| {
                !dress_conflict(&p.name, &form.name) && !form.mentions.iter().any(|m| self.judged_apart(p, *m))
            };
            let whole = [Key::Whole(&form.name.whole)];
            let same = self.narrowed(&form.name, &whole, |p| p.name.whole == form.name.whole && open(p));
            let namesakes = matches!(same, Found::Several);
            let fitting = same.or(|| {
                let keys = [Key::Family(&form.name.family), Key::slip(&form.name)];
                let rivals = by_family.get(form.name.family.as_str()).map_or(&[][..], Vec::as_slice);
                self.narrowed(&form.name, &keys, |p| {
                    open(p) && self.fits(p, &form.name) && !contested(p, &form.name, rivals, self.lexicon)
                })
            });
            match fitting {
                Found::One(person) => {
                    let why = self.reason(&self.people[person].name, &form.name);
                    for (n, mention) in form.mentions.iter().enumerate() {
                        self.join(person, *mention, why.filter(|_| n == 0));
                    }
                }
                Found::Several if namesakes => {
                    for mention in &form.mentions {
                        self.of_mention[*mention as usize] = Err("two people of the document have this name");
                    }
                }
                _ => {
                    for (n, mention) in form.mentions.iter().enumerate() {
                        if n == 0 {
                            self.found(&form.name, *mention);
                        } else {
                            let last = self.people.len() - 1;
                            self.join(last, *mention, None);
                        }
                    }
                }
            }
        }
    }

    /// Whether a longer or shorter form of a name fits a person.
    fn fits(&self, person: &LocalPerson, name: &PersonName) -> bool {
        let verdict = given(&person.name, name, self.lexicon);
        if person.name.family == name.family {
            return match verdict {
                Given::Conflict | Given::Absent => false,
                _ if station_conflict(&person.name, name, self.lexicon) => false,
                // "Ryan (M)" tells members apart in a list of surnames; "Ms. Mary Ryan" is no member.
                Given::Initial if self.is_plain(name) && self.is_bracketed(person) => false,
                Given::Initial => !gender_conflict(&person.name, name, self.lexicon),
                _ => true,
            };
        }
        // A slip in the surname of somebody whom the list names.
        verdict == Given::Same && name.is_full() && person.listed && near(&person.name.family, &name.family)
    }

    fn reason(&self, full: &PersonName, form: &PersonName) -> Option<&'static str> {
        if full.family != form.family {
            return (full.whole != form.whole).then_some("one letter of the surname differs from the name in the list");
        }
        match given(full, form, self.lexicon) {
            Given::Nickname => Some("a short form of the given name"),
            Given::Initial => Some("the only person of the document whom the initials fit"),
            Given::Spelling => Some("a spelling of the given name"),
            Given::Same if full.given.len() != form.given.len() => Some("the same name without a middle name"),
            _ => None,
        }
    }

    /// The people that fit: those of the attendance list before others, those with the same title before others.
    pub(super) fn narrowed(&self, name: &PersonName, keys: &[Key], fits: impl Fn(&LocalPerson) -> bool) -> Found {
        let mut fitting = self.index.candidates(keys);
        fitting.retain(|p| fits(&self.people[*p]));
        for keep in [
            Box::new(|p: &LocalPerson| p.listed) as Box<dyn Fn(&LocalPerson) -> bool>,
            Box::new(|p: &LocalPerson| name.honorifics.iter().any(|h| p.name.honorifics.contains(h))),
            Box::new(|p: &LocalPerson| name.generation.is_some() && p.name.generation == name.generation),
            // "Councillor Daly" is not the Mr. P. Daly among the officials, where the members are listed by surname.
            Box::new(|p: &LocalPerson| self.holds_office(name) && !self.is_plain(&p.name)),
        ] {
            if fitting.len() > 1 && fitting.iter().any(|p| keep(&self.people[*p])) {
                fitting.retain(|p| keep(&self.people[*p]));
            }
        }
        match fitting.as_slice() {
            [] => Found::None,
            [one] => Found::One(*one),
            _ => Found::Several,
        }
    }

    /// Whether a title is that of a member: Councillor, Deputy, Mayor.
    fn holds_office(&self, name: &PersonName) -> bool {
        let class = |h: &str| self.lexicon.honorifics.get(h).map(|h| h.class);
        name.honorifics.iter().any(|h| class(h) == Some("office") || h.contains("Councillor"))
    }

    /// Whether a list gives the initials in brackets after the surname.
    fn is_bracketed(&self, person: &LocalPerson) -> bool {
        person.listed && self.extraction.mentions[person.fullest as usize].quote.text.ends_with(')')
    }

    /// Whether the only titles are Mr, Mrs, Ms and the like.
    fn is_plain(&self, name: &PersonName) -> bool {
        let class = |h: &str| self.lexicon.honorifics.get(h).map(|h| h.class);
        !name.honorifics.is_empty() && name.honorifics.iter().all(|h| matches!(class(h), Some("courtesy" | "academic")))
    }

    /// Given names of the document of which a word is a short form, or that are short forms of it. A document
    /// with thousands of given names is no minutes: there only the word itself is looked for.
    pub(super) fn given_names(&self, word: &str) -> Vec<&str> {
        let few = self.index.given.len() <= MOST_GIVEN_NAMES;
        self.index.given.iter().map(String::as_str).filter(|g| few && self.lexicon.are_nicknames(g, word)).collect()
    }

    pub(super) fn judged_apart(&self, person: &LocalPerson, mention: u32) -> bool {
        self.apart.is_some_and(|apart| person.mentions.iter().any(|m| apart(*m, mention)))
    }

    /// A person of their own.
    pub(super) fn found(&mut self, name: &PersonName, mention: u32) {
        self.of_mention[mention as usize] = Ok(self.people.len() as u32);
        self.index.enter(self.people.len(), name);
        self.people.push(LocalPerson {
            name: Arc::new(name.clone()),
            mentions: vec![mention],
            fullest: mention,
            ..LocalPerson::default()
        });
    }

    /// One more mention of a person.
    pub(super) fn join(&mut self, person: usize, mention: u32, why: Option<&'static str>) {
        let name = self.name(mention);
        self.of_mention[mention as usize] = Ok(person as u32);
        let at = person;
        let person = &mut self.people[at];
        person.mentions.push(mention);
        let known = Arc::make_mut(&mut person.name);
        known.gender = known.gender.or(name.gender);
        known.generation = known.generation.or(name.generation);
        for honorific in &name.honorifics {
            if !known.honorifics.contains(honorific) {
                known.honorifics.push(honorific);
            }
        }
        for letters in &name.postnominals {
            if !known.postnominals.contains(letters) {
                known.postnominals.push(letters.clone());
            }
        }
        let fuller = name.family == known.family && name.fullness() > known.fullness();
        if let Some(why) = why {
            person.joined.push((if fuller { person.fullest } else { mention }, why));
        }
        if fuller {
            self.index.enter(at, &name);
            person.fullest = mention;
            *known = PersonName {
                gender: known.gender,
                generation: known.generation,
                honorifics: std::mem::take(&mut known.honorifics),
                postnominals: std::mem::take(&mut known.postnominals),
                ..name
            };
        }
    }

    pub(super) fn leave(&mut self, mentions: &[u32], why: &'static str) {
        for mention in mentions {
            self.of_mention[*mention as usize] = Err(why);
        }
    }
}

/// How many people fit.
pub(super) enum Found {
    /// Nobody.
    None,
    /// This one of the people.
    One(usize),
    /// More than one.
    Several,
}

impl Found {
    pub(super) fn or(self, other: impl FnOnce() -> Self) -> Self {
        if matches!(self, Self::None) { other() } else { self }
    }
}

/// Whether another form of the document would claim a person known by initials alone, and is another person.
fn contested(person: &LocalPerson, name: &PersonName, rivals: &[&PersonName], lexicon: &Lexicon) -> bool {
    person.name.is_initialled()
        && rivals.iter().any(|rival| {
            given(rival, &person.name, lexicon) == Given::Initial
                && !gender_conflict(rival, &person.name, lexicon)
                && given(rival, name, lexicon) == Given::Conflict
        })
}

/// The people of a document with their mentions, and what is left over.
#[cfg(test)]
pub(super) fn check(sample: &super::sample::Sample, expected: &[&[&str]], left: &[&str]) {
    let extraction = sample.extraction();
    let local = super::document::local(&extraction, Lexicon::embedded(), None);
    let text = |m: u32| &*extraction.mentions[m as usize].quote.text;
    let found: Vec<Vec<&str>> = local.people.iter().map(|p| p.mentions.iter().map(|m| text(*m)).collect()).collect();
    assert_eq!(found, expected);
    let unresolved: Vec<&str> = of_kind(&extraction, EntityKind::Person)
        .filter(|(i, ..)| local.of_mention[*i as usize].is_err())
        .map(|(_, t, _)| t)
        .collect();
    assert_eq!(unresolved, left);
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    #[test]
    fn two_who_fit_are_not_guessed_between() {
        let mut sample = Sample::document("a.txt");
        sample.present("John Smith", "");
        sample.present("Jane Smith", "");
        sample.person("J. Smith");
        sample.short("Jones");
        sample.short("Mr Smith");
        sample.short("Ms Smith");
        sample.short("Cllr Smith");
        check(
            &sample,
            &[&["John Smith", "Mr Smith"], &["Jane Smith", "Ms Smith"], &["J. Smith"], &["Cllr Smith"]],
            &["Jones"],
        );
    }

    #[test]
    fn two_names_of_one_list_are_two_people() {
        let mut sample = Sample::document("a.txt");
        sample.present("Mr Chris Collins", "");
        sample.present("Mrs Chris Collins", "");
        sample.present("David Frank", "");
        sample.present("Dave Frank", "");
        sample.present("David Frank", "");
        sample.short("Mrs Collins");
        check(
            &sample,
            &[
                &["Mr Chris Collins"],
                &["Mrs Chris Collins", "Mrs Collins"],
                &["David Frank", "David Frank"],
                &["Dave Frank"],
            ],
            &[],
        );
    }

    #[test]
    fn father_and_son_are_told_apart_and_neither_is_the_plain_name() {
        let mut sample = Sample::document("a.txt");
        sample.present("Mr John Smith Snr", "");
        sample.present("Mr John Smith Jnr", "");
        sample.person("John Smith");
        check(&sample, &[&["Mr John Smith Snr"], &["Mr John Smith Jnr"]], &["John Smith"]);
    }

    #[test]
    fn accents_apostrophes_and_middle_names_do_not_divide_a_person() {
        let mut sample = Sample::document("a.txt");
        sample.present("Cllr. Kevin J. Loydall", "");
        sample.present("Councillor Seán Ó Ceallaigh", "");
        sample.present("Mary O'Brien", "");
        sample.present("Ian MacDonald", "");
        sample.present("Ian McDonald", "");
        for name in ["Kevin Loydall", "Sean O Ceallaigh", "Mary O’Brien"] {
            sample.person(name);
        }
        check(
            &sample,
            &[
                &["Cllr. Kevin J. Loydall", "Kevin Loydall"],
                &["Councillor Seán Ó Ceallaigh", "Sean O Ceallaigh"],
                &["Mary O'Brien", "Mary O’Brien"],
                &["Ian MacDonald"],
                &["Ian McDonald"],
            ],
            &[],
        );
    }

    #[test]
    fn initials_that_two_full_names_would_claim_stay_apart() {
        let mut sample = Sample::document("a.txt");
        sample.present("D. Taylor", "");
        sample.person("Diane Taylor");
        sample.person("David Taylor");
        check(&sample, &[&["D. Taylor"], &["Diane Taylor"], &["David Taylor"]], &[]);
    }
}
