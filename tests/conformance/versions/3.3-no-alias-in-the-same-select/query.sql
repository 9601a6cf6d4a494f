SELECT v + 1 AS w, w + 1 AS x FROM t
