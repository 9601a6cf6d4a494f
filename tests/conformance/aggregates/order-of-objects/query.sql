SELECT i, k, median(d) AS a, count(*) AS n FROM t GROUP BY i, k
