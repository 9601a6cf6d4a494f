SELECT k, v, id % 2 AS o, max(k) AS m, count(*) AS n, grouping_id(k, v, id % 2) AS g FROM t WHERE id < 4 GROUP BY CUBE(k), GROUPING SETS (v, ROLLUP(id % 2), ())
