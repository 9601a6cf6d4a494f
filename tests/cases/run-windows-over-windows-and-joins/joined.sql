SELECT window(to_timestamp(a.ts, 'HH:mm:ss'), '10 seconds').start AS start, count(*) AS n
FROM kept a JOIN kept b ON a.id = b.id
GROUP BY window(to_timestamp(a.ts, 'HH:mm:ss'), '10 seconds')
ORDER BY start
