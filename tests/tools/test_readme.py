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
    found = doctest.testfile(
        str(ROOT / "README.md"), module_relative=False, globs={"networkx": networkx, "pandas": pandas, "rdflib": rdflib}
    )
    assert found.attempted >= 3
    assert found.failed == 0
