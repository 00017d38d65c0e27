//! Invariants of a build. In: the rows of all its tables, and its texts. Out: what does not hold, with the words.
//! They are those of the SHACL shapes, and those that shapes cannot state. Must never print, and never repair.

mod coverage;
mod dates;
mod list;
mod people;
mod quotes;
mod tables;

use crate::model::table::{
    ActionRow, AttendanceRow, ComparisonRow, DecisionRow, DocumentRow, EntityRow, ItemRow, MeetingRow, MentionRow,
    PanelRow, RelationRow, Table, TenureRow, UnresolvedRow,
};

macro_rules! rows {
    ($($name:ident: $row:ident),+ $(,)?) => {
        /// What is checked.
        #[derive(Clone, Copy)]
        pub struct Tables<'a> {
            $(#[doc = concat!("Rows of the table `", stringify!($name), "`.")] pub $name: &'a [$row],)+
            /// The text of a document; `None` where the build does not hold it.
            pub text: &'a dyn Fn(&str) -> Option<String>,
        }

        impl Tables<'_> {
            /// Visits the cells of every row of every table.
            fn each_row(&self, mut visit: impl FnMut(&'static Table, &[&str])) {
                $(for row in self.$name {
                    visit(&$row::TABLE, &row.cells());
                })+
            }
        }
    };
}

rows! {
    documents: DocumentRow,
    meetings: MeetingRow,
    attendance: AttendanceRow,
    panel: PanelRow,
    tenures: TenureRow,
    entities: EntityRow,
    relations: RelationRow,
    mentions: MentionRow,
    items: ItemRow,
    decisions: DecisionRow,
    actions: ActionRow,
    comparisons: ComparisonRow,
    unresolved: UnresolvedRow,
}

/// How grave it is where an invariant does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// The build contradicts itself or its documents.
    Fault,
    /// Something is missing from the input, or worth a look; the build is right as far as it goes.
    Notice,
}

/// An invariant: a row of the visible list.
#[derive(Clone, Copy)]
pub struct Invariant {
    /// Name.
    pub name: &'static str,
    /// What must hold, in a sentence.
    pub says: &'static str,
    /// How grave a violation is.
    pub gravity: Gravity,
    test: fn(&Tables<'_>, &mut Vec<Violation>),
}

impl std::fmt::Debug for Invariant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// Where an invariant does not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// Document; empty where none is concerned.
    pub document: String,
    /// First code point of the words; empty where there are none.
    pub start: String,
    /// One past the last.
    pub end: String,
    /// The words, or the cell.
    pub words: String,
    /// What is wrong.
    pub message: String,
}

/// All invariants, in the order in which they are checked and told.
pub static INVARIANTS: &[Invariant] = &[
    Invariant {
        name: "cells",
        says: "every cell is of its column's type, and rows differ in their key",
        gravity: Gravity::Fault,
        test: tables::cells,
    },
    Invariant {
        name: "identifiers",
        says: "every identifier in a table is that of an entity",
        gravity: Gravity::Fault,
        test: tables::identifiers,
    },
    Invariant {
        name: "schema",
        says: "every relation connects the kinds of entities that its predicate connects",
        gravity: Gravity::Fault,
        test: tables::schema,
    },
    Invariant {
        name: "quotes",
        says: "every quote is what stands in the text at its offsets",
        gravity: Gravity::Fault,
        test: quotes::quotes,
    },
    Invariant {
        name: "one-person-once",
        says: "no person stands twice in one list: two names in a list are two people",
        gravity: Gravity::Fault,
        test: people::once,
    },
    Invariant {
        name: "two-names",
        says: "two names of one attendance list are never one person, also where one row holds them",
        gravity: Gravity::Fault,
        test: list::two_names,
    },
    Invariant {
        name: "chair-present",
        says: "who takes the chair is present",
        gravity: Gravity::Fault,
        test: people::chair_present,
    },
    Invariant {
        name: "substitute-present",
        says: "who takes another's place is present, and the other is not",
        gravity: Gravity::Fault,
        test: people::substitute_present,
    },
    Invariant {
        name: "dates-in-order",
        says: "what comes first comes first: starts and ends, meetings and those before and after them",
        gravity: Gravity::Fault,
        test: dates::in_order,
    },
    Invariant {
        name: "series",
        says: "every meeting that another announces or confirms is there, and the rhythm has no gap",
        gravity: Gravity::Notice,
        test: coverage::series,
    },
    Invariant {
        name: "documents",
        says: "every document was read whole and states something",
        gravity: Gravity::Notice,
        test: coverage::documents,
    },
];

/// An invariant with the places where it does not hold.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The invariant.
    pub invariant: &'static Invariant,
    /// Sorted; empty where it holds.
    pub violations: Vec<Violation>,
}

/// Checks all invariants, in the order of the list.
pub fn check(tables: &Tables<'_>) -> Vec<Finding> {
    INVARIANTS
        .iter()
        .map(|invariant| {
            let mut violations = Vec::new();
            (invariant.test)(tables, &mut violations);
            violations.sort();
            violations.dedup();
            Finding { invariant, violations }
        })
        .collect()
}

#[cfg(test)]
mod testing {
    use super::{Finding, Tables, Violation, check};
    use crate::model::sample;
    use crate::model::table::{
        AttendanceRow, DecisionRow, DocumentRow, EntityRow, ItemRow, MeetingRow, MentionRow, PanelRow, RelationRow,
        TenureRow,
    };

    /// The tables of the sample, to be spoilt.
    pub(super) struct Sample {
        pub(super) documents: Vec<DocumentRow>,
        pub(super) meetings: Vec<MeetingRow>,
        pub(super) attendance: Vec<AttendanceRow>,
        pub(super) panel: Vec<PanelRow>,
        pub(super) tenures: Vec<TenureRow>,
        pub(super) entities: Vec<EntityRow>,
        pub(super) relations: Vec<RelationRow>,
        pub(super) mentions: Vec<MentionRow>,
        pub(super) items: Vec<ItemRow>,
        pub(super) decisions: Vec<DecisionRow>,
    }

    impl Sample {
        pub(super) fn new() -> Self {
            Self {
                documents: sample::documents(),
                meetings: sample::meetings(),
                attendance: sample::attendance(),
                panel: sample::panel(),
                tenures: sample::tenures(),
                entities: sample::entities(),
                relations: sample::relations(),
                mentions: sample::mentions(),
                items: sample::items(),
                decisions: sample::decisions(),
            }
        }

        fn findings(&self) -> Vec<Finding> {
            let text = |document: &str| {
                sample::TEXTS.iter().find(|(path, _)| *path == document).map(|(_, text)| (*text).to_owned())
            };
            check(&Tables {
                documents: &self.documents,
                meetings: &self.meetings,
                attendance: &self.attendance,
                panel: &self.panel,
                tenures: &self.tenures,
                entities: &self.entities,
                relations: &self.relations,
                mentions: &self.mentions,
                items: &self.items,
                decisions: &self.decisions,
                actions: &[],
                comparisons: &sample::comparisons(),
                unresolved: &[],
                text: &text,
            })
        }

        /// The violations of one invariant; asserts that no other one is violated.
        pub(super) fn violations(&self, name: &str) -> Vec<Violation> {
            let mut found = Vec::new();
            for finding in self.findings() {
                if finding.invariant.name == name {
                    found = finding.violations;
                } else {
                    assert_eq!(finding.violations, [], "{}", finding.invariant.name);
                }
            }
            found
        }

        /// The messages of one invariant.
        pub(super) fn messages(&self, name: &str) -> Vec<String> {
            self.violations(name).into_iter().map(|violation| violation.message).collect()
        }
    }

    #[test]
    fn the_sample_holds() {
        assert!(Sample::new().messages("none of them").is_empty());
    }
}
