SELECT what, value FROM calls UNPIVOT (value FOR what IN (place, n))
