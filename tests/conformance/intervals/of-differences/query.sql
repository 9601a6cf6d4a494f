SELECT k, max(dt) - min(dt) AS a, max(ts) - min(ts) AS b, sum(dt - DATE'2020-01-01') AS c, avg(dt - DATE'2020-01-01') AS d, median(ts - TIMESTAMP'2024-03-01 00:00:00') AS e,
  CAST(max(dt) - min(dt) AS INT) AS f, CAST(max(ts) - min(ts) AS BIGINT) AS g, CAST(max(ts) - min(ts) AS INTERVAL HOUR) AS h, extract(HOUR FROM max(ts) - min(ts)) AS j,
  (max(ts) - min(ts)) / 7 AS l, (max(dt) - min(dt)) * 1.5 AS n, max(ts) - min(ts) > INTERVAL 2 DAYS AS o, 'in ' || (max(dt) - min(dt)) AS p, dt IS NULL AS q
FROM t GROUP BY k, dt IS NULL ORDER BY k, q
