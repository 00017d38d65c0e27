//! Tables as text, CSV, JSON and Markdown: one way to print rows, for every command.

use std::borrow::Cow;
use std::io::{self, Write};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table as Drawn, TableStyle, presets};
use serde_json::{Map, Value};

use super::Console;
use crate::query::sparql::Cell;

/// How rows are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Columns for the eye.
    Table,
    /// RFC 4180.
    Csv,
    /// A list of objects.
    Json,
    /// A table of Markdown.
    Markdown,
    /// RDF, for a query that makes a graph.
    Turtle,
}

impl Format {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("table", Self::Table),
        ("csv", Self::Csv),
        ("json", Self::Json),
        ("markdown", Self::Markdown),
        ("ttl", Self::Turtle),
    ];

    /// A parser for some of the formats.
    pub(super) fn parser(names: &'static [&'static str]) -> impl TypedValueParser<Value = Self> {
        PossibleValuesParser::new(names)
            .map(|name| Self::NAMES.iter().find(|(known, _)| *known == name).map_or(Self::Table, |(_, format)| *format))
    }
}

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// Name, in `snake_case`.
    pub(super) name: Cow<'static, str>,
    /// Whether it is left out for the eye: an identifier beside a name.
    pub(super) machine: bool,
}

/// Rows to print.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// An empty table with these columns; a name that starts with `#` is for machines only.
    pub(super) fn new(names: impl IntoIterator<Item = impl Into<Cow<'static, str>>>) -> Self {
        let column = |name: Cow<'static, str>| match name.strip_prefix('#') {
            Some(bare) => Column { name: bare.to_owned().into(), machine: true },
            None => Column { name, machine: false },
        };
        Self { columns: names.into_iter().map(|name| column(name.into())).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    pub(super) fn push(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }

    /// Prints it.
    pub(super) fn print(&self, format: Format, console: &mut Console<'_>) -> io::Result<()> {
        match format {
            Format::Csv => self.csv(&mut console.out),
            Format::Json => {
                serde_json::to_writer_pretty(&mut console.out, &self.json())?;
                writeln!(console.out)
            }
            Format::Markdown => self.markdown(&mut console.out),
            Format::Table | Format::Turtle => self.text(console),
        }
    }

    /// A list of objects; nothing stands for what is empty.
    pub(super) fn json(&self) -> Value {
        let object = |row: &Vec<Cell>| {
            let pairs = self.columns.iter().zip(row).map(|(column, cell)| (column.name.to_string(), json(cell)));
            Value::Object(pairs.collect::<Map<_, _>>())
        };
        Value::Array(self.rows.iter().map(object).collect())
    }

    fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        // As the stream has it, so that a closed pipe is known for one.
        let of_stream = |error: csv::Error| match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        };
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(self.columns.iter().map(|column| column.name.as_bytes())).map_err(of_stream)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| defused(&plain(cell)).into_owned())).map_err(of_stream)?;
        }
        writer.flush()
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        let visible = || (0..self.columns.len()).filter(|i| !self.columns[*i].machine);
        let mut line = |cells: Vec<String>| writeln!(out, "| {} |", cells.join(" | "));
        line(visible().map(|i| heading(&self.columns[i].name)).collect())?;
        line(visible().map(|_| "---".to_owned()).collect())?;
        let shown = |cell: &Cell| printable(&eye(cell)).replace('|', "\\|");
        self.rows
            .iter()
            .try_for_each(|row| line(visible().map(|i| row.get(i).map(shown).unwrap_or_default()).collect()))
    }

    fn text(&self, console: &mut Console<'_>) -> io::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let visible: Vec<usize> = (0..self.columns.len()).filter(|i| !self.columns[*i].machine).collect();
        // A column in which every cell is empty tells nothing.
        let visible: Vec<usize> = visible
            .into_iter()
            .filter(|i| self.rows.iter().any(|row| !matches!(row.get(*i), None | Some(Cell::Empty))))
            .collect();
        let mut drawn = Drawn::new();
        drawn.load_style(STYLE);
        drawn.set_header(visible.iter().map(|i| heading(&self.columns[*i].name)));
        for row in &self.rows {
            drawn.add_row(
                visible.iter().map(|i| row.get(*i).map(|cell| printable(&eye(cell)).into_owned()).unwrap_or_default()),
            );
        }
        for (at, i) in visible.iter().enumerate() {
            let number =
                |row: &Vec<Cell>| matches!(row.get(*i), Some(Cell::Integer(_) | Cell::Number(_) | Cell::Empty) | None);
            if self.rows.iter().all(number)
                && let Some(column) = drawn.column_mut(at)
            {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        if let Some(width) = console.width {
            drawn.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        }
        for line in drawn.lines() {
            writeln!(console.out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// A line under the header and no other.
const STYLE: TableStyle = presets::NOTHING.header_separator(LineStyle::none().fill('─').junction('─'));

/// `organisation_as_written` for the eye.
fn heading(name: &str) -> String {
    name.replace('_', " ")
}

/// Text on one line, without what a terminal would obey.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_control) { text.replace(char::is_control, " ").into() } else { text.into() }
}

/// A cell that a spreadsheet would take for a formula, made text with an apostrophe.
fn defused(cell: &str) -> Cow<'_, str> {
    let number = cell.parse::<f64>().is_ok();
    if !number && cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}").into() } else { cell.into() }
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => printable(text).into_owned(),
        Cell::Integer(number) => number.to_string(),
        Cell::Number(number) => format!("{}", (number * 10_000.0).round() / 10_000.0),
        Cell::Flag(flag) => if *flag { "1" } else { "0" }.to_owned(),
    }
}

/// As [`plain`], but yes and no in words.
fn eye(cell: &Cell) -> String {
    match cell {
        Cell::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        other => plain(other),
    }
}

fn json(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => Value::from(text.as_str()),
        Cell::Integer(number) => Value::from(*number),
        Cell::Number(number) => Value::from(*number),
        Cell::Flag(flag) => Value::from(*flag),
    }
}

/// Text as a cell; empty text is nothing.
pub(super) fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(format: Format) -> String {
        let mut table = Table::new(["#id", "full_name", "of", "note"]);
        table.push(vec![text("p/1"), text("=A|B"), Cell::Integer(12), Cell::Empty]);
        table.push(vec![text("p/2"), text("C\tD"), Cell::Integer(3), Cell::Empty]);
        let (mut out, mut talk) = (Vec::new(), Vec::new());
        table.print(format, &mut Console::new(&mut out, &mut talk)).expect("printed");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn tables_leave_out_identifiers_and_empty_columns() {
        assert_eq!(printed(Format::Table), " full name   of\n────────────────\n =A|B        12\n C D          3\n");
    }

    #[test]
    fn csv_holds_everything_and_no_formula() {
        assert_eq!(printed(Format::Csv), "id,full_name,of,note\np/1,'=A|B,12,\np/2,C D,3,\n");
    }

    #[test]
    fn markdown_and_json_are_well_formed() {
        assert!(
            printed(Format::Markdown)
                .starts_with("| full name | of | note |\n| --- | --- | --- |\n| =A\\|B | 12 |  |\n")
        );
        let value: Value = serde_json::from_str(&printed(Format::Json)).expect("JSON");
        assert_eq!(value[1]["full_name"], "C\tD");
        assert_eq!(value[0]["note"], Value::Null);
    }
}
