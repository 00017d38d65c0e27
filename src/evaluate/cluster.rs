//! How well names were told apart and brought together: B-cubed and pairwise precision and recall.
//!
//! In: for each document, names in the words of the annotation with the group that a careful reader puts them in,
//! and the entity that the build gives them (nothing where it did not find them). Out: counts that add up over
//! documents, and the figures made of them. Must never read a file, and never guess which name is meant: words that
//! two groups share are left out.

use std::collections::BTreeMap;

use super::field::Rows;
use super::gold::Gold;

/// A name of the annotation: what it is, and what the build takes it for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placed<'a> {
    /// The group of the annotation: names of one group are one.
    pub gold: &'a str,
    /// The entity of the build; `None` where the build did not find the name.
    pub found: Option<&'a str>,
}

/// Precision and recall as sums, so that documents add up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Clusters {
    /// Names of the annotation that the build found.
    pub names: u32,
    /// Names that it did not find: no cluster holds them, and they count for no figure but this one.
    pub missing: u32,
    /// Sum over the names of the share of their entity that is of their group.
    pub precision: f64,
    /// Sum over the names of the share of their group that is in their entity.
    pub recall: f64,
    /// Pairs that the build joins and the annotation too.
    pub right: u64,
    /// Pairs that the build joins.
    pub joined: u64,
    /// Pairs that the annotation joins.
    pub same: u64,
}

/// Precision, recall, and their harmonic mean; 1 where there was nothing to get wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// How much of what was joined belongs together.
    pub precision: f64,
    /// How much of what belongs together was joined.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

impl Figures {
    fn new(precision: f64, recall: f64) -> Self {
        let sum = precision + recall;
        Self { precision, recall, f1: if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 } }
    }
}

/// Measures the names of one document, or of several whose groups and entities have names of their own.
pub fn clusters(names: &[Placed<'_>]) -> Clusters {
    let mut together: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let mut groups: BTreeMap<&str, u64> = BTreeMap::new();
    let mut entities: BTreeMap<&str, u64> = BTreeMap::new();
    let mut measured = Clusters::default();
    for name in names {
        let Some(found) = name.found else {
            measured.missing += 1;
            continue;
        };
        measured.names += 1;
        *together.entry((name.gold, found)).or_default() += 1;
        *groups.entry(name.gold).or_default() += 1;
        *entities.entry(found).or_default() += 1;
    }
    let pairs = |counts: &mut dyn Iterator<Item = u64>| counts.map(|n| n * (n - 1) / 2).sum::<u64>();
    for ((gold, found), both) in &together {
        let square = (both * both) as f64;
        measured.precision += square / entities[found] as f64;
        measured.recall += square / groups[gold] as f64;
    }
    measured.right = pairs(&mut together.values().copied());
    measured.joined = pairs(&mut entities.values().copied());
    measured.same = pairs(&mut groups.values().copied());
    measured
}

/// The people of an annotation as the build places them: every mention in words of a group, and the words of which
/// there is none. A group is what the annotation says is one person; whoever is listed under one name only is a group
/// of one, so that a wrong merge with them counts.
pub(super) fn people(gold: &Gold, rows: &Rows<'_>) -> Clusters {
    let mut groups: Vec<Vec<String>> =
        gold.same_person.iter().map(|group| group.iter().map(|name| letters(name)).collect()).collect();
    for entry in gold.attendance.iter().filter(|entry| !entry.optional) {
        let names: Vec<String> = entry.person.0.iter().map(|name| letters(name)).collect();
        if !groups.iter().flatten().any(|known| names.contains(known)) {
            groups.push(names);
        }
    }
    let mut group_of: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for (number, name) in groups.iter().enumerate().flat_map(|(number, group)| group.iter().map(move |n| (number, n))) {
        group_of
            .entry(name)
            .and_modify(|known| *known = known.filter(|known| *known == number))
            .or_insert(Some(number));
    }
    let numbers: Vec<String> = (0..groups.len()).map(|number| number.to_string()).collect();
    let mut placed = Vec::new();
    let mut found: Vec<String> = Vec::new();
    for (mention, _) in rows.mentions.iter().filter(|(mention, _)| mention.kind == "person") {
        let words = letters(&mention.text);
        if let Some(Some(group)) = group_of.get(words.as_str()) {
            let entity = Some(mention.entity.as_str()).filter(|entity| !entity.is_empty());
            placed.push(Placed { gold: &numbers[*group], found: entity });
            found.push(words);
        }
    }
    let missing = group_of.iter().filter(|(words, _)| !found.iter().any(|found| found == *words));
    placed.extend(missing.filter_map(|(_, group)| Some(Placed { gold: &numbers[(*group)?], found: None })));
    clusters(&placed)
}

/// Words in lower case with nothing but letters and digits: how a name is found again.
fn letters(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Clusters {
    /// Adds another document.
    pub fn add(&mut self, other: &Self) {
        self.names += other.names;
        self.missing += other.missing;
        self.precision += other.precision;
        self.recall += other.recall;
        self.right += other.right;
        self.joined += other.joined;
        self.same += other.same;
    }

    /// B-cubed: every name counts the same.
    pub fn b_cubed(&self) -> Figures {
        let share = |sum: f64| if self.names == 0 { 1.0 } else { sum / f64::from(self.names) };
        Figures::new(share(self.precision), share(self.recall))
    }

    /// By pairs of names: every decision counts the same, so that one large wrong merge counts for much.
    pub fn pairwise(&self) -> Figures {
        let share = |of: u64| if of == 0 { 1.0 } else { self.right as f64 / of as f64 };
        Figures::new(share(self.joined), share(self.same))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names written `group>entity`, an entity `-` where none was found.
    fn measure(names: &str) -> Clusters {
        let placed = names.split(' ').filter_map(|n| n.split_once('>'));
        let placed: Vec<_> =
            placed.map(|(gold, found)| Placed { gold, found: (found != "-").then_some(found) }).collect();
        clusters(&placed)
    }

    #[test]
    fn names_are_found_again_and_whoever_has_one_name_counts_too() {
        let gold = super::super::gold::gold(
            r#"{"document": "a.txt", "same_person": [["Ada Fenn", "Mrs. Fenn"]],
                "attendance": [{"person": "Ada Fenn", "status": "present"}, {"person": "Tom Fenn", "status": "present"}]}"#,
        );
        let gold = gold.expect("JSON").expect("a document");
        let row = |text: &str, entity: &str| crate::model::table::MentionRow {
            text: text.into(),
            kind: "person".into(),
            entity: entity.into(),
            ..Default::default()
        };
        let mentions = [
            row("Ada Fenn", "person/ada-fenn"),
            row("Mrs Fenn", "person/tom-fenn"),
            row("Tom Fenn", "person/tom-fenn"),
        ];
        let rows = Rows { mentions: mentions.iter().map(|m| (m, "")).collect(), ..Rows::default() };
        let measured = people(&gold, &rows);
        assert_eq!((measured.names, measured.missing), (3, 0));
        assert_eq!((measured.right, measured.joined, measured.same), (0, 1, 1));
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn what_is_right_is_one() {
        let right = measure("a>1 a>1 b>2");
        assert_eq!((right.b_cubed(), right.pairwise()), (Figures::new(1.0, 1.0), Figures::new(1.0, 1.0)));
        assert!(close(measure("").b_cubed().f1, 1.0));
    }

    #[test]
    fn a_wrong_merge_costs_precision_and_a_split_recall() {
        let merged = measure("a>1 a>1 b>1");
        assert!(close(merged.b_cubed().precision, 5.0 / 9.0) && close(merged.b_cubed().recall, 1.0));
        assert!(close(merged.pairwise().precision, 1.0 / 3.0) && close(merged.pairwise().recall, 1.0));
        let split = measure("a>1 a>2 b>3");
        assert!(close(split.b_cubed().precision, 1.0) && close(split.b_cubed().recall, 2.0 / 3.0));
        assert!(close(split.pairwise().recall, 0.0) && close(split.pairwise().f1, 0.0));
    }

    #[test]
    fn the_order_plays_no_part_and_documents_add_up() {
        assert_eq!(measure("a>1 b>1 a>2"), measure("a>2 a>1 b>1"));
        let mut sum = measure("a>1 a>1");
        sum.add(&measure("c>3 d>3"));
        assert_eq!((sum.names, sum.right, sum.joined, sum.same), (4, 1, 2, 1));
        assert!(close(sum.b_cubed().precision, 0.75));
    }

    #[test]
    fn what_was_not_found_is_counted_apart() {
        let missing = measure("a>1 a>-");
        assert_eq!((missing.names, missing.missing), (1, 1));
        assert!(close(missing.b_cubed().recall, 1.0));
    }
}
