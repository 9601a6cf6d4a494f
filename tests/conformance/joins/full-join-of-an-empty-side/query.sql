SELECT t.k AS k, t.i AS i, u.i AS j
FROM t FULL JOIN (SELECT * FROM u WHERE i > 100) u ON t.k = u.k
