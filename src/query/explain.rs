//! The evidence for an entity. In: a name or identifier, and the tables of a build. Out: the names used of it, each
//! mention in its line, what the documents say of it with their words, and why its names were taken for one
//! entity, or others were not. Must never judge: it shows what resolution wrote down.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Build, Error, name};
use crate::model::table::{ComparisonRow, EntityRow, RelationRow};
use crate::model::{EntityKind, Predicate};

/// Characters of a line that are shown around a mention, on either side.
const AROUND: usize = 60;

/// Where words stand: a document and code points.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Document.
    pub document: String,
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// A name that is used of the entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As written.
    pub text: String,
    /// How often.
    pub times: usize,
    /// How many documents use it.
    pub documents: usize,
}

/// A mention with the words around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// As written.
    pub text: String,
    /// Where.
    pub place: Place,
    /// The line, shortened; empty where the text cannot be read.
    pub line: String,
    /// Rule that found it.
    pub rule: String,
}

/// One thing that is said of the entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Date of the meeting.
    pub date: String,
    /// Whether the entity is the object.
    pub incoming: bool,
    /// Name of the other end.
    pub other: String,
    /// The other end as written; empty where not named.
    pub other_as_written: String,
    /// Qualifiers.
    pub qualifiers: Vec<(String, String)>,
    /// The words that say so; empty for what is derived.
    pub quote: String,
    /// Where they stand; `None` for what is derived.
    pub place: Option<Place>,
    /// Rule.
    pub rule: String,
}

/// All that is said with one predicate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Predicate.
    pub predicate: String,
    /// Its meaning.
    pub meaning: &'static str,
    /// How many there are in all.
    pub total: usize,
    /// By date; at most as many as asked for.
    pub facts: Vec<Fact>,
}

/// Two names that were compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// One name as written, and where it stands.
    pub left: (String, Place),
    /// The other.
    pub right: (String, Place),
    /// The entity that holds the other name.
    pub other: String,
    /// From 0 to 1.
    pub score: String,
    /// Reasons: feature, score, why.
    pub reasons: Vec<(String, String, String)>,
    /// `rule`, `judgement` or `undecided`.
    pub decided_by: String,
}

/// A list of which only the first are kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Bounded<T> {
    /// The first.
    pub shown: Vec<T>,
    /// How many there are in all.
    pub total: usize,
}

impl<T> Bounded<T> {
    fn new(mut all: Vec<T>, most: usize) -> Self {
        let total = all.len();
        all.truncate(most);
        Self { shown: all, total }
    }
}

/// The evidence for an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The entity.
    pub entity: EntityRow,
    /// What its table says of it beside its name: of a meeting where and when, of an item its number.
    pub details: Vec<(&'static str, String)>,
    /// Names, most frequent first.
    pub names: Vec<Name>,
    /// Mentions, by place.
    pub mentions: Bounded<Seen>,
    /// What is said of it, in the order of the schema.
    pub groups: Vec<Group>,
    /// Why its names are one entity.
    pub joined: Bounded<Compared>,
    /// What was compared and kept apart.
    pub apart: Bounded<Compared>,
}

/// Explains an entity; lists hold at most `most`.
///
/// # Errors
/// Where no entity, or more than one, is meant; where a table cannot be read.
pub fn explanation(build: &Build, typed: &str, most: usize) -> Result<Explanation, Error> {
    let main = [EntityKind::Person, EntityKind::Organisation, EntityKind::Meeting].map(EntityKind::name);
    let entities = build.entities()?;
    // An identifier may be of any kind; a name is looked for among those that people ask after.
    let entity = match entities.iter().find(|entity| entity.id == typed) {
        Some(entity) => entity,
        None => match name::entity(typed, &main, entities) {
            Ok(entity) => entity,
            Err(error) => {
                let rest: Vec<&str> =
                    EntityKind::ALL.iter().map(|kind| kind.name()).filter(|kind| !main.contains(kind)).collect();
                name::entity(typed, &rest, entities).map_err(|_| error)?
            }
        },
    };
    let relations = build.relations()?;
    let mentions = build.mentions()?.iter().filter(|row| row.entity == entity.id);
    let mut names: BTreeMap<&str, (usize, Vec<&str>)> = BTreeMap::new();
    let mut seen = Vec::new();
    for row in mentions {
        let (times, documents) = names.entry(&row.text).or_default();
        *times += 1;
        if documents.last() != Some(&row.document.as_str()) {
            documents.push(&row.document);
        }
        seen.push(Seen {
            text: row.text.clone(),
            place: place(&row.document, &row.start, &row.end),
            line: String::new(),
            rule: row.rule.clone(),
        });
    }
    seen.sort_by(|a, b| a.place.cmp(&b.place));
    let mut mentions = Bounded::new(seen, most);
    add_lines(build, &mut mentions.shown);
    let mut names: Vec<Name> = names
        .into_iter()
        .map(|(text, (times, documents))| Name { text: text.to_owned(), times, documents: documents.len() })
        .collect();
    names.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.text.cmp(&b.text)));
    let compared = |same: bool| -> Result<Bounded<Compared>, Error> {
        let rows = build.comparisons()?.iter().filter(|row| row.entity == entity.id || row.other == entity.id);
        let rows = rows.filter(|row| (row.entity == row.other) == same);
        let mut rows: Vec<Compared> = rows.map(|row| comparison(row, &entity.id)).collect();
        rows.sort_by(|a, b| number(&b.score).total_cmp(&number(&a.score)));
        Ok(Bounded::new(rows, most))
    };
    Ok(Explanation {
        entity: entity.clone(),
        details: details(build, entity)?,
        names,
        mentions,
        groups: groups(relations, &entity.id, most),
        joined: compared(true)?,
        apart: compared(false)?,
    })
}

/// The evidence for one relation: what is said with this predicate of the subject, and of the object where one is named.
///
/// # Errors
/// Where no entity, or more than one, is meant; where there is no such predicate; where a table cannot be read.
pub fn relation(
    build: &Build,
    subject: &str,
    predicate: &str,
    object: Option<&str>,
    most: usize,
) -> Result<Explanation, Error> {
    let wanted = predicate.trim().to_lowercase().replace([' ', '-'], "_");
    let Some(wanted) = Predicate::from_name(&wanted) else {
        let known = || Predicate::ALL.iter().map(|predicate| predicate.name());
        let help = match &name::close(predicate, known())[..] {
            [] => format!("it is one of {}", known().collect::<Vec<_>>().join(", ")),
            close => name::did_you_mean(close),
        };
        return Err(Error::new(format!("there is no predicate `{predicate}`"), help));
    };
    let mut explanation = explanation(build, subject, most)?;
    let id = explanation.entity.id.clone();
    let other = object.map(|object| self::explanation(build, object, 0)).transpose()?.map(|other| other.entity.id);
    let held = |row: &&RelationRow| {
        let ends = [&row.subject, &row.object];
        row.predicate == wanted.name()
            && ends.contains(&&id)
            && other.as_ref().is_none_or(|other| ends.contains(&other) && (other != &id || row.subject == row.object))
    };
    let rows: Vec<RelationRow> = build.relations()?.iter().filter(held).cloned().collect();
    explanation.groups = groups(&rows, &id, most);
    explanation.names.clear();
    for list in [&mut explanation.joined, &mut explanation.apart] {
        *list = Bounded::new(Vec::new(), most);
    }
    explanation.mentions.shown.clear();
    Ok(explanation)
}

/// What the table of an entity's kind says of it.
fn details(build: &Build, entity: &EntityRow) -> Result<Vec<(&'static str, String)>, Error> {
    let mut details = Vec::new();
    let mut add = |what: &'static str, value: &str| {
        if !value.is_empty() && !details.iter().any(|(known, held)| *known == what && held == value) {
            details.push((what, value.to_owned()));
        }
    };
    match entity.kind.as_str() {
        "meeting" => {
            for row in build.meetings()?.iter().filter(|row| row.meeting == entity.id) {
                let recorded = if row.attendance_recorded == "1" { "recorded" } else { "not recorded" };
                for (what, value) in [
                    ("body", row.body_name.as_str()),
                    ("date", &row.date),
                    ("started", &row.start_time),
                    ("ended", &row.end_time),
                    ("venue", &row.venue),
                    ("chair", &row.chair_name),
                    ("list of who attended", recorded),
                    ("minutes of the meeting before", &row.previous_meeting),
                    ("next meeting", &row.next_meeting),
                    ("document", &row.document),
                ] {
                    add(what, value);
                }
            }
        }
        "item" => {
            for row in build.items()?.iter().filter(|row| row.item == entity.id) {
                for (what, value) in [("number", &row.number), ("meeting", &row.meeting), ("document", &row.document)] {
                    add(what, value);
                }
            }
        }
        "decision" => {
            for row in build.decisions()?.iter().filter(|row| row.decision == entity.id) {
                for (what, value) in [
                    ("date", &row.date),
                    ("item", &row.item),
                    ("verb", &row.verb),
                    ("moved by", &row.mover),
                    ("seconded by", &row.seconder),
                    ("outcome", &row.outcome),
                    ("document", &row.document),
                ] {
                    add(what, value);
                }
            }
        }
        "action" => {
            for row in build.actions()?.iter().filter(|row| row.action == entity.id) {
                let owner = [("date", &row.date), ("owner", &row.owner_name), ("due", &row.due)];
                for (what, value) in owner.into_iter().chain([("item", &row.item), ("document", &row.document)]) {
                    add(what, value);
                }
            }
        }
        _ => {}
    }
    Ok(details)
}

fn groups(relations: &[RelationRow], id: &str, most: usize) -> Vec<Group> {
    let rows = relations.iter().filter(|row| row.subject == id || row.object == id);
    let mut by_predicate: BTreeMap<(Predicate, bool), Vec<&RelationRow>> = BTreeMap::new();
    for row in rows {
        if let Some(predicate) = Predicate::from_name(&row.predicate) {
            by_predicate.entry((predicate, row.object == id)).or_default().push(row);
        }
    }
    by_predicate
        .into_iter()
        .map(|((predicate, incoming), mut rows)| {
            // What has no date comes last.
            rows.sort_by(|a, b| {
                let order = |row: &RelationRow| (row.date.is_empty(), row.date.clone(), row.document.clone());
                order(a).cmp(&order(b)).then_with(|| number(&a.start).total_cmp(&number(&b.start)))
            });
            Group {
                predicate: predicate.name().to_owned(),
                meaning: predicate.row().meaning,
                total: rows.len(),
                facts: rows.into_iter().take(most).map(|row| fact(row, incoming)).collect(),
            }
        })
        .collect()
}

fn fact(row: &RelationRow, incoming: bool) -> Fact {
    let (other, other_as_written) = if incoming {
        (&row.subject_name, &row.subject_as_written)
    } else {
        (&row.object_name, &row.object_as_written)
    };
    let qualifiers = match serde_json::from_str(&row.qualifiers) {
        Ok(Value::Object(map)) => map.into_iter().map(|(key, value)| (key, plain(&value))).collect(),
        _ => Vec::new(),
    };
    Fact {
        date: row.date.clone(),
        incoming,
        other: other.clone(),
        other_as_written: other_as_written.clone(),
        qualifiers,
        quote: row.quote.clone(),
        place: (!row.document.is_empty()).then(|| place(&row.document, &row.start, &row.end)),
        rule: row.rule.clone(),
    }
}

/// A comparison as it is told of `id`: the name that the other entity holds is on the right.
fn comparison(row: &ComparisonRow, id: &str) -> Compared {
    let left = (row.left.clone(), place(&row.left_document, &row.left_start, &row.left_end));
    let right = (row.right.clone(), place(&row.right_document, &row.right_start, &row.right_end));
    let (left, right, other) = if row.entity == id { (left, right, &row.other) } else { (right, left, &row.entity) };
    Compared {
        left,
        right,
        other: other.clone(),
        score: row.score.clone(),
        reasons: reasons(&row.features),
        decided_by: row.decided_by.clone(),
    }
}

/// Reads the features of a comparison: objects with name, score and reason, or lists of the three.
fn reasons(features: &str) -> Vec<(String, String, String)> {
    let Ok(Value::Array(features)) = serde_json::from_str(features) else { return Vec::new() };
    features
        .iter()
        .map(|feature| {
            let part = |key: &str, index: usize| {
                feature.get(key).or_else(|| feature.get(index)).map(plain).unwrap_or_default()
            };
            (part("name", 0), part("score", 1), part("reason", 2))
        })
        .collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn place(document: &str, start: &str, end: &str) -> Place {
    let point = |cell: &str| cell.parse().unwrap_or(0);
    Place { document: document.to_owned(), start: point(start), end: point(end) }
}

fn number(cell: &str) -> f64 {
    cell.parse().unwrap_or(0.0)
}

/// Adds to each mention the line in which it stands; mentions are sorted by document.
fn add_lines(build: &Build, mentions: &mut [Seen]) {
    for of_document in mentions.chunk_by_mut(|a, b| a.place.document == b.place.document) {
        let Some(document) = of_document.first().map(|seen| seen.place.document.clone()) else { continue };
        // A text that is missing is for `check` to report; the mention is still worth showing.
        let Ok(text) = build.text(&document) else { continue };
        let letters: Vec<char> = text.chars().collect();
        for seen in of_document {
            seen.line = line(&letters, seen.place.start as usize, seen.place.end as usize);
        }
    }
}

/// The line that holds a range of code points, cut to the words around it.
fn line(letters: &[char], start: usize, end: usize) -> String {
    let (start, end) = (start.min(letters.len()), end.min(letters.len()).max(start.min(letters.len())));
    let first = letters[..start].iter().rposition(|c| *c == '\n').map_or(0, |at| at + 1);
    let last = letters[end..].iter().position(|c| *c == '\n').map_or(letters.len(), |at| end + at);
    let (from, to) = (first.max(start.saturating_sub(AROUND)), last.min(end + AROUND));
    let words: String = letters[from..to].iter().map(|c| if c.is_whitespace() { ' ' } else { *c }).collect();
    let (before, after) = (if from > first { "… " } else { "" }, if to < last { " …" } else { "" });
    format!("{before}{}{after}", words.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::sample;

    fn explained(typed: &str, most: usize) -> Result<Explanation, Error> {
        let folder = sample::folder();
        explanation(&Build::open(folder.path())?, typed, most)
    }

    #[test]
    fn a_person_is_shown_with_names_words_and_reasons() {
        let reed = explained("tom reed", 10).expect("one person");
        let names: Vec<&str> = reed.names.iter().map(|name| name.text.as_str()).collect();
        assert_eq!(names, ["Mr Reed", "Mr Tom Reed", "Tom Reed"]);
        assert!(reed.mentions.shown[1].line.starts_with("Mr Reed updated the Board. The Trust"));
        let represents = reed.groups.iter().find(|group| group.predicate == "represents").expect("a group");
        let quotes: Vec<&str> = represents.facts.iter().map(|fact| fact.quote.as_str()).collect();
        assert_eq!(quotes, ["Mr Tom Reed\tNorthshire Probation Service", "Tom Reed, National Probation Service"]);
        assert_eq!(reed.joined.shown[0].reasons[0].2, "same given name Tom");
    }

    #[test]
    fn lists_are_bounded_and_say_how_many_there_are() {
        let reed = explained("person/tom-reed", 1).expect("one person");
        assert_eq!((reed.mentions.shown.len(), reed.mentions.total), (1, 3));
        assert!(reed.groups.iter().all(|group| group.facts.len() == 1));
    }

    #[test]
    fn what_nearly_joined_is_told_from_either_side() {
        for (id, other) in
            [("person/pat-lee-northshire", "person/pat-lee-nps"), ("person/pat-lee-nps", "person/pat-lee-northshire")]
        {
            let lee = explained(id, 10).expect("one person");
            assert_eq!(lee.apart.shown[0].other, other);
            assert_eq!(lee.joined.total, 0);
        }
    }

    #[test]
    fn a_relation_is_explained_by_its_words_alone() {
        let folder = sample::folder();
        let build = Build::open(folder.path()).expect("a build");
        let of = |predicate: &str, object: Option<&str>| relation(&build, "Tom Reed", predicate, object, 10);
        let all = of("represents", None).expect("a relation");
        assert_eq!((all.groups.len(), all.groups[0].total), (1, 2));
        let one = of("represents", Some("NPS")).expect("a relation");
        assert_eq!(one.groups[0].facts[0].quote, "Tom Reed, National Probation Service");
        assert_eq!(one.groups[0].total, 1);
        assert!(of("chairs", None).expect("a predicate").groups.is_empty());
        assert!(of("represent", None).expect_err("a slip").help.contains("`represents`"));
    }

    #[test]
    fn a_meeting_and_an_item_can_be_explained() {
        let meeting = explained("meeting/northshire-safety-board/2014-03-13", 10).expect("a meeting");
        assert!(meeting.groups.iter().any(|group| group.predicate == "chairs" && group.facts[0].incoming));
        let item = explained("Changes to probation", 10).expect("an item");
        assert_eq!(item.entity.kind, "item");
    }
}
