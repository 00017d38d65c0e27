//! Counts of what is right, spurious and missed, the rates that follow, and how far they can be trusted.
//!
//! In: counts for each document. Out: precision, recall, F1, and an interval that holds 95 of 100 of the figures
//! that other documents of the same sort would give: documents are drawn anew, with a fixed seed.

use rand_mt::Mt;
use rustc_hash::FxHashMap;

/// How often documents are drawn.
const ROUNDS: usize = 400;

/// The seed, and the generator with it, are those of the gold's own scorer, so that its intervals are these.
const SEED: u32 = 7;

/// What is right, spurious and missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Stated, and annotated.
    pub right: usize,
    /// Stated, not annotated.
    pub spurious: usize,
    /// Annotated, not stated.
    pub missed: usize,
}

impl Counts {
    /// Share of what is stated that is right; 0 where nothing is stated.
    pub fn precision(self) -> f64 {
        share(self.right, self.right + self.spurious)
    }

    /// Share of what is annotated that is stated; 0 where nothing is annotated.
    pub fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    /// Harmonic mean of both.
    pub fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.spurious += other.spurious;
        self.missed += other.missed;
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The counts of a field, by document.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    documents: Vec<Counts>,
    numbers: FxHashMap<String, usize>,
}

impl Tally {
    /// Adds what a document gives.
    pub fn add(&mut self, document: &str, counts: Counts) {
        let number = *self.numbers.entry(document.to_owned()).or_insert(self.documents.len());
        if number == self.documents.len() {
            self.documents.push(Counts::default());
        }
        self.documents[number].add(counts);
    }

    /// Whether no document had anything to say.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// The counts of all documents.
    pub fn total(&self) -> Counts {
        let mut total = Counts::default();
        self.documents.iter().for_each(|counts| total.add(*counts));
        total
    }

    /// Bounds of F1: 95 of 100 draws of as many documents lie between them.
    pub fn interval(&self) -> (f64, f64) {
        if self.documents.is_empty() {
            return (0.0, 0.0);
        }
        let mut generator = Mt::new_with_key([SEED]);
        let mut figures: Vec<f64> = (0..ROUNDS)
            .map(|_| {
                let mut drawn = Counts::default();
                for _ in &self.documents {
                    drawn.add(self.documents[below(&mut generator, self.documents.len())]);
                }
                drawn.f1()
            })
            .collect();
        figures.sort_by(f64::total_cmp);
        (figures[ROUNDS / 40], figures[ROUNDS - ROUNDS / 40 - 1])
    }
}

/// A number below `limit`, each as likely as the other.
fn below(generator: &mut Mt, limit: usize) -> usize {
    let bits = usize::BITS - limit.leading_zeros();
    loop {
        let drawn = (generator.next_u32() >> (32 - bits.min(32))) as usize;
        if drawn < limit {
            return drawn;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_what_they_say() {
        let counts = Counts { right: 3, spurious: 1, missed: 2 };
        assert_eq!((counts.precision(), counts.recall()), (0.75, 0.6));
        assert!((counts.f1() - 2.0 / 3.0).abs() < 1e-12);
        assert!(Counts::default().f1() == 0.0);
    }

    #[test]
    fn numbers_are_drawn_as_python_draws_them() {
        // [random.Random(7).randrange(10) for _ in range(8)] with one generator.
        let mut generator = Mt::new_with_key([SEED]);
        let drawn: Vec<usize> = (0..8).map(|_| below(&mut generator, 10)).collect();
        assert_eq!(drawn, [5, 2, 6, 0, 1, 8, 1, 5]);
    }

    #[test]
    fn the_interval_holds_the_figure_and_is_the_same_each_time() {
        let mut tally = Tally::default();
        for i in 0..20 {
            tally.add(&format!("{i}.txt"), Counts { right: 8, spurious: i % 3, missed: i % 2 });
        }
        let (low, high) = tally.interval();
        assert!(low < tally.total().f1() && tally.total().f1() < high && (low, high) == tally.interval());
    }
}
