SELECT id, exists(array(1, 18), x -> x = (SELECT max(id) FROM t)) AS a,
  CAST(transform(array(id, i), x -> x + (SELECT count(*) FROM t)) AS STRING) AS b
FROM t
