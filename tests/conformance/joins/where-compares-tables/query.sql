SELECT t.id, u.id AS uid FROM t, u WHERE t.k = u.k AND t.v < u.w * 30
