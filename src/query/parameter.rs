//! Parameters of queries: a name, a type, and values that are checked before they become RDF terms.
//! A value is never part of a query's text, so that no value can change what a query does.

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNodeRef};

use super::Error;
use crate::model::Date;

/// Type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A whole number.
    Integer,
    /// A day, month or year.
    Date,
    /// Yes or no.
    Flag,
}

impl Kind {
    /// All types.
    pub const ALL: &'static [Self] = &[Self::Text, Self::Integer, Self::Date, Self::Flag];

    /// The name in a declaration.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Date => "date",
            Self::Flag => "flag",
        }
    }

    /// Finds a type by its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// The names of all types, for a message.
    pub fn names() -> String {
        Self::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ")
    }

    /// What a value must look like.
    const fn expects(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "a whole number, such as 5",
            Self::Date => "a date: 2014, 2014-03 or 2014-03-13",
            Self::Flag => "1 or 0",
        }
    }
}

/// A parameter as a query declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Name, of the variable too.
    pub name: String,
    /// Type.
    pub kind: Kind,
    /// Value where none is given.
    pub default: String,
    /// What it means.
    pub meaning: String,
}

impl Parameter {
    /// The RDF term of a value.
    ///
    /// # Errors
    /// Where the value is not of the parameter's type.
    pub fn value(&self, typed: &str) -> Result<Literal, Error> {
        let trimmed = typed.trim();
        let of = |datatype: NamedNodeRef<'_>, text: String| Literal::new_typed_literal(text, datatype);
        let literal = match self.kind {
            // Words in a text are matched over single spaces; a line break or a tab is white space like any other.
            Kind::Text => Some(Literal::from(typed.split_whitespace().collect::<Vec<_>>().join(" "))),
            Kind::Integer => trimmed.parse::<i64>().ok().map(|number| of(xsd::INTEGER, number.to_string())),
            Kind::Date => trimmed.parse::<Date>().ok().map(|date| of(datatype(date), date.to_string())),
            Kind::Flag => match trimmed {
                "1" | "true" | "yes" => Some(Literal::from(true)),
                "0" | "false" | "no" => Some(Literal::from(false)),
                _ => None,
            },
        };
        literal.ok_or_else(|| {
            Error::new(
                format!("`{typed}` is no value for `{}`, which takes {}", self.name, self.kind.expects()),
                format!("for example: --set {}={}", self.name, self.default),
            )
        })
    }
}

/// The datatype of a date of this precision.
fn datatype(date: Date) -> NamedNodeRef<'static> {
    match (date.month, date.day) {
        (0, _) => xsd::G_YEAR,
        (_, 0) => xsd::G_YEAR_MONTH,
        _ => xsd::DATE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(kind: Kind, typed: &str) -> Result<String, Error> {
        let parameter = Parameter { name: "p".into(), kind, default: String::new(), meaning: String::new() };
        parameter.value(typed).map(|literal| literal.to_string())
    }

    #[test]
    fn values_become_terms_of_their_type() {
        let xsd = "http://www.w3.org/2001/XMLSchema#";
        assert_eq!(value(Kind::Text, "O'Neill  \n& \"Sons\"").expect("text"), r#""O'Neill & \"Sons\"""#);
        assert_eq!(value(Kind::Date, "2014-03").expect("a month"), format!("\"2014-03\"^^<{xsd}gYearMonth>"));
        assert_eq!(value(Kind::Integer, " 5 ").expect("a number"), format!("\"5\"^^<{xsd}integer>"));
        assert_eq!(value(Kind::Flag, "yes").expect("a flag"), format!("\"true\"^^<{xsd}boolean>"));
    }

    #[test]
    fn a_value_of_another_type_is_refused_with_an_example() {
        for (kind, typed) in [(Kind::Date, "2014-02-30"), (Kind::Integer, "5) }"), (Kind::Flag, "perhaps")] {
            let error = value(kind, typed).expect_err(typed);
            assert!(error.what.contains(typed) && error.help.contains("--set p="), "{error:?}");
        }
    }
}
