SELECT * FROM VALUES (1, 'a', DATE '2024-01-01'), (2, NULL, NULL) AS v(a, b, c) WHERE (a, b) IN (SELECT i, k FROM t) OR a = 2
