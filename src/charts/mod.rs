//! Pictures of a build, as SVG laid by hand: a timeline of who stood for an organisation, a map of attendance,
//! attendance over the years, who sat with whom, who took the chair. In: rows of the tables, and what to show.
//! Out: a picture whose text is text, the same bytes for the same rows. Must never reckon a rate of its own
//! (`statistics` does), read a file or print.

#![allow(clippy::cast_precision_loss, reason = "counts of lines and columns are small")]

mod axis;
mod chairs;
mod heatmap;
mod network;
mod palette;
#[cfg(feature = "png")]
mod png;
mod representation;
#[cfg(test)]
mod sample;
mod svg;
mod years;

#[cfg(feature = "png")]
pub use png::png;

use std::borrow::Cow;

use crate::model::Text;
use crate::model::table::MeetingRow;
use crate::statistics::{Facts, Selection};

/// A chart: a row of the visible list.
pub struct Chart {
    /// Name on the command line.
    pub name: &'static str,
    /// What it shows, in a sentence.
    pub about: &'static str,
    /// What it is drawn for.
    pub of: Of,
    /// A command to try.
    pub example: &'static str,
    draw: fn(&Request<'_>) -> Picture,
}

/// What a chart is drawn for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// One or several organisations.
    Organisations,
    /// One body.
    Body,
    /// One body, or all.
    Bodies,
}

/// All charts, in the order in which they are described.
pub static CHARTS: &[Chart] = &[
    Chart {
        name: "representation",
        about: "Who stood for an organisation, when and under which name, with apologies and substitutes.",
        of: Of::Organisations,
        example: "quorate chart representation --organisation Probation > probation.svg",
        draw: representation::draw,
    },
    Chart {
        name: "attendance",
        about: "People by meetings of a body: present, apologies, absent, substitute, not mentioned, not recorded.",
        of: Of::Body,
        example: "quorate chart attendance --body \"Marlshire Safer Partnership\" > attendance.svg",
        draw: heatmap::draw,
    },
    Chart {
        name: "years",
        about: "Attendance over the years, body by body, with n of N.",
        of: Of::Bodies,
        example: "quorate chart years --since 2010 > years.svg",
        draw: years::draw,
    },
    Chart {
        name: "network",
        about: "Who sat with whom on a body, and how often.",
        of: Of::Body,
        example: "quorate chart network --minimum 2 --output network.svg",
        draw: network::draw,
    },
    Chart {
        name: "chairs",
        about: "Who took the chair of a body, over time.",
        of: Of::Body,
        example: "quorate chart chairs --output chairs.svg",
        draw: chairs::draw,
    },
];

/// What is to be drawn.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The rows.
    pub facts: Facts<'a>,
    /// Body and time.
    pub selection: &'a Selection,
    /// Who stood for the organisations, for a chart of organisations.
    pub standings: &'a [Standing],
    /// What the picture is of: a name.
    pub title: &'a str,
}

/// One person at one meeting for one organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    /// Day of the meeting.
    pub date: Text,
    /// Name of the organisation.
    pub organisation: Text,
    /// Its name as the document writes it.
    pub as_written: Text,
    /// Name of the person; empty where none is named.
    pub person: Text,
    /// Present, apologies, absent; empty for somebody who spoke and is not listed.
    pub status: Cow<'static, str>,
    /// Whose place was taken; empty where nobody's.
    pub substitute_for: Text,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The whole file.
    pub svg: String,
    /// What it does not show, in a sentence; empty where it shows all.
    pub left_out: String,
    /// Whether there was anything to draw.
    pub empty: bool,
}

impl Chart {
    /// Draws it.
    pub fn draw(&self, request: &Request<'_>) -> Picture {
        (self.draw)(request)
    }
}

/// A meeting, once.
#[derive(Clone, Copy, Debug)]
struct Sitting<'a> {
    id: &'a str,
    date: &'a str,
    recorded: bool,
}

/// The meetings that a request holds, each once, by date.
fn sittings<'a>(request: &Request<'a>) -> Vec<Sitting<'a>> {
    let mut sittings: Vec<Sitting<'a>> = Vec::new();
    let mut rows: Vec<&MeetingRow> =
        request.facts.meetings.iter().filter(|row| request.selection.holds(&row.body, &row.date)).collect();
    rows.sort_by(|a, b| (&a.date, &a.meeting, &a.document).cmp(&(&b.date, &b.meeting, &b.document)));
    for row in rows {
        let recorded = row.attendance_recorded == "1";
        match sittings.last_mut() {
            Some(last) if last.id == row.meeting => last.recorded |= recorded,
            _ => sittings.push(Sitting { id: &row.meeting, date: &row.date, recorded }),
        }
    }
    sittings
}

/// "1 person", "2 people".
fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chart_is_well_formed_says_what_it_shows_and_is_the_same_twice() {
        for (people, meetings) in [(0, 0), (1, 1), (5, 4), (30, 20), (100, 50)] {
            let sample = sample::Sample::new(people, meetings);
            for chart in CHARTS {
                let draw = || chart.draw(&sample.request());
                let picture = draw();
                assert_eq!(picture, draw(), "{}", chart.name);
                let mut reader = quick_xml::Reader::from_str(&picture.svg);
                loop {
                    match reader.read_event() {
                        Ok(quick_xml::events::Event::Eof) => break,
                        Ok(_) => {}
                        Err(error) => panic!("{} of {people}: {error}\n{}", chart.name, picture.svg),
                    }
                }
                assert!(picture.svg.contains("<title>") && picture.svg.contains("<text "), "{}", chart.name);
                assert!(!picture.svg.contains("NaN") && !picture.svg.contains("inf"), "{}", chart.name);
                assert!(picture.empty == (people == 0) || people == 1, "{}", chart.name);
            }
        }
    }

    #[test]
    fn names_are_unlike_and_examples_name_the_chart() {
        for (at, chart) in CHARTS.iter().enumerate() {
            assert!(CHARTS[..at].iter().all(|other| other.name != chart.name));
            assert!(chart.example.starts_with(&format!("quorate chart {}", chart.name)) && chart.about.ends_with('.'));
        }
    }

    #[test]
    fn what_a_document_writes_is_escaped() {
        let mut sample = sample::Sample::new(3, 3);
        for row in &mut sample.panel {
            row.person_name = format!("{} <script>&\"", row.person_name);
        }
        for chart in CHARTS {
            assert!(!chart.draw(&sample.request()).svg.contains("<script"), "{}", chart.name);
        }
    }
}
