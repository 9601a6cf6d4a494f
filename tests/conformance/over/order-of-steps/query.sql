SELECT id, k, bo,
  sum(d / 3) OVER (PARTITION BY k, bo) AS a,
  sum(d / 3) OVER (PARTITION BY bo, k ORDER BY f) AS b,
  sum(d / 3) OVER (PARTITION BY bo) AS c,
  rank() OVER (ORDER BY d + 1) AS d
FROM t WHERE d < 10
