"""Graph tools: networkx and igraph read the graph files to as many nodes and edges as the tables have; xmllint and
the rules of Neo4j's import pass them."""
import csv
import re
import shutil
import subprocess
from collections import Counter

import igraph
import networkx
import pytest

from conftest import relations, rows


def kinds(build):
    return Counter(row["kind"] for row in rows(build, "entities"))


def predicates(build):
    return Counter(predicate for _, predicate, _ in relations(build))


@pytest.mark.parametrize("file", ["graph.graphml", "graph.gexf"])
def test_networkx_reads_what_the_tables_hold(build, file):
    if file.endswith("gexf"):
        graph = networkx.read_gexf(build / file, version="1.3")
    else:
        graph = networkx.read_graphml(build / file)
    assert Counter(graph.nodes[node]["node_type"] for node in graph) == kinds(build)
    assert Counter(data["relation"] for _, _, data in graph.edges(data=True)) == predicates(build)
    edges = {(s, data["relation"], o) for s, o, data in graph.edges(data=True)}
    assert edges == relations(build)
    names = {row["id"]: row["name"] for row in rows(build, "entities")}
    assert {node: graph.nodes[node]["label"] for node in graph} == names


def test_igraph_reads_what_the_tables_hold(build):
    graph = igraph.Graph.Read_GraphML(str(build / "graph.graphml"))
    assert Counter(graph.vs["node_type"]) == kinds(build)
    assert Counter(graph.es["relation"]) == predicates(build)
    ids = graph.vs["id"]
    assert {(ids[e.source], e["relation"], ids[e.target]) for e in graph.es} == relations(build)


@pytest.mark.parametrize("file", ["graph.graphml", "graph.gexf"])
def test_xmllint_passes(build, file):
    if not shutil.which("xmllint"):
        pytest.skip("xmllint is not installed")
    subprocess.run(["xmllint", "--noout", "--nonet", str(build / file)], check=True)


def test_gexf_has_edges_within_the_life_of_their_nodes(build):
    graph = networkx.read_gexf(build / "graph.gexf", version="1.3")
    dated = 0
    for source, target, data in graph.edges(data=True):
        for node in (source, target):
            life = graph.nodes[node]
            if "start" in life and "start" in data:
                dated += 1
                assert life["start"] <= data["start"] and data["end"] <= life["end"], (source, target, data)
    assert dated > 50


def test_neo4j_files_can_be_imported(build):
    with (build / "neo4j" / "nodes.csv").open(newline="", encoding="utf-8") as file:
        header, *nodes = csv.reader(file)
    field = re.compile(r"^(\w*:ID|:LABEL|\w+(:(string|int|date|boolean|float)(\[\])?)?)$")
    assert all(field.match(name) for name in header), header
    ids = [row[header.index("id:ID")] for row in nodes]
    assert len(ids) == len(set(ids)) == sum(kinds(build).values())
    with (build / "neo4j" / "edges.csv").open(newline="", encoding="utf-8") as file:
        header, *edges = csv.reader(file)
    field = re.compile(r"^(:START_ID|:END_ID|:TYPE|\w+(:(string|int|date|boolean|float)(\[\])?)?)$")
    assert all(field.match(name) for name in header), header
    start, end, kind = map(header.index, (":START_ID", ":END_ID", ":TYPE"))
    assert {row[i] for row in edges for i in (start, end)} <= set(ids), "an edge leads nowhere"
    assert {(row[start], row[kind].lower(), row[end]) for row in edges} == relations(build)
