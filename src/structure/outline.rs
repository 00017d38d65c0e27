//! Items of business: numbered and unnumbered headings with the lines that belong to them.
//!
//! Which lines are headings is decided by the document as a whole. Where numbers run through it (`1.`, `2.`, …;
//! `14.`, `15.`; `01/18`; `ITEM 1`; `III.`), lines with the next number are items, and short titled lines between
//! them are their parts. Where none run, headings that the format marks are items; where it marks none, short
//! lines that stand apart and read as a title are.

use super::attendance::starts_with_name;
use super::head;
use super::heading::within;
use super::presenter::{is_author, presenters};
use super::resolution::opens_decision;
use crate::lexicon::{Lexicon, fold};
use crate::model::{Document, Item, Line, LineKind, Span};
use crate::text::date::dates;
use crate::text::token::{Shape, tokens};

/// A line that may be a heading.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    line: usize,
    /// Its number as written, and its value.
    number: Option<(Span, u32)>,
    title: Span,
    rank: Rank,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rank {
    /// A number that runs through the document.
    Numbered,
    /// A heading by the format.
    Marked(u8),
    /// A line set apart that reads as a title.
    Titled,
}

/// The items of business, in order.
pub(super) fn items(document: &Document, taken: &[bool], lexicon: &Lexicon) -> Vec<Item> {
    let text = document.text.as_str();
    let numbered = numbered(document, taken, lexicon);
    // What names the meeting is no business of it.
    let head = head::end(document, taken, lexicon);
    let mut others = others(document, taken, lexicon);
    others.retain(|c| c.line >= head);
    others.extend(paged(document, head));
    let start = numbered.first().map_or(0, |c| c.line);
    let mut chosen: Vec<(Candidate, bool)> = Vec::new();
    if numbered.len() >= 2 {
        chosen.extend(numbered.iter().map(|c| (*c, false)));
        let known: Vec<usize> = numbered.iter().map(|c| c.line).collect();
        chosen.extend(others.into_iter().filter(|c| c.line > start && !known.contains(&c.line)).map(|c| (c, true)));
    } else {
        let marked = others.iter().filter(|c| matches!(c.rank, Rank::Marked(_))).count();
        let outer =
            others.iter().filter_map(|c| if let Rank::Marked(level) = c.rank { Some(level) } else { None }).min();
        chosen.extend(others.into_iter().filter_map(|c| match c.rank {
            Rank::Marked(level) => Some((c, outer.is_some_and(|o| level > o + 1))),
            _ if marked < 3 => Some((c, false)),
            _ => None,
        }));
    }
    chosen.sort_by_key(|(c, _)| c.line);
    // What stands under a label ("Minutes:") is of the item above it.
    chosen.retain(|(c, _)| c.number.is_some() || !is_no_business(c.title.of(text)));
    let mut items: Vec<Item> = Vec::new();
    let mut parent = None;
    for (i, (candidate, part)) in chosen.iter().enumerate() {
        let end = chosen.get(i + 1).map_or(document.lines.len(), |(c, _)| c.line);
        if !part {
            parent = Some(items.len());
        }
        let last = document.lines[end - 1].span.end;
        // Under "Apologies" names are those of the absent.
        let listed = within(text, candidate.title, lexicon).is_some();
        let presenters = if listed { Vec::new() } else { presenters(document, candidate.line + 1..end, lexicon) };
        items.push(Item {
            number: candidate.number.map(|(span, _)| span),
            title: candidate.title,
            span: Span { start: document.lines[candidate.line].span.start, end: last },
            lines: candidate.line..end,
            presenters,
            parent: if *part { parent } else { None },
        });
    }
    items
}

/// The item of a page about one item alone: its title, and below it the meeting with the item's number,
/// "Meeting of Cabinet, Monday, 14th March, 2022 (Item 4.)".
fn paged(document: &Document, head: usize) -> Option<Candidate> {
    let text = document.text.as_str();
    // What stands above the line of the meeting is its head, and no business.
    let (at, number) = document.lines[..head].iter().enumerate().find_map(|(at, line)| {
        let words = line.span.of(text);
        let from = words.rfind("(Item ")? + "(Item ".len();
        let figures = words[from..].find(|c: char| !c.is_ascii_digit())?;
        let is_whole = figures > 0 && matches!(&words[from + figures..], ")" | ".)");
        is_whole.then(|| (at, line.span.slice(from, from + figures)))
    })?;
    let title = document.lines[..at].iter().rposition(|line| matches!(line.kind, LineKind::Heading(_)))?;
    let value = number.of(text).parse().ok()?;
    let span = document.lines[title].body(text);
    Some(Candidate { line: at, number: Some((number, value)), title: span, rank: Rank::Marked(1) })
}

/// Headings that are no items of business.
fn is_no_business(title: &str) -> bool {
    let folded = fold(title);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(
        folded,
        "" | "minutes"
            | "agenda"
            | "agenda items"
            | "action"
            | "actions"
            | "resolved"
            | "agreed"
            | "chairman"
            | "chair"
            | "signed"
            | "present"
            | "in attendance"
            | "attendees"
            | "officers"
            | "summary"
            | "notes"
            | "draft"
            | "draft minutes"
            | "contact"
            | "venue"
            | "resolution"
            | "decision"
            | "noted"
            | "recommended"
            | "progress"
            | "part a"
            | "part b"
            | "attendance"
            | "date"
    )
}

/// Lines whose numbers run through the document. Of the kinds of numbering in use, the one with the longest
/// ascending run wins; a gap of up to three numbers is forgiven.
fn numbered(document: &Document, taken: &[bool], lexicon: &Lexicon) -> Vec<Candidate> {
    let text = document.text.as_str();
    let mut kinds: Vec<(Numbering, Vec<Candidate>)> = Vec::new();
    for (line, l) in document.lines.iter().enumerate() {
        if taken[line] || matches!(l.kind, LineKind::Row { .. }) && l.marker.is_none() {
            continue;
        }
        let Some((kind, number, value)) = number(text, l) else { continue };
        let title = title(text, Span { start: number.end, end: l.span.end }.trim(text), lexicon);
        if title.is_empty() {
            continue;
        }
        let candidate = Candidate { line, number: Some((number, value)), title, rank: Rank::Numbered };
        match kinds.iter_mut().find(|(k, _)| *k == kind) {
            Some((_, list)) => list.push(candidate),
            None => kinds.push((kind, vec![candidate])),
        }
    }
    let mut best: Vec<Candidate> = Vec::new();
    let mut best_score = 0;
    for (_, list) in kinds {
        let run = ascending(&list);
        // A run of headings covers the document; limbs and lists are bunched.
        let extent = run.last().map_or(0, |l| l.line) - run.first().map_or(0, |l| l.line);
        let titled = run.iter().filter(|c| reads_as_title(text, c.title, lexicon)).count();
        let score = if run.len() < 2 { 0 } else { extent * (1 + 3 * titled / run.len()) + run.len() };
        if score > best_score {
            best_score = score;
            best = run;
        }
    }
    best
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numbering {
    Arabic,
    ItemWord,
    Slashed,
    Roman,
}

/// The number of a line, if it carries one that items have.
fn number(text: &str, line: &Line) -> Option<(Numbering, Span, u32)> {
    let words = line.span.of(text);
    let indent = words.len() - words.trim_start().len();
    let trimmed = &words[indent..];
    let lower = trimmed.get(..12).unwrap_or(trimmed).to_ascii_lowercase();
    for prefix in ["agenda item ", "item no. ", "item no ", "item "] {
        if lower.starts_with(prefix) {
            let figures: String = trimmed[prefix.len()..].chars().take_while(char::is_ascii_digit).collect();
            let value = figures.parse().ok()?;
            let start = indent + prefix.len();
            let mut end = start + figures.len();
            end += words[end..].len() - words[end..].trim_start_matches([':', '.', ')', ' ', '-', '–']).len();
            return Some((Numbering::ItemWord, line.span.slice(start, end), value));
        }
    }
    // `01/18`: the number of an item with its year.
    if line.marker.is_none() {
        let figures = trimmed.split(|c: char| !(c.is_ascii_digit() || c == '/')).next().unwrap_or("");
        let (number, year) = figures.split_once('/')?;
        let known = (1..=4).contains(&number.len())
            && matches!(year.len(), 2 | 4 | 5)
            && trimmed[figures.len()..].starts_with([' ', '.', ':', '\t']);
        let value = number.parse().ok().filter(|_| known)?;
        return Some((Numbering::Slashed, line.span.slice(indent, indent + figures.len()), value));
    }
    let marker = line.marker?;
    let m = marker.of(text);
    let core = m.trim_matches(|c: char| !c.is_alphanumeric());
    if core.is_empty() || m.starts_with('(') {
        return None;
    }
    if let Some((number, year)) = core.split_once('/') {
        let value = number.parse().ok()?;
        year.chars().all(|c| c.is_ascii_digit() || c == '/').then_some(())?;
        return Some((Numbering::Slashed, marker, value));
    }
    if core.chars().all(|c| c.is_ascii_digit()) {
        return Some((Numbering::Arabic, marker, core.parse().ok()?));
    }
    // `14.0`: a heading above `14.1`.
    if let Some(whole) = core.strip_suffix(".0") {
        return Some((Numbering::Arabic, marker, whole.parse().ok()?));
    }
    if core.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) {
        return Some((Numbering::Roman, marker, roman(core)?));
    }
    None
}

/// Value of a roman number.
fn roman(figures: &str) -> Option<u32> {
    let value = |c| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        _ => None,
    };
    let all: Vec<u32> = figures.chars().map(value).collect::<Option<_>>()?;
    let mut sum = 0;
    for (i, v) in all.iter().enumerate() {
        if all.get(i + 1).is_some_and(|next| next > v) { sum -= *v as i32 } else { sum += *v as i32 }
    }
    u32::try_from(sum).ok()
}

/// The longest run of ascending numbers: each is at most four above the one before; a number may be
/// repeated (two items share one by misprint) once.
fn ascending(list: &[Candidate]) -> Vec<Candidate> {
    let value = |i: usize| list[i].number.map_or(0, |(_, v)| v);
    // The lists of limbs within items start anew; the longest chain by dynamic programming over a window keeps it linear.
    const WINDOW: usize = 60;
    let mut length = vec![1_usize; list.len()];
    let mut before = vec![usize::MAX; list.len()];
    for i in 0..list.len() {
        for j in i.saturating_sub(WINDOW)..i {
            let (low, high) = (value(j), value(i));
            let follows = high > low && high - low <= 4;
            // A chain prefers steps of one.
            let gain = if high == low + 1 { 2 } else { 1 };
            if follows && length[j] + gain > length[i] {
                length[i] = length[j] + gain;
                before[i] = j;
            }
        }
    }
    let Some(mut at) = (0..list.len()).max_by_key(|i| (length[*i], usize::MAX - i)) else { return Vec::new() };
    let mut run = vec![list[at]];
    while before[at] != usize::MAX {
        at = before[at];
        run.push(list[at]);
    }
    run.reverse();
    run
}

/// The title of a numbered line: all of it where it is short, else its first clause.
fn title(text: &str, body: Span, lexicon: &Lexicon) -> Span {
    let words = body.of(text);
    const LONGEST: usize = 160;
    if words.chars().count() <= LONGEST && !reads_as_sentence(text, body) {
        return body.slice(0, words.trim_end_matches(['.', ':', ' ']).len());
    }
    // "Election of Chairman David Hale was nominated …": up to a colon or full stop if one is near,
    if let Some(end) = words
        .char_indices()
        .take(90)
        .find_map(|(i, c)| (matches!(c, ':') || (c == '.' && words[i + 1..].starts_with(' '))).then_some(i))
        && end > 2
    {
        return body.slice(0, end).trim(text);
    }
    // else the words in title case or capitals at the start.
    let all = tokens(text, body);
    let mut end = 0;
    for (i, token) in all.iter().enumerate() {
        let word = token.of(text);
        let small = matches!(
            fold(word).as_str(),
            "of" | "the" | "and" | "for" | "to" | "on" | "in" | "from" | "by" | "a" | "with" | "at"
        );
        if token.is_capital() || token.shape == Shape::Number {
            // A name that follows a title opens the sentence.
            if i > 1 && crate::text::name::name_at(text, &all, i, crate::text::name::Context::Prose, lexicon).is_some()
            {
                break;
            }
            end = (token.span.end - body.start) as usize;
        } else if !(small || matches!(word, "," | "&" | "’" | "'" | "-" | "–" | "/")) {
            break;
        }
    }
    if end == 0 {
        body.slice(0, words.char_indices().nth(80).map_or(words.len(), |(i, _)| i)).trim(text)
    } else {
        body.slice(0, end)
    }
}

/// Headings by the format, and lines set apart that read as a title.
fn others(document: &Document, taken: &[bool], lexicon: &Lexicon) -> Vec<Candidate> {
    let text = document.text.as_str();
    let mut found = Vec::new();
    for (line, l) in document.lines.iter().enumerate() {
        if taken[line] || l.cells.len() > 1 {
            continue;
        }
        let body = l.body(text);
        let words = body.of(text);
        if let LineKind::Heading(level) = l.kind {
            if opens_decision(text, l, lexicon) {
                continue;
            }
            if words.chars().count() <= 200 {
                found.push(Candidate {
                    line,
                    number: None,
                    title: body.slice(0, words.trim_end_matches([':', '.', ' ']).len()),
                    rank: Rank::Marked(level),
                });
            }
            continue;
        }
        if l.marker.is_some() || !l.gap && !l.emphasis || opens_decision(text, l, lexicon) {
            continue;
        }
        let apart = l.gap && document.lines.get(line + 1).is_none_or(|next| next.gap);
        if (apart || l.emphasis) && reads_as_title(text, body, lexicon) && within(text, body, lexicon).is_none() {
            let title = body.slice(0, words.trim_end_matches([':', '.', ' ']).len());
            found.push(Candidate { line, number: None, title, rank: Rank::Titled });
        }
    }
    // The first lines of a document are its own title.
    let head = document.lines.iter().take_while(|l| !l.gap || l.span.start == 0).count();
    found.retain(|c| c.line > 0 || head == 0 || matches!(c.rank, Rank::Marked(_)));
    found
}

/// Whether words read as a title: short, mostly capitalised or in capitals, no finite verb, no name of a person.
fn reads_as_title(text: &str, body: Span, lexicon: &Lexicon) -> bool {
    let words = body.of(text);
    let all = tokens(text, body);
    let count = all.iter().filter(|t| t.is_word()).count();
    if count == 0
        || count > 16
        || words.ends_with([',', ';'])
        || !words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    {
        return false;
    }
    // "To receive declarations of interest.": what an agenda asks for, under the heading of an item.
    if words.starts_with("To ") && words.ends_with('.') {
        return false;
    }
    if reads_as_sentence(text, body)
        || is_author(text, body, lexicon)
        || starts_with_name(text, body, lexicon) && !words.contains(" - ")
    {
        return false;
    }
    // A day, an action, a word of deciding alone: what stands under a heading, and none itself.
    let lead = fold(words.split([':', ' ']).next().unwrap_or(""));
    if matches!(lead.as_str(), "action" | "actions" | "decision" | "proposed" | "seconded" | "note" | "signed")
        || lexicon.decisions.get(words.trim_end_matches('.')).is_some()
        || !dates(text, body, Some(2000)).is_empty()
            && !fold(words).contains("minutes")
            && !fold(words).contains("meeting")
    {
        return false;
    }
    let first = all.iter().find(|t| t.is_word());
    if first.is_some_and(|t| matches!(t.of(text), "That" | "Resolved" | "RESOLVED" | "AGREED" | "Agreed" | "The" if t.of(text) == "That")) {
        return false;
    }
    let lower = all
        .iter()
        .filter(|t| {
            t.shape == Shape::Lower
                && !matches!(
                    t.of(text),
                    "of" | "the"
                        | "and"
                        | "for"
                        | "to"
                        | "on"
                        | "in"
                        | "from"
                        | "by"
                        | "a"
                        | "an"
                        | "with"
                        | "at"
                        | "as"
                        | "or"
                )
        })
        .count();
    // "Date of the next meeting", "Minutes of previous meeting.", "Other business": short ones may be in lower case.
    lower * 2 <= count || (count <= 6 && !words.ends_with('.')) || count <= 4
}

/// Whether words hold a finite verb that titles do not have.
pub(super) fn reads_as_sentence(text: &str, body: Span) -> bool {
    const VERBS: &[&str] = &[
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "had",
        "has",
        "have",
        "would",
        "will",
        "should",
        "could",
        "can",
        "may",
        "noted",
        "received",
        "considered",
        "thanked",
        "reported",
        "explained",
        "agreed",
        "resolved",
        "proposed",
        "seconded",
        "presented",
        "stated",
        "said",
        "asked",
        "advised",
        "informed",
        "welcomed",
        "declared",
        "confirmed",
        "apologised",
        "attended",
        "provided",
        "that",
        "did",
        "does",
        "do",
        "gave",
        "took",
        "made",
        "requested",
        "updated",
        "introduced",
    ];
    let words = body.of(text);
    words.split(|c: char| !c.is_alphanumeric()).any(|w| VERBS.contains(&w))
}
