-- SPDX-License-Identifier: Apache-2.0
-- One row for each gate and window; windows of both midnights print the same times of day.
WITH windows AS (
  SELECT gate, window.start AS start, sum(people) AS people
  FROM passages
  GROUP BY gate, window(to_timestamp(ts, 'HH:mm:ss'), '30 seconds', '10 seconds')
)
SELECT gate,
       date_format(start, 'HH:mm:ss') AS start_text,
       people,
       CASE WHEN people >= 12 THEN 'crowd' ELSE '' END AS alert
FROM windows
ORDER BY gate, start
