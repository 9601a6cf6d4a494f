#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write random conformance cases: queries and small tables, without what Spark gives for them.

    generate.py [--seed N] [--count N] [--area NAME] DIR

DIR/AREA/NNNN gets case.yaml, query.sql and the tables. The same seed, count and area make the same
bytes. ask_spark.py then adds expected.csv, or the refusal.
"""

import argparse
import os
import random
import sys

import yaml

import aggregates
import csv_files
import jobs
import numbers_as_text
import queries
import refusals
import relations
import windows

AREAS = {
    "window": windows.window_case,
    "aggregate": aggregates.aggregate_case,
    "round": numbers_as_text.number_case,
    "csv": csv_files.csv_case,
    "cast": numbers_as_text.cast_case,
    "jobs": jobs.job_case,
    "refusals": refusals.maybe_refused_case,
    "scalar": queries.scalar_case,
    "join": queries.join_case,
    "subquery": queries.subquery_case,
    "set": queries.set_case,
    "group": queries.group_case,
    "over": queries.over_case,
    "nested": queries.nested_case,
    "three": relations.three_case,
    "using": relations.using_case,
    "generator": relations.generator_case,
    "shared": relations.shared_case,
    "unaliased": relations.unaliased_case,
    "union": relations.union_case,
    "sets": relations.sets_case,
    "statistics": relations.statistics_case,
    "correlated": relations.correlated_case,
    "span": relations.span_case,
    "window-join": relations.window_join_case,
    "big": relations.big_case,
}


def write_case(folder, case):
    """case: {query, tables: {name: Table}, settings, order, writer}"""
    os.makedirs(folder, exist_ok=True)
    listed = {}
    for name, table in case["tables"].items():
        listed[name] = {"file": name + ".csv", "schema": table.schema()}
        if getattr(table, "options", None):
            listed[name]["options"] = table.options
        with open(os.path.join(folder, name + ".csv"), "w", encoding="utf-8", newline="") as file:
            file.write(table.csv())
    about = {"title": case.get("title", "random"), "about": "A random query.", "tables": listed}
    for key in ("settings", "order", "writer"):
        if case.get(key):
            about[key] = case[key]
    with open(os.path.join(folder, "case.yaml"), "w", encoding="utf-8") as file:
        yaml.safe_dump(about, file, sort_keys=False, allow_unicode=True)
    with open(os.path.join(folder, "query.sql"), "w", encoding="utf-8") as file:
        file.write(case["query"] + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20, help="cases of each area")
    parser.add_argument("--area", action="append", choices=sorted(AREAS), help="default: all")
    parser.add_argument("folder", metavar="DIR")
    options = parser.parse_args()
    for area in options.area or sorted(AREAS):
        for number in range(options.count):
            chance = random.Random(f"{options.seed} {area} {number}")
            write_case(os.path.join(options.folder, area, f"{number:04}"), AREAS[area](chance))
    return 0


if __name__ == "__main__":
    sys.exit(main())
