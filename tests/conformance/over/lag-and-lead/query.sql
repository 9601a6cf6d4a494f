SELECT id, k, i,
  lag(i) OVER (PARTITION BY k ORDER BY id) AS lag,
  lead(i, 2, -5) OVER (PARTITION BY k ORDER BY id) AS lead,
  lag(i, -1, id) OVER (PARTITION BY k ORDER BY id) AS back,
  lag(s, 1, 5) OVER (PARTITION BY k ORDER BY id) AS text,
  lag(m, 1, 0.125) OVER (PARTITION BY k ORDER BY id) AS decimal,
  lag(i, 1, '7x') OVER (PARTITION BY k ORDER BY id) AS no_number,
  lag(i, 1, 2.9) OVER (PARTITION BY k ORDER BY id) AS cut,
  lag(i) IGNORE NULLS OVER (PARTITION BY k ORDER BY id) AS solid,
  lead(i, 2, 0) IGNORE NULLS OVER (PARTITION BY k ORDER BY id) AS second,
  lag(i, 0) IGNORE NULLS OVER (PARTITION BY k ORDER BY id) AS itself,
  lead(array(i, id)) OVER (PARTITION BY k ORDER BY id)[1] AS nested,
  i - lag(i, 1, i) RESPECT NULLS OVER (PARTITION BY k ORDER BY id) AS change
FROM t
