-- CPU_MEM in one pass over a table that holds both values (../../../shared/peers/a/q_spark.py asks
-- Spark the same); the floor writes these bytes.
SELECT server_id,
       date_format(w.start, 'yyyy-MM-dd HH:mm:ss') AS window_start,
       date_format(w.end, 'yyyy-MM-dd HH:mm:ss') AS window_end,
       avg_cpu,
       avg_mem,
       CASE WHEN avg_cpu >= 80.07D AND avg_mem >= 89.36D THEN 'CPU and Memory spike'
            WHEN avg_cpu >= 80.07D THEN 'CPU spike suspected'
            WHEN avg_mem >= 89.36D THEN 'Memory saturation suspected'
       END AS alert
FROM (
  SELECT server_id, window(ts, '30 seconds', '10 seconds') AS w,
         round(avg(cpu_pct), 2) AS avg_cpu, round(avg(mem_pct), 2) AS avg_mem
  FROM samples
  GROUP BY server_id, window(ts, '30 seconds', '10 seconds')
) AS windows
ORDER BY server_id, window_start
