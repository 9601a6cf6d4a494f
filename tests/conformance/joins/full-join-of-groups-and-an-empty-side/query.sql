SELECT k, p.n AS n, q.m AS m
FROM (SELECT k, count(*) AS n FROM t GROUP BY k) p
FULL JOIN (SELECT k, max(i) AS m FROM u WHERE i > 100 GROUP BY k) q USING (k)
