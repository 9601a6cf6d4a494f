SELECT id,
  CAST(transform(array(i, id, b), (x, n) -> x + n * id) AS STRING) AS moved,
  CAST(filter(array(i, id, b), x -> x > 1) AS STRING) AS kept,
  exists(array(i, id, b), x -> x < 0) AS any_below,
  forall(array(i, id, b), x -> x >= 0) AS none_below,
  aggregate(filter(array(i, id, b), x -> x IS NOT NULL), CAST(0 AS BIGINT), (sum, x) -> sum + x, sum -> sum * 2) AS twice,
  CAST(zip_with(split(k, ''), split(s, ''), (x, y) -> concat(x, '-', y)) AS STRING) AS pairs,
  CAST(transform(array(array(i, id), array(id)), x -> transform(x, y -> y * size(x))) AS STRING) AS nested
FROM t
