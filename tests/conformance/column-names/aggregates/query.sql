SELECT window.start, window.end, CAST(window.start AS STRING), window.start + INTERVAL 1 HOUR, count(*), COUNT(1) + 1, count(i), count(DISTINCT i, b),
  SUM(DISTINCT (i + 1)), sum(i) FILTER (WHERE b > 1), sum(CASE WHEN k = 'a' THEN 1 ELSE 0 END), mean(i), avg(d), round(avg(d), 2), max(ts) - min(ts) > INTERVAL 1 HOUR,
  max(dt) + 1, first(i), first(b, true), first_value(k), first_value(s) IGNORE NULLS, last_value(i), any_value(i), count_if(i > 1.5), sum(i) * 100.0 / count(*)
FROM t GROUP BY window(ts, '1 day')
