#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks Spark 3.5.3 how it casts texts and rounds DECIMALs; writes number_spark.tsv for tests/unit.

    pip install pyspark==3.5.3        # and a Java 17 runtime
    ./number_spark.py > number_spark.tsv

A line is: question, its arguments, the answer; between tabs. Texts are in hexadecimal bytes of
UTF-8 ("-": none); an answer `null` is null; one of type FLOAT or DOUBLE is a double's bits.
"""
import random
import struct

from pyspark.sql import SparkSession

random.seed(353)
spark = (SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
         .config("spark.sql.shuffle.partitions", 1).getOrCreate())
spark.sparkContext.setLogLevel("OFF")

TEXTS = ["", " ", "1", "-1", "+1", "+", "-", ".", "+.", "-.", "1.", ".5", "1.9", "-1.9", " 7 ", "\t7\n",
         "\x017\x1f", "\x7f7\x7f", "\u00a07", "1e3", "1.5e3", "12.9", "12.9.1", "12.x", "1 2", "0x10",
         "127", "128", "-128", "-129", "127.99", "32767", "32768", "-32769", "2147483647", "2147483648",
         "-2147483648.9", "-2147483649", "9223372036854775807", "9223372036854775808",
         "-9223372036854775808", "-9223372036854775809", "00000000000000000000012", "\u0663", "1_000", "1L",
         "nan", "NaN", "NAN", "+nan", "+NaN", "-NaN", " nan ", "inf", "+inf", "-inf", "Inf", "INFINITY",
         "-Infinity", "+infinity", " infinity ", "infinit", "inff", "nanf", "1.5f", "1.5D", " 1.5d ", "0x1p3",
         "1e400", "-1e400", "1e-400", "-0", "-0.0", "1.005", "2.675", "999.995", "-999.995", "1234.5", "1E2",
         "1e-7", "12e1", "1e39", "123456789012345678901234567890123456789", "true", "TRUE", "t", "T", "tr", "yes",
         "Y", "no", "n", "0", "f", "False", " true ", "\x01true\x7f", "on", "off", "00", "1.0", "abc"]
TYPES = ["TINYINT", "SMALLINT", "INT", "BIGINT", "FLOAT", "DOUBLE", "BOOLEAN", "DECIMAL(5,2)", "DECIMAL(38,10)"]


def code(text):
    return "null" if text is None else text.encode().hex() or "-"


def bits(x):
    return "null" if x is None else struct.pack(">d", x).hex()


def show(*fields):
    print(*fields, sep="\t")


rows = spark.createDataFrame([(t,) for t in TEXTS], "s STRING")
REAL = ("FLOAT", "DOUBLE")
casts = rows.selectExpr("s", *[f"CAST(s AS {t})" if t in REAL else f"CAST(CAST(s AS {t}) AS STRING)"
                               for t in TYPES])
for row in casts.collect():
    for name, value in zip(TYPES, row[1:]):
        show("cast", code(row[0]), name, bits(value) if name in REAL else value or "null")

for i in range(60):
    scale = random.randrange(0, 12)
    digits = random.randrange(1, 25)
    value = f"{random.choice(['', '-'])}{random.randrange(10 ** digits)}E-{scale}"
    type_ = f"DECIMAL({max(digits, scale + 1)},{scale})"
    to = random.randrange(-4, 12)
    row = spark.sql(f"SELECT CAST({value}BD AS {type_}) x").selectExpr(
        "CAST(x AS STRING)", f"CAST(round(x, {to}) AS STRING)", f"CAST(bround(x, {to}) AS STRING)",
        "CAST(floor(x) AS STRING)", "CAST(ceil(x) AS STRING)", "CAST(x AS DOUBLE)",
        "CAST(CAST(x AS BIGINT) AS STRING)", "format_number(x, 3)").collect()[0]
    show("decimal", scale, to, *row[:5], bits(row[5]), *row[6:])
