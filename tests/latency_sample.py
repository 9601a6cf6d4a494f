#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tests/latency_sample.py calm|stall|virtual [SECONDS] >RUN/latency.json: latencies as a run would
write them, made up, to look at `retrial report` without a broker.

One sender hands over a message every 12.5 ms and waits for each acknowledgement. `calm`: the broker
takes about a millisecond. `stall`: the same, but in the middle it stands still for five seconds.
`virtual`: what a virtual clock measures; only consumers take time, whose polls are 100 ms apart.
"""
import json
import random
import sys

MS, SECOND = 1_000_000, 1_000_000_000
EVERY = 12_500_000
STALL = 5 * SECOND


def percentiles(values):
    """Five steps each time the distance to 100 % halves, as HdrHistogram prints them."""
    rows, n, level = [], len(values), 0.0
    while True:
        at = min(n, max(1, -int(-level * n // 100)))
        value = values[at - 1]
        below = at
        while below < n and values[below] == value:
            below += 1
        rows.append([repr(round(level, 10)), value, below])
        if below == n:
            break
        half = 100.0
        while half > 100.0 - level:
            half /= 2
        level = min(100.0, level + half / 5)
    if rows[-1][0] != "100.0":
        rows.append(["100.0", values[-1], n])
    return rows


def quantile(values, percent):
    return values[min(len(values), max(1, -int(-percent * len(values) // 100))) - 1]


def summary(values):
    values = sorted(values)
    out = {"count": len(values), "min": values[0], "mean": sum(values) // len(values)}
    for percent in (50, 90, 99, 99.9, 99.99):
        out[f"p{percent}"] = quantile(values, percent)
    out["max"] = values[-1]
    out["percentiles"] = percentiles(values)
    return out


def by_second(events):
    seconds = {}
    for at, value in events:
        seconds.setdefault(at // SECOND, []).append(value)
    rows = []
    for second, values in sorted(seconds.items()):
        values.sort()
        rows.append({"second": second, "count": len(values), "p50": quantile(values, 50),
                     "p99": quantile(values, 99), "max": values[-1]})
    return rows


def metric(name, corrected, uncorrected=None):
    """corrected: pairs of the second in which it counts and a duration."""
    return {"metric": name, "corrected": summary([v for _, v in corrected]),
            "uncorrected": summary(uncorrected) if uncorrected else None,
            "seconds": by_second(corrected)}


def real(seconds, stalls):
    chance = random.Random(98)
    lag, ack, ack_sent, consume = [], [], [], []
    free = 0
    stall_at = seconds * SECOND // 2 if stalls else -STALL
    for i in range(seconds * SECOND // EVERY):
        due = i * EVERY
        sent = max(due, free) + chance.randrange(20_000, 90_000)
        took = int(chance.lognormvariate(13.6, 0.35))
        if sent < stall_at + STALL <= sent + STALL:
            took += stall_at + STALL - sent
        free = sent + took
        lag.append((sent // SECOND * SECOND, sent - due))
        ack.append((free, free - due))
        ack_sent.append(took)
        consume.append((free, free - due + chance.randrange(MS, 101 * MS)))
    return [metric("schedule-lag", lag), metric("produce-to-ack", ack, ack_sent),
            metric("produce-to-consume", consume)]


def virtual(seconds):
    steps = [(s * SECOND, (7 * s + k) % 100 * MS) for s in range(seconds) for k in range(20)]
    zero = [(at, 0) for at, _ in steps]
    alerts = [(at, 30 * SECOND + v) for at, v in steps[::10]]
    return [metric("schedule-lag", zero), metric("produce-to-ack", zero, [0] * len(zero)),
            metric("produce-to-consume", steps, [v for _, v in steps]),
            metric("event-to-alert", alerts)]


def main():
    kind = sys.argv[1]
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 600
    metrics = virtual(seconds) if kind == "virtual" else real(seconds, kind == "stall")
    clock = "virtual" if kind == "virtual" else "real"
    json.dump({"format": 1, "unit": "ns", "clock": clock, "start": "2025-01-01T00:00:00Z",
               "metrics": metrics}, sys.stdout, separators=(",", ":"))
    print()


main()
