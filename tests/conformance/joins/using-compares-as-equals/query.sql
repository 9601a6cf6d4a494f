-- SPDX-License-Identifier: Apache-2.0
SELECT k, x, y
FROM (VALUES (1, 'a'), (2, 'b')) AS l(k, x) LEFT JOIN (VALUES ('01', 'c'), ('x', 'd')) AS r(k, y) USING (k)
ORDER BY 1
