SELECT * FROM (SELECT took, n FROM calls WHERE n > 100)
PIVOT (sum(n), count(n) FOR took IN (20, 5))
