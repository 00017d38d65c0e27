//! The parts of a page: headings, tables, pictures, links to the words. Must never write text that is not escaped.

use std::io::{self, Write};

use super::super::{Job, cell};
use crate::charts::Picture;
use crate::model::{DocumentId, Quote};

/// Rows that a table of the page can bear; the files have all.
pub(super) const MOST_ROWS: usize = 1000;

/// Characters of a quote that are shown.
const SHOWN: usize = 280;

/// A cell: text, a number that is set to the right, or words that lead to where they stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cell {
    /// Text.
    Text(String),
    /// A number.
    Number(usize),
    /// Text and the address that it leads to.
    Link(String, String),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Number(number)
    }
}

impl Cell {
    /// Words, cut where they are long, that lead to where they stand in the text of their document.
    pub(super) fn evidence(job: &Job<'_>, words: &str, document: DocumentId, quote: &Quote) -> Self {
        let mut shown: String = words.chars().take(SHOWN).collect();
        if shown.len() < words.len() {
            shown.push('…');
        }
        if quote.end == quote.start {
            return Self::Text(shown);
        }
        Self::Link(shown, address(&cell::plain(job.view.path(document)), &quote.text))
    }
}

/// The address of words within the text of a document: browsers that know text fragments show the words themselves.
fn address(document: &str, words: &str) -> String {
    let line = words.split(['\n', '\t']).find(|line| !line.trim().is_empty()).unwrap_or("").trim();
    let few: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).take(8).collect();
    let fragment = if few.is_empty() { String::new() } else { format!("#:~:text={}", encoded(&few.join(" "), "")) };
    format!("text/{}.txt{fragment}", encoded(document, "/._"))
}

/// Text for an address: letters, digits and some others as they are.
fn encoded(text: &str, kept: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || kept.contains(c) {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                out.push('%');
                out.extend([byte >> 4, byte & 15].map(|half| char::from(b"0123456789ABCDEF"[half as usize])));
            }
        }
    }
    out
}

/// Text that markup cannot break.
pub(super) fn escaped(text: &str) -> String {
    quick_xml::escape::escape(&*cell::xml(text)).into_owned()
}

/// Begins a section.
pub(super) fn section(out: &mut impl Write, id: &str, words: &str) -> io::Result<()> {
    writeln!(out, "<h2 id=\"{id}\">{}</h2>", escaped(words))
}

/// A heading within a section.
pub(super) fn heading(out: &mut impl Write, words: &str) -> io::Result<()> {
    writeln!(out, "<h3>{}</h3>", escaped(words))
}

/// A paragraph.
pub(super) fn paragraph(out: &mut impl Write, words: &str) -> io::Result<()> {
    writeln!(out, "<p>{}</p>", escaped(words))
}

/// A picture, within the page.
pub(super) fn picture(out: &mut impl Write, picture: &Picture) -> io::Result<()> {
    // A page needs no name space, and an address in it would look like something that is fetched.
    let svg = picture.svg.replacen(" xmlns=\"http://www.w3.org/2000/svg\"", "", 1);
    writeln!(out, "<figure class=\"wide\">\n{svg}</figure>")
}

/// A table; `rest` names the file that has all rows. Rows that the page cannot bear are not made.
pub(super) fn table<const N: usize>(
    out: &mut impl Write,
    caption: &str,
    head: [&str; N],
    rows: impl ExactSizeIterator<Item = [Cell; N]>,
    rest: &str,
) -> io::Result<()> {
    let all = rows.len();
    beginning(out, caption, head, rows, all, rest)
}

/// A table of which the first rows are at hand, and how many there are.
pub(super) fn beginning<const N: usize>(
    out: &mut impl Write,
    caption: &str,
    head: [&str; N],
    rows: impl Iterator<Item = [Cell; N]>,
    all: usize,
    rest: &str,
) -> io::Result<()> {
    let mut rows = rows.take(MOST_ROWS).peekable();
    let Some(first) = rows.peek() else {
        return writeln!(out, "<p>{}: none.</p>", escaped(caption));
    };
    writeln!(out, "<div class=\"wide\"><table>\n<caption>{}</caption>\n<thead><tr>", escaped(caption))?;
    for (name, cell) in head.iter().zip(first) {
        let class = if matches!(cell, Cell::Number(_)) { " class=\"n\"" } else { "" };
        writeln!(out, "<th scope=\"col\"{class}>{}</th>", escaped(name))?;
    }
    out.write_all(b"</tr></thead>\n<tbody>\n")?;
    for row in rows {
        out.write_all(b"<tr>")?;
        for cell in &row {
            match cell {
                Cell::Text(text) => write!(out, "<td>{}</td>", escaped(text))?,
                Cell::Number(number) => write!(out, "<td class=\"n\">{number}</td>")?,
                Cell::Link(text, to) => write!(out, "<td><a href=\"{}\">{}</a></td>", escaped(to), escaped(text))?,
            }
        }
        out.write_all(b"</tr>\n")?;
    }
    out.write_all(b"</tbody>\n</table></div>\n")?;
    match all.saturating_sub(MOST_ROWS) {
        0 => Ok(()),
        more => writeln!(out, "<p>And {more} more rows: <code>{rest}</code> has them all.</p>"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_the_first_words_and_breaks_no_markup() {
        assert_eq!(address("2014/a b#1.txt", "Bob Ash\tTrust"), "text/2014/a%20b%231.txt.txt#:~:text=Bob%20Ash");
        assert_eq!(address("a.txt", ""), "text/a.txt.txt");
        assert_eq!(encoded("é-<\"", ""), "%C3%A9%2D%3C%22");
    }
}
