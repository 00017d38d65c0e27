//! The styles of an ODT file, list styles among them.
//!
//! In: the parts `styles.xml` and `content.xml`. Out: what a style makes of a paragraph or a run, and
//! the levels of a list. Never: follow styles that rest on one another in a circle.

use rustc_hash::FxHashMap;

use crate::read::numbering::{LEVELS, Level, Numeral};
use crate::read::xml::Tree;

/// Styles that rest on one another.
const DEEPEST: usize = 24;

/// What a style says; none where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    is_heavy: Option<bool>,
    is_underlined: Option<bool>,
    /// Whether it is bold or underlined.
    pub(super) is_bold: Option<bool>,
    pub(super) is_hidden: Option<bool>,
    /// Level of a heading; 0 is running text.
    pub(super) outline: Option<u8>,
    pub(super) list: Option<String>,
    /// Space above and below, in twentieths of a point.
    pub(super) before: Option<i32>,
    pub(super) after: Option<i32>,
}

impl Look {
    /// This, and what it does not say from below it.
    pub(super) fn over(&self, below: &Self) -> Self {
        let is_heavy = self.is_heavy.or(below.is_heavy);
        let is_underlined = self.is_underlined.or(below.is_underlined);
        Self {
            is_heavy,
            is_underlined,
            is_bold: Some(is_heavy == Some(true) || is_underlined == Some(true)),
            is_hidden: self.is_hidden.or(below.is_hidden),
            outline: self.outline.or(below.outline),
            list: self.list.clone().or_else(|| below.list.clone()),
            before: self.before.or(below.before),
            after: self.after.or(below.after),
        }
    }
}

/// All styles.
#[derive(Debug, Default)]
pub(super) struct Styles {
    paragraphs: FxHashMap<String, (Look, Option<String>)>,
    texts: FxHashMap<String, (Look, Option<String>)>,
    lists: FxHashMap<String, Vec<Level>>,
    outline: Vec<Level>,
    base: Look,
}

impl Styles {
    /// Adds the styles of a part.
    pub(super) fn add(&mut self, tree: &Tree<'_>, root: &str, group: &str) {
        let Some(group) = tree.at(0, &[root, group]) else { return };
        for style in tree.children(group) {
            let name = tree.attribute(style, "name");
            let family = tree.attribute(style, "family");
            match (tree.name(style), name, family.as_deref()) {
                ("default-style", _, Some("paragraph")) => self.base = look(tree, style),
                ("style", Some(name), Some(family @ ("paragraph" | "text"))) => {
                    let entry = (look(tree, style), tree.attribute(style, "parent-style-name"));
                    if family == "text" {
                        self.texts.insert(name, entry);
                    } else {
                        self.paragraphs.insert(name, entry);
                    }
                }
                ("list-style", Some(name), _) => _ = self.lists.insert(name, levels(tree, style)),
                ("outline-style", ..) => self.outline = levels(tree, style),
                _ => {}
            }
        }
    }

    /// What a style makes of a paragraph.
    pub(super) fn paragraph(&self, style: &str) -> Look {
        resolve(&self.paragraphs, style).over(&self.base)
    }

    /// What a style makes of a run.
    pub(super) fn text(&self, style: &str) -> Look {
        resolve(&self.texts, style)
    }

    /// The levels of a list.
    pub(super) fn levels(&self, style: &str) -> &[Level] {
        self.lists.get(style).map_or(&[], Vec::as_slice)
    }

    /// The levels of headings.
    pub(super) fn outline(&self) -> &[Level] {
        &self.outline
    }
}

fn resolve(styles: &FxHashMap<String, (Look, Option<String>)>, style: &str) -> Look {
    let mut look = Look::default();
    let mut next = Some(style);
    for _ in 0..DEEPEST {
        let Some((own, below)) = next.and_then(|name| styles.get(name)) else { break };
        look = look.over(own);
        next = below.as_deref();
    }
    look
}

fn look(tree: &Tree<'_>, style: usize) -> Look {
    let mut look = Look {
        outline: tree.attribute(style, "default-outline-level").map(|level| level.parse().unwrap_or(0)),
        list: tree.attribute(style, "list-style-name").filter(|name| !name.is_empty()),
        ..Look::default()
    };
    // Some programs give headings no outline level, and titles never have one; their names tell.
    if look.outline.is_none() {
        look.outline = match tree.attribute(style, "name").as_deref() {
            Some("Title") => Some(1),
            Some(name) => name.strip_prefix("Heading_20_").and_then(|level| level.parse().ok()),
            None => None,
        };
    }
    if let Some(properties) = tree.child(style, "text-properties") {
        let value = |name: &str| tree.attribute(properties, name);
        look.is_heavy =
            value("font-weight").map(|weight| weight == "bold" || weight.parse().is_ok_and(|weight: u32| weight > 500));
        look.is_underlined = value("text-underline-style").map(|line| line != "none");
        look.is_hidden = value("display").map(|display| display == "none");
    }
    if let Some(properties) = tree.child(style, "paragraph-properties") {
        let value = |name: &str| tree.attribute(properties, name).and_then(|length| twentieths(&length));
        (look.before, look.after) = (value("margin-top"), value("margin-bottom"));
    }
    look
}

/// A length in twentieths of a point; none for percentages.
fn twentieths(length: &str) -> Option<i32> {
    let at = length.find(|letter: char| letter.is_ascii_alphabetic() || letter == '%')?;
    let (number, unit) = length.split_at(at);
    let points = match unit {
        "pt" => 1.0,
        "in" => 72.0,
        "cm" => 72.0 / 2.54,
        "mm" => 7.2 / 2.54,
        "pc" => 12.0,
        "px" => 0.75,
        _ => return None,
    };
    let length = number.trim().parse::<f64>().ok()? * points * 20.0;
    Some(length.clamp(-30_000.0, 30_000.0) as i32)
}

fn levels(tree: &Tree<'_>, style: usize) -> Vec<Level> {
    let mut levels = Vec::new();
    for level in tree.children(style) {
        let value = |name: &str| tree.attribute(level, name);
        let Some(at) = value("level").and_then(|at| at.parse::<usize>().ok()).filter(|at| (1..=LEVELS).contains(at))
        else {
            continue;
        };
        let numeral = match (tree.name(level), value("num-format").as_deref()) {
            ("list-level-style-number" | "outline-level-style", format) => match format {
                Some("1") => Numeral::Decimal,
                Some("a") => Numeral::Lower,
                Some("A") => Numeral::Upper,
                Some("i") => Numeral::LowerRoman,
                Some("I") => Numeral::UpperRoman,
                Some("") | None => Numeral::Nothing,
                Some(other) if other.starts_with('0') => Numeral::Padded,
                Some(other) if other.starts_with("1st") => Numeral::Ordinal,
                Some(_) => Numeral::Decimal,
            },
            _ => Numeral::Bullet,
        };
        let shown = value("display-levels").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1).clamp(1, at);
        let numbers = (at + 1 - shown..=at).map(|level| format!("%{level}"));
        let number = if numeral == Numeral::Nothing { String::new() } else { numbers.collect::<Vec<_>>().join(".") };
        let (prefix, suffix) = (value("num-prefix").unwrap_or_default(), value("num-suffix").unwrap_or_default());
        let start = value("start-value").and_then(|start| start.parse().ok()).unwrap_or(1);
        if levels.len() < at {
            levels.resize(at, Level::default());
        }
        levels[at - 1] = Level { numeral, start, template: format!("{prefix}{number}{suffix}"), is_legal: false };
    }
    levels
}
