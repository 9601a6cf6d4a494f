SELECT t.k, u.w, t.i + u.i AS s FROM t FULL OUTER JOIN u ON t.k = u.k AND t.i < u.i ORDER BY 1, 2 LIMIT 5
