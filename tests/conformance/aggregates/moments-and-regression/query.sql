SELECT k, stddev(d) AS a, stddev_pop(m) AS b, var_samp(i) / 1E9 AS c, skewness(i) AS e, kurtosis(i) AS f, corr(i, id) AS g,
  covar_pop(id, b % 7) AS h, covar_samp(id, m) AS j, regr_slope(m, id) AS l, regr_intercept(m, id) AS n, regr_r2(m, id) AS o,
  regr_sxx(m, id) AS p, regr_sxy(m, id) AS q, regr_avgx(m, id) AS r, regr_avgy(m, id) AS s, regr_count(m, id) AS t
FROM t GROUP BY k
