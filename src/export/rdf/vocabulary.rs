//! Our own vocabulary, made from the schema: what ORG, Popolo, PROV, schema.org, SKOS, Web Annotation and
//! Dublin Core lack. It travels with the data, because queries ask for labels of codes.

use std::collections::BTreeSet;

use super::term::{Iri, LABEL, NAMESPACE, Object, Triple, Triples, fixed, predicate, term, text};
use crate::model::{Basis, Capacity, EntityKind, Graph, Layer, Qualifier, SCHEMA, Status, Text};

/// A class: name, label, what it is, what it is a kind of.
type Class = (&'static str, &'static str, &'static str, &'static [&'static str]);

static CLASSES: &[Class] = &[
    ("Meeting", "meeting", "One sitting of a body on one day.", &[term!(schema:Event), term!(prov:Activity)]),
    ("AgendaItem", "item", "An item of business of a meeting.", &[term!(schema:Event)]),
    (
        "Participation",
        "participation",
        "One person at one meeting: status, capacity, for whom, as written.",
        &[term!(prov:Entity)],
    ),
    (
        "Presentation",
        "presentation",
        "Somebody presenting, reporting on or introducing an item.",
        &[term!(prov:Entity)],
    ),
    ("Decision", "decision", "One limb of a resolution.", &[term!(prov:Entity)]),
    ("Election", "election", "Somebody elected or appointed to a role at a meeting.", &[term!(prov:Entity)]),
    (
        "InterestDeclaration",
        "declaration of interest",
        "Somebody declaring an interest at a meeting.",
        &[term!(prov:Entity)],
    ),
    ("Action", "action", "An action point.", &[term!(schema:Action), term!(prov:Entity)]),
    ("Minutes", "minutes", "A document that minutes a meeting.", &[term!(schema:DigitalDocument), term!(prov:Entity)]),
    (
        "SourceText",
        "source text",
        "The frozen plain text of a document, named by its SHA-256; offsets are Unicode code points into it.",
        &[term!(prov:Entity)],
    ),
    (
        "Statement",
        "statement",
        "A relation that no other node describes, with its qualifiers and its words or premises.",
        &[term!(rdf:Statement), term!(prov:Entity)],
    ),
];

/// A property: name, label, what it says, range.
type Property = (&'static str, &'static str, &'static str, &'static str);

static PROPERTIES: &[Property] = &[
    ("meeting", "meeting", "The meeting at which it was.", term!(quorate:Meeting)),
    ("person", "person", "The person that it is about.", term!(schema:Person)),
    ("agendaItem", "item", "The item of business under which it was.", term!(quorate:AgendaItem)),
    ("status", "status", "Present, apologies or absent.", term!(skos:Concept)),
    (
        "capacity",
        "capacity",
        "In what capacity somebody attends, where the list distinguishes, and whether in the chair.",
        term!(skos:Concept),
    ),
    ("substituteFor", "substitute for", "The person whose place was taken.", term!(schema:Person)),
    ("nameAsWritten", "name as written", "The name of the person as the document writes it.", term!(xsd:string)),
    ("roleAsWritten", "role as written", "The role as the document writes it.", term!(xsd:string)),
    (
        "organisationAsWritten",
        "organisation as written",
        "The organisation as the document writes it.",
        term!(xsd:string),
    ),
    ("arrived", "arrived", "When the person came, as written.", term!(xsd:string)),
    ("departed", "departed", "When the person left, as written.", term!(xsd:string)),
    ("remote", "remote", "Whether the person took part from afar.", term!(xsd:boolean)),
    (
        "attendanceRecorded",
        "attendance recorded",
        "Whether there is a list of who attended. Where there is none, nothing follows from a name that is missing: every rate must filter on this.",
        term!(xsd:boolean),
    ),
    ("previousMeeting", "previous meeting", "Date of the meeting whose minutes were confirmed.", term!(xsd:date)),
    ("nextMeeting", "next meeting", "Date announced for the next meeting.", term!(xsd:date)),
    ("presentationForm", "form", "How it was presented.", term!(skos:Concept)),
    ("verb", "verb", "The verb of a decision.", term!(xsd:string)),
    ("outcome", "outcome", "What became of a motion.", term!(skos:Concept)),
    ("mover", "mover", "Who proposed it.", term!(schema:Person)),
    ("seconder", "seconder", "Who seconded it.", term!(schema:Person)),
    ("due", "due", "When an action is due, as a date or as written.", term!(rdfs:Literal)),
    ("interest", "interest", "The interest that was declared, as written.", term!(xsd:string)),
    ("termOfOffice", "term of office", "The term as written.", term!(xsd:string)),
    (
        "firstSeen",
        "first seen",
        "First meeting at which it was seen. No start: it may have been so before.",
        term!(rdfs:Literal),
    ),
    ("lastSeen", "last seen", "Last meeting at which it was seen. No end: it may still be so.", term!(rdfs:Literal)),
    ("timesSeen", "times seen", "Number of meetings at which it was seen.", term!(xsd:integer)),
    ("validFrom", "valid from", "From when it holds, where stated.", term!(rdfs:Literal)),
    ("validTo", "valid to", "Until when it holds, where stated.", term!(rdfs:Literal)),
    ("basis", "basis", "What it rests on.", term!(skos:Concept)),
    ("layer", "layer", "Whether a document says so or it was worked out.", term!(skos:Concept)),
    ("rule", "rule", "The rule that made it.", term!(xsd:string)),
    ("limitedTo", "limited to", "Items to which it is limited, as written.", term!(xsd:string)),
    ("inRole", "in role", "The role in which somebody stands for an organisation.", term!(rdfs:Resource)),
    ("inOrganisation", "in organisation", "The organisation in which a role is held.", term!(rdfs:Resource)),
    ("certainty", "certainty", "`planned` where the text only foresees it.", term!(xsd:string)),
    ("sha256", "SHA-256", "SHA-256 of the bytes, in hexadecimal.", term!(xsd:string)),
    ("readStatus", "read status", "read, partly or skipped.", term!(xsd:string)),
];

/// A list of codes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    Status,
    Capacity,
    Form,
    Outcome,
    Basis,
    Layer,
}

impl Scheme {
    const ALL: &'static [Self] = &[Self::Status, Self::Capacity, Self::Form, Self::Outcome, Self::Basis, Self::Layer];

    /// Name of the scheme, its label, and what ends the names of its codes, so that they differ from classes.
    fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Status => (term!(quorate:statusScheme), "Attendance status", ""),
            Self::Capacity => (term!(quorate:capacityScheme), "Capacity at a meeting", ""),
            Self::Form => (term!(quorate:formScheme), "Form of a presentation", "Form"),
            Self::Outcome => (term!(quorate:outcomeScheme), "Outcome of a decision", "Outcome"),
            Self::Basis => (term!(quorate:basisScheme), "Basis", ""),
            Self::Layer => (term!(quorate:layerScheme), "Layer", ""),
        }
    }

    /// The codes that are always there.
    pub(super) fn codes(self) -> Vec<&'static str> {
        match self {
            Self::Status => Status::ALL.iter().map(|s| s.name()).collect(),
            Self::Capacity => Capacity::ALL.iter().map(|c| c.name()).chain(["chair"]).collect(),
            Self::Form => vec!["paper", "presentation", "report", "update"],
            Self::Outcome => vec![
                "agreed",
                "approved",
                "carried",
                "deferred",
                "lost",
                "noted",
                "recommended",
                "rejected",
                "withdrawn",
            ],
            Self::Basis => [Basis::Stated, Basis::Observed].map(Basis::name).to_vec(),
            Self::Layer => Layer::ALL.iter().map(|l| l.name()).collect(),
        }
    }
}

/// A code as a term: `fire and rescue` of a list is `FireAndRescue`.
pub(super) fn code(scheme: Scheme, name: &str) -> Object {
    Object::Iri(code_iri(scheme, name))
}

pub(super) fn code_iri(scheme: Scheme, name: &str) -> Iri {
    let mut iri = String::from(NAMESPACE);
    for word in name.split(|c: char| !c.is_ascii_alphanumeric()) {
        let mut chars = word.chars();
        iri.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        iri.push_str(chars.as_str());
    }
    iri.push_str(scheme.names().2);
    Iri::Made(iri.into())
}

/// The class of a kind of entity.
pub(super) fn class(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => term!(schema:Person),
        EntityKind::Organisation => term!(org:Organization),
        EntityKind::Role => term!(org:Role),
        EntityKind::Programme => term!(schema:Project),
        EntityKind::Meeting => term!(quorate:Meeting),
        EntityKind::Item => term!(quorate:AgendaItem),
        EntityKind::Decision => term!(quorate:Decision),
        EntityKind::Action => term!(quorate:Action),
        EntityKind::Legislation => term!(schema:Legislation),
        EntityKind::Document => term!(schema:DigitalDocument),
    }
}

/// The vocabulary, with the codes that a graph uses beside those that are always there.
pub(super) fn triples(graph: &Graph) -> Vec<Triple> {
    let mut out = Triples::default();
    let english = |words: &str| Object::English(words.into());
    let ours = |name: &str| Iri::Made(format!("{NAMESPACE}{name}").into());
    let ontology = Iri::Fixed("https://quorate.example/ns");
    out.kind(&ontology, &[term!(owl:Ontology)]);
    out.add(&ontology, LABEL, english("Vocabulary of minutes"));
    let comment = "What meetings and their minutes need beside ORG, Popolo, PROV, schema.org, SKOS, Web Annotation and Dublin Core.";
    out.add(&ontology, term!(rdfs:comment), english(comment));
    for (name, label, comment, parents) in CLASSES {
        let class = ours(name);
        out.kind(&class, &[term!(rdfs:Class)]);
        out.add(&class, LABEL, english(label));
        out.add(&class, term!(rdfs:comment), english(comment));
        for parent in *parents {
            out.add(&class, term!(rdfs:subClassOf), fixed(parent));
        }
    }
    for (name, label, comment, range) in PROPERTIES {
        let property = ours(name);
        out.kind(&property, &[term!(rdf:Property)]);
        out.add(&property, LABEL, english(label));
        out.add(&property, term!(rdfs:comment), english(comment));
        out.add(&property, term!(rdfs:range), fixed(range));
    }
    for row in SCHEMA {
        let property = Iri::Fixed(predicate(row.predicate));
        out.kind(&property, &[term!(rdf:Property)]);
        out.add(&property, LABEL, english(&row.predicate.name().replace('_', " ")));
        out.add(&property, term!(rdfs:comment), english(&format!("The subject {}.", row.meaning)));
        let ends = [
            (row.domain, term!(rdfs:domain), term!(schema:domainIncludes)),
            (row.range, term!(rdfs:range), term!(schema:rangeIncludes)),
        ];
        for (kinds, one, several) in ends {
            // Several domains of RDF Schema would mean all of them at once.
            let property_of = if kinds.len() == 1 { one } else { several };
            for kind in kinds {
                out.add(&property, property_of, fixed(class(*kind)));
            }
        }
    }
    for &scheme in Scheme::ALL {
        let (iri, label, _) = scheme.names();
        out.kind(&Iri::Fixed(iri), &[term!(skos:ConceptScheme)]);
        out.add(&Iri::Fixed(iri), LABEL, english(label));
        let used = used(graph, scheme);
        let names: BTreeSet<&str> = scheme.codes().into_iter().chain(used.iter().map(|name| &**name)).collect();
        for name in names {
            let concept = code_iri(scheme, name);
            out.kind(&concept, &[term!(skos:Concept)]);
            out.add(&concept, term!(skos:inScheme), fixed(iri));
            out.add(&concept, term!(skos:notation), text(name));
            out.add(&concept, LABEL, english(name));
            out.add(&concept, term!(skos:prefLabel), english(name));
        }
    }
    out.sorted()
}

/// Codes of open lists that the graph uses.
fn used(graph: &Graph, scheme: Scheme) -> BTreeSet<Text> {
    let qualifier = match scheme {
        Scheme::Form => Qualifier::Form,
        Scheme::Outcome => Qualifier::Outcome,
        _ => return BTreeSet::new(),
    };
    let mut used: BTreeSet<Text> = graph.relations.codes(qualifier).map(Text::from).collect();
    if scheme == Scheme::Outcome {
        used.extend(graph.decisions.iter().map(|decision| decision.outcome));
    }
    used.remove("");
    used
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_of_ours_that_is_written_is_described() {
        let graph = crate::export::sample::graph();
        let known: BTreeSet<Iri> = triples(&graph).into_iter().map(|t| t.subject).collect();
        let build = crate::export::sample::build(&["nquads"]);
        for line in build.read("graph.nq").lines() {
            for iri in line.split('<').skip(1).filter_map(|part| part.split('>').next()) {
                let known = known.contains(&Iri::Made(iri.into()));
                assert!(!iri.starts_with(NAMESPACE) || known, "{iri} is not in the vocabulary");
            }
        }
    }

    #[test]
    fn names_can_be_reached_as_attributes_in_python() {
        let taken = ["count", "format", "index", "join", "split", "strip", "term", "title", "find", "replace", "lower"];
        for triple in triples(&Graph::default()) {
            let name = triple.subject.as_str().trim_start_matches(NAMESPACE);
            assert!(!taken.contains(&name), "{name}");
        }
    }

    #[test]
    fn nothing_is_named_twice() {
        let mut names: Vec<_> = CLASSES.iter().map(|c| c.0).chain(PROPERTIES.iter().map(|p| p.0)).collect();
        names.extend(SCHEMA.iter().map(|row| row.iri));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
