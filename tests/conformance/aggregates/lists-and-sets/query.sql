SELECT k, concat_ws('|', collect_list(s)) AS a, concat_ws('|', collect_set(s)) AS b, array_join(CAST(collect_set(i) AS ARRAY<STRING>), ' ') AS c,
  array_join(CAST(collect_set(d) AS ARRAY<STRING>), ' ') AS e, array_join(CAST(collect_set(b) AS ARRAY<STRING>), ' ') AS f,
  mode(s) AS g, mode(i) AS h, mode(d) AS j, mode(dt) AS l, mode(bo) AS n, size(array_agg(m)) AS o
FROM t GROUP BY k
