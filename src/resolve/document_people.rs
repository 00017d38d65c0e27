//! People inside one document. A full name stands for itself; part of one ("Mr. Bearne", "Gurjit", "RB",
//! "the Chairman") resolves to the one person of the document that fits, attendance list first.
//!
//! Two names of one attendance list are two people, unless an entry repeats the same name. Never guesses
//! between two people that fit.

use rustc_hash::FxHashMap;

use crate::lexicon::{Lexicon, fold};
use crate::model::{EntityKind, Extraction, Nature, Predicate, Term};

use super::document::{Local, chairs, of_kind};
use super::person::{Given, PersonName, given, initials_fit, near};

/// A person within one document.
#[derive(Clone, Debug, Default)]
pub(super) struct LocalPerson {
    /// The name in the fullest form of the document, with the dress of all its forms.
    pub name: PersonName,
    /// Mentions, by place.
    pub mentions: Vec<u32>,
    /// The mention whose words are the fullest form.
    pub fullest: u32,
    /// Whether an attendance list names the person.
    pub listed: bool,
    /// Rules of the attendance entries that name the person.
    rules: Vec<String>,
    /// Forms of the name that were joined to the fullest: a mention, and why.
    pub joined: Vec<(u32, &'static str)>,
}

/// One way of writing a name, with the mentions that do.
struct Form {
    name: PersonName,
    mentions: Vec<u32>,
    nature: Nature,
    text: String,
}

/// Everything that the steps of this file share.
struct Work<'a> {
    extraction: &'a Extraction,
    lexicon: &'a Lexicon,
    apart: &'a dyn Fn(u32, u32) -> bool,
    people: Vec<LocalPerson>,
    of_mention: Vec<Result<u32, &'static str>>,
}

/// Resolves the mentions of people and adds them to `local`.
pub(super) fn resolve(extraction: &Extraction, lexicon: &Lexicon, apart: &dyn Fn(u32, u32) -> bool, local: &mut Local) {
    let of_mention = std::mem::take(&mut local.of_mention);
    let mut work = Work { extraction, lexicon, apart, people: Vec::new(), of_mention };
    let listed = work.attendance_lists();
    let forms = work.forms(&listed);
    let (full, short): (Vec<_>, Vec<_>) = forms.into_iter().partition(|f| f.nature == Nature::Name);
    work.full_names(full);
    let (letters, parts): (Vec<_>, Vec<_>) = short.into_iter().partition(|f| is_letters(&f.text));
    work.parts_of_names(parts, &listed);
    work.letters(letters, &listed);
    local.people = std::mem::take(&mut work.people);
    local.of_mention = std::mem::take(&mut work.of_mention);
    descriptions(extraction, lexicon, local);
    for person in &mut local.people {
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

/// Whether words are initials that stand for a name: `RB`, `R.B.`, `PWh`.
fn is_letters(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    (2..=5).contains(&letters.len())
        && letters.iter().all(|c| c.is_alphabetic())
        && letters[0].is_uppercase()
        && letters[1].is_uppercase()
        && letters.iter().filter(|c| c.is_lowercase()).count() <= 3
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
                let same = self.people.iter().position(|p| {
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
    fn full_names(&mut self, forms: Vec<Form>) {
        for (at, form) in forms.iter().enumerate() {
            let open = |p: &LocalPerson| {
                !dress_conflict(&p.name, &form.name) && !form.mentions.iter().any(|m| self.judged_apart(p, *m))
            };
            let same = self.narrowed(&form.name, |p| p.name.whole == form.name.whole && open(p));
            let fitting = match same {
                Found::None => self.narrowed(&form.name, |p| {
                    open(p) && self.fits(p, &form.name) && !contested(p, at, &forms, self.lexicon)
                }),
                same => same,
            };
            match fitting {
                Found::One(person) => {
                    let why = self.reason(&self.people[person].name, &form.name);
                    for (n, mention) in form.mentions.iter().enumerate() {
                        self.join(person, *mention, why.filter(|_| n == 0));
                    }
                }
                Found::Several if self.people.iter().any(|p| p.name.whole == form.name.whole) => {
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

    /// A surname, a surname with a title, or a given name alone.
    fn parts_of_names(&mut self, forms: Vec<Form>, listed: &FxHashMap<u32, String>) {
        for form in forms {
            let word = form.name.family.as_str();
            let rule = form.mentions.iter().find_map(|m| listed.get(m));
            let open = |p: &LocalPerson| {
                !dress_conflict(&p.name, &form.name)
                    && !(form.name.gender.is_some() && gender_conflict(&p.name, &form.name, self.lexicon))
                    && !form.mentions.iter().any(|m| self.judged_apart(p, *m))
                    // Another entry of the same list is another person.
                    && !rule.is_some_and(|r| p.rules.contains(r))
            };
            let by_surname = |p: &LocalPerson| !p.name.given.is_empty() && p.name.family == word && open(p);
            let by_given = |p: &LocalPerson| {
                p.name.given.first().is_some_and(|g| g == word || self.lexicon.are_nicknames(g, word)) && open(p)
            };
            let exact = |p: &LocalPerson| p.name.whole == form.name.whole && p.name.given.is_empty() && open(p);
            let mut fitting = if form.name.is_titled() {
                self.narrowed(&form.name, by_surname).or(|| self.narrowed(&form.name, by_given))
            } else {
                self.narrowed(&form.name, |p| by_surname(p) || by_given(p))
            };
            if matches!(fitting, Found::None) {
                fitting = self.narrowed(&form.name, exact);
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
                _ => self.leave(&form.mentions, "no person of the document fits"),
            }
        }
    }

    /// Initials that stand for a name, the longer first: `GSo` leaves `GS` to the other.
    fn letters(&mut self, mut forms: Vec<Form>, listed: &FxHashMap<u32, String>) {
        forms.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then_with(|| a.text.cmp(&b.text)));
        let defined: FxHashMap<&str, PersonName> = {
            let pairs = self.extraction.abbreviations.iter();
            pairs.map(|a| (a.short.as_str(), PersonName::new(&a.long, self.lexicon))).collect()
        };
        let mut claimed: Vec<usize> = Vec::new();
        for form in forms {
            let open = |p: &LocalPerson| !form.mentions.iter().any(|m| self.judged_apart(p, *m));
            let long = defined.get(form.text.as_str());
            let mut fitting =
                long.map_or(Found::None, |long| self.narrowed(&form.name, |p| p.name.whole == long.whole && open(p)));
            if matches!(fitting, Found::None) {
                fitting = self.narrowed(&form.name, |p| initials_fit(&form.text, &p.name) && open(p));
            }
            if matches!(fitting, Found::Several) {
                let free = |p: &LocalPerson| !claimed.iter().any(|c| self.people[*c].fullest == p.fullest);
                fitting = self.narrowed(&form.name, |p| initials_fit(&form.text, &p.name) && open(p) && free(p));
            }
            match fitting {
                Found::One(person) => {
                    claimed.push(person);
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
                _ => self.leave(&form.mentions, "the initials fit no person of the document"),
            }
        }
    }

    /// The people that fit: those of the attendance list before others, those with the same title before others.
    fn narrowed(&self, name: &PersonName, fits: impl Fn(&LocalPerson) -> bool) -> Found {
        let mut fitting: Vec<usize> = (0..self.people.len()).filter(|p| fits(&self.people[*p])).collect();
        for keep in [
            Box::new(|p: &LocalPerson| p.listed) as Box<dyn Fn(&LocalPerson) -> bool>,
            Box::new(|p: &LocalPerson| name.honorifics.iter().any(|h| p.name.honorifics.contains(h))),
            Box::new(|p: &LocalPerson| name.generation.is_some() && p.name.generation == name.generation),
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

    fn judged_apart(&self, person: &LocalPerson, mention: u32) -> bool {
        person.mentions.iter().any(|m| (self.apart)(*m, mention))
    }

    /// A person of their own.
    fn found(&mut self, name: &PersonName, mention: u32) {
        self.of_mention[mention as usize] = Ok(self.people.len() as u32);
        self.people.push(LocalPerson {
            name: name.clone(),
            mentions: vec![mention],
            fullest: mention,
            ..LocalPerson::default()
        });
    }

    /// One more mention of a person.
    fn join(&mut self, person: usize, mention: u32, why: Option<&'static str>) {
        let name = self.name(mention);
        self.of_mention[mention as usize] = Ok(person as u32);
        let person = &mut self.people[person];
        person.mentions.push(mention);
        person.name.gender = person.name.gender.or(name.gender);
        person.name.generation = person.name.generation.or(name.generation);
        for honorific in &name.honorifics {
            if !person.name.honorifics.contains(honorific) {
                person.name.honorifics.push(honorific);
            }
        }
        for letters in &name.postnominals {
            if !person.name.postnominals.contains(letters) {
                person.name.postnominals.push(letters.clone());
            }
        }
        let fuller = name.family == person.name.family && name.fullness() > person.name.fullness();
        if let Some(why) = why {
            person.joined.push((if fuller { person.fullest } else { mention }, why));
        }
        if fuller {
            person.fullest = mention;
            person.name = PersonName {
                gender: person.name.gender,
                generation: person.name.generation,
                honorifics: std::mem::take(&mut person.name.honorifics),
                postnominals: std::mem::take(&mut person.name.postnominals),
                ..name
            };
        }
    }

    fn leave(&mut self, mentions: &[u32], why: &'static str) {
        for mention in mentions {
            self.of_mention[*mention as usize] = Err(why);
        }
    }
}

/// How many people fit.
enum Found {
    None,
    One(usize),
    Several,
}

impl Found {
    fn or(self, other: impl FnOnce() -> Self) -> Self {
        if matches!(self, Self::None) { other() } else { self }
    }
}

/// Whether another form of the document would claim a person known by initials alone, and is another person.
fn contested(person: &LocalPerson, at: usize, forms: &[Form], lexicon: &Lexicon) -> bool {
    person.name.is_initialled()
        && forms.iter().enumerate().any(|(other, form)| {
            other != at
                && form.name.family == person.name.family
                && given(&form.name, &person.name, lexicon) == Given::Initial
                && !gender_conflict(&form.name, &person.name, lexicon)
                && given(&form.name, &forms[at].name, lexicon) == Given::Conflict
        })
}

/// "the Chairman" is who took the chair; "the Clerk" is the one person whom the document gives that role.
fn descriptions(extraction: &Extraction, lexicon: &Lexicon, local: &mut Local) {
    let in_chair = chairs(extraction, local);
    let holders = holders(extraction, local);
    for (i, text, nature) in of_kind(extraction, EntityKind::Person) {
        if nature != Nature::Description {
            continue;
        }
        let folded = fold(text);
        let words = folded.strip_prefix("the ").unwrap_or(&folded);
        let chair = lexicon.roles.get(words).is_some_and(|r| r.class == "chair");
        let found = match in_chair.as_slice() {
            [one] if chair => Ok(*one),
            [_, _, ..] if chair => Err("several people took the chair"),
            _ => {
                let ending = format!(" {words}");
                let mut fitting: Vec<u32> = holders
                    .iter()
                    .filter(|(role, _)| role == words || (!chair && role.ends_with(&ending)))
                    .map(|(_, person)| *person)
                    .collect();
                fitting.sort_unstable();
                fitting.dedup();
                match fitting.as_slice() {
                    [one] => Ok(*one),
                    [] => Err("nobody of the document is given this role"),
                    _ => Err("several people of the document are given this role"),
                }
            }
        };
        local.of_mention[i as usize] = found;
        if let Ok(person) = found {
            local.people[person as usize].mentions.push(i);
        }
    }
}

/// Roles in the document's words, with the people who are given them.
fn holders(extraction: &Extraction, local: &Local) -> Vec<(String, u32)> {
    let person = |mention: u32| {
        let is = extraction.mentions.get(mention as usize).is_some_and(|m| m.kind == EntityKind::Person);
        local.of_mention.get(mention as usize).copied().and_then(Result::ok).filter(|_| is)
    };
    let listed = extraction.attendance.iter().flat_map(|a| a.roles.iter().map(|r| (*r, a.person)));
    let stated = extraction.statements.iter().filter(|s| s.predicate == Predicate::HoldsRole).filter_map(|s| {
        match (s.subject, s.object) {
            (Term::Mention(person), Term::Mention(role)) => Some((role, person)),
            _ => None,
        }
    });
    let mut holders = Vec::new();
    for (role, holder) in listed.chain(stated) {
        let (Some(mention), Some(holder)) = (extraction.mentions.get(role as usize), person(holder)) else { continue };
        // "Parish Clerk and Responsible Financial Officer" are two roles.
        let role = fold(&mention.quote.text).replace('&', " and ");
        for part in role.split(" and ").flat_map(|p| p.split(',')) {
            let part = part.trim();
            holders.push((part.strip_prefix("the ").unwrap_or(part).to_owned(), holder));
        }
    }
    holders
}
