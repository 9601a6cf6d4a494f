-- SPDX-License-Identifier: Apache-2.0
SELECT a.k AS ak, a.x, b.k AS bk, b.y
FROM (VALUES (1, 10), (1, 11), (NULL, 12), (2, 13), (2, 14)) AS a(k, x)
FULL JOIN (VALUES (1, 20), (1, 21), (NULL, 22), (2, 23), (3, 24)) AS b(k, y) ON a.k = b.k AND a.x + 8 < b.y
ORDER BY a.x, b.y
