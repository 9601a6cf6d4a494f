#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""spark_peer.py IN OUT QUERY.sql THREADS: the same .sql file on Spark, tuned for one machine.

The file is read in as many partitions as there are threads. With two, partial sums of doubles are
added to each other, so some averages differ from those of one partition: Spark's own numbers are
those of one, in the order of the rows.
"""

import glob
import os
import shutil
import sys

from pyspark.sql import SparkSession

SCHEMA = (
    "ts TIMESTAMP, server_id STRING, cpu_pct DOUBLE, mem_pct DOUBLE, "
    "net_in DOUBLE, net_out DOUBLE, disk_io DOUBLE"
)


def main(source, target, query, threads):
    spark = (
        SparkSession.builder.master(f"local[{threads}]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "3g")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", threads)
        .config("spark.sql.files.maxPartitionBytes", 1 << 40)
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("OFF")
    samples = spark.read.csv(
        source, header=True, schema=SCHEMA, timestampFormat="yyyy-MM-dd HH:mm:ss"
    )
    samples.createOrReplaceTempView("samples")
    with open(query, encoding="utf-8") as file:
        result = spark.sql(file.read())
    scratch = target + ".parts"
    result.coalesce(1).write.mode("overwrite").csv(scratch, header=True)
    (part,) = glob.glob(os.path.join(scratch, "part-*"))
    os.replace(part, target)
    shutil.rmtree(scratch)
    spark.stop()


main(*sys.argv[1:])
