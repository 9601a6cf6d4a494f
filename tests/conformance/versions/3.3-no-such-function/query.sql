SELECT len('abc') AS n FROM t
