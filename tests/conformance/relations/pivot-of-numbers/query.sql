SELECT * FROM (SELECT place, took, cost, n % 2 AS odd FROM calls)
PIVOT (sum(cost) AS s, count(*) FOR took IN (20, NULL, 5 AS five, 99, '7'))
