SELECT k, sum(v) AS s FROM t GROUP BY k HAVING sum(v) > 0 ORDER BY avg(v)
