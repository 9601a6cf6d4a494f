SELECT k, max_by(id, i) AS a, min_by(s, f) AS b, max_by(i, s) AS c, bit_and(i) AS e, bit_or(b) AS g, bit_xor(id) AS h, any(i > 99) AS j, every(bo) AS l,
  count_if(i > 2) AS n, try_sum(b * 1000000000000) AS o, try_avg(i) AS p, max(struct(i, k, id)).id AS q, min(array(i, id))[1] AS r, first(struct(s, i), true).i AS u,
  approx_count_distinct(s) AS v, approx_count_distinct(d) AS w, approx_count_distinct(ts) AS x, last(s) IGNORE NULLS AS y
FROM t GROUP BY k
