SELECT id, inline_outer(filter(array(struct(k, i, d * 2 AS twice), NULL), (x, n) -> n = 1 OR x.i > 0))
FROM t
