//! Attendance over the years: for each body a bar a year, divided into who was present, apologised, was absent or was
//! not mentioned, with n of N above. Years in which no list was recorded are said to be so.

use std::collections::BTreeMap;

use super::palette::{FAINT, GRID, Mark, legend};
use super::svg::Svg;
use super::{Picture, Request, count};
use crate::statistics::{By, Figure, attendance};

/// So many bodies, and years, can be read on one picture.
const BODIES: usize = 12;
const YEARS: usize = 30;
const BAR: f64 = 44.0;
const STEP: f64 = 66.0;
const HEIGHT: f64 = 110.0;

pub(super) fn draw(request: &Request<'_>) -> Picture {
    let report = attendance(&request.facts, By::Year, request.selection);
    let mut bodies: BTreeMap<&str, Vec<&Figure>> = BTreeMap::new();
    for figure in &report.figures {
        if let [year, body] = &figure.labels[..]
            && !year.is_empty()
        {
            bodies.entry(body).or_default().push(figure);
        }
    }
    let mut bodies: Vec<(&str, Vec<&Figure>)> = bodies.into_iter().collect();
    let meetings = |figures: &[&Figure]| figures.iter().map(|figure| figure.meetings).sum::<u32>();
    bodies.sort_by(|a, b| meetings(&b.1).cmp(&meetings(&a.1)).then(a.0.cmp(b.0)));
    let all = bodies.len();
    bodies.truncate(BODIES);
    let left_out = match all - bodies.len() {
        0 => String::new(),
        more => format!("Not shown: {} with fewer meetings.", count(more, "body", "bodies")),
    };
    let most = bodies.iter().map(|(_, figures)| figures.len().min(YEARS)).max().unwrap_or(0);
    let width = (60.0 + most as f64 * STEP + 20.0).max(640.0);
    let title = format!("Attendance over the years: {}", request.title);
    let below = format!(
        "Each bar is all expected attendances of a year, over meetings with a recorded list; above it, attended of expected and the number of meetings. {left_out}"
    );
    let mut svg = Svg::default();
    let y = svg.heading(&title, &below, width);
    let marks = [Mark::Present, Mark::Apologies, Mark::Absent, Mark::NotMentioned];
    let mut y = y + legend(&mut svg, 20.0, y, width - 40.0, &marks) + 10.0;
    for (body, figures) in &bodies {
        let name = if body.is_empty() { "(body unknown)" } else { body };
        svg.text(20.0, y + 14.0, &Svg::fitting(name, 14.0, width - 40.0), "font-size=\"14\" font-weight=\"bold\"");
        let top = y + 54.0;
        for share in [0.0, 0.5, 1.0] {
            let at = top + HEIGHT * (1.0 - share);
            svg.line(56.0, at, width - 20.0, at, GRID, 1.0);
            let more = format!("font-size=\"11\" text-anchor=\"end\" fill=\"{FAINT}\"");
            svg.text(52.0, at + 4.0, &format!("{}%", share * 100.0), &more);
        }
        let first = figures.len().saturating_sub(YEARS);
        for (column, figure) in figures[first..].iter().enumerate() {
            bar(&mut svg, 60.0 + column as f64 * STEP, top, figure);
        }
        y = top + HEIGHT + 34.0;
    }
    if bodies.is_empty() {
        svg.text(20.0, y + 14.0, "No meeting with a date is known.", "font-size=\"14\"");
        y += 30.0;
    }
    let picture = svg.finish(width, y + 10.0, &title, &below);
    Picture { svg: picture, left_out, empty: bodies.is_empty() }
}

/// One year.
fn bar(svg: &mut Svg, x: f64, top: f64, figure: &Figure) {
    let year = figure.labels.first().map_or("", String::as_str);
    let middle = x + BAR / 2.0;
    let centred = |size: u8, fill: &str| format!("font-size=\"{size}\" text-anchor=\"middle\" fill=\"{fill}\"");
    svg.begin(&format!(
        "{year}: {} of {} attended, {} apologies, {} absent, {} not mentioned, {} without a list",
        figure.present,
        figure.of,
        figure.apologies,
        figure.absent,
        figure.not_mentioned,
        count(figure.not_recorded as usize, "meeting", "meetings")
    ));
    if figure.of == 0 {
        svg.text(middle, top + HEIGHT - 6.0, "no list", &centred(10, FAINT));
    } else {
        let parts = [
            (figure.present, Mark::Present),
            (figure.apologies, Mark::Apologies),
            (figure.absent, Mark::Absent),
            (figure.not_mentioned, Mark::NotMentioned),
        ];
        let mut below = top + HEIGHT;
        for (number, mark) in parts {
            let high = HEIGHT * f64::from(number) / f64::from(figure.of);
            below -= high;
            if number > 0 {
                svg.rect(x, below, BAR, high, mark.colour(), "stroke=\"#ffffff\" stroke-width=\"0.5\"");
            }
        }
        svg.text(middle, top - 18.0, &format!("{} of {}", figure.present, figure.of), &centred(10, "#222222"));
        svg.text(middle, top - 6.0, &format!("{} mtg", figure.meetings), &centred(10, FAINT));
    }
    svg.text(middle, top + HEIGHT + 15.0, year, &centred(12, "#222222"));
    svg.end();
}
