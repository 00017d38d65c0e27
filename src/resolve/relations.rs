//! Statements as relations. In: the statements of each document, and its records. Out: edges between
//! entities, each with its words; what has an end that cannot be resolved is kept as unresolved, with the
//! reason. What the records say of themselves (an item is of its meeting) is stated by the same words.

use crate::model::{
    Date, DocumentId, EntityId, EntityKind, Extraction, Layer, Predicate, Qualifier, Quote, Relation, ResolvedMention,
    Rule, Statement, Term, Text, Value,
};

use super::builder::{Builder, as_written};

/// Turns the statements and records of a document into relations, and notes every mention.
pub(super) fn relations(builder: &mut Builder, d: u32, extraction: &Extraction) {
    mentions(builder, d, extraction);
    let first = builder.graph.relations.len();
    for statement in &extraction.statements {
        relate(builder, d, extraction, statement);
    }
    of_records(builder, d, extraction);
    builder.graph.documents[d as usize].statements = (builder.graph.relations.len() - first) as u32;
    for unresolved in &extraction.unresolved {
        builder.unresolved(d, &unresolved.quote, unresolved.reason.clone());
    }
}

/// Whether the statements of a document give a predicate for a pair of terms.
fn states(extraction: &Extraction, subject: Term, predicate: Predicate, object: Term) -> bool {
    extraction.statements.iter().any(|s| s.predicate == predicate && s.subject == subject && s.object == object)
}

fn mentions(builder: &mut Builder, d: u32, extraction: &Extraction) {
    let mut resolved = Vec::with_capacity(extraction.mentions.len());
    for (i, mention) in extraction.mentions.iter().enumerate() {
        let entity = builder.mention(d, i as u32);
        match entity {
            Ok(entity) => builder.seen(entity, d, 1),
            Err(why) => builder.unresolved(d, &mention.quote, why),
        }
        resolved.push(ResolvedMention {
            document: DocumentId(d),
            quote: mention.quote.clone(),
            entity: entity.ok(),
            kind: mention.kind,
            rule: mention.rule.clone(),
        });
    }
    builder.graph.mentions.push(&resolved);
}

fn relate(builder: &mut Builder, d: u32, extraction: &Extraction, statement: &Statement) {
    let ends = (builder.term(d, statement.subject), builder.term(d, statement.object));
    let (subject, object) = match ends {
        (Ok(subject), Ok(object)) => (subject, object),
        (Err(why), _) => return refuse(builder, d, statement, "subject", why),
        (_, Err(why)) => return refuse(builder, d, statement, "object", why),
    };
    if subject == object {
        return refuse(builder, d, statement, "object", "both ends are one entity");
    }
    let row = statement.predicate.row();
    let kind = |entity: EntityId| builder.graph.entities[entity.0 as usize].kind;
    if !row.domain.contains(&kind(subject)) || !row.range.contains(&kind(object)) {
        return refuse(builder, d, statement, "object", "the predicate does not lead there");
    }
    let mut qualifiers: Vec<(Qualifier, String)> = Vec::with_capacity(statement.qualifiers.len());
    for (qualifier, value) in &statement.qualifiers {
        let value = match value {
            Value::Text(text) => text.clone(),
            Value::Date(date) => date.to_string(),
            Value::Term(term) => match builder.term(d, *term) {
                Ok(entity) => builder.graph.entities[entity.0 as usize].iri.clone(),
                Err(why) => {
                    builder.unresolved(
                        d,
                        &statement.quote,
                        format!("{} of {}: {why}", qualifier.name(), statement.predicate.name()),
                    );
                    continue;
                }
            },
        };
        qualifiers.push((*qualifier, value));
    }
    qualifiers.sort();
    let (valid_from, valid_to) = validity(statement);
    let relation = Relation {
        subject_as_written: as_written(extraction, statement.subject),
        object_as_written: as_written(extraction, statement.object),
        qualifiers,
        valid_from,
        valid_to,
        ..stated(builder, d, subject, statement.predicate, object, &statement.quote, statement.rule.clone())
    };
    builder.graph.relations.push(relation);
}

fn refuse(builder: &mut Builder, d: u32, statement: &Statement, end: &str, why: &str) {
    builder.unresolved(d, &statement.quote, format!("{} of {}: {why}", end, statement.predicate.name()));
}

fn stated(
    builder: &Builder,
    d: u32,
    subject: EntityId,
    predicate: Predicate,
    object: EntityId,
    quote: &Quote,
    rule: Rule,
) -> Relation {
    Relation {
        subject,
        predicate,
        object,
        subject_as_written: Text::default(),
        object_as_written: Text::default(),
        layer: Layer::Stated,
        meeting: builder.meetings[d as usize],
        date: builder.date(d),
        valid_from: None,
        valid_to: None,
        qualifiers: Vec::new(),
        document: Some(DocumentId(d)),
        quote: quote.clone(),
        rule,
        premises: Vec::new(),
    }
}

/// From when and until when a statement holds, where it says so: never an end that the text does not give.
fn validity(statement: &Statement) -> (Option<Date>, Option<Date>) {
    match statement.predicate {
        Predicate::SucceededBy => match statement.qualifier(Qualifier::Date) {
            Some(Value::Date(date)) => (Some(*date), None),
            Some(Value::Text(text)) => (text.parse().ok(), None),
            _ => (None, None),
        },
        _ => match statement.qualifier(Qualifier::Term) {
            Some(Value::Text(term)) => years(term),
            _ => (None, None),
        },
    }
}

/// The years that a term of office names: `2021/22`, `2021-2022`, `2021 to 2023`, `until 2025`, `2021`.
fn years(term: &str) -> (Option<Date>, Option<Date>) {
    let year = |digits: &str| digits.parse().ok().filter(|y| (1800..2200).contains(y)).and_then(Date::year);
    let mut numbers = term.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
    let (first, second, third) = (numbers.next().unwrap_or(""), numbers.next(), numbers.next());
    if third.is_some() || first.len() != 4 {
        return (None, None);
    }
    match second {
        Some(second) if second.len() == 4 => (year(first), year(second)),
        // "2021/22", and at the turn of a century "1999/00".
        Some(second) if second.len() == 2 => {
            let century = &first[..2];
            let end = year(&format!("{century}{second}")).filter(|end| year(first).is_some_and(|start| *end > start));
            let turned = || {
                first
                    .parse::<u16>()
                    .ok()
                    .and_then(|y| Date::year(y + 1))
                    .filter(|d| d.year % 100 == second.parse().unwrap_or(100))
            };
            (year(first), end.or_else(turned))
        }
        Some(_) => (None, None),
        None => {
            let lower = term.to_lowercase();
            if ["until", "till", "to ", "up to", "ending"].iter().any(|w| lower.contains(w)) {
                (None, year(first))
            } else if ["from", "since", "starting"].iter().any(|w| lower.contains(w)) {
                (year(first), None)
            } else {
                (year(first), year(first))
            }
        }
    }
}

/// What the records of a document say, where no statement has said so already.
fn of_records(builder: &mut Builder, d: u32, extraction: &Extraction) {
    let Some(meeting) = builder.meetings[d as usize] else { return };
    if let Some(facts) = &extraction.meeting {
        if let (Some(body), Some(mention)) = (builder.body(d), facts.body) {
            let object = Term::Mention(mention);
            if !states(extraction, Term::Meeting, Predicate::MeetingOf, object) {
                let quote = extraction.mentions.get(mention as usize).map_or(&facts.quote, |m| &m.quote);
                let relation = stated(builder, d, meeting, Predicate::MeetingOf, body, quote, "record.meeting".into());
                let relation = Relation { object_as_written: as_written(extraction, object), ..relation };
                builder.graph.relations.push(relation);
            }
        }
        for date in &facts.previous {
            let object = Term::MeetingOn(*date);
            if states(extraction, Term::Meeting, Predicate::Follows, object) {
                continue;
            }
            match builder.term(d, object) {
                Ok(earlier) if earlier != meeting => {
                    let relation =
                        stated(builder, d, meeting, Predicate::Follows, earlier, &facts.quote, "record.meeting".into());
                    builder.graph.relations.push(relation);
                }
                Ok(_) => builder.unresolved(d, &facts.quote, "the minutes of a meeting cannot be confirmed at itself"),
                Err(why) => builder.unresolved(d, &facts.quote, format!("object of follows: {why}")),
            }
        }
    }
    let items: Vec<bool> = stated_terms(extraction, Predicate::ItemOf, extraction.items.len(), |t| match t {
        Term::Item(i) => Some(i),
        _ => None,
    });
    for (i, item) in extraction.items.iter().enumerate().filter(|(i, _)| !items[*i]) {
        let subject = builder.items[i];
        let qualifiers = item.number.iter().map(|n| (Qualifier::Number, n.clone())).collect();
        let written = as_written(extraction, Term::Item(i as u32));
        let relation = stated(builder, d, subject, Predicate::ItemOf, meeting, &item.quote, "record.item".into());
        builder.graph.relations.push(Relation { qualifiers, subject_as_written: written, ..relation });
    }
    let decided: Vec<bool> = {
        let statements = extraction.statements.iter().filter(|s| s.predicate == Predicate::Decided);
        let mut known = vec![false; extraction.decisions.len()];
        for statement in statements {
            if let Term::Decision(i) = statement.object
                && let Some(known) = known.get_mut(i as usize)
            {
                *known = true;
            }
        }
        known
    };
    let of = stated_terms(extraction, Predicate::DecisionOf, extraction.decisions.len(), |t| match t {
        Term::Decision(i) => Some(i),
        _ => None,
    });
    for (i, decision) in extraction.decisions.iter().enumerate() {
        let entity = builder.decisions[i];
        let rule = || Rule::Borrowed("record.decision");
        if !decided[i] {
            let words = [(Qualifier::Verb, &decision.verb), (Qualifier::Outcome, &decision.outcome)];
            let qualifiers = words.iter().filter(|(_, w)| !w.is_empty()).map(|(q, w)| (*q, w.to_string())).collect();
            let relation = stated(builder, d, meeting, Predicate::Decided, entity, &decision.quote, rule());
            builder.graph.relations.push(Relation { qualifiers, ..relation });
        }
        if let Some(item) = decision.item.and_then(|i| builder.items.get(i as usize).copied()).filter(|_| !of[i]) {
            let qualifiers = decision.number.iter().map(|n| (Qualifier::Number, n.clone())).collect();
            let relation = stated(builder, d, entity, Predicate::DecisionOf, item, &decision.quote, rule());
            builder.graph.relations.push(Relation { qualifiers, ..relation });
        }
    }
    let of = stated_terms(extraction, Predicate::DecisionOf, extraction.actions.len(), |t| match t {
        Term::Action(i) => Some(i),
        _ => None,
    });
    for (i, action) in extraction.actions.iter().enumerate().filter(|(i, _)| !of[*i]) {
        if let Some(item) = action.item.and_then(|i| builder.items.get(i as usize).copied()) {
            let entity = builder.actions[i];
            let relation =
                stated(builder, d, entity, Predicate::DecisionOf, item, &action.quote, "record.action".into());
            builder.graph.relations.push(relation);
        }
    }
}

/// Which of a document's records have a statement of this predicate already.
fn stated_terms(
    extraction: &crate::model::Extraction,
    predicate: Predicate,
    count: usize,
    number: impl Fn(Term) -> Option<u32>,
) -> Vec<bool> {
    let mut known = vec![false; count];
    for statement in extraction.statements.iter().filter(|s| s.predicate == predicate) {
        if let Some(known) = number(statement.subject).and_then(|i| known.get_mut(i as usize)) {
            *known = true;
        }
    }
    known
}

/// What is worked out: where a role is held, and that who took the chair was there. Premises are positions in
/// the relations as they are now.
pub(super) fn derived(builder: &mut Builder) {
    use std::collections::{BTreeMap, BTreeSet};
    let mut held: BTreeMap<(EntityId, EntityId), Vec<u32>> = BTreeMap::new();
    let mut stated: BTreeSet<(EntityId, EntityId)> = BTreeSet::new();
    let mut chaired: BTreeMap<(EntityId, EntityId), Vec<u32>> = BTreeMap::new();
    let mut there: BTreeSet<(EntityId, EntityId)> = BTreeSet::new();
    for (i, edge) in builder.graph.relations.edges().iter().enumerate() {
        let pair = (edge.subject, edge.object);
        match edge.predicate {
            Predicate::RoleAt => {
                stated.insert(pair);
            }
            Predicate::HoldsRole | Predicate::ElectedTo => {
                let relation = builder.graph.relations.whole(edge);
                let organisation =
                    relation.iter().flat_map(|r| &r.qualifiers).find(|(q, _)| *q == Qualifier::Organisation);
                if let Some(organisation) = organisation.and_then(|(_, iri)| builder.by_iri(iri)) {
                    held.entry((edge.object, organisation)).or_default().push(i as u32);
                }
            }
            Predicate::Chairs => chaired.entry(pair).or_default().push(i as u32),
            Predicate::Attended | Predicate::Apologised | Predicate::AbsentFrom => {
                there.insert(pair);
            }
            _ => {}
        }
    }
    held.retain(|pair, _| !stated.contains(pair));
    chaired.retain(|pair, _| !there.contains(pair));
    let role_at = held.into_iter().map(|(pair, premises)| (pair, Predicate::RoleAt, premises));
    let attended = chaired.into_iter().map(|(pair, premises)| (pair, Predicate::Attended, premises));
    for ((subject, object), predicate, premises) in role_at.chain(attended).collect::<Vec<_>>() {
        let (meeting, date) = match (predicate, premises.first()) {
            (Predicate::Attended, Some(first)) => (Some(object), builder.graph.relations.edges()[*first as usize].date),
            _ => (None, None),
        };
        let rule = if predicate == Predicate::RoleAt { "derived.role-held-at" } else { "derived.in-the-chair" };
        builder.graph.relations.push(Relation {
            subject,
            predicate,
            object,
            subject_as_written: Text::default(),
            object_as_written: Text::default(),
            layer: Layer::Derived,
            meeting,
            date,
            valid_from: None,
            valid_to: None,
            qualifiers: Vec::new(),
            document: None,
            quote: Quote::default(),
            rule: rule.into(),
            premises,
        });
    }
    debug_assert!(
        builder
            .graph
            .relations
            .edges()
            .iter()
            .all(|r| builder.graph.entities[r.subject.0 as usize].kind != EntityKind::Document)
    );
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, graph_of};
    use super::*;

    #[test]
    fn terms_of_office_are_as_stated() {
        let show = |term: &str| {
            let (from, to) = years(term);
            let text = |d: Option<Date>| d.map(|d| d.to_string()).unwrap_or_default();
            format!("{}..{}", text(from), text(to))
        };
        assert_eq!(show("2021/22"), "2021..2022");
        assert_eq!(show("1999/00"), "1999..2000");
        assert_eq!(show("2014 – 2016"), "2014..2016");
        assert_eq!(show("until 2025"), "..2025");
        assert_eq!(show("for the ensuing year"), "..");
        assert_eq!(show("12/13"), "..");
    }

    #[test]
    fn a_statement_without_an_end_is_not_lost() {
        let mut sample = Sample::document("a.txt");
        let nobody = sample.short("Gurjit");
        sample.state(Term::Mention(nobody), Predicate::Attended, Term::Meeting);
        let graph = graph_of(&[sample]);
        assert!(graph.relations.is_empty());
        assert!(graph.unresolved.iter().any(|u| u.reason.starts_with("subject of attended: ")));
    }

    #[test]
    fn what_is_worked_out_names_its_premises() {
        let mut sample = Sample::document("a.txt");
        let person = sample.person("Jane Moore");
        let role = sample.role("Head of Safety");
        let council = sample.organisation("Blaby District Council");
        let at = vec![(Qualifier::Organisation, Value::Term(Term::Mention(council)))];
        sample.qualify(Term::Mention(person), Predicate::HoldsRole, Term::Mention(role), at);
        sample.state(Term::Mention(person), Predicate::Chairs, Term::Meeting);
        let graph = graph_of(&[sample]);
        let derived: Vec<_> = graph.relations.iter().filter(|r| r.layer == Layer::Derived).collect();
        assert_eq!(derived.iter().map(|r| r.predicate).collect::<Vec<_>>(), [Predicate::Attended, Predicate::RoleAt]);
        for relation in derived {
            let premise = &graph.relations.edges()[relation.premises[0] as usize];
            assert!(matches!(premise.predicate, Predicate::Chairs | Predicate::HoldsRole));
        }
    }

    #[test]
    fn records_state_where_they_belong() {
        let mut sample = Sample::document("a.txt");
        sample.body("Blaby Safety Board");
        sample.date("2014-03-13");
        sample.item(Some("14"), "Apologies");
        sample.decision(0, Some("a"), "That the report be noted");
        let graph = graph_of(&[sample]);
        let find = |p: Predicate| {
            let relation = graph.relations.iter().find(|r| r.predicate == p).expect("a relation");
            (graph.entity(relation.subject).iri.clone(), graph.entity(relation.object).iri.clone())
        };
        let meeting = "meeting/blaby-safety-board/2014-03-13".to_owned();
        let item = format!("{meeting}/item/14");
        assert_eq!(find(Predicate::ItemOf), (item.clone(), meeting.clone()));
        assert_eq!(find(Predicate::DecisionOf), (format!("{item}/decision/a"), item.clone()));
        assert_eq!(find(Predicate::Decided), (meeting.clone(), format!("{item}/decision/a")));
        assert_eq!(find(Predicate::MeetingOf), (meeting, "organisation/blaby-safety-board".to_owned()));
    }
}
