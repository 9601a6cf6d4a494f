SELECT größe FROM t
