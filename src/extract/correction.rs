//! Attendance of an earlier meeting put right: "the minutes be amended to show that Mr Rowe was present".
//!
//! In: sentences under an item about minutes, or that name minutes or an earlier meeting, with words that change a
//! record. Out: `attended`, `apologised`, `absent_from` about the meeting whose minutes were confirmed, where one day
//! is known and nothing in the sentence speaks of another. Must never say anything of the meeting that is minuted.

use std::sync::LazyLock;

use super::clause::{Clause, Pattern, pattern};
use super::cue::{Cues, Sentence, sentences_with};
use super::{Draft, Extractor, Rule};
use crate::lexicon::fold;
use crate::model::{Date, Genre, MONTHS, Predicate, Status, Term};
use crate::text::date::dates;

const RULE: &str = "correction";

pub(super) static EXTRACTOR: Extractor = Extractor {
    name: "correction",
    what: "attendance of earlier meetings, put right; after mentions",
    rules: &[Rule {
        name: RULE,
        what: "the minutes of an earlier meeting are put right: who was there, apologised or was absent",
        accepts: &[
            "Wold Parish Council\n\nMinutes of the meeting held on 3 May 2016\n\nPresent: Cllr Ada Fenn, Cllr Tom Rowe\n\n1. Minutes\n\nIt was agreed that the minutes of the meeting held on 5 April 2016 be amended to show that Cllr Tom Rowe was present.\n\n2. Roads\n\nNoted.\n",
            "Wold Parish Council\n\nMinutes of the meeting held on 3 May 2016\n\nPresent: Cllr Ada Fenn, Cllr Tom Rowe\n\n1. Minutes\n\nThe minutes of the meeting held on 5 April 2016 were signed. Apologies from Cllr Tom Rowe had not been recorded so were added to the minutes before approval.\n\n2. Roads\n\nNoted.\n",
            "Wold Parish Council\n\nMinutes of the meeting held on 3 May 2016\n\nPresent: Cllr Ada Fenn, Cllr Tom Rowe\n\n1. Minutes\n\nThe minutes of the meeting held on 5 April 2016 were approved, except that Cllr Rowe should have been shown as absent.\n\n2. Roads\n\nNoted.\n",
            "Wold Parish Council\n\nMinutes of the meeting held on 3 May 2016\n\nPresent: Cllr Ada Fenn, Cllr Tom Rowe\n\n1. Minutes\n\nThe minutes of the meeting held on 5 April 2016 were approved. Cllr Rowe's name had been omitted from the list of those present.\n\n2. Roads\n\nNoted.\n",
            "Wold Parish Council\n\nMinutes of the meeting held on 3 May 2016\n\nPresent: Cllr Ada Fenn\n\n1. Minutes\n\nThe minutes of the meeting held on 5 April 2016 were approved. Mr Tom Rowe, who was shown as present in April, had not attended.\n\n2. Roads\n\nNoted.\n",
        ],
        refuses: &[
            "Wold Parish Council\n\nMinutes of the meeting held on 3 May 2016\n\nPresent: Cllr Ada Fenn, Cllr Tom Rowe\n\n1. Minutes\n\nThe minutes of the meeting held on 5 April 2016 were amended to show that Cllr Tom Rowe had asked about the bridge.\n\n2. Roads\n\nNoted.\n",
            "Wold Parish Council\n\nMinutes of the meeting held on 3 May 2016\n\nPresent: Cllr Ada Fenn, Cllr Tom Rowe\n\n1. Minutes\n\nThe minutes of the meeting held on 5 April 2016 were signed. Cllr Fenn asked whether Cllr Tom Rowe should have been shown as absent.\n\n2. Roads\n\nNoted.\n",
            "Wold Parish Council\n\nMinutes of the meeting held on 3 May 2016\n\nPresent: Cllr Ada Fenn, Cllr Tom Rowe\n\n1. Minutes\n\nThe minutes of the meeting held on 5 April 2016 were signed. Cllr Tom Rowe should have been shown as absent from the meeting of 2 February 2016.\n\n2. Roads\n\nNoted.\n",
            "Wold Parish Council\n\nMinutes of the meeting held on 3 May 2016\n\nPresent: Cllr Ada Fenn, Cllr Tom Rowe\n\n1. Minutes\n\nThe minutes of the meetings held on 5 April 2016 and 1 March 2016 were signed, amended to show that Cllr Tom Rowe was present.\n\n2. Roads\n\nNoted.\n",
            "Wold Parish Council\n\nMinutes of the meeting held on 3 May 2016\n\nPresent: Cllr Ada Fenn, Cllr Tom Rowe\n\n1. Minutes\n\nThe minutes of the meeting held on 5 April 2016 were signed. A proposal to amend them to show that Cllr Tom Rowe was present was lost.\n\n2. Roads\n\nNoted.\n",
        ],
    }],
    run,
};

pub(super) static CUES: Cues = Cues(&[
    "hould have",
    "hould be",
    "mended",
    "orrected",
    "ltered",
    "o show",
    "mitted",
    "dded to",
    "ot been",
    "not rec",
    "had not",
    "ot attend",
]);

/// What changes the record, after which people "were present".
static CHANGED: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:amended|corrected|altered|changed|amendment|correction|amend\w*|correct|alter|change)\b(?:[^.;]{0,60}?) (?:to|which|should|must|will)? ?(?:show|read|reflect|record|include|state|note|say|add)\b(?P<rest>.*)",
    )
});

/// Phrases after a change of the record, each with what it says.
static TOLD: [(Status, Pattern); 5] = [
    (
        Status::Present,
        LazyLock::new(|| {
            pattern(
                r"(?i)(?P<who>@L)@D? (?:was|were|had been|being|as being|as having been|as) (?:also |in fact |indeed )?(?:present|in attendance)\b",
            )
        }),
    ),
    (
        Status::Present,
        LazyLock::new(|| pattern(r"(?i)(?P<who>@L)@D? (?:had |did )?(?:also |in fact )?attend(?:ed)?\b")),
    ),
    (
        Status::Absent,
        LazyLock::new(|| {
            pattern(
                r"(?i)(?P<who>@L)@D? (?:(?:was|were|had been|as|being|as being) absent|(?:was|were|had) not (?:been )?(?:present|attended|in attendance)|did not attend)\b",
            )
        }),
    ),
    (
        Status::Apologies,
        LazyLock::new(|| {
            pattern(
                r"(?i)(?P<who>@L)@D? (?:had |as having |having )?(?:also )?(?:sent|gave|given|submitted|tendered|offered|made)(?: \w+)? apologies\b",
            )
        }),
    ),
    (
        Status::Apologies,
        LazyLock::new(|| {
            pattern(
                r"(?i)\bapologies (?:for absence |were received |had been received |received )*(?:from|of|for) (?P<who>@L)",
            )
        }),
    ),
];

/// Sentences that say by themselves that a record was wrong.
static WRONG: [(Option<Status>, Pattern); 6] = [
    (
        None,
        LazyLock::new(|| {
            pattern(
                r"(?i)(?P<who>@L)@D? should (?:also |both )?(?:have been|be) (?:shown|listed|recorded|marked|noted|included|named|down)(?: in the minutes)?(?: as| among| with| in| under)?(?: having| being| been| the| those| sent| given| list of)* (?P<status>present|in attendance|attended|attending|attendance|attendees|absent|apologies|apologised)\b",
            )
        }),
    ),
    (
        Some(Status::Apologies),
        LazyLock::new(|| {
            pattern(
                r"(?i)\bapologies (?:for absence )?(?:for [^.;@]{3,40} )?(?:had been received |received |were received )?(?:from|of) (?P<who>@L)(?: for [^.;@]{3,40})?,? (?:(?:had|were|was|have|has) (?:been received [^.;]{0,40}?and should have been recorded|accidentally omitted|omitted|been omitted|not (?:been )?(?:recorded|noted|included|shown|listed|minuted))|should (?:also )?(?:have been|be) (?:recorded|noted|included|shown|listed|added|minuted))\b",
            )
        }),
    ),
    (
        Some(Status::Apologies),
        LazyLock::new(|| {
            pattern(
                r"(?i)(?P<who>@L)(?:['’]s?)? apologies (?:(?:had|were|was|have|has) (?:been omitted|omitted|not (?:been )?(?:recorded|noted|included|shown|listed|minuted))|should (?:also )?(?:have been|be) (?:recorded|noted|included|shown|listed|added|minuted))\b",
            )
        }),
    ),
    (
        None,
        LazyLock::new(|| {
            pattern(
                r"(?i)(?P<who>@L)(?:['’]s?)?(?: names?)? (?:(?:was|were|had been|has been|have been) (?:omitted|missed|left out|left off)(?: from)?|(?:was|were|be|to be|should be|had not been|was not|were not) (?:added to|included in|listed (?:in|among)|shown (?:in|among)))(?: the| those| list| of| names| as)* (?P<status>present|in attendance|attendance|attendees|absent|apologies)\b",
            )
        }),
    ),
    (
        Some(Status::Present),
        LazyLock::new(|| {
            pattern(
                r"(?i)(?P<who>@L)@D? (?:was|were|had been) (?:also |in fact )?(?:present|in attendance)\b[^.;@]{0,60}\b(?:but|and|although|though)\b[^.;@]{0,30}\b(?:not (?:been )?(?:recorded|shown|listed|noted|minuted)|omitted|should have been (?:recorded|shown|listed|noted))\b",
            )
        }),
    ),
    (
        Some(Status::Absent),
        LazyLock::new(|| {
            pattern(
                r"(?i)(?P<who>@L), who (?:was|were|had been) (?:shown|recorded|listed|marked|minuted) as (?:being )?(?:present|in attendance|attending)[^,.;@]{0,40},? (?:had not (?:in fact )?(?:attended|been present)|did not (?:in fact )?attend|was not (?:in fact )?(?:present|in attendance)|was (?:in fact )?absent)\b",
            )
        }),
    ),
];

/// What keeps a sentence from changing anything.
static UNSURE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:asked|queried|questioned|whether|if|unless|rejected|refused|lost|disputed|claimed|not agreed|not accepted|disagreed|withdrawn|denied)\b|\?",
    )
});

fn run(draft: &mut Draft<'_>) {
    if draft.minutes.genre != Genre::Minutes {
        return;
    }
    let mut around = None;
    for sentence in sentences_with(draft, &CUES) {
        let Some(date) = earlier(draft, sentence, &mut around) else { continue };
        let clause = Clause::new(draft, sentence.span);
        if UNSURE.as_ref().is_none_or(|p| p.is_match(&clause.words)) {
            continue;
        }
        for (status, who) in corrected(&clause.words) {
            let predicate = match status {
                Status::Present => Predicate::Attended,
                Status::Apologies => Predicate::Apologised,
                Status::Absent => Predicate::AbsentFrom,
            };
            for sign in clause.people_in(draft, who) {
                let person = sign.mention(draft, RULE);
                draft.state(Term::Mention(person), predicate, Term::MeetingOn(date), sentence.span, RULE);
            }
        }
    }
}

/// Who is said to have been present, to have apologised or to have been absent, as ranges of the words.
fn corrected(words: &str) -> Vec<(Status, std::ops::Range<usize>)> {
    let mut found: Vec<(Status, std::ops::Range<usize>)> = Vec::new();
    for (status, pattern) in &WRONG {
        for captures in pattern.iter().flat_map(|p| p.captures_iter(words)) {
            let said = || captures.name("status").map(|s| status_of(s.as_str()));
            if let (Some(status), Some(who)) = (status.or_else(said), captures.name("who")) {
                found.push((status, who.range()));
            }
        }
    }
    let rest = CHANGED.as_ref().and_then(|p| p.captures(words)).and_then(|c| c.name("rest"));
    if let Some(rest) = rest {
        for (status, pattern) in &TOLD {
            for captures in pattern.iter().flat_map(|p| p.captures_iter(rest.as_str())) {
                let Some(who) = captures.name("who") else { continue };
                found.push((*status, rest.start() + who.start()..rest.start() + who.end()));
            }
        }
    }
    // Somebody of whom two things are said is left to a reader.
    let of_two = |at: usize| {
        found.iter().any(|(s, r)| *s != found[at].0 && r.start < found[at].1.end && found[at].1.start < r.end)
    };
    (0..found.len()).filter(|at| !of_two(*at)).map(|at| found[at].clone()).collect()
}

fn status_of(words: &str) -> Status {
    let words = fold(words);
    match words.as_str() {
        "absent" => Status::Absent,
        "apologies" | "apologised" => Status::Apologies,
        _ => Status::Present,
    }
}

/// What the line around a sentence says of minutes. It is asked once for all sentences of a line, which may be long.
struct Around {
    line: usize,
    /// Whether it has the word.
    minutes: bool,
    /// "The minutes of the meeting held on 27 August were confirmed, subject to one change: …"
    days: Vec<Date>,
}

impl Around {
    fn new(draft: &Draft<'_>, line: usize) -> Self {
        let (text, span) = (draft.text(), draft.document.lines[line].span);
        let folded = fold(span.of(text));
        let days = if folded.contains("minutes of the") { dates(text, span, None) } else { Vec::new() };
        let days = days.into_iter().map(|d| d.value).filter(|d| d.is_day()).collect();
        Self { line, minutes: of_minutes(&folded), days }
    }
}

fn of_minutes(folded: &str) -> bool {
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| word == "minutes")
}

/// The day of the earlier meeting of which a sentence may speak; `None` where it may be another, or none. `around`
/// keeps what the last line said.
fn earlier(draft: &Draft<'_>, sentence: Sentence, around: &mut Option<Around>) -> Option<Date> {
    let text = draft.text();
    let words = sentence.span.of(text);
    let folded = fold(words);
    let line = match around.take() {
        Some(kept) if kept.line == sentence.line => around.insert(kept),
        _ => around.insert(Around::new(draft, sentence.line)),
    };
    let title = draft.item_at(sentence.span).map(|item| fold(draft.minutes.items[item].title.of(text)));
    let spoken = line.minutes
        || title.is_some_and(|title| of_minutes(&title))
        || ["last meeting", "previous meeting", "that meeting", "earlier meeting"].iter().any(|m| folded.contains(m));
    if !spoken {
        return None;
    }
    let previous = &draft.minutes.header.previous;
    let mut days: Vec<Date> = previous.iter().map(|p| p.value).collect();
    if days.is_empty() {
        days.clone_from(&line.days);
    }
    days.sort_unstable();
    days.dedup();
    let own = draft.minutes.header.date.map(|d| d.value);
    let named = dates(text, sentence.span, days.first().map(|d| d.year));
    if !named.is_empty() {
        days.retain(|day| named.iter().all(|n| covers(n.value, *day)));
    }
    let months = words.split(|c: char| !c.is_alphanumeric());
    let months: Vec<usize> = months.filter_map(|word| MONTHS.iter().position(|month| *month == word)).collect();
    days.retain(|day| months.iter().all(|month| day.month == 0 || usize::from(day.month) == month + 1));
    match days.as_slice() {
        [day] if own.is_none_or(|own| *day < own) => Some(*day),
        _ => None,
    }
}

/// Whether a date, perhaps of a month or a year alone, may mean this day.
fn covers(named: Date, day: Date) -> bool {
    named.year == day.year && (named.month == 0 || named.month == day.month) && (named.day == 0 || named.day == day.day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_compile() {
        let all = [&CHANGED, &UNSURE].into_iter();
        for pattern in all.chain(TOLD.iter().map(|(_, p)| p)).chain(WRONG.iter().map(|(_, p)| p)) {
            assert!(pattern.is_some());
        }
    }
}
