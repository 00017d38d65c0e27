//! Small extractions made by hand, for tests: each call writes a line of the document and says what it holds.

use crate::model::{
    Abbreviation, Attendance, Capacity, DecisionFacts, EntityKind, Extraction, Graph, ItemFacts, MeetingFacts, Mention,
    Nature, Predicate, Qualifier, Quote, SourceFacts, Statement, Status, Term, Value,
};

use super::{Options, graph};
use crate::lexicon::Lexicon;

/// An extraction in the making.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    extraction: Extraction,
    length: u32,
}

impl Sample {
    /// A document that minutes a meeting.
    pub(super) fn document(path: &str) -> Self {
        let source = SourceFacts { path: path.to_owned(), sha256: path.to_owned(), ..SourceFacts::default() };
        let meeting = Some(MeetingFacts { attendance_recorded: true, ..MeetingFacts::default() });
        Self { extraction: Extraction { source, meeting, ..Extraction::default() }, length: 0 }
    }

    pub(super) fn extraction(&self) -> Extraction {
        self.extraction.clone()
    }

    pub(super) fn quote(&mut self, words: &str) -> Quote {
        let start = self.length;
        self.length += words.chars().count() as u32 + 1;
        Quote { start, end: self.length - 1, text: words.into() }
    }

    pub(super) fn mention(&mut self, words: &str, kind: EntityKind, nature: Nature) -> u32 {
        let quote = self.quote(words);
        self.extraction.mentions.push(Mention { quote, kind, rule: "sample".into(), nature });
        self.extraction.mentions.len() as u32 - 1
    }

    pub(super) fn body(&mut self, name: &str) -> u32 {
        let body = self.mention(name, EntityKind::Organisation, Nature::Name);
        let quote = self.extraction.mentions[body as usize].quote.clone();
        if let Some(meeting) = &mut self.extraction.meeting {
            meeting.body = Some(body);
            meeting.quote = quote;
        }
        body
    }

    pub(super) fn meeting(&mut self, change: impl FnOnce(&mut MeetingFacts)) {
        if let Some(meeting) = &mut self.extraction.meeting {
            change(meeting);
        }
    }

    pub(super) fn date(&mut self, date: &str) {
        let date = date.parse().ok();
        self.meeting(|m| m.date = date);
    }

    pub(super) fn person(&mut self, name: &str) -> u32 {
        self.mention(name, EntityKind::Person, Nature::Name)
    }

    pub(super) fn short(&mut self, name: &str) -> u32 {
        self.mention(name, EntityKind::Person, Nature::Short)
    }

    pub(super) fn organisation(&mut self, name: &str) -> u32 {
        self.mention(name, EntityKind::Organisation, Nature::Name)
    }

    pub(super) fn role(&mut self, name: &str) -> u32 {
        self.mention(name, EntityKind::Role, Nature::Name)
    }

    pub(super) fn describe(&mut self, kind: EntityKind, words: &str) -> u32 {
        self.mention(words, kind, Nature::Description)
    }

    pub(super) fn abbreviation(&mut self, short: &str, long: &str) {
        let quote = self.quote(&format!("{long} ({short})"));
        self.extraction.abbreviations.push(Abbreviation { short: short.to_owned(), long: long.to_owned(), quote });
    }

    /// An entry of the attendance list; an empty organisation is none.
    pub(super) fn listed(&mut self, name: &str, organisation: &str, status: Status) -> u32 {
        let person = self.person(name);
        let quote = self.extraction.mentions[person as usize].quote.clone();
        let organisations = if organisation.is_empty() { Vec::new() } else { vec![self.organisation(organisation)] };
        for object in &organisations {
            self.state(Term::Mention(person), Predicate::Represents, Term::Mention(*object));
        }
        let predicate = match status {
            Status::Present => Predicate::Attended,
            Status::Apologies => Predicate::Apologised,
            Status::Absent => Predicate::AbsentFrom,
        };
        self.state(Term::Mention(person), predicate, Term::Meeting);
        self.extraction.attendance.push(Attendance {
            person,
            status,
            capacity: Some(Capacity::Member),
            chair: false,
            organisations,
            roles: Vec::new(),
            substitute_for: None,
            arrived: None,
            left: None,
            remote: false,
            quote,
            rule: "list".into(),
        });
        person
    }

    pub(super) fn present(&mut self, name: &str, organisation: &str) -> u32 {
        self.listed(name, organisation, Status::Present)
    }

    pub(super) fn in_the_chair(&mut self, name: &str) -> u32 {
        let person = self.present(name, "");
        if let Some(entry) = self.extraction.attendance.last_mut() {
            entry.chair = true;
        }
        self.state(Term::Mention(person), Predicate::Chairs, Term::Meeting);
        person
    }

    pub(super) fn state(&mut self, subject: Term, predicate: Predicate, object: Term) {
        self.qualify(subject, predicate, object, Vec::new());
    }

    pub(super) fn qualify(
        &mut self,
        subject: Term,
        predicate: Predicate,
        object: Term,
        qualifiers: Vec<(Qualifier, Value)>,
    ) {
        let quote = match subject {
            Term::Mention(m) => self.extraction.mentions[m as usize].quote.clone(),
            _ => self.quote("so it is"),
        };
        self.extraction.statements.push(Statement {
            subject,
            predicate,
            object,
            qualifiers,
            quote,
            rule: "sample".into(),
        });
    }

    pub(super) fn item(&mut self, number: Option<&str>, title: &str) -> Term {
        let quote = self.quote(title);
        self.extraction.items.push(ItemFacts {
            number: number.map(str::to_owned),
            title: title.to_owned(),
            quote,
            parent: None,
        });
        Term::Item(self.extraction.items.len() as u32 - 1)
    }

    pub(super) fn decision(&mut self, item: u32, number: Option<&str>, words: &str) -> Term {
        let quote = self.quote(words);
        self.extraction.decisions.push(DecisionFacts {
            item: Some(item),
            number: number.map(str::to_owned),
            verb: "resolve".into(),
            outcome: "agreed".into(),
            quote,
        });
        Term::Decision(self.extraction.decisions.len() as u32 - 1)
    }
}

/// The graph of some samples.
pub(super) fn graph_of(samples: &[Sample]) -> Graph {
    graph(samples.iter().map(Sample::extraction).collect(), Lexicon::embedded(), &Options::default())
}

/// IRIs of the entities of one kind.
pub(super) fn iris(graph: &Graph, kind: EntityKind) -> Vec<&str> {
    graph.entities.iter().filter(|e| e.kind == kind).map(|e| e.iri.as_str()).collect()
}
