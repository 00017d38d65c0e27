//! Markdown, with a YAML block at its head or without.
//!
//! In: bytes. Out: the text that a reader of the rendered page sees; the values of the block stand in
//! lines at the top. Markdown becomes HTML and goes the way of all HTML, but for what HTML would lose:
//! line ends, tabs and runs of spaces.
//! Never: show marks of emphasis or targets of links; take laid-out plain text for Markdown.

use std::fmt::Write;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use super::clean::{PAGE, clean, collapse};
use super::frontmatter::{self, Value};
use super::html::{self, SOFT, TAB};
use super::layout::{Break, Draft, Layout};
use super::{Format, Likeness, ReadError, Reading, text};
use crate::model::LineKind;

/// The row of Markdown.
pub(super) const FORMAT: Format = Format {
    name: "markdown",
    extensions: &["md", "markdown", "mdown", "mkd", "qmd"],
    media_type: "text/markdown",
    recognises,
    read,
    about: "Markdown with YAML front matter, whose title, date and attendance are metadata; HTML within it is rendered",
};

fn recognises(bytes: &[u8]) -> Likeness {
    if text::recognises(bytes) == Likeness::No {
        return Likeness::No;
    }
    let sample = text::decode(&bytes[..bytes.len().min(256 << 10)]);
    let sample = clean(&sample);
    if frontmatter::split(&sample).is_some() {
        return Likeness::Strong;
    }
    let (mut lines, mut marked, mut headings, mut laid_out) = (0, 0, 0, usize::from(sample.contains(PAGE)) * 5);
    // What stands nowhere is looked for in no line.
    let holds = |words: &str| memchr::memmem::find(sample.as_bytes(), words.as_bytes()).is_some();
    let marks: Vec<&str> = ["**", "](", "\\."].into_iter().filter(|mark| holds(mark)).collect();
    let has_gaps = holds("    ");
    for line in sample.lines() {
        let bare = line.trim_start();
        let inset = line.len() - bare.len();
        if bare.is_empty() {
            continue;
        }
        let is_heading = bare.starts_with("# ") || bare.starts_with("## ") || bare.starts_with("### ");
        lines += 1;
        headings += usize::from(is_heading);
        let is_marked = bare.starts_with("| ") || marks.iter().any(|mark| bare.contains(mark));
        marked += usize::from(is_heading || is_marked || bare.starts_with("</") || bare.starts_with("<p"));
        laid_out += usize::from(inset >= 4 || (has_gaps && bare.contains("    ") && !bare.starts_with('|')));
    }
    if laid_out * 10 > lines && laid_out > marked * 3 {
        Likeness::No
    } else if headings >= 2 && marked > headings {
        Likeness::Strong
    } else {
        Likeness::Weak
    }
}

fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    if text::recognises(bytes) == Likeness::No {
        return Err(ReadError::Unknown);
    }
    let decoded = text::decode(bytes);
    let source = clean(&decoded);
    let (values, body) = frontmatter::split(&source).unwrap_or((Vec::new(), &source));
    let body = to_html(body);
    let mut layout = Layout::default();
    let mut is_cut = metadata(&values, &body, &mut layout);
    is_cut |= html::render(&body, &mut layout);
    let mut reading = layout.finish();
    if is_cut {
        reading.missing =
            Some("the file is too large; what comes after its first three million parts is missing".to_owned());
    }
    Ok(reading)
}

/// The longest value that is a named value; what is longer, or has paragraphs, is a part of the text.
const LONGEST: usize = 400;

/// Writes the values of the block at the top: `key: value` on a line each, long ones as the Markdown
/// or HTML that they are, unless the body says the same.
fn metadata(values: &[Value], body: &str, layout: &mut Layout) -> bool {
    let mut seen = None;
    let mut is_cut = false;
    let is_part = |words: &str| words.len() > LONGEST || words.contains('\n');
    for (key, words) in values.iter().filter(|(_, words)| !is_part(words)) {
        let words = if words.contains(['&', '<']) { html::words(words) } else { collapse(words) };
        let lead = format!("{key}: ");
        let before = layout.raw.len();
        layout.push(&Draft { words: format!("{lead}{words}"), before: Break::Hard, ..Draft::default() });
        let start = if before == 0 { 0 } else { before + 1 } + lead.len();
        layout.metadata.push((key.clone(), start..layout.raw.len().max(start)));
    }
    for (key, words) in values.iter().filter(|(_, words)| is_part(words)) {
        // Linked data for machines says what the text says.
        if words.starts_with(['{', '[']) {
            continue;
        }
        let part = to_html(words);
        let said = seen.get_or_insert_with(|| collapse(&html::words(body)));
        let opening: String = html::words(&part).chars().take(200).collect();
        if said.contains(opening.trim()) {
            continue;
        }
        if !part.trim_start().starts_with("<h") {
            let kind = LineKind::Heading(1);
            layout.push(&Draft { words: key.clone(), before: Break::Paragraph, kind, ..Draft::default() });
        }
        is_cut |= html::render(&part, layout);
    }
    is_cut
}

/// Markdown as HTML, with signs for what HTML has no signs for.
fn to_html(source: &str) -> String {
    let source = without_traps(source);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut out = String::with_capacity(source.len() * 5 / 4);
    let mut lists: Vec<Option<Numbers>> = Vec::new();
    let mut in_images = 0_usize;
    let mut in_head = false;
    let events: Vec<_> = Parser::new_ext(&source, options).into_offset_iter().collect();
    for (at, (event, range)) in events.iter().enumerate() {
        if in_images > 0 && !matches!(event, Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image)) {
            continue;
        }
        match event {
            Event::Start(tag) => match tag {
                Tag::Paragraph => out.push_str("<p>"),
                Tag::Heading { level, .. } => _ = write!(out, "<{level}>"),
                Tag::BlockQuote(_) => out.push_str("<blockquote>"),
                Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) => out.push_str("<pre>\n"),
                Tag::List(None) => {
                    lists.push(None);
                    out.push_str("<ul>");
                }
                Tag::List(Some(_)) => {
                    lists.push(Some(Numbers::of(&events[at..], &source)));
                    out.push_str("<ol>");
                }
                Tag::Item => match lists.last_mut() {
                    Some(Some(numbers)) => _ = write!(out, "<li value=\"{}\">", numbers.next(&source[range.clone()])),
                    _ => out.push_str("<li>"),
                },
                Tag::Table(_) => out.push_str("<table>"),
                Tag::TableHead => {
                    in_head = true;
                    out.push_str("<thead><tr>");
                }
                Tag::TableRow => out.push_str("<tr>"),
                Tag::TableCell => out.push_str(if in_head { "<th>" } else { "<td>" }),
                Tag::Strong => out.push_str("<b>"),
                Tag::FootnoteDefinition(_) | Tag::HtmlBlock => out.push_str("<div>"),
                Tag::Image { .. } => in_images += 1,
                _ => {}
            },
            Event::End(tag) => match tag {
                TagEnd::Paragraph => out.push_str("</p>\n"),
                TagEnd::Heading(level) => _ = writeln!(out, "</{level}>"),
                TagEnd::BlockQuote(_) => out.push_str("</blockquote>"),
                TagEnd::CodeBlock => out.push_str("</pre>\n"),
                TagEnd::List(is_ordered) => {
                    lists.pop();
                    out.push_str(if *is_ordered { "</ol>\n" } else { "</ul>\n" });
                }
                TagEnd::Item => out.push_str("</li>"),
                TagEnd::Table => out.push_str("</table>\n"),
                TagEnd::TableHead => {
                    in_head = false;
                    out.push_str("</tr></thead>");
                }
                TagEnd::TableRow => out.push_str("</tr>"),
                TagEnd::TableCell => out.push_str(if in_head { "</th>" } else { "</td>" }),
                TagEnd::Strong => out.push_str("</b>"),
                TagEnd::FootnoteDefinition | TagEnd::HtmlBlock => out.push_str("</div>"),
                TagEnd::Image => in_images = in_images.saturating_sub(1),
                _ => {}
            },
            Event::Text(words) | Event::Code(words) => escape(words, &mut out),
            Event::Html(markup) | Event::InlineHtml(markup) => out.push_str(markup),
            Event::SoftBreak => out.push(SOFT),
            Event::HardBreak => out.push_str("<br>"),
            Event::Rule => out.push_str("<hr>"),
            Event::FootnoteReference(name) => _ = write!(out, "[{name}]"),
            _ => {}
        }
    }
    out
}

/// The numbers of a list: those that the author typed, unless all are the same, which asks for counting.
struct Numbers {
    are_typed: bool,
    next: u64,
}

impl Numbers {
    fn of(events: &[(Event<'_>, std::ops::Range<usize>)], source: &str) -> Self {
        let mut depth = 0_usize;
        let mut typed = Vec::new();
        // A list whose first items hold more than this is counted.
        for (event, range) in events.iter().take(5000) {
            match event {
                Event::Start(Tag::List(_)) => depth += 1,
                Event::End(TagEnd::List(_)) => depth -= 1,
                // Two numbers are enough to tell.
                Event::Start(Tag::Item) if depth == 1 => typed.push(number(&source[range.clone()])),
                _ => {}
            }
            if depth == 0 || typed.len() == 2 {
                break;
            }
        }
        let are_typed = typed.len() < 2 || typed[0] != typed[1];
        Self { are_typed, next: typed.first().copied().flatten().unwrap_or(1) }
    }

    fn next(&mut self, item: &str) -> u64 {
        let value = number(item).filter(|_| self.are_typed).unwrap_or(self.next);
        self.next = value.saturating_add(1);
        value
    }
}

fn number(item: &str) -> Option<u64> {
    let item = item.trim_start();
    item[..item.bytes().take_while(u8::is_ascii_digit).count()].parse().ok()
}

/// Text as HTML; tabs and runs of spaces, which set columns apart, are kept.
fn escape(words: &CowStr<'_>, out: &mut String) {
    let mut characters = words.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\t' => out.push(TAB),
            ' ' if out.ends_with('\u{a0}') || characters.peek() == Some(&' ') => out.push('\u{a0}'),
            _ => out.push(character),
        }
    }
}

/// Takes away what Markdown would misread in minutes: a rule under a line of text that breaks a page and
/// makes no heading, page numbers after it, and the boxes that note-taking programs write.
fn without_traps(source: &str) -> String {
    let lines: Vec<&str> = source.split('\n').collect();
    let is_rule = |line: &str| line.len() >= 3 && line.trim_end().bytes().all(|byte| byte == b'-');
    let under_text = |at: usize| is_rule(lines[at]) && at > 0 && !lines[at - 1].trim().is_empty();
    let is_title = |at: usize| {
        let words = lines[at - 1].trim();
        let length = words.chars().count();
        let alone = at < 2 || lines[at - 2].trim().is_empty();
        alone && length <= 80 && !words.ends_with(['.', ';', ',']) && (lines[at].trim().len() > 3 || length <= 40)
    };
    let is_page_number = |at: usize| {
        lines[at + 1..].iter().find(|line| !line.trim().is_empty()).is_some_and(|line| {
            let line = line.trim();
            line.len() <= 4 && line.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let rules = || (0..lines.len()).filter(|&at| under_text(at));
    let breaks_pages =
        rules().any(|at| !is_title(at) || (lines[at].trim_end() == "---" && is_page_number(at))) || opens_alike(&lines);
    let mut out = String::with_capacity(source.len() + 64);
    for (at, line) in lines.iter().enumerate() {
        let line = if is_attributes(line) {
            ""
        } else if breaks_pages && line.trim_end() == "---" {
            "\n<hr class=\"page\">\n"
        } else if breaks_pages && under_text(at) {
            "\n---\n"
        } else {
            line
        };
        for (at, part) in line.split(PAGE).enumerate() {
            out.push_str(if at > 0 { "\n\n<hr class=\"page\">\n\n" } else { "" });
            match callout(part) {
                Some(title) => _ = write!(out, "> **{title}**\n>"),
                None => out.push_str(part),
            }
        }
        out.push('\n');
    }
    out
}

/// Whether most rules are followed by the same words: the head of a page.
fn opens_alike(lines: &[&str]) -> bool {
    let mut heads: Vec<&str> = Vec::new();
    let mut is_after_rule = false;
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        let is_rule = line.trim_end() == "---";
        if is_after_rule && !is_rule {
            heads.push(line.trim());
        }
        is_after_rule = is_rule;
    }
    let first = heads.first().copied().unwrap_or("");
    heads.len() >= 2 && heads.iter().filter(|&&head| head == first).count() * 2 > heads.len()
}

/// `{: .class #name}`, which sets attributes of what stands above it.
fn is_attributes(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("{:") && line.ends_with('}')
}

/// The title of `> [!note]- Title`.
fn callout(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('>')?.trim_start().strip_prefix("[!")?;
    let (kind, title) = inner.split_once(']')?;
    let title = title.trim_start_matches(['-', '+']).trim();
    (kind.bytes().all(|byte| byte.is_ascii_alphabetic()) && !title.is_empty()).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tests::show;
    use expect_test::{Expect, expect};

    fn check(source: &str, expected: &Expect) {
        expected.assert_eq(&show(&read(source.as_bytes()).unwrap()));
    }

    #[test]
    fn marks_are_gone_and_structure_stays() {
        check(
            "# Board of the *Mill*\n\n**Present:** [Ann Lee](http://x.y) (Chair)\\\nBo Ek  \nCy Day\tMill Trust\n\n**Apologies**\n\n1\\. \
             Rents\n\n3. Roof\n5. Door\n   - Lock\n\n1. One\n1. Two\n\n| Name | Role |\n|--|--|\n| Di Om | |\n",
            &expect![[r#"
                h1 "Board of the Mill"
                text gap "Present: Ann Lee (Chair)"
                text "Bo Ek"
                text | Cy Day | Mill Trust |
                text gap bold "Apologies"
                text gap <1.> "Rents"
                item0 gap <3.> "Roof"
                item0 gap <5.> "Door"
                item1 gap in2 <•> "Lock"
                item0 gap <1.> "One"
                item0 gap <1.> "Two"
                row0! gap | Name | Role |
                row0 | Di Om |  |
            "#]],
        );
    }

    #[test]
    fn the_block_at_the_head_is_metadata_and_text() {
        check(
            "---\ntitle: Mill Board&#58; May\nattendees: [Ann Lee, Bo Ek]\nsummary: <p>The board met in May</p>\nnotes: |\n  ## Notes\n\n  \
             All was well.\n---\nThe board met.\n",
            &expect![[r#"
                title = "Mill Board: May"
                attendees = "Ann Lee"
                attendees = "Bo Ek"
                summary = "The board met in May"
                text "title: Mill Board: May"
                text "attendees: Ann Lee"
                text "attendees: Bo Ek"
                text "summary: The board met in May"
                h2 gap "Notes"
                text gap "All was well."
                text gap "The board met."
            "#]],
        );
    }

    #[test]
    fn a_rule_that_ends_a_page_makes_no_heading() {
        check(
            "The clerk said that the roof of the mill had been mended and that the bill for it\n---\n2\n\nhad been paid.\n\n---\n3\n\nThe \
             end.\n",
            &expect![[r#"
                text "The clerk said that the roof of the mill had been mended and that the bill for it had been paid." p1
                text gap "The end." p3
            "#]],
        );
        check(
            "Board of the Mill\n---\nThe board met.\n",
            &expect![[r#"
            h2 "Board of the Mill"
            text gap "The board met."
        "#]],
        );
    }

    #[test]
    fn boxes_have_a_title() {
        check(
            "> [!note]- Present:\n> A. Lee, B. Ek\n",
            &expect![[r#"
            text bold "Present:"
            text gap "A. Lee, B. Ek"
        "#]],
        );
    }

    #[test]
    fn laid_out_text_is_no_markdown() {
        assert_eq!(
            recognises(b"BOARD\n\nAnn Lee          Chair\nBo Ek            Clerk\n      1. Rents\n"),
            Likeness::No
        );
        assert!(recognises(b"# Board\n\nAnn Lee, chair\n\n    Indented\n") > Likeness::No);
    }
}
