//! Dates and times of day as minutes write them.
//!
//! Dates: `Thursday, 13th March 2014`, `13 March 2014`, `March 13, 2014`, `13-Mar-14`, `2014-03-13`, and in
//! figures `13/03/2014`, `13.3.14`. In figures the day stands first unless that is impossible: British,
//! Irish and Commonwealth usage. A date without a year is found where a year to go by is given.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::model::{Date, Span, Stated, Time};
use crate::text::literal::Literals;

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Day, optional ordinal, month in words, optional year | month, day, year | ISO | figures.
static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let month = r"(?:jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
    Regex::new(&format!(
        r"(?ix)
        \b(?P<iso_y>(?:19|20)\d\d)-(?P<iso_m>\d\d?)-(?P<iso_d>\d\d?)(?:\b|T)
        | (?:\b|day|\bon|\bof)(?P<d>\d{{1,2}})(?:\s*(?:st|nd|rd|th|h)|[™\x22”“°º*'’]{{1,4}}(?:st|nd|rd|th)?)?\s*(?:day\s+)?(?:of\s+)?[\s\-/,]?\s*(?P<m>{month})\b\.?(?:,?[\s\-/]*(?P<y>(?:19|20)\d\d)|[\s\-/]*(?P<y5>(?:['’]|[\-/])\d\d\b))?
        | \b(?P<m2>{month})\b\.?\s+(?P<d2>\d{{1,2}})(?:\s*(?:st|nd|rd|th))?\b(?:\s*,?\s*(?P<y2>(?:19|20)\d\d))?
        | \b(?P<m3>{month})\b\.?,?\s+(?P<y3>(?:19|20)\d\d)\b
        | \b(?P<d4>\d{{1,2}})[./](?P<m4>\d{{1,2}})[./](?P<y4>(?:19|20)\d\d|\d\d)\b
        "
    ))
    .ok()
});

static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        \b(?P<h>[01]?\d|2[0-3])\s?[.:]\s?(?P<m>[0-5]\d)\s*(?P<ap>[ap]\.?\s?m\b\.?)?
        | \b(?P<h2>1[0-2]|0?[1-9])\s*(?P<ap2>[ap]\.?\s?m\b\.?)
        | \b(?P<h3>[01]\d|2[0-3])(?P<m3>[0-5]\d)\s*(?:hrs|hours|h\b)
        | \b(?P<noon>12\s*noon|noon|midday)\b
        ",
    )
    .ok()
});

/// The dates within `span`, in order. `year` completes dates that state none; without it they are left out,
/// unless the month and year alone are stated.
pub fn dates(text: &str, span: Span, year: Option<u16>) -> Vec<Stated<Date>> {
    let words = span.of(text);
    // Every date has a figure.
    if !words.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let Some(pattern) = &*DATE else { return Vec::new() };
    pattern
        .captures_iter(words)
        .filter_map(|found| {
            let whole = found.get(0)?;
            let value = date_of(&found, year)?;
            // "Wednesday14th": the weekday that runs into the day is no part of it; nor is the T of a timestamp.
            let start = found.name("d").map_or(whole.start(), |d| d.start());
            let end = whole.start() + whole.as_str().trim_end_matches('T').len();
            Some(Stated { value, span: span.slice(start, end).trim(text) })
        })
        .collect()
}

fn date_of(found: &Captures<'_>, year: Option<u16>) -> Option<Date> {
    let number = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<u8>().ok());
    let stated = |name: &str| found.name(name).and_then(|m| year_of(m.as_str()));
    if let Some(y) = stated("iso_y") {
        return Date::day(y, number("iso_m")?, number("iso_d")?);
    }
    if let Some(m) = found.name("m") {
        return Date::day(stated("y").or(stated("y5")).or(year)?, month_of(m.as_str())?, number("d")?);
    }
    if let Some(m) = found.name("m2") {
        return Date::day(stated("y2").or(year)?, month_of(m.as_str())?, number("d2")?);
    }
    if let Some(m) = found.name("m3") {
        return Date::month(stated("y3")?, month_of(m.as_str())?);
    }
    let (d, m, y) = (number("d4")?, number("m4")?, stated("y4")?);
    Date::day(y, m, d).or_else(|| Date::day(y, d, m))
}

/// A year of four figures, or of two: 70 and above are of the last century.
fn year_of(words: &str) -> Option<u16> {
    let figures = words.trim_start_matches(['\'', '’', '-', '/']);
    let year: u16 = figures.parse().ok()?;
    Some(match year {
        0..70 => 2000 + year,
        70..100 => 1900 + year,
        _ => year,
    })
}

fn month_of(words: &str) -> Option<u8> {
    let start = words.get(..3)?.to_ascii_lowercase();
    MONTHS.iter().position(|m| *m == start).map(|i| i as u8 + 1)
}

/// The times of day within `span`, in order. In `2.00 - 3.15 pm` the first takes the second's half of the
/// day. Figures without a half of the day count only in the form of a clock, and an hour from 1 to 7
/// without one is taken for the afternoon: bodies do not meet at night.
pub fn times(text: &str, span: Span) -> Vec<Stated<Time>> {
    static NOON: Literals = Literals::in_any_case(&["noon", "midday"]);
    let words = span.of(text);
    if !words.bytes().any(|byte| byte.is_ascii_digit()) && !NOON.stand_in(words) {
        return Vec::new();
    }
    let Some(pattern) = &*TIME else { return Vec::new() };
    let mut found: Vec<(Stated<Time>, bool)> = Vec::new();
    for captures in pattern.captures_iter(words) {
        let Some(whole) = captures.get(0) else { continue };
        // Figures that go on are a date, a sum, a reference.
        let before = words[..whole.start()].chars().next_back();
        let after = words[whole.end()..].chars().next();
        let number =
            |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || matches!(c, '£' | '$' | '€' | '%' | '/'));
        let point =
            matches!(after, Some('.' | ',')) && words[whole.end() + 1..].starts_with(|c: char| c.is_ascii_digit());
        if number(before) || number(after) || point || before == Some('.') {
            continue;
        }
        let Some((value, sure)) = time_of(&captures) else { continue };
        found.push((Stated { value, span: span.slice(whole.start(), whole.end()).trim(text) }, sure));
    }
    for i in 0..found.len() {
        let (stated, sure) = found[i];
        if sure {
            continue;
        }
        let mut hour = stated.value.hour;
        if let Some((next, true)) = found.get(i + 1) {
            let between = text.get(stated.span.end as usize..next.span.start as usize).unwrap_or("").trim();
            if matches!(between, "-" | "–" | "—" | "to" | "until" | "and")
                && hour < 12
                && next.value.hour >= 12
                && hour + 12 <= next.value.hour
            {
                hour += 12;
            }
        }
        if (1..8).contains(&hour) {
            hour += 12;
        }
        if let Some(value) = Time::new(hour, stated.value.minute) {
            found[i].0.value = value;
        }
    }
    found.into_iter().map(|(stated, _)| stated).collect()
}

/// The time, and whether its half of the day is stated.
fn time_of(found: &Captures<'_>) -> Option<(Time, bool)> {
    let number = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<u8>().ok());
    if found.name("noon").is_some() {
        return Time::new(12, 0).map(|t| (t, true));
    }
    if let Some(hour) = number("h3") {
        return Time::new(hour, number("m3")?).map(|t| (t, true));
    }
    let (hour, minute, half) = match number("h2") {
        Some(hour) => (hour, 0, found.name("ap2")),
        None => (number("h")?, number("m")?, found.name("ap")),
    };
    let Some(half) = half.map(|m| m.as_str()) else {
        return Time::new(hour, minute).map(|t| (t, hour >= 13));
    };
    let afternoon = half.starts_with(['p', 'P']);
    let hour = match hour {
        12 if afternoon => 12,
        12 => 0,
        h if afternoon && h < 12 => h + 12,
        h => h,
    };
    Time::new(hour, minute).map(|t| (t, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_dates(text: &str, year: Option<u16>, expected: &str) {
        let found: Vec<String> = dates(text, Span::new(0, text.len()), year)
            .iter()
            .map(|d| format!("{}={}", d.span.of(text), d.value))
            .collect();
        assert_eq!(found.join("; "), expected);
    }

    fn check_times(text: &str, expected: &str) {
        let found: Vec<String> = times(text, Span::new(0, text.len())).iter().map(|t| t.value.to_string()).collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn ordinals_that_a_scan_or_a_page_broke() {
        check_dates(
            "on FRIDAY, 6™ JUNE, 2014 or 17\" SEPTEMBER, 2015",
            None,
            "6™ JUNE, 2014=2014-06-06; 17\" SEPTEMBER, 2015=2015-09-17",
        );
        check_dates(
            "on 3°° MARCH, 2020, 8****th May 2012, Wednesday14th May 2014",
            None,
            "3°° MARCH, 2020=2020-03-03; 8****th May 2012=2012-05-08; 14th May 2014=2014-05-14",
        );
        check_dates("held on16thFebruary 2022", None, "16thFebruary 2022=2022-02-16");
        check_dates("start 2022-09-15T09:00", None, "2022-09-15=2022-09-15");
    }

    #[test]
    fn dates_in_words_and_figures() {
        check_dates("on Thursday, 13th March 2014 at", None, "13th March 2014=2014-03-13");
        check_dates("May 4, 2020 and 13TH OF MAY, 2019", None, "May 4, 2020=2020-05-04; 13TH OF MAY, 2019=2019-05-13");
        check_dates(
            "04.03.19, 28/01/2019, 2014-3-25",
            None,
            "04.03.19=2019-03-04; 28/01/2019=2019-01-28; 2014-3-25=2014-03-25",
        );
        check_dates("from 1 April, 12 Sept", Some(2014), "1 April=2014-04-01; 12 Sept=2014-09-12");
        check_dates("from 1 April", None, "");
        check_dates("in March 2011", None, "March 2011=2011-03");
        check_dates("18-Jun-21", None, "18-Jun-21=2021-06-18");
    }

    #[test]
    fn what_looks_like_a_date_and_is_none() {
        check_dates("31 February 2014, item 4.2.1, 2013/14, you may 5 times", None, "");
    }

    #[test]
    fn times_of_day() {
        check_times("2.00 - 3.15 pm", "14:00 15:15");
        check_times("at 10.00am until 12 noon", "10:00 12:00");
        check_times("7:30 p.m.", "19:30");
        check_times("7pm; 14:05; 1830 hours", "19:00 14:05 18:30");
        check_times("9.30 - 11.00 am", "09:30 11:00");
        check_times("met at 7.30 in the hall", "19:30");
        check_times("£2.50, 13.03.14, 3.5%", "");
    }
}
