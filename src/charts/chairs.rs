//! Who took the chair of a body over time: a line a person, a dot a meeting; dots are joined while nobody else took
//! the chair in between.

use std::collections::{BTreeMap, BTreeSet};

use super::axis::Axis;
use super::palette::{FAINT, TURN};
use super::svg::Svg;
use super::{Picture, Request, count, sittings};

/// So many people can be read on one picture.
const PEOPLE: usize = 60;
const STEP: f64 = 20.0;

/// Name, and the dates and meetings chaired.
type Line<'a> = (&'a str, Vec<(&'a str, &'a str)>);

pub(super) fn draw(request: &Request<'_>) -> Picture {
    let held = sittings(request);
    let mut chaired: BTreeMap<&str, Line<'_>> = BTreeMap::new();
    for row in request.facts.meetings.iter().filter(|row| request.selection.holds(&row.body, &row.date)) {
        let names = row.chair_name.split("; ").map(str::trim);
        for (id, name) in row.chair.split("; ").zip(names).filter(|(id, _)| !id.is_empty() && !row.date.is_empty()) {
            chaired.entry(id).or_insert((name, Vec::new())).1.push((&row.date, &row.meeting));
        }
    }
    let mut lines: Vec<Line<'_>> = chaired.into_values().collect();
    for (_, days) in &mut lines {
        days.sort_unstable();
        days.dedup();
    }
    lines.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(b.0)));
    let all = lines.len();
    if all > PEOPLE {
        lines.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.1.cmp(&b.1)));
        lines.truncate(PEOPLE);
        lines.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(b.0)));
    }
    let left_out = match all - lines.len() {
        0 => String::new(),
        more => format!("Not shown: {} who took the chair least.", count(more, "person", "people")),
    };
    let names = lines.iter().map(|(name, _)| Svg::width_of(name, 12.0)).fold(80.0, f64::max).min(240.0);
    let (left, width) = (20.0 + names + 14.0, 960.0_f64);
    let title = format!("Who took the chair: {}", request.title);
    let chaired: BTreeSet<&str> = lines.iter().flat_map(|(_, days)| days.iter().map(|(_, meeting)| *meeting)).collect();
    let unknown: Vec<_> = held.iter().filter(|s| !s.date.is_empty() && !chaired.contains(s.id)).collect();
    let below = format!(
        "{}, {} of them without a known chair: small ticks at the foot. A dot is a meeting; dots are joined while nobody else took the chair. {left_out}",
        count(held.len(), "meeting", "meetings"),
        unknown.len()
    );
    let mut svg = Svg::default();
    let top = svg.heading(&title, &below, width) + 6.0;
    let dates = held.iter().map(|sitting| sitting.date).filter(|date| !date.is_empty());
    let Some(axis) = Axis::new(dates, left, width - left - 70.0).filter(|_| !lines.is_empty()) else {
        svg.text(20.0, top + 14.0, "No chair is known.", "font-size=\"14\"");
        return Picture { svg: svg.finish(width, top + 40.0, &title, &below), left_out, empty: true };
    };
    let bottom = top + 20.0 + lines.len() as f64 * STEP;
    axis.draw(&mut svg, top, bottom + 10.0);
    // Every chairing in order, to see whether somebody else came in between.
    let mut order: Vec<(&str, usize)> = lines
        .iter()
        .enumerate()
        .flat_map(|(line, (_, days))| days.iter().map(move |(date, _)| (*date, line)))
        .collect();
    order.sort_unstable();
    for (at, (name, days)) in lines.iter().enumerate() {
        let y = top + 20.0 + at as f64 * STEP + STEP / 2.0;
        let colour = TURN[at % TURN.len()];
        svg.begin(&format!("{name}: {}", count(days.len(), "meeting", "meetings")));
        svg.text(20.0, y + 4.0, &Svg::fitting(name, 12.0, names), "font-size=\"12\"");
        for pair in days.windows(2) {
            let (from, to) = (pair[0].0, pair[1].0);
            let after = order.partition_point(|(date, _)| *date <= from);
            let until = order.partition_point(|(date, _)| *date < to);
            if order[after.min(until)..until].iter().all(|(_, line)| *line == at) {
                svg.rect(axis.at(from), y - 3.0, axis.at(to) - axis.at(from), 6.0, colour, "opacity=\"0.45\"");
            }
        }
        for (date, _) in days {
            svg.circle(axis.at(date), y, 4.5, colour);
        }
        let more = format!("font-size=\"11\" fill=\"{FAINT}\"");
        svg.text(width - 60.0, y + 4.0, &count(days.len(), "time", "times"), &more);
        svg.end();
    }
    for sitting in unknown {
        let x = axis.at(sitting.date);
        svg.line(x, bottom + 4.0, x, bottom + 10.0, FAINT, 1.0);
    }
    Picture { svg: svg.finish(width, bottom + 24.0, &title, &below), left_out, empty: false }
}
