//! `quorate who`: who stood for an organisation over time.

use std::io::{self, Write};

use clap::{Args, FromArgMatches};
use serde_json::json;

use super::output::{Format, Table, text};
use super::{Command, Console, Exit, GraphFolder};
use crate::query::sparql::Cell;
use crate::query::who::{self, Summary, Timeline};

pub(super) const COMMAND: Command = Command {
    name: "who",
    about: "Show who represented an organisation over time",
    examples: &["quorate who Probation", "quorate who \"Blaby District Council\" --format csv"],
    options: Options::augment_args,
    run: |matches, console| {
        let options = Options::from_arg_matches(matches)?;
        let timeline = who::timeline(&options.graph.open()?, &options.organisation)?;
        print(&timeline, options.format, console)?;
        if timeline.appearances.is_empty() {
            console.note("the minutes name nobody who stood for it");
        }
        if !timeline.wider.is_empty() {
            console.note(&format!("`quorate who {}` shows all bodies of this public function", timeline.wider));
        }
        Ok(Exit::Done)
    },
};

#[derive(Args, Debug)]
struct Options {
    /// Name, other name or abbreviation of an organisation, or a public function such as Probation.
    #[arg(value_name = "ORGANISATION")]
    organisation: String,
    #[command(flatten)]
    graph: GraphFolder,
    /// How to print it.
    #[arg(long, default_value = "table", value_parser = Format::parser(&["table", "csv", "json"]))]
    format: Format,
}

fn print(timeline: &Timeline, format: Format, console: &mut Console<'_>) -> io::Result<()> {
    let rows = rows(timeline);
    match format {
        Format::Json => {
            let organisations: Vec<_> = timeline.organisations.iter().map(summary_json).collect();
            let whole = json!({ "appearances": rows.json(), "organisations": organisations });
            serde_json::to_writer_pretty(&mut console.out, &whole)?;
            writeln!(console.out)
        }
        Format::Table => {
            rows.print(format, console)?;
            if !timeline.appearances.is_empty() {
                writeln!(console.out)?;
            }
            timeline.organisations.iter().try_for_each(|summary| writeln!(console.out, "{}", sentence(summary)))
        }
        other => rows.print(other, console),
    }
}

fn rows(timeline: &Timeline) -> Table {
    let mut table = Table::new([
        "date",
        "person",
        "status",
        "organisation_as_written",
        "how",
        "substitute_for",
        "#organisation",
        "body",
        "#documents",
    ]);
    for seen in &timeline.appearances {
        let documents: Vec<&str> = seen.documents.iter().map(String::as_str).collect();
        table.push(vec![
            text(&seen.date),
            text(&seen.person),
            text(&seen.status),
            text(if seen.organisation_as_written.is_empty() {
                &seen.organisation
            } else {
                &seen.organisation_as_written
            }),
            text(&seen.how.join("; ")),
            text(&seen.substitute_for),
            text(&seen.organisation),
            text(&seen.body),
            text(&documents.join("; ")),
        ]);
    }
    table
}

/// "Trust: 2 people at 1 meeting, 1 apology, 2014-03-13; then National Probation Service (planned 2014-05-31)".
fn sentence(summary: &Summary) -> String {
    let count = |number: usize, one: &str, many: &str| format!("{number} {}", if number == 1 { one } else { many });
    let mut parts = Vec::new();
    if summary.appearances == 0 {
        parts.push("nobody is named for it".to_owned());
    } else {
        parts.push(format!(
            "{} at {}",
            count(summary.people, "person", "people"),
            count(summary.meetings, "meeting", "meetings")
        ));
        if summary.apologies > 0 {
            parts.push(count(summary.apologies, "apology", "apologies"));
        }
        let (first, last) = (&summary.first, &summary.last);
        match (first.as_str(), last.as_str()) {
            ("", _) => parts.push("undated".to_owned()),
            (first, last) if first == last => parts.push(first.to_owned()),
            (first, last) => parts.push(format!("{first} to {last}")),
        }
    }
    let then =
        if summary.successors.is_empty() { String::new() } else { format!("; then {}", summary.successors.join(", ")) };
    format!("{}: {}{then}", summary.organisation, parts.join(", "))
}

fn summary_json(summary: &Summary) -> serde_json::Value {
    let date = |date: &str| if date.is_empty() { serde_json::Value::Null } else { date.into() };
    json!({
        "organisation": summary.id,
        "organisation_name": summary.organisation,
        "first": date(&summary.first),
        "last": date(&summary.last),
        "people": summary.people,
        "meetings": summary.meetings,
        "apologies": summary.apologies,
        "successors": summary.successors,
    })
}

/// A number as a cell.
pub(super) fn number(value: u32) -> Cell {
    Cell::Integer(i64::from(value))
}

#[cfg(test)]
mod tests {
    use crate::cli::Exit;
    use crate::cli::testing::ran;

    #[test]
    fn a_timeline_with_a_summary_of_each_body() {
        let ran = ran(&["who", "PROBATION"]);
        assert_eq!(ran.exit, Exit::Done, "{}", ran.talk);
        expect_test::expect![[r#"
             date         person     status      organisation as written        how                                       body
            ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
             2014-03-13   Tom Reed   present     Northshire Probation Service   listed; presented: Changes to probation   Northshire Safety Board
             2014-03-13   Col Gold   apologies   Northshire Probation Trust     apologies                                 Northshire Safety Board
             2021-06-18   Tom Reed               National Probation Service     presented: Probation unification          Northshire Safety Board

            Northshire Probation Trust: 2 people at 1 meeting, 1 apology, 2014-03-13; then National Probation Service (planned 2014-05-31)
            National Probation Service: 1 person at 1 meeting, 2021-06-18
            Probation Service: nobody is named for it
        "#]]
        .assert_eq(&ran.out);
    }

    #[test]
    fn one_body_points_to_its_function_and_json_holds_both_parts() {
        let ran = ran(&["who", "nps", "--format", "json"]);
        assert!(ran.talk.contains("`quorate who probation`"), "{}", ran.talk);
        let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
        assert_eq!(value["appearances"][0]["person"], "Tom Reed");
        assert_eq!(value["organisations"][0]["people"], 1);
    }

    #[test]
    fn nobody_and_nothing_are_told_apart() {
        let nobody = ran(&["who", "organisation/probation-service"]);
        assert_eq!(nobody.exit, Exit::Done);
        assert!(nobody.talk.contains("names nobody") || nobody.talk.contains("name nobody"), "{}", nobody.talk);
        let unknown = ran(&["who", "Northshire Probaton Trust"]);
        assert_eq!((unknown.exit, unknown.out.as_str()), (Exit::Nothing, ""));
        assert!(unknown.talk.contains("did you mean `Northshire Probation Trust`"), "{}", unknown.talk);
    }
}
