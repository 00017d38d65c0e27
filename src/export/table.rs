//! Writes the tables of [`crate::model::table`] as CSV: RFC 4180, UTF-8, LF, a header row, one fact a row.
//!
//! Rows come in the order of the graph's vectors and are made one at a time. A cell that a spreadsheet
//! would run as a formula is defused ([`cell::plain`]), except where it must equal the document's words.

use std::collections::BTreeMap;
use std::io;

use rayon::prelude::*;
use serde::Serialize;

use super::{Error, Job, Staging, cell};
use crate::model::table::{
    ActionRow, AttendanceRow, ComparisonRow, DecisionRow, DocumentRow, EntityRow, ItemRow, MeetingRow, MentionRow,
    PanelRow, RelationRow, Table, TenureRow, UnresolvedRow,
};
use crate::model::{
    ActionRecord, AttendanceRecord, Comparison, DecisionRecord, DocumentRecord, Entity, EntityId, ItemRecord,
    MeetingRecord, PanelRecord, Quote, ReadStatus, Relation, ResolvedMention, Status, Tenure, UnresolvedRecord,
};

/// The files, in the order of [`crate::model::table::TABLES`].
pub(super) static FILES: &[&str] = &[
    "documents.csv",
    "meetings.csv",
    "attendance.csv",
    "attendance_panel.csv",
    "tenures.csv",
    "entities.csv",
    "relations.csv",
    "mentions.csv",
    "items.csv",
    "decisions.csv",
    "actions.csv",
    "comparisons.csv",
    "unresolved.csv",
];

/// What is done with the cells of each row.
pub(super) type Visit<'v> = dyn FnMut(&[&str]) -> io::Result<()> + 'v;
/// Makes the rows of a table, one at a time.
type Rows = fn(&Job<'_>, &mut Visit<'_>) -> io::Result<()>;

/// The tables with their rows, in the same order.
pub(super) static ROWS: &[(Table, Rows)] = &[
    (DocumentRow::TABLE, |job, visit| {
        job.graph.documents.iter().try_for_each(|record| visit(&document(job, record).cells()))
    }),
    (MeetingRow::TABLE, |job, visit| {
        job.graph.meetings.iter().try_for_each(|record| visit(&meeting(job, record).cells()))
    }),
    (AttendanceRow::TABLE, |job, visit| {
        job.graph.attendance.iter().try_for_each(|record| visit(&attendance(job, &record).cells()))
    }),
    (PanelRow::TABLE, |job, visit| {
        job.graph.panel.iter().flatten().try_for_each(|record| visit(&panel(job, &record).cells()))
    }),
    (TenureRow::TABLE, |job, visit| {
        job.graph.tenures.iter().try_for_each(|record| visit(&tenure(job, record).cells()))
    }),
    (EntityRow::TABLE, |job, visit| job.graph.entities.iter().try_for_each(|record| visit(&entity(record).cells()))),
    (RelationRow::TABLE, |job, visit| {
        job.graph.relations.iter().try_for_each(|record| visit(&relation(job, &record).cells()))
    }),
    (MentionRow::TABLE, |job, visit| {
        job.graph.mentions.iter().try_for_each(|record| visit(&mention(job, &record).cells()))
    }),
    (ItemRow::TABLE, |job, visit| job.graph.items.iter().try_for_each(|record| visit(&item(job, &record).cells()))),
    (DecisionRow::TABLE, |job, visit| {
        job.graph.decisions.iter().try_for_each(|record| visit(&decision(job, &record).cells()))
    }),
    (ActionRow::TABLE, |job, visit| {
        job.graph.actions.iter().try_for_each(|record| visit(&action(job, &record).cells()))
    }),
    (ComparisonRow::TABLE, |job, visit| {
        job.graph.comparisons.iter().try_for_each(|record| visit(&comparison(job, &record).cells()))
    }),
    (UnresolvedRow::TABLE, |job, visit| {
        job.graph.unresolved.iter().try_for_each(|record| visit(&unresolved(job, record).cells()))
    }),
];

/// Writes all tables.
pub(super) fn write(job: &Job<'_>, into: &Staging) -> Result<(), Error> {
    let results: Vec<_> = ROWS.par_iter().map(|(table, rows)| put(job, into, table, *rows)).collect();
    results.into_iter().collect()
}

/// Writes one table: its header, which is there without rows too, and its rows.
fn put(job: &Job<'_>, into: &Staging, table: &Table, rows: Rows) -> Result<(), Error> {
    into.file(&format!("{}.csv", table.name), |out| {
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(table.columns.iter().map(|c| c.name))?;
        rows(job, &mut |cells| Ok(csv.write_record(cells)?))?;
        csv.flush()
    })
}

impl Job<'_> {
    fn id(&self, entity: Option<EntityId>) -> String {
        entity.map_or_else(String::new, |e| text(self.view.iri(e)))
    }

    fn name(&self, entity: Option<EntityId>) -> String {
        entity.map_or_else(String::new, |e| text(self.view.name(e)))
    }

    fn ids<'a>(&self, entities: impl IntoIterator<Item = &'a EntityId>) -> String {
        cell::joined(entities.into_iter().map(|&e| self.view.iri(e)))
    }

    fn names<'a>(&self, entities: impl IntoIterator<Item = &'a EntityId>) -> String {
        cell::joined(entities.into_iter().map(|&e| self.view.name(e)))
    }

    fn document(&self, id: crate::model::DocumentId) -> String {
        text(self.view.path(id))
    }
}

fn text(words: &str) -> String {
    cell::plain(words).into_owned()
}

fn place(quote: &Quote) -> (String, String) {
    (quote.start.to_string(), quote.end.to_string())
}

/// A JSON object with its keys in order; two values of one key are joined.
fn object<'a>(pairs: impl Iterator<Item = (&'static str, &'a str)>) -> String {
    let mut object: BTreeMap<&str, String> = BTreeMap::new();
    for (key, value) in pairs {
        let joined = object.entry(key).or_default();
        if !joined.is_empty() {
            joined.push_str("; ");
        }
        joined.push_str(value);
    }
    // A map of strings has no way to fail.
    if object.is_empty() { String::new() } else { serde_json::to_string(&object).unwrap_or_default() }
}

fn document(job: &Job<'_>, record: &DocumentRecord) -> DocumentRow {
    let source = &record.source;
    DocumentRow {
        document: text(&source.path),
        format: text(&source.format),
        bytes: source.bytes.to_string(),
        sha256: text(&source.sha256),
        status: String::from(match source.status {
            ReadStatus::Read => "read",
            ReadStatus::Partly => "partly",
            ReadStatus::Skipped => "skipped",
        }),
        meeting: job.id(record.meeting),
        statements: record.statements.to_string(),
        message: text(&source.message),
    }
}

/// A row of `meetings.csv`.
pub(super) fn meeting(job: &Job<'_>, record: &MeetingRecord) -> MeetingRow {
    MeetingRow {
        meeting: job.id(Some(record.meeting)),
        document: job.document(record.document),
        body: job.id(record.body),
        body_name: job.name(record.body),
        date: cell::maybe(record.date),
        start_time: cell::maybe(record.start_time),
        end_time: cell::maybe(record.end_time),
        venue: record.venue.as_ref().map_or_else(String::new, |v| text(&v.text)),
        chair: job.ids(&record.chairs),
        chair_name: job.names(&record.chairs),
        attendance_recorded: cell::flag(record.attendance_recorded),
        previous_meeting: cell::maybe(record.previous),
        next_meeting: cell::maybe(record.next),
    }
}

/// A row of `attendance.csv`.
pub(super) fn attendance(job: &Job<'_>, record: &AttendanceRecord) -> AttendanceRow {
    let meeting = job.view.meeting(record.meeting, Some(record.document));
    let (start, end) = place(&record.quote);
    AttendanceRow {
        meeting: job.id(Some(record.meeting)),
        date: cell::maybe(meeting.and_then(|m| m.date)),
        body_name: meeting.map_or_else(String::new, |m| text(job.view.body_name(m))),
        person: job.id(Some(record.person)),
        person_name: job.name(Some(record.person)),
        person_as_written: cell::exact(&record.person_as_written),
        status: record.status.to_string(),
        capacity: cell::maybe(record.capacity),
        chair: cell::flag(record.chair),
        organisation: job.ids(record.organisations.iter().map(|(o, _)| o)),
        organisation_name: job.names(record.organisations.iter().map(|(o, _)| o)),
        organisation_as_written: cell::joined(record.organisations.iter().map(|(_, words)| &**words)),
        role: text(&record.role),
        substitute_for: job.name(record.substitute_for),
        arrived: text(&record.arrived),
        left: text(&record.left),
        document: job.document(record.document),
        start,
        end,
        rule: text(&record.rule),
        remote: cell::flag(record.remote),
    }
}

/// A row of `attendance_panel.csv`.
pub(super) fn panel(job: &Job<'_>, record: &PanelRecord) -> PanelRow {
    PanelRow {
        meeting: job.id(Some(record.meeting)),
        date: record.date.to_string(),
        year: record.date.year.to_string(),
        municipal_year: record.date.municipal_year().to_string(),
        body_name: job.name(Some(record.body)),
        person: job.id(Some(record.person)),
        person_name: job.name(Some(record.person)),
        capacity: cell::maybe(record.capacity),
        organisation: job.ids(&record.organisations),
        organisation_name: job.names(&record.organisations),
        status: String::from(record.status.map_or("not_mentioned", Status::name)),
        present: cell::flag(record.status == Some(Status::Present)),
    }
}

fn tenure(job: &Job<'_>, record: &Tenure) -> TenureRow {
    TenureRow {
        person: job.id(Some(record.person)),
        person_name: job.name(Some(record.person)),
        organisation: job.id(record.organisation),
        organisation_name: job.name(record.organisation),
        role: job.id(record.role),
        on_behalf_of: job.id(record.on_behalf_of),
        on_behalf_of_name: job.name(record.on_behalf_of),
        start_date: cell::maybe(record.start),
        end_date: cell::maybe(record.end),
        first_seen: cell::maybe(record.first_seen),
        last_seen: cell::maybe(record.last_seen),
        times_seen: record.times_seen.to_string(),
        term: text(&record.term),
        basis: String::from(record.basis.name()),
    }
}

fn entity(entity: &Entity) -> EntityRow {
    EntityRow {
        id: text(&entity.iri),
        kind: entity.kind.to_string(),
        name: text(&entity.name),
        aliases: cell::joined(entity.details().aliases.iter().map(String::as_str)),
        first_seen: cell::maybe(entity.first_seen),
        last_seen: cell::maybe(entity.last_seen),
        documents: entity.documents.to_string(),
        mentions: entity.mentions.to_string(),
        class: text(&entity.details().class),
        function: cell::maybe(entity.details().function.as_ref()),
        other_identifiers: cell::joined(entity.details().other_identifiers.iter().map(String::as_str)),
    }
}

fn relation(job: &Job<'_>, record: &Relation) -> RelationRow {
    // A derived relation has no place in a document.
    let (start, end) = if record.document.is_some() { place(&record.quote) } else { Default::default() };
    RelationRow {
        subject: job.id(Some(record.subject)),
        subject_name: job.name(Some(record.subject)),
        subject_as_written: cell::exact(&record.subject_as_written),
        predicate: record.predicate.to_string(),
        object: job.id(Some(record.object)),
        object_name: job.name(Some(record.object)),
        object_as_written: cell::exact(&record.object_as_written),
        layer: record.layer.to_string(),
        meeting: job.id(record.meeting),
        date: cell::maybe(record.date),
        valid_from: cell::maybe(record.valid_from),
        valid_to: cell::maybe(record.valid_to),
        qualifiers: object(record.qualifiers.iter().map(|(q, v)| (q.name(), v.as_str()))),
        document: record.document.map_or_else(String::new, |d| job.document(d)),
        start,
        end,
        quote: cell::exact(&record.quote.text),
        rule: text(&record.rule),
    }
}

fn mention(job: &Job<'_>, record: &ResolvedMention) -> MentionRow {
    let (start, end) = place(&record.quote);
    MentionRow {
        document: job.document(record.document),
        start,
        end,
        text: cell::exact(&record.quote.text),
        kind: record.kind.to_string(),
        entity: job.id(record.entity),
        rule: text(&record.rule),
    }
}

fn item(job: &Job<'_>, record: &ItemRecord) -> ItemRow {
    let (start, end) = place(&record.quote);
    ItemRow {
        item: job.id(Some(record.item)),
        meeting: job.id(Some(record.meeting)),
        number: text(&record.number),
        title: text(&record.title),
        document: job.document(record.document),
        start,
        end,
    }
}

fn decision(job: &Job<'_>, record: &DecisionRecord) -> DecisionRow {
    let (start, end) = place(&record.quote);
    DecisionRow {
        decision: job.id(Some(record.decision)),
        meeting: job.id(Some(record.meeting)),
        date: cell::maybe(record.date),
        item: job.id(record.item),
        number: text(&record.number),
        verb: text(&record.verb),
        text: cell::exact(&record.quote.text),
        mover: job.name(record.mover),
        seconder: job.name(record.seconder),
        outcome: text(&record.outcome),
        document: job.document(record.document),
        start,
        end,
    }
}

fn action(job: &Job<'_>, record: &ActionRecord) -> ActionRow {
    let (start, end) = place(&record.quote);
    ActionRow {
        action: job.id(Some(record.action)),
        meeting: job.id(Some(record.meeting)),
        date: cell::maybe(record.date),
        item: job.id(record.item),
        owner: job.ids(&record.owners),
        owner_name: job.names(&record.owners),
        text: cell::exact(&record.quote.text),
        due: text(&record.due),
        document: job.document(record.document),
        start,
        end,
    }
}

/// A feature of a comparison, as its cell holds it.
#[derive(Serialize)]
struct Feature<'a> {
    name: &'a str,
    score: f64,
    reason: &'a str,
}

fn comparison(job: &Job<'_>, record: &Comparison) -> ComparisonRow {
    let features: Vec<_> =
        record.features.iter().map(|(name, score, reason)| Feature { name, score: *score, reason }).collect();
    let [left, right] = &record.places;
    ComparisonRow {
        entity: job.id(Some(record.entity)),
        other: job.id(Some(record.other)),
        left: text(&record.left),
        left_document: job.document(left.0),
        left_start: left.1.to_string(),
        left_end: left.2.to_string(),
        right: text(&record.right),
        right_document: job.document(right.0),
        right_start: right.1.to_string(),
        right_end: right.2.to_string(),
        score: record.score.to_string(),
        // JSON has no number that is not finite; serde writes null for it.
        features: serde_json::to_string(&features).unwrap_or_default(),
        decided_by: text(&record.decided_by),
    }
}

fn unresolved(job: &Job<'_>, record: &UnresolvedRecord) -> UnresolvedRow {
    let (start, end) = place(&record.quote);
    UnresolvedRow {
        document: job.document(record.document),
        start,
        end,
        text: cell::exact(&record.quote.text),
        reason: text(&record.reason),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::model::table::TABLES;

    fn rows(build: &sample::Build, table: &Table) -> (Vec<String>, Vec<csv::StringRecord>) {
        let text = build.read(&format!("{}.csv", table.name));
        let mut csv = csv::Reader::from_reader(text.as_bytes());
        let header = csv.headers().unwrap().iter().map(str::to_owned).collect();
        (header, csv.records().map(Result::unwrap).collect())
    }

    #[test]
    fn files_are_the_tables_and_headers_their_columns() {
        assert_eq!(FILES.len(), ROWS.len());
        let build = sample::build(&["csv"]);
        for (table, file) in TABLES.iter().zip(FILES) {
            assert_eq!(*file, format!("{}.csv", table.name));
            let (header, rows) = rows(&build, table);
            assert_eq!(header, table.columns.iter().map(|c| c.name).collect::<Vec<_>>(), "{file}");
            assert!(!rows.is_empty(), "the sample has no row for {file}");
        }
    }

    #[test]
    fn an_empty_graph_gives_headers() {
        let build = sample::build_of(&crate::model::Graph::default(), &["csv"]);
        assert_eq!(build.read("items.csv"), "item,meeting,number,title,document,start,end\n");
    }

    #[test]
    fn words_of_the_document_stand_where_the_tables_say() {
        let build = sample::build(&["csv"]);
        let mut checked = 0;
        for (table, column) in
            [(&RelationRow::TABLE, "quote"), (&MentionRow::TABLE, "text"), (&DecisionRow::TABLE, "text")]
        {
            let (header, rows) = rows(&build, table);
            let at = |name: &str| header.iter().position(|h| h == name).unwrap();
            for row in rows.iter().filter(|row| !row[at("document")].is_empty()) {
                let text: Vec<char> = sample::text(&row[at("document")]).chars().collect();
                let [start, end] = [at("start"), at("end")].map(|i| row[i].parse::<usize>().unwrap());
                assert_eq!(text[start..end].iter().collect::<String>(), row[at(column)]);
                checked += 1;
            }
        }
        assert!(checked > 10);
    }

    #[test]
    fn no_cell_is_a_formula_or_breaks_a_line_unless_it_quotes() {
        let build = sample::build(&["csv"]);
        for table in TABLES {
            let (header, rows) = rows(&build, table);
            for row in &rows {
                for (column, value) in header.iter().zip(row) {
                    let quoted = column == "quote" || column == "text" || column.ends_with("_as_written");
                    assert!(
                        quoted || !value.starts_with(['=', '+', '-', '@']) && !value.contains(char::is_control),
                        "{}.{column}: {value:?}",
                        table.name
                    );
                }
            }
        }
    }

    #[test]
    fn qualifiers_keep_one_order() {
        let pairs = [("role", "chair"), ("organisation", "x"), ("role", "member")];
        assert_eq!(object(pairs.into_iter()), r#"{"organisation":"x","role":"chair; member"}"#);
        assert_eq!(object([].into_iter()), "");
    }
}
