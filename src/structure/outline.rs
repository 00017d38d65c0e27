//! Items of business: numbered and unnumbered headings with the lines that belong to them.
//!
//! Which lines are headings is decided by the document as a whole. Where numbers run through it (`1.`, `2.`, …;
//! `14.`, `15.`; `01/18`; `21.44`; `FC/21/7`; `ITEM 1`; `III.`), lines with the next number are items, and short titled lines between
//! them are their parts. Where none run, headings that the format marks are items; where it marks none, short
//! lines that stand apart and read as a title are.

use rustc_hash::FxHashSet;

use super::code;
use super::head;
use super::heading::within;
use super::presenter::{in_title, presenters};
use super::resolution::opens_decision;
use super::title::{is_no_business, is_of_proceedings, reads_as_sentence, reads_as_title};
use crate::lexicon::{Lexicon, fold};
use crate::model::{Document, Item, Line, LineKind, Span};
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
    let paragraphs = are_paragraphs(document, &numbered, &others, lexicon);
    if numbered.len() >= 2 && !paragraphs {
        chosen.extend(numbered.iter().map(|c| (*c, false)));
        let known: Vec<usize> = numbered.iter().map(|c| c.line).collect();
        chosen.extend(others.into_iter().filter(|c| c.line > start && !known.contains(&c.line)).map(|c| (c, true)));
    } else {
        if paragraphs {
            // What stands above the heading of the first paragraph is of the head.
            others.retain(|c| c.line + 1 >= start);
        }
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
        let (title, presenter) =
            if listed { (candidate.title, None) } else { in_title(text, candidate.title, lexicon) };
        let mut named = if listed { Vec::new() } else { presenters(document, candidate.line + 1..end, lexicon) };
        named.extend(presenter);
        items.push(Item {
            number: candidate.number.map(|(span, _)| span),
            title,
            span: Span { start: document.lines[candidate.line].span.start, end: last },
            lines: candidate.line..end,
            presenters: named,
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

/// Whether the numbers count paragraphs, as where every paragraph of the minutes has one and headings without a number
/// stand right above them: most numbered lines are sentences, and the first of them and a third of all stand under a
/// heading. The headings are the items then.
fn are_paragraphs(document: &Document, numbered: &[Candidate], others: &[Candidate], lexicon: &Lexicon) -> bool {
    let text = document.text.as_str();
    let under = |c: &Candidate| others.iter().any(|o| o.line + 1 == c.line);
    let titles =
        || numbered.iter().filter(|c| reads_as_title(text, document.lines[c.line].body(text), lexicon)).count();
    let headed = numbered.iter().filter(|c| under(c)).count();
    numbered.len() >= 4
        && headed >= 3
        && headed * 3 >= numbered.len()
        && numbered.first().is_some_and(under)
        && titles() * 4 <= numbered.len()
}

/// Lines whose numbers run through the document. Of the kinds of numbering in use, the one with the longest
/// ascending run wins; a gap of up to three numbers is forgiven.
fn numbered(document: &Document, taken: &[bool], lexicon: &Lexicon) -> Vec<Candidate> {
    let text = document.text.as_str();
    let mut kinds: Vec<(Numbering<'_>, Vec<Candidate>)> = Vec::new();
    let agenda = agenda_list(document);
    for (line, l) in document.lines.iter().enumerate() {
        if taken[line] || agenda.contains(&line) || matches!(l.kind, LineKind::Row { .. }) && l.marker.is_none() {
            continue;
        }
        for (kind, number, value) in number(text, l).into_iter().chain(code::number(text, l)) {
            let title = title(text, Span { start: number.end, end: l.span.end }.trim(text), lexicon);
            let bare = kind == Numbering::Coded("");
            if title.is_empty() || bare && !reads_as_title(text, title, lexicon) {
                continue;
            }
            let candidate = Candidate { line, number: Some((number, value)), title, rank: Rank::Numbered };
            match kinds.iter_mut().find(|(k, _)| *k == kind) {
                Some((_, list)) => list.push(candidate),
                None => kinds.push((kind, vec![candidate])),
            }
        }
    }
    join_bare(&mut kinds);
    // "21.44" is a code where all have its "21."; else such numbers are those of parts.
    let dotted = |kind: &Numbering<'_>| matches!(kind, Numbering::Coded(stem) if code::is_dotted(stem));
    let all_dotted: usize = kinds.iter().filter(|(kind, _)| dotted(kind)).map(|(_, list)| list.len()).sum();
    let mut best: Vec<Candidate> = Vec::new();
    let mut best_score = 0;
    for (kind, list) in kinds {
        let run = ascending(&list);
        // A run of headings covers the document; limbs and lists are bunched.
        let extent = run.last().map_or(0, |l| l.line) - run.first().map_or(0, |l| l.line);
        let titled = run.iter().filter(|c| reads_as_title(text, c.title, lexicon)).count();
        // A number that no marker sets apart counts where most lines with one read as titles.
        let doubtful = matches!(kind, Numbering::Coded(_)) && (run.len() < 3 || titled * 2 < run.len())
            || dotted(&kind) && list.len() * 5 < all_dotted * 4;
        let score = if run.len() < 2 || doubtful { 0 } else { extent * (1 + 3 * titled / run.len()) + run.len() };
        if score > best_score {
            best_score = score;
            best = run;
        }
    }
    best
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbering<'t> {
    Arabic,
    ItemWord,
    Slashed,
    Roman,
    /// A code with what stands before its last figures ("21/", "FC.").
    Coded(&'t str),
}

/// Joins the numbers without a mark to those with one where they are most of them ("1. Present", "2 Minutes",
/// "3 Matters arising"); else the two stand beside each other, and where they run decides.
fn join_bare(kinds: &mut Vec<(Numbering<'_>, Vec<Candidate>)>) {
    let Some(bare) = kinds.iter().position(|(kind, _)| *kind == Numbering::Coded("")) else { return };
    let (_, mut list) = kinds.swap_remove(bare);
    let marked = kinds.iter_mut().find(|(kind, _)| *kind == Numbering::Arabic);
    match marked {
        Some((_, marked)) if list.len() > marked.len() => {
            marked.append(&mut list);
            marked.sort_by_key(|c| c.line);
        }
        _ => kinds.push((Numbering::Coded(""), list)),
    }
}

/// The number of a line, if it carries one that items have.
fn number<'t>(text: &'t str, line: &Line) -> Option<(Numbering<'t>, Span, u32)> {
    let words = line.span.of(text);
    let indent = words.len() - words.trim_start().len();
    let trimmed = &words[indent..];
    for prefix in ["agenda item ", "item no. ", "item no ", "item "] {
        if trimmed.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)) {
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
    const SMALL: &[&str] = &[
        "the",
        "to",
        "that",
        "there",
        "a",
        "an",
        "no",
        "it",
        "this",
        "in",
        "for",
        "at",
        "on",
        "however",
        "all",
        "as",
        "if",
        "we",
        "cllr",
        "mr",
        "mrs",
        "ms",
        "moving",
        "whereas",
        "following",
        "since",
        "after",
        "both",
        "some",
        "these",
        "their",
    ];
    let small = SMALL.contains(&fold(&words[..end]).as_str());
    if small {
        // "The Chairman read the minutes": the first words of the sentence.
        let close =
            words.char_indices().skip(end).take(80).find_map(|(i, c)| matches!(c, ',' | '.' | ';' | ':').then_some(i));
        let close = close.or_else(|| words.get(..80.min(words.len()))?.rfind(' ')).unwrap_or(words.len());
        body.slice(0, close).trim(text)
    } else if end == 0 {
        body.slice(0, words.char_indices().nth(80).map_or(words.len(), |(i, _)| i)).trim(text)
    } else {
        body.slice(0, end)
    }
}

/// Headings by the format, and lines set apart that read as a title.
fn others(document: &Document, taken: &[bool], lexicon: &Lexicon) -> Vec<Candidate> {
    let text = document.text.as_str();
    let agenda = agenda(document);
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
        let announced = !agenda.is_empty() && words.starts_with(char::is_uppercase) && agenda.contains(&fold(words));
        let listed = l.gap || l.emphasis || announced;
        if l.marker.is_some() || !listed || opens_decision(text, l, lexicon) {
            continue;
        }
        let apart = l.gap && document.lines.get(line + 1).is_none_or(|next| next.gap);
        // "Fenn/Rowe" above "That …": who moved it.
        let next = document.lines.get(line + 1).map(|next| next.body(text).of(text));
        if words.contains('/') && words.len() < 40 && next.is_some_and(|n| n.starts_with("That")) {
            continue;
        }
        let titled = announced || (apart || l.emphasis) && reads_as_title(text, body, lexicon);
        if titled && !is_of_proceedings(words) && within(text, body, lexicon).is_none() {
            let title = body.slice(0, words.trim_end_matches([':', '.', ' ']).len());
            found.push(Candidate { line, number: None, title, rank: Rank::Titled });
        }
    }
    // The first lines of a document are its own title.
    let head = document.lines.iter().take_while(|l| !l.gap || l.span.start == 0).count();
    found.retain(|c| c.line > 0 || head == 0 || matches!(c.rank, Rank::Marked(_)));
    found
}

/// The numbered lines of an agenda at the top, where the numbers of the minutes start anew below it.
fn agenda_list(document: &Document) -> std::ops::Range<usize> {
    /// Where the agenda may stand, and how long it may be.
    const TOP: usize = 80;
    /// Longest line that says no more than "Agenda", in bytes.
    const LONGEST: usize = 24;
    let text = document.text.as_str();
    let is_agenda = |l: &Line| {
        let words = l.body(text).of(text);
        words.len() <= LONGEST && fold(words).trim_end_matches(':') == "agenda"
    };
    let Some(at) = document.lines.iter().take(TOP).position(is_agenda) else { return 0..0 };
    let mut seen = 0;
    for (line, l) in document.lines.iter().enumerate().skip(at + 1).take(TOP) {
        match number(text, l) {
            Some((Numbering::Arabic, _, 1)) if seen >= 3 => return at..line,
            Some((Numbering::Arabic, ..)) => seen += 1,
            _ => {}
        }
    }
    0..0
}

/// The items that a table of the agenda at the top announces, folded: below they stand as headings.
fn agenda(document: &Document) -> FxHashSet<String> {
    let text = document.text.as_str();
    let mut found = FxHashSet::default();
    let mut open = false;
    for line in &document.lines {
        if line.cells.len() < 2 {
            open = false;
            continue;
        }
        let cells: Vec<String> = line.cells.iter().map(|c| fold(c.of(text))).collect();
        let titles = ["item", "description", "agenda item", "subject", "topic", "title"];
        if cells.iter().filter(|c| titles.contains(&c.trim_matches(|c: char| !c.is_alphanumeric()))).count() >= 1
            && cells.iter().all(|c| c.len() <= 20)
        {
            open = true;
        } else if open {
            found.extend(cells.into_iter().filter(|c| c.split(' ').count() >= 2));
        }
    }
    found
}
