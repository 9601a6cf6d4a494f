-- SPDX-License-Identifier: Apache-2.0
WITH t AS (SELECT CAST(s AS TIMESTAMP) AS t FROM VALUES (9223372036854L), (-9223372036854L), (0L) AS v(s))
SELECT 'row' AS what, window(t, '1 minute').start AS s, window(t, '1 minute').end AS e, 1 AS n FROM t
UNION ALL
SELECT 'group', window.start, window.end, count(*) FROM t GROUP BY window(t, '10 minutes', '1 minute', '-30 seconds')
ORDER BY 1, 2, 3
