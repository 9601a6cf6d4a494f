-- SPDX-License-Identifier: Apache-2.0
SELECT a.x, b.y, c.z
FROM (SELECT x + 1 AS x FROM VALUES (1), (2) AS t(x) ORDER BY x) a
JOIN (VALUES (1), (3), (4)) AS b(y) ON a.x < b.y
LEFT JOIN (SELECT y AS z FROM VALUES (2) AS u(y)) c ON a.x + c.z < b.y + 1
ORDER BY 1, 2
