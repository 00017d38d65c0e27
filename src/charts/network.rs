//! Who sat with whom: people on a circle, side by side with those of their organisation, joined by curves that are as
//! strong as the number of meetings that they share. A circle needs no layout that could differ from run to run, and
//! keeps every name readable.

use std::collections::{BTreeMap, BTreeSet};

use super::palette::{FAINT, TURN};
use super::svg::Svg;
use super::{Picture, Request, count};
use crate::model::Status;

/// So many people, and lines between them, can be read on one picture.
const PEOPLE: usize = 100;
const LINES: usize = 300;

/// Somebody on the circle.
struct Node<'a> {
    name: &'a str,
    organisation: &'a str,
    meetings: BTreeSet<&'a str>,
}

pub(super) fn draw(request: &Request<'_>) -> Picture {
    let dates: BTreeMap<&str, &str> = request
        .facts
        .meetings
        .iter()
        .filter(|row| request.selection.holds(&row.body, &row.date))
        .map(|row| (row.meeting.as_str(), row.date.as_str()))
        .collect();
    let mut nodes: BTreeMap<&str, Node<'_>> = BTreeMap::new();
    for row in request.facts.panel.iter().filter(|row| dates.contains_key(row.meeting.as_str())) {
        let node = nodes.entry(&row.person).or_insert_with(|| Node {
            name: &row.person_name,
            organisation: "",
            meetings: BTreeSet::new(),
        });
        if node.organisation.is_empty() {
            node.organisation = row.organisation_name.split("; ").next().unwrap_or("");
        }
        if row.status == Status::Present.name() {
            node.meetings.insert(&row.meeting);
        }
    }
    let mut nodes: Vec<Node<'_>> = nodes.into_values().filter(|node| !node.meetings.is_empty()).collect();
    nodes.sort_by(|a, b| b.meetings.len().cmp(&a.meetings.len()).then(a.name.cmp(b.name)));
    let all = nodes.len();
    nodes.truncate(PEOPLE);
    nodes.sort_by(|a, b| {
        (a.organisation.is_empty(), a.organisation, a.name).cmp(&(b.organisation.is_empty(), b.organisation, b.name))
    });
    let (pairs, fewest, hidden) = pairs(&nodes, request.selection.minimum.max(1) as usize);

    let mut left_out = Vec::new();
    if all > nodes.len() {
        left_out.push(format!("{} who came least", count(all - nodes.len(), "person", "people")));
    }
    if hidden > 0 {
        left_out.push(format!("{} of fewer than {fewest} meetings", count(hidden, "line", "lines")));
    }
    let left_out = if left_out.is_empty() { String::new() } else { format!("Not shown: {}.", left_out.join(", ")) };

    let names = nodes.iter().map(|node| Svg::width_of(node.name, 11.0)).fold(60.0, f64::max).min(190.0);
    let radius = (nodes.len() as f64 * 15.0 / std::f64::consts::TAU).clamp(130.0, 330.0);
    let width = (2.0 * (radius + names + 40.0)).max(640.0);
    let title = format!("Who sat with whom: {}", request.title);
    let below = format!(
        "{}, ordered by organisation, at {}. The stronger a line, the more meetings two people share. {left_out}",
        count(nodes.len(), "person", "people"),
        count(nodes.iter().flat_map(|node| &node.meetings).collect::<BTreeSet<_>>().len(), "meeting", "meetings")
    );
    let mut svg = Svg::default();
    let top = svg.heading(&title, &below, width);
    if nodes.is_empty() {
        svg.text(20.0, top + 14.0, "No list of this body is recorded.", "font-size=\"14\"");
        return Picture { svg: svg.finish(width, top + 40.0, &title, &below), left_out, empty: true };
    }
    let middle = (width / 2.0, top + radius + names + 20.0);
    let turn = |at: usize| at as f64 / nodes.len() as f64 * std::f64::consts::TAU - std::f64::consts::FRAC_PI_2;
    let place = |at: usize, far: f64| (middle.0 + turn(at).cos() * far, middle.1 + turn(at).sin() * far);
    let (weakest, strongest) = (pairs.first().map_or(0, |pair| pair.2), pairs.last().map_or(1, |pair| pair.2));
    for (one, other, shared) in &pairs {
        let share = if strongest > weakest { (shared - weakest) as f64 / (strongest - weakest) as f64 } else { 0.5 };
        let opacity = ((0.1 + 0.6 * share) * 100.0).round() / 100.0;
        let more = format!(
            "stroke=\"#555555\" stroke-width=\"{}\" stroke-opacity=\"{opacity}\"",
            Svg::number(0.5 + 2.0 * share)
        );
        svg.begin(&format!(
            "{} and {}: {}",
            nodes[*one].name,
            nodes[*other].name,
            count(*shared, "meeting", "meetings")
        ));
        svg.curve(place(*one, radius), place(*other, radius), middle, &more);
        svg.end();
    }
    let organisations: BTreeSet<&str> = nodes.iter().map(|node| node.organisation).filter(|o| !o.is_empty()).collect();
    let largest = nodes.iter().map(|node| node.meetings.len()).max().unwrap_or(1) as f64;
    for (at, node) in nodes.iter().enumerate() {
        let colour =
            organisations.iter().position(|o| *o == node.organisation).map_or("#999999", |i| TURN[i % TURN.len()]);
        let (x, y) = place(at, radius);
        let words = if node.organisation.is_empty() { String::new() } else { format!(", {}", node.organisation) };
        svg.begin(&format!("{}{words}: {}", node.name, count(node.meetings.len(), "meeting", "meetings")));
        svg.circle(x, y, 3.0 + 4.0 * node.meetings.len() as f64 / largest, colour);
        let degrees = turn(at).to_degrees();
        // On the left, names are turned round, so that none stands on its head.
        let (degrees, anchor) = if turn(at).cos() < -0.001 { (degrees + 180.0, "end") } else { (degrees, "start") };
        let (x, y) = place(at, radius + 12.0);
        let more = format!(
            "font-size=\"11\" text-anchor=\"{anchor}\" dominant-baseline=\"central\" transform=\"rotate({} {} {})\"",
            Svg::number(degrees),
            Svg::number(x),
            Svg::number(y)
        );
        svg.text(x, y, &Svg::fitting(node.name, 11.0, names), &more);
        svg.end();
    }
    let foot = middle.1 + radius + names + 10.0;
    let more = format!("font-size=\"11\" fill=\"{FAINT}\"");
    svg.text(20.0, foot, "Neighbours of one colour stand for one organisation; grey for none that is known.", &more);
    Picture { svg: svg.finish(width, foot + 20.0, &title, &below), left_out, empty: false }
}

/// Pairs with the meetings that they share, weakest first, so many as can be read; the fewest meetings of a pair that
/// is shown, and how many pairs are not.
fn pairs(nodes: &[Node<'_>], minimum: usize) -> (Vec<(usize, usize, usize)>, usize, usize) {
    let mut pairs = Vec::new();
    for (one, a) in nodes.iter().enumerate() {
        for (other, b) in nodes.iter().enumerate().skip(one + 1) {
            let shared = a.meetings.intersection(&b.meetings).count();
            if shared > 0 {
                pairs.push((one, other, shared));
            }
        }
    }
    let all = pairs.len();
    pairs.sort_by_key(|&(one, other, shared)| (shared, one, other));
    // A cut never parts pairs of equal strength.
    let mut fewest = minimum;
    if pairs.len() > LINES {
        fewest = fewest.max(pairs[pairs.len() - LINES - 1].2 + 1);
    }
    let strongest = pairs.last().map_or(1, |pair| pair.2);
    fewest = fewest.min(strongest);
    pairs.retain(|pair| pair.2 >= fewest);
    let hidden = all - pairs.len();
    (pairs, fewest, hidden)
}
