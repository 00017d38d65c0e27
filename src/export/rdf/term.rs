//! Terms and triples while they are gathered: cheap to copy, ordered, valid once they are made.
//!
//! Identifiers of entities come in relative to the base; whatever they hold, a valid IRI goes out.

use std::fmt::Write;
use std::sync::{Arc, LazyLock};

use oxigraph::model::{LiteralRef, NamedNode, NamedNodeRef, QuadRef, TermRef};

use crate::export::cell;
use crate::model::{Date, Predicate, SCHEMA, Time};

/// The namespace of our own vocabulary.
pub(super) const NAMESPACE: &str = "https://quorate.example/ns#";

/// Prefixes of the files.
pub(super) static PREFIXES: &[(&str, &str)] = &[
    ("dcterms", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("opengov", "http://www.w3.org/ns/opengov#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("quorate", NAMESPACE),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "http://schema.org/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// A term of a vocabulary, written as its prefixed name.
macro_rules! term {
    (dcterms:$n:ident) => {
        concat!("http://purl.org/dc/terms/", stringify!($n))
    };
    (foaf:$n:ident) => {
        concat!("http://xmlns.com/foaf/0.1/", stringify!($n))
    };
    (oa:$n:ident) => {
        concat!("http://www.w3.org/ns/oa#", stringify!($n))
    };
    (opengov:$n:ident) => {
        concat!("http://www.w3.org/ns/opengov#", stringify!($n))
    };
    (org:$n:ident) => {
        concat!("http://www.w3.org/ns/org#", stringify!($n))
    };
    (owl:$n:ident) => {
        concat!("http://www.w3.org/2002/07/owl#", stringify!($n))
    };
    (prov:$n:ident) => {
        concat!("http://www.w3.org/ns/prov#", stringify!($n))
    };
    (quorate:$n:ident) => {
        concat!("https://quorate.example/ns#", stringify!($n))
    };
    (rdf:$n:ident) => {
        concat!("http://www.w3.org/1999/02/22-rdf-syntax-ns#", stringify!($n))
    };
    (rdfs:$n:ident) => {
        concat!("http://www.w3.org/2000/01/rdf-schema#", stringify!($n))
    };
    (schema:$n:ident) => {
        concat!("http://schema.org/", stringify!($n))
    };
    (skos:$n:ident) => {
        concat!("http://www.w3.org/2004/02/skos/core#", stringify!($n))
    };
    (xsd:$n:ident) => {
        concat!("http://www.w3.org/2001/XMLSchema#", stringify!($n))
    };
}
pub(super) use term;

/// The type of a thing.
pub(super) const TYPE: &str = term!(rdf:type);
/// The label of a thing.
pub(super) const LABEL: &str = term!(rdfs:label);

/// The IRI of a predicate of the schema.
pub(super) fn predicate(predicate: Predicate) -> &'static str {
    static IRIS: LazyLock<Vec<String>> =
        LazyLock::new(|| SCHEMA.iter().map(|row| format!("{NAMESPACE}{}", row.iri)).collect());
    &IRIS[predicate as usize]
}

/// An IRI: one of a vocabulary, or one that was made and is shared.
#[derive(Clone, Debug)]
pub(super) enum Iri {
    /// Of a vocabulary.
    Fixed(&'static str),
    /// Made.
    Made(Arc<str>),
}

impl Iri {
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Fixed(iri) => iri,
            Self::Made(iri) => iri,
        }
    }
}

impl From<&'static str> for Iri {
    fn from(iri: &'static str) -> Self {
        Self::Fixed(iri)
    }
}

impl PartialEq for Iri {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Iri {}

impl PartialOrd for Iri {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Iri {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}

/// What a triple says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Object {
    /// Something that has an identifier.
    Iri(Iri),
    /// Plain text.
    Text(Box<str>),
    /// A value with its data type.
    Typed(Box<str>, &'static str),
    /// Text of our own vocabulary, which is in English.
    English(Box<str>),
}

impl From<Iri> for Object {
    fn from(iri: Iri) -> Self {
        Self::Iri(iri)
    }
}

impl From<&Iri> for Object {
    fn from(iri: &Iri) -> Self {
        Self::Iri(iri.clone())
    }
}

impl From<bool> for Object {
    fn from(value: bool) -> Self {
        Self::Typed(value.to_string().into(), term!(xsd:boolean))
    }
}

impl From<u32> for Object {
    fn from(value: u32) -> Self {
        Self::Typed(value.to_string().into(), term!(xsd:integer))
    }
}

impl From<Date> for Object {
    fn from(date: Date) -> Self {
        let kind = match (date.month, date.day) {
            (0, _) => term!(xsd:gYear),
            (_, 0) => term!(xsd:gYearMonth),
            _ => term!(xsd:date),
        };
        Self::Typed(date.to_string().into(), kind)
    }
}

impl From<Time> for Object {
    fn from(time: Time) -> Self {
        Self::Typed(format!("{time}:00").into(), term!(xsd:time))
    }
}

/// Plain text, as all formats of RDF can hold it.
pub(super) fn text(words: &str) -> Object {
    Object::Text(cell::xml(words).into())
}

/// A term of a vocabulary.
pub(super) fn fixed(iri: &'static str) -> Object {
    Object::Iri(Iri::Fixed(iri))
}

/// A date where the words are one, else the words.
pub(super) fn date_or_text(words: &str) -> Object {
    words.parse::<Date>().map_or_else(|_| text(words), Object::from)
}

/// Subject, predicate, object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Triple {
    pub(super) subject: Iri,
    pub(super) predicate: &'static str,
    pub(super) object: Object,
}

impl Triple {
    /// The triple as a quad of a graph, for a serializer.
    pub(super) fn quad<'a>(&'a self, graph: oxigraph::model::GraphNameRef<'a>) -> QuadRef<'a> {
        // Unchecked, because every IRI is fixed here or made by `Base`.
        let object: TermRef<'_> = match &self.object {
            Object::Iri(iri) => NamedNodeRef::new_unchecked(iri.as_str()).into(),
            Object::Text(words) => LiteralRef::new_simple_literal(words).into(),
            Object::Typed(value, kind) => {
                LiteralRef::new_typed_literal(value, NamedNodeRef::new_unchecked(kind)).into()
            }
            Object::English(words) => LiteralRef::new_language_tagged_literal_unchecked(words, "en").into(),
        };
        let subject = NamedNodeRef::new_unchecked(self.subject.as_str());
        QuadRef::new(subject, NamedNodeRef::new_unchecked(self.predicate), object, graph)
    }
}

/// Triples that are gathered, then sorted, each once.
#[derive(Default)]
pub(super) struct Triples(Vec<Triple>);

impl Triples {
    pub(super) fn add(&mut self, subject: &Iri, predicate: &'static str, object: impl Into<Object>) {
        self.0.push(Triple { subject: subject.clone(), predicate, object: object.into() });
    }

    /// Adds plain text, unless there is none.
    pub(super) fn text(&mut self, subject: &Iri, predicate: &'static str, words: &str) {
        if !words.is_empty() {
            self.add(subject, predicate, text(words));
        }
    }

    /// Adds what is known.
    pub(super) fn maybe(&mut self, subject: &Iri, predicate: &'static str, object: Option<impl Into<Object>>) {
        if let Some(object) = object {
            self.add(subject, predicate, object);
        }
    }

    /// Says what kind of thing something is.
    pub(super) fn kind(&mut self, subject: &Iri, classes: &[&'static str]) {
        for class in classes {
            self.add(subject, TYPE, fixed(class));
        }
    }

    pub(super) fn sorted(mut self) -> Vec<Triple> {
        self.0.sort_unstable();
        self.0.dedup();
        self.0
    }
}

/// The base of all identifiers.
#[derive(Clone, Debug)]
pub(in crate::export) struct Base(String);

impl Base {
    /// A base; `None` where the text is no absolute IRI to which paths can be appended.
    pub(in crate::export) fn new(iri: &str) -> Option<Self> {
        if iri.contains(['?', '#']) {
            return None;
        }
        let base = if iri.ends_with('/') { iri.to_owned() } else { format!("{iri}/") };
        NamedNode::new(format!("{base}person/a")).ok()?;
        Some(Self(base))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The IRI of something by its path.
    pub(super) fn iri(&self, path: &str) -> Iri {
        let mut iri = String::with_capacity(self.0.len() + path.len());
        iri.push_str(&self.0);
        encode(path, &mut iri);
        Iri::Made(iri.into())
    }

    /// The IRI of a part of something.
    pub(super) fn part(of: &Iri, path: &str) -> Iri {
        let mut iri = String::with_capacity(of.as_str().len() + path.len() + 1);
        iri.push_str(of.as_str());
        iri.push('/');
        encode(path, &mut iri);
        Iri::Made(iri.into())
    }
}

/// Percent-encodes what may not stand in the path of an IRI.
fn encode(path: &str, into: &mut String) {
    for (i, c) in path.char_indices() {
        let escape = || path.as_bytes()[i..].get(1..3).is_some_and(|h| h.iter().all(u8::is_ascii_hexdigit));
        let plain = match c {
            '%' => escape(),
            _ if c.is_ascii() => c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/".contains(c),
            '\u{A0}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFEF}' => true,
            '\u{10000}'..='\u{EFFFD}' => (c as u32) & 0xFFFE != 0xFFFE && !('\u{E0000}'..='\u{E0FFF}').contains(&c),
            _ => false,
        };
        if plain {
            into.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a string cannot fail.
                let _ = write!(into, "%{byte:02X}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_an_iri_cannot_hold_is_encoded() {
        let base = Base::new("https://example.org/m").unwrap();
        assert_eq!(
            base.iri("document/a b#1%20\"é%.txt").as_str(),
            "https://example.org/m/document/a%20b%231%20%22é%25.txt"
        );
    }

    #[test]
    fn prefixes_agree_with_the_macro() {
        for (prefix, sample) in [("quorate", term!(quorate:x)), ("schema", term!(schema:x)), ("xsd", term!(xsd:x))] {
            let namespace = PREFIXES.iter().find(|(p, _)| *p == prefix).unwrap().1;
            assert_eq!(format!("{namespace}x"), sample);
        }
    }

    proptest! {
        #[test]
        fn any_path_makes_a_valid_iri(path in "\\PC*|.*") {
            let base = Base::new("https://example.org/").unwrap();
            prop_assert!(NamedNode::new(base.iri(&path).as_str()).is_ok());
        }
    }
}
