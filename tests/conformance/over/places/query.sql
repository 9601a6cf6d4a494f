SELECT id, k, i,
  row_number() OVER (PARTITION BY k ORDER BY i) AS row_number,
  rank() OVER (PARTITION BY k ORDER BY i) AS rank,
  dense_rank() OVER (PARTITION BY k ORDER BY i NULLS LAST) AS dense_rank,
  percent_rank() OVER (PARTITION BY k ORDER BY i DESC) AS percent_rank,
  cume_dist() OVER (PARTITION BY k ORDER BY i RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS cume_dist,
  ntile(3) OVER (PARTITION BY k ORDER BY i) AS thirds,
  ntile(100) OVER (PARTITION BY k ORDER BY i) AS alone,
  ntile() OVER (PARTITION BY k ORDER BY i) AS one,
  rank(i) OVER (ORDER BY bo ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS forgets,
  percent_rank() OVER (PARTITION BY id ORDER BY i) AS single
FROM t ORDER BY id
