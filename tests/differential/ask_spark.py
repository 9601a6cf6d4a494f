#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Ask the real Apache Spark what it gives for cases: writes expected.csv, or the refusal.

    ask_spark.py DIR...

Every folder below DIR with a case.yaml and neither an expected.csv nor an `error` gets one of them:
the bytes of Spark's CSV, or `error` in its case.yaml. One Spark session, one thread, UTC.
Needs pyspark 3.5, PyYAML and a Java runtime.
"""

import os
import re
import shutil
import sys
import tempfile

import yaml
from pyspark.sql import SparkSession

STATIC = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.extraJavaOptions": "-Duser.timezone=UTC",
}
SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false",
    "spark.sql.legacy.timeParserPolicy": "CORRECTED",
    "spark.sql.shuffle.partitions": "1",
}


def unanswered(folders):
    for top in folders:
        for folder, _, files in sorted(os.walk(top)):
            if "case.yaml" in files and "expected.csv" not in files:
                with open(os.path.join(folder, "case.yaml"), encoding="utf-8") as file:
                    case = yaml.safe_load(file)
                if "error" not in case:
                    yield folder, case


def session(scratch):
    builder = SparkSession.builder.master("local[1]").config("spark.local.dir", scratch)
    builder = builder.config("spark.sql.warehouse.dir", os.path.join(scratch, "warehouse"))
    for key, value in STATIC.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    return spark


def answer(spark, folder, case, scratch):
    """The bytes of Spark's CSV; its refusals are exceptions."""
    for name, table in case["tables"].items():
        path = os.path.abspath(os.path.join(folder, table["file"]))
        reader = spark.read.schema(table["schema"]).option("header", "true")
        reader.csv("file://" + path).createOrReplaceTempView(name)
    with open(os.path.join(folder, "query.sql"), encoding="utf-8") as file:
        frame = spark.sql(file.read())
    target = os.path.join(scratch, "output")
    shutil.rmtree(target, ignore_errors=True)
    frame.coalesce(1).write.option("header", "true").csv("file://" + target)
    written = b""
    for part in sorted(name for name in os.listdir(target) if name.startswith("part-")):
        with open(os.path.join(target, part), "rb") as file:
            written += file.read()
    return written


def answer_alone(spark, folder, case, scratch):
    settings = {**SETTINGS, **case.get("settings", {})}
    try:
        for key, value in settings.items():
            spark.conf.set(key, value)
        return answer(spark, folder, case, scratch)
    finally:
        for key in settings:
            spark.conf.unset(key)


def refusal(problem):
    """The error class that Spark names, or the start of what it says."""
    named = re.search(r"\[([A-Z0-9_.]+)\]", str(problem))
    return named.group(1) if named else str(problem).strip().split("\n", maxsplit=1)[0][:120]


def main(folders):
    answered = refused = 0
    with tempfile.TemporaryDirectory(prefix="ask-spark-") as scratch:
        spark = session(scratch)
        for folder, case in unanswered(folders):
            try:
                written = answer_alone(spark, folder, case, scratch)
            except Exception as problem:  # whatever Spark throws, through py4j or not
                case["error"] = refusal(problem)
                with open(os.path.join(folder, "case.yaml"), "w", encoding="utf-8") as file:
                    yaml.safe_dump(case, file, sort_keys=False, allow_unicode=True)
                refused += 1
                continue
            with open(os.path.join(folder, "expected.csv"), "wb") as file:
                file.write(written)
            answered += 1
        print(f"Spark {spark.version}: {answered} answered, {refused} refused")
        spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if sys.argv[1:] else __doc__)
