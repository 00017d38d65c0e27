"""The README: its lines of Python print what it says that they print."""
import doctest
import os

import networkx
import pandas
import rdflib

from conftest import ROOT


def test_python_of_the_readme(folders, monkeypatch):
    monkeypatch.chdir(folders("fixtures").parent)
    assert os.path.isdir("output")
    # A fence ends what a line prints, as a blank line does.
    page = folders("fixtures").parent / "readme.txt"
    page.write_text((ROOT / "README.md").read_text(encoding="utf-8").replace("\n```", "\n\n```"), encoding="utf-8")
    found = doctest.testfile(str(page), module_relative=False, globs={"networkx": networkx, "pandas": pandas, "rdflib": rdflib})
    assert found.attempted >= 3
    assert found.failed == 0
