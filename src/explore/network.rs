//! The neighbourhood of a person, an organisation or a body: those who share most meetings with it, drawn around it.
//! In: the page so far. Out: a section of it. The layout is reckoned here, in fixed steps, so that it is the same
//! wherever it is drawn: neighbours stand on two arcs, evenly from top to bottom, where every name can be read.

#![allow(clippy::cast_precision_loss, reason = "counts of neighbours are small")]

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::page::{Block, Cell, Page, Row, Table, href};
use super::store::{Of, Store};
use crate::model::Status;

/// How many neighbours, and lines between them, are drawn.
const NEIGHBOURS: usize = 24;
const LINES: usize = 40;

/// A neighbour, and the meetings that it shares.
struct Neighbour<'s> {
    id: &'s str,
    meetings: BTreeSet<&'s str>,
}

/// Adds the neighbourhood of the page's subject, where it has one.
pub(super) fn add(store: &Store, page: &mut Page) {
    let id = page.address.clone();
    let mut all: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let present = Status::Present.name();
    if id.starts_with("person/") {
        for own in store.of(store.attendance(), Of::AttendanceOfPerson, &id).filter(|row| row.status == present) {
            for row in store.of(store.attendance(), Of::AttendanceOfMeeting, &own.meeting) {
                if row.status == present && row.person != id {
                    all.entry(&row.person).or_default().insert(&row.meeting);
                }
            }
        }
        for row in store.of(store.relations(), Of::RelationsOfSubject, &id).filter(|row| row.predicate == "represents")
        {
            all.entry(&row.object).or_default().insert(&row.meeting);
        }
    } else {
        for row in store.of(store.relations(), Of::RelationsOfObject, &id).filter(|row| row.predicate == "represents") {
            all.entry(&row.subject).or_default().insert(&row.meeting);
        }
        for sitting in store.sittings(&id) {
            for row in store.of(store.attendance(), Of::AttendanceOfMeeting, &sitting.meeting) {
                if row.status == present {
                    all.entry(&row.person).or_default().insert(&row.meeting);
                }
            }
        }
    }
    let mut neighbours: Vec<Neighbour<'_>> = all.into_iter().map(|(id, meetings)| Neighbour { id, meetings }).collect();
    neighbours.sort_by(|a, b| b.meetings.len().cmp(&a.meetings.len()).then(a.id.cmp(b.id)));
    let hidden = neighbours.len().saturating_sub(NEIGHBOURS);
    neighbours.truncate(NEIGHBOURS);
    if neighbours.len() < 2 {
        return;
    }
    let rows = neighbours.iter().map(|neighbour| {
        Row::new([Cell::link(store.name(neighbour.id), neighbour.id), neighbour.meetings.len().into()])
    });
    let columns = &["neighbour", "shared_meetings"];
    let table = Table { name: "neighbourhood", columns, rows: rows.collect(), hidden: true, ..Table::default() };
    let drawing = draw(store, page, &neighbours);
    let note = match hidden {
        0 => "Lines join those who sat at the same meetings; the stronger, the more.".to_owned(),
        more => {
            format!("Those who share most meetings; {more} more share fewer. The stronger a line, the more they share.")
        }
    };
    page.section("neighbourhood", "Neighbourhood", &note, vec![Block::Drawing(drawing), Block::Table(table)]);
}

fn draw(store: &Store, page: &Page, neighbours: &[Neighbour<'_>]) -> Markup {
    const WIDTH: f64 = 900.0;
    let line = 30.0;
    let each = neighbours.len().div_ceil(2);
    let height = line * each as f64 + 40.0;
    let middle = (WIDTH / 2.0, height / 2.0);
    // Every other on the right, so that the strongest stand on top of both sides.
    let place = |i: usize| {
        let y = 20.0 + line * ((i / 2) as f64 + 0.5);
        let up = (y - middle.1) / (height / 2.0);
        let out = 90.0 + 110.0 * (1.0 - up * up).max(0.0).sqrt();
        (if i.is_multiple_of(2) { middle.0 + out } else { middle.0 - out }, y)
    };
    let most = neighbours.first().map_or(1, |first| first.meetings.len()).max(1) as f64;
    let number = |value: f64| format!("{value:.1}");
    let strength = |shared: usize| ((shared as f64 / most * 4.0).ceil() as usize).clamp(1, 4);
    html! {
        figure {
            div.scroll.drawing tabindex="0" role="region" aria-label={ "Neighbourhood of " (page.title) } {
                svg.network viewBox={ "0 0 " (WIDTH) " " (number(height)) } width=(WIDTH) height=(number(height)) role="group" {
                    title { "Neighbourhood of " (page.title) }
                    @for (one, other, shared) in pairs(neighbours) {
                        @let (a, b) = (place(one), place(other));
                        path class={ "between s" (strength(shared)) }
                            d={ "M" (number(a.0)) " " (number(a.1)) "Q" (number(middle.0)) " " (number(middle.1)) " " (number(b.0)) " " (number(b.1)) } {}
                    }
                    @for (i, neighbour) in neighbours.iter().enumerate() {
                        @let (x, y) = place(i);
                        line class={ "edge s" (strength(neighbour.meetings.len())) }
                            x1=(number(middle.0)) y1=(number(middle.1)) x2=(number(x)) y2=(number(y)) {}
                    }
                    circle.centre cx=(number(middle.0)) cy=(number(middle.1)) r="9" {}
                    text.centre x=(number(middle.0)) y=(number(middle.1 - 15.0)) text-anchor="middle" { (page.title) }
                    @for (i, neighbour) in neighbours.iter().enumerate() {
                        @let (x, y) = place(i);
                        @let right = i.is_multiple_of(2);
                        @let name = store.name(neighbour.id);
                        a href=(href(&page.address, neighbour.id)) {
                            title { (name) ": " (neighbour.meetings.len()) " shared" }
                            circle class=(neighbour.id.split('/').next().unwrap_or_default()) cx=(number(x)) cy=(number(y)) r="5" {}
                            text x=(number(if right { x + 11.0 } else { x - 11.0 })) y=(number(y + 4.0)) text-anchor=(if right { "start" } else { "end" }) {
                                (fitted(name)) tspan.quiet-ink { " " (neighbour.meetings.len()) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The strongest lines between neighbours: who, whom, and how many meetings they share.
fn pairs(neighbours: &[Neighbour<'_>]) -> Vec<(usize, usize, usize)> {
    let mut pairs = Vec::new();
    for (i, one) in neighbours.iter().enumerate() {
        for (j, other) in neighbours.iter().enumerate().skip(i + 1) {
            let shared = one.meetings.intersection(&other.meetings).count();
            if shared > 1 {
                pairs.push((i, j, shared));
            }
        }
    }
    pairs.sort_by_key(|(i, j, shared)| (std::cmp::Reverse(*shared), *i, *j));
    pairs.truncate(LINES);
    pairs
}

/// As many letters as the margin holds.
fn fitted(name: &str) -> String {
    const LETTERS: usize = 30;
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    format!("{}…", name.chars().take(LETTERS - 1).collect::<String>().trim_end())
}
