#!/usr/bin/env python3
"""How many documents of a build have a list of who was there, a chair, a date, decisions, a body.

    shares.py BUILD [--require WHAT=SHARE]...

Prints a line for each folder of documents, and one for all. Fails where a share of all falls below what is required.
Standard library only.
"""
import argparse
import csv
import sys
from collections import defaultdict
from pathlib import Path

csv.field_size_limit(1 << 30)
WHAT = ["list", "chair", "date", "decisions", "body"]


def rows(build, table):
    with (build / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def shares(build):
    """For each folder, and for all: documents, and how many of them have what."""
    decided = {row["document"] for row in rows(build, "decisions")}
    meetings = defaultdict(list)
    for row in rows(build, "meetings"):
        meetings[row["document"]].append(row)
    counts = defaultdict(lambda: [0] * (len(WHAT) + 1))
    for document in (row["document"] for row in rows(build, "documents")):
        if "/" not in document:
            continue
        of = meetings[document]
        has = [any(m["attendance_recorded"] == "1" for m in of), any(m["chair"] for m in of),
               any(m["date"] for m in of), document in decided, any(m["body"] for m in of)]
        for name in (document.split("/")[0], "all"):
            counts[name] = [n + more for n, more in zip(counts[name], [1, *has])]
    return {name: (n, [found / n for found in has]) for name, (n, *has) in counts.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("--require", action="append", default=[], metavar="WHAT=SHARE")
    chosen = parser.parse_args()
    found = shares(chosen.build)
    print(f"{'documents of':<30}{'':>5}" + "".join(f"{what:>11}" for what in WHAT))
    for name in sorted(found, key=lambda name: (name == "all", name)):
        number, parts = found[name]
        print(f"{name:<30}{number:>5}" + "".join(f"{part:>11.3f}" for part in parts))
    failed = False
    for what, least in (text.split("=") for text in chosen.require):
        share = found["all"][1][WHAT.index(what)]
        if share < float(least):
            print(f"{what}: {share:.3f} of all documents, {least} is required")
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
