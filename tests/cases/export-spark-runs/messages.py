# SPDX-License-Identifier: Apache-2.0
"""Messages, as they might lie in topics, become the rows that retrial stored."""
import csv
import json
import sys

sys.path.insert(0, "spark")
import jobs

SCHEMA = """key BINARY, value BINARY, topic STRING, partition INT, offset BIGINT, timestamp TIMESTAMP,
    headers ARRAY<STRUCT<key: STRING, value: BINARY>>"""
ROWS = 300


def messages(table):
    """Every message with the number of its row in a header, the last rows first."""
    with open(f"run/{table['file']}", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))[:ROWS]
    for number, row in reversed(list(enumerate(rows))):
        value = {"original_ts": row["ts"], "server_id": row["server_id"]}
        value.update((name, float(row[name])) for name in row if name not in ("ts", "server_id"))
        header = [("retrial", number.to_bytes(8, "big") + bytes(16))]
        yield None, json.dumps(value).encode(), table["topic"], number % 3, number // 3, None, header


def main():
    builder = jobs.SparkSession.builder.master("local[1]")
    for key, value in jobs.SETTINGS.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    for table in jobs.TABLES.values():
        frame = spark.createDataFrame(
            [tuple(map(lambda x: bytearray(x) if isinstance(x, bytes) else x, m)) for m in messages(table)],
            SCHEMA,
        )
        from_topic = jobs.decode(spark, table, frame).collect()
        from_file = jobs.read_files(spark, table, "run").limit(ROWS).collect()
        print(table["topic"], "same" if from_topic == from_file else "DIFFERS")
    parts = jobs.statements("-- a; b\nSELECT ';' AS a, \"x;\\\";\" AS b /* ; */, r'\\' AS c;;\nSELECT `;` FROM t;\n-- end\n")
    print(len(parts), "statements")
    spark.stop()


if __name__ == "__main__":
    main()
