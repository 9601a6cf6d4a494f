SELECT count(*) AS n FROM t GROUP BY window(ts, '1 day') HAVING window(ts, '1 day').start IS NOT NULL
