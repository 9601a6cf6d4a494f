SELECT t.k AS k, t.i AS i, u.i AS j
FROM t FULL JOIN (SELECT k, max(i) AS i FROM u GROUP BY k HAVING max(i) > 100) u ON t.k = u.k
