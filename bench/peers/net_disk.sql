-- NET_DISK in one pass over a table that holds both values; the floor writes these bytes.
SELECT server_id,
       date_format(w.start, 'yyyy-MM-dd HH:mm:ss') AS window_start,
       date_format(w.end, 'yyyy-MM-dd HH:mm:ss') AS window_end,
       max_net_in,
       max_disk_io,
       CASE WHEN max_net_in >= 6104.83D AND max_disk_io >= 1839.94D THEN 'Network flood + Disk thrash suspected'
            WHEN max_net_in >= 6104.83D THEN 'Possible DDoS'
            WHEN max_disk_io >= 1839.94D THEN 'Disk thrash suspected'
       END AS alert
FROM (
  SELECT server_id, window(ts, '30 seconds', '10 seconds') AS w,
         round(max(net_in), 2) AS max_net_in, round(max(disk_io), 2) AS max_disk_io
  FROM samples
  GROUP BY server_id, window(ts, '30 seconds', '10 seconds')
) AS windows
ORDER BY server_id, window_start
