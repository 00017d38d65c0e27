//! The styles and list definitions of a DOCX file.
//!
//! In: the parts `styles.xml` and `numbering.xml`. Out: what a style makes of a paragraph, and the
//! levels of a list. Never: follow styles that rest on one another in a circle.

use rustc_hash::FxHashMap;

use crate::read::numbering::{LEVELS, Level, Numeral};
use crate::read::xml::Tree;

/// Styles that rest on one another.
const DEEPEST: usize = 24;

/// What a style or a paragraph's own properties say; none where they say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) is_bold: Option<bool>,
    /// Level of a heading; 0 is running text.
    pub(super) heading: Option<u8>,
    /// The list.
    pub(super) number: Option<u32>,
    /// The level of the list.
    pub(super) level: Option<usize>,
    /// Space above and below, in twentieths of a point.
    pub(super) before: Option<i32>,
    pub(super) after: Option<i32>,
}

impl Look {
    /// This, and what it does not say from below it.
    pub(super) fn over(&self, below: &Self) -> Self {
        Self {
            is_bold: self.is_bold.or(below.is_bold),
            heading: self.heading.or(below.heading),
            number: self.number.or(below.number),
            level: self.level.or(below.level),
            before: self.before.or(below.before),
            after: self.after.or(below.after),
        }
    }
}

/// All styles.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_name: FxHashMap<String, (Look, Option<String>)>,
    /// The style of paragraphs that name none.
    pub(super) normal: String,
    base: Look,
}

impl Styles {
    pub(super) fn parse(tree: &Tree<'_>) -> Self {
        let mut styles = Self::default();
        let Some(root) = tree.child(0, "styles") else { return styles };
        if let Some(defaults) = tree.child(root, "docDefaults") {
            if let Some(properties) = tree.at(defaults, &["pPrDefault", "pPr"]) {
                styles.base = own_look(tree, properties);
            }
            if let Some(properties) = tree.at(defaults, &["rPrDefault", "rPr"]) {
                styles.base.is_bold = set_apart(tree, properties);
            }
        }
        for style in tree.children(root).filter(|&style| tree.name(style) == "style") {
            let Some(id) = tree.attribute(style, "styleId") else { continue };
            let mut look = tree.child(style, "pPr").map(|properties| own_look(tree, properties)).unwrap_or_default();
            if let Some(properties) = tree.child(style, "rPr") {
                look.is_bold = set_apart(tree, properties);
            }
            let name = tree.value(style, "name", "val").unwrap_or_default().to_lowercase();
            if let Some(level) = name.strip_prefix("heading ").and_then(|level| level.parse::<u8>().ok()) {
                look.heading = Some(level.clamp(1, 6));
            } else if name == "title" {
                look.heading = Some(1);
            }
            let is_default = tree.attribute(style, "default").is_some_and(|value| value == "1" || value == "true");
            if is_default && tree.attribute(style, "type").as_deref() == Some("paragraph") {
                styles.normal.clone_from(&id);
            }
            styles.by_name.insert(id, (look, tree.value(style, "basedOn", "val")));
        }
        styles
    }

    /// What a style makes of a paragraph, with all that it rests on.
    pub(super) fn look(&self, style: &str) -> Look {
        let mut look = Look::default();
        let mut next = Some(style);
        for _ in 0..DEEPEST {
            let Some((own, below)) = next.and_then(|id| self.by_name.get(id)) else { break };
            look = look.over(own);
            next = below.as_deref();
        }
        look.over(&self.base)
    }
}

/// What the properties of a paragraph say themselves.
pub(super) fn own_look(tree: &Tree<'_>, properties: usize) -> Look {
    let mut look = Look::default();
    if let Some(level) = tree.value(properties, "outlineLvl", "val").and_then(|level| level.parse::<u8>().ok()) {
        look.heading = Some(if level < 9 { (level + 1).min(6) } else { 0 });
    }
    if let Some(number) = tree.child(properties, "numPr") {
        let value = |name: &str| tree.value(number, name, "val").and_then(|value| value.parse::<u32>().ok());
        (look.number, look.level) = (value("numId"), value("ilvl").map(|level| level as usize));
    }
    if let Some(spacing) = tree.child(properties, "spacing") {
        let value = |name: &str, or: &str| {
            let is_automatic = tree.attribute(spacing, or).is_some_and(|value| value == "1" || value == "true");
            let value = tree.attribute(spacing, name).and_then(|value| value.parse::<i32>().ok());
            if is_automatic { Some(280) } else { value }
        };
        (look.before, look.after) = (value("before", "beforeAutospacing"), value("after", "afterAutospacing"));
    }
    look
}

/// Whether the properties of a run make it bold or underlined; none where they say nothing.
pub(super) fn set_apart(tree: &Tree<'_>, properties: usize) -> Option<bool> {
    let underline = tree.value(properties, "u", "val").map(|line| line != "none");
    match (is_on(tree, properties, "b"), underline) {
        (None, None) => None,
        (bold, underline) => Some(bold == Some(true) || underline == Some(true)),
    }
}

/// Whether a property that is on or off is set.
pub(super) fn is_on(tree: &Tree<'_>, properties: usize, name: &str) -> Option<bool> {
    let property = tree.child(properties, name)?;
    let value = tree.attribute(property, "val");
    Some(!matches!(value.as_deref(), Some("0" | "false" | "off" | "none")))
}

/// A list as paragraphs name it.
#[derive(Debug)]
pub(super) struct List {
    /// The key under which it counts.
    pub(super) key: u32,
    pub(super) levels: Vec<Level>,
    /// Levels that begin anew with a number when the list begins.
    pub(super) restarts: Vec<(usize, u32)>,
}

/// All lists.
#[derive(Debug, Default)]
pub(super) struct Numbering(FxHashMap<u32, List>);

impl Numbering {
    pub(super) fn parse(tree: &Tree<'_>, styles: &Styles) -> Self {
        let mut numbering = Self::default();
        let Some(root) = tree.child(0, "numbering") else { return numbering };
        let number = |node: usize, name: &str| tree.attribute(node, name).and_then(|value| value.parse::<u32>().ok());
        let mut kinds: FxHashMap<u32, (Vec<Level>, Option<String>)> = FxHashMap::default();
        for kind in tree.children(root).filter(|&node| tree.name(node) == "abstractNum") {
            let Some(id) = number(kind, "abstractNumId") else { continue };
            let mut levels = Vec::new();
            for level in tree.children(kind).filter(|&node| tree.name(node) == "lvl") {
                set(&mut levels, number(level, "ilvl"), parse_level(tree, level));
            }
            kinds.insert(id, (levels, tree.value(kind, "numStyleLink", "val")));
        }
        let all = || tree.children(root).filter(|&node| tree.name(node) == "num");
        let of = |list: usize| tree.value(list, "abstractNumId", "val").and_then(|id| id.parse::<u32>().ok());
        let named: FxHashMap<u32, u32> = all().filter_map(|list| Some((number(list, "numId")?, of(list)?))).collect();
        for list in all() {
            let (Some(id), Some(mut kind)) = (number(list, "numId"), of(list)) else { continue };
            // A definition may send to a list style, which names a list, which has a definition.
            if let Some((levels, Some(style))) = kinds.get(&kind)
                && levels.is_empty()
                && let Some(&other) = styles.look(style).number.and_then(|list| named.get(&list))
            {
                kind = other;
            }
            let mut levels = kinds.get(&kind).map(|(levels, _)| levels.clone()).unwrap_or_default();
            let mut restarts = Vec::new();
            for change in tree.children(list).filter(|&node| tree.name(node) == "lvlOverride") {
                let at = number(change, "ilvl");
                if let Some(level) = tree.child(change, "lvl") {
                    set(&mut levels, at, parse_level(tree, level));
                }
                let start = tree.value(change, "startOverride", "val").and_then(|start| start.parse::<u32>().ok());
                if let (Some(at), Some(start)) = (at, start) {
                    restarts.push((at as usize, start));
                }
            }
            numbering.0.insert(id, List { key: kind, levels, restarts });
        }
        numbering
    }

    /// A list by its number.
    pub(super) fn list(&self, id: u32) -> Option<&List> {
        self.0.get(&id)
    }
}

fn set(levels: &mut Vec<Level>, at: Option<u32>, level: Level) {
    let Some(at) = at.map(|at| at as usize).filter(|&at| at < LEVELS) else { return };
    if levels.len() <= at {
        levels.resize(at + 1, Level::default());
    }
    levels[at] = level;
}

fn parse_level(tree: &Tree<'_>, level: usize) -> Level {
    let value = |name: &str| tree.value(level, name, "val");
    let numeral = match value("numFmt").as_deref() {
        Some("bullet") => Numeral::Bullet,
        Some("none") => Numeral::Nothing,
        Some("lowerLetter") => Numeral::Lower,
        Some("upperLetter") => Numeral::Upper,
        Some("lowerRoman") => Numeral::LowerRoman,
        Some("upperRoman") => Numeral::UpperRoman,
        Some("decimalZero") => Numeral::Padded,
        Some("ordinal") => Numeral::Ordinal,
        _ => Numeral::Decimal,
    };
    let start = value("start").and_then(|start| start.parse().ok()).unwrap_or(1);
    let is_legal = is_on(tree, level, "isLgl") == Some(true);
    Level { numeral, start, template: value("lvlText").unwrap_or_default(), is_legal }
}
