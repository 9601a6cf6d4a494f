SELECT stddev(d) AS s, percentile(i, 0.5) AS p, max_by(k, i) AS m, size(collect_list(s)) AS n FROM t
