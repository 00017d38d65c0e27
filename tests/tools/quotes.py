#!/usr/bin/env python3
"""Every row's words stand in its text: for each row of relations.csv, mentions.csv and attendance.csv with a
document, text[start:end] of text/<document>.txt, in code points, equals quote (relations), text (mentions), and
contains person_as_written (attendance), in which a tab or a line break is a space.

    quotes.py BUILD...

Standard library only. Exit status 1 if a row does not hold.
"""
import csv
import sys
import unicodedata
from pathlib import Path

csv.field_size_limit(1 << 30)

# Table, column with the words, whether the text equals them or contains them.
TABLES = (
    ("relations", "quote", "equals"),
    ("mentions", "text", "equals"),
    ("attendance", "person_as_written", "contains"),
    ("unresolved", "text", "equals"),
)


def holds(words, quoted, how):
    if how == "equals":
        return quoted == words
    return words in "".join(" " if unicodedata.category(c) == "Cc" else c for c in quoted)


def check(build):
    texts, failures, counts = {}, [], []
    for table, column, how in TABLES:
        rows = 0
        with (build / f"{table}.csv").open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                document = row["document"]
                if not document:
                    continue
                if document not in texts:
                    texts[document] = (build / "text" / f"{document}.txt").read_bytes().decode("utf-8")
                quoted = texts[document][int(row["start"]) : int(row["end"])]
                rows += 1
                # What was not understood may have no words of its own (a meeting that nothing names).
                if (not quoted and table != "unresolved") or not holds(row[column], quoted, how):
                    failures.append(f"{table}.csv: {document}:{row['start']}-{row['end']}: {quoted!r} is not {row[column]!r}")
        counts.append(f"{rows} rows of {table}.csv")
    print(f"{build}: {', '.join(counts)}: " + (f"{len(failures)} do not hold" if failures else "all hold"))
    return failures


def main(builds):
    if not builds:
        sys.exit(__doc__)
    failures = [failure for build in builds for failure in check(Path(build))]
    print("\n".join(failures[:20]), end="\n" if failures else "")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
