SELECT i + 1, -b, CAST(m AS STRING), s LIKE 'a', CASE WHEN bo THEN 1 END, count(*) OVER (PARTITION BY k), INTERVAL '1' DAY, array(1, 2)[0], size(transform(array(1), x -> x + 1)) FROM t
