//! A small graph made by hand for the tests of the writers: two documents of one meeting, one source that
//! could not be read, and names that no file format likes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;

use super::{Staging, plan, write};
use crate::model::{
    ActionRecord, AttendanceRecord, Basis, Capacity, Comparison, Date, DecisionRecord, Details, DocumentId,
    DocumentRecord, Entity, EntityId, EntityKind, Function, Graph, ItemRecord, Layer, MeetingRecord, PanelRecord,
    Predicate, Qualifier, Quote, ReadStatus, Records, Relation, Relations, ResolvedMention, Rows, SourceFacts, Status,
    Tenure, Time, UnresolvedRecord,
};

/// A name that hurts CSV, XML, Turtle and HTML alike.
pub(super) const HOSTILE: &str = "=Eve <b>\"O'Dée\"</b> & Söhne; \\n\u{1}𝒳 \"\"\" ]]>";
/// What XML can hold of it.
pub(super) const HOSTILE_IN_XML: &str = "=Eve <b>\"O'Dée\"</b> & Söhne; \\n𝒳 \"\"\" ]]>";

const MINUTES: &str = "Fenland Safety Board – Minutes, 13 March 2014, Town Hall\n\
Present:\n\
Cllr Ann Hare MBE\tFen District Council (Chair)\n\
Bob Ash\tRidings Probation Trust\n\
Apologies: Eve “O'Dée” & Söhne\n\
1. Probation update\n\
Bob Ash reported that the Trust would be replaced by the National Probation Service in June 2014 (Offender Act 2007).\n\
RESOLVED, moved by Ann Hare, seconded by Bob Ash: that the update be noted.\n\
Action: Bob Ash to circulate the Safe Fens Plan by 1 May.\n\
Ann Hare was elected Chair for 2014/15. Bob Ash declared an interest in item 1.\n\
Next to speak: somebody unclear\n";

const WEB: &str = "Board minutes 13 March 2014\nPresent: Bob Ash (Ridings Probation Trust)\n";

const DOCUMENTS: &[(&str, &str)] = &[("2014/a b#1.txt", MINUTES), ("2014/web.md", WEB), ("broken.pdf", "")];

/// The text of a document of the sample.
pub(super) fn text(document: &str) -> &'static str {
    DOCUMENTS.iter().find(|(path, _)| *path == document).map_or("", |(_, text)| text)
}

fn quote(document: u32, words: &str) -> Quote {
    let text = DOCUMENTS[document as usize].1;
    let at = text.find(words).unwrap();
    let start = text[..at].chars().count() as u32;
    Quote { start, end: start + words.chars().count() as u32, text: words.into() }
}

const ENTITIES: &[(&str, EntityKind, &str)] = &[
    ("action/fenland/2014-03-13/1", EntityKind::Action, "circulate the Safe Fens Plan"),
    ("document/2014/a%20b%231.txt", EntityKind::Document, "2014/a b#1.txt"),
    ("document/2014/web.md", EntityKind::Document, "2014/web.md"),
    ("document/broken.pdf", EntityKind::Document, "broken.pdf"),
    ("legislation/offender-act-2007", EntityKind::Legislation, "Offender Act 2007"),
    ("meeting/fenland/2013-12-02", EntityKind::Meeting, "Fenland Safety Board, 2013-12-02"),
    ("meeting/fenland/2014-03-13", EntityKind::Meeting, "Fenland Safety Board, 2014-03-13"),
    ("meeting/fenland/2014-03-13/item/1", EntityKind::Item, "Probation update"),
    ("meeting/fenland/2014-03-13/item/1/decision/1", EntityKind::Decision, "that the update be noted"),
    ("organisation/fen-district-council", EntityKind::Organisation, "Fen District Council"),
    ("organisation/fenland-safety-board", EntityKind::Organisation, "Fenland Safety Board"),
    ("organisation/national-probation-service", EntityKind::Organisation, "National Probation Service"),
    ("organisation/ridings-probation-trust", EntityKind::Organisation, "Ridings Probation Trust"),
    ("person/ann-hare", EntityKind::Person, "Ann Hare"),
    ("person/bob-ash", EntityKind::Person, "Bob Ash"),
    ("person/eve odée", EntityKind::Person, HOSTILE),
    ("programme/safe-fens-plan", EntityKind::Programme, "Safe Fens Plan"),
    ("role/chair", EntityKind::Role, "Chair"),
];

fn id(iri: &str) -> EntityId {
    EntityId(ENTITIES.iter().position(|(i, ..)| *i == iri).unwrap() as u32)
}

fn day() -> Option<Date> {
    Date::day(2014, 3, 13)
}

fn entities() -> Vec<Entity> {
    let details = |iri: &str| match iri {
        "organisation/fenland-safety-board" => Details { class: "collaboration".into(), ..Details::default() },
        "organisation/fen-district-council" => Details { class: "formal".into(), ..Details::default() },
        "organisation/national-probation-service" | "organisation/ridings-probation-trust" => {
            Details { class: "formal".into(), function: Some("probation".into()), ..Details::default() }
        }
        "person/ann-hare" => Details {
            given: "Ann".into(),
            family: "Hare".into(),
            honorifics: vec!["Cllr".into()],
            postnominals: vec!["MBE".into()],
            ..Details::default()
        },
        "person/bob-ash" => Details { aliases: vec!["@Bob".into(), "R. Ash".into()], ..Details::default() },
        _ => Details::default(),
    };
    let entity = |&(iri, kind, name): &(&str, EntityKind, &str)| Entity {
        iri: iri.to_owned(),
        kind,
        name: name.into(),
        first_seen: day(),
        last_seen: day(),
        documents: 1,
        mentions: 2,
        known: Some(Box::new(details(iri))),
    };
    ENTITIES.iter().map(entity).collect()
}

/// Subject, predicate, object, document, words, qualifiers.
type Row<'a> = (&'a str, Predicate, &'a str, u32, &'a str, Vec<(Qualifier, &'a str)>);

fn relations() -> Vec<Relation> {
    use Predicate as P;
    use Qualifier as Q;
    let meeting = "meeting/fenland/2014-03-13";
    let item = "meeting/fenland/2014-03-13/item/1";
    let decision = "meeting/fenland/2014-03-13/item/1/decision/1";
    let (ann, bob, eve) = ("person/ann-hare", "person/bob-ash", "person/eve odée");
    let (trust, service) = ("organisation/ridings-probation-trust", "organisation/national-probation-service");
    let council = "organisation/fen-district-council";
    let ann_line = "Cllr Ann Hare MBE\tFen District Council (Chair)";
    let bob_line = "Bob Ash\tRidings Probation Trust";
    let reported = "Bob Ash reported that the Trust would be replaced by the National Probation Service in June 2014";
    let elected = "Ann Hare was elected Chair for 2014/15.";
    let action = "Action: Bob Ash to circulate the Safe Fens Plan by 1 May.";
    let head = "Fenland Safety Board – Minutes, 13 March 2014";
    let moved = "moved by Ann Hare, seconded by Bob Ash";
    let stated: Vec<Row<'_>> = vec![
        (ann, P::Attended, meeting, 0, ann_line, vec![(Q::Capacity, "member")]),
        (ann, P::Chairs, meeting, 0, ann_line, vec![]),
        (ann, P::Represents, council, 0, ann_line, vec![]),
        (bob, P::Attended, meeting, 0, bob_line, vec![(Q::Capacity, "member")]),
        (bob, P::Attended, meeting, 1, "Bob Ash (Ridings Probation Trust)", vec![]),
        (bob, P::Represents, trust, 0, bob_line, vec![]),
        (bob, P::Represents, trust, 1, "Bob Ash (Ridings Probation Trust)", vec![]),
        (eve, P::Apologised, meeting, 0, "Eve “O'Dée” & Söhne", vec![]),
        (bob, P::Presented, item, 0, reported, vec![(Q::Form, "update")]),
        (trust, P::SucceededBy, service, 0, reported, vec![(Q::Date, "2014-06"), (Q::Certainty, "planned")]),
        (ann, P::Moved, decision, 0, moved, vec![]),
        (bob, P::Seconded, decision, 0, moved, vec![]),
        (meeting, P::Decided, decision, 0, "that the update be noted", vec![(Q::Verb, "note"), (Q::Outcome, "noted")]),
        (bob, P::ResponsibleFor, "action/fenland/2014-03-13/1", 0, action, vec![(Q::Due, "1 May")]),
        ("action/fenland/2014-03-13/1", P::Concerns, "programme/safe-fens-plan", 0, action, vec![]),
        (item, P::Concerns, "legislation/offender-act-2007", 0, "Offender Act 2007", vec![]),
        (
            ann,
            P::ElectedTo,
            "role/chair",
            0,
            elected,
            vec![(Q::Organisation, "organisation/fenland-safety-board"), (Q::Term, "2014/15")],
        ),
        (
            bob,
            P::DeclaredInterest,
            item,
            0,
            "Bob Ash declared an interest in item 1.",
            vec![(Q::Interest, "an interest")],
        ),
        (item, P::ItemOf, meeting, 0, "1. Probation update", vec![(Q::Number, "1")]),
        (decision, P::DecisionOf, item, 0, "that the update be noted", vec![]),
        (meeting, P::MeetingOf, "organisation/fenland-safety-board", 0, head, vec![]),
        (meeting, P::Follows, "meeting/fenland/2013-12-02", 0, head, vec![]),
        ("role/chair", P::RoleAt, "organisation/fenland-safety-board", 0, elected, vec![]),
        (ann, P::HoldsRole, "role/chair", 0, ann_line, vec![(Q::Organisation, "organisation/fenland-safety-board")]),
    ];
    let mut relations: Vec<Relation> = stated
        .into_iter()
        .map(|(subject, predicate, object, document, words, qualifiers)| Relation {
            subject: id(subject),
            predicate,
            object: id(object),
            subject_as_written: "".into(),
            object_as_written: "".into(),
            layer: Layer::Stated,
            meeting: Some(id(meeting)),
            date: day(),
            valid_from: None,
            valid_to: None,
            qualifiers: qualifiers.into_iter().map(|(q, v)| (q, v.to_owned())).collect(),
            document: Some(DocumentId(document)),
            quote: quote(document, words),
            rule: Cow::Borrowed("hand-made"),
            premises: Vec::new(),
        })
        .collect();
    relations.push(Relation {
        subject: id("organisation/fen-district-council"),
        predicate: P::PartOf,
        object: id("organisation/fenland-safety-board"),
        layer: Layer::Derived,
        meeting: None,
        date: None,
        qualifiers: Vec::new(),
        document: None,
        quote: Quote::default(),
        rule: Cow::Borrowed("worked-out"),
        premises: vec![0, 5],
        ..relations[0].clone()
    });
    relations.sort_by_key(|r| (r.subject, r.predicate, r.object, r.date, r.document, r.quote.start));
    relations
}

fn attendance() -> Vec<AttendanceRecord> {
    let record = |document: u32, person: &str, words: &str, name: &str, status| AttendanceRecord {
        meeting: id("meeting/fenland/2014-03-13"),
        person: id(person),
        person_as_written: name.into(),
        status,
        capacity: None,
        chair: false,
        organisations: Vec::new(),
        role: "".into(),
        substitute_for: None,
        arrived: "".into(),
        left: "".into(),
        remote: false,
        document: DocumentId(document),
        quote: quote(document, words),
        rule: "hand-made".into(),
    };
    let trust = |name: &str| vec![(id("organisation/ridings-probation-trust"), name.into())];
    vec![
        AttendanceRecord {
            capacity: Some(Capacity::Member),
            chair: true,
            organisations: vec![(id("organisation/fen-district-council"), "Fen District Council".into())],
            role: "Chair".into(),
            ..record(
                0,
                "person/ann-hare",
                "Cllr Ann Hare MBE\tFen District Council (Chair)",
                "Cllr Ann Hare MBE",
                Status::Present,
            )
        },
        AttendanceRecord {
            capacity: Some(Capacity::Member),
            organisations: trust("Ridings Probation Trust"),
            substitute_for: Some(id("person/eve odée")),
            left: "before item 1".into(),
            ..record(0, "person/bob-ash", "Bob Ash\tRidings Probation Trust", "Bob Ash", Status::Present)
        },
        record(0, "person/eve odée", "Eve “O'Dée” & Söhne", "Eve “O'Dée” & Söhne", Status::Apologies),
        AttendanceRecord {
            organisations: trust("Ridings Probation Trust"),
            ..record(1, "person/bob-ash", "Bob Ash (Ridings Probation Trust)", "Bob Ash", Status::Present)
        },
    ]
}

/// The graph.
pub(super) fn graph() -> Graph {
    let meeting = id("meeting/fenland/2014-03-13");
    let board = id("organisation/fenland-safety-board");
    let bob = id("person/bob-ash");
    let document = |i: usize, entity: &str, status, message: &str| DocumentRecord {
        source: SourceFacts {
            path: DOCUMENTS[i].0.to_owned(),
            format: if status == ReadStatus::Read { "txt".into() } else { "".into() },
            bytes: DOCUMENTS[i].1.len() as u64,
            sha256: format!("{i}").repeat(64),
            text_sha256: if status == ReadStatus::Read { format!("{}", i + 3).repeat(64) } else { String::new() },
            status,
            message: message.to_owned(),
        },
        entity: id(entity),
        meeting: (status == ReadStatus::Read).then_some(meeting),
        statements: 3,
    };
    let minutes = |document: u32, words: &str| MeetingRecord {
        meeting,
        document: DocumentId(document),
        body: Some(board),
        body_as_written: "Fenland Safety Board".into(),
        date: day(),
        start_time: Time::new(14, 0),
        end_time: None,
        venue: (document == 0).then(|| quote(0, "Town Hall")),
        chairs: if document == 0 { vec![id("person/ann-hare")] } else { Vec::new() },
        attendance_recorded: true,
        previous: Date::day(2013, 12, 2),
        next: Date::month(2014, 6),
        quote: quote(document, words),
    };
    let tenure = |person: &str, basis| Tenure {
        person: id(person),
        organisation: Some(board),
        role: None,
        on_behalf_of: None,
        start: None,
        end: None,
        first_seen: day(),
        last_seen: day(),
        times_seen: 1,
        term: "".into(),
        basis,
        premises: vec![0],
    };
    Graph {
        entities: entities(),
        functions: vec![Function { key: "probation".into(), label: "Probation".into() }],
        documents: vec![
            document(0, "document/2014/a%20b%231.txt", ReadStatus::Read, ""),
            document(1, "document/2014/web.md", ReadStatus::Read, ""),
            document(2, "document/broken.pdf", ReadStatus::Skipped, "no text: <run> ocrmypdf"),
        ],
        mentions: Records::from_iter([ResolvedMention {
            document: DocumentId(0),
            quote: quote(0, "Bob Ash"),
            entity: Some(bob),
            kind: EntityKind::Person,
            rule: Cow::Borrowed("hand-made"),
        }]),
        relations: Relations::from_iter(relations()),
        meetings: vec![
            minutes(0, "Fenland Safety Board – Minutes, 13 March 2014"),
            minutes(1, "Board minutes 13 March 2014"),
        ],
        attendance: attendance().into_iter().collect(),
        panel: Rows::from_iter([vec![PanelRecord {
            meeting,
            date: day().unwrap(),
            body: board,
            person: bob,
            capacity: Some(Capacity::Member),
            organisations: vec![id("organisation/ridings-probation-trust")],
            status: Some(Status::Present),
        }]]),
        tenures: vec![
            Tenure {
                role: Some(id("role/chair")),
                term: "2014/15".into(),
                start: Date::year(2014),
                ..tenure("person/ann-hare", Basis::Stated)
            },
            Tenure {
                on_behalf_of: Some(id("organisation/ridings-probation-trust")),
                ..tenure("person/bob-ash", Basis::Observed)
            },
        ],
        items: Records::from_iter([ItemRecord {
            item: id("meeting/fenland/2014-03-13/item/1"),
            meeting,
            number: "1".into(),
            title: "Probation update".into(),
            document: DocumentId(0),
            quote: quote(0, "1. Probation update"),
        }]),
        decisions: Records::from_iter([DecisionRecord {
            decision: id("meeting/fenland/2014-03-13/item/1/decision/1"),
            meeting,
            date: day(),
            item: Some(id("meeting/fenland/2014-03-13/item/1")),
            number: "".into(),
            verb: "note".into(),
            mover: Some(id("person/ann-hare")),
            seconder: Some(bob),
            outcome: "noted".into(),
            document: DocumentId(0),
            quote: quote(0, "that the update be noted"),
        }]),
        actions: Records::from_iter([ActionRecord {
            action: id("action/fenland/2014-03-13/1"),
            meeting,
            date: day(),
            item: Some(id("meeting/fenland/2014-03-13/item/1")),
            owners: vec![bob],
            due: "1 May".into(),
            document: DocumentId(0),
            quote: quote(0, "Action: Bob Ash to circulate the Safe Fens Plan by 1 May."),
        }]),
        comparisons: Rows::from_iter([Comparison {
            entity: bob,
            other: bob,
            left: "Bob Ash".into(),
            right: "=R. Ash".into(),
            places: [(DocumentId(0), 1, 2), (DocumentId(1), 3, 4)],
            score: 0.9,
            features: vec![("surname".into(), 0.9, "same \"surname\"".into())],
            decided_by: "rule".into(),
        }]),
        unresolved: vec![UnresolvedRecord {
            document: DocumentId(0),
            quote: quote(0, "somebody unclear"),
            reason: "looks like a name".into(),
        }],
        ..Graph::default()
    }
}

/// A build in a folder that goes when it is dropped.
pub(super) struct Build(tempfile::TempDir);

impl Build {
    pub(super) fn open(&self, file: &str) -> fs::File {
        fs::File::open(self.0.path().join("out").join(file)).unwrap()
    }

    pub(super) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.path().join("out").join(file)).unwrap()
    }
}

/// Builds the sample.
pub(super) fn build(formats: &[&str]) -> Build {
    build_of(&graph(), formats)
}

/// Builds a graph.
pub(super) fn build_of(graph: &Graph, formats: &[&str]) -> Build {
    let folder = tempfile::tempdir().unwrap();
    let staging = Staging::beside(&folder.path().join("out")).unwrap();
    for (document, text) in DOCUMENTS {
        staging.text(document, text).unwrap();
    }
    write(graph, &plan(formats, "https://quorate.example/").unwrap(), &staging).unwrap();
    staging.finish().unwrap();
    Build(folder)
}

/// An XML file as its elements with their attributes, and its texts; panics where it is not well-formed.
pub(super) struct Xml {
    pub(super) elements: Vec<(String, BTreeMap<String, String>)>,
    pub(super) texts: Vec<String>,
}

impl Xml {
    pub(super) fn count(&self, name: &str) -> usize {
        self.elements.iter().filter(|(n, _)| n == name).count()
    }
}

/// Reads XML.
pub(super) fn xml(text: &str) -> Xml {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    let mut read = Xml { elements: Vec::new(), texts: vec![String::new()] };
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) | Event::Empty(e) => {
                let attribute = |a: quick_xml::events::attributes::Attribute<'_>| {
                    let value = quick_xml::escape::unescape(&a.value).unwrap().into_owned();
                    (a.key.as_ref().to_owned(), value)
                };
                let name = e.name().as_ref().to_owned();
                read.elements.push((name, e.attributes().map(|a| attribute(a.unwrap())).collect()));
                read.texts.push(String::new());
            }
            Event::Text(e) => read.texts.last_mut().unwrap().push_str(&e),
            Event::GeneralRef(e) => {
                let entity = format!("&{};", &*e);
                read.texts.last_mut().unwrap().push_str(&quick_xml::escape::unescape(&entity).unwrap());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    read
}
