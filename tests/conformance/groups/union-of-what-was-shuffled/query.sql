SELECT x, n FROM (
  SELECT 'file' AS x, id AS n FROM t WHERE id < 5
  UNION ALL SELECT 'held join', a.id FROM t a JOIN t b ON a.id = b.id + 30
  UNION ALL (SELECT 'first rows' AS x, id FROM t ORDER BY bo LIMIT 3)
  UNION ALL SELECT 'groups', count(*) FROM t GROUP BY k
  UNION ALL SELECT 'all', max(id) FROM t
  UNION ALL (SELECT 'sorts nothing' AS x, id FROM t ORDER BY x LIMIT 4)
) WHERE n > 0
