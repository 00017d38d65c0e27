//! Drawings of a page: the charts of `charts`, attendance as a strip of meetings, roles as bars over time. In: rows.
//! Out: markup without a style of its own. Must never reckon a rate (`statistics` does).

#![allow(clippy::cast_precision_loss, reason = "counts of days and lines are small")]

use maud::{Markup, PreEscaped, html};

use super::html::{class, day};
use super::page::href;
use super::store::{Of, Store};
use crate::charts::{CHARTS, Picture, Request, Standing};
use crate::model::table::{PanelRow, TenureRow};
use crate::query::who::Timeline;
use crate::statistics::Selection;

/// A chart by its name; nothing where there is nothing to draw.
fn chart(name: &str, request: &Request<'_>) -> Option<Markup> {
    let chart = CHARTS.iter().find(|chart| chart.name == name)?;
    let picture = chart.draw(request);
    (!picture.empty).then(|| figure(&picture, chart.about))
}

fn figure(picture: &Picture, about: &str) -> Markup {
    html! {
        figure {
            // Made by `charts`, which escapes.
            div.scroll.drawing tabindex="0" role="region" aria-label=(about) { (PreEscaped(&picture.svg)) }
            figcaption { (about) @if !picture.left_out.is_empty() { " " (picture.left_out) } }
        }
    }
}

/// Who stood for the organisations of a timeline.
pub(super) fn representation(timeline: &Timeline, title: &str) -> Option<Markup> {
    let standings = standings(timeline, None);
    let selection = Selection::default();
    let facts = crate::statistics::Facts { meetings: &[], attendance: &[], panel: &[] };
    chart("representation", &Request { facts, selection: &selection, standings: &standings, title })
}

/// What a chart of representation is drawn from; at meetings of one body, where one is named.
pub fn standings(timeline: &Timeline, body: Option<&str>) -> Vec<Standing> {
    let seen = timeline.appearances.iter().filter(|seen| body.is_none_or(|body| seen.body == body));
    seen.map(|seen| Standing {
        date: seen.date.as_str().into(),
        organisation: seen.organisation.as_str().into(),
        as_written: seen.organisation_as_written.as_str().into(),
        person: seen.person.as_str().into(),
        status: seen.status.clone().into(),
        substitute_for: seen.substitute_for.as_str().into(),
    })
    .collect()
}

/// The charts of a body.
pub(super) fn of_body(store: &Store, body: &str, title: &str, names: &[&str]) -> Vec<Markup> {
    let selection = Selection { body: Some(body.to_owned()), minimum: 1, ..Selection::default() };
    let request = Request { facts: store.facts(), selection: &selection, standings: &[], title };
    names.iter().filter_map(|name| chart(name, &request)).collect()
}

/// A person's meetings as a strip for each body: each meeting a link, with n of N.
pub(super) fn strips(store: &Store, at: &str, person: &str) -> Vec<Markup> {
    let mut panel: Vec<&PanelRow> = store.of(store.panel(), Of::PanelOfPerson, person).collect();
    panel.sort_by_key(|row| (&row.body_name, &row.date, &row.meeting));
    let figures = store.person_figures(person);
    panel
        .chunk_by(|a, b| a.body_name == b.body_name)
        .map(|meetings| {
            let body = meetings[0].body_name.as_str();
            let of_body = || figures.iter().filter(|figure| figure.labels.get(2).is_some_and(|name| name == body));
            html! {
                div.strip-of {
                    h3 { (body) }
                    @for figure in of_body() {
                        p.note {
                            @if let Some(capacity) = figure.labels.get(3).filter(|capacity| !capacity.is_empty()) { "As " (capacity) ": " }
                            strong { (figure.present) " of " (figure.of) }
                            @if let Some(rate) = figure.rate() { " (" (format!("{:.0}", rate * 100.0)) " %)" }
                            @for (count, what) in [
                                (figure.apologies, if figure.apologies == 1 { "apology" } else { "apologies" }), (figure.absent, "absent"), (figure.not_mentioned, "not mentioned"),
                                (figure.as_substitute, "in another's place"), (figure.not_recorded, "without a list, not counted"),
                            ] {
                                @if count > 0 { ", " (count) " " (what) }
                            }
                        }
                    }
                    ol.strip aria-label={ "Meetings of " (body) } {
                        @for row in meetings {
                            @let words = format!("{}: {}", day(&row.date), row.status.replace('_', " "));
                            li { a class=(class(&row.status)) href=(href(at, &row.meeting)) title=(words) aria-label=(words) { span aria-hidden="true" { (sign(&row.status)) } } }
                        }
                    }
                }
            }
        })
        .collect()
}

/// A letter for each status, so that nothing rests on colour alone.
fn sign(status: &str) -> &'static str {
    match status {
        "present" => "✓",
        "apologies" => "A",
        "absent" => "×",
        _ => "–",
    }
}

/// Roles and representation as bars over time.
pub(super) fn tenures(store: &Store, at: &str, rows: &[&TenureRow]) -> Option<Markup> {
    const LEFT: f64 = 390.0;
    const WIDTH: f64 = 900.0;
    const LINE: f64 = 26.0;
    const MOST: usize = 40;
    let spans: Vec<(f64, f64)> = rows
        .iter()
        .map(|row| {
            let from = years(if row.start_date.is_empty() { &row.first_seen } else { &row.start_date }, 0.0)?;
            let until = years(if row.end_date.is_empty() { &row.last_seen } else { &row.end_date }, 1.0)?;
            Some((from, until.max(from)))
        })
        .collect::<Option<_>>()?;
    let first = spans.iter().map(|span| span.0).reduce(f64::min)?.floor();
    let last = spans.iter().map(|span| span.1).reduce(f64::max)?.ceil().max(first + 1.0);
    let x = |year: f64| LEFT + (year - first) / (last - first) * (WIDTH - LEFT - 10.0);
    let shown = rows.len().min(MOST);
    let height = LINE * shown as f64 + 30.0;
    let step = (((last - first) / 10.0).ceil() as usize).max(1);
    let number = |value: f64| format!("{value:.1}");
    Some(html! {
        figure {
            div.scroll.drawing tabindex="0" role="region" aria-label="Roles and representation over time" {
                svg.timeline viewBox={ "0 0 " (WIDTH) " " (height) } width=(WIDTH) height=(height) role="group" {
                    title { "Roles and representation over time" }
                    @for year in (first as usize..=last as usize).step_by(step) {
                        @let at = x(year as f64);
                        line.grid x1=(number(at)) x2=(number(at)) y1="20" y2=(height - 6.0) {}
                        text.axis x=(number(at)) y="12" text-anchor=(if year as f64 >= last { "end" } else { "middle" }) { (year) }
                    }
                    @for (i, (row, (from, until))) in rows.iter().zip(&spans).take(MOST).enumerate() {
                        @let y = 24.0 + LINE * i as f64;
                        @let label = label(store, row);
                        @let target = if row.on_behalf_of.is_empty() { &row.organisation } else { &row.on_behalf_of };
                        a href=(href(at, target)) {
                            title { (label) ", " (day(&row.first_seen)) " to " (day(&row.last_seen)) ", " (row.basis) }
                            text x="0" y=(number(y + 15.0)) { (fitted(&label)) }
                            rect class={ "bar " (class(&row.basis)) } x=(number(x(*from))) y=(number(y + 3.0)) rx="3"
                                width=(number((x(*until) - x(*from)).max(5.0))) height=(LINE - 9.0) {}
                        }
                    }
                }
            }
        }
    })
}

fn label(store: &Store, row: &TenureRow) -> String {
    let role = if row.role.is_empty() { "" } else { store.name(&row.role) };
    let parts = [role, row.on_behalf_of_name.as_str(), row.organisation_name.as_str()];
    parts.iter().filter(|part| !part.is_empty()).take(2).copied().collect::<Vec<_>>().join(", ")
}

/// As many letters as the margin holds.
fn fitted(label: &str) -> String {
    const LETTERS: usize = 56;
    if label.chars().count() <= LETTERS {
        return label.to_owned();
    }
    format!("{}…", label.chars().take(LETTERS - 1).collect::<String>().trim_end())
}

/// A date as years and a fraction; what it leaves open lies so far into the year or month.
fn years(date: &str, open: f64) -> Option<f64> {
    let mut parts = date.split('-');
    let year: f64 = parts.next()?.parse().ok()?;
    let Some(month) = parts.next().and_then(|month| month.parse::<f64>().ok()) else { return Some(year + open) };
    let day = parts.next().and_then(|day| day.parse::<f64>().ok()).map_or(open, |day| (day - 1.0) / 31.0);
    Some(year + (month - 1.0 + day) / 12.0)
}
