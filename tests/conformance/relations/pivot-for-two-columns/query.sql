SELECT * FROM (SELECT place, took, n % 2 AS odd, n, n > 4 AS late FROM calls)
PIVOT (max(n) FOR (took, odd) IN ((20, 1), (20, 0) AS even, (NULL, 0)))
