SELECT id, p, x, y
FROM t
LATERAL VIEW OUTER posexplode(split(s, '')) e AS p, x
LATERAL VIEW explode(array(k, x, NULL)) f AS y
WHERE y IS NOT NULL OR id > 15
