# SPDX-License-Identifier: Apache-2.0
"""Random expressions of a wanted type over the columns of a scope: [(name, type)]."""

import re

from forms import COMMON, FORMS

# Families of which a column of a CSV file can be.
FAMILIES = ["int", "real", "decimal", "text", "bool", "date", "time", "daytime", "months"]
WANTED = re.compile(r"\{(" + "|".join([*FORMS, "few", "same"]) + r")\}")


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
    if kind == "time":
        return chance.choice(
            ["TIMESTAMP '2025-05-07 10:00:00'", "TIMESTAMP '1969-12-31 23:59:59.5'"]
        )
    return chance.choice(BUILT[kind])


BUILT = {
    "daytime": ["INTERVAL '1' DAY", "INTERVAL '01:30:00' HOUR TO SECOND", "INTERVAL '-5' SECOND"],
    "months": ["INTERVAL '1' YEAR", "INTERVAL '2-3' YEAR TO MONTH", "INTERVAL '-1' MONTH"],
    "ints": ["array(3, 1, 2, 1)", "array(1, NULL, -7)", "array(10)"],
    "texts": ["array('b', 'a')", "array('a', NULL, 'é')", "array('')"],
    "map": ["map('a', 1, 'b', 2)", "map('a', CAST(NULL AS INT))"],
}


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

    return WANTED.sub(fill, form).replace("{{", "{").replace("}}", "}")


def condition(chance, scope, depth=2):
    """Of more than a constant: WHERE (true) would be a call, or an alias and its columns."""
    found = expression(chance, "bool", scope, depth)
    return f"{found} = true" if re.fullmatch(r"\(*(true|false|NULL)\)*", found) else found


def any_expression(chance, scope, depth):
    return expression(chance, chance.choice(FAMILIES), scope, depth)
