//! The named queries: files of `queries/`, embedded, with what their first comments say of them.
//! In: a file. Out: its question, parameters and example, and the query. A file that is not in
//! [`QUERIES`] does not exist for the program; a test finds such files.
//!
//! The comments at the head of a file, before anything else:
//! ```text
//! # The question, in plain English.
//! # param NAME : TYPE = DEFAULT — what it means
//! # example: quorate query NAME --set NAME=VALUE
//! ```
//! Each parameter is a variable that the query binds to its default with `VALUES ?NAME { DEFAULT }`, so that
//! the file runs unchanged in any other SPARQL tool; [`super::sparql`] puts the user's value in that place.

use oxigraph::model::Literal;

use super::Error;
use super::name;
use super::parameter::{Kind, Parameter};

/// A named query: its name, and its file.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// Name on the command line; the file is `queries/<name>.rq`.
    pub name: &'static str,
    /// The whole file.
    pub text: &'static str,
}

macro_rules! queries {
    ($($name:literal),+ $(,)?) => {
        /// All named queries, in the order in which `--list` shows them.
        pub static QUERIES: &[Named] = &[$(Named {
            name: $name,
            text: include_str!(concat!("../../queries/", $name, ".rq")),
        }),+];
    };
}

queries! {
    "representation",
    "who-attended",
    "chairs",
    "meetings",
    "bodies",
    "longest-service",
    "never-attended",
    "replacements",
    "substitutes",
    "arrivals",
    "apologies",
    "apologies-by-person",
    "apologies-by-organisation",
    "attendance-rate",
    "attendance-by-organisation",
    "co-attendance",
    "roles",
    "as-of",
    "elections",
    "joined-left",
    "organisation-changes",
    "presented",
    "reports-by-officer",
    "items",
    "decisions",
    "decisions-by-programme",
    "decisions-by-act",
    "programme-timeline",
    "motions",
    "motions-by-mover",
    "votes",
    "interests",
    "actions",
    "open-actions",
    "without-list",
    "missing-meetings",
    "gaps",
    "evidence",
}

/// What the comments at the head of a query say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The question in plain English.
    pub question: String,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// A command to try.
    pub example: String,
}

/// Finds a named query.
///
/// # Errors
/// Where there is none of this name.
pub fn find(typed: &str) -> Result<&'static Named, Error> {
    QUERIES.iter().find(|query| query.name == typed).ok_or_else(|| {
        let close = name::close(typed, QUERIES.iter().map(|query| query.name));
        let mut help = name::did_you_mean(&close);
        if !help.is_empty() {
            help.push(' ');
        }
        help.push_str("`quorate query --list` shows all; a file's name ends in .rq");
        Error::new(format!("there is no query `{typed}`"), help)
    })
}

/// Reads the comments at the head of a query.
///
/// # Errors
/// Where a parameter is not declared as it must be.
pub fn head(text: &str) -> Result<Head, Error> {
    let mut head = Head { question: String::new(), parameters: Vec::new(), example: String::new() };
    for (number, line) in text.lines().enumerate() {
        let Some(comment) = line.strip_prefix('#') else { break };
        let comment = comment.trim();
        if let Some(declared) = comment.strip_prefix("param ") {
            head.parameters.push(parameter(declared, number + 1)?);
        } else if let Some(example) = comment.strip_prefix("example:") {
            example.trim().clone_into(&mut head.example);
        } else if number == 0 {
            comment.clone_into(&mut head.question);
        }
    }
    Ok(head)
}

/// The text of a query with values in the place of its defaults, to be read and changed by a person.
pub fn filled(text: &str, values: &[(&str, Literal)]) -> String {
    let mut filled = text.to_owned();
    for (name, value) in values {
        let begins = format!("VALUES ?{name} {{");
        let mut at = 0;
        while let Some(found) = filled[at..].find(&begins) {
            let start = at + found + begins.len();
            let mut quoted = false;
            let end = filled[start..].char_indices().find(|(_, c)| {
                quoted ^= *c == '"';
                *c == '}' && !quoted
            });
            let Some((end, _)) = end else { break };
            let value = format!(" {value} ");
            filled.replace_range(start..start + end, &value);
            at = start + value.len();
        }
    }
    filled
}

/// Reads `NAME : TYPE = DEFAULT — meaning`.
fn parameter(declared: &str, line: usize) -> Result<Parameter, Error> {
    let wrong = |why: &str| {
        Error::new(
            format!("line {line} of the query declares no parameter: {why}"),
            "write: # param NAME : text = \"\" — what it means",
        )
    };
    let (declaration, meaning) = declared.split_once('—').ok_or_else(|| wrong("no meaning after `—`"))?;
    let (name, rest) = declaration.split_once(':').ok_or_else(|| wrong("no type after `:`"))?;
    let (kind, default) = rest.split_once('=').ok_or_else(|| wrong("no default after `=`"))?;
    let name = name.trim();
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        || !name.starts_with(|c: char| c.is_ascii_alphabetic())
    {
        return Err(wrong("the name may hold letters, digits and `_`, and starts with a letter"));
    }
    let kind = kind.trim();
    let kind = Kind::from_name(kind).ok_or_else(|| wrong(&format!("`{kind}` is none of {}", Kind::names())))?;
    let default = default.trim().trim_matches('"');
    let parameter =
        Parameter { name: name.to_owned(), kind, default: default.to_owned(), meaning: meaning.trim().to_owned() };
    parameter.value(default).map_err(|e| wrong(&e.what))?;
    Ok(parameter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::sparql::Prepared;

    #[test]
    fn every_query_has_a_question_an_example_and_parses() {
        for query in QUERIES {
            let head = head(query.text).unwrap_or_else(|e| panic!("{}: {e}", query.name));
            assert!(head.question.ends_with(['?', '.']), "{}: the first line asks: {}", query.name, head.question);
            let begins = format!("quorate query {}", query.name);
            assert!(head.example.starts_with(&begins), "{}: the example begins with `{begins}`", query.name);
            Prepared::new(query.text).unwrap_or_else(|e| panic!("{}: {e}", query.name));
        }
    }

    #[test]
    fn a_slip_in_a_name_is_answered_with_the_name() {
        assert!(find("representaton").expect_err("unknown").help.starts_with("did you mean `representation`?"));
        assert!(find("xyz").expect_err("unknown").help.starts_with("`quorate query --list`"));
    }

    #[test]
    fn a_parameter_that_is_declared_wrongly_is_pointed_at() {
        for wrong in ["# q\n# param x text", "# q\n# param x : word = 1 — y", "# q\n# param a b : text = \"\" — y"]
        {
            assert!(head(wrong).expect_err(wrong).what.starts_with("line 2"), "{wrong}");
        }
    }
}
