SELECT row_number() OVER (ORDER BY i), rank() OVER (PARTITION BY k, id ORDER BY i DESC, b NULLS LAST), dense_rank() OVER w, sum(i) OVER (PARTITION BY k),
  count(*) OVER (), sum(i) OVER (ORDER BY id), sum(i) OVER (ORDER BY id ROWS 2 PRECEDING),
  sum(i) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING), lag(i) OVER (ORDER BY id), lag(i, 2) OVER (ORDER BY id), lead(i, 1, 0) OVER (ORDER BY id),
  first_value(i) OVER (ORDER BY id), row_number() OVER (ORDER BY id) + 1, round(avg(d) OVER (PARTITION BY k), 1), ntile(2) OVER (ORDER BY i + 1)
FROM t WINDOW w AS (PARTITION BY k ORDER BY id DESC) LIMIT 0
