SELECT k, i, row_number() OVER (PARTITION BY k ORDER BY i) AS r, n, m
FROM (SELECT k, i, count(*) AS n FROM t GROUP BY k, i)
FULL JOIN (SELECT k, i, count(*) AS m FROM u GROUP BY k, i) USING (k, i)
ORDER BY k, i
