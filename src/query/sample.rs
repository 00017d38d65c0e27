//! The sample of [`crate::model::sample`] as a folder, with its RDF.

use serde::Serialize;
use tempfile::TempDir;

use crate::model::sample;

/// The facts of the sample as the exporter writes them.
pub(crate) const TURTLE: &str = include_str!("sample.ttl");

/// A build of the sample in a fresh folder, which goes when the value does.
pub(crate) fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("text")).expect("a folder");
    for (document, text) in sample::TEXTS {
        std::fs::write(path(&format!("text/{document}.txt")), text).expect("written");
    }
    std::fs::write(path("graph.ttl"), TURTLE).expect("written");
    std::fs::write(path("graph.trig"), TURTLE).expect("written");
    let table = |name: &str, header: String, rows: Vec<Vec<u8>>| {
        let mut bytes = header.into_bytes();
        bytes.push(b'\n');
        bytes.extend(rows.concat());
        std::fs::write(path(&format!("{name}.csv")), bytes).expect("written");
    };
    macro_rules! tables {
        ($($rows:expr => $row:ident),+ $(,)?) => {
            $(
                let header: Vec<&str> = crate::model::table::$row::TABLE.columns.iter().map(|c| c.name).collect();
                let rows: Vec<crate::model::table::$row> = $rows;
                table(crate::model::table::$row::TABLE.name, header.join(","), rows.iter().map(line).collect());
            )+
        };
    }
    tables! {
        sample::documents() => DocumentRow,
        sample::meetings() => MeetingRow,
        sample::attendance() => AttendanceRow,
        sample::panel() => PanelRow,
        sample::tenures() => TenureRow,
        sample::entities() => EntityRow,
        sample::relations() => RelationRow,
        sample::mentions() => MentionRow,
        sample::items() => ItemRow,
        sample::decisions() => DecisionRow,
        Vec::new() => ActionRow,
        sample::comparisons() => ComparisonRow,
        Vec::new() => UnresolvedRow,
    }
    folder
}

fn line(row: &impl Serialize) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    writer.serialize(row).expect("a row");
    writer.into_inner().expect("bytes")
}
