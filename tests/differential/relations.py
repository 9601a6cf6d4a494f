# SPDX-License-Identifier: Apache-2.0
"""Random queries of many relations: joins of three, USING, generators, views, grouping sets, sizes."""

import tables
import windows
from expressions import condition, expression
from queries import aggregate, aliased, order_by, qualified, random_table

MANY_ROWS = 3000  # more than a batch, and hash tables that grow


def several(chance, names="tuv", extra=2):
    return {name: random_table(chance, extra) for name in names}


def three_case(chance):
    """Three tables, joined in a row or one of them from a subquery, with kinds mixed."""
    found = several(chance)
    kinds = ["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "JOIN", "LEFT JOIN"]
    first, second = chance.choice(kinds), chance.choice(kinds)
    scope = [column for name in "tuv" for column in qualified(name, found[name])]
    items = chance.sample([name for name, _ in scope], min(4, len(scope)))
    items += [expression(chance, chance.choice(["int", "text"]), scope, 1)]
    third = chance.choice(
        ["v", "v", "(SELECT * FROM v WHERE i > 2) v", "(SELECT DISTINCT k, i FROM v) v"]
    )
    if third.startswith("(SELECT D"):
        items = [item for item in items if "v.c" not in item] or ["t.k"]
    keys = chance.choice(["u.i = v.i", "t.k = v.k", "u.k = v.k AND t.i = v.i", "v.i = t.i + u.i"])
    query = f"SELECT {aliased(items)}\nFROM t {first} u ON t.k = u.k {second} {third} ON {keys}"
    where = chance.choice(["", "", "\nWHERE t.i > 1", "\nWHERE v.k IS NULL", "\nWHERE u.i = 2"])
    return {"query": query + where + order_by(chance, len(items)), "tables": found}


def using_case(chance):
    """Columns that the two sides share come once, unqualified."""
    found = several(chance, "tu", 1)
    join = chance.choice(["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "LEFT SEMI JOIN"])
    keys = chance.choice(["k", "k", "i", "k, i"])
    items = [f"{key} AS {key}" for key in keys.split(", ")]
    scope = qualified("t", found["t"])
    if "SEMI" not in join:
        scope = scope + qualified("u", found["u"])
    items += [
        f"{name} AS y{place}" for place, (name, _) in enumerate(scope) if chance.random() < 0.6
    ]
    on = f"USING ({keys})"
    if chance.random() < 0.25:
        found["u"].columns[2:] = [
            (f"d{place}", kind) for place, (_, kind) in enumerate(found["u"].columns[2:])
        ]
        join = chance.choice(["NATURAL JOIN", "NATURAL LEFT JOIN", "NATURAL FULL JOIN"])
        items, on = ["*"], ""
    where = chance.choice(["", "", "\nWHERE k IS NOT NULL", "\nWHERE i > 3"])
    count = len(items) if items != ["*"] else 2
    return {
        "query": f"SELECT {', '.join(items)}\nFROM t {join} u {on}{where}{order_by(chance, count)}",
        "tables": found,
    }


def generator_case(chance):
    """explode() and its kin, in SELECT and as LATERAL VIEW."""
    found = several(chance, "t", 3)
    scope = found["t"].columns
    outer = chance.choice(["", "OUTER "])
    suffix = "_outer" if chance.random() < 0.3 else ""
    kind = chance.choice(["ints", "texts"])
    array = expression(chance, kind, scope, 1)
    made = chance.choice(
        [
            (f"explode{suffix}({array})", "e", ["e"]),
            (f"posexplode{suffix}({array})", "p, e", ["p", "e"]),
            (f"explode{suffix}({expression(chance, 'map', scope, 1)})", "mk, mv", ["mk", "mv"]),
            (
                f"inline(array(struct(k, i), struct('z', {expression(chance, 'int', scope, 1)})))",
                "a, b",
                ["a", "b"],
            ),
            ("stack(2, k, i, 'q', 7)", "a, b", ["a", "b"]),
        ]
    )
    call, names, outputs = made
    shape = chance.choice(["select", "view", "view", "group", "twice"])
    if shape == "select":
        alias = f"({names})" if len(outputs) > 1 else names
        return {"query": f"SELECT k, i, {call} AS {alias}\nFROM t", "tables": found}
    view = f"FROM t LATERAL VIEW {outer}{call} g AS {names}"
    where = chance.choice(["", "", f"\nWHERE {outputs[-1]} IS NOT NULL", "\nWHERE i > 1"])
    if shape == "group":
        query = f"SELECT {outputs[-1]}, count(*) AS n, sum(i) AS s\n{view}{where}\nGROUP BY {outputs[-1]}"
        return {"query": query + order_by(chance, 3), "tables": found}
    if shape == "twice":
        view += " LATERAL VIEW explode(array(1, 2)) h AS z"
        outputs = outputs + ["z"]
    items = ["k", "i", *outputs]
    return {
        "query": f"SELECT {aliased(items)}\n{view}{where}{order_by(chance, len(items))}",
        "tables": found,
    }


def shared_case(chance):
    """A CTE that is read more than once."""
    found = several(chance, "tu", 2)
    inner = chance.choice(
        [
            "SELECT k, i FROM t WHERE i > 2",
            "SELECT k, sum(i) AS i FROM t GROUP BY k",
            "SELECT DISTINCT k, i FROM t",
            "SELECT k, i FROM t UNION ALL SELECT k, i FROM u",
            "SELECT t.k, u.i FROM t LEFT JOIN u ON t.i = u.i",
            "SELECT k, row_number() OVER (PARTITION BY k ORDER BY i) AS i FROM t",
            "SELECT k, max(i) AS i FROM t GROUP BY k HAVING count(*) > 1",
        ]
    )
    outer = chance.choice(
        [
            "SELECT a.k, a.i, b.i AS j FROM q a JOIN q b ON a.k = b.k",
            "SELECT a.k, a.i, b.i AS j FROM q a LEFT JOIN q b ON a.i = b.i + 1",
            "SELECT k, i, 1 AS j FROM q UNION ALL SELECT k, i, 2 FROM q WHERE i < 5",
            "SELECT q.k, q.i, (SELECT max(i) FROM q) AS j FROM q",
            "SELECT t.k, t.i, q.i AS j FROM t JOIN q ON t.k = q.k WHERE t.i IN (SELECT i FROM q)",
            "SELECT k, i, count(*) OVER (PARTITION BY k) AS j FROM q WHERE k IN (SELECT k FROM u)",
            "SELECT q.k, q.i, r.n AS j FROM q JOIN (SELECT k, count(*) AS n FROM q GROUP BY k) r ON q.k = r.k",
        ]
    )
    query = f"WITH q AS (\n  {inner}\n)\n{outer}"
    return {"query": query + order_by(chance, 3), "tables": found}


def unaliased_case(chance):
    """Columns whose names Spark makes up."""
    found = several(chance, "t", 4)
    scope = found["t"].columns
    families = ["int", "real", "decimal", "text", "bool", "date", "time", "daytime", "months"]
    items = [
        expression(chance, chance.choice(families), scope, chance.choice([1, 1, 2]))
        for _ in range(3)
    ]
    if chance.random() < 0.3:
        items = ["k", *(aggregate(chance, scope) for _ in range(2))]
        return {"query": f"SELECT {', '.join(items)}\nFROM t\nGROUP BY k", "tables": found}
    return {"query": f"SELECT {', '.join(items)}\nFROM t", "tables": found}


def union_case(chance):
    """UNION and its kin of sides whose types differ."""
    found = several(chance, "tu", 2)
    numbers = ["int", "real", "decimal", "text"]
    pairs = [
        (chance.choice(numbers), chance.choice(numbers)),
        chance.choice(
            [
                ("date", "time"),
                ("text", "date"),
                ("text", "time"),
                ("int", "real"),
                ("decimal", "decimal"),
            ]
        ),
    ]
    sides = []
    for place, name in enumerate("tu"):
        items = ["k"] + [expression(chance, pair[place], found[name].columns, 1) for pair in pairs]
        sides.append(f"SELECT {aliased(items)} FROM {name}")
    way = chance.choice(
        ["UNION ALL", "UNION ALL", "UNION", "EXCEPT", "INTERSECT", "UNION DISTINCT"]
    )
    query = f"{sides[0]}\n{way}\n{sides[1]}"
    if chance.random() < 0.3:
        query = f"SELECT x1, count(*) AS n FROM (\n{query}\n) GROUP BY x1"
        return {"query": query + order_by(chance, 2), "tables": found}
    return {"query": query + order_by(chance, 3), "tables": found}


def sets_case(chance):
    """ROLLUP, CUBE and GROUPING SETS with grouping() and grouping_id()."""
    found = several(chance, "t", 3)
    keys = chance.sample(["k", "i", "length(k)", "i % 2"], chance.choice([2, 2, 3]))
    plain = ", ".join(keys)
    groups = chance.choice(
        [
            f"ROLLUP({plain})",
            f"CUBE({plain})",
            f"{plain} WITH ROLLUP",
            f"{plain} WITH CUBE",
            f"GROUPING SETS (({plain}), ({keys[0]}), ({keys[-1]}), ())",
            f"{keys[0]}, ROLLUP({', '.join(keys[1:])})",
        ]
    )
    items = keys + [f"grouping({chance.choice(keys)})", "grouping_id()", "count(*)"]
    items = chance.sample(items, len(items) - 1)
    items += [aggregate(chance, found["t"].columns) for _ in range(chance.choice([0, 1, 2]))]
    having = chance.choice(
        [
            "",
            "",
            "\nHAVING count(*) > 1",
            "\nHAVING grouping_id() > 0",
            "\nHAVING grouping_id() = 0",
        ]
    )
    return {
        "query": f"SELECT {aliased(items)}\nFROM t\nGROUP BY {groups}{having}{order_by(chance, len(items))}",
        "tables": found,
    }


STATISTICS = [
    "stddev({x})",
    "variance({x})",
    "var_pop({x})",
    "stddev_pop({x})",
    "skewness({x})",
    "kurtosis({x})",
    "corr({x}, {y})",
    "covar_pop({x}, {y})",
    "covar_samp({x}, {y})",
    "regr_slope({x}, {y})",
    "regr_intercept({x}, {y})",
    "regr_r2({x}, {y})",
    "regr_count({x}, {y})",
    "regr_avgx({x}, {y})",
    "regr_sxx({x}, {y})",
    "regr_sxy({x}, {y})",
    "percentile({x}, 0.25)",
    "percentile({x}, array(0.1, 0.9))[1]",
    "percentile_approx({x}, 0.5)",
    "percentile_approx({x}, 0.9, 100)",
    "median({x})",
    "mode({x})",
    "percentile_cont(0.3) WITHIN GROUP (ORDER BY {x})",
    "percentile_disc(0.5) WITHIN GROUP (ORDER BY {x} DESC)",
    "approx_count_distinct({x})",
    "try_sum({x})",
    "try_avg({x})",
    "max_by({x}, {y})",
    "min_by(k, {x})",
    "array_join(collect_list(k), ',')",
    "array_join(sort_array(collect_set(k)), ',')",
    "CAST(collect_list({x}) AS STRING)",
    "CAST(sort_array(collect_set({y})) AS STRING)",
    "bit_and(i)",
    "bit_or(i)",
    "bit_xor(i)",
    "bool_or(i > 3)",
    "every(i > 3)",
    "some(k = 'a')",
    "count(DISTINCT k)",
    "count(DISTINCT i)",
    "sum(DISTINCT {x})",
    "count(DISTINCT k, i)",
    "avg(DISTINCT i)",
    "count({x}, {y})",
    "sum({x}) FILTER (WHERE k = 'a')",
    "count(DISTINCT i) FILTER (WHERE i > 2)",
    "array_join(array_agg(i), '+')",
    "size(collect_set({x}))",
    "first({x}) IGNORE NULLS",
    "any_value({y})",
]


def statistics_case(chance):
    """Aggregates that keep more than one number, and several DISTINCT."""
    found = several(chance, "t", 1)
    table = found["t"]
    rows = len(table.rows)
    for name in "xy":
        kind = chance.choice(["INT", "DOUBLE", "DOUBLE", "FLOAT", "DECIMAL(10,2)", "BIGINT"])
        table.columns.append((name, kind))
        for row, field in zip(table.rows, tables.column(chance, kind, rows, tame=True)):
            row.append(field)
    calls = [call.format(x="x", y="y") for call in chance.sample(STATISTICS, chance.randint(2, 5))]
    keys = chance.choice([[], ["k"], ["i"], ["i", "k"]])
    query = f"SELECT {aliased(keys + calls)}\nFROM t"
    if keys:
        query += f"\nGROUP BY {', '.join(keys)}" + order_by(chance, len(keys))
    return {"query": query, "tables": found}


def correlated_case(chance):
    """Correlated subqueries in SELECT, HAVING and ON's neighbours."""
    found = several(chance, "tu", 1)
    inner = chance.choice(
        [
            "SELECT max(u.i) FROM u WHERE u.k = t.k",
            "SELECT count(*) FROM u WHERE u.k = t.k AND u.i > 1",
            "SELECT sum(u.i) FROM u WHERE u.i = t.i",
            "SELECT min(u.k) FROM u WHERE u.i = t.i",
            "SELECT avg(u.i) FROM u WHERE u.k = t.k AND u.i <> 3",
        ]
    )
    query = chance.choice(
        [
            f"SELECT t.k, t.i, ({inner}) AS s FROM t",
            f"SELECT t.k, t.i, coalesce(({inner}), 'none') AS s FROM t WHERE t.i > 1",
            f"SELECT t.k, t.i FROM t WHERE ({inner}) IS NOT NULL",
            f"SELECT t.k, t.i, 1 AS s FROM t WHERE t.i = ({inner})",
            "SELECT t.k, count(*) AS n FROM t GROUP BY t.k HAVING count(*) > (SELECT min(u.i) FROM u WHERE u.k = t.k)",
            "SELECT t.k, sum(t.i) AS n FROM t GROUP BY t.k HAVING sum(t.i) > (SELECT avg(i) FROM u)",
            "SELECT t.k, max(t.i) AS n FROM t GROUP BY t.k HAVING EXISTS (SELECT 1 FROM u WHERE u.k = t.k)",
            "SELECT t.k, t.i, EXISTS (SELECT 1 FROM u WHERE u.k = t.k) AS e FROM t",
            "SELECT t.k, t.i, t.i IN (SELECT i FROM u) AS e FROM t",
            "SELECT t.k, CASE WHEN t.i IN (SELECT i FROM u WHERE u.k = t.k) THEN 1 ELSE 0 END AS e FROM t",
            "SELECT t.k, t.i FROM t WHERE (t.k, t.i) IN (SELECT k, i FROM u)",
            "SELECT t.k, t.i FROM t WHERE (t.k, t.i) NOT IN (SELECT k, i FROM u WHERE k IS NOT NULL)",
            "SELECT t.k, t.i FROM t WHERE t.i > 1 OR t.k IN (SELECT k FROM u WHERE u.i = t.i)",
        ]
    )
    return {"query": query + order_by(chance, 2), "tables": found}


SPANS = [
    "INTERVAL 10 SECONDS",
    "INTERVAL '1' MINUTE",
    "INTERVAL 1 HOUR",
    "INTERVAL 3 DAYS",
    "INTERVAL '2' DAY",
]


def span_case(chance):
    """Frames of time: RANGE between intervals."""
    rows = chance.choice([0, 1, 8, 20, 40])
    table = tables.table(
        [
            ("k", "STRING", tables.column(chance, "STRING", rows, few=2)),
            (
                "ts",
                "TIMESTAMP",
                tables.column(chance, "TIMESTAMP", rows, few=chance.choice([None, 6])),
            ),
            ("d", "DATE", tables.column(chance, "DATE", rows)),
            ("v", "DOUBLE", tables.column(chance, "DOUBLE", rows, tame=True)),
            ("m", "DECIMAL(12,3)", tables.column(chance, "DECIMAL(12,3)", rows)),
        ]
    )
    by = chance.choice(["ts", "ts", "ts DESC", "d", "d DESC NULLS LAST", "ts NULLS LAST"])
    spans = SPANS if by.startswith("ts") else ["2", "INTERVAL 3 DAYS", "INTERVAL '1' MONTH", "30"]
    low = chance.choice(["UNBOUNDED PRECEDING", f"{chance.choice(spans)} PRECEDING", "CURRENT ROW"])
    high = chance.choice(
        ["UNBOUNDED FOLLOWING", f"{chance.choice(spans)} FOLLOWING", "CURRENT ROW"]
    )
    calls = chance.sample(
        [
            "count(*)",
            "sum(v)",
            "avg(m)",
            "min(v)",
            "max(ts)",
            "first_value(v)",
            "last_value(m)",
            "sum(m)",
            "array_join(collect_list(k), '')",
            "nth_value(v, 2)",
        ],
        2,
    )
    name = f"({chance.choice(['', 'PARTITION BY k '])}ORDER BY {by} RANGE BETWEEN {low} AND {high})"
    if chance.random() < 0.3:
        items = ", ".join(f"{call} OVER w AS x{place}" for place, call in enumerate(calls))
        return {
            "query": f"SELECT k, ts, d, {items}\nFROM t\nWINDOW w AS {name}",
            "tables": {"t": table},
        }
    items = ", ".join(f"{call} OVER {name} AS x{place}" for place, call in enumerate(calls))
    return {"query": f"SELECT k, ts, d, {items}\nFROM t", "tables": {"t": table}}


def window_join_case(chance):
    """window() of all forms on one side of a join or on both, without any order of the result."""
    table, time, spread = windows.source(chance)
    call = windows.window_call(chance, time, spread)
    join = chance.choice(["JOIN", "LEFT JOIN", "FULL JOIN"])
    left = f"SELECT k, window.start AS s, count(*) AS c FROM t GROUP BY k, {call}"
    right = f"SELECT n, window.start AS s, avg(x) AS a FROM t GROUP BY {call}, n"
    query = chance.choice(
        [
            f"SELECT p.k, p.s, p.c, r.n, r.a\nFROM ({left}) p {join} ({right}) r ON p.s = r.s",
            f"SELECT p.k, p.s, p.c, t.n\nFROM ({left}) p {join} t ON p.k = t.k AND p.c > 1",
            f"SELECT w.start AS s, w.end AS e, k, v FROM (SELECT {call} AS w, k, v FROM t)",
            f"SELECT window_time(window) AS m, count(*) AS c FROM t GROUP BY {call}",
            f"{left}\nUNION ALL\nSELECT k, s, c + 1 FROM ({left})",
            f"SELECT k, s, c, sum(c) OVER (PARTITION BY k ORDER BY s) AS total FROM ({left})",
        ]
    )
    return {"query": query, "tables": {"t": table}}


def big_table(chance):
    values = chance.choice([5, 40, 700, 2900])
    rows = [
        [
            None if chance.random() < 0.03 else f"g{chance.randrange(values)}",
            str(chance.randrange(values * 3)),
            f"{chance.uniform(-50, 900):.3f}",
            f"{chance.uniform(0, 9999):.2f}",
        ]
        for _ in range(MANY_ROWS)
    ]
    return tables.Table(
        [("k", "STRING"), ("i", "INT"), ("x", "DOUBLE"), ("m", "DECIMAL(10,2)")], rows
    )


def big_case(chance):
    """Thousands of rows, so that sums have an order and hash tables a size."""
    found = {"t": big_table(chance), "u": big_table(chance)}
    found["u"].rows = found["u"].rows[: chance.choice([50, 400])]
    query = chance.choice(
        [
            "SELECT k, sum(x) AS s, avg(x) AS a, count(*) AS n FROM t GROUP BY k",
            "SELECT i % 100 AS b, sum(x) AS s, stddev(x) AS d, sum(m) AS m FROM t GROUP BY i % 100",
            "SELECT k, i, count(*) AS n FROM t GROUP BY k, i HAVING count(*) > 1",
            "SELECT DISTINCT k FROM t",
            "SELECT sum(x) AS s, avg(x) AS a, variance(x) AS v, corr(x, i) AS c FROM t",
            "SELECT t.k, t.i, u.x FROM t JOIN u ON t.k = u.k AND t.i = u.i",
            "SELECT t.k, count(*) AS n, sum(u.x) AS s FROM t LEFT JOIN u ON t.i = u.i GROUP BY t.k",
            "SELECT k, i FROM t EXCEPT SELECT k, i FROM u",
            "SELECT k FROM t INTERSECT SELECT k FROM u",
            "SELECT k, i, sum(x) OVER (PARTITION BY k ORDER BY i, x, m) AS s FROM t",
            "SELECT k, i, rank() OVER (ORDER BY i) AS r FROM t ORDER BY r, k LIMIT 200",
            "SELECT k, count(DISTINCT i) AS n FROM t GROUP BY k",
            "SELECT k, count(DISTINCT i) AS n, sum(DISTINCT m) AS m, sum(x) AS x FROM t GROUP BY k",
            "SELECT k, percentile(x, 0.5) AS p, percentile_approx(x, 0.5) AS q FROM t GROUP BY k",
            "SELECT k, max_by(i, x) AS b, first(x) AS f, last(i) AS l FROM t GROUP BY k",
            "SELECT * FROM t WHERE i IN (SELECT i FROM u WHERE x > 100)",
            "SELECT * FROM t ORDER BY k DESC, x LIMIT 100",
            "SELECT i, x FROM t ORDER BY i",
            "SELECT k, i FROM t UNION SELECT k, i FROM u",
            "SELECT k, i % 3 AS j, sum(m) AS s FROM t GROUP BY CUBE(k, i % 3)",
            "SELECT approx_count_distinct(k) AS a, approx_count_distinct(i) AS b, approx_count_distinct(x) AS c FROM t",
            "SELECT u.k, (SELECT max(t.x) FROM t WHERE t.k = u.k) AS m FROM u",
            "SELECT k, size(collect_set(i)) AS s, array_join(collect_list(i), ' ') AS l FROM t GROUP BY k",
            "SELECT a.k, a.n, b.s FROM (SELECT k, count(*) AS n FROM t GROUP BY k) a"
            " JOIN (SELECT k, sum(x) AS s FROM u GROUP BY k) b ON a.k = b.k",
            "SELECT a.k, a.n, b.s FROM (SELECT k, count(*) AS n FROM t GROUP BY k) a"
            " FULL JOIN (SELECT k, sum(x) AS s FROM u GROUP BY k) b ON a.k = b.k",
        ]
    )
    return {"query": query + chance.choice(["", "", "", "\nORDER BY 1"]), "tables": found}
