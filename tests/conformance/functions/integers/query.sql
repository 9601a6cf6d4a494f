SELECT id, factorial(id) AS a, factorial(i) AS b, bin(i) AS c, hex(b) AS d, hex(k) AS e, conv(b, 10, 16) AS f,
  conv(s, 36, -7) AS g, conv(i * -3L, 10, 2) AS h, bit_count(i) AS j, bit_count(bo) AS l, bit_get(b, id) AS m,
  shiftrightunsigned(i, id) AS n, shiftrightunsigned(b, 3) AS o, shiftleft(id, i) AS p,
  width_bucket(d, 0, 3, 5) AS q, width_bucket(i, 100, -100, 7) AS r
FROM t
