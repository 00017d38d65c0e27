"""The job for Spark in `examples/`, run on a local one: it gives the bytes of a plain build."""
import os
import shutil
import subprocess
import sys

import pytest

from conftest import ROOT, SOURCES, quorate

pytest.importorskip("pyspark")


def files(build):
    return {path.relative_to(build): path.read_bytes() for path in build.rglob("*") if path.is_file()}


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")
def test_spark_gives_the_bytes_of_a_plain_build(tmp_path):
    plain, spread = tmp_path / "plain", tmp_path / "spread"
    quorate("build", SOURCES["fixtures"], "-o", plain)
    program = os.environ.get("QUORATE", str(ROOT / "target" / "release" / "quorate"))
    job = [ROOT / "examples" / "spark.py", SOURCES["fixtures"], spread, "--quorate", program, "--partitions", "4"]
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    ended = subprocess.run([sys.executable, *map(str, job)], capture_output=True, text=True, env=environment)
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert files(spread) == files(plain)
