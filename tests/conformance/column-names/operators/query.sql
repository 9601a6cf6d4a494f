SELECT i + b, - i, + i, ~ i, -(1), i & 1, i | 1, i ^ 1, i % 2, i / 2, i DIV 2, i * 2 - 1, i <> b, i == b, i <=> b,
  i IS NULL, i IS NOT NULL, bo IS TRUE, bo IS NOT FALSE, bo IS UNKNOWN, i IS DISTINCT FROM b,
  i IN (1, 2), i NOT IN (3), i BETWEEN 1 AND 5, i NOT BETWEEN 2 AND 5, NOT bo, bo AND bo AND bo AND bo AND bo, bo OR i > 1 AND b < 2,
  s LIKE 'a%', s NOT LIKE 'b%', s LIKE 'c!%' ESCAPE '!', s ILIKE 'a%', s RLIKE 'a.*', s NOT REGEXP 'b', s || k || 'x',
  CASE WHEN i > 1 THEN 'a' WHEN b = 2 THEN 'c' ELSE 'd' END, CASE i WHEN 1 THEN 'a' END, t.ID + I, `id` + 2
FROM t LIMIT 0
