SELECT k, count(DISTINCT n) AS d, sum(x) AS total, first(s) AS f, last(s) AS l, last(x) AS lx, max(s) AS m, last(x) FILTER (WHERE n > 1) AS lf FROM t GROUP BY k ORDER BY k
