#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""duckdb_peer.py IN OUT cpu_mem|net_disk THREADS: the job as DuckDB does it fastest.

Declared types, and slices of ten seconds added up once and then three by three: the quickest of the
forms that were tried (one copy of each row a window costs half as much again).
"""

import sys

import duckdb

JOBS = {
    "cpu_mem": {
        "names": ("avg_cpu", "avg_mem"),
        "slice": "sum(cpu_pct) AS a, sum(mem_pct) AS b, count(*) AS n",
        "window": "round(sum(a) / sum(n), 2) AS x, round(sum(b) / sum(n), 2) AS y",
        "limits": (80.07, 89.36),
        "alerts": ("CPU and Memory spike", "CPU spike suspected", "Memory saturation suspected"),
    },
    "net_disk": {
        "names": ("max_net_in", "max_disk_io"),
        "slice": "max(net_in) AS a, max(disk_io) AS b, 1 AS n",
        "window": "round(max(a), 2) AS x, round(max(b), 2) AS y",
        "limits": (6104.83, 1839.94),
        "alerts": (
            "Network flood + Disk thrash suspected",
            "Possible DDoS",
            "Disk thrash suspected",
        ),
    },
}

QUERY = """
COPY (
  WITH samples AS (
    SELECT * FROM read_csv('{source}', header = true, delim = ',', quote = '', escape = '',
      timestampformat = '%Y-%m-%d %H:%M:%S',
      columns = {{'ts': 'TIMESTAMP', 'server_id': 'VARCHAR', 'cpu_pct': 'DOUBLE',
                 'mem_pct': 'DOUBLE', 'net_in': 'DOUBLE', 'net_out': 'DOUBLE',
                 'disk_io': 'DOUBLE'}})
  ), slices AS (
    SELECT server_id, epoch(ts)::BIGINT // 10 AS slice, {slice} FROM samples GROUP BY ALL
  ), windows AS (
    SELECT server_id, make_timestamp(first * 10000000) AS start, {window}
    FROM (SELECT *, unnest([slice, slice - 1, slice - 2]) AS first FROM slices)
    GROUP BY ALL
  )
  SELECT server_id, strftime(start, '%Y-%m-%d %H:%M:%S') AS window_start,
    strftime(start + INTERVAL 30 SECOND, '%Y-%m-%d %H:%M:%S') AS window_end,
    x AS {names[0]}, y AS {names[1]},
    CASE WHEN x >= {limits[0]} AND y >= {limits[1]} THEN '{alerts[0]}'
         WHEN x >= {limits[0]} THEN '{alerts[1]}'
         WHEN y >= {limits[1]} THEN '{alerts[2]}' END AS alert
  FROM windows ORDER BY server_id, start
) TO '{target}' (FORMAT csv, HEADER true)
"""


def main(source, target, job, threads):
    connection = duckdb.connect()
    connection.execute(f"SET threads = {int(threads)}")
    connection.execute(QUERY.format(source=source, target=target, **JOBS[job]))


main(*sys.argv[1:])
