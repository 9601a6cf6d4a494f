# SPDX-License-Identifier: Apache-2.0
"""Random queries that round, cast and print values of every type, row by row."""

import tables

FORMATS = [
    "%.2f",
    "%8.1f|",
    "%.0f",
    "%05.1f",
    "%e",
    "%,.3f",
    "%+.1f",
    "%-10.2f|",
    "%(.2f",
    "%.3e",
    "%10.4f",
    "% .1f",
    "%g",
    "%s",
    "%10s|",
    "%-8s|",
    "%.3s",
    "%S",
]
WHOLE_FORMATS = [
    "%d",
    "%05d",
    "%x",
    "%,d",
    "%+d",
    "%8d|",
    "%-6d|",
    "%(d",
    "%o",
    "%X",
    "% d",
    "%s",
    "%10s|",
]


def numeric(chance, name, kind):
    scale = chance.choice([0, 1, 2, 2, 2, 3, 4, 6, 10, -1, -2, -3])
    found = [
        f"round({name}, {scale})",
        f"bround({name}, {scale})",
        f"round({name})",
        f"bround({name})",
        f"format_number({name}, {abs(scale)})",
        f"format_number({name}, 0)",
        f"CAST({name} AS {chance.choice(['TINYINT', 'SMALLINT', 'INT', 'BIGINT'])})",
        f"CAST({name} AS FLOAT)",
        f"CAST({name} AS DOUBLE)",
        f"CAST({name} AS STRING)",
        f"CAST({name} AS BOOLEAN)",
        f"CAST({name} AS {chance.choice(tables.DECIMALS)})",
        f"round(CAST({name} AS FLOAT), 2)",
        f"round({name} * 1.5, 2)",
        f"round({name} / 3, {abs(scale)})",
        f"round({name} + 0.005, 2)",
        f"round(CAST({name} AS DOUBLE) / 7, 3)",
        f"-{name}",
        f"abs({name})",
        f"{name} + {name}",
        f"{name} * {name}",
        f"round(-{name}, {scale})",
        f"floor({name})",
        f"ceil({name})",
        f"CAST({name} AS FLOAT) / 3",
        f"round(CAST({name} AS STRING), 1)",
        f"{name} % 7",
        f"{name} > 47.5",
        f"{name} = CAST({name} AS FLOAT)",
        f"round({name}, 2) >= 80.07D",
        f"CAST(CAST({name} AS FLOAT) AS DOUBLE)",
        f"greatest({name}, 10)",
        f"{name} - 0.1",
        f"{name} * 2D",
        f"regexp_replace(CAST({name} AS STRING), '\\\\.0$', '')",
    ]
    forms = WHOLE_FORMATS if kind in tables.INTEGERS else FORMATS
    if kind.startswith("DECIMAL"):
        forms = ["%s", "%10s|", "%-8s|", "%.3s"]  # Spark's Decimal is no number to Formatter
    found += [f"format_string('{chance.choice(forms)}', {name})" for _ in range(6)]
    return found


def columns_of(chance, kinds, rows):
    return [
        (f"c{place}", kind, tables.column(chance, kind, rows)) for place, kind in enumerate(kinds)
    ]


def row_case(chance, kinds, pick):
    rows = chance.choice([1, 6, 10])
    columns = columns_of(chance, kinds, rows)
    calls = [call for name, kind, _ in columns for call in pick(chance, name, kind)]
    shown = [name for name, _, _ in columns] + [
        f"{call} AS a{place}" for place, call in enumerate(calls)
    ]
    return {
        "query": "SELECT " + ",\n  ".join(shown) + "\nFROM t",
        "tables": {"t": tables.table(columns)},
    }


def number_case(chance):
    kinds = [chance.choice(tables.NUMBERS) for _ in range(chance.randint(1, 2))]
    return row_case(
        chance,
        kinds + ["BOOLEAN"][: chance.randint(0, 1)],
        lambda chance, name, kind: (
            [] if kind == "BOOLEAN" else chance.sample(numeric(chance, name, kind), 6)
        ),
    )


TARGETS = [
    "TINYINT",
    "SMALLINT",
    "INT",
    "BIGINT",
    "FLOAT",
    "DOUBLE",
    "DECIMAL(5,2)",
    "DECIMAL(20,3)",
    "DECIMAL(38,0)",
    "STRING",
    "BOOLEAN",
    "DATE",
    "TIMESTAMP",
]
IMPOSSIBLE = {("DATE", "TINYINT"), ("DATE", "SMALLINT")}
TEXTS = [
    "12",
    " 12 ",
    "-7",
    "+7",
    "1.5",
    "-0.0",
    "1e3",
    "1E-2",
    ".5",
    "5.",
    "NaN",
    "nan",
    "inf",
    "-Infinity",
    "abc",
    "1_000",
    "0x10",
    "true",
    "T",
    "yes",
    "n",
    "0",
    "1",
    "2025-05-07",
    "2025-5-7",
    "2025-05-07 10:00:00",
    "2025-05-07T10:00:00Z",
    "2025",
    "2025-05-07 10:00:00.123456",
    "2025-05-07 10:00:00+02:00",
    "99999999999",
    "127",
    "128",
    "1e400",
    "3.4e39",
    "1f",
    "2d",
    "2147483648",
    "1969-12-31 23:59:59.5",
    "12:",
    "--1",
    "1 2",
    "999.995",
    "1999-02-30",
]


def cast_pick(chance, name, kind):
    picked = []
    for target in chance.sample(TARGETS, 4):
        if (
            kind in ("DATE", "TIMESTAMP")
            and target in tables.NUMBERS + ["BOOLEAN"]
            and not (kind == "TIMESTAMP" and target in ("BIGINT", "DOUBLE", "INT", "FLOAT"))
        ):
            continue
        if kind == "BOOLEAN" and target in ("DATE",) or kind in tables.NUMBERS and target == "DATE":
            continue
        if target == "TIMESTAMP" and kind in tables.NUMBERS:
            continue
        picked.append(f"CAST({name} AS {target})")
        if target in tables.NUMBERS and chance.random() < 0.3:
            picked.append(f"CAST(CAST({name} AS {target}) AS STRING)")
    return picked


def cast_case(chance):
    case = row_case(chance, [chance.choice(tables.TYPES), "STRING"], cast_pick)
    for row in case["tables"]["t"].rows:
        row[1] = chance.choice(TEXTS)
    return case
