#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""When broker/modelled.h has to acknowledge and deliver, by the recursion for a single server:

    python3 queue.py > queue_python.tsv

One topic, number 0, of three partitions, with uniform times of service and delivery, from the seed
98. A line is a record in the order in which they come: the instant, its partition, and when it is
acknowledged and delivered, in nanoseconds, between tabs.
"""
import random

SEED, PARTITIONS, RECORDS = 98, 3, 600
SERVICE, DELIVERY = (1000, 3000), (0, 9000)
M = 2**64 - 1


def mix(x):
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9 & M
    x = (x ^ x >> 27) * 0x94D049BB133111EB & M
    return x ^ x >> 31


def combine(h, n):
    return mix(h + 0x9E3779B97F4A7C15 + n & M)


def draw(ends, key):
    low, high = ends
    return low + (combine(key, 0) * (high - low + 1) >> 64)


rng = random.Random(19)
number, acked, delivered = [0] * PARTITIONS, [0] * PARTITIONS, [0] * PARTITIONS
now = 0
for _ in range(RECORDS):
    now += rng.choice([0, 0, 100, 600, 2000])
    p = rng.randrange(PARTITIONS)
    key = combine(combine(combine(SEED, 0), p), number[p])
    number[p] += 1
    acked[p] = max(now, acked[p]) + draw(SERVICE, combine(key, 0))
    delivered[p] = max(delivered[p], acked[p] + draw(DELIVERY, combine(key, 1)))
    print(now, p, acked[p], delivered[p], sep="\t")
