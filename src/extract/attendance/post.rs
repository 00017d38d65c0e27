//! What headings and titles say of those whom they stand before: a post, the chair, a capacity.
//!
//! In: words before a name, and the minutes in which they stand. Out: yes or no, or the capacity. Never reads a name.

use super::entry::Person;
use crate::extract::Draft;
use crate::lexicon::{Lexicon, fold};
use crate::model::{Block, Capacity, Span, Status};

/// Whether a heading is the post of the one person under it.
pub(super) fn names_post(heading: &str, lexicon: &Lexicon) -> bool {
    let words: Vec<&str> = heading.split_whitespace().collect();
    lexicon.roles.suffix(&words).is_some_and(|(_, r)| r.head && !matches!(r.class, "elected" | "governor"))
        && !["present", "attendance", "apologies", "absen", "leave"].iter().any(|w| fold(heading).contains(w))
}

/// Whether a title is that of a chair or vice-chair of a body.
pub(super) fn is_chair_title(title: &str, draft: &Draft<'_>) -> bool {
    let folded = fold(title);
    folded.contains("chair")
        && draft.lexicon.roles.get_folded(&folded).is_some_and(|r| matches!(r.class, "chair" | "vice-chair"))
}

/// Whether a title says a post, and not only how to address somebody.
pub(super) fn is_post(title: &str, lexicon: &Lexicon) -> bool {
    let words: Vec<&str> = title.split_whitespace().collect();
    if words.len() > 1 && matches!(fold(title).rsplit(' ').next(), Some("cllr" | "councillor")) {
        return !matches!(fold(words[0]).as_str(), "y" | "the" | "mr" | "mrs" | "ms" | "miss" | "dr");
    }
    words.len() > 1
        && !title.contains('.')
        && lexicon.honorifics.get(title).is_some_and(|h| matches!(h.class, "office" | "rank"))
        && lexicon.roles.suffix(&words).is_some_and(|(_, r)| r.head)
}

/// The capacity of somebody whose list does not give one: a clerk serves; where officers or guests are listed apart,
/// or the title is that of an elected member, the others are members.
pub(super) fn capacity(draft: &Draft<'_>, block: &Block, person: &Person, roles: &[Span]) -> Option<Capacity> {
    let text = draft.text();
    // "Clerk and Executive Officer".
    let posts = roles.iter().flat_map(|r| r.of(text).split(" and "));
    let clerical = posts
        .map(|post| post.split_whitespace().collect::<Vec<_>>())
        .any(|words| draft.lexicon.roles.within(&words).is_some_and(|r| r.class == "clerical"));
    if clerical {
        return Some(Capacity::Officer);
    }
    if block.capacity.is_some() {
        return block.capacity;
    }
    let apart = draft
        .minutes
        .attendance
        .iter()
        .any(|b| b.status == Status::Present && b.capacity.is_some() && b.capacity != Some(Capacity::Member));
    let elected = person
        .name
        .honorifics
        .iter()
        .chain(&person.title)
        .any(|h| draft.lexicon.honorifics.get(h.of(text)).is_some_and(|h| fold(h.name).contains("councillor")));
    ((apart && block.status == Status::Present) || elected).then_some(Capacity::Member)
}

/// Whether a heading speaks of members, so that surnames alone will do for who they are.
pub(super) fn speaks_of_members(heading: &str) -> bool {
    let folded = fold(heading);
    let members = ["member", "director", "trustee", "councillor", "commissioner", "supervisor", "governor", "alder"];
    members.iter().any(|m| folded.contains(m))
}

/// The capacity that a word for a class of people gives, where it stands in the place of a post.
pub(super) fn class_of(role: &str) -> Option<Capacity> {
    match fold(role).as_str() {
        "officer" | "officers" => Some(Capacity::Officer),
        "committee member" | "member" => Some(Capacity::Member),
        "guest" | "guests" | "visitor" | "visitors" | "observer" | "observers" | "resident" | "residents" => {
            Some(Capacity::Attendee)
        }
        _ => None,
    }
}
