-- SPDX-License-Identifier: Apache-2.0
WITH a AS (SELECT window(t, '1 minute') AS w, x FROM VALUES (TIMESTAMP'2020-01-01 00:00:01', 1), (NULL, 3) AS t(t, x)), b AS (SELECT window(t, '1 minute') AS w, y FROM VALUES (TIMESTAMP'2020-01-02', 2) AS t(t, y))
SELECT w.start AS s, w.end AS e, w IS NULL AS none, x, y
FROM a FULL JOIN b USING (w)
ORDER BY s, x
