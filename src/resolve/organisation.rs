//! An organisation's name as resolution compares it. In: the words of a mention. Out: words in one spelling,
//! a key that is the same for spellings of one name, and never the same over a differing place, number or kind.

use crate::lexicon::{Lexicon, fold};

use super::identifier::slug;

/// Words that join others and never tell names apart.
const JOINING: &[&str] = &["the", "of", "and", "for", "in", "on", "to", "a", "an", "at"];

/// Kinds of places: they tell a borough from a county, and no place from another.
const PLACES: &[&str] = &[
    "borough",
    "city",
    "community",
    "county",
    "district",
    "local",
    "metropolitan",
    "municipal",
    "parish",
    "regional",
    "royal",
    "state",
    "town",
    "township",
    "unitary",
    "village",
];

/// What the parts of an organisation are called: with a common subject alone they name one in every organisation.
const UNITS: &[&str] =
    &["committee", "department", "division", "office", "panel", "section", "subcommittee", "team", "unit"];

/// A name taken apart and folded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct OrganisationName {
    /// Words in order, folded and spelled out, without a leading article.
    pub words: Vec<String>,
    /// The same for all spellings of the name.
    pub key: String,
    /// Words that are no vocabulary of organisations: place, number, subject.
    pub distinctive: Vec<String>,
}

impl OrganisationName {
    /// Takes the words of a mention apart.
    pub(super) fn new(written: &str, lexicon: &Lexicon) -> Self {
        let mut words = spell_out(&plain_words(written), lexicon);
        if let Some(last) = words.last_mut()
            && let Some(single) = singular(last).filter(|s| lexicon.organisations.get_folded(s).is_some())
        {
            *last = single;
        }
        let content: Vec<&str> = words.iter().map(String::as_str).filter(|w| !JOINING.contains(w)).collect();
        // Plurals and possessives without their apostrophe: "Commissioners Office".
        let mut sorted: Vec<String> = content.iter().map(|w| singular(w).unwrap_or_else(|| (*w).to_owned())).collect();
        // "Office of the Commissioner" and "Commissioner's Office"; two words in another order may be two names.
        if sorted.len() > 2 {
            sorted.sort_unstable();
        }
        // Every council has an Audit Committee and a Highways Department: a common subject tells none of them.
        let unit = content.len() > 1 && content.last().is_some_and(|w| UNITS.contains(w));
        // What everybody knows by its name ("Cabinet Office") is one wherever it is named.
        let known = lexicon.known_organisations.get(&words.join(" ")).is_some();
        let common = unit && !known;
        let vocabulary = |w: &str| {
            lexicon.organisations.get_folded(w).is_some()
                || PLACES.contains(&w)
                || (common && lexicon.is_plain("subject", w))
        };
        let distinctive = content.iter().filter(|w| known || !vocabulary(w)).map(|w| (*w).to_owned()).collect();
        Self { key: sorted.join(" "), distinctive, words }
    }

    /// The name as an identifier: in the order of its words, spelled out.
    pub(super) fn slug(&self) -> String {
        slug(&self.words.join(" "))
    }

    /// Whether it consists of vocabulary alone ("Parish Council", "the Board"): it names nothing by itself.
    pub(super) fn is_bare(&self) -> bool {
        self.distinctive.is_empty()
    }

    /// Whether the name ends with the words of `other`.
    pub(super) fn ends_with(&self, other: &Self) -> bool {
        !other.words.is_empty() && self.words.ends_with(&other.words)
    }

    /// Whether all that is distinctive in one name stands in the other too.
    pub(super) fn covers(&self, other: &Self) -> bool {
        let (small, large) =
            if self.distinctive.len() <= other.distinctive.len() { (self, other) } else { (other, self) };
        !small.is_bare() && small.distinctive.iter().all(|w| large.distinctive.contains(w))
    }
}

/// Words in lower case without punctuation, possessive endings, brackets and leading article.
fn plain_words(written: &str) -> Vec<String> {
    let mut text = fold(written);
    // A short form in brackets at the end repeats the name.
    if let (Some(open), true) = (text.rfind('('), text.ends_with(')'))
        && open > 0
    {
        text.truncate(open);
    }
    let text = text.replace('&', " and ").replace('\'', "");
    let mut words: Vec<String> = Vec::new();
    let mut lone = false;
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let single = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        match words.last_mut() {
            // "N. W." and "N W" are "nw".
            Some(last) if single && lone => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
        lone = single;
    }
    // "OF ELLMOOR PARISH COUNCIL" is left where a heading was cut.
    let articles = words.iter().take_while(|w| matches!(w.as_str(), "the" | "an" | "a" | "of" | "for")).count();
    if articles < words.len() {
        words.drain(..articles);
    }
    words
}

/// Words spelled out: `nw` is `north west`, `bc` is `borough council`.
fn spell_out(words: &[String], lexicon: &Lexicon) -> Vec<String> {
    // A name of one word is an abbreviation as a whole, which only its document can spell out.
    if words.len() < 2 {
        return words.to_vec();
    }
    let plain: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut out = Vec::with_capacity(words.len() + 2);
    let mut at = 0;
    while at < plain.len() {
        match lexicon.expansions.prefix(&plain[at..]) {
            // A kind of organisation ends a name, or stands before "of"; elsewhere the letters mean something else.
            Some((count, (full, scope)))
                if scope != "kind" || at + count == plain.len() || plain[at + count] == "of" =>
            {
                out.extend(fold(full).split([' ', '-']).map(str::to_owned));
                at += count;
            }
            _ => {
                out.push(plain[at].to_owned());
                at += 1;
            }
        }
    }
    out
}

/// The singular of a plural that English builds regularly.
pub(super) fn singular(word: &str) -> Option<String> {
    if let Some(stem) = word.strip_suffix("ies").filter(|s| s.len() > 2) {
        return Some(format!("{stem}y"));
    }
    let stem = word.strip_suffix('s').filter(|s| s.len() > 2 && !s.ends_with(['s', 'u', 'i']))?;
    Some(stem.to_owned())
}

/// An abbreviation in one form: without article, full stops, and the `s` of a plural; `None` where the words
/// are no abbreviation.
pub(super) fn abbreviation(written: &str) -> Option<String> {
    let words = written.trim().trim_start_matches("the ").trim_start_matches("The ");
    let words = words.strip_suffix("’s").or_else(|| words.strip_suffix("'s")).unwrap_or(words);
    let letters: String = words.chars().filter(|c| *c != '.').collect();
    let letters = match letters.strip_suffix('s') {
        Some(stem) if stem.chars().count() > 1 && stem.chars().all(|c| !c.is_lowercase()) => stem.to_owned(),
        _ => letters,
    };
    let short = letters.chars().count() <= 10 && !letters.contains(char::is_whitespace);
    (short && letters.chars().filter(|c| c.is_uppercase()).count() >= 2).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(written: &str) -> String {
        OrganisationName::new(written, Lexicon::embedded()).key
    }

    #[test]
    fn spellings_of_one_name_have_one_key() {
        assert_eq!(
            key("The Leicestershire & Rutland Probation Trust"),
            key("Leicestershire and Rutland probation trust")
        );
        assert_eq!(key("Oadby and Wigston BC"), key("Oadby & Wigston Borough Council"));
        assert_eq!(key("N. W. Leicestershire District Council"), key("N.W. Leicestershire District Council"));
        assert_eq!(
            key("Police and Crime Commissioners Office"),
            key("the Office of the Police and Crime Commissioner")
        );
        assert_eq!(key("National Probation Service (NPS)"), key("National Probation Service"));
    }

    #[test]
    fn place_number_and_kind_tell_apart() {
        assert_ne!(key("Blaby District Council"), key("Melton District Council"));
        assert_ne!(key("Leicestershire Probation Trust"), key("Leicestershire Probation Service"));
        assert_ne!(key("Ward 1 Committee"), key("Ward 2 Committee"));
        assert_ne!(key("Leicester City Council"), key("Leicestershire County Council"));
    }

    #[test]
    fn what_everybody_knows_is_a_name_and_vocabulary_alone_is_none() {
        let bare = |written: &str| OrganisationName::new(written, Lexicon::embedded()).is_bare();
        assert!(!bare("the Cabinet Office") && !bare("Charity Commission"));
        assert!(bare("Parish Council") && bare("the Audit Committee"));
    }

    #[test]
    fn abbreviations_lose_their_dress() {
        assert_eq!(abbreviation("CRCs").as_deref(), Some("CRC"));
        assert_eq!(abbreviation("the N.P.S.").as_deref(), Some("NPS"));
        assert_eq!(abbreviation("OPCC’s").as_deref(), Some("OPCC"));
        assert_eq!(abbreviation("Home Office"), None);
    }
}
