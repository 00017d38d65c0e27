//! A small build for tests, of a board that never was: two meetings, seven years apart, one without a list.
//! Offsets are looked up in the texts, so that the sample is right by construction.

use super::table::{
    AttendanceRow, ComparisonRow, DecisionRow, DocumentRow, EntityRow, ItemRow, MeetingRow, MentionRow, PanelRow,
    RelationRow, TenureRow,
};

/// Path and text of each document.
pub(crate) const TEXTS: [(&str, &str); 2] = [
    (
        "2014.txt",
        "Minutes of the Northshire Safety Board, 13 March 2014\n\
         \n\
         Present\n\
         Mrs Ada Vance\tNorthshire Council – in the Chair\n\
         Mr Tom Reed\tNorthshire Probation Service\n\
         Pat Lee\tNorthshire Council\n\
         \n\
         Apologies: Cllr Col Gold (Northshire Probation Trust) and Ines Marr (Northshire Council), for whom Pat Lee substituted.\n\
         \n\
         1. Changes to probation\n\
         Mr Reed updated the Board. The Trust would be replaced by the National Probation Service on 31 May 2014.\n\
         RESOLVED: That the update be noted.\n",
    ),
    (
        "2021.txt",
        "Northshire Safety Board – 18 June 2021\n\
         \n\
         Probation unification\n\
         Tom Reed, National Probation Service\n\
         \n\
         Mr Reed gave a presentation. Pat Lee of the National Probation Service asked about dates.\n",
    ),
];

/// Where words stand in a document, in code points; the words must occur.
fn place(document: &str, words: &str) -> [String; 2] {
    let text = TEXTS.iter().find(|(path, _)| *path == document).map_or("", |(_, text)| text);
    let byte = text.find(words).unwrap_or_else(|| panic!("`{words}` is not in {document}"));
    let start = text[..byte].chars().count();
    [start.to_string(), (start + words.chars().count()).to_string()]
}

const BOARD: (&str, &str) = ("organisation/northshire-safety-board", "Northshire Safety Board");
const COUNCIL: (&str, &str) = ("organisation/northshire-council", "Northshire Council");
const TRUST: (&str, &str) = ("organisation/northshire-probation-trust", "Northshire Probation Trust");
const NPS: (&str, &str) = ("organisation/national-probation-service", "National Probation Service");
const SERVICE: (&str, &str) = ("organisation/probation-service", "Probation Service");
const VANCE: (&str, &str) = ("person/ada-vance", "Ada Vance");
const REED: (&str, &str) = ("person/tom-reed", "Tom Reed");
const GOLD: (&str, &str) = ("person/col-gold", "Col Gold");
const MARR: (&str, &str) = ("person/ines-marr", "Ines Marr");
const LEE: (&str, &str) = ("person/pat-lee-northshire", "Pat Lee");
const OTHER_LEE: (&str, &str) = ("person/pat-lee-nps", "Pat Lee");
const FIRST: (&str, &str) = ("meeting/northshire-safety-board/2014-03-13", "Northshire Safety Board, 13 March 2014");
const SECOND: (&str, &str) = ("meeting/northshire-safety-board/2021-06-18", "Northshire Safety Board, 18 June 2021");
const ITEM: (&str, &str) = ("meeting/northshire-safety-board/2014-03-13/item/1", "Changes to probation");
const ITEM_2021: (&str, &str) = ("meeting/northshire-safety-board/2021-06-18/item/1", "Probation unification");
const DECISION: (&str, &str) =
    ("meeting/northshire-safety-board/2014-03-13/item/1/decision/1", "That the update be noted");
const DOCUMENTS: [(&str, &str); 2] = [("document/2014", "2014.txt"), ("document/2021", "2021.txt")];

/// `documents.csv`.
pub(crate) fn documents() -> Vec<DocumentRow> {
    TEXTS
        .iter()
        .zip([FIRST, SECOND])
        .map(|((path, text), meeting)| DocumentRow {
            document: (*path).into(),
            format: "text".into(),
            bytes: text.len().to_string(),
            sha256: "0".repeat(64),
            status: "read".into(),
            meeting: meeting.0.into(),
            statements: "5".into(),
            message: String::new(),
        })
        .collect()
}

/// `meetings.csv`.
pub(crate) fn meetings() -> Vec<MeetingRow> {
    let row = |meeting: (&str, &str), document: &str, date: &str| MeetingRow {
        meeting: meeting.0.into(),
        document: document.into(),
        body: BOARD.0.into(),
        body_name: BOARD.1.into(),
        date: date.into(),
        ..MeetingRow::default()
    };
    vec![
        MeetingRow {
            chair: VANCE.0.into(),
            chair_name: VANCE.1.into(),
            attendance_recorded: "1".into(),
            start_time: "14:00".into(),
            end_time: "16:00".into(),
            ..row(FIRST, "2014.txt", "2014-03-13")
        },
        MeetingRow { attendance_recorded: "0".into(), ..row(SECOND, "2021.txt", "2021-06-18") },
    ]
}

/// `attendance.csv`.
pub(crate) fn attendance() -> Vec<AttendanceRow> {
    let row = |person: (&str, &str), status: &str, organisation: (&str, &str), written: [&str; 2], entry: &str| {
        let [start, end] = place("2014.txt", entry);
        AttendanceRow {
            meeting: FIRST.0.into(),
            date: "2014-03-13".into(),
            body_name: BOARD.1.into(),
            person: person.0.into(),
            person_name: person.1.into(),
            person_as_written: written[0].into(),
            status: status.into(),
            capacity: "member".into(),
            chair: "0".into(),
            organisation: organisation.0.into(),
            organisation_name: organisation.1.into(),
            organisation_as_written: written[1].into(),
            document: "2014.txt".into(),
            start,
            end,
            rule: "list-entry".into(),
            remote: "0".into(),
            ..AttendanceRow::default()
        }
    };
    let entry = "Mrs Ada Vance\tNorthshire Council – in the Chair";
    vec![
        AttendanceRow {
            chair: "1".into(),
            ..row(VANCE, "present", COUNCIL, ["Mrs Ada Vance", "Northshire Council"], entry)
        },
        row(
            REED,
            "present",
            TRUST,
            ["Mr Tom Reed", "Northshire Probation Service"],
            "Mr Tom Reed\tNorthshire Probation Service",
        ),
        AttendanceRow {
            substitute_for: MARR.1.into(),
            ..row(LEE, "present", COUNCIL, ["Pat Lee", "Northshire Council"], "Pat Lee\tNorthshire Council")
        },
        row(
            GOLD,
            "apologies",
            TRUST,
            ["Cllr Col Gold", "Northshire Probation Trust"],
            "Cllr Col Gold (Northshire Probation Trust)",
        ),
        row(MARR, "apologies", COUNCIL, ["Ines Marr", "Northshire Council"], "Ines Marr (Northshire Council)"),
    ]
}

/// `attendance_panel.csv`.
pub(crate) fn panel() -> Vec<PanelRow> {
    attendance()
        .into_iter()
        .map(|row| PanelRow {
            meeting: row.meeting,
            year: row.date.get(..4).unwrap_or("").into(),
            municipal_year: "2013".into(),
            date: row.date,
            body_name: row.body_name,
            person: row.person,
            person_name: row.person_name,
            capacity: row.capacity,
            organisation: row.organisation,
            organisation_name: row.organisation_name,
            present: if row.status == "present" { "1" } else { "0" }.into(),
            status: row.status,
        })
        .collect()
}

/// `tenures.csv`.
pub(crate) fn tenures() -> Vec<TenureRow> {
    vec![TenureRow {
        person: REED.0.into(),
        person_name: REED.1.into(),
        organisation: BOARD.0.into(),
        organisation_name: BOARD.1.into(),
        on_behalf_of: TRUST.0.into(),
        on_behalf_of_name: TRUST.1.into(),
        first_seen: "2014-03-13".into(),
        last_seen: "2014-03-13".into(),
        times_seen: "1".into(),
        basis: "observed".into(),
        ..TenureRow::default()
    }]
}

/// `entities.csv`.
pub(crate) fn entities() -> Vec<EntityRow> {
    let row = |(id, name): (&str, &str), kind: &str, aliases: &str, function: &str, seen: [&str; 2]| EntityRow {
        id: id.into(),
        kind: kind.into(),
        name: name.into(),
        aliases: aliases.into(),
        first_seen: seen[0].into(),
        last_seen: seen[1].into(),
        documents: "1".into(),
        mentions: "1".into(),
        class: String::new(),
        function: function.into(),
        other_identifiers: String::new(),
    };
    let (first, second) = ("2014-03-13", "2021-06-18");
    let mut rows = vec![
        row(BOARD, "organisation", "", "", [first, second]),
        row(COUNCIL, "organisation", "", "", [first, first]),
        row(TRUST, "organisation", "Northshire Probation Service; the Trust", "probation", [first, first]),
        row(NPS, "organisation", "NPS", "probation", [first, second]),
        row(SERVICE, "organisation", "", "probation", [second, second]),
        row(VANCE, "person", "Mrs Ada Vance", "", [first, first]),
        row(REED, "person", "Mr Reed; Mr Tom Reed", "", [first, second]),
        row(GOLD, "person", "", "", [first, first]),
        row(MARR, "person", "", "", [first, first]),
        row(LEE, "person", "", "", [first, first]),
        row(OTHER_LEE, "person", "", "", [second, second]),
        row(FIRST, "meeting", "", "", [first, first]),
        row(SECOND, "meeting", "", "", [second, second]),
        row(ITEM, "item", "", "", [first, first]),
        row(ITEM_2021, "item", "", "", [second, second]),
        row(DECISION, "decision", "", "", [first, first]),
    ];
    rows.extend(DOCUMENTS.map(|document| row(document, "document", "", "", [first, first])));
    rows.sort();
    rows
}

/// `relations.csv`.
pub(crate) fn relations() -> Vec<RelationRow> {
    let row = |(subject, predicate, object): ((&str, &str), &str, (&str, &str)), meeting: (&str, &str), quote: &str| {
        let (document, date) = if meeting == FIRST { ("2014.txt", "2014-03-13") } else { ("2021.txt", "2021-06-18") };
        let [start, end] = place(document, quote);
        RelationRow {
            subject: subject.0.into(),
            subject_name: subject.1.into(),
            subject_as_written: subject.1.into(),
            predicate: predicate.into(),
            object: object.0.into(),
            object_name: object.1.into(),
            object_as_written: object.1.into(),
            layer: "stated".into(),
            meeting: meeting.0.into(),
            date: date.into(),
            qualifiers: "{}".into(),
            document: document.into(),
            start,
            end,
            quote: quote.into(),
            rule: "list-entry".into(),
            ..RelationRow::default()
        }
    };
    let reed = "Mr Tom Reed\tNorthshire Probation Service";
    let gold = "Cllr Col Gold (Northshire Probation Trust)";
    let vance = "Mrs Ada Vance\tNorthshire Council – in the Chair";
    let replaced = "The Trust would be replaced by the National Probation Service on 31 May 2014.";
    vec![
        row((VANCE, "chairs", FIRST), FIRST, vance),
        row((VANCE, "represents", COUNCIL), FIRST, vance),
        row((GOLD, "apologised", FIRST), FIRST, gold),
        row((GOLD, "represents", TRUST), FIRST, gold),
        row((LEE, "substituted_for", MARR), FIRST, "Pat Lee substituted"),
        RelationRow {
            valid_from: "2014-05-31".into(),
            qualifiers: r#"{"date":"2014-05-31","certainty":"planned"}"#.into(),
            ..row((TRUST, "succeeded_by", NPS), FIRST, replaced)
        },
        row((REED, "attended", FIRST), FIRST, reed),
        RelationRow {
            object_as_written: "Northshire Probation Service".into(),
            ..row((REED, "represents", TRUST), FIRST, reed)
        },
        row((REED, "presented", ITEM), FIRST, "Mr Reed updated the Board."),
        row((REED, "represents", NPS), SECOND, "Tom Reed, National Probation Service"),
        row((REED, "presented", ITEM_2021), SECOND, "Tom Reed, National Probation Service"),
    ]
}

/// `mentions.csv`.
pub(crate) fn mentions() -> Vec<MentionRow> {
    let row = |document: &str, text: &str, kind: &str, entity: (&str, &str)| {
        let [start, end] = place(document, text);
        MentionRow {
            document: document.into(),
            start,
            end,
            text: text.into(),
            kind: kind.into(),
            entity: entity.0.into(),
            rule: "name".into(),
        }
    };
    vec![
        row("2014.txt", "Mr Tom Reed", "person", REED),
        row("2014.txt", "Mr Reed", "person", REED),
        row("2014.txt", "Northshire Probation Service", "organisation", TRUST),
        row("2014.txt", "Northshire Probation Trust", "organisation", TRUST),
        row("2014.txt", "National Probation Service", "organisation", NPS),
        row("2021.txt", "Tom Reed", "person", REED),
        row("2021.txt", "National Probation Service", "organisation", NPS),
    ]
}

/// `items.csv`.
pub(crate) fn items() -> Vec<ItemRow> {
    let row = |item: (&str, &str), meeting: (&str, &str), document: &str, number: &str| {
        let [start, end] = place(document, item.1);
        ItemRow {
            item: item.0.into(),
            meeting: meeting.0.into(),
            number: number.into(),
            title: item.1.into(),
            document: document.into(),
            start,
            end,
        }
    };
    vec![row(ITEM, FIRST, "2014.txt", "1"), row(ITEM_2021, SECOND, "2021.txt", "")]
}

/// `decisions.csv`.
pub(crate) fn decisions() -> Vec<DecisionRow> {
    let [start, end] = place("2014.txt", "That the update be noted.");
    vec![DecisionRow {
        decision: DECISION.0.into(),
        meeting: FIRST.0.into(),
        date: "2014-03-13".into(),
        item: ITEM.0.into(),
        verb: "resolve".into(),
        text: "That the update be noted.".into(),
        outcome: "noted".into(),
        document: "2014.txt".into(),
        start,
        end,
        ..DecisionRow::default()
    }]
}

/// `comparisons.csv`.
pub(crate) fn comparisons() -> Vec<ComparisonRow> {
    let row = |entity: (&str, &str), other: (&str, &str), left: &str, right: &str| {
        let ([left_start, left_end], [right_start, right_end]) = (place("2014.txt", left), place("2021.txt", right));
        ComparisonRow {
            entity: entity.0.into(),
            other: other.0.into(),
            left: left.into(),
            left_document: "2014.txt".into(),
            left_start,
            left_end,
            right: right.into(),
            right_document: "2021.txt".into(),
            right_start,
            right_end,
            score: "0.92".into(),
            features: r#"[{"name":"given_name","score":0.5,"reason":"same given name Tom"}]"#.into(),
            decided_by: "rule".into(),
        }
    };
    vec![
        row(REED, REED, "Mr Tom Reed", "Tom Reed"),
        ComparisonRow {
            score: "0.4".into(),
            features: r#"[{"name":"organisation","score":0.1,"reason":"stand for different organisations"}]"#.into(),
            ..row(LEE, OTHER_LEE, "Pat Lee", "Pat Lee")
        },
    ]
}
