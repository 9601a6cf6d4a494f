# SPDX-License-Identifier: Apache-2.0
"""Random queries of aggregate functions over columns of every type."""

import tables


def calls(chance, name, kind):
    """Aggregates that take a column of that type."""
    numeric = kind in tables.NUMBERS
    found = [
        f"count({name})",
        f"min({name})",
        f"max({name})",
        f"first({name})",
        f"last({name})",
        f"first({name}, true)",
        f"last({name}, true)",
        f"count(DISTINCT {name})",
        f"count_if({name} IS NULL)",
        f"min({name}) FILTER (WHERE {name} IS NOT NULL)",
        f"max({name}) FILTER (WHERE g = 'a')",
        f"first({name}) FILTER (WHERE g <> 'a')",
        f"last({name}) IGNORE NULLS",
    ]
    if numeric:
        found += [
            f"sum({name})",
            f"avg({name})",
            f"mean({name})",
            f"sum(DISTINCT {name})",
            f"avg(DISTINCT {name})",
            f"sum({name}) FILTER (WHERE {name} > 1)",
            f"avg({name}) FILTER (WHERE g IS NULL)",
            f"round(avg({name}), 2)",
            f"bround(sum({name}), 1)",
            f"max({name}) - min({name})",
            f"sum({name} * 2) / count({name})",
            f"sum(-{name})",
            f"avg({name} + 1)",
            f"sum(CASE WHEN {name} > 5 THEN 1 ELSE 0 END)",
            f"sum(CASE WHEN {name} > 5 THEN {name} END)",
            f"count_if({name} > 5)",
            f"CAST(avg({name}) AS FLOAT)",
            f"round(CAST(avg({name}) AS FLOAT), 2)",
            f"sum(CAST({name} AS DOUBLE))",
            f"sum(CAST({name} AS FLOAT))",
            f"count(DISTINCT g, {name})",
            f"coalesce(sum({name}), 0)",
            f"sum({name}) / 3",
            f"avg({name}) * 100",
            f"format_number(avg({name}), 2)",
            f"min(abs({name}))",
            f"sum(if({name} > 0, {name}, 0))",
            f"max({name}) = min({name})",
            f"sum({name} / 3)",
            f"sum(round({name}, 1))",
            f"CAST(sum({name}) AS STRING)",
            f"CAST(avg({name}) AS DECIMAL(12,3))",
        ]
    if kind == "STRING":
        found += [f"sum({name})", f"avg({name})", f"max(length({name}))", f"min(upper({name}))"]
    if kind == "TIMESTAMP":
        found += [f"date_format(max({name}), 'yyyy-MM-dd HH:mm:ss.SSSSSS')", f"max(hour({name}))"]
    return found


def keyed(chance, keys):
    """(select items, GROUP BY, ORDER BY) for key columns (name, type)"""
    shown, groups, order = [], [], []
    for place, (name, kind) in enumerate(keys):
        expression = name
        if kind in tables.INTEGERS and chance.random() < 0.3:
            expression = chance.choice([f"{name} % 3", f"{name} > 5", f"{name} + 1"])
        elif kind == "STRING" and chance.random() < 0.3:
            expression = chance.choice(
                [f"upper({name})", f"length({name})", f"substring({name}, 1, 1)"]
            )
        elif kind == "TIMESTAMP" and chance.random() < 0.3:
            expression = chance.choice(
                [f"hour({name})", f"date_trunc('HOUR', {name})", f"CAST({name} AS DATE)"]
            )
        shown.append(f"{expression} AS key{place}")
        groups.append(chance.choice([expression, f"key{place}", str(place + 1)]))
        order.append(f"key{place}{chance.choice(['', '', ' DESC', ' NULLS LAST'])}")
    return shown, groups, order


def aggregate_case(chance):
    rows = chance.choice([0, 1, 4, 10, 10, 25])
    columns = [("g", "STRING", tables.column(chance, "STRING", rows, few=3))]
    for place in range(chance.randint(1, 3)):
        kind = chance.choice(tables.TYPES)
        columns.append(
            (
                f"c{place}",
                kind,
                tables.column(
                    chance, kind, rows, few=chance.choice([None, 3]), tame=chance.random() < 0.4
                ),
            )
        )
    kind = chance.choice(tables.TYPES)
    columns.append(("h", kind, tables.column(chance, kind, rows, few=2)))
    pool = []
    for name, kind, _ in columns:
        pool += calls(chance, name, kind)
    picked = chance.sample(pool, min(len(pool), chance.randint(2, 7)))
    if chance.random() < 0.7:
        picked = [call for call in picked if "DISTINCT" not in call] or ["count(*)"]
    keys = chance.choice([[], [0], [0], [-1], [0, -1], [1]])
    shown, groups, order = keyed(chance, [columns[place][:2] for place in keys])
    items = shown + [f"{call} AS a{place}" for place, call in enumerate(picked)]
    where = chance.choice(
        ["", "", "", "WHERE g IS NOT NULL ", "WHERE h IS NOT NULL ", "WHERE g > 'a' "]
    )
    having = chance.choice(["", "", "", "HAVING count(*) > 1 ", "HAVING max(h) IS NOT NULL "])
    query = f"SELECT {', '.join(items)}\nFROM t {where}"
    if groups:
        if chance.random() < 0.25:  # ties: they stay in the order in which groups come
            order = [f"a0{chance.choice(['', ' DESC'])}"]
        query += f"GROUP BY {', '.join(groups)} {having}ORDER BY {', '.join(order)}"
    return {"query": query.strip(), "tables": {"t": tables.table(columns)}}
