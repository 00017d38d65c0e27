//! A person's name as resolution compares it. In: the words of a mention. Out: folded given names and
//! surname, and what the dress of the name tells. Knows two names at a time; decides nothing.

use crate::lexicon::{Lexicon, fold};
use crate::text::name::parts;

use super::identifier::{letters, slug};

/// A name taken apart and folded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct PersonName {
    /// Given names and initials in order, folded, hyphens opened; an initial is one letter.
    pub given: Vec<String>,
    /// Letters of the surname with its particles: `oceallaigh`, `samrarai`.
    pub family: String,
    /// Letters of given names and surname together: the same for `Samra Rai` and `Samra-Rai`, however divided.
    pub whole: String,
    /// `jnr`, `snr`, `ii`, `iii` …
    pub generation: Option<&'static str>,
    /// Gender that the honorifics tell.
    pub gender: Option<char>,
    /// Honorifics in canonical form.
    pub honorifics: Vec<&'static str>,
    /// Post-nominals as written.
    pub postnominals: Vec<String>,
    /// Given names as written.
    pub written_given: String,
    /// Surname as written.
    pub written_family: String,
}

/// How the given names of two people with one surname agree, from worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Given {
    /// They cannot be of one person.
    Conflict,
    /// One name has none.
    Absent,
    /// One has an initial only, and it fits.
    Initial,
    /// Spelled a little differently.
    Spelling,
    /// One is a short form of the other.
    Nickname,
    /// The same.
    Same,
}

impl PersonName {
    /// Takes the words of a mention apart.
    pub(super) fn new(written: &str, lexicon: &Lexicon) -> Self {
        let (written, ending) = without_generation(written);
        let parts = parts(written, lexicon);
        let mixed = parts.family.chars().any(char::is_lowercase);
        let mut given = Vec::new();
        for word in &parts.given {
            for piece in fold(word).split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()) {
                // "JB Smith": capitals run together are initials, unless the whole name is in capitals.
                let run = mixed && word.chars().count() <= 3 && word.chars().all(char::is_uppercase);
                if run && !lexicon.is_given_name(word) {
                    given.extend(piece.chars().map(String::from));
                } else {
                    given.push(piece.to_owned());
                }
            }
        }
        let family = letters(&parts.family);
        let generation = ending.or_else(|| parts.postnominals.iter().find_map(|p| generation(p)));
        Self {
            whole: given.iter().map(String::as_str).chain([family.as_str()]).collect(),
            given,
            family,
            generation,
            gender: parts.gender,
            honorifics: parts.honorifics,
            postnominals: parts.postnominals.into_iter().filter(|p| generation_free(p)).collect(),
            written_given: parts.given.iter().map(|g| stopped(g, written)).collect::<Vec<_>>().join(" "),
            written_family: parts.family,
        }
    }

    /// Whether it has a surname and a first given name in full.
    pub(super) fn is_full(&self) -> bool {
        !self.family.is_empty() && self.given.first().is_some_and(|g| !is_initial(g))
    }

    /// Whether it has a surname, and an initial for the first given name.
    pub(super) fn is_initialled(&self) -> bool {
        !self.family.is_empty() && !self.given.is_empty() && !self.is_full()
    }

    /// Whether a title makes it a person for sure.
    pub(super) fn is_titled(&self) -> bool {
        !self.honorifics.is_empty()
    }

    /// The name without honorifics and post-nominals, as written; names in capitals are set in title case.
    pub(super) fn bare(&self) -> String {
        let joined = [self.written_given.as_str(), self.written_family.as_str()]
            .iter()
            .filter(|p| !p.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" ");
        if self.is_shouted() { title_case(&joined) } else { joined }
    }

    /// Whether it is written in capitals throughout.
    pub(super) fn is_shouted(&self) -> bool {
        self.written_family.chars().count() > 3 && !self.written_family.chars().any(char::is_lowercase)
    }

    /// The name as an identifier: given names and surname; initials only where the first name is one.
    pub(super) fn slug(&self) -> String {
        let full = self.is_full();
        let given: Vec<&str> = self.given.iter().map(String::as_str).filter(|g| !full || !is_initial(g)).collect();
        let given = given.join(" ");
        let generation = self.generation.unwrap_or("");
        slug(&format!("{given} {} {generation}", self.written_family))
    }

    /// The rank of a form of a name: what says most comes last.
    pub(super) fn fullness(&self) -> (usize, usize, usize) {
        let full = self.given.iter().filter(|g| !is_initial(g)).count();
        (usize::from(self.is_full()), self.given.len(), full)
    }

    /// Initials of given names and surname, in lower case.
    pub(super) fn initials(&self) -> Vec<char> {
        self.given.iter().filter_map(|g| g.chars().next()).collect()
    }

    /// Gender that the title tells, else the first given name.
    pub(super) fn likely_gender(&self, lexicon: &Lexicon) -> Option<char> {
        self.gender.or_else(|| self.given.first().and_then(|g| lexicon.gender_of(g)))
    }
}

/// Compares the given names, the first of each first.
pub(super) fn given(a: &PersonName, b: &PersonName, lexicon: &Lexicon) -> Given {
    let (Some(first_a), Some(first_b)) = (a.given.first(), b.given.first()) else { return Given::Absent };
    if a.given == b.given || a.given.concat() == b.given.concat() {
        return Given::Same;
    }
    let first = word(first_a, first_b, lexicon);
    // "Ann Marie" and "Annemarie": the words are divided differently.
    if first != Given::Same
        && a.is_full()
        && b.is_full()
        && near(&a.given.concat(), &b.given.concat())
        && a.given.len() != b.given.len()
    {
        return Given::Spelling;
    }
    let middle = a.given.iter().skip(1).zip(b.given.iter().skip(1)).map(|(a, b)| word(a, b, lexicon)).min();
    if first == Given::Conflict || middle == Some(Given::Conflict) { Given::Conflict } else { first }
}

/// Compares two given names, or initials.
fn word(a: &str, b: &str, lexicon: &Lexicon) -> Given {
    if a == b {
        return Given::Same;
    }
    if is_initial(a) || is_initial(b) {
        return if a.chars().next() == b.chars().next() { Given::Initial } else { Given::Conflict };
    }
    if lexicon.are_nicknames(a, b) {
        return Given::Nickname;
    }
    let known = lexicon.is_given_name(a) && lexicon.is_given_name(b);
    let genders = (lexicon.gender_of(a), lexicon.gender_of(b));
    let told_apart = matches!(genders, (Some(x), Some(y)) if x != y);
    if told_apart || (known && !variant(a, b)) || (!known && !near(a, b)) { Given::Conflict } else { Given::Spelling }
}

/// Two given names of which one only drops a final `e` or a doubled letter: Ann and Anne, Alan and Allan.
fn variant(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let plain = |w: &str| {
        let mut out = String::with_capacity(w.len());
        w.chars().for_each(|c| {
            if !out.ends_with(c) {
                out.push(c);
            }
        });
        out
    };
    long.strip_suffix('e') == Some(short) || plain(short) == plain(long)
}

/// One slip of the pen in a word that is long enough for it to be one.
pub(super) fn near(a: &str, b: &str) -> bool {
    a.len().min(b.len()) >= 5 && a.chars().next() == b.chars().next() && strsim::osa_distance(a, b) == 1
}

/// Whether a folded given name is one letter.
pub(super) fn is_initial(given: &str) -> bool {
    given.chars().count() == 1
}

/// A name without the generation that ends it ("John Smith, Jr."), which else reads like a surname.
fn without_generation(written: &str) -> (&str, Option<&'static str>) {
    let Some((name, last)) = written.trim().rsplit_once(char::is_whitespace) else { return (written, None) };
    match generation(last) {
        Some(found) if name.trim_end_matches(',').contains(char::is_whitespace) => {
            (name.trim_end().trim_end_matches(','), Some(found))
        }
        _ => (written, None),
    }
}

/// The generation that a post-nominal tells, in one spelling for each.
fn generation(postnominal: &str) -> Option<&'static str> {
    match fold(postnominal).as_str() {
        "jnr" | "jr" | "junior" => Some("jnr"),
        "snr" | "sr" | "senior" => Some("snr"),
        "ii" | "2nd" => Some("ii"),
        "iii" | "3rd" => Some("iii"),
        "iv" | "4th" => Some("iv"),
        _ => None,
    }
}

fn generation_free(postnominal: &str) -> bool {
    generation(postnominal).is_none()
}

/// An initial with its full stop, where the name is written so.
fn stopped(given: &str, written: &str) -> String {
    let stopped = format!("{given}.");
    if given.chars().count() == 1 && written.contains(&stopped) { stopped } else { given.to_owned() }
}

/// Sets a name in capitals in title case.
fn title_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut start = true;
    for c in name.chars() {
        if start {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
        start = !c.is_alphanumeric();
    }
    out
}

/// Whether letters such as `RB`, `PWh` or `GSR` can stand for a name: the initial of the first given name,
/// those of any others, and the beginning of the surname.
pub(super) fn initials_fit(letters: &str, name: &PersonName) -> bool {
    let folded: Vec<char> = fold(letters).chars().filter(|c| c.is_alphanumeric()).collect();
    let initials = name.initials();
    if folded.len() < 2 || initials.is_empty() || folded[0] != initials[0] {
        return false;
    }
    let surname: Vec<char> = name.family.chars().collect();
    let barrels: Vec<char> = fold(&name.written_family).split([' ', '-']).filter_map(|w| w.chars().next()).collect();
    // Middle initials may be left out, from the right.
    (1..=initials.len()).rev().any(|n| {
        folded.len() > n && folded[..n] == initials[..n] && {
            let rest = &folded[n..];
            surname.starts_with(rest) || (rest.len() > 1 && barrels.starts_with(rest))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(written: &str) -> PersonName {
        PersonName::new(written, Lexicon::embedded())
    }

    fn verdict(a: &str, b: &str) -> Given {
        given(&name(a), &name(b), Lexicon::embedded())
    }

    #[test]
    fn given_names_agree_or_conflict() {
        assert_eq!(verdict("Mr Bob Bearne", "Bob Bearne"), Given::Same);
        assert_eq!(verdict("Dave Frank", "Mr David Frank"), Given::Nickname);
        assert_eq!(verdict("J. Smith", "Jane Smith"), Given::Initial);
        assert_eq!(verdict("Mr Smith", "Jane Smith"), Given::Absent);
        assert_eq!(verdict("John Smith", "Jane Smith"), Given::Conflict);
        assert_eq!(verdict("Kevin J. Loydall", "Kevin Loydall"), Given::Same);
        assert_eq!(verdict("Kevin J. Loydall", "Kevin P. Loydall"), Given::Conflict);
        assert_eq!(verdict("D J Taylor", "D Taylor"), Given::Same);
    }

    #[test]
    fn spaces_and_hyphens_do_not_divide_names() {
        assert!(matches!(verdict("Ann Marie Hawkins", "Anne-Marie Hawkins"), Given::Spelling | Given::Nickname));
        assert_eq!(name("Gurjit Samra-Rai").whole, name("Gurjit Samra Rai").whole);
        assert_eq!(name("Seán Ó Ceallaigh").family, name("Sean O Ceallaigh").family);
        assert_eq!(name("Mary O'Brien").family, name("Mary O’Brien").family);
        assert_ne!(name("Ian MacDonald").family, name("Ian McDonald").family);
    }

    #[test]
    fn identifiers_keep_full_given_names_only() {
        assert_eq!(name("Cllr. Kevin J. Loydall").slug(), "kevin-loydall");
        assert_eq!(name("Mrs. D. Taylor CC").slug(), "d-taylor");
        assert_eq!(name("Councillor Seán Ó Ceallaigh").slug(), "sean-o-ceallaigh");
    }

    #[test]
    fn letters_stand_for_names() {
        assert!(initials_fit("RB", &name("Rob Boyd")));
        assert!(initials_fit("PWh", &name("Paul Wheelhouse")));
        assert!(initials_fit("GSR", &name("Gurjit Samra-Rai")));
        assert!(initials_fit("KL", &name("Kevin J. Loydall")) && initials_fit("KJL", &name("Kevin J. Loydall")));
        assert!(!initials_fit("RB", &name("Bob Rearne")) && !initials_fit("R", &name("Rob Boyd")));
    }
}
