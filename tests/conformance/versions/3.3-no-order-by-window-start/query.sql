SELECT sum(v) AS v FROM t GROUP BY window(ts, '30 seconds') ORDER BY window.start
