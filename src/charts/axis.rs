//! A time axis: days to places, with years as ticks.

use super::palette::{FAINT, GRID};
use super::svg::Svg;
use crate::model::Date;

/// From the first to the last day, over a width.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    first: f64,
    days: f64,
    years: (u16, u16),
    left: f64,
    width: f64,
}

impl Axis {
    /// An axis that holds these dates, a month more on either side.
    pub(super) fn new<'d>(dates: impl Iterator<Item = &'d str>, left: f64, width: f64) -> Option<Self> {
        let dates: Vec<Date> = dates.filter_map(|date| date.parse().ok()).collect();
        let (first, last) = (dates.iter().min()?, dates.iter().max()?);
        let day = |date: &Date| f64::from(date.ordinal());
        let room = ((day(last) - day(first)) * 0.03).max(31.0);
        Some(Self {
            first: day(first) - room,
            days: day(last) - day(first) + 2.0 * room,
            years: (first.year, last.year),
            left,
            width,
        })
    }

    /// The place of a date.
    pub(super) fn at(&self, date: &str) -> f64 {
        let day = date.parse::<Date>().map_or(self.first, |date| f64::from(date.ordinal()));
        self.left + (day - self.first) / self.days * self.width
    }

    /// Draws the years as lines from `top` to `bottom`, with their numbers above.
    pub(super) fn draw(&self, svg: &mut Svg, top: f64, bottom: f64) {
        let years: Vec<u16> = (self.years.0..=self.years.1.saturating_add(1)).collect();
        let a_year = 365.25 / self.days * self.width;
        let every = (44.0 / a_year).ceil().max(1.0) as usize;
        for year in years.into_iter().step_by(every) {
            let x = self.at(&format!("{year:04}-01-01"));
            if x >= self.left && x <= self.left + self.width {
                svg.line(x, top, x, bottom, GRID, 1.0);
                svg.text(x + 3.0, top + 10.0, &year.to_string(), &format!("font-size=\"11\" fill=\"{FAINT}\""));
            }
        }
        if self.years.0 == self.years.1 {
            let x = self.left;
            svg.text(x, top + 10.0, &self.years.0.to_string(), &format!("font-size=\"11\" fill=\"{FAINT}\""));
        }
    }
}
