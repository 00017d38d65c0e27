//! XML of web services (`ModernGov` answers in it): records with fields, records within records.
//!
//! In: XML. Out: a heading for each record that has a title, `Field: value` lines, long and marked-up
//! values as the text that they are, a table where all records of a list have short fields alone.
//! Never: show what is there for machines: identifiers, addresses, switches, lists of files.

use super::clean::{clean, collapse};
use super::html;
use super::layout::{Break, Draft, Layout};
use super::rows::{self, Row};
use super::xml::Tree;
use super::{Format, Likeness, ReadError, Reading, text};
use crate::model::LineKind;

/// The row of XML.
pub(super) const FORMAT: Format = Format {
    name: "xml",
    extensions: &["xml"],
    media_type: "application/xml",
    recognises,
    read,
    about: "XML of web services, ModernGov's among them: records as headings, fields and tables",
};

/// A longer value is text and no field.
const LONGEST: usize = 160;

fn recognises(bytes: &[u8]) -> Likeness {
    let head = text::decode(&bytes[..bytes.len().min(1 << 10)]);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    match head.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((_, rest)) if !is_page(rest.trim_start()) => Likeness::Strong,
        _ => Likeness::No,
    }
}

fn is_page(rest: &str) -> bool {
    let start: String = rest.chars().take(15).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let decoded = text::decode(bytes);
    let tree = Tree::parse(&decoded);
    let mut writer = Writer { tree: &tree, layout: Layout::default(), tables: 0 };
    for root in tree.children(0) {
        writer.record(root, 1);
    }
    if writer.layout.lines.is_empty() {
        return Err(ReadError::Wordless);
    }
    let mut reading = writer.layout.finish();
    if tree.is_cut {
        reading.missing = Some("the XML is broken or too large; what follows the last line is missing".to_owned());
    }
    Ok(reading)
}

struct Writer<'t> {
    tree: &'t Tree<'t>,
    layout: Layout,
    tables: u32,
}

/// A field of a record.
struct Field {
    label: String,
    value: String,
}

impl Writer<'_> {
    /// A record: its title, its fields, then the records within it.
    fn record(&mut self, node: usize, level: u8) {
        let tree = self.tree;
        let elements: Vec<usize> = tree.children(node).filter(|&child| !tree.name(child).is_empty()).collect();
        let (leaves, inner): (Vec<usize>, Vec<usize>) = elements.into_iter().partition(|&child| self.is_leaf(child));
        let mut fields: Vec<Field> = leaves.into_iter().filter_map(|leaf| self.field(node, leaf)).collect();
        let has_title = fields.iter().any(|field| field.label.ends_with("title"));
        if let Some(at) = fields.iter().position(|field| field.label.ends_with("title")) {
            let title = fields.remove(at);
            let number = fields.iter().position(|field| matches!(field.label.as_str(), "number" | "no"));
            let number = number.map_or(String::new(), |at| collapse(&clean(&fields.remove(at).value)));
            let words = html::words(&title.value);
            self.layout.push(&Draft {
                words: if number.is_empty() { words } else { format!("{number} {words}") },
                marker: number.len(),
                before: Break::Paragraph,
                kind: LineKind::Heading(level.min(6)),
                ..Draft::default()
            });
        }
        for field in fields {
            self.write(&field);
        }
        let below = if has_title { level.saturating_add(1) } else { level };
        if !self.table(&inner) {
            for record in inner {
                self.record(record, below);
            }
        }
    }

    fn is_leaf(&self, node: usize) -> bool {
        self.tree.children(node).all(|child| self.tree.text(child).is_some())
    }

    /// A field of a record, unless it is there for machines.
    fn field(&self, record: usize, leaf: usize) -> Option<Field> {
        let (name, of) = (self.tree.name(leaf).to_ascii_lowercase(), self.tree.name(record).to_ascii_lowercase());
        let value = self.tree.words(leaf);
        let value = value.trim();
        let is_switch = matches!(value.to_ascii_lowercase().as_str(), "true" | "false");
        let is_key = ["id", "url", "guid", "uri"].iter().any(|end| name.ends_with(end));
        if value.is_empty() || is_switch || is_key || value.starts_with("http") {
            return None;
        }
        // `meetingdate` of a `meeting` is its date.
        let label = name.strip_prefix(&of).filter(|rest| !rest.is_empty()).unwrap_or(&name).trim_matches(['_', '-']);
        // Names of elements may hold what no text may.
        let label = clean(&label.replace(['_', '-'], " ")).into_owned();
        Some(Field { label, value: value.to_owned() })
    }

    fn write(&mut self, field: &Field) {
        let mut label = field.label.clone();
        if let Some(first) = label.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let is_markup = field.value.contains('<') && field.value.contains('>');
        let before = Break::Paragraph;
        if is_markup || field.value.len() > LONGEST {
            self.layout.push(&Draft { words: format!("{label}:"), before, ..Draft::default() });
            if is_markup {
                html::render(&field.value, &mut self.layout);
            } else {
                self.layout.push(&Draft { words: collapse(&clean(&field.value)), before, ..Draft::default() });
            }
        } else {
            let value = html::words(&field.value);
            self.layout.push(&Draft { words: format!("{label}: {value}"), before: Break::Hard, ..Draft::default() });
        }
    }

    /// Writes records as a table, if they are of one name and all their fields are short. Records of
    /// files are left out.
    fn table(&mut self, records: &[usize]) -> bool {
        let tree = self.tree;
        let Some(&first) = records.first() else { return true };
        let is_alike = |&record: &usize| {
            let fields = || tree.children(record).filter(|&field| !tree.name(field).is_empty());
            let is_short = |field: usize| {
                self.is_leaf(field) && {
                    let words = tree.words(field);
                    words.len() <= LONGEST && !words.contains('<')
                }
            };
            tree.name(record) == tree.name(first) && fields().count() > 1 && fields().all(is_short)
        };
        if !records.iter().all(is_alike) {
            return false;
        }
        let is_file =
            |&record: &usize| tree.children(record).any(|field| tree.name(field).to_ascii_lowercase().ends_with("url"));
        if records.iter().all(is_file) {
            return true;
        }
        let mut labels: Vec<String> = Vec::new();
        let mut table: Vec<Vec<Field>> = Vec::new();
        for &record in records {
            let fields: Vec<Field> = tree
                .children(record)
                .filter(|&leaf| !tree.name(leaf).is_empty())
                .filter_map(|leaf| self.field(record, leaf))
                .collect();
            for field in &fields {
                if !labels.contains(&field.label) && labels.len() < rows::WIDEST {
                    labels.push(field.label.clone());
                }
            }
            table.push(fields);
        }
        let cell = |words: String| vec![Draft { words, ..Draft::default() }];
        let header = labels.iter().map(|label| {
            let mut label = label.clone();
            if let Some(first) = label.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            cell(label)
        });
        let mut lines = vec![Row { cells: header.collect(), header: true }];
        for fields in table {
            let of = |label: &String| fields.iter().find(|field| field.label == *label);
            let cells =
                labels.iter().map(|label| of(label).map_or(Vec::new(), |field| cell(html::words(&field.value))));
            lines.push(Row { cells: cells.collect(), header: false });
        }
        for draft in rows::lay_out(lines, self.tables, Break::Paragraph) {
            self.layout.push(&draft);
        }
        self.tables += 1;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tests::show;
    use expect_test::expect;

    #[test]
    fn records_are_headings_fields_and_tables() {
        let xml = "<?xml version='1.0'?><getmeeting><meeting><meetingid>7</meetingid><committeetitle>Mill &amp;amp; Race Board\
            </committeetitle><meetingdate>04/05/2020</meetingdate><attendees><attendee><memberid>1</memberid><attendeename>A. Lee\
            </attendeename><attendance>Present</attendance></attendee></attendees><agendaitems><agendaitem><agendaitemnumber>3.\
            </agendaitemnumber><agendaitemtitle>Rents</agendaitemtitle><minutes>&lt;p>Noted.&lt;/p></minutes><linkeddocuments><linkeddoc>\
            <title>Report</title><url>http://x.y</url></linkeddoc></linkeddocuments></agendaitem></agendaitems></meeting></getmeeting>";
        assert_eq!(recognises(xml.as_bytes()), Likeness::Strong);
        expect![[r#"
            h1 "Mill & Race Board"
            text "Date: 04/05/2020"
            row0! gap | Name | Attendance |
            row0 | A. Lee | Present |
            h2 gap <3.> "Rents"
            text gap "Minutes:"
            text gap "Noted."
        "#]]
        .assert_eq(&show(&read(xml.as_bytes()).unwrap()));
    }

    #[test]
    fn names_of_elements_and_numbers_hold_no_control_characters() {
        let xml = "<?xml version='1.0'?><getmeeting><meeting><title>A</title><a><na\u{8d}me>Lee</na\u{8d}me><b>1</b></a><item>\
            <itemnumber>3\u{8d}4</itemnumber><itemtitle>Rents</itemtitle></item></meeting></getmeeting>";
        let reading = read(xml.as_bytes()).unwrap();
        assert!(!reading.text.contains(|at: char| at.is_control() && at != '\n' && at != '\t'), "{:?}", reading.text);
    }
}
