#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Print rows.tsv anew: what Spark 3.5.3 reads from the files in it.

    csv_spark.py rows.tsv >new.tsv

Needs pyspark==3.5.3 and a Java 17 runtime.
"""
import os
import sys
import tempfile

from pyspark.sql import SparkSession

SCHEMA = "a STRING, b INT, c DOUBLE, _corrupt_record STRING"
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.extraJavaOptions": "-Duser.timezone=UTC",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.legacy.timeParserPolicy": "CORRECTED",
}


def value(x, column):
    if x is None:
        return "~"
    if column in "a_":
        return x.encode("utf-8", "surrogatepass").hex()
    return str(x) if column == "b" else "%.17g" % x


def rows(spark, path, columns, options):
    """The rows, or ERROR where Spark refuses."""
    names = ["_corrupt_record" if c == "_" else c for c in columns]
    options = {} if options == "-" else dict(o.split("=", 1) for o in options.split(";"))
    try:
        found = spark.read.schema(SCHEMA).options(**options).csv("file://" + path).select(*names).collect()
    except Exception:  # whatever Spark throws, through py4j or not
        return "ERROR"
    return "".join("".join(value(x, c) + "," for x, c in zip(row, columns)) + ";" for row in found) or "-"


def main():
    builder = SparkSession.builder.master("local[1]")
    for key, setting in SETTINGS.items():
        builder = builder.config(key, setting)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    with tempfile.TemporaryDirectory() as scratch, open(sys.argv[1], encoding="ascii") as lines:
        for number, line in enumerate(lines):
            if line.startswith("#"):
                print(line, end="")
                continue
            columns, options, text, _ = line.rstrip("\n").split("\t")
            path = os.path.join(scratch, f"{number}.csv")
            with open(path, "wb") as file:
                file.write(b"" if text == "-" else bytes.fromhex(text))
            print(columns, options, text, rows(spark, path, columns, options), sep="\t")


if __name__ == "__main__":
    main()
