//! The head of minutes: the lines above the first attendance block and the first item of business that say which body
//! met, when and where. In: a document, which of its lines attendance has taken, the vocabulary. Out: line numbers, and
//! the lines with wrapped titles as one. Must never take a heading of business for a line of the head.
//!
//! ```text
//! head    = { name | line }  line              up to the last line that speaks of the meeting
//! line    = "Minutes of …" | day | "24th meeting" | "Venue:" place | "… held at …"
//! wrapped = line { line }                      a title in capitals, or one that ends in "of", "on", a comma, a figure
//! ```

use super::heading::lead;
use super::title::reads_as_sentence;
use crate::lexicon::{Lexicon, fold};
use crate::model::{Document, LineKind, Span};
use crate::text::date::{dates, times};

/// How many lines at the top may belong to the head.
pub(super) const LONGEST: usize = 14;
/// How many lines in the head may say nothing of the meeting one after the other: a crest, an address, a name in parts.
const SILENT: usize = 4;

/// The first line that does not belong to the head; front matter stands before it.
pub(super) fn end(document: &Document, taken: &[bool], lexicon: &Lexicon) -> usize {
    let text = document.text.as_str();
    let from = start(document);
    let closes = |at: usize| {
        let line = &document.lines[at];
        let numbered = line.marker.is_some_and(|m| m.of(text).bytes().any(|b| b.is_ascii_alphanumeric()));
        taken[at]
            || numbered
            || matches!(line.kind, LineKind::Row { .. })
            // "Meeting attendance" at the very top is a title.
            || at > from && lead(text, line, lexicon).is_some()
            || opens(line.span.of(text))
    };
    let last = (from..document.lines.len().min(from + 4 * LONGEST)).find(|at| closes(*at));
    let last = last.unwrap_or(document.lines.len().min(from + 4 * LONGEST));
    let spans: Vec<Span> = document.lines[from..last].iter().map(|l| l.span).collect();
    let (mut end, mut silent, mut dated) = (from, 0, false);
    for span in joined(text, &spans).into_iter().take(LONGEST) {
        if speaks(text, span, dated) {
            end = document.lines.partition_point(|l| l.span.start < span.end);
            silent = 0;
            dated = dated || dates(text, span, None).iter().any(|d| d.value.is_day());
        } else {
            silent += 1;
            if silent > SILENT {
                break;
            }
        }
    }
    end
}

/// The first line after the front matter.
pub(super) fn start(document: &Document) -> usize {
    let of_metadata = |span: Span| document.metadata.iter().any(|m| span.contains(m.value));
    document.lines.iter().position(|l| !of_metadata(l.span)).unwrap_or(document.lines.len())
}

/// Whether a line is where business starts.
fn opens(words: &str) -> bool {
    let folded = fold(words);
    // The title of a page about one item.
    if folded == "agenda item" {
        return false;
    }
    ["call to order", "called to order", "welcome", "introductions", "apologies", "agenda item", "item "]
        .iter()
        .any(|w| folded.starts_with(w))
}

/// Whether a line says which meeting the document minutes. `dated` after a line that gave the day: from there on
/// "Minutes of the meeting of 3 May" is business.
fn speaks(text: &str, span: Span, dated: bool) -> bool {
    const OF_OTHERS: &[&str] = &[
        "next meeting",
        "previous",
        "last meeting",
        "arising",
        "approv",
        "confirm",
        "adoption",
        "accuracy",
        "matters",
        "future meeting",
        "dates of",
        "actions from",
        "action log",
        "review of",
    ];
    let folded = fold(span.of(text));
    if OF_OTHERS.iter().any(|w| folded.contains(w)) {
        return false;
    }
    let count = folded.split(' ').count();
    let label = [
        "venue:",
        "location:",
        "place:",
        "date:",
        "time:",
        "date and time:",
        "held at",
        "held on",
        "held in",
        "held via",
    ];
    if label.iter().any(|l| folded.starts_with(l)) {
        return true;
    }
    let meeting = folded.contains("meeting") || folded.contains("minutes");
    if !dated
        && meeting
        && count <= 60
        && [
            "minutes",
            "draft minutes",
            "notes of",
            "note of",
            "meeting note",
            "record of",
            "unconfirmed minutes",
            "minute of",
            "unapproved minutes",
            "action notes",
        ]
        .iter()
        .any(|t| folded.starts_with(t))
    {
        return true;
    }
    if !dated && meeting && folded.contains("held ") && count <= 60 {
        return true;
    }
    if reads_as_sentence(text, span) {
        return false;
    }
    if count <= 8 && (folded.ends_with("meeting") || folded.ends_with("minutes")) && count > 1 {
        return true;
    }
    count <= 14
        && (dates(text, span, Some(2000)).iter().any(|d| d.value.is_day())
            || !times(text, span).is_empty() && count <= 8)
}

/// The spans of lines with the lines of a wrapped title as one.
pub(super) fn joined(text: &str, lines: &[Span]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for span in lines {
        match found.last_mut() {
            Some(last) if goes_on(last.of(text), span.of(text)) => *last = last.join(*span),
            _ => found.push(*span),
        }
    }
    found
}

/// Whether the title that ends with `line` goes on in the next line.
fn goes_on(line: &str, next: &str) -> bool {
    const UNFINISHED: &[&str] =
        &["of", "the", "and", "at", "in", "on", "for", "&", "held", "via", "to", "a", "from", "with", "between"];
    const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let line = line.trim_end();
    if line.len() > 400
        || line.ends_with(['.', ':', ';'])
        || next.contains(':') && !next.contains(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    let folded = fold(line);
    let last = folded.rsplit(' ').next().unwrap_or("");
    let bare = last.trim_end_matches(',');
    let first = fold(next.split_whitespace().next().unwrap_or(""));
    if UNFINISHED.contains(&bare)
        || DAYS.contains(&bare)
        || line.ends_with(',')
        || capitals(next) && UNFINISHED.contains(&first.as_str())
    {
        return true;
    }
    // "…, 20TH" before the month.
    if bare.starts_with(|c: char| c.is_ascii_digit()) && ["st", "nd", "rd", "th"].iter().any(|s| bare.ends_with(s)) {
        return true;
    }
    // A title in capitals: "MINUTES OF THE MEETING OF ELLMOOR CITY AND COUNTY" before "COUNCIL HELD IN …".
    capitals(line)
        && capitals(next)
        && folded.starts_with("minutes")
        && folded.contains(" of ")
        && !folded.ends_with("minutes")
        || folded.starts_with("minutes") && next.starts_with(char::is_lowercase)
}

/// Whether words stand in capitals, but for a few ("on 4th MAY at 3pm").
fn capitals(words: &str) -> bool {
    let upper = words.chars().filter(|c| c.is_uppercase()).count();
    let lower = words.chars().filter(|c| c.is_lowercase()).count();
    upper > 0 && lower * 3 < upper
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let lines: Vec<Span> = {
            let mut at = 0;
            text.split('\n')
                .map(|l| {
                    let s = Span::new(at, at + l.len());
                    at += l.len() + 1;
                    s
                })
                .collect()
        };
        let shown: Vec<&str> = joined(text, &lines).iter().map(|s| s.of(text)).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_wrapped_title_is_one_line() {
        check(
            "MINUTES OF THE MEETING OF ELLMOOR CITY AND COUNTY\nCOUNCIL HELD ON MONDAY, 4TH\nMAY, 2015",
            &["MINUTES OF THE MEETING OF ELLMOOR CITY AND COUNTY\nCOUNCIL HELD ON MONDAY, 4TH\nMAY, 2015"],
        );
        check("Minutes of the meeting of the\nHarbour Board", &["Minutes of the meeting of the\nHarbour Board"]);
    }

    #[test]
    fn lines_of_their_own_stay_apart() {
        check("ELLMOOR COUNCIL\nHARBOUR COMMITTEE", &["ELLMOOR COUNCIL", "HARBOUR COMMITTEE"]);
        check("MINUTES\nPRESENT: Ada Fenn", &["MINUTES", "PRESENT: Ada Fenn"]);
    }
}
