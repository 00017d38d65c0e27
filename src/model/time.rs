//! Dates with their precision, and times of day, as minutes state them. Nothing here reads the clock.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The months, as English writes them.
pub static MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date of the Gregorian calendar, known to the day, the month or the year.
/// Ordered by time, a less precise date before the precise ones that it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year, from 1 to 9999.
    pub year: u16,
    /// Month from 1; 0 where unknown.
    pub month: u8,
    /// Day from 1; 0 where unknown.
    pub day: u8,
}

impl Date {
    /// A date known to the day; `None` where the calendar has no such day.
    pub fn day(year: u16, month: u8, day: u8) -> Option<Self> {
        let known = (1..=9999).contains(&year) && (1..=12).contains(&month) && day >= 1 && day <= days_in(year, month);
        known.then_some(Self { year, month, day })
    }

    /// "13 March 2014", "March 2014" or "2014", as far as it is known.
    pub fn words(self) -> String {
        let month = usize::from(self.month).checked_sub(1).and_then(|month| MONTHS.get(month));
        match (month, self.day) {
            (None, _) => self.year.to_string(),
            (Some(month), 0) => format!("{month} {}", self.year),
            (Some(month), day) => format!("{day} {month} {}", self.year),
        }
    }

    /// A date known to the month.
    pub fn month(year: u16, month: u8) -> Option<Self> {
        ((1..=9999).contains(&year) && (1..=12).contains(&month)).then_some(Self { year, month, day: 0 })
    }

    /// A date known to the year.
    pub fn year(year: u16) -> Option<Self> {
        (1..=9999).contains(&year).then_some(Self { year, month: 0, day: 0 })
    }

    /// Whether the day is known.
    pub fn is_day(self) -> bool {
        self.day > 0
    }

    /// The first year of the municipal year that holds this date: from 1 May, as British councils count.
    /// A date without a month counts for its own year.
    pub fn municipal_year(self) -> u16 {
        if self.month != 0 && self.month < 5 { self.year - 1 } else { self.year }
    }

    /// Days since 1 January of year 1; the first day of the month or year where the day is unknown.
    pub fn ordinal(self) -> u32 {
        let y = u32::from(self.year) - 1;
        let before: u32 = (1..self.month.max(1)).map(|m| u32::from(days_in(self.year, m))).sum();
        y * 365 + y / 4 - y / 100 + y / 400 + before + u32::from(self.day.max(1)) - 1
    }

    /// Day of the week, 0 for Monday; `None` where the day is unknown.
    pub fn weekday(self) -> Option<u8> {
        self.is_day().then(|| (self.ordinal() % 7) as u8)
    }
}

/// Days of a month.
fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.month, self.day) {
            (0, _) => write!(f, "{:04}", self.year),
            (m, 0) => write!(f, "{:04}-{m:02}", self.year),
            (m, d) => write!(f, "{:04}-{m:02}-{d:02}", self.year),
        }
    }
}

/// The text is no ISO 8601 date or time of day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no ISO date (2014, 2014-03 or 2014-03-13) or time (14:00)")]
pub struct ParseTimeError(String);

impl FromStr for Date {
    type Err = ParseTimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ParseTimeError(text.to_owned());
        let mut parts = text.split('-');
        let year: u16 = parts.next().and_then(|p| p.parse().ok()).ok_or_else(wrong)?;
        let month = parts.next().map(str::parse::<u8>).transpose().map_err(|_| wrong())?;
        let day = parts.next().map(str::parse::<u8>).transpose().map_err(|_| wrong())?;
        match (month, day, parts.next()) {
            (None, None, None) => Self::year(year),
            (Some(m), None, None) => Self::month(year, m),
            (Some(m), Some(d), None) => Self::day(year, m, d),
            _ => None,
        }
        .ok_or_else(wrong)
    }
}

/// A time of day to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    /// Hour from 0 to 23.
    pub hour: u8,
    /// Minute from 0 to 59.
    pub minute: u8,
}

impl Time {
    /// A time of day; `None` where the clock has none such.
    pub fn new(hour: u8, minute: u8) -> Option<Self> {
        (hour < 24 && minute < 60).then_some(Self { hour, minute })
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

impl FromStr for Time {
    type Err = ParseTimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split_once(':')
            .and_then(|(h, m)| Self::new(h.parse().ok()?, m.parse().ok()?))
            .ok_or_else(|| ParseTimeError(text.to_owned()))
    }
}

/// Both are written as ISO 8601 text.
macro_rules! as_text {
    ($type:ty) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
as_text!(Date);
as_text!(Time);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_their_precision() {
        for text in ["2014", "2014-03", "2014-03-13"] {
            assert_eq!(text.parse::<Date>().map(|d| d.to_string()).as_deref(), Ok(text));
        }
        assert!("2014-02-30".parse::<Date>().is_err());
        assert!("2014-03-13-01".parse::<Date>().is_err());
    }

    #[test]
    fn weekdays_follow_the_calendar() {
        assert_eq!(Date::day(2014, 3, 13).and_then(Date::weekday), Some(3));
        assert_eq!(Date::day(2021, 6, 18).and_then(Date::weekday), Some(4));
        assert_eq!(Date::day(2000, 2, 29).and_then(Date::weekday), Some(1));
    }

    #[test]
    fn the_municipal_year_starts_in_may() {
        assert_eq!("2014-04-30".parse::<Date>().map(Date::municipal_year), Ok(2013));
        assert_eq!("2014-05-01".parse::<Date>().map(Date::municipal_year), Ok(2014));
    }
}
