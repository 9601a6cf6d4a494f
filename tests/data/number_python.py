#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How Python prints doubles in JSON; writes number_python.tsv, which tests/unit reads.

    ./number_python.py > number_python.tsv

A line is: the double's bits, json.dumps of it.
"""
import json
import random
import struct

random.seed(754)


def show(x):
    print(struct.pack(">d", x).hex(), json.dumps(x), sep="\t")


for x in (0.0, -0.0, 26.49, 1e-4, 9.999999999999999e-05, 1e-5, 1e15, 1e16, 9999999999999998.0,
          123456789012345680.0, 1e22, 1e23, 5e-324, 1e-323, 1.5e-10, 1e100, 1.7976931348623157e308,
          -2.5e-7, 0.1, 100.0, 1e7, 12345678.9, float("nan"), float("inf"), float("-inf")):
    show(x)
for i in range(400):
    show(random.randrange(1000000) / 100)
    show(random.uniform(-1, 1) * 10 ** random.randrange(-20, 20))
    show(struct.unpack(">d", random.randbytes(8))[0])
