WITH s AS (SELECT * FROM t ORDER BY f DESC, id)
SELECT 'avg' AS what, k, CAST(avg(i) AS STRING) AS n FROM s GROUP BY k
UNION ALL SELECT 'avg of a DOUBLE', k, CAST(avg(CAST(b AS DOUBLE)) AS STRING) FROM s GROUP BY k
UNION ALL SELECT 'regr_avgx', k, CAST(regr_avgx(i, i) AS STRING) FROM s GROUP BY k
UNION ALL SELECT 'try_sum', k, CAST(try_sum(i) AS STRING) FROM s GROUP BY k
UNION ALL SELECT 'percentile', k, CAST(percentile(i, 0.5) AS STRING) FROM s GROUP BY k
UNION ALL SELECT 'approx_count_distinct', k, CAST(approx_count_distinct(i) AS STRING) FROM s GROUP BY k
