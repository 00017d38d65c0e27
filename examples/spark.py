"""Minutes to a graph on Spark: documents are extracted wherever they lie, and merged once.

    spark-submit examples/spark.py MINUTES OUTPUT [--lines FOLDER] [--quorate PROGRAM] [--partitions N]

MINUTES is a folder of any file system that Spark reads. OUTPUT is a folder of the driver; what is written there has the
bytes of `quorate build MINUTES -o OUTPUT`. What documents say passes through FOLDER, which all machines must see.
Every machine needs the program, the same one. Spark leaves out files whose names begin with an underscore.
"""

import argparse
import glob
import subprocess
import sys
import tempfile
from pathlib import Path

from pyspark.sql import SparkSession

# Exit 1 says that some document cannot be read; its line says why, and the build tells it again.
DONE = (0, 1)


def extracted(documents, program):
    """The lines of some documents, each a path within the folder of minutes and its bytes."""
    with tempfile.TemporaryDirectory() as folder:
        minutes = Path(folder, "minutes")
        for path, content in documents:
            place = minutes / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        if not minutes.exists():
            return
        # To a file: whoever reads a pipe line by line keeps the other side waiting.
        with tempfile.TemporaryFile() as out:
            done = subprocess.run([program, "extract", "--quiet", "--threads", "1", minutes], stdout=out)
            if done.returncode not in DONE:
                raise RuntimeError(f"{program} extract ended with {done.returncode}")
            out.seek(0)
            for line in out:
                yield line.decode().rstrip("\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("minutes")
    parser.add_argument("output")
    parser.add_argument("--lines", help="folder that all machines see; a temporary one where Spark is local")
    parser.add_argument("--quorate", default="quorate", metavar="PROGRAM")
    parser.add_argument("--partitions", type=int, default=64, metavar="N")
    asked = parser.parse_args()

    spark = SparkSession.builder.appName("quorate").getOrCreate()
    hadoop = spark._jvm.org.apache.hadoop.fs.Path(asked.minutes)
    root = hadoop.getFileSystem(spark._jsc.hadoopConfiguration()).makeQualified(hadoop).toString().rstrip("/") + "/"
    program = asked.quorate
    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(asked.minutes)
    documents = files.select("path", "content").rdd.map(lambda row: (row.path.removeprefix(root), bytes(row.content)))
    lines = documents.repartition(asked.partitions).mapPartitions(lambda some: extracted(some, program))
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.lines or str(Path(temporary, "lines"))
        lines.saveAsTextFile(folder)
        parts = sorted(glob.glob(f"{folder}/part-*"))
        return subprocess.run([program, "merge", *parts, "-o", asked.output]).returncode


if __name__ == "__main__":
    sys.exit(main())
