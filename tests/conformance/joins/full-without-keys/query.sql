SELECT t.id, u.id AS uid FROM t FULL JOIN u ON t.v < u.w * 10
