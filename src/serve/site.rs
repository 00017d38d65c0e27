//! Answers requests. In: a request. Out: an answer with the headers that guard it. Must let nothing through that
//! [`guard`] refuses.

use std::collections::BTreeSet;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::body::Incoming;
use hyper::header::{
    ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH,
    LOCATION, RETRY_AFTER, VARY,
};
use hyper::{Method, Request, Response, StatusCode};
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};
use tokio::sync::OwnedSemaphorePermit;

use super::guard::{self, Hosts};
use super::payload::Payload;
use super::pool::Pool;
use super::{page, sparql};
use crate::explore::{Explorer, Reply};

/// Bodies smaller than this are sent as they are.
const SMALL: usize = 1024;
/// Bodies larger than this are too: packing them would keep others waiting.
const LARGE: usize = 8_000_000;

/// What is served.
pub(super) struct Site {
    pub(super) explorer: Arc<Explorer>,
    pub(super) pool: Arc<Pool>,
    pub(super) hosts: Hosts,
    pub(super) base: String,
}

/// An answer before it is packed.
pub(super) struct Content {
    pub(super) status: StatusCode,
    pub(super) media_type: String,
    pub(super) body: Vec<u8>,
    pub(super) location: Option<String>,
    /// The place that an answer has among those in memory.
    pub(super) place: Option<OwnedSemaphorePermit>,
}

impl Content {
    pub(super) fn new(status: StatusCode, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, media_type: media_type.into(), body: body.into(), location: None, place: None }
    }

    /// Words for people and for those who read logs.
    pub(super) fn words(status: StatusCode, words: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", format!("{words}\n"))
    }
}

impl From<Reply> for Content {
    fn from(reply: Reply) -> Self {
        let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { location: reply.location, ..Self::new(status, reply.media_type, reply.body) }
    }
}

impl Site {
    /// Answers a request that came in at an address of this machine.
    pub(super) async fn answer(self: &Arc<Self>, request: Request<Incoming>, local: SocketAddr) -> Response<Payload> {
        let (head, body) = request.into_parts();
        let to_sparql = head.uri.path() == sparql::PATH;
        let methods: &[Method] =
            if to_sparql { &[Method::GET, Method::HEAD, Method::POST] } else { &[Method::GET, Method::HEAD] };
        let content =
            if let Err((status, why)) = guard::check(&head.method, &head.uri, &head.headers, &self.hosts, local) {
                Content::words(status, &why)
            } else if !methods.contains(&head.method) {
                let mut refused = Content::words(StatusCode::METHOD_NOT_ALLOWED, "nothing can be changed here");
                if !to_sparql && head.method == Method::POST {
                    refused = Content::words(StatusCode::METHOD_NOT_ALLOWED, "only /sparql takes POST");
                }
                refused
            } else if to_sparql {
                sparql::answer(self, &head, body).await
            } else {
                match path(head.uri.path()) {
                    Some(path) => self.page(path, head.uri.query().unwrap_or("").to_owned()).await,
                    None => Content::words(StatusCode::BAD_REQUEST, "the address is no text"),
                }
            };
        let site = self.clone();
        let refused_method = content.status == StatusCode::METHOD_NOT_ALLOWED;
        let mut response = if content.body.len() < SMALL {
            pack(content, &head.headers)
        } else {
            let headers = head.headers;
            tokio::task::spawn_blocking(move || pack(content, &headers)).await.unwrap_or_else(|_| {
                let mut response = Response::new(Payload::default());
                *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
                response
            })
        };
        drop(site);
        if refused_method {
            let allowed: Vec<&str> = methods.iter().map(Method::as_str).collect();
            set(response.headers_mut(), ALLOW, &allowed.join(", "));
        }
        for (name, value) in guard::HEADERS {
            response.headers_mut().insert(*name, HeaderValue::from_static(value));
        }
        response
    }

    /// A page of the explorer, or one about queries.
    async fn page(self: &Arc<Self>, path: String, query: String) -> Content {
        if let Some(name) = path.strip_prefix("/sparql/") {
            if let Some(asset) = page::asset(name) {
                return asset;
            }
            return sparql::named(self, name, &query).await;
        }
        let explorer = self.explorer.clone();
        let made = tokio::task::spawn_blocking(move || {
            let query: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
            Content::from(explorer.reply(&path, &query))
        });
        made.await.unwrap_or_else(|_| Content::words(StatusCode::INTERNAL_SERVER_ERROR, "this page cannot be made"))
    }
}

/// A path, decoded; nothing where it is no text or would be another path to somebody who cuts it.
fn path(encoded: &str) -> Option<String> {
    let decoded = percent_decode_str(encoded).decode_utf8().ok()?;
    let is_plain =
        !decoded.chars().any(char::is_control) && !decoded.split(['/', '\\']).any(|part| matches!(part, "." | ".."));
    is_plain.then(|| decoded.into_owned())
}

/// Makes an answer of content: with a tag, packed where the client can unpack it, empty where it has it already.
fn pack(content: Content, asked: &HeaderMap) -> Response<Payload> {
    let Content { status, media_type, mut body, location, place } = content;
    let mut response = Response::new(());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    set(headers, CACHE_CONTROL, "no-cache");
    set(headers, VARY, "Accept, Accept-Encoding");
    if let Some(location) = location {
        set(headers, LOCATION, &location);
    }
    if status == StatusCode::SERVICE_UNAVAILABLE {
        set(headers, RETRY_AFTER, "10");
    }
    if status == StatusCode::OK {
        let sum = Sha256::digest(&body);
        let tag = sum.first_chunk().map_or(0, |first| u128::from_be_bytes(*first));
        // A weak tag: the bytes that are sent may be packed or not.
        let tag = format!("W/\"{tag:032x}\"");
        let known: BTreeSet<&str> = asked
            .get_all(IF_NONE_MATCH)
            .iter()
            .filter_map(|tags| tags.to_str().ok())
            .flat_map(|tags| tags.split(','))
            .map(str::trim)
            .collect();
        set(headers, ETAG, &tag);
        if known.contains(tag.as_str()) || known.contains(tag.trim_start_matches("W/")) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response.map(|()| Payload::default());
        }
    }
    let headers = response.headers_mut();
    set(headers, CONTENT_TYPE, &media_type);
    let unpacks = asked.get_all(ACCEPT_ENCODING).iter().filter_map(|codings| codings.to_str().ok()).any(takes_gzip);
    if unpacks && (SMALL..=LARGE).contains(&body.len()) {
        let mut packed = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::fast());
        if packed.write_all(&body).is_ok()
            && let Ok(packed) = packed.finish()
        {
            body = packed;
            set(headers, CONTENT_ENCODING, "gzip");
        }
    }
    response.map(|()| Payload::new(body, place))
}

fn takes_gzip(codings: &str) -> bool {
    codings.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"))
            && parts
                .next()
                .is_none_or(|weight| !matches!(weight.trim_start_matches("q="), "0" | "0.0" | "0.00" | "0.000"))
    })
}

/// Sets a header; one that is none is left out.
fn set(headers: &mut HeaderMap, name: hyper::header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_decoded_once_and_leads_nowhere_else() {
        assert_eq!(path("/person/ren%C3%A9e").as_deref(), Some("/person/renée"));
        assert_eq!(path("/%252e%252e/x").as_deref(), Some("/%2e%2e/x"));
        assert_eq!(path("/a%2Fb..c/...").as_deref(), Some("/a/b..c/..."));
        for refused in
            ["/..", "/../x", "/a/%2e%2e/b", "/.%2E/x", "/a%2f..%2fb", "/..%5cx", "/a%00", "/%ff", "/a%0ab", "/./x"]
        {
            assert_eq!(path(refused), None, "{refused}");
        }
    }

    #[test]
    fn what_a_client_has_is_not_sent_again() {
        let content = || Content::new(StatusCode::OK, "text/html", "x".repeat(5000));
        let mut asked = HeaderMap::new();
        let first = pack(content(), &asked);
        assert!(first.headers().get(CONTENT_ENCODING).is_none());
        let tag = first.headers().get(ETAG).expect("a tag").clone();
        asked.insert(ACCEPT_ENCODING, HeaderValue::from_static("br, gzip;q=0.5"));
        assert_eq!(pack(content(), &asked).headers().get(CONTENT_ENCODING).expect("packed"), "gzip");
        asked.insert(IF_NONE_MATCH, tag);
        assert_eq!(pack(content(), &asked).status(), StatusCode::NOT_MODIFIED);
        assert!(!takes_gzip("gzip;q=0") && !takes_gzip("br") && takes_gzip("GZIP"));
    }
}
