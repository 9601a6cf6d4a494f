SELECT k, count(DISTINCT n) AS d, count(DISTINCT s) AS ds, sum(x) AS total, first(x) AS f, last(x, true) AS l FROM t GROUP BY k ORDER BY k
