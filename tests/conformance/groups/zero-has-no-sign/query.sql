-- SPDX-License-Identifier: Apache-2.0
SELECT 'd' AS what, x, count(*) AS n, count(DISTINCT x) AS m FROM VALUES (-0.0D), (0.0D), (double('nan')), (double('nan')) AS t(x) GROUP BY x
UNION ALL
SELECT DISTINCT 'f', double(x), 0, 0 FROM VALUES (float(-0.0D)), (float(0.0D)) AS t(x)
ORDER BY 1, 2
