//! Resolution inside one document: which mentions name the same person, organisation, role, programme or act.
//!
//! In: one extraction. Out: a [`Local`] entity for each mention, or the reason why it has none. Never looks
//! at another document; what is ambiguous here stays apart or unresolved.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::lexicon::{Lexicon, fold};
use crate::model::{EntityKind, Extraction, Nature};

use super::document_people::{self, LocalPerson};
use super::organisation::{OrganisationName, abbreviation, singular};

/// An organisation within one document.
#[derive(Clone, Debug, Default)]
pub(super) struct LocalOrganisation {
    /// Its name, in the fullest form.
    pub name: Arc<OrganisationName>,
    /// An abbreviation that the document does not spell out.
    pub abbreviation: Option<String>,
    /// Mentions, by place.
    pub mentions: Vec<u32>,
}

/// A role, programme or piece of legislation within one document.
#[derive(Clone, Debug)]
pub(super) struct LocalThing {
    /// Kind.
    pub kind: EntityKind,
    /// Folded words that identify it.
    pub key: String,
    /// Mentions, by place.
    pub mentions: Vec<u32>,
}

/// What the mentions of one document name.
#[derive(Clone, Debug, Default)]
pub(super) struct Local {
    /// People.
    pub people: Vec<LocalPerson>,
    /// Organisations.
    pub organisations: Vec<LocalOrganisation>,
    /// Roles, programmes, legislation.
    pub things: Vec<LocalThing>,
    /// For each mention its position in the list of its kind, or why it has none.
    pub of_mention: Vec<Result<u32, &'static str>>,
    /// The body that met, among the organisations.
    pub body: Option<u32>,
    /// Abbreviations that the document defines, in one form, with the name that they stand for.
    pub defined: FxHashMap<String, Arc<OrganisationName>>,
}

/// Resolves the mentions of one document. `apart` says which two mentions a person has judged different.
pub(super) fn local(extraction: &Extraction, lexicon: &Lexicon, apart: Option<&dyn Fn(u32, u32) -> bool>) -> Local {
    let mut local = Local {
        of_mention: vec![Err("not a kind of thing that names resolve to"); extraction.mentions.len()],
        ..Local::default()
    };
    organisations(extraction, lexicon, &mut local);
    things(extraction, lexicon, &mut local);
    document_people::resolve(extraction, lexicon, apart, &mut local);
    local
}

/// Mentions of one kind, with their numbers.
pub(super) fn of_kind(extraction: &Extraction, kind: EntityKind) -> impl Iterator<Item = (u32, &str, Nature)> {
    let mentions = extraction.mentions.iter().enumerate();
    mentions.filter(move |(_, m)| m.kind == kind).map(|(i, m)| (i as u32, &*m.quote.text, m.nature))
}

fn organisations(extraction: &Extraction, lexicon: &Lexicon, local: &mut Local) {
    for a in &extraction.abbreviations {
        if let Some(short) = abbreviation(&a.short) {
            local.defined.entry(short).or_insert_with(|| Arc::new(OrganisationName::new(&a.long, lexicon)));
        }
    }
    let mut by_key: FxHashMap<String, u32> = FxHashMap::default();
    let mut shorts = Vec::new();
    let mut read: FxHashMap<&str, Arc<OrganisationName>> = FxHashMap::default();
    for (i, text, nature) in of_kind(extraction, EntityKind::Organisation) {
        let name = read.entry(text).or_insert_with(|| Arc::new(OrganisationName::new(text, lexicon))).clone();
        let letters = abbreviation(text);
        let defined = letters.as_ref().and_then(|l| local.defined.get(l)).cloned();
        let (name, letters) = match defined {
            Some(long) => (long, None),
            None if letters.is_none() && (nature != Nature::Name || name.is_bare()) => {
                shorts.push((i, name, nature));
                continue;
            }
            None => (name, letters),
        };
        add(local, &mut by_key, i, name, letters);
    }
    // A body whose name is vocabulary alone ("Parish Council") is a name all the same: it is the one that met.
    let body = extraction.meeting.as_ref().and_then(|m| m.body);
    if let Some(at) = shorts.iter().position(|(i, ..)| Some(*i) == body) {
        let (i, name, _) = shorts.remove(at);
        add(local, &mut by_key, i, name, None);
    }
    local.body = body.and_then(|b| local.of_mention.get(b as usize).copied()).and_then(Result::ok);
    let named = local.organisations.len();
    let mut known: FxHashMap<(Vec<String>, bool), Result<u32, &'static str>> = FxHashMap::default();
    for (i, name, nature) in shorts {
        let asked = (name.words.clone(), nature == Nature::Name);
        if let Some(found) = known.get(&asked).copied() {
            local.of_mention[i as usize] = found;
            if let Ok(found) = found {
                local.organisations[found as usize].mentions.push(i);
            }
            continue;
        }
        let mut fitting = (0..named).filter(|o| local.organisations[*o].name.ends_with(&name));
        let met = local.body.filter(|b| local.organisations[*b as usize].name.ends_with(&name));
        local.of_mention[i as usize] = match (met, fitting.next(), fitting.next()) {
            (Some(body), ..) => Ok(body),
            (None, Some(one), None) => Ok(one as u32),
            (None, Some(_), Some(_)) if nature != Nature::Name => Err("several organisations of the document fit"),
            (None, None, _) if nature != Nature::Name => Err("no organisation of the document fits"),
            // A name in full that no other explains is an organisation of its own, within this body.
            _ => {
                add(local, &mut by_key, i, name, None);
                known.insert(asked, local.of_mention[i as usize]);
                continue;
            }
        };
        known.insert(asked, local.of_mention[i as usize]);
        if let Ok(found) = local.of_mention[i as usize] {
            local.organisations[found as usize].mentions.push(i);
        }
    }
    for organisation in &mut local.organisations {
        organisation.mentions.sort_unstable();
    }
}

fn add(
    local: &mut Local,
    by_key: &mut FxHashMap<String, u32>,
    mention: u32,
    name: Arc<OrganisationName>,
    abbreviation: Option<String>,
) {
    let key = abbreviation.clone().unwrap_or_else(|| name.key.clone());
    if key.is_empty() {
        local.of_mention[mention as usize] = Err("no words of a name");
        return;
    }
    let next = local.organisations.len() as u32;
    let at = *by_key.entry(key).or_insert(next);
    if at == next {
        local.organisations.push(LocalOrganisation { name, abbreviation, mentions: Vec::new() });
    }
    local.organisations[at as usize].mentions.push(mention);
    local.of_mention[mention as usize] = Ok(at);
}

/// Words that identify a role, a programme or an act.
fn thing_key(kind: EntityKind, written: &str, lexicon: &Lexicon) -> String {
    let text = fold(written).replace('&', " and ").replace('\'', "");
    let mut words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    while words.len() > 1 && matches!(words[0], "the" | "a" | "an") {
        words.remove(0);
    }
    if kind == EntityKind::Role {
        // Chairman, Chairperson, Chair: one role.
        if let Some(role) = lexicon.roles.get(&words.join(" ")).filter(|r| matches!(r.class, "chair" | "vice-chair")) {
            return role.class.to_owned();
        }
    }
    words.join(" ")
}

fn things(extraction: &Extraction, lexicon: &Lexicon, local: &mut Local) {
    let mut by_key: FxHashMap<(EntityKind, String), u32> = FxHashMap::default();
    let mut shorts = Vec::new();
    let spelled: FxHashMap<String, &str> =
        extraction.abbreviations.iter().filter_map(|a| Some((abbreviation(&a.short)?, &*a.long))).collect();
    for kind in [EntityKind::Role, EntityKind::Programme, EntityKind::Legislation] {
        for (i, text, nature) in of_kind(extraction, kind) {
            let long = abbreviation(text).and_then(|short| spelled.get(&short).copied());
            let key = thing_key(kind, long.unwrap_or(text), lexicon);
            if long.is_none() && nature != Nature::Name {
                shorts.push((i, kind, key));
                continue;
            }
            add_thing(local, &mut by_key, i, kind, key);
        }
    }
    let named = local.things.len();
    let mut known: FxHashMap<(EntityKind, String), Result<u32, &'static str>> = FxHashMap::default();
    for (i, kind, key) in shorts {
        if let Some(found) = known.get(&(kind, key.clone())).copied() {
            local.of_mention[i as usize] = found;
            if let Ok(found) = found {
                local.things[found as usize].mentions.push(i);
            }
            continue;
        }
        let asked = (kind, key.clone());
        let ending = format!(" {key}");
        let mut fitting = (0..named).filter(|t| {
            local.things[*t].kind == kind && (local.things[*t].key.ends_with(&ending) || local.things[*t].key == key)
        });
        match (fitting.next(), fitting.next()) {
            (Some(one), None) => {
                local.things[one].mentions.push(i);
                local.of_mention[i as usize] = Ok(one as u32);
            }
            // A role is a word of the language: it needs no fuller form to be one.
            _ if kind == EntityKind::Role => add_thing(local, &mut by_key, i, kind, key),
            (Some(_), Some(_)) => local.of_mention[i as usize] = Err("several names of the document fit"),
            _ => local.of_mention[i as usize] = Err("no name of the document fits"),
        }
        known.insert(asked, local.of_mention[i as usize]);
    }
    for thing in &mut local.things {
        thing.mentions.sort_unstable();
    }
}

fn add_thing(
    local: &mut Local,
    by_key: &mut FxHashMap<(EntityKind, String), u32>,
    mention: u32,
    kind: EntityKind,
    key: String,
) {
    if key.is_empty() {
        local.of_mention[mention as usize] = Err("no words of a name");
        return;
    }
    // One programme in the singular and in the plural ("Domestic Homicide Reviews").
    let one = key.rsplit_once(' ').and_then(|(rest, last)| Some(format!("{rest} {}", singular(last)?)));
    let key = if kind == EntityKind::Role { key } else { one.unwrap_or(key) };
    let next = local.things.len() as u32;
    let at = *by_key.entry((kind, key.clone())).or_insert(next);
    if at == next {
        local.things.push(LocalThing { kind, key, mentions: Vec::new() });
    }
    local.things[at as usize].mentions.push(mention);
    local.of_mention[mention as usize] = Ok(at);
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn groups(sample: &Sample) -> Vec<Vec<String>> {
        let extraction = sample.extraction();
        let local = local(&extraction, Lexicon::embedded(), None);
        let text = |m: &u32| extraction.mentions[*m as usize].quote.text.to_string();
        local.organisations.iter().map(|o| o.mentions.iter().map(text).collect()).collect()
    }

    #[test]
    fn defined_abbreviations_and_short_forms_name_the_organisation() {
        let mut sample = Sample::document("a.txt");
        sample.body("Blaby Safety Board");
        sample.abbreviation("CRC", "Community Rehabilitation Company");
        sample.organisation("Community Rehabilitation Company");
        sample.organisation("CRCs");
        sample.describe(EntityKind::Organisation, "the Board");
        assert_eq!(
            groups(&sample),
            [vec!["Blaby Safety Board", "the Board"], vec!["Community Rehabilitation Company", "CRCs"]]
        );
    }

    #[test]
    fn a_description_without_its_organisation_is_unresolved() {
        let mut sample = Sample::document("a.txt");
        sample.describe(EntityKind::Organisation, "the Council");
        let extraction = sample.extraction();
        let local = local(&extraction, Lexicon::embedded(), None);
        assert!(local.of_mention[0].is_err() && local.organisations.is_empty());
    }
}
