//! A page as JSON and as CSV: the same rows as on the page. In: a page. Out: bytes. A linked cell has its identifiers in
//! a column of its own, and a row that rests on words has their document, start and end. Must never say more or less
//! than the page.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::page::{Cell, Look, Page, Row, Table};

/// The page as JSON.
pub(super) fn json(page: &Page) -> Vec<u8> {
    let mut whole = Map::new();
    whole.insert("id".into(), page.address.as_str().into());
    whole.insert("kind".into(), page.kind.as_str().into());
    whole.insert("title".into(), page.title.as_str().into());
    for (label, said) in &page.facts {
        put(&mut whole, &label.to_lowercase().replace(' ', "_"), said);
    }
    for table in page.tables() {
        let rows: Vec<Value> = table.rows.iter().map(|row| object(table, row)).collect();
        match whole.get_mut(table.name).and_then(Value::as_array_mut) {
            Some(known) => known.extend(rows),
            None => {
                whole.insert(table.name.to_owned(), rows.into());
            }
        }
    }
    let mut bytes = serde_json::to_vec_pretty(&Value::Object(whole)).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn object(table: &Table, row: &Row) -> Value {
    let mut object = Map::new();
    for (column, cell) in table.columns.iter().zip(&row.cells) {
        put(&mut object, column, cell);
    }
    if let Some(words) = &row.words {
        object.insert("words".into(), json!({ "document": words.document, "start": words.start, "end": words.end }));
    }
    Value::Object(object)
}

fn put(object: &mut Map<String, Value>, name: &str, cell: &Cell) {
    if cell.is_empty() {
        return;
    }
    let text = cell.text();
    let number = (cell.look == Look::Number).then(|| text.parse::<u64>().ok()).flatten();
    object.insert(name.to_owned(), number.map_or_else(|| text.into(), Value::from));
    let ids = cell.ids();
    if !ids.is_empty() {
        object.insert(format!("{name}_id"), ids.into());
    }
}

/// All rows of the page as one table: what table a row is of, then the columns of all of them.
pub(super) fn csv(page: &Page) -> Vec<u8> {
    let mut columns: Vec<Cow<'static, str>> = vec!["table".into()];
    let mut tables: Vec<&Table> = page.tables().collect();
    let facts = facts(page);
    tables.insert(0, &facts);
    for table in &tables {
        for (i, column) in table.columns.iter().enumerate() {
            let linked = table.rows.iter().any(|row| row.cells.get(i).is_some_and(|cell| !cell.ids().is_empty()));
            let names = [Some(Cow::Borrowed(*column)), linked.then(|| format!("{column}_id").into())];
            for name in names.into_iter().flatten() {
                if !columns.contains(&name) {
                    columns.push(name);
                }
            }
        }
    }
    if tables.iter().any(|table| table.rows.iter().any(|row| row.words.is_some())) {
        columns.extend(["document", "start", "end"].map(Cow::Borrowed));
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Memory does not fail to be written to.
    let _ = writer.write_record(columns.iter().map(|column| column.as_bytes()));
    for table in tables {
        for row in &table.rows {
            let mut cells = vec![String::new(); columns.len()];
            let mut set = |name: &str, value: String| {
                if let Some(at) = columns.iter().position(|column| column == name) {
                    cells[at] = value;
                }
            };
            set("table", table.name.to_owned());
            for (column, cell) in table.columns.iter().zip(&row.cells) {
                set(column, defused(cell.text()));
                set(&format!("{column}_id"), cell.ids());
            }
            if let Some(words) = &row.words {
                set("document", words.document.clone());
                set("start", words.start.to_string());
                set("end", words.end.to_string());
            }
            let _ = writer.write_record(&cells);
        }
    }
    writer.into_inner().unwrap_or_default()
}

/// What is said of the page's subject, as rows.
fn facts(page: &Page) -> Table {
    let row = |(label, said): &(&'static str, Cell)| Row::new([Cell::from(*label), said.clone()]);
    let mut rows = vec![Row::new([Cell::from("name"), Cell::link(&page.title, &page.address)])];
    rows.extend(page.facts.iter().map(row));
    Table { name: "facts", columns: &["fact", "value"], rows, ..Table::default() }
}

/// A cell that no spreadsheet runs as a formula.
fn defused(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::page::Words;

    fn sample() -> Page {
        let mut page = Page { address: "person/ann".into(), title: "Ann".into(), ..Page::default() };
        page.fact("Also written", "=A; B");
        let words = Some(Words { document: "document/a".into(), start: 1, end: 2, here: false });
        let rows = vec![Row::new([Cell::dated("2014-01-02", "meeting/b/2014-01-02"), 3.into()]).with_words(words)];
        page.table("t", "T", "", Table { name: "t", columns: &["date", "times"], rows, ..Table::default() });
        page
    }

    #[test]
    fn json_has_the_rows_with_identifiers_and_words() {
        let value: Value = serde_json::from_slice(&json(&sample())).expect("JSON");
        assert_eq!(value["t"][0]["date_id"], "meeting/b/2014-01-02");
        assert_eq!(value["t"][0]["times"], 3);
        assert_eq!(value["t"][0]["words"]["end"], 2);
        assert_eq!(value["also_written"], "=A; B");
    }

    #[test]
    fn csv_has_one_header_for_all_tables() {
        let text = String::from_utf8(csv(&sample())).expect("text");
        assert_eq!(
            text,
            "table,fact,value,value_id,date,date_id,times,document,start,end\n\
             facts,name,Ann,person/ann,,,,,,\n\
             facts,Also written,'=A; B,,,,,,,\n\
             t,,,,2014-01-02,meeting/b/2014-01-02,3,document/a,1,2\n"
        );
    }
}
