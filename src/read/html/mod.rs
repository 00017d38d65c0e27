//! HTML: the text that a reader of the page sees.
//!
//! In: a page or a part of one. Out: a [`Reading`] with headings, list items with the markers that a
//! browser would write, table rows with cells, and lines that are bold.
//! Never: show what no reader sees (scripts, navigation, buttons), or follow a link.

mod noise;
mod table;
mod tree;

use super::clean::{PAGE, clean};
use super::layout::{Break, Draft, Layout};
use super::marker::is_marked;
use super::numbering::Numeral;
use super::{Format, Likeness, ReadError, Reading, text};
use crate::model::LineKind;
use tree::{Kind, Tree};

/// The row of HTML.
pub(super) const FORMAT: Format = Format {
    name: "html",
    extensions: &["html", "htm", "xhtml"],
    media_type: "text/html",
    recognises,
    read,
    about: "Web pages and parts of pages: headings, lists, tables, without navigation, scripts and buttons",
};

/// In the text of pages that other readers make: a line end that may be there for want of room.
pub(super) const SOFT: char = '\u{e000}';

/// In such text: a tab, which HTML would make a space.
pub(super) const TAB: char = '\u{e001}';

fn recognises(bytes: &[u8]) -> Likeness {
    let sample = text::decode(&bytes[..bytes.len().min(16 << 10)]);
    let sample = sample.trim_start();
    let sample = after_declaration(sample);
    if opens(sample, "<!doctype html") || opens(sample, "<html") {
        return Likeness::Sure;
    }
    let tags =
        ["<p>", "<p ", "</p>", "<div", "<li>", "<br", "<td", "<h2", "<h3", "<strong>", "<body", "<table", "<span"];
    let places = memchr::memchr_iter(b'<', sample.as_bytes());
    let count = places.filter(|&at| tags.iter().any(|tag| opens(&sample[at..], tag))).count();
    match (sample.starts_with('<') && !opens(sample, "<?xml"), count) {
        (true, 3..) => Likeness::Strong,
        (_, 3..) | (true, 1..) => Likeness::Weak,
        _ => Likeness::No,
    }
}

/// Whether markup begins with a tag, in capitals or not.
fn opens(markup: &str, tag: &str) -> bool {
    markup.as_bytes().get(..tag.len()).is_some_and(|words| words.eq_ignore_ascii_case(tag.as_bytes()))
}

/// What follows an XML declaration, which pages of some programs begin with.
fn after_declaration(markup: &str) -> &str {
    let rest = opens(markup, "<?xml").then(|| markup.split_once("?>")).flatten();
    rest.map_or(markup, |(_, rest)| rest.trim_start()).trim_start_matches('\u{feff}')
}

fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    if text::recognises(bytes) == Likeness::No {
        return Err(ReadError::Unknown);
    }
    let mut layout = Layout::default();
    let tree = Tree::parse(&text::decode(bytes));
    let (title, root) = noise::root(&tree);
    let is_cut = tree.is_cut;
    let mut renderer = Renderer::new(&tree);
    if let Some(title) = title {
        renderer.node(title);
    }
    renderer.children(root);
    renderer.write(&mut layout);
    let mut reading = layout.finish();
    if is_cut {
        reading.missing =
            Some("the page is too large; what comes after its first three million parts is missing".to_owned());
    }
    Ok(reading)
}

/// Adds the lines of some markup to a layout; true where it was too large to be read whole.
pub(super) fn render(markup: &str, layout: &mut Layout) -> bool {
    let tree = Tree::parse(markup);
    let mut renderer = Renderer::new(&tree);
    renderer.children(0);
    renderer.write(layout);
    tree.is_cut
}

/// The words of some markup, on one line.
pub(super) fn words(markup: &str) -> String {
    let mut layout = Layout::default();
    render(markup, &mut layout);
    super::clean::collapse(&layout.raw)
}

/// Walks the tree and gathers lines.
struct Renderer<'t> {
    tree: &'t Tree,
    drafts: Vec<Draft>,
    /// Words of the line that is being written.
    words: String,
    /// How many of its visible characters are bold.
    bold_characters: usize,
    before: Break,
    lists: Vec<List>,
    /// The marker of a list item whose first line has not been written.
    marker: Option<String>,
    /// Whether the next line goes on with a list item.
    is_item: bool,
    heading: Option<u8>,
    bold: u32,
    preformatted: u32,
    tables: u32,
}

struct List {
    /// The next number; none in a list of bullets.
    number: Option<i64>,
    style: Numeral,
}

impl<'t> Renderer<'t> {
    fn new(tree: &'t Tree) -> Self {
        Self {
            tree,
            drafts: Vec::new(),
            words: String::new(),
            bold_characters: 0,
            before: Break::Soft,
            lists: Vec::new(),
            marker: None,
            is_item: false,
            heading: None,
            bold: 0,
            preformatted: 0,
            tables: 0,
        }
    }

    /// Adds all lines to a layout.
    fn write(mut self, layout: &mut Layout) {
        self.flush();
        if self.drafts.iter().any(|draft| draft.before == Break::Page) {
            layout.page = layout.page.max(1);
        }
        for draft in &self.drafts {
            layout.push(draft);
        }
    }

    fn children(&mut self, node: usize) {
        let tree = self.tree;
        for child in tree.children(node) {
            self.node(child);
        }
    }

    fn node(&mut self, node: usize) {
        let tree = self.tree;
        let element = match tree.kind(node) {
            Kind::Text(text) => return self.text(text),
            Kind::Element(element) => element,
            Kind::Other => return,
        };
        if noise::is_unseen(element) {
            return;
        }
        match element.name() {
            "br" => self.end_line(Break::Hard),
            "hr" if element.attribute("class") == "page" => self.end_line(Break::Page),
            "hr" => self.end_line(Break::Paragraph),
            "b" | "strong" | "u" | "th" | "mark" => {
                self.bold += 1;
                self.children(node);
                self.bold -= 1;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_line(Break::Paragraph);
                self.heading = element.name()[1..].parse().ok();
                self.children(node);
                self.end_line(Break::Paragraph);
                self.heading = None;
            }
            "pre" | "textarea" | "listing" => {
                self.end_line(Break::Paragraph);
                self.preformatted += 1;
                self.children(node);
                self.end_line(Break::Paragraph);
                self.preformatted -= 1;
            }
            "ul" | "ol" | "menu" | "dir" => self.list(node, element),
            "li" => self.item(node, element),
            "table" => self.table(node),
            "p" | "blockquote" | "section" | "article" | "main" | "header" | "footer" | "dl" | "figure" | "form"
            | "fieldset" | "address" | "aside" | "details" => self.block(node, Break::Paragraph),
            "div" | "dt" | "dd" | "tr" | "caption" | "legend" | "summary" | "figcaption" | "center" | "option"
            | "body" => {
                self.block(node, Break::Hard);
            }
            "td" => self.block(node, Break::Hard),
            "q" => {
                self.text("“");
                self.children(node);
                self.text("”");
            }
            _ => self.children(node),
        }
    }

    fn block(&mut self, node: usize, around: Break) {
        self.end_line(around);
        self.children(node);
        self.end_line(around);
    }

    fn list(&mut self, node: usize, element: &tree::Element) {
        // A list within an item goes on with it, one of its own stands apart.
        self.end_line(if self.lists.is_empty() { Break::Paragraph } else { Break::Hard });
        let style = match element.attribute("type") {
            "a" => Numeral::Lower,
            "A" => Numeral::Upper,
            "i" => Numeral::LowerRoman,
            "I" => Numeral::UpperRoman,
            _ => Numeral::Decimal,
        };
        let start = element.attribute("start").trim().parse().unwrap_or(1);
        let number = (element.name() == "ol").then_some(start);
        let (marker, is_item) = (self.marker.take(), std::mem::take(&mut self.is_item));
        self.lists.push(List { number, style });
        let drafts = self.drafts.len();
        let tree = self.tree;
        let mut has_link_entries = false;
        for child in tree.children(node) {
            let is_item = matches!(tree.kind(child), Kind::Element(element) if element.name() == "li");
            if is_item && noise::is_link_entry(tree, element, child) {
                has_link_entries = true;
            } else {
                self.node(child);
            }
        }
        self.lists.pop();
        // A line that announces files goes with them.
        if has_link_entries && self.drafts.len() == drafts && self.words.trim().is_empty() {
            self.drafts.pop_if(|last| noise::announces_files(&last.words));
        }
        (self.marker, self.is_item) = (marker, is_item);
        self.end_line(if self.lists.is_empty() { Break::Paragraph } else { Break::Hard });
    }

    fn item(&mut self, node: usize, element: &tree::Element) {
        self.end_line(Break::Hard);
        let marker = match self.lists.last_mut() {
            Some(List { number: Some(number), style }) => {
                *number = element.attribute("value").trim().parse().unwrap_or(*number);
                let marker = marker(*style, *number);
                *number = number.saturating_add(1);
                marker
            }
            _ => "•".to_owned(),
        };
        self.marker = Some(marker);
        self.is_item = true;
        self.children(node);
        self.end_line(Break::Hard);
        self.marker = None;
        self.is_item = false;
    }

    fn text(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                SOFT => self.end_line(Break::Soft),
                TAB => self.words.push('\t'),
                '\n' if self.preformatted > 0 => self.end_line(Break::Soft),
                ' ' | '\t' if self.preformatted > 0 => self.words.push(character),
                ' ' | '\t' | '\n' | '\r' | PAGE => {
                    if !self.words.is_empty() && !self.words.ends_with([' ', '\t']) {
                        self.words.push(' ');
                    }
                }
                _ => {
                    self.words.push(character);
                    self.bold_characters += usize::from(self.bold > 0 && !character.is_whitespace());
                }
            }
        }
    }

    /// Ends the line and says what stands between it and the next.
    fn end_line(&mut self, before: Break) {
        if self.preformatted > 0 && before == Break::Soft && self.words.trim().is_empty() && !self.drafts.is_empty() {
            self.before = self.before.max(Break::Paragraph);
        }
        self.flush();
        self.before = self.before.max(before);
    }

    fn flush(&mut self) {
        let bold = std::mem::take(&mut self.bold_characters);
        let words = std::mem::take(&mut self.words);
        let words = clean(&words);
        let mut lines = words.lines().filter(|line| !line.trim().is_empty());
        let Some(first) = lines.next() else { return };
        let rest = lines.map(str::to_owned).collect::<Vec<_>>();
        self.line(first, bold);
        for line in rest {
            self.before = Break::Hard;
            self.line(&line, 0);
        }
    }

    fn line(&mut self, words: &str, bold: usize) {
        let lead = words.len() - words.trim_start().len();
        let visible = words.chars().filter(|character| !character.is_whitespace()).count();
        let words = words.trim();
        let words = noise::without_size(words).unwrap_or(words);
        if words.is_empty() {
            return;
        }
        let depth = self.lists.len().saturating_sub(1).min(200) as u8;
        let mut draft = Draft { words: words.to_owned(), emphasis: bold >= visible && bold > 0, ..Draft::default() };
        draft.before = std::mem::take(&mut self.before);
        if let Some(level) = self.heading {
            draft.kind = LineKind::Heading(level);
        } else if self.is_item && (self.marker.is_some() || draft.before == Break::Soft) {
            draft.kind = LineKind::ListItem(depth);
            draft.indent = u16::from(depth) * 2;
        } else if !self.lists.is_empty() {
            draft.indent = u16::from(depth) * 2 + 2;
        } else if self.preformatted > 0 {
            draft.indent = lead.min(200) as u16;
        }
        // A marker that the author typed stands for the one that the browser would draw.
        if let Some(marker) = self.marker.take()
            && !is_marked(words)
        {
            draft.words = format!("{marker} {words}");
            draft.marker = marker.len();
        }
        self.drafts.push(draft);
    }
}

/// The marker of a list item as a browser draws it.
fn marker(style: Numeral, number: i64) -> String {
    match u32::try_from(number) {
        Ok(number @ 1..) => format!("{}.", style.write(number)),
        _ => format!("{number}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tests::show;
    use expect_test::{Expect, expect};

    fn check(markup: &str, expected: &Expect) {
        expected.assert_eq(&show(&read(markup.as_bytes()).unwrap()));
    }

    #[test]
    fn lists_have_the_markers_of_a_browser() {
        check(
            "<h2>Agenda</h2><ol start=3><li>Rents<li>Roof<ol type=a><li>Cost</ol></ol><ul><li>- Tea<li>Cake<p>Not bread</ul>",
            &expect![[r#"
                h2 "Agenda"
                item0 gap <3.> "Rents"
                item0 <4.> "Roof"
                item1 in2 <a.> "Cost"
                item0 gap <-> "Tea"
                item0 <•> "Cake"
                text gap in2 "Not bread"
            "#]],
        );
    }

    #[test]
    fn bold_lines_and_breaks_are_lines() {
        check(
            "<p><b>Present</b><br>Ms&nbsp;A.&nbsp;Lee<br>Mr B. Ek<p><strong>Apologies:</strong> none",
            &expect![[r#"
            text bold "Present"
            text "Ms A. Lee"
            text "Mr B. Ek"
            text gap "Apologies: none"
        "#]],
        );
    }

    #[test]
    fn what_no_reader_sees_is_left_out() {
        check(
            "<title>x</title><nav>Home</nav><script>1</script><p>Seen<span style='display: none'>not</span><button>Go</button>",
            &expect![[r#"
                text "Seen"
            "#]],
        );
    }

    #[test]
    fn a_page_of_a_council_is_its_text() {
        check(
            "<body><div class='breadcrumb'>Home</div><h1>Agenda and minutes</h1><div id=modgov><h2>Cabinet - Monday, 4th May, 2020</h2>\
             <ul class=mgActionList><li><a>Attendance details</a><li><a>Meeting of Cabinet, 4th May</a></ul><table><tr><th>No.<th>Item\
             <tr><td><p>1.<td><p><a href=a.pdf>Rents PDF 10 KB</a><p>Additional documents:<ul><li><a href=b.pdf>Appendix <span class=mgFileSize>, \
             item 1. PDF 9 KB</span></a><li><a href=c.pdf>Map pdf icon PDF 2 MB</a></ul><p>Minutes:<p>Noted.<tr><td>2.<td>Roof</table></div><footer role=contentinfo>Privacy</footer>",
            &expect![[r#"
                h1 "Agenda and minutes"
                h2 gap "Cabinet - Monday, 4th May, 2020"
                item0 gap <•> "Meeting of Cabinet, 4th May"
                row0! gap | No. | Item |
                text gap <1.> "Rents"
                text gap "Minutes:"
                text gap "Noted."
                text gap <2.> "Roof"
            "#]],
        );
    }
}
