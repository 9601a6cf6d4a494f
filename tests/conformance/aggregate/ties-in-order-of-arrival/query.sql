SELECT k, count(*) AS c, sum(n) AS s FROM t GROUP BY k ORDER BY c DESC
