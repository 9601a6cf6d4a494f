SELECT 'tumbling' AS w, window.start AS start, window.end AS end, sum(v) AS v
FROM t GROUP BY window(ts, '30 seconds')
UNION ALL
SELECT 'sliding', window.start, window.end, sum(v) FROM t GROUP BY window(ts, '30 seconds', '10 seconds')
UNION ALL
SELECT 'later', window.start, window.end, sum(v) FROM t GROUP BY window(ts, '30 seconds', '30 seconds', '5 seconds')
UNION ALL
SELECT 'earlier', window.start, window.end, sum(v) FROM t GROUP BY window(ts, '30 seconds', '30 seconds', '-5 seconds')
UNION ALL
SELECT 'rows', window.start, window.end, v FROM (SELECT window(ts, '1 minute', '20 seconds') AS window, v FROM t)
ORDER BY w, start, v
