//! An extraction in the making: mentions and statements with byte spans into the document, in the order in
//! which rules find them. [`Draft::finish`] sorts them by place, renumbers them and turns spans into quotes.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::lexicon::Lexicon;
use crate::model::{
    Abbreviation, ActionFacts, Attendance, Capacity, CodePoints, DecisionFacts, Document, EntityKind, Extraction,
    Genre, ItemFacts, MeetingFacts, Mention, Minutes, Nature, Predicate, Qualifier, Quote, ReadStatus, SourceFacts,
    Span, Statement, Status, Term, Unresolved, Value, sha256,
};

use super::cue::Hits;
use super::office;
use super::words::Words;
use crate::text::language::is_english;

/// A mention with its span.
#[derive(Clone, Copy, Debug)]
pub struct DraftMention {
    /// Where it stands.
    pub span: Span,
    /// What it names.
    pub kind: EntityKind,
    /// The rule that found it.
    pub rule: &'static str,
    /// Full name, part of one, or description.
    pub nature: Nature,
}

/// A statement with its span.
#[derive(Clone, Debug)]
pub struct DraftStatement {
    /// Subject; [`Term::Mention`] counts in the order of [`Draft::mentions`].
    pub subject: Term,
    /// Predicate.
    pub predicate: Predicate,
    /// Object.
    pub object: Term,
    /// Qualifiers.
    pub qualifiers: Vec<(Qualifier, Value)>,
    /// The words that say so.
    pub span: Span,
    /// The rule.
    pub rule: &'static str,
}

/// An attendance entry with its span; mentions are numbers in the order of [`Draft::mentions`].
#[derive(Clone, Debug)]
pub struct DraftAttendance {
    /// The person.
    pub person: u32,
    /// Present, apologies, absent.
    pub status: Status,
    /// Capacity, if the list distinguishes.
    pub capacity: Option<Capacity>,
    /// Whether the person took the chair.
    pub chair: bool,
    /// Organisations.
    pub organisations: Vec<u32>,
    /// Roles.
    pub roles: Vec<u32>,
    /// Whose place was taken.
    pub substitute_for: Option<u32>,
    /// Arrival as written.
    pub arrived: Option<Span>,
    /// Leaving as written.
    pub left: Option<Span>,
    /// From afar.
    pub remote: bool,
    /// The entry.
    pub span: Span,
    /// The rule.
    pub rule: &'static str,
}

impl DraftAttendance {
    /// An entry of which nothing more is known.
    pub fn new(person: u32, status: Status, span: Span, rule: &'static str) -> Self {
        Self {
            person,
            status,
            capacity: None,
            chair: false,
            organisations: Vec::new(),
            roles: Vec::new(),
            substitute_for: None,
            arrived: None,
            left: None,
            remote: false,
            span,
            rule,
        }
    }
}

/// A decision: a limb that structure found, or a motion that an extractor found.
#[derive(Clone, Debug)]
pub struct DraftDecision {
    /// Number of the item.
    pub item: Option<usize>,
    /// Limb.
    pub limb: Option<Span>,
    /// Verb.
    pub verb: &'static str,
    /// Outcome.
    pub outcome: &'static str,
    /// Its words.
    pub span: Span,
}

/// An action point.
#[derive(Clone, Debug)]
pub struct DraftAction {
    /// Number of the item.
    pub item: Option<usize>,
    /// Due date, as ISO date or as written.
    pub due: Option<String>,
    /// Its words.
    pub span: Span,
}

/// What extractors read and add to.
#[derive(Debug)]
pub struct Draft<'d> {
    /// The document.
    pub document: &'d Document,
    /// Its minutes.
    pub minutes: &'d Minutes,
    /// The vocabulary.
    pub lexicon: &'d Lexicon,
    /// Mentions, in the order in which they were found; numbers do not change until the end.
    pub mentions: Vec<DraftMention>,
    /// Statements.
    pub statements: Vec<DraftStatement>,
    /// Attendance.
    pub attendance: Vec<DraftAttendance>,
    /// Decisions: the limbs of [`Minutes::decisions`] in the same order, then motions.
    pub decisions: Vec<DraftDecision>,
    /// Actions.
    pub actions: Vec<DraftAction>,
    /// Short forms with what they stand for, and the words that define them.
    pub abbreviations: Vec<(Span, Span)>,
    /// What was not understood.
    pub unresolved: Vec<(Span, &'static str)>,
    /// Number of the mention of the body that met.
    pub body: Option<u32>,
    /// The words of all lines, read once; shared, so that they can be read while the draft is added to.
    pub(super) words: Rc<Words<'d>>,
    /// Where the literals of all extractors stand, looked for once.
    hits: OnceCell<Hits>,
    /// Offices of several words that the attendance list gives, once the list is read.
    offices: OnceCell<Vec<String>>,
    by_place: FxHashMap<(Span, EntityKind), u32>,
    by_words: FxHashMap<(Span, Term, Predicate, Term), usize>,
    /// Start, end and number of each mention, by place.
    by_start: BTreeSet<(u32, u32, u32)>,
    /// For each kind, which bytes lie in a mention of it: a bit a byte.
    taken: [Vec<u64>; EntityKind::ALL.len()],
}

impl<'d> Draft<'d> {
    /// An empty draft. Decisions that structure delimited are there from the start.
    pub fn new(document: &'d Document, minutes: &'d Minutes, lexicon: &'d Lexicon) -> Self {
        let decisions = minutes
            .decisions
            .iter()
            .map(|d| DraftDecision { item: d.item, limb: d.limb, verb: d.verb, outcome: d.outcome, span: d.span })
            .collect();
        let unresolved = minutes.unresolved.clone();
        Self {
            document,
            minutes,
            lexicon,
            mentions: Vec::new(),
            statements: Vec::new(),
            attendance: Vec::new(),
            decisions,
            actions: Vec::new(),
            abbreviations: Vec::new(),
            unresolved,
            body: None,
            words: Rc::new(Words::new(document, lexicon)),
            hits: OnceCell::new(),
            offices: OnceCell::new(),
            by_place: FxHashMap::default(),
            by_words: FxHashMap::default(),
            by_start: BTreeSet::new(),
            taken: std::array::from_fn(|_| Vec::new()),
        }
    }

    /// The text. Outlives the draft's borrow, so that it can be read while the draft is added to.
    pub fn text(&self) -> &'d str {
        &self.document.text
    }

    /// Where the literals stand without which extractors have nothing to say.
    pub(super) fn hits(&self) -> &Hits {
        self.hits.get_or_init(|| Hits::of(self.text()))
    }

    /// Offices of several words that the attendance list gives somebody, folded.
    pub(super) fn listed_offices(&self) -> &[String] {
        self.offices.get_or_init(|| office::listed_offices(self))
    }

    /// Adds a mention, or finds the one of the same kind at the same place; returns its number.
    pub fn mention(&mut self, span: Span, kind: EntityKind, rule: &'static str, nature: Nature) -> u32 {
        if let Some(&known) = self.by_place.get(&(span, kind)) {
            return known;
        }
        let number = self.mentions.len() as u32;
        self.mentions.push(DraftMention { span, kind, rule, nature });
        self.by_place.insert((span, kind), number);
        self.by_start.insert((span.start, span.end, number));
        let bits = &mut self.taken[kind as usize];
        if bits.len() * 64 < span.end as usize {
            bits.resize(self.document.text.len().max(span.end as usize) / 64 + 1, 0);
        }
        for (at, few) in bits_of(span) {
            bits[at] |= few;
        }
        number
    }

    /// Numbers of the mentions of a kind that lie within `span`, by place.
    pub fn mentions_in(&self, span: Span, kind: EntityKind) -> Vec<u32> {
        self.by_start
            .range((span.start, 0, 0)..(span.end, 0, 0))
            .filter(|(_, end, _)| *end <= span.end)
            .map(|(_, _, number)| *number)
            .filter(|n| self.mentions[*n as usize].kind == kind)
            .collect()
    }

    /// Whether a mention of this kind overlaps `span`.
    pub fn is_taken(&self, span: Span, kind: EntityKind) -> bool {
        let bits = &self.taken[kind as usize];
        bits_of(span).any(|(at, few)| bits.get(at).is_some_and(|word| word & few != 0))
    }

    /// The span of a mention.
    pub fn span_of(&self, mention: u32) -> Span {
        self.mentions[mention as usize].span
    }

    /// Adds a statement, unless the same is there with words of the same place.
    pub fn state(
        &mut self,
        subject: Term,
        predicate: Predicate,
        object: Term,
        span: Span,
        rule: &'static str,
    ) -> &mut DraftStatement {
        let at = *self.by_words.entry((span, subject, predicate, object)).or_insert_with(|| {
            self.statements.push(DraftStatement { subject, predicate, object, qualifiers: Vec::new(), span, rule });
            self.statements.len() - 1
        });
        &mut self.statements[at]
    }

    /// The item of business in whose lines a place lies.
    pub fn item_at(&self, span: Span) -> Option<usize> {
        let after = self.minutes.items.partition_point(|item| item.span.start <= span.start);
        (0..after).rev().find(|i| self.minutes.items[*i].span.contains(span))
    }

    /// Sorts, renumbers, and turns spans into quotes.
    pub fn finish(self) -> Extraction {
        let text = self.text();
        let points = CodePoints::new(text);
        let quote = |span: Span| {
            let span = harmless(span, text);
            Quote { start: points.at(span.start), end: points.at(span.end), text: span.of(text).into() }
        };
        let (order, mention_number) = ranked(&self.mentions, |m| (m.span.start, m.span.end, m.kind));
        let (decision_order, decision_number) = ranked(&self.decisions, |d| d.span);
        let (action_order, action_number) = ranked(&self.actions, |a| a.span);
        let term = |t: Term| match t {
            Term::Mention(n) => Term::Mention(mention_number[n as usize]),
            Term::Decision(n) => Term::Decision(decision_number[n as usize]),
            Term::Action(n) => Term::Action(action_number[n as usize]),
            other => other,
        };
        let value = |v: Value| match v {
            Value::Term(t) => Value::Term(term(t)),
            other => other,
        };
        let mut statements: Vec<Statement> = self
            .statements
            .into_iter()
            .map(|s| {
                let mut qualifiers: Vec<_> = s.qualifiers.into_iter().map(|(q, v)| (q, value(v))).collect();
                qualifiers.sort_by_key(|(q, _)| *q);
                qualifiers.dedup_by_key(|(q, _)| *q);
                Statement {
                    subject: term(s.subject),
                    predicate: s.predicate,
                    object: term(s.object),
                    qualifiers,
                    quote: quote(s.span),
                    rule: Cow::Borrowed(s.rule),
                }
            })
            .collect();
        statements.sort_by(|a, b| {
            (a.quote.start, a.quote.end, a.predicate, a.subject, a.object).cmp(&(
                b.quote.start,
                b.quote.end,
                b.predicate,
                b.subject,
                b.object,
            ))
        });
        let mut attendance: Vec<Attendance> = self
            .attendance
            .into_iter()
            .map(|a| Attendance {
                person: mention_number[a.person as usize],
                status: a.status,
                capacity: a.capacity,
                chair: a.chair,
                organisations: a.organisations.iter().map(|n| mention_number[*n as usize]).collect(),
                roles: a.roles.iter().map(|n| mention_number[*n as usize]).collect(),
                substitute_for: a.substitute_for.map(|n| mention_number[n as usize]),
                arrived: a.arrived.map(|s| s.of(text).to_owned()),
                left: a.left.map(|s| s.of(text).to_owned()),
                remote: a.remote,
                quote: quote(a.span),
                rule: Cow::Borrowed(a.rule),
            })
            .collect();
        attendance.sort_by_key(|a| (a.quote.start, a.person));
        let folded = |span: Span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let header = &self.minutes.header;
        let meeting = (self.minutes.genre == Genre::Minutes).then(|| MeetingFacts {
            body: self.body.map(|n| mention_number[n as usize]),
            date: header.date.map(|d| d.value),
            start_time: header.start_time.map(|t| t.value),
            end_time: header.end_time.map(|t| t.value),
            venue: header.venue.map(quote),
            previous: header.previous.iter().map(|d| d.value).collect(),
            next: header.next.map(|d| d.value),
            attendance_recorded: self.minutes.attendance.iter().any(|b| b.status == Status::Present)
                && attendance.iter().any(|a| a.status == Status::Present),
            quote: quote(header.date.map(|d| d.span).or(header.body).unwrap_or_default()),
        });
        let mut abbreviations: Vec<Abbreviation> = self
            .abbreviations
            .iter()
            .map(|(short, long)| Abbreviation {
                short: folded(*short),
                long: folded(*long),
                quote: quote(short.join(*long)),
            })
            .collect();
        abbreviations.sort_by(|a, b| (a.quote.start, &a.short).cmp(&(b.quote.start, &b.short)));
        abbreviations.dedup();
        let mut unresolved: Vec<Unresolved> = self
            .unresolved
            .iter()
            .map(|(span, reason)| Unresolved { quote: quote(*span), reason: Cow::Borrowed(*reason) })
            .collect();
        unresolved
            .sort_by(|a, b| (a.quote.start, a.quote.end, &a.reason).cmp(&(b.quote.start, b.quote.end, &b.reason)));
        unresolved.dedup();
        let text_sha256 =
            if self.document.status == ReadStatus::Skipped { String::new() } else { sha256(text.as_bytes()) };
        Extraction {
            source: SourceFacts {
                path: self.document.path.clone(),
                format: Cow::Borrowed(self.document.format),
                bytes: self.document.bytes,
                sha256: self.document.sha256.clone(),
                text_sha256,
                status: self.document.status,
                message: message(self.document, self.minutes.genre),
            },
            meeting,
            mentions: order
                .iter()
                .map(|n| {
                    let m = &self.mentions[*n];
                    Mention { quote: quote(m.span), kind: m.kind, rule: Cow::Borrowed(m.rule), nature: m.nature }
                })
                .collect(),
            attendance,
            items: self
                .minutes
                .items
                .iter()
                .map(|i| ItemFacts {
                    number: i.number.map(folded),
                    title: folded(i.title),
                    quote: quote(i.title),
                    parent: i.parent.map(|p| p as u32),
                })
                .collect(),
            decisions: decision_order
                .iter()
                .map(|i| {
                    let d = &self.decisions[*i];
                    DecisionFacts {
                        item: d.item.map(|i| i as u32),
                        number: d.limb.map(folded),
                        verb: Cow::Borrowed(d.verb),
                        outcome: Cow::Borrowed(d.outcome),
                        quote: quote(d.span),
                    }
                })
                .collect(),
            actions: action_order
                .iter()
                .map(|i| {
                    let a = &self.actions[*i];
                    ActionFacts { item: a.item.map(|i| i as u32), due: a.due.clone(), quote: quote(a.span) }
                })
                .collect(),
            statements,
            abbreviations,
            unresolved,
        }
    }
}

/// The bits of a span among those of all bytes, 64 at a time: where they stand, and which.
fn bits_of(span: Span) -> impl Iterator<Item = (usize, u64)> {
    let (start, end) = (span.start as usize, (span.end as usize).max(span.start as usize));
    (start / 64..end.div_ceil(64)).map(move |at| {
        let from = if at == start / 64 { u64::MAX << (start % 64) } else { u64::MAX };
        let to = if at == end / 64 { (1 << (end % 64)) - 1 } else { u64::MAX };
        (at, from & to)
    })
}

/// The order of `all` by a key, and the rank of each in that order.
fn ranked<T, K: Ord>(all: &[T], key: impl Fn(&T) -> K) -> (Vec<usize>, Vec<u32>) {
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|i| key(&all[*i]));
    let mut rank = vec![0; all.len()];
    for (new, old) in order.iter().enumerate() {
        rank[*old] = new as u32;
    }
    (order, rank)
}

/// What is to be said of a document: what its reader says, else why it states nothing of a meeting.
fn message(document: &Document, genre: Genre) -> String {
    if !document.message.is_empty() || document.status != ReadStatus::Read {
        return document.message.clone();
    }
    let why = match genre {
        Genre::Minutes => return String::new(),
        _ if !is_english(&document.text) => "not in English: minutes in English alone are understood",
        Genre::Agenda => "an agenda or a notice of a meeting to come: it does not tell who was there",
        Genre::Other => "not recognised as minutes: no meeting at its head, or nothing that tells what happened there",
    };
    why.to_owned()
}

/// A span without what a spreadsheet takes for the start of a formula: quotes are written to cells as they are, since they
/// must equal the words of the document.
fn harmless(span: Span, text: &str) -> Span {
    let words = span.of(text).trim_start_matches(|c: char| matches!(c, '=' | '+' | '-' | '@') || c.is_whitespace());
    let end = span.end as usize;
    if words.is_empty() { span } else { Span::new(end - words.len(), end) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_never_begins_as_a_formula_does() {
        let of = |text: &'static str| harmless(Span::new(0, text.len()), text).of(text);
        assert_eq!(of("=HYPERLINK(1)"), "HYPERLINK(1)");
        assert_eq!(of("- @sum + 1"), "sum + 1");
        assert_eq!(of("That £5 be paid - noted"), "That £5 be paid - noted");
    }
}
