"""Networks: what graph files hold beside the whole graph is what the tables say, in networkx, igraph, graphology; and
what databases load answers as the tables do."""
import csv
import itertools
import json
import os
import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

import igraph
import kuzu
import networkx
import pytest

from conftest import SOURCES, quorate, relations, rows

NETWORKS = ["graph", "co-attendance", "people-organisations"]


@pytest.fixture(scope="module", params=["fixtures", "seeds"])
def networks(request, tmp_path_factory):
    if not SOURCES[request.param].is_dir():
        pytest.skip("no seeds here")
    folder = tmp_path_factory.mktemp(request.param) / "output"
    quorate("build", SOURCES[request.param], "-o", folder, "--format", "graphml,gexf,gephi,json,neo4j,kuzu", "--quiet")
    return folder


def co_attendance(build):
    """From the table: how often two people were present together, and when first and last."""
    present, together = defaultdict(set), defaultdict(set)
    for row in rows(build, "attendance"):
        if row["status"] == "present":
            present[row["meeting"], row["date"]].add(row["person"])
    for (meeting, date), people in present.items():
        for pair in itertools.combinations(sorted(people), 2):
            together[frozenset(pair)].add((date, meeting))
    return together


def edges_of(build, name):
    """The edges of a network, from the tables: ends and relation, without direction where it has none."""
    if name == "graph":
        return {(frozenset((s, o)), p) for s, p, o in relations(build)}
    if name == "co-attendance":
        return {(pair, "co_attended") for pair in co_attendance(build)}
    kinds = {row["id"]: row["kind"] for row in rows(build, "entities")}
    kept = {"person", "organisation"}
    edges = {(frozenset((s, o)), p) for s, p, o in relations(build) if {kinds[s], kinds[o]} <= kept}
    bodies = {row["meeting"]: row["body"] for row in rows(build, "meetings")}
    present = [row for row in rows(build, "attendance") if row["status"] == "present"]
    return edges | {(frozenset((r["person"], bodies[r["meeting"]])), "attended") for r in present if bodies[r["meeting"]]}


def by_networkx(path):
    if path.suffix == ".gexf":
        graph = networkx.read_gexf(path, version="1.3")
    elif path.suffix == ".graphml":
        graph = networkx.read_graphml(path, force_multigraph=True)
    else:
        graph = networkx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="links")
    return [(s, data["relation"], t, data["weight"]) for s, t, data in graph.edges(data=True)]


def by_igraph(path):
    graph = igraph.Graph.Read_GraphML(str(path))
    ids = graph.vs["id"]
    return [(ids[e.source], e["relation"], ids[e.target], e["weight"]) for e in graph.es]


def by_graphology(path):
    folder = os.environ.get("GRAPHOLOGY", "")
    if not (Path(folder) / "node_modules" / "graphology").is_dir():
        pytest.skip("graphology is not installed: tests/tools/run installs it")
    said = subprocess.run(["node", "read.js", str(path)], cwd=folder, check=True, capture_output=True, text=True)
    return [tuple(edge) for edge in json.loads(said.stdout)["edges"]]


READERS = [(by_networkx, "gexf"), (by_networkx, "graphml"), (by_networkx, "json"), (by_igraph, "graphml"),
           (by_graphology, "gexf"), (by_graphology, "graphml"), (by_graphology, "json")]


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("reader,ending", READERS, ids=[f"{r.__name__[3:]}-{e}" for r, e in READERS])
def test_every_reader_finds_what_the_tables_say(networks, name, reader, ending):
    found = reader(networks / f"{name}.{ending}")
    assert {(frozenset((s, t)), relation) for s, relation, t, _ in found} == edges_of(networks, name)
    if name == "co-attendance":
        weights = {frozenset((s, t)): int(weight) for s, _, t, weight in found}
        assert weights == {pair: len(meetings) for pair, meetings in co_attendance(networks).items()}


def test_co_attendance_knows_its_days(networks):
    expected = co_attendance(networks)
    with (networks / "gephi" / "co-attendance-edges.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            days = sorted(date for date, _ in expected[frozenset((row["Source"], row["Target"]))])
            # Of a meeting without a day nobody can say when: such an edge lives always.
            dated = [] if "" in days else sorted(set(days))
            assert re.findall(r"\d{4}-\d\d-\d\d", row["timeset"])[::2] == dated


@pytest.mark.parametrize("name", NETWORKS)
def test_gephi_tables_are_what_its_import_reads(networks, name):
    """The columns, by the names that Gephi's importer looks for."""
    def read(what):
        with (networks / "gephi" / f"{name}-{what}.csv").open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))
    nodes, edges = read("nodes"), read("edges")
    assert list(nodes[0])[:3] == ["Id", "Label", "timeset"]
    assert list(edges[0])[:8] == ["Source", "Target", "Type", "Kind", "Id", "Label", "Weight", "timeset"]
    ids = [node["Id"] for node in nodes]
    assert len(ids) == len(set(ids)) and len({edge["Id"] for edge in edges}) == len(edges)
    interval = r"\[\d{4}-\d\d-\d\d, \d{4}-\d\d-\d\d\]"
    assert all(re.fullmatch(rf"(<{interval}(; {interval})*>)?", row["timeset"]) for row in nodes + edges)
    assert {edge["Type"] for edge in edges} == {"Undirected" if name == "co-attendance" else "Directed"}
    found = {(frozenset((edge["Source"], edge["Target"])), edge["Kind"]) for edge in edges}
    assert found == edges_of(networks, name)
    assert set().union(*(pair for pair, _ in found)) <= set(ids)


# Elements of GEXF 1.3, as its grammar in RELAX NG has them: attributes, of which those with ! must be there, and what
# stands within, in order. Without colours and positions, which this program does not write.
GEXF = {
    "gexf": ("version!", "meta graph"),
    "meta": ("lastmodifieddate", "creator keywords description"),
    "creator": ("", ""), "keywords": ("", ""), "description": ("", ""),
    "graph": ("defaultedgetype idtype timeformat start end mode timerepresentation timezone", "attributes nodes edges"),
    "attributes": ("class!", "attribute"),
    "attribute": ("id! title! type!", "default options"),
    "default": ("", ""), "options": ("", ""),
    "nodes": ("count", "node"),
    "node": ("id! label start end", "attvalues spells"),
    "edges": ("count", "edge"),
    "edge": ("id source! target! type label weight kind start end", "attvalues spells"),
    "attvalues": ("", "attvalue"),
    "attvalue": ("for! value! start end", ""),
    "spells": ("", "spell"),
    "spell": ("start end", ""),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_gexf_is_what_its_grammar_allows(networks, name):
    for element in ElementTree.parse(networks / f"{name}.gexf").iter():
        attributes, within = GEXF[element.tag.removeprefix("{http://gexf.net/1.3}")]
        known = {attribute.rstrip("!") for attribute in attributes.split()}
        assert {a.rstrip("!") for a in attributes.split() if a.endswith("!")} <= set(element.attrib) <= known, element.tag
        order = [within.split().index(child.tag.removeprefix("{http://gexf.net/1.3}")) for child in element]
        assert order == sorted(order), element.tag


@pytest.mark.parametrize("name", NETWORKS)
def test_gexf_is_what_its_schema_allows(networks, name):
    """GEXF_RNC names the official gexf.rnc of version 1.3: no package brings it, and the gexf.xsd made from it uses types
    that it does not define."""
    if not os.environ.get("GEXF_RNC") or not shutil.which("jing"):
        pytest.skip("GEXF_RNC names no schema, or jing is not installed")
    subprocess.run(["jing", "-c", os.environ["GEXF_RNC"], str(networks / f"{name}.gexf")], check=True)


def loaded(folder, tmp_path_factory):
    """A network in Kùzu, as its script loads it."""
    connection = kuzu.Connection(kuzu.Database(str(tmp_path_factory.mktemp("kuzu") / "graph")))
    before = os.getcwd()
    os.chdir(folder)
    try:
        for statement in Path("load.cypher").read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                connection.execute(statement)
    finally:
        os.chdir(before)
    return connection


@pytest.fixture(scope="module")
def database(networks, tmp_path_factory):
    return loaded(networks / "kuzu", tmp_path_factory)


def asked(database, query):
    result = database.execute(query)
    found = []
    while result.has_next():
        found.append(tuple(result.get_next()))
    return found


def test_kuzu_holds_the_whole_graph(networks, database):
    assert asked(database, "MATCH (n) RETURN count(*)") == [(len(rows(networks, "entities")),)]
    found = asked(database, "MATCH (a)-[r]->(b) RETURN a.id, label(r), b.id")
    assert len(found) == len(relations(networks)) and set(found) == relations(networks)


@pytest.mark.parametrize("name", NETWORKS[1:])
def test_kuzu_holds_the_networks(networks, name, tmp_path_factory):
    connection = loaded(networks / "kuzu" / name, tmp_path_factory)
    found = asked(connection, "MATCH (a)-[r]->(b) RETURN a.id, b.id, label(r)")
    assert {(frozenset((a, b)), kind) for a, b, kind in found} == edges_of(networks, name)
    ends = {end for pair, _ in edges_of(networks, name) for end in pair}
    assert {row[0] for row in asked(connection, "MATCH (n) RETURN n.id")} == ends


def test_kuzu_answers_who_represented_probation(networks, database):
    found = asked(database, "MATCH (p:Person)-[r:represents]->(o:Organisation) WHERE o.`function` = 'probation' "
                            "RETURN p.name, o.name, r.start_date, r.end_date")
    probation = {row["id"] for row in rows(networks, "entities") if row["function"] == "probation"}
    stated = [row for row in rows(networks, "relations") if row["predicate"] == "represents" and row["object"] in probation]
    assert {(person, body) for person, body, *_ in found} == {(r["subject_name"], r["object_name"]) for r in stated}
    assert found
    for person, body, start, end in found:
        days = sorted(r["date"] for r in stated if (r["subject_name"], r["object_name"]) == (person, body))
        assert (str(start), str(end)) == (days[0], days[-1])


@pytest.mark.parametrize("name", NETWORKS)
def test_the_script_for_neo4j_names_every_label_type_and_column(networks, name):
    """Neo4j itself does not run here: the script must read what the files hold, no more and no less."""
    folder = networks / "neo4j" / ("" if name == "graph" else name)
    script = (folder / "load.cypher").read_text(encoding="utf-8")
    read = {}
    for file, column in (("nodes", ":LABEL"), ("edges", ":TYPE")):
        with (folder / f"{file}.csv").open(newline="", encoding="utf-8") as opened:
            read[file] = list(csv.DictReader(opened))
        loads = [line for line in script.splitlines() if f"'file:///{file}.csv'" in line]
        for line in loads:
            assert set(re.findall(r"row\.`([^`]+)`", line)) == set(read[file][0]), line
        named = set(re.findall(rf"row\.`{column}` = '([^']+)'", script))
        assert {row[column] for row in read[file]} <= named
    assert all(line.endswith(";") or line.startswith("//") for line in script.splitlines())
