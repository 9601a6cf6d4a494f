SELECT window(t, '1 minute').start AS minute, sum(n) AS n
FROM (
  SELECT window(to_timestamp(ts, 'HH:mm:ss'), '10 seconds').start AS t, count(*) AS n
  FROM kept
  GROUP BY window(to_timestamp(ts, 'HH:mm:ss'), '10 seconds')
)
GROUP BY window(t, '1 minute')
