//! SHACL shapes for `graph.trig`, its named graphs taken together: made from the schema, the lists of codes
//! and a table of nodes. What can differ between two documents of one meeting (a title, a status) may stand
//! there twice; what identifies a node may not.

use std::fmt::Write;

use super::term::{NAMESPACE, PREFIXES};
use super::vocabulary::{Scheme, class, code_iri};
use crate::model::{EntityKind, SCHEMA};

/// What a value must be.
#[derive(Clone, Copy)]
enum Value {
    /// An instance of a class.
    Of(&'static str),
    /// A code of a closed list.
    Code(Scheme),
    /// Plain text that is not empty.
    Text,
    /// A date of any precision.
    Date,
    /// Of a data type.
    Typed(&'static str),
    /// Text that matches.
    Matches(&'static str),
}

/// A property of a node: path, how often at least and at most, what it must be.
type Property = (&'static str, u32, Option<u32>, Value);

/// A kind of node: class, properties, and what no property can say, as message and query for what breaks it.
struct Shape {
    class: &'static str,
    properties: &'static [Property],
    rules: &'static [(&'static str, &'static str)],
}

const LABEL: Property = ("rdfs:label", 1, None, Value::Text);
const WORDS: Property = ("prov:wasDerivedFrom", 1, None, Value::Of("oa:SpecificResource"));
const BASIS: Property = ("quorate:basis", 1, Some(1), Value::Code(Scheme::Basis));
const MEETING: Property = ("quorate:meeting", 1, Some(1), Value::Of("quorate:Meeting"));
const PERSON: Property = ("quorate:person", 1, Some(1), Value::Of("schema:Person"));
const ITEM: Property = ("quorate:agendaItem", 0, Some(1), Value::Of("quorate:AgendaItem"));
const FOR: Property = ("opengov:onBehalfOf", 0, None, Value::Of("org:Organization"));

static SHAPES: &[Shape] = &[
    Shape {
        class: "schema:Person",
        properties: &[("rdfs:label", 1, Some(1), Value::Text), ("foaf:name", 1, Some(1), Value::Text)],
        rules: &[],
    },
    Shape {
        class: "org:Organization",
        properties: &[
            ("rdfs:label", 1, Some(1), Value::Text),
            ("skos:prefLabel", 1, Some(1), Value::Text),
            ("org:purpose", 0, Some(1), Value::Of("skos:Concept")),
        ],
        rules: &[("Succession must not loop.", "$this quorate:succeededBy+ $this")],
    },
    Shape {
        class: "quorate:Meeting",
        properties: &[
            LABEL,
            ("schema:organizer", 0, Some(1), Value::Of("org:Organization")),
            ("schema:startDate", 0, Some(1), Value::Date),
            ("schema:recordedIn", 0, None, Value::Of("quorate:Minutes")),
            ("quorate:attendanceRecorded", 0, Some(1), Value::Typed("xsd:boolean")),
        ],
        rules: &[(
            "A meeting that a document minutes says whether attendance was recorded.",
            "$this schema:recordedIn ?value FILTER NOT EXISTS { $this quorate:attendanceRecorded ?recorded }",
        )],
    },
    Shape {
        class: "quorate:AgendaItem",
        properties: &[
            LABEL,
            WORDS,
            ("schema:superEvent", 1, Some(1), Value::Of("quorate:Meeting")),
            ("schema:position", 1, Some(1), Value::Typed("xsd:integer")),
        ],
        rules: &[],
    },
    Shape {
        class: "quorate:Participation",
        properties: &[
            LABEL,
            WORDS,
            BASIS,
            MEETING,
            PERSON,
            FOR,
            ("quorate:status", 1, None, Value::Code(Scheme::Status)),
            ("quorate:capacity", 0, None, Value::Code(Scheme::Capacity)),
            ("quorate:substituteFor", 0, None, Value::Of("schema:Person")),
            ("quorate:nameAsWritten", 1, None, Value::Text),
        ],
        rules: &[
            (
                "One person has two participations in one meeting.",
                "$this quorate:meeting ?m ; quorate:person ?p . ?value a quorate:Participation ; quorate:meeting ?m ; quorate:person ?p FILTER(?value != $this)",
            ),
            (
                "Somebody in the chair must be present.",
                "$this quorate:capacity quorate:Chair FILTER NOT EXISTS { $this quorate:status quorate:Present }",
            ),
        ],
    },
    Shape {
        class: "quorate:Presentation",
        properties: &[
            LABEL,
            WORDS,
            BASIS,
            FOR,
            ("quorate:agendaItem", 1, Some(1), Value::Of("quorate:AgendaItem")),
            ("quorate:person", 0, Some(1), Value::Of("schema:Person")),
            ("quorate:presentationForm", 0, None, Value::Of("skos:Concept")),
        ],
        rules: &[(
            "The meeting must be that of the item.",
            "$this quorate:agendaItem ?i ; quorate:meeting ?value FILTER NOT EXISTS { ?i schema:superEvent ?value }",
        )],
    },
    Shape {
        class: "quorate:Decision",
        properties: &[
            LABEL,
            WORDS,
            BASIS,
            MEETING,
            ITEM,
            ("schema:text", 1, None, Value::Text),
            ("quorate:outcome", 0, None, Value::Of("skos:Concept")),
            ("quorate:mover", 0, None, Value::Of("schema:Person")),
            ("quorate:seconder", 0, None, Value::Of("schema:Person")),
        ],
        rules: &[],
    },
    Shape {
        class: "quorate:Election",
        properties: &[LABEL, WORDS, BASIS, PERSON, ("org:role", 1, Some(1), Value::Of("org:Role"))],
        rules: &[],
    },
    Shape { class: "quorate:InterestDeclaration", properties: &[LABEL, WORDS, BASIS, PERSON, ITEM], rules: &[] },
    Shape {
        class: "quorate:Action",
        properties: &[LABEL, WORDS, MEETING, ITEM, ("schema:text", 1, None, Value::Text)],
        rules: &[],
    },
    Shape {
        class: "org:Membership",
        properties: &[
            LABEL,
            BASIS,
            FOR,
            ("org:member", 1, Some(1), Value::Of("schema:Person")),
            ("org:organization", 0, Some(1), Value::Of("org:Organization")),
            ("org:role", 0, Some(1), Value::Of("org:Role")),
            ("quorate:firstSeen", 0, Some(1), Value::Date),
            ("quorate:lastSeen", 0, Some(1), Value::Date),
            ("quorate:timesSeen", 1, Some(1), Value::Typed("xsd:integer")),
            ("schema:startDate", 0, Some(1), Value::Date),
            ("schema:endDate", 0, Some(1), Value::Date),
        ],
        rules: &[(
            "A membership must not end before it begins.",
            "$this schema:startDate ?start ; schema:endDate ?value FILTER(SUBSTR(STR(?start), 1, STRLEN(STR(?value))) > STR(?value))",
        )],
    },
    Shape {
        class: "org:ChangeEvent",
        properties: &[
            LABEL,
            WORDS,
            BASIS,
            ("org:originalOrganization", 1, Some(1), Value::Of("org:Organization")),
            ("org:resultingOrganization", 1, Some(1), Value::Of("org:Organization")),
        ],
        rules: &[],
    },
    Shape {
        class: "quorate:Statement",
        properties: &[
            ("quorate:rule", 1, Some(1), Value::Text),
            ("quorate:layer", 1, Some(1), Value::Code(Scheme::Layer)),
        ],
        rules: &[
            (
                "A statement needs its words or its premises.",
                "$this a quorate:Statement FILTER NOT EXISTS { $this prov:wasDerivedFrom ?from }",
            ),
            (
                "A statement must say what an edge says.",
                "$this rdf:subject ?s ; rdf:predicate ?value ; rdf:object ?o FILTER NOT EXISTS { ?s ?value ?o }",
            ),
        ],
    },
    Shape {
        class: "oa:SpecificResource",
        properties: &[
            ("oa:hasSource", 1, Some(1), Value::Of("quorate:SourceText")),
            ("oa:hasSelector", 1, Some(1), Value::Of("oa:TextQuoteSelector")),
        ],
        rules: &[],
    },
    Shape {
        class: "oa:TextPositionSelector",
        properties: &[
            ("oa:start", 1, Some(1), Value::Typed("xsd:integer")),
            ("oa:end", 1, Some(1), Value::Typed("xsd:integer")),
            ("oa:exact", 1, Some(1), Value::Text),
        ],
        rules: &[(
            "The words must be as long as their place.",
            "$this oa:start ?start ; oa:end ?end ; oa:exact ?value FILTER(STRLEN(STR(?value)) != ?end - ?start)",
        )],
    },
    Shape {
        class: "quorate:SourceText",
        properties: &[("quorate:sha256", 1, Some(1), Value::Matches("^[0-9a-f]{64}$"))],
        rules: &[],
    },
];

/// The shapes as Turtle.
pub fn shapes() -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut out);
    out
}

fn write(out: &mut String) -> std::fmt::Result {
    writeln!(out, "@prefix s: <https://quorate.example/shapes#> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .")?;
    for (prefix, namespace) in PREFIXES {
        writeln!(out, "@prefix {prefix}: <{namespace}> .")?;
    }
    out.push_str("\ns: a owl:Ontology");
    for (prefix, namespace) in PREFIXES {
        write!(out, " ;\n    sh:declare [ sh:prefix \"{prefix}\" ; sh:namespace \"{namespace}\"^^xsd:anyURI ]")?;
    }
    out.push_str(" .\n");
    for shape in SHAPES {
        let name = shape.class.replace(':', "-");
        write!(out, "\ns:{name} a sh:NodeShape ;\n    sh:targetClass {} ;\n    sh:nodeKind sh:IRI", shape.class)?;
        for (path, least, most, value) in shape.properties {
            write!(out, " ;\n    sh:property [ sh:path {path}")?;
            if *least > 0 {
                write!(out, " ; sh:minCount {least}")?;
            }
            if let Some(most) = most {
                write!(out, " ; sh:maxCount {most}")?;
            }
            write!(out, " ; {} ]", constraint(*value))?;
        }
        for (message, pattern) in shape.rules {
            rule(out, message, pattern)?;
        }
        out.push_str(" .\n");
    }
    for row in SCHEMA {
        let (range, path) = (of_kinds(row.range), row.iri);
        let domain = of_kinds(row.domain);
        write!(out, "\ns:{path} a sh:NodeShape ;\n    sh:targetSubjectsOf quorate:{path} ;\n    {domain} ;\n")?;
        writeln!(out, "    sh:property [ sh:path quorate:{path} ; {range} ] .")?;
    }
    // The simple edges of attendance are shortcuts: a participation must stand behind each, but at a meeting of which
    // only the minutes of a later one speak.
    for (edge, status) in [("attended", "Present"), ("apologised", "Apologies"), ("absentFrom", "Absent")] {
        write!(out, "\ns:{edge}-participation a sh:NodeShape ;\n    sh:targetSubjectsOf quorate:{edge}")?;
        let pattern = format!(
            "$this quorate:{edge} ?value . ?any quorate:meeting ?value ; a quorate:Participation FILTER NOT EXISTS {{ ?x quorate:person $this ; quorate:meeting ?value ; quorate:status quorate:{status} }}"
        );
        rule(out, "No participation stands behind this edge.", &pattern)?;
        out.push_str(" .\n");
    }
    Ok(())
}

fn rule(out: &mut String, message: &str, pattern: &str) -> std::fmt::Result {
    let select = if pattern.contains("?value") { "$this ?value" } else { "$this" };
    write!(
        out,
        " ;\n    sh:sparql [ a sh:SPARQLConstraint ; sh:prefixes s: ; sh:message \"{message}\" ;\n        sh:select \"SELECT {select} WHERE {{ {pattern} }}\" ]"
    )
}

fn constraint(value: Value) -> String {
    match value {
        Value::Of(class) => format!("sh:nodeKind sh:IRI ; sh:class {class}"),
        Value::Code(scheme) => {
            let codes: Vec<String> =
                scheme.codes().into_iter().map(|c| prefixed(code_iri(scheme, c).as_str())).collect();
            format!("sh:in ( {} )", codes.join(" "))
        }
        Value::Text => "sh:datatype xsd:string ; sh:minLength 1".to_owned(),
        Value::Date => {
            "sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:gYearMonth ] [ sh:datatype xsd:gYear ] )".to_owned()
        }
        Value::Typed(kind) => format!("sh:datatype {kind}"),
        Value::Matches(pattern) => format!("sh:datatype xsd:string ; sh:pattern \"{pattern}\""),
    }
}

/// Instances of the classes of some kinds.
fn of_kinds(kinds: &[EntityKind]) -> String {
    match kinds {
        [kind] => format!("sh:class {}", prefixed(class(*kind))),
        several => {
            let classes = several.iter().map(|&k| format!("[ sh:class {} ]", prefixed(class(k))));
            format!("sh:or ( {} )", classes.collect::<Vec<_>>().join(" "))
        }
    }
}

/// An IRI with its prefix, where one fits.
fn prefixed(iri: &str) -> String {
    let known = PREFIXES.iter().find_map(|(prefix, namespace)| Some((prefix, iri.strip_prefix(namespace)?)));
    debug_assert!(known.is_some() || !iri.starts_with(NAMESPACE));
    known.map_or_else(|| format!("<{iri}>"), |(prefix, local)| format!("{prefix}:{local}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;
    use oxigraph::io::{RdfFormat, RdfParser};
    use oxigraph::sparql::{QueryResults, SparqlEvaluator};
    use oxigraph::store::Store;

    fn prefixes() -> String {
        let declared: Vec<_> = PREFIXES.iter().map(|(p, n)| format!("PREFIX {p}: <{n}>")).collect();
        declared.join("\n") + "\n"
    }

    #[test]
    fn the_shapes_are_turtle() {
        let shapes = shapes();
        let quads = RdfParser::from_format(RdfFormat::Turtle).for_reader(shapes.as_bytes()).map(Result::unwrap);
        assert!(quads.count() > 500);
    }

    #[test]
    fn no_rule_of_a_shape_is_broken_by_what_we_write() {
        let store = Store::new().unwrap();
        let build = sample::build(&["trig"]);
        let trig = build.read("graph.trig");
        store.load_from_reader(RdfParser::from_format(RdfFormat::TriG), trig.as_bytes()).unwrap();
        for shape in SHAPES {
            for (message, pattern) in shape.rules {
                let pattern = pattern.replace("$this", "?this");
                let query = format!("{}SELECT ?this WHERE {{ ?this a {} . {pattern} }}", prefixes(), shape.class);
                let mut query = SparqlEvaluator::new().parse_query(&query).unwrap();
                query.dataset_mut().set_default_graph_as_union();
                let QueryResults::Solutions(found) = query.on_store(&store).execute().unwrap() else { panic!() };
                assert_eq!(found.count(), 0, "{message}");
            }
        }
    }
}
