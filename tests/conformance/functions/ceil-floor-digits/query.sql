SELECT ceil(d, 1), floor(d, 1), ceiling(f, 2), floor(m, -1), ceil(m, 1), ceil(i, -2), floor(b, -3), floor(s, 1),
       typeof(ceil(d, 1)) AS t1, typeof(floor(f, 0)) AS t2, typeof(ceil(b, -3)) AS t3, typeof(floor(m, 9)) AS t4,
       ceil(-0.05, 1) AS z, floor(-0.05, 1) AS y
FROM t
