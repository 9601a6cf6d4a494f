SELECT * FROM a, b JOIN c ON b.k = c.k, d
