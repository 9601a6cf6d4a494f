SELECT window.start AS start, max(load) AS peak,
       CASE WHEN max(load) > ${limit} THEN 'high' ELSE '' END AS alert
FROM kept
GROUP BY window(to_timestamp(ts, 'HH:mm:ss'), '10 seconds')
ORDER BY start
