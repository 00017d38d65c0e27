//! The graph as petgraph's. In: entities and relations. Out: a network for that library's algorithms, of which this
//! program needs none itself.

use petgraph::graph::{DiGraph, NodeIndex};

use super::{EntityId, Graph};

impl Graph {
    /// The graph as petgraph's, for its algorithms: an edge for each relation, parallel ones kept. Nodes have the numbers
    /// of the entities; an edge holds the position of its relation in [`Graph::relations`]. It is made anew each time.
    pub fn network(&self) -> DiGraph<EntityId, u32> {
        let mut network = DiGraph::with_capacity(self.entities.len(), self.relations.len());
        for number in 0..self.entities.len() as u32 {
            network.add_node(EntityId(number));
        }
        let node = |entity: EntityId| NodeIndex::new(entity.0 as usize);
        for (position, edge) in self.relations.edges().iter().enumerate() {
            network.add_edge(node(edge.subject), node(edge.object), position as u32);
        }
        network
    }
}

#[cfg(test)]
mod tests {
    use petgraph::algo::astar;
    use petgraph::visit::EdgeRef;

    use super::*;
    use crate::model::{Entity, EntityKind, Layer, Predicate, Quote, Relation, Rule, Text};

    #[test]
    fn the_network_holds_each_relation_once() {
        let relation = |subject, predicate, object| Relation {
            subject: EntityId(subject),
            predicate,
            object: EntityId(object),
            subject_as_written: Text::default(),
            object_as_written: Text::default(),
            layer: Layer::Stated,
            meeting: None,
            date: None,
            valid_from: None,
            valid_to: None,
            qualifiers: Vec::new(),
            document: None,
            quote: Quote::default(),
            rule: Rule::default(),
            premises: Vec::new(),
        };
        let entities = ["a", "b", "c", "d"].map(|iri| Entity {
            iri: iri.to_owned(),
            kind: EntityKind::Person,
            name: Text::default(),
            first_seen: None,
            last_seen: None,
            documents: 1,
            mentions: 1,
            known: None,
        });
        let mut graph = Graph { entities: entities.into(), ..Graph::default() };
        for (subject, predicate, object) in
            [(0, Predicate::Attended, 2), (1, Predicate::Attended, 2), (1, Predicate::Chairs, 2)]
        {
            graph.relations.push(relation(subject, predicate, object));
        }
        let network = graph.network();
        let ends =
            |at: petgraph::graph::EdgeReference<'_, u32>| (*at.weight(), at.source().index(), at.target().index());
        assert_eq!(network.edge_references().map(ends).collect::<Vec<_>>(), [(0, 0, 2), (1, 1, 2), (2, 1, 2)]);
        // Who sat with whom: two steps, whatever the direction.
        let undirected = network.into_edge_type::<petgraph::Undirected>();
        let steps = |to: usize| {
            astar(&undirected, NodeIndex::new(0), |node| node == NodeIndex::new(to), |_| 1, |_| 0)
                .map(|(steps, _)| steps)
        };
        assert_eq!((steps(1), steps(3)), (Some(2), None));
    }
}
