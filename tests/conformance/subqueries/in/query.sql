SELECT id, v IN (SELECT id * 10 FROM u) AS a, v NOT IN (SELECT id * 10 FROM u WHERE id < 3) AS b, (k, id) IN (SELECT k, id FROM u) AS c, id NOT IN (SELECT u.id FROM u WHERE u.k = t.k) AS d FROM t
