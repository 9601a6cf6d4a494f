SELECT count(*) AS n FROM t GROUP BY window(ts, concat('10 ', 'seconds'))
