//! What stands beside a name in an attendance list: roles, organisations, the chair, whose place was taken, when
//! somebody came and left.

use super::presence::{chair, coming_and_going, place_of_another};
use std::borrow::Cow;

use crate::lexicon::{Folded, Lexicon, fold};
use crate::model::Span;
use crate::text::literal::Literals;
use crate::text::name::Name;
use crate::text::token::{Shape, tokens};

/// One thing said beside a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Said {
    /// The person takes the chair of this meeting; the words, where they name the post.
    Chair(Option<Span>),
    /// A post or role.
    Role(Span),
    /// An organisation.
    Organisation(Span),
    /// An organisation that stands in the name of the role ("Chair of the X Board"); what stands beside counts for more.
    OrganisationOfRole(Span),
    /// Whose place the person takes.
    SubstituteFor(Name),
    /// Who takes the person's place.
    SubstitutedBy(Vec<Name>),
    /// An arrival.
    Arrived(Span),
    /// A departure.
    Left(Span),
    /// Taking part from afar.
    Remote,
    /// An organisation of everybody before ("– all CLG").
    OrganisationOfAll(Span),
    /// A remark that says nothing of these.
    Remark,
}

/// Reads one part of a description: what stands between two separators or in brackets.
pub(in crate::extract) fn said(text: &str, span: Span, bracketed: bool, lexicon: &Lexicon) -> Vec<Said> {
    // "from 5.20 pm" with its "from", which an organisation would be without.
    let whole = span.trim(text);
    let folded = fold(whole.of(text));
    if let Some(found) = coming_and_going(whole, folded.trim_matches(|c: char| !c.is_alphanumeric()), lexicon) {
        return found;
    }
    let of = ["of ", "from "].iter().any(|lead| whole.of(text).starts_with(lead));
    let span = without_articles(text, span);
    // "of the Ellmoor Society who gave a talk".
    let told = span.of(text).find(" who ").map(|at| at - usize::from(span.of(text)[..at].ends_with(',')));
    let span = span.slice(0, told.unwrap_or_else(|| span.len()));
    let words = span.of(text);
    let as_folded = if span == whole { folded } else { fold(words) };
    let folded = as_folded.trim_matches(|c: char| !c.is_alphanumeric());
    if folded.is_empty() || is_figures(folded) {
        return Vec::new();
    }
    if is_count(folded) || folded.starts_with("apologies ") {
        return vec![Said::Remark];
    }
    // "of Brodie Consultants": where somebody is from, whatever posts are called so.
    if of && words.starts_with(char::is_uppercase) {
        let parts: Vec<&str> = words.split_whitespace().collect();
        if parts.len() > 1 && lexicon.organisations.suffix(&parts).is_some() {
            return organisations(text, span, lexicon);
        }
    }
    if let Some(found) = chair(text, span, folded, lexicon) {
        return found;
    }
    if let Some(found) = place_of_another(text, span, folded, lexicon) {
        return vec![found];
    }
    for (lead, drop) in [
        ("all ", 1),
        ("representing ", 1),
        ("also representing ", 2),
        ("on behalf of ", 3),
        ("rep ", 1),
        ("for ", 1),
        ("attending for ", 2),
        ("attended for ", 2),
        ("attended on behalf of ", 4),
        ("attending on behalf of ", 4),
    ] {
        if folded.starts_with(lead) {
            let start = words.split_inclusive(' ').take(drop).map(str::len).sum::<usize>();
            let rest = without_articles(text, span.slice(start, words.len()));
            if rest.of(text).chars().next().is_some_and(char::is_uppercase) {
                return if lead == "all " { vec![Said::OrganisationOfAll(rest)] } else { each(text, rest, lexicon) };
            }
        }
    }
    post(text, span, &as_folded, bracketed, lexicon)
}

/// A role, an organisation, or a role of an organisation.
fn post(text: &str, span: Span, folded: &str, bracketed: bool, lexicon: &Lexicon) -> Vec<Said> {
    let words: Vec<&str> = span
        .of(text)
        .split_whitespace()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|w| !w.is_empty())
        .collect();
    let plain = Folded::of(&words);
    let known =
        lexicon.known_organisations.get_folded(folded).is_some() || lexicon.known_short(span.of(text).trim()).is_some();
    // "Director via videoconference": a post, and how its holder took part.
    static WAY: Literals = Literals::new(&[" via ", " by ", " joining ", " attending "]);
    if let Some(at) = WAY.places(span.of(text)).next() {
        let rest = span.slice(at + 1, span.len());
        if let Some(remote) =
            coming_and_going(rest, &fold(rest.of(text)), lexicon).filter(|s| s.contains(&Said::Remote))
        {
            let mut found = said(text, span.slice(0, at), bracketed, lexicon);
            found.extend(remote);
            return found;
        }
    }
    // Letters after a name with their stops ("Ed.D"), a title alone.
    if span.of(text).contains('.') && lexicon.postnominals.get_folded(folded).is_some()
        || lexicon.honorifics.get_folded(folded).is_some_and(|h| h.class == "courtesy")
        || matches!(folded, "cllr" | "cllrs")
        // "L.M": the initials of somebody whose name stands elsewhere.
        || !bracketed && words.iter().all(|w| w.split('.').all(|l| l.chars().count() == 1))
    {
        return vec![Said::Remark];
    }
    if is_crowd(folded) || is_manner(folded) {
        return vec![Said::Remark];
    }
    // "Harbour Commissioners": those who make up a body together, after a word of their own, are the body.
    const TOGETHER: &[&str] = &["commissioners", "trustees", "governors", "conservators", "associates"];
    let several = words.len() > 1
        && !words.contains(&"of")
        && TOGETHER.contains(&plain.word(words.len() - 1))
        && lexicon.organisations.suffix_folded(&plain).is_some();
    if !known
        && !several
        && let Some(role) = role_in(text, span, lexicon)
    {
        return role;
    }
    // "Deputy Director Communications and Engagement".
    if !known
        && words.len() > 1
        && lexicon.organisations.suffix_folded(&plain).is_none()
        && !span.of(text).contains("  ")
        && words.iter().all(|w| w.starts_with(char::is_uppercase) || matches!(*w, "and" | "of" | "for" | "the" | "in"))
        && lexicon.roles.prefix_folded(&plain).is_some_and(|(n, role)| role.head && n < words.len())
    {
        return vec![Said::Role(span)];
    }
    let capital =
        span.of(text).chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    if !capital {
        let says = lexicon.organisations.suffix_folded(&plain).is_some()
            && words.iter().any(|w| w.chars().next().is_some_and(char::is_uppercase));
        return if says { organisations(text, span, lexicon) } else { vec![Said::Remark] };
    }
    if known
        || lexicon.organisations.within_folded(&plain).is_some()
        || lexicon.functions.within_folded(&plain).is_some()
    {
        return organisations(text, span, lexicon);
    }
    if is_party(folded) || words.iter().all(|w| w.chars().all(|c| c.is_ascii_digit() || c == '/')) {
        return vec![Said::Remark];
    }
    // "(B)", "(RB)": the initials of the person, not an organisation; in columns likewise.
    if words.len() == 1 && words[0].chars().count() <= 3 && words[0].chars().all(char::is_uppercase) && bracketed {
        return if words[0].chars().count() == 3 { vec![Said::Organisation(span)] } else { vec![Said::Remark] };
    }
    // "(Deputy)", "(Acting)": a word that goes before a role says nothing alone.
    if words.iter().all(|w| lexicon.roles.get(w).is_some())
        || words.iter().all(|w| w.chars().all(|c| !c.is_alphabetic()))
    {
        return vec![Said::Remark];
    }
    // Capitalised words in the place of an organisation.
    organisations(text, span, lexicon)
}

/// Times, telephone numbers, counts: "5.20 pm", "01234 567890".
fn is_figures(folded: &str) -> bool {
    folded
        .split(|c: char| !c.is_alphabetic())
        .all(|w| matches!(w, "" | "am" | "pm" | "hrs" | "tel" | "ext" | "a" | "p" | "m"))
}

/// Whether words are the name or the usual abbreviation of a well-known organisation.
pub(super) fn is_known_organisation(words: &str, lexicon: &Lexicon) -> bool {
    lexicon.known_organisations.get(words).is_some() || lexicon.known_short(words.trim()).is_some()
}

/// Whether something in the words shows an organisation: its kind, or its being well known.
pub(super) fn is_organisation(words: &str, lexicon: &Lexicon) -> bool {
    let parts: Vec<&str> = words.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    is_known_organisation(words, lexicon) || lexicon.organisations.within(&parts).is_some()
}

/// Words for how somebody sits at the table: neither a post nor an organisation.
fn is_manner(folded: &str) -> bool {
    matches!(
        folded.trim_matches(|c: char| !c.is_alphanumeric()),
        "ex officio"
            | "ex-officio"
            | "co-opted"
            | "non-voting"
            | "by invitation"
            | "substitute"
            | "sub"
            | "alternate"
            | "named substitute"
            | "present"
            | "apologies"
            | "absent"
            | "voting"
    )
}

/// "1 member of the public", "8 others".
fn is_crowd(folded: &str) -> bool {
    ["public", "others", "pupils", "residents", "parishioners", "electors", "people"]
        .iter()
        .any(|w| folded.ends_with(w))
}

/// "One member of the public", "two parishioners": people without names.
fn is_count(folded: &str) -> bool {
    const NUMBERS: &[&str] = &[
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "several",
        "some",
        "member",
        "members",
        "approximately",
    ];
    let first = folded.split(' ').next().unwrap_or_default();
    let number = NUMBERS.contains(&first) || first.starts_with(|c: char| c.is_ascii_digit());
    number && (is_crowd(folded) || folded.ends_with("staff"))
}

/// Parties are neither organisations that somebody stands for at a meeting nor roles.
fn is_party(folded: &str) -> bool {
    matches!(
        folded.trim_matches(|c: char| !c.is_alphanumeric()),
        "labour"
            | "conservative"
            | "con"
            | "lab"
            | "ld"
            | "lib dem"
            | "liberal democrat"
            | "green"
            | "independent"
            | "ind"
            | "snp"
            | "ukip"
            | "plaid cymru"
            | "fianna fail"
            | "fine gael"
            | "sinn fein"
            | "dup"
            | "uup"
            | "sdlp"
            | "alliance"
            | "reform uk"
            | "non-aligned"
            | "unaligned"
    )
}

/// A role, with the organisation that it names, if words are a role.
pub(super) fn role_in(text: &str, span: Span, lexicon: &Lexicon) -> Option<Vec<Said>> {
    const JOINS: &[&str] = &["of", "for", "to", "at", "in", "with", "on"];
    let mut all = tokens(text, span);
    all.retain(|t| t.shape != Shape::Mark);
    let words: Vec<&str> = all.iter().map(|t| t.of(text)).collect();
    let plain = Folded::with(&words, singular);
    let is_head = |end: usize| lexicon.roles.suffix_before(&plain, end).is_some_and(|(_, r)| r.head);
    // "Community Safety Manager", "Chief Executive Officer".
    if is_head(words.len()) {
        return Some(vec![Said::Role(span)]);
    }
    // "Head of X", "Director, X", "Chair of the X Board", "Chief Executive of X", "Secretary to the Board".
    let joins = |at: &usize| JOINS.contains(&plain.word(*at));
    // "Clerk and Treasurer to the Board": two posts, before what they are of.
    let joint = (0..words.len()).find(joins).filter(|at| *at > 0 && is_head(*at));
    let joint = joint.or_else(|| (0..words.len()).find(|at| joins(at) || plain.word(*at) == "and"))?;
    if joint == 0 || !is_head(joint) {
        return None;
    }
    let preposition = plain.word(joint);
    let at = all.get(joint)?;
    let rest = without_articles(text, Span { start: at.span.end, end: span.end }.trim(text));
    let parts: Vec<&str> =
        rest.of(text).split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let names_organisation = lexicon.organisations.suffix(&parts).is_some()
        || is_known_organisation(rest.of(text), lexicon)
        || preposition == "at";
    // "Head of Health of Marl NHS Trust": the role has an "of" of its own.
    if let Some(inner) = [" of ", " at "].iter().filter_map(|p| rest.of(text).rfind(p).map(|i| (i, p.len()))).max() {
        let (field, after) =
            (rest.slice(0, inner.0), without_articles(text, rest.slice(inner.0 + inner.1, rest.len())));
        let words = |s: Span| -> Vec<&str> { s.of(text).split_whitespace().collect() };
        let is_name = words(after).len() > 1 && lexicon.organisations.suffix(&words(after)).is_some()
            || is_known_organisation(after.of(text), lexicon);
        if is_name && lexicon.organisations.within(&words(field)).is_none() {
            let role = Span { start: span.start, end: field.end };
            return Some(vec![Said::Role(role), Said::OrganisationOfRole(after)]);
        }
    }
    let mut found = vec![Said::Role(span)];
    if names_organisation && parts.len() > 1 || is_known_organisation(rest.of(text), lexicon) {
        let whole = matches!(plain.word(0), "head" | "director")
            || lexicon.roles.get_folded(plain.word(0)).is_some_and(|r| matches!(r.class, "chair" | "vice-chair"));
        if matches!(preposition, "at" | "for") || joint > 1 || !whole {
            // "Manager of the X Agency": the role ends before it; "Chair of the X Board", "Head of the X Service" are one
            // phrase.
            found[0] = Said::Role(Span { start: span.start, end: at.span.start }.trim(text));
        }
        found.push(Said::OrganisationOfRole(rest));
    }
    Some(found)
}

/// A plural role as its singular ("Directors"), for look-up alone.
pub(super) fn singular(word: &str) -> &str {
    word.strip_suffix('s').filter(|stem| stem.len() > 3 && !stem.ends_with('s')).unwrap_or(word)
}

/// Whether a role is in the plural ("Directors", "web heads"), so that it belongs to several people.
pub(super) fn is_plural_role(text: &str, span: Span, lexicon: &Lexicon) -> bool {
    span.of(text).split(|c: char| !c.is_alphabetic()).any(|w| is_plural(w, lexicon))
}

/// The post of one of those who share a role in the plural: "web head" of "web heads".
pub(super) fn of_one(text: &str, role: Span, lexicon: &Lexicon) -> Span {
    let words = role.of(text);
    let last = words.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    // "Clerk to the Governors": one clerk.
    let joined = words.contains(" to ") || words.contains(" of ");
    let cut = is_plural(last, lexicon) && !last.ends_with("ies") && !joined;
    role.slice(0, words.len() - usize::from(cut))
}

fn is_plural(word: &str, lexicon: &Lexicon) -> bool {
    let ies = word.strip_suffix("ies").map(|stem| Cow::Owned(format!("{stem}y")));
    let one = ies.unwrap_or_else(|| Cow::Borrowed(singular(word)));
    one.len() < word.len() && lexicon.roles.get(word).is_none() && lexicon.roles.get(&one).is_some_and(|r| r.head)
}

/// The organisations that somebody stands for: two where "and" parts them and each is built like one.
fn each(text: &str, span: Span, lexicon: &Lexicon) -> Vec<Said> {
    let words = span.of(text);
    if let Some((a, b)) = words.split_once(" and ") {
        let built = |s: &str| {
            let parts: Vec<&str> = s.split_whitespace().collect();
            parts.len() > 1 && lexicon.organisations.suffix(&parts).is_some_and(|(n, _)| n < parts.len())
        };
        if built(a) && built(b) && !is_known_organisation(words, lexicon) {
            let (a, b) = (span.slice(0, a.len()), span.slice(words.len() - b.len(), words.len()));
            return [a, b].into_iter().flat_map(|s| organisations(text, s, lexicon)).collect();
        }
    }
    organisations(text, span, lexicon)
}

/// The organisations that words name: several where a slash stands between two.
fn organisations(text: &str, span: Span, lexicon: &Lexicon) -> Vec<Said> {
    let words = span.of(text);
    if let Some(at) = words.find('/').filter(|_| !words.contains("://")) {
        let (a, b) = (span.slice(0, at).trim(text), span.slice(at + 1, words.len()).trim(text));
        let organisation = |s: Span| {
            let parts: Vec<&str> = s.of(text).split_whitespace().collect();
            s.len() > 1
                && (lexicon.organisations.within(&parts).is_some()
                    || is_known_organisation(s.of(text), lexicon)
                    || s.of(text).chars().all(char::is_uppercase)
                    || parts.len() == 1)
        };
        if organisation(a) && organisation(b) {
            return vec![Said::Organisation(a), Said::Organisation(b)];
        }
    }
    let trimmed = words.trim_end_matches([',', '.', ';', ':']).len();
    // A full stop that belongs to a short form stays ("Ellmoor Homes Ltd.").
    vec![Said::Organisation(span.slice(0, trimmed))]
}

/// Without "the", "a", "from" and the like in front, and without marks at either end.
pub(super) fn without_articles(text: &str, span: Span) -> Span {
    const ARTICLES: &[&str] = &["the ", "The ", "from ", "of ", "a ", "an ", "at "];
    let mut span = span.trim(text);
    for lead in ["together with ", "with ", "and ", "plus ", "also ", "outgoing ", "incoming "] {
        if span.of(text).starts_with(lead) {
            span = span.slice(lead.len(), span.len());
        }
    }
    loop {
        let words = span.of(text);
        let is_bare = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        if is_bare(words.as_bytes().first())
            && is_bare(words.as_bytes().last())
            && !ARTICLES.iter().any(|a| words.starts_with(a))
        {
            return span;
        }
        let marks = words.len()
            - words.trim_start_matches([',', ';', ':', '-', '–', '—', '(', ')', '/', '.', '•', '*', '“', '"']).len();
        let rest = &words[marks..];
        let space = rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        let article = ARTICLES.iter().find(|a| rest.starts_with(**a)).map_or(0, |a| a.len());
        let start = marks + space + article;
        let end =
            words.trim_end_matches([',', ';', ':', '-', '–', '—', ')', ' ', '/', '*', '”', '"', '\n', '\t']).len();
        let end = if words[..end].ends_with('.') && !words[..end].ends_with("Ltd.") { end - 1 } else { end };
        if start >= end {
            return Span { start: span.start, end: span.start };
        }
        let next = span.slice(start, end).trim(text);
        if next == span {
            return span;
        }
        span = next;
    }
}
