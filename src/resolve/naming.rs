//! Names and identifiers of entities. In: who is one. Out: for each cluster its canonical name, its other
//! names, and the identifier that it asks for.
//!
//! The canonical name is the fullest that is in regular use. The identifier is made of the full name that the most
//! documents use, so that one document more does not change it ([`super::granting`] says how many are enough);
//! one of two namesakes is qualified by its body.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::model::{Details, Entity, EntityKind, Nature, Text};

use super::corpus::{Corpus, Member, Partition};
use super::granting::{Use, Wish, first, grant, kept};
use super::identifier::{path_slug, slug};
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
                let mention = &corpus.mentions.of(*d)[*m as usize];
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
                let (_, used) = forms.entry(bare.clone()).or_insert_with(|| (name.clone(), Use::seen(place)));
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
        // The identifier is made of the name that says as much and that most documents use.
        let says = |n: &PersonName| (n.fullness().0, !n.given.is_empty());
        let named = forms.values().filter(|(n, _)| says(n) == says(&canonical));
        let named = named.min_by(|(_, x), (_, y)| x.rank().cmp(&y.rank())).map_or(&canonical, |(n, _)| n);
        let bodies = bodies_of(corpus, members, bodies);
        let mut qualifiers = qualifiers(corpus, members, &bodies);
        let mut plain = format!("person/{}", named.slug());
        // Initials are of one person within their body, a surname within its document: the identifier says so.
        let within = match (named.given.is_empty(), named.is_initialled()) {
            (true, _) => qualifiers.len(),
            (_, true) if bodies.is_empty() => qualifiers.len(),
            (_, initialled) => usize::from(initialled),
        };
        for qualifier in qualifiers.drain(..within).filter(|q| !q.is_empty()) {
            plain.push('-');
            plain.push_str(&qualifier);
        }
        let mut leading = BTreeSet::new();
        for (name, _) in forms.values().filter(|(n, _)| !n.given.is_empty()) {
            let slug = format!("person/{}", name.slug());
            leading.extend(bodies.iter().map(|body| format!("{slug}-{body}")));
            if name.is_full() {
                leading.insert(slug);
            }
        }
        details.given.clone_from(&canonical.written_given);
        details.family.clone_from(&canonical.written_family);
        let name = canonical.bare();
        let spoken = others.iter().map(|o| (*o).to_owned());
        let aliases = spoken.chain(forms.into_iter().filter(|(_, (n, _))| !n.given.is_empty()).map(|(form, _)| form));
        details.aliases = distinct(aliases, &name);
        let known = Some(Box::new(details));
        entities.push(Entity { name: name.into(), known, ..nameless(EntityKind::Person) });
        let mentions = |(d, p): &Member| (*d, corpus.locals[*d as usize].people[*p as usize].mentions.as_slice());
        let (used, kept) = (used(corpus, members), kept(corpus, members.iter().map(mentions)));
        wishes.push(Wish { plain, used, qualifiers, others: leading, kept, cluster: c });
    }
    grant(corpus, wishes, &mut entities);
    Named { partition, entities }
}

/// Names organisations.
pub(super) fn organisations(corpus: Corpus, partition: Partition, names: &[OrganisationName]) -> Named {
    let mut entities = Vec::with_capacity(partition.clusters.len());
    let mut wishes = Vec::new();
    let slugs: Vec<(String, BTreeSet<String>)> = partition.clusters.iter().map(|m| spellings_of(corpus, m)).collect();
    for (c, (members, name)) in partition.clusters.iter().zip(names).enumerate() {
        let mut spellings: BTreeMap<String, (bool, Use)> = BTreeMap::new();
        for (d, o) in members {
            for m in &corpus.locals[*d as usize].organisations[*o as usize].mentions {
                let mention = &corpus.mentions.of(*d)[*m as usize];
                let text = tidy(corpus.words(*d, *m));
                let own = OrganisationName::new(&text, corpus.lexicon);
                if mention.nature == Nature::Description || (own.is_bare() && own.words != name.words) {
                    continue;
                }
                let place = first(corpus, *d, *m);
                let known = || (own.words == name.words, Use::seen(place));
                spellings.entry(text).or_insert_with(known).1.add(place);
            }
        }
        let best = spellings.iter().filter(|(_, (own, _))| *own).max_by(|(a, (_, x)), (b, (_, y))| {
            let mixed = |t: &str| t.chars().any(char::is_lowercase) && t.chars().next().is_some_and(char::is_uppercase);
            (mixed(a), x.documents, a.len()).cmp(&(mixed(b), y.documents, b.len())).then_with(|| b.cmp(a))
        });
        let written = best.map_or_else(|| spelled(name), |(text, _)| calm(text));
        let words: Vec<&str> = name.words.iter().map(String::as_str).collect();
        let class = corpus
            .lexicon
            .organisations
            .suffix(&words)
            .map(|(_, w)| w)
            .or_else(|| corpus.lexicon.organisations.within(&words));
        let mut details = Details {
            class: class.map_or("formal", |w| w.class).into(),
            function: function(name, corpus.lexicon).map(|(key, _)| key.into()),
            ..Details::default()
        };
        let (d, o) = members.iter().copied().min_by_key(|(d, _)| first(corpus, *d, 0)).unwrap_or_default();
        let body = corpus.locals[d as usize].body.filter(|b| *b != o).map(|b| partition.cluster((d, b)));
        let folder = corpus.path(d).rsplit_once('/').map(|(folder, _)| path_slug(folder).replace('/', "-"));
        let mut qualifiers =
            vec![body.map(|b| slugs[b as usize].0.clone()).unwrap_or_default(), folder.unwrap_or_default()];
        let (slug, others) = &slugs[c];
        let mut plain = format!("organisation/{slug}");
        // A name that is vocabulary alone is of its body, or for a body of its folder: the identifier says so.
        if name.is_bare() {
            let within = if body.is_some_and(|b| !names[b as usize].is_bare()) { 1 } else { 2 };
            for qualifier in qualifiers.drain(..within).filter(|q| !q.is_empty()) {
                plain.push('-');
                plain.push_str(&qualifier);
            }
        }
        let others = others.iter().map(|other| format!("organisation/{other}")).filter(|_| !name.is_bare()).collect();
        details.aliases = distinct(spellings.keys().cloned(), &written);
        entities.push(Entity {
            name: written.into(),
            known: Some(Box::new(details)),
            ..nameless(EntityKind::Organisation)
        });
        let mentions =
            |(d, o): &Member| (*d, corpus.locals[*d as usize].organisations[*o as usize].mentions.as_slice());
        let (used, kept) = (used(corpus, members), kept(corpus, members.iter().map(mentions)));
        wishes.push(Wish { plain, used, qualifiers, others, kept, cluster: c });
    }
    grant(corpus, wishes, &mut entities);
    Named { partition, entities }
}

/// The words of the identifier of an organisation: those that most documents use; and the others.
fn spellings_of(corpus: Corpus, members: &[Member]) -> (String, BTreeSet<String>) {
    let mut spelled: BTreeMap<(bool, String), Use> = BTreeMap::new();
    for (d, o) in members {
        let organisation = &corpus.locals[*d as usize].organisations[*o as usize];
        let place = first(corpus, *d, organisation.mentions.first().copied().unwrap_or_default());
        let key = (organisation.abbreviation.is_some(), organisation.name.slug());
        spelled.entry(key).or_insert_with(|| Use::seen(place)).add(place);
    }
    let best = spelled.iter().min_by_key(|((short, _), used)| (*short, used.rank()));
    let best = best.map(|((_, slug), _)| slug.clone()).unwrap_or_default();
    let others = spelled.into_keys().map(|(_, slug)| slug).filter(|slug| *slug != best).collect();
    (best, others)
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
                spellings.entry(tidy(corpus.words(*d, *m))).or_insert_with(|| Use::seen(place)).add(place);
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
        let aliases = distinct(spellings.keys().cloned(), &name);
        let known = (!aliases.is_empty()).then(|| Box::new(Details { aliases, ..Details::default() }));
        entities.push(Entity { name: name.into(), known, ..nameless(kind) });
        let (plain, used) = (format!("{}/{}", kind.name(), slug(key)), used(corpus, members));
        let mentions = |(d, t): &Member| (*d, corpus.locals[*d as usize].things[*t as usize].mentions.as_slice());
        let kept = kept(corpus, members.iter().map(mentions));
        wishes.push(Wish { plain, used, qualifiers: Vec::new(), others: BTreeSet::new(), kept, cluster: c });
    }
    grant(corpus, wishes, &mut entities);
    Named { partition, entities }
}

/// Organisations in whose minutes a cluster stands, the best attested first, without their kind.
fn bodies_of(corpus: Corpus, members: &[Member], bodies: &Named) -> Vec<String> {
    let mut found: BTreeMap<u32, Use> = BTreeMap::new();
    for (d, _) in members {
        if let Some(body) = corpus.locals[*d as usize].body {
            let place = first(corpus, *d, 0);
            found.entry(bodies.partition.cluster((*d, body))).or_insert_with(|| Use::seen(place)).add(place);
        }
    }
    let mut found: Vec<(u32, Use)> = found.into_iter().collect();
    found.sort_by(|(_, a), (_, b)| a.rank().cmp(&b.rank()));
    let slug = |body: &u32| bodies.entities[*body as usize].iri.trim_start_matches("organisation/").to_owned();
    found.iter().map(|(body, _)| slug(body)).collect()
}

/// What tells a namesake apart: its body, then the day of its first meeting, then its first document.
fn qualifiers(corpus: Corpus, members: &[Member], bodies: &[String]) -> Vec<String> {
    let earliest = members.iter().map(|(d, _)| *d).min_by_key(|d| first(corpus, *d, 0)).unwrap_or_default();
    let date = corpus.date(earliest).map(|d| d.to_string());
    let path = if bodies.is_empty() || date.is_none() {
        path_slug(corpus.path(earliest)).replace('/', "-")
    } else {
        String::new()
    };
    vec![bodies.first().cloned().unwrap_or_default(), date.unwrap_or_default(), path]
}

/// All documents of a cluster.
fn used<'a>(corpus: Corpus<'a>, members: &[Member]) -> Use<'a> {
    let mut documents: Vec<u32> = members.iter().map(|(d, _)| *d).collect();
    documents.sort_unstable();
    documents.dedup();
    let mut places = documents.into_iter().map(|d| first(corpus, d, 0));
    let mut used = places.next().map(Use::seen).unwrap_or_default();
    used.documents = 1;
    places.for_each(|place| used.add(place));
    used
}

fn nameless(kind: EntityKind) -> Entity {
    Entity {
        iri: String::new(),
        kind,
        name: Text::default(),
        first_seen: None,
        last_seen: None,
        documents: 0,
        mentions: 0,
        known: None,
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
