//! People by meetings of a body: each square says how somebody stands at a meeting. Officers and visitors come after
//! members; a meeting without a list is a column of its own and says nothing of anybody.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::palette::{FAINT, INK, Mark, legend};
use super::svg::Svg;
use super::{Picture, Request, count, sittings};

/// So many people, and meetings, can be read on one picture.
const PEOPLE: usize = 100;
const MEETINGS: usize = 60;
/// Side of a square, and its distance to the next.
const SIDE: f64 = 13.0;
const STEP: f64 = 15.0;

/// One line of the picture.
struct Line<'a> {
    name: &'a str,
    organisation: &'a str,
    capacity: &'a str,
    present: usize,
    of: usize,
    marks: BTreeMap<&'a str, Mark>,
}

pub(super) fn draw(request: &Request<'_>) -> Picture {
    let mut held = sittings(request);
    held.retain(|sitting| !sitting.date.is_empty());
    let earlier = held.len().saturating_sub(MEETINGS);
    held.drain(..earlier);
    let shown: BTreeSet<&str> = held.iter().map(|sitting| sitting.id).collect();
    let lines = lines(request, &shown);
    let all = lines.len();
    let lines: Vec<Line<'_>> = lines.into_iter().take(PEOPLE).collect();

    let mut left_out = Vec::new();
    if all > lines.len() {
        left_out.push(format!("{} who were listed least", count(all - lines.len(), "person", "people")));
    }
    if earlier > 0 {
        left_out.push(format!("the first {}", count(earlier, "meeting", "meetings")));
    }
    let left_out = if left_out.is_empty() { String::new() } else { format!("Not shown: {}.", left_out.join(", ")) };

    let longest = |words: Vec<&str>| words.into_iter().map(|words| Svg::width_of(words, 11.0)).fold(0.0, f64::max);
    let (names, bodies) = (
        longest(lines.iter().map(|line| line.name).collect()).clamp(60.0, 190.0),
        longest(lines.iter().map(|line| line.organisation).collect()).clamp(0.0, 210.0),
    );
    let left = 20.0 + names + 8.0 + bodies + 12.0;
    let width = (left + held.len() as f64 * STEP + 90.0).max(640.0);
    let title = format!("Attendance: {}", request.title);
    let without = held.iter().filter(|sitting| !sitting.recorded).count();
    let mut below =
        format!("{} and {}", count(lines.len(), "person", "people"), count(held.len(), "meeting", "meetings"));
    if without > 0 {
        let _ = write!(below, ", {without} without a recorded list");
    }
    below.push_str(". A number is how many of how many, from first to last listing, over meetings with a list. ");
    below.push_str(&left_out);
    let mut svg = Svg::default();
    let y = svg.heading(&title, &below, width);
    let y = y + legend(&mut svg, 20.0, y, width - 40.0, Mark::LISTED) + 70.0;
    for (column, sitting) in held.iter().enumerate() {
        let x = left + column as f64 * STEP + SIDE * 0.8;
        let turned = format!("font-size=\"10\" transform=\"rotate(-90 {} {})\"", Svg::number(x), Svg::number(y - 6.0));
        svg.text(x, y - 6.0, sitting.date, &turned);
    }
    let mut down = y;
    let mut capacity = "";
    for line in &lines {
        if line.capacity != capacity && !capacity.is_empty() {
            down += 6.0;
        }
        capacity = line.capacity;
        let base = down + SIDE * 0.8;
        svg.begin(&format!(
            "{}{}{}",
            line.name,
            if line.organisation.is_empty() { "" } else { ", " },
            line.organisation
        ));
        svg.text(20.0, base, &Svg::fitting(line.name, 11.0, names), "font-size=\"11\"");
        let words = Svg::fitting(line.organisation, 11.0, bodies);
        svg.text(28.0 + names, base, &words, &format!("font-size=\"11\" fill=\"{FAINT}\""));
        for (column, sitting) in held.iter().enumerate() {
            let mark = if sitting.recorded { line.marks.get(sitting.id).copied() } else { Some(Mark::NotRecorded) };
            if let Some(mark) = mark {
                mark.draw(&mut svg, left + column as f64 * STEP, down, SIDE);
            }
        }
        let figure = format!("{} of {}", line.present, line.of);
        svg.text(left + held.len() as f64 * STEP + 6.0, base, &figure, &format!("font-size=\"11\" fill=\"{INK}\""));
        svg.end();
        down += STEP;
    }
    if lines.is_empty() {
        svg.text(20.0, down, "No list of this body is recorded.", "font-size=\"14\"");
        down += STEP;
    }
    let description = format!("{below} {}", request.title);
    Picture { svg: svg.finish(width, down + 20.0, &title, &description), left_out, empty: lines.is_empty() }
}

/// A line for each person and capacity: members first, and those who were listed most.
fn lines<'a>(request: &Request<'a>, shown: &BTreeSet<&'a str>) -> Vec<Line<'a>> {
    let facts = &request.facts;
    let came: Vec<_> =
        facts.attendance.iter().filter(|r| !r.substitute_for.is_empty() && r.status == "present").collect();
    let substitutes: BTreeSet<(&str, &str)> = came.iter().map(|r| (r.meeting.as_str(), r.person.as_str())).collect();
    let replaced: BTreeSet<(&str, &str)> =
        came.iter().map(|r| (r.meeting.as_str(), r.substitute_for.as_str())).collect();
    let mut lines: BTreeMap<&str, Line<'a>> = BTreeMap::new();
    for row in facts.panel.iter().filter(|row| shown.contains(row.meeting.as_str())) {
        let at = row.meeting.as_str();
        let line = lines.entry(&row.person).or_insert_with(|| Line {
            name: &row.person_name,
            organisation: "",
            capacity: "",
            present: 0,
            of: 0,
            marks: BTreeMap::new(),
        });
        if line.organisation.is_empty() {
            line.organisation = &row.organisation_name;
        }
        if line.capacity.is_empty() {
            line.capacity = &row.capacity;
        }
        line.of += 1;
        line.present += usize::from(row.present == "1");
        let mark = Mark::new(
            &row.status,
            substitutes.contains(&(at, row.person.as_str())),
            replaced.contains(&(at, row.person_name.as_str())),
        );
        line.marks.insert(at, mark);
    }
    let mut lines: Vec<(&str, Line<'a>)> = lines.into_iter().collect();
    lines.sort_by(|(a_id, a), (b_id, b)| b.of.cmp(&a.of).then(b.present.cmp(&a.present)).then(a_id.cmp(b_id)));
    let rank = |capacity: &str| match capacity {
        "officer" => 1,
        "attendee" => 2,
        _ => 0,
    };
    // Those who were listed most are kept before the capacities part them.
    let mut kept: Vec<Line<'a>> = lines.into_iter().map(|(_, line)| line).collect();
    let rest = if kept.len() > PEOPLE { kept.split_off(PEOPLE) } else { Vec::new() };
    kept.sort_by_key(|line| rank(line.capacity));
    kept.extend(rest);
    kept
}

#[cfg(test)]
mod tests {
    use crate::charts::{CHARTS, sample::Sample};

    #[test]
    fn a_hundred_people_at_fifty_meetings_are_all_shown_and_more_are_counted() {
        let chart = CHARTS.iter().find(|chart| chart.name == "attendance").expect("a chart");
        let picture = chart.draw(&Sample::new(100, 50).request());
        assert_eq!(picture.left_out, "");
        assert!(picture.svg.contains("100 people and 50 meetings"));
        let picture = chart.draw(&Sample::new(103, 61).request());
        assert_eq!(picture.left_out, "Not shown: 3 people who were listed least, the first 1 meeting.");
    }
}
