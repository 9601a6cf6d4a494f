WITH full_join AS (SELECT t.id, t.i, u.id AS other, u.i AS j FROM t FULL JOIN u ON t.i = u.i),
left_join AS (SELECT t.id, t.i + 1 AS i, u.i AS j FROM t LEFT JOIN u ON t.i = u.i),
sorted AS (SELECT id, bo FROM (SELECT * FROM t WHERE id < 30 ORDER BY bo) WHERE id > 3),
union_all AS (SELECT id, bo FROM t UNION ALL SELECT id, NULL FROM u UNION ALL SELECT -id, bo FROM t)
SELECT 'left' AS what, id AS a, other AS b FROM full_join WHERE id IS NOT NULL
UNION ALL SELECT 'right', id, other FROM full_join WHERE j > 1
UNION ALL SELECT 'inner', id, other FROM full_join WHERE j > 1 AND i < 3
UNION ALL SELECT 'inner of left', id, j FROM left_join WHERE j + 1 = i
UNION ALL SELECT 'left as it is', id, j FROM left_join WHERE coalesce(j, 1) = 1
UNION ALL SELECT 'sorted', id, NULL FROM sorted WHERE id > 5
UNION ALL (SELECT 'first rows' AS what, id, NULL FROM union_all ORDER BY bo LIMIT 9)
