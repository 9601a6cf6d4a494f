-- The mean of each server over windows of 30 seconds every 10 seconds, and whether it is too much.
WITH cpu AS (
  SELECT server_id, window.start AS start, window.end AS end, round(avg(cpu_pct), 2) AS avg_cpu
  FROM cpu_data
  GROUP BY server_id, window(to_timestamp(ts, 'HH:mm:ss'), '30 seconds', '10 seconds')
)
SELECT server_id, date_format(start, 'HH:mm:ss') AS window_start, date_format(end, 'HH:mm:ss') AS window_end,
       avg_cpu, CASE WHEN avg_cpu > 75.0D THEN 'CPU spike suspected' END AS alert
FROM cpu
ORDER BY server_id, start, end
