//! The numbers of lists that a program counts and no author types.
//!
//! In: the levels of a list, and its entries as they come. Out: the marker of each, as it is shown on
//! the page. Never: count an entry that has no number of its own.

use rustc_hash::FxHashMap;

use super::clean::{clean, collapse};

/// Levels that a list of a word processor may have.
pub(super) const LEVELS: usize = 10;

/// Most bytes of a marker: no page shows a longer one, and a damaged file would repeat it before each paragraph.
const LONGEST: usize = 200;

/// How a number is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Numeral {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// 01, 02, 03.
    Padded,
    /// 1st, 2nd, 3rd.
    Ordinal,
    /// a, b, c.
    Lower,
    /// A, B, C.
    Upper,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
    /// No number: a sign.
    Bullet,
    /// Nothing at all.
    Nothing,
}

impl Numeral {
    /// A number in this writing.
    pub(super) fn write(self, number: u32) -> String {
        match self {
            Self::Bullet | Self::Nothing => String::new(),
            _ if number == 0 => "0".to_owned(),
            Self::Decimal => number.to_string(),
            Self::Padded => format!("{number:02}"),
            Self::Ordinal => format!("{number}{}", ordinal(number)),
            Self::Lower => letters(number, b'a'),
            Self::Upper => letters(number, b'A'),
            Self::LowerRoman => roman(number).to_lowercase(),
            Self::UpperRoman => roman(number),
        }
    }
}

fn ordinal(number: u32) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

/// After `z` comes `aa`, then `bb`, as word processors count.
fn letters(number: u32, first: u8) -> String {
    let letter = char::from(first + ((number - 1) % 26) as u8);
    std::iter::repeat_n(letter, ((number - 1) / 26 + 1).min(9) as usize).collect()
}

fn roman(number: u32) -> String {
    const DIGITS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number > 3999 {
        return number.to_string();
    }
    let mut rest = number;
    let mut letters = String::new();
    for (worth, letter) in DIGITS {
        while rest >= worth {
            letters.push_str(letter);
            rest -= worth;
        }
    }
    letters
}

/// One level of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Level {
    /// How its numbers are written.
    pub(super) numeral: Numeral,
    /// The first number.
    pub(super) start: u32,
    /// The marker, with `%1` to `%9` where the numbers of the levels stand.
    pub(super) template: String,
    /// Whether the numbers of all levels are written as this one's.
    pub(super) is_legal: bool,
}

/// Where the counting of lists has come to.
#[derive(Debug, Default)]
pub(super) struct Counters {
    counts: FxHashMap<u32, [Option<u32>; LEVELS]>,
}

impl Counters {
    /// Sets the number that the next entry of a level gets.
    pub(super) fn restart(&mut self, list: u32, level: usize, start: u32) {
        let counts = self.counts.entry(list).or_default();
        let level = level.min(LEVELS - 1);
        counts[level] = start.checked_sub(1);
        counts[level + 1..].fill(None);
    }

    /// Counts an entry of a list and gives its marker; empty where it has none.
    pub(super) fn next(&mut self, list: u32, levels: &[Level], level: usize) -> String {
        let level = level.min(LEVELS - 1);
        let counts = self.counts.entry(list).or_default();
        let Some(this) = levels.get(level) else { return String::new() };
        counts[level] = Some(counts[level].map_or(this.start, |count| count.saturating_add(1)));
        counts[level + 1..].fill(None);
        match this.numeral {
            Numeral::Bullet => return "•".to_owned(),
            Numeral::Nothing if !this.template.contains('%') => return String::new(),
            _ => {}
        }
        let mut marker = String::new();
        let mut characters = this.template.chars().peekable();
        while let Some(character) = characters.next() {
            if marker.len() > LONGEST {
                return String::new();
            }
            let digit = characters.peek().and_then(|next| next.to_digit(10)).filter(|&digit| digit > 0);
            match digit.filter(|_| character == '%') {
                Some(digit) => {
                    characters.next();
                    let at = digit as usize - 1;
                    let Some(of) = levels.get(at) else { continue };
                    let numeral = if this.is_legal { Numeral::Decimal } else { of.numeral };
                    // A level that was passed over counts as begun.
                    marker.push_str(&numeral.write(*counts[at].get_or_insert(of.start)));
                }
                None => marker.push(character),
            }
        }
        collapse(&clean(&marker))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_processors_do() {
        let write = |numeral: Numeral| [1, 4, 27, 52, 1990].map(|number| numeral.write(number)).join(" ");
        assert_eq!(write(Numeral::Lower), format!("a d aa zz {}", "n".repeat(9)));
        assert_eq!(write(Numeral::UpperRoman), "I IV XXVII LII MCMXC");
        assert_eq!(write(Numeral::Ordinal), "1st 4th 27th 52nd 1990th");
    }

    #[test]
    fn levels_count_within_one_another() {
        let level =
            |numeral, template: &str| Level { numeral, start: 1, template: template.to_owned(), is_legal: false };
        let levels = [level(Numeral::Decimal, "%1."), level(Numeral::Decimal, "%1.%2"), level(Numeral::Lower, "(%3)")];
        let mut counters = Counters::default();
        let markers: Vec<String> = [0, 1, 1, 2, 2, 0, 1].map(|at| counters.next(7, &levels, at)).into();
        assert_eq!(markers, ["1.", "1.1", "1.2", "(a)", "(b)", "2.", "2.1"]);
        counters.restart(7, 0, 9);
        assert_eq!(counters.next(7, &levels, 0), "9.");
        assert_eq!(counters.next(8, &levels, 1), "1.1");
    }

    #[test]
    fn markers_of_damaged_files_are_plain_and_short() {
        let level = |template: String| Level { numeral: Numeral::Decimal, start: 1, template, is_legal: false };
        let marker = |template: &str| Counters::default().next(1, &[level(template.to_owned())], 0);
        assert_eq!(marker("\u{10}Item\t\u{0}%1\r\u{c}"), "Item 1");
        assert_eq!(marker(&"%1.".repeat(99)), "1.".repeat(99));
        assert_eq!(marker(&"%1.".repeat(999)), "");
    }
}
