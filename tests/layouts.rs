//! The layouts of attendance that real minutes have, one small text each: who was present, in what capacity and for
//! whom, who apologised, whose place was taken, who took the chair. The texts are made up; the numbers are those of
//! the list of layouts that the grammar in `structure` and `extract` describes.

use quorate::extract::extraction;
use quorate::lexicon::Lexicon;
use quorate::model::{Extraction, Status};
use quorate::{read, structure};

/// The attendance of a text under the head of an invented board, a line a person:
/// `status name [chair] | organisations | roles | for whom | arrived | left`, empty parts left out.
fn attendance(list: &str) -> Vec<String> {
    let text = format!(
        "Minutes of the Ellmoor Board held at Moor House on 4 May 2015\n\n{list}\n\n1. MINUTES\n\nThe minutes of the \
         meeting held on 2 March 2015 were approved.\n"
    );
    let lexicon = Lexicon::embedded();
    let document = read::document("t.txt", text.as_bytes());
    let minutes = structure::minutes(&document, lexicon);
    let found = extraction(&document, &minutes, lexicon);
    assert_eq!(found.misquoted(&document.text), None, "{text}");
    found.attendance.iter().map(|entry| line(&found, entry)).collect()
}

fn line(found: &Extraction, entry: &quorate::model::Attendance) -> String {
    let named = |number: u32| {
        let words = found.mentions[number as usize].quote.text.split_whitespace().collect::<Vec<_>>();
        words.join(" ")
    };
    let all = |numbers: &[u32]| numbers.iter().map(|n| named(*n)).collect::<Vec<_>>().join("; ");
    let status = match entry.status {
        Status::Present => "present",
        Status::Apologies => "apologies",
        Status::Absent => "absent",
    };
    let mut shown = format!("{status} {}", named(entry.person));
    if entry.chair {
        shown.push_str(" [chair]");
    }
    let substitute = entry.substitute_for.map(|n| format!("for {}", named(n))).unwrap_or_default();
    let came = entry.arrived.as_ref().map(|words| format!("arrived: {words}")).unwrap_or_default();
    let went = entry.left.as_ref().map(|words| format!("left: {words}")).unwrap_or_default();
    for part in [all(&entry.organisations), all(&entry.roles), substitute, came, went] {
        if !part.is_empty() {
            shown.push_str(" | ");
            shown.push_str(&part);
        }
    }
    shown
}

fn check(list: &str, expected: &[&str]) {
    assert_eq!(attendance(list), expected, "in {list:?}");
}

#[test]
fn layout_1_tabs_and_dashes() {
    check(
        "Present\n\nMrs Ada Fenn – in the Chair\nMr Tom Rowe\tHead of Health – Marl NHS Trust\nDr Priya Nair\tEllmoor \
         Borough Council\n\nOfficers\n\nJim Hale\tClerk\n\nAlso in attendance\n\nIvy Clegg\tMarl Water",
        &[
            "present Mrs Ada Fenn [chair]",
            "present Mr Tom Rowe | Marl NHS Trust | Head of Health",
            "present Dr Priya Nair | Ellmoor Borough Council",
            "present Jim Hale | Clerk",
            "present Ivy Clegg | Marl Water",
        ],
    );
}

#[test]
fn layout_2_people_run_on() {
    check(
        "Present: Cllr Ada Fenn (Chair) Cllr Tom Rowe Cllr Priya Nair Jim Hale Parish Clerk",
        &[
            "present Cllr Ada Fenn [chair] | Chair",
            "present Cllr Tom Rowe",
            "present Cllr Priya Nair",
            "present Jim Hale | Parish Clerk",
        ],
    );
}

#[test]
fn layout_3_two_affiliations() {
    check(
        "Present:\nJoel Ansty Marlshire Hospitals/University of Ellmoor\nFenella Crabbe Harbour Commissioners\n\
         Tom Rowe attended for Marl Water Company and Ellmoor Borough Council",
        &[
            "present Joel Ansty | Marlshire Hospitals; University of Ellmoor",
            "present Fenella Crabbe | Harbour Commissioners",
            "present Tom Rowe | Marl Water Company; Ellmoor Borough Council",
        ],
    );
}

#[test]
fn layout_4_headings_of_organisations() {
    check(
        "Present\n\nRepresenting Ellmoor Borough Council (EBC):\nCllr Ada Fenn\nMr Tom Rowe (Substitute)\n\nPolice:\n\
         Insp. Priya Nair\n\nLocal authorities:\nJim Hale (also representing Marl Water)",
        &[
            "present Cllr Ada Fenn | Ellmoor Borough Council",
            "present Mr Tom Rowe | Ellmoor Borough Council",
            "present Insp. Priya Nair",
            "present Jim Hale | Marl Water",
        ],
    );
}

#[test]
fn layout_5_name_role_organisation() {
    check(
        "Present\n\nAda Fenn, Head of Safety, Ellmoor Borough Council\nTom Rowe / Director / Marl Water / 01234 \
         567890\nChair: Priya Nair\nEllmoor Homes (rep Jim Hale)",
        &[
            "present Ada Fenn | Ellmoor Borough Council | Head of Safety",
            "present Tom Rowe | Marl Water | Director",
            "present Priya Nair [chair] | Chair",
            "present Jim Hale | Ellmoor Homes",
        ],
    );
    check(
        "Present: Vice Chairman (Mr. Tom Rowe), Clerk (Ms. Ivy Clegg)",
        &["present Mr. Tom Rowe | Vice Chairman", "present Ms. Ivy Clegg | Clerk"],
    );
}

#[test]
fn layout_6_a_matrix() {
    check(
        "Name\t2 Mar\t4 May\nAda Fenn\tP\tP\nTom Rowe\tAp\tP\nPriya Nair\tP\tAp\nJim Hale\tP\tDNA",
        &["present Ada Fenn", "present Tom Rowe", "apologies Priya Nair", "absent Jim Hale"],
    );
}

#[test]
fn layout_7_initials() {
    check(
        "Present\n\nAda Fenn (AF)\tChair\nTom Rowe (TR)\nPriya Nair PN\tMarl Water",
        &["present Ada Fenn [chair] | Chair", "present Tom Rowe", "present Priya Nair | Marl Water"],
    );
}

#[test]
fn layout_8_brackets_and_surnames() {
    check(
        "Present: Ada Fenn (Marl Water), Tom Rowe (Ellmoor Homes) and Priya Nair (Marl NHS Trust)",
        &["present Ada Fenn | Marl Water", "present Tom Rowe | Ellmoor Homes", "present Priya Nair | Marl NHS Trust"],
    );
    check(
        "Present: Councillors Fenn (Chair), Rowe (A), Rowe (T) and Nair",
        &["present Councillors Fenn [chair] | Chair", "present Rowe (A)", "present Rowe (T)", "present Nair"],
    );
    check(
        "Board members present: Clark, Costa, Jones and Rice. Board members absent: Goold and Sheetz.",
        &["present Clark", "present Costa", "present Jones", "present Rice", "absent Goold", "absent Sheetz"],
    );
}

#[test]
fn layout_9_marks_of_notes() {
    check(
        "Present\n\n(1) Mr Tom Rowe, Director\nAda Fenn*\nPriya Nair**\n\n* joined remotely\n** left after item 6",
        &["present Mr Tom Rowe | Director", "present Ada Fenn", "present Priya Nair | left: left after item 6"],
    );
}

#[test]
fn layout_10_classes_of_members() {
    check(
        "Present\n\nHeadteachers:\nAda Fenn\nCo-opted members:\nTom Rowe\nObservers:\nPriya Nair\nMembers of the public: 4",
        &["present Ada Fenn", "present Tom Rowe", "present Priya Nair"],
    );
}

#[test]
fn layout_12_present_and_absent() {
    check(
        "Directors present: Ada Fenn, Tom Rowe; absent: Priya Nair",
        &["present Ada Fenn", "present Tom Rowe", "absent Priya Nair"],
    );
    check(
        "Sederunt: Ada Fenn, Tom Rowe\nRegrets: Priya Nair",
        &["present Ada Fenn", "present Tom Rowe", "apologies Priya Nair"],
    );
}

#[test]
fn layout_13_apologies_in_sentences() {
    check(
        "Present: Jim Hale\n\nApologies for absence were received on behalf of Ms Ada Fenn (Marl Water), Mr Tom Rowe\n\
         (Ellmoor Homes) and Dr Priya Nair (Head of Health of Marl NHS Trust).",
        &[
            "present Jim Hale",
            "apologies Ms Ada Fenn | Marl Water",
            "apologies Mr Tom Rowe | Ellmoor Homes",
            "apologies Dr Priya Nair | Marl NHS Trust | Head of Health",
        ],
    );
    check(
        "Present: Jim Hale\n\nApologies from Cllr Ada Fenn and Cllr Tom Rowe were noted and accepted.",
        &["present Jim Hale", "apologies Cllr Ada Fenn", "apologies Cllr Tom Rowe"],
    );
    check(
        "Present: Jim Hale\n\nCllr Ada Fenn tendered her apologies.",
        &["present Jim Hale", "apologies Cllr Ada Fenn"],
    );
}

#[test]
fn layout_14_substitutes() {
    check(
        "Present: Jim Hale\n\nApologies\n\nfor Marl Water: Ada Fenn; for Ellmoor Homes: Tom Rowe and Priya Nair, with \
         Ivy Clegg for Priya Nair; for the Tenants' Union: Sam Orr",
        &[
            "present Jim Hale",
            "apologies Ada Fenn | Marl Water",
            "apologies Tom Rowe | Ellmoor Homes",
            "apologies Priya Nair | Ellmoor Homes",
            "present Ivy Clegg | Ellmoor Homes | for Priya Nair",
            "apologies Sam Orr | Tenants' Union",
        ],
    );
    check(
        "Present: Jim Hale\n\nApologies: Mr Tom Rowe (Ms Ada Fenn attended as substitute)",
        &["present Jim Hale", "apologies Mr Tom Rowe", "present Ms Ada Fenn | for Mr Tom Rowe"],
    );
    check(
        "Present: Jim Hale\n\nApologies were received from Ada Fenn (Marl Water) and Tom Rowe (Ellmoor Homes), who were \
         substituted by Priya Nair and Ivy Clegg.",
        &[
            "present Jim Hale",
            "apologies Tom Rowe | Ellmoor Homes",
            "present Priya Nair | Marl Water | for Ada Fenn",
            "present Ivy Clegg | Ellmoor Homes | for Tom Rowe",
            "apologies Ada Fenn | Marl Water",
        ],
    );
    check(
        "Present: Jim Hale\n\nApologies: Ada Fenn (replaced by Tom Rowe)",
        &["present Jim Hale", "apologies Ada Fenn", "present Tom Rowe | for Ada Fenn"],
    );
}

#[test]
fn layout_16_nobody() {
    check("Present: Jim Hale\n\nApologies: None", &["present Jim Hale"]);
    check("Present: Jim Hale\n\nApologies\n\nThere were no apologies.", &["present Jim Hale"]);
    check("Present: Jim Hale\n\nApologies for absence", &["present Jim Hale"]);
}

#[test]
fn layout_19_the_chair() {
    check("Present: Ada Fenn in the Chair, Tom Rowe", &["present Ada Fenn [chair]", "present Tom Rowe"]);
    check(
        "Present: Ada Fenn, Tom Rowe\n\nIn the absence of the Chairman, Mr Hale, Mr Rowe took the chair.",
        &["present Ada Fenn", "present Tom Rowe [chair]"],
    );
    check(
        "Present: Ada Fenn, Tom Rowe\n\nThe meeting was called to order at 6 p.m. by the president, Ada Fenn.",
        &["present Ada Fenn [chair]", "present Tom Rowe"],
    );
}

#[test]
fn coming_and_going() {
    check(
        "Present: Ada Fenn (from 5.20 pm), Tom Rowe (until item 4), Priya Nair (joined remotely), Jim Hale (left at 3pm), \
         Ivy Clegg (arrived 7.15)",
        &[
            "present Ada Fenn | arrived: from 5.20 pm",
            "present Tom Rowe | left: until item 4",
            "present Priya Nair",
            "present Jim Hale | left: left at 3pm",
            "present Ivy Clegg | arrived: arrived 7.15",
        ],
    );
}

#[test]
fn names_of_many_languages() {
    check(
        "Present: Siân Prydderch, Gwilym ap Rhydderch, Zia ul-Haq, María del Carmen Ruiz, Nguyễn Thị Hoa, Łukasz Żak, \
         Jürgen von der Mühlen, Seán Ó Ceallaigh, Harpreet Kaur Gill",
        &[
            "present Siân Prydderch",
            "present Gwilym ap Rhydderch",
            "present Zia ul-Haq",
            "present María del Carmen Ruiz",
            "present Nguyễn Thị Hoa",
            "present Łukasz Żak",
            "present Jürgen von der Mühlen",
            "present Seán Ó Ceallaigh",
            "present Harpreet Kaur Gill",
        ],
    );
    check(
        "Presennol / Present: Y Cynghorwyr / Councillors Siân Prydderch (Cadeirydd / Chair), Dafydd Môn Parry a Nerys \
         Llwyd\nClerc / Clerk: Rhiannon Bebb\nYmddiheuriadau / Apologies: Y Cyng. / Cllr. Ieuan Gwyther",
        &[
            "present Y Cynghorwyr / Councillors Siân Prydderch [chair] | Chair",
            "present Dafydd Môn Parry",
            "present Nerys Llwyd",
            "present Rhiannon Bebb | Clerk",
            "apologies Y Cyng. / Cllr. Ieuan Gwyther",
        ],
    );
}
