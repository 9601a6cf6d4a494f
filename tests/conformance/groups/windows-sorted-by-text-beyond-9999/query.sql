-- SPDX-License-Identifier: Apache-2.0
SELECT k, date_format(w.start, 'yyyy-MM-dd HH:mm:ss') AS at, n, date_format(w.end, 'ss') AS seconds
FROM (SELECT k, window(CAST(s AS TIMESTAMP), '30 seconds', '10 seconds') AS w, sum(x) AS n FROM t
      GROUP BY k, window(CAST(s AS TIMESTAMP), '30 seconds', '10 seconds')) AS windows
ORDER BY k, at
