//! Writes `tables.xlsx`: a sheet for each table, its header frozen and filtered, dates and numbers typed.
//!
//! A date that is not known to the day, or that a spreadsheet cannot hold, stays text. A cell that is longer
//! than a spreadsheet allows is cut, and ends with `…`; a table that is longer goes on in a further sheet.

use std::borrow::Cow;
use std::io::{self, BufWriter};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::table::ROWS;
use super::{Error, Job, Staging};
use crate::model::table::{CellType, Column, Table};
use crate::model::{Date, Time};

/// Rows of a sheet, the header among them.
const MOST_ROWS: u32 = 1_048_576;
/// UTF-16 units of a cell.
const LONGEST_CELL: usize = 32_767;
/// The first year of which every day is a date to a spreadsheet.
const FIRST_YEAR: u16 = 1901;

/// Formats of cells.
struct Formats {
    header: Format,
    date: Format,
    time: Format,
}

/// Writes the file.
pub(super) fn write(job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    into.file("tables.xlsx", |out| fill(job, out, MOST_ROWS))
}

fn fill(job: &Job<'_>, out: &mut BufWriter<std::fs::File>, most: u32) -> io::Result<()> {
    let formats = Formats {
        header: Format::new().set_bold().set_align(FormatAlign::Top),
        date: Format::new().set_num_format("yyyy-mm-dd"),
        time: Format::new().set_num_format("hh:mm"),
    };
    let mut workbook = Workbook::new();
    // The same bytes every time: the library would take the clock's date.
    let long_ago = ExcelDateTime::from_ymd(2000, 1, 1).map_err(io::Error::other)?;
    workbook.set_properties(&DocProperties::new().set_title("Quorate").set_creation_datetime(&long_ago));
    for (table, rows) in ROWS {
        let mut sheet = Sheet::new(&mut workbook, table, 1, &formats)?;
        rows(job, &mut |cells| {
            if sheet.row + 1 == most {
                let next = Sheet::new(&mut workbook, table, sheet.number + 1, &formats)?;
                std::mem::replace(&mut sheet, next).finish(&mut workbook)?;
            }
            sheet.add(cells, &formats).map_err(io::Error::other)
        })?;
        sheet.finish(&mut workbook)?;
    }
    workbook.save_to_writer(out).map_err(io::Error::other)
}

/// A sheet in the making; its rows are on the disk already.
struct Sheet {
    worksheet: Worksheet,
    columns: &'static [Column],
    /// The last row that is written, the header being 0.
    row: u32,
    /// Which sheet of its table it is, from 1.
    number: u32,
}

impl Sheet {
    fn new(workbook: &mut Workbook, table: &Table, number: u32, formats: &Formats) -> io::Result<Self> {
        let mut make = || -> Result<Worksheet, XlsxError> {
            let mut sheet = workbook.new_worksheet_with_constant_memory()?;
            let further = if number == 1 { String::new() } else { format!(" {number}") };
            sheet.set_name(format!("{}{further}", table.name))?;
            sheet.set_freeze_panes(1, 0)?;
            for (column, facts) in (0..).zip(table.columns) {
                sheet.set_column_width(column, width(facts))?;
                sheet.write_string_with_format(0, column, facts.name, &formats.header)?;
            }
            Ok(sheet)
        };
        Ok(Self { worksheet: make().map_err(io::Error::other)?, columns: table.columns, row: 0, number })
    }

    fn add(&mut self, cells: &[&str], formats: &Formats) -> Result<(), XlsxError> {
        self.row += 1;
        for (column, (cell, facts)) in (0..).zip(cells.iter().zip(self.columns)) {
            put(&mut self.worksheet, self.row, column, cell, facts.cell, formats)?;
        }
        Ok(())
    }

    fn finish(mut self, workbook: &mut Workbook) -> io::Result<()> {
        let last = self.columns.len() as u16 - 1;
        self.worksheet.autofilter(0, 0, self.row, last).map_err(io::Error::other)?;
        workbook.push_worksheet(self.worksheet);
        Ok(())
    }
}

/// Width of a column, in characters.
fn width(column: &Column) -> f64 {
    match column.cell {
        CellType::Integer | CellType::Number | CellType::Flag | CellType::Time => 10.0,
        CellType::Date | CellType::Code(_) => 12.0,
        CellType::Text | CellType::Entity | CellType::Json => 28.0,
    }
}

/// Writes a cell as a value of its type, else as text; an empty one is none.
fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &str,
    kind: CellType,
    formats: &Formats,
) -> Result<(), XlsxError> {
    if cell.is_empty() {
        return Ok(());
    }
    match kind {
        CellType::Integer | CellType::Number | CellType::Flag => {
            if let Ok(number) = cell.parse::<f64>() {
                return sheet.write_number(row, column, number).map(|_| ());
            }
        }
        CellType::Date => {
            let date = cell.parse::<Date>().ok().filter(|d| d.is_day() && d.year >= FIRST_YEAR);
            if let Some(date) = date {
                let date = ExcelDateTime::from_ymd(date.year, date.month, date.day)?;
                return sheet.write_datetime_with_format(row, column, &date, &formats.date).map(|_| ());
            }
        }
        CellType::Time => {
            if let Ok(time) = cell.parse::<Time>() {
                let time = ExcelDateTime::from_hms(u16::from(time.hour), time.minute, 0.0)?;
                return sheet.write_datetime_with_format(row, column, &time, &formats.time).map(|_| ());
            }
        }
        CellType::Text | CellType::Entity | CellType::Json | CellType::Code(_) => {}
    }
    sheet.write_string(row, column, &*cut(cell)).map(|_| ())
}

/// What a cell can hold of a text.
fn cut(text: &str) -> Cow<'_, str> {
    // A text has no more UTF-16 units than bytes.
    if text.len() <= LONGEST_CELL || text.encode_utf16().count() <= LONGEST_CELL {
        return Cow::Borrowed(text);
    }
    let mut left = LONGEST_CELL - 1;
    let fits = |c: &char| left.checked_sub(c.len_utf16()).inspect(|rest| left = *rest).is_some();
    Cow::Owned(text.chars().take_while(fits).chain(['…']).collect())
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::sync::OnceLock;

    use super::super::{rdf, sample, view};
    use super::*;

    /// The sheets of a workbook: name of the file in the archive, and its XML.
    fn sheets(bytes: &[u8]) -> Vec<(String, String)> {
        let mut archive = zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
        let names: Vec<_> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        let sheets = names.into_iter().filter(|name| name.starts_with("xl/worksheets/sheet"));
        sheets
            .map(|name| {
                let mut text = String::new();
                archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
                (name, text)
            })
            .collect()
    }

    fn written(most: u32) -> Vec<(String, String)> {
        let graph = sample::graph();
        let base = rdf::Base::new("https://quorate.example/").unwrap();
        let job = Job { graph: &graph, view: view::View::new(&graph), base: &base, numbers: OnceLock::new() };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tables.xlsx");
        let mut out = BufWriter::new(std::fs::File::create_new(&path).unwrap());
        fill(&job, &mut out, most).unwrap();
        drop(out);
        sheets(&std::fs::read(path).unwrap())
    }

    #[test]
    fn every_table_is_a_sheet_with_a_frozen_header_and_filters() {
        let sheets = written(MOST_ROWS);
        assert_eq!(sheets.len(), ROWS.len());
        for (name, sheet) in sheets {
            assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter"), "{name}");
        }
    }

    #[test]
    fn a_table_that_is_too_long_goes_on_in_a_further_sheet() {
        let rows = |sheets: &[(String, String)]| sheets.iter().map(|s| s.1.matches("<row ").count()).sum::<usize>();
        let (whole, parts) = (written(MOST_ROWS), written(4));
        assert!(parts.len() > whole.len());
        assert_eq!(rows(&parts) - parts.len(), rows(&whole) - whole.len());
    }

    #[test]
    fn a_long_cell_is_cut_between_characters() {
        assert_eq!(cut("short"), "short");
        let long = "𝒳".repeat(20_000);
        let cut = cut(&long);
        assert!(cut.ends_with("𝒳…") && cut.encode_utf16().count() <= LONGEST_CELL);
    }
}
