//! Writes `datapackage.json`: the Frictionless description of every table, made from the list of tables.
//! It marks the folder as a build, too.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::{Error, Job, Staging, staging};
use crate::model::table::{CellType, Column, TABLES, Table};

/// Writes the file.
pub(super) fn write(_job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    let package = json!({
        "profile": "tabular-data-package",
        "name": staging::MARKER_NAME,
        "title": "Knowledge graph of minutes",
        "description": "Tables of a build: who attended, chaired, represented, presented and decided what, each fact with its words. Identifiers are relative to the base IRI; offsets are Unicode code points into text/<document>.txt, the end exclusive.",
        "resources": TABLES.iter().map(resource).collect::<Vec<_>>(),
    });
    into.file(staging::MARKER, |out| {
        serde_json::to_writer_pretty(&mut *out, &package).map_err(io::Error::from)?;
        out.write_all(b"\n")
    })
}

fn resource(table: &Table) -> Value {
    let mut schema = Map::new();
    schema.insert("fields".into(), table.columns.iter().map(field).collect());
    schema.insert("missingValues".into(), json!([""]));
    if !table.key.is_empty() {
        schema.insert("primaryKey".into(), json!(table.key));
    }
    let keys: Vec<Value> = table.columns.iter().filter_map(|column| foreign_key(table, column)).collect();
    if !keys.is_empty() {
        schema.insert("foreignKeys".into(), Value::Array(keys));
    }
    json!({
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": format!("{}.csv", table.name),
        "description": format!("One row is {}.", table.row),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": "\"", "doubleQuote": true, "header": true},
        "schema": schema,
    })
}

fn field(column: &Column) -> Value {
    let mut field = Map::new();
    let mut put = |key: &str, value: Value| field.insert(key.to_owned(), value);
    put("name", json!(column.name));
    put("description", json!(column.meaning));
    match column.cell {
        CellType::Text | CellType::Entity => put("type", json!("string")),
        CellType::Integer => put("type", json!("integer")),
        CellType::Number => put("type", json!("number")),
        CellType::Flag => {
            put("trueValues", json!(["1"]));
            put("falseValues", json!(["0"]));
            put("type", json!("boolean"))
        }
        // A date may be known to the year or the month alone, which the type `date` has no form for.
        CellType::Date => {
            put("constraints", json!({"pattern": "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"}));
            put("rdfType", json!("http://schema.org/Date"));
            put("type", json!("string"))
        }
        CellType::Time => {
            put("format", json!("%H:%M"));
            put("type", json!("time"))
        }
        CellType::Json => put("type", json!("any")),
        CellType::Code(code) => {
            put("constraints", json!({"enum": code.names()}));
            put("type", json!("string"))
        }
    };
    Value::Object(field)
}

/// Identifiers point to `entities.csv`, paths of documents to `documents.csv`.
fn foreign_key(table: &Table, column: &Column) -> Option<Value> {
    let document = column.name == "document" || column.name.ends_with("_document");
    let (resource, field) = match column.cell {
        CellType::Entity if table.name != "entities" => ("entities", "id"),
        CellType::Text if document && table.name != "documents" => ("documents", "document"),
        _ => return None,
    };
    Some(json!({"fields": [column.name], "reference": {"resource": resource, "fields": [field]}}))
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn every_column_of_every_table_is_described() {
        let build = sample::build(&["csv"]);
        let package: Value = serde_json::from_str(&build.read(staging::MARKER)).unwrap();
        for (table, resource) in TABLES.iter().zip(package["resources"].as_array().unwrap()) {
            assert_eq!(resource["name"], table.name);
            let fields = resource["schema"]["fields"].as_array().unwrap();
            assert_eq!(fields.len(), table.columns.len());
            assert!(fields.iter().all(|f| f["description"].as_str().is_some_and(|d| !d.is_empty())));
        }
    }

    #[test]
    fn a_meeting_has_a_key_and_points_to_its_document() {
        let resource = resource(&crate::model::table::MeetingRow::TABLE);
        assert_eq!(resource["schema"]["primaryKey"], json!(["meeting", "document"]));
        let keys = resource["schema"]["foreignKeys"].as_array().unwrap();
        assert!(keys.contains(&json!({
            "fields": ["document"], "reference": {"resource": "documents", "fields": ["document"]}
        })));
    }
}
