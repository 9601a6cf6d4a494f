SELECT g, stddev(x) AS a, var_pop(x) AS b, skewness(x) AS c, kurtosis(x) AS d, corr(x, x) AS e, regr_r2(1, x) AS f, regr_r2(x, 1) AS h, regr_slope(x, x) AS j
FROM VALUES (1, CAST(NULL AS DOUBLE)), (2, 5.0D), (3, 2.0D), (3, 2.0D), (4, double('inf')), (4, 1.0D), (5, 1E200D), (5, 2E200D), (5, 4E200D) AS v(g, x)
GROUP BY g ORDER BY g
