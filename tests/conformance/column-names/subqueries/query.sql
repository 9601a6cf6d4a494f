SELECT (SELECT max(id) FROM u), (SELECT max(w) FROM u WHERE u.id = t.id AND u.k = t.K), (SELECT max(ts) FROM u) + INTERVAL 1 DAY,
  EXISTS (SELECT 1 FROM u WHERE u.id = t.id), NOT EXISTS (SELECT 1 FROM u WHERE u.i = t.i), i IN (SELECT id FROM u), k NOT IN (SELECT k FROM u), (i, b + 1) IN (SELECT id, i FROM u)
FROM t LIMIT 0
