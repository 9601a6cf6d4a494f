SELECT k, sum(i) FILTER (WHERE bo) AS s, first(s, true) AS f, count_if(d > 0) AS n FROM t GROUP BY ALL ORDER BY ALL
