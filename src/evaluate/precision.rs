//! How precise each rule is on the gold that the program is tested with: a list that is embedded, and that a test
//! keeps current (`UPDATE_EXPECT=1 cargo test --test evaluate` writes it anew).
//!
//! In: an evaluation, or the list. Out: a row for each rule. Never measures by itself.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Evaluation;

/// What a rule got right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Precision {
    /// Rule.
    pub rule: String,
    /// Statements or mentions that an annotation confirms.
    pub right: usize,
    /// Those that none does.
    pub wrong: usize,
}

impl Precision {
    /// Share that is right; `None` where nothing was measured.
    pub fn share(&self) -> Option<f64> {
        let all = self.right + self.wrong;
        (all > 0).then(|| self.right as f64 / all as f64)
    }
}

/// The embedded list, as written.
pub const PRECISIONS: &str = include_str!("precision.csv");

/// What each rule got right, over all fields, by name.
pub fn precisions(evaluation: &Evaluation) -> Vec<Precision> {
    let mut rules: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for ((rule, _), (right, wrong)) in &evaluation.rules {
        let sum = rules.entry(rule).or_default();
        sum.0 += right;
        sum.1 += wrong;
    }
    let rows = rules.into_iter().map(|(rule, (right, wrong))| Precision { rule: rule.to_owned(), right, wrong });
    rows.collect()
}

/// What a rule got right on the fixtures of the program; `None` where the gold has nothing to say about it.
pub fn measured(rule: &str) -> Option<&'static Precision> {
    static ROWS: LazyLock<Vec<Precision>> = LazyLock::new(|| {
        let mut rows = csv::Reader::from_reader(PRECISIONS.as_bytes());
        let rows = rows.records().flatten().filter_map(|row| {
            let number = |i: usize| row.get(i)?.parse().ok();
            Some(Precision { rule: row.get(0)?.to_owned(), right: number(1)?, wrong: number(2)? })
        });
        rows.collect()
    });
    ROWS.iter().find(|row| row.rule == rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_list_is_sorted_and_whole() {
        let rules: Vec<&str> = PRECISIONS.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
        assert!(rules.is_sorted() && rules.iter().all(|rule| measured(rule).is_some()));
        assert_eq!(PRECISIONS.lines().next(), Some("rule,right,wrong"));
    }

    #[test]
    fn fields_are_summed() {
        let mut evaluation = Evaluation::default();
        evaluation.rules.insert(("list-entry".into(), "attendance"), (3, 1));
        evaluation.rules.insert(("list-entry".into(), "represents"), (4, 0));
        let rows = precisions(&evaluation);
        assert_eq!(rows, [Precision { rule: "list-entry".into(), right: 7, wrong: 1 }]);
        assert_eq!(rows[0].share(), Some(0.875));
    }
}
