//! What is known about a rule beside its code: enough to print it, and to test it.

/// The facts about one rule of extraction: its name, what it yields, and texts that show where it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleFacts {
    /// Name, as it stands in the column `rule` of the tables.
    pub name: &'static str,
    /// What it yields, in a sentence.
    pub what: &'static str,
    /// Texts from which it must state something.
    pub accepts: &'static [&'static str],
    /// Texts that look alike, from which it must state nothing.
    pub refuses: &'static [&'static str],
}
