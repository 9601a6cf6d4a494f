SELECT (SELECT count(*) FROM u WHERE u.k = t.k) AS n, sum((SELECT max(w) FROM u WHERE u.k = t.k)) AS s, count(*) AS c FROM t GROUP BY 1 HAVING count(*) IN (SELECT id FROM u)
