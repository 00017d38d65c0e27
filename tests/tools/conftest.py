"""Builds that the tools open: of the fixtures, of their series alone, and of the seeds where `../shared` is there.

    QUORATE=target/release/quorate pytest tests/tools
"""
import csv
import os
import subprocess
from pathlib import Path

import pytest

csv.field_size_limit(1 << 30)

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "corpus" / "seeds"
SOURCES = {
    "fixtures": ROOT / "fixtures" / "minutes",
    "series": ROOT / "fixtures" / "minutes" / "marlshire-safer-partnership",
    "seeds": SEEDS,
}
BASE = "https://quorate.example/"


def quorate(*arguments, code=0):
    """Runs the program, which must end with this code: what it printed."""
    program = os.environ.get("QUORATE", str(ROOT / "target" / "release" / "quorate"))
    ended = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8")
    assert ended.returncode == code, f"{arguments}: exit {ended.returncode}: {ended.stderr}"
    return ended.stdout


def rows(build, table):
    """The rows of a table of a build."""
    with (build / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def relations(build):
    """What the graph says: each edge once."""
    return {(row["subject"], row["predicate"], row["object"]) for row in rows(build, "relations")}


@pytest.fixture(scope="session")
def folders(tmp_path_factory):
    """Makes each build once, in all formats."""
    formats = "turtle,trig,ntriples,nquads,rdfxml,jsonld,graphml,gexf,neo4j,report"
    made = {}

    def folder(name):
        if name not in made:
            if not SOURCES[name].is_dir():
                pytest.skip(f"{SOURCES[name].relative_to(ROOT.parent)} is not there")
            made[name] = tmp_path_factory.mktemp(name) / "output"
            quorate("build", SOURCES[name], "-o", made[name], "--format", formats, "--quiet")
        return made[name]

    return folder


@pytest.fixture(params=["fixtures", "seeds"])
def build(request, folders):
    """A build of the fixtures, and one of the seeds."""
    return folders(request.param)


@pytest.fixture
def series(folders):
    """A build of one body's meetings, to be copied and spoilt."""
    return folders("series")
