SELECT date_format(ts, 'yyyy-MM-dd HH:mm:ss.SSS') AS a, date_trunc('HOUR', ts) AS b, dt + INTERVAL 1 MONTH AS c, datediff(dt, DATE '2024-01-01') AS d, to_timestamp(s, 'yyyy') AS e FROM t
