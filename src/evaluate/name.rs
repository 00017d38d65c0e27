//! How gold and build are compared: the same names, organisations, phrases and decisions, as the gold's own scorer
//! compares them. Kept apart from resolution on purpose: what is measured must not be measured with its own rule.
//!
//! In: words as written. Out: yes or no. Never decides who is who in a graph.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// Titles, which do not count at the start of a name. Not those of the lexicon: a word more or less there must
/// not change a figure here.
const HONORIFICS: &str = "mr mrs ms miss mx dr prof professor sir dame lord lady baroness baron viscount earl rev revd \
    reverend canon cllr cllrs clr councillor councillors cr ald alderman alderwoman councilman councilwoman councilmember \
    hon honourable honorable rt right the deputy mayor cathaoirleach leas supervisor commissioner trustee director \
    president inspector insp sergeant sgt pc pcso constable superintendent supt chief ch det detective garda gda \
    assistant captain capt major colonel col brigadier rabbi imam father fr sister y cyng cynghorydd mro";

/// Letters, which do not count at the end of a name.
const POSTNOMINALS: &str = "cc jp mbe obe cbe kbe dbe mp ms msp mep mla td qpm dl qc kc fca phd bsc msc ma ba frcp frcgp \
    rn bem gm cb kcb dcb senator esq jnr jr snr sr";

/// Words of roles that mean the same; nothing stands for those that say nothing.
const SAME_ROLES: &[(&str, &str)] = &[
    ("chairman", "chair"),
    ("chairperson", "chair"),
    ("chairwoman", "chair"),
    ("chairs", "chair"),
    ("convener", "convenor"),
    ("coordinator", "co-ordinator"),
    ("coordinators", "co-ordinator"),
    ("vice-chairman", "vice-chair"),
    ("cathaoirleach", "chair"),
    ("deputy-chairman", "vice-chair"),
    ("secy", "secretary"),
    ("and", ""),
    ("of", ""),
    ("the", ""),
    ("for", ""),
    ("&", ""),
    ("officers", "officer"),
];

/// A pattern of this file; all are tested to compile.
type Pattern = LazyLock<Option<Regex>>;

static BRACKETS: Pattern = LazyLock::new(|| Regex::new(r"\(.*?\)").ok());
static WORD: Pattern = LazyLock::new(|| Regex::new(r"\w+").ok());
static PHRASE_WORD: Pattern = LazyLock::new(|| Regex::new(r"[\w'-]+").ok());
static MAC: Pattern = LazyLock::new(|| Regex::new(r"\b(?P<keep>mc|mac)[' ]\s*\w{3}").ok());
static NORTH_WEST: Pattern = LazyLock::new(|| Regex::new(r"\b(?P<keep>n\.?\s?w\.?)\s").ok());
static MARKER: Pattern = LazyLock::new(|| Regex::new(r"^\W*(?:\(?[a-z0-9ivx]{1,4}[).]\s*)*").ok());

/// Whether two names may be of one person: the same surname, and given names that begin alike where both have one.
pub(super) fn same_person(a: &str, b: &str) -> bool {
    let (a, b) = (person(a), person(b));
    let (Some((surname, given)), Some((other, other_given))) = (a.split_last(), b.split_last()) else { return false };
    let first = |given: &[String]| given.first().and_then(|word| word.chars().next());
    surname == other && (first(given).is_none() || first(other_given).is_none() || first(given) == first(other_given))
}

/// Whether two names may be of one organisation: the same words, an abbreviation and its words, or nearly the same.
pub(super) fn same_organisation(a: &str, b: &str) -> bool {
    let (a, b) = (organisation(a), organisation(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let shortens = |short: &[String], long: &[String]| {
        let initials = || long.iter().filter_map(|word| word.chars().next());
        short.len() == 1 && short[0].chars().count() >= 2 && long.len() > 1 && short[0].chars().eq(initials())
    };
    a == b
        || shortens(&a, &b)
        || shortens(&b, &a)
        || overlap(&a.into_iter().collect(), &b.into_iter().collect()) >= 0.75
}

/// Whether two phrases say the same: a role, a programme, an act.
pub(super) fn same_phrase(a: &str, b: &str) -> bool {
    like(a, b, 0.6)
}

/// Whether two titles are of one item of business.
pub(super) fn same_item(a: &str, b: &str) -> bool {
    like(a, b, 0.5)
}

/// Whether a decision's text holds the first words of the annotated one.
pub(super) fn same_decision(gold: &str, found: &str) -> bool {
    let words = decision(gold);
    let start = words[..words.len().min(6)].join(" ");
    !start.is_empty() && decision(found).join(" ").contains(&start)
}

fn fold(text: &str) -> String {
    let plain = text.nfkd().filter(|c| canonical_combining_class(*c) == 0).map(|c| match c {
        '’' | '‘' => '\'',
        '–' | '—' => '-',
        c => c,
    });
    plain.collect::<String>().to_lowercase()
}

fn without_brackets(text: &str) -> String {
    BRACKETS.as_ref().map_or_else(|| text.to_owned(), |brackets| brackets.replace_all(text, " ").into_owned())
}

fn words(text: &str, word: &Pattern) -> Vec<String> {
    word.as_ref().map(|word| word.find_iter(text).map(|found| found.as_str().to_owned()).collect()).unwrap_or_default()
}

/// Replaces what `keep` matches; what follows it is looked at, and left for the next match.
fn replaced(
    text: &str,
    pattern: &Pattern,
    with: impl Fn(&str) -> String,
    to: impl Fn(usize, usize) -> usize,
) -> String {
    let Some(pattern) = pattern.as_ref() else { return text.to_owned() };
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    while let Some(found) = pattern.captures_at(text, from) {
        let (Some(whole), Some(keep)) = (found.get(0), found.name("keep")) else { break };
        out.push_str(&text[from..whole.start()]);
        out.push_str(&with(keep.as_str()));
        from = to(keep.end(), whole.end());
    }
    out.push_str(&text[from..]);
    out
}

fn person(name: &str) -> Vec<String> {
    let name = without_brackets(&fold(name)).replace('-', "");
    // The three letters that must follow are left where they stand; white space before them goes.
    let name = replaced(&name, &MAC, str::to_owned, |_, end| {
        name[..end].char_indices().rev().nth(2).map_or(end, |(at, _)| at)
    });
    let words = words(&name.replace('\'', ""), &WORD);
    let mut words = &words[..];
    while words.len() > 1 && HONORIFICS.split_whitespace().any(|title| title == words[0]) {
        words = &words[1..];
    }
    while words.len() > 1 && POSTNOMINALS.split_whitespace().any(|letters| letters == words[words.len() - 1]) {
        words = &words[..words.len() - 1];
    }
    words.to_vec()
}

fn organisation(name: &str) -> Vec<String> {
    let name = without_brackets(&fold(name)).replace('&', " and ").replace('\'', "");
    let name = replaced(&name, &NORTH_WEST, |_| "north west".to_owned(), |keep, _| keep);
    words(&name, &WORD).into_iter().filter(|word| !["the", "and", "of", "for"].contains(&word.as_str())).collect()
}

fn phrase(text: &str) -> BTreeSet<String> {
    let text = fold(text);
    let text = text.replace("vice chair", "vice-chair").replace("deputy chair", "vice-chair");
    let words = words(&text.replace("co ordinator", "co-ordinator"), &PHRASE_WORD).into_iter();
    let meant = words.map(|word| match SAME_ROLES.iter().find(|(role, _)| *role == word) {
        Some((_, same)) => (*same).to_owned(),
        None => word,
    });
    meant.filter(|word| !word.is_empty()).collect()
}

fn like(a: &str, b: &str, least: f64) -> bool {
    let (a, b) = (phrase(a), phrase(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let (small, large) = if b.len() < a.len() { (&b, &a) } else { (&a, &b) };
    small == large || (small.len() >= 2 && small.is_subset(large)) || overlap(&a, &b) >= least
}

/// Share of the words of two sets that both hold.
fn overlap(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let both = a.intersection(b).count();
    both as f64 / (a.len() + b.len() - both) as f64
}

fn decision(text: &str) -> Vec<String> {
    let text = fold(text);
    let text = text.trim();
    let marker = MARKER.as_ref().and_then(|marker| marker.find(text)).map_or(0, |marker| marker.end());
    let words = words(&text[marker..], &WORD).into_iter();
    words
        .skip_while(|w| ["that", "the", "it", "was", "resolved", "agreed", "noted", "to"].contains(&w.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_compile() {
        for pattern in [&BRACKETS, &WORD, &PHRASE_WORD, &MAC, &NORTH_WEST, &MARKER] {
            assert!(pattern.is_some());
        }
    }

    #[test]
    fn people_are_compared_without_titles_and_letters() {
        assert!(same_person("Cllr. David Bill MBE", "David Bill"));
        assert!(same_person("D. Bill", "Cllr Bill") && same_person("D Bill", "David Bill"));
        assert!(same_person("Seán Mac Cárthaigh", "Sean MacCarthaigh") && same_person("Mc Donald", "McDonald"));
        assert!(!same_person("David Bill", "John Bill") && !same_person("", "Bill"));
    }

    #[test]
    fn organisations_are_compared_by_words_and_initials() {
        assert!(same_organisation("The Blaby & Harborough Trust", "Blaby and Harborough Trust"));
        assert!(same_organisation("NWLDC", "N.W. Leicestershire District Council") != same_organisation("NPS", "DC"));
        assert!(same_organisation("NPS", "National Probation Service"));
        assert!(!same_organisation("Blaby District Council", "Melton Borough Council"));
    }

    #[test]
    fn roles_items_and_decisions_are_compared_by_their_words() {
        assert!(same_phrase("Vice Chairman", "Vice-Chair") || same_phrase("Chairman", "Chair"));
        assert!(same_phrase("Head of Safer Communities", "Head of Service for Safer Communities"));
        assert!(!same_phrase("Clerk", "Chair"));
        assert!(same_decision("that the report be noted", "(a) That the report be noted and published;"));
        assert!(!same_decision("that", "That the report be noted"));
    }
}
