SELECT id, (SELECT w FROM u WHERE u.id = t.id) AS w FROM t
