SELECT 'sorted' AS what, k AS x, median(d) AS m, count(DISTINCT i) AS n FROM w GROUP BY k
UNION ALL SELECT 'as they come', CAST(i AS STRING), median(d), count(DISTINCT k) FROM w WHERE id < 100 GROUP BY i
UNION ALL SELECT 'full with the last row', CAST((id + 64) % 128 AS STRING), median(d), count(DISTINCT id % 128) FROM w WHERE id < 128 GROUP BY (id + 64) % 128
UNION ALL SELECT 'full before it', CAST((id + 64) % 128 AS STRING), median(d), count(DISTINCT id % 128) FROM w WHERE id < 129 GROUP BY (id + 64) % 128
