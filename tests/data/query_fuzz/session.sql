SELECT window.end AS a, k, count(*) AS n FROM t GROUP BY window(ts, '1 minute', '20 seconds', '5 seconds'), k
