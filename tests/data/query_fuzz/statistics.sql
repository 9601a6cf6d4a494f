SELECT corr(i, d) AS a, covar_pop(i, b) AS b, regr_slope(d, f) AS c, regr_r2(i, f) AS e, skewness(d) AS f, kurtosis(i) AS g, var_pop(m) AS h, regr_intercept(b, i) AS j FROM t
