SELECT t.id, u.id AS uid FROM t LEFT JOIN u ON t.k = u.k AND t.v > (SELECT avg(w) FROM u)
