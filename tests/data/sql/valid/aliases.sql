SELECT a b, a AS b, a AS `b c`, a `b`, a AS from, a end, count(*) over, f(a) filter, a AS order FROM t
