SELECT g, concat_ws('|', collect_list(s)) AS a, concat_ws('|', collect_set(s)) AS b, mode(s) AS c, first(s) AS d, sum(x) AS e, stddev(x) AS f,
  corr(x, g) AS h, percentile_approx(x, 0.5, 4) AS j, max_by(s, x) AS l
FROM (SELECT pmod(a.id * 7 + b.id * 11, 170) AS g, a.s AS s, a.id / 7.0D + b.id AS x FROM t a CROSS JOIN t b WHERE a.id < 25 AND b.id < 25)
GROUP BY g
