SELECT a FROM t GROUP BY CUBE(a, b, c, d, e, f, g, h, i, j, k)
