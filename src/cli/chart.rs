//! `quorate chart`: pictures, as SVG or PNG.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, FromArgMatches};

use super::{Command, Console, Exit, Failure, GraphFolder};
use crate::charts::{CHARTS, Chart, Of, Picture, Request};
use crate::explore::standings as standings_of;
use crate::model::Date;
use crate::query::{Build, name, who};
use crate::statistics::{Facts, Selection};

pub(super) const COMMAND: Command = Command {
    name: "chart",
    about: "Draw who represented whom, attendance, who sat with whom, who took the chair",
    examples: &[
        "quorate chart representation --organisation Probation > probation.svg",
        "quorate chart attendance --body \"Marlshire Safer Partnership\" --output attendance.png",
        "quorate chart years --since 2012",
    ],
    options: |command| {
        let lines: Vec<String> = CHARTS.iter().map(|c| format!("{:<15} {}", c.name, c.about)).collect();
        Options::augment_args(command).before_help(format!("Charts:\n  {}", lines.join("\n  ")))
    },
    run: |matches, console| run(&Options::from_arg_matches(matches)?, console),
};

#[derive(Args, Debug)]
struct Options {
    /// Name of the chart.
    #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(CHARTS.iter().map(|chart| chart.name)))]
    chart: String,
    /// An organisation, or a public function such as Probation, for the chart of representation.
    #[arg(long)]
    organisation: Option<String>,
    /// Name of the body that met; the one with most lists where none is named.
    #[arg(long)]
    body: Option<String>,
    /// First day, month or year.
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    /// Last day, month or year.
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// Leave out figures over fewer meetings, and lines of pairs that share fewer.
    #[arg(long, visible_alias = "min-meetings", value_name = "N", default_value = "1")]
    minimum: u32,
    /// File to write, by its ending .svg or .png; stdout where none is named.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// svg or png; by default as the file ends, else svg.
    #[arg(long, value_parser = ["svg", "png"])]
    format: Option<String>,
    #[command(flatten)]
    graph: GraphFolder,
}

fn run(options: &Options, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let chart = CHARTS
        .iter()
        .find(|chart| chart.name == options.chart)
        .ok_or_else(|| Failure::new(format!("there is no chart `{}`", options.chart), "see quorate chart --help"))?;
    let as_png = wants_png(options)?;
    if as_png && options.output.is_none() && console.width.is_some() {
        return Err(Failure::new("a PNG is no text for a terminal", "write: --output chart.png"));
    }
    let picture = picture(chart, options, console)?;
    if picture.empty {
        console.note("there is nothing to draw within what was asked");
    } else if !picture.left_out.is_empty() {
        console.note(&picture.left_out);
    }
    let bytes = if as_png { rendered(&picture)? } else { picture.svg.into_bytes() };
    match &options.output {
        None => console.out.write_all(&bytes)?,
        Some(path) => std::fs::write(path, &bytes)
            .map_err(|e| Failure::new(format!("{}: {e}", path.display()), "name a file in a folder that is there"))?,
    }
    Ok(Exit::Done)
}

/// Whether PNG is wanted, by the format or by the file's ending.
fn wants_png(options: &Options) -> Result<bool, Failure> {
    if let Some(format) = &options.format {
        return Ok(format == "png");
    }
    let Some(path) = &options.output else { return Ok(false) };
    match path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("png") => Ok(true),
        Some("svg") => Ok(false),
        _ => Err(Failure::new(
            format!("`{}` ends neither in .svg nor in .png", path.display()),
            "give the file one of these endings, or --format",
        )),
    }
}

#[cfg(feature = "png")]
fn rendered(picture: &Picture) -> Result<Vec<u8>, Failure> {
    /// Pixels for each unit of the drawing: sharp when printed.
    const SCALE: f32 = 2.0;
    crate::charts::png(&picture.svg, SCALE).map_err(|e| Failure::new(e, "write: --format svg"))
}

#[cfg(not(feature = "png"))]
fn rendered(_: &Picture) -> Result<Vec<u8>, Failure> {
    Err(Failure::new("this program was built without PNG", "write: --format svg, or build it with --features png"))
}

fn picture(chart: &Chart, options: &Options, console: &mut Console<'_>) -> Result<Picture, Failure> {
    let build = options.graph.open()?;
    let mut selection = Selection { body: None, since: options.since, until: options.until, minimum: options.minimum };
    let mut title = String::new();
    let mut standings = Vec::new();
    if let Some(typed) = &options.body {
        let body = name::entity(typed, &["organisation"], build.entities()?)?;
        title.clone_from(&body.name);
        selection.body = Some(body.id.clone());
    }
    match (chart.of, &options.organisation) {
        (Of::Organisations, None) => {
            return Err(Failure::new(
                format!("`{}` is drawn for an organisation", chart.name),
                "write: --organisation NAME, or the name of a public function such as Probation",
            ));
        }
        (Of::Organisations, Some(typed)) => {
            let timeline = who::timeline(&build, typed)?;
            title = match &timeline.organisations[..] {
                [only] => only.organisation.clone(),
                _ => typed.clone(),
            };
            standings = standings_of(&timeline, options.body.as_ref().map(|_| title_of(&build, &selection)).as_deref());
        }
        (_, Some(_)) => {
            return Err(Failure::new(
                format!("`{}` is drawn for a body, not for an organisation", chart.name),
                "write: --body NAME",
            ));
        }
        (Of::Body, None) if selection.body.is_none() => {
            if let Some((id, name)) = busiest(&build)? {
                console.note(&format!("of `{name}`, which has most lists; name another with --body"));
                (selection.body, title) = (Some(id), name);
            }
        }
        (Of::Bodies, None) if title.is_empty() => "all bodies".clone_into(&mut title),
        _ => {}
    }
    let facts = Facts { meetings: build.meetings()?, attendance: build.attendance()?, panel: build.panel()? };
    Ok(chart.draw(&Request { facts, selection: &selection, standings: &standings, title: &title }))
}

/// The name of the body of a selection.
fn title_of(build: &Build, selection: &Selection) -> String {
    let rows = build.meetings().unwrap_or_default();
    let row = rows.iter().find(|row| Some(&row.body) == selection.body.as_ref());
    row.map(|row| row.body_name.clone()).unwrap_or_default()
}

/// The body with most meetings that have a list: identifier and name.
fn busiest(build: &Build) -> Result<Option<(String, String)>, Failure> {
    let mut lists: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for row in build.meetings()?.iter().filter(|row| row.attendance_recorded == "1" && !row.body.is_empty()) {
        lists.entry((&row.body, &row.body_name)).or_default().insert(&row.meeting);
    }
    let most = lists.into_iter().min_by_key(|(key, meetings)| (std::cmp::Reverse(meetings.len()), *key));
    Ok(most.map(|((id, name), _)| (id.to_owned(), name.to_owned())))
}

#[cfg(test)]
mod tests {
    use crate::charts::CHARTS;
    use crate::cli::Exit;
    use crate::cli::testing::ran;

    #[test]
    fn every_chart_is_drawn() {
        for chart in CHARTS {
            let of = ["--organisation", "probation"];
            let of = if chart.of == crate::charts::Of::Organisations { &of[..] } else { &[] };
            let ran = ran(&[&["chart", chart.name], of].concat());
            assert_eq!(ran.exit, Exit::Done, "{}: {}", chart.name, ran.talk);
            assert!(ran.out.starts_with("<svg") && ran.out.contains("Tom Reed") || chart.name != "attendance");
            assert!(!ran.talk.contains("nothing to draw"), "{}: {}", chart.name, ran.talk);
        }
    }

    #[test]
    fn what_cannot_be_drawn_says_what_to_write() {
        let help = |arguments: &[&str]| {
            let ran = ran(arguments);
            assert_eq!(ran.exit, Exit::Nothing);
            ran.talk
        };
        assert!(help(&["chart", "representation"]).contains("--organisation NAME"));
        assert!(help(&["chart", "attendnce"]).contains("attendance"));
        assert!(help(&["chart", "chairs", "--organisation", "probation"]).contains("--body NAME"));
        assert!(help(&["chart", "chairs", "--output", "a.gif"]).contains(".svg"));
        assert!(help(&["chart", "chairs", "--body", "Northshire Saftey Board"]).contains("did you mean"));
    }

    #[cfg(feature = "png")]
    #[test]
    fn a_file_that_ends_in_png_is_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.png");
        let ran = ran(&["chart", "years", "--output", file.to_str().expect("a path")]);
        assert_eq!((ran.exit, ran.out.as_str()), (Exit::Done, ""), "{}", ran.talk);
        assert!(std::fs::read(&file).expect("a file").starts_with(b"\x89PNG"));
    }
}
