//! What a page holds besides its text: navigation, menus, links to files, what no reader sees.
//!
//! In: the tree of a page. Out: where its text stands, and what of it is none.
//! Never: judge by the body that published the page; only by what its markup says.

use super::tree::{Element, Kind, Tree};

/// Elements without words of the text.
const UNSEEN: &[&str] = &[
    "script", "style", "noscript", "template", "head", "nav", "button", "select", "svg", "iframe", "object", "audio",
    "video", "canvas", "datalist", "math", "input", "img",
];

/// Roles of parts that lead elsewhere.
const ROLES: &[&str] = &["navigation", "search", "banner", "contentinfo", "menu", "menubar", "toolbar", "dialog"];

/// Words of classes and identifiers for parts that lead elsewhere or that no reader sees.
const CLASSES: &[&str] = &[
    "nav",
    "navbar",
    "navigation",
    "menu",
    "breadcrumb",
    "breadcrumbs",
    "skip",
    "skiplink",
    "cookie",
    "cookies",
    "cookiebanner",
    "pagination",
    "hidden",
    "hide",
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "screen-reader-text",
    "noprint",
    "no-print",
    "d-print-none",
    "mghide",
    "mgfilesize",
    "mgprintonly",
    "social",
    "share",
    "sharing",
    "skip-link",
    "skip-links",
    "skip-to-content",
    "site-header",
    "site-footer",
    "site-nav",
    "main-nav",
    "mgbreadcrumbs",
    "mgcookie",
];

/// Classes of lists of links that lead to other pages about the meeting.
const ACTIONS: &str = "mgactionlist";

/// Bytes that the name of a file may have.
const LONGEST: usize = 600;

/// Whether a reader of the page does not see an element, or sees it as a way to somewhere else.
pub(super) fn is_unseen(element: &Element) -> bool {
    if UNSEEN.contains(&element.name()) || ROLES.contains(&element.attribute("role")) {
        return true;
    }
    if element.has_no_attributes() {
        return false;
    }
    let style = element.attribute("style");
    let is_styled_away = style.contains("display") && style.replace(' ', "").contains("display:none");
    is_styled_away
        || element.attribute("aria-hidden") == "true"
        || element.has("hidden")
        || classes(element).any(|class| CLASSES.iter().any(|noise| class.eq_ignore_ascii_case(noise)))
        || (element.name() == "a" && element.attribute("href").contains("mgLocationDetails"))
}

fn classes(element: &Element) -> impl Iterator<Item = &str> {
    element.attribute("class").split_ascii_whitespace().chain(std::iter::once(element.attribute("id")))
}

fn is_of_class(element: &Element, class: &str) -> bool {
    classes(element).any(|one| one.eq_ignore_ascii_case(class))
}

/// The part of a page that holds its text, and a title that stands before it; the whole page where
/// nothing says which part that is.
pub(super) fn root(tree: &Tree) -> (Option<usize>, usize) {
    let mut found: Option<(u8, usize)> = None;
    let mut title = None;
    let mut title_of_found = None;
    each(tree, 0, &mut |node, element| {
        let rank = match element.name() {
            _ if is_of_class(element, "modgov") || is_of_class(element, "mgcontent") => 3,
            "main" => 2,
            _ if element.attribute("role") == "main" => 2,
            _ => 0,
        };
        if element.name() == "h1" {
            title = Some(node);
        }
        if rank > found.map_or(0, |(rank, _)| rank) {
            found = Some((rank, node));
            title_of_found = title;
        }
    });
    let Some((_, node)) = found else { return (None, 0) };
    // A part with a tenth of the words is not the text.
    if words(tree, node) * 10 < words(tree, 0) {
        return (None, 0);
    }
    let mut has_title = false;
    each(tree, node, &mut |_, element| has_title |= element.name() == "h1");
    (title_of_found.filter(|_| !has_title), node)
}

/// Visits all elements that a reader sees, in order.
fn each(tree: &Tree, node: usize, visit: &mut impl FnMut(usize, &Element)) {
    for child in tree.children(node) {
        if let Kind::Element(element) = tree.kind(child)
            && !is_unseen(element)
        {
            visit(child, element);
            each(tree, child, visit);
        }
    }
}

/// Bytes of words that a reader sees.
fn words(tree: &Tree, node: usize) -> usize {
    let count = |child: usize| match tree.kind(child) {
        Kind::Text(text) => text.trim().len(),
        Kind::Element(element) if !is_unseen(element) => words(tree, child),
        _ => 0,
    };
    tree.children(node).map(count).sum()
}

/// Whether a list entry is a link to a file (`Appendix 1 PDF 115 KB`) or to another page about the
/// meeting, and no more.
pub(super) fn is_link_entry(tree: &Tree, list: &Element, item: usize) -> bool {
    let Some(words) = tree.words(item, LONGEST) else { return false };
    let words = words.trim();
    if is_of_class(list, ACTIONS) {
        // What it does say is to which meeting a page belongs.
        return !words.starts_with("Meeting of");
    }
    if without_size(words).is_none() {
        return false;
    }
    let is_link = |&child: &usize| matches!(tree.kind(child), Kind::Element(element) if element.name() == "a");
    let words = |child| tree.words(child, LONGEST).unwrap_or_default();
    let outside = |&child: &usize| !is_link(&child) && !words(child).trim().is_empty();
    let has_link = tree.children(item).any(|child| is_link(&child));
    has_link && tree.children(item).filter(outside).all(|child| without_size(&words(child)).is_some())
}

/// Whether a line announces a list of files.
pub(super) fn announces_files(words: &str) -> bool {
    let words = words.trim().trim_end_matches(':').to_ascii_lowercase();
    words.len() <= 40 && (words.ends_with("documents") || words.ends_with("attachments") || words == "papers")
}

/// The words before the kind and size of a file that a page writes behind a link to it:
/// `Rents pdf icon PDF 115 KB`; none where there is no such thing.
pub(super) fn without_size(words: &str) -> Option<&str> {
    let bare = words.trim_end().trim_end_matches(')').trim_end();
    let number = strip_word(bare, &["KB", "MB", "K", "M", "kB"])?.trim_end();
    let kind = number.trim_end_matches(|digit: char| digit.is_ascii_digit() || matches!(digit, '.' | ','));
    if kind.len() == number.len() {
        return None;
    }
    let kinds = ["PDF", "DOC", "DOCX", "XLS", "XLSX", "PPT", "PPTX", "RTF", "ZIP", "CSV", "ODT"];
    let before = strip_word(kind.trim_end().trim_end_matches([',', '(']), &kinds)?.trim_end();
    let before = before.trim_end_matches(['(', ',', ';']).trim_end();
    // The name of the picture before it, and the item that the file belongs to.
    let before =
        before.strip_suffix("icon").map_or(before, |words| strip_word(words.trim_end(), &kinds).unwrap_or(before));
    let before = before.trim_end().trim_end_matches(['(', ',']).trim_end();
    Some(match before.rfind(", item ") {
        Some(at) if before.len() - at <= 12 => before[..at].trim_end(),
        _ => before,
    })
}

/// The words before a last one, which may be glued to them.
fn strip_word<'w>(words: &'w str, ends: &[&str]) -> Option<&'w str> {
    let strip = |end: &&str| {
        let at = words.len().checked_sub(end.len()).filter(|&at| words.is_char_boundary(at))?;
        words[at..].eq_ignore_ascii_case(end).then(|| &words[..at])
    };
    // The longest wins: `DOCX` before `DOC` is no matter, as both stand at the end.
    ends.iter().find_map(strip)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_sizes_of_files_are_found() {
        let check = |words, expected| assert_eq!(without_size(words), expected, "{words}");
        check("Minutes pdf icon PDF 154 KB", Some("Minutes"));
        check("Pimlico District HeatingPDF 500 KB", Some("Pimlico District Heating"));
        check("Appendix 1 , item 5. pdf icon PDF 1.2 MB", Some("Appendix 1"));
        check("Agenda frontsheet (PDF, 132 KB)", Some("Agenda frontsheet"));
        check("The backup holds 132 KB", None);
        check("He paid £5 M", None);
        check("Rents", None);
    }
}
