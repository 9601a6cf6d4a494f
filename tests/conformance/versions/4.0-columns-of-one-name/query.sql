SELECT v, v + 1 AS v, ts, CAST(ts AS STRING) AS TS FROM t
