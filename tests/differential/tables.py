# SPDX-License-Identifier: Apache-2.0
"""Random columns and tables: ordinary values, and the ones at which types break."""

INTEGERS = {"TINYINT": 7, "SMALLINT": 15, "INT": 31, "BIGINT": 63}
FRACTIONS = ["FLOAT", "DOUBLE"]
DECIMALS = [
    "DECIMAL(3,1)",
    "DECIMAL(5,2)",
    "DECIMAL(7,0)",
    "DECIMAL(10,2)",
    "DECIMAL(18,4)",
    "DECIMAL(20,0)",
    "DECIMAL(38,10)",
]
NUMBERS = [*INTEGERS, *FRACTIONS, *DECIMALS]
OTHERS = ["STRING", "BOOLEAN", "DATE", "TIMESTAMP"]
TYPES = NUMBERS + OTHERS

WORDS = [
    "a",
    "b",
    "B",
    "ab",
    "é",
    "Ω",
    "zz",
    "A",
    "a b",
    "true",
    "1",
    "10",
    "2",
    "-3.5",
    "1e3",
    "NaN",
    "x1",
    "a,b",
    'say "a"',
    "it's",
    "2025-05-07",
    "c:\\d",
]
SPECIAL = ["NaN", "Infinity", "-Infinity", "-0.0", "0.0"]
ODD = [
    "1E10",
    "1.5E-7",
    "123456.789",
    "0.1",
    "0.2",
    "0.3",
    "1.0E7",
    "9999999.0",
    "0.001",
    "9.99E-4",
    "1.0E-10",
    "12345678.5",
    "3.0E15",
    "1.0E300",
    "-1.0E300",
    "1.0E-300",
]


def integer(chance, bits):
    kind = chance.random()
    if kind < 0.75:
        return str(chance.randint(-30, 130 if bits > 7 else 120))
    if kind < 0.85:
        return str(chance.choice([2**bits - 1, -(2**bits), 2**bits - 2, 0]))
    return str(chance.randint(-(2**bits), 2**bits - 1))


def fraction(chance, tame=False):
    kind = chance.random()
    if kind < 0.6 or tame:
        return f"{chance.uniform(-20, 100):.2f}"
    if kind < 0.72:
        return f"{chance.randint(-300, 300)}.{chance.choice(['5', '25', '005', '125', '675', '995', '0'])}"
    if kind < 0.84:
        return repr(chance.uniform(-1000, 1000))
    return chance.choice(SPECIAL if kind < 0.92 else ODD)


def decimal(chance, kind):
    precision, scale = map(int, kind[8:-1].split(","))
    whole = precision - scale
    digits = chance.randint(1, whole) if chance.random() < 0.3 else min(2, whole)
    text = str(chance.randint(0, 10**digits - 1))
    if scale:
        text += f".{chance.randint(0, 10**scale - 1):0{scale}}"[: chance.randint(2, scale + 1)]
    return chance.choice(["", "", "-"]) + text


def timestamp(chance, around=None):
    """Text that Spark reads as a TIMESTAMP without a format."""
    day = around or chance.choice(
        [
            "2025-05-07",
            "2025-05-06",
            "1970-01-01",
            "1969-12-31",
            "2000-02-29",
            "1900-03-01",
            "2038-01-19",
        ]
    )
    clock = chance.choice([10, 10, 10, 0, 23])
    minute = chance.choice([0, 0, 1, 59]) if clock != 23 else 59
    text = f"{day} {clock:02}:{minute:02}:{chance.randint(0, 59):02}"
    if chance.random() < 0.3:
        text += chance.choice(
            [".5", ".250", ".999999", ".000001", f".{chance.randint(0, 999999):06}"]
        )
    return text


def value(chance, kind, tame=False):
    """One field of a CSV file of that type, never empty."""
    if kind in INTEGERS:
        return integer(chance, INTEGERS[kind]) if not tame else str(chance.randint(-9, 99))
    if kind in FRACTIONS:
        return fraction(chance, tame)
    if kind.startswith("DECIMAL"):
        return decimal(chance, kind)
    if kind == "BOOLEAN":
        return chance.choice(["true", "false"])
    if kind == "DATE":
        return chance.choice(
            ["2025-05-07", "2025-05-06", "1999-12-31", "1970-01-01", "1969-12-31", "2024-02-29"]
        )
    if kind == "TIMESTAMP":
        return timestamp(chance)
    return chance.choice(WORDS)


def quoted(field):
    """A field as Spark's reader wants it: quotes inside are escaped by a backslash."""
    if field is None:
        return ""
    if "," in field or '"' in field:
        return '"' + field.replace('"', '\\"') + '"'
    return field


class Table:
    """Columns of (name, type) and rows of fields; None is an empty field."""

    def __init__(self, columns, rows):
        self.columns = columns
        self.rows = rows

    def schema(self):
        return ", ".join(f"{name} {kind}" for name, kind in self.columns)

    def csv(self):
        lines = [",".join(name for name, _ in self.columns)]
        lines += [",".join(quoted(field) for field in row) for row in self.rows]
        return "\n".join(lines) + "\n"


def column(chance, kind, rows, few=None, tame=False):
    """That many fields, a fifth of them null in half of the columns; `few` distinct ones at most."""
    nulls = chance.choice([0, 0.2])
    pool = [value(chance, kind, tame) for _ in range(few)] if few else None
    return [
        (
            None
            if chance.random() < nulls
            else (chance.choice(pool) if pool else value(chance, kind, tame))
        )
        for _ in range(rows)
    ]


def table(columns):
    """Table of [(name, type, fields)]."""
    names = [(name, kind) for name, kind, _ in columns]
    rows = [list(row) for row in zip(*(fields for _, _, fields in columns))]
    # A row of one column that is null would be a blank line, which is no row.
    if len(columns) == 1:
        rows = [row for row in rows if row[0] is not None]
    return Table(names, rows)
