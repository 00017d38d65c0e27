//! Who took the chair, where a sentence says so.
//!
//! In: sentences about the chair. Out: `chairs`, and the chair in the attendance entry of that person. An election
//! alone puts nobody in the chair: the chairman elected for a year may take it at the next meeting.

use std::sync::LazyLock;

use super::clause::{Clause, Pattern, Sign, is_denied, names_somebody, pattern};
use super::cue::{Cues, sentences_with};
use super::draft::DraftAttendance;
use super::{Draft, Extractor, Rule};
use crate::lexicon::fold;
use crate::model::{EntityKind, Genre, Nature, Predicate, Qualifier, Span, Status, Term, Value};
use crate::text::name::{Context, name_at, parts};
use crate::text::token::tokens;

const RULE: &str = "chair-sentence";

pub(super) static EXTRACTOR: Extractor = Extractor {
    name: "chair",
    what: "who took the chair; after attendance and mentions",
    rules: &[Rule {
        name: RULE,
        what: "a sentence says that somebody took the chair, chaired the meeting or called it to order",
        accepts: &[
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. WELCOME\n\nIn the absence of the Chairman, Mr Hale, Ms Fenn took the chair.\n\n2. MINUTES\n\nThe minutes were approved.\n",
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. WELCOME\n\nThe meeting was chaired by Tom Rowe.\n\n2. MINUTES\n\nThe minutes were approved.\n",
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. CALL TO ORDER\n\nThe meeting was called to order at 6 p.m. by the president, Ada Fenn.\n\n2. MINUTES\n\nThe minutes were approved.\n",
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. CALL TO ORDER\n\nPresident Ada Fenn called the meeting to order at 6:02 p.m.\n\n2. MINUTES\n\nThe minutes were approved.\n",
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. OPENING\n\nThe President, Ms Fenn, declared the meeting open at 9.30 am.\n\n2. MINUTES\n\nThe minutes were approved.\n",
            "Minutes of the Ellmoor Board, which met on 4 May 2015 with Mr Rowe presiding\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. MINUTES\n\nThe minutes were approved.\n",
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. WELCOME\n\nThe Chairman (Ada Fenn) welcomed everybody.\n\n2. MINUTES\n\nThe minutes were approved.\n",
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. WELCOME\n\nTom Rowe, standing in as chair, welcomed the members.\n\n2. MINUTES\n\nThe minutes were approved.\n",
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. WELCOME\n\nThe members present elected Ms Fenn to chair the meeting.\n\n2. MINUTES\n\nThe minutes were approved.\n",
        ],
        refuses: &[
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. WELCOME\n\nMs Fenn thanked Mr Rowe, who had chaired the working group, and said that Mr Rowe would take the chair in June.\n\n2. MINUTES\n\nThe minutes were approved.\n",
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. ELECTION OF CHAIRMAN\n\nRESOLVED: That Mr Tom Rowe be elected Chairman for 2015/16.\n\n2. MINUTES\n\nThe minutes were approved.\n",
            "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. WELCOME\n\nMr Rowe took the chair of the Ellmoor Trust in 2011.\n\n2. MINUTES\n\nThe minutes were approved.\n",
        ],
    }],
    run,
};

pub(super) static CUES: Cues = Cues(&[
    "ook the chair",
    "ook the Chair",
    "ook over the ",
    "ook up the ",
    "ssumed the chair",
    "ssumed the Chair",
    "ake the chair",
    "ake the Chair",
    "n the chair",
    "n the Chair",
    "haired ",
    "chair the ",
    "chair this ",
    "cted as chair",
    "cted as Chair",
    "cting as chair",
    "cting as Chair",
    "n as chair",
    "n as Chair",
    "to chair the",
    "to Chair the",
    "chair (",
    "Chair (",
    "hairman (",
    "hairperson (",
    "to order",
    "eeting open",
    "eeting duly open",
    "eeting formally open",
    "resided",
    "residing",
]);

static TOOK: Pattern = LazyLock::new(|| {
    pattern(
        r"(?P<who>@A)(?: \([^()]{1,60}\))?(?:, (?:who|[^,.;]{2,60},))? ?,?(?: ?(?:was|is|were|then|now|again|duly|therefore|subsequently|accordingly|thereupon|agreed|volunteered|invited|asked|and|to|left|returned|returned and) ?)*(?P<verb>took (?:over )?(?:up )?the [Cc]hair|assumed the [Cc]hair|take the [Cc]hair|in the [Cc]hair|chair(?:ed)? (?:the|this|today['’]s) (?:\w+ )?(?:meeting|session|item)|acted as [Cc]hair(?:man|person)?|presided|presiding\b)(?P<rest>.{0,90})",
    )
});

/// "The Chairman (Joyce Hull) welcomed everybody", "Ada Fenn, standing in as chair, welcomed members".
static WELCOMED: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:(?:^|: )(?i:the )?(?:@C|(?i:acting |deputy |vice[- ])?[Cc]hair(?:man|woman|person)?) ?\((?P<who>@A)\)|(?P<other>@A),? (?:standing in|acting|stepping in) as (?:the )?(?:[Cc]hair(?:man|woman|person)?),?) (?:then |formally )?(?:welcomed|opened|thanked|called|began|started|declared|greeted|introduced)(?P<rest>.{0,90})",
    )
});

/// "The members present elected G. Clere to chair the meeting".
static CHOSEN: Pattern = LazyLock::new(|| {
    pattern(
        r"\b(?:elected|asked|invited|chose|appointed|agreed that) (?P<who>@A) (?:to|should) [Cc]hair (?:the|this) [Mm]eeting(?P<rest>.{0,90})",
    )
});

static BY: Pattern = LazyLock::new(|| {
    // "by the president, N": the office and its holder; the holder counts.
    pattern(
        r"(?i)\b(?:chaired by|presided over by|in the chair(?: was)?[:,]|called (?:back )?to order(?: at [^,;@]{3,24})?,? by)(?: the| our)?(?: @C,?)?(?: (?:[\w-]+ )?(?:president|chair(?:man|woman|person)?|mayor|convenor|convener),?)? (?P<who>@A)(?P<rest>.{0,90})",
    )
});

static ORDER: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:@C, )?(?P<who>@A)(?: \([^()]{1,60}\))?(?:,[^,.;]{2,60},)?,? (?:then |duly |formally |officially )?(?:called (?:the|this) (?:[\w-]+ ){0,6}?(?:meeting |session |Meeting |retreat |hearing |workshop )?(?:back )?to order|declared (?:the|this) [Mm]eeting (?:duly |formally )?open(?:ed)?\b)(?P<rest>)",
    )
});

static LIMIT: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^,? ?(?:for|during|until|from) (?P<items>(?:this|that|the|these|agenda|items?|minutes?|remainder|rest)\b[^.;,]{0,60})",
    )
});

/// A year that somebody chaired in; a number in an address is none.
static YEAR: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:in|since|from|until|for|during|of|between|year) (?:the year )?(?:19|20)\d\d\b|\b(?:19|20)\d\d ?[/–-] ?\d",
    )
});

fn run(draft: &mut Draft<'_>) {
    if draft.minutes.genre != Genre::Minutes {
        return;
    }
    for sentence in sentences_with(draft, &CUES) {
        if !names_somebody(draft, sentence.span) {
            continue;
        }
        let clause = Clause::new(draft, sentence.span);
        for pattern in [&TOOK, &BY, &ORDER, &WELCOMED, &CHOSEN] {
            let Some(pattern) = pattern.as_ref() else { continue };
            for captures in pattern.captures_iter(&clause.words) {
                let who = captures.name("who").or_else(|| captures.name("other"));
                let (Some(who), Some(rest)) = (who, captures.name("rest")) else { continue };
                let verb = captures.name("verb").map_or("", |v| v.as_str());
                let whole = captures.get(0).map_or("", |m| m.as_str());
                if is_other_chair(&clause.words[..who.start()], whole, verb, rest.as_str()) {
                    continue;
                }
                let Some(sign) = clause.people_in(draft, who.range()).first().copied() else { continue };
                let items = LIMIT.as_ref().and_then(|p| p.captures(rest.as_str())).and_then(|c| {
                    let words = c.name("items")?.as_str().trim();
                    Some(items_meant(draft, words, sentence.span))
                });
                state(draft, sign, items, sentence.span);
            }
        }
    }
}

/// Whether the chair is that of another body or another day, or only wished for.
fn is_other_chair(before: &str, whole: &str, verb: &str, rest: &str) -> bool {
    let rest = rest.trim_start();
    let body =
        ["of the meeting", "of this meeting", "of the council", "of the board", "of the committee", "of the session"];
    let lower = rest.to_lowercase();
    let of_another = rest.starts_with("of ") && !body.iter().any(|b| lower.starts_with(b));
    let years = YEAR.as_ref().is_some_and(|p| p.is_match(rest));
    // "asked to take the chair" is enough, "would take the chair" is not; "was in the chair last year" is not.
    let wished = verb.starts_with("take")
        && !(whole.contains("agreed")
            || whole.contains("invited")
            || whole.contains("asked")
            || whole.contains("volunteered"));
    let lower_before = before.to_lowercase();
    let reported = [
        "thank",
        "congratulat",
        "would",
        " had ",
        "if ",
        "proposed",
        "nominated",
        "suggested",
        "when ",
        "previous",
        "last meeting",
    ]
    .iter()
    .any(|w| lower_before.contains(w));
    // "the working group chaired by X", "a sub-meeting, chaired by X, will convene".
    let elsewhere =
        ["will", "would", "arranged", "sub-", "group", "which", "it is", "forum", "panel,", "network", "to be", "team"];
    let other_body = whole.contains("haired by")
        && !(lower_before.trim().is_empty()
            || lower_before.contains("meeting")
            || lower_before.contains("session")
            // "Held at the Town Hall and chaired by X": the head speaks of the meeting.
            || lower_before.trim_start().starts_with("held "))
        || whole.contains("haired by")
            && elsewhere
                .iter()
                .any(|w| lower_before.contains(w) || lower.starts_with(&format!(", {w}")) || lower.starts_with(w));
    of_another
        || other_body
        || years
        || wished
        || reported
        || is_denied(whole)
        || lower.starts_with("at the next")
        || lower.starts_with("at the last")
}

/// The items that words limit the chair to: the number of the item at hand for "this item".
fn items_meant(draft: &Draft<'_>, words: &str, span: Span) -> String {
    let folded = fold(words);
    let this =
        ["this item", "this agenda item", "the item", "that item", "this part"].iter().any(|w| folded.starts_with(w));
    let number = draft.item_at(span).and_then(|i| draft.minutes.items[i].number).filter(|_| this);
    match number {
        Some(number) => number.of(draft.text()).trim_matches(|c: char| !c.is_alphanumeric()).to_owned(),
        None => words.to_owned(),
    }
}

fn state(draft: &mut Draft<'_>, who: Sign, items: Option<String>, span: Span) {
    let number = who.mention(draft, RULE);
    draft.state(Term::Mention(number), Predicate::Chairs, Term::Meeting, span, RULE).qualifiers =
        items.map(|i| (Qualifier::Items, Value::Text(i))).into_iter().collect();
    // "President Ada Fenn called the meeting to order": the title is the post.
    if let Some(post) = title_of_chair(draft, who) {
        let role = draft.mention(post, EntityKind::Role, RULE, Nature::Name);
        draft.state(Term::Mention(number), Predicate::HoldsRole, Term::Mention(role), span, RULE);
    }
    match entry_of(draft, who) {
        Fitting::One(entry) => draft.attendance[entry].chair = true,
        Fitting::Nobody if !draft.attendance.is_empty() => {
            // Who took the chair was there, though the list gives the others alone ("Other members present: …").
            let subject = Term::Mention(number);
            draft.state(subject, Predicate::Attended, Term::Meeting, span, RULE);
            draft
                .attendance
                .push(DraftAttendance { chair: true, ..DraftAttendance::new(number, Status::Present, span, RULE) });
        }
        Fitting::Nobody | Fitting::Several => {}
    }
}

/// The title of a chair or president before a name in full.
fn title_of_chair(draft: &Draft<'_>, who: Sign) -> Option<Span> {
    if who.nature == Nature::Description {
        return None;
    }
    let all = tokens(draft.text(), who.span);
    let name = name_at(draft.text(), &all, 0, Context::Prose, draft.lexicon)?;
    let title = name.honorifics.first().copied().filter(|_| name.is_full())?;
    let folded = fold(title.of(draft.text()));
    let head = draft.lexicon.roles.get_folded(&folded).is_some_and(|r| r.head);
    (head && ["chair", "president"].iter().any(|w| folded.contains(w))).then_some(title)
}

/// How many entries of the list fit a name.
enum Fitting {
    One(usize),
    Several,
    Nobody,
}

/// The attendance entry of the person whom words name, if one alone fits; words that describe somebody, and names of
/// people who sent apologies or who stand in the list under another given name, are left alone.
fn entry_of(draft: &Draft<'_>, who: Sign) -> Fitting {
    let text = draft.text();
    if who.nature == Nature::Description {
        return Fitting::Several;
    }
    let named = parts(who.span.of(text), draft.lexicon);
    let initial = |g: &[String]| g.first().and_then(|g| g.chars().next()).map(|c| c.to_ascii_lowercase());
    let mut fitting =
        draft.attendance.iter().enumerate().filter(|(_, a)| a.status == Status::Present).filter(|(_, a)| {
            let listed = parts(draft.span_of(a.person).of(text), draft.lexicon);
            let given = match (initial(&named.given), initial(&listed.given)) {
                (Some(a), Some(b)) => a == b,
                _ => true,
            };
            fold(&listed.family) == fold(&named.family) && given
        });
    match (fitting.next(), fitting.next()) {
        (Some((at, _)), None) => return Fitting::One(at),
        (Some(_), Some(_)) => return Fitting::Several,
        (None, _) => {}
    }
    // A name of one word may be somebody whom the list calls by another one.
    let words = who.span.of(text).split_whitespace().count();
    let same_family = |a: &DraftAttendance| {
        let listed = parts(draft.span_of(a.person).of(text), draft.lexicon);
        fold(&listed.family) == fold(&named.family) || listed.given.iter().any(|g| fold(g) == fold(&named.family))
    };
    if words < 2 || draft.attendance.iter().any(same_family) { Fitting::Several } else { Fitting::Nobody }
}
