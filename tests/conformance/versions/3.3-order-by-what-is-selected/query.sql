SELECT window.start AS s, sum(v) AS n FROM t GROUP BY window(ts, '30 seconds') ORDER BY sum(v) DESC, date_format(window.start, 'ss'), window.start DESC
