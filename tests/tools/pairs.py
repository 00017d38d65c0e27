#!/usr/bin/env python3
"""How far two files of one meeting agree in who was there.

    pairs.py QUORATE SHARED [--differences]

Takes the pairs of files in different formats that SHARED/corpus/MANIFEST.tsv marks as the same body and date, builds
each file by itself, and compares the sets of (person, status, organisation) of attendance.csv, names compared as
SHARED/score/score.py does. Prints a line for each pair, and the mean. The figure is F1: twice the shared rows over the
rows of both. Standard library only.
"""
import csv
import subprocess
import sys
import tempfile
from pathlib import Path

quorate, shared = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
sys.path.insert(0, str(shared / "score"))
from score import same_org, same_person  # noqa: E402

corpus = shared / "corpus"
MARK = "same body+date as: "


def pairs():
    """Documents in two formats, each pair once, in order."""
    with (corpus / "MANIFEST.tsv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    by_name = {Path(row["document"]).name: row for row in rows}
    found = set()
    for row in rows:
        if MARK not in row["remarks"]:
            continue
        for other in row["remarks"].split(MARK)[1].split("; ")[0].split(", "):
            other = by_name.get(other)
            if other and other["format"] != row["format"]:
                found.add(tuple(sorted((row["document"], other["document"]))))
    return sorted(found)


def attendance(document):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "build"
        subprocess.run([quorate, "build", corpus / document, "-o", out, "--quiet"], check=False)
        with (out / "attendance.csv").open(newline="", encoding="utf-8") as file:
            return [(r["person_name"], r["status"], r["organisation_name"]) for r in csv.DictReader(file)]


def same(a, b):
    organisations = (not a[2] and not b[2]) or same_org(a[2], b[2])
    return a[1] == b[1] and same_person(a[0], b[0]) and organisations


def compared(one, other):
    """Rows that only one file has, rows that only the other has, and the agreement."""
    left = list(other)
    alone = []
    for row in one:
        match = next((candidate for candidate in left if same(row, candidate)), None)
        if match:
            left.remove(match)
        else:
            alone.append(row)
    rows = len(one) + len(other)
    return alone, left, 2 * (len(one) - len(alone)) / rows if rows else 1.0


def main():
    figures = []
    for first, second in pairs():
        one, other = attendance(first), attendance(second)
        alone, left, agreement = compared(one, other)
        figures.append(agreement)
        print(f"{agreement:.3f}  {len(one):3} {len(other):3} rows  {first}  |  {second}")
        if "--differences" in sys.argv:
            for rows, name in ((alone, first), (left, second)):
                for row in rows:
                    print(f"              only in {Path(name).suffix[1:]}: {' | '.join(row)}")
    print(f"{sum(figures) / len(figures):.3f}  mean of {len(figures)} pairs")


main()
