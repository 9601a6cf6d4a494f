SELECT id, lag(i, 2L) OVER (ORDER BY id) AS y FROM t
