"""Graph tools: networkx and igraph read the graph files to as many nodes and edges as the tables have; xmllint and
the rules of Neo4j's import pass them."""
import csv
import json
import re
import shutil
import subprocess
from collections import Counter

import igraph
import kuzu
import networkx
import pytest

from conftest import quorate, relations, rows


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


def read(build, name, ending):
    """A graph as networkx reads one of its files."""
    path = build / f"{name}.{ending}"
    if ending == "gexf":
        return networkx.read_gexf(path, version="1.3")
    if ending == "graphml":
        return networkx.read_graphml(path)
    return networkx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="links")


def gephi(build, name):
    """Nodes and edges of a pair of Gephi's tables."""
    for part in ("nodes", "edges"):
        with (build / "gephi" / f"{name}-{part}.csv").open(newline="", encoding="utf-8") as file:
            yield list(csv.DictReader(file))


@pytest.mark.parametrize("name", ["graph", "co-attendance", "people-organisations"])
def test_every_graph_file_holds_the_same(build, name):
    nodes, edges = gephi(build, name)
    ids = {row["Id"] for row in nodes}
    assert len(ids) == len(nodes) and len({row["Id"] for row in edges}) == len(edges)
    known = {frozenset((row["Source"], row["Target"])) if row["Type"] == "Undirected" else (row["Source"], row["Target"])
             for row in edges}
    for ending in ("graphml", "gexf", "json"):
        graph = read(build, name, ending)
        assert set(graph) == ids, ending
        assert graph.number_of_edges() == len(edges), ending
        ends = graph.edges() if graph.is_directed() else map(frozenset, graph.edges())
        assert set(ends) <= known | {frozenset(pair) for pair in known}, ending


def test_co_attendance_is_who_was_present_together(build):
    present = {}
    for row in rows(build, "attendance"):
        if row["status"] == "present":
            present.setdefault(row["meeting"], set()).add(row["person"])
    together = Counter(frozenset((a, b)) for people in present.values() for a in people for b in people if a < b)
    _, edges = gephi(build, "co-attendance")
    assert {frozenset((row["Source"], row["Target"])): int(row["Weight"]) for row in edges} == together


def test_kuzu_loads_the_script_and_answers_in_cypher(build, monkeypatch, tmp_path):
    monkeypatch.chdir(build / "kuzu")
    connection = kuzu.Connection(kuzu.Database(str(tmp_path / "graph")))
    script = (build / "kuzu" / "load.cypher").read_text(encoding="utf-8")
    for statement in filter(str.strip, script.split(";\n")):
        connection.execute(statement)
    answer = connection.execute(
        "MATCH (p:Person)-[:represents]->(o:Organisation) WHERE o.function = 'probation' RETURN DISTINCT p.name, o.name"
    )
    found = set()
    while answer.has_next():
        found.add(tuple(answer.get_next()))
    said = csv.DictReader(quorate("who", "Probation", "--graph", build, "--format", "csv").splitlines())
    functions = {row["id"]: row["function"] for row in rows(build, "entities")}
    edges = {(s, o) for s, p, o in relations(build) if p == "represents" and functions[o] == "probation"}
    names = {row["id"]: row["name"] for row in rows(build, "entities")}
    assert found == {(names[s], names[o]) for s, o in edges}
    assert found and {person for person, _ in found} >= {row["person"] for row in said if row["status"] == "present"}


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_xmllint_passes(build, ending):
    if not shutil.which("xmllint"):
        pytest.skip("xmllint is not installed")
    for path in sorted(build.glob(f"*.{ending}")):
        subprocess.run(["xmllint", "--noout", "--nonet", str(path)], check=True)


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
