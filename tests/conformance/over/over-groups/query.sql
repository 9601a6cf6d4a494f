SELECT k, bo, count(*) AS n,
  sum(count(*)) OVER (PARTITION BY k ORDER BY bo) AS running,
  rank() OVER (ORDER BY count(*) DESC, sum(i)) AS rank,
  round(100 * count(*) / sum(count(*)) OVER (), 1) AS share,
  count(*) - lag(count(*), 1, 0) OVER (ORDER BY k, bo) AS more,
  first(max(s)) IGNORE NULLS OVER (ORDER BY k, bo) AS first
FROM t GROUP BY k, bo HAVING count(*) > 1
