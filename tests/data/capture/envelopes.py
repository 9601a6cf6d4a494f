#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Envelopes as Python's json and base64 modules write them; writes envelopes.tsv, which tests/unit
reads.

    ./envelopes.py > envelopes.tsv

A line is: "same" if retrial must write these bytes too, "read" if it must only read them; topic;
partition; offset; c (create), l (logappend) or n (no time); ts; broker; headers as NAME=VALUE, with
commas between them; key; payload; the envelope. Topic, names, values, key and payload are in
hexadecimal: "-" is empty, "~" is null.
"""
import base64
import json
import random
import re

random.seed(1883)


def hexa(b):
    return "~" if b is None else b.hex() or "-"


def text(b):
    """None, a string, or the extension for what is no UTF-8."""
    if b is None:
        return None
    try:
        return b.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(b).decode()}


def fields(topic, partition, offset, kind, ts, broker, headers, key, payload):
    e = {"topic": text(topic), "partition": partition, "offset": offset}
    if kind != "n":
        e |= {"tstype": {"c": "create", "l": "logappend"}[kind], "ts": ts}
    e["broker"] = broker
    if headers:
        e["headers"] = [text(part) for pair in headers for part in pair]
    return e | {"key": text(key), "payload": text(payload)}


def kcat(e):
    """No blanks, no escapes but JSON's own, capital digits in them."""
    line = json.dumps(e, ensure_ascii=False, separators=(",", ":"))
    return re.sub(r"(?<!\\)((?:\\\\)*)\\u00(..)", lambda m: m[1] + r"\u00" + m[2].upper(), line)


def other(e):
    """Members in any order, further ones, blanks, everything escaped."""
    members = list(e.items()) + [("schema", {"id": [1, None, 2.5]}), ("note", "\u00e9")]
    random.shuffle(members)
    return random.choice(("", " ")) + json.dumps(
        dict(members), separators=random.choice(((",", ":"), (", ", ": "), (" , ", " : "))))


def show(how, record, line):
    topic, partition, offset, kind, ts, broker, headers, key, payload = record
    pairs = ",".join(hexa(name) + "=" + hexa(value) for name, value in headers) or "none"
    print(how, hexa(topic), partition, offset, kind, ts, broker, pairs, hexa(key), hexa(payload),
          line, sep="\t")


def some_bytes():
    n = random.choice((0, 1, 2, 3, 8, 30))
    return random.choice((
        lambda: None,
        lambda: random.randbytes(n),
        lambda: bytes(random.choice(b'{}[]:,"\\/u0bn \t\n\r\x00\x1f\x7f') for _ in range(n)),
        lambda: "".join(chr(random.choice((65, 0xe9, 0x7ff, 0x800, 0x20ac, 0xd7ff, 0xe000, 0xffff,
                                           0x10000, 0x10ffff))) for _ in range(n)).encode(),
        lambda: random.choice(  # neither of these is UTF-8
            (b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"a\xff", b"\xf0\x8f\xbf\xbf")),
    ))()


def some_record():
    kind = random.choice("ccln")
    headers = [(some_bytes() or b"n", some_bytes()) for _ in range(random.choice((0, 0, 1, 2, 5)))]
    return (random.choice((b"t", b"topic-cpu", b"a.b_c-9")),
            random.choice((0, 1, 7, 2 ** 31 - 1)), random.choice((0, 12, 2 ** 53 + 1, 2 ** 63 - 1)),
            kind, -1 if kind == "n" else random.choice((0, 1700000000000, 2 ** 63 - 1)),
            random.choice((-1, 0, 1, 1001)), headers, some_bytes(), some_bytes())


print("# Made by envelopes.py.")
for _ in range(150):
    record = some_record()
    show("same", record, kcat(fields(*record)))
    show("read", record, other(fields(*record)))
