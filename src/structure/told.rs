//! Attendance that items and sentences tell: the people under an item called "Apologies", and sentences of apology.

use std::collections::BTreeMap;

use super::attendance::starts_with_name;
use super::heading::{is_apology, within};
use super::listing::is_listing;
use super::predicate::blocks_of;
use super::resolution::item_at;
use super::title::reads_as_sentence;
use crate::lexicon::{AttendanceHeading, Lexicon, fold};
use crate::model::{Block, Document, Entry, Form, Item, Line, Span, Status};
use crate::text::literal::Literals;
use crate::text::name::{Context, names};
use crate::text::sentence::sentences;

/// Most lines over which a sentence of apology goes on.
const WRAPPED: usize = 12;

/// How many colons and dashes of a sentence may end a heading.
const MARKS: usize = 5;

/// How many lines at the top may tell who was present: a call to order, a roll call.
const OPENING: usize = 40;

/// Adds what items and sentences tell: the people under an item called "Apologies" or "Present"; sentences that say who
/// was present, at the opening; and sentences of apology anywhere.
pub(super) fn told(document: &Document, items: &[Item], taken: &[bool], lexicon: &Lexicon, blocks: &mut Vec<Block>) {
    let text = document.text.as_str();
    for (number, item) in items.iter().enumerate() {
        let Some(title) = within(text, item.title, lexicon) else { continue };
        let under: Vec<usize> = item.lines.clone().skip(1).filter(|l| !taken[*l]).collect();
        let columns = under.first().is_some_and(|l| document.lines[*l].cells.len() > 1);
        let rest = Some(title.rest).filter(|r| !r.is_empty());
        let spans = rest.into_iter().chain(under.iter().map(|l| document.lines[*l].body(text)));
        let entries: Vec<Entry> = spans
            .filter(|span| {
                let line = Line { span: *span, ..Line::default() };
                // "Cllr Fenn took the Chair and welcomed everyone": what is told under the item is no list.
                is_listing(text, &line, lexicon)
                    && !reads_as_sentence(text, *span)
                    && !is_nobody(span.of(text))
                    && within(text, *span, lexicon).is_none_or(|l| l.says.status == title.says.status)
            })
            .map(|span| Entry { span, cells: Vec::new(), status: None })
            .collect();
        let named = |entries: &[Entry]| entries.iter().any(|e| starts_with_name(text, e.span, lexicon));
        let mut block = Block {
            heading: Some(item.title),
            status: title.says.status,
            capacity: title.says.capacity,
            chair: title.says.chair,
            organisation: None,
            form: if columns { Form::List } else { Form::Run },
            entries: Vec::new(),
            item: Some(number),
        };
        for entry in entries {
            // "Staff<tab>Mr Hale<tab>Works Manager": a class of people with those who are of it.
            let class = within(text, entry.span, lexicon)
                .filter(|l| columns && !l.says.chair && starts_with_name(text, l.rest, lexicon));
            let Some(class) = class else {
                block.entries.push(entry);
                continue;
            };
            let next = Block {
                heading: Some(class.span),
                capacity: class.says.capacity,
                entries: vec![Entry { span: class.rest, cells: Vec::new(), status: None }],
                ..block.clone()
            };
            let done = std::mem::replace(&mut block, next);
            blocks.extend(Some(done).filter(|b| named(&b.entries)));
        }
        blocks.extend(Some(block).filter(|b| named(&b.entries)));
    }
    // A heading that ends a line ("… by President Clark. Board members present:"): the names stand on the next.
    let mut open = None;
    static PRESENCE: Literals = Literals::new(&["resent", "RESENT", "ttend", "bsent"]);
    let opening = document.lines.iter().take(OPENING);
    let mut speaking = PRESENCE.within(text, opening.clone().map(|l| l.span)).peekable();
    for (number, line) in opening.enumerate() {
        let speaks = speaking.next_if_eq(&number).is_some();
        if taken[number] || open.is_none() && !speaks {
            open = None;
            continue;
        }
        for sentence in sentences(text, line.body(text)) {
            open = presence(text, sentence, open.take(), items, lexicon, blocks);
        }
    }
    // Sentences, wherever no block has them. Entries that overlap count as one.
    let mut spans: Vec<Span> = blocks.iter().flat_map(|b| b.entries.iter().map(|e| e.span)).collect();
    spans.sort_unstable();
    let mut held: BTreeMap<u32, u32> = BTreeMap::new();
    for span in spans {
        match held.last_entry().filter(|last| *last.get() > span.start) {
            Some(mut last) => _ = last.insert(span.end.max(*last.get())),
            None => _ = held.insert(span.start, span.end),
        }
    }
    static APOLOGY: Literals = Literals::new(&["polog", "POLOG"]);
    for number in APOLOGY.within(text, document.lines.iter().map(|l| l.span)) {
        let line = &document.lines[number];
        if taken[number] {
            continue;
        }
        // A sentence may go on over lines that the source wraps.
        let goes_on = (number + 1..document.lines.len()).take_while(|next| {
            let (above, below) = (document.lines[next - 1].span.of(text), &document.lines[*next]);
            !taken[*next]
                && !below.gap
                && below.marker.is_none()
                && below.cells.len() < 2
                && !above.trim_end().ends_with(['.', ':'])
                && (below.span.of(text).starts_with(|c: char| c == '(' || c.is_lowercase())
                    || above.trim_end().ends_with([',', ';', '(', '&'])
                    || above.trim_end().ends_with(" and")
                    || above.trim_end().ends_with(" from"))
        });
        let last = goes_on.take(WRAPPED).last().unwrap_or(number);
        let whole = line.body(text).join(document.lines[last].span);
        for sentence in sentences(text, whole) {
            let is_title = || {
                names(text, sentence, Context::Prose, lexicon).is_empty()
                    && items.iter().any(|i| {
                        i.title.contains(sentence) || sentence.contains(i.title) && sentence.len() < i.title.len() + 4
                    })
            };
            if !is_apology(sentence.of(text))
                || is_correction(sentence.of(text))
                || held.range(..sentence.end).next_back().is_some_and(|(_, end)| *end > sentence.start)
                || is_title()
            {
                continue;
            }
            held.insert(sentence.start, sentence.end);
            blocks.push(Block {
                heading: None,
                status: Status::Apologies,
                capacity: None,
                chair: false,
                organisation: None,
                form: Form::Run,
                entries: vec![Entry { span: sentence, cells: Vec::new(), status: None }],
                item: item_at(items, sentence),
            });
        }
    }
    blocks.sort_by_key(|b| (b.entries.first().map(|e| e.span.start), b.heading.map(|h| h.start)));
}

/// A sentence that says who was present or absent: "Board members present: A, B", "Also present were A, B of C",
/// "A, B and C were present", "In attendance were A and B".
/// Returns the heading of a sentence that gives no names itself.
fn presence(
    text: &str,
    sentence: Span,
    before: Option<(Span, AttendanceHeading)>,
    items: &[Item],
    lexicon: &Lexicon,
    blocks: &mut Vec<Block>,
) -> Option<(Span, AttendanceHeading)> {
    if blocks
        .iter()
        .any(|b| b.entries.iter().any(|e| e.span.overlaps(sentence)) || b.heading.is_some_and(|h| h.overlaps(sentence)))
    {
        return None;
    }
    let words = sentence.of(text);
    let folded = words.to_ascii_lowercase();
    let lead = within(text, sentence, lexicon);
    if let Some(lead) = lead.filter(|l| l.rest.is_empty() && words.trim_end().ends_with(':')) {
        return Some((lead.span, lead.says));
    }
    let told = blocks_of(text, sentence, lexicon);
    if !told.is_empty() {
        let item = item_at(items, sentence);
        blocks.extend(told.into_iter().map(|block| Block { item, ..block }));
        return None;
    }
    const BEFORE: &[&str] = &[
        "present were ",
        "present was ",
        "attendance were ",
        "attendance was ",
        "absent were ",
        "absent was ",
        "attending were ",
        "attending the meeting were ",
        "attending the meeting was ",
        "present are ",
        "present is ",
        "attendance are ",
        "attendance is ",
        "attending are ",
    ];
    let found = lead
        .filter(|l| !l.rest.is_empty())
        .map(|l| (l.span, l.rest, l.says))
        .or_else(|| before.map(|(span, says)| (span, sentence, says)))
        .or_else(|| {
            // The verb after the heading: "Also present were A and B".
            let (at, verb) = BEFORE.iter().filter_map(|v| folded.find(v).map(|i| (i, *v))).min()?;
            let end = at + verb.trim_end().rfind(' ')?;
            let head = sentence.slice(0, end);
            let rest = sentence.slice(at + verb.len(), words.len());
            within(text, head, lexicon)
                .map(|lead| (head, rest, lead.says))
                .or_else(|| heading_at_end(text, head, lexicon).map(|(head, says)| (head, rest, says)))
        })
        .or_else(|| {
            // Behind the title on one line: "Minutes of the Board held in the hall Present: A, B and C".
            let marks = words.match_indices([':', '–', '—']);
            marks.take(MARKS).find_map(|(at, mark)| {
                let (head, says) = heading_at_end(text, sentence.slice(0, at).trim(text), lexicon)?;
                let rest = sentence.slice(at + mark.len(), words.len()).trim(text);
                is_parted(text, rest, lexicon).then_some((head, rest, says))
            })
        });
    let (heading, rest, says) = found?;
    let alone = fold(heading.of(text)).contains("member") && is_surname(text, rest);
    let names_somebody = !names(text, rest, Context::Prose, lexicon).is_empty() || is_surnames(text, rest) || alone;
    if names_somebody && !is_nobody(rest.of(text)) {
        blocks.push(Block {
            heading: Some(heading),
            status: says.status,
            capacity: says.capacity,
            chair: says.chair,
            organisation: None,
            form: Form::Run,
            entries: vec![Entry { span: rest, cells: Vec::new(), status: None }],
            item: item_at(items, sentence),
        });
    }
    None
}

/// The heading of a list that ends `words`, after others: "… welcomed those present", "… at 6.30 pm – those in attendance".
fn heading_at_end(text: &str, words: Span, lexicon: &Lexicon) -> Option<(Span, AttendanceHeading)> {
    const LONGEST: usize = 5;
    let all = words.of(text);
    let starts = all.match_indices(' ').map(|(at, _)| at + 1).collect::<Vec<_>>();
    let tails = starts.into_iter().rev().take(LONGEST).map(|at| words.slice(at, all.len()));
    let mut found = tails.filter_map(|tail| lexicon.headings.get(tail.of(text)).map(|says| (tail, says)));
    // In lower case within a sentence "present" alone is no heading.
    found.rfind(|(tail, _)| {
        let head = tail.of(text);
        let folded = fold(head);
        let attendance = ["present", "attend", "absent", "apolog"].iter().any(|word| folded.contains(word));
        attendance && (head.starts_with(char::is_uppercase) || head.starts_with("those "))
    })
}

/// Whether the names of a run are set apart by marks: without, lines ran together, and who goes with what is anybody's
/// guess.
fn is_parted(text: &str, run: Span, lexicon: &Lexicon) -> bool {
    const FIRST: usize = 8;
    let found = names(text, run, Context::Prose, lexicon);
    let gaps = found.windows(2).take(FIRST).map(|pair| &text[pair[0].span.end as usize..pair[1].span.start as usize]);
    let (all, parted) = gaps.fold((0, 0), |(all, parted), gap| {
        (all + 1, parted + usize::from(gap.contains([',', ';']) || gap.contains(" and ")))
    });
    parted * 4 >= all * 3
}

/// Whether a run is one capitalised word: a surname, after a heading that speaks of members.
fn is_surname(text: &str, run: Span) -> bool {
    let word = run.of(text).trim_end_matches(['.', ' ']);
    word.chars().count() > 2
        && word.starts_with(char::is_uppercase)
        && word.chars().all(|c| c.is_alphabetic() || "-'’".contains(c))
}

/// Whether a run is single capitalised words between commas: surnames alone.
pub(super) fn is_surnames(text: &str, run: Span) -> bool {
    let words = run.of(text).trim_end_matches('.');
    let parts: Vec<&str> =
        words.split([',', ';']).flat_map(|p| p.split(" and ")).map(str::trim).filter(|p| !p.is_empty()).collect();
    parts.len() >= 2 && parts.iter().all(|p| !p.contains(' ') && p.len() > 1 && p.starts_with(char::is_uppercase))
}

/// Whether a sentence speaks of what the minutes of an earlier meeting should have said.
fn is_correction(words: &str) -> bool {
    let folded = fold(words);
    [
        "should have been",
        "had not been recorded",
        "not been recorded",
        "been omitted",
        "were omitted",
        "for that meeting",
        "was omitted",
        "be amended",
        "were amended",
        "subject to",
    ]
    .iter()
    .any(|w| folded.contains(w))
}

/// Whether an entry says that there is nobody.
fn is_nobody(words: &str) -> bool {
    let folded = fold(words);
    matches!(
        folded.trim_matches(|c: char| !c.is_alphanumeric()),
        "none" | "nil" | "no apologies" | "none received" | "n/a" | "there were none"
    )
}
