SELECT k, percentile(i, 0.3) AS a, median(d) AS b, percentile(f, array(0.1, 0.7))[1] AS c, percentile(id, 0.5, i % 3 + 2) AS e,
  percentile_cont(0.4) WITHIN GROUP (ORDER BY m DESC) AS g, percentile_disc(0.4) WITHIN GROUP (ORDER BY i) AS h,
  percentile_approx(i, 0.3) AS j, percentile_approx(ts, 0.5, 10) AS l, percentile_approx(m, array(0.25, 0.75), 2)[1] AS n
FROM t WHERE i > -1000000 GROUP BY k
