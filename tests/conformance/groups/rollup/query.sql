SELECT k, v > 20 AS big, count(*) AS n, sum(v) AS s, grouping(k) AS gk, grouping_id() AS g FROM t GROUP BY ROLLUP(k, v > 20)
