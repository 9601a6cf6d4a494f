WITH a AS (SELECT 1), b (x, y) AS (SELECT 1, 2), c (SELECT 3), d AS (WITH e AS (SELECT 4) SELECT * FROM e) SELECT * FROM a, b, c, d
