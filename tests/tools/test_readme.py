"""The README: its lines of Python print what it says that they print."""
import doctest
import re

import networkx
import pandas
import rdflib

from conftest import ROOT


def test_python_of_the_readme(folders, monkeypatch):
    monkeypatch.chdir(folders("fixtures").parent)
    blocks = re.findall(r"```pycon\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.S)
    names = {"networkx": networkx, "pandas": pandas, "rdflib": rdflib}
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), names, "README.md", "README.md", 0)
    assert len(test.examples) >= 3
    assert doctest.DocTestRunner().run(test).failed == 0
