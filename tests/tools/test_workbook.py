"""Spreadsheets and columns: duckdb and pandas read Parquet as the tables; openpyxl reads the workbook's dates as dates; R works out the rates that the program shows; Popolo
JSON names what the tables name."""
import csv
import datetime
import json
import shutil
import subprocess
from collections import Counter

import duckdb
import openpyxl
import pandas
import pytest

from conftest import SOURCES, quorate, rows


@pytest.fixture(scope="module", params=["fixtures", "seeds"])
def tables(request, tmp_path_factory):
    if not SOURCES[request.param].is_dir():
        pytest.skip("no seeds here")
    folder = tmp_path_factory.mktemp(request.param) / "output"
    quorate("build", SOURCES[request.param], "-o", folder, "--format", "xlsx,popolo,parquet", "--quiet")
    return folder


def text(value):
    """A cell as the CSV writes it."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    return str(value)


def test_the_workbook_holds_the_tables(tables):
    book = openpyxl.load_workbook(tables / "tables.xlsx")
    names = [resource["name"] for resource in json.loads((tables / "datapackage.json").read_text())["resources"]]
    assert book.sheetnames == names
    for name in names:
        sheet = book[name]
        with (tables / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            expected = list(csv.reader(file))
        assert [[text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)] == expected, name
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")


def test_parquet_holds_the_tables(tables):
    for resource in json.loads((tables / "datapackage.json").read_text())["resources"]:
        name = resource["name"]
        found = duckdb.sql(f"SELECT * FROM '{tables}/parquet/{name}.parquet'")
        with (tables / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            header, *expected = csv.reader(file)
        assert found.columns == header, name
        flags = [column for column, kind in zip(found.columns, found.types) if kind == "BOOLEAN"]
        shown = [
            ["" if v is None else str(int(v)) if c in flags else str(v) for c, v in zip(header, row)] for row in found.fetchall()
        ]
        numbers = {column for column, kind in zip(found.columns, found.types) if kind == "DOUBLE"}
        keep = [i for i, column in enumerate(header) if column not in numbers]
        assert [[row[i] for i in keep] for row in shown] == [[row[i] for i in keep] for row in expected], name
    panel = pandas.read_csv(tables / "attendance_panel.csv").groupby("person").present.mean()
    query = f"SELECT person, avg(present::INT) AS rate FROM '{tables}/parquet/attendance_panel.parquet' GROUP BY person"
    rates = duckdb.sql(query).df().set_index("person").rate
    assert (rates.sort_index() - panel.sort_index()).abs().max() < 1e-9
    date = dict(zip(*[getattr(duckdb.sql(f"SELECT * FROM '{tables}/parquet/attendance_panel.parquet'"), k) for k in ("columns", "types")]))
    assert str(date["date"]) == "DATE"


def test_dates_are_dates_and_numbers_are_numbers(tables):
    book = openpyxl.load_workbook(tables / "tables.xlsx", read_only=True)
    header, *panel = book["attendance_panel"].iter_rows(values_only=True)
    assert panel
    for row in panel:
        cells = dict(zip(header, row))
        assert isinstance(cells["date"], datetime.datetime) and cells["date"].year == cells["year"]
        assert cells["present"] in (0, 1) and isinstance(cells["present"], int)
    header, *meetings = book["meetings"].iter_rows(values_only=True)
    times = [dict(zip(header, row))["start_time"] for row in meetings]
    assert all(time is None or isinstance(time, datetime.time) for time in times) and any(times)


def test_r_works_out_the_rates_that_the_program_shows(tables):
    if not shutil.which("Rscript"):
        pytest.skip("R is not installed")
    script = """
        panel <- read.csv(commandArgs(TRUE)[1], encoding = "UTF-8", na.strings = character())
        rates <- aggregate(present ~ person + body_name + capacity, panel, function(x) c(mean(x), length(x)))
        write.csv(do.call(data.frame, rates), stdout(), row.names = FALSE)
    """
    panel = str(tables / "attendance_panel.csv")
    said = subprocess.run(["Rscript", "-e", script, panel], check=True, capture_output=True, text=True).stdout
    _, *found = csv.reader(said.splitlines())
    shown = csv.DictReader(quorate("attendance", "--graph", tables, "--format", "csv").splitlines())
    expected = {(r["person"], r["body_name"], r["capacity"]): (int(r["present"]) / int(r["of"]), int(r["of"])) for r in shown}
    assert {tuple(key): (pytest.approx(float(rate)), int(of)) for *key, rate, of in found} == expected


def test_popolo_names_what_the_tables_name(tables):
    popolo = json.loads((tables / "popolo.json").read_text(encoding="utf-8"))
    kinds = Counter(row["kind"] for row in rows(tables, "entities"))
    assert len(popolo["persons"]) == kinds["person"] and len(popolo["organizations"]) == kinds["organisation"]
    assert len(popolo["memberships"]) == len(rows(tables, "tenures"))
    assert len(popolo["motions"]) == len(rows(tables, "decisions"))
    present = {(r["meeting"], r["person"]) for r in rows(tables, "attendance") if r["status"] == "present"}
    assert {(e["id"], a["id"]) for e in popolo["events"] for a in e.get("attendees", [])} == present
    known = {x["id"] for name in ("persons", "organizations", "posts") for x in popolo[name]}
    named = {v for m in popolo["memberships"] for k, v in m.items() if k.endswith("_id")}
    assert named <= known
