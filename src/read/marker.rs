//! Markers at the start of lines (`14.`, `(a)`, `iv)`, `•`, `Item 3`) and the columns after them.
//!
//! In: the words of one line; for single capital letters, which may as well be initials, the lines
//! around it. Out: byte lengths and ranges. Never: read more into a marker than that it is one.

use std::sync::LazyLock;

use memchr::memmem::Finder;

/// What stands at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// No marker.
    None,
    /// A marker of so many bytes.
    Sure(usize),
    /// An `o` and a space: the bullet of some word processors, if a line beside it has one too.
    Circle,
    /// A capital letter and a full stop: a marker or the initial of a name. [`settle`] decides.
    Letter {
        /// The letter.
        letter: u8,
        /// Whether what follows may be a surname and no more.
        name: bool,
    },
    /// A Roman number of two letters or more and a full stop, with its value and length.
    Roman {
        /// Its value.
        value: u8,
        /// Bytes, the full stop included.
        length: usize,
    },
}

const BULLETS: &str = "•◦▪▫■□●○·∙‣➢➤►▶✓✔➔→❖";

/// The marker of one line, as far as the line alone tells.
pub(super) fn mark(words: &str) -> Mark {
    let Some(first) = words.chars().next() else { return Mark::None };
    let rest = &words[first.len_utf8()..];
    let sure = |length: Option<usize>| length.map_or(Mark::None, Mark::Sure);
    match first {
        '-' | '–' | '—' | '*' | '+' | '§' | '>' if ends(rest) => {
            Mark::Sure(words.len() - rest.len() + inner(rest))
        }
        '-' | '–' if rest.starts_with(char::is_alphabetic) => Mark::Sure(first.len_utf8()),
        'o' if rest.starts_with('\t') || rest.starts_with("  ") => Mark::Sure(1),
        'o' if rest.starts_with(' ') => Mark::Circle,
        '0'..='9' => sure(number(words)),
        '(' => sure(bracketed(words)),
        _ if BULLETS.contains(first) => Mark::Sure(words.len() - rest.len() + inner(rest)),
        'A'..='Z' | 'a'..='z' => match letter(words) {
            Mark::None => sure(item(words)),
            mark => mark,
        },
        _ => Mark::None,
    }
}

/// Whether the author typed a marker at the start of the words.
pub(super) fn is_marked(words: &str) -> bool {
    matches!(mark(words), Mark::Sure(length) if words.as_bytes().get(length).is_none_or(u8::is_ascii_whitespace))
}

/// The length of a number or letter after a bullet, the space between them included: `- (a)`.
fn inner(rest: &str) -> usize {
    let bare = rest.trim_start();
    let length = match bare.as_bytes().first() {
        Some(b'(') => bracketed(bare),
        Some(b'0'..=b'9') => number(bare),
        _ => None,
    };
    length.map_or(0, |length| rest.len() - bare.len() + length)
}

/// Where a marker begins that has a bullet before it.
pub(super) fn after_bullet(marker: &str) -> usize {
    let bare = marker.trim_start_matches(|at: char| !at.is_alphanumeric() && at != '(');
    if bare.is_empty() { 0 } else { marker.len() - bare.len() }
}

/// Decides which capital letters are markers: those that go on from one another, or that more follows
/// than a name. Gives the length of the marker of every line, 0 for none.
pub(super) fn settle(marks: &[Mark]) -> Vec<usize> {
    let is_circle = |at: usize| marks.get(at) == Some(&Mark::Circle);
    let mut lengths: Vec<usize> = marks
        .iter()
        .enumerate()
        .map(|(at, mark)| match *mark {
            Mark::Sure(length) | Mark::Roman { length, .. } => length,
            Mark::Circle if is_circle(at + 1) || (at > 0 && is_circle(at - 1)) => 1,
            _ => 0,
        })
        .collect();
    let doubtful: Vec<usize> =
        (0..marks.len()).filter(|&at| matches!(marks[at], Mark::Letter { .. } | Mark::Roman { .. })).collect();
    let (mut last_letter, mut last_roman) = (0, 0);
    for (rank, &at) in doubtful.iter().enumerate() {
        let next = doubtful.get(rank + 1).map(|&at| marks[at]);
        match marks[at] {
            Mark::Roman { value, .. } => last_roman = value,
            Mark::Letter { letter, name } => {
                let value = roman(&[letter]);
                let goes_on = value.is_some_and(|value| match value {
                    1 => !name || matches!(next, Some(Mark::Roman { value: 2, .. })),
                    _ => value == last_roman + 1,
                });
                let starts = letter == b'A' && (!name || matches!(next, Some(Mark::Letter { letter: b'B', .. })));
                let follows = last_letter > 0 && (letter == last_letter + 1 || (!name && letter == last_letter + 2));
                if goes_on {
                    last_roman = value.unwrap_or(last_roman);
                } else if starts || follows {
                    last_letter = letter;
                }
                if goes_on || starts || follows {
                    lengths[at] = 2;
                }
            }
            _ => {}
        }
    }
    lengths
}

/// Byte ranges of the columns of a line, set apart by tabs or three or more spaces; none where there
/// is one alone.
pub(super) fn columns(words: &str) -> Vec<(usize, usize)> {
    let mut columns = Vec::new();
    static GAP: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("   "));
    let bytes = words.as_bytes();
    if memchr::memchr(b'\t', bytes).is_none() && GAP.find(bytes).is_none() {
        return columns;
    }
    let (mut start, mut at) = (0, 0);
    while at < bytes.len() {
        if bytes[at] != b' ' && bytes[at] != b'\t' {
            at += 1;
            continue;
        }
        let gap = at;
        while at < bytes.len() && (bytes[at] == b' ' || bytes[at] == b'\t') {
            at += 1;
        }
        let is_wide = bytes[gap..at].contains(&b'\t') || at - gap >= 3;
        if is_wide && at < bytes.len() && !between_sentences(&words[start..gap], at - gap, bytes[gap]) {
            if gap > start {
                columns.push((start, gap));
            }
            start = at;
        }
    }
    let end = words.trim_end().len();
    if end > start {
        columns.push((start, end));
    }
    // A dash that stands alone between two columns joins them, it is no column.
    if let [_, (start, end), _] = columns[..]
        && matches!(&words[start..end], "-" | "–" | "—")
    {
        columns.remove(1);
    }
    if columns.len() < 2 {
        columns.clear();
    }
    columns
}

/// Some writers put three spaces after a full stop.
fn between_sentences(before: &str, width: usize, first: u8) -> bool {
    width <= 4 && first == b' ' && before.ends_with(['.', '?', '!']) && before.split(' ').count() >= 5
}

/// Whether a marker may end before `rest`.
fn ends(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', '\t'])
}

/// Whether a marker that shows where it ends may do so before `rest`, a missing space forgiven.
fn closes(rest: &str) -> bool {
    ends(rest) || rest.starts_with(|next: char| next.is_uppercase() || matches!(next, '“' | '"' | '‘' | '\'' | '('))
}

/// `14.`, `14)`, `1.2`, `3a.`, but no date, time, amount or year.
fn number(words: &str) -> Option<usize> {
    let bytes = words.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = digits(0);
    let mut levels = vec![at];
    while bytes.get(at) == Some(&b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
        let count = digits(at + 1);
        levels.push(count);
        at += 1 + count;
    }
    if levels.iter().any(|&count| count > 3) || levels.len() > 5 {
        return None;
    }
    let values: Vec<u32> = words[..at].split('.').filter_map(|part| part.parse().ok()).collect();
    let rest = &words[at..];
    match values[..] {
        [hour, minute] if hour < 24 && levels[1] == 2 && is_time(minute, rest) => return None,
        [day, month, year] if day <= 31 && (1..=12).contains(&month) && year >= 10 && levels[2] == 2 => return None,
        _ => {}
    }
    let letter = usize::from(
        bytes.get(at).is_some_and(u8::is_ascii_lowercase) && matches!(bytes.get(at + 1), Some(b'.' | b')')),
    );
    let rest = &words[at + letter..];
    let closed = rest.len() - rest.trim_start_matches(['.', ')', ':']).len();
    let after = &rest[closed..];
    let length = at + letter + closed;
    if (1..=2).contains(&closed) {
        return closes(after).then_some(length);
    }
    let capital =
        |after: &str| after.trim_start().starts_with(|next: char| !next.is_lowercase() && next.is_alphabetic());
    let fits = closed == 0
        && if levels.len() > 1 {
            ends(after) && (capital(after) || after.starts_with('\t') || after.starts_with("   "))
        } else {
            (after.starts_with('\t') || after.starts_with("   ")) && capital(after)
        };
    fits.then_some(length)
}

/// Whether `9.30` and what follows it is a time of day.
fn is_time(minute: u32, rest: &str) -> bool {
    let rest = rest.trim_start().to_ascii_lowercase();
    let said =
        ["am", "pm", "a.m", "p.m", "noon", "hrs", "hours", "h ", "to ", "until ", "-", "–", "o'clock", "o’clock"];
    minute < 60
        && (said.iter().any(|word| rest.starts_with(word))
            || (minute.is_multiple_of(15) && !rest.starts_with([')', ':'])))
}

/// `(a)`, `(iv)`, `(12)`.
fn bracketed(words: &str) -> Option<usize> {
    let close = words.as_bytes().iter().take(6).position(|&byte| byte == b')')?;
    let inside = &words[1..close];
    let fits = match inside.as_bytes() {
        [one] => one.is_ascii_alphanumeric(),
        [a, b] if a == b && a.is_ascii_lowercase() => true,
        bytes if !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit) => bytes.len() <= 3,
        bytes => bytes.iter().all(u8::is_ascii_lowercase) && roman(&bytes.to_ascii_uppercase()).is_some(),
    };
    let rest = &words[close + 1..];
    let is_reference = ["and ", "to ", "or ", "above", "below"].iter().any(|word| rest.trim_start().starts_with(word));
    let may_end = ends(rest) || rest.starts_with(char::is_alphabetic);
    (fits && may_end && !is_reference).then_some(close + 1)
}

/// `a)`, `iv.`, `A.`, `II.`.
fn letter(words: &str) -> Mark {
    let bytes = words.as_bytes();
    let count = bytes.iter().take(6).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let Some(&closer) = bytes.get(count).filter(|&&byte| byte == b'.' || byte == b')') else { return Mark::None };
    let rest = &words[count + 1..];
    let letters = &bytes[..count];
    let lower = letters.iter().all(u8::is_ascii_lowercase);
    let upper = letters.iter().all(u8::is_ascii_uppercase);
    if !ends(rest) || !(lower || upper) {
        return Mark::None;
    }
    match (letters, roman(&letters.to_ascii_uppercase())) {
        (_, Some(value)) if count > 1 && upper && closer == b'.' => Mark::Roman { value, length: count + 1 },
        (_, Some(_)) if count > 1 => Mark::Sure(count + 1),
        ([letter], _) if upper && closer == b'.' => Mark::Letter { letter: *letter, name: is_name(rest) },
        ([_], _) => Mark::Sure(2),
        _ => Mark::None,
    }
}

/// Whether the words after an initial may be a surname, with at most a comma, bracket or dash after it.
fn is_name(rest: &str) -> bool {
    let rest = rest.trim();
    let mut words = rest.split_whitespace();
    let capitals = words.by_ref().take(3).take_while(|word| word.starts_with(char::is_uppercase)).count();
    let all = rest.split_whitespace().count();
    let first = rest.split_whitespace().next().unwrap_or("");
    let second = rest.split_whitespace().nth(1).unwrap_or("");
    let stops = |word: &str| word.ends_with([',', ';', '.', ':']);
    let opens = |word: &str| word.starts_with(['(', '-', '–', '/']);
    capitals > 0 && (all <= 3 && capitals == all || stops(first) || stops(second) || opens(second))
        || rest.contains('\t')
        || rest.contains("   ")
}

/// `Item 3`, `Agenda item 4.1:`, but not the start of a sentence about it.
fn item(words: &str) -> Option<usize> {
    let after = |text: &'_ str, word: &str| {
        text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)).then(|| text.len() - word.len())
    };
    let from_end = after(words, "agenda item ").or_else(|| after(words, "item "))?;
    let rest = words[words.len() - from_end..].trim_start();
    let rest = rest.strip_prefix("No. ").or_else(|| rest.strip_prefix("no. ")).unwrap_or(rest);
    let end = rest.find(|next: char| !next.is_ascii_digit() && next != '.').unwrap_or(rest.len());
    let number = rest[..end].trim_end_matches('.');
    let rest = &rest[number.len()..];
    let closed = rest.len() - rest.trim_start_matches([':', '.', ')']).len();
    let follows = rest[closed..].trim_start();
    let fits = !number.is_empty()
        && number.len() <= 6
        && ends(&rest[closed..])
        && (closed > 0 || follows.is_empty() || !follows.starts_with(char::is_lowercase));
    fits.then(|| words.len() - rest.len() + closed)
}

/// The value of a Roman number in capitals up to 39, letters I, V and X.
fn roman(letters: &[u8]) -> Option<u8> {
    let tens = letters.iter().take_while(|&&letter| letter == b'X').count();
    let ones = match &letters[tens..] {
        b"" => 0,
        b"I" => 1,
        b"II" => 2,
        b"III" => 3,
        b"IV" => 4,
        b"V" => 5,
        b"VI" => 6,
        b"VII" => 7,
        b"VIII" => 8,
        b"IX" => 9,
        _ => return None,
    };
    (tens <= 3 && !letters.is_empty()).then_some(tens as u8 * 10 + ones)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    /// Shows the marker of each line in angle brackets, and its columns.
    fn check(text: &str, expected: &Expect) {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let lengths = settle(&lines.iter().map(|line| mark(line)).collect::<Vec<_>>());
        let mut shown = String::new();
        for (line, length) in lines.into_iter().zip(lengths) {
            let (marker, body) = line.split_at(length);
            let cells: Vec<&str> = columns(body.trim()).iter().map(|&(start, end)| &body.trim()[start..end]).collect();
            let body = if cells.is_empty() { body.trim().to_owned() } else { cells.join(" | ") };
            let marker = if length > 0 { format!("<{marker}> ") } else { String::new() };
            shown.extend([&marker, &body, "\n"]);
        }
        expected.assert_eq(&shown);
    }

    #[test]
    fn markers_are_told_from_dates_times_and_amounts() {
        check(
            "14. INTRODUCTIONS\n1.Adoption\n2.1 Budget\n2.1.3. Budget\n3a) Fees\n7\tFees\n(a) That it be noted\n(iv) That\n\
             (12) fees\nb) fees\niv. fees\nItem 3: Fees\nAgenda Item 4.1\n• Fees\n-Fees\n– Fees\n* Fees\no\tFees\n- (a) That",
            &expect![[r#"
                <14.> INTRODUCTIONS
                <1.> Adoption
                <2.1> Budget
                <2.1.3.> Budget
                <3a)> Fees
                <7> Fees
                <(a)> That it be noted
                <(iv)> That
                <(12)> fees
                <b)> fees
                <iv.> fees
                <Item 3:> Fees
                <Agenda Item 4.1> 
                <•> Fees
                <-> Fees
                <–> Fees
                <*> Fees
                <o> Fees
                <- (a)> That
            "#]],
        );
        check(
            "2.00 - 3.15 pm\n7.30 pm\n13.03.14\n2014. The year\n12 Bungalows\n1.5 million\n14 March 2014\n(MW) noted\n\
             (a) and (b) above\nItem 3 was deferred\ne.g. fees\n(Chair)\no Gymru\n-5 degrees\n10.30. The meeting opened",
            &expect![[r#"
                2.00 - 3.15 pm
                7.30 pm
                13.03.14
                2014. The year
                12 Bungalows
                1.5 million
                14 March 2014
                (MW) noted
                (a) and (b) above
                Item 3 was deferred
                e.g. fees
                (Chair)
                o Gymru
                -5 degrees
                10.30. The meeting opened
            "#]],
        );
    }

    #[test]
    fn initials_are_told_from_lettered_items_by_what_is_around_them() {
        check(
            "D. Taylor\nA. Hopkins, Chair\nC. Lee - Clerk",
            &expect![[r#"
                D. Taylor
                A. Hopkins, Chair
                C. Lee - Clerk
            "#]],
        );
        check(
            "A. Public Comments\nD. Taylor\nB. Other Business\nI. CALL TO ORDER\nII. ROLL CALL\nV. Smith",
            &expect![[r#"
                A. Public Comments
                D. Taylor
                B. Other Business
                <I.> CALL TO ORDER
                <II.> ROLL CALL
                V. Smith
            "#]],
        );
    }

    #[test]
    fn columns_are_tabs_and_wide_gaps() {
        check(
            "Ann Lee\tTown Council\nBo Ek (BE)\t\t-\tPolice\n1.   Fees   JS\nThe motion to pay was carried.   The chair left",
            &expect![[r#"
                Ann Lee | Town Council
                Bo Ek (BE) | Police
                <1.> Fees | JS
                The motion to pay was carried.   The chair left
            "#]],
        );
    }
}
