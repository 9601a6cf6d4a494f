-- SPDX-License-Identifier: Apache-2.0
WITH t AS (SELECT split(s, ',') AS a, x FROM VALUES ('q,r', 2), ('q,r', 1), ('p,zz,y', 3), ('', 4), (NULL, 5) AS t(s, x)),
g AS (SELECT a, count(*) AS n, min(x) AS least FROM t GROUP BY a)
SELECT t.x, size(t.a) AS parts, t.a[1] AS second, g.n, g.least, size(g.a) AS keys, h.a[0] AS first,
  row_number() OVER (PARTITION BY t.a ORDER BY t.x DESC) AS place
FROM t LEFT JOIN g ON t.a = g.a LEFT JOIN (SELECT a, x + 1 AS x FROM t) h ON t.x = h.x
ORDER BY t.a DESC, t.x
