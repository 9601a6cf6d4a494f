SELECT id, CAST(map(id, k, id + 100, s) AS STRING) AS a, map('i', i, 'id', id)['i'] AS b,
  CAST(map_filter(map('i', i, 'id', id), (key, value) -> value > 5) AS STRING) AS c,
  CAST(transform_values(map('i', i, 'id', id), (key, value) -> concat(key, value + id)) AS STRING) AS d,
  CAST(map_entries(map_concat(map('x', i), map('y', b))) AS STRING) AS e,
  if(i > 1, map('a', i), map('b', id))['a'] AS f,
  CAST(map_from_arrays(sequence(1, 2), array(k, s)) AS STRING) AS g
FROM t
