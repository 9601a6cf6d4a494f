# SPDX-License-Identifier: Apache-2.0
"""Random queries around window()."""

import tables

# Each unit of interval text in microseconds.
UNITS = {
    "microsecond": 1,
    "millisecond": 1000,
    "second": 10**6,
    "minute": 6 * 10**7,
    "hour": 36 * 10**8,
    "day": 864 * 10**8,
    "week": 7 * 864 * 10**8,
}
STAMP = "'yyyy-MM-dd HH:mm:ss.SSSSSS'"


def spelled(chance, amount, unit):
    text = f"{amount} {unit}{chance.choice(['', 's'])}"
    return chance.choice(
        [text] * 6 + [text.upper(), "interval " + text, "INTERVAL " + text, f" {text} "]
    )


def interval(chance, micros):
    """Text of an interval of that many microseconds, in one unit or in two."""
    fits = [unit for unit, size in UNITS.items() if micros % size == 0 and micros // size < 10**7]
    if not fits:
        fits = ["microsecond"]
    if chance.random() < 0.15 and micros > 10**6:
        return f"{micros // 10**6} seconds {micros % 10**6} microseconds"
    if chance.random() < 0.1 and micros >= 10**6:
        return spelled(chance, f"{micros / 10**6:.6f}", "second")
    unit = chance.choice(fits[-2:])
    return spelled(chance, micros // UNITS[unit], unit)


def arguments(chance, spread):
    """The arguments after the time; about how many windows a row falls into stays small."""
    size = (
        chance.choice(
            [spread // 20, spread // 7, spread // 3, spread, spread * 2, chance.randint(1, spread)]
        )
        or 1
    )
    if size > 10**6 and chance.random() < 0.8:
        size -= size % 10**6
    form = chance.random()
    if form < 0.35:
        return [size], None
    slide = max(
        1,
        chance.choice([size, size // 2, size // 3, size // 4, chance.randint(size // 6 + 1, size)]),
    )
    if slide > 10**6 and chance.random() < 0.8:
        slide -= slide % 10**6
    if form < 0.7:
        return [size, slide], None
    offset = chance.choice([0, slide // 2, slide // 3, slide - 1, chance.randint(0, slide - 1)])
    if offset and chance.random() < 0.3:
        offset = -offset
    return [size, slide], offset


def window_call(chance, time, spread):
    sizes, offset = arguments(chance, spread)
    parts = [f"'{interval(chance, size)}'" for size in sizes]
    if offset is not None:
        parts.append(f"'{offset} microseconds'" if offset < 0 else f"'{interval(chance, offset)}'")
    return f"window({', '.join([time, *parts])})"


def times(chance, kind, rows):
    """(fields, microseconds between the first and the last, about)"""
    if kind == "DATE":
        return tables.column(chance, "DATE", rows), 30 * 864 * 10**8 * 400
    if kind == "CLOCK":
        fields = [
            (
                f"{chance.choice([0, 0, 9, 23]):02}:{chance.choice([0, 59]):02}:{chance.randint(0, 59):02}"
                if chance.random() < 0.85
                else chance.choice([None, "late", "25:00:00", "9:5:1"])
            )
            for _ in range(rows)
        ]
        return fields, chance.choice([3 * 10**7, 6 * 10**7, 36 * 10**8])
    if kind == "DENSE":
        day = chance.choice(
            ["2025-05-07 10:00:", "1970-01-01 00:00:", "1969-12-31 23:59:", "1901-07-01 11:30:"]
        )
        fine = chance.random() < 0.3
        fields = [
            (
                None
                if chance.random() < 0.1
                else f"{day}{chance.randint(0, 59):02}"
                + (f".{chance.randint(0, 999999):06}" if fine else "")
            )
            for _ in range(rows)
        ]
        return fields, 6 * 10**7 if not fine or chance.random() < 0.5 else 10**6
    return tables.column(chance, "TIMESTAMP", rows), chance.choice(
        [6 * 10**7, 36 * 10**8, 864 * 10**8, 30 * 864 * 10**8]
    )


def source(chance):
    """(table t with a time column ts, keys k and n, values v and x; the time's expression; spread)"""
    rows = chance.choice([0, 1, 5, 12, 12, 20])
    kind = chance.choice(["DENSE", "DENSE", "DENSE", "WIDE", "CLOCK", "DATE"])
    fields, spread = times(chance, kind, rows)
    if kind == "DATE":
        column, expression = "DATE", "ts"
    elif kind == "CLOCK":
        column, expression = "STRING", "to_timestamp(ts, 'HH:mm:ss')"
    else:
        column = chance.choice(["TIMESTAMP", "TIMESTAMP", "TIMESTAMP", "STRING"])
        expression = chance.choice(
            ["ts"] * 5 + ["to_timestamp(ts)", "CAST(ts AS TIMESTAMP)", "ts + INTERVAL '3' SECOND"]
        )
        if column == "STRING" and "INTERVAL" in expression:
            expression = "ts"
    values = chance.choice(tables.NUMBERS)
    table = tables.table(
        [
            ("ts", column, fields),
            ("k", "STRING", tables.column(chance, "STRING", rows, few=3)),
            ("n", "INT", tables.column(chance, "INT", rows, few=2, tame=True)),
            ("v", values, tables.column(chance, values, rows, tame=True)),
            ("x", "DOUBLE", tables.column(chance, "DOUBLE", rows, tame=chance.random() < 0.6)),
        ]
    )
    return table, expression, spread


MEASURES = [
    "count(*) AS c",
    "count(v) AS cv",
    "sum(v) AS sv",
    "avg(x) AS ax",
    "min(v) AS lo",
    "max(x) AS hi",
    "round(avg(x), 2) AS r",
    "first(v) AS f",
    "last(x, true) AS l",
    "count(DISTINCT k) AS dk",
    "sum(x) AS sx",
    "round(avg(v), 1) AS rv",
    "count_if(x > 10) AS ci",
    "count(*) FILTER (WHERE v > 5) AS cf",
    "sum(x) FILTER (WHERE n IS NOT NULL) AS fx",
    "min(ts) AS t0",
    "max(k) AS mk",
    "format_string('%.2f', avg(x)) AS fs",
    "CAST(avg(x) AS FLOAT) AS nx",
    "max(v) - min(v) AS spread",
    "sum(DISTINCT n) AS sn",
]


def measures(chance, most=4):
    return ", ".join(chance.sample(MEASURES, chance.randint(1, most)))


def edges(chance, prefix="window"):
    if chance.random() < 0.3:
        return f"{prefix}.start AS s, {prefix}.end AS e"
    return f"date_format({prefix}.start, {STAMP}) AS s, date_format({prefix}.end, {STAMP}) AS e"


def grouped(chance, time, spread):
    window = window_call(chance, time, spread)
    keys = chance.choice([[], [], ["k"], ["n"], ["k", "n"], ["upper(k)"], ["x > 20"]])
    groups = keys + [window]
    chance.shuffle(groups)
    shown = "".join(f"{key} AS g{place}, " for place, key in enumerate(keys))
    order = ", ".join(
        [chance.choice(["s", "window.start", "s DESC"])]
        + [f"g{place}{chance.choice(['', ' DESC', ' NULLS LAST'])}" for place in range(len(keys))]
    )
    where = chance.choice(["", "", "", "WHERE x IS NOT NULL ", "WHERE v > 0 ", "WHERE k <> 'a' "])
    having = chance.choice(
        [
            "",
            "",
            "",
            "HAVING count(*) > 1 ",
            "HAVING max(x) > 20 ",
            "HAVING window.start > TIMESTAMP '1970-01-01 00:00:10' ",
            "HAVING count(*) > 1 AND window.end <= TIMESTAMP '2025-05-07 10:00:40' ",
        ]
    )
    return f"SELECT {shown}{edges(chance)}, {measures(chance)}\nFROM t {where}GROUP BY {', '.join(groups)} {having}ORDER BY {order}"


def aliased(chance, time, spread):
    window = window_call(chance, time, spread)
    return (
        f"SELECT {edges(chance, 'w')}, * FROM (SELECT {window} AS w, {measures(chance)} FROM t GROUP BY w) ".replace(
            ", *", ""
        )
        + "ORDER BY w"
    )


def tied(chance, time, spread):
    window = window_call(chance, time, spread)
    groups = chance.choice([f"k, {window}", f"{window}, n", window])
    return (
        f"SELECT window.start AS s, {measures(chance)}, count(*) AS c FROM t GROUP BY {groups} ORDER BY count(*)"
        f"{chance.choice(['', ' DESC', ' DESC'])}"
    ).replace("count(*) AS c, ", "", 1)


def in_subquery(chance, time, spread):
    window = window_call(chance, time, spread)
    return (
        f"SELECT {edges(chance, 'w')}, k, {measures(chance)}\n"
        f"FROM (SELECT {window} AS w, * FROM t {chance.choice(['', 'WHERE x > 0'])})\n"
        f"GROUP BY w, k ORDER BY s, k"
    )


def by_row(chance, time, spread):
    window = window_call(chance, time, spread)
    return (
        f"SELECT v, k, date_format({window}.start, {STAMP}) AS s, {window}.end AS e\n"
        f"FROM t {chance.choice(['', 'WHERE n > 0 '])}ORDER BY s, v, k, e"
    )


def chained(chance, time, spread):
    first, second = window_call(chance, time, spread), window_call(chance, "s", spread * 3)
    return (
        f"WITH one AS (\n  SELECT window.start AS s, window.end AS e, max(x) AS m, count(*) AS c\n  FROM t GROUP BY {first}\n)\n"
        f"SELECT date_format(window.start, {STAMP}) AS a, count(*) AS windows, sum(m) AS total, sum(c) AS c, max(e) AS e\n"
        f"FROM one GROUP BY {second} ORDER BY a"
    )


def joined(chance, time, spread):
    window = window_call(chance, time, spread)
    join = chance.choice(["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL OUTER JOIN"])
    return (
        f"WITH a AS (SELECT k, window.start AS s, window.end AS e, avg(x) AS ax FROM t WHERE n > 0 GROUP BY k, {window}),\n"
        f"b AS (SELECT k, window.start AS s, window.end AS e, max(v) AS mv FROM t GROUP BY k, {window})\n"
        f"SELECT k, date_format(s, {STAMP}) AS s1, e, round(ax, 2) AS ax, mv, row_number() OVER (PARTITION BY k ORDER BY s) AS i\n"
        f"FROM a {join} b USING (k, s, e) ORDER BY k, s1, e"
    )


def repeated(chance, time, spread):
    window = window_call(chance, time, spread)
    return f"SELECT {window}.start AS s, {measures(chance)} FROM t GROUP BY {window} ORDER BY s"


def global_over(chance, time, spread):
    window = window_call(chance, time, spread)
    return (
        f"SELECT count(*) AS windows, sum(c) AS rows, min(s) AS s0, max(e) AS e1 FROM (\n"
        f"  SELECT window.start AS s, window.end AS e, count(*) AS c FROM t GROUP BY {window}, k)"
    )


SHAPES = [grouped] * 6 + [
    aliased,
    in_subquery,
    by_row,
    chained,
    joined,
    tied,
    repeated,
    global_over,
]


def window_case(chance):
    table, time, spread = source(chance)
    return {"query": chance.choice(SHAPES)(chance, time, spread), "tables": {"t": table}}
