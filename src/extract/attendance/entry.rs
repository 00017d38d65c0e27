//! Splits an entry of an attendance block into people, each with what is said beside the name.
//!
//! ```text
//! run         = person { separator person } | surname { separator surname }    surnames where the heading says members
//! person      = [ post ":" | post in lower case | title ] name { mark } [ initials ] { separator description }
//!             | post name                        in capitals after ";", or where those before are so written
//!             | post "(" name ")" | organisation "(rep" name ")"
//! separator   = "," | ";" | " - " | " / " | "and" | tab | bracket | nothing
//! description = post | organisation | post "of" organisation | "in the Chair" | "substitute for" name
//!             | "attended for" organisation "and" organisation | "from item 5" | "left at 3pm" | "via Zoom" | remark
//! ```
//!
//! A comma may part two people, or a name from its description: after a comma a name needs evidence (a title, a
//! known given name, initials), unless the run is names alone, or every name has something in brackets ("N (O), N (O)").
//! "and" parts two people only where a name follows. In one line among several ("N, O") what stands after the only comma
//! is what the person stands for, unless it is surely a name.

use super::description::{Said, is_plural_role, said, singular};
use super::walk::walk;
use crate::lexicon::{Folded, Lexicon};
use crate::model::Span;
use crate::text::name::{Context, Name, name_at};
use crate::text::token::{Shape, Token, known_tokens, tokens};

/// A person of an entry.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Person {
    pub(in crate::extract) name: Name,
    /// Name and description.
    pub(in crate::extract) span: Span,
    /// The title in the plural that stands before the first of several ("Cllrs A, B and C").
    pub(in crate::extract) title: Option<Span>,
    pub(in crate::extract) said: Vec<Said>,
}

/// How an entry is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Reading {
    /// As a list: a name is expected at the start.
    List,
    /// As part of a sentence: names need evidence, and a verb ends the list.
    Sentence,
}

/// The people of a run.
pub(in crate::extract) fn people(text: &str, span: Span, reading: Reading, lexicon: &Lexicon) -> Vec<Person> {
    people_among(text, span, known_tokens(text, span, lexicon), reading, lexicon)
}

/// The same, of a run whose tokens are known.
fn people_among(text: &str, span: Span, all: Vec<Token>, reading: Reading, lexicon: &Lexicon) -> Vec<Person> {
    let mut all = with_posts_apart(text, all, lexicon);
    // What stands over several lines is one run that goes on within a phrase; blank lines part.
    if !span.of(text).contains("\n\n") {
        all.retain(|t| !(t.shape == Shape::Break && t.is(text, "\n")));
    }
    let names_only = reading == Reading::List && is_names_only(text, span, &all, 2, lexicon);
    let mut people = walk(text, all, reading, names_only, lexicon);
    distribute(text, &mut people, lexicon);
    people
}

/// "Mrs R Crisp-Chair": a post that a bare hyphen joins to a surname is a word of its own.
fn with_posts_apart(text: &str, all: Vec<Token>, lexicon: &Lexicon) -> Vec<Token> {
    let mut found = Vec::with_capacity(all.len());
    for token in all {
        let words = token.of(text);
        let apart = words.rfind('-').filter(|at| {
            let role = lexicon.roles.get(&words[at + 1..]);
            token.shape == Shape::Capital
                && words[at + 1..].starts_with(char::is_uppercase)
                // "Vice-Chairman", "Co-Chair".
                && lexicon.roles.get(words).is_none()
                && lexicon.roles.get(&words[..*at]).is_none()
                && role.is_some_and(|role| role.head && matches!(role.class, "chair" | "vice-chair" | "clerical"))
        });
        let Some(at) = apart else {
            found.push(token);
            continue;
        };
        let part = |from: usize, to: usize| token.span.slice(from, to);
        let apart = Token { spaced: true, known: None, ..token };
        found.push(Token { span: part(0, at), known: None, ..token });
        found.push(Token { span: part(at, at + 1), shape: Shape::Mark, ..apart });
        found.push(Token { span: part(at + 1, words.len()), ..apart });
    }
    found
}

/// The people of one line among several: what stands after the only comma is more often what the person stands for
/// ("Ada Fenn, Flying Kite") than another person, so that it takes more to be one.
pub(super) fn people_of_line(text: &str, span: Span, lexicon: &Lexicon) -> Vec<Person> {
    let all = known_tokens(text, span, lexicon);
    let reading = Reading::List;
    let names_only = is_names_only(text, span, &all, 1, lexicon);
    let mut people = walk(text, all, reading, names_only, lexicon);
    distribute(text, &mut people, lexicon);
    people
}

/// The people of a run of surnames alone ("Clark, Costa, Jones and Rice"), which only a heading that speaks of members
/// makes people of: `None` where something else stands among them.
pub(super) fn surnames(text: &str, span: Span, lexicon: &Lexicon) -> Option<Vec<Person>> {
    let words = span.of(text).trim_end_matches(['.', ' ']);
    // "Brook, M. Dean; Hale, J. Rowe": who of each pair was there is not said.
    if words.contains(';') && words.contains(',') {
        return None;
    }
    let mut found = Vec::new();
    let mut at = 0;
    for piece in words.split([',', ';']).flat_map(|p| p.split(" and ")).flat_map(|p| p.split(" & ")) {
        let start = at + words.get(at..)?.find(piece)?;
        at = start + piece.len();
        let word = piece.trim().trim_start_matches("and ").trim();
        if word.is_empty() {
            continue;
        }
        let start = start + piece.find(word)?;
        let family = span.slice(start, start + word.len());
        let all = tokens(text, family);
        // "S. Daniels" among surnames: which of two.
        let initials: Vec<Token> =
            all.iter().copied().take_while(|t| t.shape == Shape::Initial || t.is(text, ".")).collect();
        let given: Vec<Span> = initials.iter().filter(|t| t.shape == Shape::Initial).map(|t| t.span).collect();
        let all = &all[initials.len()..];
        let particles = all.len().saturating_sub(1);
        let plain = all.last().is_some_and(|t| matches!(t.shape, Shape::Capital) || is_run_on(t.of(text)))
            && all[..particles].iter().all(|t| lexicon.is_particle(t.of(text)))
            && !lexicon.is_no_name(word)
            && lexicon.organisations.get(word).is_none()
            && lexicon.roles.get(word).is_none()
            && lexicon.honorifics.get(word).is_none()
            && lexicon.headings.get(word).is_none();
        if !plain {
            return None;
        }
        let whole = family;
        let family = all.first().map_or(whole, |t| Span { start: t.span.start, end: whole.end });
        let name = Name { span: whole, given, family, tokens: (0, all.len()), ..Name::default() };
        found.push(Person { span: whole, name, title: None, said: Vec::new() });
    }
    // One word alone may be a given name.
    let alone = matches!(found.as_slice(), [person] if lexicon.is_given_name(person.name.family.of(text)));
    (!found.is_empty() && !alone).then_some(found)
}

/// "deGeus", "vanDyke": a particle run on into the surname.
fn is_run_on(word: &str) -> bool {
    word.starts_with(char::is_lowercase)
        && word.chars().any(char::is_uppercase)
        && word.chars().all(char::is_alphabetic)
}

/// The people of a row of cells: names in the first cell that holds one, the other cells beside them; where several
/// cells hold names and nothing else, each is an entry of its own.
pub(super) fn row(text: &str, cells: &[Span], lexicon: &Lexicon) -> Vec<Person> {
    let all = cells.iter().map(|cell| known_tokens(text, *cell, lexicon)).enumerate();
    let mut named: Vec<_> = all.filter(|(c, all)| is_name_cell(text, cells[*c], all, lexicon)).collect();
    if named.len() > 1 {
        let people = |(c, all)| people_among(text, cells[c], all, Reading::List, lexicon);
        return named.into_iter().flat_map(people).collect();
    }
    let Some((first, all)) = named.pop() else { return Vec::new() };
    let mut found = people_among(text, cells[first], all, Reading::List, lexicon);
    if let [person] = found.as_mut_slice() {
        for (i, cell) in cells.iter().enumerate() {
            if i != first && !cell.is_empty() {
                for part in parts(text, *cell) {
                    person.said.extend(said(text, part.0, part.1, lexicon));
                }
                person.span = person.span.join(cell.trim(text));
            }
        }
    }
    found
}

/// Whether a cell holds a name and is no role or organisation.
fn is_name_cell(text: &str, cell: Span, all: &[Token], lexicon: &Lexicon) -> bool {
    let Some(name) = name_at(text, all, 0, Context::List, lexicon) else { return false };
    if !name.honorifics.is_empty() {
        return true;
    }
    let words: Vec<&str> = cell.of(text).split_whitespace().collect();
    let other =
        lexicon.organisations.suffix(&words).is_some() || lexicon.roles.suffix(&words).is_some_and(|(_, r)| r.head);
    if !other && name_at(text, all, 0, Context::Prose, lexicon).is_some() {
        return true;
    }
    lexicon.organisations.within(&words).is_none()
        && lexicon.roles.within(&words).is_none()
        && name.is_full()
        && words.len() <= 4
}

/// Splits a cell or a description at commas, dashes and brackets outside brackets; says for each whether it
/// stood in brackets.
pub(super) fn parts(text: &str, span: Span) -> Vec<(Span, bool)> {
    let words = span.of(text);
    let mut found = Vec::new();
    let mut start = 0;
    let mut depth = 0_u32;
    let mut push = |from: usize, to: usize, bracketed: bool| {
        let part = span.slice(from, to).trim(text);
        if !part.is_empty() {
            found.push((part, bracketed));
        }
    };
    for (i, c) in words.char_indices() {
        match c {
            '(' | '[' => {
                if depth == 0 {
                    push(start, i, false);
                    start = i + 1;
                }
                depth += 1;
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && start <= i {
                    push(start, i, true);
                    start = i + 1;
                }
            }
            ',' | ';' | '\n' | '\t' if depth == 0 => {
                push(start, i, false);
                start = i + 1;
            }
            '-' | '–' | '—' if depth == 0 && is_dash(words, i, c) => {
                push(start, i, false);
                start = i + c.len_utf8();
            }
            _ => {}
        }
    }
    if start < words.len() {
        push(start, words.len(), depth > 0);
    }
    found
}

/// Whether a dash at byte `i` parts two phrases: a space stands on at least one side.
fn is_dash(words: &str, i: usize, c: char) -> bool {
    words[..i].ends_with([' ', '\t']) || words[i + c.len_utf8()..].starts_with([' ', '\t'])
}

/// Whether a run is names alone, so that capitalised words after a comma are people though nothing else says so.
///
/// Of two parts as many as `unknown` less one may be names that only their form shows.
fn is_names_only(text: &str, span: Span, all: &[Token], unknown: usize, lexicon: &Lexicon) -> bool {
    let pieces: Vec<Span> = parts(text, span).into_iter().filter(|(_, bracketed)| !bracketed).map(|(s, _)| s).collect();
    if pieces.len() < 2 || all.len() < 4 {
        return false;
    }
    let mut known = 0;
    for piece in &pieces {
        let piece = strip_and(text, *piece);
        let words: Vec<&str> = piece.of(text).split_whitespace().collect();
        let own = tokens(text, piece);
        if words.len() > 5 || lexicon.organisations.within(&words).is_some() || lexicon.roles.within(&words).is_some() {
            return false;
        }
        known += usize::from(name_at(text, &own, 0, Context::Prose, lexicon).is_some_and(|n| n.span.end >= piece.end));
    }
    if pieces.len() == 2 { known + unknown > 2 } else { known * 2 >= pieces.len() }
}

fn strip_and(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = words.strip_prefix("and ").map_or(0, |rest| words.len() - rest.len());
    span.slice(start, words.len()).trim(text)
}

/// Gives a role in the plural to the people before it, and an organisation of all to all.
fn distribute(text: &str, people: &mut [Person], lexicon: &Lexicon) {
    for i in 0..people.len() {
        let roles: Vec<Span> =
            people[i].said.iter().filter_map(|s| if let Said::Role(r) = s { Some(*r) } else { None }).collect();
        for role in roles.into_iter().filter(|r| is_plural_role(text, *r, lexicon)) {
            for j in (0..i).rev() {
                if !people[j].said.is_empty() {
                    break;
                }
                people[j].said.push(Said::Role(role));
            }
        }
        let all = people[i].said.iter().find_map(|s| if let Said::OrganisationOfAll(o) = s { Some(*o) } else { None });
        if let Some(all) = all {
            for person in &mut people[..=i] {
                if !person.said.iter().any(|s| matches!(s, Said::Organisation(_))) {
                    person.said.push(Said::Organisation(all));
                }
            }
        }
    }
}

/// A name without initials of the person that stand after it in a list ("Priya Nair PN"): they are no part of it.
pub(super) fn without_initials(text: &str, mut name: Name) -> Name {
    let letters = name.family.of(text);
    let upper = (2..=4).contains(&letters.chars().count()) && letters.chars().take(2).all(char::is_uppercase);
    if !upper || !name.postnominals.is_empty() {
        return name;
    }
    let first = |s: &Span| s.of(text).chars().next();
    // "Dean Wallace DW": what looks like a title is the given name.
    if let ([.., title], [surname]) = (&name.honorifics[..], &name.given[..])
        && [first(title), first(surname)].iter().copied().eq(letters.chars().map(Some))
    {
        let (given, family) = (*title, *surname);
        name.honorifics.pop();
        name.given = vec![given];
        name.family = family;
        name.span.end = family.end;
        name.tokens.1 -= 1;
        return name;
    }
    if name.given.len() < 2 {
        return name;
    }
    let surname = name.given.last().filter(|s| s.len() > 2).and_then(first);
    if letters.chars().next() == name.given.first().and_then(first)
        && letters.chars().skip(1).any(|c| Some(c) == surname)
        && let Some(family) = name.given.pop()
    {
        name.family = family;
        name.span.end = family.end;
        name.tokens.1 -= 1;
    }
    name
}

/// Cuts a name short where an organisation or a role follows it with nothing between
/// ("Martin Hale Marlshire County Council"): given names, then one surname.
pub(super) fn shortened(text: &str, name: Name, segment: Span, lexicon: &Lexicon) -> Name {
    if name.given.is_empty() {
        return name;
    }
    let mut spans = name.given.clone();
    spans.push(name.family);
    let surname = (1..spans.len()).find(|i| {
        let word = spans[*i].of(text);
        word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !lexicon.is_given_name(word)
    });
    let Some(at) = surname.filter(|i| *i + 1 < spans.len()) else { return name };
    let rest: Vec<&str> = text_after(text, segment, spans[at])
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(singular)
        .collect();
    let rest = Folded::of(&rest);
    if lexicon.organisations.within_folded(&rest).is_none()
        && lexicon.roles.within_folded(&rest).is_none()
        && lexicon.functions.within_folded(&rest).is_none()
    {
        return name;
    }
    let start = name.honorifics.first().copied().unwrap_or(spans[0]);
    Name {
        span: start.join(spans[at]),
        given: spans[..at].to_vec(),
        family: spans[at],
        postnominals: Vec::new(),
        ..name
    }
}

fn text_after(text: &str, segment: Span, part: Span) -> &str {
    text.get(part.end as usize..segment.end.max(part.end) as usize).unwrap_or("")
}
