WITH l AS (SELECT k, window.start AS s, window.end AS e, round(avg(v), 2) AS mean
           FROM a GROUP BY k, window(ts, '10 seconds')),
r AS (SELECT k, window.start AS s, window.end AS e, max(v) AS most
      FROM b GROUP BY k, window(ts, '10 seconds'))
SELECT 'left' AS empty, k, s, e, mean, most FROM l FULL OUTER JOIN r USING (k, s, e)
UNION ALL
SELECT 'right', k, s, e, mean, most FROM r FULL OUTER JOIN l USING (k, s, e)
ORDER BY empty, k, s
