//! Search over the names of everything, forgiving of misspelling. In: what somebody typed. Out: entries, best first.
//! An index of folded words is held in memory: a word of the query finds words that it is, that it begins, and that are
//! one or two slips away. Must never give an order that depends on anything but the build and the query.

#![allow(clippy::cast_precision_loss, reason = "counts of words and letters are small")]

use rustc_hash::FxHashMap;

use super::store::{Of, Store};
use crate::query::name::{folded, joined};

/// What can be found.
#[derive(Debug)]
pub(super) struct Entry {
    /// Identifier: what it leads to.
    pub(super) id: String,
    /// For people: what kind of thing it is.
    pub(super) kind: &'static str,
    /// How it is called.
    pub(super) name: String,
    /// What tells it from others of its name.
    pub(super) detail: String,
    /// Other names by which it is found.
    aliases: String,
    /// How much is said of it.
    weight: u32,
}

/// Something found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit<'i> {
    pub(super) entry: &'i Entry,
    score: f32,
}

/// The index.
#[derive(Debug)]
pub(super) struct Index {
    entries: Vec<Entry>,
    words: Vec<Word>,
}

/// A word, the letters it has as bits, and the entries whose name or other name holds it.
#[derive(Debug)]
struct Word {
    text: Box<str>,
    letters: u64,
    entries: Vec<Place>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    entry: u32,
    /// Whether it stands in the name itself, and whether as its first word.
    named: bool,
    first: bool,
}

/// Kinds by identifier of the entity kind, as people call them, and how readily each is shown.
const KINDS: &[(&str, &str, f32)] = &[
    ("person", "person", 1.3),
    ("organisation", "organisation", 1.25),
    ("programme", "programme", 1.1),
    ("legislation", "legislation", 1.0),
    ("role", "role", 1.0),
    ("meeting", "meeting", 1.0),
    ("item", "item", 0.8),
    ("decision", "decision", 0.75),
];
const BODY: (&str, f32) = ("body", 1.4);
const FUNCTION: (&str, f32) = ("public function", 1.45);

/// The longest text of an item or a decision that is shown and searched, in characters.
const LONGEST: usize = 160;

impl Index {
    pub(super) fn new(store: &Store) -> Self {
        let mut entries = Vec::new();
        for function in super::function::functions(store) {
            let detail = format!("{} organisations", function.organisations);
            entries.push(Entry {
                id: format!("function/{}", function.key),
                kind: FUNCTION.0,
                name: function.name,
                detail,
                aliases: String::new(),
                weight: 1000,
            });
        }
        for entity in store.entities() {
            let Some((_, kind, _)) = KINDS.iter().find(|(known, ..)| *known == entity.kind) else { continue };
            let kind = if *kind == "organisation" && store.is_body(&entity.id) { BODY.0 } else { kind };
            let years = super::list::years(&entity.first_seen, &entity.last_seen);
            let detail = match kind {
                "person" => {
                    let at = store.of(store.tenures(), Of::TenuresOfPerson, &entity.id).next();
                    let body = at.map_or("", |row| row.organisation_name.as_str());
                    [body, years.as_str()]
                        .iter()
                        .filter(|part| !part.is_empty())
                        .copied()
                        .collect::<Vec<_>>()
                        .join(", ")
                }
                "item" | "decision" => store.name(super::page::place(&entity.id).0).to_owned(),
                "meeting" => String::new(),
                _ => years,
            };
            entries.push(Entry {
                id: entity.id.clone(),
                kind,
                name: entity.name.chars().take(LONGEST).collect(),
                detail,
                aliases: entity.aliases.clone(),
                weight: entity.mentions.parse().unwrap_or(0),
            });
        }
        let mut words: FxHashMap<String, Vec<Place>> = FxHashMap::default();
        for (number, entry) in (0u32..).zip(&entries) {
            for (i, word) in folded(&entry.name).split(' ').enumerate() {
                words.entry(word.to_owned()).or_default().push(Place { entry: number, named: true, first: i == 0 });
            }
            for word in joined(&entry.aliases).map(folded).collect::<Vec<_>>().join(" ").split(' ') {
                words.entry(word.to_owned()).or_default().push(Place { entry: number, named: false, first: false });
            }
        }
        let mut words: Vec<Word> = words
            .into_iter()
            .filter(|(text, _)| !text.is_empty())
            .map(|(text, mut entries)| {
                entries.sort_unstable();
                entries.dedup_by_key(|place| (place.entry, place.named));
                Word { letters: letters(&text), text: text.into(), entries }
            })
            .collect();
        words.sort_unstable_by(|a, b| a.text.cmp(&b.text));
        Self { entries, words }
    }

    /// The entries that fit, best first; of one kind alone where one is named.
    pub(super) fn find(&self, typed: &str, kind: Option<&str>) -> Vec<Hit<'_>> {
        let wanted: Vec<String> =
            folded(typed).split(' ').filter(|word| !word.is_empty()).take(12).map(str::to_owned).collect();
        let mut scores: FxHashMap<u32, (f32, usize)> = FxHashMap::default();
        for word in &wanted {
            let mut best: FxHashMap<u32, f32> = FxHashMap::default();
            for (known, likeness) in self.like(word) {
                // A word that few have says more than one that many have.
                let rarity = 1.0 + 2.0 / (1.0 + (known.entries.len() as f32).ln_1p());
                for place in &known.entries {
                    let named = if place.named { 1.0 } else { 0.7 };
                    let first = if place.first { 1.05 } else { 1.0 };
                    let score = likeness * rarity * named * first;
                    let known = best.entry(place.entry).or_default();
                    *known = known.max(score);
                }
            }
            #[allow(clippy::iter_over_hash_type, reason = "each entry is added to its own sum")]
            for (entry, score) in best {
                let sum = scores.entry(entry).or_default();
                *sum = (sum.0 + score, sum.1 + 1);
            }
        }
        // One word of several may be wrong altogether.
        let needed = if wanted.len() > 2 { wanted.len() - 1 } else { wanted.len() };
        let whole = wanted.join(" ");
        let mut hits: Vec<Hit<'_>> = scores
            .into_iter()
            .filter(|(_, (_, words))| *words >= needed)
            .map(|(number, (sum, words))| (&self.entries[number as usize], sum, words))
            .filter(|(entry, ..)| kind.is_none_or(|kind| entry.kind == kind))
            .map(|(entry, sum, words)| {
                let long = 1.0 + 0.02 * entry.name.len() as f32;
                let known = 1.0 + 0.04 * (entry.weight as f32).ln_1p();
                let whole = if folded(&entry.name) == whole { 1.6 } else { 1.0 };
                let share = words as f32 / wanted.len() as f32;
                Hit { entry, score: sum * share * readiness(entry.kind) * known * whole / long.sqrt() }
            })
            .collect();
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.entry.id.cmp(&b.entry.id)));
        hits
    }

    /// Words like one that was typed, and how like they are.
    fn like(&self, typed: &str) -> Vec<(&Word, f32)> {
        let from = self.words.partition_point(|word| &*word.text < typed);
        let begun = self.words[from..].iter().take_while(|word| word.text.starts_with(typed));
        let typed_length = typed.chars().count();
        let mut like: Vec<(&Word, f32)> = begun
            .map(|word| {
                let share = typed.len() as f32 / word.text.len() as f32;
                (word, if share >= 1.0 { 1.0 } else { 0.6 + 0.3 * share })
            })
            .collect();
        // A slip in a short word makes another word of it.
        let slips = match typed_length {
            0..=3 => 0,
            4..=6 => 1,
            _ => 2,
        };
        if slips > 0 {
            let bits = letters(typed);
            for word in &self.words {
                let apart = (word.letters ^ bits).count_ones();
                let longer = word.text.len().abs_diff(typed.len());
                if apart > 2 * slips || longer > 2 * slips as usize || word.text.starts_with(typed) {
                    continue;
                }
                let distance = strsim::osa_distance(typed, &word.text) as u32;
                if distance <= slips {
                    like.push((word, if distance == 1 { 0.62 } else { 0.45 }));
                }
            }
        }
        like
    }

    /// All entries as a script that a published site loads to search by itself.
    pub(super) fn script(&self) -> String {
        let kinds: Vec<(&str, f32)> =
            KINDS.iter().map(|(_, kind, ready)| (*kind, *ready)).chain([BODY, FUNCTION]).collect();
        let number = |kind: &str| kinds.iter().position(|(known, _)| *known == kind).unwrap_or(0);
        let rows: Vec<_> = self
            .entries
            .iter()
            .map(|entry| {
                serde_json::json!([entry.id, number(entry.kind), entry.name, entry.detail, entry.aliases, entry.weight])
            })
            .collect();
        let whole = serde_json::json!({ "kinds": kinds, "entries": rows });
        format!("window.quorateIndex={whole};\n")
    }
}

fn readiness(kind: &str) -> f32 {
    let own = KINDS.iter().map(|(_, kind, ready)| (*kind, *ready)).chain([BODY, FUNCTION]);
    own.into_iter().find(|(known, _)| *known == kind).map_or(1.0, |(_, ready)| ready)
}

/// The letters and digits of a word, each as a bit; words that are few slips apart differ in few of them.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::sample;

    fn found(typed: &str) -> Vec<String> {
        let folder = sample::folder();
        let store = Store::open(folder.path()).expect("a build");
        let index = Index::new(&store);
        index.find(typed, None).iter().take(3).map(|hit| hit.entry.name.clone()).collect()
    }

    #[test]
    fn a_name_is_found_whole_begun_and_misspelt() {
        for typed in ["Tom Reed", "tom re", "reed", "Reeed Tom"] {
            assert_eq!(found(typed).first().map(String::as_str), Some("Tom Reed"), "{typed}");
        }
        assert!(found("Northshre Probaton")[0].starts_with("Northshire Probation"));
    }

    #[test]
    fn nothing_is_found_where_nothing_is_like_it() {
        assert!(found("zzzzqqq").is_empty() && found("").is_empty() && found("<script>").is_empty());
    }
}
