//! Names of people: how they are built, and where they stand.
//!
//! ```text
//! name       = { honorific } ( given-part { given-part | particle } surname | surname-after-honorific ) { post-nominal }
//! given-part = given name | initial [ "." ] | nickname in quotes or brackets
//! surname    = [ particle … ] capitalised word [ "-" … ]
//! ```
//!
//! Outside attendance lists a name needs evidence: an honorific, a known given name, or initials.
//! In a list ([`Context::List`]) any two to four capitalised words that are no other thing will do.

use crate::lexicon::{Known, Lexicon, fold};
use crate::model::Span;
use crate::text::title::{honorifics, is_lower_honorific, postnominals};
use crate::text::token::{Shape, Token, known_tokens};

/// Where a name is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// Running text: a name needs evidence.
    Prose,
    /// A place where names are expected: an attendance list, a presenter line, after "seconded by".
    List,
}

/// A name as it stands in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// All of it: honorifics, name, post-nominals.
    pub span: Span,
    /// Honorifics, in order.
    pub honorifics: Vec<Span>,
    /// Given names and initials, in order.
    pub given: Vec<Span>,
    /// Surname with its particles; empty where a given name stands alone.
    pub family: Span,
    /// Post-nominals, in order.
    pub postnominals: Vec<Span>,
    /// First and one past the last of the tokens that it takes up.
    pub tokens: (usize, usize),
}

impl Name {
    /// The name without honorifics and post-nominals.
    pub fn bare(&self) -> Span {
        match (self.given.first(), self.family.is_empty()) {
            (Some(first), false) => first.join(self.family),
            (Some(first), true) => self.given.last().map_or(*first, |last| first.join(*last)),
            (None, _) => self.family,
        }
    }

    /// Whether it has a given name or an initial as well as a surname.
    pub fn is_full(&self) -> bool {
        !self.given.is_empty() && !self.family.is_empty()
    }
}

/// A name taken apart, each part as written but for white space; what resolution compares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameParts {
    /// Honorifics in canonical form.
    pub honorifics: Vec<&'static str>,
    /// Gender that the honorifics tell: `f` or `m`.
    pub gender: Option<char>,
    /// Given names and initials, without full stops.
    pub given: Vec<String>,
    /// Surname with its particles.
    pub family: String,
    /// Post-nominals.
    pub postnominals: Vec<String>,
}

/// Takes a whole string apart as one name; a string that holds no name gives a surname alone.
/// `Smith, J.` is read as surname first.
pub fn parts(written: &str, lexicon: &Lexicon) -> NameParts {
    // "Sheahan (M)": which of those with one surname.
    if let Some((family, given)) = written.trim().strip_suffix(')').and_then(|w| w.rsplit_once('(')) {
        let mut words = given.split([' ', '.']).filter(|w| !w.is_empty()).peekable();
        let initial = |w: &str| w.chars().count() == 1 && w.chars().all(char::is_uppercase);
        if words.peek().is_some() && words.all(|w| initial(w) || lexicon.is_given_name(w)) {
            // A surname alone is no name elsewhere; here it is.
            let plain = || NameParts { family: family.trim().to_owned(), ..NameParts::default() };
            let found = parts_of(family.trim(), lexicon).unwrap_or_else(plain);
            let whole = [&found.given[..], std::slice::from_ref(&found.family)].concat().join(" ");
            if !found.given.iter().any(|w| lexicon.is_given_name(w)) && whole.split_whitespace().count() <= 3 {
                let given = given.split([' ', '.']).filter(|w| !w.is_empty()).map(str::to_owned).collect();
                return NameParts { given, family: whole, ..found };
            }
        }
    }
    if let Some((family, given)) = written.split_once(',') {
        let turned = format!("{} {}", given.trim(), family.trim());
        let found = parts_of(&turned, lexicon);
        // Letters after the comma are no given name ("Joe Orson, JP"); particles do not make a surname long.
        let words = family.split_whitespace().filter(|w| !lexicon.is_particle(w)).count();
        let letters = given.split_whitespace().all(|w| lexicon.postnominals.get(w).is_some());
        if found.as_ref().is_some_and(|p| !p.given.is_empty() && p.postnominals.is_empty()) && words <= 2 && !letters {
            return found.unwrap_or_default();
        }
    }
    parts_of(written, lexicon)
        .unwrap_or_else(|| NameParts { family: written.trim().to_owned(), ..NameParts::default() })
}

fn parts_of(written: &str, lexicon: &Lexicon) -> Option<NameParts> {
    let all = known_tokens(written, Span::new(0, written.len()), lexicon);
    let name = name_at(written, &all, 0, Context::List, lexicon)?;
    let clean = |span: &Span| {
        let words = span.of(written);
        if words.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return words.to_owned();
        }
        words.replace('.', " ").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let honorifics: Vec<_> = name.honorifics.iter().filter_map(|h| lexicon.honorifics.get(h.of(written))).collect();
    Some(NameParts {
        gender: honorifics.iter().find_map(|h| h.gender),
        honorifics: honorifics.iter().map(|h| h.name).collect(),
        given: name.given.iter().map(clean).filter(|g| !g.is_empty()).collect(),
        family: clean(&name.family),
        postnominals: name.postnominals.iter().map(clean).collect(),
    })
}

/// All names in `span`, left to right, none inside another.
pub fn names(text: &str, span: Span, context: Context, lexicon: &Lexicon) -> Vec<Name> {
    each_name(text, span, context, lexicon).collect()
}

/// The same, one by one, where the first may do.
pub fn each_name(text: &str, span: Span, context: Context, lexicon: &Lexicon) -> impl Iterator<Item = Name> {
    let all = known_tokens(text, span, lexicon);
    let mut at = 0;
    std::iter::from_fn(move || {
        let name = (at..all.len()).find_map(|start| name_at(text, &all, start, context, lexicon))?;
        at = name.tokens.1.max(name.tokens.0 + 1);
        Some(name)
    })
}

/// The name that starts at token `at`, if one does.
pub fn name_at(text: &str, all: &[Token], at: usize, context: Context, lexicon: &Lexicon) -> Option<Name> {
    if !all.get(at)?.is_capital() && !is_lower_honorific(text, all, at, lexicon) {
        return None;
    }
    let (honorifics, mut next) = honorifics(text, all, at, lexicon);
    let titled = !honorifics.is_empty();
    let mut parts: Vec<Part> = Vec::new();
    while let Some(part) = part_at(text, all, next, titled, parts.len(), context, lexicon) {
        if parts.iter().filter(|p| p.kind != PartKind::Particle).count() == MOST_PARTS {
            break;
        }
        next = part.tokens.1;
        parts.push(part);
    }
    // A particle, or a lone initial in prose, cannot end a name.
    while parts.last().is_some_and(|p| p.kind == PartKind::Particle) {
        parts.pop();
    }
    // "Fenella Crabbe Harbour Commissioners": what follows a name in full, and is no part of it.
    while !titled && parts.len() > 2 && {
        let last = parts[parts.len() - 1].known;
        last.honorific && !last.given_name
    } {
        parts.pop();
    }
    next = parts.last()?.tokens.1;
    // "Chief Warden", "Y Cyng": titles and posts with no name among them.
    let last = parts.last()?.known;
    if titled && parts.iter().all(|part| part.known.role && !part.known.given_name)
        || !titled && last.honorific && !last.given_name && !is_surname_of(text, &parts, lexicon)
    {
        return None;
    }
    // "Members Declaration", "Commissioners Road East": a title for several before a word that is no name.
    let several = || honorifics.iter().any(|h| lexicon.honorifics.get(h.of(text)).is_some_and(|h| h.class == "plural"));
    let street = |word: &str| ["road", "street", "avenue", "lane"].iter().any(|w| word.eq_ignore_ascii_case(w));
    let other = parts.len() == 1 && last.no_name || parts.len() == 2 && street(parts[0].span.of(text));
    if titled && other && several() {
        return None;
    }
    // "Deputy Chief Technology Officer": a post, and nobody.
    let post =
        || all.get(next).is_some_and(|t| t.is_capital() && lexicon.roles.get(t.of(text)).is_some_and(|r| r.head));
    if titled && last.no_name && parts.len() == 1 && post() {
        return None;
    }
    let (given, family) = divide(&parts, titled, context)?;
    let (postnominals, end) = postnominals(text, all, next, lexicon);
    // "Glen Park Prison", "Victoria Hall": what follows makes it the name of a place or a body.
    let followed = all.get(next).filter(|t| t.is_capital() && t.spaced).map(|t| t.of(text));
    if context == Context::Prose && !titled && followed.is_some_and(|w| makes_other(w, lexicon)) {
        return None;
    }
    let first = honorifics.first().copied().or_else(|| parts.first().map(|p| p.span))?;
    let until = postnominals.last().copied().unwrap_or(parts.last()?.span);
    Some(Name { span: first.join(until), honorifics, given, family, postnominals, tokens: (at, end) })
}

/// Whether the last of two parts is a surname though it is a title as well: after a known given name "Judge", "Dean", "King"
/// are, "Chair" and "Clerk" are not.
fn is_surname_of(text: &str, parts: &[Part], lexicon: &Lexicon) -> bool {
    let [given, family] = parts else { return false };
    // "M Reeve": an initial goes before no post but that of who takes the chair or the minutes.
    let post =
        lexicon.roles.get(family.span.of(text)).is_some_and(|r| matches!(r.class, "chair" | "vice-chair" | "clerical"));
    if given.kind == PartKind::Initial && !post && family.span.of(text).chars().any(char::is_lowercase) {
        return lexicon.roles.get(family.span.of(text)).is_none_or(|r| r.class == "elected");
    }
    const SURNAMES: &[&str] = &[
        "judge",
        "dean",
        "king",
        "bishop",
        "prior",
        "marshal",
        "constable",
        "major",
        "lord",
        "knight",
        "abbot",
        "baron",
        "duke",
        "earl",
        "prince",
        "canon",
        "sargent",
    ];
    given.kind == PartKind::Given
        && family.span.of(text).chars().any(char::is_lowercase)
        && (SURNAMES.contains(&fold(family.span.of(text)).as_str()) || lexicon.is_common_surname(family.span.of(text)))
}

/// Whether a word after a name makes the whole the name of something else.
fn makes_other(word: &str, lexicon: &Lexicon) -> bool {
    lexicon.organisations.get(word).is_some()
        || lexicon.venues.get(word).is_some()
        || lexicon.programmes.get(word).is_some()
        || lexicon.legislation.get(word).is_some()
}

/// Longer runs of capitalised words are headings or lists, not a name.
const MOST_PARTS: usize = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PartKind {
    Initial,
    Given,
    Particle,
    Word,
}

#[derive(Clone, Copy, Debug)]
struct Part {
    span: Span,
    kind: PartKind,
    known: Known,
    tokens: (usize, usize),
}

/// The part of a name at token `at`, as the part after `before` others.
fn part_at(
    text: &str,
    all: &[Token],
    at: usize,
    titled: bool,
    before: usize,
    context: Context,
    lexicon: &Lexicon,
) -> Option<Part> {
    let token = *all.get(at).filter(|t| t.is_word())?;
    let word = token.of(text);
    let known = token.known(text, lexicon);
    let dotted = all.get(at + 1).is_some_and(|t| t.is(text, ".") && !t.spaced);
    match token.shape {
        // "O’ Donnell", with a space that should not be there.
        Shape::Initial
            if word == "O"
                && all.get(at + 1).is_some_and(|t| matches!(t.of(text), "’" | "'" | "‘") && !t.spaced)
                && all.get(at + 2).is_some_and(|t| t.shape == Shape::Capital) =>
        {
            let span = token.span.join(all[at + 2].span);
            Some(Part { span, kind: PartKind::Word, known: lexicon.known(span.of(text)), tokens: (at, at + 3) })
        }
        // With its accent "Ó" is never an initial.
        Shape::Initial if known.particle && !dotted && (before > 0 || (titled && word == "Ó")) => {
            Some(Part { span: token.span, kind: PartKind::Particle, known, tokens: (at, at + 1) })
        }
        Shape::Initial => {
            let mut end = token.span.end;
            let mut next = at + 1;
            if dotted {
                end = all[at + 1].span.end;
                next += 1;
            }
            // `A` alone opens many sentences; as an initial it has its full stop or stands in a list.
            if !dotted && word == "A" && context == Context::Prose && before == 0 && !titled {
                return None;
            }
            if !dotted && word == "I" && before == 0 && !titled {
                return None;
            }
            let span = Span { start: token.span.start, end };
            Some(Part { span, kind: PartKind::Initial, known, tokens: (at, next) })
        }
        // "ul-Haq", "al-Masri": the particle is part of the surname.
        Shape::Lower if (before > 0 || titled) && joined_particle(word, lexicon) => {
            Some(Part { span: token.span, kind: PartKind::Word, known, tokens: (at, at + 1) })
        }
        Shape::Lower => ((before > 0 || titled)
            && known.particle
            && all.get(at + 1).is_some_and(|t| t.is_capital() || t.known(text, lexicon).particle))
        .then_some(Part { span: token.span, kind: PartKind::Particle, known, tokens: (at, at + 1) }),
        // "M20", "Oct17": roads, months, forms.
        _ if word.bytes().any(|b| b.is_ascii_digit()) => None,
        Shape::Capital | Shape::Upper => {
            // Two or three capitals run together are initials ("JB Smith"), or an abbreviation.
            if token.shape == Shape::Upper && before > 0 && known.postnominal {
                return None;
            }
            // "Môn" is not the short form of a day: within a name a letter with its accent is read as written.
            let accented = || before > 0 && word.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
            if known.no_name && !(titled && before == 0 && !known.role) && !accented() {
                return None;
            }
            if before == 0 && !titled && known.honorific && !known.given_name {
                return None;
            }
            // A role after a name in full is not part of it ("Sue Linton Chair", "Janet Hale Vice Chair").
            if before >= 2 && known.role && !known.given_name {
                return None;
            }
            // "San Juan", "Los Cerros": places.
            if before == 0 && !titled && matches!(word, "San" | "SAN" | "Santa" | "Los" | "LOS" | "Las" | "Saint") {
                return None;
            }
            if known.organisation && !known.given_name && before == 0 && !titled {
                return None;
            }
            // "St." within a surname keeps its stop.
            let kind = if known.particle && all.get(at + 1).is_some_and(|t| t.is_capital()) && before > 0 {
                PartKind::Particle
            } else if known.given_name || hyphenated_given(word, lexicon) {
                PartKind::Given
            } else {
                PartKind::Word
            };
            Some(Part { span: token.span, kind, known, tokens: (at, at + 1) })
        }
        Shape::Number | Shape::Mark | Shape::Break => None,
    }
}

/// A particle with a hyphen and a surname: "ul-Haq".
fn joined_particle(word: &str, lexicon: &Lexicon) -> bool {
    word.split_once(['-', '‐', '‑'])
        .is_some_and(|(particle, rest)| lexicon.is_particle(particle) && rest.starts_with(char::is_uppercase))
}

fn hyphenated_given(word: &str, lexicon: &Lexicon) -> bool {
    if word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return false;
    }
    let mut pieces = word.split(['-', '‐', '‑']);
    matches!((pieces.next(), pieces.next()), (Some(a), Some(b)) if lexicon.is_given_name(a) && lexicon.is_given_name(b))
}

/// Divides the parts of a name into given names and surname; `None` where they are no name.
fn divide(parts: &[Part], titled: bool, context: Context) -> Option<(Vec<Span>, Span)> {
    let first = parts.first()?;
    if parts.iter().all(|p| p.kind == PartKind::Initial) {
        return None;
    }
    // "Smith J" and "Smith J.B.": surname first, as lists sort them.
    if context == Context::List
        && parts.len() >= 2
        && parts[0].kind != PartKind::Initial
        && parts[1..].iter().all(|p| p.kind == PartKind::Initial)
    {
        return Some((parts[1..].iter().map(|p| p.span).collect(), parts[0].span));
    }
    // Where the surname starts: at the first particle, else at the last word.
    let at =
        parts.iter().position(|p| p.kind == PartKind::Particle).filter(|i| *i > 0 || titled).unwrap_or(parts.len() - 1);
    let mut at = at;
    if parts[at].kind == PartKind::Initial {
        // "Sarah J": a given name and the initial of the surname.
        at = parts.len() - 1;
    }
    let family = parts[at..].iter().map(|p| p.span).reduce(Span::join)?;
    let given: Vec<Span> = parts[..at].iter().map(|p| p.span).collect();
    if titled {
        return Some((given, family));
    }
    if given.is_empty() {
        return None;
    }
    let evidence = match first.kind {
        PartKind::Given => true,
        PartKind::Initial => parts.iter().any(|p| p.kind == PartKind::Word || p.kind == PartKind::Given),
        PartKind::Word | PartKind::Particle => false,
    };
    (evidence || first.known.given_name || context == Context::List).then_some((given, family))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names as `honorifics|given|family|post-nominals`.
    fn check(context: Context, text: &str, expected: &str) {
        let join = |spans: &[Span]| spans.iter().map(|s| s.of(text)).collect::<Vec<_>>().join(" ");
        let found: Vec<String> = names(text, Span::new(0, text.len()), context, Lexicon::embedded())
            .iter()
            .map(|n| {
                format!("{}|{}|{}|{}", join(&n.honorifics), join(&n.given), n.family.of(text), join(&n.postnominals))
            })
            .collect();
        assert_eq!(found.join("; "), expected, "in {text:?}");
    }

    #[test]
    fn names_with_titles_and_letters() {
        let list = |text, expected| check(Context::List, text, expected);
        list("Mr Joe Orson JP Cc", "Mr|Joe|Orson|JP Cc");
        list("Cllr. Kevin J. Loydall", "Cllr.|Kevin J.|Loydall|");
        list("Ch. Supt. Sally Healy", "Ch. Supt.|Sally|Healy|");
        list("Ann Marie Hawkins", "|Ann Marie|Hawkins|");
        list("Mrs. D. Taylor CC", "Mrs.|D.|Taylor|CC");
        list("Sir Clive Loader", "Sir|Clive|Loader|");
        list("Dr J.B. van der Berg", "Dr|J. B.|van der Berg|");
        list("Councillor Seán Ó Ceallaigh", "Councillor|Seán|Ó Ceallaigh|");
        list("Cllr Jim McNeill", "Cllr|Jim|McNeill|");
        list("Padma Juggapah", "|Padma|Juggapah|");
        list("Collins B", "|B|Collins|");
        list("Mr. S. O’ Connor", "Mr.|S.|O’ Connor|");
        list("Dafydd Môn Parry", "|Dafydd Môn|Parry|");
        list("Mahmood ul-Haq", "|Mahmood|ul-Haq|");
        list("Y Cyng. / Cllr. Ieuan Gwyther", "Y Cyng. Cllr.|Ieuan|Gwyther|");
    }

    #[test]
    fn initials_in_brackets_tell_which_of_those_with_one_surname() {
        for (written, given, family) in [
            ("Sheahan (M)", "M", "Sheahan"),
            ("Ryan (E)", "E", "Ryan"),
            ("Cllr. O’Sullivan (T.)", "T", "O’Sullivan"),
            ("Ó Ceallaigh (S)", "S", "Ó Ceallaigh"),
            ("Smith (Chair)", "", "Smith (Chair)"),
        ] {
            let found = parts(written, Lexicon::embedded());
            assert_eq!((found.given.join(" ").as_str(), found.family.as_str()), (given, family), "{written}");
        }
    }

    #[test]
    fn prose_needs_evidence() {
        let prose = |text, expected| check(Context::Prose, text, expected);
        prose("Mr. Bearne updated the Board", "Mr.||Bearne|");
        prose("Jane Moore confirmed that", "|Jane|Moore|");
        prose("The Glen Parva Prison Project and County Hall", "");
        prose("High Street and Market Place", "");
        prose("Councillor Smith and the Police", "Councillor||Smith|");
        prose("The Chairman thanked the Board", "");
    }
}
