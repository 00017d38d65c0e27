"""The server, asked by clients of SPARQL that others wrote: rows, graphs and flags in each format, and the counts that
the tables give."""
import os
import subprocess

import pytest
from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML, JSONLD, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed, Unauthorized

from conftest import BASE, ROOT, relations, rows

NS = Namespace(BASE + "ns#")


@pytest.fixture(scope="module")
def served(folders):
    """A build of the fixtures, and the endpoint that serves it."""
    build = folders("fixtures")
    program = os.environ.get("QUORATE", str(ROOT / "target" / "release" / "quorate"))
    command = [program, "serve", str(build), "--port", "0", "--query-seconds", "10"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            yield build, server.stdout.readline().strip() + "sparql"
        finally:
            server.terminate()
            assert server.wait(timeout=20) == 0


def wrapper(endpoint, query, form, method="GET", how=None):
    client = SPARQLWrapper(endpoint)
    client.setQuery(query)
    client.setReturnFormat(form)
    client.setMethod(method)
    if how:
        client.setRequestMethod(how)
    return client


@pytest.mark.parametrize("method, how", [("GET", None), (POST, None), (POST, POSTDIRECTLY)])
def test_wrapper_counts_people_as_the_tables_do(served, method, how):
    build, endpoint = served
    people = {row["name"] for row in rows(build, "entities") if row["kind"] == "person"}
    query = "SELECT ?name { ?p a <http://xmlns.com/foaf/0.1/Person> ; <http://www.w3.org/2000/01/rdf-schema#label> ?name }"
    found = wrapper(endpoint, query, JSON, method, how).queryAndConvert()["results"]["bindings"]
    assert {row["name"]["value"] for row in found} == people
    document = wrapper(endpoint, query, XML, method, how).queryAndConvert()
    assert len(document.getElementsByTagName("result")) == len(found)
    for form in CSV, TSV:
        text = wrapper(endpoint, query, form, method, how).queryAndConvert().decode()
        assert len(text.splitlines()) == len(found) + 1


@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, JSONLD])
def test_wrapper_gets_graphs(served, form):
    build, endpoint = served
    query = f"CONSTRUCT {{ ?p <{NS}attended> ?m }} WHERE {{ ?p <{NS}attended> ?m }}"
    answer = wrapper(endpoint, query, form).queryAndConvert()
    graph = answer if isinstance(answer, Graph) else Graph().parse(data=answer, format="turtle")
    expected = {(s, o) for s, p, o in relations(build) if p == "attended"}
    assert {(str(s).removeprefix(BASE), str(o).removeprefix(BASE)) for s, _, o in graph} == expected


def test_wrapper_is_told_what_is_wrong(served):
    _, endpoint = served
    assert wrapper(endpoint, "ASK {}", JSON).queryAndConvert()["boolean"] is True
    with pytest.raises(QueryBadFormed):
        wrapper(endpoint, "SELECT ?x WHERE { ?x ", JSON).query()
    with pytest.raises(EndPointInternalError):
        wrapper(endpoint, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", JSON).query()
    update = wrapper(endpoint, "INSERT DATA { <x:a> <x:b> <x:c> }", JSON, POST)
    assert update.isSparqlUpdateRequest()
    with pytest.raises(Exception) as refused:
        update.query()
    assert not isinstance(refused.value, Unauthorized) and "403" in str(refused.value)


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_it_as_a_store(served, method):
    build, endpoint = served
    graph = Graph(SPARQLStore(endpoint, method=method))
    meetings = {str(s).removeprefix(BASE) for s in graph.subjects(RDF.type, NS.Meeting)}
    # Meetings whose minutes were confirmed are known too, where theirs were not read.
    assert meetings >= {row["meeting"] for row in rows(build, "meetings")}
    assert len(graph) == len(Graph().parse(build / "graph.ttl"))
    chairs = {(str(s).removeprefix(BASE), str(o).removeprefix(BASE)) for s, o in graph.subject_objects(NS.chairs)}
    assert chairs == {(s, o) for s, p, o in relations(build) if p == "chairs"}
    name = graph.value(URIRef(BASE + "person/hilary-stannage"), RDFS.label)
    assert str(name) == "Hilary Stannage"
    asked = graph.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    assert int(next(iter(asked))[0]) > len(graph)


def test_rdflib_reads_one_document_s_graph(served):
    build, endpoint = served
    named = SPARQLStore(endpoint)
    graphs = {str(row[0]) for row in Graph(named).query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")}
    documents = [row["document"] for row in rows(build, "documents") if row["status"] != "skipped"]
    assert len([graph for graph in graphs if graph.startswith(BASE + "graph/document/")]) <= len(documents)
    some = min(graph for graph in graphs if graph.startswith(BASE + "graph/document/"))
    store = SPARQLStore(endpoint)
    store.context_aware = True
    assert len(list(Graph(store, identifier=URIRef(some)).triples((None, None, None)))) > 0
