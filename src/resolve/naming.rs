//! Names and identifiers of entities. In: who is one. Out: for each cluster its canonical name, its other
//! names, and an identifier that rests on its own documents alone.
//!
//! The canonical name is the fullest that is in regular use. The identifier is made of the earliest full
//! name, so that a later document does not change it; the later of two namesakes is qualified by its body.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::model::{Date, Details, Entity, EntityKind, Nature};

use super::corpus::{Corpus, Member, Partition};
use super::identifier::{Taken, path_slug, slug};
use super::organisation::{OrganisationName, abbreviation};
use super::organisations::function;
use super::person::PersonName;

/// Clusters of one kind with their entities.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// Which local entities are one.
    pub partition: Partition,
    /// The entity of each cluster; what is counted is filled in later.
    pub entities: Vec<Entity>,
}

/// When and where a cluster first appears: the order in which identifiers are given out.
type First<'a> = (bool, Option<Date>, &'a str, u32);

fn first(corpus: Corpus<'_>, document: u32, mention: u32) -> First<'_> {
    let date = corpus.date(document);
    (date.is_none(), date, corpus.path(document), mention)
}

/// How often a form of a name is used.
#[derive(Clone, Debug, Default)]
struct Use<'a> {
    documents: u32,
    first: First<'a>,
}

/// Names people.
pub(super) fn people(corpus: Corpus, partition: Partition, bodies: &Named) -> Named {
    let mut read: FxHashMap<&str, PersonName> = FxHashMap::default();
    let mut wishes = Vec::new();
    let mut entities = Vec::with_capacity(partition.clusters.len());
    for (c, members) in partition.clusters.iter().enumerate() {
        let mut forms: BTreeMap<String, (PersonName, Use)> = BTreeMap::new();
        let mut others: Vec<&str> = Vec::new();
        let mut details = Details::default();
        for (d, p) in members {
            let mut seen: Vec<String> = Vec::new();
            for m in &corpus.locals[*d as usize].people[*p as usize].mentions {
                let mention = &corpus.extractions[*d as usize].mentions[*m as usize];
                if mention.nature == Nature::Description {
                    continue;
                }
                let text = corpus.words(*d, *m);
                let name = read.entry(text).or_insert_with(|| PersonName::new(text, corpus.lexicon));
                details.honorifics.extend(name.honorifics.iter().map(|h| (*h).to_owned()));
                details.postnominals.extend(name.postnominals.iter().cloned());
                if name.given.is_empty() {
                    others.push(text);
                }
                let bare = name.bare();
                let place = first(corpus, *d, *m);
                let (_, used) =
                    forms.entry(bare.clone()).or_insert_with(|| (name.clone(), Use { documents: 0, first: place }));
                used.first = used.first.min(place);
                if !seen.contains(&bare) {
                    seen.push(bare);
                    used.documents += 1;
                }
            }
        }
        for list in [&mut details.honorifics, &mut details.postnominals] {
            list.sort_unstable();
            list.dedup();
        }
        let most = forms.values().map(|(_, u)| u.documents).max().unwrap_or(0);
        // The fullest of the forms in regular use: one odd mention names nobody.
        let canonical = forms.values().filter(|(_, u)| u.documents * 5 >= most).max_by(|(a, x), (b, y)| {
            let rank = |n: &PersonName, u: &Use| (n.fullness(), !n.is_shouted(), u.documents, n.written_given.len());
            rank(a, x).cmp(&rank(b, y)).then_with(|| y.first.cmp(&x.first))
        });
        let Some((canonical, _)) = canonical.cloned() else {
            entities.push(nameless(EntityKind::Person));
            continue;
        };
        let full = |n: &PersonName| {
            n.family == canonical.family
                && n.fullness().0 == canonical.fullness().0
                && n.given.is_empty() == canonical.given.is_empty()
        };
        let earliest = forms.values().filter(|(n, _)| full(n)).min_by(|(_, x), (_, y)| x.first.cmp(&y.first));
        let plain = earliest.map_or_else(|| canonical.slug(), |(n, _)| n.slug());
        let start = forms.values().map(|(_, u)| u.first).min().unwrap_or_default();
        let (d, _) = members.iter().copied().min_by_key(|(d, _)| first(corpus, *d, 0)).unwrap_or_default();
        let mut qualifiers = qualifiers(corpus, d, bodies);
        let mut plain = format!("person/{plain}");
        // Initials are of one person within their body, a surname within its document: the identifier says so.
        let within = if canonical.given.is_empty() { qualifiers.len() } else { usize::from(canonical.is_initialled()) };
        for qualifier in qualifiers.drain(..within).filter(|q| !q.is_empty()) {
            plain.push('-');
            plain.push_str(&qualifier);
        }
        details.given.clone_from(&canonical.written_given);
        details.family.clone_from(&canonical.written_family);
        let name = canonical.bare();
        let spoken = others.iter().map(|o| (*o).to_owned());
        let aliases = spoken.chain(forms.into_iter().filter(|(_, (n, _))| !n.given.is_empty()).map(|(form, _)| form));
        let aliases = distinct(aliases, &name);
        entities.push(Entity { name, aliases, details, ..nameless(EntityKind::Person) });
        wishes.push(Wish { plain, start, qualifiers, cluster: c });
    }
    grant(wishes, &mut entities);
    Named { partition, entities }
}

/// Names organisations.
pub(super) fn organisations(corpus: Corpus, partition: Partition, names: &[OrganisationName]) -> Named {
    let mut entities = Vec::with_capacity(partition.clusters.len());
    let mut wishes = Vec::new();
    for (c, (members, name)) in partition.clusters.iter().zip(names).enumerate() {
        let mut spellings: BTreeMap<String, (bool, Use)> = BTreeMap::new();
        for (d, o) in members {
            for m in &corpus.locals[*d as usize].organisations[*o as usize].mentions {
                let mention = &corpus.extractions[*d as usize].mentions[*m as usize];
                let text = tidy(corpus.words(*d, *m));
                let own = OrganisationName::new(&text, corpus.lexicon);
                if mention.nature == Nature::Description || (own.is_bare() && own.words != name.words) {
                    continue;
                }
                let place = first(corpus, *d, *m);
                let (_, used) = spellings
                    .entry(text)
                    .or_insert_with(|| (own.words == name.words, Use { documents: 0, first: place }));
                used.first = used.first.min(place);
                used.documents += 1;
            }
        }
        let plain = format!("organisation/{}", name.slug());
        let best = spellings.iter().filter(|(_, (own, _))| *own).max_by(|(a, (_, x)), (b, (_, y))| {
            let mixed = |t: &str| t.chars().any(char::is_lowercase) && t.chars().next().is_some_and(char::is_uppercase);
            (mixed(a), x.documents, a.len()).cmp(&(mixed(b), y.documents, b.len())).then_with(|| b.cmp(a))
        });
        let written = best.map_or_else(|| spelled(name), |(text, _)| calm(text));
        let start = spellings.values().map(|(_, u)| u.first).min().unwrap_or_default();
        let words: Vec<&str> = name.words.iter().map(String::as_str).collect();
        let class = corpus
            .lexicon
            .organisations
            .suffix(&words)
            .map(|(_, w)| w)
            .or_else(|| corpus.lexicon.organisations.within(&words));
        let details = Details {
            class: class.map_or("formal", |w| w.class).into(),
            function: function(name, corpus.lexicon).map(|(key, _)| key.into()),
            ..Details::default()
        };
        let d = members.iter().map(|(d, _)| *d).min_by_key(|d| first(corpus, *d, 0)).unwrap_or_default();
        let body = corpus.locals[d as usize].body.map(|b| &corpus.locals[d as usize].organisations[b as usize].name);
        let body = body.filter(|b| b.words != name.words).map(OrganisationName::slug).unwrap_or_default();
        let folder =
            corpus.path(d).rsplit_once('/').map(|(folder, _)| path_slug(folder).replace('/', "-")).unwrap_or_default();
        let aliases = distinct(spellings.keys().cloned(), &written);
        entities.push(Entity { name: written, aliases, details, ..nameless(EntityKind::Organisation) });
        wishes.push(Wish { plain, start, qualifiers: vec![body, folder], cluster: c });
    }
    grant(wishes, &mut entities);
    Named { partition, entities }
}

/// Roles, programmes and legislation: one where their folded words are.
pub(super) fn things(corpus: Corpus) -> Named {
    let mut numbers: FxHashMap<(EntityKind, &str), u32> = FxHashMap::default();
    let sizes: Vec<usize> = corpus.locals.iter().map(|l| l.things.len()).collect();
    let partition = Partition::new(&sizes, |(d, t): Member| {
        let thing = &corpus.locals[d as usize].things[t as usize];
        let next = numbers.len() as u32;
        *numbers.entry((thing.kind, thing.key.as_str())).or_insert(next)
    });
    let mut entities = Vec::with_capacity(partition.clusters.len());
    let mut wishes = Vec::new();
    for (c, members) in partition.clusters.iter().enumerate() {
        let mut spellings: BTreeMap<String, Use> = BTreeMap::new();
        let (mut kind, mut key) = (EntityKind::Role, "");
        for (d, t) in members {
            let thing = &corpus.locals[*d as usize].things[*t as usize];
            (kind, key) = (thing.kind, &thing.key);
            for m in &thing.mentions {
                let place = first(corpus, *d, *m);
                let used = spellings.entry(tidy(corpus.words(*d, *m))).or_insert(Use { documents: 0, first: place });
                used.first = used.first.min(place);
                used.documents += 1;
            }
        }
        let best = spellings.iter().max_by(|(a, x), (b, y)| {
            let rank = |t: &str, u: &Use| {
                let mixed = t.chars().any(char::is_lowercase);
                (
                    abbreviation(t).is_none(),
                    mixed,
                    t.chars().next().is_some_and(char::is_uppercase),
                    u.documents,
                    t.len(),
                )
            };
            rank(a, x).cmp(&rank(b, y)).then_with(|| b.cmp(a))
        });
        let name = best.map_or_else(|| key.to_owned(), |(text, _)| text.clone());
        let start = spellings.values().map(|u| u.first).min().unwrap_or_default();
        let aliases = distinct(spellings.keys().cloned(), &name);
        entities.push(Entity { name, aliases, ..nameless(kind) });
        wishes.push(Wish {
            plain: format!("{}/{}", kind.name(), slug(key)),
            start,
            qualifiers: Vec::new(),
            cluster: c,
        });
    }
    grant(wishes, &mut entities);
    Named { partition, entities }
}

/// An identifier that a cluster would like to have.
struct Wish<'a> {
    plain: String,
    start: First<'a>,
    qualifiers: Vec<String>,
    cluster: usize,
}

/// Gives out identifiers: of two namesakes the earlier has the plain one.
fn grant(mut wishes: Vec<Wish>, entities: &mut [Entity]) {
    wishes.sort_by(|a, b| a.plain.cmp(&b.plain).then_with(|| a.start.cmp(&b.start)));
    let mut taken = Taken::default();
    for wish in wishes {
        let place = wish.start.3.to_string();
        entities[wish.cluster].iri = taken.claim(&wish.plain, &wish.qualifiers, &[wish.start.2, &place]);
    }
}

/// What tells a namesake apart: the body of its first meeting, then its day, then its document.
fn qualifiers(corpus: Corpus, document: u32, bodies: &Named) -> Vec<String> {
    let body = corpus.locals[document as usize].body.map(|b| bodies.partition.cluster((document, b)));
    let body = body.map(|b| bodies.entities[b as usize].iri.trim_start_matches("organisation/").to_owned());
    let date = corpus.date(document).map(|d| d.to_string());
    let path = if body.is_none() || date.is_none() {
        path_slug(corpus.path(document)).replace('/', "-")
    } else {
        String::new()
    };
    vec![body.unwrap_or_default(), date.unwrap_or_default(), path]
}

fn nameless(kind: EntityKind) -> Entity {
    Entity {
        iri: String::new(),
        kind,
        name: String::new(),
        aliases: Vec::new(),
        first_seen: None,
        last_seen: None,
        documents: 0,
        mentions: 0,
        details: Details::default(),
    }
}

/// The words of a name without what stands around it, white space folded.
fn tidy(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut name = text.trim_end_matches([' ', '&', ',', '-', '–']);
    while let Some((first, rest)) = name.split_once(' ') {
        let joining = matches!(first.to_lowercase().as_str(), "the" | "of" | "for");
        if !joining {
            break;
        }
        name = rest;
    }
    name.to_owned()
}

/// A name in capitals in title case; short words stay as they are, since they may be abbreviations.
fn calm(name: &str) -> String {
    if name.chars().any(char::is_lowercase) || !name.contains(' ') {
        return name.to_owned();
    }
    let word = |word: &str| {
        let small = word.to_lowercase();
        if matches!(small.as_str(), "and" | "of" | "the" | "for" | "in" | "on" | "to") {
            return small;
        }
        if word.chars().count() <= 3 {
            return word.to_owned();
        }
        let mut out = String::with_capacity(word.len());
        for c in word.chars() {
            let start = out.chars().next_back().is_none_or(|p| !p.is_alphanumeric() && !matches!(p, '\'' | '’'));
            if start { out.push(c) } else { out.extend(c.to_lowercase()) }
        }
        out
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// A name that no mention writes out, from its folded words.
fn spelled(name: &OrganisationName) -> String {
    let capital = |w: &String| {
        let mut letters = w.chars();
        let small = matches!(w.as_str(), "and" | "of" | "the" | "for" | "in");
        letters.next().filter(|_| !small).map_or_else(|| w.clone(), |c| c.to_uppercase().chain(letters).collect())
    };
    name.words.iter().map(capital).collect::<Vec<_>>().join(" ")
}

fn distinct(names: impl Iterator<Item = String>, canonical: &str) -> Vec<String> {
    let mut names: Vec<String> = names.filter(|n| n != canonical && !n.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    names
}
