#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""differing.py REFERENCE OTHER: how many rows of OTHER are not those of REFERENCE, in per cent.

Both are results of CPU_MEM or NET_DISK, sorted by server and window. Numbers are compared as
numbers, whatever their text; an absent alert is one whether it is quoted or not.
"""

import itertools
import sys


def rows(name):
    with open(name, encoding="utf-8") as file:
        next(file)
        for line in file:
            server, start, end, x, y, alert = line.rstrip("\n").split(",")
            yield server, start, end, float(x), float(y), alert.strip('"')


def main(reference, other):
    wrong = total = 0
    for ours, theirs in itertools.zip_longest(rows(reference), rows(other)):
        total += 1
        wrong += ours != theirs
    print("none" if wrong == 0 else f"{wrong:,} ({100 * wrong / total:.2g} %)")


main(*sys.argv[1:])
