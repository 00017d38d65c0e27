//! Who may ask what. In: the head of a request. Out: nothing, or the status and words with which it is refused; and
//! the headers that keep a page to itself. A page of another site must not reach a build through the browser of
//! somebody who has both open: not by a name that it points here (the name in `Host` is checked), nor by asking
//! across sites.

use std::net::{IpAddr, SocketAddr};

use hyper::header::{HOST, HeaderMap, HeaderName, ORIGIN};
use hyper::{Method, StatusCode, Uri};
use percent_encoding::percent_decode_str;

/// Why a request is refused.
pub(super) type Refused = (StatusCode, String);

/// Headers of every answer.
pub(super) const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Names and addresses by which the server may be called.
#[derive(Debug)]
pub(super) struct Hosts {
    names: Vec<String>,
}

impl Hosts {
    pub(super) fn new(names: Vec<String>) -> Self {
        Self { names }
    }

    /// Whether a name, or an address, with a port or without, is one of this server. Addresses are safe where they are
    /// really its own: only a name can be pointed here by somebody else.
    fn are(&self, authority: &str, local: SocketAddr) -> bool {
        let Some(host) = host(authority) else { return false };
        if let Ok(address) = host.trim_matches(['[', ']']).parse::<IpAddr>() {
            return address.is_loopback() && local.ip().is_loopback()
                || address == local.ip().to_canonical()
                || self.names.iter().any(|name| name.trim_matches(['[', ']']).parse() == Ok(address));
        }
        let host = host.trim_end_matches('.');
        host.eq_ignore_ascii_case("localhost") && local.ip().to_canonical().is_loopback()
            || self.names.iter().any(|name| name.eq_ignore_ascii_case(host))
    }
}

/// What stands before the port of an authority; nothing where it is none, or says who asks.
fn host(authority: &str) -> Option<&str> {
    let end = match authority.strip_prefix('[') {
        Some(rest) => rest.find(']')? + 2,
        None => authority.find(':').unwrap_or(authority.len()),
    };
    let (host, port) = authority.split_at(end);
    let port_is_right = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    (!host.is_empty() && port_is_right && !host.contains(['@', '/', ' '])).then_some(host)
}

/// Checks the head of a request.
pub(super) fn check(
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    hosts: &Hosts,
    local: SocketAddr,
) -> Result<(), Refused> {
    let mut named = headers.get_all(HOST).iter();
    let (Some(host), None) = (named.next().and_then(|host| host.to_str().ok()), named.next()) else {
        return Err((StatusCode::BAD_REQUEST, "the request must name one Host".into()));
    };
    if !hosts.are(host, local) || uri.authority().is_some_and(|authority| !hosts.are(authority.as_str(), local)) {
        return Err((
            StatusCode::MISDIRECTED_REQUEST,
            "this server does not go by that name: start it with --allow-host NAME if it should".into(),
        ));
    }
    let word = |name: &str| headers.get(HeaderName::from_bytes(name.as_bytes()).ok()?)?.to_str().ok();
    // Links from other sites lead to pages; nothing else comes from there.
    let foreign = matches!(word("sec-fetch-site"), Some("cross-site" | "same-site"));
    let follows_link = word("sec-fetch-mode") == Some("navigate")
        && word("sec-fetch-dest").is_none_or(|dest| dest == "document")
        && *method == Method::GET
        && !percent_decode_str(uri.path()).decode_utf8_lossy().starts_with("/sparql");
    let of_another = headers.get(ORIGIN).is_some_and(|origin| {
        let origin = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
        origin.is_none_or(|authority| !hosts.are(authority, local))
    });
    if (foreign && !follows_link) || of_another {
        return Err((StatusCode::FORBIDDEN, "pages of other sites may not ask this server".into()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(method: &str, uri: &str, headers: &[(&str, &str)], local: &str) -> u16 {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::from_bytes(name.as_bytes()).expect("a name"), value.parse().expect("a value"));
        }
        let hosts = Hosts::new(vec!["minutes.example".into(), "10.1.1.1".into()]);
        let (method, uri) = (method.parse().expect("a method"), uri.parse().expect("an address"));
        let local = local.parse().expect("an address");
        check(&method, &uri, &map, &hosts, local).map_or_else(|(status, _)| status.as_u16(), |()| 200)
    }

    #[test]
    fn only_its_own_names_and_addresses_are_answered() {
        let host = |host: &str, local: &str| status("GET", "/", &[("host", host)], local);
        let (here, there) = ("127.0.0.1:7070", "192.168.1.5:7070");
        for own in
            ["127.0.0.1", "127.0.0.1:7070", "localhost:9", "LOCALHOST", "localhost.", "[::1]:1", "minutes.example:80"]
        {
            assert_eq!(host(own, here), 200, "{own}");
        }
        for other in [
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "192.168.1.5",
            "0.0.0.0",
            "",
            ":80",
            "a@localhost",
            "localhost@evil.example",
            "localhost:99999",
            "localhost:7070:1",
            "[::1",
            "2130706433",
        ] {
            assert_eq!(host(other, here), 421, "{other}");
        }
        for own in ["192.168.1.5:7070", "minutes.example", "10.1.1.1"] {
            assert_eq!(host(own, there), 200, "{own}");
        }
        for other in ["localhost", "127.0.0.1", "192.168.1.6", "[::1]"] {
            assert_eq!(host(other, there), 421, "{other}");
        }
        assert_eq!(host("192.168.1.5", "[::ffff:192.168.1.5]:7070"), 200);
        assert_eq!(status("GET", "/", &[], here), 400);
        assert_eq!(status("GET", "/", &[("host", "localhost"), ("host", "evil.example")], here), 400);
        assert_eq!(status("GET", "http://evil.example/", &[("host", "localhost")], here), 421);
    }

    #[test]
    fn pages_of_other_sites_may_link_and_no_more() {
        let ask = |method: &str, uri: &str, more: &[(&str, &str)]| {
            status(method, uri, &[&[("host", "localhost")], more].concat(), "127.0.0.1:7070")
        };
        let link = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
        let frame = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")];
        let script = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")];
        assert_eq!(ask("GET", "/person/x", &link), 200);
        assert_eq!(ask("GET", "/sparql?query=x", &link), 403);
        assert_eq!(ask("GET", "/%73parql/chairs?ask=1", &link), 403);
        assert_eq!(ask("POST", "/sparql", &link), 403);
        assert_eq!(ask("GET", "/person/x", &frame), 403);
        assert_eq!(ask("GET", "/person/x", &script), 403);
        assert_eq!(ask("POST", "/sparql", &[("origin", "http://evil.example")]), 403);
        assert_eq!(ask("POST", "/sparql", &[("origin", "null")]), 403);
        assert_eq!(
            ask("POST", "/sparql", &[("origin", "http://localhost:7070"), ("sec-fetch-site", "same-origin")]),
            200
        );
        assert_eq!(ask("POST", "/sparql", &[]), 200);
    }
}
