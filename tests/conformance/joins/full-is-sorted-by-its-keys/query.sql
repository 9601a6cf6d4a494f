SELECT t.id, t.k, u.id AS uid, u.k AS uk FROM t FULL JOIN u ON t.k = u.k AND t.v < 40
