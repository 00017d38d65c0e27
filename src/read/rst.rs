//! reStructuredText.
//!
//! In: bytes. Out: the text that a reader of the rendered page sees: headings by their underlines,
//! lists, tables, fields; those at the top are metadata.
//! Never: show marks of emphasis, targets of links, comments or directives.

use super::clean::clean;
use super::layout::{Break, Draft, Layout};
use super::rows::{self, Row};
use super::{Format, Likeness, ReadError, Reading, text};
use crate::model::LineKind;

/// The row of reStructuredText.
pub(super) const FORMAT: Format = Format {
    name: "rst",
    extensions: &["rst", "rest"],
    media_type: "text/x-rst",
    recognises,
    read,
    about: "reStructuredText: headings by their underlines, lists, tables, fields; those at the top are metadata",
};

fn recognises(bytes: &[u8]) -> Likeness {
    if text::recognises(bytes) == Likeness::No {
        return Likeness::No;
    }
    let sample = text::decode(&bytes[..bytes.len().min(64 << 10)]);
    // What stands nowhere is looked for in no line.
    let holds = |words: &str| memchr::memmem::find(sample.as_bytes(), words.as_bytes()).is_some();
    if !holds(">`_") && !holds(".. ") {
        return Likeness::Weak;
    }
    let lines: Vec<&str> = sample.lines().collect();
    let has_headings = (1..lines.len()).any(|at| underline(&lines, at).is_some());
    let is_marked = |line: &&str| line.contains(">`_") || line.starts_with(".. _") || is_directive(line);
    if has_headings && lines.iter().any(is_marked) { Likeness::Strong } else { Likeness::Weak }
}

fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    if text::recognises(bytes) == Likeness::No {
        return Err(ReadError::Unknown);
    }
    let decoded = text::decode(bytes);
    let source = clean(&decoded);
    let lines: Vec<&str> = source.split(['\n', super::clean::PAGE]).map(str::trim_end).collect();
    let mut writer = Writer {
        layout: Layout::default(),
        before: Break::Soft,
        levels: Vec::new(),
        tables: 0,
        is_head: true,
        depth: 0,
    };
    writer.all(&lines);
    Ok(writer.layout.finish())
}

/// The sign with which line `at` underlines the one before it.
fn underline(lines: &[&str], at: usize) -> Option<char> {
    let sign = rule(lines.get(at)?)?;
    let title = lines.get(at.checked_sub(1)?)?.trim_end();
    let is_title = !title.is_empty() && !title.starts_with([' ', '\t']) && rule(title).is_none();
    // A shorter underline is a misprint that is read all the same, but not a much shorter one.
    let (length, long) = (title.chars().count(), lines[at].trim_end().len());
    (is_title && long + 3 >= length).then_some(sign)
}

/// The sign that a line consists of.
fn rule(line: &str) -> Option<char> {
    let sign = line.chars().next().filter(char::is_ascii_punctuation)?;
    let line = line.trim_end();
    (line.len() >= 3 && line.chars().all(|other| other == sign)).then_some(sign)
}

fn is_directive(line: &str) -> bool {
    line.trim_start().strip_prefix(".. ").is_some_and(|rest| rest.contains("::"))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

struct Writer {
    layout: Layout,
    before: Break,
    /// Signs of underlines in the order in which they came, and whether a line stood above too.
    levels: Vec<(char, bool)>,
    tables: u32,
    /// Whether no more than a title and fields have come.
    is_head: bool,
    /// Directives within one another.
    depth: usize,
}

/// Directives within one another; what is deeper is read as plain lines.
const DEEPEST: usize = 40;

impl Writer {
    fn all(&mut self, lines: &[&str]) {
        if self.depth > DEEPEST {
            lines.iter().filter(|line| !line.trim().is_empty()).for_each(|line| self.line(line));
            return;
        }
        self.depth += 1;
        let mut at = 0;
        while at < lines.len() {
            let line = lines[at];
            let bare = line.trim();
            at += if bare.is_empty() {
                self.before = self.before.max(Break::Paragraph);
                1
            } else if let Some(sign) = rule(line).filter(|&sign| underline(lines, at + 2) == Some(sign)) {
                self.heading(lines[at + 1].trim(), sign, true);
                3
            } else if let Some(sign) = underline(lines, at + 1) {
                self.heading(bare, sign, false);
                2
            } else if bare.starts_with("..") && bare[2..].chars().next().is_none_or(|next| next == ' ') {
                self.explicit(&lines[at..])
            } else if bare.starts_with('+') && bare.ends_with('+') && bare.contains("--") {
                self.grid(&lines[at..])
            } else if is_ruler(bare) {
                self.simple(&lines[at..])
            } else if rule(line).is_some_and(|sign| sign != '.') {
                // A line across the page.
                self.before = self.before.max(Break::Paragraph);
                1
            } else {
                self.line(line);
                1
            };
        }
        self.depth -= 1;
    }

    fn heading(&mut self, title: &str, sign: char, is_over: bool) {
        let level = self.levels.iter().position(|&known| known == (sign, is_over)).unwrap_or_else(|| {
            self.levels.push((sign, is_over));
            self.levels.len() - 1
        });
        let kind = LineKind::Heading(level.min(5) as u8 + 1);
        self.push(Draft { words: inline(title), kind, before: Break::Paragraph, ..Draft::default() });
        self.before = Break::Paragraph;
    }

    fn push(&mut self, mut draft: Draft) {
        draft.before = draft.before.max(std::mem::take(&mut self.before));
        self.layout.push(&draft);
    }

    fn line(&mut self, line: &str) {
        let bare = line.trim();
        if let Some((name, value)) = field(bare) {
            let (name, value) = (inline(name), inline(value));
            let before = self.layout.raw.len();
            self.push(Draft { words: format!("{name}: {value}"), before: Break::Hard, ..Draft::default() });
            if self.is_head && !value.trim().is_empty() && self.layout.raw.len() > before {
                let end = self.layout.raw.len();
                self.layout.metadata.push((name.to_lowercase(), end - value.trim_end().len()..end));
            }
            return;
        }
        self.is_head = false;
        // Lines of a line block end where their author ended them.
        let (bare, is_block) = match bare.strip_prefix("| ") {
            Some(rest) => (rest, true),
            None => (bare, false),
        };
        let is_bold = |inner: &str| !inner.is_empty() && !inner.contains("**");
        let emphasis = bare.strip_prefix("**").and_then(|rest| rest.strip_suffix("**")).is_some_and(is_bold);
        let words = inline(bare);
        let words = words.strip_suffix("::").map_or(words.clone(), |words| {
            if words.ends_with(' ') || words.is_empty() { words.trim_end().to_owned() } else { format!("{words}:") }
        });
        let before = if is_block { Break::Hard } else { Break::Soft };
        let indent = indent(line).min(usize::from(u16::MAX)) as u16;
        self.push(Draft { words, before, indent, emphasis, ..Draft::default() });
    }

    /// Comments, targets, directives and notes: how many lines they take.
    fn explicit(&mut self, lines: &[&str]) -> usize {
        let own = indent(lines[0]);
        let length = 1 + lines[1..]
            .iter()
            .position(|line| !line.trim().is_empty() && indent(line) <= own)
            .unwrap_or(lines.len() - 1);
        let head = lines[0].trim()[2..].trim();
        let body = &lines[1..length];
        self.before = self.before.max(Break::Paragraph);
        if let Some((number, note)) = head.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            self.line(&format!("[{number}] {}", note.trim()));
            self.all(body);
        } else if let Some((name, argument)) = head.split_once("::").filter(|(name, _)| !name.contains(' ')) {
            let content: Vec<&str> = body.iter().filter(|line| field(line.trim()).is_none()).copied().collect();
            match name {
                "list-table" => self.list_table(&content),
                "note" | "warning" | "important" | "attention" | "tip" | "hint" | "admonition" | "topic"
                | "sidebar" | "epigraph" | "rubric" | "container" | "class" | "compound" | "table" => {
                    if !argument.trim().is_empty() && name != "container" && name != "class" {
                        self.line(argument.trim());
                        self.before = Break::Paragraph;
                    }
                    self.all(&content);
                }
                _ => {}
            }
        }
        self.before = self.before.max(Break::Paragraph);
        length
    }

    fn table(&mut self, rows: Vec<Row>) {
        for draft in rows::lay_out(rows, self.tables, Break::Paragraph) {
            self.push(draft);
        }
        self.tables += 1;
        self.before = Break::Paragraph;
    }

    /// `* - a` begins a row, `- b` goes on with it.
    fn list_table(&mut self, lines: &[&str]) {
        let mut rows: Vec<Row> = Vec::new();
        for line in lines {
            let bare = line.trim();
            let (starts, rest) = match bare.strip_prefix("* ") {
                Some(rest) => (true, rest.trim_start()),
                None => (false, bare),
            };
            if starts {
                rows.push(Row { cells: Vec::new(), header: rows.is_empty() });
            }
            let Some(row) = rows.last_mut() else { continue };
            if let Some(words) = rest.strip_prefix('-') {
                row.cells.push(cell(words));
            } else if let Some(last) = row.cells.last_mut() {
                last.extend(cell(rest));
            }
        }
        self.table(rows);
    }

    /// A table drawn with `+`, `-` and `|`.
    fn grid(&mut self, lines: &[&str]) -> usize {
        let is_part = |line: &&&str| line.trim_start().starts_with(['+', '|']);
        let length = lines.iter().take_while(is_part).count();
        let edges = lines[0].char_indices().filter(|&(_, sign)| sign == '+').map(|(at, _)| at);
        let edges: Vec<usize> = edges.take(rows::WIDEST).collect();
        let mut rows = vec![Row { cells: vec![Vec::new(); edges.len().saturating_sub(1)], header: false }];
        for line in &lines[1..length] {
            if line.trim_start().starts_with('+') {
                if line.contains("==") {
                    for row in &mut rows {
                        row.header = true;
                    }
                }
                rows.push(Row { cells: vec![Vec::new(); edges.len().saturating_sub(1)], header: false });
                continue;
            }
            // Columns are counted in characters.
            let characters: Vec<char> = line.chars().collect();
            let Some(row) = rows.last_mut() else { break };
            for (at, pair) in edges.windows(2).enumerate() {
                let part: String = slice(&characters, pair[0] + 1, pair[1]).iter().collect();
                row.cells[at].extend(cell(part.trim_matches('|')));
            }
        }
        rows.iter_mut().for_each(wrapped);
        self.table(rows);
        length.max(1)
    }

    /// A table whose columns lie under `====  ====`.
    fn simple(&mut self, lines: &[&str]) -> usize {
        let rulers: Vec<usize> = (0..lines.len()).take(5000).filter(|&at| is_ruler(lines[at].trim())).take(3).collect();
        let end = match rulers[..] {
            // The first ruler closes the head where another follows.
            [_, head, last] if !lines[head..last].iter().any(|line| line.trim().is_empty()) || head == 2 => last,
            [_, last, ..] => last,
            _ => {
                self.line(lines[0]);
                return 1;
            }
        };
        let columns = columns(lines[0]);
        let mut rows: Vec<Row> = Vec::new();
        for line in &lines[1..end] {
            if is_ruler(line.trim()) {
                for row in &mut rows {
                    row.header = true;
                }
                continue;
            }
            if line.trim().is_empty() {
                continue;
            }
            let characters: Vec<char> = line.chars().collect();
            let part = |at: usize| {
                let end = columns.get(at + 1).copied().unwrap_or(usize::MAX);
                slice(&characters, columns[at], end).iter().collect::<String>()
            };
            let cells: Vec<Vec<Draft>> = (0..columns.len()).map(|at| cell(&part(at))).collect();
            // A row without its first column goes on with the one above.
            match rows.last_mut().filter(|_| cells[0].is_empty()) {
                Some(row) => row.cells.iter_mut().zip(cells).for_each(|(cell, more)| cell.extend(more)),
                None => rows.push(Row { cells, header: false }),
            }
        }
        rows.iter_mut().for_each(wrapped);
        self.table(rows);
        end + 1
    }
}

/// Joins the lines of each cell, which are there for want of room.
fn wrapped(row: &mut Row) {
    for cell in &mut row.cells {
        let words: Vec<String> = cell.drain(..).map(|line| line.words).collect();
        if !words.is_empty() {
            cell.push(Draft { words: words.join(" "), ..Draft::default() });
        }
    }
}

fn cell(words: &str) -> Vec<Draft> {
    let words = inline(words.trim());
    if words.is_empty() { Vec::new() } else { vec![Draft { words, ..Draft::default() }] }
}

/// `====  ====`: the ruler of a simple table.
fn is_ruler(line: &str) -> bool {
    line.contains(' ') && line.split_whitespace().count() > 1 && line.chars().all(|sign| matches!(sign, '=' | ' '))
}

/// A part of a line, as far as the line goes.
fn slice(characters: &[char], start: usize, end: usize) -> &[char] {
    let end = end.min(characters.len());
    characters.get(start..end).unwrap_or(&[])
}

/// Where the columns of a ruler begin.
fn columns(ruler: &str) -> Vec<usize> {
    let bytes = ruler.as_bytes();
    (0..bytes.len()).filter(|&at| bytes[at] == b'=' && (at == 0 || bytes[at - 1] != b'=')).take(rows::WIDEST).collect()
}

/// `:Name: value`.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix(':')?.split_once(':')?;
    let is_name = !name.is_empty() && name.len() <= 40 && !name.contains('`');
    (is_name && (value.is_empty() || value.starts_with(' '))).then_some((name, value.trim()))
}

/// Text without marks: emphasis, code, roles, and the targets of links.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['*', '`', '\\', '_']) {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let opens =
            before.chars().next_back().or_else(|| out.chars().next_back()).is_none_or(|last| !last.is_alphanumeric());
        let take = |mark: &str| {
            let inner = found.strip_prefix(mark).filter(|inner| opens && !inner.starts_with(char::is_whitespace))?;
            let end = inner.find(mark).filter(|&end| end > 0)?;
            Some((&inner[..end], &inner[end + mark.len()..]))
        };
        if let Some(escaped) = found.strip_prefix('\\') {
            // An escaped space is none.
            let next = escaped.chars().next();
            out.extend(next.filter(|next| !next.is_whitespace()));
            rest = &escaped[next.map_or(0, char::len_utf8)..];
        } else if let Some((inner, after)) = take("``").or_else(|| take("**")).or_else(|| take("*")) {
            out.push_str(inner);
            rest = after;
        } else if let Some((inner, after)) = take("`") {
            // A role before the text goes with it.
            if let Some(role) =
                out.strip_suffix(':').and_then(|words| words.rfind(':')).filter(|&role| !out[role..].contains(' '))
            {
                out.truncate(role);
            }
            let words =
                inner.rsplit_once('<').filter(|_| inner.ends_with('>')).map_or(inner, |(words, _)| words.trim_end());
            out.push_str(if words.is_empty() { inner.trim_matches(['<', '>']) } else { words });
            rest = after.trim_start_matches('_');
        } else if found.starts_with('_')
            && (!opens || out.ends_with(']'))
            && found[1..].chars().next().is_none_or(|next| !next.is_alphanumeric())
        {
            // `name_` is a link.
            rest = found.trim_start_matches('_');
        } else {
            let sign = found.chars().next().map_or(1, char::len_utf8);
            out.push_str(&found[..sign]);
            rest = &found[sign..];
        }
    }
    out.push_str(rest);
    out
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
    fn headings_fields_lists_and_marks() {
        check(
            "==========\nMill Board\n==========\n\n:Date: 4 May 2020\n:Chair: *Ann* Lee\n\nPresent\n-------\n\n- **Ann Lee** (`Mill Trust \
             <http://x.y>`_)\n- Bo Ek, :role:`clerk`\n\n.. comment\n   more of it\n\n.. note::\n   Bo Ek left at noon [1]_\n\n1. Rents_ and \
             ``roof``\n   were seen to::\n\n.. [1] By train\n.. _Rents: http://z\n\nApologies\n---------\n\n**None**\n",
            &expect![[r#"
                date = "4 May 2020"
                chair = "Ann Lee"
                h1 "Mill Board"
                text gap "Date: 4 May 2020"
                text "Chair: Ann Lee"
                h2 gap "Present"
                text gap <-> "Ann Lee (Mill Trust)"
                text <-> "Bo Ek, clerk"
                text gap in3 "Bo Ek left at noon [1]"
                text gap <1.> "Rents and roof"
                text in3 "were seen to:"
                text gap "[1] By train"
                h2 gap "Apologies"
                text gap bold "None"
            "#]],
        );
    }

    #[test]
    fn tables_are_rows() {
        check(
            "+------+-------+\n| Name | Role  |\n+======+=======+\n| Ann  | Chair |\n|      | Clerk |\n+------+-------+\n\n=====  =====\nName   \
             Role\n=====  =====\nBo     Chair\n=====  =====\n\n.. list-table::\n   :header-rows: 1\n\n   * - Name\n     - Role\n   * - Cy\n     - \
             Clerk\n",
            &expect![[r#"
                row0! | Name | Role |
                row0 | Ann | Chair Clerk |
                row1! gap | Name | Role |
                row1 | Bo | Chair |
                row2! gap | Name | Role |
                row2 | Cy | Clerk |
            "#]],
        );
    }
}
