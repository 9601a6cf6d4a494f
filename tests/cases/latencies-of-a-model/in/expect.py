#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""expect.py latency.json [ROUNDS [ROWS]]: whether the latencies are those of the pipeline `gates`, its
dataset sent so many times, and no more than so many rows.

Everything is worked out here from dataset.csv and the numbers of pipeline.yaml: the queue of each
topic (one partition), the consumers' last instants, the windows, their alerts and last samples.
"""
import csv
import json
import sys

MS, SECOND, DAY = 10**6, 10**9, 86400
SERVICE, DELIVERY = {"passages": 300 * MS, "names": 0}, {"passages": 3 * MS // 2, "names": 2 * SECOND}
IDLE = {"passages": 30 * SECOND, "names": 10 * SECOND}


def seconds(text):
    hours = text.split(":")
    return None if len(hours) != 3 else (int(hours[0]) * 60 + int(hours[1])) * 60 + int(hours[2])


def schedule(rows, rounds):
    """The rows in the order in which they are sent: (intended, time, gate, people)."""
    sent, group = [], -1
    for _ in range(rounds):
        before = None
        for row in rows:
            group += row["ts"] != before
            before = row["ts"]
            sent.append((group * SECOND, seconds(row["ts"]), row["gate"], int(row["people"])))
    return sent


def topic(sent, name):
    """(intended, acknowledged, consumed) of each message."""
    free = seen = 0
    for due, *_ in sent:
        free = max(free, due) + SERVICE[name]
        seen = max(seen, free + DELIVERY[name])
        yield due, free, seen


def windows(sent, length, slide, by_gate):
    """{(gate, start): (people, intended time of the last sample)}"""
    found = {}
    for due, time, gate, people in sent:
        if time is None:
            continue
        for start in range(-length, DAY, slide):
            if start <= time < start + length:
                key = (gate if by_gate else "", start)
                found[key] = (found.get(key, (0, 0))[0] + people, due)
    return found


def equivalent(value, most):
    """The greatest value that a histogram of three digits (2048 buckets) counts together with it."""
    shift = max(0, value.bit_length() - 11)
    return min(((value >> shift) + 1 << shift) - 1, most)


def summary(values):
    values = sorted(values)
    at = lambda above, below: values[max(0, -(-len(values) * above // below) - 1)]
    most = values[-1]
    return {"count": len(values), "min": values[0], "max": most,
            "p50": equivalent(at(50, 100), most), "p90": equivalent(at(90, 100), most),
            "p99": equivalent(at(99, 100), most)}


def main():
    rounds, most = (list(map(int, sys.argv[2:])) + [1, None][len(sys.argv) - 2:])[:2]
    with open("gates/dataset.csv", encoding="utf-8") as file:
        sent = schedule(list(csv.DictReader(file)), rounds)[:most]
    topics = {name: list(topic(sent, name)) for name in SERVICE}
    end = max(topics[name][-1][2] + IDLE[name] for name in topics)
    alerts = [end - due for people, due in windows(sent, 30, 10, True).values() if people >= 12]
    alerts += [end - due for people, due in windows(sent, 60, 60, False).values() if people > 40]
    messages = [message for name in topics for message in topics[name]]
    expected = {
        "schedule-lag": summary([0 for _ in sent]),
        "produce-to-ack": summary([acked - due for due, acked, _ in messages]),
        "produce-to-consume": summary([seen - due for due, _, seen in messages]),
        "event-to-alert": summary(alerts),
    }
    with open(sys.argv[1], encoding="utf-8") as file:
        measured = {metric["metric"]: metric for metric in json.load(file)["metrics"]}
    assert list(measured) == list(expected), list(measured)
    for name, wanted in expected.items():
        for side in ("corrected", "uncorrected"):
            if name != "schedule-lag" or side == "corrected":
                got = {key: measured[name][side][key] for key in wanted}
                assert got == wanted, f"{name}, {side}: {got}, not {wanted}"
    print(f"{len(alerts)} alerts, {max(alerts)} ns at most; all as computed")


main()
