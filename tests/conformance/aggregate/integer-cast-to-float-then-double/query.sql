SELECT i, CAST(i AS FLOAT) / 3 AS third, CAST(CAST(l AS FLOAT) AS DOUBLE) AS wide,
       CAST(l AS FLOAT) + 0.5D AS half, sum(CAST(i AS FLOAT)) AS total, avg(CAST(i AS FLOAT)) AS mean
FROM t GROUP BY i, l ORDER BY i
