//! Attendance blocks: lists under a heading, tables with marks, and sentences of apology inside items.
//!
//! A block runs from its heading to the next heading of any kind, to an item of business, or to the first line
//! that reads as a sentence. Lines are taken as they stand; who is in them is for extraction to say.

use super::attendees::metadata;
use super::heading::{Lead, lead, status_of_mark};
use super::listing::{goes_on, is_column_title, is_listing, labelled};
use super::predicate::sentences_apart;
use super::run_in::{Piece, split_at_leads};
use super::run_together::apart;
use super::standing::{is_name_of_body, is_near_list, is_of_vote, is_plain_of, is_post_of_one};
use super::table::{columns, is_marked, table};
use crate::lexicon::{AttendanceHeading, Lexicon, fold};
use crate::model::{Block, Document, Entry, Form, Line, LineKind, Span, Status};
use crate::text::name::{Context, name_at};
use crate::text::token::{Token, each};

/// The blocks that stand under headings of their own.
#[derive(Debug, Default)]
pub(super) struct Listed {
    pub(super) blocks: Vec<Block>,
    /// For each line of the document, whether a block took it.
    pub(super) lines: Vec<bool>,
    pub(super) unresolved: Vec<(Span, &'static str)>,
}

/// Lines that may stand between the title of a page and its table.
const TITLES: usize = 4;

/// Finds the blocks under headings and the tables with marks.
pub(super) fn listed(document: &Document, lexicon: &Lexicon) -> Listed {
    let text = document.text.as_str();
    let lines = &document.lines;
    let mut listed = Listed { lines: vec![false; lines.len()], ..Listed::default() };
    let mut at = 0;
    while at < lines.len() {
        if let Some(end) =
            table(document, at, lexicon, &mut listed).or_else(|| columns(document, at, lexicon, &mut listed))
        {
            at = end;
            continue;
        }
        // A numbered line is an item, even where its title is "Apologies": see `told`.
        let found =
            lead(text, &lines[at], lexicon).filter(|l| !is_numbered(text, &lines[at]) && !is_of_vote(document, at, l));
        // "Meeting attendance" at the top of a page is the title of the table below.
        let is_title = |line: &Line| matches!(line.kind, LineKind::Heading(_));
        let below = (at + 1..lines.len()).take(TITLES).take_while(|next| lines[*next].cells.len() < 2).count() + at + 1;
        let found =
            found.filter(|_| !(is_title(&lines[at]) && below < lines.len() && is_marked(document, below, lexicon)));
        let Some(found) = found else {
            at += 1;
            continue;
        };
        // "Members", "Secretary" in the midst of business open a list only where one follows; so does the name of a body.
        let before = listed.blocks.len();
        let doubtful =
            !is_plain_of(&found, text) && (!is_near_list(at, &listed.lines) || is_name_of_body(&found, text, lexicon));
        let end = block(document, at, found, lexicon, &mut listed);
        let signed = is_name_of_body(&found, text, lexicon) && !is_near_list(at, &listed.lines[..at]);
        if signed || doubtful && !is_list(text, &listed.blocks[before..], lexicon) {
            listed.blocks.truncate(before);
            listed.lines[at..end].fill(false);
            at += 1;
            continue;
        }
        at = end;
    }
    listed.blocks = listed.blocks.into_iter().flat_map(|block| sentences_apart(text, block, lexicon)).collect();
    metadata(document, lexicon, &mut listed);
    listed
}

/// Whether a short line speaks of the person listed above it, by the name that opens the entry.
fn is_remark(text: &str, above: Option<&Entry>, line: &Line) -> bool {
    const LONGEST: usize = 200;
    let words = line.body(text).of(text);
    let first = |words: &'_ str| words.split([' ', ',']).next().unwrap_or("").to_owned();
    above.is_some_and(|entry| {
        let name = first(entry.span.of(text));
        name.chars().count() > 2 && words.len() <= LONGEST && first(words) == name && !words.contains('\t')
    })
}

/// Whether blocks list people: two or more entries one a line, most of which start with what is surely a name.
fn is_list(text: &str, blocks: &[Block], lexicon: &Lexicon) -> bool {
    let entries: Vec<&Entry> = blocks.iter().filter(|b| b.form == Form::List).flat_map(|b| &b.entries).collect();
    let named = entries.iter().filter(|e| starts_with_name(text, e.span, lexicon)).count();
    entries.len() > 1 && named * 2 > entries.len()
}

/// Whether a line carries a number such as items of business have.
pub(super) fn is_numbered(text: &str, line: &Line) -> bool {
    line.marker.is_some_and(|m| m.of(text).chars().any(|c| c.is_ascii_digit()))
}

/// Takes the block that `found` opens at line `at`, and the blocks of its sub-headings; returns the line after it.
fn block(document: &Document, at: usize, found: Lead, lexicon: &Lexicon, listed: &mut Listed) -> usize {
    let text = document.text.as_str();
    let lines = &document.lines;
    let mut block = Block {
        heading: Some(found.span),
        status: found.says.status,
        capacity: found.says.capacity,
        chair: found.says.chair,
        organisation: None,
        form: Form::List,
        entries: Vec::new(),
        item: None,
    };
    let before = listed.blocks.len();
    let run_in = !found.rest.is_empty() && !is_column_title(found.rest.of(text));
    if run_in {
        block.form = Form::Run;
        for rest in split_at_leads(text, found.rest, lexicon) {
            match rest {
                Piece::Names(span) => block.entries.push(entry(text, span, &[])),
                Piece::Lead(next) => {
                    listed.push(block.clone());
                    block.heading = Some(next.span);
                    block.status = next.says.status;
                    block.capacity = next.says.capacity;
                    block.chair = next.says.chair;
                    block.entries = if next.rest.is_empty() { vec![] } else { vec![entry(text, next.rest, &[])] };
                }
            }
        }
    }
    let mut taken = vec![at];
    let mut next = at + 1;
    let mut classes = false;
    // "Clerk: Mrs Hale" says nothing of those below: they belong to the list in which it stands.
    let of_one = is_post_of_one(&found, text, lexicon);
    let around = listed.blocks.last().filter(|b| b.status == found.says.status && listed.lines[at.saturating_sub(1)]);
    let around = around.map(|b| (b.heading, b.capacity));
    while let Some(line) = lines.get(next) {
        if ends_block(text, line, run_in && !taken_is_open(text, lines, next), lexicon) {
            break;
        }
        if let Some(within) = lead(text, line, lexicon).filter(|l| !is_word_of_entry(text, line, *l)) {
            // "Apologies:", and under it "Members: …" and "Officers: …": classes of those who sent them.
            let class = found.says.status != Status::Present && !run_in && !within.rest.is_empty();
            let below = next == at + 1 || classes && !line.gap;
            if class && below && !is_plain_of(&within, text) && !within.says.chair {
                classes = true;
                listed.push(block.clone());
                block.heading = Some(within.span);
                block.capacity = within.says.capacity;
                block.form = Form::Run;
                block.entries = vec![entry(text, within.rest, &[])];
                taken.push(next);
                next += 1;
                continue;
            }
            break;
        }
        if let Some(organisation) = labelled(text, line, lexicon) {
            taken.push(next);
            listed.push(block.clone());
            block.organisation = Some(organisation);
            block.form = Form::Run;
            block.entries = vec![entry(text, line.cells[1].join(line.cells[line.cells.len() - 1]), &[])];
            next += 1;
            continue;
        }
        if let Some(sub_heading) = sub_heading(text, line, lexicon) {
            taken.push(next);
            listed.push(block.clone());
            block.entries.clear();
            block.heading = Some(line.body(text));
            block.organisation = sub_heading.organisation;
            next += 1;
            continue;
        }
        if !is_listing(text, line, lexicon) {
            // "Peter is the Panel's chair": a remark on the one above, in the midst of a list.
            if is_remark(text, block.entries.last(), line) {
                next += 1;
                continue;
            }
            break;
        }
        if of_one && !block.entries.is_empty() && block.heading == Some(found.span) {
            listed.push(block.clone());
            block.entries.clear();
            block.chair = false;
            (block.heading, block.capacity) = around.unwrap_or((None, None));
            block.form = Form::List;
        }
        if goes_on(text, lines, next, lexicon)
            && let Some(last) = block.entries.last_mut().filter(|e| e.cells.len() < 2)
        {
            last.span = last.span.join(line.span);
            last.cells.clear();
            taken.push(next);
            next += 1;
            continue;
        }
        let label = label(text, line, lexicon);
        let own = label.map_or(line.cells.as_slice(), |(at, _)| &line.cells[..at]);
        let span = own.first().filter(|_| label.is_some()).map_or(line.body(text), |c| c.join(own[own.len() - 1]));
        block.entries.push(entry(text, span, own));
        // "Name<tab>Post<tab>Apologies:<tab>Name": what stands beside the list, under a heading of its own.
        if let Some((at, Some(says))) = label
            && let Some(cell) = line.cells.get(at + 1).filter(|c| starts_with_name(text, **c, lexicon))
        {
            listed.blocks.push(Block {
                heading: Some(line.cells[at]),
                status: says.status,
                capacity: says.capacity,
                chair: says.chair,
                organisation: None,
                form: Form::List,
                entries: vec![entry(text, *cell, &[])],
                item: None,
            });
        }
        taken.push(next);
        next += 1;
    }
    // A heading with nothing under it: the title of something else, or a list that stands under the next heading.
    let empty = block.entries.is_empty() && taken.len() == 1;
    if empty && block.status != Status::Apologies && !run_in {
        listed.lines[at] = false;
    }
    for line in taken {
        listed.lines[line] = true;
    }
    listed.push(block);
    // Two headings with nothing between them, then one list: columns that were run together.
    let above = at.checked_sub(1).and_then(|above| lead(text, &lines[above], lexicon));
    // "Guests:", then "Chair: Ada Fenn": a heading with nothing under it, and no list.
    let list = !run_in && lines.get(at + 1).is_some_and(|l| lead(text, l, lexicon).is_none());
    // "Roll call" is the title of both.
    let title =
        |l: &Lead| matches!(fold(l.span.of(text)).as_str(), "roll call" | "attendance" | "roll call of attendance");
    if let Some(above) = above.filter(|l| list && l.rest.is_empty() && l.says.status != found.says.status && !title(l))
    {
        let list = listed.blocks.drain(before..).collect();
        let (blocks, unclear) = apart(document, (above, found), list, next, lexicon);
        for block in blocks {
            listed.push(block);
        }
        let reason = "a list under two headings: whom each of them means is not said";
        listed.unresolved.extend(unclear.into_iter().map(|span| (span, reason)));
    }
    next
}

/// The cell of a row of a list that is the label of the next one, with what it says where it is a heading.
fn label(text: &str, line: &Line, lexicon: &Lexicon) -> Option<(usize, Option<AttendanceHeading>)> {
    let at = (1..line.cells.len()).find(|c| line.cells[*c].of(text).trim_end().ends_with(':'))?;
    let words = line.cells[at].of(text).trim().trim_end_matches(':');
    Some((at, lexicon.headings.get(words)))
}

impl Listed {
    pub(super) fn push(&mut self, block: Block) {
        if !block.entries.is_empty() {
            self.blocks.push(block);
        }
    }
}

/// Whether the line before a run goes on into line `next`.
fn taken_is_open(text: &str, lines: &[Line], next: usize) -> bool {
    let before = lines[next - 1].span.of(text).trim_end();
    before.ends_with([',', ';', ':', '-']) || before.ends_with(" and") || !lines[next].gap
}

/// Whether a heading word is the first column of an entry ("Chair<tab>Name", "Clerk: Name") and not a heading.
fn is_word_of_entry(text: &str, line: &Line, lead: Lead) -> bool {
    (lead.says.chair || line.cells.len() > 1)
        // "Absent<tab>Mr Hale": a heading in the first cell; in a later one it is a label within the list.
        && (lead.says.status == Status::Present || line.cells.first().is_some_and(|cell| lead.span.end > cell.end))
        && !lead.rest.is_empty()
        && !is_column_title(lead.rest.of(text))
        && lead.rest.of(text).split_whitespace().count() <= 6
        && !matches!(fold(lead.span.of(text)).as_str(), "present" | "apologies" | "absent" | "in attendance")
}

/// Whether a block cannot go on with this line.
fn ends_block(text: &str, line: &Line, closed: bool, lexicon: &Lexicon) -> bool {
    let body = line.body(text);
    let words = body.of(text);
    let labelled = || labelled(text, line, lexicon).is_some();
    if matches!(line.kind, LineKind::Heading(_))
        || (closed && line.gap && !starts_with_name(text, body, lexicon) && !labelled())
    {
        return sub_heading(text, line, lexicon).is_none();
    }
    if is_numbered(text, line) {
        // "1. Cllr Fenn" is an entry of a numbered list; "1. APOLOGIES" is an item.
        return !starts_with_name(text, body, lexicon) || line.marker.is_some_and(|m| m.of(text).contains('/'));
    }
    let folded = fold(words);
    const ITEM: &[&str] = &[
        "item ",
        "agenda item",
        "minutes of",
        "action",
        "welcome",
        "introduction",
        "declaration",
        "matters arising",
        "public participation",
        "call to order",
    ];
    ITEM.iter().any(|i| folded.starts_with(i)) && !starts_with_title(text, body, lexicon)
}

/// Whether the line starts with an honorific and a name: no heading does.
pub(super) fn starts_with_title(text: &str, body: Span, lexicon: &Lexicon) -> bool {
    name_at(text, &opening(text, body), 0, Context::List, lexicon).is_some_and(|n| !n.honorifics.is_empty())
}

/// Whether the line starts with a name.
pub(super) fn starts_with_name(text: &str, body: Span, lexicon: &Lexicon) -> bool {
    name_at(text, &opening(text, body), 0, Context::Prose, lexicon).is_some()
}

/// The first words of a line, more than any name takes up.
fn opening(text: &str, body: Span) -> Vec<Token> {
    const MOST: usize = 64;
    each(text, body).take(MOST).collect()
}

/// A heading inside a list.
pub(super) struct SubHeading {
    /// The organisation of those below, where it names one.
    pub(super) organisation: Option<Span>,
}

/// Whether a line is a heading inside a list that names an organisation or a class of people for those below.
pub(super) fn sub_heading(text: &str, line: &Line, lexicon: &Lexicon) -> Option<SubHeading> {
    let body = line.body(text);
    let words = body.of(text);
    let count = words.split_whitespace().count();
    if line.cells.len() > 1 || count > 14 {
        return None;
    }
    let folded = fold(words);
    if let Some(rest) = folded.strip_prefix("representing ") {
        let start = words.len() - words.trim_start_matches(|c: char| !c.is_whitespace()).trim_start().len();
        let _ = rest;
        let mut end = words.trim_end_matches([':', '.', ' ']).len();
        // "(ABC)" is its short form, and no part of the name.
        if words[..end].ends_with(')')
            && let Some(open) = words[..end].rfind(" (").filter(|open| *open > start)
        {
            end = open;
        }
        return Some(SubHeading { organisation: Some(body.slice(start, end)) });
    }
    let set_apart = words.ends_with(':') || line.emphasis || matches!(line.kind, LineKind::Heading(_));
    if !set_apart || starts_with_name(text, body, lexicon) {
        return None;
    }
    let name = body.slice(0, words.trim_end_matches([':', ' ']).len());
    let parts: Vec<&str> = name.of(text).split_whitespace().collect();
    // "Headteachers:" is a class of people.
    let class = parts.last().is_some_and(|w| {
        let singular = w.strip_suffix('s').unwrap_or(w);
        w.ends_with('s') && lexicon.roles.get(singular).is_some_and(|r| r.head)
    });
    let is_organisation = !class
        && (lexicon.organisations.within(&parts).is_some()
            || lexicon.known_organisations.get(name.of(text)).is_some()
            || lexicon.known_short(name.of(text)).is_some()
            || lexicon.functions.get(name.of(text)).is_some());
    if is_organisation {
        return Some(SubHeading { organisation: Some(name) });
    }
    (words.ends_with(':') && count <= 6).then_some(SubHeading { organisation: None })
}

/// An entry, with the status that a mark in one of its cells gives.
pub(super) fn entry(text: &str, span: Span, cells: &[Span]) -> Entry {
    let status = cells.iter().skip(1).find_map(|c| status_of_word(c.of(text)));
    let cells = cells.iter().copied().filter(|c| !c.is_empty()).collect();
    Entry { span, cells, status }
}

/// The status of a cell that holds a word for it; single letters count in tables with a key alone.
fn status_of_word(cell: &str) -> Option<Status> {
    // "Apologies:" is the label of the next cell, and no mark.
    (cell.trim().chars().count() > 2 && !cell.trim().ends_with(':')).then(|| status_of_mark(cell)).flatten()
}
