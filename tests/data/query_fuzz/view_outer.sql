SELECT k, n, e FROM t LATERAL VIEW OUTER posexplode(array(i, b)) x AS n, e LATERAL VIEW inline(array(struct(1 AS p, s AS q), struct(2 AS p, s AS q))) y AS p, q WHERE e IS NOT NULL
