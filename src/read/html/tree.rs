//! The tree of an HTML page, as browsers build it.
//!
//! In: markup, however broken. Out: a [`Tree`] of bounded depth and size.
//! Never: take more than linear time; markup that is nested too deeply loses tags, not words.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, ExpandedName, QualName, TokenizerResult};

/// Elements within one another; what is opened beyond is read as if its tags were not there.
const DEEPEST: usize = 200;

/// Elements and pieces of text of one page; what follows is not read.
const MOST: usize = 3_000_000;

/// A page as a tree. Nodes are numbers; 0 is the page.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// Whether the page was too large to be read whole.
    pub(super) is_cut: bool,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Kind {
    /// The page, a comment, a declaration.
    Other,
    /// Words.
    Text(String),
    /// An element.
    Element(Rc<Element>),
}

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    id: usize,
    name: QualName,
    attributes: Vec<(QualName, StrTendril)>,
}

#[derive(Debug)]
struct Node {
    kind: Kind,
    parent: usize,
    first: usize,
    last: usize,
    previous: usize,
    next: usize,
    depth: usize,
}

/// No node; 0 is nobody's child or sibling.
const NONE: usize = 0;

impl Element {
    /// Its name in lower case.
    pub(super) fn name(&self) -> &str {
        &self.name.local
    }

    /// Whether it has no attributes at all.
    pub(super) fn has_no_attributes(&self) -> bool {
        self.attributes.is_empty()
    }

    /// Whether it has an attribute, whatever its value.
    pub(super) fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(key, _)| &*key.local == name)
    }

    /// The value of an attribute; empty where it is missing.
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| &*key.local == name).map_or("", |(_, value)| value)
    }
}

impl Tree {
    /// Parses a page or a part of one.
    pub(super) fn parse(markup: &str) -> Self {
        let builder = TreeBuilder::new(Sink::default(), TreeBuilderOpts::default());
        let tokenizer = Tokenizer::new(Guard(builder), TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(markup));
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        tokenizer.end();
        tokenizer.sink.0.sink.finish()
    }

    /// What a node is.
    pub(super) fn kind(&self, node: usize) -> &Kind {
        self.nodes.get(node).map_or(&Kind::Other, |node| &node.kind)
    }

    /// All words within a node, as they stand in the markup; none where they are too long.
    pub(super) fn words(&self, node: usize, longest: usize) -> Option<String> {
        let mut words = String::new();
        self.gather(node, longest, &mut words).then_some(words)
    }

    fn gather(&self, node: usize, longest: usize, words: &mut String) -> bool {
        if let Kind::Text(text) = self.kind(node) {
            if words.len() + text.len() > longest {
                return false;
            }
            words.push_str(text);
        }
        self.children(node).all(|child| self.gather(child, longest, words))
    }

    /// The nodes within a node, in order.
    pub(super) fn children(&self, node: usize) -> impl Iterator<Item = usize> {
        let first = self.nodes.get(node).map_or(NONE, |node| node.first);
        std::iter::successors(Some(first).filter(|&node| node != NONE), |&node| {
            Some(self.nodes[node].next).filter(|&next| next != NONE)
        })
    }
}

/// Keeps the tree from growing too deep or too large.
struct Guard(TreeBuilder<Rc<Element>, Sink>);

impl TokenSink for Guard {
    type Handle = Rc<Element>;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Rc<Element>> {
        let sink = &self.0.sink;
        if sink.nodes.borrow().len() > MOST && !matches!(token, Token::EOFToken) {
            sink.is_cut.set(true);
            return TokenSinkResult::Continue;
        }
        if let Token::TagToken(Tag { kind: TagKind::StartTag, name, .. }) = &token
            && sink.depth.get() >= DEEPEST
            && !matches!(&**name, "script" | "style" | "textarea" | "title" | "br" | "hr")
        {
            return TokenSinkResult::Continue;
        }
        self.0.process_token(token, line)
    }

    fn end(&self) {
        self.0.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.0.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Builds the tree.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    page: Rc<Element>,
    /// Depth of the element that was opened last and is still open.
    depth: Cell<usize>,
    is_cut: Cell<bool>,
}

impl Default for Sink {
    fn default() -> Self {
        let name = || QualName::new(None, html5ever::ns!(html), html5ever::LocalName::from(""));
        let page = Node::new(Kind::Other);
        Self {
            nodes: RefCell::new(vec![page]),
            page: Rc::new(Element { id: 0, name: name(), attributes: Vec::new() }),
            depth: Cell::new(0),
            is_cut: Cell::new(false),
        }
    }
}

impl Node {
    fn new(kind: Kind) -> Self {
        Self { kind, parent: NONE, first: NONE, last: NONE, previous: NONE, next: NONE, depth: 0 }
    }
}

impl Sink {
    fn add(&self, kind: Kind) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node::new(kind));
        nodes.len() - 1
    }

    fn other(&self) -> Rc<Element> {
        let id = self.add(Kind::Other);
        Rc::new(Element { id, name: self.page.name.clone(), attributes: Vec::new() })
    }

    /// Puts a node into a parent, before a sibling or at the end.
    fn insert(&self, parent: usize, before: usize, child: NodeOrText<Rc<Element>>) {
        let mut nodes = self.nodes.borrow_mut();
        let previous = if before == NONE { nodes[parent].last } else { nodes[before].previous };
        let id = match child {
            NodeOrText::AppendNode(element) => element.id,
            NodeOrText::AppendText(words) => {
                if let Some(Node { kind: Kind::Text(text), .. }) = nodes.get_mut(previous).filter(|_| previous != NONE)
                {
                    text.push_str(&words);
                    return;
                }
                nodes.push(Node::new(Kind::Text(words.to_string())));
                nodes.len() - 1
            }
        };
        let depth = nodes[parent].depth + 1;
        if matches!(nodes[id].kind, Kind::Element(_)) {
            self.depth.set(depth);
        }
        let node = &mut nodes[id];
        (node.parent, node.previous, node.next, node.depth) = (parent, previous, before, depth);
        if previous == NONE {
            nodes[parent].first = id;
        } else {
            nodes[previous].next = id;
        }
        if before == NONE {
            nodes[parent].last = id;
        } else {
            nodes[before].previous = id;
        }
    }

    fn remove(&self, id: usize) {
        let mut nodes = self.nodes.borrow_mut();
        let Node { parent, previous, next, .. } = nodes[id];
        if previous != NONE {
            nodes[previous].next = next;
        } else if nodes[parent].first == id {
            nodes[parent].first = next;
        }
        if next != NONE {
            nodes[next].previous = previous;
        } else if nodes[parent].last == id {
            nodes[parent].last = previous;
        }
        let node = &mut nodes[id];
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
    }
}

impl TreeSink for Sink {
    type Handle = Rc<Element>;
    type Output = Tree;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Tree {
        Tree { nodes: self.nodes.into_inner(), is_cut: self.is_cut.get() }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Rc<Element> {
        self.page.clone()
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Element>) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Rc<Element> {
        let id = self.add(Kind::Other);
        let attributes = attributes.into_iter().map(|attribute| (attribute.name, attribute.value)).collect();
        let element = Rc::new(Element { id, name, attributes });
        self.nodes.borrow_mut()[id].kind = Kind::Element(element.clone());
        element
    }

    fn create_comment(&self, _: StrTendril) -> Rc<Element> {
        self.other()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Rc<Element> {
        self.other()
    }

    fn append(&self, parent: &Rc<Element>, child: NodeOrText<Rc<Element>>) {
        self.insert(parent.id, NONE, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Rc<Element>,
        previous: &Rc<Element>,
        child: NodeOrText<Rc<Element>>,
    ) {
        let parent = self.nodes.borrow()[element.id].parent;
        if parent == NONE { self.append(previous, child) } else { self.insert(parent, element.id, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &Rc<Element>) {
        self.depth.set(self.nodes.borrow()[node.id].depth.saturating_sub(1));
    }

    fn get_template_contents(&self, target: &Rc<Element>) -> Rc<Element> {
        target.clone()
    }

    fn same_node(&self, a: &Rc<Element>, b: &Rc<Element>) -> bool {
        a.id == b.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Rc<Element>, child: NodeOrText<Rc<Element>>) {
        let parent = self.nodes.borrow()[sibling.id].parent;
        if let NodeOrText::AppendNode(element) = &child {
            self.remove(element.id);
        }
        self.insert(parent, sibling.id, child);
    }

    fn add_attrs_if_missing(&self, _: &Rc<Element>, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Rc<Element>) {
        self.remove(target.id);
    }

    fn reparent_children(&self, node: &Rc<Element>, new_parent: &Rc<Element>) {
        loop {
            let child = self.nodes.borrow()[node.id].first;
            if child == NONE {
                return;
            }
            self.remove(child);
            let mut nodes = self.nodes.borrow_mut();
            let (previous, depth) = (nodes[new_parent.id].last, nodes[new_parent.id].depth + 1);
            let node = &mut nodes[child];
            (node.parent, node.previous, node.depth) = (new_parent.id, previous, depth);
            if previous == NONE {
                nodes[new_parent.id].first = child;
            } else {
                nodes[previous].next = child;
            }
            nodes[new_parent.id].last = child;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(tree: &Tree, node: usize) -> usize {
        tree.children(node).map(|child| 1 + depth(tree, child)).max().unwrap_or(0)
    }

    #[test]
    fn a_hundred_thousand_open_tags_are_no_deep_tree() {
        for tag in ["<div>", "<b>", "<table><tr><td>", "<a><p>", "<svg>", "<font a=b><p>x"] {
            let tree = Tree::parse(&tag.repeat(100_000));
            assert!(depth(&tree, 0) < 2 * DEEPEST, "{tag}");
        }
    }
}
