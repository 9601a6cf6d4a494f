SELECT * FROM t u `range
10`
