SELECT t.id, t.v, u.id AS uid FROM t RIGHT JOIN u ON t.k = u.k AND t.v > 10
