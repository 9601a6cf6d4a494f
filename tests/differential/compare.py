#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Run cases that Spark has answered and tell where retrial differs.

    RETRIAL=./retrial compare.py DIR...

Cells are compared as text, except that a number may have other digits if it is the same number:
Java before 19 prints more digits of a large FLOAT or DOUBLE than it takes. One line a difference or
a refusal, then how many cases there are of each kind; the exit status is 1 if there is a difference
or a query that only retrial takes. Needs PyYAML.
"""

import csv
import io
import os
import struct
import subprocess
import sys

import yaml

LEAST_WITH_OTHER_DIGITS = 3e7  # of a FLOAT; 24 bits are about 1.7e7


def as_float(number):
    try:
        return struct.unpack("f", struct.pack("f", number))[0]
    except OverflowError:
        return float("inf")


def same(ours, theirs):
    """Whether two fields are the same text or the same DOUBLE or large FLOAT."""
    if ours == theirs:
        return True
    try:
        a, b = float(ours), float(theirs)
    except ValueError:
        return False
    digits = sum(c.isdigit() for c in theirs.split("E")[0])
    is_float = abs(a) > LEAST_WITH_OTHER_DIGITS and digits <= 9
    return a == b or (is_float and as_float(a) == as_float(b))


def answer(folder, case):
    """(exit status, bytes of CSV or message) of retrial"""
    command = [os.environ.get("RETRIAL", "retrial"), "sql", os.path.join(folder, "query.sql")]
    for name, table in case["tables"].items():
        command += ["--table", f"{name}={os.path.join(folder, table['file'])}"]
        command += ["--schema", f"{name}={table['schema']}"]
    for key, value in case.get("settings", {}).items():
        command += ["--set", f"{key}={value}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout if done.returncode == 0 else done.stderr.strip()


def rows_of(text, case):
    rows = list(csv.reader(io.StringIO(text)))
    return rows[:1] + sorted(rows[1:]) if case.get("order") == "any" else rows


def first_difference(ours, theirs):
    for place, (a, b) in enumerate(zip(ours, theirs)):
        for column, x, y in zip(theirs[0], a, b):
            if not same(x, y):
                return f"row {place}, {column}: {x!r}, Spark {y!r}"
        if len(a) != len(b):
            return f"row {place}: {len(a)} fields, Spark {len(b)}"
    return None if len(ours) == len(theirs) else f"{len(ours)} rows, Spark {len(theirs)}"


SAME, BOTH_REFUSE = "same", "both refuse"
WE_REFUSE, WE_ACCEPT, DIFFERENT = "we refuse", "we accept", "different"
KINDS = [SAME, BOTH_REFUSE, WE_REFUSE, WE_ACCEPT, DIFFERENT]


def judged(folder, case):
    """(one of KINDS, what there is to say about it)"""
    status, text = answer(folder, case)
    if status < 0:
        return DIFFERENT, f"ended by signal {-status}"
    if "error" in case:
        return (BOTH_REFUSE, "") if status != 0 else (WE_ACCEPT, f"Spark says: {case['error']}")
    if status != 0:
        return WE_REFUSE, text
    with open(os.path.join(folder, "expected.csv"), encoding="utf-8", newline="") as file:
        found = first_difference(rows_of(text, case), rows_of(file.read(), case))
    return (SAME, "") if found is None else (DIFFERENT, found)


def main(tops):
    counts = dict.fromkeys(KINDS, 0)
    for folder, _, files in sorted(entry for top in tops for entry in os.walk(top)):
        if "case.yaml" not in files:
            continue
        with open(os.path.join(folder, "case.yaml"), encoding="utf-8") as file:
            case = yaml.safe_load(file)
        if "error" not in case and "expected.csv" not in files:
            continue
        kind, words = judged(folder, case)
        counts[kind] += 1
        if words:
            print(f"{folder}: {kind}: {words}")
    print(", ".join(f"{count} {kind}" for kind, count in counts.items()))
    return 1 if counts[WE_ACCEPT] + counts[DIFFERENT] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if sys.argv[1:] else __doc__)
