//! The server, over real sockets: the cases of the W3C's tests of the SPARQL 1.1 Protocol that are about queries, and
//! what somebody would send who means harm. After each the server must answer as before.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server on the build of the fixtures, and its port.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(options: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_quorate"))
            .args(["serve", concat!(env!("CARGO_MANIFEST_DIR"), "/output"), "--port", "0"])
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("an address");
        let port = line.trim_end_matches("/\n").rsplit(':').next().and_then(|port| port.parse().ok());
        Self { child, port: port.unwrap_or_else(|| panic!("no address: {line}")) }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
        stream
    }

    /// What is answered to these bytes, until the server closes the connection.
    fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // A server that refuses early closes while it is written to.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Answer::of(&bytes)
    }

    /// A request of one's own making: method, address, headers, body.
    fn ask(&self, method: &str, address: &str, headers: &[&str], body: &[u8]) -> Answer {
        let mut head = format!("{method} {address} HTTP/1.1\r\nhost: localhost:{}\r\nconnection: close\r\n", self.port);
        for header in headers {
            head.push_str(header);
            head.push_str("\r\n");
        }
        if !body.is_empty() {
            head = format!("{head}content-length: {}\r\n", body.len());
        }
        self.raw(&[head.as_bytes(), b"\r\n", body].concat())
    }

    fn get(&self, address: &str, headers: &[&str]) -> Answer {
        self.ask("GET", address, headers, b"")
    }

    fn query(&self, query: &str) -> Answer {
        self.get(&format!("/sparql?query={}", encoded(query)), &["accept: text/csv, text/turtle"])
    }

    /// It answers as it should, whatever was done to it.
    fn goes_on(&self, after: &str) {
        assert_eq!(self.get("/", &[]).status, 200, "after {after}");
        assert_eq!(self.query("ASK { ?m a quorate:Meeting }").body, "true", "after {after}");
    }

    #[cfg(unix)]
    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.child.id().to_string()]).status().expect("it is sent");
        assert!(sent.success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn of(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Self { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }
}

/// Percent-encodes all but letters and digits.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

const FORM: &str = "content-type: application/x-www-form-urlencoded";
const DIRECT: &str = "content-type: application/sparql-query";

/// The protocol's own cases, by their names there.
#[test]
fn the_protocol_is_kept() {
    let server = Server::start(&[]);
    let json = "accept: application/sparql-results+json";
    let yes = |answer: &Answer| answer.status == 200 && answer.body.replace(' ', "").contains("\"boolean\":true");
    let document = "https://quorate.example/graph/derived";
    let registry = "https://quorate.example/graph/registry";
    let any = "ASK { ?s ?p ?o }";
    let named = encoded("ASK { GRAPH ?g { ?s ?p ?o } }");

    let answer = server.ask("POST", "/sparql", &[FORM, json], format!("query={}", encoded("ASK {}")).as_bytes());
    assert!(yes(&answer), "query_post_form: {answer:?}");
    assert!(yes(&server.ask("POST", "/sparql", &[DIRECT, json], b"ASK {}")), "query_post_direct");
    assert!(yes(&server.get("/sparql?query=ASK%20%7B%7D", &[json])), "query_get");
    for (case, graphs) in [
        ("query_dataset_default_graph", format!("default-graph-uri={}", encoded(registry))),
        (
            "query_dataset_default_graphs",
            format!("default-graph-uri={}&default-graph-uri={}", encoded(registry), encoded(document)),
        ),
        ("query_dataset_full", format!("default-graph-uri={0}&named-graph-uri={0}", encoded(registry))),
    ] {
        let asked = encoded(any);
        assert!(yes(&server.get(&format!("/sparql?query={asked}&{graphs}"), &[json])), "{case}_get");
        let form = format!("query={asked}&{graphs}");
        assert!(yes(&server.ask("POST", "/sparql", &[FORM, json], form.as_bytes())), "{case}_post");
        let direct = server.ask("POST", &format!("/sparql?{graphs}"), &[DIRECT, json], any.as_bytes());
        assert!(yes(&direct), "{case}_post_direct");
    }
    let only_named = format!("/sparql?query={named}&named-graph-uri={}", encoded(registry));
    assert!(yes(&server.get(&only_named, &[json])), "query_dataset_named_graphs_get");
    let in_other = format!("ASK {{ GRAPH <{document}> {{ ?s ?p ?o }} }}");
    let other = format!("/sparql?query={}&named-graph-uri={}", encoded(&in_other), encoded(registry));
    assert!(!yes(&server.get(&other, &[json])), "a graph that is not named is not there");
    // What the protocol says stands before what the query says.
    let both = format!("ASK FROM <{document}> {{ ?s a quorate:Derivation , quorate:Nothing }}");
    let answer =
        server.get(&format!("/sparql?query={}&default-graph-uri={}", encoded(&both), encoded(registry)), &[json]);
    assert_eq!(answer.status, 200, "query_multiple_dataset: {answer:?}");

    for (case, query, accept, media_type) in [
        (
            "query_content_type_select",
            "SELECT * { ?s ?p ?o } LIMIT 1",
            "application/sparql-results+xml",
            "application/sparql-results+xml",
        ),
        ("query_content_type_select", "SELECT * { ?s ?p ?o } LIMIT 1", "text/csv", "text/csv; charset=utf-8"),
        (
            "query_content_type_select",
            "SELECT * { ?s ?p ?o } LIMIT 1",
            "text/tab-separated-values",
            "text/tab-separated-values; charset=utf-8",
        ),
        ("query_content_type_ask", "ASK {}", "application/json", "application/sparql-results+json"),
        ("query_content_type_describe", "DESCRIBE <x:y>", "application/rdf+xml", "application/rdf+xml"),
        (
            "query_content_type_construct",
            "CONSTRUCT WHERE { ?s a ?o } LIMIT 1",
            "text/turtle",
            "text/turtle; charset=utf-8",
        ),
        (
            "query_content_type_construct",
            "CONSTRUCT WHERE { ?s a ?o } LIMIT 1",
            "application/n-triples",
            "application/n-triples",
        ),
        (
            "query_content_type_construct",
            "CONSTRUCT WHERE { ?s a ?o } LIMIT 1",
            "application/ld+json",
            "application/ld+json",
        ),
    ] {
        let answer = server.get(&format!("/sparql?query={}", encoded(query)), &[&format!("accept: {accept}")]);
        assert_eq!((answer.status, answer.header("content-type")), (200, media_type), "{case}: {accept}");
        assert!(!answer.body.is_empty(), "{case}: {accept}");
    }

    let ask = encoded("ASK {}");
    let status =
        |method: &str, address: &str, headers: &[&str], body: &[u8]| server.ask(method, address, headers, body).status;
    assert_eq!(status("PUT", &format!("/sparql?query={ask}"), &[], b""), 405, "bad_query_method");
    assert_eq!(status("GET", &format!("/sparql?query={ask}&query={ask}"), &[], b""), 400, "bad_multiple_queries");
    assert_eq!(status("POST", "/sparql", &["content-type: text/plain"], b"ASK {}"), 415, "bad_query_wrong_media_type");
    assert_eq!(status("POST", "/sparql", &[], format!("query={ask}").as_bytes()), 415, "bad_query_missing_form_type");
    assert_eq!(status("POST", "/sparql", &[], b"ASK {}"), 415, "bad_query_missing_direct_type");
    let utf16 = ["content-type: application/sparql-query; charset=UTF-16"];
    assert_eq!(status("POST", "/sparql", &utf16, b"\xFE\xFF\0A"), 415, "bad_query_non_utf8");
    assert_eq!(status("POST", "/sparql", &[DIRECT], b"\xFF\xFE"), 400, "bad_query_non_utf8");
    assert_eq!(status("GET", &format!("/sparql?query={}", encoded("ASK { WHERE")), &[], b""), 400, "bad_query_syntax");
    assert_eq!(status("POST", "/sparql", &[FORM], b"nothing=x"), 400, "no query at all");
    assert_eq!(status("GET", &format!("/sparql?query={ask}"), &["accept: image/png"], b""), 406, "not acceptable");
    // Updates, which are the rest of the protocol, are refused in each form.
    let update = encoded("INSERT DATA { <x:a> <x:b> <x:c> }");
    assert_eq!(status("POST", "/sparql", &[FORM], format!("update={update}").as_bytes()), 403);
    assert_eq!(status("POST", "/sparql", &["content-type: application/sparql-update"], b"CLEAR ALL"), 415);
    assert_eq!(status("GET", &format!("/sparql?query={update}"), &[], b""), 400);

    let description = server.get("/sparql", &["accept: text/turtle"]);
    assert_eq!(description.header("content-type"), "text/turtle; charset=utf-8");
    assert!(
        description.body.contains(&format!("sd:endpoint <http://localhost:{}/sparql>", server.port)),
        "{description:?}"
    );
    assert_eq!(server.get("/sparql", &["accept: application/rdf+xml"]).header("content-type"), "application/rdf+xml");
}

#[test]
fn http_is_kept_and_guarded() {
    let server = Server::start(&[]);
    let page = server.get("/", &[]);
    assert_eq!(page.status, 200);
    for (header, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
        ("cross-origin-resource-policy", "same-origin"),
        ("access-control-allow-origin", ""),
    ] {
        assert_eq!(page.header(header), value, "{header}");
    }
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");

    let head = server.ask("HEAD", "/", &[], b"");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), page.header("content-length"));
    let again = server.get("/", &[&format!("if-none-match: {}", page.header("etag"))]);
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_eq!(server.get("/", &["accept-encoding: gzip"]).header("content-encoding"), "gzip");
    let old = server.raw(b"GET / HTTP/1.0\r\nhost: localhost\r\n\r\n");
    assert_eq!((old.status, old.body.len()), (200, page.body.len()));

    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW", "PROPFIND"] {
        let refused = server.ask(method, "/", &[], b"");
        assert_eq!((refused.status, refused.header("allow")), (405, "GET, HEAD"), "{method}");
    }
    assert_eq!(server.ask("DELETE", "/sparql", &[], b"").header("allow"), "GET, HEAD, POST");
    for host in ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "10.0.0.1"] {
        let request = format!("GET / HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        assert_eq!(server.raw(request.as_bytes()).status, 421, "{host}");
    }
    assert_eq!(server.raw(b"GET / HTTP/1.1\r\nconnection: close\r\n\r\n").status, 400);
    assert_eq!(server.get("/sparql?query=ASK%7B%7D", &["origin: http://evil.example"]).status, 403);
    assert_eq!(server.get("/sparql?query=ASK%7B%7D", &["sec-fetch-site: cross-site"]).status, 403);
}

#[test]
fn what_is_sent_to_do_harm_is_refused_and_the_server_goes_on() {
    let server = Server::start(&[]);
    let long = "x".repeat(200_000);
    for path in [
        "/../Cargo.toml",
        "/../../../../etc/passwd",
        "/%2e%2e/Cargo.toml",
        "/..%2fCargo.toml",
        "/%2e%2e%2fCargo.toml",
        "/%252e%252e%252fCargo.toml",
        "/..%5cCargo.toml",
        "/..%c0%afCargo.toml",
        "/%c0%ae%c0%ae/Cargo.toml",
        "/document/../../Cargo.toml",
        "/document/..%2f..%2fCargo.toml.html",
        "/document/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "//etc/passwd",
        "/document//etc/passwd",
        "/document/%2fetc%2fpasswd",
        "/file:///etc/passwd",
        "/entities.csv",
        "/text/x%00.txt",
        "/assets/../Cargo.toml",
        "/sparql/../Cargo.toml",
        "/sparql/%2e%2e/Cargo.toml",
        "/sparql/editor.js%00",
        "/....//....//etc/passwd",
        "/person/%ff%fe",
        "/.git/config",
        "/graph.ttl",
        "/person/",
        "/C:%5cwindows%5cwin.ini",
    ] {
        let answer = server.get(path, &[]);
        assert!([301, 400, 404].contains(&answer.status), "{path}: {}", answer.status);
        assert!(!answer.body.contains("[package]") && !answer.body.contains("root:"), "{path}");
    }
    let script = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    for path in [
        format!("/{}", encoded(script)),
        format!("/person/{}", encoded(script)),
        format!("/search?q={}", encoded(script)),
        format!("/list/people?body={0}&year={0}&format={0}", encoded(script)),
        format!("/sparql?query={}", encoded(script)),
        format!("/sparql?query={}", encoded(&format!("SELECT (\"\"\"{script}\"\"\" AS ?x) {{}}"))),
        format!("/sparql?query={}", encoded("SELECT ('<script>alert(1)</script>' AS ?x) (<x:%3Cscript%3E> AS ?y) {}")),
        format!("/sparql/{}", encoded(script)),
        format!("/sparql/representation?organisation={}", encoded(script)),
        format!("/sparql/representation?since={}", encoded(script)),
    ] {
        let answer = server.get(&path, &["accept: text/html"]);
        assert!(answer.header("content-type").starts_with("text/"), "{path}");
        let shown = answer.header("content-type").starts_with("text/html");
        assert!(!shown || !(answer.body.contains("<script>alert") || answer.body.contains("<img src=x")), "{path}");
    }
    let mut many = String::from("GET / HTTP/1.1\r\nhost: localhost\r\n");
    many += &(0..500).map(|i| format!("x-{i}: y\r\n")).collect::<Vec<_>>().concat();
    let sized = |length: &str| {
        format!("POST /sparql HTTP/1.1\r\nhost: localhost\r\n{DIRECT}\r\ncontent-length: {length}\r\n\r\nASK")
    };
    for (what, request, allowed) in [
        ("a long address", format!("GET /{long} HTTP/1.1\r\nhost: localhost\r\n\r\n"), &[414, 431][..]),
        ("a long header", format!("GET / HTTP/1.1\r\nhost: localhost\r\nx: {long}\r\n\r\n"), &[431]),
        ("many headers", many + "\r\n", &[431]),
        ("a body that is said to be huge", sized("99999999999"), &[413]),
        ("a length that is none", sized("-1"), &[400]),
        ("a length beyond numbers", sized("99999999999999999999999999"), &[400]),
        (
            "two lengths",
            format!(
                "POST /sparql HTTP/1.1\r\nhost: localhost\r\n{DIRECT}\r\ncontent-length: 3\r\ncontent-length: 6\r\n\r\nASK {{}}"
            ),
            &[400],
        ),
        (
            "a length and chunks",
            format!(
                "POST /sparql HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{DIRECT}\r\ncontent-length: 6\r\ntransfer-encoding: chunked\r\n\r\n6\r\nASK {{}}\r\n0\r\n\r\n"
            ),
            &[200, 400],
        ),
        (
            "chunks that are none",
            format!(
                "POST /sparql HTTP/1.1\r\nhost: localhost\r\n{DIRECT}\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nASK"
            ),
            &[400],
        ),
        ("a folded header", "GET / HTTP/1.1\r\nhost: localhost\r\n x: y\r\n\r\n".into(), &[400, 421]),
        ("no version", "GET /\r\n\r\n".into(), &[0, 400]),
        ("another version", "GET / HTTP/9.9\r\nhost: localhost\r\n\r\n".into(), &[0, 400, 505]),
        ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".into(), &[0, 400, 505]),
        ("garbage", "\0\x01\x02\x7f\r\n\r\n\r\n".into(), &[0, 400]),
        (
            "CONNECT",
            "CONNECT evil.example:80 HTTP/1.1\r\nhost: evil.example:80\r\nconnection: close\r\n\r\n".into(),
            &[421],
        ),
        (
            "an address of another",
            "GET http://evil.example/ HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n".into(),
            &[421],
        ),
        ("no address", "OPTIONS * HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n".into(), &[405]),
        ("TLS", "\x16\x03\x01\x02".into(), &[0, 400]),
    ] {
        let answer = if what == "TLS" || what == "garbage" {
            let mut stream = server.connect();
            stream.write_all(request.as_bytes()).expect("written");
            stream.shutdown(std::net::Shutdown::Write).expect("shut");
            let mut bytes = Vec::new();
            let _ = stream.read_to_end(&mut bytes);
            Answer::of(&bytes)
        } else {
            server.raw(request.as_bytes())
        };
        assert!(allowed.contains(&answer.status), "{what}: {}", answer.status);
    }
    let large = format!("query={}", "x".repeat(2 << 20));
    assert_eq!(server.ask("POST", "/sparql", &[FORM], large.as_bytes()).status, 413);
    let mut chunks =
        format!("POST /sparql HTTP/1.1\r\nhost: localhost\r\n{DIRECT}\r\ntransfer-encoding: chunked\r\n\r\n")
            .into_bytes();
    (0..40).for_each(|_| chunks.extend([b"10000\r\n".as_slice(), &b" ".repeat(0x10000), b"\r\n"].concat()));
    assert_eq!(server.raw(&chunks).status, 413);
    // Requests one behind the other, then garbage: those that are right are answered.
    let piped = "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(3) + "\0garbage\r\n\r\n";
    let mut stream = server.connect();
    stream.write_all(piped.as_bytes()).expect("written");
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes);
    assert_eq!((text.matches("HTTP/1.1 200").count(), text.matches("HTTP/1.1 400").count()), (3, 1));
    // A body that ends in its midst.
    let mut cut = server.connect();
    cut.write_all(
        format!("POST /sparql HTTP/1.1\r\nhost: localhost\r\n{DIRECT}\r\ntransfer-encoding: chunked\r\n\r\n6\r\nASK")
            .as_bytes(),
    )
    .expect("written");
    drop(cut);
    server.goes_on("all of it");
}

#[test]
fn slow_and_idle_clients_hold_nothing_up() {
    let server = Server::start(&[]);
    let mut slow: Vec<TcpStream> = (0..200).map(|_| server.connect()).collect();
    for (i, stream) in slow.iter_mut().enumerate() {
        let begun = [
            "",
            "GET / HT",
            "GET / HTTP/1.1\r\nhost: local",
            "POST /sparql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/sparql-query\r\ncontent-length: 9\r\n\r\nASK",
        ];
        stream.write_all(begun[i % begun.len()].as_bytes()).expect("written");
    }
    server.goes_on("while 200 are slow");
    let from = Instant::now();
    for stream in &mut slow {
        // A byte now and then does not prolong it.
        let _ = stream.write_all(b"x");
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let answer = Answer::of(&bytes);
        assert!([0, 400, 408].contains(&answer.status), "{answer:?}");
    }
    assert!(from.elapsed() < Duration::from_secs(40), "{:?}", from.elapsed());
    server.goes_on("when they were shown out");
}

#[test]
fn a_query_without_end_is_ended() {
    let server = Server::start(&["--query-seconds", "2", "--query-rows", "5000", "--query-memory", "150"]);
    let doubled: String =
        (1..48).map(|i| format!("BIND(CONCAT(?v{0}, ?v{0}) AS ?v{i}) ", i - 1)).collect::<Vec<_>>().concat();
    let values: String =
        ('a'..'k').map(|c| format!("VALUES ?{c} {{ 1 2 3 4 5 6 7 8 9 10 }} ")).collect::<Vec<_>>().concat();
    let nested = format!("ASK {{ FILTER({}1{}) }}", "(".repeat(10_000), ")".repeat(10_000));
    let all = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    for (query, allowed) in [
        (format!("SELECT * {all}"), &[500][..]),
        (format!("CONSTRUCT {{ ?a ?e ?i }} WHERE {all}"), &[500]),
        (format!("SELECT (COUNT(*) AS ?n) {all}"), &[503]),
        (format!("SELECT * {all} ORDER BY ?i ?f LIMIT 1"), &[500, 503]),
        (format!("SELECT DISTINCT ?a ?f ?i {all}"), &[500, 503]),
        (format!("SELECT (GROUP_CONCAT(?f) AS ?x) {all}"), &[500, 503]),
        (format!("SELECT ?a (GROUP_CONCAT(?i) AS ?x) {all} GROUP BY ?a ?f"), &[500, 503]),
        (format!("SELECT (STRLEN(?v47) AS ?n) {{ BIND(\"xxxxxxxxxxxxxxxx\" AS ?v0) {doubled} }}"), &[500, 503]),
        (format!("SELECT (COUNT(*) AS ?n) {{ {values} }}"), &[503]),
        (nested, &[200, 400, 500]),
        ("SELECT * { ?a (((!rdf:type)*)*)* ?b . ?c (((!rdf:type)*)*)* ?d }".into(), &[500, 503]),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }".into(), &[403]),
        ("SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }".into(), &[403]),
        ("SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }".into(), &[400]),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }".into(), &[400]),
        ("LOAD <file:///etc/passwd>".into(), &[400]),
        ("DROP ALL".into(), &[400]),
    ] {
        let from = Instant::now();
        let answer = server.ask("POST", "/sparql", &[DIRECT, "accept: text/csv, text/turtle"], query.as_bytes());
        let shown: String = query.chars().take(80).collect();
        assert!(allowed.contains(&answer.status), "{shown}: {answer:?}");
        assert!(from.elapsed() < Duration::from_secs(20), "{shown}: {:?}", from.elapsed());
        assert!(answer.status == 200 || answer.body.len() < 1000, "{shown}");
        server.goes_on(&shown);
    }
    // Those who ask many such at once are told to come again; pages are answered all the while.
    let waiting: Vec<TcpStream> = (0..60)
        .map(|_| {
            let mut stream = server.connect();
            let query = encoded(&format!("SELECT (COUNT(*) AS ?n) {all}"));
            stream
                .write_all(
                    format!("GET /sparql?query={query} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
                        .as_bytes(),
                )
                .expect("written");
            stream
        })
        .collect();
    let from = Instant::now();
    assert_eq!(server.get("/", &[]).status, 200);
    assert!(from.elapsed() < Duration::from_secs(5), "{:?}", from.elapsed());
    let busy = server.query("ASK {}");
    assert!([200, 503].contains(&busy.status), "{busy:?}");
    // Who goes away frees his place.
    drop(waiting);
    let from = Instant::now();
    while server.query("ASK {}").status != 200 {
        assert!(from.elapsed() < Duration::from_secs(30), "the places are not free again");
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[test]
fn answers_are_whole_and_the_same_each_time() {
    let queries = [
        "SELECT ?p ?n ?m { ?p quorate:attended ?m ; rdfs:label ?n }",
        "CONSTRUCT { ?p foaf:name ?n } WHERE { ?p quorate:attended ?m ; rdfs:label ?n }",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    ];
    let asked = || queries.map(|query| Server::start(&[]).query(query).body);
    let (one, other) = (asked(), asked());
    assert!(one.iter().all(|body| body.lines().count() > 10), "{one:?}");
    assert_eq!(one, other);
}

#[test]
fn the_pages_of_queries_work_without_a_script() {
    let server = Server::start(&[]);
    let html = ["accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"];
    let start = server.get("/sparql", &html);
    assert_eq!((start.status, start.header("content-type")), (200, "text/html; charset=utf-8"));
    for query in quorate::query::named::QUERIES {
        assert!(start.body.contains(&format!("/sparql/{}", query.name)), "{}", query.name);
        let page = server.get(&format!("/sparql/{}", query.name), &html);
        assert_eq!(page.status, 200, "{}", query.name);
        assert!(page.body.contains("<form") && page.body.contains("SELECT"), "{}", query.name);
    }
    let probation = server.get("/sparql/representation?organisation=Probation&since=2014", &html);
    assert!(probation.body.contains("Hilary Stannage") && probation.body.contains("format=csv"), "{}", probation.body);
    let rows = server.get(&format!("/sparql?query={}", encoded("SELECT ?p { ?p a foaf:Person } ORDER BY ?p")), &html);
    assert!(rows.body.contains("<a href=\"/person/"), "{}", rows.body);
    let graph = server
        .get(&format!("/sparql?query={}", encoded("DESCRIBE <https://quorate.example/person/hilary-stannage>")), &html);
    assert!(graph.body.contains("Hilary Stannage"), "{}", graph.body);
    let wrong = server.get("/sparql/representation?since=soon", &html);
    assert_eq!(wrong.status, 400);
    assert!(wrong.body.contains("takes a date"), "{}", wrong.body);
    assert_eq!(server.get("/sparql/no-such-query", &html).status, 404);
    for asset in ["/sparql/editor.js", "/sparql/editor.css"] {
        assert_eq!(server.get(asset, &[]).status, 200, "{asset}");
    }
}

#[cfg(unix)]
#[test]
fn a_signal_stops_it_cleanly() {
    for signal in ["-INT", "-TERM"] {
        let mut server = Server::start(&[]);
        server.goes_on("the start");
        // Somebody is connected, somebody waits for an answer.
        let _idle = server.connect();
        let mut busy = server.connect();
        let query = encoded("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }");
        busy.write_all(format!("GET /sparql?query={query} HTTP/1.1\r\nhost: localhost\r\n\r\n").as_bytes())
            .expect("written");
        std::thread::sleep(Duration::from_millis(300));
        let from = Instant::now();
        server.signal(signal);
        let status = server.child.wait().expect("it ends");
        assert!(status.success(), "{signal}: {status}");
        assert!(from.elapsed() < Duration::from_secs(10), "{signal}: {:?}", from.elapsed());
        assert!(TcpStream::connect(("127.0.0.1", server.port)).is_err(), "{signal}");
    }
}
