SELECT window.start AS s, count(*) AS c FROM t GROUP BY window(ts, '20 seconds', '10 seconds') ORDER BY c DESC
