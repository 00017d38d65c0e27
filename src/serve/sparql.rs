//! The SPARQL 1.1 Protocol, as far as it reads. In: a request to `/sparql`, or to a named query. Out: rows or a graph in
//! the format that the client likes best, a page where that is one to look at, the description of the service where
//! nothing is asked, or why there is no answer.

use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::header::{ACCEPT, CONTENT_TYPE};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};
use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};

use super::negotiate::{GRAPHS, Offer, PAGE, ROWS, liked};
use super::pool::Unanswered;
use super::site::{Content, Site};
use super::{page, within};
use crate::query::endpoint::{Question, Refusal};
use crate::query::named;

/// Where queries are asked.
pub(super) const PATH: &str = "/sparql";
/// The largest body of a request.
const BODY_BYTES: usize = 1 << 20;
/// Until the body of a request is there.
const BODY_TIME: Duration = Duration::from_secs(20);

/// What a request asks for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Asked {
    question: Question,
    /// Whether a page is liked best.
    page: bool,
    /// Whether there is a query at all.
    is_query: bool,
}

/// Why a request is refused: status, words.
type Refused = (StatusCode, String);

/// Answers a request to [`PATH`].
pub(super) async fn answer(site: &Arc<Site>, head: &Parts, body: Incoming) -> Content {
    let accept = accept(head);
    let in_address = head.uri.query().unwrap_or("");
    let asked = if head.method == Method::POST {
        match posted(head, body).await {
            Ok((kind, body)) => of_post(kind, &body, in_address),
            Err(refused) => Err(refused),
        }
    } else {
        of_pairs(in_address.as_bytes())
    };
    let mut asked = match asked {
        Ok(asked) => asked,
        Err((status, why)) => return Content::words(status, &why),
    };
    choose(&mut asked, &accept, &format_of(in_address));
    if !asked.is_query {
        if head.method == Method::POST {
            return Content::words(StatusCode::BAD_REQUEST, "there is no query: send query=…");
        }
        return if asked.page { page::editor(site, "", None) } else { description(head, &accept) };
    }
    if asked.page {
        let text = asked.question.query.clone();
        return page::editor(site, &text, Some(page::ask(site, asked.question).await));
    }
    match site.pool.ask(asked.question).await {
        Ok(answer) => Content {
            place: answer.place,
            ..Content::new(StatusCode::OK, &with_charset(&answer.media_type), answer.bytes)
        },
        Err(why) => {
            let (status, words) = told(&why, site);
            Content::words(status, &words)
        }
    }
}

/// A page of a named query, with its answer where values for its parameters are given.
pub(super) async fn named(site: &Arc<Site>, name: &str, query: &str) -> Content {
    let Some(named) = named::QUERIES.iter().find(|query| query.name == name) else {
        return site
            .explorer
            .failure(404, "There is no such query", "The page of queries shows all that there are.")
            .into();
    };
    let set: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    page::named(site, named, &set).await
}

fn accept(head: &Parts) -> String {
    let accepted = head.headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accepted.collect::<Vec<_>>().join(",")
}

fn format_of(query: &str) -> String {
    form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == "format")
        .map_or_else(String::new, |(_, value)| value.into())
}

/// Chooses the formats of an answer: those that the address names, else those that are liked best. Clients name formats
/// in ways of their own, so that a name which is none here counts for nothing.
fn choose(asked: &mut Asked, accept: &str, named: &str) {
    let (rows, graph) = (liked(accept, ROWS), liked(accept, GRAPHS));
    let of_name = |offers: &'static [Offer]| offers.iter().find(|offer| offer.ending == named);
    let (rows_named, graph_named) = (of_name(ROWS), of_name(GRAPHS));
    let page = liked(accept, std::slice::from_ref(&PAGE)).map_or(0, |(_, liking)| liking);
    let data = rows.iter().chain(&graph).map(|(_, liking)| *liking).max().unwrap_or(0);
    // Who takes anything is no browser.
    asked.page = named == PAGE.ending || (rows_named.is_none() && graph_named.is_none() && page > data);
    let ending = |named: Option<&Offer>, liked: Option<(&Offer, u32)>| {
        named.or(liked.map(|(offer, _)| offer)).map(|offer| offer.ending.to_owned())
    };
    (asked.question.rows, asked.question.graph) = (ending(rows_named, rows), ending(graph_named, graph));
}

/// How a query is posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Posted {
    Form,
    Query,
}

/// The body of a POST.
async fn posted(head: &Parts, body: Incoming) -> Result<(Posted, Vec<u8>), Refused> {
    let unsupported = || {
        (
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "a query is posted as application/x-www-form-urlencoded or application/sparql-query, in UTF-8; updates are refused"
                .to_owned(),
        )
    };
    let media_type = head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).ok_or_else(unsupported)?;
    let mut parts = media_type.split(';').map(|part| part.trim().to_ascii_lowercase());
    let kind = match parts.next().as_deref() {
        Some("application/x-www-form-urlencoded") => Posted::Form,
        Some("application/sparql-query") => Posted::Query,
        _ => return Err(unsupported()),
    };
    if parts.any(|part| part.strip_prefix("charset=").is_some_and(|set| set.trim_matches('"') != "utf-8")) {
        return Err(unsupported());
    }
    let too_large = || (StatusCode::PAYLOAD_TOO_LARGE, format!("a request may have {} kB", BODY_BYTES / 1024));
    if hyper::body::Body::size_hint(&body).lower() > BODY_BYTES as u64 {
        return Err(too_large());
    }
    match within(BODY_TIME, Limited::new(body, BODY_BYTES).collect()).await {
        None => Err((StatusCode::REQUEST_TIMEOUT, "the request takes too long".into())),
        Some(Err(e)) if e.is::<LengthLimitError>() => Err(too_large()),
        Some(Err(_)) => Err((StatusCode::BAD_REQUEST, "the body of the request cannot be read".into())),
        Some(Ok(body)) => Ok((kind, body.to_bytes().to_vec())),
    }
}

fn of_post(kind: Posted, body: &[u8], in_address: &str) -> Result<Asked, Refused> {
    if kind == Posted::Form {
        return of_pairs(body);
    }
    let mut asked = of_pairs(in_address.as_bytes())?;
    if asked.is_query {
        return Err((StatusCode::BAD_REQUEST, "there are two queries: one in the address, one in the body".into()));
    }
    asked.question.query =
        String::from_utf8(body.to_vec()).map_err(|_| (StatusCode::BAD_REQUEST, "the query is not UTF-8".to_owned()))?;
    asked.is_query = !asked.question.query.trim().is_empty();
    Ok(asked)
}

/// Reads the parameters of the protocol; what it does not know it leaves.
fn of_pairs(pairs: &[u8]) -> Result<Asked, Refused> {
    let mut asked = Asked::default();
    for (key, value) in form_urlencoded::parse(pairs) {
        match &*key {
            "query" if asked.is_query => {
                return Err((StatusCode::BAD_REQUEST, "there are two queries: ask them one by one".into()));
            }
            // A field that was left empty asks nothing.
            "query" => {
                asked.is_query = !value.trim().is_empty();
                asked.question.query = value.into_owned();
            }
            "default-graph-uri" => asked.question.default_graphs.push(value.into_owned()),
            "named-graph-uri" => asked.question.named_graphs.push(value.into_owned()),
            "update" | "using-graph-uri" | "using-named-graph-uri" => {
                return Err((StatusCode::FORBIDDEN, "nothing can be changed here: updates are refused".into()));
            }
            _ => {}
        }
    }
    Ok(asked)
}

/// How it is told that there is no answer.
pub(super) fn told(why: &Unanswered, site: &Site) -> Refused {
    let limits = site.pool.limits();
    let late = || {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            format!("the query took more than {} s: ask for less, or name what you look for", limits.seconds),
        )
    };
    match why {
        Unanswered::Refused(Refusal::Stopped) | Unanswered::Late => late(),
        Unanswered::Refused(refusal) => {
            let status = match refusal {
                Refusal::Unreadable(_) => StatusCode::BAD_REQUEST,
                Refusal::Forbidden(_) => StatusCode::FORBIDDEN,
                Refusal::OtherFormat(_) => StatusCode::NOT_ACCEPTABLE,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            };
            (status, refusal.to_string())
        }
        Unanswered::Fatal => (
            StatusCode::INTERNAL_SERVER_ERROR,
            format!("the query needs more than {} MB of memory, or is nested too deep: ask for less", limits.megabytes),
        ),
        Unanswered::Busy => (StatusCode::SERVICE_UNAVAILABLE, "too many others are asking: try again".into()),
        Unanswered::Broken(why) => (StatusCode::INTERNAL_SERVER_ERROR, why.clone()),
    }
}

/// All text is UTF-8, which not every type says by itself.
fn with_charset(media_type: &str) -> String {
    if media_type.starts_with("text/") && !media_type.contains("charset") {
        format!("{media_type}; charset=utf-8")
    } else {
        media_type.to_owned()
    }
}

/// What the service is, in RDF.
fn description(head: &Parts, accept: &str) -> Content {
    let Some(format) = liked(accept, GRAPHS).and_then(|(offer, _)| RdfFormat::from_extension(offer.ending)) else {
        return Content::words(StatusCode::NOT_ACCEPTABLE, "the service is described in RDF: ask for text/turtle");
    };
    // The name was checked by the guard.
    let host = head.headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let written = || -> Result<Vec<u8>, Box<dyn std::error::Error>> {
        let parser = RdfParser::from_format(RdfFormat::Turtle).with_base_iri(format!("http://{host}{PATH}"))?;
        let mut writer = RdfSerializer::from_format(format)
            .with_prefix("sd", "http://www.w3.org/ns/sparql-service-description#")?
            .with_prefix("dcterms", "http://purl.org/dc/terms/")?
            .for_writer(Vec::new());
        for quad in parser.for_slice(include_str!("description.ttl")) {
            writer.serialize_triple(quad?.as_ref())?;
        }
        Ok(writer.finish()?)
    };
    match written() {
        Ok(bytes) => Content::new(StatusCode::OK, &with_charset(format.media_type()), bytes),
        Err(e) => Content::words(StatusCode::INTERNAL_SERVER_ERROR, &e.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parameters_of_the_protocol_are_read() {
        let asked = of_pairs(b"query=ASK+%7B%7D&default-graph-uri=a:b&named-graph-uri=c:d&named-graph-uri=e:f&x=y")
            .expect("read");
        assert_eq!(asked.question.query, "ASK {}");
        assert_eq!(asked.question.default_graphs, ["a:b"]);
        assert_eq!(asked.question.named_graphs, ["c:d", "e:f"]);
        let status = |pairs: &str| of_pairs(pairs.as_bytes()).expect_err(pairs).0.as_u16();
        assert_eq!(status("query=a&query=b"), 400);
        assert_eq!(status("update=CLEAR+ALL"), 403);
        assert!(!of_pairs(b"").expect("nothing").is_query && !of_pairs(b"query=+").expect("nothing").is_query);
        let body = of_post(Posted::Query, b"ASK {}", "default-graph-uri=a:b").expect("read");
        assert_eq!((body.question.query.as_str(), body.question.default_graphs.len()), ("ASK {}", 1));
        assert_eq!(of_post(Posted::Query, b"\xff", "").expect_err("no text").0, StatusCode::BAD_REQUEST);
        assert_eq!(of_post(Posted::Query, b"ASK {}", "query=x").expect_err("two").0, StatusCode::BAD_REQUEST);
    }

    #[test]
    fn formats_are_named_or_liked() {
        let chosen = |accept: &str, named: &str| {
            let mut asked = Asked::default();
            choose(&mut asked, accept, named);
            (asked.page, asked.question.rows.unwrap_or_default(), asked.question.graph.unwrap_or_default())
        };
        assert_eq!(chosen("text/html,application/xml;q=0.9,*/*;q=0.8", ""), (true, "xml".into(), "rdf".into()));
        assert_eq!(chosen("*/*", ""), (false, "json".into(), "ttl".into()));
        assert_eq!(chosen("text/html", "csv"), (false, "csv".into(), String::new()));
        assert_eq!(chosen("text/csv", "html"), (true, "csv".into(), String::new()));
        assert_eq!(chosen("application/rdf+xml", "rdf+xml"), (false, String::new(), "rdf".into()));
        assert_eq!(chosen("image/png", ""), (false, String::new(), String::new()));
    }
}
