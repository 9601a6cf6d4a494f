#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compare the examples of the SQL reference with the real Apache Spark, or fill their results in.

    tests/reference_spark.py [--write] FILE.ref...

Without --write one line for each example that Spark answers otherwise, and exit status 1 if there
is one. With it the lines `gives` are written anew; an example that Spark answers and the reference
says is refused stays as it is. Needs pyspark 3.5 and a Java runtime.
"""
import os
import re
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TABLES = {
    "samples": ("data/reference/samples.csv", "at TIMESTAMP, server STRING, cpu DOUBLE"),
    "servers": ("data/reference/servers.csv", "server STRING, room STRING, cores INT"),
}
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false",
    "spark.sql.legacy.timeParserPolicy": "CORRECTED",
    "spark.sql.shuffle.partitions": "1",
}
VERSION = "3.5"


def fields(lines):
    """(key, value, first line, line behind the last one) of each field of a source."""
    at = 0
    while at < len(lines):
        match = re.match(r"([a-z]+): *(.*)", lines[at])
        start, at = at, at + 1
        if not match:
            continue
        value = [match.group(2)] if match.group(2) else []
        while at < len(lines) and lines[at].startswith("  "):
            value.append(lines[at][2:])
            at += 1
        yield match.group(1), "\n".join(value), start, at


def examples(lines):
    """Each example as a map of its fields; `place` is that of its result."""
    example = None
    for key, value, start, end in fields(lines):
        if key in ("example", "query"):
            example = {"text": value, "is_query": key == "query", "option": []}
        elif example is not None and key == "option":
            example["option"].append(value)
        elif example is not None and key in ("input", "schema", "spark"):
            example[key] = value
        elif example is not None and key in ("gives", "refused"):
            example[key] = value
            example["place"] = (start, end)
            yield example
            example = None


def tables_of(example, scratch):
    """Name -> (path, schema, reader's options)."""
    tables = {name: (os.path.join(HERE, file), schema, {}) for name, (file, schema) in TABLES.items()}
    if "input" in example:
        path = os.path.join(scratch, "t.csv")
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(example["input"] + "\n")
        tables["t"] = (path, example["schema"], dict(o.split("=", 1) for o in example["option"]))
    return tables


def query_of(example):
    return example["text"] if example["is_query"] else f"SELECT {example['text']} AS value"


class Spark:
    """A session of one thread."""

    def __init__(self, scratch):
        from pyspark.sql import SparkSession

        self.scratch = scratch
        builder = SparkSession.builder.master("local[1]")
        for key, value in SETTINGS.items():
            builder = builder.config(key, value)
        self.session = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("OFF")

    def answer(self, query, tables):
        """The CSV that Spark writes; its refusals are exceptions."""
        for name, (path, schema, options) in tables.items():
            reader = self.session.read.schema(schema).option("header", "true").options(**options)
            reader.csv("file://" + path).createOrReplaceTempView(name)
        target = tempfile.mkdtemp(dir=self.scratch)
        for statement in query.split(";\n"):  # examples hold no such text
            rows = self.session.sql(statement)
        frame = rows.coalesce(1).write.mode("overwrite")
        frame.option("header", "true").csv("file://" + target)
        written = ""
        for part in sorted(name for name in os.listdir(target) if name.startswith("part-")):
            with open(os.path.join(target, part), encoding="utf-8", newline="") as file:
                written += file.read()
        return written


def result(spark, example, scratch):
    """What `gives` should say, or None where Spark refuses."""
    try:
        written = spark.answer(query_of(example), tables_of(example, scratch))
    except Exception:  # whatever Spark throws, through py4j or not
        return None
    if not example["is_query"]:
        written = written.split("\n", maxsplit=1)[1] or "null\n"
    return written[:-1] if written.endswith("\n") else written


def as_field(text):
    """The lines of `gives: TEXT`."""
    if "\n" not in text and not text.startswith(" "):
        return [f"gives: {text}".rstrip()]
    return ["gives:"] + ["  " + line for line in text.split("\n")]


def check(spark, path, scratch, write):
    """How many examples of a file are not what Spark gives."""
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    wrong, new = 0, []
    for example in examples(lines):
        if example.get("spark", VERSION) != VERSION:
            continue
        told = result(spark, example, scratch)
        if told == example.get("gives") or "refused" in example:
            continue
        wrong += 1
        shown = "refuses it" if told is None else f"gives {told!r}"
        print(f"{path}:{example['place'][0] + 1}: {query_of(example)!r}: Spark {shown}")
        if told is not None:
            new.append((example["place"], as_field(told)))
    if write:
        for (start, end), field in reversed(new):
            lines[start:end] = field
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
    return wrong


def main(arguments, make=Spark):
    write = "--write" in arguments
    files = [argument for argument in arguments if argument != "--write"]
    if not files:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory(prefix="reference-") as scratch:
        spark = make(scratch)
        wrong = sum(check(spark, path, scratch, write) for path in files)
    print(f"{wrong} examples differ")
    return 1 if wrong and not write else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
