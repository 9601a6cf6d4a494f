SELECT r.id, t.k, x.col, n
FROM range(1, 10, 4) r JOIN t ON r.id = t.id
  CROSS JOIN explode(array('x', 'y')) AS x
  CROSS JOIN (SELECT count(*) AS n FROM range(5, 1)) e
UNION ALL
SELECT id, 'down', NULL, NULL FROM range(5, '0', -2)
