SELECT k, date_format(start, 'yyyy-MM-dd HH:mm:ss') AS s, date_format(end, 'HH:mm:ss') AS e, n, m,
       CASE WHEN n > m THEN 'more' WHEN n IS NULL OR m IS NULL THEN 'one side' END AS which
FROM (SELECT k, window.start AS start, window.end AS end, sum(x) AS n FROM a
      GROUP BY k, window(to_timestamp(at), '20 seconds', '10 seconds')) l
     FULL OUTER JOIN
     (SELECT k, window.start AS start, window.end AS end, max(y) AS m FROM b
      GROUP BY k, window(to_timestamp(at), '20 seconds', '10 seconds')) r
     USING (k, start, end)
ORDER BY k, s, e
