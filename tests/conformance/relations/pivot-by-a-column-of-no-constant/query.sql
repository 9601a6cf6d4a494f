SELECT * FROM calls PIVOT (sum(n) FOR took IN (n))
