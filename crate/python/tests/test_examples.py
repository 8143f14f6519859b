"""The example for DuckDB, as its head says that it is started. That for Spark is run by tests/spark."""

import collections
import pathlib
import subprocess
import sys
import tempfile
import unittest

import pyarrow as pa
import pyarrow.parquet

ROOT = pathlib.Path(__file__).parents[3]
VECTORS = ROOT / "tests/vectors"


class DuckDB(unittest.TestCase):
    def test_it_counts_verdicts(self):
        rules = ["valid", "digest-missing", "valid", "stale"]
        shown = [(VECTORS / rule / "presentation.bin").read_bytes() for rule in rules] * 100
        with tempfile.TemporaryDirectory() as folder:
            archive = pathlib.Path(folder) / "archive.parquet"
            columns = {"id": pa.array(range(len(shown))), "presentation": pa.array(shown, pa.binary())}
            columns["at"] = pa.array([1795348800] * len(shown), pa.timestamp("s", "UTC"))
            pyarrow.parquet.write_table(pa.table(columns), archive)
            example = ROOT / "crate/python/examples/duckdb_archive.py"
            command = [sys.executable, str(example), str(archive), str(VECTORS / "valid/iaca.der")]
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        counts = collections.Counter()
        for line in said.splitlines():
            number, verdict, _ = line.split("\t")
            counts[verdict] += int(number)
        self.assertEqual(counts, {"verified": 200, "refused": 200})


if __name__ == "__main__":
    unittest.main()
