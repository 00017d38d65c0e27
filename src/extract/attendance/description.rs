//! What stands beside a name in an attendance list: roles, organisations, the chair, whose place was taken, when
//! somebody came and left.

use crate::lexicon::{Lexicon, fold};
use crate::model::Span;
use crate::text::name::{Context, Name, names};
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
    let span = without_articles(text, span);
    let words = span.of(text);
    let folded = fold(words);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    if folded.is_empty() {
        return Vec::new();
    }
    if let Some(found) = chair(span, folded, lexicon) {
        return found;
    }
    if let Some(found) = place_of_another(text, span, folded, lexicon) {
        return vec![found];
    }
    if let Some(found) = coming_and_going(span, folded) {
        return found;
    }
    for (lead, drop) in [
        ("all ", 1),
        ("representing ", 1),
        ("also representing ", 2),
        ("on behalf of ", 3),
        ("rep ", 1),
        ("for ", 1),
        ("attending for ", 2),
    ] {
        if folded.starts_with(lead) {
            let start = words.split_inclusive(' ').take(drop).map(str::len).sum::<usize>();
            let rest = without_articles(text, span.slice(start, words.len()));
            if rest.of(text).chars().next().is_some_and(char::is_uppercase) {
                return if lead == "all " {
                    vec![Said::OrganisationOfAll(rest)]
                } else {
                    organisations(text, rest, lexicon)
                };
            }
        }
    }
    post(text, span, bracketed, lexicon)
}

/// The chair of this meeting, by a word for it alone.
fn chair(span: Span, folded: &str, lexicon: &Lexicon) -> Option<Vec<Said>> {
    let in_the_chair = ["in the chair", "took the chair", "presiding", "who took the chair", "chairing"]
        .iter()
        .any(|w| folded.ends_with(w) || folded.starts_with(w));
    if in_the_chair {
        // "Vice-Chairman, in the Chair": the post too.
        return Some(vec![Said::Chair(None)]);
    }
    // In two languages ("Cadeirydd / Chair").
    let folded = folded.rsplit('/').next().unwrap_or(folded).trim();
    let is_chair = |words: &str| {
        lexicon.roles.get(words).is_some_and(|r| r.class == "chair" && r.head)
            || matches!(words, "ch" | "an cathaoirleach")
    };
    if is_chair(folded) {
        return Some(vec![Said::Chair(Some(span))]);
    }
    // "Chair of the Panel", "Panel Chair", "Chair for the meeting": the body's own.
    let own = [
        "chair of the board",
        "chair of the panel",
        "chair of the committee",
        "chair of the council",
        "chair of the group",
        "chair of the meeting",
        "chair of governors",
        "chair of the governors",
        "chair for the meeting",
        "meeting chair",
        "committee chair",
        "panel chair",
        "board chair",
        "council chair",
        "chairman of the council",
        "chairman of the board",
        "chairman of the committee",
        "chairman of the panel",
        "acting chair",
        "acting chairman",
        "chair for this meeting",
    ];
    own.contains(&folded).then(|| vec![Said::Chair(Some(span))])
}

/// Whether a post is the chair of the body that met: "ODUG Chair", "Chair of Ellmoor Harbour Board".
pub(super) fn chairs_body(post: &str, body: &str, lexicon: &Lexicon) -> bool {
    let (post, body) = (fold(post), fold(body));
    let chair = |words: &str| lexicon.roles.get(words).is_some_and(|r| r.class == "chair" && r.head);
    let of = match (post.split_once(" of "), post.rsplit_once(' ')) {
        (Some((word, of)), _) if chair(word) => of.strip_prefix("the ").unwrap_or(of),
        (_, Some((of, word))) if chair(word) => of,
        _ => return false,
    };
    let initials = || body.split_whitespace().filter_map(|w| w.chars().next()).collect::<String>();
    of == body || (of.len() > 2 && of == initials())
}

/// "(substitute for Y)", "(for Y)", "(Z attended as substitute)", "(substituted by Z)".
fn place_of_another(text: &str, span: Span, folded: &str, lexicon: &Lexicon) -> Option<Said> {
    const TAKES: &[&str] = &[
        "substitute for",
        "substituting for",
        "sub for",
        "deputising for",
        "standing in for",
        "in place of",
        "deputy for",
        "on behalf of",
        "representing",
        "rep",
        "rep for",
        "for",
        "attending for",
        "alternate for",
        "covering for",
        "reserve for",
        "instead of",
        "replacing",
        "sub",
    ];
    const TAKEN: &[&str] = &[
        "attended as substitute",
        "attending as substitute",
        "substituted by",
        "replaced by",
        "attended in",
        "represented by",
        "attended on",
        "attending on",
        "attended instead",
        "in attendance as substitute",
        "as substitute",
        "to substitute",
        "attended for",
        "attending in",
        "attended as his substitute",
        "attended as her substitute",
        "attended as their substitute",
        "substituting",
        "deputising",
        "as alternate",
    ];
    if TAKES.iter().any(|t| folded.strip_prefix(t).is_some_and(|rest| rest.starts_with(' '))) {
        let name = names(text, span, Context::Prose, lexicon).into_iter().next();
        let name = name.or_else(|| {
            // In a list a bare surname after the words will do where a title stands before it.
            names(text, span, Context::List, lexicon).into_iter().find(|n| !n.honorifics.is_empty())
        })?;
        return Some(Said::SubstituteFor(name));
    }
    if TAKEN.iter().any(|t| folded.contains(t)) {
        let found = names(text, span, Context::List, lexicon);
        let found: Vec<Name> = found.into_iter().filter(|n| n.is_full() || !n.honorifics.is_empty()).collect();
        return (!found.is_empty()).then_some(Said::SubstitutedBy(found));
    }
    None
}

/// "left at 3pm", "from item 5", "joined remotely".
fn coming_and_going(span: Span, folded: &str) -> Option<Vec<Said>> {
    let mut found = Vec::new();
    const REMOTE: &[&str] = &[
        "remote",
        "via teams",
        "via zoom",
        "by phone",
        "by telephone",
        "online",
        "virtual",
        "via teleconference",
        "by video",
        "via video",
        "dialled in",
        "via ms teams",
        "via microsoft teams",
        "on teams",
        "by teams",
        "by zoom",
        "via skype",
        "by conference call",
        "teleconference",
        "on the phone",
        "via phone",
        "via telephone",
    ];
    if REMOTE.iter().any(|w| folded.contains(w)) {
        found.push(Said::Remote);
    }
    const CAME: &[&str] = &[
        "arrived",
        "from item",
        "joined at",
        "from agenda item",
        "from minute",
        "joined from",
        "entered",
        "joined the meeting",
        "from 1",
        "from 2",
        "from 3",
        "from 4",
        "from 5",
        "from 6",
        "from 7",
        "from 8",
        "from 9",
        "late",
    ];
    const LEFT: &[&str] =
        &["left", "until", "to item", "departed", "up to item", "till", "up to and including", "to minute"];
    const PART: &[&str] =
        &["items ", "item ", "part of", "part meeting", "minute ", "for item", "for items", "agenda item", "part only"];
    if CAME.iter().any(|w| folded.starts_with(w)) {
        found.push(Said::Arrived(span));
    } else if LEFT.iter().any(|w| folded.starts_with(w)) {
        found.push(Said::Left(span));
    } else if PART.iter().any(|w| folded.starts_with(w)) {
        found.push(Said::Remark);
    }
    (!found.is_empty()).then_some(found)
}

/// A role, an organisation, or a role of an organisation.
fn post(text: &str, span: Span, bracketed: bool, lexicon: &Lexicon) -> Vec<Said> {
    let words: Vec<&str> = span
        .of(text)
        .split_whitespace()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|w| !w.is_empty())
        .collect();
    let known = is_known_organisation(span.of(text), lexicon);
    if is_crowd(span.of(text)) {
        return vec![Said::Remark];
    }
    if !known && let Some(role) = role_in(text, span, lexicon) {
        return role;
    }
    let capital =
        span.of(text).chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    if !capital {
        let says = lexicon.organisations.suffix(&words).is_some()
            && words.iter().any(|w| w.chars().next().is_some_and(char::is_uppercase));
        return if says { organisations(text, span, lexicon) } else { vec![Said::Remark] };
    }
    if known || lexicon.organisations.within(&words).is_some() || lexicon.functions.within(&words).is_some() {
        return organisations(text, span, lexicon);
    }
    if is_party(span.of(text)) || words.iter().all(|w| w.chars().all(|c| c.is_ascii_digit() || c == '/')) {
        return vec![Said::Remark];
    }
    // "(B)", "(RB)": the initials of the person, not an organisation; in columns likewise.
    if words.len() == 1 && words[0].chars().count() <= 3 && words[0].chars().all(char::is_uppercase) && bracketed {
        return if words[0].chars().count() == 3 { vec![Said::Organisation(span)] } else { vec![Said::Remark] };
    }
    if matches!(
        fold(span.of(text)).as_str(),
        "ex officio" | "ex-officio" | "co-opted" | "non-voting" | "by invitation" | "substitute" | "alternate"
    ) {
        return vec![Said::Remark];
    }
    // "(Deputy)", "(Acting)": a word that goes before a role says nothing alone.
    if words.iter().all(|w| lexicon.roles.get(w).is_some())
        || words.iter().all(|w| w.chars().all(|c| !c.is_alphabetic()))
        || is_crowd(span.of(text))
    {
        return vec![Said::Remark];
    }
    // Capitalised words in the place of an organisation.
    organisations(text, span, lexicon)
}

/// Whether words are the name or the usual abbreviation of a well-known organisation.
fn is_known_organisation(words: &str, lexicon: &Lexicon) -> bool {
    lexicon.known_organisations.get(words).is_some() || lexicon.known_short(words.trim()).is_some()
}

/// "1 member of the public", "8 others".
fn is_crowd(words: &str) -> bool {
    let folded = fold(words);
    ["public", "others", "pupils", "residents", "parishioners", "electors", "people"]
        .iter()
        .any(|w| folded.ends_with(w))
}

/// Parties are neither organisations that somebody stands for at a meeting nor roles.
fn is_party(words: &str) -> bool {
    matches!(
        fold(words).trim_matches(|c: char| !c.is_alphanumeric()),
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
    let all = tokens(text, span);
    let words: Vec<&str> = all.iter().filter(|t| t.shape != Shape::Mark).map(|t| t.of(text)).collect();
    let plain: Vec<String> = words.iter().map(|w| singular(&fold(w))).collect();
    let plain: Vec<&str> = plain.iter().map(String::as_str).collect();
    let is_head = |words: &[&str]| lexicon.roles.suffix(words).is_some_and(|(_, r)| r.head);
    // "Community Safety Manager", "Chief Executive Officer".
    if is_head(&plain) {
        return Some(vec![Said::Role(span)]);
    }
    // "Head of X", "Director, X", "Chair of the X Board", "Chief Executive of X", "Secretary to the Board".
    let joint = words
        .iter()
        .position(|w| matches!(fold(w).as_str(), "of" | "for" | "to" | "at" | "in" | "with" | "on" | "and"))?;
    if joint == 0 || !is_head(&plain[..joint]) {
        return None;
    }
    let preposition = fold(words[joint]);
    let at = all.iter().filter(|t| t.shape != Shape::Mark).nth(joint)?;
    let rest = without_articles(text, Span { start: at.span.end, end: span.end }.trim(text));
    let parts: Vec<&str> =
        rest.of(text).split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let names_organisation = lexicon.organisations.suffix(&parts).is_some()
        || is_known_organisation(rest.of(text), lexicon)
        || preposition == "at";
    let mut found = vec![Said::Role(span)];
    if names_organisation && parts.len() > 1 || is_known_organisation(rest.of(text), lexicon) {
        if matches!(preposition.as_str(), "at" | "for") || joint > 1 {
            // "Chief Executive of the X": the role ends before it; a bare "Chair of the X Board" is one phrase.
            found[0] = Said::Role(Span { start: span.start, end: at.span.start }.trim(text));
        }
        found.push(Said::OrganisationOfRole(rest));
    }
    Some(found)
}

/// A plural role as its singular ("Directors"), for look-up alone.
pub(super) fn singular(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 3 && !stem.ends_with('s') => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// Whether a role is in the plural, so that it belongs to several people before it.
pub(super) fn is_plural_role(text: &str, span: Span) -> bool {
    span.of(text).split(|c: char| !c.is_alphabetic()).any(|w| {
        matches!(
            fold(w).as_str(),
            "directors"
                | "officers"
                | "managers"
                | "superintendents"
                | "councillors"
                | "members"
                | "secretaries"
                | "clerks"
                | "engineers"
                | "planners"
                | "governors"
                | "trustees"
                | "advisers"
                | "advisors"
                | "consultants"
                | "inspectors"
                | "chairs"
                | "heads"
                | "deputies"
                | "commissioners"
                | "executives"
                | "analysts"
        )
    })
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
    // A full stop that belongs to a short form stays ("Openlylocal Ltd.").
    vec![Said::Organisation(span.slice(0, trimmed))]
}

/// Without "the", "a", "from" and the like in front, and without marks at either end.
pub(super) fn without_articles(text: &str, span: Span) -> Span {
    let mut span = span.trim(text);
    for lead in ["together with ", "with ", "and ", "plus ", "also ", "outgoing ", "incoming "] {
        if span.of(text).starts_with(lead) {
            span = span.slice(lead.len(), span.len());
        }
    }
    loop {
        let words = span.of(text);
        let marks = words.len()
            - words.trim_start_matches([',', ';', ':', '-', '–', '—', '(', ')', '/', '.', '•', '*', '“', '"']).len();
        let rest = &words[marks..];
        let space = rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        let article = ["the ", "The ", "from ", "of ", "a ", "an ", "at "]
            .iter()
            .find(|a| rest.starts_with(**a))
            .map_or(0, |a| a.len());
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

    #[test]
    fn the_chair_of_the_body_that_met_is_told_from_other_chairs() {
        let chairs = |post: &str, body: &str| chairs_body(post, body, Lexicon::embedded());
        assert!(chairs("EHB Chair", "Ellmoor Harbour Board") && chairs("EHB Chair", "EHB"));
        assert!(chairs("Chair of Ellmoor Harbour Board", "Ellmoor Harbour Board"));
        assert!(!chairs("Vice Chair", "Ellmoor Harbour Board") && !chairs("Audit Chair", "Ellmoor Harbour Board"));
        assert!(!chairs("EHB Vice Chair", "EHB") && !chairs("Clerk of EHB", "EHB"));
    }
}
