SELECT k, window.start AS s, count(*) AS n FROM t
GROUP BY k, window(ts, '10 seconds'), window(ts, '10 seconds'), k, 1 ORDER BY k, s
