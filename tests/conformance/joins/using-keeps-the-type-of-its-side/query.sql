-- SPDX-License-Identifier: Apache-2.0
SELECT i.k AS a, i.x, i.y, r.k AS b, f.k AS c
FROM (SELECT k, x, y FROM (VALUES (1, 'a'), (2, 'b')) AS l(k, x) JOIN (VALUES (1.0D, 'c'), (2.0D, 'd')) AS r(k, y) USING (k)) i
LEFT JOIN (SELECT k, y FROM (VALUES (1.0D, 'a')) AS l(k, x) RIGHT JOIN (VALUES (1, 'c'), (2, 'd')) AS r(k, y) USING (k)) r ON i.y = r.y
LEFT JOIN (SELECT k, y FROM (VALUES (1, 'a')) AS l(k, x) FULL JOIN (VALUES (1.0D, 'c'), (2.0D, 'd')) AS r(k, y) USING (k)) f ON i.y = f.y
ORDER BY 1
