//! Clusters that grow by joining pairs, best first, and never break a rule: what a person has judged
//! different stays apart however long the chain, no cluster holds two people of one document, and no two
//! names in it conflict, so that a short name never bridges two longer ones.

use rustc_hash::FxHashSet;

/// What a node brings into its cluster.
#[derive(Clone, Debug, Default)]
struct Component {
    /// Documents of its nodes.
    documents: FxHashSet<u32>,
    /// One node for each distinct name in it.
    faces: Vec<(u32, u32)>,
    /// Nodes that must not be in it.
    enemies: Vec<u32>,
}

/// Nodes in clusters.
#[derive(Clone, Debug, Default)]
pub(super) struct Forest {
    parent: Vec<u32>,
    components: Vec<Component>,
}

impl Forest {
    /// Each node by itself: its documents, and a number for its name.
    pub(super) fn new(nodes: impl Iterator<Item = (Vec<u32>, u32)>) -> Self {
        let components: Vec<_> = nodes
            .enumerate()
            .map(|(i, (documents, face))| Component {
                documents: documents.into_iter().collect(),
                faces: vec![(face, i as u32)],
                enemies: Vec::new(),
            })
            .collect();
        Self { parent: (0..components.len() as u32).collect(), components }
    }

    /// The node that stands for the cluster of a node.
    pub(super) fn find(&mut self, node: u32) -> u32 {
        let mut root = node;
        while self.parent[root as usize] != root {
            root = self.parent[root as usize];
        }
        let mut at = node;
        while self.parent[at as usize] != root {
            at = std::mem::replace(&mut self.parent[at as usize], root);
        }
        root
    }

    /// Keeps two nodes apart for good.
    pub(super) fn separate(&mut self, a: u32, b: u32) {
        let (a_root, b_root) = (self.find(a), self.find(b));
        if a_root != b_root {
            self.components[a_root as usize].enemies.push(b);
            self.components[b_root as usize].enemies.push(a);
        }
    }

    /// Whether a judgement keeps two nodes apart.
    pub(super) fn separated(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.find(a), self.find(b));
        let (few, other) = if self.components[a as usize].enemies.len() <= self.components[b as usize].enemies.len() {
            (a, b)
        } else {
            (b, a)
        };
        let enemies = std::mem::take(&mut self.components[few as usize].enemies);
        let found = enemies.iter().any(|enemy| self.find(*enemy) == other);
        self.components[few as usize].enemies = enemies;
        found
    }

    /// Joins two nodes because a person says so; `false` where another judgement forbids it.
    pub(super) fn force(&mut self, a: u32, b: u32) -> bool {
        if self.separated(a, b) {
            return false;
        }
        self.merge(a, b);
        true
    }

    /// Joins two nodes unless a judgement, a document or a conflict between two names forbids it.
    pub(super) fn join(&mut self, a: u32, b: u32, conflict: &dyn Fn(u32, u32) -> bool) -> bool {
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return true;
        }
        if self.separated(a, b) {
            return false;
        }
        let (left, right) = (&self.components[a as usize], &self.components[b as usize]);
        let (few, many) = if left.documents.len() <= right.documents.len() { (left, right) } else { (right, left) };
        if few.documents.iter().any(|d| many.documents.contains(d)) {
            return false;
        }
        if left.faces.iter().any(|(_, x)| right.faces.iter().any(|(_, y)| conflict(*x, *y))) {
            return false;
        }
        self.merge(a, b);
        true
    }

    fn merge(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return;
        }
        let size = |c: &Component| c.documents.len() + c.enemies.len() + c.faces.len();
        let larger = size(&self.components[a as usize]) >= size(&self.components[b as usize]);
        let (root, child) = if larger { (a, b) } else { (b, a) };
        self.parent[child as usize] = root;
        let joined = std::mem::take(&mut self.components[child as usize]);
        let component = &mut self.components[root as usize];
        component.documents.extend(joined.documents);
        component.enemies.extend(joined.enemies);
        for (face, node) in joined.faces {
            if !component.faces.iter().any(|(f, _)| *f == face) {
                component.faces.push((face, node));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forest(documents: &[u32]) -> Forest {
        Forest::new(documents.iter().enumerate().map(|(i, d)| (vec![*d], i as u32)))
    }

    #[test]
    fn what_is_judged_apart_stays_apart_along_a_chain() {
        let mut forest = forest(&[0, 1, 2, 3]);
        forest.separate(0, 3);
        let never = |_: u32, _: u32| false;
        assert!(forest.join(0, 1, &never) && forest.join(2, 3, &never));
        assert!(!forest.join(1, 2, &never) && !forest.force(1, 2));
        assert_ne!(forest.find(0), forest.find(3));
    }

    #[test]
    fn one_document_never_holds_one_person_twice() {
        let mut forest = forest(&[0, 1, 0]);
        let never = |_: u32, _: u32| false;
        assert!(forest.join(0, 1, &never));
        assert!(!forest.join(1, 2, &never));
        assert!(forest.force(1, 2));
    }

    #[test]
    fn no_name_bridges_two_that_conflict() {
        let mut forest = forest(&[0, 1, 2]);
        let conflict = |a: u32, b: u32| (a, b) == (0, 2) || (b, a) == (0, 2);
        assert!(forest.join(0, 1, &conflict));
        assert!(!forest.join(1, 2, &conflict));
    }
}
