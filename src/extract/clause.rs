//! Sentences with everybody and every organisation in them reduced to one sign each, so that a rule can be
//! written as a phrase: `@P` for a person, `@C` for an office ("the Clerk"), `@O` for an organisation.
//!
//! In: a draft with its mentions. Out: clauses, with ways back to the text. Never states anything; a mention is made only when a rule uses a sign.

use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashSet;

use crate::extract::Draft;
use crate::extract::office::{holds_listed_office, listed_office_at};
use crate::lexicon::fold;
use crate::model::{EntityKind, Form, Nature, Span};
use crate::text::literal::Literals;
use crate::text::token::{Token, tokens};

const PERSON: char = '\u{E000}';
const OFFICE: char = '\u{E001}';
const ORGANISATION: char = '\u{E002}';

/// A pattern over the words of a clause, compiled once. `@P` person, `@C` office, `@A` either, `@O` organisation,
/// `@L` people or offices listed, each with what brackets say of them, `@N` a person or a bare surname,
/// `@D` what stands between commas after a name ("Head of Safety, Marl Council").
pub(super) type Pattern = LazyLock<Option<Regex>>;

/// Compiles a pattern.
pub(super) fn pattern(source: &str) -> Option<Regex> {
    let brackets = r"(?: \([^()]+\))?";
    let list = format!("@A{brackets}(?:(?:,? (?:and|&|a|agus) |, |; | ?/ ?)@A{brackets})*");
    let source = source
        .replace("@L", &format!("(?:{list})"))
        .replace("@D", r"(?:, [^.;:@]+?,)")
        .replace("@N", r"(?:@A|(?-i:\p{Lu})[\p{L}’'\-]+)(?: \((?-i:[A-Z]{1,2})\))?")
        .replace("@A", "[@P@C]")
        .replace("@P", "\u{E000}")
        .replace("@C", "\u{E001}")
        .replace("@O", "\u{E002}");
    // A sign is no letter of ASCII, and a text with any other asks the slowest engine about `\b` of Unicode: the words
    // of patterns begin and end in ASCII. Classes of all the letters of the world make automata that take long to build:
    // minutes are read in English, with the letters of Latin.
    let latin = |class: &str| format!(r"[{class}&&[\x00-\u{{36F}}\u{{1E00}}-\u{{1EFF}}]]");
    let source = [r"\w", r"\p{L}", r"\p{Lu}"].iter().fold(source, |source, class| source.replace(class, &latin(class)));
    let source = source.replace(r"\d", "[0-9]").replace(r"\b", r"(?-u:\b)");
    // Where an apposition must hold no further name, `@` is left over within its brackets.
    Regex::new(&source.replace('@', "\u{E000}")).ok()
}

/// Somebody or something in a clause.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign {
    /// Where it stands in the words of the clause.
    pub(super) at: usize,
    /// Where it stands in the text.
    pub(super) span: Span,
    /// Person or organisation.
    pub(super) kind: EntityKind,
    /// Name, part of one, or description.
    pub(super) nature: Nature,
}

impl Sign {
    /// Its mention.
    pub(super) fn mention(self, draft: &mut Draft<'_>, rule: &'static str) -> u32 {
        draft.mention(self.span, self.kind, rule, self.nature)
    }
}

/// A sentence, a line or a cell whose people and organisations are reduced to signs, and its white space to
/// single spaces.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    /// Where it stands.
    pub(super) span: Span,
    /// Its words.
    pub(super) words: String,
    /// Its people, offices and organisations.
    pub(super) signs: Vec<Sign>,
    /// For each byte of `words`, where it stands in the text; one more for the end.
    places: Vec<u32>,
}

impl Clause {
    /// Reads `span`.
    pub(super) fn new(draft: &Draft<'_>, span: Span) -> Self {
        let text = draft.text();
        let found = signs(draft, span);
        let mut clause = Self { span, words: String::with_capacity(span.len()), signs: Vec::new(), places: Vec::new() };
        let mut next = span.start;
        for (sign, found) in found {
            clause.copy(text, Span { start: next, end: found.span.start });
            clause.signs.push(Sign { at: clause.words.len(), ..found });
            clause.words.push(sign);
            clause.places.extend(std::iter::repeat_n(found.span.start, sign.len_utf8()));
            next = found.span.end;
        }
        clause.copy(text, Span { start: next, end: span.end });
        clause.places.push(span.end);
        clause
    }

    fn copy(&mut self, text: &str, span: Span) {
        let mut rest = span.of(text);
        let mut at = span.start;
        while let Some(first) = rest.chars().next() {
            let graphic = rest.bytes().position(|byte| !byte.is_ascii_graphic()).unwrap_or(rest.len());
            let length = graphic.max(first.len_utf8());
            if !first.is_whitespace() {
                self.words.push_str(&rest[..length]);
                self.places.extend(at..at + length as u32);
            } else if !self.words.ends_with(' ') {
                self.words.push(' ');
                self.places.push(at);
            }
            rest = &rest[length..];
            at += length as u32;
        }
    }

    /// The place in the text of a range of the words, trimmed.
    pub(super) fn place(&self, text: &str, range: std::ops::Range<usize>) -> Span {
        let start = self.places.get(range.start).copied().unwrap_or(self.span.end);
        // A sign ends where its mention does, not where the next word starts.
        let end = match self.signs.iter().find(|s| s.at + PERSON.len_utf8() == range.end) {
            Some(sign) => sign.span.end,
            None => self.places.get(range.end).copied().unwrap_or(self.span.end),
        };
        Span { start, end: end.max(start) }.trim(text)
    }

    /// The signs within a range of the words.
    pub(super) fn signs_in(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = Sign> {
        self.signs.iter().copied().filter(move |s| range.contains(&s.at))
    }

    /// The people and offices within a range of the words; an office only where the list says whose it is, and not
    /// where it stands beside the name of its holder.
    pub(super) fn people_in(&self, draft: &Draft<'_>, range: std::ops::Range<usize>) -> Vec<Sign> {
        self.signs_in(range)
            .filter(|s| s.kind == EntityKind::Person)
            .filter(|s| {
                let before = &self.words[..s.at];
                let beside =
                    before.strip_suffix(", ").or(before.strip_suffix(" (")).is_some_and(|b| b.ends_with(PERSON));
                s.nature != Nature::Description || !beside && is_office_held(draft, s.span.of(draft.text()))
            })
            .collect()
    }

    /// The one person that a range of the words names: by a sign, or by a surname that the document knows.
    pub(super) fn person_at(&self, draft: &Draft<'_>, known: &Surnames, range: std::ops::Range<usize>) -> Option<Sign> {
        if let Some(sign) = self.signs_in(range.clone()).find(|s| s.kind == EntityKind::Person) {
            let held = sign.nature != Nature::Description || is_office_held(draft, sign.span.of(draft.text()));
            return held.then_some(sign);
        }
        let span = self.place(draft.text(), range.clone());
        let words = span.of(draft.text());
        let bare = words.split(" (").next().unwrap_or(words);
        known.holds(bare).then_some(Sign { at: range.start, span, kind: EntityKind::Person, nature: Nature::Short })
    }
}

/// Surnames of the people whom the document names.
#[derive(Debug, Default)]
pub(super) struct Surnames(FxHashSet<String>);

impl Surnames {
    /// Those of all mentions so far.
    pub(super) fn of(draft: &Draft<'_>) -> Self {
        let text = draft.text();
        let people = draft.mentions.iter().filter(|m| m.kind == EntityKind::Person && m.nature != Nature::Description);
        let mut known = FxHashSet::default();
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        for words in people.map(|m| m.span.of(text)).filter(|words| seen.insert(words)) {
            let words = words.split('(').next().unwrap_or(words);
            for word in words.split_whitespace().rev().take(2) {
                if word.chars().count() > 2 && word.starts_with(char::is_uppercase) {
                    known.insert(fold(word.trim_matches(|c: char| !c.is_alphanumeric())));
                }
            }
        }
        Self(known)
    }

    /// Whether a word is one.
    pub(super) fn holds(&self, word: &str) -> bool {
        self.0.contains(&fold(word))
    }
}

/// Whether an office ("the Clerk") is held by somebody whom the attendance list names, so that it can be resolved.
pub(super) fn is_office_held(draft: &Draft<'_>, words: &str) -> bool {
    /// More people than any list holds: it bounds the search.
    const MOST: usize = 400;
    let text = draft.text();
    let folded = fold(words);
    let office = folded.strip_prefix("the ").or(folded.strip_prefix("an ")).unwrap_or(&folded);
    let class = draft.lexicon.roles.get(office).map(|r| r.class);
    if class == Some("chair") && draft.attendance.iter().take(MOST).any(|a| a.chair) {
        return true;
    }
    let last = office.rsplit(' ').next().unwrap_or(office);
    draft.attendance.iter().take(MOST).flat_map(|a| &a.roles).any(|role| {
        let role = fold(draft.span_of(*role).of(text));
        role == office || role.split(|c: char| !c.is_alphanumeric() && c != '-').any(|w| w == last)
    })
}

/// People, offices and organisations within a span, in order, none overlapping another.
fn signs(draft: &Draft<'_>, span: Span) -> Vec<(char, Sign)> {
    let text = draft.text();
    let mut found: Vec<(char, Sign)> = Vec::new();
    for (sign, kind) in [(PERSON, EntityKind::Person), (ORGANISATION, EntityKind::Organisation)] {
        for number in draft.mentions_in(span, kind) {
            let mention = draft.mentions[number as usize];
            if mention.nature == Nature::Description && is_seat(text, mention.span) {
                continue;
            }
            let sign = if mention.nature == Nature::Description && kind == EntityKind::Person { OFFICE } else { sign };
            found.push((sign, Sign { at: 0, span: mention.span, kind, nature: mention.nature }));
        }
    }
    // The longer of two that overlap; a name of a person within that of an organisation is part of it.
    found.sort_by_key(|(_, s)| (s.span.start, std::cmp::Reverse(s.span.end)));
    let mut end = 0;
    found.retain(|(_, s)| {
        let free = s.span.start >= end;
        end = if free { s.span.end } else { end };
        free
    });
    let known: Vec<Span> = found.iter().map(|(_, s)| s.span).collect();
    let taken = |span: Span| {
        let at = known.partition_point(|k| k.end <= span.start);
        known.get(at).is_some_and(|k| k.overlaps(span))
    };
    let words = span.of(text);
    let stands = holds_office_word(words);
    let listed = !draft.listed_offices().is_empty() && ["The ", "the "].iter().any(|w| words.contains(w));
    let all = if stands || listed { tokens(text, span) } else { Vec::new() };
    if stands {
        let mut at = 0;
        while at < all.len() {
            let token = all[at];
            let opens = token.is_capital() || token.is(text, "the");
            let office = Some(at).filter(|_| opens && !taken(token.span)).and_then(|at| office_at(draft, &all, at));
            match office.filter(|(span, _)| !taken(*span)) {
                Some((span, next)) => {
                    found.push((OFFICE, Sign { at: 0, span, kind: EntityKind::Person, nature: Nature::Description }));
                    at = next;
                }
                None => at += 1,
            }
        }
    }
    if listed {
        let listed: Vec<Span> = (0..all.len()).filter_map(|at| listed_office_at(draft, &all, at)).collect();
        for span in listed {
            if !taken(span) && !found.iter().any(|(_, s)| s.span.overlaps(span)) {
                found.push((OFFICE, Sign { at: 0, span, kind: EntityKind::Person, nature: Nature::Description }));
            }
        }
    }
    found.sort_by_key(|(_, s)| s.span);
    found
}

/// Whether "the Chair" is the seat and not who sits in it: "took the Chair", "in the Chair".
fn is_seat(text: &str, span: Span) -> bool {
    const BEFORE: &[&str] =
        &["took", "take", "takes", "taking", "taken", "in", "assumed", "over", "up", "left", "vacated", "occupied"];
    let words = span.of(text);
    if !words.get(words.len().saturating_sub(5)..).is_some_and(|w| w.eq_ignore_ascii_case("chair")) {
        return false;
    }
    let before = text[..span.start as usize].trim_end();
    let before = before.strip_suffix("the").map_or(before, str::trim_end);
    let word = before.rfind(|c: char| !c.is_alphabetic()).map_or(before, |i| &before[i..]);
    BEFORE.contains(&word.trim_start_matches(|c: char| !c.is_alphabetic()).to_lowercase().as_str())
}

/// Whether words may hold an office; most sentences do not, and need not be taken apart for one.
fn holds_office_word(words: &str) -> bool {
    static WORDS: Literals = Literals::new(&[
        "Chair",
        "Clerk",
        "CLERK",
        "Secretary",
        "Treasurer",
        "Mayor",
        "Cathaoirleach",
        "President",
        "Headteacher",
        "Head Teacher",
        "Principal",
        "Chief Executive",
        "General Manager",
        "Superintendent",
        "Chancellor",
        "Administrator",
        "Convener",
        "Convenor",
        "Provost",
    ]);
    WORDS.stand_in(words)
}

/// An office that stands for whoever holds it: "The Chairman", "the Clerk", "Clerk".
fn office_at(draft: &Draft<'_>, all: &[Token], at: usize) -> Option<(Span, usize)> {
    let text = draft.text();
    let first = at + usize::from(all[at].is(text, "The") || all[at].is(text, "the") || all[at].is(text, "An"));
    if !all.get(first)?.is_capital() {
        return None;
    }
    let words: Vec<&str> = all[first..].iter().take(4).take_while(|t| t.is_word()).map(|t| t.of(text)).collect();
    let (count, role) = draft.lexicon.roles.prefix(&words)?;
    let stands = matches!(role.class, "chair" | "vice-chair" | "clerical")
        || matches!(
            fold(&words[..count].join(" ")).as_str(),
            "treasurer"
                | "headteacher"
                | "head teacher"
                | "principal"
                | "chief executive"
                | "mayor"
                | "deputy mayor"
                | "general manager"
                | "superintendent"
                | "chancellor"
                | "president"
                | "vice president"
        );
    let next = all.get(first + count);
    // "Clerk Carrie Landman" is a name with its post, "the Chairman of the Trust" another body's.
    let goes_on = next.is_some_and(|t| t.is_capital() && t.spaced);
    let of_another = next.is_some_and(|t| t.is(text, "of")) && {
        let after: Vec<&str> = all[first + count + 1..].iter().take(2).map(|t| t.of(text)).collect();
        !matches!(after.as_slice(), ["the", "Council" | "Board" | "Committee" | "Panel" | "Group" | "Governors"])
    };
    let span = all[at].span.join(all.get(first + count - 1)?.span);
    (role.head && stands && !goes_on && !of_another && !is_seat(text, span)).then_some((span, first + count))
}

/// Whether a sentence names a person, an organisation or an office.
pub(super) fn names_somebody(draft: &Draft<'_>, span: Span) -> bool {
    draft.is_taken(span, EntityKind::Person)
        || holds_office_word(span.of(draft.text()))
        || draft.is_taken(span, EntityKind::Organisation)
        || holds_listed_office(draft, span)
}

/// Places of the attendance lists; sentences of apology are not among them.
pub(super) fn lists(draft: &Draft<'_>) -> Vec<Span> {
    let mut lists: Vec<Span> = draft
        .minutes
        .attendance
        .iter()
        .filter(|b| b.form == Form::List || b.heading.is_some() && b.item.is_none())
        .flat_map(|b| b.entries.iter().map(|e| e.span))
        // A list that was not understood is a list all the same.
        .chain(draft.minutes.unresolved.iter().map(|(span, _)| *span))
        .collect();
    lists.sort_unstable();
    lists
}

/// Whether the words of a clause deny, doubt or put off what they would else say.
pub(super) fn is_denied(words: &str) -> bool {
    static DENIED: Pattern = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:not|never|nobody|no one|no-one|none|declined|refused|unable|failed|postponed|deferred|withdrawn|without|if|whether|unless)\b",
        )
    });
    DENIED.as_ref().is_some_and(|p| p.is_match(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::model::{Document, Minutes};

    #[test]
    fn people_and_offices_become_signs_and_find_their_way_back() {
        let text = "Mr.  J. Hale,\n the Clerk and Ada Fenn (RB) spoke.";
        let document = Document { text: text.to_owned(), ..Document::default() };
        let minutes = Minutes::default();
        let mut draft = Draft::new(&document, &minutes, Lexicon::embedded());
        for name in ["Mr.  J. Hale", "Ada Fenn"] {
            let start = text.find(name).unwrap_or(0);
            draft.mention(Span::new(start, start + name.len()), EntityKind::Person, "test", Nature::Name);
        }
        let clause = Clause::new(&draft, Span::new(0, text.len()));
        let shown = clause.words.replace(PERSON, "@P").replace(OFFICE, "@C");
        assert_eq!(shown, "@P, @C and @P (RB) spoke.");
        let found = pattern("(?P<who>@L) spoke").and_then(|p| {
            let captures = p.captures(&clause.words)?;
            captures.name("who").map(|m| clause.place(text, m.range()).of(text).to_owned())
        });
        assert_eq!(found.as_deref(), Some("Mr.  J. Hale,\n the Clerk and Ada Fenn (RB)"));
    }
}
