//! The explorer: pages about everything in a build, for people who look rather than query. In: a folder that
//! `quorate build` wrote, then an address. Out: a page as HTML, JSON, CSV or Turtle, the same bytes for the same build.
//! A page links only to pages, by relative links, so that the same bytes serve a server and a folder on any web host.
//! Must never know HTTP, print, write, read a file outside the build, or let a word of a document pass unescaped.

mod body;
mod chart;
mod data;
mod document;
mod function;
mod home;
mod html;
mod list;
mod list_rows;
mod meeting;
mod network;
mod organisation;
mod page;
mod person;
mod rdf;
mod search;
mod search_page;
mod store;
mod topic;

use std::path::Path;

use rayon::prelude::*;

use crate::query::Error;
pub use chart::standings;
use page::Page;
use store::Store;

/// A build, opened for looking. It never changes, and many may ask it at once.
#[derive(Debug)]
pub struct Explorer {
    store: Store,
    published: bool,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// As HTTP counts: 200, 301 with a location, 400, 404.
    pub status: u16,
    /// Type of the body, with its character set.
    pub media_type: &'static str,
    /// The body.
    pub body: Vec<u8>,
    /// Where the page is, for a status of 301: an absolute path, percent-encoded.
    pub location: Option<String>,
}

/// How a page is written: its ending, its media type, what it is for.
struct Form {
    ending: &'static str,
    media_type: &'static str,
    write: fn(&Explorer, &Page) -> Option<Vec<u8>>,
}

/// All forms of a page. The first is the one for an address without an ending.
static FORMS: &[Form] = &[
    Form {
        ending: "html",
        media_type: "text/html; charset=utf-8",
        write: |explorer, page| Some(html::page(page, explorer.published).into_bytes()),
    },
    Form { ending: "json", media_type: "application/json", write: |_, page| Some(data::json(page)) },
    Form { ending: "csv", media_type: "text/csv; charset=utf-8", write: |_, page| Some(data::csv(page)) },
    Form {
        ending: "ttl",
        media_type: "text/turtle; charset=utf-8",
        write: |explorer, page| rdf::turtle(&explorer.store, page),
    },
];

/// A kind of page: a row of the visible list.
struct Kind {
    /// The first part of its addresses.
    first: &'static str,
    /// Makes the page of an address, if there is one.
    page: fn(&Store, &str, &Asked<'_>) -> Option<Page>,
    /// All its addresses.
    addresses: fn(&Store) -> Vec<String>,
}

/// What was asked beside the address.
#[derive(Clone, Copy)]
struct Asked<'q>(&'q [(String, String)]);

impl Asked<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// All kinds of pages.
static KINDS: &[Kind] = &[
    Kind { first: "index", page: home::page, addresses: |_| vec!["index".to_owned()] },
    Kind { first: "search", page: search_page::page, addresses: |_| vec!["search".to_owned()] },
    Kind { first: "person", page: person::page, addresses: |store| store.ids("person") },
    Kind { first: "organisation", page: organisation::page, addresses: |store| store.ids("organisation") },
    Kind { first: "meeting", page: meeting::page, addresses: |store| store.ids("meeting") },
    Kind { first: "document", page: document::page, addresses: |store| store.ids("document") },
    Kind { first: "programme", page: topic::page, addresses: |store| store.ids("programme") },
    Kind { first: "legislation", page: topic::page, addresses: |store| store.ids("legislation") },
    Kind { first: "role", page: topic::page, addresses: |store| store.ids("role") },
    Kind { first: "function", page: function::page, addresses: function::addresses },
    Kind { first: "list", page: list::page, addresses: list::addresses },
];

/// Files that pages use, by the names under which they are found.
static ASSETS: &[(&str, &str, &[u8])] = &[
    ("assets/explore.css", "text/css; charset=utf-8", include_bytes!("assets/explore.css")),
    ("assets/explore.js", "text/javascript; charset=utf-8", include_bytes!("assets/explore.js")),
];

/// Where a published site keeps what its search looks in.
const SEARCH_INDEX: &str = "assets/search-index.js";

impl Explorer {
    /// Opens a build.
    ///
    /// # Errors
    /// Where the folder is no build, or one of its tables cannot be read.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        Ok(Self { store: Store::open(folder)?, published: false })
    }

    /// The same for a folder of files: search is by script over a file, and nothing leads to a server.
    pub fn published(mut self) -> Self {
        self.published = true;
        self
    }

    /// Answers an address: a path that begins with `/`, percent-decoded, and what stands behind its question mark.
    /// The form is that of its ending, or of `format=`.
    pub fn reply(&self, path: &str, query: &[(String, String)]) -> Reply {
        let asked = Asked(query);
        let path = path.trim_start_matches('/');
        if let Some((_, media_type, bytes)) = ASSETS.iter().find(|(name, ..)| *name == path) {
            return Reply { status: 200, media_type, body: bytes.to_vec(), location: None };
        }
        if path == SEARCH_INDEX {
            let body = self.store.search().script().into_bytes();
            return Reply { status: 200, media_type: "text/javascript; charset=utf-8", body, location: None };
        }
        let bare = path.trim_end_matches('/');
        if bare.len() < path.len() {
            return moved(bare);
        }
        let bare = if bare.is_empty() { "index" } else { bare };
        let of_ending = FORMS.iter().find_map(|form| {
            let address = bare.strip_suffix(form.ending)?.strip_suffix('.')?;
            Some((form, address)).filter(|(_, address)| !address.is_empty())
        });
        let of_query = match asked.get("format") {
            None => None,
            Some(name) => match FORMS.iter().find(|form| form.ending == name) {
                Some(form) => Some(form),
                None => return self.failure(400, "There is no such format", "Formats are html, json, csv and ttl."),
            },
        };
        // The path of a document may itself end in `.html`.
        for (form, address) in [of_ending, Some((of_query.unwrap_or(&FORMS[0]), bare))].into_iter().flatten() {
            if let Some(page) = self.page(address, &asked) {
                return match (of_query.unwrap_or(form).write)(self, &page) {
                    Some(body) => {
                        Reply { status: 200, media_type: of_query.unwrap_or(form).media_type, body, location: None }
                    }
                    None => self.failure(
                        404,
                        "No RDF",
                        "This build was made without graph.ttl: build it with the format turtle.",
                    ),
                };
            }
            if let Some(target) = self.store.elsewhere(address) {
                return moved(&target);
            }
        }
        self.failure(404, "Not found", "Nothing in this build has this address. Search for it by name.")
    }

    /// Every page, as a path with `/` before and without an ending: what [`Explorer::reply`] answers in every form.
    pub fn addresses(&self) -> impl Iterator<Item = String> + '_ {
        KINDS.iter().flat_map(|kind| (kind.addresses)(&self.store)).map(|address| format!("/{address}"))
    }

    /// Every file of a published site, as its path within the folder and its bytes, made in parallel and handed to
    /// `put` from many threads.
    ///
    /// # Errors
    /// The first error of `put`.
    pub fn publish<E: Send>(&self, put: impl Fn(&str, &[u8]) -> Result<(), E> + Sync) -> Result<usize, E> {
        for (name, _, bytes) in ASSETS {
            put(name, bytes)?;
        }
        put(SEARCH_INDEX, self.store.search().script().as_bytes())?;
        let addresses: Vec<String> = KINDS.iter().flat_map(|kind| (kind.addresses)(&self.store)).collect();
        addresses.par_iter().try_for_each(|address| {
            let Some(page) = self.page(address, &Asked(&[])) else { return Ok(()) };
            FORMS.iter().try_for_each(|form| match (form.write)(self, &page) {
                Some(bytes) => put(&format!("{address}.{}", form.ending), &bytes),
                None => Ok(()),
            })
        })?;
        Ok(addresses.len())
    }

    /// A page of somebody else in the dress of the explorer: `main` is HTML, already escaped; `scripts` are addresses.
    pub fn framed(&self, address: &str, title: &str, main: &str, scripts: &[&str]) -> Reply {
        let body = html::framed(address.trim_start_matches('/'), title, main, scripts, self.published);
        Reply { status: 200, media_type: FORMS[0].media_type, body: body.into_bytes(), location: None }
    }

    /// A page that says what went wrong.
    pub fn failure(&self, status: u16, title: &str, help: &str) -> Reply {
        let body = html::failure(title, help, self.published).into_bytes();
        Reply { status, media_type: FORMS[0].media_type, body, location: None }
    }

    fn page(&self, address: &str, asked: &Asked<'_>) -> Option<Page> {
        let first = address.split('/').next().unwrap_or_default();
        let kind = KINDS.iter().find(|kind| kind.first == first)?;
        (kind.page)(&self.store, address, asked)
    }
}

fn moved(target: &str) -> Reply {
    let location = format!("/{}", page::encoded(target));
    Reply { status: 301, media_type: "text/plain; charset=utf-8", body: Vec::new(), location: Some(location) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::sample;

    fn explorer() -> (tempfile::TempDir, Explorer) {
        let folder = sample::folder();
        let explorer = Explorer::open(folder.path()).expect("a build");
        (folder, explorer)
    }

    fn text(reply: Reply) -> String {
        String::from_utf8(reply.body).expect("text")
    }

    #[test]
    fn every_address_answers_in_every_form_and_every_link_leads_to_a_page() {
        let (_folder, explorer) = explorer();
        let addresses: std::collections::BTreeSet<String> = explorer.addresses().collect();
        assert!(addresses.len() > 50, "{}", addresses.len());
        for address in &addresses {
            for form in FORMS {
                let reply = explorer.reply(&format!("{address}.{}", form.ending), &[]);
                assert_eq!((reply.status, reply.media_type), (200, form.media_type), "{address}.{}", form.ending);
            }
            let html = text(explorer.reply(address, &[]));
            assert!(!html.contains(" style=") && !html.contains(" onclick"), "{address}");
            let folder = address.rsplit_once('/').map_or("", |(folder, _)| folder);
            for link in html.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                let page = link.split('#').next().unwrap_or_default();
                if page.is_empty() || page.starts_with("data:") || page.ends_with("sparql") {
                    continue;
                }
                let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
                for part in page.split('/') {
                    if part == ".." {
                        assert!(parts.pop().is_some(), "{address}: {link}");
                    } else {
                        parts.push(part);
                    }
                }
                let target = format!("/{}", parts.join("/"));
                assert_eq!(explorer.reply(&target, &[]).status, 200, "{address} links to {target}");
            }
        }
    }

    #[test]
    fn every_link_to_words_has_its_mark() {
        let (_folder, explorer) = explorer();
        let mut followed = 0;
        for address in explorer.addresses() {
            let html = text(explorer.reply(&address, &[]));
            for link in html.split("class=\"words\" href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                let (page, place) = link.split_once('#').expect("a place");
                let page =
                    if page.is_empty() { address.clone() } else { format!("/{}", page.trim_start_matches("../")) };
                let target = text(explorer.reply(&page, &[]));
                assert!(target.contains(&format!("id=\"{place}\"")), "{address}: {link}");
                followed += 1;
            }
        }
        assert!(followed > 20, "{followed}");
    }

    #[test]
    fn other_addresses_lead_on_or_say_so() {
        let (_folder, explorer) = explorer();
        let moved = |path: &str| explorer.reply(path, &[]).location;
        assert_eq!(moved("/document/2014.txt"), moved("/document/2014.txt.html"));
        assert!(moved("/document/2014.txt").is_some_and(|to| to.starts_with("/document/2014")));
        for none in
            ["/nothing", "/person/", "/person/nobody", "/../../etc/passwd", "/document/../entities.csv", "/\0", "/é"]
        {
            let reply = explorer.reply(none, &[]);
            assert!(reply.status == 404 || reply.status == 301, "{none}: {}", reply.status);
        }
        assert_eq!(explorer.reply("/", &[("format".into(), "exe".into())]).status, 400);
        assert_eq!(explorer.reply("/", &[("format".into(), "json".into())]).media_type, "application/json");
        assert_eq!(explorer.reply("/assets/explore.css", &[]).status, 200);
    }

    #[test]
    fn a_search_answers_what_was_typed_escaped() {
        let (_folder, explorer) = explorer();
        let ask = |typed: &str, path: &str| text(explorer.reply(path, &[("q".into(), typed.into())]));
        assert!(
            ask("Tomm Reed", "/search").contains("../person/tom-reed.html")
                || ask("Tomm Reed", "/search").contains("person/tom-reed.html")
        );
        let found: serde_json::Value = serde_json::from_str(&ask("reed", "/search.json")).expect("JSON");
        assert_eq!(found["results"][0]["name"], "Tom Reed");
        assert!(!ask("<script>alert(1)</script>", "/search").contains("<script>alert"));
    }

    #[test]
    fn the_same_build_gives_the_same_bytes() {
        let (_folder, first) = explorer();
        let (_other, second) = explorer();
        for address in first.addresses() {
            assert_eq!(first.reply(&address, &[]), second.reply(&address, &[]), "{address}");
        }
    }
}
