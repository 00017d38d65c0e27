//! `quorate query`: a named query, or one of the user's own, in SPARQL.

use std::io::{Read, Write};

use clap::{Args, FromArgMatches};
use serde_json::json;

use super::output::{Format, Table, printable};
use super::{Command, Console, Exit, Failure, GraphFolder};
use crate::query::named::{self, QUERIES};
use crate::query::parameter::Kind;
use crate::query::sparql::{Answer, Cell, Prepared};
use crate::query::{Build, name};

pub(super) const COMMAND: Command = Command {
    name: "query",
    about: "Ask a named query, or one of your own in SPARQL",
    examples: &[
        "quorate query --list",
        "quorate query representation --set organisation=Probation",
        "quorate query my-question.rq --format csv",
    ],
    options: Options::augment_args,
    run: |matches, console| run(&Options::from_arg_matches(matches)?, console),
};

#[derive(Args, Debug)]
struct Options {
    /// Name of a query, a file that ends in .rq, or - for stdin.
    #[arg(value_name = "NAME or FILE.rq", required_unless_present = "list")]
    query: Option<String>,
    /// Show the questions that can be asked, with their parameters.
    #[arg(long)]
    list: bool,
    /// Set a parameter of the query; may be given several times.
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Load the words behind the facts too, for a query that asks for everything.
    #[arg(long)]
    evidence: bool,
    #[command(flatten)]
    graph: GraphFolder,
    /// How to print it; ttl is for queries that make a graph (CONSTRUCT, DESCRIBE).
    #[arg(long, default_value = "table", value_parser = Format::parser(&["table", "csv", "json", "ttl"]))]
    format: Format,
}

fn run(options: &Options, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let Some(query) = options.query.as_deref().filter(|_| !options.list) else {
        list(options.format, console)?;
        return Ok(Exit::Done);
    };
    let mut prepared = prepared(query)?;
    for (at, set) in options.set.iter().enumerate() {
        let Some((key, value)) = set.split_once('=') else {
            return Err(Failure::new(format!("`--set {set}` sets nothing"), "write: --set KEY=VALUE"));
        };
        let again =
            options.set[..at].iter().any(|other| other.split_once('=').is_some_and(|(k, _)| k.trim() == key.trim()));
        if again {
            return Err(Failure::new(format!("`{}` is set twice", key.trim()), "write each --set KEY=VALUE once"));
        }
        prepared.set(key.trim(), value)?;
    }
    let build = options.graph.open()?;
    match prepared.ask(&build, options.evidence)? {
        Answer::Graph(turtle) => console.out.write_all(turtle.as_bytes())?,
        Answer::Flag(flag) => writeln!(console.out, "{}", if flag { "yes" } else { "no" })?,
        Answer::Rows { .. } if options.format == Format::Turtle => {
            return Err(Failure::new("the query answers with rows, not with a graph", "write: --format csv"));
        }
        Answer::Rows { columns, rows } => {
            let found = !rows.is_empty();
            print(columns, rows, options.format, console)?;
            if !found {
                console.note(&nothing(&prepared, &options.set, &build));
            }
        }
    }
    Ok(Exit::Done)
}

fn print(columns: Vec<String>, rows: Vec<Vec<Cell>>, format: Format, console: &mut Console<'_>) -> Result<(), Failure> {
    let mut table = Table::new(columns);
    for row in rows {
        table.push(row);
    }
    Ok(table.print(format, console)?)
}

/// Reads a query: a named one, a file, or stdin.
fn prepared(query: &str) -> Result<Prepared, Failure> {
    let is_file = std::path::Path::new(query).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("rq"));
    if query == "-" {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|e| Failure::new(format!("stdin cannot be read: {e}"), "the query must be UTF-8 text"))?;
        return Ok(Prepared::new(&text)?);
    }
    if is_file {
        let text = std::fs::read_to_string(query)
            .map_err(|e| Failure::new(format!("{query}: {e}"), "`quorate query --list` shows the named queries"))?;
        return Prepared::new(&text).map_err(|error| Failure::new(format!("{query}: {}", error.what), error.help));
    }
    Ok(Prepared::new(named::find(query)?.text)?)
}

/// What to say where nothing was found: that, and names that are close to those that were asked for.
fn nothing(prepared: &Prepared, set: &[String], build: &Build) -> String {
    let mut words = vec!["nothing was found".to_owned()];
    let entities = build.entities().unwrap_or_default();
    for (key, value) in set.iter().filter_map(|set| set.split_once('=')) {
        let is_text = prepared.head.parameters.iter().any(|p| p.name == key.trim() && p.kind == Kind::Text);
        let known = || entities.iter().filter(|e| ["organisation", "person"].contains(&e.kind.as_str()));
        let names = || known().flat_map(|e| name::names(e).chain(Some(e.function.as_str()).filter(|f| !f.is_empty())));
        if !is_text || value.trim().is_empty() || names().any(|known| name::folded(known) == name::folded(value)) {
            continue;
        }
        let close = name::close(value, names());
        if !close.is_empty() {
            words.push(format!("for `{value}`, {}", name::did_you_mean(&close)));
        }
    }
    words.join("; ")
}

fn list(format: Format, console: &mut Console<'_>) -> Result<(), Failure> {
    let mut all = Vec::new();
    for query in QUERIES {
        let head = named::head(query.text)?;
        if format == Format::Json {
            let parameters: Vec<_> = head
                .parameters
                .iter()
                .map(|p| json!({ "name": p.name, "type": p.kind.name(), "default": p.default, "meaning": p.meaning }))
                .collect();
            all.push(json!({
                "name": query.name,
                "question": head.question,
                "parameters": parameters,
                "example": head.example,
            }));
            continue;
        }
        writeln!(console.out, "{}\n  {}", query.name, printable(&head.question))?;
        for parameter in &head.parameters {
            let default = if parameter.default.is_empty() { "nothing" } else { &parameter.default };
            let (name, kind) = (&parameter.name, parameter.kind.name());
            writeln!(
                console.out,
                "    --set {name}={}  {} (default: {default})",
                kind.to_uppercase(),
                parameter.meaning
            )?;
        }
        writeln!(console.out, "  {}\n", head.example)?;
    }
    if format == Format::Json {
        serde_json::to_writer_pretty(&mut console.out, &all).map_err(std::io::Error::from)?;
        writeln!(console.out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::cli::Exit;
    use crate::cli::testing::ran;

    #[test]
    fn a_named_query_is_asked_with_its_parameters() {
        let ran = ran(&["query", "representation", "--set", "organisation=NPS"]);
        expect_test::expect![[r#"
             date         person     organisation                 presented               body
            ──────────────────────────────────────────────────────────────────────────────────────────────────────
             2021-06-18   Tom Reed   National Probation Service   Probation unification   Northshire Safety Board
        "#]]
        .assert_eq(&ran.out);
    }

    #[test]
    fn the_list_shows_question_parameters_and_an_example() {
        let list = ran(&["query", "--list"]).out;
        assert!(list.contains("representation\n  Who represented an organisation"), "{list}");
        assert!(list.contains("--set since=DATE  first day, month or year (default: 0001-01-01)"), "{list}");
        assert!(list.contains("  quorate query representation --set organisation=Probation\n"), "{list}");
        let json = ran(&["query", "--list", "--format", "json"]).out;
        assert!(serde_json::from_str::<serde_json::Value>(&json).expect("JSON").as_array().is_some());
    }

    #[test]
    fn slips_in_names_parameters_and_values_are_answered() {
        let name = ran(&["query", "chair"]);
        assert!(name.talk.contains("did you mean `chairs`?"), "{}", name.talk);
        let parameter = ran(&["query", "chairs", "--set", "bodie=x"]);
        assert!(parameter.talk.contains("did you mean `body`?"), "{}", parameter.talk);
        let value = ran(&["query", "representation", "--set", "organisation=Northshire Probaton Trust"]);
        assert!(value.talk.contains("did you mean `Northshire Probation Trust`"), "{}", value.talk);
        let date = ran(&["query", "chairs", "--set", "since=soon"]);
        assert_eq!(date.exit, Exit::Nothing);
        assert!(date.talk.contains("takes a date"), "{}", date.talk);
    }

    #[test]
    fn a_value_that_looks_like_sparql_is_data() {
        for value in ["organisation=\") } DELETE WHERE { ?s ?p ?o", "organisation=a\nb", "organisation=\\\" . #"] {
            let ran = ran(&["query", "representation", "--set", value]);
            assert_eq!((ran.exit, ran.out.as_str()), (Exit::Done, ""), "{value}");
            assert!(ran.talk.contains("nothing was found"), "{}", ran.talk);
        }
        let twice = ran(&["query", "chairs", "--set", "body=a", "--set", "body=b"]);
        assert_eq!(twice.exit, Exit::Nothing);
        assert!(twice.talk.contains("`body` is set twice"), "{}", twice.talk);
    }

    #[test]
    fn a_file_may_ask_anything_and_makes_graphs_too() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("own.rq");
        let path = file.to_str().expect("a path");
        std::fs::write(&file, "SELECT (COUNT(*) AS ?n) { ?m a quorate:Meeting }").expect("written");
        assert_eq!(ran(&["query", path, "--format", "csv"]).out, "n\n2\n");
        std::fs::write(&file, "CONSTRUCT { ?m rdfs:label ?l } { ?m a quorate:Meeting ; rdfs:label ?l }")
            .expect("written");
        assert!(ran(&["query", path]).out.contains("Northshire Safety Board, 18 June 2021"));
        std::fs::write(&file, "SELECT ?x WHERE { ?x ?y }").expect("written");
        let wrong = ran(&["query", path]);
        assert_eq!(wrong.exit, Exit::Nothing);
        assert!(wrong.talk.contains("own.rq") && wrong.talk.contains("1:"), "{}", wrong.talk);
    }
}
