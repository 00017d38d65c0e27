//! An annotated document, as its JSON file holds it: what a careful reader finds.
//!
//! In: the text of a file. Out: plain values; what may be one or several is a list, what may be words or an object
//! with words is one thing. Fields that are not measured are not read. Never compares anything.

use serde::Deserialize;
use serde::de::{Deserializer, Error};

/// One or several words; nothing where the annotation leaves it out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(pub Vec<String>);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            One(String),
            Several(Vec<String>),
            Nothing(()),
        }
        Ok(Self(
            match Written::deserialize(from).map_err(|_| D::Error::custom("expected words, or a list of words"))? {
                Written::One(word) if word.is_empty() => Vec::new(),
                Written::One(word) => vec![word],
                Written::Several(words) => words,
                Written::Nothing(()) => Vec::new(),
            },
        ))
    }
}

/// Something named: words, or an object with words that may be optional.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The words.
    pub words: String,
    /// Whether a build may leave it out, or state it.
    pub optional: bool,
}

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Words(String),
            Object {
                #[serde(alias = "text", alias = "person", alias = "organisation")]
                name: String,
                #[serde(default)]
                optional: bool,
            },
        }
        let written =
            Written::deserialize(from).map_err(|_| D::Error::custom("expected words, or {\"name\": words}"))?;
        Ok(match written {
            Written::Words(words) => Self { words, optional: false },
            Written::Object { name, optional } => Self { words: name, optional },
        })
    }
}

/// A person's entry: of the attendance, or of what the text says of somebody.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// Who.
    pub person: Words,
    /// `present`, `apologies` or `absent`.
    pub status: String,
    /// `member`, `officer` or `attendee`.
    pub capacity: Option<String>,
    /// Whether the person took the chair.
    pub chair: bool,
    /// Organisations that the person is listed with.
    pub organisation: Words,
    /// Posts or roles.
    pub role: Words,
    /// Whose place was taken.
    pub substitute_for: Option<String>,
    /// Business that was presented.
    pub item: Words,
    /// Whether a build may leave it out, or state it.
    pub optional: bool,
}

/// A motion.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Motion {
    /// Who moved it.
    pub mover: Words,
    /// Who seconded it.
    pub seconder: Words,
    /// Whether a build may leave it out, or state it.
    pub optional: bool,
}

/// An organisation that took the place of another.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Succession {
    /// The one that went.
    pub from: Words,
    /// The one that came.
    pub to: Words,
    /// Whether a build may leave it out, or state it.
    pub optional: bool,
}

/// An annotated document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Gold {
    /// Path as in `documents.csv`.
    pub document: String,
    /// The body that met.
    pub body: Option<String>,
    /// Day of the meeting.
    pub date: Words,
    /// When it started.
    pub start_time: Words,
    /// When it ended.
    pub end_time: Words,
    /// The meeting announced; `next_meetings` where several are.
    pub next_meeting: Words,
    /// Further meetings announced.
    pub next_meetings: Words,
    /// The meeting whose minutes were confirmed.
    pub previous_meeting: Words,
    /// Further meetings whose minutes were confirmed.
    pub previous_meetings: Words,
    /// Fields of the meeting that a build may leave out, or state.
    pub optional_fields: Vec<String>,
    /// Who was there, apologised, or was absent.
    pub attendance: Vec<Entry>,
    /// What the text says of people outside the list.
    pub represents: Vec<Entry>,
    /// Who presented what.
    pub presented: Vec<Entry>,
    /// Who was elected to what.
    pub elected: Vec<Entry>,
    /// Who declared an interest.
    pub declared: Vec<Entry>,
    /// Motions.
    pub motions: Vec<Motion>,
    /// Organisations replaced by others.
    pub succeeded: Vec<Succession>,
    /// Decisions, if annotated.
    pub decisions: Option<Vec<Named>>,
    /// People, if annotated.
    pub people: Option<Vec<Named>>,
    /// Organisations, if annotated.
    pub organisations: Option<Vec<Named>>,
    /// Programmes, if annotated.
    pub programmes: Option<Vec<Named>>,
    /// Legislation, if annotated.
    pub legislation: Option<Vec<Named>>,
    /// Ways of writing one person, in groups: what identities are measured with.
    pub same_person: Vec<Vec<String>>,
}

/// Reads an annotation; `None` where the file is JSON but annotates no document.
///
/// # Errors
/// Where it is no JSON, or a field is of another shape: the message names line and column.
pub fn gold(text: &str) -> Result<Option<Gold>, serde_json::Error> {
    let value: serde_json::Value = serde_json::from_str(text)?;
    if value.get("document").and_then(|d| d.as_str()).is_none_or(str::is_empty) {
        return Ok(None);
    }
    serde_json::from_str(text).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_objects_are_read_alike() {
        let text = r#"{"document": "a.txt", "attendance": [{"person": "Ada Fenn", "status": "present", "organisation":
            ["A", "B"], "capacity": null}], "decisions": ["x", {"text": "y", "optional": true}], "items": 3}"#;
        let gold = gold(text).expect("read").expect("a document");
        assert_eq!(gold.attendance[0].organisation.0, ["A", "B"]);
        assert_eq!(gold.decisions.map(|d| d[1].clone()), Some(Named { words: "y".into(), optional: true }));
        assert!(gold.people.is_none());
    }

    #[test]
    fn what_is_no_annotation_is_left_or_told() {
        assert!(gold("{\"fields\": []}").expect("JSON").is_none() && gold("[]").expect("JSON").is_none());
        let error = gold("{\"document\": \"a\",\n \"people\": [3]}").expect_err("no words");
        assert_eq!(error.line(), 2, "{error}");
        assert!(gold("{").is_err());
    }
}
