#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""latency.json, from sorted lists and fractions: latency_python.py > latency.json

Five events (ms since the start): the third was acknowledged late, the fourth waited for that.
"""
import json
from fractions import Fraction

INTENDED = [0, 100, 200, 300, 1000]
SENT = [0, 100, 200, 700, 1000]
ACKED = [1, 102, 700, 703, 1001]
NS_PER_MS = 10**6


def upper_end(ns):
    """Of its bucket: three digits are eleven bits."""
    width = 1 << max(0, ns.bit_length() - 11)
    return ns // width * width + width - 1


def quantile(durations, level):
    rank = max(1, -(-level * len(durations) // 1))
    return min(upper_end(sorted(durations)[int(rank) - 1]), max(durations))


def levels():
    level, step = Fraction(0), Fraction(10, 100)
    while True:
        for _ in range(5):
            yield level
            level += step
        step /= 2


def decimal(x):
    whole, rest, digits = int(x), x - int(x), ""
    while not digits or rest:
        rest *= 10
        digits += str(int(rest))
        rest -= int(rest)
    return f"{whole}.{digits}"


def percentiles(durations):
    rows = []
    for level in levels():
        ns = quantile(durations, level)
        count = sum(min(upper_end(d), max(durations)) <= ns for d in durations)
        rows.append([decimal(100 * level), ns, count])
        if count == len(durations):
            return rows + [["100.0", ns, count]]


def side(durations):
    parts = {"p50": 5000, "p90": 9000, "p99": 9900, "p99.9": 9990, "p99.99": 9999}
    return {
        "count": len(durations),
        "min": min(durations),
        "mean": sum(durations) // len(durations),
        **{name: quantile(durations, Fraction(n, 10000)) for name, n in parts.items()},
        "max": max(durations),
        "percentiles": percentiles(durations),
    }


def seconds(done, durations):
    rows = []
    for second in sorted({ms // 1000 for ms in done}):
        these = [d for ms, d in zip(done, durations) if ms // 1000 == second]
        rows.append({
            "second": second,
            "count": len(these),
            "p50": quantile(these, Fraction(1, 2)),
            "p99": quantile(these, Fraction(99, 100)),
            "max": max(these),
        })
    return rows


def since(start, done):
    return [(d - s) * NS_PER_MS for s, d in zip(start, done)]


lag, corrected, uncorrected = since(INTENDED, SENT), since(INTENDED, ACKED), since(SENT, ACKED)
print(json.dumps({
    "format": 1,
    "unit": "ns",
    "clock": "virtual",
    "start": "2025-01-01T00:00:00Z",
    "metrics": [
        {"metric": "schedule-lag", "corrected": side(lag), "uncorrected": None,
         "seconds": seconds(SENT, lag)},
        {"metric": "produce-to-ack", "corrected": side(corrected), "uncorrected": side(uncorrected),
         "seconds": seconds(ACKED, corrected)},
    ],
}, indent=2))
