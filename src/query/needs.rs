//! What of a graph a query can touch. In: a parsed query. Out: the predicates, and the classes, that its patterns
//! name; everything where it leaves a predicate open. Loading a graph costs far more than asking it, so that a
//! query should load only that. Must never leave out a triple that could match.

use std::collections::BTreeSet;

use oxigraph::model::vocab::rdf;
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression, PropertyPathExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

/// The triples that a query can touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Needs {
    /// Any triple.
    everything: bool,
    /// Another server.
    service: bool,
    /// Triples of these predicates.
    predicates: BTreeSet<String>,
    /// Triples that give any class.
    all_classes: bool,
    /// Triples that give these classes.
    classes: BTreeSet<String>,
}

impl Needs {
    /// Of a query.
    pub(super) fn of(query: &Query) -> Self {
        let mut needs = Self::default();
        match query {
            Query::Select { pattern, .. } | Query::Ask { pattern, .. } | Query::Construct { pattern, .. } => {
                needs.pattern(pattern);
            }
            // A description is all that is known of a thing.
            Query::Describe { pattern, .. } => {
                needs.everything = true;
                needs.pattern(pattern);
            }
        }
        needs
    }

    /// All that there is.
    pub(super) fn everything() -> Self {
        Self { everything: true, ..Self::default() }
    }

    /// Whether it would ask another server.
    pub(super) fn service(&self) -> bool {
        self.service
    }

    /// Whether everything is needed.
    pub(super) fn are_everything(&self) -> bool {
        self.everything
    }

    /// Whether a triple of this predicate may matter.
    pub(super) fn may_hold(&self, predicate: &str) -> bool {
        self.hold(predicate, "") || predicate == rdf::TYPE.as_str() && !self.classes.is_empty()
    }

    /// Whether a triple may matter, by its predicate and object.
    pub(super) fn hold(&self, predicate: &str, object: &str) -> bool {
        self.everything
            || if predicate == rdf::TYPE.as_str() {
                self.all_classes || self.classes.contains(object)
            } else {
                self.predicates.contains(predicate)
            }
    }

    fn pattern(&mut self, pattern: &GraphPattern) {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                for triple in patterns {
                    self.triple(triple);
                }
            }
            GraphPattern::Path { path, .. } => self.path(path),
            GraphPattern::Join { left, right }
            | GraphPattern::Lateral { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right } => {
                self.pattern(left);
                self.pattern(right);
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left);
                self.pattern(right);
                if let Some(expression) = expression {
                    self.expression(expression);
                }
            }
            GraphPattern::Filter { expr, inner } => {
                self.expression(expr);
                self.pattern(inner);
            }
            GraphPattern::Extend { inner, expression, .. } => {
                self.expression(expression);
                self.pattern(inner);
            }
            GraphPattern::OrderBy { inner, expression } => {
                self.pattern(inner);
                for order in expression {
                    let (OrderExpression::Asc(expression) | OrderExpression::Desc(expression)) = order;
                    self.expression(expression);
                }
            }
            GraphPattern::Group { inner, aggregates, .. } => {
                self.pattern(inner);
                for (_, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.expression(expr);
                    }
                }
            }
            // A graph that is named may be asked for without any pattern.
            GraphPattern::Graph { inner, .. } => {
                self.everything = true;
                self.pattern(inner);
            }
            GraphPattern::Service { .. } => {
                self.everything = true;
                self.service = true;
            }
            GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => self.pattern(inner),
            GraphPattern::Values { .. } => {}
        }
    }

    fn triple(&mut self, triple: &TriplePattern) {
        let NamedNodePattern::NamedNode(predicate) = &triple.predicate else {
            self.everything = true;
            return;
        };
        match &triple.object {
            TermPattern::NamedNode(class) if *predicate == rdf::TYPE => {
                self.classes.insert(class.as_str().to_owned());
            }
            _ => self.predicate(predicate.as_str()),
        }
    }

    fn predicate(&mut self, predicate: &str) {
        if predicate == rdf::TYPE.as_str() {
            self.all_classes = true;
        } else {
            self.predicates.insert(predicate.to_owned());
        }
    }

    fn path(&mut self, path: &PropertyPathExpression) {
        match path {
            PropertyPathExpression::NamedNode(predicate) => self.predicate(predicate.as_str()),
            PropertyPathExpression::Reverse(inner) | PropertyPathExpression::OneOrMore(inner) => self.path(inner),
            PropertyPathExpression::Sequence(left, right) | PropertyPathExpression::Alternative(left, right) => {
                self.path(left);
                self.path(right);
            }
            // A path of no step joins each term of the graph to itself.
            PropertyPathExpression::ZeroOrMore(_)
            | PropertyPathExpression::ZeroOrOne(_)
            | PropertyPathExpression::NegatedPropertySet(_) => self.everything = true,
        }
    }

    fn expressions(&mut self, expressions: &[Expression]) {
        for expression in expressions {
            self.expression(expression);
        }
    }

    fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::Exists(pattern) => self.pattern(pattern),
            Expression::Or(left, right)
            | Expression::And(left, right)
            | Expression::Equal(left, right)
            | Expression::SameTerm(left, right)
            | Expression::Greater(left, right)
            | Expression::GreaterOrEqual(left, right)
            | Expression::Less(left, right)
            | Expression::LessOrEqual(left, right)
            | Expression::Add(left, right)
            | Expression::Subtract(left, right)
            | Expression::Multiply(left, right)
            | Expression::Divide(left, right) => {
                self.expression(left);
                self.expression(right);
            }
            Expression::UnaryPlus(inner) | Expression::UnaryMinus(inner) | Expression::Not(inner) => {
                self.expression(inner);
            }
            Expression::If(condition, then, otherwise) => {
                self.expression(condition);
                self.expression(then);
                self.expression(otherwise);
            }
            Expression::In(one, several) => {
                self.expression(one);
                self.expressions(several);
            }
            Expression::Coalesce(parts) | Expression::FunctionCall(_, parts) => {
                self.expressions(parts);
            }
            Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use spargebra::SparqlParser;

    fn of(query: &str) -> Needs {
        Needs::of(&SparqlParser::new().parse_query(query).expect("a query"))
    }

    #[test]
    fn only_what_is_named_is_needed() {
        let needs = of("SELECT * { ?x <p:a> ?y ; a <c:One> OPTIONAL { ?y <p:b>/^<p:c> ?z } \
             FILTER(?y = 1 || EXISTS { ?y <p:d> ?e }) BIND(IF(EXISTS { ?x <p:e> 1 }, 1, 2) AS ?n) }");
        for predicate in ["p:a", "p:b", "p:c", "p:d", "p:e"] {
            assert!(needs.hold(predicate, ""), "{predicate}");
        }
        assert!(!needs.hold("p:f", ""));
        assert!(needs.hold(rdf::TYPE.as_str(), "c:One") && !needs.hold(rdf::TYPE.as_str(), "c:Two"));
    }

    #[test]
    fn another_server_is_seen_wherever_it_is_asked() {
        for inner in [
            "SERVICE <x:y> { ?x ?p ?y }",
            "SERVICE SILENT ?z { ?x ?p ?y }",
            "GRAPH ?g { OPTIONAL { SERVICE <x:y> {} } }",
            "FILTER(NOT EXISTS { ?a ?b ?c MINUS { SERVICE <x:y> {} } })",
            "{ SELECT (MAX(?x) AS ?m) { SERVICE <x:y> {} } }",
        ] {
            for form in ["SELECT *", "DESCRIBE ?x", "ASK", "CONSTRUCT { <a:b> <a:b> ?x }"] {
                assert!(of(&format!("{form} {{ {inner} }}")).service(), "{form} {inner}");
            }
        }
        assert!(!of("SELECT * { ?x <p:a> \"SERVICE <x:y> {}\" }").service());
    }

    #[test]
    fn an_open_predicate_needs_everything() {
        for query in [
            "SELECT * { ?x ?p ?y }",
            "SELECT * { ?x <p:a>* ?y }",
            "SELECT * { ?x !<p:a> ?y }",
            "DESCRIBE <x:y>",
            "SELECT * { GRAPH ?g { ?x <p:a> ?y } }",
        ] {
            assert!(of(query).hold("p:z", ""), "{query}");
        }
        let needs = of("SELECT * { ?x a ?class }");
        assert!(needs.hold(rdf::TYPE.as_str(), "c:any") && !needs.hold("p:z", ""));
    }
}
