//! `quorate attendance`: rates, always with their denominator.

use clap::{Args, FromArgMatches, ValueEnum};

use super::output::{Format, Table, text};
use super::who::number;
use super::{Command, Console, Exit, Failure, GraphFolder};
use crate::model::Date;
use crate::query::name;
use crate::query::sparql::Cell;
use crate::statistics::{By, Facts, Figure, Selection, attendance};

pub(super) const COMMAND: Command = Command {
    name: "attendance",
    about: "Show how many of how many meetings were attended",
    examples: &[
        "quorate attendance",
        "quorate attendance --by organisation --since 2014 --until 2021-06",
        "quorate attendance --by year --format markdown",
    ],
    options: Options::augment_args,
    run: |matches, console| run(&Options::from_arg_matches(matches)?, console),
};

#[derive(Args, Debug)]
struct Options {
    /// What the figures are for.
    #[arg(long, value_enum, default_value = "person")]
    by: Grouping,
    /// First day, month or year.
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    /// Last day, month or year.
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// Name of the body that met.
    #[arg(long)]
    body: Option<String>,
    /// Leave out figures over fewer meetings.
    #[arg(long, visible_alias = "min-meetings", value_name = "N", default_value = "1")]
    minimum: u32,
    #[command(flatten)]
    graph: GraphFolder,
    /// How to print it.
    #[arg(long, default_value = "table", value_parser = Format::parser(&["table", "csv", "json", "markdown"]))]
    format: Format,
}

/// [`By`] as the command line spells it.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Grouping {
    Person,
    Organisation,
    Body,
    Year,
    MunicipalYear,
    Meeting,
    Capacity,
}

impl From<Grouping> for By {
    fn from(grouping: Grouping) -> Self {
        match grouping {
            Grouping::Person => Self::Person,
            Grouping::Organisation => Self::Organisation,
            Grouping::Body => Self::Body,
            Grouping::Year => Self::Year,
            Grouping::MunicipalYear => Self::MunicipalYear,
            Grouping::Meeting => Self::Meeting,
            Grouping::Capacity => Self::Capacity,
        }
    }
}

fn run(options: &Options, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let build = options.graph.open()?;
    let body = match &options.body {
        None => None,
        Some(typed) => Some(name::entity(typed, &["organisation"], build.entities()?)?.id.clone()),
    };
    let selection = Selection { body, since: options.since, until: options.until, minimum: options.minimum };
    let facts = Facts { meetings: build.meetings()?, attendance: build.attendance()?, panel: build.panel()? };
    let by = By::from(options.by);
    let report = attendance(&facts, by, &selection);
    table(by, &report.figures, options.format).print(options.format, console)?;
    if report.figures.is_empty() {
        console.note("no meeting with a recorded list lies within what was asked");
    }
    if report.left_out > 0 {
        console.note(&format!("{} left out, over fewer than {} meetings", report.left_out, selection.minimum));
    }
    if !report.namesakes.is_empty() {
        let names = report.namesakes.join(", ");
        console.note(&format!("several people are called {names}; `--format csv` shows their identifiers"));
    }
    Ok(Exit::Done)
}

/// Figures as rows: for the eye "2 of 3" and a percentage, for machines the numbers.
fn table(by: By, figures: &[Figure], format: Format) -> Table {
    let eye = matches!(format, Format::Table | Format::Markdown);
    let labels = by.columns().iter().map(|column| {
        let id = matches!(*column, "person" | "organisation" | "body" | "meeting");
        if id { format!("#{column}") } else { (*column).to_owned() }
    });
    let (first, rest) = if eye {
        (
            ["attended", "rate"].as_slice(),
            ["apologies", "absent", "not_mentioned", "substituted", "as_substitute", "not_recorded", "first", "last"]
                .as_slice(),
        )
    } else {
        (
            ["present", "of", "rate"].as_slice(),
            [
                "apologies",
                "absent",
                "not_mentioned",
                "substituted",
                "as_substitute",
                "not_recorded",
                "meetings",
                "first",
                "last",
            ]
            .as_slice(),
        )
    };
    let mut table = Table::new(labels.chain(first.iter().chain(rest).map(|name| (*name).to_owned())));
    for figure in figures {
        let mut row: Vec<Cell> = figure.labels.iter().map(|label| text(label)).collect();
        if eye {
            row.push(if figure.of == 0 {
                text("not recorded")
            } else {
                text(&format!("{} of {}", figure.present, figure.of))
            });
            row.push(figure.rate().map_or(Cell::Empty, |rate| text(&format!("{:.1} %", rate * 100.0))));
        } else {
            row.extend([number(figure.present), number(figure.of)]);
            row.push(figure.rate().map_or(Cell::Empty, Cell::Number));
        }
        let counts = [
            figure.apologies,
            figure.absent,
            figure.not_mentioned,
            figure.substituted,
            figure.as_substitute,
            figure.not_recorded,
        ];
        row.extend(counts.map(|count| if eye && count == 0 { Cell::Empty } else { number(count) }));
        if !eye {
            row.push(number(figure.meetings));
        }
        row.extend([text(&figure.first), text(&figure.last)]);
        table.push(row);
    }
    table
}

#[cfg(test)]
mod tests {
    use crate::cli::Exit;
    use crate::cli::testing::ran;

    #[test]
    fn figures_show_n_of_n_and_what_was_not_recorded() {
        let by_body = ran(&["attendance", "--by", "body"]);
        expect_test::expect![[r#"
             body name                 attended   rate     apologies   substituted   as substitute   not recorded   first        last
            ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
             Northshire Safety Board   3 of 5     60.0 %           2             1               1              1   2014-03-13   2014-03-13
        "#]]
        .assert_eq(&by_body.out);
        let by_meeting = ran(&["attendance", "--by", "meeting"]);
        assert!(by_meeting.out.contains("2021-06-18   Northshire Safety Board   not recorded"), "{}", by_meeting.out);
    }

    #[test]
    fn csv_and_json_carry_the_numbers() {
        let csv = ran(&["attendance", "--by", "organisation", "--format", "csv"]).out;
        let header = "organisation,organisation_name,body_name,present,of,rate,apologies,absent,not_mentioned,substituted,as_substitute,not_recorded,meetings,first,last";
        assert_eq!(csv.lines().next(), Some(header));
        assert!(
            csv.contains(
                "organisation/northshire-council,Northshire Council,Northshire Safety Board,1,1,1,0,0,0,0,0,0,1,"
            ),
            "{csv}"
        );
        let json: serde_json::Value =
            serde_json::from_str(&ran(&["attendance", "--format", "json"]).out).expect("JSON");
        assert_eq!(json.as_array().map(Vec::len), Some(5));
        assert_eq!(json[0]["rate"], 1.0);
    }

    #[test]
    fn a_body_that_does_not_exist_and_an_impossible_date_are_refused() {
        let unknown = ran(&["attendance", "--body", "Northshire Saftey Board"]);
        assert_eq!(unknown.exit, Exit::Nothing);
        assert!(unknown.talk.contains("did you mean `Northshire Safety Board`?"), "{}", unknown.talk);
        let date = ran(&["attendance", "--since", "2014-13"]);
        assert!(date.talk.contains("`2014-13` is no ISO date"), "{}", date.talk);
    }

    #[test]
    fn the_few_are_left_out_and_that_is_said() {
        let ran = ran(&["attendance", "--minimum", "2"]);
        assert!(ran.talk.contains("5 left out, over fewer than 2 meetings"), "{}", ran.talk);
    }
}
