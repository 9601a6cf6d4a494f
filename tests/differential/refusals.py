# SPDX-License-Identifier: Apache-2.0
"""Queries of which Spark refuses many: both must refuse, or both must answer alike."""

import os

import tables
import windows

ODD_WINDOWS = [
    "'1 month'",
    "'2 years'",
    "'-10 seconds'",
    "'0 seconds'",
    "''",
    "'10'",
    "'10 ticks'",
    "'seconds'",
    "'1 sec'",
    "'10 s'",
    "'10 mins'",
    "'1 hour', '2 hours'",
    "'30 seconds', '0 seconds'",
    "'30 seconds', '-1 second'",
    "'30 seconds', '10 seconds', '10 seconds'",
    "'30 seconds', '10 seconds', '-10 seconds'",
    "'30 seconds', '10 seconds', '-9 seconds'",
    "'1 month', '1 day'",
    "NULL",
    "INTERVAL 10 SECONDS",
    "INTERVAL '10' SECOND",
    "10",
    "10000000",
    "k",
    "'10 seconds', '5 seconds', '1 month'",
    "'1.5 minutes'",
    "'0.5 seconds'",
    "'1.0000001 seconds'",
    "'10 seconds', '10 seconds', '10 seconds', '1 second'",
    "'1 week 2 days'",
    "'1 day 2 hours 3 minutes'",
    "'+10 seconds'",
    "'- 10 seconds'",
    "'10   seconds'",
    "'10seconds'",
    "'interval 10 seconds 5 seconds'",
    "'interval'",
    "'1 quarter'",
    "'1 nanosecond'",
    "'1000 nanoseconds'",
    "concat('10 ', 'seconds')",
    "'5 minutes', INTERVAL 1 MINUTE",
    "'1 hour -30 minutes'",
    "'P1D'",
    "'00:00:10'",
    "'60 seconds', 30000000",
    "'10 second', '10 second', '0 second'",
    "'10 millis'",
    "'10 us'",
    "'1 Hour'",
    "'.5 seconds'",
    "'1. seconds'",
    "'9223372036854775807 seconds'",
    "'10 seconds ago'",
    "'-1 minute 90 seconds'",
]
ODD_TIMES = [
    "ts",
    "ts",
    "ts",
    "v",
    "k",
    "x",
    "NULL",
    "d",
    "b",
    "'2025-05-07 10:00:00'",
    "TIMESTAMP '2025-05-07 10:00:00'",
    "w",
]

HERE = os.path.dirname(os.path.abspath(__file__))


def queries():
    with open(os.path.join(HERE, "refusals.sql"), encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file if not line.startswith("--")]


def maybe_refused_case(chance):
    rows = 6
    fields = [f"2025-05-07 10:00:{chance.randint(0, 59):02}" for _ in range(rows)]
    table = tables.table(
        [
            ("ts", "TIMESTAMP", fields),
            ("k", "STRING", tables.column(chance, "STRING", rows, few=3)),
            ("v", "INT", tables.column(chance, "INT", rows, tame=True)),
            ("x", "DOUBLE", tables.column(chance, "DOUBLE", rows, tame=True)),
            ("n", "INT", tables.column(chance, "INT", rows, tame=True)),
            ("d", "DATE", tables.column(chance, "DATE", rows)),
            ("b", "BOOLEAN", tables.column(chance, "BOOLEAN", rows)),
        ]
    )
    kind = chance.random()
    if kind < 0.4:
        query = (
            f"SELECT date_format(window.start, {windows.STAMP}) AS s, count(*) AS n FROM t "
            f"GROUP BY window({chance.choice(ODD_TIMES[:4] if kind > 0.1 else ODD_TIMES)}, {chance.choice(ODD_WINDOWS)}) ORDER BY s"
        )
    else:
        query = chance.choice(queries())
    return {"query": query, "tables": {"t": table}, "order": "any"}
