//! Tables in themselves: cells of their type, keys that tell rows apart, identifiers that lead somewhere, relations
//! that the schema allows.

use std::collections::{BTreeMap, BTreeSet};

use super::{Tables, Violation};
use crate::model::table::{CellType, Column};
use crate::model::{Date, Predicate, Time};

/// Columns that join several identifiers with `; `.
const JOINED: &[(&str, &str)] = &[
    ("meetings", "chair"),
    ("attendance", "organisation"),
    ("attendance_panel", "organisation"),
    ("actions", "owner"),
];

pub(super) fn cells(tables: &Tables<'_>, violations: &mut Vec<Violation>) {
    let mut keys: BTreeSet<(&str, Vec<String>)> = BTreeSet::new();
    tables.each_row(|table, cells| {
        for (column, cell) in table.columns.iter().zip(cells) {
            if !cell.is_empty() && !fits(column, cell) {
                violations.push(Violation {
                    words: (*cell).to_owned(),
                    message: format!("{}.csv: `{}` holds no {}", table.name, column.name, expected(column.cell)),
                    ..Violation::default()
                });
            }
        }
        if table.key.is_empty() {
            return;
        }
        let of_key = table.columns.iter().zip(cells).filter(|(column, _)| table.key.contains(&column.name));
        let key: Vec<String> = of_key.map(|(_, cell)| (*cell).to_owned()).collect();
        let words = key.join(", ");
        if !keys.insert((table.name, key)) {
            let message = format!("{}.csv has two rows of one {}", table.name, table.key.join(" and "));
            violations.push(Violation { words, message, ..Violation::default() });
        }
    });
}

fn fits(column: &Column, cell: &str) -> bool {
    match column.cell {
        CellType::Text | CellType::Entity => true,
        CellType::Integer => cell.parse::<i64>().is_ok(),
        CellType::Number => cell.parse::<f64>().is_ok_and(f64::is_finite),
        CellType::Flag => matches!(cell, "0" | "1"),
        CellType::Date => cell.parse::<Date>().is_ok(),
        CellType::Time => cell.parse::<Time>().is_ok(),
        CellType::Json => serde_json::from_str::<serde_json::Value>(cell).is_ok(),
        CellType::Code(code) => code.names().contains(&cell),
    }
}

fn expected(cell: CellType) -> &'static str {
    match cell {
        CellType::Text => "text",
        CellType::Entity => "identifier",
        CellType::Integer => "whole number",
        CellType::Number => "number",
        CellType::Flag => "1 or 0",
        CellType::Date => "ISO date",
        CellType::Time => "time such as 14:00",
        CellType::Json => "JSON",
        CellType::Code(_) => "word of its list",
    }
}

pub(super) fn identifiers(tables: &Tables<'_>, violations: &mut Vec<Violation>) {
    let known: BTreeSet<&str> = tables.entities.iter().map(|entity| entity.id.as_str()).collect();
    tables.each_row(|table, cells| {
        for (column, cell) in table.columns.iter().zip(cells) {
            let joined = JOINED.contains(&(table.name, column.name));
            if cell.is_empty() || (column.cell != CellType::Entity && !joined) {
                continue;
            }
            let parts = if joined { cell.split("; ").collect() } else { vec![*cell] };
            for id in parts.into_iter().filter(|id| !known.contains(id)) {
                violations.push(Violation {
                    words: id.to_owned(),
                    message: format!("{}.csv: `{}` names no entity of entities.csv", table.name, column.name),
                    ..Violation::default()
                });
            }
        }
    });
}

pub(super) fn schema(tables: &Tables<'_>, violations: &mut Vec<Violation>) {
    let kinds: BTreeMap<&str, &str> =
        tables.entities.iter().map(|entity| (entity.id.as_str(), entity.kind.as_str())).collect();
    for row in tables.relations {
        let mut wrong = |message: String| {
            violations.push(Violation {
                document: row.document.clone(),
                start: row.start.clone(),
                end: row.end.clone(),
                words: row.quote.clone(),
                message,
            });
        };
        let Some(predicate) = Predicate::from_name(&row.predicate) else {
            wrong(format!("`{}` is no predicate of the schema", row.predicate));
            continue;
        };
        let allowed = predicate.row();
        for (id, end, kinds_allowed) in
            [(&row.subject, "starts from", allowed.domain), (&row.object, "leads to", allowed.range)]
        {
            // An identifier without an entity is the business of `identifiers`.
            if let Some(kind) = kinds.get(id.as_str())
                && !kinds_allowed.iter().any(|allowed| allowed.name() == *kind)
            {
                wrong(format!("`{}` {end} a {kind}: {id}", row.predicate));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::Sample;

    #[test]
    fn a_cell_of_another_type_is_named_with_its_column() {
        let mut sample = Sample::new();
        sample.attendance[0].remote = "yes".into();
        assert_eq!(sample.messages("cells"), ["attendance.csv: `remote` holds no 1 or 0"]);
    }

    #[test]
    fn two_rows_of_one_key_are_found() {
        let mut sample = Sample::new();
        sample.entities.push(sample.entities[0].clone());
        assert_eq!(sample.messages("cells"), ["entities.csv has two rows of one id"]);
    }

    #[test]
    fn an_identifier_that_leads_nowhere_is_found_in_joined_cells_too() {
        let mut sample = Sample::new();
        sample.attendance[1].organisation.push_str("; organisation/unknown");
        let violations = sample.violations("identifiers");
        assert_eq!(violations[0].words, "organisation/unknown");
    }

    #[test]
    fn a_relation_between_the_wrong_kinds_is_shown_with_its_words() {
        let mut sample = Sample::new();
        let row = sample.relations.iter_mut().find(|row| row.predicate == "presented").expect("a row");
        row.object = row.meeting.clone();
        let violations = sample.violations("schema");
        assert_eq!(violations.len(), 1);
        assert!(violations[0].message.starts_with("`presented` leads to a meeting"), "{violations:?}");
        assert_eq!(violations[0].words, "Mr Reed updated the Board.");
    }
}
