-- SPDX-License-Identifier: Apache-2.0
WITH a AS (SELECT k, j, count(*) AS n FROM VALUES (5, NULL), (5, 1), (NULL, 7), (NULL, NULL), (9, 2) AS t(k, j) GROUP BY k, j),
b AS (SELECT k, j, count(*) AS m FROM VALUES (3, 1), (5, 1), (NULL, 4), (6, NULL), (9, NULL) AS t(k, j) GROUP BY k, j)
SELECT k, j, n, m FROM a FULL JOIN b USING (k, j) ORDER BY k, j
