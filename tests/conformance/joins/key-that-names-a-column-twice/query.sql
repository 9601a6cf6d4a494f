-- SPDX-License-Identifier: Apache-2.0
SELECT a.x, b.y
FROM (VALUES (true, 1), (false, 2)) AS a(f, x) JOIN (VALUES (1), (3), (9)) AS b(y) ON a.f = (b.y BETWEEN 2 AND 5)
ORDER BY 1, 2
