"""Verifies an archive on Apache Spark: a table of presentations in, a table of rows out.

    spark-submit --archives env.tar.gz#environment spark_archive.py ARCHIVE.parquet RESULTS.parquet iaca.pem [policy.json]

The executors need the wheels of liangzheng and pyarrow: here in a packed environment (venv-pack, conda-pack), with
PYSPARK_PYTHON=./environment/bin/python. Trust and policy travel with the function, so that no executor needs a file.
"""

import pathlib
import sys

import liangzheng
from pyspark.sql import DataFrame, SparkSession


def verified(archive: DataFrame, **options) -> DataFrame:
    """Returns one row for each row of `archive`; `options` are those of `liangzheng.Verifier`."""

    def judged(batches):
        import liangzheng

        # Once for a task, on the executor.
        verifier = liangzheng.Verifier(**options)
        for batch in batches:
            yield verifier.verify(batch)

    return archive.mapInArrow(judged, liangzheng.SPARK_SCHEMA)


def main() -> None:
    source, target, trust, *policy = sys.argv[1:]
    options = {"trust": pathlib.Path(trust).read_bytes()}
    if policy:
        options["policy"] = pathlib.Path(policy[0]).read_bytes()
    spark = SparkSession.builder.appName("liangzheng").getOrCreate()
    verified(spark.read.parquet(source), **options).write.parquet(target)
    spark.stop()


if __name__ == "__main__":
    main()
