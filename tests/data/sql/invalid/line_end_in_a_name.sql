SELECT * FROM `range
10` (1)
