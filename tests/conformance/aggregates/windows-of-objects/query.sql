SELECT window(ts, '1 day', '12 hours').start AS w, concat_ws('|', collect_list(s)) AS a, stddev(i) AS b, median(id) AS c FROM t GROUP BY window(ts, '1 day', '12 hours')
