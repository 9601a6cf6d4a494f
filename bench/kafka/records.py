#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""records.py DATASET: the messages of topic-cpu, one a line, as server-monitoring's producer sends
them: samples of one instant together, one instant a second.
"""

import csv
import itertools
import json
import sys


def main(path):
    with open(path, encoding="utf-8", newline="") as file:
        instants = itertools.groupby(csv.DictReader(file), key=lambda row: row["ts"])
        for second, (ts, rows) in enumerate(instants):
            sent = f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
            for row in rows:
                print(json.dumps({
                    "timestamp": sent,
                    "original_ts": ts,
                    "server_id": row["server_id"],
                    "cpu_pct": float(row["cpu_pct"]),
                }))


main(*sys.argv[1:])
