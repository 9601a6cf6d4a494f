SELECT t.id, t.k, u.id AS uid FROM t LEFT JOIN u ON t.k <=> u.k
