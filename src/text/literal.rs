//! Literals that are looked for together, in one pass over a text.
//!
//! In: words, and a text. Out: whether one of them stands there, and where. What a rule asks of each line or sentence
//! it asks through these first: most lines hold nothing that it speaks of.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, Input, MatchKind, packed};

use crate::model::Span;

/// Words that are looked for together.
#[derive(Debug)]
pub struct Literals {
    words: &'static [&'static str],
    any_case: bool,
    found: OnceLock<Option<Search>>,
}

/// How words are looked for.
#[derive(Debug)]
enum Search {
    /// Many bytes at a time: words as they are written, where the processor can.
    ManyBytes(packed::Searcher),
    /// From byte to byte.
    EachByte(AhoCorasick),
}

impl Literals {
    /// Words as they are written.
    pub const fn new(words: &'static [&'static str]) -> Self {
        Self { words, any_case: false, found: OnceLock::new() }
    }

    /// Words in capitals or not, as far as ASCII goes.
    pub const fn in_any_case(words: &'static [&'static str]) -> Self {
        Self { words, any_case: true, found: OnceLock::new() }
    }

    fn search(&self) -> Option<&Search> {
        let build = || {
            let many = (!self.any_case).then(|| packed::Searcher::new(self.words)).flatten().map(Search::ManyBytes);
            many.or_else(|| {
                let builder = &mut AhoCorasick::builder();
                let builder = builder.match_kind(MatchKind::LeftmostFirst).ascii_case_insensitive(self.any_case);
                // To stop at each of their rarer letters takes longer than to go from byte to byte.
                builder.prefilter(false).build(self.words).ok().map(Search::EachByte)
            })
        };
        self.found.get_or_init(build).as_ref()
    }

    /// Whether one of the words stands in a text.
    ///
    /// ```
    /// # use quorate::text::literal::Literals;
    /// static ENDS: Literals = Literals::in_any_case(&["meeting closed", "meeting ended"]);
    /// assert!(ENDS.stand_in("The Meeting closed at 9 pm.") && !ENDS.stand_in("The meeting went on."));
    /// ```
    pub fn stand_in(&self, text: &str) -> bool {
        self.search().is_some_and(|search| match search {
            Search::ManyBytes(search) => search.find(text).is_some(),
            Search::EachByte(search) => search.is_match(text),
        })
    }

    /// Where words of the list start in a text, in order, none within another.
    pub fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = match self.search()? {
                Search::ManyBytes(search) => search.find_in(text, aho_corasick::Span::from(from..text.len())),
                Search::EachByte(search) => search.find(Input::new(text).range(from..)),
            }?;
            from = found.end();
            Some(found.start())
        })
    }

    /// Which of the spans, by their numbers, hold a word; they are in order and apart. One pass over the text.
    pub fn within<'t>(
        &'t self,
        text: &'t str,
        spans: impl Iterator<Item = Span> + 't,
    ) -> impl Iterator<Item = usize> + 't {
        let mut places = self.places(text).peekable();
        let held = spans.enumerate().filter(move |(_, span)| {
            while places.next_if(|at| *at < span.start as usize).is_some() {}
            places.peek().is_some_and(|at| *at < span.end as usize)
        });
        held.map(|(number, _)| number)
    }
}
