SELECT -1, 1.50, 2.5D, 3.5F, 1e30, 0.0000001, 5L, 6S, 'it''s', '', TRUE, DATE '2020-1-1', TIMESTAMP '2020-01-01T10:00:00.120Z',
  CAST(t.k AS STRING), TRY_CAST(s AS INT), CAST(i + 1 AS STRING), CAST('5' AS INT), CAST(NULL AS INT), CAST(CAST(i AS STRING) AS DECIMAL(5,1)),
  int(b), int('7'), double(i + 1), string(d) || 'x', CAST(i AS DECIMAL(10,2)) + 1, CAST(DATE '2020-01-01' AS STRING),
  if(bo, 'a', NULL), r'a\d', f AS x, x + 1, abs(x), CAST(x AS STRING) AS y
FROM t LIMIT 0
