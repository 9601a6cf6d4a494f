SELECT x.place, what, value FROM (SELECT place, n, took, cost FROM calls) x
UNPIVOT (value FOR what IN (took, cost AS price, x.n))
