//! A document: its text with every fact and every name marked where it stands, and what it states as rows. In: an
//! identifier, and perhaps a place. Out: a page. A mark's place in the page is named after its offsets, so that a link
//! leads to the words, and a browser shows them without a script.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use maud::{Markup, PreEscaped, html};

use super::page::{Block, Cell, Page, Row, Table, Words, href};
use super::store::{Of, Store};
use super::topic;
use super::{Asked, list};

/// What is marked at a range.
#[derive(Default)]
struct Mark {
    /// What is stated with these words, for a pointer that rests on them.
    says: BTreeSet<String>,
    /// What is named: kind and identifier.
    names: Option<(String, String)>,
    /// Somebody asked for these words.
    asked: bool,
    /// Words that were not understood.
    unresolved: bool,
}

pub(super) fn page(store: &Store, address: &str, asked: &Asked<'_>) -> Option<Page> {
    let entity = store.entity(address).filter(|entity| entity.kind == "document")?;
    let path = entity.name.as_str();
    let mut page = topic::begin(entity, "Document");
    page.facts.clear();
    if let Some(row) = store.documents().iter().find(|row| row.document == path) {
        page.fact("Meeting", Cell::link(store.name(&row.meeting), &row.meeting));
        page.fact("Format", &row.format);
        page.fact("Statements", Cell::from(row.statements.parse().unwrap_or(0)));
        page.fact("Status", Cell::badge(&row.status));
        page.fact("Note", &row.message);
        page.fact("SHA-256", &row.sha256);
    }
    let place = match (asked.get("start").map(str::parse), asked.get("end").map(str::parse)) {
        (Some(Ok(start)), Some(Ok(end))) if start < end => Some((start, end)),
        _ => None,
    };
    let at = page.address.clone();
    if let Some(text) = marked(store, &entity.id, &at, place) {
        let note = "Shaded: what a fact rests on. Underlined: a name, which leads to its page.";
        page.section("text", "The text", note, vec![Block::Drawing(text)]);
    }
    let mut rows: Vec<_> = store.of(store.relations(), Of::RelationsOfDocument, &entity.id).collect();
    rows.sort_by_key(|row| (row.start.parse::<u32>().unwrap_or(0), row.end.parse::<u32>().unwrap_or(0)));
    let row = |row: &&crate::model::table::RelationRow| {
        Row::new([
            Cell::link(&row.subject_name, &row.subject),
            Cell::from(row.predicate.replace('_', " ")),
            Cell::link(&row.object_name, &row.object),
            Cell::from(topic::qualified(&row.qualifiers)),
            Cell::from(&row.rule),
        ])
        .with_words(store.words(&row.document, &row.start, &row.end))
    };
    let columns = &["subject", "says", "object", "more", "rule"];
    let table = Table { name: "statements", columns, rows: rows.iter().map(row).collect(), ..Table::default() };
    let heading = format!("What it states ({})", list::thousands(table.rows.len()));
    page.table("statements", &heading, "In the order of the text; a rule made each.", table);
    page.linked_data = serde_json::json!({
        "@context": "https://schema.org", "@type": "DigitalDocument", "identifier": entity.id, "name": path,
    });
    Some(page)
}

/// All that is marked in a document, by start and end.
fn marks(store: &Store, id: &str) -> BTreeMap<(u32, Reverse<u32>), Mark> {
    let mut marks: BTreeMap<(u32, Reverse<u32>), Mark> = BTreeMap::new();
    let mut mark = |start: &str, end: &str, add: &dyn Fn(&mut Mark)| {
        if let (Ok(start), Ok(end)) = (start.parse(), end.parse::<u32>())
            && start < end
        {
            add(marks.entry((start, Reverse(end))).or_default());
        }
    };
    let says = |words: String| {
        move |mark: &mut Mark| {
            mark.says.insert(words.clone());
        }
    };
    for row in store.of(store.attendance(), Of::AttendanceOfDocument, id) {
        mark(&row.start, &row.end, &says(row.status.clone()));
    }
    for row in store.of(store.relations(), Of::RelationsOfDocument, id) {
        mark(&row.start, &row.end, &says(row.predicate.replace('_', " ")));
    }
    for row in store.of(store.items(), Of::ItemsOfDocument, id) {
        mark(&row.start, &row.end, &says("item".to_owned()));
    }
    for row in store.of(store.decisions(), Of::DecisionsOfDocument, id) {
        mark(&row.start, &row.end, &says("decision".to_owned()));
    }
    for row in store.of(store.actions(), Of::ActionsOfDocument, id) {
        mark(&row.start, &row.end, &says("action".to_owned()));
    }
    for row in store.of(store.unresolved(), Of::UnresolvedOfDocument, id) {
        mark(&row.start, &row.end, &|mark| mark.unresolved = true);
    }
    for row in store.of(store.mentions(), Of::MentionsOfDocument, id) {
        mark(&row.start, &row.end, &|mark| mark.names = Some((row.kind.clone(), row.entity.clone())));
    }
    marks
}

/// A range that is open, or that goes on after another which it crosses.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Piece {
    start: u32,
    end: Reverse<u32>,
    /// The whole range.
    of: (u32, Reverse<u32>),
}

/// The text of a document with its marks, seen from a page; `None` where the build has no text of it.
pub(super) fn marked(store: &Store, id: &str, at: &str, asked: Option<(u32, u32)>) -> Option<Markup> {
    let path = &store.entity(id)?.name;
    let text = store.build.text(path).ok()?;
    let mut marks = marks(store, id);
    if let Some((start, end)) = asked {
        marks.entry((start, Reverse(end))).or_default().asked = true;
    }
    Some(html! { div.minutes { (PreEscaped(woven(store, at, &text, &marks))) } })
}

/// Text in the making: what of the document is still to come.
struct Weaver<'t> {
    out: String,
    rest: &'t str,
    place: u32,
    /// Where each open element ends, how it is closed, and whether a link is open.
    open: Vec<(u32, &'static str, bool)>,
}

impl Weaver<'_> {
    /// Writes the text up to a place, escaped.
    fn go(&mut self, to: u32) {
        let Some(letters) = to.checked_sub(self.place) else { return };
        let bytes = self.rest.char_indices().nth(letters as usize).map_or(self.rest.len(), |(at, _)| at);
        let (now, later) = self.rest.split_at(bytes);
        self.out.push_str(&html! { (now) }.into_string());
        (self.rest, self.place) = (later, to);
    }

    /// Closes what ends at a place or before; the innermost ends first.
    fn close(&mut self, until: u32) {
        while let Some((end, close, _)) = self.open.pop_if(|(end, ..)| *end <= until) {
            self.go(end);
            self.out.push_str(close);
        }
        self.go(until);
    }
}

/// Text and marks as HTML: ranges nest, and one that crosses another is cut where that ends.
fn woven(store: &Store, at: &str, text: &str, marks: &BTreeMap<(u32, Reverse<u32>), Mark>) -> String {
    let mut weaver = Weaver { out: String::with_capacity(text.len() * 2), rest: text, place: 0, open: Vec::new() };
    let mut waiting: BinaryHeap<Reverse<Piece>> =
        marks.keys().map(|(start, end)| Reverse(Piece { start: *start, end: *end, of: (*start, *end) })).collect();
    while let Some(Reverse(piece)) = waiting.pop() {
        weaver.close(piece.start);
        let mut end = piece.end.0;
        if let Some((outer, ..)) = weaver.open.last().filter(|(outer, ..)| *outer < end) {
            waiting.push(Reverse(Piece { start: *outer, end: piece.end, of: piece.of }));
            end = *outer;
        }
        let Some(mark) = marks.get(&piece.of) else { continue };
        let within_link = weaver.open.last().is_some_and(|(.., linked)| *linked);
        let (tag, close) = tag(store, at, mark, &piece, within_link);
        weaver.out.push_str(&tag);
        weaver.open.push((end, close, within_link || close.contains("</a>")));
    }
    weaver.close(u32::MAX);
    weaver.out
}

/// How a mark opens and closes. The first piece of a range bears its name; others say of which they are.
fn tag(store: &Store, at: &str, mark: &Mark, piece: &Piece, within_link: bool) -> (String, &'static str) {
    let name = Words::anchor(piece.of.0, piece.of.1.0);
    let place = if piece.start == piece.of.0 { format!("id=\"{name}\"") } else { format!("data-of=\"{name}\"") };
    let states = !mark.says.is_empty() || mark.asked || mark.unresolved;
    let class = match mark {
        Mark { asked: true, .. } => "fact asked",
        Mark { unresolved: true, .. } => "unresolved",
        _ if states => "fact",
        _ => "name",
    };
    let says: Vec<&str> = mark.says.iter().map(String::as_str).collect();
    let title = if mark.unresolved { "not understood".to_owned() } else { says.join(", ") };
    let escaped = |text: &str| html! { (text) }.into_string();
    let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(&title)) };
    let open = format!("<mark {place} class=\"{class}\"{title}>");
    match &mark.names {
        Some((kind, id)) if !within_link && store.entity(id).is_some() => {
            let kind = super::html::class(kind);
            let link = format!("<a class=\"name {kind}\" href=\"{}\">", escaped(&href(at, id)));
            (open + &link, "</a></mark>")
        }
        _ => (open, "</mark>"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::sample;

    fn shown(text: &str, ranges: &[(u32, u32)]) -> String {
        let folder = sample::folder();
        let store = Store::open(folder.path()).expect("a build");
        let mark = |(start, end): &(u32, u32)| {
            ((*start, Reverse(*end)), Mark { says: BTreeSet::from(["says".to_owned()]), ..Mark::default() })
        };
        let html = woven(&store, "document/a", text, &ranges.iter().map(mark).collect());
        html.replace(" class=\"fact\" title=\"says\"", "")
    }

    #[test]
    fn ranges_nest_and_cross() {
        assert_eq!(shown("abcdef", &[(0, 4), (1, 3)]), "<mark id=\"c0-4\">a<mark id=\"c1-3\">bc</mark>d</mark>ef");
        assert_eq!(
            shown("abcdef", &[(0, 3), (2, 5)]),
            "<mark id=\"c0-3\">ab<mark id=\"c2-5\">c</mark></mark><mark data-of=\"c2-5\">de</mark>f"
        );
    }

    #[test]
    fn offsets_count_letters_and_text_is_escaped() {
        assert_eq!(shown("é<b>", &[(1, 4)]), "é<mark id=\"c1-4\">&lt;b&gt;</mark>");
        assert_eq!(shown("ab", &[(1, 90), (70, 80)]), "a<mark id=\"c1-90\">b<mark id=\"c70-80\"></mark></mark>");
    }
}
