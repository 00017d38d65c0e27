"""Loads a graph and answers queries. In: `pyoxigraph` or `rdflib`, a file in Turtle, seconds that a query may take,
files of queries. Out: one line of JSON for loading, then one for each query: its name, seconds, rows (null where it took
too long), and the peak memory in MB so far."""
import json
import resource
import signal
import sys
import time
from pathlib import Path


class TooLong(Exception):
    pass


def ring(*_):
    raise TooLong


def rows(answer):
    """How many rows; a graph (CONSTRUCT) counts as none, as in a table."""
    return sum(1 for _ in answer)


def main():
    library, file, limit, *queries = sys.argv[1:]
    begun = time.monotonic()
    if library == "pyoxigraph":
        import pyoxigraph

        graph = pyoxigraph.Store()
        graph.bulk_load(path=file, format=pyoxigraph.RdfFormat.TURTLE)
    else:
        import rdflib

        graph = rdflib.Graph()
        graph.parse(file, format="turtle")
    tell(triples=len(graph), seconds=time.monotonic() - begun)
    signal.signal(signal.SIGALRM, ring)
    for path in map(Path, queries):
        query = path.read_text(encoding="utf-8")
        if "prov:" in query.split("WHERE", 1)[-1] or "oa:" in query.split("WHERE", 1)[-1]:
            continue
        begun, found = time.monotonic(), None
        signal.alarm(int(limit))
        try:
            found = rows(graph.query(query))
        except TooLong:
            pass
        finally:
            signal.alarm(0)
        tell(name=path.stem, seconds=time.monotonic() - begun, rows=found)


def tell(**facts):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    print(json.dumps({**facts, "peak": peak}), flush=True)


main()
