SELECT k, bo, grouping(k) AS g, count(DISTINCT i) AS n FROM t GROUP BY CUBE (k, bo) HAVING count(*) > 1
