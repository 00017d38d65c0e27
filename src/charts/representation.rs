//! Who stood for an organisation, when and under which name: a line a person beneath each organisation, a sign a
//! meeting. Several organisations, such as all bodies of a public function, stand in the order in which they appear.

use std::collections::BTreeMap;

use super::axis::Axis;
use super::palette::{FAINT, Mark, TURN, legend};
use super::svg::Svg;
use super::{Picture, Request, Standing, count};

/// So many people can be read on one picture.
const PEOPLE: usize = 100;
const STEP: f64 = 19.0;
const SIDE: f64 = 12.0;

/// An organisation with its people, and where each was seen.
type Group<'a> = (&'a str, Vec<(&'a str, Vec<&'a Standing>)>);

pub(super) fn draw(request: &Request<'_>) -> Picture {
    let standings: Vec<&Standing> =
        request.standings.iter().filter(|seen| !seen.date.is_empty() && request.selection.within(&seen.date)).collect();
    // By organisation, then by person.
    let mut groups: BTreeMap<&str, BTreeMap<&str, Vec<&Standing>>> = BTreeMap::new();
    for seen in &standings {
        groups.entry(&seen.organisation).or_default().entry(&seen.person).or_default().push(seen);
    }
    let mut groups: Vec<Group<'_>> = groups
        .into_iter()
        .map(|(organisation, people)| {
            let mut people: Vec<_> = people.into_iter().collect();
            for (_, seen) in &mut people {
                seen.sort();
            }
            people.sort_by(|a, b| (&a.1[0].date, a.0).cmp(&(&b.1[0].date, b.0)));
            (organisation, people)
        })
        .collect();
    groups.sort_by(|a, b| (&a.1[0].1[0].date, a.0).cmp(&(&b.1[0].1[0].date, b.0)));
    let left_out = shorten(&mut groups);
    let people = || groups.iter().flat_map(|(_, people)| people);

    let names = people().map(|(name, _)| Svg::width_of(name, 12.0)).fold(110.0, f64::max).min(220.0);
    let (left, width) = (30.0 + names + 14.0, 960.0_f64);
    let title = format!("Who represented it: {}", request.title);
    let below = format!(
        "{} for {}, by the names under which minutes list them. {left_out}",
        count(people().count(), "line of a person", "lines of people"),
        count(groups.len(), "organisation", "organisations")
    );
    let mut svg = Svg::default();
    let y = svg.heading(&title, &below, width);
    let marks = [Mark::Present, Mark::Substitute, Mark::Apologies, Mark::Replaced, Mark::Absent, Mark::Spoke];
    let top = y + legend(&mut svg, 20.0, y, width - 40.0, &marks) + 6.0;
    let dates = standings.iter().map(|seen| &*seen.date);
    let Some(axis) = Axis::new(dates, left, width - left - 20.0) else {
        svg.text(20.0, top + 14.0, "Nobody is named for it.", "font-size=\"14\"");
        return Picture { svg: svg.finish(width, top + 40.0, &title, &below), left_out, empty: true };
    };
    let lines = people().count() as f64 * STEP + groups.len() as f64 * 26.0;
    axis.draw(&mut svg, top, top + 18.0 + lines);
    let mut y = top + 18.0;
    for (at, (organisation, people)) in groups.iter().enumerate() {
        let colour = TURN[at % TURN.len()];
        svg.rect(20.0, y + 8.0, 4.0, 18.0 + people.len() as f64 * STEP - 4.0, colour, "");
        let more = "font-size=\"12\" font-weight=\"bold\"";
        svg.text(30.0, y + 20.0, &Svg::fitting(organisation, 12.0, width - 60.0), more);
        y += 26.0;
        for (person, seen) in people {
            let name = if person.is_empty() { "(nobody named)" } else { person };
            let more = if person.is_empty() {
                format!("font-size=\"12\" fill=\"{FAINT}\"")
            } else {
                "font-size=\"12\"".into()
            };
            svg.text(30.0, y + 12.0, &Svg::fitting(name, 12.0, names), &more);
            if let [first, .., last] = &seen[..] {
                let (from, to) = (axis.at(&first.date), axis.at(&last.date));
                svg.rect(from, y + STEP / 2.0 - 2.0, to - from, 4.0, colour, "opacity=\"0.3\"");
            }
            for standing in seen {
                sign(&mut svg, standing, &standings, axis.at(&standing.date), y);
            }
            y += STEP;
        }
    }
    Picture { svg: svg.finish(width, y + 20.0, &title, &below), left_out, empty: false }
}

/// The sign of one meeting, with its words where a pointer rests on it.
fn sign(svg: &mut Svg, seen: &Standing, all: &[&Standing], x: f64, y: f64) {
    // The list is sorted by date; whose place was taken, somebody of the same day says.
    let day = all.partition_point(|other| other.date < seen.date);
    let replaced = !seen.person.is_empty()
        && all[day..].iter().take_while(|o| o.date == seen.date).any(|o| o.substitute_for == seen.person);
    let mark = match &*seen.status {
        "" if replaced => Mark::Replaced,
        "" => Mark::Spoke,
        status => Mark::new(status, !seen.substitute_for.is_empty(), replaced),
    };
    let place = if seen.substitute_for.is_empty() { String::new() } else { format!(", for {}", seen.substitute_for) };
    let name = if seen.as_written.is_empty() { &seen.organisation } else { &seen.as_written };
    svg.begin(&format!("{}: {}, {}{place}, as “{name}”", seen.date, seen.person, mark.label()));
    mark.draw(svg, x - SIDE / 2.0, y + 2.0, SIDE);
    svg.end();
}

/// Leaves out people beyond the limit, those who were seen least; says how many.
fn shorten(groups: &mut Vec<Group<'_>>) -> String {
    let mut seen: Vec<usize> =
        groups.iter().flat_map(|(_, people)| people.iter().map(|(_, seen)| seen.len())).collect();
    let all = seen.len();
    if all <= PEOPLE {
        return String::new();
    }
    seen.sort_unstable_by(|a, b| b.cmp(a));
    let least = seen[PEOPLE - 1];
    let mut equal = PEOPLE - seen.iter().filter(|times| **times > least).count();
    for (_, people) in groups.iter_mut() {
        people.retain(|(_, seen)| {
            seen.len() > least
                || (seen.len() == least && equal > 0 && {
                    equal -= 1;
                    true
                })
        });
    }
    groups.retain(|(_, people)| !people.is_empty());
    format!("Not shown: {} who were seen least.", count(all - PEOPLE, "person", "people"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::sample::Sample;

    #[test]
    fn substitutes_and_those_whose_place_they_took_are_marked() {
        let mut sample = Sample::new(2, 2);
        let standing = |person: &str, status: &str, instead: &str| Standing {
            date: "2014-03-13".into(),
            organisation: "Trust".into(),
            as_written: "The Trust".into(),
            person: person.into(),
            status: status.to_owned().into(),
            substitute_for: instead.into(),
        };
        sample.standings = vec![
            standing("Ada", "apologies", ""),
            standing("Tom", "present", "Ada"),
            standing("Eve", "", ""),
            standing("Jo", "present", "Hugh"),
            standing("Hugh", "", ""),
        ];
        let svg = draw(&sample.request()).svg;
        for words in [
            "Ada, away, a substitute came, as “The Trust”",
            "Tom, present, in another&apos;s place, for Ada",
            "Eve, spoke for it",
            "Hugh, away, a substitute came",
        ] {
            assert!(svg.contains(words), "{words}\n{svg}");
        }
    }

    #[test]
    fn more_people_than_can_be_read_are_counted() {
        let sample = Sample::new(120, 12);
        assert_eq!(draw(&sample.request()).left_out, "Not shown: 20 people who were seen least.");
    }
}
