"""Documents that are added rename nothing, and leave nothing behind when they go: on the real corpus, where it is there."""
import filecmp
import shutil

import pytest

from conftest import ROOT, quorate, rows

CORPUS = ROOT.parent / "shared" / "corpus"


def build(sources, output, *options):
    quorate("build", *sources, "-o", output, "--quiet", "--format", "turtle", *options)
    return output


def same(left, right):
    """Whether two folders hold the same files with the same bytes."""
    found = filecmp.dircmp(left, right, ignore=[".cache"])
    unlike = filecmp.cmpfiles(left, right, found.common_files, shallow=False)
    return not (found.left_only or found.right_only or unlike[1] or unlike[2]) and all(
        same(left / name, right / name) for name in found.common_dirs
    )


def given(folder):
    """Identifiers of a build, and others that lead to them."""
    entities = rows(folder, "entities")
    others = {other: row["id"] for row in entities for other in row["other_identifiers"].split("; ") if other}
    return {row["id"] for row in entities}, others


@pytest.fixture
def places(tmp_path):
    if not CORPUS.is_dir():
        pytest.skip("../shared/corpus is not there")
    yield tmp_path
    shutil.rmtree(tmp_path)


def test_ten_documents_more_rename_nothing(places):
    more = sorted((ROOT / "fixtures" / "minutes" / "difficulties").iterdir())[:10]
    assert len(more) == 10
    first = build([CORPUS], places / "first")
    second = build([CORPUS, *more], places / "second")
    assert len(rows(second, "documents")) == len(rows(first, "documents")) + 10
    assert given(first)[0] <= given(second)[0]
    # Taken away from the folder that held them, they leave the first build's bytes.
    assert same(first, build([CORPUS], second))


def test_ten_documents_of_the_same_bodies_rename_only_what_they_prove_the_same(places):
    """New minutes may prove that two are one: "J Wyett" is John Wyett. One identifier stays, the other leads there."""
    fewer = places / "fewer"
    shutil.copytree(CORPUS, fewer)
    documents = sorted(path for path in fewer.glob("*/*") if path.is_file())
    for path in documents[42::43][:10]:
        path.unlink()
    first = build([fewer], places / "first")
    second = build([CORPUS], places / "second", "--identifiers", first)
    before, _ = given(first)
    after, others = given(second)
    moved = before - after
    assert moved <= set(others)
    assert {others[identifier] for identifier in moved} <= before, "both were known before, and are one now"
    assert len(moved) * 1000 <= len(before)
