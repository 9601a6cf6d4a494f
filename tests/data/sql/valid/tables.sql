SELECT * FROM t, u AS v, w x, `my table` y
