"""The questions that the model was made for: on the build of the seeds they find what a person found by hand.

`queries/` holds them, adapted to the vocabulary of a build; README.md says what differs and why. The example made by
hand, with the queries for it, lies beside the seeds."""
from pathlib import Path

import pyoxigraph
import pytest

from conftest import SEEDS, quorate

HERE = Path(__file__).resolve().parent
EXAMPLE = SEEDS.parents[1] / "rdf"

# What a row says beyond spelling: its columns that name the fact, and what share of the example's facts must be found.
QUESTIONS = {
    "01_representation_over_time": (("person", "firstSeen", "present", "apologies", "presentations"), 1.0),
    "02a_attendance_rate_person_year": (("person", "year", "eligible", "present", "apologies"), 0.95),
    "02b_attendance_rate_org_year": (("organisation", "year", "represented"), 0.85),
    "03_who_chaired_when": (("person", "how"), 1.0),
    "04_who_presented_what": (("date", "item", "person"), 0.9),
    "05_apologies": (("date", "apologised"), 1.0),
    "06_co_attendance_network": (("source", "target", "weight", "first", "last"), 0.9),
    "07_role_holders_over_time": (("person", "term"), 0.85),
    "08_decisions_by_topic": (("date", "item", "text"), 1.0),
    "09_provenance_of_a_fact": (("date", "start"), 1.0),
    "10_as_of": (("person", "for"), 0.7),
}


def facts(trig, query, columns):
    store = pyoxigraph.Store()
    store.load(path=str(trig), format=pyoxigraph.RdfFormat.TRIG)
    found = store.query(query.read_text(encoding="utf-8"), use_default_graph_as_union=True)
    def plain(term):
        return term.value.casefold().rstrip(";. ") if term is not None else ""
    return {tuple(plain(row[column]) for column in columns) for row in found}


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    if not (EXAMPLE / "example.trig").is_file() or not SEEDS.is_dir():
        pytest.skip("the example is not there")
    folder = tmp_path_factory.mktemp("seeds") / "output"
    quorate("build", SEEDS, "-o", folder, "--format", "trig", "--quiet")
    return folder / "graph.trig"


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_build_answers_as_the_example(seeds, question):
    columns, least = QUESTIONS[question]
    by_hand = facts(EXAMPLE / "example.trig", EXAMPLE / "queries" / f"{question}.rq", columns)
    built = facts(seeds, HERE / "queries" / f"{question}.rq", columns)
    missing, more = sorted(by_hand - built), sorted(built - by_hand)
    print(f"{question}: {len(by_hand & built)} of {len(by_hand)}; missing {missing}; more {more}")
    assert by_hand and len(by_hand & built) >= least * len(by_hand), (missing, more)
