//! What speaks for and against two names being one person: a visible list of features with weights; what forbids it is
//! in [`super::veto`]. In: two profiles. Out: a score from 0 to 1 with reasons in plain words. Joins nothing.

use rustc_hash::FxHashMap;

use crate::lexicon::Lexicon;
use crate::model::{Capacity, Date};

use super::document_people::{dress_conflict, gender_conflict};
use super::organisation::OrganisationName;
use super::person::{Given, PersonName, given, near};
use super::veto::VETOES;

/// From this score on two names are joined.
pub(super) const JOINED: f64 = 0.75;
/// From this score on a pair that was not joined is worth a person's look.
pub(super) const NEAR: f64 = 0.5;

/// What is known of a name in one body: what features compare.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    /// The name.
    pub name: PersonName,
    /// The body in whose minutes it stands, an organisation.
    pub body: Option<u32>,
    /// Organisations that the person stands for, sorted.
    pub organisations: Vec<u32>,
    /// Public functions of these, sorted.
    pub functions: Vec<&'static str>,
    /// Day of the first meeting.
    pub first: Option<Date>,
    /// Of the last.
    pub last: Option<Date>,
    /// Capacities in which lists show the person, sorted.
    pub capacities: Vec<Capacity>,
    /// Full names of others who attended the same meetings, as numbers, sorted; a sample where many.
    pub colleagues: Vec<u64>,
    /// Documents, sorted.
    pub documents: Vec<u32>,
    /// Folders of these, as numbers, sorted; 0 is no folder.
    pub folders: Vec<u32>,
}

/// What features look up.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    /// Vocabulary.
    pub lexicon: &'a Lexicon,
    /// Names of organisations.
    pub organisations: &'a [OrganisationName],
    /// How many given names each surname has in all documents.
    pub given_names: &'a FxHashMap<String, u32>,
}

/// Within what bounds nobody else fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sole {
    /// Others may fit.
    No,
    /// The document.
    Document(&'static str),
    /// The body, about the time.
    Body,
}

/// Two profiles side by side.
pub(super) struct Pair<'a> {
    /// One.
    pub left: &'a Profile,
    /// The other.
    pub right: &'a Profile,
    /// Where to look up.
    pub context: Context<'a>,
    /// Whether nobody else fits.
    pub sole: Sole,
}

/// A feature: its name, how much it counts at most, and what it compares. It gives the share of its weight
/// (negative where it speaks against) and the reason, or nothing where it has nothing to say.
pub struct Feature {
    /// Name.
    pub name: &'static str,
    /// What it adds to the score at most.
    pub weight: f64,
    /// What it compares, in a sentence.
    pub meaning: &'static str,
    compare: fn(&Pair) -> Option<(f64, String)>,
}

/// The features, in the order in which they are shown.
pub static FEATURES: &[Feature] = &[
    Feature {
        name: "surname",
        weight: 0.30,
        meaning: "the same surname, whatever its accents, hyphens and particles",
        compare: surname,
    },
    Feature { name: "misspelling", weight: 0.08, meaning: "one letter of the surname differs", compare: misspelling },
    Feature { name: "given name", weight: 0.30, meaning: "the same given name in full", compare: given_name },
    Feature {
        name: "nickname",
        weight: 0.22,
        meaning: "one given name is a short form of the other",
        compare: nickname,
    },
    Feature {
        name: "spelling",
        weight: 0.15,
        meaning: "the given name is spelled a little differently",
        compare: spelling,
    },
    Feature { name: "initials", weight: 0.15, meaning: "the initials fit", compare: initials },
    Feature {
        name: "middle name",
        weight: 0.05,
        meaning: "a second given name or initial agrees",
        compare: middle_name,
    },
    Feature {
        name: "title",
        weight: 0.05,
        meaning: "the same rank, degree, order or letters after the name",
        compare: title,
    },
    Feature {
        name: "organisation",
        weight: 0.25,
        meaning: "both stand for the same organisation",
        compare: organisation,
    },
    Feature {
        name: "function",
        weight: 0.12,
        meaning: "both stand for organisations of the same public function",
        compare: function,
    },
    Feature {
        name: "body",
        weight: 0.25,
        meaning: "both stand in minutes of the same body, or of bodies of one place",
        compare: body,
    },
    Feature {
        name: "series",
        weight: 0.10,
        meaning: "the documents lie in one folder, and not all of them say which body met",
        compare: series,
    },
    Feature {
        name: "period",
        weight: 0.25,
        meaning: "how far apart in time they were seen: decades speak against",
        compare: period,
    },
    Feature { name: "rarity", weight: 0.20, meaning: "the name is rare", compare: rarity },
    Feature {
        name: "colleagues",
        weight: 0.20,
        meaning: "both attended with the same other people",
        compare: colleagues,
    },
    Feature {
        name: "only candidate",
        weight: 0.60,
        meaning: "nobody else of the document, or of the body at that time, fits",
        compare: only_candidate,
    },
];

/// What all features and vetoes say.
#[derive(Clone, Debug, Default)]
pub(super) struct Verdict {
    /// From 0 to 1; 0 where forbidden.
    pub score: f64,
    /// Features that spoke, or the veto.
    pub features: Vec<(std::borrow::Cow<'static, str>, f64, String)>,
    /// Whether a veto forbids it.
    pub forbidden: bool,
}

/// Compares two profiles.
pub(super) fn compare(pair: &Pair) -> Verdict {
    if let Some((veto, why)) = VETOES.iter().find_map(|v| Some((v, (v.forbids)(pair)?))) {
        return Verdict { score: 0.0, features: vec![(veto.name.into(), 0.0, why)], forbidden: true };
    }
    features(pair)
}

/// What the features say, vetoes left aside.
pub(super) fn features(pair: &Pair) -> Verdict {
    let mut verdict = Verdict::default();
    for feature in FEATURES {
        if let Some((share, why)) = (feature.compare)(pair) {
            let score = rounded(feature.weight * share);
            verdict.score += score;
            verdict.features.push((feature.name.into(), score, why));
        }
    }
    verdict.score = rounded(verdict.score.clamp(0.0, 1.0));
    verdict
}

/// Scores are shown, and compared, to the thousandth.
fn rounded(score: f64) -> f64 {
    (score * 1000.0).round() / 1000.0
}

/// Whether two names can be of one person, all else left aside.
pub(super) fn names_conflict(a: &PersonName, b: &PersonName, lexicon: &Lexicon) -> bool {
    let verdict = given(a, b, lexicon);
    (verdict == Given::Conflict && a.whole != b.whole)
        || dress_conflict(a, b)
        || (verdict == Given::Initial && gender_conflict(a, b, lexicon))
        || (a.family != b.family && a.whole != b.whole && !near(&a.family, &b.family))
}

pub(super) fn verdict(pair: &Pair) -> Given {
    if pair.left.name.whole == pair.right.name.whole {
        return if pair.left.name.given.is_empty() { Given::Absent } else { Given::Same };
    }
    given(&pair.left.name, &pair.right.name, pair.context.lexicon)
}

fn surname(pair: &Pair) -> Option<(f64, String)> {
    let (a, b) = (&pair.left.name, &pair.right.name);
    (!a.family.is_empty() && (a.family == b.family || a.whole == b.whole))
        .then(|| (1.0, format!("surname {}", a.written_family)))
}

fn misspelling(pair: &Pair) -> Option<(f64, String)> {
    let (a, b) = (&pair.left.name, &pair.right.name);
    (a.whole != b.whole && near(&a.family, &b.family))
        .then(|| (1.0, format!("{} and {} differ in one letter", a.written_family, b.written_family)))
}

fn given_name(pair: &Pair) -> Option<(f64, String)> {
    let (a, b) = (&pair.left.name, &pair.right.name);
    (verdict(pair) == Given::Same && a.is_full() && b.is_full())
        .then(|| (1.0, format!("given name {}", a.written_given)))
}

fn nickname(pair: &Pair) -> Option<(f64, String)> {
    let (a, b) = (&pair.left.name, &pair.right.name);
    (verdict(pair) == Given::Nickname)
        .then(|| (1.0, format!("{} and {} are forms of one given name", a.written_given, b.written_given)))
}

fn spelling(pair: &Pair) -> Option<(f64, String)> {
    let (a, b) = (&pair.left.name, &pair.right.name);
    (verdict(pair) == Given::Spelling)
        .then(|| (1.0, format!("{} and {} are spellings of one given name", a.written_given, b.written_given)))
}

fn initials(pair: &Pair) -> Option<(f64, String)> {
    let (a, b) = (&pair.left.name, &pair.right.name);
    let both = a.is_initialled() && b.is_initialled() && verdict(pair) == Given::Same;
    (verdict(pair) == Given::Initial || both).then(|| (1.0, format!("{} fits {}", a.written_given, b.written_given)))
}

fn middle_name(pair: &Pair) -> Option<(f64, String)> {
    let (a, b) = (&pair.left.name.given, &pair.right.name.given);
    let agree = a.len() > 1 && b.len() > 1 && verdict(pair) >= Given::Initial;
    agree.then(|| (1.0, format!("second given name {}", if a[1].len() >= b[1].len() { &a[1] } else { &b[1] })))
}

fn title(pair: &Pair) -> Option<(f64, String)> {
    let (a, b) = (&pair.left.name, &pair.right.name);
    if let Some(letters) = a.postnominals.iter().find(|p| b.postnominals.iter().any(|q| q.eq_ignore_ascii_case(p))) {
        return Some((1.0, format!("both {letters}")));
    }
    let mut shared = a.honorifics.iter().filter(|h| b.honorifics.contains(h));
    let class = |h: &str| pair.context.lexicon.honorifics.get(h).map_or("", |h| h.class);
    shared.find_map(|h| match class(h) {
        "rank" | "academic" | "noble" | "clergy" => Some((1.0, format!("both {h}"))),
        "office" => Some((0.4, format!("both {h}"))),
        _ => None,
    })
}

fn organisation(pair: &Pair) -> Option<(f64, String)> {
    // The body itself, or what everybody of it stands for, tells nobody apart.
    let other = |o: &&u32| Some(**o) != pair.left.body && Some(**o) != pair.right.body;
    let shared =
        pair.left.organisations.iter().filter(other).find(|o| pair.right.organisations.binary_search(o).is_ok())?;
    Some((1.0, format!("both for {}", pair.context.organisations[*shared as usize].words.join(" "))))
}

fn function(pair: &Pair) -> Option<(f64, String)> {
    if organisation(pair).is_some() {
        return None;
    }
    let shared = pair.left.functions.iter().find(|f| pair.right.functions.binary_search(f).is_ok())?;
    Some((1.0, format!("both for {}", shared.replace('-', " "))))
}

fn body(pair: &Pair) -> Option<(f64, String)> {
    let (left, right) = (pair.left.body?, pair.right.body?);
    let name = |o: u32| &pair.context.organisations[o as usize];
    if left == right {
        return Some((1.0, format!("both in minutes of {}", name(left).words.join(" "))));
    }
    name(left)
        .covers(name(right))
        .then(|| (0.48, format!("in minutes of {} and {}", name(left).words.join(" "), name(right).words.join(" "))))
}

fn series(pair: &Pair) -> Option<(f64, String)> {
    let known = pair.left.body.is_some() && pair.right.body.is_some();
    if known && pair.left.body == pair.right.body {
        return None;
    }
    // Minutes that lie in no folder may be of all the world.
    let shared = |f: &&u32| pair.right.folders.binary_search(f).is_ok() && (!known || **f > 0);
    pair.left.folders.iter().find(shared)?;
    Some((if known { 0.4 } else { 1.0 }, "in documents of one folder".to_owned()))
}

/// Years between two profiles that do not overlap; 0 where they do; `None` where dates are not known.
pub(super) fn years_between(a: &Profile, b: &Profile) -> Option<u16> {
    let (a_first, a_last, b_first, b_last) = (a.first?, a.last?, b.first?, b.last?);
    Some(if a_last < b_first {
        b_first.year - a_last.year
    } else if b_last < a_first {
        a_first.year - b_last.year
    } else {
        0
    })
}

fn period(pair: &Pair) -> Option<(f64, String)> {
    match years_between(pair.left, pair.right)? {
        0..=4 => Some((0.12, "seen within five years".to_owned())),
        years @ 26.. => Some((-1.0, format!("{years} years apart"))),
        years @ 16..=25 => Some((-0.4, format!("{years} years apart"))),
        _ => None,
    }
}

fn rarity(pair: &Pair) -> Option<(f64, String)> {
    let (a, b) = (&pair.left.name, &pair.right.name);
    let lexicon = pair.context.lexicon;
    if !a.is_full() || !b.is_full() || verdict(pair) < Given::Spelling {
        return None;
    }
    let rare_given = !a.given.iter().chain(&b.given).any(|g| g.len() > 1 && lexicon.is_given_name(g));
    // A surname that several families of the minutes bear, or that is a given name too, is no rare one.
    let bearers = pair.context.given_names.get(&a.family).copied().unwrap_or(0);
    let common = lexicon.is_common_surname(&a.written_family) || lexicon.is_given_name(&a.written_family);
    let rare_surname = a.family == b.family && bearers <= 4 && !common;
    match (rare_given, rare_surname) {
        (true, true) => Some((1.0, format!("{} is a rare name", a.bare()))),
        (false, true) => Some((0.6, format!("{} is a rare surname", a.written_family))),
        (true, false) => Some((0.4, format!("{} is a rare given name", a.written_given))),
        _ => None,
    }
}

fn colleagues(pair: &Pair) -> Option<(f64, String)> {
    // Within one body everybody has the same colleagues.
    if pair.left.body.is_some() && pair.left.body == pair.right.body {
        return None;
    }
    let right = &pair.right.colleagues;
    let shared = pair.left.colleagues.iter().filter(|c| right.binary_search(c).is_ok()).count();
    match shared {
        0 => None,
        1 => Some((0.25, "attended with one other person of the same name".to_owned())),
        2 => Some((0.6, "attended with two of the same people".to_owned())),
        n => Some((1.0, format!("attended with {n} of the same people"))),
    }
}

fn only_candidate(pair: &Pair) -> Option<(f64, String)> {
    match pair.sole {
        Sole::No => None,
        Sole::Document(why) => Some((1.0, why.to_owned())),
        Sole::Body => Some((0.34, "the only person of the body at that time who fits".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(written: &str, document: u32, body: Option<u32>) -> Profile {
        let name = PersonName::new(written, Lexicon::embedded());
        Profile { name, body, documents: vec![document], ..Profile::default() }
    }

    fn score(left: &str, right: &str, one_body: bool) -> f64 {
        let names = [
            OrganisationName::new("Blaby Board", Lexicon::embedded()),
            OrganisationName::new("Melton Forum", Lexicon::embedded()),
        ];
        let context =
            Context { lexicon: Lexicon::embedded(), organisations: &names, given_names: &FxHashMap::default() };
        let (left, right) = (profile(left, 0, Some(0)), profile(right, 1, Some(u32::from(!one_body))));
        compare(&Pair { left: &left, right: &right, context, sole: Sole::No }).score
    }

    #[test]
    fn a_full_name_in_one_body_is_one_person() {
        assert!(score("Mr David Frank", "David Frank", true) >= JOINED);
        assert!(score("David Frank", "Dave Frank", true) >= JOINED);
        assert!(score("Kevin J. Loydall", "Kevin Loydall", true) >= JOINED);
    }

    #[test]
    fn conflicts_forbid() {
        assert!(score("Mr John Smith Jnr", "Mr John Smith Snr", true) == 0.0);
        assert!(score("Mr Chris Collins", "Mrs Chris Collins", true) == 0.0);
        assert!(score("John Smith", "Jane Smith", true) == 0.0);
        assert!(score("Kevin J. Loydall", "Kevin P. Loydall", true) == 0.0);
    }

    #[test]
    fn what_is_likely_but_not_sure_stays_below() {
        assert!(score("John MacDonald", "John McDonald", true) < JOINED);
        assert!(score("J. Smith", "John Smith", true) < JOINED);
        assert!(score("Mr Smith", "John Smith", true) < JOINED);
    }

    #[test]
    fn weights_and_names_are_sound() {
        assert!(FEATURES.iter().all(|f| f.weight > 0.0 && f.weight < JOINED && !f.meaning.is_empty()));
        let mut names: Vec<_> = FEATURES.iter().map(|f| f.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FEATURES.len());
    }
}
