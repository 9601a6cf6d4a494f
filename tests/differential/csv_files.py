# SPDX-License-Identifier: Apache-2.0
"""Random CSV files, with what quoting, line ends and bad values can do, and random options."""

import tables

KINDS = ["INT", "BIGINT", "FLOAT", "DOUBLE", "DECIMAL(8,2)", "STRING", "BOOLEAN", "DATE", "TIMESTAMP"]

ODD_FIELDS = {
    "INT": ["x", " 7", "7 ", "+5", "-0", "2147483648", "1.0", "1e3", "0x10", "", "٣", "1_000"],
    "BIGINT": ["9223372036854775808", "12L", " 1", "-9223372036854775808", "1.5"],
    "FLOAT": ["1.5f", "NaN", "Infinity", "-Inf", "1e40", "0x1p3", " 2.5 ", "1,5", ".5", "5.", "abc"],
    "DOUBLE": ["1d", "nan", "-Infinity", "1e400", "4.9E-324", " 2.5", "1.2.3", "+3.5", "1e", "--1"],
    "DECIMAL(8,2)": ["1234567.89", "1.005", "1.015", "-0.004", "1e2", " 3.5", "12345678", "abc", "+1.1"],
    "STRING": ["a b", " lead", "trail ", "tab\tin", "é", "null", "NULL", "#no", "a'b", "-", "\\N"],
    "BOOLEAN": ["TRUE", "False", "t", "1", "yes", " true", "0", "tRuE"],
    "DATE": ["2024-2-9", "2024-02-30", "2024-02-29T10:00:00", "20240229", "2024", "2024-01", "x",
             " 2024-01-01", "0001-01-01", "+2024-01-01", "99999-01-01"],
    "TIMESTAMP": ["2024-01-02", "2024-01-02T03:04:05", "2024-01-02 03:04", "2024-01-02 03:04:05.1234567",
                  "2024-01-02T03:04:05Z", "2024-01-02 03:04:05+02:00", "2024-01-02 25:00:00", "x",
                  "1969-12-31 23:59:59.999999", "2024-1-2 3:4:5", "2024-01-02 03:04:05 UTC"],
}

# Pieces that make a record's structure, rather than a field's value.
ODD_RAW = ['"', '""', '\\"', '"a,b"', '"a\nb"', '"unfinished', 'a"b', '"a"b', '" quoted "', '"a\\"b"',
           '"a""b"', "\\", '"\\\\"', '"x\r\ny"', "''", '","', '"",""']


def field(chance, kind):
    roll = chance.random()
    if roll < 0.12:
        return ""
    if roll < 0.35:
        return chance.choice(ODD_FIELDS[kind])
    if roll < 0.45:
        return chance.choice(ODD_RAW)
    text = tables.value(chance, kind, tame=True)
    return f'"{text}"' if chance.random() < 0.15 else text


def file_text(chance, kinds, separator, ends):
    lines = [separator.join(f"c{place}" for place in range(len(kinds)))]
    for _ in range(chance.choice([0, 1, 3, 6, 10])):
        fields = [field(chance, kind) for kind in kinds]
        roll = chance.random()
        if roll < 0.08:
            fields = fields[:-1]
        elif roll < 0.16:
            fields.append(chance.choice(["", "more", '"q"']))
        elif roll < 0.2:
            fields = [chance.choice(["", "   ", "# note", "\t"])]
        lines.append(separator.join(fields))
    text = "".join(line + chance.choice(ends) for line in lines)
    return text[:-1] if chance.random() < 0.2 and text.endswith("\n") else text


def reader_options(chance, separator):
    options = {} if separator == "," else {chance.choice(["sep", "delimiter"]): separator}
    choices = {
        "quote": ["'", '"', ""],
        "escape": ['"', "\\", "/", "'"],
        "mode": ["PERMISSIVE", "DROPMALFORMED", "FAILFAST"],
        "nullValue": ["null", "-", "NULL", "a"],
        "emptyValue": ["empty", ""],
        "nanValue": ["nan", "NaN"],
        "ignoreLeadingWhiteSpace": ["true", "false"],
        "ignoreTrailingWhiteSpace": ["true"],
        "multiLine": ["true", "false"],
        "comment": ["#", "-"],
        "header": ["false", "true"],
        "enforceSchema": ["true", "false"],
        "unescapedQuoteHandling": ["STOP_AT_DELIMITER"],
        "timestampFormat": ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm[:ss]"],
        "dateFormat": ["yyyy-MM-dd", "yyyyMMdd", "yyyy-M-d"],
    }
    for key in chance.sample(sorted(choices), chance.choice([0, 1, 1, 2, 3])):
        options[key] = chance.choice(choices[key])
    return options


def writer_options(chance):
    choices = {
        "quoteAll": ["true", "false"],
        "nullValue": ["NULL", ""],
        "emptyValue": ["", "empty"],
        "sep": [";", "\t"],
        "quote": ["'", ""],
        "escape": ['"', "/"],
        "escapeQuotes": ["false"],
        "header": ["false"],
        "ignoreLeadingWhiteSpace": ["false"],
        "ignoreTrailingWhiteSpace": ["false"],
        "timestampFormat": ["yyyy-MM-dd HH:mm:ss", "HH:mm"],
        "dateFormat": ["dd.MM.yyyy"],
        "charToEscapeQuoteEscaping": ["\\"],
    }
    return {key: chance.choice(choices[key]) for key in
            chance.sample(sorted(choices), chance.choice([0, 0, 1, 2]))}


class File:
    """A table whose file is not made of rows; see tables.Table."""

    def __init__(self, columns, text, options):
        self.columns = columns
        self.text = text
        self.options = options

    def schema(self):
        return ", ".join(f"{name} {kind}" for name, kind in self.columns)

    def csv(self):
        return self.text


def csv_case(chance):
    kinds = [chance.choice(KINDS) for _ in range(chance.randint(1, 5))]
    separator = chance.choice([",", ",", ",", ";", "\t", "|"])
    ends = chance.choice([["\n"], ["\n"], ["\r\n"], ["\n", "\r\n", "\r"]])
    columns = [(f"c{place}", kind) for place, kind in enumerate(kinds)]
    if chance.random() < 0.1:
        columns.append(("_corrupt_record", "STRING"))
    table = File(columns, file_text(chance, kinds, separator, ends), reader_options(chance, separator))
    names = [name for name, _ in columns]
    if chance.random() < 0.25:
        names = chance.sample(names, chance.randint(1, len(names)))
    items = ", ".join(names)
    where = chance.choice(["", "", "", f"\nWHERE {names[0]} IS NOT NULL"])
    query = f"SELECT {items}\nFROM t{where}" if chance.random() < 0.9 else "SELECT count(*) AS n\nFROM t"
    return {"query": query, "tables": {"t": table}, "writer": writer_options(chance)}
