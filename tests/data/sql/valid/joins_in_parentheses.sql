SELECT * FROM a LEFT JOIN (b JOIN c ON b.k = c.k) ON a.k = b.k JOIN (d) e ON x, (f)
