//! Who presented an item of business: a report, a presentation, an update, a paper.
//!
//! In: sentences with a person, an office or an organisation in them, and the lines that name presenters under a
//! heading. Out: `presented`. A remark in a discussion presents nothing, nor does a report that somebody is asked for.

mod indirect;
mod title;
mod wording;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::apposition::is_sure;
use super::attendance::{Reading, people};
use super::clause::{Clause, Pattern, Sign, names_somebody, pattern};
use super::cue::{Cues, Sentence, sentences_with};
use super::{Draft, Extractor, Rule};
use crate::lexicon::fold;
use crate::model::{EntityKind, Genre, Nature, Predicate, Qualifier, Span, Term, Value};
use wording::{form_of, is_put_off, is_reported_speech, verb_is_of_another};

const SENTENCE: &str = "presented-sentence";
const RECEIVED: &str = "presented-received";
const REPORTED: &str = "presented-reported";
const LINE: &str = "presenter-line";
const TITLE: &str = "presenter-title";

pub(super) static EXTRACTOR: Extractor = Extractor {
    name: "presented",
    what: "who presented, reported on, introduced an item; after mentions",
    rules: &[
        Rule {
            name: SENTENCE,
            what: "somebody presented, introduced, gave an update on what the item is about",
            accepts: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. HARBOUR DUES\n\nMr Tom Rowe introduced a paper on harbour dues.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. HARBOUR DUES\n\nMr Rowe gave the Board a short verbal update on dues.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. HARBOUR DUES\n\nMr Rowe updated members on the dues.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe (Director of Harbour Works)\n\n1. HARBOUR DUES\n\nThe Director of Harbour Works presented the report.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. HARBOUR DUES\n\nIn presenting the report, Mr Rowe drew attention to the dues.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. HARBOUR DUES\n\nThe Chair invited Mr Rowe to give an update on the dues.\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
            refuses: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. HARBOUR DUES\n\nMr Tom Rowe introduced Mrs Jane Oakes, who was welcomed.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. HARBOUR DUES\n\nMr Tom Rowe presented the cup to the winner. Mr Rowe would present a report in June and asked for an update.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. HARBOUR DUES\n\nMr Tom Rowe updated the website.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. HARBOUR DUES\n\nThe Chair invited Mr Rowe to give an update at the next meeting. Mr Rowe read the letter from the owners.\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
        },
        Rule {
            name: RECEIVED,
            what: "the meeting considered, received, heard a report, a presentation, an update from somebody",
            accepts: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. HARBOUR DUES\n\nThe Board considered a report of Mr Tom Rowe which set out the dues.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. HARBOUR DUES\n\nA verbal update was given by Tom Rowe and Ada Fenn.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. HARBOUR DUES\n\nThe Chair thanked Mr Rowe for his presentation on the dues.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. HARBOUR DUES\n\nThe Board received a report on the dues of last year, which was presented by Tom Rowe.\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
            refuses: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. HARBOUR DUES\n\nThe Board asked for a report from Mr Tom Rowe at its next meeting.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. HARBOUR DUES\n\nThe Board received a letter from Mr Tom Rowe.\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
        },
        Rule {
            name: REPORTED,
            what: "the first that an item tells is what somebody reported",
            accepts: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. PUMPS\n\nMr Rowe reported that both pumps had been mended.\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
            refuses: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. PUMPS\n\nThe Board talked about the pumps. Mr Rowe reported that both pumps had been mended.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. PUMPS\n\nIt was reported that Mr Rowe had mended both pumps.\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
        },
        Rule {
            name: LINE,
            what: "a line under the heading of an item names who presents it",
            accepts: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. HARBOUR DUES\n\nTom Rowe, Harbour Master, Ellmoor Borough Council\n\nThe dues were noted.\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
            refuses: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. HARBOUR DUES\n\nTom Rowe, Harbour Master, Ellmoor Borough Council\n\nThis item was deferred to the June meeting.\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
        },
        Rule {
            name: TITLE,
            what: "the title of an item ends with who presents it",
            accepts: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. Harbour dues (Tom Rowe, Harbour Master)\n\nThe dues were noted.\n\n2. Close\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. Harbour dues – Tom Rowe\n\nThe dues were noted.\n\n2. Close\n\nThe meeting closed.\n",
            ],
            refuses: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. Resignation from the Board (Tom Rowe)\n\nThis was noted.\n\n2. Close\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn (Chair), Mr Tom Rowe\n\n1. Harbour dues – Tom Rowe to write to the owners\n\nThe dues were noted.\n\n2. Close\n\nThe meeting closed.\n",
            ],
        },
    ],
    run,
};

pub(super) static CUES: Cues = Cues(&[
    // Verbs of presenting.
    "resented ",
    "ntroduced",
    "ubmitted",
    "abled ",
    "utlined",
    "ummarised",
    "ummarized",
    "resents ",
    "ntroduces ",
    "n presenting",
    "n introducing",
    "eviewed ",
    " read ",
    // What is given, received, considered.
    "pdate",
    "eport ",
    "eports ",
    "resentation",
    "aper ",
    "apers ",
    "riefing",
    "verview",
    "emonstration",
    "emorandum",
    "eedback",
    "elegation",
    "eputation",
    " talk ",
    " demo ",
    // Taking a meeting through something.
    "riefed",
    "poke to ",
    " through",
    "ed back",
    // Telling.
    "eported",
    "onfirmed",
    "dvised",
    "xplained",
    "nformed ",
]);
const VERBS: std::ops::Range<u32> = 0..13;
const NOUNS: std::ops::Range<u32> = 13..28;
const THROUGH: std::ops::Range<u32> = 28..32;
const TELLING: std::ops::Range<u32> = 32..37;

/// Between a name and its verb.
macro_rules! subject {
    ($verb:literal) => {
        concat!(
            r"(?P<who>@L|@O)(?: \([^()]+\))?@D?(?:,? [^.;:@]*?@O)?,?(?: (?:from|of|at|representing) (?:the )?(?:@O|[\w&’'-]+)(?:,? (?:and |of |the |for |& )*(?:@O|(?-i:\p{Lu})[\w&’'-]*))*)? (?:(?:then|also|briefly|verbally|kindly|jointly|subsequently|both|each|duly|next|again|formally|further|and|(?:joined|attended|entered) the meeting(?: [^.,;@]{1,30})? and) )*",
            $verb
        )
    };
}

static PRESENTED: Pattern = LazyLock::new(|| {
    pattern(subject!(
        r"(?P<verb>presented|presents|introduced|introduces|submitted|tabled|outlined|summarised|summarized|reviewed|read(?: out)?) (?P<rest>)"
    ))
});

static GAVE: Pattern = LazyLock::new(|| {
    pattern(subject!(
        r"(?P<verb>gave|gives|provided|provides|delivered|made|offered|shared|brought|did) (?P<rest>(?:[^.;,]{0,60}?\b)?(?:updates?|presentations?|report|reports|overview|briefing|summary|talk|demonstration|demo|feedback)\b)"
    ))
});

static UPDATED: Pattern = LazyLock::new(|| {
    pattern(subject!(
        r"(?P<verb>updated|updates|briefed|briefs)(?: (?:the |all |those )?(?:[A-Z]\w*|@O|members|meeting|group|board|committee|council|councillors|panel|trustees|governors|directors|attendees|everyone|everybody|present|partnership)(?: members| meeting)?)? (?P<rest>(?:on|about|regarding|with regard|in relation|as to|that|with)\b)"
    ))
});

static TOOK: Pattern = LazyLock::new(|| {
    pattern(subject!(
        r"(?P<verb>spoke to (?:the|this|his|her|their) (?:report|paper|item|presentation|slides)|(?:took|led|talked|went|ran|walked|guided) (?:[\w ]{0,30})?through|fed back|took (?:the|this|his|her|their) (?:report|paper) as read)(?P<rest>)"
    ))
});

static REPORTS: Pattern = LazyLock::new(|| {
    pattern(subject!(
        r"(?P<verb>reported(?: (?:jointly|that|on|back|to|for|as|the|verbally|regarding|how|no|he|she|they|it|there|all|a|an)\b)|reports)[ :]"
    ))
});

/// What counts in a matter arising alone, where whoever speaks first answers for it.
static ANSWERS: Pattern =
    LazyLock::new(|| pattern(subject!(r"(?P<verb>confirmed|advised|explained|informed [\w ]{2,30}?) (?:that|how)\b")));

static FROM: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?P<noun>reports?|presentations?|updates?|papers?|overview|briefing|talk|demonstration|memo|memorandum|delegations?|deputations?)(?: (?:was|were|which was))?(?: then| also)?(?P<given> (?:given|presented|provided|made|delivered|submitted|introduced|prepared|received|produced))?(?: to (?:the )?(?:@O|[\w]+))? (?P<prep>from|by|of) (?:the |our )?(?:(?-i:\p{Lu})[^.;:,@]{2,80},? )?(?P<who>@L|@O)",
    )
});

/// Words before a report that say that the meeting had it.
static HAD: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:considered|received|noted|heard|had|discussed|accepted|reviewed|approved|given|welcomed|examined|viewed|saw|took|debated|scrutinised|presented)\b",
    )
});

/// Words before a report that say that it is still to come.
static AWAITED: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:request\w*|asked?|asking|await\w*|would|will|should|shall|could|may|might|to (?:receive|consider|note|hear|have)|invit\w*|seek\w*|sought|expect\w*|forthcoming|arrange\w*|future|next meeting|no|not|without|letter|e-?mail|deferred|postponed|when|once|following|after|until|if)\b",
    )
});

fn run(draft: &mut Draft<'_>) {
    if draft.minutes.genre != Genre::Minutes {
        return;
    }
    let mut stated: FxHashMap<usize, &'static str> = FxHashMap::default();
    for sentence in sentences_with(draft, &CUES) {
        if !names_somebody(draft, sentence.span) {
            continue;
        }
        let Some(item) = draft.item_at(sentence.span) else { continue };
        // What is only told counts where an item opens, or in a round of reports.
        let told_only = !sentence.has(0..TELLING.start);
        let round = || sentence.opens && is_round_of_reports(draft, item);
        if told_only && !round() && !opens_item(draft, item, sentence) {
            continue;
        }
        let clause = Clause::new(draft, sentence.span);
        if clause.signs.is_empty() {
            continue;
        }
        let found = told(draft, &clause, item, sentence);
        for (rule, form, who) in found {
            stated.entry(item).or_insert(form);
            state(draft, who, item, form, sentence.span, rule);
        }
    }
    lines(draft, &stated);
    titles(draft, &stated);
}

fn state(draft: &mut Draft<'_>, who: Sign, item: usize, form: &str, span: Span, rule: &'static str) {
    let mention = Term::Mention(who.mention(draft, rule));
    draft.state(mention, Predicate::Presented, Term::Item(item as u32), span, rule).qualifiers =
        vec![(Qualifier::Form, Value::Text(form.to_owned()))];
}

/// Who presents in a sentence, with the rule and the form.
fn told(
    draft: &Draft<'_>,
    clause: &Clause,
    item: usize,
    sentence: Sentence,
) -> Vec<(&'static str, &'static str, Sign)> {
    let words = clause.words.as_str();
    let mut found = Vec::new();
    let mut add = |rule, form, who: std::ops::Range<usize>| {
        // An organisation is the subject where the sentence starts with it; later it stands beside somebody's name.
        let organisations =
            clause.signs_in(who.clone()).filter(|s| sentence.opens && s.at <= "The ".len() && is_other_body(draft, *s));
        found.extend(organisations.map(|s| (rule, form, s)));
        found.extend(clause.people_in(draft, who).into_iter().map(|s| (rule, form, s)));
    };
    let rules = [
        (&PRESENTED, sentence.has(VERBS), "presentation"),
        (&GAVE, sentence.has(NOUNS), "update"),
        (&UPDATED, sentence.has(THROUGH) || words.contains("pdated "), "update"),
        (&TOOK, sentence.has(THROUGH), "report"),
    ];
    for (active, cued, default) in rules {
        let Some(captures) = active.as_ref().filter(|_| cued).and_then(|p| p.captures(words)) else { continue };
        let (Some(who), Some(verb), Some(rest)) = (captures.name("who"), captures.name("verb"), captures.name("rest"))
        else {
            continue;
        };
        // The rest of the sentence, from where it starts: a search is done where the verb ends.
        let rest = &words[rest.start()..];
        if verb_is_of_another(verb.as_str(), rest) || is_reported_speech(&words[..who.start()]) {
            continue;
        }
        let default = if verb.as_str().starts_with("introduce") { "report" } else { default };
        add(SENTENCE, form_of(rest).unwrap_or(default), who.range());
    }
    let mut by = false;
    if found.is_empty() {
        found = indirect::told(draft, clause, sentence);
        by = !found.is_empty();
    }
    if !by
        && sentence.has(NOUNS)
        && let Some(captures) = FROM.as_ref().and_then(|p| p.captures(words))
        && let (Some(who), Some(noun), Some(prep)) =
            (captures.name("who"), captures.name("noun"), captures.name("prep"))
    {
        let before = &words[..noun.start()];
        let heading = draft.minutes.items[item].title.contains(clause.place(draft.text(), who.range()));
        // "… a delegation from Ms Fenn, with respect to this matter, was received".
        let heard = [" was received", " were received", " was heard", " were heard"];
        let after = words.get(who.end()..).filter(|_| noun.as_str().to_lowercase().starts_with('d'));
        let had = captures.name("given").is_some() || after.is_some_and(|w| heard.iter().any(|h| w.contains(h)));
        let had = had || HAD.as_ref().is_some_and(|p| p.is_match(before)) || heading;
        let noun = noun.as_str().to_lowercase();
        // "An overview of the Trust" is about it; "a report of the Trust's accounts" too.
        let of_subject = prep.as_str() == "of" && !(noun.starts_with("report") || noun.starts_with("paper"));
        let possessive = words[who.end()..].starts_with(['\'', '’']);
        // "Nothing to report from", "an interest in clause 4 of the report of".
        let awaited = AWAITED.as_ref().is_some_and(|p| p.is_match(before))
            || before.ends_with(" to ")
            || ["nterest", "clause ", "othing", "paragraph ", "ecommendation"].iter().any(|w| before.contains(w));
        if had && !of_subject && !possessive && !awaited {
            let form = form_of(&noun).unwrap_or("report");
            // "2nd Report of the Parks Committee" as a title does not say that the committee presented it.
            let organisations = clause.signs_in(who.range()).filter(|s| s.kind == EntityKind::Organisation && !heading);
            let organisations: Vec<Sign> = organisations.filter(|s| s.nature != Nature::Description).collect();
            found.extend(clause.people_in(draft, who.range()).into_iter().map(|s| (RECEIVED, form, s)));
            found.extend(organisations.into_iter().map(|s| (RECEIVED, form, s)));
        }
    }
    // Minutes in the present tense: "Ms Fenn reports the crane is mended".
    if found.is_empty() && (sentence.has(TELLING) || words.contains(" reports")) {
        let first = opens_item(draft, item, sentence);
        let part = draft.minutes.items[item].parent.is_some();
        let reporting = sentence.opens && is_round_of_reports(draft, item);
        for (pattern, allowed, form) in [
            (&REPORTS, first || reporting, if part { "update" } else { "report" }),
            (&ANSWERS, first && part, "update"),
        ] {
            let Some(captures) = pattern.as_ref().filter(|_| allowed).and_then(|p| p.captures(words)) else { continue };
            let Some(who) = captures.name("who") else { continue };
            let start = clause.place(draft.text(), who.range()).start;
            let title = draft.minutes.items[item].title;
            let leads = start == sentence.span.start
                || (start >= title.end && sentence.span.start <= title.end && start <= title.end + 8);
            if leads {
                found.extend(clause.people_in(draft, who.range()).into_iter().map(|s| (REPORTED, form, s)));
                break;
            }
        }
    }
    found
}

/// Whether a sign names an organisation that is not the body that met.
fn is_other_body(draft: &Draft<'_>, sign: Sign) -> bool {
    let text = draft.text();
    let own = draft.body.is_some_and(|b| fold(draft.span_of(b).of(text)) == fold(sign.span.of(text)));
    sign.kind == EntityKind::Organisation && sign.nature != Nature::Description && !own
}

/// Whether a sentence is the first that an item tells.
fn opens_item(draft: &Draft<'_>, item: usize, sentence: Sentence) -> bool {
    let item = &draft.minutes.items[item];
    if sentence.span.start <= item.title.end {
        return true;
    }
    let heading = item.lines.start;
    let first = (heading + 1..item.lines.end).find(|l| {
        let span = draft.document.lines[*l].span;
        !item.presenters.iter().any(|p| p.overlaps(span)) && span.start > item.title.end
    });
    let beside = draft.document.lines.get(heading).is_some_and(|l| l.span.end > item.title.end + 8);
    sentence.opens && !beside && first == Some(sentence.line)
}

/// Whether an item is a round of reports, in which each line may be one.
fn is_round_of_reports(draft: &Draft<'_>, item: usize) -> bool {
    let title = fold(draft.minutes.items[item].title.of(draft.text()));
    [
        "reports",
        "updates",
        "matters arising",
        "round table",
        "roundtable",
        "communications",
        "report back",
        "feedback",
        // "Area Councillors’ Report": of several.
        "s' report",
        "s’ report",
    ]
    .iter()
    .any(|w| title.contains(w))
}

/// The lines under headings that name who presents.
fn lines(draft: &mut Draft<'_>, stated: &FxHashMap<usize, &'static str>) {
    let minutes = draft.minutes;
    let text = draft.text();
    for (number, item) in minutes.items.iter().enumerate() {
        for line in &item.presenters {
            let words = fold(line.of(text));
            let announced = words.contains("will present") || words.contains("to present");
            if announced && stated.contains_key(&number) {
                continue;
            }
            let clause = Clause::new(draft, *line);
            if !is_entry(draft, &clause, *line) || is_put_off(item.span.of(text)) {
                continue;
            }
            let form = stated.get(&number).copied().unwrap_or("report");
            let people: Vec<Sign> = clause.people_in(draft, 0..clause.words.len());
            for who in people.into_iter().filter(|s| s.nature != Nature::Description) {
                state(draft, who, number, form, *line, LINE);
            }
        }
    }
}

/// The titles of items that name who presents.
fn titles(draft: &mut Draft<'_>, stated: &FxHashMap<usize, &'static str>) {
    let minutes = draft.minutes;
    for (number, item) in minutes.items.iter().enumerate() {
        let presenters = title::presenters(draft, item);
        if presenters.is_empty() || is_put_off(item.span.of(draft.text())) {
            continue;
        }
        for (who, span) in presenters {
            let form = stated.get(&number).copied().or_else(|| form_of(span.of(draft.text()))).unwrap_or("report");
            state(draft, who, number, form, span, TITLE);
        }
    }
}

/// Whether all words are capitalised but for those that join them and for "will present this report"; no sums.
fn is_title(words: &str) -> bool {
    let end = [" will present", " to present", " will be presenting"].iter().filter_map(|w| words.find(w)).min();
    let words = &words[..end.unwrap_or(words.len())];
    const JOINS: &[&str] =
        &["of", "the", "and", "for", "from", "at", "to", "in", "on", "with", "de", "van", "an", "na", "agus"];
    !words.contains(['£', '$', '€'])
        && words
            .split(|c: char| !c.is_alphabetic())
            .all(|w| !w.starts_with(char::is_lowercase) || w.len() == 1 || JOINS.contains(&w))
}

/// Whether a line starts with a name, and goes on with a post or an organisation, not with a verb; a bare list of
/// names is a vote or an attendance.
fn is_entry(draft: &Draft<'_>, clause: &Clause, line: Span) -> bool {
    const MOST: usize = 4;
    let listed = people(draft.text(), line, Reading::List, draft.lexicon);
    let posted = listed.iter().any(|p| p.said.iter().any(|s| is_sure(draft, s)));
    if !posted
        || !is_title(line.of(draft.text()))
        || listed.len() > MOST
        || clause.people_in(draft, 0..clause.words.len()).len() > MOST
    {
        return false;
    }
    let Some(first) = clause.signs.first().filter(|s| s.at < 4) else { return false };
    let rest = clause.words[first.at..].trim_start_matches(['\u{E000}', '\u{E001}', '\u{E002}']);
    rest.trim().is_empty()
        || [",", " –", " -", " (", " from ", " of ", " at ", " and ", " & ", "/", " will present", " to present", "\t"]
            .iter()
            .any(|w| rest.starts_with(w))
}
