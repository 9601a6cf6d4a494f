-- SPDX-License-Identifier: Apache-2.0
SELECT w.start AS start, key, n, a_count, a_avg, b_avg, b_sum, c_sum, picked, least, most
FROM (
  SELECT window(timestamp_seconds(cast(id / 150000 AS BIGINT) * 100 + 7), '30 seconds', '10 seconds') AS w,
         id % 8 = 0 AS key,
         count(*) AS n, count(a) AS a_count, avg(a) AS a_avg, avg(b) AS b_avg, sum(b) AS b_sum,
         sum(c) AS c_sum, count(b) FILTER (WHERE id % 3 = 0) AS picked, min(b) AS least, max(a) AS most
  FROM (SELECT id, CASE WHEN id < 170000 OR id % 5 = 0 THEN id / 4 END AS a,
               CASE WHEN id < 190000 OR id % 7 = 0 THEN id / 8 END AS b,
               CASE WHEN id < 210000 OR id % 2 = 0 THEN id END AS c
        FROM (SELECT explode(sequence(0, 299999)) AS id))
  GROUP BY id % 8 = 0, window(timestamp_seconds(cast(id / 150000 AS BIGINT) * 100 + 7), '30 seconds', '10 seconds')
)
ORDER BY start, key
