//! A made-up board of any size, for tests and for looking at charts.

use super::{Request, Standing};
use crate::model::table::{AttendanceRow, MeetingRow, PanelRow};
use crate::statistics::{Facts, Selection};

/// Rows of a board.
pub(super) struct Sample {
    meetings: Vec<MeetingRow>,
    attendance: Vec<AttendanceRow>,
    pub(super) panel: Vec<PanelRow>,
    pub(super) standings: Vec<Standing>,
    selection: Selection,
}

const GIVEN: &[&str] = &["Ada", "Bartholomew", "Cleo", "Dmitri", "Eve", "Farah", "Gwendolen", "Hugh", "Ines", "Jo"];
const FAMILY: &[&str] = &[
    "Ash",
    "Bannatyne-Thistlewood",
    "Colley",
    "Deshmukh",
    "Ek",
    "Fenwright",
    "Gold",
    "Harbottle",
    "Illingsworth",
    "Moss",
];

impl Sample {
    /// So many people at so many quarterly meetings.
    pub(super) fn new(people: usize, meetings: usize) -> Self {
        let mut sample = Self {
            meetings: Vec::new(),
            attendance: Vec::new(),
            panel: Vec::new(),
            standings: Vec::new(),
            selection: Selection::default(),
        };
        for held in 0..meetings {
            let date = format!("{:04}-{:02}-14", 2004 + held / 4, 1 + held % 4 * 3);
            let chair = held / 6 % people.max(1);
            sample.meetings.push(MeetingRow {
                meeting: format!("meeting/{date}"),
                document: format!("{date}.txt"),
                body: "organisation/board".into(),
                body_name: "Northshire Safety Board".into(),
                chair: if people > 0 { format!("person/{chair}") } else { String::new() },
                chair_name: if people > 0 { name(chair) } else { String::new() },
                attendance_recorded: if held % 7 == 5 { "0" } else { "1" }.into(),
                date: date.clone(),
                ..MeetingRow::default()
            });
            for person in (0..people).filter(|person| held % 7 != 5 && (person % 5 != 3 || held > 3)) {
                let organisation = format!("Northshire Organisation {}", person / 4);
                let status = match (person * 7 + held * 3) % 11 {
                    0 | 1 => "apologies",
                    2 => "absent",
                    3 => "not_mentioned",
                    _ => "present",
                };
                let instead = if status == "present" && person % 9 == 4 && held % 3 == 0 {
                    name(person - 1)
                } else {
                    String::new()
                };
                sample.panel.push(PanelRow {
                    meeting: format!("meeting/{date}"),
                    date: date.clone(),
                    year: date[..4].into(),
                    body_name: "Northshire Safety Board".into(),
                    person: format!("person/{person}"),
                    person_name: name(person),
                    capacity: if person % 6 == 5 { "officer" } else { "member" }.into(),
                    organisation: format!("organisation/{}", person / 4),
                    organisation_name: organisation.clone(),
                    status: status.into(),
                    present: if status == "present" { "1" } else { "0" }.into(),
                    ..PanelRow::default()
                });
                if status == "not_mentioned" {
                    continue;
                }
                sample.standings.push(Standing {
                    date: date.as_str().into(),
                    organisation: organisation.as_str().into(),
                    as_written: organisation.into(),
                    person: name(person).into(),
                    status: status.to_owned().into(),
                    substitute_for: instead.as_str().into(),
                });
                sample.attendance.push(AttendanceRow {
                    meeting: format!("meeting/{date}"),
                    person: format!("person/{person}"),
                    person_name: name(person),
                    status: status.into(),
                    substitute_for: instead,
                    ..AttendanceRow::default()
                });
            }
        }
        sample
    }

    /// All of it.
    pub(super) fn request(&self) -> Request<'_> {
        Request {
            facts: Facts { meetings: &self.meetings, attendance: &self.attendance, panel: &self.panel },
            selection: &self.selection,
            standings: &self.standings,
            title: "Northshire Safety Board",
        }
    }
}

fn name(person: usize) -> String {
    let number = if person >= 100 { format!(" {}", person / 100 + 1) } else { String::new() };
    format!("{} {}{number}", GIVEN[person % 10], FAMILY[(person / 10 + person) % 10])
}
