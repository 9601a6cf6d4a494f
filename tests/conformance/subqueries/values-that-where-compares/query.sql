SELECT id, i FROM u
WHERE i < (SELECT max(i) FROM t WHERE t.k = u.k) AND (SELECT count(*) FROM t WHERE t.k = u.k) > 5
