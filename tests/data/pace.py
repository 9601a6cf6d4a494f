#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""When replay/pace.h has to make rows due, by exact fractions:

    python3 pace.py > pace_python.tsv

A line is speed or rate, the factor, the time since the schedule's start in nanoseconds or the
number of the row, the anchor and the deadline, between tabs.
"""
import random
from fractions import Fraction

LATEST = 2**63 - 2
rng = random.Random(19)


def deadline(kind, factor, n, anchor):
    after = Fraction(n) / Fraction(factor)
    if kind == "rate":
        after *= 10**9
    return min(anchor + after.numerator // after.denominator, LATEST)


def line(kind, factor, n, anchor):
    print(kind, factor, n, anchor, deadline(kind, factor, n, anchor), sep="\t")


NOW = 1735689600000000000
YEARS = 10 * 365 * 86400
for rate in ["3", "7", "99991.7", "1", "0.000000001", "1000000000", "999999999.999999999", "12345.678901234"]:
    for row in [0, 1, 2, 3, 10**9 - 1, 10**9, 10**9 + 1, YEARS * 10**9, 2**64 - 1]:
        for anchor in [0, NOW]:
            line("rate", rate, row, anchor)
for speed in ["1", "0.5", "1000", "0.000000001", "1000000000", "3", "1.000000001", "0.333333333"]:
    for since in [0, 1, 2, 10**9, 24 * 60 * 10**9 + 7, YEARS * 10**9, 2**63 - 1 - NOW]:
        for anchor in [0, NOW]:
            line("speed", speed, since, anchor)
for _ in range(400):
    kind = rng.choice(["rate", "speed"])
    factor = f"{rng.randrange(10 ** rng.randrange(10))}.{rng.randrange(1, 10 ** rng.randrange(1, 10)):09d}"
    line(kind, factor, rng.randrange(2 ** rng.randrange(1, 62)), rng.choice([0, NOW]))
