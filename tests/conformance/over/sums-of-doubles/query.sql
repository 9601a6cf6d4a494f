SELECT id,
  sum(1 / (id + 1D)) OVER (ORDER BY id) AS running,
  sum(1 / (id + 1D)) OVER (ORDER BY id ROWS BETWEEN 9 PRECEDING AND CURRENT ROW) AS sliding,
  sum(1 / (id + 1D)) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS rest,
  sum(1 / (id + 1D)) OVER (ORDER BY id DESC) AS backwards,
  sum(1 / (id + 1D)) OVER (PARTITION BY bo) AS whole,
  avg(d) OVER (PARTITION BY k ORDER BY id ROWS BETWEEN 4 PRECEDING AND 2 FOLLOWING) AS average,
  avg(i) OVER (PARTITION BY k ORDER BY id) AS of_ints,
  stddev(id / 3D) OVER (ORDER BY id ROWS BETWEEN 5 PRECEDING AND CURRENT ROW) AS deviation,
  avg(m) OVER (PARTITION BY k ORDER BY id) AS of_decimals
FROM t
