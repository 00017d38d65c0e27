// Reads a graph file with graphology and prints what it holds: nodes, edges, relations with their counts, weights.
const fs = require("fs");
const { MultiGraph } = require("graphology");

const [, , file] = process.argv;
const text = fs.readFileSync(file, "utf8");
const constructor = require("graphology").MultiDirectedGraph;
let graph;
if (file.endsWith(".json")) {
  const { directed, nodes, links } = JSON.parse(text);
  graph = directed ? new constructor() : new MultiGraph({ type: "undirected" });
  for (const { id, ...attributes } of nodes) graph.addNode(id, attributes);
  for (const { key, source, target, ...attributes } of links) graph.addEdgeWithKey(key, source, target, attributes);
} else {
  const reader = file.endsWith(".gexf") ? require("graphology-gexf") : require("graphology-graphml");
  graph = reader.parse(MultiGraph, text);
}
const edges = graph.mapEdges((key, { relation, weight }, source, target) => [source, relation, target, Number(weight)]);
console.log(JSON.stringify({ nodes: graph.mapNodes((id, { label }) => [id, label]), edges }));
