"""Verifies an archive in DuckDB: verdicts are a table beside any other.

    python duckdb_archive.py ARCHIVE.parquet iaca.pem

ARCHIVE.parquet has the columns `id`, `presentation` and, optionally, `at` with a time zone and `case`.
"""

import pathlib
import sys

import duckdb
import liangzheng
import pyarrow as pa


def verified(archive: pa.RecordBatchReader, **options) -> pa.RecordBatchReader:
    """Judges batch after batch, as they are asked for: the archive may be larger than the memory."""
    verifier = liangzheng.Verifier(**options)
    batches = (verifier.verify(batch) for batch in archive)
    first = next(batches, None)
    if first is None:
        return pa.RecordBatchReader.from_batches(pa.schema([]), [])

    def all_of_them():
        yield first
        yield from batches

    return pa.RecordBatchReader.from_batches(first.schema, all_of_them())


def main() -> None:
    source, trust = sys.argv[1:]
    connection = duckdb.connect()
    archive = connection.cursor().read_parquet(source).to_arrow_reader(10_000)
    rows = verified(archive, trust=pathlib.Path(trust).read_bytes(), jobs=2)
    connection.register("verified", rows)
    counts = connection.sql(
        "SELECT coalesce(verdict, 'unreadable') AS verdict, coalesce(codes[1], '') AS code, count(*) AS rows "
        "FROM verified GROUP BY ALL ORDER BY rows DESC, verdict, code"
    )
    for verdict, code, number in counts.fetchall():
        print(f"{number}\t{verdict}\t{code}")


if __name__ == "__main__":
    main()
