SELECT from_utc_timestamp(ts, '+02:00') AS a, to_utc_timestamp(ts, '-2:30'), from_utc_timestamp(dt, 'GMT+3') AS c,
       to_utc_timestamp(s, 'UTC-7') AS d, from_utc_timestamp(ts, '+02:30:15') AS e, from_utc_timestamp(ts, 'Z') AS f,
       from_utc_timestamp(ts, NULL) AS g, to_utc_timestamp('1960-02-29 23:59:59.999', 'UTC+2:0') AS h
FROM t
