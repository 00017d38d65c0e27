//! Writes `parquet/`: a file for each table, its columns typed, for duckdb, Spark, Polars, Arrow.
//!
//! A column of dates is typed as dates where each of its dates is known to the day, else it is text, as in the CSV;
//! times, codes and identifiers are text. An empty cell is null. Rows are written in groups, so that memory holds one
//! group and not a table.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::table::ROWS;
use super::{Error, Job, Staging};
use crate::model::Date;
use crate::model::table::{CellType, Table};

/// Rows of a group.
const GROUP: usize = 1 << 16;
/// Days from the first day of year 1 to the first of 1970, from which Parquet counts.
const EPOCH: i64 = 719_162;

/// The files, in the order of [`crate::model::table::TABLES`].
pub(super) static FILES: &[&str] = &[
    "parquet/documents.parquet",
    "parquet/meetings.parquet",
    "parquet/attendance.parquet",
    "parquet/attendance_panel.parquet",
    "parquet/tenures.parquet",
    "parquet/entities.parquet",
    "parquet/relations.parquet",
    "parquet/mentions.parquet",
    "parquet/items.parquet",
    "parquet/decisions.parquet",
    "parquet/actions.parquet",
    "parquet/comparisons.parquet",
    "parquet/unresolved.parquet",
];

/// How the cells of a column are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stored {
    Text,
    Integer,
    Number,
    Flag,
    Day,
}

/// Writes the files.
pub(super) fn write(job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    for ((table, rows), file) in ROWS.iter().zip(FILES) {
        let mut stored: Vec<Stored> = table.columns.iter().map(|column| typed(column.cell)).collect();
        into.file(file, |out| {
            // Whether all dates of a column are days is known when all its rows have been seen.
            rows(job, &mut |cells| {
                for (stored, cell) in stored.iter_mut().zip(cells) {
                    if *stored == Stored::Day && !cell.is_empty() && day(cell).is_none() {
                        *stored = Stored::Text;
                    }
                }
                Ok(())
            })?;
            let mut groups = Groups::new(out, table, &stored)?;
            rows(job, &mut |cells| groups.add(cells))?;
            groups.finish()
        })?;
    }
    Ok(())
}

/// How cells of a type are stored.
fn typed(cell: CellType) -> Stored {
    match cell {
        CellType::Integer => Stored::Integer,
        CellType::Number => Stored::Number,
        CellType::Flag => Stored::Flag,
        CellType::Date => Stored::Day,
        CellType::Text | CellType::Time | CellType::Entity | CellType::Json | CellType::Code(_) => Stored::Text,
    }
}

/// Days since 1970 of a date that is known to the day.
fn day(cell: &str) -> Option<i32> {
    let date = cell.parse::<Date>().ok().filter(|date| date.is_day())?;
    i32::try_from(i64::from(date.ordinal()) - EPOCH).ok()
}

fn schema(table: &Table, stored: &[Stored]) -> parquet::errors::Result<TypePtr> {
    let column = |(column, stored): (&crate::model::table::Column, &Stored)| {
        let (physical, logical) = match stored {
            Stored::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Stored::Integer => (Physical::INT64, None),
            Stored::Number => (Physical::DOUBLE, None),
            Stored::Flag => (Physical::BOOLEAN, None),
            Stored::Day => (Physical::INT32, Some(LogicalType::Date)),
        };
        let built = Type::primitive_type_builder(column.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build();
        built.map(Arc::new)
    };
    let columns = table.columns.iter().zip(stored).map(column).collect::<parquet::errors::Result<Vec<_>>>()?;
    Type::group_type_builder(table.name).with_fields(columns).build().map(Arc::new)
}

/// A file in the making: the rows of the group that is being gathered.
struct Groups<'a, W: Write + Send> {
    file: SerializedFileWriter<W>,
    stored: &'a [Stored],
    /// The cells of the group, column by column.
    columns: Vec<Vec<String>>,
}

impl<'a, W: Write + Send> Groups<'a, W> {
    fn new(out: W, table: &Table, stored: &'a [Stored]) -> io::Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("quorate ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let schema = schema(table, stored).map_err(io::Error::other)?;
        let file = SerializedFileWriter::new(out, schema, Arc::new(properties)).map_err(io::Error::other)?;
        Ok(Self { file, stored, columns: vec![Vec::new(); stored.len()] })
    }

    fn add(&mut self, cells: &[&str]) -> io::Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push((*cell).to_owned());
        }
        if self.columns.first().is_some_and(|column| column.len() == GROUP) { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.group().map_err(io::Error::other)
    }

    fn group(&mut self) -> parquet::errors::Result<()> {
        if self.columns.first().is_none_or(Vec::is_empty) {
            return Ok(());
        }
        let mut group = self.file.next_row_group()?;
        for (cells, stored) in self.columns.iter_mut().zip(self.stored) {
            if let Some(mut column) = group.next_column()? {
                put(&mut column, cells, *stored)?;
                column.close()?;
            }
            cells.clear();
        }
        group.close().map(drop)
    }

    fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        self.file.close().map(drop).map_err(io::Error::other)
    }
}

/// Writes a column of a group; cells that are empty, or are not of the column's type, are null.
fn put(column: &mut SerializedColumnWriter<'_>, cells: &[String], stored: Stored) -> parquet::errors::Result<()> {
    macro_rules! write {
        ($type:ty, $value:expr) => {{
            let found: Vec<_> = cells.iter().map(|cell| if cell.is_empty() { None } else { $value(cell) }).collect();
            let levels: Vec<i16> = found.iter().map(|value| i16::from(value.is_some())).collect();
            let values: Vec<_> = found.into_iter().flatten().collect();
            column.typed::<$type>().write_batch(&values, Some(&levels), None).map(drop)
        }};
    }
    match stored {
        Stored::Text => write!(ByteArrayType, |cell: &String| Some(ByteArray::from(cell.as_str()))),
        Stored::Integer => write!(Int64Type, |cell: &String| cell.parse().ok()),
        Stored::Number => write!(DoubleType, |cell: &String| cell.parse().ok()),
        Stored::Flag => write!(BoolType, |cell: &String| Some(cell == "1")),
        Stored::Day => write!(Int32Type, |cell: &String| day(cell)),
    }
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    use super::super::sample;
    use super::*;
    use crate::model::table::TABLES;

    #[test]
    fn every_table_has_its_file_and_rows() {
        let build = sample::build(&["csv", "parquet"]);
        for (table, file) in TABLES.iter().zip(FILES) {
            assert_eq!(*file, format!("parquet/{}.parquet", table.name));
            let reader = SerializedFileReader::new(build.open(file)).unwrap();
            let rows = reader.get_row_iter(None).unwrap().count();
            let csv = build.read(&format!("{}.csv", table.name));
            assert_eq!(rows, csv::Reader::from_reader(csv.as_bytes()).records().count(), "{}", table.name);
        }
    }

    #[test]
    fn days_are_days_since_1970() {
        assert_eq!(day("1970-01-01"), Some(0));
        assert_eq!(day("2014-03-13"), Some(16_142));
        assert_eq!(day("2014-03"), None);
        let build = sample::build(&["parquet"]);
        let reader = SerializedFileReader::new(build.open("parquet/attendance.parquet")).unwrap();
        let first = reader.get_row_iter(None).unwrap().next().unwrap().unwrap();
        let date = first.get_column_iter().find(|(name, _)| *name == "date").unwrap().1.clone();
        assert!(matches!(date, Field::Date(_)), "{date:?}");
    }
}
