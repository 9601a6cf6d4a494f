SELECT round(d, 2) AS a, bround(m, 1) AS b, format_number(d, 3) AS c, i / 3.0 AS e, i % 3 AS f, f + d AS g FROM t
