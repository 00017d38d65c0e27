//! XML as a tree: the parts of office files and the answers of web services.
//!
//! In: XML, however broken. Out: a [`Tree`] of bounded depth and size, up to where it is well-formed.
//! Never: expand an entity that the XML declares, or fetch anything that it names.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Elements within one another; what is opened beyond is read as if its tags were not there.
const DEEPEST: usize = 200;

/// Elements and pieces of text of one tree; what follows is not read.
const MOST: usize = 3_000_000;

/// XML as a tree. Nodes are numbers; 0 holds the outermost element.
#[derive(Debug)]
pub(super) struct Tree<'x> {
    nodes: Vec<Node<'x>>,
    /// Whether it is broken or too large, so that its end is missing.
    pub(super) is_cut: bool,
}

#[derive(Debug)]
struct Node<'x> {
    kind: Kind<'x>,
    next: usize,
    first: usize,
    last: usize,
}

#[derive(Debug)]
enum Kind<'x> {
    Element(BytesStart<'x>),
    Text(Cow<'x, str>),
}

/// No node; 0 is nobody's child or sibling.
const NONE: usize = 0;

impl<'x> Tree<'x> {
    /// Parses XML as far as it is well-formed.
    pub(super) fn parse(xml: &'x str) -> Self {
        let mut tree = Self { nodes: Vec::new(), is_cut: false };
        tree.nodes.push(Node { kind: Kind::Text(Cow::Borrowed("")), next: NONE, first: NONE, last: NONE });
        let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
        reader.config_mut().check_end_names = false;
        let mut open = vec![0];
        let mut beyond = 0_usize;
        loop {
            if tree.nodes.len() >= MOST {
                tree.is_cut = true;
                break;
            }
            let parent = open[open.len() - 1];
            match reader.read_event() {
                Ok(Event::Start(start)) if open.len() < DEEPEST => {
                    let node = tree.add(parent, Kind::Element(start));
                    open.push(node);
                }
                Ok(Event::Start(_)) => beyond += 1,
                Ok(Event::End(_)) if beyond > 0 => beyond -= 1,
                Ok(Event::End(_)) => {
                    if open.len() > 1 {
                        open.pop();
                    }
                }
                Ok(Event::Empty(start)) => _ = tree.add(parent, Kind::Element(start)),
                Ok(Event::Text(text)) => _ = tree.add(parent, Kind::Text(text.into_inner())),
                Ok(Event::CData(text)) => _ = tree.add(parent, Kind::Text(text.into_inner())),
                Ok(Event::GeneralRef(name)) => {
                    let character = name.resolve_char_ref().ok().flatten().map(String::from);
                    let words = character
                        .map(Cow::Owned)
                        .or_else(|| quick_xml::escape::resolve_predefined_entity(&name).map(Cow::Borrowed));
                    if let Some(words) = words {
                        tree.add(parent, Kind::Text(words));
                    }
                }
                Ok(Event::Eof) => {
                    tree.is_cut = open.len() > 1;
                    break;
                }
                Ok(_) => {}
                Err(_) => {
                    tree.is_cut = true;
                    break;
                }
            }
        }
        tree
    }

    fn add(&mut self, parent: usize, kind: Kind<'x>) -> usize {
        let node = self.nodes.len();
        self.nodes.push(Node { kind, next: NONE, first: NONE, last: NONE });
        match self.nodes[parent].last {
            NONE => self.nodes[parent].first = node,
            last => self.nodes[last].next = node,
        }
        self.nodes[parent].last = node;
        node
    }

    /// The name of an element without its prefix; empty for text.
    pub(super) fn name(&self, node: usize) -> &str {
        match &self.nodes[node].kind {
            Kind::Element(start) => local(start.name().0),
            Kind::Text(_) => "",
        }
    }

    /// The words of a piece of text; none for an element.
    pub(super) fn text(&self, node: usize) -> Option<&str> {
        match &self.nodes[node].kind {
            Kind::Text(words) => Some(words),
            Kind::Element(_) => None,
        }
    }

    /// The value of an attribute, named without its prefix.
    pub(super) fn attribute(&self, node: usize, name: &str) -> Option<String> {
        let Kind::Element(start) = &self.nodes[node].kind else { return None };
        let mut attributes = start.attributes();
        // The check for attributes that stand twice takes quadratic time.
        let found = attributes.with_checks(false).flatten().find(|one| local(one.key.0) == name)?;
        let value = quick_xml::escape::unescape(&found.value).map(Cow::into_owned);
        Some(value.unwrap_or_else(|_| found.value.clone().into_owned()))
    }

    /// The nodes within a node, in order.
    pub(super) fn children(&self, node: usize) -> impl Iterator<Item = usize> {
        let some = |node: usize| Some(node).filter(|&node| node != NONE);
        std::iter::successors(some(self.nodes[node].first), move |&node| some(self.nodes[node].next))
    }

    /// The first element of a name within a node.
    pub(super) fn child(&self, node: usize, name: &str) -> Option<usize> {
        self.children(node).find(|&child| self.name(child) == name)
    }

    /// The element that a path of names leads to from a node.
    pub(super) fn at(&self, node: usize, path: &[&str]) -> Option<usize> {
        path.iter().try_fold(node, |node, name| self.child(node, name))
    }

    /// The value of an attribute of a child.
    pub(super) fn value(&self, node: usize, child: &str, name: &str) -> Option<String> {
        self.child(node, child).and_then(|child| self.attribute(child, name))
    }

    /// All words within a node.
    pub(super) fn words(&self, node: usize) -> String {
        let mut words = self.text(node).unwrap_or("").to_owned();
        for child in self.children(node) {
            words.push_str(&self.words(child));
        }
        words
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_attributes_are_plain() {
        let tree = Tree::parse(
            "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><w:a x:y='1 &amp; 2'>A&amp;B&#x20ac;&b;<c/>D",
        );
        let a = tree.child(0, "a").unwrap();
        assert_eq!(tree.attribute(a, "y").as_deref(), Some("1 & 2"));
        assert_eq!(tree.words(a), "A&B€D");
        assert!(tree.is_cut);
    }

    #[test]
    fn depth_and_attributes_are_bounded() {
        let deep = "<a>".repeat(500_000);
        let tree = Tree::parse(&deep);
        assert!(tree.words(0).is_empty());
        let many = format!("<a {}>x</a>", "b='1' ".repeat(300_000));
        let tree = Tree::parse(&many);
        assert_eq!(tree.attribute(1, "c"), None);
    }
}
