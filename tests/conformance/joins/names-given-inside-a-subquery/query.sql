-- SPDX-License-Identifier: Apache-2.0
WITH c AS (VALUES (1, 'a'), (2, 'b') AS u(y, z))
SELECT c.y, c.z, d.v FROM c JOIN (VALUES (1, 7), (2, 8) AS u(y, v)) d ON c.y = d.y ORDER BY 1
