//! The pages about queries: an editor, the cookbook of named queries with their parameters as fields, and answers as
//! tables. In: a query, or a named one with values. Out: HTML in the frame of the explorer, which works without any
//! script; the script only adds colour and a key. Every text passes the template, which escapes it.

use std::sync::Arc;

use hyper::StatusCode;
use maud::{Markup, html};
use serde_json::Value;

use super::pool::Answer;
use super::site::{Content, Site};
use super::sparql::{PATH, told};
use crate::query::endpoint::Question;
use crate::query::named::{self, Named};
use crate::query::parameter::{Kind, Parameter};
use crate::query::sparql::PREFIXES;

/// Rows that a page shows; all are in its downloads.
const SHOWN: usize = 1000;
/// The longest query that fits into an address, and so into a link.
const LINKED: usize = 12_000;
/// First parts of the identifiers that have a page.
const PAGES: &[&str] = &[
    "person",
    "organisation",
    "meeting",
    "document",
    "programme",
    "legislation",
    "role",
    "function",
    "item",
    "decision",
    "action",
];
/// What stands in the editor at first.
const START: &str = "# The ten people who were at most meetings\nSELECT ?person ?name (COUNT(DISTINCT ?meeting) AS ?meetings)\nWHERE {\n  ?person quorate:attended ?meeting ; rdfs:label ?name .\n}\nGROUP BY ?person ?name\nORDER BY DESC(?meetings) ?name\nLIMIT 10\n";

/// An answer to be shown, or the status and words with which there is none.
pub(super) type Shown = Result<Answer, (StatusCode, String)>;

/// Files of these pages.
pub(super) fn asset(name: &str) -> Option<Content> {
    let (media_type, text) = match name {
        "editor.js" => ("text/javascript; charset=utf-8", include_str!("assets/editor.js")),
        "editor.css" => ("text/css; charset=utf-8", include_str!("assets/editor.css")),
        _ => return None,
    };
    Some(Content::new(StatusCode::OK, media_type, text))
}

/// Asks for what a page shows.
pub(super) async fn ask(site: &Site, question: Question) -> Shown {
    let question = Question { rows: Some("json".into()), graph: Some("ttl".into()), most: Some(SHOWN), ..question };
    site.pool.ask(question).await.map_err(|why| told(&why, site))
}

/// The page with the editor, and an answer.
pub(super) fn editor(site: &Site, text: &str, shown: Option<Shown>) -> Content {
    let main = html! {
        h1 { "Ask in SPARQL" }
        p { "Pick a question from the " a href="#cookbook" { "cookbook" } ", or write one. Tools ask at " code { (PATH) } "." }
        (form(if text.is_empty() && shown.is_none() { START } else { text }, 14))
        @if let Some(shown) = &shown { (answer(site, text, shown)) }
        section #cookbook aria-labelledby="cookbook-heading" {
            h2 #cookbook-heading { "Cookbook" }
            ul.cookbook {
                @for query in named::QUERIES {
                    @if let Ok(head) = named::head(query.text) {
                        li { a href={ (PATH) "/" (query.name) @if head.parameters.is_empty() { "?ask=1" } } { (head.question) } }
                    }
                }
            }
        }
    };
    framed(site, "sparql", "SPARQL", &main, shown.as_ref())
}

/// The page of a named query, with its answer where it is asked.
pub(super) async fn named(site: &Arc<Site>, query: &Named, set: &[(String, String)]) -> Content {
    let head = match named::head(query.text) {
        Ok(head) => head,
        Err(e) => return Content::words(StatusCode::INTERNAL_SERVER_ERROR, &e.what),
    };
    let typed = |parameter: &Parameter| {
        let typed = set.iter().find(|(key, _)| *key == parameter.name).map_or("", |(_, value)| value.as_str());
        if typed.trim().is_empty() { parameter.default.clone() } else { typed.to_owned() }
    };
    let values: Result<Vec<_>, _> = head
        .parameters
        .iter()
        .map(|parameter| Ok((parameter.name.as_str(), parameter.value(&typed(parameter))?)))
        .collect();
    let (text, shown) = match values {
        Ok(values) => {
            let text = named::filled(query.text, &values);
            let question = Question { query: text.clone(), ..Question::default() };
            let shown = if set.is_empty() { None } else { Some(ask(site, question).await) };
            (text, shown)
        }
        Err(crate::query::Error { what, .. }) => (query.text.to_owned(), Some(Err((StatusCode::BAD_REQUEST, what)))),
    };
    let main = html! {
        p.kind { a href=(PATH) { "SPARQL" } }
        h1 { (head.question) }
        form.parameters action={ (PATH) "/" (query.name) } method="get" {
            @for parameter in &head.parameters { (field(parameter, &typed(parameter))) }
            @if head.parameters.is_empty() { input type="hidden" name="ask" value="1"; }
            button type="submit" { "Ask" }
        }
        @if let Some(shown) = &shown { (answer(site, &text, shown)) }
        details open[shown.is_none()] {
            summary { "The query" }
            (form(&text, 20))
            p { "In a terminal: " code { (head.example) } }
        }
    };
    framed(site, &format!("sparql/{}", query.name), &head.question, &main, shown.as_ref())
}

/// A field for a parameter.
fn field(parameter: &Parameter, value: &str) -> Markup {
    let id = format!("set-{}", parameter.name);
    let help = format!("{id}-help");
    // A date may be a month or a year, which no field for dates takes.
    let (kind, pattern) = match parameter.kind {
        Kind::Integer => ("number", None),
        Kind::Date => ("text", Some("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")),
        Kind::Flag | Kind::Text => ("text", None),
    };
    html! {
        div.field {
            label for=(id) { (parameter.name.replace('_', " ")) }
            @if parameter.kind == Kind::Flag {
                select #(id) name=(parameter.name) aria-describedby=(help) {
                    @for (flag, word) in [("1", "yes"), ("0", "no")] {
                        option value=(flag) selected[matches!(value, "1" | "true" | "yes") == (flag == "1")] { (word) }
                    }
                }
            } @else {
                input #(id) type=(kind) name=(parameter.name) pattern=[pattern] aria-describedby=(help) autocomplete="off"
                    value=(if value == parameter.default { "" } else { value }) placeholder=(parameter.default);
            }
            span.help #(help) { (parameter.meaning) }
        }
    }
}

/// The field of a query.
fn form(text: &str, rows: usize) -> Markup {
    html! {
        form.query action=(PATH) method="get" {
            label for="query" { "Query" }
            div.editor {
                pre aria-hidden="true" { code {} }
                textarea #query name="query" rows=(rows) spellcheck="false" autocapitalize="off" autocomplete="off"
                    aria-describedby="query-help" required { "\n" (text) }
            }
            p.help #query-help { "These prefixes need no declaration: " @for (prefix, _) in PREFIXES { code { (prefix) ":" } " " } "Ctrl + Enter asks." }
            button type="submit" { "Ask" }
        }
    }
}

/// An answer.
fn answer(site: &Site, text: &str, shown: &Shown) -> Markup {
    html! {
        section #answer aria-labelledby="answer-heading" {
            h2 #answer-heading { "Answer" }
            @match shown {
                Err((_, words)) => { p.failed role="alert" { (words) } }
                Ok(answer) if answer.media_type == "text/turtle" => {
                    (downloads(text, answer, "triple", &[("ttl", "Turtle"), ("nt", "N-Triples"), ("rdf", "RDF/XML"), ("jsonld", "JSON-LD")]))
                    pre.graph tabindex="0" { code { (String::from_utf8_lossy(&answer.bytes)) } }
                }
                Ok(answer) => {
                    @let value = serde_json::from_slice::<Value>(&answer.bytes).unwrap_or_default();
                    @if let Some(flag) = value["boolean"].as_bool() {
                        p.flag { (if flag { "Yes" } else { "No" }) }
                    } @else {
                        (downloads(text, answer, "row", &[("csv", "CSV"), ("json", "JSON"), ("xml", "XML"), ("tsv", "TSV")]))
                        @if answer.rows > 0 { (table(site, &value)) }
                    }
                }
            }
        }
    }
}

fn downloads(text: &str, answer: &Answer, unit: &str, formats: &[(&str, &str)]) -> Markup {
    let many = if answer.rows == 1 { "" } else { "s" };
    html! {
        p.count {
            @if answer.more { "The first " (answer.rows) " " (unit) (many) "; there are more." }
            @else if answer.rows == 0 { "Nothing was found." }
            @else { (answer.rows) " " (unit) (many) "." }
        }
        @if text.len() <= LINKED && answer.rows > 0 {
            p.downloads {
                "All of it: "
                @for (i, (ending, name)) in formats.iter().enumerate() {
                    @if i > 0 { " · " }
                    @let query = form_urlencoded::Serializer::new(String::new()).append_pair("query", text).append_pair("format", ending).finish();
                    a href={ (PATH) "?" (query) } download={ "answer." (ending) } { (name) }
                }
            }
        }
    }
}

/// Rows of an answer in the JSON of SPARQL.
fn table(site: &Site, value: &Value) -> Markup {
    let words = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let columns: Vec<String> =
        words(&value["head"]["vars"]).iter().filter_map(|name| name.as_str().map(str::to_owned)).collect();
    html! {
        div.scroll tabindex="0" role="region" aria-labelledby="answer-heading" {
            table {
                thead { tr { @for column in &columns { th scope="col" { (column) } } } }
                tbody {
                    @for row in words(&value["results"]["bindings"]) {
                        tr { @for column in &columns { (cell(site, column, &row[column.as_str()])) } }
                    }
                }
            }
        }
    }
}

fn cell(site: &Site, column: &str, term: &Value) -> Markup {
    let text = term["value"].as_str().unwrap_or("");
    if term["type"] != "uri" {
        let is_number = term["datatype"].as_str().is_some_and(|datatype| {
            ["#integer", "#decimal", "#double", "#float"].iter().any(|number| datatype.ends_with(number))
        });
        let is_date = term["datatype"].as_str().is_some_and(|datatype| datatype.ends_with("#date"));
        return html! {
            td.n[is_number] data-label=(column) { @if is_date { time datetime=(text) { (text) } } @else { (text) } }
        };
    }
    let own = text.strip_prefix(&site.base).filter(|_| !site.base.is_empty());
    let with_page = own.filter(|path| path.split_once('/').is_some_and(|(first, _)| PAGES.contains(&first)));
    let short = || {
        let known = PREFIXES.iter().find_map(|(prefix, iri)| Some(format!("{prefix}:{}", text.strip_prefix(iri)?)));
        known.unwrap_or_else(|| text.to_owned())
    };
    html! {
        td data-label=(column) {
            @if let Some(path) = with_page { a href={ "/" (path) ".html" } { (path) } } @else { (short()) }
        }
    }
}

fn framed(site: &Site, address: &str, title: &str, main: &Markup, shown: Option<&Shown>) -> Content {
    let main = html! { link rel="stylesheet" href={ (PATH) "/editor.css" }; (main) }.into_string();
    let mut content = Content::from(site.explorer.framed(address, title, &main, &["sparql/editor.js"]));
    if let Some(Err((status, _))) = shown {
        content.status = *status;
    }
    content
}
