SELECT id, i + 1 AS x, sum(x) OVER (ORDER BY id) AS y FROM t
