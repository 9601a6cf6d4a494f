SELECT k, window.start AS s, avg(d) AS a, max(f) AS m FROM t GROUP BY k, window(ts, '30 seconds', '10 seconds') ORDER BY k, s
