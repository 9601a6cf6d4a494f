SELECT window.start AS start, id, max(load) AS `peak & <v>`, min(load) AS least,
       CASE WHEN max(load) < -10 THEN concat('low | # <b>"', id) END AS alert
FROM kept
GROUP BY id, window(to_timestamp(ts, 'HH:mm:ss'), '10 seconds')
ORDER BY start, id
