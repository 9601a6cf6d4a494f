SELECT k, count(DISTINCT n) AS d, sum(x) AS total, avg(x) AS mean, first(x) AS f, last(x) AS l, last(x, true) AS lv, count(x) AS c FROM t GROUP BY k ORDER BY k
