"""Triple stores: rdflib and pyoxigraph read every format to the same statements, and they say what the tables say."""
import pyoxigraph
import pytest
import rdflib

from conftest import BASE, quorate, relations, rows

rdflib.NORMALIZE_LITERALS = False  # "2014-03" must stay what it is

NS = BASE + "ns#"
FACTS = {"graph.ttl": ("turtle", pyoxigraph.RdfFormat.TURTLE), "graph.nt": ("nt", pyoxigraph.RdfFormat.N_TRIPLES),
         "graph.rdf": ("xml", pyoxigraph.RdfFormat.RDF_XML)}
EVERYTHING = {"graph.trig": ("trig", pyoxigraph.RdfFormat.TRIG), "graph.nq": ("nquads", pyoxigraph.RdfFormat.N_QUADS),
              "graph.jsonld": ("json-ld", pyoxigraph.RdfFormat.JSON_LD)}
CLASSES = {"person": "http://schema.org/Person", "organisation": "http://www.w3.org/ns/org#Organization", "meeting": NS + "Meeting",
           "item": NS + "AgendaItem", "decision": NS + "Decision", "action": NS + "Action"}
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def of_rdflib(term):
    if term is None:
        return ""
    assert not isinstance(term, rdflib.BNode), "a blank node"
    if isinstance(term, rdflib.Literal):
        datatype = None if term.language else str(term.datatype or rdflib.XSD.string)
        return (str(term), datatype, term.language)
    return "" if term == rdflib.graph.DATASET_DEFAULT_GRAPH_ID else str(term)


def of_pyoxigraph(term):
    assert not isinstance(term, pyoxigraph.BlankNode), "a blank node"
    if isinstance(term, pyoxigraph.Literal):
        return (term.value, None if term.language else term.datatype.value, term.language)
    return "" if isinstance(term, pyoxigraph.DefaultGraph) else term.value


def read(build, file):
    """The statements of a file, as each of the two libraries reads it."""
    name, kind = {**FACTS, **EVERYTHING}[file]
    dataset = rdflib.Dataset()
    dataset.parse(build / file, format=name)
    ours = {tuple(map(of_rdflib, quad)) for quad in dataset.quads()}
    theirs = {tuple(map(of_pyoxigraph, (q.subject, q.predicate, q.object, q.graph_name)))
              for q in pyoxigraph.parse(path=build / file, format=kind)}
    return ours, theirs


@pytest.mark.parametrize("files", [FACTS, EVERYTHING], ids=["facts", "everything"])
def test_every_format_says_the_same_to_both_libraries(build, files):
    first = None
    for file in files:
        ours, theirs = read(build, file)
        assert ours == theirs, f"{file}: rdflib and pyoxigraph differ in {list(ours ^ theirs)[:3]}"
        first = first or ours
        assert ours == first, f"{file} differs from {next(iter(files))} in {list(ours ^ first)[:3]}"
    assert first


@pytest.mark.parametrize("file", ["graph.ttl", "graph.trig"])
def test_rdf_says_what_the_tables_say(build, file):
    _, quads = read(build, file)
    triples = {quad[:3] for quad in quads}
    entities = rows(build, "entities")
    for kind, iri in CLASSES.items():
        known = {BASE + row["id"] for row in entities if row["kind"] == kind}
        assert {s for s, p, o in triples if p == TYPE and o == iri} == known, kind
    attended = {(row["meeting"], row["person"]) for row in rows(build, "attendance")}
    assert sum(1 for _, p, o in triples if p == TYPE and o == NS + "Participation") == len(attended)
    edges = {(BASE + s, NS + camel(p), BASE + o) for s, p, o in relations(build)}
    names = {p for _, p, _ in edges}
    assert edges, "no relation at all"
    assert {t for t in triples if t[1] in names} == edges


def camel(predicate):
    first, *rest = predicate.split("_")
    return first + "".join(word.capitalize() for word in rest)


def test_every_statement_points_at_its_words(build):
    """By Web Annotation: the words that a selector gives stand at its offsets in the text with that digest."""
    import hashlib

    graph = rdflib.Dataset(default_union=True)
    graph.parse(build / "graph.trig", format="trig")
    texts = {}
    for path in (build / "text").rglob("*.txt"):
        data = path.read_bytes()
        texts[hashlib.sha256(data).hexdigest()] = data.decode("utf-8")
    found = list(graph.query("""
        PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX quorate: <https://quorate.example/ns#>
        SELECT ?digest ?start ?end ?exact WHERE {
          ?span oa:hasSource/quorate:sha256 ?digest ; oa:hasSelector ?selector .
          ?selector oa:start ?start ; oa:end ?end ; oa:exact ?exact }"""))
    assert len(found) > 100
    for digest, start, end, exact in found:
        assert texts[str(digest)][int(start):int(end)] == str(exact)


def test_the_vocabulary_explains_every_term_of_ours(build):
    _, quads = read(build, "graph.trig")
    vocabulary = rdflib.Graph().parse(data=quorate("vocabulary"), format="turtle")
    explained = {str(s) for s in vocabulary.subjects(rdflib.RDFS.label)}
    used = {term for quad in quads for term in quad[1:3] if isinstance(term, str) and term.startswith(NS)}
    in_data = {s for s, p, _, _ in quads if p == str(rdflib.RDFS.label)}
    assert used - explained - in_data == set()
