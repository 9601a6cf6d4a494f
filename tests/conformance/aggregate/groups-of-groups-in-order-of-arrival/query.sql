WITH one AS (
  SELECT window.start AS s, max(x) AS m, count(*) AS c FROM t
  GROUP BY window(ts, '33 seconds', '8 seconds')
),
two AS (
  SELECT window.start AS s, max(x) AS m, max(k) AS k FROM t
  GROUP BY window(ts, '33 seconds', '8 seconds')
)
SELECT 'hashed' AS states, sum(m) AS total, avg(m) AS mean, first(m) AS f, last(s) AS l FROM one
UNION ALL
SELECT max(k), sum(m), avg(m), first(m), last(s) FROM two
UNION ALL
SELECT 'limit', m, c, 0, s FROM (SELECT * FROM one LIMIT 2)
