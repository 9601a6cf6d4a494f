SELECT window.start AS s, window.end AS e, count(*) AS n FROM t GROUP BY window(ts, 10000000, 5000000L, 250000) ORDER BY s
