SELECT i > 1.5, i >= 1.5, i < 1.5, i <= 1.5, i = 1.5, 2.5 < i, 2.5 >= i, i > -1.5, f > 1.5, m > 1.5, b > 100000000000000000000.5,
  i BETWEEN 3.5 AND 4.5, bo = 1, bo = 0, bo <=> 1, bo = true, s = 1, dt + 1, 2 + dt, dt - 1, dt - dt, ts > dt,
  dt + INTERVAL 1 DAY, dt - INTERVAL 1 WEEK, dt + INTERVAL 5 HOURS, dt + INTERVAL 1 MONTH, dt - INTERVAL 2 YEARS,
  ts + INTERVAL 1 DAY, ts - INTERVAL 90 MINUTES, INTERVAL 1 HOUR + ts, ts + INTERVAL 1 DAY + INTERVAL 1 HOUR,
  ts + INTERVAL '1 day 2 hours', ts + INTERVAL 1 DAY 2 HOURS 3 MINUTES, ts + INTERVAL 1.5 SECONDS, ts + INTERVAL 5 MILLISECONDS,
  ts + INTERVAL -3 HOURS, ts + INTERVAL 2 HOURS 1 SECOND
FROM t LIMIT 0
