#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Run the jobs of a pipeline on the real Apache Spark and compare with its golden files.

    retrial run fixtures/server-monitoring -o out
    tests/golden_spark.py fixtures/server-monitoring out

The second argument holds the stored tables that a run wrote. One line a job; the exit status is 1
if a file differs. Every parameter has its default. Needs pyspark 3.5, PyYAML and a Java runtime.
"""
import os
import re
import sys
import tempfile

import yaml
from pyspark.sql import SparkSession

SESSION = {
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false",
    "spark.sql.legacy.timeParserPolicy": "CORRECTED",
    "spark.sql.shuffle.partitions": "1",
}


def default_text(parameter):
    """What ${name} becomes: the default, or the text that this choice stands for."""
    if not isinstance(parameter, dict):
        return str(parameter)
    choices = parameter.get("choices")
    name = parameter["default"]
    return str(choices[name] if isinstance(choices, dict) else name)


def replace(text, variables):
    return re.sub(r"\$\{([^}]+)\}", lambda match: variables[match.group(1)], text)


def dataset_types(pipeline):
    words = (item.split(None, 1) for item in pipeline["dataset"]["schema"].split(","))
    return {name: kind.strip() for name, kind in words}


def field_types(pipeline, topic):
    """The type of each field of the topic's messages."""
    types, fields = dataset_types(pipeline), {}
    for field in pipeline["topics"][topic]["json"]:
        name, column = next(iter(field.items())) if isinstance(field, dict) else (field, field)
        fields[name] = types.get(column, "STRING")
    return fields


def table_schema(pipeline, table, variables):
    """"at AS ts, room, celsius FLOAT" as Spark's DDL."""
    types, ddl = field_types(pipeline, table["from"]), []
    for item in replace(table["columns"], variables).split(","):
        field, name, kind = re.fullmatch(r"(\S+)(?:\s+AS\s+(\S+))?(?:\s+(\S+))?", item.strip()).groups()
        ddl.append(f"{name or field} {kind or types[field]}")
    return ", ".join(ddl)


def run_job(spark, directory, job, variables):
    """The bytes that Spark writes for the job."""
    for parameter, file in job.get("auto", {}).items():
        if variables[parameter] == "auto":
            with open(os.path.join(directory, file), encoding="utf-8") as query:
                value = spark.sql(replace(query.read(), variables)).collect()[0][0]
            variables = {**variables, parameter: value}
    with open(os.path.join(directory, job["query"]), encoding="utf-8") as query:
        result = spark.sql(replace(query.read(), variables))
    with tempfile.TemporaryDirectory() as scratch:
        result.coalesce(1).write.csv(scratch + "/out", header=True)
        part = next(name for name in os.listdir(scratch + "/out") if name.startswith("part-"))
        with open(f"{scratch}/out/{part}", "rb") as file:
            return file.read()


def main(directory, run):
    with open(os.path.join(directory, "pipeline.yaml"), encoding="utf-8") as file:
        pipeline = yaml.safe_load(file)
    parameters = pipeline.get("parameters", {})
    variables = {name: default_text(parameter) for name, parameter in parameters.items()}
    builder = SparkSession.builder.master("local[1]")
    for key, value in SESSION.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    for name, table in pipeline["tables"].items():
        reader = spark.read.schema(table_schema(pipeline, table, variables)).option("header", True)
        reader.csv(os.path.join(run, table["store"])).createOrReplaceTempView(name)
    status = 0
    for name, job in pipeline["jobs"].items():
        with open(os.path.join(directory, "golden", job["output"]), "rb") as file:
            same = file.read() == run_job(spark, directory, job, variables)
        print(f"{'same' if same else 'DIFFERS'}: {name} ({job['output']}), Spark {spark.version}")
        status = status if same else 1
    return status


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
