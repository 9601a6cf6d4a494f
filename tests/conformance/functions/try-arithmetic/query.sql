SELECT id, try_add(i, id) AS a, try_subtract(i, 1) AS b, try_multiply(i, 2) AS c, try_divide(i, id) AS d, try_add(b, i) AS e,
  try_multiply(b, b) AS f, try_add(d, i) AS g, try_add(m, i) AS h, try_multiply(m, m) AS j, try_divide(m, id) AS l,
  try_multiply(CAST(id AS TINYINT), CAST(id AS TINYINT)) AS n, try_subtract(CAST(-32760 AS SMALLINT), CAST(id AS SMALLINT)) AS o
FROM t
