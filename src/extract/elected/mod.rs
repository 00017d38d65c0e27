//! Who was elected or appointed at the meeting, to what, for how long.
//!
//! In: sentences with a verb of election. Out: `elected_to`. A nomination, a proposal that fell or was put off, and
//! an appointment made elsewhere or earlier elect nobody.

pub(super) mod listed;

use std::sync::LazyLock;

use super::clause::{Clause, Pattern, is_denied, pattern};
use super::cue::{Cues, Sentence, sentences_with};
use super::{Draft, Extractor, Rule};
use crate::lexicon::fold;
use crate::model::{EntityKind, Genre, Nature, Predicate, Qualifier, Span, Term, Value};
use listed::Found;

const RULE: &str = "elected";
const LISTED: &str = "elected-line";
const UNOPPOSED: &str = "elected-unopposed";

pub(super) static EXTRACTOR: Extractor = Extractor {
    name: "elected",
    what: "elections and appointments made at the meeting; after mentions",
    rules: &[
        Rule {
            name: RULE,
            what: "somebody was elected, appointed or co-opted to a post at this meeting",
            accepts: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. ELECTION OF CHAIRMAN\n\nIt was proposed, seconded, and AGREED that Mr T. Rowe be elected Chairman of the Board for 2015/16.\n\n2. MINUTES\n\nThe minutes were approved.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. ELECTION OF CHAIRMAN\n\nMr Rowe was duly elected unopposed.\n\n2. MINUTES\n\nThe minutes were approved.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. OFFICERS\n\nAda Fenn was nominated and seconded as Treasurer and this was duly accepted.\n\n2. MINUTES\n\nThe minutes were approved.\n",
            ],
            refuses: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. ELECTION OF CHAIRMAN\n\nMr Rowe was nominated. The election of a Chairman was deferred. Nobody was elected.\n\n2. MINUTES\n\nThe minutes were approved.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. NEWS\n\nMr Rowe had been appointed Harbour Master last month. Ms Fenn was elected Mayor in 2009.\n\n2. MINUTES\n\nThe minutes were approved.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. ELECTION OF CHAIRMAN\n\nMs Fenn proposed that Mr Rowe be elected Chairman. The motion was lost.\n\n2. MINUTES\n\nThe minutes were approved.\n",
            ],
        },
        Rule {
            name: LISTED,
            what: "a line of an election names a post and who took it",
            accepts: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. ELECTION OF OFFICERS\n\nChair: Ada Fenn\n\nTreasurer – Tom Rowe (proposed Ms Fenn)\n\n2. MINUTES\n\nThe minutes were approved.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. ANNUAL BUSINESS\n\nThe following were duly elected:\n\nTom Rowe – Treasurer\n\n2. MINUTES\n\nThe minutes were approved.\n",
            ],
            refuses: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. ELECTION OF OFFICERS\n\nReturning Officer: Tom Rowe\n\nTreasurer: Ada Fenn declined\n\n2. MINUTES\n\nThe minutes were approved.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. REPORTS\n\nTreasurer: Tom Rowe\n\n2. MINUTES\n\nThe minutes were approved.\n",
            ],
        },
        Rule {
            name: UNOPPOSED,
            what: "an item about an election proposes and seconds one person for a post, and no other",
            accepts: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe, Mr Jack Hale\n\n1. ELECTION OF CHAIRMAN\n\nMr Rowe was proposed by Ms Fenn and seconded by Mr Hale.\n\n2. MINUTES\n\nThe minutes were approved.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe, Mr Jack Hale\n\n1. ELECTION OF OFFICE BEARERS\n\nMs Fenn proposed Mr Rowe as Treasurer and Mr Hale seconded.\n\n2. MINUTES\n\nThe minutes were approved.\n",
            ],
            refuses: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe, Mr Jack Hale\n\n1. ELECTION OF CHAIRMAN\n\nMr Rowe was proposed by Ms Fenn and seconded by Mr Hale. Ms Fenn was proposed by Mr Rowe and seconded by Mr Hale.\n\n2. MINUTES\n\nThe minutes were approved.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe, Mr Jack Hale\n\n1. ELECTION OF CHAIRMAN\n\nMr Rowe was proposed by Ms Fenn and seconded by Mr Hale. The election was deferred to June.\n\n2. MINUTES\n\nThe minutes were approved.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe, Mr Jack Hale\n\n1. HARBOUR\n\nMs Fenn proposed Mr Rowe as Treasurer and Mr Hale seconded.\n\n2. MINUTES\n\nThe minutes were approved.\n",
            ],
        },
    ],
    run,
};

pub(super) static CUES: Cues =
    Cues(&["lected", "ppointed", "ppoint ", "lect ", "opted", "co-opt ", "nominated", "LECTED", "PPOINTED"]);

macro_rules! verbs {
    () => {
        r"(?:re-? ?)?(?:elected|appointed|co-?opted|ELECTED|APPOINTED)"
    };
}

/// "X was elected", "X be elected", "X elected".
static PASSIVE: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?P<who>@L)@D?,?(?: (?:had been|was|having been) (?:proposed|nominated)[^.;@]{0,40},? and)? (?P<aux>(?:(?:would|should|shall|will) )?(?:be|BE|was|were|is|are)|to be|has been|have been|had been|)? ?(?:(?:duly|hereby|unanimously|then|also|therefore|subsequently|both|once again|again|formally|declared|accordingly) )*",
        verbs!(),
        r"(?: unopposed| unanimously)?(?P<to>,? (?:as |to be |to the (?:position|post|office|role)s? of |to |into the role of )?)?(?P<rest>.*)"
    ))
});

/// "elected X as Chairman", "agreed to appoint X as Clerk".
static ACTIVE: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?P<aux>(?:agreed|resolved|decided|voted) to (?:re-?)?(?:elect|appoint|co-?opt)|",
        verbs!(),
        r") (?P<who>@L)(?P<to> (?:as|to be|to the (?:position|post|office|role)s? of) )(?P<rest>.*)"
    ))
});

/// "X was nominated and seconded as Chairman and … duly accepted".
static NOMINATED: Pattern = LazyLock::new(|| {
    pattern(
        r"(?P<who>@L)@D? (?P<aux>was|were) (?:proposed|nominated)[^.;]{0,60}? (?P<to>as|for|to be) (?P<rest>[^.;]*?\b(?:accepted|agreed|elected|carried|approved|appointed)\b.*)",
    )
});

static TERM: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\bfor (?:the )?(?:(?:municipal |civic |council |academic |financial )?year |period |term |session )?(?P<years>(?:19|20)\d\d ?(?:[/–-] ?\d\d(?:\d\d)?)?)\b|\bfor (?P<year>(?:the )?(?:ensuing|coming|forthcoming|next|new|current|following) (?:[\w]+ ){0,2}(?:years?|term)|(?:a|an|another)(?: further)? (?:[\w-]+ ){0,3}?(?:term|period|years?)(?: of [\w ]{2,24})?|(?:one|two|three|four|five) (?:more )?years?)|\b(?P<until>(?:until|till|up to) (?:the )?[^.;,”]{3,60})",
    )
});

fn run(draft: &mut Draft<'_>) {
    if draft.minutes.genre != Genre::Minutes {
        return;
    }
    for sentence in sentences_with(draft, &CUES) {
        if !draft.is_taken(sentence.span, EntityKind::Person) {
            continue;
        }
        let clause = Clause::new(draft, sentence.span);
        if clause.signs.iter().all(|s| s.kind != EntityKind::Person) {
            continue;
        }
        for (pattern, kind) in [(&PASSIVE, Kind::Passive), (&ACTIVE, Kind::Active), (&NOMINATED, Kind::Nominated)] {
            let Some(pattern) = pattern.as_ref() else { continue };
            // What follows one election may hold another, so the rest is searched again.
            let mut from = 0;
            while let Some(captures) = pattern.captures_at(&clause.words, from) {
                let (Some(who), Some(rest)) = (captures.name("who"), captures.name("rest")) else { break };
                from = rest.start();
                let aux = captures.name("aux").map_or("", |a| a.as_str());
                elect(draft, &clause, sentence, kind, aux, who.range(), rest.range());
                if from >= clause.words.len() {
                    break;
                }
            }
        }
    }
    for found in listed::lines(draft) {
        add(draft, found, LISTED);
    }
    for found in listed::unopposed(draft) {
        add(draft, found, UNOPPOSED);
    }
}

/// States an election that lines tell, unless the item tells of one already.
fn add(draft: &mut Draft<'_>, found: Found, rule: &'static str) {
    let text = draft.text();
    let item = draft.item_at(found.span);
    let role = fold(found.role.of(text));
    let told = draft.statements.iter().any(|s| {
        s.predicate == Predicate::ElectedTo
            && draft.item_at(s.span) == item
            && (rule == UNOPPOSED && s.rule != UNOPPOSED && words_of(draft, s.object).is_some_and(|w| w == role)
                || s.span.overlaps(found.span))
    });
    if told {
        return;
    }
    let person = Term::Mention(found.who.mention(draft, rule));
    let object = Term::Mention(draft.mention(found.role, EntityKind::Role, rule, Nature::Name));
    draft.state(person, Predicate::ElectedTo, object, found.span.join(found.role), rule);
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Passive,
    Active,
    Nominated,
}

fn elect(
    draft: &mut Draft<'_>,
    clause: &Clause,
    sentence: Sentence,
    kind: Kind,
    aux: &str,
    who: std::ops::Range<usize>,
    rest: std::ops::Range<usize>,
) {
    let words = clause.words.as_str();
    let before = &words[..who.start];
    if is_denied(&without_others(words)) || is_elsewhere(before, aux, &words[rest.clone()]) {
        return;
    }
    // "be elected" is so only where the meeting agreed to it.
    let wished =
        matches!(aux, "be" | "BE" | "to be") || aux.ends_with(" be") || aux.is_empty() && kind == Kind::Passive;
    if wished && !is_agreed(draft, sentence.span, before, &words[rest.start..]) {
        return;
    }
    let (role, organisation) = match role_in(draft, clause, rest.clone()) {
        Some(found) => found,
        None => match role_of_item(draft, sentence.span)
            .filter(|_| kind == Kind::Passive && says_no_more(&words[rest.clone()]))
        {
            Some(role) => (role, None),
            None => return,
        },
    };
    let people = clause.people_in(draft, who);
    // "X be appointed Chair, and that Y be re-appointed for three years": the term of Y.
    let own =
        [", and that ", " and that ", "; ", ", and \u{E000}"].iter().filter_map(|w| words[rest.clone()].find(w)).min();
    let own = rest.start..own.map_or(rest.end, |at| rest.start + at);
    let term = TERM.as_ref().and_then(|p| p.captures(&words[own])).and_then(|c| {
        let found = c.name("years").or(c.name("year")).or(c.name("until"))?;
        let start = rest.start + found.start();
        Some(clause.place(draft.text(), start..rest.start + found.end()))
    });
    for sign in people.into_iter().filter(|s| s.nature != Nature::Description) {
        let person = Term::Mention(sign.mention(draft, RULE));
        let object = Term::Mention(draft.mention(role, EntityKind::Role, RULE, Nature::Name));
        let mut qualifiers = Vec::new();
        if let Some(span) = organisation {
            let nature = if is_description(span.of(draft.text())) { Nature::Description } else { Nature::Name };
            let mention = draft.mention(span, EntityKind::Organisation, RULE, nature);
            qualifiers.push((Qualifier::Organisation, Value::Term(Term::Mention(mention))));
        }
        if let Some(term) = term {
            let words = term.of(draft.text()).split_whitespace().collect::<Vec<_>>().join(" ");
            qualifiers.push((Qualifier::Term, Value::Text(words)));
        }
        // The words hold both ends: the title of the item too, where it gives the role.
        let span = if sentence.span.contains(role) { sentence.span } else { sentence.span.join(role) };
        draft.state(person, Predicate::ElectedTo, object, span, RULE).qualifiers = qualifiers;
    }
}

/// The words of a sentence without those that say that nobody else stood: "As there were no other nominations, …".
fn without_others(words: &str) -> String {
    static OTHERS: Pattern = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:as|since|there|with) [^.;,]{0,24}?\b(?:not (?:been )?any|no|none|not being any)(?: further| other| more)*(?: nominations?| candidates?| names?| propos\w+)?",
        )
    });
    OTHERS.as_ref().map_or_else(|| words.to_owned(), |p| p.replace_all(words, "").into_owned())
}

/// The folded words of a mention.
fn words_of(draft: &Draft<'_>, term: Term) -> Option<String> {
    let Term::Mention(number) = term else { return None };
    draft.mentions.get(number as usize).map(|m| fold(m.span.of(draft.text())))
}

/// Whether an appointment was made elsewhere or at another time.
fn is_elsewhere(before: &str, aux: &str, rest: &str) -> bool {
    if matches!(aux, "has been" | "have been" | "had been" | "to be" | "is" | "are")
        && !before.to_lowercase().contains("agreed")
    {
        return true;
    }
    let (before, rest) = (before.to_lowercase(), rest.to_lowercase());
    let past = [
        "last month",
        "last year",
        "last week",
        "last meeting",
        "previous",
        "recently",
        " ago",
        "since",
        " in 19",
        " in 20",
        "previously",
    ];
    let start = rest.get(..rest.char_indices().nth(120).map_or(rest.len(), |(i, _)| i)).unwrap_or("");
    static YEAR: Pattern = LazyLock::new(|| pattern(r"(?i) in (?:[a-z]+,? )?(?:19|20)\d\d\b"));
    past.iter().any(|w| start.contains(w))
        || YEAR.as_ref().is_some_and(|p| p.is_match(start))
        || before.starts_with("whereas")
        || [
            "who ",
            "had ",
            "since ",
            "when ",
            "congratulat",
            "welcome",
            "recently",
            "last year",
            "previous",
            "suggest",
            "ask",
            "nominat",
        ]
        .iter()
        .any(|w| before.contains(w))
}

/// Whether the meeting agreed: by a word in the sentence, or because the sentence is a decision of it.
fn is_agreed(draft: &Draft<'_>, span: Span, before: &str, after: &str) -> bool {
    let said = |words: &str| {
        let lower = words.to_lowercase();
        [
            "agreed",
            "resolved",
            "carried",
            "unanimously",
            "declared",
            "approved",
            "all in favour",
            "ordered",
            "aontaíodh",
        ]
        .iter()
        .any(|w| lower.contains(w))
            && !["not agreed", "not carried", "lost", "not approved"].iter().any(|w| lower.contains(w))
    };
    said(before)
        || said(after)
        || draft.decisions.iter().any(|d| {
            d.span.overlaps(span)
                && !matches!(d.outcome, "lost" | "deferred" | "rejected" | "withdrawn")
                && !matches!(d.verb, "move" | "propose" | "nominate")
        })
}

/// The role with which the words after a verb start, and the organisation in which it is held.
fn role_in(draft: &Draft<'_>, clause: &Clause, rest: std::ops::Range<usize>) -> Option<(Span, Option<Span>)> {
    let text = draft.text();
    let words = &clause.words[rest.clone()];
    let lead = ["the ", "a ", "an ", "its ", "our ", "as ", "to be ", "to ", "new ", "joint ", "Council ", "Board "]
        .iter()
        .fold(words.trim_start(), |w, a| w.strip_prefix(a).unwrap_or(w));
    let start = rest.start + (words.len() - lead.len());
    let mut end = lead.len();
    // "co-opted to X Council as a councillor": the post comes after.
    if let Some(at) = lead
        .find(" as ")
        .filter(|at| lead[..*at].split_whitespace().count() <= 8 && !lead[..*at].contains([',', '.', ';']))
    {
        let before: Vec<&str> = lead[..at].split_whitespace().collect();
        if draft.lexicon.roles.suffix(&before).is_none() && draft.lexicon.roles.prefix(&before).is_none() {
            return role_in(draft, clause, start + at + " as ".len()..rest.end);
        }
    }
    for stop in [
        " for ",
        " until ",
        " with ",
        " by ",
        " from ",
        ", ",
        ".",
        ";",
        " on ",
        "”",
        " (",
        " in ",
        " at ",
        ":",
        " who ",
        " without ",
        " unopposed",
        " was ",
        " were ",
        " to hold ",
        " this ",
        " which ",
        " till ",
        "'s ",
        "’s ",
        " – ",
        " - ",
    ] {
        if let Some(at) = lead.find(stop) {
            end = end.min(at);
        }
    }
    // "Mayor of the City and County of X" goes on; "Chairman and Mr Hale Treasurer" does not.
    for (at, word) in lead.match_indices(" and ") {
        let goes_on = lead[at + word.len()..].starts_with(char::is_uppercase) && lead[..at].contains(" of ");
        if !goes_on {
            end = end.min(at);
            break;
        }
    }
    let phrase = &lead[..end];
    // An office was reduced to a sign: "the Chairman".
    if phrase.starts_with('\u{E001}') {
        let sign = clause.signs_in(start..start + 1).next()?;
        let words = sign.span.of(text);
        let article = ["the ", "The ", "a ", "A "].iter().find(|a| words.starts_with(**a)).map_or(0, |a| a.len());
        let role = sign.span.slice(article, words.len());
        return Some((
            role,
            organisation_after(draft, clause, &lead['\u{E001}'.len_utf8()..], start + '\u{E001}'.len_utf8()),
        ));
    }
    let (role, beyond) = match [" of ", " to "].iter().filter_map(|p| phrase.find(p)).min() {
        Some(at) => (&phrase[..at], Some(at)),
        None => (phrase, None),
    };
    let is_role = |words: &str| {
        let parts: Vec<&str> = words.split_whitespace().collect();
        parts.len() <= 7 && draft.lexicon.roles.suffix(&parts).is_some_and(|(_, r)| r.head)
    };
    if is_role(role) {
        let organisation = beyond.and_then(|at| organisation_after(draft, clause, &lead[at..], start + at));
        let whole = if organisation.is_none() { phrase.len() } else { role.len() };
        let span = clause.place(text, start..start + whole);
        return Some((span, organisation)).filter(|(s, _)| !s.is_empty() && s.len() <= 90);
    }
    None
}

/// The organisation after "of the" at the start of `words`, which start at `start` of the clause.
fn organisation_after(draft: &Draft<'_>, clause: &Clause, words: &str, start: usize) -> Option<Span> {
    let rest = ["of the ", "of ", "to the ", "to "].iter().find_map(|p| words.trim_start().strip_prefix(p))?;
    let at = start + (words.len() - rest.len());
    if rest.starts_with('\u{E002}') {
        return clause.signs_in(at..at + 1).next().map(|s| s.span);
    }
    // Capitalised words and what joins them.
    let mut end = 0;
    for piece in rest.split_inclusive(' ') {
        let word = piece.trim_end();
        let capital = word.starts_with(char::is_uppercase);
        if !(capital || matches!(word, "of" | "and" | "&" | "the")) {
            break;
        }
        let offset = piece.as_ptr() as usize - rest.as_ptr() as usize;
        if capital {
            end = offset + word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')').len();
        }
        if word.ends_with([',', '.', ';', ':', '”']) {
            break;
        }
    }
    let parts: Vec<&str> = rest[..end].split_whitespace().collect();
    let known = draft.lexicon.organisations.suffix(&parts).is_some();
    (end > 0 && known).then(|| clause.place(draft.text(), at..at + end))
}

/// Whether words name an organisation by its kind alone ("Board").
fn is_description(words: &str) -> bool {
    !words.contains(' ')
}

/// Whether the words after a verb give no post, so that the title of the item must.
fn says_no_more(rest: &str) -> bool {
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    rest.is_empty()
        || [
            "unopposed",
            "unanimously",
            "for ",
            "and ",
            "until",
            "with ",
            "by ",
            "accordingly",
            "nem con",
            "there being",
            "(proposed",
            "proposed",
            "to serve",
            "to hold office",
        ]
        .iter()
        .any(|w| rest.starts_with(w))
}

/// The role that the title of an item elects to ("Election of Chairman").
fn role_of_item(draft: &Draft<'_>, span: Span) -> Option<Span> {
    let text = draft.text();
    let title = draft.minutes.items[draft.item_at(span)?].title;
    let words = title.of(text);
    let lower = words.to_ascii_lowercase();
    let after = ["election of ", "appointment of ", "elect ", "appoint ", "election for "]
        .iter()
        .find_map(|w| lower.find(w).map(|i| i + w.len()))?;
    let rest = &words[after..];
    let article = ["a ", "the ", "an ", "A ", "The ", "new ", "THE "]
        .iter()
        .find(|a| rest.starts_with(**a))
        .map_or(0, |a| a.len());
    let rest = &rest[article..];
    let end = [" for ", " of ", " to ", ",", ".", " - ", " – ", ":", " FOR ", " OF "]
        .iter()
        .filter_map(|s| rest.find(s))
        .min()
        .unwrap_or(rest.len());
    let parts: Vec<&str> = rest[..end].split_whitespace().collect();
    let head = draft.lexicon.roles.suffix(&parts).is_some_and(|(n, r)| r.head && n == parts.len());
    // "Election of Chairman and Vice-Chairman" does not say which.
    (head && !fold(rest).contains(" and ")).then(|| title.slice(after + article, after + article + end))
}
