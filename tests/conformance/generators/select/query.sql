SELECT id, stack(3, 'i', i, 'id', id + 1, 'none', NULL) AS (name, value), k
FROM t
ORDER BY value DESC, id
LIMIT 30
