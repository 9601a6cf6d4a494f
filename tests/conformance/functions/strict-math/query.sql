SELECT x, exp(x) AS a, expm1(x) AS b, ln(x) AS c, log10(x) AS d, log2(x) AS e, log1p(x) AS f, log(3, x) AS g,
  pow(x, 3.3) AS h, pow(1.7, x) AS i, pow(x, -5) AS j, cbrt(x) AS k, hypot(x, 1.3) AS l,
  asin(x / 40) AS m, acos(x / 40) AS n, atan(x) AS o, atan2(x, -0.7) AS p,
  sinh(x) AS q, cosh(x) AS r, tanh(x / 9) AS s, asinh(x) AS t, acosh(x) AS u, atanh(x / 40) AS v, rint(x) AS w
FROM (SELECT n / 7.3D AS x FROM (SELECT explode(sequence(-250, 250)) AS n))
