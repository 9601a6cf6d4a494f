#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""polars_peer.py IN OUT cpu_mem|net_disk THREADS: the job as Polars does it fastest.

group_by_dynamic on the streaming engine, told that the file is sorted by time: the quickest of the
forms that were tried.
"""

import os
import sys

JOBS = {
    "cpu_mem": {
        "columns": ("cpu_pct", "mem_pct"),
        "names": ("avg_cpu", "avg_mem"),
        "aggregate": "mean",
        "limits": (80.07, 89.36),
        "alerts": ("CPU and Memory spike", "CPU spike suspected", "Memory saturation suspected"),
    },
    "net_disk": {
        "columns": ("net_in", "disk_io"),
        "names": ("max_net_in", "max_disk_io"),
        "aggregate": "max",
        "limits": (6104.83, 1839.94),
        "alerts": (
            "Network flood + Disk thrash suspected",
            "Possible DDoS",
            "Disk thrash suspected",
        ),
    },
}
VALUES = ("cpu_pct", "mem_pct", "net_in", "net_out", "disk_io")


def main(source, target, job, threads):
    os.environ["POLARS_MAX_THREADS"] = threads  # read when the library is loaded
    import polars as pl

    job = JOBS[job]
    x, y = job["names"]
    schema = {"ts": pl.String, "server_id": pl.String, **{name: pl.Float64 for name in VALUES}}
    results = [
        getattr(pl.col(column), job["aggregate"])().round(2, mode="half_away_from_zero").alias(name)
        for column, name in zip(job["columns"], job["names"])
    ]
    high_x, high_y = pl.col(x) >= job["limits"][0], pl.col(y) >= job["limits"][1]
    both, only_x, only_y = job["alerts"]
    alert = (
        pl.when(high_x & high_y).then(pl.lit(both))
        .when(high_x).then(pl.lit(only_x))
        .when(high_y).then(pl.lit(only_y))
        .otherwise(None)
    )
    (
        pl.scan_csv(source, schema=schema)
        .select(pl.col("ts").str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="us"),
                "server_id", *job["columns"])
        .set_sorted("ts")
        .group_by_dynamic("ts", every="10s", period="30s", offset="-20s", closed="left",
                          group_by="server_id")
        .agg(results)
        .sort("server_id", "ts")
        .select("server_id", pl.col("ts").alias("window_start"),
                (pl.col("ts") + pl.duration(seconds=30)).alias("window_end"), x, y,
                alert.alias("alert"))
        .collect(engine="streaming")
        .write_csv(target, datetime_format="%Y-%m-%d %H:%M:%S")
    )


main(*sys.argv[1:])
