SELECT f(a) AS (b, c)
