//! People whom a document names by what they are: "the Chairman" is who took the chair, "the Clerk" the one
//! person who is given that role. In: the people of the document. Out: their descriptions, resolved or left with
//! the reason. Never guesses between two.

use crate::lexicon::{Lexicon, fold};
use crate::model::{EntityKind, Extraction, Nature, Predicate, Term};

use super::document::{Local, of_kind};

/// "the Chairman" is who took the chair; "the Clerk" is the one person whom the document gives that role.
pub(super) fn descriptions(extraction: &Extraction, lexicon: &Lexicon, local: &mut Local) {
    let in_chair = chairs(extraction, local);
    let changed = changed_hands(extraction, lexicon, local, &in_chair);
    let holders = holders(extraction, local);
    for (i, text, nature) in of_kind(extraction, EntityKind::Person) {
        if nature != Nature::Description {
            continue;
        }
        let folded = fold(text);
        let words = folded.strip_prefix("the ").unwrap_or(&folded);
        let chair = lexicon.roles.get(words).is_some_and(|r| r.class == "chair");
        let found = match in_chair.as_slice() {
            [_, ..] if chair && changed => Err("the chair changed hands at the meeting"),
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

/// Whether somebody was elected to the chair who did not hold it when the meeting began: from then on
/// "the Cathaoirleach" is another person.
fn changed_hands(extraction: &Extraction, lexicon: &Lexicon, local: &Local, in_chair: &[u32]) -> bool {
    let words = |m: u32| extraction.mentions.get(m as usize).map(|m| &*m.quote.text).unwrap_or_default();
    let chair = |m: u32| {
        let folded = fold(words(m));
        lexicon.roles.get(folded.strip_prefix("the ").unwrap_or(&folded)).is_some_and(|r| r.class == "chair")
    };
    extraction.statements.iter().filter(|s| s.predicate == Predicate::ElectedTo).any(|s| match (s.subject, s.object) {
        (Term::Mention(person), Term::Mention(role)) if chair(role) => {
            let elected = local.of_mention.get(person as usize).copied().and_then(Result::ok);
            elected.is_none_or(|p| !in_chair.contains(&p))
        }
        _ => false,
    })
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

/// People who took the chair, by their position among the people, each once and in order of the text.
pub(super) fn chairs(extraction: &Extraction, local: &Local) -> Vec<u32> {
    let stated = extraction.statements.iter().filter(|s| s.predicate == Predicate::Chairs && s.object == Term::Meeting);
    let stated = stated.filter_map(|s| match s.subject {
        Term::Mention(m) => Some(m),
        _ => None,
    });
    let listed = extraction.attendance.iter().filter(|a| a.chair).map(|a| a.person);
    let mut mentions: Vec<u32> = listed.chain(stated).collect();
    mentions.sort_unstable();
    let mut chairs = Vec::new();
    for mention in mentions {
        let person = extraction.mentions.get(mention as usize).is_some_and(|m| m.kind == EntityKind::Person);
        if let Some(Ok(found)) = local.of_mention.get(mention as usize).filter(|_| person)
            && !chairs.contains(found)
        {
            chairs.push(*found);
        }
    }
    chairs
}
