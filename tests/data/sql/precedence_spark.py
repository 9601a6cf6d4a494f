#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes precedence.tsv: random expressions and what Apache Spark reads in them.

    precedence_spark.py >precedence.tsv

Needs pyspark 3.5.3 and a Java runtime.
"""
import random

from pyspark.sql import SparkSession

COUNT = 400
LONGEST = 110
OPERATORS = ["+", "-", "*", "/", "%", "div", "||", "&", "|", "^", "=", "<>", "!=", "<", ">=", "<=>", "=="]


def primary(depth):
    dice = random.random()
    if depth <= 0 or dice < 0.35:
        return random.choice(["a", "b", "c"])
    if dice < 0.6:
        return str(random.randint(1, 9))
    if dice < 0.75:
        return "(" + boolean(depth - 1) + ")"
    if dice < 0.8:
        return random.choice(["a[1]", "s.x", "t.a.b"])
    return random.choice(["-", "- ", "+", "~"]) + primary(depth - 1)


def value(depth):
    text = primary(depth)
    for _ in range(random.choice([0, 0, 1, 1, 2, 3])):
        text += " " + random.choice(OPERATORS) + " " + primary(depth - 1)
    return text


def predicate(depth):
    text, dice, no = value(depth), random.random(), random.choice(["", " NOT"])
    if dice < 0.55:
        return text
    if dice < 0.65:
        return text + no + " BETWEEN " + value(depth - 1) + " AND " + value(depth - 1)
    if dice < 0.73:
        return text + no + " IN (" + ", ".join(boolean(depth - 2) for _ in range(random.randint(1, 3))) + ")"
    if dice < 0.83:
        return text + no + " " + random.choice(["LIKE", "RLIKE"]) + " " + value(depth - 2)
    if dice < 0.93:
        return text + " IS" + no + " " + random.choice(["NULL", "TRUE", "FALSE"])
    return text + " IS" + no + " DISTINCT FROM " + value(depth - 1)


def boolean(depth):
    text = random.choice(["", "", "", "NOT ", "! "]) + predicate(depth)
    for _ in range(random.choice([0, 0, 0, 1, 2, 3])):
        text += " " + random.choice(["AND", "OR"]) + " " + random.choice(["", "", "NOT "]) + predicate(depth - 1)
    return text


def expressions():
    """COUNT expressions, less those in which two signs make a comment."""
    seen = set()
    while len(seen) < COUNT:
        text = boolean(random.choice([1, 2, 2, 3]))
        if len(text) > LONGEST or text in seen:
            continue
        seen.add(text)
        if "--" not in text:
            yield text


def main():
    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    parser = spark._jsparkSession.sessionState().sqlParser()
    random.seed(20261121)
    print(f"# Expressions and what Spark {spark.version} reads in them, by its parser's parseExpression(e).sql")
    print("# (precedence_spark.py)")
    for text in expressions():
        print(text + "\t" + parser.parseExpression(text).sql())
    spark.stop()


if __name__ == "__main__":
    main()
