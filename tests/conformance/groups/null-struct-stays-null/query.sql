-- SPDX-License-Identifier: Apache-2.0
WITH a AS (SELECT window(t, '1 minute') AS w, x FROM VALUES (TIMESTAMP'2020-01-01 00:00:01', 1), (NULL, 3) AS t(t, x)), b AS (SELECT window(t, '1 minute') AS w, y FROM VALUES (TIMESTAMP'2020-01-02', 2) AS t(t, y))
, c AS (SELECT b.w AS w, x FROM a LEFT JOIN b ON a.x = b.y), s AS (SELECT w, x FROM c ORDER BY x DESC LIMIT 9)
SELECT 'group' AS what, w IS NULL AS none, count(*) AS n FROM c GROUP BY w
UNION ALL SELECT 'sort', w IS NULL, x FROM s
ORDER BY 1, 3
