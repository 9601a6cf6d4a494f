SELECT k, i, sum(m) AS s FROM t GROUP BY GROUPING SETS ((k), (i), ())
