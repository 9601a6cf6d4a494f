-- CPU_MEM as the pipeline asks it: two tables, each with its own windows, joined. Here both tables
-- are the same file.
WITH cpu AS (
  SELECT server_id, window.start AS start, window.end AS end, round(avg(cpu_pct), 2) AS avg_cpu
  FROM cpu_data
  GROUP BY server_id, window(ts, '30 seconds', '10 seconds')
),
mem AS (
  SELECT server_id, window.start AS start, window.end AS end, round(avg(mem_pct), 2) AS avg_mem
  FROM mem_data
  GROUP BY server_id, window(ts, '30 seconds', '10 seconds')
),
joined AS (
  SELECT server_id, start, end, avg_cpu, avg_mem,
         row_number() OVER (PARTITION BY server_id ORDER BY start) AS n
  FROM cpu FULL OUTER JOIN mem USING (server_id, start, end)
)
SELECT server_id,
       date_format(start, 'yyyy-MM-dd HH:mm:ss') AS window_start,
       date_format(end, 'yyyy-MM-dd HH:mm:ss') AS window_end,
       avg_cpu,
       avg_mem,
       CASE WHEN avg_cpu >= 80.07D AND avg_mem >= 89.36D THEN 'CPU and Memory spike'
            WHEN avg_cpu >= 80.07D THEN 'CPU spike suspected'
            WHEN avg_mem >= 89.36D THEN 'Memory saturation suspected'
       END AS alert
FROM joined
WHERE n > 2
ORDER BY server_id, window_start, window_end
