SELECT all + 1 FROM t GROUP BY all + 1, b
