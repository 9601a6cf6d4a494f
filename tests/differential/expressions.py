# SPDX-License-Identifier: Apache-2.0
"""Random expressions of a wanted type over the columns of a scope: [(name, type)]."""

import re

# What makes a value of each type, from values of others. {int}, {text}, ... stand for any expression
# of that family, {few} for a small whole number, {same} for the wanted type.
FORMS = {
    "int": [
        "{int} + {int}",
        "{int} - {few}",
        "{int} * {few}",
        "{int} % {few}",
        "{int} div {few}",
        "-{int}",
        "abs({int})",
        "pmod({int}, {few})",
        "{int} & {int}",
        "{int} | {few}",
        "{int} ^ {int}",
        "~{int}",
        "shiftleft({int}, {few})",
        "length({text})",
        "char_length({text})",
        "instr({text}, {text})",
        "locate({text}, {text}, {few})",
        "ascii({text})",
        "levenshtein({text}, {text})",
        "year({date})",
        "month({time})",
        "day({date})",
        "hour({time})",
        "minute({time})",
        "second({time})",
        "dayofweek({date})",
        "dayofyear({date})",
        "weekofyear({date})",
        "quarter({date})",
        "datediff({date}, {date})",
        "unix_timestamp({time})",
        "floor({real})",
        "ceil({decimal})",
        "CAST({text} AS INT)",
        "CAST({real} AS INT)",
        "CAST({bool} AS INT)",
        "CAST({decimal} AS BIGINT)",
        "CAST({time} AS BIGINT)",
        "sign({int})",
        "find_in_set({text}, {text})",
        "size(split({text}, 'a'))",
        "bit_count({int})",
        "crc32({text})",
        "hash({text}, {int})",
        "extract(DOW FROM {date})",
        "date_part('MINUTE', {time})",
        "EXTRACT(YEAR FROM {time})",
    ],
    "real": [
        "{real} + {real}",
        "{real} - {int}",
        "{real} * {real}",
        "{real} / {few}",
        "{int} / {int}",
        "{real} % {few}",
        "-{real}",
        "abs({real})",
        "sqrt({int})",
        "round({real}, {few})",
        "bround({real}, 1)",
        "round({real})",
        "CAST({text} AS DOUBLE)",
        "CAST({int} AS DOUBLE)",
        "CAST({decimal} AS DOUBLE)",
        "CAST({real} AS FLOAT)",
        "nanvl({real}, 0D)",
        "{real} + {decimal}",
        "greatest({real}, {real}, {int})",
        "signum({real})",
        "pmod({real}, {few})",
        "months_between({date}, {date})",
    ],
    "decimal": [
        "{decimal} + {decimal}",
        "{decimal} - {int}",
        "{decimal} * {decimal}",
        "{decimal} / {few}",
        "{decimal} % {few}",
        "-{decimal}",
        "abs({decimal})",
        "round({decimal}, 1)",
        "bround({decimal})",
        "CAST({int} AS DECIMAL(12, 2))",
        "CAST({text} AS DECIMAL(8, 3))",
        "CAST({real} AS DECIMAL(20, 5))",
        "1.5 * {int}",
        "{int} / 3.0",
        "12.50",
        "ceil({decimal}, 1)",
    ],
    "text": [
        "upper({text})",
        "lower({text})",
        "initcap({text})",
        "trim({text})",
        "ltrim('a', {text})",
        "rtrim({text})",
        "reverse({text})",
        "concat({text}, {text})",
        "{text} || '-' || {int}",
        "concat_ws(',', {text}, {text}, NULL)",
        "substring({text}, {few})",
        "substr({text}, {few}, {few})",
        "left({text}, {few})",
        "right({text}, {few})",
        "lpad({text}, 5, '*')",
        "rpad({text}, {few}, 'xy')",
        "repeat({text}, {few})",
        "replace({text}, 'a', {text})",
        "translate({text}, 'ab1', 'xy')",
        "regexp_replace({text}, '[a-c]+', '<$0>')",
        "regexp_extract({text}, '([a-z]+)([0-9]*)', 1)",
        "split({text}, ' ')[0]",
        "split_part({text}, 'a', 1)",
        "substring_index({text}, 'a', 1)",
        "CAST({int} AS STRING)",
        "CAST({real} AS STRING)",
        "CAST({decimal} AS STRING)",
        "CAST({date} AS STRING)",
        "CAST({time} AS STRING)",
        "CAST({bool} AS STRING)",
        "date_format({time}, 'yyyy-MM-dd HH:mm')",
        "date_format({date}, 'EEE, d MMM yy')",
        "format_string('%s|%d', {text}, {int})",
        "format_string('%.2f', {real})",
        "format_number({real}, 2)",
        "hex({int})",
        "bin({int})",
        "md5({text})",
        "sha2({text}, 256)",
        "base64({text})",
        "soundex({text})",
        "overlay({text} PLACING 'zz' FROM 2)",
        "elt({few}, {text}, {text})",
        "space({few})",
        "from_unixtime({int})",
        "conv({text}, 16, 10)",
        "get_json_object('{{\"a\":1}}', '$.a')",
        "array_join(array({text}, {text}), '+')",
        "element_at(array({text}, 'q'), 1)",
    ],
    "bool": [
        "{int} > {int}",
        "{int} = {real}",
        "{real} >= {real}",
        "{real} < {decimal}",
        "{decimal} <> {decimal}",
        "{text} = {text}",
        "{text} < {text}",
        "{text} = {int}",
        "{text} > {real}",
        "{date} >= {date}",
        "{time} < {time}",
        "{date} = {time}",
        "{time} > '2025-05-07 10:00:00'",
        "{bool} AND {bool}",
        "{bool} OR {bool}",
        "NOT {bool}",
        "{int} IS NULL",
        "{text} IS NOT NULL",
        "{bool} IS TRUE",
        "{bool} IS NOT FALSE",
        "{int} BETWEEN {few} AND {int}",
        "{real} NOT BETWEEN 0 AND {few}",
        "{int} IN ({few}, {few}, NULL)",
        "{text} IN ('a', 'b', {text})",
        "{int} NOT IN (1, 2, {real})",
        "{text} LIKE 'a%'",
        "{text} NOT LIKE '_b%'",
        "{text} ILIKE 'A_'",
        "{text} RLIKE '^[a-z]+$'",
        "{int} <=> {int}",
        "{real} IS DISTINCT FROM {real}",
        "isnan({real})",
        "startswith({text}, 'a')",
        "endswith({text}, {text})",
        "contains({text}, 'b')",
        "array_contains(array({int}, 1), 1)",
        "CAST({int} AS BOOLEAN)",
        "CAST({text} AS BOOLEAN)",
    ],
    "date": [
        "date_add({date}, {few})",
        "date_sub({date}, {int} % 1000)",
        "add_months({date}, {few})",
        "last_day({date})",
        "next_day({date}, 'TU')",
        "trunc({date}, 'MM')",
        "to_date({text})",
        "CAST({time} AS DATE)",
        "to_date({time})",
        "DATE '2024-02-29'",
        "{date} + {few}",
        "{date} + INTERVAL 1 MONTH",
        "make_date(2024, {few}, {few})",
        "greatest({date}, {date})",
    ],
    "time": [
        "date_trunc('HOUR', {time})",
        "date_trunc('week', {date})",
        "{time} + INTERVAL 90 MINUTES",
        "{time} - INTERVAL '1 02:03:04' DAY TO SECOND",
        "CAST({date} AS TIMESTAMP)",
        "to_timestamp({text}, 'yyyy-MM-dd')",
        "timestamp_seconds({int})",
        "TIMESTAMP '2025-05-07 10:00:00.5'",
        "least({time}, {time})",
        "from_utc_timestamp({time}, 'Asia/Tokyo')",
        "timestamp_millis({int})",
    ],
}

# For every family.
COMMON = [
    "coalesce({same}, {same})",
    "nvl({same}, {same})",
    "if({bool}, {same}, {same})",
    "CASE WHEN {bool} THEN {same} ELSE {same} END",
    "CASE WHEN {bool} THEN {same} WHEN {bool} THEN {same} END",
    "nullif({same}, {same})",
    "nvl2({int}, {same}, {same})",
    "greatest({same}, {same})",
    "least({same}, {same}, {same})",
    "({same})",
]

FAMILIES = list(FORMS)


def family(kind):
    if kind in ("TINYINT", "SMALLINT", "INT", "BIGINT"):
        return "int"
    if kind in ("FLOAT", "DOUBLE"):
        return "real"
    if kind.startswith("DECIMAL"):
        return "decimal"
    return {"STRING": "text", "BOOLEAN": "bool", "DATE": "date", "TIMESTAMP": "time"}[kind]


def literal(chance, kind):
    if kind == "int":
        return str(chance.choice([0, 1, 2, 3, 7, 10, 100, -1]))
    if kind == "real":
        return chance.choice(["0.5D", "1.25D", "-3D", "1e2", "81.48F", "0D"])
    if kind == "decimal":
        return chance.choice(["0.1", "2.50", "-7.25", "100.0", "0.005"])
    if kind == "text":
        return chance.choice(["'a'", "'b'", "''", "'a1'", "'1.5'", "'Ab c'", "'é'"])
    if kind == "bool":
        return chance.choice(["true", "false"])
    if kind == "date":
        return chance.choice(["DATE '2025-05-07'", "DATE '1969-12-31'"])
    return chance.choice(["TIMESTAMP '2025-05-07 10:00:00'", "TIMESTAMP '1969-12-31 23:59:59.5'"])


def leaf(chance, kind, scope):
    fitting = [name for name, column in scope if family(column) == kind]
    if fitting and chance.random() < 0.85:
        return chance.choice(fitting)
    if chance.random() < 0.03:
        return "NULL"
    return literal(chance, kind)


def expression(chance, kind, scope, depth):
    """An expression of the family `kind`; operators inside are in parentheses."""
    if depth == 0 or chance.random() < 0.15:
        return leaf(chance, kind, scope)
    form = chance.choice(COMMON if chance.random() < 0.2 else FORMS[kind])

    def fill(match):
        wanted = match.group(1)
        if wanted == "few":
            return str(chance.randint(1, 5))
        inner = expression(chance, kind if wanted == "same" else wanted, scope, depth - 1)
        return f"({inner})" if re.search(r"[^\w.')(]", inner) and not inner.endswith(")") else inner

    return re.sub(r"\{(int|real|decimal|text|bool|date|time|few|same)\}", fill, form).replace(
        "{{", "{"
    ).replace("}}", "}")


def condition(chance, scope, depth=2):
    return expression(chance, "bool", scope, depth)


def any_expression(chance, scope, depth):
    return expression(chance, chance.choice(FAMILIES), scope, depth)
