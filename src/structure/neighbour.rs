//! The meetings before and after: whose minutes were confirmed, and which is announced.

use super::heading::is_apology;
use crate::lexicon::fold;
use crate::model::{Date, Document, Item, Span, Stated};
use crate::text::date::dates;
use crate::text::literal::Literals;
use crate::text::sentence::sentences;

/// The meetings whose minutes were confirmed.
pub(super) fn previous(document: &Document, items: &[Item], date: Option<Date>) -> Vec<Stated<Date>> {
    const CONFIRMED: &[&str] = &[
        "confirm",
        "approved",
        "agreed",
        "accepted",
        "adopt",
        "correct record",
        "true record",
        "signed",
        "taken as read",
        "accurate",
        "resolved",
        "carried",
        "passed",
        "accuracy",
        "approve",
        "were correct",
    ];
    let text = document.text.as_str();
    let mut found: Vec<Stated<Date>> = Vec::new();
    let year = date.map(|d| d.year);
    for item in items {
        let title = fold(item.title.of(text));
        if !(title.contains("minutes")
            || title.contains("previous meeting")
            || title.contains("last meeting")
            || title.contains("meeting note"))
            || title.contains("next")
        {
            continue;
        }
        let lines = &document.lines[item.lines.clone()];
        let whole: String = lines.iter().take(8).map(|l| fold(l.span.of(text))).collect::<Vec<_>>().join(" ");
        let titled = dates(text, item.title, year);
        if CONFIRMED.iter().any(|w| whole.contains(w)) || !titled.is_empty() {
            for stated in titled {
                add(stated, date, &mut found);
            }
        }
        for line in lines.iter().take(8) {
            for sentence in sentences(text, line.span) {
                let folded = fold(sentence.of(text));
                // "The date of the meeting should have been 6 October."
                let dated = folded.contains("date") && folded.contains("should");
                if (folded.contains("meeting")
                    || folded.starts_with("minutes of ")
                    || folded.starts_with("the minutes of "))
                    && (dated
                        || folded.contains("minutes")
                        || CONFIRMED.iter().any(|w| folded.contains(w))
                        // "Approval of Minutes", and under it "Regular Board Meeting of August 18, 2025".
                        || folded.split(' ').count() <= 12)
                    && !folded.contains("next meeting")
                {
                    for stated in dates(text, sentence, year) {
                        add(stated, date, &mut found);
                    }
                }
            }
        }
    }
    if !found.is_empty() {
        return found;
    }
    for line in under_heading(document).into_iter().filter(|l| !fold(l.of(text)).contains("next")) {
        for stated in dates(text, line, year) {
            add(stated, date, &mut found);
        }
    }
    if !found.is_empty() {
        return found;
    }
    static MINUTES: Literals = Literals::new(&["inutes", "INUTES"]);
    for line in MINUTES.within(text, document.lines.iter().map(|l| l.span)) {
        for sentence in sentences(text, document.lines[line].span) {
            let folded = fold(sentence.of(text));
            if folded.contains("minutes")
                && CONFIRMED.iter().any(|w| folded.contains(w))
                && !is_apology(sentence.of(text))
            {
                for stated in dates(text, sentence, year) {
                    add(stated, date, &mut found);
                }
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}

/// Adds a day before this meeting, once.
fn add(stated: Stated<Date>, date: Option<Date>, found: &mut Vec<Stated<Date>>) {
    let earlier = date.is_none_or(|d| stated.value < d);
    if stated.value.is_day() && earlier && !found.iter().any(|f| f.value == stated.value) {
        found.push(stated);
    }
}

/// The lines right under a line such as "Adoption of Minutes" that is no item, as far as they speak of a meeting.
fn under_heading(document: &Document) -> Vec<Span> {
    const HEADINGS: &[&str] = &[
        "adoption of",
        "approval of",
        "confirmation of",
        "confirm the",
        "to approve the",
        "minutes of the last",
        "minutes of previous",
        "minutes of the previous",
    ];
    let text = document.text.as_str();
    let mut found = Vec::new();
    static MINUTES: Literals = Literals::new(&["inutes"]);
    for at in MINUTES.within(text, document.lines.iter().map(|l| l.span)) {
        let words = document.lines[at].body(text);
        if words.len() > 80 {
            continue;
        }
        let folded = fold(words.of(text));
        if folded.contains("minutes") && HEADINGS.iter().any(|h| folded.contains(h)) {
            let below = document.lines[at + 1..].iter().take(4).map(|l| l.span);
            found.extend(below.filter(|l| fold(l.of(text)).contains("meeting")));
            break;
        }
    }
    found
}

/// The next meeting that is announced. An item that is about it says it best; then sentences that announce it; then the
/// annual meeting that stands between. Of several days of the best kind, the earliest.
pub(super) fn next(document: &Document, items: &[Item], date: Option<Date>, year: Option<u16>) -> Option<Stated<Date>> {
    let text = document.text.as_str();
    let later = |span: Span| -> Vec<Stated<Date>> {
        dates(text, span, year).into_iter().filter_map(|stated| after(text, stated, date)).collect()
    };
    let mut best: Option<(u8, Stated<Date>)> = None;
    let mut offer = |kind: u8, stated: Stated<Date>| {
        if best.is_none_or(|(k, b)| kind < k || kind == k && stated.value < b.value) {
            best = Some((kind, stated));
        }
    };
    for item in items {
        let Some(kind) = is_of_next(&fold(item.title.of(text))) else { continue };
        let body = document.lines[item.lines.clone()].iter().take(6).map(|l| l.span);
        // The first line with a day: what follows may be of other matters.
        if let Some(found) = std::iter::once(item.title).chain(body).map(later).find(|found| !found.is_empty()) {
            for stated in found {
                offer(kind, stated);
            }
        }
    }
    static NEXT: Literals = Literals::new(&["ext", "EXT", "AGM", "nnual"]);
    for line in NEXT.within(text, document.lines.iter().map(|l| l.span)) {
        for sentence in sentences(text, document.lines[line].span) {
            let Some((kind, at)) = announces(sentence.of(text)) else { continue };
            // "The next meeting will be on D": the first day after the words.
            let said = later(sentence.slice(at, sentence.len()));
            for stated in said.into_iter().take(if at > 0 { 1 } else { usize::MAX }) {
                offer(kind, stated);
            }
        }
    }
    best.map(|(_, stated)| stated)
}

/// Whether, and how plainly, the title of an item says that it is about the next meeting.
fn is_of_next(title: &str) -> Option<u8> {
    // "Items for the agenda of the next meeting" announces none.
    if ["agenda", "items", "suggest"].iter().any(|w| title.contains(w)) {
        return None;
    }
    let dates =
        ["future meeting", "date of next", "date of meeting", "dates of", "forthcoming meeting", "upcoming meeting"];
    match next_meeting(title) {
        Some((_, plain)) => Some(u8::from(!plain)),
        None => dates.iter().any(|w| title.contains(w)).then_some(0),
    }
}

/// Where the words "next … meeting" end, with at most four words between, and whether there are none: what stands there
/// may be the name of another body.
fn next_meeting(folded: &str) -> Option<(usize, bool)> {
    folded.match_indices("next ").find_map(|(at, _)| {
        let rest = &folded[at + 5..];
        let meeting = rest.find("meeting")?;
        let between = &rest[..meeting];
        let close = between.split(' ').count() <= 5 && !between.contains(['.', ',', ';', ':']);
        // "Next steps before the meeting"
        let step = ["step", "week", "month", "year", "two", "few"].iter().any(|w| between.starts_with(w));
        (close && !step).then_some((at + 5 + meeting, between.is_empty()))
    })
}

/// Whether a sentence announces the next meeting: how well, and from where its day is to be looked for.
fn announces(sentence: &str) -> Option<(u8, usize)> {
    let folded = sentence.to_ascii_lowercase();
    // Motions and questions put down for it, and business put off to it, announce no day.
    if ["will ask", "will move", "by the next", "before the next", "until the next", "prior to the next"]
        .iter()
        .any(|w| folded.contains(w))
    {
        return None;
    }
    if let Some((at, plain)) = next_meeting(&folded) {
        // "On 4 May is the next meeting": the day may stand before.
        return Some((
            if plain { 2 } else { 3 },
            if sentence[at..].bytes().any(|b| b.is_ascii_digit()) { at } else { 0 },
        ));
    }
    if folded.contains("date of next") {
        return Some((2, 0));
    }
    let annual = ["agm", "annual general meeting", "annual meeting", "annual parish meeting"];
    let at = annual.iter().filter_map(|w| folded.find(w)).min()?;
    let held =
        ["will be held", "would be held", "to be held", "will take place", "would take place", "be held remotely"];
    held.iter().any(|w| folded[at..].contains(w)).then_some((4, at))
}

/// A day after this meeting. One that states no year is the first such day after it.
fn after(text: &str, mut stated: Stated<Date>, date: Option<Date>) -> Option<Stated<Date>> {
    if !stated.value.is_day() {
        return None;
    }
    let Some(date) = date else { return Some(stated) };
    let words = stated.span.of(text);
    let states_year =
        words.split(|c: char| !c.is_ascii_digit()).any(|n| n.len() == 4) || words.matches(['/', '.']).count() == 2;
    if !states_year
        && stated.value <= date
        && let Some(later) = Date::day(stated.value.year + 1, stated.value.month, stated.value.day)
    {
        stated.value = later;
    }
    (stated.value > date).then_some(stated)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, expected: Option<(u8, &str)>) {
        assert_eq!(announces(sentence).map(|(kind, at)| (kind, &sentence[at..])), expected);
    }

    #[test]
    fn announcements() {
        check("The next EHUG meeting is 9 April 2013.", Some((3, "meeting is 9 April 2013.")));
        check("Next meeting – 4 May", Some((2, "meeting – 4 May")));
        check("The AGM would be held on 8 July.", Some((4, "AGM would be held on 8 July.")));
    }

    #[test]
    fn what_only_speaks_of_it() {
        check("I will ask at the next meeting when the 4 lamps are mended.", None);
        check("The next step is to set up a meeting on 4 May.", None);
        check("The AGM of 8 July was well attended.", None);
    }
}
