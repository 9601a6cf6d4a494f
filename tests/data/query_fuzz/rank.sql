SELECT row_number() OVER (ORDER BY f) AS n, ntile(2) OVER (PARTITION BY bo ORDER BY m) AS g FROM t
