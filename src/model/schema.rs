//! The schema: kinds of entities, predicates, qualifiers. One table that exports, documentation,
//! checks and the vocabulary read.

use serde::{Deserialize, Serialize};

/// Declares a closed set: an enum whose rows know their name, and can be found by it.
macro_rules! closed_set {
    ($(#[$doc:meta])* $type:ident { $($(#[$row:meta])* $variant:ident = $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $type { $($(#[$row])* #[serde(rename = $name)] $variant),+ }

        impl $type {
            /// All of them, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in tables, vocabulary and help.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// Finds one by its name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|x| x.name() == name)
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}

closed_set! {
    /// What an entity is.
    EntityKind {
        /// A human being.
        Person = "person",
        /// A body, public or private, standing or temporary.
        Organisation = "organisation",
        /// A post or function that somebody holds.
        Role = "role",
        /// A named programme, project, strategy, plan, fund or scheme.
        Programme = "programme",
        /// One sitting of a body on one day.
        Meeting = "meeting",
        /// An item of business of a meeting.
        Item = "item",
        /// One limb of a resolution.
        Decision = "decision",
        /// An action point.
        Action = "action",
        /// An act, bill, regulation or order.
        Legislation = "legislation",
        /// A source that was read.
        Document = "document",
    }
}

closed_set! {
    /// How somebody stands in an attendance list.
    Status {
        /// Was there, in any capacity.
        Present = "present",
        /// Gave apologies.
        Apologies = "apologies",
        /// Is listed as absent, without apology.
        Absent = "absent",
    }
}

closed_set! {
    /// In what capacity somebody attends, where the list distinguishes.
    Capacity {
        /// A member of the body.
        Member = "member",
        /// An officer or member of staff who serves the body.
        Officer = "officer",
        /// A guest, observer, visitor, member of the public.
        Attendee = "attendee",
    }
}

closed_set! {
    /// Where a relation comes from.
    Layer {
        /// A document says so.
        Stated = "stated",
        /// Worked out from stated relations, its premises.
        Derived = "derived",
    }
}

closed_set! {
    /// What qualifies a statement.
    Qualifier {
        /// The [`Capacity`] of an attendance.
        Capacity = "capacity",
        /// When somebody came, as written.
        Arrived = "arrived",
        /// When somebody left, as written.
        Left = "left",
        /// `1` where somebody took part by telephone or video.
        Remote = "remote",
        /// Items to which the statement is limited, as written.
        Items = "items",
        /// The role in which somebody stands for an organisation.
        Role = "role",
        /// The organisation in which a role is held.
        Organisation = "organisation",
        /// Term of office, as written.
        Term = "term",
        /// `report`, `presentation`, `update` or `paper`.
        Form = "form",
        /// The interest that was declared, as written.
        Interest = "interest",
        /// The verb of a decision.
        Verb = "verb",
        /// The outcome of a decision.
        Outcome = "outcome",
        /// When an action is due, as written or as a date.
        Due = "due",
        /// Number of an item or of a limb, as written.
        Number = "number",
        /// Date of a change.
        Date = "date",
        /// `planned` where the text only foresees it.
        Certainty = "certainty",
    }
}

closed_set! {
    /// What a statement says.
    Predicate {
        /// Person was present at meeting.
        Attended = "attended",
        /// Person gave apologies for meeting.
        Apologised = "apologised",
        /// Person is listed as absent from meeting.
        AbsentFrom = "absent_from",
        /// Person took the chair.
        Chairs = "chairs",
        /// Person stood for organisation.
        Represents = "represents",
        /// Person took another's place.
        SubstitutedFor = "substituted_for",
        /// Person has role.
        HoldsRole = "holds_role",
        /// Role belongs to organisation.
        RoleAt = "role_at",
        /// Person was elected to role.
        ElectedTo = "elected_to",
        /// Person or organisation presented item.
        Presented = "presented",
        /// Person proposed decision.
        Moved = "moved",
        /// Person seconded decision.
        Seconded = "seconded",
        /// Person voted for decision.
        VotedFor = "voted_for",
        /// Person voted against decision.
        VotedAgainst = "voted_against",
        /// Person abstained.
        Abstained = "abstained",
        /// Person declared an interest.
        DeclaredInterest = "declared_interest",
        /// Meeting took decision.
        Decided = "decided",
        /// Person or organisation owns action.
        ResponsibleFor = "responsible_for",
        /// Item, decision or action mentions an entity.
        Concerns = "concerns",
        /// Item belongs to meeting.
        ItemOf = "item_of",
        /// Decision or action belongs to item.
        DecisionOf = "decision_of",
        /// Body that met.
        MeetingOf = "meeting_of",
        /// Minutes of the earlier meeting were confirmed here.
        Follows = "follows",
        /// Organisation was replaced by another.
        SucceededBy = "succeeded_by",
        /// Organisation is part of another.
        PartOf = "part_of",
    }
}

/// A row of the schema: what a predicate connects and what it says.
#[derive(Clone, Copy, Debug)]
pub struct Relationship {
    /// The predicate.
    pub predicate: Predicate,
    /// Local name of its IRI in the vocabulary.
    pub iri: &'static str,
    /// Kinds that it starts from.
    pub domain: &'static [EntityKind],
    /// Kinds that it leads to.
    pub range: &'static [EntityKind],
    /// What it says, after "the subject …".
    pub meaning: &'static str,
    /// What may qualify it.
    pub qualifiers: &'static [Qualifier],
}

macro_rules! relationships {
    ($($predicate:ident $iri:literal [$($domain:ident)+] [$($range:ident)+] $meaning:literal [$($qualifier:ident)*];)+) => {
        &[$(Relationship {
            predicate: Predicate::$predicate,
            iri: $iri,
            domain: &[$(EntityKind::$domain),+],
            range: &[$(EntityKind::$range),+],
            meaning: $meaning,
            qualifiers: &[$(Qualifier::$qualifier),*],
        }),+]
    };
}

/// The schema, one row a predicate, in the order of [`Predicate::ALL`].
pub static SCHEMA: &[Relationship] = relationships! {
    Attended "attended" [Person] [Meeting] "was present, in any capacity" [Capacity Arrived Left Remote];
    Apologised "apologised" [Person] [Meeting] "gave apologies" [Capacity];
    AbsentFrom "absentFrom" [Person] [Meeting] "is listed as absent, without apology" [Capacity];
    Chairs "chairs" [Person] [Meeting] "took the chair, for all or part of it" [Items];
    Represents "represents" [Person] [Organisation] "stood for it at a meeting" [Role];
    SubstitutedFor "substitutedFor" [Person] [Person] "took another's place at a meeting" [];
    HoldsRole "holdsRole" [Person] [Role] "is given this post or role" [Organisation];
    RoleAt "roleAt" [Role] [Organisation] "is held there" [];
    ElectedTo "electedTo" [Person] [Role] "was elected or appointed at a meeting" [Term Organisation];
    Presented "presented" [Person Organisation] [Item] "presented, reported on, introduced it" [Form];
    Moved "moved" [Person] [Decision] "proposed a motion" [];
    Seconded "seconded" [Person] [Decision] "seconded a motion" [];
    VotedFor "votedFor" [Person] [Decision] "voted for it, in a recorded vote by name" [];
    VotedAgainst "votedAgainst" [Person] [Decision] "voted against it, in a recorded vote by name" [];
    Abstained "abstained" [Person] [Decision] "abstained, in a recorded vote by name" [];
    DeclaredInterest "declaredInterest" [Person] [Item Meeting] "declared an interest" [Interest];
    Decided "decided" [Meeting] [Decision] "resolved, agreed, noted, recommended" [Verb Outcome];
    ResponsibleFor "responsibleFor" [Person Organisation] [Action] "owns an action" [Due];
    Concerns "concerns" [Item Decision Action] [Programme Legislation Organisation Person] "mentions it" [];
    ItemOf "itemOf" [Item] [Meeting] "belongs to it" [Number];
    DecisionOf "decisionOf" [Decision Action] [Item] "belongs to it" [Number];
    MeetingOf "meetingOf" [Meeting] [Organisation] "was a meeting of this body" [];
    Follows "follows" [Meeting] [Meeting] "confirmed the minutes of that one" [];
    SucceededBy "succeededBy" [Organisation] [Organisation] "was replaced by, renamed to, dissolved into, merged with it" [Date Certainty];
    PartOf "partOf" [Organisation] [Organisation] "is a unit or committee of it" [];
};

impl Predicate {
    /// Its row of the schema.
    pub fn row(self) -> &'static Relationship {
        &SCHEMA[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_has_one_row_for_each_predicate_in_order() {
        let rows: Vec<_> = SCHEMA.iter().map(|row| row.predicate).collect();
        assert_eq!(rows, Predicate::ALL);
    }

    #[test]
    fn names_find_their_value() {
        for &predicate in Predicate::ALL {
            assert_eq!(Predicate::from_name(predicate.name()), Some(predicate));
        }
    }
}
