"""Invariants: pySHACL with the shapes and `quorate check` with the tables accept a build, and reject every fault."""
import csv
import shutil

import pyshacl
import pytest
import rdflib
from rdflib import RDF, RDFS, Literal, Namespace, URIRef

from conftest import BASE, quorate, rows

Q = Namespace(BASE + "ns#")
OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
PROV = Namespace("http://www.w3.org/ns/prov#")
SCHEMA = Namespace("http://schema.org/")


@pytest.fixture(scope="module")
def shapes():
    return rdflib.Graph().parse(data=quorate("shapes"), format="turtle")


def graph_of(build):
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(build / "graph.trig", format="trig")
    union = rdflib.Graph()
    for s, p, o, _ in dataset.quads():
        union.add((s, p, o))
    return union


@pytest.fixture(scope="module")
def sound(folders):
    return graph_of(folders("series"))


def conforms(graph, shapes):
    return pyshacl.validate(graph, shacl_graph=shapes, advanced=True)


def a(graph, kind):
    """Some node of a class, the same in every run."""
    return min(graph.subjects(RDF.type, kind))


def unseen(graph):
    """A meeting whose attendance is known, and a person of whom it says nothing."""
    meeting = min(graph.objects(None, Q.meeting))
    there = {person for node in graph.subjects(Q.meeting, meeting) for person in graph.objects(node, Q.person)}
    return min(set(graph.subjects(RDF.type, SCHEMA.Person)) - there), meeting


def attend(graph, person, meeting):
    graph.add((person, Q.attended, meeting))


def chairing(graph):
    """The participation of somebody in the chair."""
    return min(graph.subjects(Q.capacity, Q.Chair))


FAULTS = {
    "a participation without status": lambda g: g.remove((a(g, Q.Participation), Q.status, None)),
    "a status that is none": lambda g: g.add((a(g, Q.Participation), Q.status, Q.Late)),
    "a participation without words": lambda g: g.remove((a(g, Q.Participation), PROV.wasDerivedFrom, None)),
    "bodies that follow each other": lambda g: [g.add((o, Q.succeededBy, s)) for s, o in list(g.subject_objects(Q.succeededBy))],
    "words that are shorter than their place": lambda g: g.set((a(g, OA.TextQuoteSelector), OA.end, Literal(99999))),
    "a list that was and was not recorded": lambda g: [
        g.add((s, Q.attendanceRecorded, Literal(not o.toPython()))) for s, o in list(g.subject_objects(Q.attendanceRecorded))
    ],
    "an attendance without participation": lambda g: attend(g, *unseen(g)),
    "an attendance at an organisation": lambda g: g.add((a(g, SCHEMA.Person), Q.attended, a(g, ORG.Organization))),
    "a decision without text": lambda g: g.remove((a(g, Q.Decision), SCHEMA.text, None)),
    "an organisation as member": lambda g: g.set((a(g, ORG.Membership), ORG.member, a(g, ORG.Organization))),
    "a statement that no edge says": lambda g: g.set((a(g, Q.Statement), RDF.object, a(g, SCHEMA.Person))),
    "a digest that is none": lambda g: g.set((a(g, Q.SourceText), Q.sha256, Literal("xyz"))),
    "a person without a name": lambda g: g.remove((a(g, SCHEMA.Person), RDFS.label, None)),
    "somebody absent in the chair": lambda g: g.set((chairing(g), Q.status, Q.Absent)),
    "a date in words": lambda g: g.set((a(g, Q.Meeting), SCHEMA.startDate, Literal("13 March"))),
}


def test_shapes_accept_a_build(build, shapes):
    accepted, _, text = conforms(graph_of(build), shapes)
    assert accepted, text


@pytest.mark.parametrize("fault", FAULTS)
def test_shapes_reject(sound, shapes, fault):
    spoilt = rdflib.Graph()
    spoilt += sound
    FAULTS[fault](spoilt)
    assert set(spoilt) != set(sound), "the fault changes nothing"
    accepted, _, _ = conforms(spoilt, shapes)
    assert not accepted


def first(rows, **cells):
    return next(row for row in rows if all(row[column] == cell for column, cell in cells.items()))


def swap(rows, column):
    """Two rows of one document, each with the other's cell."""
    one = rows[0]
    other = next(row for row in rows if row["document"] == one["document"] and row[column] != one[column])
    one[column], other[column] = other[column], one[column]


# The table, what is done to its rows, and the invariant that must not hold then.
TABLE_FAULTS = {
    "a status that is none": ("attendance", lambda r: r[-1].update(status="late"), "cells"),
    "a date in words": ("meetings", lambda r: r[0].update(date="13 March"), "cells"),
    "a row twice": ("attendance", lambda r: r.append(dict(r[0])), "cells"),
    "a flag in words": ("attendance", lambda r: r[0].update(chair="yes"), "cells"),
    "an offset in words": ("mentions", lambda r: r[0].update(start="ten"), "cells"),
    "a meeting that is no entity": ("attendance", lambda r: r[0].update(meeting="meeting/of-nobody"), "identifiers"),
    "an entity that is not there": ("entities", lambda r: r.remove(first(r, kind="person")), "identifiers"),
    "an attendance at an organisation": (
        "relations", lambda r: first(r, predicate="attended").update(object=first(r, predicate="represents")["object"]), "schema"),
    "a quote with a slip": ("relations", lambda r: r[0].update(quote=r[0]["quote"] + "s"), "quotes"),
    "a place beyond the text": ("mentions", lambda r: r[0].update(end="999999"), "quotes"),
    "words of another place": ("mentions", lambda r: swap(r, "text"), "quotes"),
    "somebody absent in the chair": ("attendance", lambda r: first(r, chair="1").update(status="absent"), "chair-present"),
    "a substitute who was not there": (
        "attendance", lambda r: next(x for x in r if x["substitute_for"]).update(status="apologies"), "substitute-present"),
    "a meeting that ends before it starts": (
        "meetings", lambda r: r[0].update(start_time="23:59", end_time="07:00"), "dates-in-order"),
    "a next meeting in the past": ("meetings", lambda r: next(x for x in r if x["next_meeting"]).update(next_meeting="1999-01-01"), "dates-in-order"),
}


def test_check_accepts_a_build(build):
    quorate("check", build)


@pytest.mark.parametrize("fault", TABLE_FAULTS)
def test_check_rejects(series, tmp_path, fault):
    table, spoil, invariant = TABLE_FAULTS[fault]
    spoilt = tmp_path / "output"
    shutil.copytree(series, spoilt)
    changed = rows(series, table)
    spoil(changed)
    with (spoilt / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, changed[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(changed)
    said = quorate("check", spoilt, "--format", "csv", code=1)
    broken = {row["invariant"] for row in csv.DictReader(said.splitlines()) if row["gravity"] == "fault"}
    assert invariant in broken, said
