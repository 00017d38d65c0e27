//! Which line ends are there only because the page was not wider.
//!
//! In: the physical lines of a layout. Out: for each line, whether it goes on from the one before it.
//! The page's width is learnt from lines that certainly go on (the next begins in lower case, in
//! mid-sentence): such a line and the first word of the next are together wider than the page.
//! Never: join lines of a list, table rows, headings or addresses; look at what the words mean.

use super::layout::{Break, Layout, Physical};
use super::marker::columns;
use crate::model::LineKind;

/// How a line goes on from the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// It does not.
    No,
    /// With a space.
    Space,
    /// A hyphen at the line end joins.
    Hyphen,
}

/// Words after which no sentence or name ends: what the tongues of the minutes that we know put
/// before a noun.
const OPENERS: &[&str] = &[
    "a", "an", "and", "as", "at", "be", "by", "for", "from", "in", "into", "is", "its", "of", "on", "or", "our",
    "that", "the", "their", "this", "to", "was", "were", "which", "with", "agus", "ar", "an", "na", "ac", "i", "o",
    "y", "yr", "de", "la", "le", "les", "et", "du", "der", "die", "das", "und", "prof", "rev", "hon", "cllr", "mr",
    "mrs", "ms", "miss", "dr", "sir", "page", "no",
];

/// Decides for every line.
pub(super) fn joins(layout: &Layout, furniture: &[bool]) -> Vec<Join> {
    let mut joins = vec![Join::No; layout.lines.len()];
    let kept: Vec<usize> = (0..layout.lines.len()).filter(|&at| !furniture[at]).collect();
    let lines: Vec<Shape<'_>> = kept.iter().map(|&at| Shape::new(layout.words(at), &layout.lines[at])).collect();
    let mut breaks = vec![Break::Page; kept.len()];
    for (rank, pair) in kept.windows(2).enumerate() {
        let strongest = layout.lines[pair[0] + 1..=pair[1]].iter().map(|line| line.before).max().unwrap_or_default();
        let same_page = layout.lines[pair[0]].page == layout.lines[pair[1]].page;
        breaks[rank + 1] = if same_page { strongest } else { Break::Page };
    }
    let page = Page::measure(&lines, &breaks);
    let prose = page.prose(&lines, &breaks);
    let mut start = 0;
    for at in 1..lines.len() {
        if page.goes_on(&lines, start, at, breaks[at], prose[at]) {
            let words = layout.words(kept[at - 1]);
            let hyphen = words.strip_suffix('-').is_some_and(|words| words.ends_with(char::is_alphanumeric));
            joins[kept[at]] = if hyphen { Join::Hyphen } else { Join::Space };
        } else {
            start = at;
        }
    }
    joins
}

/// What counts of a line.
struct Shape<'l> {
    line: &'l Physical,
    words: &'l str,
    /// Columns of its words.
    length: usize,
    /// Its right edge: indentation and words.
    edge: usize,
    /// Columns of its first word.
    first: usize,
    /// Column at which its last cell begins, if it has cells.
    cell: Option<usize>,
    begins: Begins,
    /// Whether it is a marker and no more.
    is_bare: bool,
    ends: Ends,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Begins {
    /// In lower case.
    Lower,
    /// With a few words and a colon.
    Label,
    /// With a dash.
    Dash,
    Other,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// A full stop, a colon and the like: the sentence may end here.
    Closed,
    /// Nothing tells.
    Plain,
    /// A comma.
    Comma,
    /// A hyphen, an open bracket, a word that wants another.
    Open,
}

impl<'l> Shape<'l> {
    fn new(words: &'l str, line: &'l Physical) -> Self {
        let length = words.chars().count();
        let indent = usize::from(line.indent);
        let body = &words[line.marker..];
        let cells = columns(body.trim_start());
        let lead = body.len() - body.trim_start().len();
        let cell = cells.last().map(|&(start, _)| indent + words[..line.marker + lead + start].chars().count());
        Self {
            line,
            words,
            length,
            edge: indent + length,
            first: words.split_whitespace().next().map_or(0, |word| word.chars().count()),
            cell,
            begins: Begins::of(words),
            is_bare: line.marker > 0 && line.marker == words.len(),
            ends: Ends::of(words),
        }
    }

    /// Its right edge in a proportional font, where capitals are broad.
    fn breadth(&self) -> usize {
        let capitals = self.words.chars().filter(|letter| letter.is_uppercase()).count();
        let length = if capitals * 2 > self.length { self.length * 5 / 4 } else { self.length };
        usize::from(self.line.indent) + length
    }

    fn is_lower(&self) -> bool {
        self.begins == Begins::Lower
    }

    fn is_label(&self) -> bool {
        self.begins == Begins::Label
    }

    fn is_dash(&self) -> bool {
        self.begins == Begins::Dash
    }

    /// Column of its text, after a marker.
    fn text_column(&self) -> usize {
        usize::from(self.line.indent) + if self.line.marker > 0 { self.line.marker + 1 } else { 0 }
    }
}

impl Begins {
    fn of(words: &str) -> Self {
        match words.chars().next() {
            Some('-' | '–' | '—') => Self::Dash,
            Some(first) if first.is_lowercase() || matches!(first, ',' | ';' | ')') => Self::Lower,
            _ if is_label(words) => Self::Label,
            _ => Self::Other,
        }
    }
}

impl Ends {
    fn of(words: &str) -> Self {
        let is_within_brackets = words.rfind('(').is_some_and(|open| !words[open..].contains(')'));
        let last = words.rsplit(' ').next().unwrap_or("");
        if matches!(last, "-" | "–" | "—") && !is_within_brackets {
            return Self::Plain;
        }
        if is_within_brackets || last.ends_with(['-', '–', '—', '/', '&', '(']) {
            return Self::Open;
        }
        if last.ends_with(',') {
            return Self::Comma;
        }
        let bare = last.trim_end_matches(['”', '"', '’', '\'', ')', ']', '*']);
        if let Some(stem) = bare.strip_suffix('.') {
            let word = stem.trim_start_matches(['(', '“', '"']);
            let is_initial = word.len() == 1 && word.starts_with(|letter: char| letter.is_uppercase());
            let is_abbreviation = (2..=4).contains(&word.len())
                && word.starts_with(char::is_uppercase)
                && word.bytes().all(|byte| byte.is_ascii_alphabetic() && !b"aeiouyAEIOUY".contains(&byte));
            let is_opener = word.starts_with(char::is_uppercase) && is_opener(word);
            return if is_initial || is_abbreviation || is_opener { Self::Open } else { Self::Closed };
        }
        if bare.ends_with(['!', '?', ':', ';', '…']) {
            return Self::Closed;
        }
        if is_opener(bare) { Self::Open } else { Self::Plain }
    }
}

fn is_opener(word: &str) -> bool {
    word.len() <= 5 && OPENERS.iter().any(|opener| opener.eq_ignore_ascii_case(word))
}

/// `Present: …`, `Apologies for absence: …`.
fn is_label(words: &str) -> bool {
    let Some((label, rest)) = words.split_once(':') else { return false };
    label.len() <= 40
        && label.split(' ').count() <= 4
        && label.starts_with(char::is_uppercase)
        && !label.ends_with(|last: char| last.is_ascii_digit())
        && (rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// What is known of the widths of a document.
struct Page {
    /// A line that reaches this with the first word of the next was broken for want of room.
    width: usize,
    /// Lines that are longer were not broken at all.
    widest: usize,
    /// How many lines certainly go on.
    wraps: usize,
    /// Whether the source sets every physical line apart as a paragraph.
    is_spaced: bool,
}

impl Page {
    /// Learns the width; where no line certainly goes on, no line is wide enough to do so.
    fn measure(lines: &[Shape<'_>], breaks: &[Break]) -> Self {
        let unbroken = Self { width: usize::MAX / 64, widest: 0, wraps: 0, is_spaced: false };
        let (mut reaches, mut spaced, mut paragraphs) = (Vec::new(), 0, 0);
        for (at, pair) in lines.windows(2).enumerate() {
            let (a, b, between) = (&pair[0], &pair[1], breaks[at + 1]);
            let goes_on = b.is_lower() && a.ends != Ends::Closed && a.length >= 30;
            let wants_more = a.ends == Ends::Open && a.length >= 50 && !b.is_label();
            let is_certain = may_join(a, b, between)
                && a.cell.is_none()
                && b.line.marker == 0
                && (goes_on || (wants_more && between == Break::Soft));
            paragraphs += usize::from(between == Break::Paragraph && a.length >= 40);
            if is_certain {
                reaches.push(a.edge + 1 + b.first);
                spaced += usize::from(between == Break::Paragraph);
            }
        }
        reaches.sort_unstable();
        let (Some(&median), Some(&most)) = (reaches.get(reaches.len() / 2), reaches.last()) else { return unbroken };
        // Few lines tell little: then the widest, less what a proportional font makes of it.
        let low = if reaches.len() < 5 { most * 93 / 100 } else { reaches[reaches.len() * 15 / 100] };
        let width = low.max(median * 6 / 10);
        if width > 200 {
            return unbroken;
        }
        let is_spaced = spaced >= 4 && spaced * 8 >= paragraphs;
        Self { width, widest: most * 11 / 10, wraps: reaches.len(), is_spaced }
    }

    /// Whether there was no room for the first word of `b` after `a`.
    fn is_full(&self, a: &Shape<'_>, b: &Shape<'_>) -> bool {
        a.edge + 1 + b.first >= self.width && a.edge <= self.widest
    }

    /// Whether there was hardly room for it; letters of one font differ in width.
    fn is_nearly_full(&self, a: &Shape<'_>, b: &Shape<'_>) -> bool {
        (a.edge + 1 + b.first) * 25 >= self.width * 23 && a.edge <= self.widest
    }

    /// For each line, whether it stands in a run of lines most of which are full: prose and no list.
    fn prose(&self, lines: &[Shape<'_>], breaks: &[Break]) -> Vec<bool> {
        let mut prose = vec![false; lines.len()];
        let mut start = 0;
        for at in 1..=lines.len() {
            if at < lines.len() && breaks[at] == Break::Soft {
                continue;
            }
            let pairs = lines[start..at].windows(2).filter(|pair| pair[1].line.marker == 0 && !pair[1].is_label());
            let (full, all) = pairs.fold((0, 0), |(full, all), pair| {
                (full + usize::from(self.is_nearly_full(&pair[0], &pair[1])), all + 1)
            });
            prose[start..at].fill(full * 10 >= all * 6);
            start = at;
        }
        prose
    }

    /// Whether line `at` goes on from the one before it; `start` is the first of its paragraph.
    fn goes_on(&self, lines: &[Shape<'_>], start: usize, at: usize, between: Break, is_prose: bool) -> bool {
        let (a, b) = (&lines[at - 1], &lines[at]);
        if !may_join(a, b, between) || b.cell.is_some() {
            return false;
        }
        let (is_full, is_closed) = (self.is_full(a, b), a.ends == Ends::Closed);
        let indent = usize::from(b.line.indent);
        let is_under = indent == usize::from(a.line.indent);
        if b.line.marker > 0 {
            // "… as set out in paragraph" and then "12. The", "(verbal" and then "– no paper)".
            let wants_it = a.ends == Ends::Open && (is_under || b.is_dash());
            let is_dash = b.is_dash() && is_under && !is_closed && !lines[start].is_dash();
            let is_long = is_full || (b.is_dash() && a.edge * 4 >= self.width * 3);
            return between == Break::Soft && is_long && self.wraps >= 5 && (wants_it || (is_dash && is_full));
        }
        if a.is_bare {
            return between != Break::Page && a.line.emphasis == b.line.emphasis && !b.is_label();
        }
        let goes_on = b.is_lower() && !is_closed;
        if usize::from(a.line.indent) * 2 > self.width {
            return false;
        }
        if let Some(column) = a.cell {
            let hangs = indent.abs_diff(column) <= 1;
            return hangs && (goes_on || is_full || a.ends == Ends::Open) && between == Break::Soft;
        }
        if !goes_on && !self.is_aligned(&lines[start], a, b, start + 1 == at) {
            return false;
        }
        let mid_sentence = goes_on && a.length * 2 >= self.width;
        let wants_more = matches!(a.ends, Ends::Open | Ends::Comma);
        if a.line.emphasis != b.line.emphasis {
            return mid_sentence && is_full;
        }
        match between {
            Break::Hard => false,
            Break::Soft if mid_sentence || (b.is_lower() && is_full) => true,
            Break::Soft if b.is_label() => a.ends == Ends::Open && is_full,
            Break::Soft if a.ends == Ends::Open => a.edge * 4 >= self.width * 3,
            // Text that stands right under the text of its item needs less proof.
            Break::Soft if a.line.marker > 0 && indent.abs_diff(a.text_column()) <= 1 => self.is_nearly_full(a, b),
            Break::Soft if a.ends == Ends::Comma => self.is_nearly_full(a, b),
            Break::Soft => is_prose && self.wraps >= 3 && (is_full || (!is_closed && self.is_nearly_full(a, b))),
            Break::Paragraph if self.is_spaced => {
                let is_nearly_full = self.is_nearly_full(a, b);
                mid_sentence
                    || (is_full && b.is_lower())
                    || (!is_closed && !b.is_label() && is_nearly_full)
                    || (wants_more && !b.is_label() && a.breadth() * 4 >= self.width * 3)
            }
            Break::Paragraph => is_full && self.wraps >= 3 && (goes_on || wants_more) && !is_closed,
            Break::Page => mid_sentence || (is_full && !is_closed && !b.is_label() && (wants_more || self.wraps >= 5)),
        }
    }

    /// Whether the left edges allow that `b` goes on from `a`; `is_second` where `a` starts its paragraph.
    fn is_aligned(&self, start: &Shape<'_>, a: &Shape<'_>, b: &Shape<'_>, is_second: bool) -> bool {
        let indent = |shape: &Shape<'_>| usize::from(shape.line.indent);
        let is_centred = is_second && indent(a) * 3 > self.width;
        let is_far_right = indent(b) >= a.text_column() + 8;
        // The text came back to the margin, or a first line stands in.
        let is_back = !is_second && indent(b) < indent(a) && indent(b) <= indent(start);
        let is_in = !is_second && indent(b) > indent(a) + 1;
        !is_centred && !is_far_right && !is_back && !is_in
    }
}

/// Whether the format allows that `b` goes on from `a`.
fn may_join(a: &Shape<'_>, b: &Shape<'_>, between: Break) -> bool {
    match (a.line.kind, b.line.kind) {
        (LineKind::Text, LineKind::Text) => between != Break::Hard,
        (LineKind::Heading(a), LineKind::Heading(b)) | (LineKind::ListItem(a), LineKind::ListItem(b)) => {
            a == b && between == Break::Soft
        }
        (LineKind::ListItem(_), LineKind::Text) => between != Break::Hard && b.is_lower(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::read::tests::show;
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: &Expect) {
        expected.assert_eq(&show(&crate::read::text::read(text.as_bytes()).unwrap()));
    }

    #[test]
    fn wrapped_prose_is_one_line_and_lists_stay_lists() {
        check(
            "PRESENT\nMs Ann Lee, Chair\nMr Bo Ek, Treasurer of the Allotment Association\nDr Cy Day\n\nThe treasurer gave \
             his report on the year that had gone by since\nthe last meeting of the association. He said that the rents\nhad \
             been paid, and thanked Mr. Day and the members of the\nFinance Working Party.\n\nResolved: that the report be \
             noted.\nNext meeting: 4 May",
            &expect![[r#"
                text "PRESENT"
                text "Ms Ann Lee, Chair"
                text "Mr Bo Ek, Treasurer of the Allotment Association"
                text "Dr Cy Day"
                text gap "The treasurer gave his report on the year that had gone by since the last meeting of the association. He said that the rents had been paid, and thanked Mr. Day and the members of the Finance Working Party."
                text gap "Resolved: that the report be noted."
                text "Next meeting: 4 May"
            "#]],
        );
    }

    #[test]
    fn items_hang_and_end_at_the_next_marker() {
        check(
            "1. Report of the clerk on the state of the hall and of its roof,\n   which leaks\n2. Rents\n   a. To be paid by \
             the end of the month, as agreed by all of\n      the members\nThe chair then asked the members to say what they \
             thought of\nthe report.",
            &expect![[r#"
                text <1.> "Report of the clerk on the state of the hall and of its roof, which leaks"
                text <2.> "Rents"
                text in3 <a.> "To be paid by the end of the month, as agreed by all of the members"
                text "The chair then asked the members to say what they thought of the report."
            "#]],
        );
    }

    #[test]
    fn paragraphs_of_single_lines_are_joined_where_the_document_breaks_sentences_over_them() {
        check(
            "Councillors Able, Baker, Charlie, Delta, Echo, Foxtrot, Golf and\n\nHotel.\n\nThe Director of Services gave a \
             report on the roads and said that the\n\nwork would begin in May. He was thanked by the Members for all that\n\n\
             had been done so far and for the care with which the Members of the\n\nDistrict had been told of it.\n\nProposed \
             by Councillor Able;\n\nSeconded by Councillor Baker;\n\nThe Cathaoirleach then closed the meeting and thanked all \
             who were\n\npresent for their patience and for the good humour that they showed\n\nin the cold.",
            &expect![[r#"
                text "Councillors Able, Baker, Charlie, Delta, Echo, Foxtrot, Golf and Hotel."
                text gap "The Director of Services gave a report on the roads and said that the work would begin in May. He was thanked by the Members for all that had been done so far and for the care with which the Members of the District had been told of it."
                text gap "Proposed by Councillor Able;"
                text gap "Seconded by Councillor Baker;"
                text gap "The Cathaoirleach then closed the meeting and thanked all who were present for their patience and for the good humour that they showed in the cold."
            "#]],
        );
    }

    #[test]
    fn long_paragraphs_on_one_line_each_stay_apart() {
        let long = "The clerk said that the matter had been with the county for a year and that nobody had replied. "
            .repeat(4);
        let text = format!("{long}\n{long}\nand so it was agreed to write again\n");
        assert_eq!(crate::read::text::read(text.as_bytes()).unwrap().lines.len(), 3);
    }
}
