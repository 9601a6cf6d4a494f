SELECT id, k,
  array_join(collect_list(i) OVER (PARTITION BY k ORDER BY id), ',') AS list,
  array_join(sort_array(collect_set(i) OVER (PARTITION BY k ORDER BY id ROWS 2 PRECEDING)), ',') AS set,
  max_by(id, i) OVER (PARTITION BY k ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS max_by,
  median(i) OVER (PARTITION BY k) AS median,
  percentile(id, 0.25) OVER (PARTITION BY k ORDER BY id) AS percentile,
  bool_or(bo) OVER (PARTITION BY k ORDER BY id) AS bool_or,
  bit_xor(id) OVER (PARTITION BY k ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS bits,
  approx_count_distinct(i) OVER (PARTITION BY k ORDER BY id) AS estimate,
  (min(struct(i, id)) OVER (PARTITION BY k ORDER BY id)).id AS least,
  corr(id, b) OVER (PARTITION BY k ORDER BY id ROWS 3 PRECEDING) AS corr,
  try_sum(9223372036854775807 - id) OVER (PARTITION BY k ORDER BY id ROWS 1 PRECEDING) AS try_sum
FROM t
