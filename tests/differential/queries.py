# SPDX-License-Identifier: Apache-2.0
"""Random queries of the whole subset: expressions, joins, subqueries, sets, groups, windows, OVER."""

import re

import tables
from expressions import any_expression, condition, expression, family

KINDS = [
    "INT",
    "SMALLINT",
    "BIGINT",
    "FLOAT",
    "DOUBLE",
    "DECIMAL(10,2)",
    "DECIMAL(18,4)",
    "DECIMAL(25,3)",
    "STRING",
    "BOOLEAN",
    "DATE",
    "TIMESTAMP",
]
JOINS = ["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "LEFT SEMI JOIN", "LEFT ANTI JOIN"]
SETS = ["UNION ALL", "UNION", "EXCEPT", "INTERSECT", "EXCEPT ALL", "INTERSECT ALL"]


def random_table(chance, extra=3):
    rows = chance.choice([0, 1, 5, 12, 12, 30])
    columns = [
        ("k", "STRING", tables.column(chance, "STRING", rows, few=3)),
        ("i", "INT", tables.column(chance, "INT", rows, few=5, tame=True)),
    ]
    for place in range(chance.randint(1, extra)):
        kind = chance.choice(KINDS)
        tame = chance.random() < 0.5
        columns.append((f"c{place}", kind, tables.column(chance, kind, rows, tame=tame)))
    return tables.table(columns)


def qualified(name, table):
    return [(f"{name}.{column}", kind) for column, kind in table.columns]


def order_by(chance, count):
    """ORDER BY some of the output's columns; often none, for Spark's own order."""
    if chance.random() < 0.35 or count == 0:
        return ""
    picked = chance.sample(range(1, count + 1), chance.randint(1, count))
    ways = ["", "", " DESC", " NULLS LAST", " DESC NULLS FIRST"]
    order = ", ".join(f"{place}{chance.choice(ways)}" for place in picked)
    limit = chance.choice(["", "", "", "\nLIMIT 5", "\nLIMIT 3 OFFSET 1"])
    return f"\nORDER BY {order}{limit}"


def aliased(items):
    return ", ".join(f"{item} AS x{place}" for place, item in enumerate(items))


def scalar_case(chance):
    """Nothing but expressions, some deep."""
    table = random_table(chance, extra=6)
    items = [
        any_expression(chance, table.columns, chance.choice([1, 1, 2, 2, 3]))
        for _ in range(chance.randint(3, 8))
    ]
    where = f"\nWHERE {condition(chance, table.columns)}" if chance.random() < 0.3 else ""
    return {"query": f"SELECT {aliased(items)}\nFROM t{where}", "tables": {"t": table}}


def join_condition(chance, left, right):
    keys = chance.choice(
        ["t.k = u.k", "t.i = u.i", "t.k = u.k AND t.i = u.i", "t.k <=> u.k", "t.i = u.i + 1"]
    )
    if chance.random() < 0.25:
        keys += f" AND {condition(chance, left + right, 1)}"
    return keys


def join_case(chance):
    t, u = random_table(chance, 2), random_table(chance, 2)
    left, right = qualified("t", t), qualified("u", u)
    kind = chance.choice(JOINS)
    scope = left if "SEMI" in kind or "ANTI" in kind else left + right
    items = [name for name, _ in scope if chance.random() < 0.7] or [scope[0][0]]
    if chance.random() < 0.4:
        items.append(any_expression(chance, scope, 1))
    where = f"\nWHERE {condition(chance, scope, 1)}" if chance.random() < 0.3 else ""
    query = f"SELECT {aliased(items)}\nFROM t {kind} u ON {join_condition(chance, left, right)}"
    return {"query": query + where + order_by(chance, len(items)), "tables": {"t": t, "u": u}}


def subquery(chance, left, right):
    """A condition with a query inside."""
    more = f" AND {condition(chance, right, 1)}" if chance.random() < 0.5 else ""
    if chance.random() < 0.2:
        more += " AND t.k = u.k"
    return chance.choice(
        [
            f"t.i IN (SELECT u.i FROM u WHERE u.i IS NOT NULL{more})",
            f"t.i NOT IN (SELECT u.i FROM u WHERE u.i > 3{more})",
            f"EXISTS (SELECT 1 FROM u WHERE t.k = u.k{more})",
            f"NOT EXISTS (SELECT * FROM u WHERE t.i = u.i{more})",
            "t.i > (SELECT avg(u.i) FROM u)",
            "t.i <= (SELECT max(u.i) FROM u WHERE u.k = t.k)",
            f"t.i = 1 OR EXISTS (SELECT 1 FROM u WHERE u.i = t.i{more})",
            f"{condition(chance, left, 1)} AND t.k IN (SELECT k FROM u)",
        ]
    )


def subquery_case(chance):
    t, u = random_table(chance, 2), random_table(chance, 2)
    left, right = qualified("t", t), qualified("u", u)
    items = [name for name, _ in left]
    if chance.random() < 0.3:
        items.append(
            chance.choice(
                [
                    "(SELECT max(i) FROM u)",
                    "(SELECT count(*) FROM u WHERE u.k = t.k)",
                    "(SELECT sum(u.i) FROM u WHERE u.i = t.i)",
                ]
            )
        )
    query = f"SELECT {aliased(items)}\nFROM t\nWHERE {subquery(chance, left, right)}"
    return {"query": query + order_by(chance, len(items)), "tables": {"t": t, "u": u}}


def set_case(chance):
    t, u = random_table(chance, 2), random_table(chance, 2)
    kinds = [chance.choice(["int", "real", "text", "decimal", "date"]) for _ in range(2)]
    sides = []
    for name, table in chance.sample([("t", t), ("u", u), ("t", t)], chance.choice([2, 2, 3])):
        items = ["k"] + [expression(chance, kind, table.columns, 1) for kind in kinds]
        where = f" WHERE {condition(chance, table.columns, 1)}" if chance.random() < 0.4 else ""
        sides.append(f"SELECT {aliased(items)} FROM {name}{where}")
    query = sides[0]
    for side in sides[1:]:
        query += f"\n{chance.choice(SETS)}\n{side}"
    return {"query": query + order_by(chance, 3), "tables": {"t": t, "u": u}}


def aggregate(chance, scope):
    name, kind = chance.choice(scope)
    forms = ["count({})", "min({})", "max({})", "first({})", "last({}, true)", "count(DISTINCT {})"]
    if family(kind) in ("int", "real", "decimal"):
        forms += [
            "sum({})",
            "avg({})",
            "round(avg({}), 2)",
            "sum({}) / count(*)",
            "stddev({})",
            "sum(DISTINCT {})",
            "var_pop({})",
            "percentile({}, 0.5)",
            "median({})",
        ]
    if family(kind) == "bool":
        forms += ["bool_and({})", "any({})", "count_if({})"]
    forms += ["max_by({}, i)", "min_by(i, {})", "size(collect_list({}))", "any_value({})"]
    call = chance.choice(forms).format(name)
    if (
        chance.random() < 0.1
        and call.endswith(")")
        and "/" not in call
        and "round" not in call
        and "size" not in call
    ):
        call += f" FILTER (WHERE {condition(chance, scope, 1)})"
    return call


def group_case(chance):
    t = random_table(chance, 4)
    keys = chance.choice([[], ["k"], ["i"], ["k", "i"], ["i % 2", "k"], ["length(k)"]])
    calls = [aggregate(chance, t.columns) for _ in range(chance.randint(1, 4))]
    where = f"\nWHERE {condition(chance, t.columns, 1)}" if chance.random() < 0.3 else ""
    query = f"SELECT {aliased(keys + calls)}\nFROM t{where}"
    if keys:
        plain = ", ".join(keys)
        groups = [plain, plain, plain, "ALL"]
        if len(keys) == 2:
            groups += [
                f"ROLLUP({plain})",
                f"CUBE({plain})",
                f"GROUPING SETS (({plain}), ({keys[1]}), ())",
            ]
        query += f"\nGROUP BY {chance.choice(groups)}"
        query += chance.choice(["", "", "\nHAVING count(*) > 1", "\nHAVING max(i) IS NOT NULL"])
        query += order_by(chance, len(keys) + len(calls))
    return {"query": query, "tables": {"t": t}}


FRAMES = [
    "",
    "",
    " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
    " ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING",
    " ROWS BETWEEN 1 FOLLOWING AND 3 FOLLOWING",
    " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
    " RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING",
    " RANGE BETWEEN 2 PRECEDING AND CURRENT ROW",
    " RANGE BETWEEN CURRENT ROW AND 3 FOLLOWING",
]


def over(chance, scope):
    partition = chance.choice(["", "PARTITION BY k ", "PARTITION BY k ", "PARTITION BY i % 2 "])
    order = "i" if chance.random() < 0.6 else chance.choice(scope)[0]
    order = f"ORDER BY {order}{chance.choice(['', ' DESC', ' NULLS LAST'])}"
    name, kind = chance.choice(scope)
    ranked = [
        "row_number()",
        "rank()",
        "dense_rank()",
        "percent_rank()",
        "cume_dist()",
        f"ntile({chance.randint(1, 4)})",
        f"lag({name})",
        f"lead({name}, 2)",
        f"lag({name}, -1)",
    ]
    if chance.random() < 0.45:
        return f"{chance.choice(ranked)} OVER ({partition}{order})"
    forms = [
        "count({})",
        "min({})",
        "max({})",
        "first_value({})",
        "last_value({})",
        "nth_value({}, 2)",
        "last({}, true)",
    ]
    if family(kind) in ("int", "real", "decimal"):
        forms += ["sum({})", "avg({})", "sum({})", "avg({})", "stddev({})"]
    frame = chance.choice(FRAMES)
    if not order.startswith("ORDER BY i") or "DISTINCT" in frame:
        frame = frame if "RANGE BETWEEN 2" not in frame and "AND 3 F" not in frame else ""
    if chance.random() < 0.2:
        order = frame = ""
    return f"{chance.choice(forms).format(name)} OVER ({partition}{order}{frame})"


def over_case(chance):
    t = random_table(chance, 3)
    items = [name for name, _ in t.columns]
    items += [over(chance, t.columns) for _ in range(chance.randint(1, 3))]
    where = f"\nWHERE {condition(chance, t.columns, 1)}" if chance.random() < 0.2 else ""
    query = f"SELECT {aliased(items)}\nFROM t{where}"
    return {"query": query + order_by(chance, len(items)), "tables": {"t": t}}


def nested_case(chance):
    """WITH around a case of another kind, and what can be asked of its columns."""
    inner = chance.choice([join_case, group_case, over_case, set_case])(chance)
    query = inner["query"]
    names = re.findall(r" AS (x\d+)", query.split("\n", maxsplit=1)[0])
    shape = chance.choice(["filter", "count", "group", "join"])
    if shape == "filter":
        outer = f"SELECT * FROM q WHERE {names[0]} IS NOT NULL"
    elif shape == "count":
        outer = f"SELECT count(*) AS n, count({names[-1]}) AS m, min({names[0]}) AS s FROM q"
    elif shape == "group":
        outer = f"SELECT {names[0]}, count(*) AS n FROM q GROUP BY {names[0]}"
    else:
        outer = f"SELECT a.{names[0]} AS l, b.{names[-1]} AS r FROM q a JOIN q b ON a.{names[0]} = b.{names[0]}"
    return {"query": f"WITH q AS (\n{query}\n)\n{outer}", "tables": inner["tables"]}
