-- SPDX-License-Identifier: Apache-2.0
-- All gates together, a minute at a time; the select itself is grouped.
SELECT sum(people) AS people, sum(people) > 40 AS crowded
FROM passages
GROUP BY window(to_timestamp(ts, 'HH:mm:ss'), '1 minute')
