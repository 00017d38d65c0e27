"""Tables: frictionless accepts them and catches faults; duckdb and pandas work out the rates that the program shows."""
import csv
import shutil

import duckdb
import frictionless
import pandas
import pytest

from conftest import quorate, rows


def valid(build):
    return frictionless.Package(str(build / "datapackage.json")).validate()


def test_frictionless_accepts_every_table(build):
    report = valid(build)
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])[:10]
    described = {resource.path for resource in frictionless.Package(str(build / "datapackage.json")).resources}
    assert described == {path.name for path in build.glob("*.csv")}


FAULTS = {
    "a date in words": ("meetings", lambda r: r[0].update(date="13 March")),
    "a number in words": ("documents", lambda r: r[0].update(bytes="many")),
    "a flag in words": ("attendance_panel", lambda r: r[0].update(present="yes")),
    "a key twice": ("entities", lambda r: r.append(dict(r[0]))),
    "a person who is no entity": ("attendance", lambda r: r[0].update(person="person/nobody-at-all")),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_frictionless_rejects(series, tmp_path, fault):
    table, spoil = FAULTS[fault]
    spoilt = tmp_path / "output"
    shutil.copytree(series, spoilt)
    assert valid(spoilt).valid
    changed = rows(series, table)
    spoil(changed)
    with (spoilt / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, changed[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(changed)
    assert not valid(spoilt).valid


def shown(build):
    """The rates that the program shows, by person, body and capacity."""
    said = csv.DictReader(quorate("attendance", "--graph", build, "--format", "csv").splitlines())
    return {(r["person"], r["body_name"], r["capacity"]): (int(r["present"]), int(r["of"])) for r in said}


def test_pandas_and_duckdb_work_out_the_rates_that_the_program_shows(build):
    rates = shown(build)
    assert rates
    panel = pandas.read_csv(build / "attendance_panel.csv", keep_default_na=False)
    by = ["person", "body_name", "capacity"]
    figures = panel.groupby(by).present.agg(["sum", "count", "mean"])
    assert {key: (row["sum"], row["count"]) for key, row in figures.iterrows()} == rates
    connection = duckdb.connect()
    found = connection.execute(
        "SELECT person, body_name, coalesce(capacity, ''), avg(present) FROM read_csv(?) GROUP BY ALL",
        [str(build / "attendance_panel.csv")],
    ).fetchall()
    assert {tuple(key): rate for *key, rate in found} == pytest.approx({key: n / of for key, (n, of) in rates.items()})
