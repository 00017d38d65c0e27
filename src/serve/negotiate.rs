//! Which format will do. In: what a client accepts, and what there is. Out: the format it likes best.

/// A format that can be given.
#[derive(Debug)]
pub(super) struct Offer {
    /// The ending of its files, which names it in `format=` too.
    pub(super) ending: &'static str,
    /// Media types that ask for it.
    media_types: &'static [&'static str],
}

/// A page to look at.
pub(super) static PAGE: Offer = Offer { ending: "html", media_types: &["text/html", "application/xhtml+xml"] };

/// Formats of rows, the first where nothing is asked for.
pub(super) static ROWS: &[Offer] = &[
    Offer { ending: "json", media_types: &["application/sparql-results+json", "application/json", "text/json"] },
    Offer { ending: "xml", media_types: &["application/sparql-results+xml", "application/xml", "text/xml"] },
    Offer { ending: "csv", media_types: &["text/csv"] },
    Offer { ending: "tsv", media_types: &["text/tab-separated-values"] },
];

/// Formats of graphs, the first where nothing is asked for.
pub(super) static GRAPHS: &[Offer] = &[
    Offer { ending: "ttl", media_types: &["text/turtle", "application/turtle", "application/x-turtle"] },
    Offer { ending: "nt", media_types: &["application/n-triples", "text/plain"] },
    Offer { ending: "rdf", media_types: &["application/rdf+xml", "application/xml", "text/xml"] },
    Offer { ending: "jsonld", media_types: &["application/ld+json", "application/json"] },
    Offer { ending: "nq", media_types: &["application/n-quads"] },
    Offer { ending: "trig", media_types: &["application/trig"] },
];

/// The offer that is liked best, and how much, in thousandths; the first of those that are liked as much.
pub(super) fn liked<'o>(accept: &str, offers: &'o [Offer]) -> Option<(&'o Offer, u32)> {
    let mut best = None;
    for offer in offers {
        let liking = offer.media_types.iter().map(|media_type| liking(accept, media_type)).max().unwrap_or(0);
        if liking > best.map_or(0, |(_, most)| most) {
            best = Some((offer, liking));
        }
    }
    best
}

/// How much a media type is liked, by the most specific range that covers it.
fn liking(accept: &str, media_type: &str) -> u32 {
    if accept.trim().is_empty() {
        return 1000;
    }
    let family = media_type.split('/').next().unwrap_or("");
    let mut best = (0, 0);
    for range in accept.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or("");
        let specific = match name.split_once('/') {
            Some(("*", "*")) => 1,
            Some((kind, "*")) if kind.eq_ignore_ascii_case(family) => 2,
            _ if name.eq_ignore_ascii_case(media_type) => 3,
            _ => continue,
        };
        let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        let weight = weight.map_or(1.0, |weight| weight.parse::<f32>().unwrap_or(0.0)).clamp(0.0, 1.0);
        best = best.max((specific, (weight * 1000.0) as u32));
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_that_is_liked_best_is_given() {
        for (accept, rows, graph) in [
            ("", "json", "ttl"),
            ("*/*", "json", "ttl"),
            ("text/csv", "csv", "-"),
            ("text/csv;q=0.1, application/json;q=0.2", "json", "jsonld"),
            ("application/sparql-results+xml;q=0.9, text/csv;q=0.9", "xml", "-"),
            ("text/*", "json", "ttl"),
            ("text/turtle;q=0, */*;q=0.1", "json", "ttl"),
            ("application/rdf+xml", "-", "rdf"),
            ("application/json;q=0", "-", "-"),
            ("image/png", "-", "-"),
            ("q=;,,/;text/csv;q=x,text/csv;q=nan", "-", "-"),
            ("TEXT/CSV ; Q=0.5", "csv", "-"),
        ] {
            let ending = |offers| liked(accept, offers).map_or("-", |(offer, _)| offer.ending);
            assert_eq!((ending(ROWS), ending(GRAPHS)), (rows, graph), "{accept}");
        }
    }

    #[test]
    fn a_browser_likes_a_page_best() {
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8";
        let page = liked(browser, std::slice::from_ref(&PAGE)).expect("a page").1;
        assert!(page > liked(browser, ROWS).expect("rows").1);
    }
}
