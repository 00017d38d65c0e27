//! The vocabulary of minutes, as data: honorifics, nicknames, role words, organisation words, public
//! functions, headings of attendance blocks and more.
//!
//! In: list files, CSV with a header row, embedded at build time, and a user's own of the same form. Out: look-ups by folded words
//! (lower case, no accents, no full stops, plain apostrophes). Adding a word touches one list.
//! Never decides anything: it says what a word may be, the rules say what it is.

mod fold;
mod own;
mod phrases;

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

pub use fold::{Folded, fold, fold_onto, with_folded};
pub use own::LexiconError;
pub use phrases::{Part, Phrases};

use crate::model::{Capacity, Status, sha256};

/// A list file: its name, what its rows are, and its embedded text.
#[derive(Clone, Copy, Debug)]
pub struct List {
    /// File name without `.csv`.
    pub name: &'static str,
    /// What a row is.
    pub row: &'static str,
    /// Columns, in order.
    pub columns: &'static [&'static str],
    /// Columns whose values are those that the embedded list uses, and no others: the program knows what they mean.
    pub closed: &'static [&'static str],
    text: &'static str,
    load: fn(&mut Lexicon, &csv::StringRecord),
}

macro_rules! list {
    ($name:literal, $row:literal, [$($column:literal),+], closed [$($closed:literal),*], $load:expr) => {
        List {
            name: $name,
            row: $row,
            columns: &[$($column),+],
            closed: &[$($closed),*],
            text: include_str!(concat!($name, ".csv")),
            load: $load,
        }
    };
}

/// All list files.
pub static LISTS: &[List] = &[
    list!("honorifics", "a title before a name", ["form", "name", "gender", "class"], closed ["gender", "class"], |l, r| {
        let honorific = Honorific { name: intern(&r[1]), gender: r[2].chars().next(), class: intern(&r[3]) };
        l.honorifics.add(&r[0], honorific);
    }),
    list!("postnominals", "letters after a name", ["form", "meaning", "class"], closed["class"], |l, r| {
        l.postnominals.add(&r[0], intern(&r[2]));
    }),
    list!("nicknames", "a given name and a short form of it", ["name", "short"], closed [], |l, r| {
        l.nicknames.insert((fold(&r[1]), fold(&r[0])));
        l.nickname_words.insert(fold(&r[1]));
    }),
    list!("given_names", "a given name", ["name", "gender"], closed["gender"], |l, r| {
        l.given_names.entry(fold(&r[0])).or_insert(r[1].chars().next().unwrap_or('u'));
    }),
    list!("roles", "a word that makes a phrase a post or role", ["term", "class", "position"], closed ["class", "position"], |l, r| {
        let role = RoleWord { class: intern(&r[1]), head: &r[2] == "head" };
        l.roles.add(&r[0], role);
    }),
    list!(
        "organisations",
        "a word that makes a phrase an organisation",
        ["term", "class", "kind"],
        closed["class"],
        |l, r| {
            l.organisations.add(&r[0], OrganisationWord { class: intern(&r[1]), kind: intern(&r[2]) });
        }
    ),
    list!(
        "known_organisations",
        "a well-known organisation",
        ["name", "short", "function", "country"],
        closed["function"],
        |l, r| {
            let known = KnownOrganisation { name: intern(&r[0]), short: intern(&r[1]), function: intern(&r[2]) };
            l.known_organisations.add(&r[0], known);
            if r[1].len() > 1 {
                l.known_shorts.entry(r[1].to_owned()).or_insert(known);
            }
        }
    ),
    list!("functions", "a term that gives an organisation's public function", ["function", "label", "term"], closed [], |l, r| {
        l.functions.add(&r[2], (intern(&r[0]), intern(&r[1])));
    }),
    list!("headings", "the heading of an attendance block", ["heading", "block", "status", "capacity"], closed ["block", "status", "capacity"], |l, r| {
        let heading = AttendanceHeading {
            chair: &r[1] == "chair",
            status: Status::from_name(&r[2]).unwrap_or(Status::Present),
            capacity: Capacity::from_name(&r[3]),
        };
        l.headings.add(&r[0], heading);
    }),
    list!("decisions", "a word that makes a decision", ["form", "verb", "outcome"], closed ["verb", "outcome"], |l, r| {
        l.decisions.add(&r[0], DecisionWord { verb: intern(&r[1]), outcome: intern(&r[2]) });
    }),
    list!("legislation", "a word that ends the name of legislation", ["term", "kind"], closed["kind"], |l, r| {
        l.legislation.add(&r[0], intern(&r[1]));
    }),
    list!("programmes", "a word that ends the name of a programme", ["term", "kind", "strength"], closed ["kind", "strength"], |l, r| {
        l.programmes.add(&r[0], ProgrammeWord { kind: intern(&r[1]), strong: &r[2] == "strong" });
    }),
    list!(
        "not_names",
        "a capitalised word that is no name of a person",
        ["word", "reason"],
        closed["reason"],
        |l, r| {
            l.not_names.entry(fold(&r[0])).or_insert(&r[1] != "ambiguous");
        }
    ),
    list!(
        "plain_words",
        "a word that a name may start or end at but that names nothing",
        ["word", "class"],
        closed["class"],
        |l, r| {
            l.plain_words.entry(fold(&r[0])).or_default().push(intern(&r[1]));
        }
    ),
    list!(
        "expansions",
        "a short form of a word in names of organisations",
        ["short", "full", "scope"],
        closed["scope"],
        |l, r| {
            l.expansions.add(&r[0], (intern(&r[1]), intern(&r[2])));
        }
    ),
    list!("venues", "a word that ends the name of a venue", ["term"], closed [], |l, r| {
        l.venues.add(&r[0], ());
    }),
    list!("presenting", "words of presenting", ["phrase", "form"], closed["form"], |l, r| {
        l.presenting.add(&r[0], intern(&r[1]));
    }),
    list!("surnames", "a surname so common that it tells nobody apart", ["surname"], closed [], |l, r| {
        l.common_surnames.insert(fold(&r[0]));
    }),
    list!("surname_particles", "a particle of a surname", ["particle"], closed [], |l, r| {
        l.particles.insert(fold(&r[0]));
    }),
];

/// A title before a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Honorific {
    /// Canonical form: `Cllr`.
    pub name: &'static str,
    /// `f` or `m`, where the title tells.
    pub gender: Option<char>,
    /// `courtesy`, `office`, `rank`, `academic`, `clergy`, `noble` or `plural`.
    pub class: &'static str,
}

/// A word that makes a phrase a post or role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleWord {
    /// `chair`, `vice-chair`, `elected`, `officer`, …
    pub class: &'static str,
    /// Whether it can stand for the role alone; else it goes before one that can.
    pub head: bool,
}

/// A word that makes a phrase an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrganisationWord {
    /// `formal`, `unit` or `collaboration`.
    pub class: &'static str,
    /// What must not differ where two names are joined.
    pub kind: &'static str,
}

/// A well-known organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownOrganisation {
    /// Name.
    pub name: &'static str,
    /// Usual abbreviation; empty where there is none.
    pub short: &'static str,
    /// Key of its public function; may be empty.
    pub function: &'static str,
}

/// What a heading of an attendance block says of those below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttendanceHeading {
    /// Whether they take the chair.
    pub chair: bool,
    /// Their status.
    pub status: Status,
    /// Their capacity, if it says.
    pub capacity: Option<Capacity>,
}

/// A word that makes a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecisionWord {
    /// `resolve`, `agree`, `note`, …
    pub verb: &'static str,
    /// `agreed`, `noted`, `lost`, …; empty where it does not say.
    pub outcome: &'static str,
}

/// A word that ends the name of a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProgrammeWord {
    /// `programme`, `project`, `strategy`, …
    pub kind: &'static str,
    /// Whether capitalised words before it almost surely name one.
    pub strong: bool,
}

/// What the lists say of one word, so that one look-up answers for all that a name may be made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each list says yes or no")]
pub struct Known {
    /// A given name, or a short form of one.
    pub given_name: bool,
    /// No name of a person, whatever stands around it.
    pub no_name: bool,
    /// A particle of surnames.
    pub particle: bool,
    /// A title before names.
    pub honorific: bool,
    /// Letters after names.
    pub postnominal: bool,
    /// A role.
    pub role: bool,
    /// A word of organisations.
    pub organisation: bool,
    /// Lists of phrases of which one starts with it: see [`Phrases::may_start`].
    starts: u8,
}

impl Known {
    /// With the starts of phrases that another form of the word has as well.
    pub fn or_starts_of(self, other: Self) -> Self {
        Self { starts: self.starts | other.starts, ..self }
    }
}

/// The vocabulary, ready for look-up.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Fingerprint of a user's own lists; empty where there are none.
    pub own: String,
    /// Titles before names.
    pub honorifics: Phrases<Honorific>,
    /// Letters after names, with their class.
    pub postnominals: Phrases<&'static str>,
    /// Words of roles.
    pub roles: Phrases<RoleWord>,
    /// Words of organisations.
    pub organisations: Phrases<OrganisationWord>,
    /// Well-known organisations by name.
    pub known_organisations: Phrases<KnownOrganisation>,
    /// Terms of public functions: key and label.
    pub functions: Phrases<(&'static str, &'static str)>,
    /// Headings of attendance blocks.
    pub headings: Phrases<AttendanceHeading>,
    /// Words of decisions.
    pub decisions: Phrases<DecisionWord>,
    /// Words of legislation.
    pub legislation: Phrases<&'static str>,
    /// Words of programmes.
    pub programmes: Phrases<ProgrammeWord>,
    /// Short forms in names of organisations: full form and scope.
    pub expansions: Phrases<(&'static str, &'static str)>,
    /// Words of venues.
    pub venues: Phrases<()>,
    /// Words of presenting, with their form.
    pub presenting: Phrases<&'static str>,
    given_names: FxHashMap<String, char>,
    nicknames: FxHashSet<(String, String)>,
    nickname_words: FxHashSet<String>,
    known_shorts: FxHashMap<String, KnownOrganisation>,
    /// Whether a word is surely no name; `false` where it may be one.
    not_names: FxHashMap<String, bool>,
    /// For each plain word, its classes.
    plain_words: FxHashMap<String, Vec<&'static str>>,
    particles: FxHashSet<String>,
    /// Every word of which a list says something that counts for names.
    known: FxHashMap<String, Known>,
    common_surnames: FxHashSet<String>,
}

impl Lexicon {
    /// The lists that are part of the program.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Lexicon> = LazyLock::new(|| {
            let mut lexicon = Lexicon::default();
            lexicon.load_embedded();
            lexicon
        });
        &EMBEDDED
    }

    /// The lists that are part of the program, with a user's own: file names and texts in the same form. Their rows
    /// come first, so that what a word means there holds, whatever it means in the embedded list.
    ///
    /// ```
    /// # use quorate::lexicon::Lexicon;
    /// let roles = "term,class,position\nstreetwarden,officer,head\n";
    /// let lexicon = Lexicon::with(&[("roles.csv", roles)])?;
    /// assert!(lexicon.roles.get("Streetwarden").is_some() && lexicon.roles.get("Treasurer").is_some());
    /// # Ok::<_, quorate::lexicon::LexiconError>(())
    /// ```
    ///
    /// # Errors
    /// Where a file is none of the lists, or an entry is not of its list's form.
    pub fn with(own: &[(&str, &str)]) -> Result<Self, LexiconError> {
        let mut lexicon = Self { own: fingerprint(own), ..Self::default() };
        for (file, text) in own {
            let list = own::list(file)?;
            for row in own::rows(list, file, text)? {
                (list.load)(&mut lexicon, &row);
            }
        }
        lexicon.load_embedded();
        Ok(lexicon)
    }

    fn load_embedded(&mut self) {
        for list in LISTS {
            let mut rows = csv::Reader::from_reader(list.text.as_bytes());
            // The embedded lists are tested to parse; a row that did not would be left out, not abort.
            for row in rows.records().flatten().filter(|row| row.len() == list.columns.len()) {
                (list.load)(self, &row);
            }
        }
        self.know();
    }

    /// Gathers what the lists say of single words.
    fn know(&mut self) {
        let known = &mut self.known;
        let mut mark = |word: &String, mark: fn(&mut Known)| mark(known.entry(word.clone()).or_default());
        self.given_names.keys().chain(&self.nickname_words).for_each(|w| mark(w, |known| known.given_name = true));
        self.not_names.iter().filter(|(_, sure)| **sure).for_each(|(w, _)| mark(w, |known| known.no_name = true));
        self.particles.iter().for_each(|w| mark(w, |known| known.particle = true));
        self.honorifics.single().for_each(|w| mark(w, |known| known.honorific = true));
        self.postnominals.single().for_each(|w| mark(w, |known| known.postnominal = true));
        self.roles.single().for_each(|w| mark(w, |known| known.role = true));
        self.organisations.single().for_each(|w| mark(w, |known| known.organisation = true));
        self.honorifics.know_firsts(1, &mut self.known);
        self.known_organisations.know_firsts(1 << 1, &mut self.known);
        self.organisations.know_firsts(1 << 2, &mut self.known);
        self.roles.know_firsts(1 << 3, &mut self.known);
        self.programmes.know_firsts(1 << 4, &mut self.known);
        self.legislation.know_firsts(1 << 5, &mut self.known);
        self.venues.know_firsts(1 << 6, &mut self.known);
    }

    /// What the lists say of a word that is folded already.
    pub fn known_folded(&self, word: &str) -> Known {
        self.known.get(word).copied().unwrap_or_default()
    }

    /// What the lists say of a word.
    pub fn known(&self, word: &str) -> Known {
        with_folded(word, |word| self.known_folded(word))
    }

    /// Whether a word is a given name or a short form of one.
    pub fn is_given_name(&self, word: &str) -> bool {
        with_folded(word, |word| self.given_names.contains_key(word) || self.nickname_words.contains(word))
    }

    /// Gender that a given name tells: `f`, `m`, or `None` where it is used of both or not known.
    pub fn gender_of(&self, given_name: &str) -> Option<char> {
        with_folded(given_name, |name| self.given_names.get(name).copied()).filter(|g| *g != 'u')
    }

    /// Whether one given name is a short form of the other, or both are of a third.
    pub fn are_nicknames(&self, a: &str, b: &str) -> bool {
        let (a, b) = (fold(a), fold(b));
        self.nicknames.contains(&(a.clone(), b.clone())) || self.nicknames.contains(&(b, a))
    }

    /// A well-known organisation by its abbreviation, in its own capitals.
    pub fn known_short(&self, short: &str) -> Option<KnownOrganisation> {
        self.known_shorts.get(short).copied()
    }

    /// Whether a word that is folded already is a plain word of a class: `opener` (opens sentences and headings),
    /// `generic` (describes a body without telling which), `day`, `ground` (streets and landscape), `ground or surname`,
    /// `place of` (its `of` belongs to the name: `City of London Corporation`).
    pub fn is_plain(&self, class: &str, folded: &str) -> bool {
        self.plain_words.get(folded).is_some_and(|classes| classes.contains(&class))
    }

    /// Whether a capitalised word is no name of a person, whatever stands around it.
    pub fn is_no_name(&self, word: &str) -> bool {
        with_folded(word, |word| self.not_names.get(word).copied().unwrap_or(false))
    }

    /// Whether a surname is so common that two people of the same full name are no surprise.
    pub fn is_common_surname(&self, surname: &str) -> bool {
        with_folded(surname, |surname| self.common_surnames.contains(surname))
    }

    /// Whether a word is a particle of surnames (`de`, `van`, `ní`).
    pub fn is_particle(&self, word: &str) -> bool {
        with_folded(word, |word| self.particles.contains(word))
    }
}

/// Keeps a word of a list for the life of the program. The embedded lists are static text already, but
/// the CSV reader unquotes into a buffer of its own; each distinct word is kept once.
fn intern(word: &str) -> &'static str {
    static KEPT: LazyLock<std::sync::Mutex<FxHashSet<&'static str>>> = LazyLock::new(Default::default);
    let mut kept = KEPT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(known) = kept.get(word) {
        return known;
    }
    let word: &'static str = Box::leak(word.to_owned().into_boxed_str());
    kept.insert(word);
    word
}

/// The words of a list value, borrowed for the life of the program.
pub type Word = Cow<'static, str>;

/// What tells a user's lists from others. The order of files plays a part, since it decides what a word means.
fn fingerprint(own: &[(&str, &str)]) -> String {
    if own.is_empty() {
        return String::new();
    }
    let all: Vec<&str> = own.iter().flat_map(|(file, text)| [*file, *text]).collect();
    sha256(all.join("\0").as_bytes())[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_parses_with_its_columns_sorted_and_without_repetition() {
        for list in LISTS {
            let mut rows = csv::Reader::from_reader(list.text.as_bytes());
            assert_eq!(
                rows.headers().ok().map(|h| h.iter().collect::<Vec<_>>()).as_deref(),
                Some(list.columns),
                "{}",
                list.name
            );
            let mut seen = FxHashSet::default();
            for row in rows.records() {
                let row = row.unwrap_or_else(|error| panic!("{}: {error}", list.name));
                assert!(seen.insert(row.iter().map(str::to_owned).collect::<Vec<_>>()), "{}: {row:?} twice", list.name);
            }
        }
    }

    #[test]
    fn words_are_found_whatever_their_dress() {
        let lexicon = Lexicon::embedded();
        assert_eq!(lexicon.honorifics.get("Cllr.").map(|h| h.class), Some("office"));
        assert!(lexicon.are_nicknames("Dave", "David") && lexicon.are_nicknames("david", "Dave"));
        assert!(!lexicon.are_nicknames("Dave", "Daniel"));
        assert!(lexicon.is_given_name("Seán") && lexicon.is_given_name("SEAN"));
        assert_eq!(lexicon.headings.get("APOLOGIES FOR ABSENCE").map(|h| h.status), Some(Status::Apologies));
        assert!(lexicon.is_no_name("Committee"));
    }
}
